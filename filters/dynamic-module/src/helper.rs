//! The helper of a calibration: a process on the same core that burns CPU time while the worker waits for it.

use std::cell::RefCell;
use std::env;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;

use filterbench_burn::burn;

/// Where the helper listens: the path of a Unix socket.
const ADDRESS: &str = "FILTERBENCH_HELPER";

thread_local! {
    // One a worker: a worker waits for one answer at a time.
    static CONNECTION: RefCell<Option<UnixStream>> = const { RefCell::new(None) };
}

/// Makes sure that a helper is named.
///
/// # Errors
/// It is not.
pub fn check() -> Result<(), String> {
    match env::var_os(ADDRESS) {
        Some(_) => Ok(()),
        None => Err(format!(
            "`helperNs` needs a helper; name its socket in {ADDRESS}"
        )),
    }
}

/// Burns `own_ns` here and has the helper burn `helper_ns`, both between the question and its answer: so whoever burns, the
/// same part of the request comes after it, and finds the caches equally cold.
///
/// # Panics
/// Without an answer: a calibration whose requests do not wait would measure something else.
pub fn burn_shared(own_ns: u64, helper_ns: u64) {
    CONNECTION.with_borrow_mut(|connection| {
        let answered = match connection {
            Some(stream) => burn_between(stream, own_ns, helper_ns),
            None => connect()
                .and_then(|stream| burn_between(connection.insert(stream), own_ns, helper_ns)),
        };
        if let Err(error) = answered {
            panic!("the helper of the calibration does not answer: {error}");
        }
    });
}

fn connect() -> io::Result<UnixStream> {
    UnixStream::connect(env::var_os(ADDRESS).unwrap_or_default())
}

fn burn_between(stream: &mut UnixStream, own_ns: u64, helper_ns: u64) -> io::Result<()> {
    ask(stream, helper_ns)?;
    burn(own_ns);
    wait(stream)
}

// The helper runs first wherever it may, so it has burned its part once this returns.
fn ask(stream: &mut UnixStream, cpu_ns: u64) -> io::Result<()> {
    stream.write_all(&cpu_ns.to_le_bytes())
}

fn wait(stream: &mut UnixStream) -> io::Result<()> {
    stream.read_exact(&mut [0])
}

#[cfg(test)]
#[path = "helper_tests.rs"]
mod tests;

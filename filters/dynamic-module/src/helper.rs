//! The helper of a calibration: a process on the same core that burns CPU time while the worker waits for it.

use std::cell::RefCell;
use std::env;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;

/// Where the helper listens: the path of a Unix socket.
const ADDRESS: &str = "FILTERBENCH_HELPER";

/// More than the head of an answer without a body.
const ANSWER_BYTES: usize = 256;

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

/// Has the helper burn `cpu_ns`, and waits until it did; the thread is off its core meanwhile.
///
/// # Panics
/// Without an answer: a calibration whose requests do not wait would measure something else.
pub fn burn_elsewhere(cpu_ns: u64) {
    CONNECTION.with_borrow_mut(|connection| {
        let asked = match connection {
            Some(stream) => ask(stream, cpu_ns),
            None => connect().and_then(|stream| ask(connection.insert(stream), cpu_ns)),
        };
        if let Err(error) = asked {
            panic!("the helper of the calibration does not answer: {error}");
        }
    });
}

fn connect() -> io::Result<UnixStream> {
    UnixStream::connect(env::var_os(ADDRESS).unwrap_or_default())
}

fn ask(stream: &mut UnixStream, cpu_ns: u64) -> io::Result<()> {
    let mut request = [0; 64];
    let mut unwritten = &mut request[..];
    write!(unwritten, "GET /{cpu_ns} HTTP/1.1\r\nhost: helper\r\n\r\n")?;
    let unused = unwritten.len();
    let length = request.len() - unused;
    stream.write_all(&request[..length])?;
    let mut answer = [0; ANSWER_BYTES];
    let mut received = 0;
    while !answer[..received].ends_with(b"\r\n\r\n") {
        match stream.read(&mut answer[received..])? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            more => received += more,
        }
    }
    match answer.starts_with(b"HTTP/1.1 200 ") {
        true => Ok(()),
        false => Err(io::ErrorKind::InvalidData.into()),
    }
}

#[cfg(test)]
#[path = "helper_tests.rs"]
mod tests;

//! Filterbench's jobs as an Envoy dynamic module.
//!
//! Envoy loads this library, calls the functions in `hooks`, and is called back through `abi`. Only those two
//! know C; `filter` and `body` carry out the job on a `Stream` and are the same for every Envoy.

#![deny(unsafe_op_in_unsafe_fn)]
#![warn(clippy::undocumented_unsafe_blocks, clippy::missing_safety_doc)]

mod abi;
mod body;
mod filter;
mod helper;
mod hooks;
mod panic_guard;
mod stream;

const CHOSEN_GENERATIONS: u8 = cfg!(feature = "abi-1-36") as u8
    + cfg!(feature = "abi-1-37") as u8
    + cfg!(feature = "abi-v0-1") as u8
    + cfg!(feature = "abi-v0-2") as u8;

// An Envoy reads one ABI version string from a module, so a build can serve one generation only.
const _: () = assert!(
    CHOSEN_GENERATIONS == 1,
    "choose exactly one ABI: --no-default-features --features abi-1-36|abi-1-37|abi-v0-1|abi-v0-2"
);

/// What is burned is added up for the whole process, and tests run side by side: only who holds this burns.
#[cfg(test)]
fn alone_in_burning() -> std::sync::MutexGuard<'static, ()> {
    static ALONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
    // A test that failed while it held this says so itself.
    ALONE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

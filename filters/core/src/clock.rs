//! What the time is.

use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time, in seconds since 1970.
pub type Clock = fn() -> u64;

/// The clock of the operating system. A Wasm module has none and would trap: its host has to be asked.
pub(crate) fn system_seconds() -> u64 {
    seconds_of(SystemTime::now())
}

/// Seconds since 1970; a time before that is as late as can be, so that nothing is valid at it.
pub fn seconds_of(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(u64::MAX, |since| since.as_secs())
}

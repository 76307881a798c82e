//! Keeps a panic from reaching Envoy, which it would end.

use std::panic::{catch_unwind, AssertUnwindSafe};

use crate::abi::{Callbacks, Envoy};
use crate::filter::Next;
use crate::stream::Stream;

/// Runs one hook's work on a stream; if it panics, the client gets a 500 and Envoy stays.
pub fn guarded(stream: &mut Stream, work: impl FnOnce(&mut Stream) -> Next) -> Next {
    // Nothing is shared between streams but a read-only job, so no broken state can be seen afterwards.
    match catch_unwind(AssertUnwindSafe(|| work(stream))) {
        Ok(next) => next,
        Err(_) => fail(stream),
    }
}

// Out of line, so that the path of every request carries none of it.
#[cold]
#[inline(never)]
fn fail(stream: &mut Stream) -> Next {
    Envoy::log_error("filterbench: the filter panicked; the request is answered with 500");
    stream.send_local_reply(500, "The filter panicked.");
    Next::Stop
}

#[cfg(test)]
#[path = "panic_guard_tests.rs"]
mod tests;

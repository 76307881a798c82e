//! What all calls in this process added up to.

use std::fmt;
use std::sync::{Mutex, PoisonError};

/// A sum of times, and how many there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Time really burned or slept, in ns.
    pub burned_ns: u64,
    /// Times it was done.
    pub burns: u64,
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.burned_ns, self.burns)
    }
}

// One lock for both, so that no reader sees one without the other; uncontended it costs what two atomics do.
static TOTALS: Mutex<Totals> = Mutex::new(Totals {
    burned_ns: 0,
    burns: 0,
});

/// Adds one burn or sleep that really took `ns`.
pub fn record(ns: u64) {
    let mut totals = TOTALS.lock().unwrap_or_else(PoisonError::into_inner);
    totals.burned_ns += ns;
    totals.burns += 1;
}

/// The sums of this process so far.
pub fn totals() -> Totals {
    *TOTALS.lock().unwrap_or_else(PoisonError::into_inner)
}

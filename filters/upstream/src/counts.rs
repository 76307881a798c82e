//! What the upstream counted, to be held against what the load generator saw.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;

/// Running totals.
#[derive(Debug, Default)]
pub struct Counts {
    requests: AtomicU64,
    body_bytes: AtomicU64,
    /// Answers held up one by one.
    pub delays: Waits,
    /// Stalls of the whole server that are over.
    pub stalls: Waits,
}

/// How often something was waited for, and how long in all; both belong together whenever they are read.
#[derive(Debug, Default)]
pub struct Waits(Mutex<(u64, u64)>);

/// The totals at one moment.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    requests: u64,
    body_bytes: u64,
    delays: u64,
    delayed_ns: u64,
    stalls: u64,
    stalled_ns: u64,
}

impl Waits {
    /// One more, which really took `time`.
    pub fn add(&self, time: Duration) {
        let mut waits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waits.0 += 1;
        waits.1 += u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
    }

    /// How often, and how many ns in all.
    pub fn get(&self) -> (u64, u64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    /// Counts a request whose body has been read to its end.
    pub fn request(&self, body_bytes: u64) {
        self.requests.fetch_add(1, Relaxed);
        self.body_bytes.fetch_add(body_bytes, Relaxed);
    }

    /// The totals now.
    pub fn snapshot(&self) -> Snapshot {
        let (delays, delayed_ns) = self.delays.get();
        let (stalls, stalled_ns) = self.stalls.get();
        Snapshot {
            requests: self.requests.load(Relaxed),
            body_bytes: self.body_bytes.load(Relaxed),
            delays,
            delayed_ns,
            stalls,
            stalled_ns,
        }
    }
}

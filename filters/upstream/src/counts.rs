//! What the upstream counted, to be held against what the load generator saw.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use serde::Serialize;

/// Running totals.
#[derive(Debug, Default)]
pub struct Counts {
    requests: AtomicU64,
    body_bytes: AtomicU64,
}

/// The totals at one moment.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    requests: u64,
    body_bytes: u64,
}

impl Counts {
    /// Counts a request whose body has been read to its end.
    pub fn request(&self, body_bytes: u64) {
        self.requests.fetch_add(1, Relaxed);
        self.body_bytes.fetch_add(body_bytes, Relaxed);
    }

    /// The totals now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            requests: self.requests.load(Relaxed),
            body_bytes: self.body_bytes.load(Relaxed),
        }
    }
}

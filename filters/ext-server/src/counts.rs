//! What the server counted, to be held against the requests the load generator saw served.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use filterbench_burn::totals;
use serde::Serialize;

/// One running total.
#[derive(Debug, Default)]
pub struct Count(AtomicU64);

impl Count {
    /// One more.
    #[inline]
    pub fn add(&self) {
        self.0.fetch_add(1, Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// Running totals.
#[derive(Debug, Default)]
pub struct Counts {
    /// Client requests done with: ended ext_proc streams, request headers answered over HTTP, or checks.
    pub requests: Count,
    /// Request headers seen by ext_proc.
    pub request_headers: Count,
    /// Response headers seen by ext_proc.
    pub response_headers: Count,
    /// Messages with request bodies, or parts of them, seen by ext_proc.
    pub request_bodies: Count,
    /// The same of responses.
    pub response_bodies: Count,
    /// Checks answered for ext_authz.
    pub checks: Count,
    /// Client requests answered in place of the upstream.
    pub denials: Count,
}

/// The totals at one moment.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    requests: u64,
    request_headers: u64,
    response_headers: u64,
    request_bodies: u64,
    response_bodies: u64,
    checks: u64,
    denials: u64,
    burned_ns: u64,
    burns: u64,
}

impl Counts {
    /// Counts a check, which is the whole of a request to ext_authz.
    pub fn check(&self, denied: bool) {
        self.requests.add();
        self.checks.add();
        if denied {
            self.denials.add();
        }
    }

    /// The totals now.
    pub fn snapshot(&self) -> Snapshot {
        let burned = totals();
        Snapshot {
            requests: self.requests.get(),
            request_headers: self.request_headers.get(),
            response_headers: self.response_headers.get(),
            request_bodies: self.request_bodies.get(),
            response_bodies: self.response_bodies.get(),
            checks: self.checks.get(),
            denials: self.denials.get(),
            burned_ns: burned.burned_ns,
            burns: burned.burns,
        }
    }
}

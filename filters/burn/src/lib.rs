//! Work of known cost: burns CPU time by the thread's own clock, and adds up what it really took.
//!
//! The sums are the truth that a calibration holds its measurements against.

#![forbid(unsafe_code)]

mod totals;

use std::hint::spin_loop;
use std::time::{Duration, Instant};

use rustix::time::{clock_gettime, ClockId};

pub use totals::{record, totals, Totals};

/// Keeps this thread's CPU busy until its CPU clock has advanced by `cpu_ns`, and adds what it really burned to
/// [`totals`]: the last reading less the first.
///
/// Zero takes the same path: two readings. So the cost of the path itself, which the sum can't hold, cancels out
/// between two runs.
pub fn burn(cpu_ns: u64) {
    let start = thread_cpu_ns();
    loop {
        let burned_ns = thread_cpu_ns() - start;
        if burned_ns >= cpu_ns {
            return record(burned_ns);
        }
        spin(cpu_ns - burned_ns);
    }
}

/// Keeps the CPU busy for a wall time: its clock is read without entering the kernel, which hundreds of readings of the
/// thread's own clock would do, and so cool what the rest of the request needs.
fn spin(wall_ns: u64) {
    let (start, time) = (Instant::now(), Duration::from_nanos(wall_ns));
    while start.elapsed() < time {
        spin_loop();
    }
}

/// The CPU time this thread has used so far, in ns.
fn thread_cpu_ns() -> u64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    // Neither part of a thread's own time is ever negative.
    now.tv_sec.unsigned_abs() * 1_000_000_000 + now.tv_nsec.unsigned_abs()
}

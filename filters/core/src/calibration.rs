//! The `calibrate` job: a known amount of work on every request, so that what is measured can be held against it.

use std::hint::black_box;

/// A request with this header wants to know what its process has burned so far; the upstream gets the answer under
/// the same name, as `<burned ns> <burns>`.
pub const BURNED_HEADER: &str = "x-filterbench-burned";

/// The work of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calibration {
    /// Keep the thread's CPU busy until its CPU clock has advanced by this many ns.
    CpuNs(u64),
    /// Burn `own_ns` as [`Calibration::CpuNs`] does, and have a helper on the same core burn `helper_ns` before the thread
    /// goes on: a request that holds the core equally long whatever its own part finds the caches equally cold.
    SharedCpu {
        /// The part of the thread itself.
        own_ns: u64,
        /// The part of the helper.
        helper_ns: u64,
    },
    /// Wait for this many ns without using a CPU.
    SleepNs(u64),
    /// Do [`run_loops`] this many times: no known time, but twice as many take twice as long.
    Loops(u64),
}

/// How a shell can calibrate; each can do all that those before it can, but for sleeping, which only an external server can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Means {
    /// Nothing but running code.
    Loops,
    /// It can read its thread's CPU clock, but must not hold its thread up.
    CpuClock,
    /// The same, and it can ask a helper on its core.
    Helper,
    /// It can let a request wait while it serves others.
    Sleep,
}

impl Calibration {
    /// What a shell must have to do it.
    pub(crate) fn needs(self) -> Means {
        match self {
            Self::Loops(_) => Means::Loops,
            Self::CpuNs(_) => Means::CpuClock,
            Self::SharedCpu { .. } => Means::Helper,
            Self::SleepNs(_) => Means::Sleep,
        }
    }
}

/// Adds and multiplies `loops` times, in an order no compiler can shorten.
#[inline(never)]
pub fn run_loops(loops: u64) {
    let mut sum = 0_u64;
    for i in 0..loops {
        sum = black_box(sum.wrapping_mul(5).wrapping_add(i));
    }
}

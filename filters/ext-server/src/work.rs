//! The work of the `calibrate` job.

use std::time::Duration;

use filterbench_burn::{burn, record};
use filterbench_core::{run_loops, Calibration, Job};
use filterbench_service::pause;

/// Does what keeps the thread's CPU busy; sleeping is [`sleep`]'s.
#[inline(never)]
pub fn work(calibration: Calibration) {
    match calibration {
        Calibration::CpuNs(cpu_ns) => burn(cpu_ns),
        Calibration::Loops(loops) => run_loops(loops),
        // Slept by `sleep`, or refused with the job.
        Calibration::SleepNs(_) | Calibration::SharedCpu { .. } => {}
    }
}

/// How long every request sleeps, if that is the job.
pub fn sleep_time(job: &Job) -> Option<Duration> {
    match job.calibration() {
        Some(Calibration::SleepNs(ns)) => Some(Duration::from_nanos(ns)),
        _ => None,
    }
}

/// Sleeps, and adds what it really took to what was burned; no time given, nothing done.
pub async fn sleep(time: Option<Duration>) {
    if let Some(time) = time {
        let slept = pause(time).await;
        record(u64::try_from(slept.as_nanos()).unwrap_or(u64::MAX));
    }
}

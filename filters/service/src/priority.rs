//! Running before everything else on a core.

use std::io;

/// Asks the kernel to run the calling thread whenever it is ready, before any ordinary one (sched(7), SCHED_FIFO).
///
/// # Errors
/// The kernel refuses: it takes root, CAP_SYS_NICE or a limit (RLIMIT_RTPRIO) that allows it.
#[cfg(target_os = "linux")]
pub fn run_first() -> io::Result<()> {
    // The lowest of its kind: any is before what is not.
    let lowest = libc::sched_param { sched_priority: 1 };
    // SAFETY: the kernel reads the parameter, which lives through the call, and nothing else of ours.
    match unsafe { libc::sched_setscheduler(0, libc::SCHED_FIFO, &raw const lowest) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Only Linux is asked.
///
/// # Errors
/// Always.
#[cfg(not(target_os = "linux"))]
pub fn run_first() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

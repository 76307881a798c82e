//! Waiting without holding a thread, also for less than a millisecond.

use std::io;
use std::time::{Duration, Instant};

/// Waits for `time`, and says how long it really took, which is never less.
///
/// Tokio's own timer counts in milliseconds, so this one is the kernel's where that has one.
pub async fn pause(time: Duration) -> Duration {
    let start = Instant::now();
    if !time.is_zero() && kernel_timer(time).await.is_err() {
        // No descriptor left, or no such timer: late is better than never.
        tokio::time::sleep(time).await;
    }
    start.elapsed()
}

#[cfg(target_os = "linux")]
async fn kernel_timer(time: Duration) -> io::Result<()> {
    use rustix::time::{
        timerfd_create, timerfd_settime, Itimerspec, TimerfdClockId, TimerfdFlags,
        TimerfdTimerFlags, Timespec,
    };
    use tokio::io::{unix::AsyncFd, Interest};

    let timer = timerfd_create(
        TimerfdClockId::Monotonic,
        TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC,
    )?;
    let once = Itimerspec {
        it_interval: Timespec::default(),
        it_value: Timespec::try_from(time).map_err(io::Error::other)?,
    };
    timerfd_settime(&timer, TimerfdTimerFlags::empty(), &once)?;
    // Readable means that it went off; it does so once, so nothing need be read.
    // SAFETY: the timer's descriptor is its own, and goes with it alone.
    let timer = unsafe { AsyncFd::register_with_interest(timer, Interest::READABLE) }?;
    timer.readable().await.map(drop)
}

#[cfg(not(target_os = "linux"))]
async fn kernel_timer(_: Duration) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_takes_at_least_its_time_and_says_so() {
        for time in [0, 1, 50_000, 3_000_000].map(Duration::from_nanos) {
            let start = Instant::now();
            let said = pause(time).await;
            assert!(
                said >= time && said <= start.elapsed(),
                "{said:?} of {time:?}"
            );
        }
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn other_work_goes_on_meanwhile() {
        let (slow, quick) = (Duration::from_secs(3600), Duration::from_nanos(1));
        let ended = tokio::select! {
            _ = pause(slow) => slow,
            _ = pause(quick) => quick,
        };
        assert_eq!(ended, quick);
    }
}

//! Pauses of the whole server, as a stop-the-world collection of garbage makes them.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::counts::Counts;

/// How long the server stalls, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StallPlan {
    /// Of one stall.
    pub length: Duration,
    /// From the start of one stall to that of the next, and from the server's start to that of the first.
    pub every: Duration,
}

/// What every answer passes; shut while the server stalls.
#[derive(Debug, Default)]
pub struct Gate {
    is_shut: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    /// Blocks the calling thread for as long as the server stalls.
    pub fn pass(&self) {
        // A thread that waits here serves no connection, so all of its connections stall with the one that asks.
        let shut = self.opened.wait_while(self.lock(), |is_shut| *is_shut);
        drop(shut.unwrap_or_else(PoisonError::into_inner));
    }

    /// Shuts and opens the gate as `plan` says, for good; the first stall starts `plan.every` after `start`.
    pub fn run(&self, plan: StallPlan, start: Instant, counts: &Counts) -> ! {
        let mut next = start + plan.every;
        loop {
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
            self.stall(plan.length, counts);
            next += plan.every;
        }
    }

    fn stall(&self, length: Duration, counts: &Counts) {
        let start = Instant::now();
        *self.lock() = true;
        std::thread::sleep(length);
        let mut is_shut = self.lock();
        // Told before anybody can pass, so that no answer is ahead of its count.
        counts.stalls.add(start.elapsed());
        *is_shut = false;
        drop(is_shut);
        self.opened.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.is_shut.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_passes_before_it_opens() {
        let gate = Gate::default();
        gate.pass();
        let order = Mutex::new(Vec::new());
        *gate.lock() = true;
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    gate.pass();
                    order.lock().expect("unpoisoned").push("passed");
                });
            }
            // Time for a gate that holds nobody to show it.
            std::thread::sleep(Duration::from_millis(20));
            order.lock().expect("unpoisoned").push("opened");
            *gate.lock() = false;
            gate.opened.notify_all();
        });
        let order = order.into_inner().expect("unpoisoned");
        assert_eq!(order, ["opened", "passed", "passed"]);
    }

    #[test]
    fn a_stall_is_counted_by_what_it_took_and_ends() {
        let (gate, counts) = (Gate::default(), Counts::default());
        gate.stall(Duration::from_millis(2), &counts);
        gate.pass();
        let (stalls, stalled_ns) = counts.stalls.get();
        assert!(stalls == 1 && stalled_ns >= 2_000_000, "{stalled_ns}");
    }
}

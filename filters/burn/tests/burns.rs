//! What is burned, and what is said of it. One test, as the sums are the whole process's.

use filterbench_burn::{burn, totals};
use rustix::time::{clock_gettime, ClockId};

fn thread_cpu_ns() -> u64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    u64::try_from(now.tv_sec * 1_000_000_000 + now.tv_nsec).expect("not negative")
}

#[test]
fn never_less_than_asked_nor_more_than_was_used() {
    assert_eq!((totals().burned_ns, totals().burns), (0, 0));
    for asked_ns in [0, 1, 2_000, 20_000, 100_000, 1_500_000] {
        for _ in 0..10 {
            let before = totals();
            let start_ns = thread_cpu_ns();
            burn(asked_ns);
            let used_ns = thread_cpu_ns() - start_ns;
            let burned_ns = totals().burned_ns - before.burned_ns;
            // Even a burn of nothing reads the clock twice.
            assert!(burned_ns >= asked_ns.max(1), "{burned_ns} of {asked_ns}");
            assert!(burned_ns <= used_ns, "{burned_ns} of {used_ns}");
        }
    }
    assert_eq!(totals().burns, 60);
}

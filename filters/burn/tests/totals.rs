//! Both sums belong together, whoever adds to them meanwhile.

use filterbench_burn::{record, totals};

#[test]
fn a_reader_never_sees_one_sum_without_the_other() {
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| (0..50_000).for_each(|_| record(7)));
        }
        for _ in 0..50_000 {
            let seen = totals();
            assert_eq!(seen.burned_ns, 7 * seen.burns);
        }
    });
    assert_eq!(totals().burns, 100_000);
    assert_eq!(totals().to_string(), "700000 100000");
}

//! An upstream that is slow on purpose, and says by how much.

mod server;

use std::time::{Duration, Instant};

use server::{command, Connection, Upstream};

const GET: &str = "GET / HTTP/1.1\r\nhost: t\r\n\r\n";

#[test]
fn every_answer_is_delayed_and_the_delays_are_added_up() {
    for mode in ["echo", "sink"] {
        for (delay_us, asked_ns) in [("150", 150_000), ("3000", 3_000_000)] {
            let upstream = Upstream::start(&["--mode", mode, "--delay-us", delay_us]);
            let mut connection = Connection::to(&upstream.listen);
            let start = Instant::now();
            (0..3).for_each(|_| drop(connection.ask(GET, b"")));
            let seen_ns = start.elapsed().as_nanos();
            let count = upstream.count();
            let delayed_ns = count["delayedNs"].as_u64().expect("a number");
            assert_eq!(
                (&count["delays"], &count["requests"]),
                (&3.into(), &3.into())
            );
            assert!(delayed_ns >= 3 * asked_ns, "{count}");
            assert!(u128::from(delayed_ns) <= seen_ns, "{count} in {seen_ns}");
        }
    }
}

#[test]
fn a_stall_holds_a_request_up_whatever_serves_it() {
    for threads in ["1", "2"] {
        let flags = [
            "--threads",
            threads,
            "--stall-ms",
            "60",
            "--stall-every-ms",
            "120",
        ];
        let upstream = Upstream::start(&[&flags[..], &["--mode", "sink"]].concat());
        let mut connection = Connection::to(&upstream.listen);
        let deadline = Instant::now() + Duration::from_secs(20);
        // Asked without a pause, some request meets nearly a whole stall, which is counted before it is answered.
        let count = loop {
            let start = Instant::now();
            connection.ask(GET, b"");
            if start.elapsed() > Duration::from_millis(40) {
                let count = upstream.count();
                if count["stalls"] != 0 {
                    break count;
                }
            }
            assert!(Instant::now() < deadline, "no request was held up");
        };
        let number = |name: &str| count[name].as_u64().expect("a number");
        assert!(
            number("stalledNs") >= number("stalls") * 60_000_000,
            "{count}"
        );
    }
}

#[test]
fn what_makes_no_sense_is_bad_input() {
    for flags in [
        &["--stall-ms", "5"][..],
        &["--stall-every-ms", "5"],
        &["--stall-ms", "5", "--stall-every-ms", "5"],
        &["--stall-ms", "0", "--stall-every-ms", "5"],
        &["--delay-us", "soon"],
    ] {
        let output = command(flags).output().expect("output");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{flags:?}");
        assert!(stderr.contains(flags[0]), "{stderr}");
    }
}

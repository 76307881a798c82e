//! The `calibrate` job: what it asks for, and who may be asked.

use filterbench_core::{run_loops, Calibration, Job, Means, RequestAction};

fn job(json: &str) -> Job {
    Job::from_json(json.as_bytes()).expect("valid job")
}

fn refusal(json: &str) -> String {
    Job::from_json(json.as_bytes()).expect_err(json).to_string()
}

const CPU: &str = r#"{"job":"calibrate","cpuNs":5000}"#;
const SHARED: &str = r#"{"job":"calibrate","cpuNs":5000,"helperNs":95000}"#;
const SLEEP: &str = r#"{"job":"calibrate","sleepNs":20000}"#;
const LOOPS: &str = r#"{"job":"calibrate","loops":1000000000}"#;

#[test]
fn it_works_on_request_headers_only() {
    for (json, work) in [
        (CPU, Calibration::CpuNs(5_000)),
        (
            SHARED,
            Calibration::SharedCpu {
                own_ns: 5_000,
                helper_ns: 95_000,
            },
        ),
        (SLEEP, Calibration::SleepNs(20_000)),
        (LOOPS, Calibration::Loops(1_000_000_000)),
    ] {
        let job = job(json);
        assert!(job.request_headers() && !job.response_headers());
        assert!(job.on_response_headers().is_empty());
        assert_eq!(job.calibration(), Some(work));
        assert_eq!(job.on_request_headers(None), RequestAction::Calibrate(work));
    }
    assert_eq!(job(r#"{"job":"noop"}"#).calibration(), None);
}

#[test]
fn only_a_burner_of_cpu_time_looks_whether_it_is_asked_what_it_burned() {
    assert_eq!(job(CPU).lookup_header(), Some("x-filterbench-burned"));
    assert_eq!(job(SHARED).lookup_header(), Some("x-filterbench-burned"));
    assert_eq!(job(SLEEP).lookup_header(), None);
    assert_eq!(job(LOOPS).lookup_header(), None);
}

#[test]
fn nothing_is_an_amount_too() {
    let none = job(r#"{"job":"calibrate","cpuNs":0}"#);
    assert_eq!(none.calibration(), Some(Calibration::CpuNs(0)));
}

#[test]
fn a_shell_refuses_what_it_has_no_means_for() {
    let refused = |json, means| job(json).require(means).err().map(|e| e.to_string());
    for means in [Means::Loops, Means::CpuClock, Means::Helper, Means::Sleep] {
        assert_eq!(refused(LOOPS, means), None);
        assert_eq!(refused(r#"{"job":"noop"}"#, means), None);
    }
    assert!(refused(CPU, Means::Loops).is_some_and(|why| why.contains("`cpuNs`")));
    assert_eq!(refused(CPU, Means::CpuClock), None);
    for means in [Means::Loops, Means::CpuClock] {
        assert!(refused(SLEEP, means).is_some_and(|why| why.contains("`sleepNs`")));
    }
    assert_eq!(refused(SLEEP, Means::Sleep), None);
    for means in [Means::Loops, Means::CpuClock, Means::Sleep] {
        assert!(refused(SHARED, means).is_some_and(|why| why.contains("`helperNs`")));
    }
    assert_eq!(refused(SHARED, Means::Helper), None);
}

#[test]
fn a_refusal_names_what_is_wrong() {
    for json in [
        r#"{"job":"calibrate"}"#,
        r#"{"job":"calibrate","cpuNs":1,"loops":1}"#,
        r#"{"job":"calibrate","helperNs":1}"#,
        r#"{"job":"calibrate","helperNs":1,"sleepNs":1}"#,
        r#"{"job":"calibrate","cpuNs":0,"sleepNs":0,"loops":0}"#,
    ] {
        assert!(refusal(json).contains("exactly one of"), "{json}");
    }
    assert!(refusal(r#"{"job":"calibrate","cpuMs":1}"#).contains("`cpuMs`"));
    for amount in ["-1", "1.5", "\"5\"", "true", "[]", "1000000001"] {
        let helper = refusal(&format!(
            r#"{{"job":"calibrate","cpuNs":0,"helperNs":{amount}}}"#
        ));
        assert!(helper.contains("helperNs"), "{helper}");
        for field in ["cpuNs", "sleepNs", "loops"] {
            let why = refusal(&format!(r#"{{"job":"calibrate","{field}":{amount}}}"#));
            assert!(why.contains(field) && why.contains("whole number"), "{why}");
        }
    }
}

#[test]
fn loops_come_to_an_end() {
    run_loops(0);
    run_loops(1_000);
}

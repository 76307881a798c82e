use super::{create, envoy_dynamic_module_on_http_filter_config_destroy, refuse_per_route};
use crate::abi::recording::take_log;

#[test]
fn a_job_is_made_and_given_back() {
    let job = create(br#"{"job":"noop"}"#);
    assert!(!job.is_null());
    // SAFETY: just made, given back once.
    unsafe { envoy_dynamic_module_on_http_filter_config_destroy(job) };
    assert!(take_log().is_empty());
}

#[test]
fn a_bad_configuration_is_refused_with_a_reason() {
    for json in [&b""[..], b"{", br#"{"job":"unheard-of"}"#] {
        assert!(create(json).is_null());
        let log = take_log();
        assert_eq!(log.len(), 1);
        assert!(
            log[0].starts_with("filterbench: job configuration: "),
            "{log:?}"
        );
    }
}

#[test]
fn a_worker_must_not_sleep() {
    assert!(create(br#"{"job":"calibrate","sleepNs":1}"#).is_null());
    let log = take_log();
    assert!(
        log.len() == 1 && log[0].contains("`sleepNs` cannot be done here"),
        "{log:?}"
    );
}

#[test]
fn a_helper_must_be_named() {
    assert!(create(br#"{"job":"calibrate","cpuNs":1,"helperNs":1}"#).is_null());
    let log = take_log();
    assert!(
        log.len() == 1 && log[0].contains("FILTERBENCH_HELPER"),
        "{log:?}"
    );
}

#[test]
fn a_route_cannot_have_a_configuration() {
    assert!(refuse_per_route().is_null());
    assert_eq!(take_log().len(), 1);
}

//! What each job asks for, and what configurations are refused.

use filterbench_core::{Job, RequestAction, UNAUTHENTICATED};

fn job(json: &str) -> Job {
    Job::from_json(json.as_bytes()).expect("valid job")
}

fn refusal(json: &str) -> String {
    Job::from_json(json.as_bytes()).expect_err(json).to_string()
}

fn pairs(headers: &[filterbench_core::Header]) -> Vec<(&str, &str)> {
    headers.iter().map(|h| (&*h.name, &*h.value)).collect()
}

fn set<'a>(action: RequestAction<'a>) -> Vec<(&'a str, &'a str)> {
    match action {
        RequestAction::Set(headers) => pairs(headers),
        other => panic!("{other:?}"),
    }
}

#[test]
fn noop_is_called_in_both_phases_and_does_nothing() {
    let job = job(r#"{"job":"noop"}"#);
    assert!(job.request_headers() && job.response_headers());
    assert_eq!(job.lookup_header(), None);
    assert_eq!(job.on_request_headers(None), RequestAction::Continue);
    assert!(job.on_response_headers().is_empty());
}

#[test]
fn headers_sets_each_side() {
    let job = job(r#"{"job":"headers","request":{"x-b":"2","x-a":"1"},"response":{"x-c":"3"}}"#);
    assert!(job.request_headers() && job.response_headers());
    assert_eq!(
        set(job.on_request_headers(None)),
        [("x-a", "1"), ("x-b", "2")]
    );
    assert_eq!(pairs(job.on_response_headers()), [("x-c", "3")]);
}

#[test]
fn headers_skips_a_phase_without_headers() {
    let request_only = job(r#"{"job":"headers","request":{"x-a":"1"}}"#);
    assert!(request_only.request_headers() && !request_only.response_headers());
    let response_only = job(r#"{"job":"headers","request":{},"response":{"x-a":"1"}}"#);
    assert!(!response_only.request_headers() && response_only.response_headers());
    assert_eq!(
        response_only.on_request_headers(None),
        RequestAction::Continue
    );
}

#[test]
fn access_names_known_clients_and_denies_others() {
    let job = job(r#"{"job":"access","keys":{"k1":"alice","k2":"bob"}}"#);
    assert!(job.request_headers() && !job.response_headers());
    assert_eq!(job.lookup_header(), Some("x-api-key"));
    assert_eq!(
        set(job.on_request_headers(Some(b"k1"))),
        [("x-client-id", "alice")]
    );
    assert_eq!(
        set(job.on_request_headers(Some(b"k2"))),
        [("x-client-id", "bob")]
    );
    let denied: [Option<&[u8]>; 6] = [
        None,
        Some(b""),
        Some(b"K1"),
        Some(b"k1 "),
        Some(b"k"),
        Some(b"\xff"),
    ];
    for key in denied {
        assert_eq!(
            job.on_request_headers(key),
            RequestAction::Deny(&UNAUTHENTICATED),
            "{key:?}"
        );
    }
}

#[test]
fn lookup_is_told_its_headers() {
    let job = job(
        r#"{"job":"lookup","header":"x-tenant","set":"x-tenant-route","table":{"t1":"eu;gold"}}"#,
    );
    assert!(job.request_headers() && !job.response_headers());
    assert_eq!(job.lookup_header(), Some("x-tenant"));
    assert_eq!(
        set(job.on_request_headers(Some(b"t1"))),
        [("x-tenant-route", "eu;gold")]
    );
    for tenant in [None, Some(&b"t2"[..])] {
        let refused = RequestAction::Deny(&UNAUTHENTICATED);
        assert_eq!(job.on_request_headers(tenant), refused, "{tenant:?}");
    }
}

#[test]
fn the_denial_is_what_envoys_own_filter_answers() {
    assert_eq!(UNAUTHENTICATED.status, 401);
    assert_eq!(UNAUTHENTICATED.body, "Client authentication failed.");
    assert_eq!(UNAUTHENTICATED.content_type, "text/plain");
}

#[test]
fn a_refusal_names_what_is_wrong() {
    assert!(refusal(r#"{"job":"dance"}"#).contains("`dance`"));
    assert!(refusal(r#"{"job":"noop","extra":1}"#).contains("`extra`"));
    assert!(refusal(r#"{"job":"headers","requests":{}}"#).contains("`requests`"));
    assert!(refusal(r#"{"job":"access"}"#).contains("`keys`"));
    assert!(refusal(r#"{"job":"access","keys":{},"key":1}"#).contains("`key`"));
    assert!(refusal(r#"{"keys":{}}"#).contains("`job`"));
    assert!(refusal("").contains("EOF"));
    assert!(refusal(r#"{"job":"headers","request":{"X-A":"1"}}"#).contains("\"X-A\""));
    assert!(refusal(r#"{"job":"headers","request":{"x-a":"1\r\n"}}"#).contains("\"x-a\""));
    assert!(refusal(r#"{"job":"access","keys":{"k":""}}"#).contains("\"keys\""));
    let lookup = |header, set, value| {
        refusal(&format!(
            r#"{{"job":"lookup","header":"{header}","set":"{set}","table":{{"k":"{value}"}}}}"#
        ))
    };
    assert!(lookup("X-T", "x-r", "v").contains("\"X-T\""));
    assert!(lookup("x-t", "x r", "v").contains("\"x r\""));
    assert!(lookup("x-t", "x-r", "").contains("\"table\""));
    assert!(refusal(r#"{"job":"lookup","header":"x-t","set":"x-r"}"#).contains("`table`"));
}

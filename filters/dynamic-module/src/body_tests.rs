use filterbench_core::Job;

use super::{on_request_body, on_request_trailers, on_response_body, on_response_trailers};
use crate::abi::recording::FakeStream;
use crate::abi::Body;
use crate::filter::{on_request_headers, on_response_headers, Next};
use crate::stream::Stream;

const ROUTE: &str = r#"{"job":"model-routing"}"#;
const INSPECT: &str = r#"{"job":"inspect","words":["moonstone"]}"#;
const REDACT: &str = r#"{"job":"redact","words":["moonstone"]}"#;
const REWRITE: &str = r#"{"job":"json-rewrite","field":"model","value":"gpt-small"}"#;
const NOOP: &str = r#"{"job":"noop"}"#;

fn job(json: &str) -> Job {
    Job::from_json(json.as_bytes()).expect("a valid job")
}

/// Runs a hook.
fn on(fake: &mut FakeStream, hook: impl FnOnce(&mut Stream) -> Next) -> Next {
    // SAFETY: the fake outlives the call.
    hook(&mut unsafe { Stream::new(fake.handle()) })
}

/// Sends a request with this body: what was kept, and the last part; how it ended.
fn request(json: &str, kept: Option<&[&str]>, last: &[&str], fake: &mut FakeStream) -> Next {
    let job = job(json);
    assert_eq!(on(fake, |s| on_request_headers(&job, false, s)), Next::Stop);
    if let Some(kept) = kept {
        fake.set_body(Body::ReceivedRequest, kept);
        assert_eq!(on(fake, |s| on_request_body(&job, false, s)), Next::Stop);
        fake.bodies[Body::BufferedRequest as usize] =
            fake.bodies[Body::ReceivedRequest as usize].take();
    }
    fake.set_body(Body::ReceivedRequest, last);
    on(fake, |s| on_request_body(&job, true, s))
}

#[test]
fn other_jobs_let_bodies_by() {
    let job = job(NOOP);
    let mut fake = FakeStream::default();
    fake.set_body(Body::ReceivedRequest, &["moonstone"]);
    for end in [false, true] {
        assert_eq!(
            on(&mut fake, |s| on_request_headers(&job, end, s)),
            Next::Continue
        );
        assert_eq!(
            on(&mut fake, |s| on_request_body(&job, end, s)),
            Next::Continue
        );
        assert_eq!(
            on(&mut fake, |s| on_response_headers(&job, end, s)),
            Next::Continue
        );
        assert_eq!(
            on(&mut fake, |s| on_response_body(&job, end, s)),
            Next::Continue
        );
    }
    assert_eq!(
        on(&mut fake, |s| on_request_trailers(&job, s)),
        Next::Continue
    );
    assert_eq!(
        on(&mut fake, |s| on_response_trailers(&job, s)),
        Next::Continue
    );
    assert_eq!(fake.body(Body::ReceivedRequest), "moonstone");
}

#[test]
fn a_model_chooses_the_route_again() {
    let mut fake = FakeStream::default();
    fake.request
        .insert("x-model".into(), vec!["forged".into(), "twice".into()]);
    let next = request(
        ROUTE,
        Some(&["{\"mod", "el\":"]),
        &["\"gpt-", "large\"}"],
        &mut fake,
    );
    assert_eq!(next, Next::Continue);
    assert_eq!(fake.request["x-model"], ["gpt-large"]);
    assert_eq!(fake.route_choices, 1);
    assert_eq!(fake.body(Body::BufferedRequest), "{\"model\":");
    assert_eq!(fake.body(Body::ReceivedRequest), "\"gpt-large\"}");
}

#[test]
fn a_request_without_a_body_is_decided_by_its_headers() {
    for (json, model) in [
        (ROUTE, Some("none")),
        (INSPECT, None),
        (REDACT, None),
        (REWRITE, None),
    ] {
        let job = job(json);
        let mut fake = FakeStream::default();
        assert_eq!(
            on(&mut fake, |s| on_request_headers(&job, true, s)),
            Next::Continue
        );
        let set = fake
            .request
            .get("x-model")
            .and_then(|values| values.first());
        assert_eq!(set.map(String::as_str), model);
        assert_eq!(fake.route_choices, usize::from(model.is_some()));
        assert!(fake.replies.is_empty());
    }
}

#[test]
fn what_is_found_is_refused_once_the_body_is_whole() {
    let mut fake = FakeStream::default();
    let next = request(
        INSPECT,
        Some(&["moonstone 4111 1111 "]),
        &["1111 1111"],
        &mut fake,
    );
    assert_eq!(next, Next::Stop);
    assert_eq!(fake.replies, [(403, "Blocked: card number.".to_string())]);

    let mut fake = FakeStream::default();
    assert_eq!(
        request(INSPECT, Some(&["moon"]), &["stone"], &mut fake),
        Next::Stop
    );
    assert_eq!(
        fake.replies,
        [(403, "Blocked: forbidden word.".to_string())]
    );

    let mut fake = FakeStream::default();
    assert_eq!(
        request(INSPECT, None, &["nothing"], &mut fake),
        Next::Continue
    );
    assert!(fake.replies.is_empty());
}

#[test]
fn masks_are_put_where_the_bytes_lie() {
    let mut fake = FakeStream::default();
    let next = request(
        REDACT,
        Some(&["a 4111111111111111 moo", "nst"]),
        &["one", " b"],
        &mut fake,
    );
    assert_eq!(next, Next::Continue);
    assert_eq!(
        fake.body(Body::BufferedRequest),
        "a **************** ******"
    );
    assert_eq!(fake.body(Body::ReceivedRequest), "*** b");

    let job = job(REDACT);
    assert_eq!(
        on(&mut fake, |s| on_response_headers(&job, false, s)),
        Next::Stop
    );
    fake.set_body(Body::ReceivedResponse, &["moon"]);
    assert_eq!(
        on(&mut fake, |s| on_response_body(&job, false, s)),
        Next::Stop
    );
    fake.set_body(Body::BufferedResponse, &["moon"]);
    fake.set_body(Body::ReceivedResponse, &["stone."]);
    assert_eq!(
        on(&mut fake, |s| on_response_body(&job, true, s)),
        Next::Continue
    );
    assert_eq!(fake.body(Body::BufferedResponse), "****");
    assert_eq!(fake.body(Body::ReceivedResponse), "*****.");

    let mut empty = FakeStream::default();
    assert_eq!(
        on(&mut empty, |s| on_response_headers(&job, true, s)),
        Next::Continue
    );
}

#[test]
fn a_new_body_takes_the_place_of_all_that_came() {
    let mut fake = FakeStream::default();
    fake.request
        .insert("content-length".into(), vec!["13".into()]);
    let next = request(REWRITE, Some(&["{\"model\"", ":"]), &["\"x\"}"], &mut fake);
    assert_eq!(next, Next::Continue);
    assert_eq!(fake.body(Body::BufferedRequest), "");
    assert_eq!(fake.body(Body::ReceivedRequest), r#"{"model":"gpt-small"}"#);
    assert_eq!(fake.request["content-length"], ["21"]);
}

#[test]
fn a_body_without_a_length_gets_none() {
    let mut fake = FakeStream::default();
    assert_eq!(request(REWRITE, None, &["{}"], &mut fake), Next::Continue);
    assert_eq!(fake.body(Body::ReceivedRequest), r#"{"model":"gpt-small"}"#);
    assert!(!fake.request.contains_key("content-length"));
}

#[test]
fn trailers_end_a_body_too() {
    let route = job(ROUTE);
    let mut fake = FakeStream::default();
    fake.set_body(Body::BufferedRequest, &[r#"{"model":"a"}"#]);
    assert_eq!(
        on(&mut fake, |s| on_request_trailers(&route, s)),
        Next::Continue
    );
    assert_eq!(fake.request["x-model"], ["a"]);

    let rewrite = job(REWRITE);
    assert_eq!(
        on(&mut fake, |s| on_request_trailers(&rewrite, s)),
        Next::Continue
    );
    assert_eq!(fake.body(Body::BufferedRequest), r#"{"model":"gpt-small"}"#);

    let redact = job(REDACT);
    fake.set_body(Body::BufferedResponse, &["moonst", "one"]);
    assert_eq!(
        on(&mut fake, |s| on_response_trailers(&redact, s)),
        Next::Continue
    );
    assert_eq!(fake.body(Body::BufferedResponse), "*********");

    // Headers and trailers alone.
    let mut fake = FakeStream::default();
    assert_eq!(
        on(&mut fake, |s| on_request_trailers(&route, s)),
        Next::Continue
    );
    assert_eq!(fake.request["x-model"], ["none"]);
}

use filterbench_core::{Job, UNAUTHENTICATED};

use super::{on_request_headers, on_response_headers, Next};
use crate::abi::recording::FakeStream;
use crate::stream::Stream;

fn job(json: &str) -> Job {
    Job::from_json(json.as_bytes()).expect("a valid job")
}

fn with_request(headers: &[(&str, &str)]) -> FakeStream {
    let mut fake = FakeStream::default();
    for (name, value) in headers {
        let values = fake.request.entry((*name).into()).or_default();
        values.push((*value).into());
    }
    fake
}

fn ask(hook: fn(&Job, &mut Stream) -> Next, job: &Job, fake: &mut FakeStream) -> Next {
    // SAFETY: the fake outlives the call.
    hook(job, &mut unsafe { Stream::new(fake.handle()) })
}

#[test]
fn noop_changes_nothing() {
    let job = job(r#"{"job":"noop"}"#);
    let mut fake = with_request(&[("x-a", "1")]);
    assert_eq!(ask(on_request_headers, &job, &mut fake), Next::Continue);
    assert_eq!(ask(on_response_headers, &job, &mut fake), Next::Continue);
    assert_eq!(fake.request["x-a"], ["1"]);
    assert!(fake.response.is_empty() && fake.replies.is_empty());
}

#[test]
fn headers_replace_forged_values() {
    let job = job(r#"{"job":"headers","request":{"x-a":"ours"},"response":{"x-b":"ours"}}"#);
    let mut fake = with_request(&[("x-a", "forged"), ("x-a", "twice")]);
    assert_eq!(ask(on_request_headers, &job, &mut fake), Next::Continue);
    assert_eq!(ask(on_response_headers, &job, &mut fake), Next::Continue);
    assert_eq!(fake.request["x-a"], ["ours"]);
    assert_eq!(fake.response["x-b"], ["ours"]);
}

#[test]
fn access_introduces_known_clients() {
    let job = job(r#"{"job":"access","keys":{"secret":"alice"}}"#);
    let mut fake = with_request(&[("x-api-key", "secret"), ("x-client-id", "forged")]);
    assert_eq!(ask(on_request_headers, &job, &mut fake), Next::Continue);
    assert_eq!(fake.request["x-client-id"], ["alice"]);
    assert!(fake.replies.is_empty());
}

#[test]
fn access_denies_all_others() {
    let job = job(r#"{"job":"access","keys":{"secret":"alice"}}"#);
    for mut fake in [with_request(&[]), with_request(&[("x-api-key", "guess")])] {
        assert_eq!(ask(on_request_headers, &job, &mut fake), Next::Stop);
        assert_eq!(
            fake.replies,
            [(401, "Client authentication failed.".to_string())]
        );
    }
}

#[test]
fn denials_have_the_content_type_envoy_gives() {
    assert_eq!(UNAUTHENTICATED.content_type, "text/plain");
}

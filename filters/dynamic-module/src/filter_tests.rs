use filterbench_burn::totals;
use filterbench_core::{Job, UNAUTHENTICATED};

use super::{on_request_headers, on_response_headers, Next};
use crate::abi::recording::FakeStream;
use crate::alone_in_burning;
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

fn ask(hook: fn(&Job, bool, &mut Stream) -> Next, job: &Job, fake: &mut FakeStream) -> Next {
    // SAFETY: the fake outlives the call.
    hook(job, true, &mut unsafe { Stream::new(fake.handle()) })
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

/// The first token of the scenario's load, and whose it is.
fn token() -> (&'static str, &'static str) {
    let table = include_str!("../../../scenarios/tables/jwt-es256.json");
    let mut texts = table.split('"').skip(1).step_by(2);
    texts.next().zip(texts.next()).expect("a token")
}

#[test]
fn jwt_introduces_the_subject_of_a_token() {
    let job = job(
        r#"{"job":"jwt","issuer":"https://issuer.filterbench.test","audience":"filterbench","keys":[
        {"kty":"EC","kid":"ec-1","alg":"ES256","crv":"P-256",
        "x":"B64lnYQqtNkZHO_O9aIANNdNnQR5JZJj5mw2IwytXXc","y":"uEsDE7o8sON4WlzgXURN7UYVsVm_yZUqEoQinbrHW-0"}]}"#,
    );
    let (authorization, client) = token();
    let mut fake = with_request(&[("authorization", authorization), ("x-client-id", "forged")]);
    assert_eq!(ask(on_request_headers, &job, &mut fake), Next::Continue);
    assert_eq!(fake.request["x-client-id"], [client]);
    assert!(fake.replies.is_empty());

    let changed = format!("{authorization}A");
    for mut fake in [
        with_request(&[]),
        with_request(&[("authorization", changed.as_str())]),
    ] {
        assert_eq!(ask(on_request_headers, &job, &mut fake), Next::Stop);
        assert_eq!(fake.replies, [(401, String::new())]);
    }
}

#[test]
fn denials_have_the_content_type_envoy_gives() {
    assert_eq!(UNAUTHENTICATED.content_type, "text/plain");
}

/// `<burned ns> <burns>`, as the upstream is told.
fn burned(fake: &FakeStream) -> (u64, u64) {
    let [said] = &fake.request["x-filterbench-burned"][..] else {
        panic!("{fake:?}");
    };
    let (ns, burns) = said.split_once(' ').expect("two numbers");
    (ns.parse().expect("ns"), burns.parse().expect("burns"))
}

#[test]
fn calibrate_burns_on_every_request_and_says_so_where_asked() {
    let _alone = alone_in_burning();
    let before = totals();
    let asked = || with_request(&[("x-filterbench-burned", "?")]);
    let nothing = job(r#"{"job":"calibrate","cpuNs":0}"#);
    let mut fake = asked();
    assert_eq!(ask(on_request_headers, &nothing, &mut fake), Next::Continue);
    let (first_ns, first) = burned(&fake);
    assert!(first_ns > before.burned_ns && first == before.burns + 1);

    let some = job(r#"{"job":"calibrate","cpuNs":40000}"#);
    let mut silent = with_request(&[]);
    ask(on_request_headers, &some, &mut silent);
    assert!(silent.request.is_empty());
    let mut fake = asked();
    ask(on_request_headers, &some, &mut fake);
    ask(on_response_headers, &some, &mut fake);
    let (ns, burns) = burned(&fake);
    assert!(
        ns - first_ns >= 80_000 && burns == before.burns + 3,
        "{ns} {burns}"
    );
    assert!(fake.response.is_empty() && fake.replies.is_empty());

    let mut fake = asked();
    let loops = job(r#"{"job":"calibrate","loops":1000}"#);
    assert_eq!(ask(on_request_headers, &loops, &mut fake), Next::Continue);
    assert_eq!(fake.request["x-filterbench-burned"], ["?"]);
}

//! What Envoy gets over ext_proc for whole bodies: in BUFFERED mode, or none at all.

mod processing;
mod server;

use envoy_types::pb::envoy::service::ext_proc::v3::body_mutation::Mutation;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request as Phase;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response as Answer;
use envoy_types::pb::envoy::service::ext_proc::v3::{BodyResponse, HeadersResponse, HttpHeaders};
use processing::BodySendMode::{Buffered, BufferedPartial, None as NoBodies};
use processing::{conversation_in, denial, headers, mutation, posted, served, set, set_one};
use server::{Server, HEADERS, INSPECT, JSON_REWRITE, MODEL_ROUTING, REDACT};
use tonic::Code;

/// The answer to a body that was sent whole; the headers before it must pass as they are.
async fn to_body(server: &Server, phases: Vec<Phase>) -> Answer {
    let answers = conversation_in(server, Buffered, phases).await;
    let answers = answers.expect("answers");
    let [first, second] = &answers[..] else {
        panic!("{answers:?}");
    };
    let nothing = HeadersResponse::default();
    assert!(
        *first == Answer::RequestHeaders(nothing.clone())
            || *first == Answer::ResponseHeaders(nothing),
        "{first:?}"
    );
    second.clone()
}

fn of_request(answer: Answer) -> BodyResponse {
    match answer {
        Answer::RequestBody(response) => response,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_header_is_set_by_the_body_and_the_route_chosen_again() {
    let server = Server::unix("ext-proc", MODEL_ROUTING);
    for (body, model) in [
        (r#"{"model":"gpt-large","n":1}"#, "gpt-large"),
        (r#"{"n":1}"#, "none"),
        ("no JSON", "none"),
        ("", "none"),
    ] {
        let answer = of_request(to_body(&server, posted(&[body.as_bytes()])).await);
        let common = answer.response.as_ref();
        let expected = ("x-model".to_owned(), model.to_owned());
        assert_eq!(set_one(common), expected);
        assert!(common.is_some_and(|common| common.clear_route_cache));
        assert_eq!(mutation(&answer), None);
    }
    let count = server.count_at(4);
    assert_eq!(
        (&count["requestHeaders"], &count["requestBodies"]),
        (&4.into(), &4.into())
    );
}

#[tokio::test]
async fn a_request_without_a_body_is_answered_at_its_headers() {
    let only_headers = || HttpHeaders {
        end_of_stream: true,
        ..headers(&[(":method", b"GET")])
    };
    for mode in [NoBodies, Buffered] {
        let routing = Server::tcp("ext-proc", MODEL_ROUTING);
        let phases = vec![Phase::RequestHeaders(only_headers())];
        let answers = conversation_in(&routing, mode, phases).await;
        let answers = answers.expect("answers");
        let [Answer::RequestHeaders(request)] = &answers[..] else {
            panic!("{answers:?}");
        };
        let common = request.response.as_ref();
        let expected = ("x-model".to_owned(), "none".to_owned());
        assert_eq!(set_one(common), expected);
        assert!(common.is_some_and(|common| common.clear_route_cache));
    }
    for job in [INSPECT, REDACT, JSON_REWRITE] {
        let server = Server::tcp("ext-proc", job);
        let phases = vec![Phase::RequestHeaders(only_headers())];
        let answers = conversation_in(&server, Buffered, phases).await;
        let passes = Answer::RequestHeaders(HeadersResponse::default());
        assert_eq!(answers.expect("answers"), [passes]);
    }
}

#[tokio::test]
async fn a_body_is_denied_or_passes_as_it_is() {
    let server = Server::tcp("ext-proc", INSPECT);
    for (body, reply) in [
        ("pay 4111 1111 1111 1111 secret", "Blocked: card number."),
        ("a secret", "Blocked: forbidden word."),
    ] {
        let answer = to_body(&server, posted(&[body.as_bytes()])).await;
        let Answer::ImmediateResponse(response) = &answer else {
            panic!("{answer:?}");
        };
        assert_eq!(denial(response), (Some(403), reply.as_bytes()));
    }
    let clean = to_body(&server, posted(&[b"pay 4111 1111 1111 1112"])).await;
    assert_eq!(clean, Answer::RequestBody(BodyResponse::default()));
    assert_eq!(server.count_at(3)["denials"], 2);
}

#[tokio::test]
async fn a_replaced_body_brings_its_length_only_where_that_changes() {
    let server = Server::tcp("ext-proc", JSON_REWRITE);
    let body = br#"{ "model": "gpt-large", "n": 1 }"#;
    let answer = of_request(to_body(&server, posted(&[body])).await);
    let rewritten = br#"{ "model": "gpt-small", "n": 1 }"#;
    assert_eq!(mutation(&answer), Some(&Mutation::Body(rewritten.to_vec())));
    assert!(set(answer.response.as_ref()).is_empty());

    let answer = of_request(to_body(&server, posted(&[br#"{"model":"x"}"#])).await);
    let rewritten = br#"{"model":"gpt-small"}"#;
    assert_eq!(mutation(&answer), Some(&Mutation::Body(rewritten.to_vec())));
    let expected = ("content-length".to_owned(), rewritten.len().to_string());
    assert_eq!(set_one(answer.response.as_ref()), expected);

    let unchanged = to_body(&server, posted(&[b"no JSON"])).await;
    assert_eq!(unchanged, Answer::RequestBody(BodyResponse::default()));
}

#[tokio::test]
async fn both_bodies_are_redacted() {
    let server = Server::tcp("ext-proc", REDACT);
    let (body, redacted) = (
        b"a secret 4111-1111-1111-1111.",
        b"a ****** *******************.",
    );
    let expected = Mutation::Body(redacted.to_vec());
    let request = of_request(to_body(&server, posted(&[body])).await);
    assert_eq!(mutation(&request), Some(&expected));
    let response = to_body(&server, served(&[body])).await;
    let Answer::ResponseBody(response) = response else {
        panic!("{response:?}");
    };
    assert_eq!(mutation(&response), Some(&expected));
    assert!(set(response.response.as_ref()).is_empty());

    let clean = to_body(&server, served(&[b"nothing here"])).await;
    assert_eq!(clean, Answer::ResponseBody(BodyResponse::default()));
    assert_eq!(server.count_at(3)["responseBodies"], 2);
}

#[tokio::test]
async fn a_large_body_comes_back_whole() {
    let server = Server::unix("ext-proc", REDACT);
    let body = "prose and a secret. ".repeat(250_000);
    let answer = of_request(to_body(&server, posted(&[body.as_bytes()])).await);
    let redacted = body.replace("secret", "******").into_bytes();
    assert!(mutation(&answer) == Some(&Mutation::Body(redacted)));
}

#[tokio::test]
async fn a_mode_that_is_not_served_is_an_error() {
    for (job, mode) in [
        (MODEL_ROUTING, NoBodies),
        (INSPECT, BufferedPartial),
        (HEADERS, Buffered),
    ] {
        let server = Server::tcp("ext-proc", job);
        let status = conversation_in(&server, mode, posted(&[b"a"])).await;
        let status = status.expect_err("refused");
        assert_eq!(status.code(), Code::FailedPrecondition, "{status}");
    }
}

//! What Envoy gets over ext_proc.

mod processing;
mod server;

use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request as Phase;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response as Answer;
use envoy_types::pb::envoy::service::ext_proc::v3::{HeadersResponse, HttpBody};
use processing::{
    answers, conversation, denial, headers, observed, set, set_one, BodySendMode,
    OVERWRITE_IF_EXISTS_OR_ADD,
};
use server::{Server, ACCESS, HEADERS, NOOP};
use tonic::Code;

fn both_phases() -> Vec<Phase> {
    vec![
        Phase::RequestHeaders(headers(&[(":path", b"/")])),
        Phase::ResponseHeaders(headers(&[(":status", b"200")])),
    ]
}

#[tokio::test]
async fn headers_are_set_in_each_phase_over_tcp_and_unix() {
    for server in [
        Server::tcp("ext-proc", HEADERS),
        Server::unix("ext-proc", HEADERS),
    ] {
        let answers = conversation(&server, both_phases()).await.expect("answers");
        let [Answer::RequestHeaders(request), Answer::ResponseHeaders(response)] = &answers[..]
        else {
            panic!("{answers:?}");
        };
        let expected = |name: &str, value: &[u8]| {
            vec![(name.to_owned(), value.to_vec(), OVERWRITE_IF_EXISTS_OR_ADD)]
        };
        assert_eq!(
            set(request.response.as_ref()),
            expected("x-to-upstream", b"a")
        );
        assert_eq!(
            set(response.response.as_ref()),
            expected("x-to-client", b"b")
        );

        let count = server.count_at(1);
        assert_eq!(
            (&count["requestHeaders"], &count["responseHeaders"]),
            (&1.into(), &1.into())
        );
    }
}

#[tokio::test]
async fn noop_answers_both_phases_with_nothing() {
    let server = Server::tcp("ext-proc", NOOP);
    let answers = conversation(&server, both_phases()).await.expect("answers");
    let nothing = HeadersResponse::default;
    assert_eq!(
        answers,
        [
            Answer::RequestHeaders(nothing()),
            Answer::ResponseHeaders(nothing())
        ]
    );
}

#[tokio::test]
async fn access_names_the_client_or_answers_in_its_place() {
    let server = Server::unix("ext-proc", ACCESS);
    let known = vec![Phase::RequestHeaders(headers(&[("x-api-key", b"k1")]))];
    let answers = conversation(&server, known).await.expect("answers");
    let [Answer::RequestHeaders(request)] = &answers[..] else {
        panic!("{answers:?}");
    };
    assert_eq!(set(request.response.as_ref())[0].1, b"alice");

    for key in [&b"k2"[..], b"", b"\xff"] {
        let unknown = vec![Phase::RequestHeaders(headers(&[("x-api-key", key)]))];
        let answers = conversation(&server, unknown).await.expect("answers");
        let [Answer::ImmediateResponse(reply)] = &answers[..] else {
            panic!("{answers:?}");
        };
        assert_eq!(
            denial(reply),
            (Some(401), &b"Client authentication failed."[..])
        );
    }
    assert_eq!(server.count_at(4)["denials"], 3);
}

#[tokio::test]
async fn a_phase_nobody_asked_for_is_an_error() {
    let server = Server::tcp("ext-proc", NOOP);
    let body = vec![Phase::RequestBody(HttpBody::default())];
    let status = conversation(&server, body).await.expect_err("refused");
    assert_eq!(status.code(), Code::FailedPrecondition);
}

#[tokio::test]
async fn lookup_takes_its_header_from_the_job() {
    let job = r#"{"job":"lookup","header":"x-tenant","set":"x-route","table":{"t1":"eu;gold"}}"#;
    let server = Server::tcp("ext-proc", job);
    let known = vec![Phase::RequestHeaders(headers(&[("x-tenant", b"t1")]))];
    let answers = conversation(&server, known).await.expect("answers");
    let [Answer::RequestHeaders(request)] = &answers[..] else {
        panic!("{answers:?}");
    };
    let expected = ("x-route".to_owned(), "eu;gold".to_owned());
    assert_eq!(set_one(request.response.as_ref()), expected);

    let unknown = vec![Phase::RequestHeaders(headers(&[("x-tenant", b"t2")]))];
    let answers = conversation(&server, unknown).await.expect("answers");
    assert!(matches!(answers[..], [Answer::ImmediateResponse(_)]));
}

#[tokio::test]
async fn a_chains_links_are_told_apart_by_metadata() {
    let server = Server::tcp("ext-proc", r#"{"job":"chain"}"#);
    for (link, name) in [
        (None, "x-bench-link-1"),
        (Some("1"), "x-bench-link-1"),
        (Some("8"), "x-bench-link-8"),
        (Some("16"), "x-bench-link-16"),
    ] {
        let answers = answers(&server, BodySendMode::None, link, both_phases()).await;
        let answers = answers.expect("answers");
        let [Answer::RequestHeaders(request), Answer::ResponseHeaders(response)] = &answers[..]
        else {
            panic!("{answers:?}");
        };
        let expected = (name.to_owned(), "filterbench".to_owned());
        assert_eq!(set_one(request.response.as_ref()), expected);
        assert_eq!(set_one(response.response.as_ref()), expected);
    }
    let none = answers(&server, BodySendMode::None, Some("17"), both_phases()).await;
    assert_eq!(none.expect_err("refused").code(), Code::InvalidArgument);
}

#[tokio::test]
async fn what_is_only_to_be_observed_is_counted_and_gets_no_answer() {
    let server = Server::tcp("ext-proc", HEADERS);
    // Envoy keeps its side open: that the stream ends is the server's doing.
    assert_eq!(observed(&server, both_phases()).await, Ok(0));
    let count = server.count_at(1);
    assert_eq!(
        (&count["requestHeaders"], &count["responseHeaders"]),
        (&1.into(), &1.into())
    );

    let access = Server::tcp("ext-proc", ACCESS);
    assert_eq!(observed(&access, both_phases()).await, Ok(0));
    assert_eq!(access.count_at(1)["denials"], 0);
}

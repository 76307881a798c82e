//! What Envoy gets over ext_proc.

mod server;

use envoy_types::pb::envoy::config::core::v3::{HeaderMap, HeaderValue};
use envoy_types::pb::envoy::service::ext_proc::v3::external_processor_client::ExternalProcessorClient;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request as Phase;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response as Answer;
use envoy_types::pb::envoy::service::ext_proc::v3::{
    HeadersResponse, HttpBody, HttpHeaders, ProcessingRequest,
};
use server::{Server, ACCESS, HEADERS, NOOP};
use tonic::{Code, Status};

const OVERWRITE_IF_EXISTS_OR_ADD: i32 = 2;

fn headers(pairs: &[(&str, &[u8])]) -> HttpHeaders {
    let header = |(key, value): &(&str, &[u8])| HeaderValue {
        key: (*key).to_owned(),
        raw_value: value.to_vec(),
        ..HeaderValue::default()
    };
    HttpHeaders {
        headers: Some(HeaderMap {
            headers: pairs.iter().map(header).collect(),
        }),
        ..HttpHeaders::default()
    }
}

async fn conversation(server: &Server, phases: Vec<Phase>) -> Result<Vec<Answer>, Status> {
    let messages = phases.into_iter().map(|phase| ProcessingRequest {
        request: Some(phase),
        ..ProcessingRequest::default()
    });
    let messages: Vec<_> = messages.collect();
    let mut client = ExternalProcessorClient::new(server.channel().await);
    let mut stream = client
        .process(tokio_stream::iter(messages))
        .await?
        .into_inner();
    let mut answers = Vec::new();
    while let Some(message) = stream.message().await? {
        answers.push(message.response.expect("an answer"));
    }
    Ok(answers)
}

/// The headers an answer sets, each with its value and append action.
fn set(response: &HeadersResponse) -> Vec<(String, Vec<u8>, i32)> {
    let mutation = response
        .response
        .as_ref()
        .and_then(|r| r.header_mutation.as_ref());
    let set = mutation.map_or(&[][..], |mutation| &mutation.set_headers);
    set.iter()
        .map(|option| {
            let header = option.header.clone().expect("a header");
            (header.key, header.raw_value, option.append_action)
        })
        .collect()
}

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
        assert_eq!(set(request), expected("x-to-upstream", b"a"));
        assert_eq!(set(response), expected("x-to-client", b"b"));

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
    assert_eq!(set(request)[0].1, b"alice");

    for key in [&b"k2"[..], b"", b"\xff"] {
        let unknown = vec![Phase::RequestHeaders(headers(&[("x-api-key", key)]))];
        let answers = conversation(&server, unknown).await.expect("answers");
        let [Answer::ImmediateResponse(reply)] = &answers[..] else {
            panic!("{answers:?}");
        };
        assert_eq!(reply.status.as_ref().map(|status| status.code), Some(401));
        assert_eq!(reply.body, b"Client authentication failed.");
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

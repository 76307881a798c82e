//! Envoy's side of ext_proc.

// Each test binary uses its own part of this.
#![allow(dead_code)]

use envoy_types::pb::envoy::config::core::v3::{HeaderMap, HeaderValue};
pub use envoy_types::pb::envoy::extensions::filters::http::ext_proc::v3::processing_mode::BodySendMode;
use envoy_types::pb::envoy::service::ext_proc::v3::body_mutation::Mutation;
use envoy_types::pb::envoy::service::ext_proc::v3::external_processor_client::ExternalProcessorClient;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request as Phase;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response as Answer;
use envoy_types::pb::envoy::service::ext_proc::v3::{
    BodyResponse, CommonResponse, HttpBody, HttpHeaders, ImmediateResponse, ProcessingRequest,
    ProtocolConfiguration,
};
use tokio_stream::StreamExt;
use tonic::{Code, Request, Status};

use crate::server::Server;

pub const OVERWRITE_IF_EXISTS_OR_ADD: i32 = 2;

pub fn headers(pairs: &[(&str, &[u8])]) -> HttpHeaders {
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

/// A request's headers, then its body in parts, of which the last one says so.
pub fn posted(parts: &[&[u8]]) -> Vec<Phase> {
    let bodies = in_parts(parts).map(Phase::RequestBody);
    let post = Phase::RequestHeaders(headers(&[(":method", b"POST")]));
    std::iter::once(post).chain(bodies).collect()
}

/// The same of a response.
pub fn served(parts: &[&[u8]]) -> Vec<Phase> {
    let bodies = in_parts(parts).map(Phase::ResponseBody);
    let ok = Phase::ResponseHeaders(headers(&[(":status", b"200")]));
    std::iter::once(ok).chain(bodies).collect()
}

fn in_parts<'a>(parts: &'a [&[u8]]) -> impl Iterator<Item = HttpBody> + 'a {
    parts.iter().enumerate().map(|(index, part)| HttpBody {
        body: part.to_vec(),
        end_of_stream: index + 1 == parts.len(),
        ..HttpBody::default()
    })
}

/// Everything that is answered where no bodies are sent.
pub async fn conversation(server: &Server, phases: Vec<Phase>) -> Result<Vec<Answer>, Status> {
    conversation_in(server, BodySendMode::None, phases).await
}

/// Everything that is answered where Envoy sends bodies in `mode`.
pub async fn conversation_in(
    server: &Server,
    mode: BodySendMode,
    phases: Vec<Phase>,
) -> Result<Vec<Answer>, Status> {
    answers(server, mode, None, phases).await
}

/// Everything that is answered to a link of a chain.
pub async fn answers(
    server: &Server,
    mode: BodySendMode,
    link: Option<&'static str>,
    phases: Vec<Phase>,
) -> Result<Vec<Answer>, Status> {
    let mut messages: Vec<_> = phases
        .into_iter()
        .map(|phase| ProcessingRequest {
            request: Some(phase),
            ..ProcessingRequest::default()
        })
        .collect();
    if let Some(first) = messages.first_mut() {
        first.protocol_config = Some(ProtocolConfiguration {
            request_body_mode: mode.into(),
            response_body_mode: mode.into(),
            ..ProtocolConfiguration::default()
        });
    }
    let mut request = Request::new(tokio_stream::iter(messages));
    if let Some(link) = link {
        let number = link.parse().expect("a value");
        request.metadata_mut().insert("x-bench-link", number);
    }
    let client = ExternalProcessorClient::new(server.channel().await);
    let mut client = client.max_decoding_message_size(64 << 20);
    let mut stream = client.process(request).await?.into_inner();
    let mut answers = Vec::new();
    while let Some(message) = stream.message().await? {
        answers.push(message.response.expect("an answer"));
    }
    Ok(answers)
}

/// How many answers there are in observability mode until the server ends the stream, whose other side stays open.
pub async fn observed(server: &Server, phases: Vec<Phase>) -> Result<usize, Code> {
    let messages: Vec<_> = phases
        .into_iter()
        .map(|phase| ProcessingRequest {
            request: Some(phase),
            observability_mode: true,
            ..ProcessingRequest::default()
        })
        .collect();
    let never_ending = tokio_stream::iter(messages).chain(tokio_stream::pending());
    let mut client = ExternalProcessorClient::new(server.channel().await);
    let stream = client.process(never_ending).await;
    let mut stream = stream.map_err(|status| status.code())?.into_inner();
    let mut answers = 0;
    while let Some(_answer) = stream.message().await.map_err(|status| status.code())? {
        answers += 1;
    }
    Ok(answers)
}

/// The headers an answer sets, each with its value and append action.
pub fn set(response: Option<&CommonResponse>) -> Vec<(String, Vec<u8>, i32)> {
    let mutation = response.and_then(|r| r.header_mutation.as_ref());
    let set = mutation.map_or(&[][..], |mutation| &mutation.set_headers);
    set.iter()
        .map(|option| {
            let header = option.header.clone().expect("a header");
            (header.key, header.raw_value, option.append_action)
        })
        .collect()
}

/// The one header that an answer sets.
pub fn set_one(response: Option<&CommonResponse>) -> (String, String) {
    let [(name, value, OVERWRITE_IF_EXISTS_OR_ADD)] = &set(response)[..] else {
        panic!("{response:?}");
    };
    (
        name.clone(),
        String::from_utf8(value.clone()).expect("text"),
    )
}

/// What an answer puts in place of a body; None if that stays.
pub fn mutation(response: &BodyResponse) -> Option<&Mutation> {
    let mutation = response.response.as_ref()?.body_mutation.as_ref()?;
    mutation.mutation.as_ref()
}

/// Status and body of a reply in place of the upstream's.
pub fn denial(reply: &ImmediateResponse) -> (Option<i32>, &[u8]) {
    let status = reply.status.as_ref().map(|status| status.code);
    (status, &reply.body)
}

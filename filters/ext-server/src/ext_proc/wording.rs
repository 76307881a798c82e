//! How `ext_proc` says what a job decided.

use bytes::Bytes;
use envoy_types::pb::envoy::r#type::v3::HttpStatus;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response as Phase;
use envoy_types::pb::envoy::service::ext_proc::v3::{
    CommonResponse, HeaderMutation, HeadersResponse, ImmediateResponse, ProcessingResponse,
};
use filterbench_core::{Denial, Header};
use prost::Message;

use crate::answers::Wording;
use crate::set_header;

/// Answers to request headers.
#[derive(Debug)]
pub struct RequestHeaders;

impl Wording for RequestHeaders {
    type Answer = Bytes;

    fn pass(&self, request: &[Header]) -> Bytes {
        encoded(Phase::RequestHeaders(setting(request)))
    }

    fn deny(&self, denial: &Denial) -> Bytes {
        // Envoy itself adds `content-type: text/plain` to a local reply.
        encoded(Phase::ImmediateResponse(ImmediateResponse {
            status: Some(HttpStatus {
                code: denial.status.into(),
            }),
            body: denial.body.into(),
            ..ImmediateResponse::default()
        }))
    }
}

/// The answer to every response's headers.
pub fn response(headers: &[Header]) -> Bytes {
    encoded(Phase::ResponseHeaders(setting(headers)))
}

fn setting(headers: &[Header]) -> HeadersResponse {
    if headers.is_empty() {
        return HeadersResponse::default();
    }
    HeadersResponse {
        response: Some(CommonResponse {
            header_mutation: Some(HeaderMutation {
                set_headers: headers.iter().map(set_header::by_raw_value).collect(),
                ..HeaderMutation::default()
            }),
            ..CommonResponse::default()
        }),
    }
}

fn encoded(phase: Phase) -> Bytes {
    let message = ProcessingResponse {
        response: Some(phase),
        ..ProcessingResponse::default()
    };
    message.encode_to_vec().into()
}

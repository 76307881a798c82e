//! How `ext_proc` says what a job decided.

use bytes::Bytes;
use envoy_types::pb::envoy::r#type::v3::HttpStatus;
use envoy_types::pb::envoy::service::ext_proc::v3::body_mutation::Mutation;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response as Phase;
use envoy_types::pb::envoy::service::ext_proc::v3::{
    BodyMutation, BodyResponse, CommonResponse, HeaderMutation, HeadersResponse, ImmediateResponse,
    ProcessingResponse, StreamedBodyResponse, TrailersResponse,
};
use filterbench_core::{Denial, Header};
use prost::Message;

use super::body::Direction;
use crate::answers::Wording;
use crate::set_header;

/// Answers to request headers.
#[derive(Debug)]
pub struct RequestHeaders;

impl Wording for RequestHeaders {
    type Answer = Bytes;

    fn pass(&self, request: &[Header]) -> Bytes {
        headers(Direction::Request, setting(request))
            .encode_to_vec()
            .into()
    }

    fn deny(&self, denial: &Denial) -> Bytes {
        denied(denial).encode_to_vec().into()
    }
}

/// The answer to every response's headers.
pub fn response(set: &[Header]) -> Bytes {
    headers(Direction::Response, setting(set))
        .encode_to_vec()
        .into()
}

/// Lets bodies pass, a request's and a response's.
pub fn body_passes() -> [Bytes; 2] {
    [Direction::Request, Direction::Response]
        .map(|direction| body(direction, None).encode_to_vec().into())
}

/// Answers the client in place of the upstream.
pub fn denied(denial: &Denial) -> ProcessingResponse {
    // Envoy itself adds `content-type: text/plain` to a local reply.
    said(Phase::ImmediateResponse(ImmediateResponse {
        status: Some(HttpStatus {
            code: denial.status.into(),
        }),
        body: denial.body.into(),
        ..ImmediateResponse::default()
    }))
}

/// Answers headers by setting what their body asks for; the route is chosen again.
pub fn headers_set(direction: Direction, set: &Header) -> ProcessingResponse {
    headers(direction, Some(rerouting(set)))
}

/// Answers a whole body by setting a header; the route is chosen again.
pub fn body_sets(direction: Direction, set: &Header) -> ProcessingResponse {
    body(direction, Some(rerouting(set)))
}

/// Puts `bytes` in place of a body or of a part; `length` is told where it becomes another.
pub fn body_replaced(
    direction: Direction,
    bytes: Vec<u8>,
    length: Option<usize>,
) -> ProcessingResponse {
    let header_mutation = length.map(|length| {
        mutation(&[Header {
            name: "content-length".into(),
            value: length.to_string().into(),
        }])
    });
    let common = CommonResponse {
        header_mutation,
        body_mutation: Some(BodyMutation {
            mutation: Some(Mutation::Body(bytes)),
        }),
        ..CommonResponse::default()
    };
    body(direction, Some(common))
}

/// Passes a part of a body on in full duplex; the last one says so.
pub fn body_streamed(direction: Direction, part: Vec<u8>, end: bool) -> ProcessingResponse {
    let streamed = StreamedBodyResponse {
        body: part,
        end_of_stream: end,
        ..StreamedBodyResponse::default()
    };
    let common = CommonResponse {
        body_mutation: Some(BodyMutation {
            mutation: Some(Mutation::StreamedResponse(streamed)),
        }),
        ..CommonResponse::default()
    };
    body(direction, Some(common))
}

/// Lets trailers pass.
pub fn trailers_pass(direction: Direction) -> ProcessingResponse {
    let nothing = TrailersResponse::default();
    said(match direction {
        Direction::Request => Phase::RequestTrailers(nothing),
        Direction::Response => Phase::ResponseTrailers(nothing),
    })
}

fn headers(direction: Direction, response: Option<CommonResponse>) -> ProcessingResponse {
    let response = HeadersResponse { response };
    said(match direction {
        Direction::Request => Phase::RequestHeaders(response),
        Direction::Response => Phase::ResponseHeaders(response),
    })
}

fn body(direction: Direction, response: Option<CommonResponse>) -> ProcessingResponse {
    let response = BodyResponse { response };
    said(match direction {
        Direction::Request => Phase::RequestBody(response),
        Direction::Response => Phase::ResponseBody(response),
    })
}

fn setting(headers: &[Header]) -> Option<CommonResponse> {
    (!headers.is_empty()).then(|| CommonResponse {
        header_mutation: Some(mutation(headers)),
        ..CommonResponse::default()
    })
}

fn rerouting(set: &Header) -> CommonResponse {
    CommonResponse {
        header_mutation: Some(mutation(std::slice::from_ref(set))),
        clear_route_cache: true,
        ..CommonResponse::default()
    }
}

fn mutation(headers: &[Header]) -> HeaderMutation {
    HeaderMutation {
        set_headers: headers.iter().map(set_header::by_raw_value).collect(),
        ..HeaderMutation::default()
    }
}

fn said(phase: Phase) -> ProcessingResponse {
    ProcessingResponse {
        response: Some(phase),
        ..ProcessingResponse::default()
    }
}

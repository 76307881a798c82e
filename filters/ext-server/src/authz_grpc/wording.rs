//! How `ext_authz` says over gRPC what a job decided.

use bytes::Bytes;
use envoy_types::pb::envoy::config::core::v3::HeaderValueOption;
use envoy_types::pb::envoy::r#type::v3::HttpStatus;
use envoy_types::pb::envoy::service::auth::v3::check_response::HttpResponse;
use envoy_types::pb::envoy::service::auth::v3::{
    CheckResponse, DeniedHttpResponse, OkHttpResponse,
};
use envoy_types::pb::google::rpc::Status;
use filterbench_core::{Denial, Header};
use prost::Message;
use tonic::Code;

use crate::answers::Wording;
use crate::set_header;

/// Answers to checks; there is no second call for the response, so its headers go along.
#[derive(Debug)]
pub struct Check {
    response_headers: Vec<HeaderValueOption>,
}

impl Check {
    /// Every request that passes gets `headers` on its response.
    pub fn with_response_headers(headers: &[Header]) -> Self {
        Self {
            response_headers: headers.iter().map(set_header::by_value).collect(),
        }
    }
}

impl Wording for Check {
    type Answer = Bytes;

    fn pass(&self, request: &[Header]) -> Bytes {
        let nothing_to_set = request.is_empty() && self.response_headers.is_empty();
        let http = (!nothing_to_set).then(|| {
            HttpResponse::OkResponse(OkHttpResponse {
                headers: request.iter().map(set_header::by_value).collect(),
                response_headers_to_add: self.response_headers.clone(),
                ..OkHttpResponse::default()
            })
        });
        encoded(Code::Ok, http)
    }

    fn deny(&self, denial: &Denial) -> Bytes {
        // Envoy itself adds `content-type: text/plain` to a local reply.
        let http = HttpResponse::DeniedResponse(DeniedHttpResponse {
            status: Some(HttpStatus {
                code: denial.status.into(),
            }),
            body: denial.body.into(),
            ..DeniedHttpResponse::default()
        });
        let code = match denial.status {
            401 => Code::Unauthenticated,
            _ => Code::PermissionDenied,
        };
        encoded(code, Some(http))
    }
}

fn encoded(code: Code, http_response: Option<HttpResponse>) -> Bytes {
    let message = CheckResponse {
        status: Some(Status {
            code: code.into(),
            ..Status::default()
        }),
        http_response,
        ..CheckResponse::default()
    };
    message.encode_to_vec().into()
}

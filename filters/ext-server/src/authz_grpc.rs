//! `ext_authz` over gRPC: one check a client request.

mod wording;

use std::sync::Arc;

use bytes::Bytes;
use envoy_types::pb::envoy::service::auth::v3::attribute_context::HttpRequest;
use envoy_types::pb::envoy::service::auth::v3::CheckRequest;
use filterbench_core::Job;
use hyper::body::Incoming;
use tonic::body::Body;
use tonic::server::{Grpc, UnaryService};
use tonic::{Request, Response, Status};

use crate::answers::Answers;
use crate::chain::{no_such_link, Links};
use crate::counts::Counts;
use crate::encoded::{EncodedAnswers, MESSAGE_BYTES};
use crate::grpc::unimplemented;
use crate::work::sleep;

const METHOD: &str = "/envoy.service.auth.v3.Authorization/Check";

/// Jobs as an authorization server.
#[derive(Debug)]
pub struct Checkers {
    links: Links<Answers<wording::Check>>,
    counts: Arc<Counts>,
}

/// Answers one gRPC call.
pub async fn answer(
    checkers: &'static Checkers,
    call: http::Request<Incoming>,
) -> http::Response<Body> {
    if call.uri().path() != METHOD {
        return unimplemented(call.uri().path());
    }
    let Some(answers) = checkers.links.of(call.headers()) else {
        return Status::invalid_argument(no_such_link()).into_http();
    };
    sleep(answers.sleep_time()).await;
    let check = Check {
        answers,
        counts: &checkers.counts,
    };
    Grpc::new(EncodedAnswers::<CheckRequest, Bytes>::default())
        .max_decoding_message_size(MESSAGE_BYTES)
        .unary(check, call)
        .await
}

impl Checkers {
    /// A server doing these jobs.
    pub fn new(jobs: Links<Job>, counts: Arc<Counts>) -> Self {
        let links = jobs.map(|job| {
            let wording = wording::Check::with_response_headers(job.on_response_headers());
            Answers::new(job, wording)
        });
        Self { links, counts }
    }
}

fn http_of(request: &CheckRequest) -> Option<&HttpRequest> {
    let attributes = request.attributes.as_ref()?;
    attributes.request.as_ref()?.http.as_ref()
}

fn value_of<'a>(name: &str, http: &'a HttpRequest) -> Option<&'a [u8]> {
    // `encode_raw_headers` in Envoy's configuration chooses between the two.
    match &http.header_map {
        Some(map) => {
            let header = map.headers.iter().find(|header| header.key == name)?;
            Some(&header.raw_value)
        }
        None => http.headers.get(name).map(String::as_bytes),
    }
}

fn body_of(http: &HttpRequest) -> &[u8] {
    // `pack_as_bytes` in Envoy's configuration chooses between the two.
    match http.raw_body.as_slice() {
        [] => http.body.as_bytes(),
        raw => raw,
    }
}

struct Check {
    answers: &'static Answers<wording::Check>,
    counts: &'static Counts,
}

impl UnaryService<CheckRequest> for Check {
    type Response = Bytes;
    type Future = std::future::Ready<Result<Response<Bytes>, Status>>;

    fn call(&mut self, request: Request<CheckRequest>) -> Self::Future {
        let http = http_of(request.get_ref());
        let answer = if self.answers.want_body() {
            self.answers
                .to_whole_request(&[http.map(body_of).unwrap_or_default()])
        } else {
            let name = self.answers.lookup_header();
            let lookup = name.and_then(|name| value_of(name, http?));
            self.answers.to_request(lookup)
        };
        self.counts.check(answer.denied);
        std::future::ready(Ok(Response::new(answer.message)))
    }
}

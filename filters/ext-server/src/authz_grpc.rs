//! `ext_authz` over gRPC: one check a client request.

mod wording;

use std::sync::Arc;

use bytes::Bytes;
use envoy_types::pb::envoy::service::auth::v3::CheckRequest;
use filterbench_core::Job;
use hyper::body::Incoming;
use tonic::body::Body;
use tonic::server::{Grpc, UnaryService};
use tonic::{Request, Response, Status};

use crate::answers::Answers;
use crate::counts::Counts;
use crate::encoded::EncodedAnswers;
use crate::grpc::unimplemented;
use crate::work::sleep;

const METHOD: &str = "/envoy.service.auth.v3.Authorization/Check";

/// A job as an authorization server.
#[derive(Debug)]
pub struct Checker {
    answers: Answers<wording::Check>,
    counts: Arc<Counts>,
}

/// Answers one gRPC call.
pub async fn answer(checker: Arc<Checker>, call: http::Request<Incoming>) -> http::Response<Body> {
    if call.uri().path() != METHOD {
        return unimplemented(call.uri().path());
    }
    sleep(checker.answers.sleep_time()).await;
    Grpc::new(EncodedAnswers::<CheckRequest>::default())
        .unary(Check(checker), call)
        .await
}

impl Checker {
    /// A server doing `job`.
    pub fn new(job: Job, counts: Arc<Counts>) -> Self {
        let wording = wording::Check::with_response_headers(job.on_response_headers());
        Self {
            answers: Answers::new(job, wording),
            counts,
        }
    }

    fn answer(&self, request: &CheckRequest) -> Bytes {
        let lookup = self
            .answers
            .lookup_header()
            .and_then(|name| value_of(name, request));
        let answer = self.answers.to_request(lookup);
        self.counts.check(answer.denied);
        answer.message
    }
}

fn value_of<'a>(name: &str, request: &'a CheckRequest) -> Option<&'a [u8]> {
    let http = request
        .attributes
        .as_ref()?
        .request
        .as_ref()?
        .http
        .as_ref()?;
    // `encode_raw_headers` in Envoy's configuration chooses between the two.
    match &http.header_map {
        Some(map) => {
            let header = map.headers.iter().find(|header| header.key == name)?;
            Some(&header.raw_value)
        }
        None => http.headers.get(name).map(String::as_bytes),
    }
}

struct Check(Arc<Checker>);

impl UnaryService<CheckRequest> for Check {
    type Response = Bytes;
    type Future = std::future::Ready<Result<Response<Bytes>, Status>>;

    fn call(&mut self, request: Request<CheckRequest>) -> Self::Future {
        std::future::ready(Ok(Response::new(self.0.answer(request.get_ref()))))
    }
}

//! `ext_proc`: one stream a client request, one message a phase or a part of a body.

mod body;
mod conversation;
mod wording;

use std::sync::Arc;

use bytes::Bytes;
use envoy_types::pb::envoy::service::ext_proc::v3::{ProcessingRequest, ProcessingResponse};
use filterbench_core::Job;
use hyper::body::Incoming;
use tonic::body::Body;
use tonic::server::{Grpc, StreamingService};
use tonic::{Request, Response, Status, Streaming};

use crate::answers::Answers;
use crate::chain::{no_such_link, Links};
use crate::counts::Counts;
use crate::encoded::{self, EncodedAnswers, MESSAGE_BYTES};
use crate::grpc::unimplemented;
use crate::work::sleep;
use conversation::Conversation;

const METHOD: &str = "/envoy.service.ext_proc.v3.ExternalProcessor/Process";

type Reply = encoded::Reply<ProcessingResponse>;

/// Jobs as an external processor.
#[derive(Debug)]
pub struct Processors {
    links: Links<Processor>,
    counts: Arc<Counts>,
}

/// A job with all the answers that can be built ahead.
#[derive(Debug)]
struct Processor {
    answers: Answers<wording::RequestHeaders>,
    to_response: Bytes,
    /// Lets a request's body pass, and a response's.
    body_passes: [Bytes; 2],
}

/// Answers one gRPC call.
pub async fn answer(
    processors: &'static Processors,
    call: http::Request<Incoming>,
) -> http::Response<Body> {
    if call.uri().path() != METHOD {
        return unimplemented(call.uri().path());
    }
    let Some(processor) = processors.links.of(call.headers()) else {
        return Status::invalid_argument(no_such_link()).into_http();
    };
    // A call is one client request, and its headers are there as it begins.
    sleep(processor.answers.sleep_time()).await;
    let process = Process {
        processor,
        counts: &processors.counts,
    };
    Grpc::new(EncodedAnswers::<ProcessingRequest, Reply>::default())
        .max_decoding_message_size(MESSAGE_BYTES)
        .streaming(process, call)
        .await
}

impl Processors {
    /// A processor doing these jobs.
    pub fn new(jobs: Links<Job>, counts: Arc<Counts>) -> Self {
        let links = jobs.map(|job| Processor {
            to_response: wording::response(job.on_response_headers()),
            answers: Answers::new(job, wording::RequestHeaders),
            body_passes: wording::body_passes(),
        });
        Self { links, counts }
    }
}

struct Process {
    processor: &'static Processor,
    counts: &'static Counts,
}

impl StreamingService<ProcessingRequest> for Process {
    type Response = Reply;
    type ResponseStream = Conversation;
    type Future = std::future::Ready<Result<Response<Conversation>, Status>>;

    fn call(&mut self, request: Request<Streaming<ProcessingRequest>>) -> Self::Future {
        let conversation = Conversation::new(request.into_inner(), self.processor, self.counts);
        std::future::ready(Ok(Response::new(conversation)))
    }
}

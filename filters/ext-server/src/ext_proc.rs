//! `ext_proc`: one stream a client request, one message a phase.

mod wording;

use std::pin::Pin;
use std::sync::Arc;
use std::task::{ready, Context, Poll};

use bytes::Bytes;
use envoy_types::pb::envoy::config::core::v3::HeaderMap;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request as Phase;
use envoy_types::pb::envoy::service::ext_proc::v3::{HttpHeaders, ProcessingRequest};
use filterbench_core::Job;
use futures_core::Stream;
use hyper::body::Incoming;
use tonic::body::Body;
use tonic::server::{Grpc, StreamingService};
use tonic::{Request, Response, Status, Streaming};

use crate::answers::Answers;
use crate::counts::Counts;
use crate::encoded::EncodedAnswers;
use crate::grpc::unimplemented;
use crate::work::sleep;

const METHOD: &str = "/envoy.service.ext_proc.v3.ExternalProcessor/Process";

/// A job as an external processor.
#[derive(Debug)]
pub struct Processor {
    answers: Answers<wording::RequestHeaders>,
    to_response: Bytes,
    counts: Arc<Counts>,
}

/// Answers one gRPC call.
pub async fn answer(
    processor: Arc<Processor>,
    call: http::Request<Incoming>,
) -> http::Response<Body> {
    if call.uri().path() != METHOD {
        return unimplemented(call.uri().path());
    }
    // A call is one client request, and its headers are there as it begins.
    sleep(processor.answers.sleep_time()).await;
    Grpc::new(EncodedAnswers::<ProcessingRequest>::default())
        .streaming(Process(processor), call)
        .await
}

impl Processor {
    /// A processor doing `job`.
    pub fn new(job: Job, counts: Arc<Counts>) -> Self {
        Self {
            to_response: wording::response(job.on_response_headers()),
            answers: Answers::new(job, wording::RequestHeaders),
            counts,
        }
    }

    fn answer(&self, phase: Option<Phase>) -> Result<Bytes, Status> {
        match phase {
            Some(Phase::RequestHeaders(message)) => {
                self.counts.request_headers.add();
                let lookup = self
                    .answers
                    .lookup_header()
                    .and_then(|name| value_of(name, &message));
                let answer = self.answers.to_request(lookup);
                if answer.denied {
                    self.counts.denials.add();
                }
                Ok(answer.message)
            }
            Some(Phase::ResponseHeaders(_)) => {
                self.counts.response_headers.add();
                Ok(self.to_response.clone())
            }
            _ => Err(Status::failed_precondition(
                "only headers are processed: leave bodies and trailers out of processing_mode",
            )),
        }
    }
}

fn value_of<'a>(name: &str, message: &'a HttpHeaders) -> Option<&'a [u8]> {
    let HeaderMap { headers, .. } = message.headers.as_ref()?;
    let header = headers.iter().find(|header| header.key == name)?;
    // Which of the two Envoy fills is a runtime flag of its own.
    Some(match header.raw_value.as_slice() {
        [] => header.value.as_bytes(),
        raw => raw,
    })
}

struct Process(Arc<Processor>);

impl StreamingService<ProcessingRequest> for Process {
    type Response = Bytes;
    type ResponseStream = Conversation;
    type Future = std::future::Ready<Result<Response<Conversation>, Status>>;

    fn call(&mut self, request: Request<Streaming<ProcessingRequest>>) -> Self::Future {
        std::future::ready(Ok(Response::new(Conversation {
            phases: request.into_inner(),
            processor: self.0.clone(),
            answered: false,
        })))
    }
}

/// The processing of one client request; answers each phase as it arrives, without a task or channel of its own.
struct Conversation {
    phases: Streaming<ProcessingRequest>,
    processor: Arc<Processor>,
    answered: bool,
}

impl Stream for Conversation {
    type Item = Result<Bytes, Status>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let message = ready!(Pin::new(&mut self.phases).poll_next(context));
        Poll::Ready(message.map(|message| {
            let answer = self.processor.answer(message?.request);
            self.answered = true;
            answer
        }))
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        if self.answered {
            self.processor.counts.requests.add();
        }
    }
}

//! The processing of one client request: what is answered to each message as it arrives.

mod bodies;
mod outbox;

use std::pin::Pin;
use std::task::{ready, Context, Poll};

use bytes::Bytes;
use envoy_types::pb::envoy::config::core::v3::HeaderMap;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request as Phase;
use envoy_types::pb::envoy::service::ext_proc::v3::{
    HttpHeaders, ProcessingRequest, ProcessingResponse,
};
use filterbench_core::{BodyAction, Denial, Job};
use futures_core::Stream;
use tonic::{Status, Streaming};

use super::body::{decide, is_needed, Body, Direction, Mode};
use super::{wording, Processor, Reply};
use crate::counts::Counts;
use outbox::Outbox;

/// Answers each message as it arrives, without a task or channel of its own.
pub struct Conversation {
    messages: Streaming<ProcessingRequest>,
    processor: &'static Processor,
    counts: &'static Counts,
    request: Body,
    response: Body,
    outbox: Outbox,
    /// Anything of it was answered, or observed.
    served: bool,
    /// Nothing more is to be heard.
    over: bool,
}

impl Conversation {
    pub fn new(
        messages: Streaming<ProcessingRequest>,
        processor: &'static Processor,
        counts: &'static Counts,
    ) -> Self {
        Self {
            messages,
            processor,
            counts,
            request: Body::default(),
            response: Body::default(),
            outbox: Outbox::default(),
            served: false,
            over: false,
        }
    }

    fn hear(&mut self, message: ProcessingRequest) -> Result<(), Status> {
        // Only the first message tells.
        if let Some(protocol) = message.protocol_config {
            self.request.announce(protocol.request_body_mode);
            self.response.announce(protocol.response_body_mode);
        }
        let phase = message.request.ok_or_else(unasked)?;
        self.count(&phase);
        if message.observability_mode {
            self.observe(&phase);
            return Ok(());
        }
        match phase {
            Phase::RequestHeaders(headers) => self.request_headers(&headers),
            Phase::ResponseHeaders(headers) => self.response_headers(&headers),
            Phase::RequestBody(body) => self.body(Direction::Request, body)?,
            Phase::ResponseBody(body) => self.body(Direction::Response, body)?,
            Phase::RequestTrailers(_) => self.trailers(Direction::Request)?,
            Phase::ResponseTrailers(_) => self.trailers(Direction::Response)?,
        }
        Ok(())
    }

    fn count(&self, phase: &Phase) {
        match phase {
            Phase::RequestHeaders(_) => self.counts.request_headers.add(),
            Phase::ResponseHeaders(_) => self.counts.response_headers.add(),
            Phase::RequestBody(_) => self.counts.request_bodies.add(),
            Phase::ResponseBody(_) => self.counts.response_bodies.add(),
            Phase::RequestTrailers(_) | Phase::ResponseTrailers(_) => {}
        }
    }

    // Envoy has gone on and takes no answer. It would hold the stream open for a time of its own, so the last message that
    // the job looks at ends it.
    fn observe(&mut self, phase: &Phase) {
        self.served = true;
        self.over = matches!(phase, Phase::ResponseHeaders(_))
            && !is_needed(self.job(), Direction::Response);
    }

    fn request_headers(&mut self, message: &HttpHeaders) {
        if is_needed(self.job(), Direction::Request) {
            if message.end_of_stream {
                return self.headers_without_body();
            }
            self.request.headers_wait = self.must_wait(Direction::Request);
            if self.request.headers_wait {
                return;
            }
        }
        let answers = &self.processor.answers;
        let name = answers.lookup_header();
        let lookup = name.and_then(|name| value_of(name, message));
        let answer = answers.to_request(lookup);
        if answer.denied {
            self.counts.denials.add();
        }
        self.say_ahead(answer.message);
    }

    fn response_headers(&mut self, message: &HttpHeaders) {
        self.response.headers_wait = !message.end_of_stream
            && is_needed(self.job(), Direction::Response)
            && self.must_wait(Direction::Response);
        if !self.response.headers_wait {
            self.say_ahead(self.processor.to_response.clone());
        }
    }

    // In full duplex, headers wait for a body that must be known whole.
    fn must_wait(&mut self, direction: Direction) -> bool {
        let in_parts = self.job().redactor().is_some();
        !in_parts && matches!(self.side(direction).mode(), Ok(Mode::Duplex))
    }

    // Nothing follows such headers, so they are answered as the body would be.
    fn headers_without_body(&mut self) {
        match decide(self.job(), Direction::Request, &[]) {
            BodyAction::Set(header) => {
                self.say(wording::headers_set(Direction::Request, &header));
            }
            BodyAction::Deny(denial) => self.deny(denial),
            BodyAction::Continue | BodyAction::Replace(_) => {
                self.say_ahead(self.processor.answers.to_request(None).message);
            }
        }
    }

    fn deny(&mut self, denial: &Denial) {
        self.counts.denials.add();
        self.say(wording::denied(denial));
    }

    fn say_ahead(&mut self, message: Bytes) {
        self.outbox.push(Reply::Ahead(message));
    }

    fn say(&mut self, message: ProcessingResponse) {
        self.outbox.push(Reply::Now(Box::new(message)));
    }

    fn side(&mut self, direction: Direction) -> &mut Body {
        match direction {
            Direction::Request => &mut self.request,
            Direction::Response => &mut self.response,
        }
    }

    fn job(&self) -> &'static Job {
        self.processor.answers.job()
    }
}

fn unasked() -> Status {
    Status::failed_precondition(
        "this job does not look at that phase: leave it out of processing_mode",
    )
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

impl Stream for Conversation {
    type Item = Result<Reply, Status>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(reply) = self.outbox.pop() {
                self.served = true;
                return Poll::Ready(Some(Ok(reply)));
            }
            if self.over {
                return Poll::Ready(None);
            }
            let Some(message) = ready!(Pin::new(&mut self.messages).poll_next(context)) else {
                return Poll::Ready(None);
            };
            if let Err(status) = message.and_then(|message| self.hear(message)) {
                return Poll::Ready(Some(Err(status)));
            }
        }
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        if self.served {
            self.counts.requests.add();
        }
    }
}

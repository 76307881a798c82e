//! `ext_proc` over HTTP/1.1 (`http_service`): one request a phase, a message in JSON there and back.

mod message;
mod wording;

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use filterbench_core::Job;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::{service_fn, HttpService};

use crate::answers::Answers;
use crate::bad_request::bad_request;
use crate::chain::{no_such_link, Links};
use crate::counts::Counts;
use crate::work::sleep;
use message::{HttpHeaders, Message, Phase};

/// Jobs as an external processor over HTTP.
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
}

/// The service of one connection.
pub fn service(
    processors: &'static Processors,
) -> impl HttpService<Incoming, ResBody = Full<Bytes>, Error = Infallible, Future: Send> {
    service_fn(move |request| async move { Ok(processors.answer(request).await) })
}

impl Processors {
    /// A processor doing these jobs.
    pub fn new(jobs: Links<Job>, counts: Arc<Counts>) -> Self {
        let links = jobs.map(|job| Processor {
            to_response: wording::response(job.on_response_headers()),
            answers: Answers::new(job, wording::RequestHeaders),
        });
        Self { links, counts }
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let Some(processor) = self.links.of(request.headers()) else {
            return bad_request(no_such_link());
        };
        let Ok(body) = request.into_body().collect().await else {
            return bad_request("the body broke off");
        };
        let body = body.to_bytes();
        let phase = match Message::from_json(&body).map(Message::into_phase) {
            Ok(Some(phase)) => phase,
            Ok(None) => {
                return bad_request("this service is sent headers only: see processing_mode")
            }
            Err(error) => return bad_request(format!("no ProcessingRequest in JSON: {error}")),
        };
        let answer = match phase {
            Phase::RequestHeaders(headers) => {
                let answer = self.to_request(processor, &headers);
                sleep(processor.answers.sleep_time()).await;
                answer
            }
            Phase::ResponseHeaders => {
                self.counts.response_headers.add();
                processor.to_response.clone()
            }
        };
        Response::new(Full::new(answer))
    }

    fn to_request(&self, processor: &Processor, headers: &HttpHeaders<'_>) -> Bytes {
        let answers = &processor.answers;
        let lookup = answers.lookup_header();
        let lookup = lookup.and_then(|name| headers.value_of(name));
        let answer = answers.to_request(lookup.as_deref());
        self.counts.request_headers.add();
        self.counts.requests.add();
        if answer.denied {
            self.counts.denials.add();
        }
        answer.message
    }
}

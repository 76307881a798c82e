//! `ext_authz` over HTTP/1.1: the status decides, the headers are passed on as Envoy is configured.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use filterbench_core::{Denial, Header, Job};
use http::header::{HeaderName, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::{service_fn, HttpService};

use crate::answers::{Answers, Wording};
use crate::counts::Counts;
use crate::work::sleep;

/// A job as an HTTP authorization server.
#[derive(Debug)]
pub struct Checker {
    answers: Answers<Check>,
    counts: Arc<Counts>,
}

/// The service of one connection.
pub fn service(
    checker: Arc<Checker>,
) -> impl HttpService<Incoming, ResBody = Full<Bytes>, Error = Infallible, Future: Send> {
    service_fn(move |request: Request<Incoming>| {
        let answer = checker.answer(request.headers());
        let time = checker.answers.sleep_time();
        async move {
            sleep(time).await;
            Ok(answer)
        }
    })
}

impl Checker {
    /// A server doing `job`.
    pub fn new(job: Job, counts: Arc<Counts>) -> Self {
        let wording = Check {
            response_headers: job.on_response_headers().to_vec(),
        };
        Self {
            answers: Answers::new(job, wording),
            counts,
        }
    }

    fn answer(&self, headers: &HeaderMap) -> Response<Full<Bytes>> {
        let lookup = self
            .answers
            .lookup_header()
            .and_then(|name| headers.get(name))
            .map(HeaderValue::as_bytes);
        let answer = self.answers.to_request(lookup);
        self.counts.check(answer.denied);
        answer.message
    }
}

/// How the answers are worded; there is no second call for the response, so its headers go along.
#[derive(Debug)]
struct Check {
    response_headers: Vec<Header>,
}

impl Wording for Check {
    type Answer = Response<Full<Bytes>>;

    fn pass(&self, request: &[Header]) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::default());
        for header in request.iter().chain(&self.response_headers) {
            // Core admits only names and values that HTTP does, so neither can be refused here.
            if let (Ok(name), Ok(value)) = (
                HeaderName::from_bytes(header.name.as_bytes()),
                HeaderValue::from_str(&header.value),
            ) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }

    fn deny(&self, denial: &Denial) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(Bytes::from_static(denial.body.as_bytes())));
        *response.status_mut() =
            StatusCode::from_u16(denial.status).unwrap_or(StatusCode::FORBIDDEN);
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(denial.content_type));
        response
    }
}

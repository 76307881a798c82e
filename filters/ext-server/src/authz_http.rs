//! `ext_authz` over HTTP/1.1: the status decides, the headers are passed on as Envoy is configured.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use filterbench_core::{Denial, Header, Job};
use http::header::{HeaderName, CONTENT_TYPE};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::{service_fn, HttpService};

use crate::answers::{Answers, Wording};
use crate::bad_request::bad_request;
use crate::chain::{no_such_link, Links};
use crate::counts::Counts;
use crate::work::sleep;

/// Jobs as an HTTP authorization server.
#[derive(Debug)]
pub struct Checkers {
    links: Links<Answers<Check>>,
    counts: Arc<Counts>,
}

/// The service of one connection.
pub fn service(
    checkers: &'static Checkers,
) -> impl HttpService<Incoming, ResBody = Full<Bytes>, Error = Infallible, Future: Send> {
    service_fn(move |request| async move { Ok(checkers.answer(request).await) })
}

impl Checkers {
    /// A server doing these jobs.
    pub fn new(jobs: Links<Job>, counts: Arc<Counts>) -> Self {
        let links = jobs.map(|job| {
            let wording = Check {
                response_headers: job.on_response_headers().to_vec(),
            };
            Answers::new(job, wording)
        });
        Self { links, counts }
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let Some(answers) = self.links.of(request.headers()) else {
            return bad_request(no_such_link());
        };
        let answer = if answers.want_body() {
            let Ok(frames) = read(request.into_body()).await else {
                return bad_request("the body broke off");
            };
            let parts: Vec<&[u8]> = frames.iter().map(Bytes::as_ref).collect();
            answers.to_whole_request(&parts)
        } else {
            let name = answers.lookup_header();
            let lookup = name.and_then(|name| request.headers().get(name));
            answers.to_request(lookup.map(HeaderValue::as_bytes))
        };
        self.counts.check(answer.denied);
        sleep(answers.sleep_time()).await;
        answer.message
    }
}

async fn read(mut body: Incoming) -> Result<Vec<Bytes>, hyper::Error> {
    let mut frames = Vec::new();
    while let Some(frame) = body.frame().await {
        frames.extend(frame?.into_data());
    }
    Ok(frames)
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

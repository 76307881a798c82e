//! One request: as few calls to the host as its job allows.

use std::rc::Rc;

use filterbench_core::{run_loops, BodyNeed, Calibration, Denial, Job, RequestAction};
use proxy_wasm::traits::{Context, HttpContext};
use proxy_wasm::types::Action;

use crate::body::Message;

/// A request under way, and its response.
pub struct Request {
    pub(crate) job: Rc<Job>,
    /// Bytes of the body that the host has kept so far.
    request_bytes: usize,
    response_bytes: usize,
}

impl Request {
    /// A request to be treated as `job` says.
    pub fn new(job: Rc<Job>) -> Self {
        Self {
            job,
            request_bytes: 0,
            response_bytes: 0,
        }
    }

    pub(crate) fn deny(&self, denial: &Denial) -> Action {
        // Envoy itself adds `content-type: text/plain` to a local reply; adding ours would repeat it.
        self.send_http_response(
            u32::from(denial.status),
            vec![],
            Some(denial.body.as_bytes()),
        );
        Action::Pause
    }

    /// Holds a request until its body is known; a request without one is decided at once.
    fn await_body(&self, end_of_stream: bool) -> Action {
        match (self.job.request_body(), end_of_stream) {
            (BodyNeed::Nothing, _) => Action::Continue,
            // Only the headers stop, as `allow_on_headers_stop_iteration` is set; without it no body would come.
            (BodyNeed::Whole, false) => Action::Pause,
            (BodyNeed::Whole, true) => self.on_whole_body(Message::Request, 0),
        }
    }
}

impl Context for Request {}

impl HttpContext for Request {
    fn on_http_request_headers(&mut self, _count: usize, end_of_stream: bool) -> Action {
        let lookup = self
            .job
            .lookup_header()
            .and_then(|name| self.get_http_request_header_bytes(name));
        match self.job.on_request_headers(lookup.as_deref()) {
            RequestAction::Continue => self.await_body(end_of_stream),
            RequestAction::Set(headers) => {
                for header in headers {
                    self.set_http_request_header(&header.name, Some(&header.value));
                }
                Action::Continue
            }
            RequestAction::SetOne(header) => {
                self.set_http_request_header(&header.name, Some(&header.value));
                Action::Continue
            }
            RequestAction::Deny(denial) => self.deny(denial),
            RequestAction::Calibrate(calibration) => {
                // The plugin takes no other kind.
                if let Calibration::Loops(loops) = calibration {
                    run_loops(loops);
                }
                Action::Continue
            }
        }
    }

    fn on_http_request_body(&mut self, size: usize, end_of_stream: bool) -> Action {
        self.request_bytes = size;
        match (self.job.request_body(), end_of_stream) {
            (BodyNeed::Nothing, _) => Action::Continue,
            (BodyNeed::Whole, false) => Action::Pause,
            (BodyNeed::Whole, true) => self.on_whole_body(Message::Request, size),
        }
    }

    fn on_http_request_trailers(&mut self, _count: usize) -> Action {
        match self.job.request_body() {
            BodyNeed::Nothing => Action::Continue,
            BodyNeed::Whole => self.on_whole_body(Message::Request, self.request_bytes),
        }
    }

    fn on_http_response_headers(&mut self, _count: usize, end_of_stream: bool) -> Action {
        for header in self.job.on_response_headers() {
            self.set_http_response_header(&header.name, Some(&header.value));
        }
        match self.job.response_body() {
            BodyNeed::Whole if !end_of_stream => Action::Pause,
            _ => Action::Continue,
        }
    }

    fn on_http_response_body(&mut self, size: usize, end_of_stream: bool) -> Action {
        self.response_bytes = size;
        match (self.job.response_body(), end_of_stream) {
            (BodyNeed::Nothing, _) => Action::Continue,
            (BodyNeed::Whole, false) => Action::Pause,
            (BodyNeed::Whole, true) => self.on_whole_body(Message::Response, size),
        }
    }

    fn on_http_response_trailers(&mut self, _count: usize) -> Action {
        match self.job.response_body() {
            BodyNeed::Nothing => Action::Continue,
            BodyNeed::Whole => self.on_whole_body(Message::Response, self.response_bytes),
        }
    }
}

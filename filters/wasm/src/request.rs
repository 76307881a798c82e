//! One request: as few calls to the host as its job allows.

use std::rc::Rc;

use filterbench_core::{run_loops, Calibration, Denial, Job, RequestAction};
use proxy_wasm::traits::{Context, HttpContext};
use proxy_wasm::types::Action;

/// A request under way, and its response.
pub struct Request {
    job: Rc<Job>,
}

impl Request {
    /// A request to be treated as `job` says.
    pub fn new(job: Rc<Job>) -> Self {
        Self { job }
    }

    fn deny(&self, denial: &Denial) -> Action {
        // Envoy itself adds `content-type: text/plain` to a local reply; adding ours would repeat it.
        self.send_http_response(
            u32::from(denial.status),
            vec![],
            Some(denial.body.as_bytes()),
        );
        Action::Pause
    }
}

impl Context for Request {}

impl HttpContext for Request {
    fn on_http_request_headers(&mut self, _count: usize, _end_of_stream: bool) -> Action {
        let lookup = self
            .job
            .lookup_header()
            .and_then(|name| self.get_http_request_header_bytes(name));
        match self.job.on_request_headers(lookup.as_deref()) {
            RequestAction::Continue => Action::Continue,
            RequestAction::Set(headers) => {
                for header in headers {
                    self.set_http_request_header(&header.name, Some(&header.value));
                }
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

    fn on_http_response_headers(&mut self, _count: usize, _end_of_stream: bool) -> Action {
        for header in self.job.on_response_headers() {
            self.set_http_response_header(&header.name, Some(&header.value));
        }
        Action::Continue
    }
}

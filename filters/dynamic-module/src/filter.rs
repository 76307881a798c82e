//! Carries out a job on a stream: all that happens per request.

use filterbench_burn::{burn, totals};
use filterbench_core::{run_loops, BodyNeed, Calibration, Job, RequestAction, BURNED_HEADER};

use crate::body;
use crate::helper;
use crate::stream::Stream;

/// Where a message goes after a hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// On to the next filter.
    Continue,
    /// No further: the client has its answer, or the rest of the message must come first.
    Stop,
}

/// Does the job's part on a request's headers.
pub fn on_request_headers(job: &Job, end_of_stream: bool, stream: &mut Stream) -> Next {
    let lookup = job
        .lookup_header()
        .and_then(|name| stream.get_request_header(name));
    match job.on_request_headers(lookup) {
        RequestAction::Continue => match job.request_body() {
            BodyNeed::Nothing => Next::Continue,
            BodyNeed::Whole => body::await_request(job, end_of_stream, stream),
        },
        RequestAction::Set(headers) => {
            for header in headers {
                stream.set_request_header(&header.name, &header.value);
            }
            Next::Continue
        }
        RequestAction::SetOne(header) => {
            stream.set_request_header(&header.name, &header.value);
            Next::Continue
        }
        RequestAction::Deny(denial) => {
            stream.send_local_reply(denial.status, denial.body);
            Next::Stop
        }
        RequestAction::Calibrate(calibration) => {
            let is_asked = lookup.is_some();
            calibrate(calibration, is_asked, stream);
            Next::Continue
        }
    }
}

// Out of line, so that the path of the other jobs carries none of it.
#[inline(never)]
fn calibrate(calibration: Calibration, is_asked: bool, stream: &mut Stream) {
    match calibration {
        Calibration::CpuNs(cpu_ns) => burn(cpu_ns),
        Calibration::Loops(loops) => run_loops(loops),
        Calibration::SharedCpu { own_ns, helper_ns } => {
            helper::burn_shared(own_ns, helper_ns);
        }
        // Refused with the configuration.
        Calibration::SleepNs(_) => {}
    }
    if is_asked {
        stream.set_request_header(BURNED_HEADER, &totals().to_string());
    }
}

/// Does the job's part on a response's headers.
pub fn on_response_headers(job: &Job, end_of_stream: bool, stream: &mut Stream) -> Next {
    for header in job.on_response_headers() {
        stream.set_response_header(&header.name, &header.value);
    }
    match job.response_body() {
        BodyNeed::Whole if !end_of_stream => Next::Stop,
        _ => Next::Continue,
    }
}

#[cfg(test)]
#[path = "filter_tests.rs"]
mod tests;

//! Carries out a job on bodies: Envoy keeps each until it is whole, and the job sees it where it lies.

use filterbench_core::{BodyAction, BodyNeed, Job};

use crate::filter::Next;
use crate::stream::{Stream, WholeBody};

/// Holds a request until its body is known; a request without one is decided at once.
#[inline(never)]
pub fn await_request(job: &Job, end_of_stream: bool, stream: &mut Stream) -> Next {
    if !end_of_stream {
        return Next::Stop;
    }
    apply(job.on_request_body(&[]), stream, None)
}

/// Does the job's part on a request once the last part of its body is there.
pub fn on_request_body(job: &Job, end_of_stream: bool, stream: &mut Stream) -> Next {
    match (job.request_body(), end_of_stream) {
        (BodyNeed::Nothing, _) => Next::Continue,
        (BodyNeed::Whole, false) => Next::Stop,
        (BodyNeed::Whole, true) => on_whole_body(job, stream, WholeBody::Request),
    }
}

/// Does the job's part on a request whose body ends with its trailers.
pub fn on_request_trailers(job: &Job, stream: &mut Stream) -> Next {
    match job.request_body() {
        BodyNeed::Nothing => Next::Continue,
        BodyNeed::Whole => on_whole_body(job, stream, WholeBody::RequestBeforeTrailers),
    }
}

/// Does the job's part on a response once the last part of its body is there.
pub fn on_response_body(job: &Job, end_of_stream: bool, stream: &mut Stream) -> Next {
    match (job.response_body(), end_of_stream) {
        (BodyNeed::Nothing, _) => Next::Continue,
        (BodyNeed::Whole, false) => Next::Stop,
        (BodyNeed::Whole, true) => on_whole_body(job, stream, WholeBody::Response),
    }
}

/// Does the job's part on a response whose body ends with its trailers.
pub fn on_response_trailers(job: &Job, stream: &mut Stream) -> Next {
    match job.response_body() {
        BodyNeed::Nothing => Next::Continue,
        BodyNeed::Whole => on_whole_body(job, stream, WholeBody::ResponseBeforeTrailers),
    }
}

fn on_whole_body(job: &Job, stream: &mut Stream, whole: WholeBody) -> Next {
    let mut slices = stream.body(whole);
    // Done in Envoy's own memory, where nothing need be copied.
    if job.redact_in_place(&mut slices).is_some() {
        return Next::Continue;
    }
    let parts: Vec<&[u8]> = slices.into_iter().map(|slice| &*slice).collect();
    let length = parts.iter().map(|part| part.len()).sum();
    let action = match whole.is_request() {
        true => job.on_request_body(&parts),
        false => job.on_response_body(&parts),
    };
    apply(action, stream, Some((whole, length)))
}

/// `body` is the one that the action is about, with its length; none where the message has none.
fn apply(action: BodyAction<'_>, stream: &mut Stream, body: Option<(WholeBody, usize)>) -> Next {
    match action {
        BodyAction::Continue => {}
        BodyAction::Set(header) => {
            stream.set_request_header(&header.name, &header.value);
            stream.clear_route_cache();
        }
        BodyAction::Deny(denial) => {
            stream.send_local_reply(denial.status, denial.body);
            return Next::Stop;
        }
        BodyAction::Replace(new) => {
            let (whole, length) = body.expect("only a body that is there can be replaced");
            stream.replace_body(whole, length, &new);
        }
    }
    Next::Continue
}

#[cfg(test)]
#[path = "body_tests.rs"]
mod tests;

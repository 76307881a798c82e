//! What is answered to bodies, in each way that they come.

use envoy_types::pb::envoy::service::ext_proc::v3::HttpBody;
use filterbench_core::BodyAction;
use tonic::Status;

use super::{unasked, Conversation};
use crate::ext_proc::body::{decide, is_needed, Direction, Mode};
use crate::ext_proc::wording;

impl Conversation {
    pub(super) fn body(&mut self, direction: Direction, message: HttpBody) -> Result<(), Status> {
        let job = self.job();
        if !is_needed(job, direction) {
            return Err(unasked());
        }
        let HttpBody {
            body: mut part,
            end_of_stream: end,
            ..
        } = message;
        match self.side(direction).mode()? {
            Mode::Buffered => match job.redact_in_place(&mut [&mut part[..]]) {
                Some(true) => self.say(wording::body_replaced(direction, part, None)),
                Some(false) => self.let_body_pass(direction),
                None => self.whole(direction, &part),
            },
            Mode::Streamed => {
                let redacted = self.side(direction).redact(job, &part, end);
                match redacted {
                    // Envoy still has the part that it sent.
                    Some(same) if same == part => self.let_body_pass(direction),
                    Some(redacted) => self.say(wording::body_replaced(direction, redacted, None)),
                    None => {
                        return Err(Status::failed_precondition(
                            "this job must see a body whole: use BUFFERED or FULL_DUPLEX_STREAMED",
                        ))
                    }
                }
            }
            Mode::Duplex => match self.side(direction).redact(job, &part, end) {
                Some(redacted) => self.stream(direction, redacted, end),
                None => {
                    self.side(direction).hold(part);
                    if end {
                        self.conclude(direction, end)?;
                    }
                }
            },
        }
        Ok(())
    }

    pub(super) fn trailers(&mut self, direction: Direction) -> Result<(), Status> {
        let job = self.job();
        if !is_needed(job, direction) || self.side(direction).mode()? != Mode::Duplex {
            return Err(unasked());
        }
        // The body has ended, which no message of its own has said.
        match self.side(direction).redact(job, &[], true) {
            Some(rest) => self.stream(direction, rest, false),
            None => {
                if !self.conclude(direction, false)? {
                    return Ok(());
                }
            }
        }
        self.say(wording::trailers_pass(direction));
        Ok(())
    }

    // Answers a body that came in one message.
    fn whole(&mut self, direction: Direction, body: &[u8]) {
        match decide(self.job(), direction, &[body]) {
            BodyAction::Continue => self.let_body_pass(direction),
            BodyAction::Set(header) => self.say(wording::body_sets(direction, &header)),
            BodyAction::Deny(denial) => self.deny(denial),
            BodyAction::Replace(bytes) => {
                // Envoy sees to it that the two agree, but corrects nothing.
                let length = (bytes.len() != body.len()).then_some(bytes.len());
                self.say(wording::body_replaced(direction, bytes, length));
            }
        }
    }

    // Answers a body that was held back in parts, and the headers with it, and says whether they pass; `end` where no
    // trailers follow.
    fn conclude(&mut self, direction: Direction, end: bool) -> Result<bool, Status> {
        let mut held = self.side(direction).release();
        let parts: Vec<&[u8]> = held.iter().map(Vec::as_slice).collect();
        let mut set = None;
        match decide(self.job(), direction, &parts) {
            BodyAction::Continue => {}
            BodyAction::Set(header) => set = Some(header),
            BodyAction::Deny(denial) => {
                self.deny(denial);
                return Ok(false);
            }
            BodyAction::Replace(bytes) => held = vec![bytes],
        }
        let headers_wait = std::mem::take(&mut self.side(direction).headers_wait);
        match (set, headers_wait, direction) {
            (Some(header), true, _) => self.say(wording::headers_set(direction, &header)),
            (Some(_), false, _) => {
                return Err(Status::failed_precondition(
                    "this job sets a header by the body: send it the headers too",
                ))
            }
            (None, true, Direction::Request) => {
                self.say_ahead(self.processor.answers.to_request(None).message);
            }
            (None, true, Direction::Response) => {
                self.say_ahead(self.processor.to_response.clone());
            }
            (None, false, _) => {}
        }
        let last = held.len().saturating_sub(1);
        for (index, part) in held.into_iter().enumerate() {
            self.stream(direction, part, end && index == last);
        }
        Ok(true)
    }

    fn stream(&mut self, direction: Direction, part: Vec<u8>, end: bool) {
        if end || !part.is_empty() {
            self.say(wording::body_streamed(direction, part, end));
        }
    }

    fn let_body_pass(&mut self, direction: Direction) {
        let [request, response] = &self.processor.body_passes;
        let message = match direction {
            Direction::Request => request,
            Direction::Response => response,
        };
        self.say_ahead(message.clone());
    }
}

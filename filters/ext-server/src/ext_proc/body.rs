//! One body of a conversation, as it arrives.

use envoy_types::pb::envoy::extensions::filters::http::ext_proc::v3::processing_mode::BodySendMode;
use filterbench_core::{BodyAction, BodyNeed, Job, Redactor};
use tonic::Status;

/// Whose body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Request,
    Response,
}

/// How a body crosses to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Whole, in one message.
    Buffered,
    /// In parts, each answered by what takes its place.
    Streamed,
    /// In parts, answered by as many others whenever we like, headers included.
    Duplex,
}

/// What is known of a body, and of the headers before it.
#[derive(Default)]
pub struct Body {
    mode: BodySendMode,
    redactor: Option<Redactor<'static>>,
    /// Parts held back until the whole is known.
    held: Vec<Vec<u8>>,
    /// The headers wait for the body to be answered.
    pub headers_wait: bool,
}

/// What a redactor may have held back of the parts before.
const HELD_BACK_BYTES: usize = 64;

impl Body {
    /// Takes note of how Envoy is configured to send it.
    pub fn announce(&mut self, mode: i32) {
        self.mode = BodySendMode::try_from(mode).unwrap_or_default();
    }

    /// How it comes.
    ///
    /// # Errors
    /// In a way that is not served here.
    pub fn mode(&self) -> Result<Mode, Status> {
        match self.mode {
            BodySendMode::Buffered => Ok(Mode::Buffered),
            BodySendMode::Streamed => Ok(Mode::Streamed),
            BodySendMode::FullDuplexStreamed => Ok(Mode::Duplex),
            other => Err(Status::failed_precondition(format!(
                "bodies in mode {} are not processed: use BUFFERED, STREAMED or FULL_DUPLEX_STREAMED",
                other.as_str_name()
            ))),
        }
    }

    /// What takes the place of `part`; None if the job must see the whole body first.
    pub fn redact(&mut self, job: &'static Job, part: &[u8], end: bool) -> Option<Vec<u8>> {
        let redactor = match &mut self.redactor {
            Some(redactor) => redactor,
            none => none.insert(job.redactor()?),
        };
        let mut redacted = Vec::with_capacity(part.len() + HELD_BACK_BYTES);
        redactor.push(part, end, &mut redacted);
        Some(redacted)
    }

    /// Holds a part back.
    pub fn hold(&mut self, part: Vec<u8>) {
        self.held.push(part);
    }

    /// All parts that were held back.
    pub fn release(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.held)
    }
}

/// Whether `job` must see the whole body.
pub fn is_needed(job: &Job, direction: Direction) -> bool {
    let need = match direction {
        Direction::Request => job.request_body(),
        Direction::Response => job.response_body(),
    };
    matches!(need, BodyNeed::Whole)
}

/// What `job` says to a whole body.
pub fn decide<'a>(job: &'a Job, direction: Direction, parts: &[&[u8]]) -> BodyAction<'a> {
    match direction {
        Direction::Request => job.on_request_body(parts),
        Direction::Response => job.on_response_body(parts),
    }
}

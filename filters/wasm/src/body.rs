//! Bodies: each is fetched once, when it is whole, and put back only where it was changed.

use filterbench_core::BodyAction;
use proxy_wasm::traits::HttpContext;
use proxy_wasm::types::Action;

use crate::request::Request;

const CONTENT_LENGTH: &str = "content-length";

/// Whose body is meant.
#[derive(Clone, Copy)]
pub enum Message {
    Request,
    Response,
}

impl Request {
    /// Does the job's part on a message whose body is whole, of so many bytes.
    #[inline(never)]
    pub fn on_whole_body(&self, message: Message, bytes: usize) -> Action {
        let mut body = self.get_body(message, bytes);
        if let Some(changed) = self.job.redact_in_place(&mut [&mut body]) {
            if changed {
                self.set_body(message, bytes, &body);
            }
            return Action::Continue;
        }
        let action = match message {
            Message::Request => self.job.on_request_body(&[&body]),
            Message::Response => self.job.on_response_body(&[&body]),
        };
        match action {
            BodyAction::Continue => Action::Continue,
            BodyAction::Set(header) => {
                // Envoy chooses the route again whenever a module of this ABI changes a request header.
                self.set_http_request_header(&header.name, Some(&header.value));
                Action::Continue
            }
            BodyAction::Deny(denial) => self.deny(denial),
            BodyAction::Replace(new) => {
                self.set_body(message, bytes, &new);
                if new.len() != bytes {
                    self.correct_content_length(message, new.len());
                }
                Action::Continue
            }
        }
    }

    fn get_body(&self, message: Message, bytes: usize) -> Vec<u8> {
        let body = match (bytes, message) {
            (0, _) => None,
            (_, Message::Request) => self.get_http_request_body(0, bytes),
            (_, Message::Response) => self.get_http_response_body(0, bytes),
        };
        body.unwrap_or_default()
    }

    /// Puts `new` in the place of all `bytes` that were there.
    fn set_body(&self, message: Message, bytes: usize, new: &[u8]) {
        match message {
            Message::Request => self.set_http_request_body(0, bytes, new),
            Message::Response => self.set_http_response_body(0, bytes, new),
        }
    }

    /// A message without the header tells its end in another way.
    fn correct_content_length(&self, message: Message, bytes: usize) {
        let length = bytes.to_string();
        match message {
            Message::Request if self.get_http_request_header_bytes(CONTENT_LENGTH).is_some() => {
                self.set_http_request_header(CONTENT_LENGTH, Some(&length));
            }
            Message::Response
                if self
                    .get_http_response_header_bytes(CONTENT_LENGTH)
                    .is_some() =>
            {
                self.set_http_response_header(CONTENT_LENGTH, Some(&length));
            }
            Message::Request | Message::Response => {}
        }
    }
}

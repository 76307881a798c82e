//! One HTTP stream, without a pointer in sight.

use crate::abi::{Callbacks, Envoy, StreamPtr};

/// The stream a hook was called for; values read from it live until it is next changed.
pub struct Stream(StreamPtr);

impl Stream {
    /// Takes the handle Envoy gave a hook.
    ///
    /// # Safety
    /// The handle is live, and the `Stream` does not outlast the hook.
    pub unsafe fn new(handle: StreamPtr) -> Self {
        Self(handle)
    }

    /// The first value of a request header.
    pub fn get_request_header(&self, name: &str) -> Option<&[u8]> {
        // SAFETY: live by `new`; the borrow of self keeps setters away from the value.
        unsafe { Envoy::get_request_header(self.0, name) }
    }

    /// Replaces all values of a request header.
    pub fn set_request_header(&mut self, name: &str, value: &str) {
        // SAFETY: live by `new`.
        let set = unsafe { Envoy::set_request_header(self.0, name, value) };
        // A header silently not set would be measured as a fast filter.
        assert!(set, "Envoy would not set request header {name}");
    }

    /// Replaces all values of a response header.
    pub fn set_response_header(&mut self, name: &str, value: &str) {
        // SAFETY: live by `new`.
        let set = unsafe { Envoy::set_response_header(self.0, name, value) };
        // As for requests.
        assert!(set, "Envoy would not set response header {name}");
    }

    /// Answers the client with a `text/plain` body; the hook must then stop.
    pub fn send_local_reply(&mut self, status: u16, body: &str) {
        // SAFETY: live by `new`.
        unsafe { Envoy::send_response(self.0, status, body) }
    }
}

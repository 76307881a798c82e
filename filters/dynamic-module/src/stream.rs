//! One HTTP stream, without a pointer in sight.

use crate::abi::{Body, Buffer, Callbacks, Envoy, StreamPtr};

/// A whole body of a message, by the bodies that Envoy has it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WholeBody {
    /// In the hook of the request's last part.
    Request,
    /// In the hook of the request's trailers: all parts are behind.
    RequestBeforeTrailers,
    /// The same of the response.
    Response,
    /// The same of the response.
    ResponseBeforeTrailers,
}

impl WholeBody {
    pub fn is_request(self) -> bool {
        matches!(self, Self::Request | Self::RequestBeforeTrailers)
    }

    /// What was kept, and then what has just come.
    fn bodies(self) -> &'static [Body] {
        match self {
            Self::Request => &[Body::BufferedRequest, Body::ReceivedRequest],
            Self::RequestBeforeTrailers => &[Body::BufferedRequest],
            Self::Response => &[Body::BufferedResponse, Body::ReceivedResponse],
            Self::ResponseBeforeTrailers => &[Body::BufferedResponse],
        }
    }
}

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

    /// Makes Envoy choose the route again.
    pub fn clear_route_cache(&mut self) {
        // SAFETY: live by `new`.
        unsafe { Envoy::clear_route_cache(self.0) }
    }

    /// The slices that Envoy has a whole body in, which may be written to.
    pub fn body(&mut self, whole: WholeBody) -> Vec<&mut [u8]> {
        let mut buffers: Vec<Buffer> = Vec::new();
        for &body in whole.bodies() {
            // SAFETY: live by `new`.
            let count = unsafe { Envoy::count_slices(self.0, body) };
            if count == 0 {
                continue;
            }
            let before = buffers.len();
            buffers.reserve(count);
            // SAFETY: live by `new`, and there is room for the slices behind those that are there.
            unsafe {
                if Envoy::get_slices(self.0, body, buffers.as_mut_ptr().add(before)) {
                    buffers.set_len(before + count);
                }
            }
            // A filter before this one has kept the body, and what has come is what was kept.
            if before > 0 && buffers.len() > before && buffers[0].begins_with(buffers[before]) {
                buffers.truncate(before);
            }
        }
        // SAFETY: no slice is there twice, and the borrow of self keeps all else that changes the body away.
        let slices = buffers
            .into_iter()
            .filter_map(|buffer| unsafe { buffer.bytes_mut() });
        slices.collect()
    }

    /// Puts `new` in the place of a whole body of `length` bytes, and makes its `content-length` right if it has one.
    pub fn replace_body(&mut self, whole: WholeBody, length: usize, new: &[u8]) {
        let bodies = whole.bodies();
        for &body in bodies {
            // False where there is none, which is as good. SAFETY: live by `new`.
            unsafe { Envoy::drain(self.0, body, length) };
        }
        let last = bodies[bodies.len() - 1];
        // SAFETY: live by `new`.
        let appended = unsafe { Envoy::append(self.0, last, new) };
        assert!(appended, "Envoy would not take a body");
        if new.len() != length {
            self.correct_content_length(whole, new.len());
        }
    }

    fn correct_content_length(&mut self, whole: WholeBody, length: usize) {
        const NAME: &str = "content-length";
        // SAFETY: live by `new`; the value is not kept.
        let has_one = unsafe {
            match whole.is_request() {
                true => Envoy::get_request_header(self.0, NAME).is_some(),
                false => Envoy::get_response_header(self.0, NAME).is_some(),
            }
        };
        match (has_one, whole.is_request()) {
            // Its end is told in another way.
            (false, _) => {}
            (true, true) => self.set_request_header(NAME, &length.to_string()),
            (true, false) => self.set_response_header(NAME, &length.to_string()),
        }
    }

    /// Answers the client with a `text/plain` body; the hook must then stop.
    pub fn send_local_reply(&mut self, status: u16, body: &str) {
        // SAFETY: live by `new`.
        unsafe { Envoy::send_response(self.0, status, body) }
    }
}

//! An Envoy for tests: keeps a stream's headers and replies, and what was logged.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Callbacks, StreamPtr};

/// Stands in for Envoy in tests.
pub struct Recording;

/// What a test sees of a stream; its address serves as Envoy's handle.
#[derive(Debug, Default)]
pub struct FakeStream {
    pub request: BTreeMap<String, Vec<String>>,
    pub response: BTreeMap<String, Vec<String>>,
    pub replies: Vec<(u16, String)>,
    pub refuses_to_set: bool,
}

impl FakeStream {
    pub fn handle(&mut self) -> StreamPtr {
        std::ptr::from_mut(self).cast()
    }
}

thread_local! {
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Everything logged on this thread since last asked.
pub fn take_log() -> Vec<String> {
    LOG.take()
}

impl Callbacks for Recording {
    unsafe fn get_request_header<'hook>(stream: StreamPtr, name: &str) -> Option<&'hook [u8]> {
        // SAFETY: tests hand out `FakeStream::handle` only.
        let stream = unsafe { &*stream.cast::<FakeStream>() };
        Some(stream.request.get(name)?.first()?.as_bytes())
    }

    unsafe fn set_request_header(stream: StreamPtr, name: &str, value: &str) -> bool {
        // SAFETY: as above.
        let stream = unsafe { &mut *stream.cast::<FakeStream>() };
        stream.request.insert(name.into(), vec![value.into()]);
        !stream.refuses_to_set
    }

    unsafe fn set_response_header(stream: StreamPtr, name: &str, value: &str) -> bool {
        // SAFETY: as above.
        let stream = unsafe { &mut *stream.cast::<FakeStream>() };
        stream.response.insert(name.into(), vec![value.into()]);
        !stream.refuses_to_set
    }

    unsafe fn send_response(stream: StreamPtr, status: u16, body: &str) {
        // SAFETY: as above.
        let stream = unsafe { &mut *stream.cast::<FakeStream>() };
        stream.replies.push((status, body.into()));
    }

    fn log_error(message: &str) {
        LOG.with_borrow_mut(|log| log.push(message.into()));
    }
}

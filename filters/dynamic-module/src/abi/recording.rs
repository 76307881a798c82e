//! An Envoy for tests: keeps a stream's headers, bodies and replies, and what was logged.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Body, Buffer, Callbacks, StreamPtr};

/// Stands in for Envoy in tests.
pub struct Recording;

/// What a test sees of a stream; its address serves as Envoy's handle.
#[derive(Debug, Default)]
pub struct FakeStream {
    pub request: BTreeMap<String, Vec<String>>,
    pub response: BTreeMap<String, Vec<String>>,
    pub replies: Vec<(u16, String)>,
    pub refuses_to_set: bool,
    /// By their number; each in slices, or not there.
    pub bodies: [Option<Vec<Vec<u8>>>; 4],
    pub route_choices: usize,
}

impl FakeStream {
    pub fn handle(&mut self) -> StreamPtr {
        std::ptr::from_mut(self).cast()
    }

    /// Puts a body there, in these slices.
    pub fn set_body(&mut self, body: Body, slices: &[&str]) {
        self.bodies[body as usize] = Some(
            slices
                .iter()
                .map(|slice| slice.as_bytes().to_vec())
                .collect(),
        );
    }

    /// All of a body as text; nothing if it isn't there.
    pub fn body(&self, body: Body) -> String {
        let slices = self.bodies[body as usize].as_ref();
        slices.map_or_else(String::new, |all| {
            String::from_utf8_lossy(&all.concat()).into()
        })
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

    unsafe fn get_response_header<'hook>(stream: StreamPtr, name: &str) -> Option<&'hook [u8]> {
        // SAFETY: as above.
        let stream = unsafe { &*stream.cast::<FakeStream>() };
        Some(stream.response.get(name)?.first()?.as_bytes())
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

    unsafe fn clear_route_cache(stream: StreamPtr) {
        // SAFETY: as above.
        let stream = unsafe { &mut *stream.cast::<FakeStream>() };
        stream.route_choices += 1;
    }

    unsafe fn count_slices(stream: StreamPtr, body: Body) -> usize {
        // SAFETY: as above.
        let stream = unsafe { &*stream.cast::<FakeStream>() };
        stream.bodies[body as usize].as_ref().map_or(0, Vec::len)
    }

    unsafe fn get_slices(stream: StreamPtr, body: Body, slices: *mut Buffer) -> bool {
        // SAFETY: as above.
        let stream = unsafe { &mut *stream.cast::<FakeStream>() };
        let Some(all) = &mut stream.bodies[body as usize] else {
            return false;
        };
        for (index, slice) in all.iter_mut().enumerate() {
            let buffer = Buffer::new(slice.as_mut_ptr(), slice.len());
            // SAFETY: the caller has made room for all.
            unsafe { slices.add(index).write(buffer) };
        }
        true
    }

    unsafe fn drain(stream: StreamPtr, body: Body, bytes: usize) -> bool {
        // SAFETY: as above.
        let stream = unsafe { &mut *stream.cast::<FakeStream>() };
        let Some(all) = &mut stream.bodies[body as usize] else {
            return false;
        };
        let left = all.concat().split_off(bytes.min(all.concat().len()));
        *all = vec![left];
        true
    }

    unsafe fn append(stream: StreamPtr, body: Body, data: &[u8]) -> bool {
        // SAFETY: as above.
        let stream = unsafe { &mut *stream.cast::<FakeStream>() };
        let Some(all) = &mut stream.bodies[body as usize] else {
            return false;
        };
        all.push(data.to_vec());
        true
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

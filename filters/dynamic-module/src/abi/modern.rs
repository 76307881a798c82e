//! Envoy 1.37 and later: one callback for all kinds of header, and bytes as one struct.

use std::ffi::c_void;
use std::ptr;

use super::{Body, Buffer, Callbacks, StreamPtr, LOG_LEVEL_ERROR};

/// Envoy 1.37 to 1.40: their ABIs differ, but not in what this module calls.
pub struct Modern;

/// No bytes at all, which Envoy reads as "not given".
const NOTHING: Buffer = Buffer::new(ptr::null(), 0);

/// Which of a stream's header maps is meant.
#[repr(C)]
enum HeaderKind {
    Request = 0,
    Response = 2,
}

impl Callbacks for Modern {
    unsafe fn get_request_header<'hook>(stream: StreamPtr, name: &str) -> Option<&'hook [u8]> {
        // SAFETY: the caller's promise.
        unsafe { get_header(stream, HeaderKind::Request, name) }
    }

    unsafe fn get_response_header<'hook>(stream: StreamPtr, name: &str) -> Option<&'hook [u8]> {
        // SAFETY: the caller's promise.
        unsafe { get_header(stream, HeaderKind::Response, name) }
    }

    unsafe fn set_request_header(stream: StreamPtr, name: &str, value: &str) -> bool {
        // SAFETY: the caller's promise.
        unsafe { set_header(stream, HeaderKind::Request, name, value) }
    }

    unsafe fn set_response_header(stream: StreamPtr, name: &str, value: &str) -> bool {
        // SAFETY: the caller's promise.
        unsafe { set_header(stream, HeaderKind::Response, name, value) }
    }

    unsafe fn clear_route_cache(stream: StreamPtr) {
        // SAFETY: the caller's promise.
        unsafe { envoy_dynamic_module_callback_http_clear_route_cache(stream) }
    }

    unsafe fn count_slices(stream: StreamPtr, body: Body) -> usize {
        // SAFETY: the caller's promise.
        unsafe { envoy_dynamic_module_callback_http_get_body_chunks_size(stream, body) }
    }

    unsafe fn get_slices(stream: StreamPtr, body: Body, slices: *mut Buffer) -> bool {
        // SAFETY: the caller's promise.
        unsafe { envoy_dynamic_module_callback_http_get_body_chunks(stream, body, slices) }
    }

    unsafe fn drain(stream: StreamPtr, body: Body, bytes: usize) -> bool {
        // SAFETY: the caller's promise.
        unsafe { envoy_dynamic_module_callback_http_drain_body(stream, body, bytes) }
    }

    unsafe fn append(stream: StreamPtr, body: Body, data: &[u8]) -> bool {
        // SAFETY: the caller's promise; Envoy copies the data.
        unsafe { envoy_dynamic_module_callback_http_append_body(stream, body, data.into()) }
    }

    unsafe fn send_response(stream: StreamPtr, status: u16, body: &str) {
        // SAFETY: the stream is live (caller), Envoy copies the body; a null list means no further headers.
        unsafe {
            envoy_dynamic_module_callback_http_send_response(
                stream,
                status.into(),
                ptr::null(),
                0,
                body.into(),
                NOTHING,
            );
        }
    }

    fn log_error(message: &str) {
        // SAFETY: Envoy copies the message.
        unsafe { envoy_dynamic_module_callback_log(LOG_LEVEL_ERROR, message.into()) }
    }
}

unsafe fn get_header<'hook>(
    stream: StreamPtr,
    kind: HeaderKind,
    name: &str,
) -> Option<&'hook [u8]> {
    let mut value = NOTHING;
    // SAFETY: the stream is live (caller), all addresses are of living locals; the count may be null.
    let answered = unsafe {
        envoy_dynamic_module_callback_http_get_header(
            stream,
            kind,
            name.into(),
            &mut value,
            0,
            ptr::null_mut(),
        )
    };
    if !answered {
        return None;
    }
    // SAFETY: Envoy keeps the value until the hook ends or sets a header.
    unsafe { value.bytes() }
}

unsafe fn set_header(stream: StreamPtr, kind: HeaderKind, name: &str, value: &str) -> bool {
    // SAFETY: the stream is live (caller), Envoy copies name and value.
    unsafe {
        envoy_dynamic_module_callback_http_set_header(stream, kind, name.into(), value.into())
    }
}

unsafe extern "C" {
    fn envoy_dynamic_module_callback_http_get_header(
        stream: StreamPtr,
        kind: HeaderKind,
        name: Buffer,
        value: *mut Buffer,
        index: usize,
        value_count: *mut usize,
    ) -> bool;

    fn envoy_dynamic_module_callback_http_set_header(
        stream: StreamPtr,
        kind: HeaderKind,
        name: Buffer,
        value: Buffer,
    ) -> bool;

    fn envoy_dynamic_module_callback_http_clear_route_cache(stream: StreamPtr);

    fn envoy_dynamic_module_callback_http_get_body_chunks_size(
        stream: StreamPtr,
        body: Body,
    ) -> usize;

    fn envoy_dynamic_module_callback_http_get_body_chunks(
        stream: StreamPtr,
        body: Body,
        chunks: *mut Buffer,
    ) -> bool;

    fn envoy_dynamic_module_callback_http_drain_body(
        stream: StreamPtr,
        body: Body,
        bytes: usize,
    ) -> bool;

    fn envoy_dynamic_module_callback_http_append_body(
        stream: StreamPtr,
        body: Body,
        data: Buffer,
    ) -> bool;

    fn envoy_dynamic_module_callback_http_send_response(
        stream: StreamPtr,
        status: u32,
        headers: *const c_void,
        header_count: usize,
        body: Buffer,
        details: Buffer,
    );

    fn envoy_dynamic_module_callback_log(level: u32, message: Buffer);
}

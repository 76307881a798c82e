//! Envoy 1.36: a callback for each kind of header and body, and bytes as two arguments.

use std::ffi::c_void;
use std::ptr;

use super::v1_36_body::BodyCallbacks;
use super::{Body, Buffer, Callbacks, StreamPtr, LOG_LEVEL_ERROR};

/// Envoy 1.36.
pub struct V1_36;

impl Callbacks for V1_36 {
    unsafe fn get_request_header<'hook>(stream: StreamPtr, name: &str) -> Option<&'hook [u8]> {
        // SAFETY: the caller's promise.
        unsafe {
            get_header(
                envoy_dynamic_module_callback_http_get_request_header,
                stream,
                name,
            )
        }
    }

    unsafe fn get_response_header<'hook>(stream: StreamPtr, name: &str) -> Option<&'hook [u8]> {
        // SAFETY: the caller's promise.
        unsafe {
            get_header(
                envoy_dynamic_module_callback_http_get_response_header,
                stream,
                name,
            )
        }
    }

    unsafe fn set_request_header(stream: StreamPtr, name: &str, value: &str) -> bool {
        // SAFETY: the stream is live (caller), Envoy copies name and value.
        unsafe {
            envoy_dynamic_module_callback_http_set_request_header(
                stream,
                name.as_ptr(),
                name.len(),
                value.as_ptr(),
                value.len(),
            )
        }
    }

    unsafe fn set_response_header(stream: StreamPtr, name: &str, value: &str) -> bool {
        // SAFETY: the stream is live (caller), Envoy copies name and value.
        unsafe {
            envoy_dynamic_module_callback_http_set_response_header(
                stream,
                name.as_ptr(),
                name.len(),
                value.as_ptr(),
                value.len(),
            )
        }
    }

    unsafe fn clear_route_cache(stream: StreamPtr) {
        // SAFETY: the caller's promise.
        unsafe { envoy_dynamic_module_callback_http_clear_route_cache(stream) }
    }

    unsafe fn count_slices(stream: StreamPtr, body: Body) -> usize {
        let mut count = 0;
        // SAFETY: the caller's promise; the address is of a living local.
        let has_body = unsafe { (BodyCallbacks::of(body).count)(stream, &mut count) };
        if has_body {
            count
        } else {
            0
        }
    }

    unsafe fn get_slices(stream: StreamPtr, body: Body, slices: *mut Buffer) -> bool {
        // SAFETY: the caller's promise.
        unsafe { (BodyCallbacks::of(body).get)(stream, slices) }
    }

    unsafe fn drain(stream: StreamPtr, body: Body, bytes: usize) -> bool {
        // SAFETY: the caller's promise.
        unsafe { (BodyCallbacks::of(body).drain)(stream, bytes) }
    }

    unsafe fn append(stream: StreamPtr, body: Body, data: &[u8]) -> bool {
        // SAFETY: the caller's promise; Envoy copies the data.
        unsafe { (BodyCallbacks::of(body).append)(stream, data.as_ptr(), data.len()) }
    }

    unsafe fn send_response(stream: StreamPtr, status: u16, body: &str) {
        // SAFETY: the stream is live (caller), Envoy copies the body; a null list means no further headers.
        unsafe {
            envoy_dynamic_module_callback_http_send_response(
                stream,
                status.into(),
                ptr::null(),
                0,
                body.as_ptr(),
                body.len(),
            );
        }
    }

    fn log_error(message: &str) {
        // SAFETY: Envoy copies the message.
        unsafe {
            envoy_dynamic_module_callback_log(LOG_LEVEL_ERROR, message.as_ptr(), message.len());
        }
    }
}

/// A value by its index; how many there are.
type GetHeader =
    unsafe extern "C" fn(StreamPtr, *const u8, usize, *mut *const u8, *mut usize, usize) -> usize;

unsafe fn get_header<'hook>(get: GetHeader, stream: StreamPtr, name: &str) -> Option<&'hook [u8]> {
    let (mut value, mut length) = (ptr::null(), 0);
    // SAFETY: the stream is live (caller), all addresses are of living locals.
    let values = unsafe {
        get(
            stream,
            name.as_ptr(),
            name.len(),
            &mut value,
            &mut length,
            0,
        )
    };
    if values == 0 {
        return None;
    }
    // SAFETY: Envoy keeps the value until the hook ends or sets a header.
    unsafe { Buffer::new(value, length).bytes() }
}

unsafe extern "C" {
    fn envoy_dynamic_module_callback_http_get_request_header(
        stream: StreamPtr,
        name: *const u8,
        name_length: usize,
        value: *mut *const u8,
        value_length: *mut usize,
        index: usize,
    ) -> usize;

    fn envoy_dynamic_module_callback_http_get_response_header(
        stream: StreamPtr,
        name: *const u8,
        name_length: usize,
        value: *mut *const u8,
        value_length: *mut usize,
        index: usize,
    ) -> usize;

    fn envoy_dynamic_module_callback_http_set_request_header(
        stream: StreamPtr,
        name: *const u8,
        name_length: usize,
        value: *const u8,
        value_length: usize,
    ) -> bool;

    fn envoy_dynamic_module_callback_http_set_response_header(
        stream: StreamPtr,
        name: *const u8,
        name_length: usize,
        value: *const u8,
        value_length: usize,
    ) -> bool;

    fn envoy_dynamic_module_callback_http_clear_route_cache(stream: StreamPtr);

    fn envoy_dynamic_module_callback_http_send_response(
        stream: StreamPtr,
        status: u32,
        headers: *const c_void,
        header_count: usize,
        body: *const u8,
        body_length: usize,
    );

    fn envoy_dynamic_module_callback_log(level: u32, message: *const u8, length: usize);
}

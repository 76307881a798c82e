//! Envoy 1.36: a callback for each kind of header, and bytes as two arguments.

use std::ffi::c_void;
use std::ptr;

use super::{Buffer, Callbacks, StreamPtr, LOG_LEVEL_ERROR};

/// Envoy 1.36.
pub struct V1_36;

impl Callbacks for V1_36 {
    unsafe fn get_request_header<'hook>(stream: StreamPtr, name: &str) -> Option<&'hook [u8]> {
        let (mut value, mut length) = (ptr::null(), 0);
        // SAFETY: the stream is live (caller), all addresses are of living locals.
        let values = unsafe {
            envoy_dynamic_module_callback_http_get_request_header(
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

unsafe extern "C" {
    fn envoy_dynamic_module_callback_http_get_request_header(
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

//! Envoy 1.36: four callbacks for each kind of body.

use super::{Body, Buffer, StreamPtr};

/// What can be done with one kind of body.
pub struct BodyCallbacks {
    /// In how many slices it is.
    pub count: unsafe extern "C" fn(StreamPtr, *mut usize) -> bool,
    /// Where they are.
    pub get: unsafe extern "C" fn(StreamPtr, *mut Buffer) -> bool,
    /// Takes so many bytes from the front.
    pub drain: unsafe extern "C" fn(StreamPtr, usize) -> bool,
    /// Adds bytes to the end.
    pub append: unsafe extern "C" fn(StreamPtr, *const u8, usize) -> bool,
}

/// Declares the callbacks of each kind of body, and chooses between them.
macro_rules! body_callbacks {
    ($($body:ident: $count:ident, $get:ident, $drain:ident, $append:ident;)*) => {
        impl BodyCallbacks {
            /// The callbacks of this kind of body.
            #[inline]
            pub fn of(body: Body) -> Self {
                match body {$(
                    Body::$body => Self { count: $count, get: $get, drain: $drain, append: $append },
                )*}
            }
        }

        unsafe extern "C" {$(
            fn $count(stream: StreamPtr, count: *mut usize) -> bool;
            fn $get(stream: StreamPtr, slices: *mut Buffer) -> bool;
            fn $drain(stream: StreamPtr, bytes: usize) -> bool;
            fn $append(stream: StreamPtr, data: *const u8, length: usize) -> bool;
        )*}
    };
}

body_callbacks! {
    ReceivedRequest:
        envoy_dynamic_module_callback_http_get_received_request_body_vector_size,
        envoy_dynamic_module_callback_http_get_received_request_body_vector,
        envoy_dynamic_module_callback_http_drain_received_request_body,
        envoy_dynamic_module_callback_http_append_received_request_body;
    BufferedRequest:
        envoy_dynamic_module_callback_http_get_buffered_request_body_vector_size,
        envoy_dynamic_module_callback_http_get_buffered_request_body_vector,
        envoy_dynamic_module_callback_http_drain_buffered_request_body,
        envoy_dynamic_module_callback_http_append_buffered_request_body;
    ReceivedResponse:
        envoy_dynamic_module_callback_http_get_received_response_body_vector_size,
        envoy_dynamic_module_callback_http_get_received_response_body_vector,
        envoy_dynamic_module_callback_http_drain_received_response_body,
        envoy_dynamic_module_callback_http_append_received_response_body;
    BufferedResponse:
        envoy_dynamic_module_callback_http_get_buffered_response_body_vector_size,
        envoy_dynamic_module_callback_http_get_buffered_response_body_vector,
        envoy_dynamic_module_callback_http_drain_buffered_response_body,
        envoy_dynamic_module_callback_http_append_buffered_response_body;
}

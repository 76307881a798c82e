//! Hooks, and arguments of hooks, that came with Envoy 1.37.

use std::ffi::c_void;

use super::{config, idle_hooks, ConfigEnvoyPtr, JobPtr};
use crate::abi::{Buffer, StreamPtr};

#[unsafe(no_mangle)]
unsafe extern "C" fn envoy_dynamic_module_on_http_filter_config_new(
    _: ConfigEnvoyPtr,
    _name: Buffer,
    json: Buffer,
) -> JobPtr {
    // SAFETY: Envoy keeps the text for this call.
    config::create(unsafe { json.bytes() }.unwrap_or_default())
}

#[unsafe(no_mangle)]
extern "C" fn envoy_dynamic_module_on_http_filter_per_route_config_new(
    _name: Buffer,
    _json: Buffer,
) -> JobPtr {
    config::refuse_per_route()
}

type CalloutResult = u32;
type ResetReason = u32;
type Headers = *const c_void;
type BodyChunks = *const Buffer;

idle_hooks! {
    envoy_dynamic_module_on_http_filter_http_callout_done(
        StreamPtr, JobPtr, u64, CalloutResult, Headers, usize, BodyChunks, usize);
    envoy_dynamic_module_on_http_filter_http_stream_headers(
        StreamPtr, JobPtr, u64, Headers, usize, bool);
    envoy_dynamic_module_on_http_filter_http_stream_data(
        StreamPtr, JobPtr, u64, BodyChunks, usize, bool);
    envoy_dynamic_module_on_http_filter_http_stream_trailers(
        StreamPtr, JobPtr, u64, Headers, usize);
    envoy_dynamic_module_on_http_filter_http_stream_complete(StreamPtr, JobPtr, u64);
    envoy_dynamic_module_on_http_filter_http_stream_reset(StreamPtr, JobPtr, u64, ResetReason);
    envoy_dynamic_module_on_http_filter_downstream_above_write_buffer_high_watermark(
        StreamPtr, JobPtr);
    envoy_dynamic_module_on_http_filter_downstream_below_write_buffer_low_watermark(
        StreamPtr, JobPtr);
}

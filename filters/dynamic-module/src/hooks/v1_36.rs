//! Hooks whose arguments are Envoy 1.36's own.

use std::ffi::c_void;

use super::{config, idle_hooks, ConfigEnvoyPtr, JobPtr};
use crate::abi::{Buffer, StreamPtr};

#[unsafe(no_mangle)]
unsafe extern "C" fn envoy_dynamic_module_on_http_filter_config_new(
    _: ConfigEnvoyPtr,
    _name: *const u8,
    _name_length: usize,
    json: *const u8,
    json_length: usize,
) -> JobPtr {
    // SAFETY: Envoy keeps the text for this call.
    config::create(unsafe { Buffer::new(json, json_length).bytes() }.unwrap_or_default())
}

#[unsafe(no_mangle)]
extern "C" fn envoy_dynamic_module_on_http_filter_per_route_config_new(
    _name: *const u8,
    _name_length: usize,
    _json: *const u8,
    _json_length: usize,
) -> JobPtr {
    config::refuse_per_route()
}

type CalloutResult = u32;

idle_hooks! {
    envoy_dynamic_module_on_http_filter_http_callout_done(
        StreamPtr, JobPtr, u32, CalloutResult, *const c_void, usize, *const c_void, usize);
}

//! The functions Envoy looks up in this library. It refuses a module that lacks one, also those with nothing to do.

#[cfg(not(target_arch = "x86_64"))]
compile_error!("hooks leave their arguments out, which is only seen to work on x86-64");

use std::ffi::c_char;

use crate::abi::{self, StreamPtr};
use crate::faults::Fault;
use crate::filter::{fault_of, on_request_headers, Next};
use crate::panic_guard::guarded;
use crate::stream::Stream;

/// Stands for a configuration and for a filter: there is nothing to remember, but null would be a refusal.
static PLACE: u8 = 0;

const CONTINUE: u32 = 0;
const STOP_ITERATION: u32 = 1;

#[unsafe(no_mangle)]
extern "C" fn envoy_dynamic_module_on_program_init() -> *const c_char {
    abi::VERSION.as_ptr()
}

#[unsafe(no_mangle)]
unsafe extern "C" fn envoy_dynamic_module_on_http_filter_request_headers(stream: StreamPtr) -> u32 {
    // SAFETY: Envoy's handle is live for this call.
    let mut stream = unsafe { Stream::new(stream) };
    let next = match fault_of(&stream) {
        // As in a module whose author has thought of no guard.
        Some(Fault::PanicUncaught) => on_request_headers(&mut stream),
        _ => guarded(&mut stream, on_request_headers),
    };
    match next {
        Next::Continue => CONTINUE,
        Next::Stop => STOP_ITERATION,
    }
}

/// Defines hooks that always give the same. None looks at its arguments, which differ by generation.
macro_rules! constant_hooks {
    ($type:ty = $answer:expr; $($name:ident;)*) => {$(
        #[unsafe(no_mangle)]
        extern "C" fn $name() -> $type {
            $answer
        }
    )*};
}

constant_hooks! { *const u8 = &PLACE;
    envoy_dynamic_module_on_http_filter_config_new;
    envoy_dynamic_module_on_http_filter_per_route_config_new;
    envoy_dynamic_module_on_http_filter_new;
}

constant_hooks! { u32 = CONTINUE;
    envoy_dynamic_module_on_http_filter_request_body;
    envoy_dynamic_module_on_http_filter_request_trailers;
    envoy_dynamic_module_on_http_filter_response_headers;
    envoy_dynamic_module_on_http_filter_response_body;
    envoy_dynamic_module_on_http_filter_response_trailers;
}

constant_hooks! { () = ();
    envoy_dynamic_module_on_http_filter_config_destroy;
    envoy_dynamic_module_on_http_filter_per_route_config_destroy;
    envoy_dynamic_module_on_http_filter_stream_complete;
    envoy_dynamic_module_on_http_filter_destroy;
    envoy_dynamic_module_on_http_filter_scheduled;
    envoy_dynamic_module_on_http_filter_http_callout_done;
}

#[cfg(not(feature = "abi-1-36"))]
constant_hooks! { () = ();
    envoy_dynamic_module_on_http_filter_http_stream_headers;
    envoy_dynamic_module_on_http_filter_http_stream_data;
    envoy_dynamic_module_on_http_filter_http_stream_trailers;
    envoy_dynamic_module_on_http_filter_http_stream_complete;
    envoy_dynamic_module_on_http_filter_http_stream_reset;
    envoy_dynamic_module_on_http_filter_downstream_above_write_buffer_high_watermark;
    envoy_dynamic_module_on_http_filter_downstream_below_write_buffer_low_watermark;
}

//! The life of one HTTP stream.

use super::{idle_hooks, JobPtr};
use crate::abi::StreamPtr;
use crate::filter::{self, Next};
use crate::panic_guard::guarded;
use crate::stream::Stream;

/// A hook's answer; both values mean the same for headers, bodies and trailers, in every generation.
type Status = u32;
const CONTINUE: Status = 0;
const STOP_ITERATION: Status = 1;

impl From<Next> for Status {
    fn from(next: Next) -> Self {
        match next {
            Next::Continue => CONTINUE,
            Next::Stop => STOP_ITERATION,
        }
    }
}

#[unsafe(no_mangle)]
extern "C" fn envoy_dynamic_module_on_http_filter_new(job: JobPtr, _: StreamPtr) -> JobPtr {
    job
}

#[unsafe(no_mangle)]
unsafe extern "C" fn envoy_dynamic_module_on_http_filter_request_headers(
    stream: StreamPtr,
    job: JobPtr,
    _end_of_stream: bool,
) -> Status {
    // SAFETY: Envoy's handle is live for this call.
    let mut stream = unsafe { Stream::new(stream) };
    // SAFETY: a stream holds on to its configuration, so the job is alive; nobody changes it.
    let job = unsafe { &*job };
    guarded(&mut stream, |stream| {
        filter::on_request_headers(job, stream)
    })
    .into()
}

#[unsafe(no_mangle)]
unsafe extern "C" fn envoy_dynamic_module_on_http_filter_response_headers(
    stream: StreamPtr,
    job: JobPtr,
    _end_of_stream: bool,
) -> Status {
    // SAFETY: Envoy's handle is live for this call.
    let mut stream = unsafe { Stream::new(stream) };
    // SAFETY: a stream holds on to its configuration, so the job is alive; nobody changes it.
    let job = unsafe { &*job };
    guarded(&mut stream, |stream| {
        filter::on_response_headers(job, stream)
    })
    .into()
}

/// Defines hooks that let their part of a message pass.
macro_rules! passing_hooks {
    ($($name:ident($($argument:ty),*);)*) => {$(
        #[unsafe(no_mangle)]
        extern "C" fn $name($(_: $argument),*) -> Status {
            CONTINUE
        }
    )*};
}

passing_hooks! {
    envoy_dynamic_module_on_http_filter_request_body(StreamPtr, JobPtr, bool);
    envoy_dynamic_module_on_http_filter_request_trailers(StreamPtr, JobPtr);
    envoy_dynamic_module_on_http_filter_response_body(StreamPtr, JobPtr, bool);
    envoy_dynamic_module_on_http_filter_response_trailers(StreamPtr, JobPtr);
}

idle_hooks! {
    envoy_dynamic_module_on_http_filter_stream_complete(StreamPtr, JobPtr);
    envoy_dynamic_module_on_http_filter_destroy(JobPtr);
    envoy_dynamic_module_on_http_filter_scheduled(StreamPtr, JobPtr, u64);
}

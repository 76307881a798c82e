//! The life of one HTTP stream.

use super::{idle_hooks, JobPtr};
use crate::abi::StreamPtr;
use crate::body;
use crate::filter::{self, Next};
use crate::panic_guard::guarded;
use crate::stream::Stream;

/// A hook's answer, in every generation: on, or no further for now. A body that is stopped is kept by Envoy, and
/// headers that are stopped do not keep the body from coming.
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

/// Defines hooks that do a part of the job on a stream.
macro_rules! working_hooks {
    ($($name:ident($($end_of_stream:ident)?): $work:path;)*) => {$(
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $name(
            stream: StreamPtr,
            job: JobPtr,
            $($end_of_stream: bool,)?
        ) -> Status {
            // SAFETY: a stream holds on to its configuration, so the job is alive; nobody changes it.
            let job = unsafe { &*job };
            // SAFETY: Envoy's handle is live for this call.
            let mut stream = unsafe { Stream::new(stream) };
            guarded(&mut stream, |stream| $work(job, $($end_of_stream,)? stream)).into()
        }
    )*};
}

working_hooks! {
    envoy_dynamic_module_on_http_filter_request_headers(end_of_stream):
        filter::on_request_headers;
    envoy_dynamic_module_on_http_filter_request_body(end_of_stream):
        body::on_request_body;
    envoy_dynamic_module_on_http_filter_request_trailers():
        body::on_request_trailers;
    envoy_dynamic_module_on_http_filter_response_headers(end_of_stream):
        filter::on_response_headers;
    envoy_dynamic_module_on_http_filter_response_body(end_of_stream):
        body::on_response_body;
    envoy_dynamic_module_on_http_filter_response_trailers():
        body::on_response_trailers;
}

idle_hooks! {
    envoy_dynamic_module_on_http_filter_stream_complete(StreamPtr, JobPtr);
    envoy_dynamic_module_on_http_filter_destroy(JobPtr);
    envoy_dynamic_module_on_http_filter_scheduled(StreamPtr, JobPtr, u64);
}

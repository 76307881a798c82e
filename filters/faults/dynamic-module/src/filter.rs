//! What happens per request.

use crate::faults::Fault;
use crate::stream::Stream;

/// Where a request goes after the hook.
pub enum Next {
    /// On to the next filter.
    Continue,
    /// No further: the client has its answer.
    Stop,
}

/// The fault that a request asks for.
pub fn fault_of(stream: &Stream) -> Option<Fault> {
    stream.get_request_header("x-fault").and_then(Fault::named)
}

/// Does what the request asks for, and marks it where that lets it.
pub fn on_request_headers(stream: &mut Stream) -> Next {
    if let Some(fault) = fault_of(stream) {
        fault.happen();
    }
    stream.set_request_header("x-filtered", "1");
    Next::Continue
}

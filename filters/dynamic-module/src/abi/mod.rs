//! Envoy's side of the ABI: what a module may call, one implementation a generation.

mod body;
mod buffer;
mod version;

#[cfg(all(not(test), not(feature = "abi-1-36")))]
mod modern;
// Stands in for Envoy, which no test links against.
#[cfg(test)]
pub mod recording;
#[cfg(all(not(test), feature = "abi-1-36"))]
mod v1_36;
#[cfg(all(not(test), feature = "abi-1-36"))]
mod v1_36_body;

use std::ffi::c_void;

pub use body::Body;
pub use buffer::Buffer;
pub use version::VERSION;

#[cfg(all(not(test), not(feature = "abi-1-36")))]
pub use modern::Modern as Envoy;
#[cfg(test)]
pub use recording::Recording as Envoy;
#[cfg(all(not(test), feature = "abi-1-36"))]
pub use v1_36::V1_36 as Envoy;

/// Envoy's handle of one HTTP stream.
pub type StreamPtr = *mut c_void;

/// Envoy's log level "error", the same number in every generation.
#[cfg(not(test))]
const LOG_LEVEL_ERROR: u32 = 4;

/// The callbacks this module needs, as every generation must offer them.
pub trait Callbacks {
    /// The first value of a request header.
    ///
    /// # Safety
    /// `stream` is the live stream of the running hook; the value lives until the hook ends or sets a header.
    unsafe fn get_request_header<'hook>(stream: StreamPtr, name: &str) -> Option<&'hook [u8]>;

    /// The first value of a response header.
    ///
    /// # Safety
    /// As for [`Callbacks::get_request_header`].
    unsafe fn get_response_header<'hook>(stream: StreamPtr, name: &str) -> Option<&'hook [u8]>;

    /// Replaces all values of a request header; false if Envoy would not.
    ///
    /// # Safety
    /// `stream` is the live stream of the running hook.
    unsafe fn set_request_header(stream: StreamPtr, name: &str, value: &str) -> bool;

    /// Replaces all values of a response header; false if Envoy would not.
    ///
    /// # Safety
    /// `stream` is the live stream of the running hook.
    unsafe fn set_response_header(stream: StreamPtr, name: &str, value: &str) -> bool;

    /// Makes Envoy choose the route again.
    ///
    /// # Safety
    /// `stream` is the live stream of the running hook.
    unsafe fn clear_route_cache(stream: StreamPtr);

    /// How many slices a body is in; none if Envoy has no such body now.
    ///
    /// # Safety
    /// `stream` is the live stream of the running hook.
    unsafe fn count_slices(stream: StreamPtr, body: Body) -> usize;

    /// Writes down where the slices of a body are; false if Envoy has no such body now.
    ///
    /// # Safety
    /// `stream` is the live stream of the running hook, and `slices` has room for [`Callbacks::count_slices`] of them.
    /// The bytes are the module's to read and write until the hook ends or drains or appends to this body.
    unsafe fn get_slices(stream: StreamPtr, body: Body, slices: *mut Buffer) -> bool;

    /// Takes bytes, or all there are, from the front of a body; false if Envoy has no such body now.
    ///
    /// # Safety
    /// `stream` is the live stream of the running hook.
    unsafe fn drain(stream: StreamPtr, body: Body, bytes: usize) -> bool;

    /// Adds to the end of a body; false if Envoy has no such body now.
    ///
    /// # Safety
    /// `stream` is the live stream of the running hook.
    unsafe fn append(stream: StreamPtr, body: Body, data: &[u8]) -> bool;

    /// Answers the client; Envoy labels a body `text/plain`.
    ///
    /// # Safety
    /// `stream` is the live stream of the running hook, which must then stop the iteration.
    unsafe fn send_response(stream: StreamPtr, status: u16, body: &str);

    /// Writes an error to Envoy's own log.
    fn log_error(message: &str);
}

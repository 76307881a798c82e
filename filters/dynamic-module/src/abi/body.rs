//! The bodies of a stream.

/// Which of a stream's bodies is meant; the numbers are those of Envoy 1.37 and later.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// The part of the request's body that has just come, in its hook alone.
    ReceivedRequest = 0,
    /// What came before and was kept.
    BufferedRequest = 1,
    /// The same of the response.
    ReceivedResponse = 2,
    /// The same of the response.
    BufferedResponse = 3,
}

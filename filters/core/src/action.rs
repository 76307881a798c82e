//! What a job asks its shell to do.

use crate::calibration::Calibration;

/// A header to set, replacing every value the message already has under that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Lower-case name.
    pub name: Box<str>,
    /// The one value the message ends up with.
    pub value: Box<str>,
}

/// A reply sent to the client in place of passing its request on.
#[derive(Debug, PartialEq, Eq)]
pub struct Denial {
    /// HTTP status.
    pub status: u16,
    /// Value of `content-type`.
    pub content_type: &'static str,
    /// The whole body.
    pub body: &'static str,
}

/// What to do with a request once its headers are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestAction<'a> {
    /// Pass the request on as it is.
    Continue,
    /// Set these headers (never empty), then pass the request on.
    Set(&'a [Header]),
    /// Set this header, which is this request's own, then pass the request on.
    SetOne(Header),
    /// Answer the client and drop the request.
    Deny(&'static Denial),
    /// Do this work, then pass the request on as it is; [`crate::Job::require`] has made sure that the shell can.
    Calibrate(Calibration),
}

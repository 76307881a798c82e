//! What a job wants of bodies, and what it asks its shell to do with them.

use std::borrow::Cow;

use crate::action::{Denial, Header};

/// What a job must see of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyNeed {
    /// Nothing: it goes by as it is.
    Nothing,
    /// All of it, before anything of the message goes on.
    Whole,
}

/// What to do with a message once its whole body is known.
#[derive(Debug, PartialEq, Eq)]
pub enum BodyAction<'a> {
    /// Pass the message on as it is.
    Continue,
    /// Set this request header and choose the route again, then pass the request on.
    Set(Header),
    /// Answer the client and drop the request.
    Deny(&'a Denial),
    /// Pass the message on with this body; a `content-length` that it has must be made right.
    Replace(Vec<u8>),
}

/// The body in one piece; copied only where it is in several.
pub(crate) fn join<'a>(parts: &[&'a [u8]]) -> Cow<'a, [u8]> {
    match parts {
        [] => Cow::Borrowed(&[]),
        [whole] => Cow::Borrowed(whole),
        _ => Cow::Owned(parts.concat()),
    }
}

//! The answer over HTTP/1.1 to what no configuration of ours sends.

use bytes::Bytes;
use http::{Response, StatusCode};
use http_body_util::Full;

/// 400, and why.
pub fn bad_request(why: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(why.into()));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}

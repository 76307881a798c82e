//! Reads a request to its end and answers a fixed text.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper::header::{HeaderValue, CONTENT_TYPE};
use hyper::{Request, Response, StatusCode};

use crate::upstream::Upstream;

/// Answers one request with `text`.
pub async fn answer(
    request: Request<Incoming>,
    upstream: Arc<Upstream>,
    text: Bytes,
) -> Result<Response<Full<Bytes>>, Infallible> {
    Ok(match drain(request.into_body()).await {
        Ok(bytes) => {
            upstream.received(bytes).await;
            plain(StatusCode::OK, text)
        }
        Err(_) => plain(StatusCode::BAD_REQUEST, "the body broke off"),
    })
}

async fn drain(mut body: Incoming) -> Result<u64, hyper::Error> {
    let mut bytes = 0;
    while !body.is_end_stream() {
        match body.frame().await {
            Some(frame) => bytes += frame?.data_ref().map_or(0, |data| data.len() as u64),
            None => break,
        }
    }
    Ok(bytes)
}

/// A text answer.
pub fn plain(status: StatusCode, text: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(text.into()));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    response
}

//! `GET /ready` and `GET /count`, for whoever started the server.

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{HeaderValue, CONTENT_TYPE};
use hyper::{Method, Request, Response, StatusCode};
use serde::Serialize;

/// Answers one admin request; `counts` is what `/count` shows.
pub(crate) fn answer<B>(
    request: &Request<B>,
    counts: impl Serialize,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let is_get = request.method() == Method::GET;
    Ok(match request.uri().path() {
        "/ready" if is_get => plain(StatusCode::OK, "ready\n"),
        "/count" if is_get => match serde_json::to_vec(&counts) {
            Ok(json) => with_type("application/json", StatusCode::OK, json.into()),
            Err(_) => plain(
                StatusCode::INTERNAL_SERVER_ERROR,
                "counts cannot be shown\n",
            ),
        },
        _ => plain(StatusCode::NOT_FOUND, "GET /ready or GET /count\n"),
    })
}

fn plain(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    with_type("text/plain", status, Bytes::from_static(text.as_bytes()))
}

fn with_type(kind: &'static str, status: StatusCode, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(method: Method, path: &str) -> StatusCode {
        let mut request = Request::new(());
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().expect("path");
        let Ok(response) = answer(&request, [1, 2]);
        response.status()
    }

    #[test]
    fn only_its_own_paths_by_get() {
        assert_eq!(status(Method::GET, "/ready"), StatusCode::OK);
        assert_eq!(status(Method::GET, "/count?x"), StatusCode::OK);
        assert_eq!(status(Method::POST, "/ready"), StatusCode::NOT_FOUND);
        assert_eq!(status(Method::GET, "/"), StatusCode::NOT_FOUND);
    }
}

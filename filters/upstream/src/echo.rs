//! Answers a request with what arrived, so that a proof can see what a filter did to it.

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{HeaderMap, HeaderValue, CONTENT_TYPE};
use hyper::{Request, Response, StatusCode};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::exchange::Exchange;
use crate::sink::plain;
use crate::upstream::Upstream;

/// Bodies up to this size come back whole; of longer ones size and hash must do.
const WHOLE_BODY: usize = 64 * 1024;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Echo<'a> {
    method: &'a str,
    path: &'a str,
    headers: Vec<(&'a str, Cow<'a, str>)>,
    body_bytes: u64,
    body_sha256: String,
    body: Option<&'a str>,
}

/// Answers one request: as `exchange` was told, or with the request itself.
pub async fn answer(
    request: Request<Incoming>,
    upstream: Arc<Upstream>,
    exchange: Arc<Exchange>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let Ok(body) = ReadBody::of(body).await else {
        return Ok(plain(StatusCode::BAD_REQUEST, "the body broke off"));
    };
    upstream.received(body.bytes).await;
    let echo = Echo {
        method: head.method.as_str(),
        path: head.uri.path_and_query().map_or("", |path| path.as_str()),
        headers: listed(&head.headers),
        body_bytes: body.bytes,
        body_sha256: hex(&body.sha256.finalize()),
        body: body
            .start
            .as_deref()
            .and_then(|start| std::str::from_utf8(start).ok()),
    };
    Ok(match serde_json::to_vec(&echo).map(Bytes::from) {
        Ok(echo) => exchange.pass(echo.clone()).unwrap_or_else(|| json(echo)),
        Err(_) => plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the request cannot be shown",
        ),
    })
}

/// An answer of JSON.
pub fn json(text: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(text));
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

struct ReadBody {
    bytes: u64,
    sha256: Sha256,
    /// The body itself, as long as it is short enough to be echoed.
    start: Option<Vec<u8>>,
}

impl ReadBody {
    async fn of(mut incoming: Incoming) -> Result<Self, hyper::Error> {
        let mut body = Self {
            bytes: 0,
            sha256: Sha256::new(),
            start: Some(Vec::new()),
        };
        while let Some(frame) = incoming.frame().await {
            if let Some(data) = frame?.data_ref() {
                body.take(data);
            }
        }
        Ok(body)
    }

    fn take(&mut self, data: &[u8]) {
        self.bytes += data.len() as u64;
        self.sha256.update(data);
        match &mut self.start {
            Some(start) if start.len() + data.len() <= WHOLE_BODY => start.extend_from_slice(data),
            start => *start = None,
        }
    }
}

fn listed(headers: &HeaderMap) -> Vec<(&str, Cow<'_, str>)> {
    headers
        .iter()
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(chunks: &[&[u8]]) -> ReadBody {
        let mut body = ReadBody {
            bytes: 0,
            sha256: Sha256::new(),
            start: Some(Vec::new()),
        };
        chunks.iter().for_each(|chunk| body.take(chunk));
        body
    }

    #[test]
    fn a_body_is_kept_up_to_the_limit_and_always_hashed() {
        let short = read(&[b"ab", b"c"]);
        assert_eq!(short.start.as_deref(), Some(&b"abc"[..]));
        assert!(hex(&short.sha256.finalize()).starts_with("ba7816bf8f01cfea"));

        let limit = vec![0; WHOLE_BODY];
        assert_eq!(
            read(&[&limit]).start.map(|start| start.len()),
            Some(WHOLE_BODY)
        );
        let long = read(&[&limit, b"x", b"y"]);
        assert_eq!((long.bytes, long.start), (WHOLE_BODY as u64 + 2, None));
    }

    #[test]
    fn repeated_headers_are_listed_each() {
        let mut headers = HeaderMap::new();
        headers.append("x-a", HeaderValue::from_static("1"));
        headers.append("x-a", HeaderValue::from_static("2"));
        assert_eq!(listed(&headers), [("x-a", "1".into()), ("x-a", "2".into())]);
    }
}

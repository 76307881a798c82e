//! `GET /ready` and `GET /count`, for whoever started the server, and what else a server answers there.

use std::convert::Infallible;
use std::error::Error;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Body;
use hyper::header::{HeaderValue, CONTENT_TYPE};
use hyper::{Method, Request, Response, StatusCode};
use serde::Serialize;

/// Far more than anybody has to say to a server.
const MOST_BYTES: usize = 16 << 20;

/// What a server shows on its admin address; of a server that only counts, a closure is enough.
pub trait Admin: Clone + Send + 'static {
    /// What `/count` shows.
    type Counts: Serialize;

    /// The totals now.
    fn counts(&self) -> Self::Counts;

    /// Answers what is neither `/ready` nor `/count`; None if this server knows nothing else.
    fn answer(&self, _request: &Request<Bytes>) -> Option<Response<Full<Bytes>>> {
        None
    }
}

impl<F, N> Admin for F
where
    F: Fn() -> N + Clone + Send + 'static,
    N: Serialize,
{
    type Counts = N;

    fn counts(&self) -> N {
        self()
    }
}

/// Answers one admin request.
pub(crate) async fn answer<A, B>(
    request: Request<B>,
    admin: A,
) -> Result<Response<Full<Bytes>>, Infallible>
where
    A: Admin,
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let is_get = request.method() == Method::GET;
    Ok(match request.uri().path() {
        "/ready" if is_get => plain(StatusCode::OK, "ready\n"),
        "/count" if is_get => match serde_json::to_vec(&admin.counts()) {
            Ok(json) => with_type("application/json", StatusCode::OK, json.into()),
            Err(_) => plain(
                StatusCode::INTERNAL_SERVER_ERROR,
                "counts cannot be shown\n",
            ),
        },
        _ => {
            let (head, body) = request.into_parts();
            match Limited::new(body, MOST_BYTES).collect().await {
                Ok(body) => admin
                    .answer(&Request::from_parts(head, body.to_bytes()))
                    .unwrap_or_else(|| plain(StatusCode::NOT_FOUND, "GET /ready or GET /count\n")),
                Err(_) => plain(
                    StatusCode::BAD_REQUEST,
                    "the body broke off or is over 16 MiB\n",
                ),
            }
        }
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

    async fn status(admin: impl Admin, method: Method, path: &str, body: &'static str) -> u16 {
        let mut request = Request::new(Full::from(body));
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().expect("path");
        let Ok(response) = answer(request, admin).await;
        response.status().as_u16()
    }

    #[tokio::test]
    async fn only_its_own_paths_by_get() {
        let counts = || [1, 2];
        assert_eq!(status(counts, Method::GET, "/ready", "").await, 200);
        assert_eq!(status(counts, Method::GET, "/count?x", "").await, 200);
        assert_eq!(status(counts, Method::POST, "/ready", "").await, 404);
        assert_eq!(status(counts, Method::GET, "/", "").await, 404);
    }

    #[derive(Clone)]
    struct Expects(&'static str);

    impl Admin for Expects {
        type Counts = ();

        fn counts(&self) {}

        fn answer(&self, request: &Request<Bytes>) -> Option<Response<Full<Bytes>>> {
            (request.body() == self.0).then(Response::default)
        }
    }

    #[tokio::test]
    async fn a_server_answers_more_with_the_whole_body_in_hand() {
        assert_eq!(status(Expects("a"), Method::POST, "/more", "a").await, 200);
        assert_eq!(status(Expects("a"), Method::POST, "/more", "b").await, 404);
        assert_eq!(status(Expects("a"), Method::GET, "/count", "").await, 200);
    }
}

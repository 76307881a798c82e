//! What echo mode keeps for the proof of a filter: the last request, and what the next one is answered with.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use filterbench_service::Admin;
use http_body_util::Full;
use hyper::header::{HeaderName, HeaderValue, CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING};
use hyper::{Method, Request, Response, StatusCode};
use serde::Deserialize;

use crate::counts::{Counts, Snapshot};
use crate::echo::json;
use crate::sink::plain;

/// The last request, and the next answer.
#[derive(Debug, Default)]
pub struct Exchange {
    /// In JSON.
    last: Mutex<Option<Bytes>>,
    next: Mutex<Option<Response<Full<Bytes>>>>,
}

/// The admin address of echo mode.
#[derive(Clone, Debug)]
pub struct EchoAdmin {
    pub counts: Arc<Counts>,
    pub exchange: Arc<Exchange>,
}

/// An answer as it is told; the fields that frame a body come by themselves.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    #[serde(default = "ok")]
    status: u16,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: String,
}

fn ok() -> u16 {
    200
}

impl Exchange {
    /// Keeps a request for whoever asks, and gives the answer that was told for it, if any.
    pub fn pass(&self, request_json: Bytes) -> Option<Response<Full<Bytes>>> {
        *lock(&self.last) = Some(request_json);
        lock(&self.next).take()
    }

    fn tell(&self, told: &[u8]) -> Result<(), String> {
        let told: Told = serde_json::from_slice(told).map_err(|error| error.to_string())?;
        *lock(&self.next) = Some(told.response()?);
        Ok(())
    }
}

impl Told {
    fn response(self) -> Result<Response<Full<Bytes>>, String> {
        let mut response = Response::new(Full::from(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status)
            .ok()
            .filter(|status| !status.is_informational())
            .ok_or_else(|| format!("{} is no final HTTP status", self.status))?;
        for (name, value) in &self.headers {
            let refused = |why: &str| format!("header {name:?}: {why}");
            let field = HeaderName::from_bytes(name.as_bytes());
            let field = field.map_err(|_| refused("HTTP allows no such name"))?;
            if [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING].contains(&field) {
                return Err(refused("it comes by itself"));
            }
            let value = HeaderValue::from_str(value);
            let value = value.map_err(|_| refused("HTTP allows no such value"))?;
            response.headers_mut().append(field, value);
        }
        Ok(response)
    }
}

impl Admin for EchoAdmin {
    type Counts = Snapshot;

    fn counts(&self) -> Snapshot {
        self.counts.snapshot()
    }

    fn answer(&self, request: &Request<Bytes>) -> Option<Response<Full<Bytes>>> {
        Some(match (request.method(), request.uri().path()) {
            (&Method::POST, "/answer") => match self.exchange.tell(request.body()) {
                Ok(()) => plain(StatusCode::OK, "the next request is answered so\n"),
                Err(why) => plain(StatusCode::BAD_REQUEST, format!("POST /answer: {why}\n")),
            },
            (&Method::GET, "/last") => match lock(&self.exchange.last).clone() {
                Some(last) => json(last),
                None => plain(StatusCode::NOT_FOUND, "no request yet\n"),
            },
            _ => plain(
                StatusCode::NOT_FOUND,
                "GET /ready, GET /count, GET /last or POST /answer\n",
            ),
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_given_once_and_the_last_request_stays() {
        let exchange = Exchange::default();
        assert_eq!(
            exchange.tell(br#"{"status":201,"headers":[["x-a","1"]]}"#),
            Ok(())
        );
        let answer = exchange.pass("a".into()).expect("an answer");
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["x-a"]),
            (201, &"1".parse().expect("a value"))
        );
        assert!(exchange.pass("b".into()).is_none());
        assert_eq!(*lock(&exchange.last), Some("b".into()));
    }

    #[test]
    fn what_is_no_answer_is_refused_by_name() {
        for (told, named) in [
            ("", "EOF"),
            (r#"{"state":200}"#, "state"),
            (r#"{"status":100}"#, "100"),
            (r#"{"headers":[["x a","1"]]}"#, "x a"),
            (r#"{"headers":[["x-a","\n"]]}"#, "x-a"),
            (r#"{"headers":[["content-length","1"]]}"#, "content-length"),
        ] {
            let why = Exchange::default().tell(told.as_bytes()).expect_err(told);
            assert!(why.contains(named), "{why}");
        }
    }
}

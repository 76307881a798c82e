//! What Envoy posts: a `ProcessingRequest` in protobuf's JSON, as far as headers go.

use std::borrow::Cow;

use base64::prelude::{Engine, BASE64_STANDARD};
use serde::de::IgnoredAny;
use serde::Deserialize;

/// One phase of a client request; Envoy names fields as the protobuf file does.
#[derive(Debug, Deserialize)]
pub struct Message<'a> {
    #[serde(borrow)]
    request_headers: Option<HttpHeaders<'a>>,
    response_headers: Option<IgnoredAny>,
}

/// The phases that are answered.
#[derive(Debug)]
pub enum Phase<'a> {
    RequestHeaders(HttpHeaders<'a>),
    /// No job looks at these.
    ResponseHeaders,
}

/// The headers that Envoy is configured to send along.
#[derive(Debug, Deserialize)]
pub struct HttpHeaders<'a> {
    #[serde(borrow, default)]
    headers: HeaderMap<'a>,
}

#[derive(Debug, Default, Deserialize)]
struct HeaderMap<'a> {
    #[serde(borrow, default)]
    headers: Vec<HeaderValue<'a>>,
}

#[derive(Debug, Deserialize)]
struct HeaderValue<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    #[serde(borrow, default)]
    value: Cow<'a, str>,
    #[serde(borrow, default)]
    raw_value: Cow<'a, str>,
}

impl<'a> Message<'a> {
    /// Reads a message.
    ///
    /// # Errors
    /// It is no JSON, or not of this shape.
    pub fn from_json(json: &'a [u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(json)
    }

    /// Its phase; None if it is of no headers.
    pub fn into_phase(self) -> Option<Phase<'a>> {
        match (self.request_headers, self.response_headers) {
            (Some(headers), _) => Some(Phase::RequestHeaders(headers)),
            (None, Some(_)) => Some(Phase::ResponseHeaders),
            (None, None) => None,
        }
    }
}

impl HttpHeaders<'_> {
    /// The value of the header `name`; None if it is not there.
    pub fn value_of(&self, name: &str) -> Option<Cow<'_, [u8]>> {
        let header = self
            .headers
            .headers
            .iter()
            .find(|header| header.key == name)?;
        // Which of the two Envoy fills is a runtime flag of its own; bytes go as base64.
        match header.raw_value.as_bytes() {
            [] => Some(Cow::Borrowed(header.value.as_bytes())),
            raw => BASE64_STANDARD.decode(raw).ok().map(Cow::Owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value_in(json: &str) -> Option<Vec<u8>> {
        let message = Message::from_json(json.as_bytes()).expect("a message");
        let Some(Phase::RequestHeaders(headers)) = message.into_phase() else {
            panic!("{json}");
        };
        headers.value_of("x-api-key").map(Cow::into_owned)
    }

    #[test]
    fn a_value_is_read_in_either_field() {
        let with = |fields: &str| {
            let headers =
                format!(r#"{{"headers":[{{"key":":path"}},{{"key":"x-api-key",{fields}}}]}}"#);
            value_in(&format!(
                r#"{{"request_headers":{{"headers":{headers},"end_of_stream":true}},"protocol_config":{{}}}}"#
            ))
        };
        assert_eq!(with(r#""raw_value":"azE=""#).as_deref(), Some(&b"k1"[..]));
        assert_eq!(
            with(r#""raw_value":"\u0061zE=""#).as_deref(),
            Some(&b"k1"[..])
        );
        assert_eq!(with(r#""raw_value":"/w==""#).as_deref(), Some(&b"\xff"[..]));
        assert_eq!(with(r#""value":"k1""#).as_deref(), Some(&b"k1"[..]));
        assert_eq!(with(r#""value":"""#).as_deref(), Some(&b""[..]));
        assert_eq!(with(r#""raw_value":"no base64""#), None);
    }

    #[test]
    fn there_may_be_no_headers_at_all() {
        for none in [
            r#"{"request_headers":{}}"#,
            r#"{"request_headers":{"headers":{}}}"#,
            r#"{"request_headers":{"headers":{"headers":[]}}}"#,
        ] {
            assert_eq!(value_in(none), None);
        }
    }

    #[test]
    fn only_headers_have_a_phase() {
        let phase = |json: &'static str| {
            let message = Message::from_json(json.as_bytes()).expect("a message");
            message.into_phase()
        };
        assert!(matches!(
            phase(r#"{"response_headers":{}}"#),
            Some(Phase::ResponseHeaders)
        ));
        assert!(phase(r#"{"request_body":{"body":"YQ=="}}"#).is_none());
        assert!(Message::from_json(b"request_headers").is_err());
    }
}

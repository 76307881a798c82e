//! The jobs that look at bodies, and what they answer.

// Each test binary uses its own part of this.
#![allow(dead_code)]

use filterbench_core::{BodyAction, Header, Job};

pub const ROUTE: &str = r#"{"job":"model-routing"}"#;
pub const INSPECT: &str = r#"{"job":"inspect","words":["moonstone"]}"#;
pub const REDACT: &str = r#"{"job":"redact","words":["moonstone"]}"#;
pub const REWRITE: &str = r#"{"job":"json-rewrite","field":"model","value":"gpt-small"}"#;

pub fn job(json: &str) -> Job {
    Job::from_json(json.as_bytes()).expect("valid job")
}

pub fn model(value: &str) -> BodyAction<'_> {
    BodyAction::Set(Header {
        name: "x-model".into(),
        value: value.into(),
    })
}

pub fn replaced(body: &str) -> BodyAction<'static> {
    BodyAction::Replace(body.as_bytes().to_vec())
}

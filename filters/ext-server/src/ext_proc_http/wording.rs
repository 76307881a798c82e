//! How a job's decisions are said in a `ProcessingResponse`, in protobuf's JSON.
//!
//! Nothing needs escaping: core admits only names that HTTP does, and every other text goes as base64.

use base64::prelude::{Engine, BASE64_STANDARD};
use bytes::Bytes;
use filterbench_core::{Denial, Header};

use crate::answers::Wording;

/// Answers to request headers.
#[derive(Debug)]
pub struct RequestHeaders;

impl Wording for RequestHeaders {
    type Answer = Bytes;

    fn pass(&self, request: &[Header]) -> Bytes {
        headers("request_headers", request)
    }

    fn deny(&self, denial: &Denial) -> Bytes {
        // Envoy itself adds `content-type: text/plain` to a local reply.
        let body = BASE64_STANDARD.encode(denial.body);
        let status = denial.status;
        let reply = format!(r#"{{"status":{{"code":{status}}},"body":"{body}"}}"#);
        format!(r#"{{"immediate_response":{reply}}}"#).into()
    }
}

/// The answer to every response's headers.
pub fn response(set: &[Header]) -> Bytes {
    headers("response_headers", set)
}

fn headers(phase: &str, set: &[Header]) -> Bytes {
    if set.is_empty() {
        return format!(r#"{{"{phase}":{{}}}}"#).into();
    }
    let options: Vec<String> = set.iter().map(option).collect();
    let mutation = format!(r#"{{"set_headers":[{}]}}"#, options.join(","));
    format!(r#"{{"{phase}":{{"response":{{"header_mutation":{mutation}}}}}}}"#).into()
}

fn option(Header { name, value }: &Header) -> String {
    // Envoy reads `raw_value` here, not `value`.
    let value = BASE64_STANDARD.encode(value.as_bytes());
    format!(
        r#"{{"header":{{"key":"{name}","raw_value":"{value}"}},"append_action":"OVERWRITE_IF_EXISTS_OR_ADD"}}"#
    )
}

#[cfg(test)]
mod tests {
    use filterbench_core::UNAUTHENTICATED;
    use serde_json::{from_slice, json, Value};

    use super::*;

    fn read(answer: &Bytes) -> Value {
        from_slice(answer).expect("JSON")
    }

    #[test]
    fn headers_are_set_over_what_is_there() {
        let set = |name: &str, value: &str| Header {
            name: name.into(),
            value: value.into(),
        };
        let said = RequestHeaders.pass(&[set("x-a", "b\"c\\"), set("x-d`'", "e")]);
        let option = |name, base64| {
            json!({
                "header": { "key": name, "raw_value": base64 },
                "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"
            })
        };
        let mutation =
            json!({ "set_headers": [option("x-a", "YiJjXA=="), option("x-d`'", "ZQ==")] });
        assert_eq!(
            read(&said),
            json!({ "request_headers": { "response": { "header_mutation": mutation } } })
        );
    }

    #[test]
    fn nothing_to_set_is_an_empty_answer() {
        assert_eq!(
            read(&RequestHeaders.pass(&[])),
            json!({ "request_headers": {} })
        );
        assert_eq!(read(&response(&[])), json!({ "response_headers": {} }));
    }

    #[test]
    fn a_denial_answers_the_client() {
        let body = BASE64_STANDARD.encode("Client authentication failed.");
        assert_eq!(
            read(&RequestHeaders.deny(&UNAUTHENTICATED)),
            json!({ "immediate_response": { "status": { "code": 401 }, "body": body } })
        );
    }
}

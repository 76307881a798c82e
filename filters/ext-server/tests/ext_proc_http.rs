//! What Envoy gets over ext_proc's `http_service`.

mod server;

use serde_json::{from_str, json, Value};
use server::{get, post, Server, ACCESS, HEADERS, NOOP};

/// Posts a message as Envoy writes it, and reads the answer.
fn answer(server: &Server, message: &str) -> Value {
    let (head, body) = post(&server.listen, "/", message);
    assert!(head.starts_with("HTTP/1.1 200 "), "{head} {body}");
    from_str(&body).expect("JSON")
}

fn refusal(server: &Server, message: &str) -> String {
    let (head, body) = post(&server.listen, "/", message);
    assert!(head.starts_with("HTTP/1.1 400 "), "{head}");
    body
}

const REQUEST: &str = r#"{"request_headers":{"headers":{},"end_of_stream":true},"metadata_context":{},"protocol_config":{}}"#;
const RESPONSE: &str = r#"{"response_headers":{"headers":{}},"metadata_context":{}}"#;

fn with_key(base64: &str) -> String {
    let headers = format!(r#"{{"headers":[{{"key":"x-api-key","raw_value":"{base64}"}}]}}"#);
    format!(r#"{{"request_headers":{{"headers":{headers},"end_of_stream":true}}}}"#)
}

fn setting(phase: &str, name: &str, base64: &str) -> Value {
    let header = json!({ "key": name, "raw_value": base64 });
    let option = json!({ "header": header, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD" });
    json!({ phase: { "response": { "header_mutation": { "set_headers": [option] } } } })
}

#[test]
fn headers_are_set_in_each_phase() {
    let server = Server::tcp("ext-proc-http", HEADERS);
    assert_eq!(
        answer(&server, REQUEST),
        setting("request_headers", "x-to-upstream", "YQ==")
    );
    assert_eq!(
        answer(&server, RESPONSE),
        setting("response_headers", "x-to-client", "Yg==")
    );
    let count = server.count_at(1);
    assert_eq!(
        (&count["requestHeaders"], &count["responseHeaders"]),
        (&1.into(), &1.into())
    );
}

#[test]
fn noop_answers_both_phases_with_nothing() {
    let server = Server::tcp("ext-proc-http", NOOP);
    assert_eq!(answer(&server, REQUEST), json!({ "request_headers": {} }));
    assert_eq!(answer(&server, RESPONSE), json!({ "response_headers": {} }));
}

#[test]
fn access_names_the_client_or_answers_in_its_place() {
    let server = Server::tcp("ext-proc-http", ACCESS);
    assert_eq!(
        answer(&server, &with_key("azE=")),
        setting("request_headers", "x-client-id", "YWxpY2U=")
    );
    let denial = json!({
        "immediate_response": {
            "status": { "code": 401 },
            "body": "Q2xpZW50IGF1dGhlbnRpY2F0aW9uIGZhaWxlZC4="
        }
    });
    for unknown in [&with_key("azI="), &with_key("/w=="), &with_key(""), REQUEST] {
        assert_eq!(answer(&server, unknown), denial, "{unknown}");
    }
    assert_eq!(server.count_at(5)["denials"], 4);
}

#[test]
fn what_is_no_message_of_headers_is_refused() {
    let server = Server::tcp("ext-proc-http", NOOP);
    assert!(refusal(&server, r#"{"request_body":{"body":"YQ=="}}"#).contains("headers only"));
    assert!(refusal(&server, "request_headers").contains("JSON"));
    let (head, _) = get(&server.listen, "/", "");
    assert!(head.starts_with("HTTP/1.1 400 "), "{head}");
    assert_eq!(server.count_at(0)["requestHeaders"], 0);
}

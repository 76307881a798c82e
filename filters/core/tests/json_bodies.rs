//! What jobs answer to bodies that are JSON, or nearly so.

mod body_jobs;

use body_jobs::{job, model, replaced, REWRITE, ROUTE};
use filterbench_core::BodyAction;

#[test]
fn no_model_is_a_model_too() {
    let route = job(ROUTE);
    let models = [
        (r#"{"model":"a"}"#, "a"),
        (r#"{"m":0}"#, "none"),
        (r#"["model"]"#, "none"),
        (r#""model""#, "none"),
        ("", "none"),
        // What could not be a header's value.
        (r#"{"model":""}"#, "none"),
        (r#"{"model":"a\r\nx-forged: 1"}"#, "none"),
        (r#"{"model":"größer"}"#, "none"),
        (r#"{"model":" a"}"#, "none"),
        (r#"{"model":"a "}"#, "none"),
        // The last one counts, whatever stands before it.
        (r#"{"model":1,"model":"a"}"#, "a"),
        (r#"{"model":"a","model":1}"#, "none"),
        // Half a character, spelled out.
        (r#"{"\ud800":0,"model":"a"}"#, "a"),
        (r#"{"model":"\ud800"}"#, "none"),
        (r#"{"mod\u0065l":"a"}"#, "a"),
    ];
    for (body, expected) in models {
        assert_eq!(
            route.on_request_body(&[body.as_bytes()]),
            model(expected),
            "{body}"
        );
    }
    assert_eq!(route.on_request_body(&[]), model("none"));
    assert_eq!(
        route.on_request_body(&[b"{\"mod", b"", b"el\":\"b\"}"]),
        model("b")
    );
}

#[test]
fn json_rewrite_leaves_all_else_byte_for_byte() {
    let rewrite = job(REWRITE);
    let changes = [
        (
            "{ \"a\" : 1.0,\"model\":\t\"x\" , \"é\":[ ] }\n",
            "{ \"a\" : 1.0,\"model\":\t\"gpt-small\" , \"é\":[ ] }\n",
        ),
        (
            r#"{"model":{"a":[1]},"b":2}"#,
            r#"{"model":"gpt-small","b":2}"#,
        ),
        (r#" {"b":2}"#, r#" {"model":"gpt-small","b":2}"#),
        ("{ }", "{\"model\":\"gpt-small\" }"),
    ];
    for (body, expected) in changes {
        assert_eq!(
            rewrite.on_request_body(&[body.as_bytes()]),
            replaced(expected),
            "{body}"
        );
        let (head, tail) = body.as_bytes().split_at(body.len() / 2);
        assert_eq!(
            rewrite.on_request_body(&[head, tail]),
            replaced(expected),
            "{body}"
        );
    }
    for body in [
        r#"{"model":"gpt-small"}"#,
        r#"["model"]"#,
        r#"{"model":"x"}}"#,
        "model",
        "",
    ] {
        assert_eq!(
            rewrite.on_request_body(&[body.as_bytes()]),
            BodyAction::Continue,
            "{body}"
        );
    }
    let quoted = job(r#"{"job":"json-rewrite","field":"a\"b","value":"c\\d"}"#);
    assert_eq!(
        quoted.on_request_body(&[b"{}"]),
        replaced(r#"{"a\"b":"c\\d"}"#)
    );
}

#[test]
fn json_may_be_as_deep_as_it_likes_and_hold_bytes_that_are_no_text() {
    let levels = 20_000;
    let deep = format!(
        "{{\"a\":{}0{},\"model\":\"b\"}}",
        "[".repeat(levels),
        "]".repeat(levels)
    );
    assert_eq!(job(ROUTE).on_request_body(&[deep.as_bytes()]), model("b"));
    let rewrite = job(REWRITE);
    let bodies: [(&[u8], &[u8]); 3] = [
        (
            b"{\"\xff\":0,\"model\":\"b\"}",
            b"{\"\xff\":0,\"model\":\"gpt-small\"}",
        ),
        (
            b"{\"model\":\"\xc3\",\"a\":0}",
            b"{\"model\":\"gpt-small\",\"a\":0}",
        ),
        (
            b"{\"a\":\"\xff\"}",
            b"{\"model\":\"gpt-small\",\"a\":\"\xff\"}",
        ),
    ];
    for (body, expected) in bodies {
        assert_eq!(
            rewrite.on_request_body(&[body]),
            BodyAction::Replace(expected.to_vec())
        );
    }
    assert_eq!(
        job(ROUTE).on_request_body(&[b"{\"model\":\"\xff\"}"]),
        model("none")
    );
    for broken in [&b"\xff{\"model\":\"b\"}"[..], b"{\"model\":\"b\",\xff}"] {
        assert_eq!(
            job(REWRITE).on_request_body(&[broken]),
            BodyAction::Continue
        );
        assert_eq!(job(ROUTE).on_request_body(&[broken]), model("none"));
    }
}

//! What each job wants of bodies, what it answers, and which lists of words are refused.

use filterbench_core::{BodyAction, BodyNeed, Header, Job, RequestAction, CARD_FOUND, WORD_FOUND};

fn job(json: &str) -> Job {
    Job::from_json(json.as_bytes()).expect("valid job")
}

fn refusal(json: &str) -> String {
    Job::from_json(json.as_bytes()).expect_err(json).to_string()
}

const ROUTE: &str = r#"{"job":"model-routing"}"#;
const INSPECT: &str = r#"{"job":"inspect","words":["moonstone"]}"#;
const REDACT: &str = r#"{"job":"redact","words":["moonstone"]}"#;
const REWRITE: &str = r#"{"job":"json-rewrite","field":"model","value":"gpt-small"}"#;

fn model(value: &str) -> BodyAction<'_> {
    BodyAction::Set(Header {
        name: "x-model".into(),
        value: value.into(),
    })
}

fn replaced(body: &str) -> BodyAction<'static> {
    BodyAction::Replace(body.as_bytes().to_vec())
}

#[test]
fn each_job_says_which_bodies_it_must_see() {
    for json in [ROUTE, INSPECT, REDACT, REWRITE] {
        let job = job(json);
        assert_eq!(job.request_body(), BodyNeed::Whole, "{json}");
        let response = match json {
            REDACT => BodyNeed::Whole,
            _ => BodyNeed::Nothing,
        };
        assert_eq!(job.response_body(), response, "{json}");
        assert!(!job.request_headers() && !job.response_headers());
        assert_eq!(job.on_request_headers(None), RequestAction::Continue);
        assert!(job.on_response_headers().is_empty());
    }
    for json in [r#"{"job":"noop"}"#, r#"{"job":"access","keys":{}}"#] {
        let job = job(json);
        assert_eq!(job.request_body(), BodyNeed::Nothing);
        assert_eq!(job.response_body(), BodyNeed::Nothing);
        assert_eq!(job.on_request_body(&[b"{}"]), BodyAction::Continue);
        assert_eq!(job.on_response_body(&[b"{}"]), BodyAction::Continue);
    }
}

#[test]
fn only_redact_streams() {
    for json in [ROUTE, INSPECT, REWRITE] {
        assert!(job(json).redactor().is_none());
        assert_eq!(job(json).redact_in_place(&mut []), None);
    }
    assert!(job(REDACT).redactor().is_some());
}

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
fn inspect_tells_cards_before_words() {
    let inspect = job(INSPECT);
    let clean: [&[&[u8]]; 3] = [&[], &[b""], &[b"4111111111111112 moonston", b"."]];
    for parts in clean {
        assert_eq!(inspect.on_request_body(parts), BodyAction::Continue);
    }
    let card: [&[&[u8]]; 2] = [
        &[b"moonstone 4111 11", b"11 1111 1111"],
        &[b"4111111111111111"],
    ];
    for parts in card {
        assert_eq!(
            inspect.on_request_body(parts),
            BodyAction::Deny(&CARD_FOUND)
        );
    }
    let word: [&[&[u8]]; 2] = [&[b"a moon", b"", b"st", b"ones"], &[b"moonstone"]];
    for parts in word {
        assert_eq!(
            inspect.on_request_body(parts),
            BodyAction::Deny(&WORD_FOUND)
        );
    }
    for denial in [&CARD_FOUND, &WORD_FOUND] {
        assert_eq!((denial.status, denial.content_type), (403, "text/plain"));
    }
}

#[test]
fn card_numbers_that_share_groups_are_all_masked() {
    // The first four groups are valid, and so are the last four.
    let body = "0000 0000 0000 0000 0000".as_bytes();
    let redact = job(REDACT);
    assert_eq!(
        redact.on_request_body(&[body]),
        replaced(&"*".repeat(body.len()))
    );
    for cut in 0..body.len() {
        let mut redactor = redact.redactor().expect("a stream job");
        let mut out = Vec::new();
        redactor.push(&body[..cut], false, &mut out);
        redactor.push(&body[cut..], true, &mut out);
        assert_eq!(out, vec![b'*'; body.len()], "{cut}");
    }
}

#[test]
fn a_stream_holds_back_no_more_than_it_must() {
    let redact = job(REDACT);
    let shown = [
        ("a moon", "a "),
        ("a moonx", "a moonx"),
        ("4111 1111 1111 1", ""),
        ("1 4111", "1 "),
        ("4111 1111-1111", "4111 "),
        ("12345 ", "12345 "),
        ("41111111111111111", "41111111111111111"),
        ("4111 1111 1111 1111", ""),
        ("4111 1111 1111 1111.", "*******************."),
    ];
    for (chunk, expected) in shown {
        let mut redactor = redact.redactor().expect("a stream job");
        let mut out = b"> ".to_vec();
        redactor.push(chunk.as_bytes(), false, &mut out);
        assert_eq!(
            String::from_utf8_lossy(&out),
            format!("> {expected}"),
            "{chunk}"
        );
    }
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
fn a_refusal_names_the_word() {
    let with = |job: &str, words: &str| refusal(&format!(r#"{{"job":"{job}","words":{words}}}"#));
    for job in ["inspect", "redact"] {
        assert!(with(job, "[]").contains("1 to 64"));
        for word in ["abc", "two words", "größer", "card4"] {
            assert!(with(job, &format!("[\"{word}\"]")).contains(word), "{word}");
        }
        assert!(refusal(&format!(r#"{{"job":"{job}"}}"#)).contains("`words`"));
    }
    for (one, other) in [
        ("abcab", "abcab"),
        ("abcd", "dxyz"),
        ("xabcdx", "abcd"),
        ("same", "same"),
    ] {
        let words = format!("[\"unlike\",\"{one}\",\"{other}\"]");
        let why = with("redact", &words);
        assert!(why.contains("can overlap") && why.contains(one), "{why}");
    }
    assert!(refusal(r#"{"job":"model-routing","field":"model"}"#).contains("`field`"));
    assert!(refusal(r#"{"job":"json-rewrite","field":"model"}"#).contains("`value`"));
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

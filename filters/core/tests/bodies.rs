//! What each job wants of bodies, what it finds in texts, and which lists of words are refused.

mod body_jobs;

use body_jobs::{job, replaced, INSPECT, REDACT, REWRITE, ROUTE};
use filterbench_core::{BodyAction, BodyNeed, Job, RequestAction, CARD_FOUND, WORD_FOUND};

fn refusal(json: &str) -> String {
    Job::from_json(json.as_bytes()).expect_err(json).to_string()
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

//! What Envoy gets over ext_proc for bodies in parts: in STREAMED and in FULL_DUPLEX_STREAMED mode.

mod processing;
mod server;

use envoy_types::pb::envoy::service::ext_proc::v3::body_mutation::Mutation;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request as Phase;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response as Answer;
use envoy_types::pb::envoy::service::ext_proc::v3::{
    BodyResponse, HeadersResponse, HttpTrailers, TrailersResponse,
};
use processing::BodySendMode::{FullDuplexStreamed, Streamed};
use processing::{conversation_in, denial, mutation, posted, served, set_one};
use server::{Server, INSPECT, JSON_REWRITE, MODEL_ROUTING, REDACT};
use tonic::Code;

/// Text with all that is redacted, and the same text redacted.
fn text() -> (String, String) {
    let mut text = String::new();
    let mut redacted = String::new();
    for found in [
        "4111111111111111",
        "4111 1111 1111 1111",
        "secret",
        "4111-1111-1111-1111",
    ] {
        for prose in [
            "Some sec in 41 or so. ",
            "classify ",
            "1 classifie 4111 1111x ",
        ] {
            text += prose;
            redacted += prose;
            text += found;
            redacted += &"*".repeat(found.len());
            text.push('.');
            redacted.push('.');
        }
    }
    (text, redacted)
}

/// `text` in up to `most` parts, some of them empty; the same for the same `seed`.
fn split(text: &[u8], most: u64, seed: u64) -> Vec<&[u8]> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let length = text.len() as u64;
    let mut cuts: Vec<usize> = (0..random(most))
        .map(|_| usize::try_from(random(length + 1)).expect("an index"))
        .collect();
    cuts.sort_unstable();
    let ends = cuts.iter().copied().chain([text.len()]);
    let starts = [0].into_iter().chain(cuts.iter().copied());
    starts
        .zip(ends)
        .map(|(start, end)| &text[start..end])
        .collect()
}

fn body(answer: &Answer) -> &BodyResponse {
    match answer {
        Answer::RequestBody(response) | Answer::ResponseBody(response) => response,
        other => panic!("{other:?}"),
    }
}

/// The parts of bodies that were streamed back, and which of them says that it is the last.
fn streamed_back(answers: &[Answer]) -> (Vec<u8>, Vec<bool>) {
    let mut whole = Vec::new();
    let mut ends = Vec::new();
    for answer in answers {
        let Some(Mutation::StreamedResponse(part)) = mutation(body(answer)) else {
            panic!("{answer:?}");
        };
        whole.extend_from_slice(&part.body);
        ends.push(part.end_of_stream);
    }
    (whole, ends)
}

#[tokio::test]
async fn streamed_parts_are_redacted_wherever_they_are_cut() {
    let server = Server::unix("ext-proc", REDACT);
    let (text, redacted) = text();
    for seed in 0..40 {
        let parts = split(text.as_bytes(), 12, seed);
        for phases in [posted(&parts), served(&parts)] {
            let answers = conversation_in(&server, Streamed, phases).await;
            let answers = answers.expect("answers");
            // One each, the headers among them.
            assert_eq!(answers.len(), 1 + parts.len());
            let mut whole = Vec::new();
            for (answer, part) in answers[1..].iter().zip(&parts) {
                match mutation(body(answer)) {
                    Some(Mutation::Body(part)) => whole.extend_from_slice(part),
                    None => whole.extend_from_slice(part),
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!(String::from_utf8_lossy(&whole), redacted, "{parts:?}");
        }
    }
}

#[tokio::test]
async fn what_must_be_seen_whole_cannot_be_streamed() {
    for job in [MODEL_ROUTING, INSPECT, JSON_REWRITE] {
        let server = Server::tcp("ext-proc", job);
        let status = conversation_in(&server, Streamed, posted(&[b"a", b"b"])).await;
        let status = status.expect_err("refused");
        assert_eq!(status.code(), Code::FailedPrecondition, "{status}");
    }
}

#[tokio::test]
async fn in_full_duplex_redacted_parts_flow_back() {
    let server = Server::unix("ext-proc", REDACT);
    let (text, redacted) = text();
    for seed in 0..40 {
        let parts = split(text.as_bytes(), 12, seed);
        for phases in [posted(&parts), served(&parts)] {
            let answers = conversation_in(&server, FullDuplexStreamed, phases).await;
            let answers = answers.expect("answers");
            let (whole, ends) = streamed_back(&answers[1..]);
            assert_eq!(String::from_utf8_lossy(&whole), redacted, "{parts:?}");
            let last = ends.len() - 1;
            assert!(ends[last] && !ends[..last].contains(&true), "{ends:?}");
        }
    }
}

#[tokio::test]
async fn in_full_duplex_headers_wait_for_the_body_that_decides() {
    let server = Server::tcp("ext-proc", MODEL_ROUTING);
    let parts: [&[u8]; 3] = [br#"{"mod"#, br#"el":"gpt-large""#, b"}"];
    let answers = conversation_in(&server, FullDuplexStreamed, posted(&parts)).await;
    let answers = answers.expect("answers");
    let [Answer::RequestHeaders(request), bodies @ ..] = &answers[..] else {
        panic!("{answers:?}");
    };
    let common = request.response.as_ref();
    let expected = ("x-model".to_owned(), "gpt-large".to_owned());
    assert_eq!(set_one(common), expected);
    assert!(common.is_some_and(|common| common.clear_route_cache));
    let (whole, ends) = streamed_back(bodies);
    assert_eq!(whole, parts.concat());
    assert_eq!(ends, [false, false, true]);
    assert_eq!(server.count_at(1)["requestBodies"], 3);

    // Before the end there is no answer at all.
    let open = posted(&parts)[..3].to_vec();
    let answers = conversation_in(&server, FullDuplexStreamed, open).await;
    assert!(answers.expect("no answers").is_empty());
}

#[tokio::test]
async fn in_full_duplex_a_body_is_denied_or_replaced_as_a_whole() {
    let inspect = Server::tcp("ext-proc", INSPECT);
    let found = posted(&[b"a sec", b"ret"]);
    let answers = conversation_in(&inspect, FullDuplexStreamed, found).await;
    let answers = answers.expect("answers");
    let [Answer::ImmediateResponse(reply)] = &answers[..] else {
        panic!("{answers:?}");
    };
    assert_eq!(denial(reply), (Some(403), &b"Blocked: forbidden word."[..]));
    let clean = posted(&[b"a sec", b"rat", b""]);
    let answers = conversation_in(&inspect, FullDuplexStreamed, clean).await;
    let answers = answers.expect("answers");
    assert_eq!(
        answers[0],
        Answer::RequestHeaders(HeadersResponse::default())
    );
    assert_eq!(streamed_back(&answers[1..]).0, b"a secrat");

    let rewrite = Server::tcp("ext-proc", JSON_REWRITE);
    let parts = posted(&[br#"{"mod"#, br#"el":"x"}"#]);
    let answers = conversation_in(&rewrite, FullDuplexStreamed, parts).await;
    let answers = answers.expect("answers");
    assert_eq!(
        answers[0],
        Answer::RequestHeaders(HeadersResponse::default())
    );
    let (whole, ends) = streamed_back(&answers[1..]);
    assert_eq!(whole, br#"{"model":"gpt-small"}"#);
    assert_eq!(ends, [true]);
}

#[tokio::test]
async fn in_full_duplex_trailers_end_a_body_too() {
    for job in [REDACT, INSPECT] {
        let server = Server::tcp("ext-proc", job);
        // The last part has no word of its end.
        let mut phases = posted(&[b"some sec", b"", b"x"]);
        phases[3] = Phase::RequestTrailers(HttpTrailers::default());
        let answers = conversation_in(&server, FullDuplexStreamed, phases).await;
        let answers = answers.expect("answers");
        let [Answer::RequestHeaders(_), bodies @ .., Answer::RequestTrailers(trailers)] =
            &answers[..]
        else {
            panic!("{answers:?}");
        };
        assert_eq!(*trailers, TrailersResponse::default());
        let (whole, ends) = streamed_back(bodies);
        assert_eq!(whole, b"some sec");
        assert!(!ends.contains(&true), "{ends:?}");
    }
}

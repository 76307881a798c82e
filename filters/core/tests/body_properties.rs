//! Random bodies, split at random: whole, in parts, in place and streamed all come to what the plain rules say.

mod naive;

use filterbench_core::{BodyAction, Job, CARD_FOUND, WORD_FOUND};
use naive::{job_with_words, Dice};
use serde_json::Value;

const BODIES: u64 = 20_000;

fn job(json: &str) -> Job {
    Job::from_json(json.as_bytes()).expect("valid job")
}

fn shown(body: &[u8]) -> String {
    String::from_utf8_lossy(body).into_owned()
}

#[test]
fn inspect_finds_what_is_there() {
    let inspect = job(&job_with_words("inspect"));
    let (mut with_card, mut with_word) = (0, 0);
    for seed in 0..BODIES {
        let mut dice = Dice::new(seed);
        let body = dice.body();
        let expected = if !naive::cards(&body).is_empty() {
            with_card += 1;
            BodyAction::Deny(&CARD_FOUND)
        } else if !naive::words(&body).is_empty() {
            with_word += 1;
            BodyAction::Deny(&WORD_FOUND)
        } else {
            BodyAction::Continue
        };
        assert_eq!(
            inspect.on_request_body(&[&body]),
            expected,
            "{}",
            shown(&body)
        );
        let parts = dice.split(&body);
        assert_eq!(inspect.on_request_body(&parts), expected, "{parts:?}");
    }
    // Or else the bodies would try nothing.
    assert!(
        with_card > BODIES / 10 && with_word > BODIES / 20,
        "{with_card} {with_word}"
    );
}

#[test]
fn redact_masks_it_all_and_nothing_else() {
    let redact = job(&job_with_words("redact"));
    for seed in 0..BODIES {
        let mut dice = Dice::new(seed);
        let body = dice.body();
        let masked = naive::redacted(&body);
        let expected = match masked == body {
            true => BodyAction::Continue,
            false => BodyAction::Replace(masked.clone()),
        };
        let parts = dice.split(&body);
        assert_eq!(
            redact.on_request_body(&[&body]),
            expected,
            "{}",
            shown(&body)
        );
        assert_eq!(redact.on_request_body(&parts), expected, "{parts:?}");
        assert_eq!(redact.on_response_body(&parts), expected, "{parts:?}");

        let mut owned: Vec<Vec<u8>> = parts.iter().map(|part| part.to_vec()).collect();
        let mut slices: Vec<&mut [u8]> = owned.iter_mut().map(|part| &mut part[..]).collect();
        let changed = redact.redact_in_place(&mut slices);
        assert_eq!(owned.concat(), masked, "{parts:?}");
        assert_eq!(changed, Some(masked != body));
    }
}

#[test]
fn a_stream_comes_to_the_same_and_holds_back_only_what_is_open() {
    let redact = job(&job_with_words("redact"));
    for seed in 0..BODIES {
        let mut dice = Dice::new(seed);
        let body = dice.body();
        let parts = dice.split(&body);
        let mut redactor = redact.redactor().expect("a stream job");
        let (mut out, mut read) = (Vec::new(), 0);
        let (last, others) = parts.split_last().expect("at least one part");
        for part in others {
            redactor.push(part, false, &mut out);
            read += part.len();
            let held = &body[out.len()..read];
            assert!(is_open(held), "{:?} of {parts:?}", shown(held));
        }
        redactor.push(last, true, &mut out);
        assert_eq!(shown(&out), shown(&naive::redacted(&body)), "{parts:?}");
    }
}

/// Whether more bytes could make this, from its first byte on, part of a card number or word.
fn is_open(held: &[u8]) -> bool {
    let begins_word = |word: &str| held.len() < word.len() && word.as_bytes().starts_with(held);
    held.is_empty() || naive::WORDS.into_iter().any(begins_word) || begins_card(held)
}

fn begins_card(held: &[u8]) -> bool {
    let digits = held.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let grouped = || {
        let separator = held[4];
        let fits = |(at, byte): (usize, &u8)| match at % 5 {
            4 => *byte == separator,
            _ => byte.is_ascii_digit(),
        };
        held.len() <= 19 && b" -".contains(&separator) && held.iter().enumerate().all(fits)
    };
    (digits == held.len() && digits <= 16) || (digits == 4 && grouped())
}

/// A JSON object, with the field `model` or without, and perhaps broken at one place.
fn document(dice: &mut Dice) -> Vec<u8> {
    let values = [
        "1",
        "-2.5e3",
        "null",
        "true",
        "[]",
        "{}",
        "\"\"",
        "[1,[2,{\"model\":\"deep\"}]]",
        "{\"model\":{}}",
        "\"a \\\" \\u00e9 model\"",
        "\"größer\"",
    ];
    let spaces = ["", "", " ", "\n\t"];
    let mut members = Vec::new();
    for index in 0..dice.below(5) {
        let name = ["model", "mode", "ö"][dice.below(3)];
        let value = values[dice.below(values.len())];
        members.push(format!("\"{name}{index}\":{value}"));
    }
    if dice.below(3) > 0 {
        let model = ["gpt-large", "", "a \\\" b", "gpt\\u002dsmall", "x"][dice.below(5)];
        members.insert(
            dice.below(members.len() + 1),
            format!("\"model\" : \"{model}\""),
        );
    }
    let mut space = || spaces[dice.below(spaces.len())];
    let separator = format!("{},{}", space(), space());
    let text = format!(
        "{}{{{}{}}}{}",
        space(),
        space(),
        members.join(&separator),
        space()
    );
    let mut body = text.into_bytes();
    if dice.below(2) == 0 {
        let at = dice.below(body.len());
        // Not within a character of several bytes: that could make it no text at all.
        if body[at].is_ascii() {
            body[at] = b"{}[],:\"\\ 1a\n"[dice.below(12)];
        }
    }
    body
}

fn is_header_value(text: &str) -> bool {
    let is_trimmed = text == text.trim_matches(' ');
    is_trimmed && !text.is_empty() && text.chars().all(|char| (' '..='~').contains(&char))
}

#[test]
fn json_jobs_see_what_a_whole_parse_sees() {
    let route = job(r#"{"job":"model-routing"}"#);
    let rewrite = job(r#"{"job":"json-rewrite","field":"model","value":"new \"one\""}"#);
    let mut broken = 0;
    for seed in 0..BODIES {
        let mut dice = Dice::new(seed);
        let body = document(&mut dice);
        let parsed = serde_json::from_slice::<Value>(&body)
            .ok()
            .filter(Value::is_object);
        broken += u64::from(parsed.is_none());
        let parts = dice.split(&body);

        let BodyAction::Set(header) = route.on_request_body(&parts) else {
            panic!("{}", shown(&body));
        };
        let model = parsed.as_ref().and_then(|json| json["model"].as_str());
        let expected = model
            .filter(|model| is_header_value(model))
            .unwrap_or("none");
        assert_eq!(
            (&*header.name, &*header.value),
            ("x-model", expected),
            "{}",
            shown(&body)
        );

        let whole = rewrite.on_request_body(&[&body]);
        assert_eq!(rewrite.on_request_body(&parts), whole, "{parts:?}");
        let after = match whole {
            BodyAction::Replace(body) => body,
            _ => body.clone(),
        };
        let Some(mut json) = parsed else {
            assert_eq!(shown(&after), shown(&body));
            continue;
        };
        json["model"] = Value::from("new \"one\"");
        let rewritten = serde_json::from_slice::<Value>(&after);
        assert_eq!(
            rewritten.ok(),
            Some(json),
            "{} to {}",
            shown(&body),
            shown(&after)
        );
    }
    assert!(broken > BODIES / 10 && broken < BODIES / 2, "{broken}");
}

//! The `jwt` job beyond the cases of its scenario: every token of the load, the clock, and what configurations are refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use filterbench_core::{Job, RequestAction, INVALID_TOKEN, WRONG_AUDIENCE};
use serde_json::{json, Value};

fn read(file: &str) -> String {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    fs::read_to_string(scenarios.join(file)).expect(file)
}

fn config() -> Value {
    let scenario: Value = serde_yaml_ng::from_str(&read("jwt.yaml")).expect("a scenario");
    scenario["job"].clone()
}

fn job() -> Job {
    Job::from_json(config().to_string().as_bytes()).expect("a job")
}

fn table(name: &str) -> BTreeMap<String, String> {
    serde_json::from_str(&read(&format!("tables/{name}.json"))).expect(name)
}

fn subject(job: &Job, authorization: &str) -> Result<String, u16> {
    match job.on_request_headers(Some(authorization.as_bytes())) {
        RequestAction::SetOne(header) => {
            assert_eq!(&*header.name, "x-client-id");
            Ok(header.value.into())
        }
        RequestAction::Deny(denial) => Err(denial.status),
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_asks_for_one_header_of_the_request() {
    let job = job();
    assert!(job.request_headers() && !job.response_headers());
    assert_eq!(job.lookup_header(), Some("authorization"));
    assert_eq!(job.denials(), [&INVALID_TOKEN, &WRONG_AUDIENCE]);
    assert_eq!(
        job.on_request_headers(None),
        RequestAction::Deny(&INVALID_TOKEN)
    );
}

#[test]
fn every_token_of_the_load_is_valid() {
    let job = job();
    for name in ["jwt-rs256", "jwt-es256"] {
        let tokens = table(name);
        assert_eq!(tokens.len(), 100);
        for (authorization, client) in tokens {
            assert_eq!(subject(&job, &authorization), Ok(client));
        }
    }
}

// The tokens of the load end at the beginning of 2100.
const END: u64 = 4_102_444_800;

#[test]
fn a_token_is_valid_for_a_minute_beyond_its_end() {
    let (authorization, client) = table("jwt-es256").pop_first().expect("a token");
    let at = |clock| subject(&job().with_clock(clock), &authorization);
    assert_eq!(at(|| END + 60), Ok(client));
    assert_eq!(at(|| END + 61), Err(401));
    assert_eq!(at(|| u64::MAX), Err(401));
}

/// A token that nobody signed.
fn unsigned(header: Value, claims: Value) -> String {
    use base64::Engine;
    let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let [header, claims] = [header, claims].map(|part| engine.encode(part.to_string()));
    format!("Bearer {header}.{claims}.AAAA")
}

#[test]
fn claims_come_before_the_signature() {
    let header = json!({"alg": "ES256", "kid": "ec-1"});
    let config = config();
    let claims = |audience: Value, begin: Value| json!({"iss": config["issuer"], "sub": "a", "exp": END, "aud": audience, "nbf": begin});
    let job = job().with_clock(|| 1_000);
    let status = |claims| subject(&job, &unsigned(header.clone(), claims)).expect_err("refused");
    assert_eq!(status(claims(json!("others"), json!(0))), 403);
    assert_eq!(status(claims(json!(["others", "more"]), json!(0))), 403);
    assert_eq!(status(claims(json!([]), json!(0))), 403);
    assert_eq!(status(claims(json!("others"), json!(1_060))), 403);
    assert_eq!(status(claims(json!("others"), json!(1_061))), 401);
    assert_eq!(status(claims(json!("others"), json!(-1))), 401);
    assert_eq!(status(claims(json!("others"), json!("0"))), 401);
    for malformed in [json!(1), json!({}), json!([1])] {
        assert_eq!(status(claims(malformed, json!(0))), 401);
    }
    assert_eq!(status(claims(config["audience"].clone(), json!(0))), 401);
}

#[test]
fn only_the_bearer_scheme_is_read() {
    let (authorization, client) = table("jwt-es256").pop_first().expect("a token");
    let token = &authorization["Bearer ".len()..];
    let job = job();
    assert_eq!(subject(&job, &format!("Bearer {token}")), Ok(client));
    for other in [
        token.to_string(),
        format!("bearer {token}"),
        format!("Basic {token}"),
        format!("Bearer  {token}"),
        format!("Bearer {token} "),
        format!("Bearer {token}="),
        format!("Bearer {token},Bearer {token}"),
        "Bearer ".into(),
        "Bearer ..".into(),
    ] {
        assert_eq!(subject(&job, &other), Err(401), "{other}");
    }
}

#[test]
fn a_refused_configuration_names_what_is_wrong() {
    let refusal = |change: fn(&mut Value)| {
        let mut config = config();
        change(&mut config);
        let refused = Job::from_json(config.to_string().as_bytes()).expect_err("refused");
        refused.to_string()
    };
    assert!(refusal(|job| job["keys"] = json!([])).contains("`keys` is empty"));
    assert!(refusal(|job| job["keys"][0]["n"] = json!("AQAB")).contains("\"rsa-1\""));
    assert!(refusal(|job| job["keys"][1]["x"] = json!("AQAB")).contains("\"ec-1\""));
    assert!(refusal(|job| job["keys"][0]["alg"] = json!("RS512")).contains("`RS512`"));
    assert!(refusal(|job| job["keys"][1]["alg"] = json!("RS256")).contains("`RS256`"));
    assert!(refusal(|job| job["keys"][1]["crv"] = json!("P-384")).contains("`P-384`"));
    assert!(refusal(|job| job["keys"][0]["d"] = json!("AQAB")).contains("`d`"));
    assert!(refusal(|job| job["keys"][0]["kty"] = json!("oct")).contains("`oct`"));
    assert!(refusal(|job| drop(job["issuer"].take())).contains("null"));
}

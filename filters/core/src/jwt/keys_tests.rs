//! Both ways of checking signatures, on the scenario's own keys and tokens.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::{decode, p256, rsa, KeySet};
use crate::jwt::signatures_pure;
use crate::jwt::token::Token;
use crate::jwt::KeyConfig;

#[derive(Deserialize)]
struct Scenario {
    job: JobOfScenario,
}

#[derive(Deserialize)]
struct JobOfScenario {
    keys: Vec<KeyConfig>,
}

fn read(file: &str) -> String {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    fs::read_to_string(scenarios.join(file)).expect(file)
}

fn keys() -> Vec<KeyConfig> {
    let scenario: Scenario = serde_yaml_ng::from_str(&read("jwt.yaml")).expect("a scenario");
    scenario.job.keys
}

/// Some tokens, without `Bearer`.
fn tokens(table: &str) -> Vec<String> {
    let table: BTreeMap<String, String> = serde_json::from_str(&read(table)).expect(table);
    let tokens = table.into_keys().take(10);
    tokens.map(|header| header[7..].to_string()).collect()
}

#[test]
fn both_ways_agree() {
    let [KeyConfig::Rsa { n, e, .. }, KeyConfig::Ec { x, y, .. }] = &keys()[..] else {
        panic!("an RSA key and one on a curve");
    };
    let [x, y, n_bytes, e_bytes] = [x, y, n, e].map(|number| decode(number).expect("a number"));
    let point = [&[4], &*x, &*y].concat();
    let pure_rsa = signatures_pure::PublicKey::rsa(&n_bytes, &e_bytes).expect("a key");
    let pure_p256 = signatures_pure::PublicKey::p256(&point).expect("a key");
    let native_rsa = rsa(n, e).expect("a key");
    let native_p256 = super::PublicKey::p256(&point).expect("a key");
    for (table, native, pure) in [
        ("tables/jwt-rs256.json", &native_rsa, &pure_rsa),
        ("tables/jwt-es256.json", &native_p256, &pure_p256),
    ] {
        for text in tokens(table) {
            let token = Token::decode(text.as_bytes()).expect("a token");
            let both = |signature: &[u8]| {
                let ours = native.verify(token.signed, signature);
                assert_eq!(pure.verify(token.signed, signature), ours);
                ours
            };
            assert!(both(&token.signature));
            for at in [0, 31, 32, token.signature.len() - 1] {
                let mut changed = token.signature.clone();
                changed[at] ^= 1;
                assert!(!both(&changed), "{table}, byte {at}");
            }
            let short = token.signature.len() - 1;
            assert!(!both(&token.signature[..short]) && !both(&[]) && !both(&[0; 64]));
            assert!(!both(&[&token.signature[..], &[0]].concat()));
            assert!(!native.verify(b"something else", &token.signature));
        }
    }
    assert!(!pure_rsa.verify(b"", &[255; 256]) && !native_rsa.verify(b"", &[255; 256]));
}

#[test]
fn what_is_no_key_is_refused() {
    let short = "AQAB";
    assert!(rsa(short, short).is_none() && rsa("*", "AQAB").is_none());
    assert!(p256(short, short).is_none());
    assert!(p256(&"A".repeat(43), short).is_none());
    // A point beside the curve.
    let beside = [&[4][..], &[0; 64]].concat();
    assert!(signatures_pure::PublicKey::p256(&beside).is_none());
    let native = super::PublicKey::p256(&beside);
    assert!(native.is_none_or(|key| !key.verify(b"anything", &[1; 64])));
    assert!(KeySet::new(&[]).is_err() && KeySet::new(&keys()).is_ok());
}

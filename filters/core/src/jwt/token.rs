//! A token in its parts (RFC 7515, compact serialisation), and what it says; none of it is to be trusted yet.

use std::borrow::Cow;

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;
use serde::Deserialize;

/// By how much clocks may differ; Envoy's own filter has the same default.
const CLOCK_SKEW_S: f64 = 60.0;

/// A token with its parts decoded.
pub(super) struct Token<'a> {
    header: Vec<u8>,
    claims: Vec<u8>,
    pub(super) signature: Vec<u8>,
    /// What the signature is of.
    pub(super) signed: &'a [u8],
}

/// How a token says that it is signed.
#[derive(Deserialize)]
pub(super) struct TokenHeader<'a> {
    #[serde(borrow)]
    pub(super) alg: Cow<'a, str>,
    /// Empty where it names no key.
    #[serde(borrow, default)]
    pub(super) kid: Cow<'a, str>,
}

/// The claims that are looked at; a text that is missing is empty.
#[derive(Deserialize)]
pub(super) struct Claims<'a> {
    #[serde(borrow, default)]
    pub(super) iss: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) sub: Cow<'a, str>,
    #[serde(borrow, default)]
    aud: Audience<'a>,
    /// In seconds since 1970. A token that never ends is none.
    exp: f64,
    #[serde(default)]
    nbf: f64,
}

/// Whom a token is for.
#[derive(Deserialize)]
#[serde(untagged)]
enum Audience<'a> {
    One(#[serde(borrow)] Cow<'a, str>),
    Several(#[serde(borrow)] Vec<Cow<'a, str>>),
}

impl Default for Audience<'_> {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

impl<'a> Token<'a> {
    /// None where `text` is no token.
    pub(super) fn decode(text: &'a [u8]) -> Option<Self> {
        let mut parts = text.split(|byte| *byte == b'.');
        let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        Some(Self {
            header: decode(header)?,
            claims: decode(claims)?,
            signature: decode(signature)?,
            signed: &text[..header.len() + 1 + claims.len()],
        })
    }

    /// None where it has no header of the right shape.
    pub(super) fn header(&self) -> Option<TokenHeader<'_>> {
        parse(&self.header)
    }

    /// None where it has no claims of the right shape.
    pub(super) fn claims(&self) -> Option<Claims<'_>> {
        parse(&self.claims)
    }
}

impl Claims<'_> {
    /// Whether `audience` is among those that the token is for.
    pub(super) fn is_for(&self, audience: &str) -> bool {
        match &self.aud {
            Audience::One(one) => one == audience,
            Audience::Several(all) => all.iter().any(|one| one == audience),
        }
    }

    /// Whether the token is valid at `now`, in seconds since 1970.
    pub(super) fn is_timely(&self, now: u64) -> bool {
        let now = now as f64;
        let has_begun = self.nbf >= 0.0 && now + CLOCK_SKEW_S >= self.nbf;
        has_begun && now <= self.exp + CLOCK_SKEW_S
    }
}

fn decode(part: &[u8]) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(part).ok()
}

fn parse<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Option<T> {
    // Serde would take a list for an object.
    let is_object = json.trim_ascii_start().starts_with(b"{");
    is_object.then(|| serde_json::from_slice(json).ok())?
}

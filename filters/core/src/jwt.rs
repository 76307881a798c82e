//! The `jwt` job: who may pass, and as whom, is said by a signed token (RFC 7519).

mod key_config;
mod keys;
#[cfg(not(target_arch = "wasm32"))]
mod signatures_native;
// Natively only tests use it, to hold the two against each other.
#[cfg(any(target_arch = "wasm32", test))]
mod signatures_pure;
mod token;

use crate::access::CLIENT_ID_HEADER;
use crate::action::{Denial, Header, RequestAction};
use crate::clock::Clock;
use crate::config::{is_header_value, ConfigError};
pub(crate) use key_config::KeyConfig;
use keys::KeySet;
use token::{Claims, Token};

/// The request header that carries the token, behind `Bearer` and a space.
pub const AUTHORIZATION_HEADER: &str = "authorization";

const SCHEME: &[u8] = b"Bearer ";

/// The reply to a request without a valid token: what Envoy's own `jwt_authn` answers if it is told to give no reasons.
pub static INVALID_TOKEN: Denial = Denial {
    status: 401,
    content_type: "text/plain",
    body: "",
};

/// The same where the token is meant for somebody else.
pub static WRONG_AUDIENCE: Denial = Denial {
    status: 403,
    content_type: "text/plain",
    body: "",
};

/// Both of them.
pub(crate) static DENIALS: [&Denial; 2] = [&INVALID_TOKEN, &WRONG_AUDIENCE];

/// What tokens must say, and who may sign them.
#[derive(Debug)]
pub(crate) struct Jwt {
    issuer: Box<str>,
    audience: Box<str>,
    keys: KeySet,
    pub(crate) clock: Clock,
}

impl Jwt {
    pub(crate) fn new(
        issuer: Box<str>,
        audience: Box<str>,
        keys: &[KeyConfig],
        clock: Clock,
    ) -> Result<Self, ConfigError> {
        Ok(Self {
            issuer,
            audience,
            keys: KeySet::new(keys)?,
            clock,
        })
    }

    /// Introduces the subject of a valid token; `authorization` is the header's value.
    pub(crate) fn decide(&self, authorization: Option<&[u8]>) -> RequestAction<'static> {
        let text = authorization.and_then(|value| value.strip_prefix(SCHEME));
        match text.ok_or(&INVALID_TOKEN).and_then(|text| self.judge(text)) {
            Ok(subject) => RequestAction::SetOne(Header {
                name: CLIENT_ID_HEADER.into(),
                value: subject,
            }),
            Err(denial) => RequestAction::Deny(denial),
        }
    }

    /// The subject of a valid token. The signature comes last, as in Envoy's own filter: it costs most.
    fn judge(&self, text: &[u8]) -> Result<Box<str>, &'static Denial> {
        let token = Token::decode(text).ok_or(&INVALID_TOKEN)?;
        let header = token.header().ok_or(&INVALID_TOKEN)?;
        let claims = token.claims().ok_or(&INVALID_TOKEN)?;
        if claims.iss != *self.issuer || !claims.is_timely((self.clock)()) {
            return Err(&INVALID_TOKEN);
        }
        if !claims.is_for(&self.audience) {
            return Err(&WRONG_AUDIENCE);
        }
        let Claims { sub, .. } = claims;
        if is_header_value(&sub) && self.keys.verify(&header, token.signed, &token.signature) {
            Ok(sub.into())
        } else {
            Err(&INVALID_TOKEN)
        }
    }
}

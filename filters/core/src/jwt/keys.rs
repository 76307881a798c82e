//! The keys that may sign, as a JSON Web Key Set lists them (RFC 7517); parsed once.

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;

use super::key_config::KeyConfig;
#[cfg(not(target_arch = "wasm32"))]
use super::signatures_native::PublicKey;
#[cfg(target_arch = "wasm32")]
use super::signatures_pure::PublicKey;
use super::token::TokenHeader;
use crate::config::ConfigError;

/// Bytes of an RSA modulus: 2,048 to 4,096 bits.
const MODULUS_BYTES: std::ops::RangeInclusive<usize> = 256..=512;

/// Public keys, each for one algorithm.
#[derive(Debug)]
pub(super) struct KeySet(Box<[Key]>);

#[derive(Debug)]
struct Key {
    kid: Box<str>,
    alg: &'static str,
    public: PublicKey,
}

impl KeySet {
    pub(super) fn new(keys: &[KeyConfig]) -> Result<Self, ConfigError> {
        let keys: Box<[Key]> = keys.iter().map(Key::new).collect::<Result<_, _>>()?;
        match keys.is_empty() {
            true => Err(ConfigError::NoKeys),
            false => Ok(Self(keys)),
        }
    }

    /// Whether one of the keys that `header` may mean signed it so. The key says what its algorithm is, never the token.
    pub(super) fn verify(&self, header: &TokenHeader<'_>, signed: &[u8], signature: &[u8]) -> bool {
        let mut meant = self.0.iter().filter(|key| key.is_meant_by(header));
        meant.any(|key| key.public.verify(signed, signature))
    }
}

impl Key {
    fn new(config: &KeyConfig) -> Result<Self, ConfigError> {
        let (kid, alg, public) = match config {
            KeyConfig::Rsa { kid, n, e, .. } => (kid, "RS256", rsa(n, e)),
            KeyConfig::Ec { kid, x, y, .. } => (kid, "ES256", p256(x, y)),
        };
        let public = public.ok_or_else(|| ConfigError::Key { kid: kid.clone() })?;
        Ok(Self {
            kid: kid.clone(),
            alg,
            public,
        })
    }

    fn is_meant_by(&self, header: &TokenHeader<'_>) -> bool {
        header.alg == self.alg && (header.kid.is_empty() || header.kid == *self.kid)
    }
}

fn rsa(n: &str, e: &str) -> Option<PublicKey> {
    let (n, e) = (decode(n)?, decode(e)?);
    MODULUS_BYTES
        .contains(&n.len())
        .then(|| PublicKey::rsa(&n, &e))?
}

fn p256(x: &str, y: &str) -> Option<PublicKey> {
    // In SEC 1 a point begins with 4 where both of its coordinates are there.
    PublicKey::p256(&[&[4], &*decode(x)?, &*decode(y)?].concat())
}

fn decode(number: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(number).ok()
}

#[cfg(test)]
#[path = "keys_tests.rs"]
mod tests;

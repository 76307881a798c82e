//! A public key as a scenario's file spells it.

use serde::Deserialize;

/// A public key as a JSON Web Key (RFC 7517); each is for one algorithm only.
#[derive(Deserialize)]
#[serde(tag = "kty", deny_unknown_fields)]
pub(crate) enum KeyConfig {
    #[serde(rename = "RSA")]
    Rsa {
        kid: Box<str>,
        #[serde(rename = "alg")]
        _alg: RsaAlgorithm,
        n: Box<str>,
        e: Box<str>,
    },
    #[serde(rename = "EC")]
    Ec {
        kid: Box<str>,
        #[serde(rename = "alg")]
        _alg: EcAlgorithm,
        #[serde(rename = "crv")]
        _crv: Curve,
        x: Box<str>,
        y: Box<str>,
    },
}

/// The one algorithm of RSA keys.
#[derive(Deserialize)]
pub(crate) enum RsaAlgorithm {
    #[serde(rename = "RS256")]
    Rs256,
}

/// The one algorithm of keys on curves.
#[derive(Deserialize)]
pub(crate) enum EcAlgorithm {
    #[serde(rename = "ES256")]
    Es256,
}

/// The one curve.
#[derive(Deserialize)]
pub(crate) enum Curve {
    #[serde(rename = "P-256")]
    P256,
}

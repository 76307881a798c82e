//! Signatures by ring, whose assembler is many times faster than portable code.

use ring::signature::{
    RsaPublicKeyComponents, UnparsedPublicKey, ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256,
};

/// A byte of SEC 1, and two coordinates of 256 bits.
const POINT_BYTES: usize = 65;

/// A key for RS256 or ES256. It is parsed again by each verification, as ring keeps no parsed ones.
#[derive(Debug)]
pub(super) enum PublicKey {
    Rsa(RsaPublicKeyComponents<Box<[u8]>>),
    P256(UnparsedPublicKey<Box<[u8]>>),
}

impl PublicKey {
    /// Of modulus and exponent, in big-endian bytes. Only its shape is looked at: a false one verifies nothing.
    pub(super) fn rsa(n: &[u8], e: &[u8]) -> Option<Self> {
        let [n, e] = [n, e].map(Box::from);
        Some(Self::Rsa(RsaPublicKeyComponents { n, e }))
    }

    /// Of an uncompressed point of SEC 1. A point beside the curve verifies nothing.
    pub(super) fn p256(point: &[u8]) -> Option<Self> {
        if point.len() != POINT_BYTES {
            return None;
        }
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point.into());
        Some(Self::P256(key))
    }

    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let verified = match self {
            Self::Rsa(key) => key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature),
            Self::P256(key) => key.verify(message, signature),
        };
        verified.is_ok()
    }
}

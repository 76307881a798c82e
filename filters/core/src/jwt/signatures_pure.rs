//! Signatures in Rust alone, for Wasm.

use p256::ecdsa;
use rsa::pkcs1v15;
use rsa::sha2::Sha256;
use rsa::signature::Verifier;
use rsa::BoxedUint;

/// A key for RS256 or ES256. Boxed, as the kinds differ much in size.
#[derive(Debug)]
pub(super) enum PublicKey {
    Rsa(Box<pkcs1v15::VerifyingKey<Sha256>>),
    P256(Box<ecdsa::VerifyingKey>),
}

impl PublicKey {
    /// Of modulus and exponent, in big-endian bytes.
    pub(super) fn rsa(n: &[u8], e: &[u8]) -> Option<Self> {
        let [n, e] = [n, e].map(BoxedUint::from_be_slice_vartime);
        let key = rsa::PublicKey::new(n, e).ok()?;
        Some(Self::Rsa(Box::new(pkcs1v15::VerifyingKey::new(key))))
    }

    /// Of an uncompressed point of SEC 1.
    pub(super) fn p256(point: &[u8]) -> Option<Self> {
        let key = ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
        Some(Self::P256(Box::new(key)))
    }

    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Rsa(key) => pkcs1v15::Signature::try_from(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Self::P256(key) => ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
        }
    }
}

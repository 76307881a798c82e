//! The `access` and `lookup` jobs: who may pass, and as what, is decided by one header.

use std::collections::HashMap;

use crate::action::{Denial, Header, RequestAction};

/// The request header that carries the client's key in the `access` job.
pub const API_KEY_HEADER: &str = "x-api-key";

/// The request header that names the client to the upstream in the `access` job.
pub const CLIENT_ID_HEADER: &str = "x-client-id";

/// The reply to a missing or unknown key: what Envoy's own `api_key_auth` answers.
pub static UNAUTHENTICATED: Denial = Denial {
    status: 401,
    content_type: "text/plain",
    body: "Client authentication failed.",
};

/// All of them.
pub(crate) static DENIALS: [&Denial; 1] = [&UNAUTHENTICATED];

/// Known keys, each with the header its client is introduced by.
#[derive(Debug)]
pub(crate) struct AccessTable {
    /// The header that carries the key.
    key_header: Box<str>,
    // The standard hash withstands chosen collisions; one lookup of it is little against a call into a filter.
    clients: HashMap<Box<[u8]>, Header>,
}

impl AccessTable {
    /// Keys that come in `key_header`; what belongs to each goes on in `forwarded`.
    pub(crate) fn new(
        key_header: &str,
        forwarded: &str,
        values_by_key: HashMap<Box<str>, Box<str>>,
    ) -> Self {
        let clients = values_by_key
            .into_iter()
            .map(|(key, value)| {
                let header = Header {
                    name: forwarded.into(),
                    value,
                };
                (key.into_boxed_bytes(), header)
            })
            .collect();
        Self {
            key_header: key_header.into(),
            clients,
        }
    }

    #[inline]
    pub(crate) fn key_header(&self) -> &str {
        &self.key_header
    }

    pub(crate) fn decide(&self, key: Option<&[u8]>) -> RequestAction<'_> {
        match key.and_then(|key| self.clients.get(key)) {
            Some(client) => RequestAction::Set(std::slice::from_ref(client)),
            None => RequestAction::Deny(&UNAUTHENTICATED),
        }
    }
}

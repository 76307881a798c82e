//! The `access` job: who may pass is decided by an API key.

use std::collections::HashMap;

use crate::action::{Denial, Header, RequestAction};

/// The request header that carries the client's key.
pub const API_KEY_HEADER: &str = "x-api-key";

/// The request header that names the client to the upstream.
pub const CLIENT_ID_HEADER: &str = "x-client-id";

/// The reply to a missing or unknown key: what Envoy's own `api_key_auth` answers.
pub static UNAUTHENTICATED: Denial = Denial {
    status: 401,
    content_type: "text/plain",
    body: "Client authentication failed.",
};

/// Known keys, each with the header its client is introduced by.
#[derive(Debug)]
pub(crate) struct AccessTable {
    // The standard hash withstands chosen collisions; one lookup of it is little against a call into a filter.
    clients: HashMap<Box<[u8]>, Header>,
}

impl AccessTable {
    pub(crate) fn new(names_by_key: HashMap<Box<str>, Box<str>>) -> Self {
        let clients = names_by_key
            .into_iter()
            .map(|(key, name)| {
                let header = Header {
                    name: CLIENT_ID_HEADER.into(),
                    value: name,
                };
                (key.into_boxed_bytes(), header)
            })
            .collect();
        Self { clients }
    }

    pub(crate) fn decide(&self, key: Option<&[u8]>) -> RequestAction<'_> {
        match key.and_then(|key| self.clients.get(key)) {
            Some(client) => RequestAction::Set(std::slice::from_ref(client)),
            None => RequestAction::Deny(&UNAUTHENTICATED),
        }
    }
}

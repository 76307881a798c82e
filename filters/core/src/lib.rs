//! The jobs Filterbench measures, each written once.
//!
//! A shell (Wasm, dynamic module, external server) parses its configuration into a [`Job`] at start-up and asks it
//! per request what to do. Whatever a job can answer about headers is built while parsing, so that such a request
//! allocates nothing; a body is read where it lies, and only what comes out of it is allocated.
//!
//! ```
//! use filterbench_core::{Job, RequestAction};
//!
//! let job = Job::from_json(br#"{"job":"access","keys":{"secret":"alice"}}"#)?;
//! assert_eq!(job.lookup_header(), Some("x-api-key"));
//! match job.on_request_headers(Some(b"secret")) {
//!     RequestAction::Set(headers) => assert_eq!(&*headers[0].value, "alice"),
//!     other => panic!("{other:?}"),
//! }
//! # Ok::<(), filterbench_core::ConfigError>(())
//! ```

#![forbid(unsafe_code)]

mod access;
mod action;
mod body;
mod calibration;
mod cards;
mod clock;
mod config;
mod inspect;
mod job;
mod json;
mod json_rewrite;
mod jwt;
mod model_routing;
mod redact;
mod redactor;
mod words;

pub use access::{API_KEY_HEADER, CLIENT_ID_HEADER, UNAUTHENTICATED};
pub use action::{Denial, Header, RequestAction};
pub use body::{BodyAction, BodyNeed};
pub use calibration::{run_loops, Calibration, Means, BURNED_HEADER};
pub use clock::{seconds_of, Clock};
pub use config::ConfigError;
pub use inspect::{CARD_FOUND, WORD_FOUND};
pub use job::Job;
pub use jwt::{AUTHORIZATION_HEADER, INVALID_TOKEN, WRONG_AUDIENCE};
pub use model_routing::{MODEL_HEADER, NO_MODEL};
pub use redactor::Redactor;

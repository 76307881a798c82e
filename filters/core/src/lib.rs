//! The jobs Filterbench measures, each written once.
//!
//! A shell (Wasm, dynamic module, external server) parses its configuration into a [`Job`] at start-up and asks it
//! per request what to do. Everything a job can answer is built while parsing, so no request allocates.
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
mod calibration;
mod config;
mod job;

pub use access::{API_KEY_HEADER, CLIENT_ID_HEADER, UNAUTHENTICATED};
pub use action::{Denial, Header, RequestAction};
pub use calibration::{run_loops, Calibration, Means, BURNED_HEADER};
pub use config::ConfigError;
pub use job::Job;

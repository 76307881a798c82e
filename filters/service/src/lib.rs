//! What Filterbench's servers share: where they listen, how connections are served, how they are asked whether they
//! are ready and what they counted, and how they end.

mod address;
mod admin;
mod connections;
mod failure;
mod flags;
mod listener;
mod parent;
mod pause;
mod priority;
mod run;

pub use address::{Address, AddressError};
pub use admin::Admin;
pub use connections::http1_connection;
pub use failure::{report, Failure};
pub use flags::ServiceFlags;
pub use listener::{Listener, Stream};
pub use pause::pause;
pub use priority::run_first;
pub use run::{run, run_threads};

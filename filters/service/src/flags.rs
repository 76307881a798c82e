//! The flags every server takes.

use std::num::NonZeroUsize;

use crate::address::Address;

/// Where a server listens and how it lives.
#[derive(Clone, Debug, clap::Args)]
pub struct ServiceFlags {
    /// Where clients connect: IP:PORT (port 0: any free one) or unix:/path
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Address,

    /// Where GET /ready and GET /count are answered: IP:PORT or unix:/path
    #[arg(long, value_name = "ADDRESS")]
    pub admin: Address,

    /// Threads that serve connections
    #[arg(long, value_name = "N", default_value = "1")]
    pub threads: NonZeroUsize,

    /// End when the process that started this one ends
    #[arg(long)]
    pub die_with_parent: bool,
}

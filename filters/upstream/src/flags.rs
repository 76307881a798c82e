//! The command line.

use filterbench_service::ServiceFlags;

/// An HTTP/1.1 upstream that echoes requests, or reads them and answers `ok`.
#[derive(Debug, clap::Parser)]
#[command(name = "upstream")]
pub struct Flags {
    #[command(flatten)]
    pub service: ServiceFlags,

    /// What to answer
    #[arg(long, value_enum, default_value_t = Mode::Echo)]
    pub mode: Mode,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum Mode {
    /// The request as it arrived, in JSON
    Echo,
    /// `ok`, once the whole body is read
    Sink,
}

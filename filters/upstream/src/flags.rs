//! The command line.

use std::num::NonZeroU64;
use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use filterbench_service::{Failure, ServiceFlags};

use crate::stall::StallPlan;

/// An HTTP/1.1 upstream that echoes requests, or reads them and answers a fixed text.
#[derive(Debug, clap::Parser)]
#[command(name = "upstream")]
pub struct Flags {
    #[command(flatten)]
    pub service: ServiceFlags,

    /// What to answer
    #[arg(long, value_enum, default_value_t = Mode::Echo)]
    pub mode: Mode,

    /// What a sink answers in place of `ok`
    #[arg(long, value_name = "FILE")]
    pub answer: Option<PathBuf>,

    /// Hold every answer up for this many microseconds
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub delay_us: u64,

    /// Stall the whole server for this many milliseconds, time and again
    #[arg(long, value_name = "S", requires = "stall_every_ms")]
    pub stall_ms: Option<NonZeroU64>,

    /// From the start of one stall to that of the next; the first is this long after the server's start
    #[arg(long, value_name = "T", requires = "stall_ms")]
    pub stall_every_ms: Option<NonZeroU64>,
}

impl Flags {
    /// What a sink answers.
    ///
    /// # Errors
    /// The file cannot be read, or the upstream is no sink.
    pub fn answer(&self) -> Result<Bytes, Failure> {
        match (&self.answer, self.mode) {
            (None, _) => Ok(Bytes::from_static(b"ok")),
            (Some(_), Mode::Echo) => Err(Failure::Input(
                "--answer goes with --mode sink; an echo is told by POST /answer".into(),
            )),
            (Some(file), Mode::Sink) => std::fs::read(file)
                .map(Bytes::from)
                .map_err(|error| Failure::Input(format!("--answer {}: {error}", file.display()))),
        }
    }

    /// How long every answer is held up; None if it is not.
    pub fn delay(&self) -> Option<Duration> {
        (self.delay_us > 0).then(|| Duration::from_micros(self.delay_us))
    }

    /// When to stall, if ever.
    ///
    /// # Errors
    /// The stalls would leave no time between them.
    pub fn stalls(&self) -> Result<Option<StallPlan>, Failure> {
        match (self.stall_ms, self.stall_every_ms) {
            (Some(length), Some(every)) if length < every => Ok(Some(StallPlan {
                length: Duration::from_millis(length.get()),
                every: Duration::from_millis(every.get()),
            })),
            (Some(_), Some(_)) => Err(Failure::Input(
                "--stall-ms must be less than --stall-every-ms".into(),
            )),
            _ => Ok(None),
        }
    }
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum Mode {
    /// The request as it arrived, in JSON
    Echo,
    /// A fixed text, once the whole body is read
    Sink,
}

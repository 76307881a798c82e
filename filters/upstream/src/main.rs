//! The upstream behind every measured Envoy: it echoes each request, or reads it and answers `ok`.

mod counts;
mod echo;
mod flags;
mod sink;
mod stall;
mod upstream;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use filterbench_service::{http1_connection, report, run, Failure};
use hyper::service::service_fn;

use crate::flags::{Flags, Mode};
use crate::upstream::Upstream;

fn main() -> ExitCode {
    report("upstream", serve(&Flags::parse()))
}

fn serve(flags: &Flags) -> Result<(), Failure> {
    let upstream = Upstream::start(flags.delay(), flags.stalls()?);
    let upstream = Arc::new(upstream.map_err(|e| Failure::system("a thread for stalls", e))?);
    let counts = upstream.counts.clone();
    let shown = move || counts.snapshot();
    match flags.mode {
        Mode::Echo => run(&flags.service, shown, move |stream| {
            let upstream = upstream.clone();
            http1_connection(
                stream,
                service_fn(move |r| echo::answer(r, upstream.clone())),
            )
        }),
        Mode::Sink => run(&flags.service, shown, move |stream| {
            let upstream = upstream.clone();
            http1_connection(
                stream,
                service_fn(move |r| sink::answer(r, upstream.clone())),
            )
        }),
    }
}

//! The upstream behind every measured Envoy: it echoes each request, or reads it and answers `ok`.

mod counts;
mod echo;
mod flags;
mod sink;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use filterbench_service::{http1_connection, report, run};
use hyper::service::service_fn;

use crate::counts::Counts;
use crate::flags::{Flags, Mode};

fn main() -> ExitCode {
    let flags = Flags::parse();
    let counts = Arc::new(Counts::default());
    let shown = counts.clone();
    let shown = move || shown.snapshot();
    let outcome = match flags.mode {
        Mode::Echo => run(&flags.service, shown, move |stream| {
            let counts = counts.clone();
            http1_connection(stream, service_fn(move |r| echo::answer(r, counts.clone())))
        }),
        Mode::Sink => run(&flags.service, shown, move |stream| {
            let counts = counts.clone();
            http1_connection(stream, service_fn(move |r| sink::answer(r, counts.clone())))
        }),
    };
    report("upstream", outcome)
}

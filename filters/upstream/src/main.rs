//! The upstream behind every measured Envoy: it echoes each request, or reads it and answers a fixed text.

mod counts;
mod echo;
mod exchange;
mod flags;
mod sink;
mod stall;
mod upstream;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use filterbench_service::{http1_connection, report, run, Failure};
use hyper::service::service_fn;

use crate::exchange::{EchoAdmin, Exchange};
use crate::flags::{Flags, Mode};
use crate::upstream::Upstream;

fn main() -> ExitCode {
    report("upstream", serve(&Flags::parse()))
}

fn serve(flags: &Flags) -> Result<(), Failure> {
    let text = flags.answer()?;
    let upstream = Upstream::start(flags.delay(), flags.stalls()?);
    let upstream = Arc::new(upstream.map_err(|e| Failure::system("a thread for stalls", e))?);
    let counts = upstream.counts.clone();
    match flags.mode {
        Mode::Echo => {
            let exchange = Arc::new(Exchange::default());
            let admin = EchoAdmin {
                counts,
                exchange: exchange.clone(),
            };
            run(&flags.service, admin, move |stream| {
                let (upstream, exchange) = (upstream.clone(), exchange.clone());
                http1_connection(
                    stream,
                    service_fn(move |r| echo::answer(r, upstream.clone(), exchange.clone())),
                )
            })
        }
        Mode::Sink => {
            let shown = move || counts.snapshot();
            run(&flags.service, shown, move |stream| {
                let (upstream, text) = (upstream.clone(), text.clone());
                http1_connection(
                    stream,
                    service_fn(move |r| sink::answer(r, upstream.clone(), text.clone())),
                )
            })
        }
    }
}

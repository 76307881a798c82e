//! The jobs of `filterbench-core` behind Envoy's `ext_proc` and `ext_authz`.

mod answers;
mod authz_grpc;
mod authz_http;
mod bad_request;
mod chain;
mod counts;
mod encoded;
mod ext_proc;
mod ext_proc_http;
mod flags;
mod grpc;
mod helper;
mod jobs;
mod set_header;
mod work;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use filterbench_service::{http1_connection, report, run, run_first, run_threads, Failure};

use crate::counts::Counts;
use crate::flags::{Flags, Protocol};

fn main() -> ExitCode {
    report("ext-server", serve(&Flags::parse()))
}

fn serve(flags: &Flags) -> Result<(), Failure> {
    let counts = Arc::new(Counts::default());
    let shown = counts.clone();
    let shown = move || shown.snapshot();
    match flags.protocol {
        Protocol::Processing => {
            let processors = for_good(ext_proc::Processors::new(jobs::read(&flags.job)?, counts));
            run(&flags.service, shown, move |stream| {
                grpc::connection(stream, move |call| ext_proc::answer(processors, call))
            })
        }
        Protocol::ProcessingHttp => {
            let jobs = jobs::read_for_headers(&flags.job)?;
            let processors = for_good(ext_proc_http::Processors::new(jobs, counts));
            run(&flags.service, shown, move |stream| {
                http1_connection(stream, ext_proc_http::service(processors))
            })
        }
        Protocol::AuthzGrpc => {
            let jobs = jobs::read_for_authz(&flags.job)?;
            let checkers = for_good(authz_grpc::Checkers::new(jobs, counts));
            run(&flags.service, shown, move |stream| {
                grpc::connection(stream, move |call| authz_grpc::answer(checkers, call))
            })
        }
        Protocol::AuthzHttp => {
            let jobs = jobs::read_for_authz(&flags.job)?;
            let checkers = for_good(authz_http::Checkers::new(jobs, counts));
            run(&flags.service, shown, move |stream| {
                http1_connection(stream, authz_http::service(checkers))
            })
        }
        // Whoever asks says how much, so the job is not its own.
        Protocol::Helper => {
            // Else it depends on what both did before whether the asking thread is cut short or waits, and one costs more.
            let first = run_first();
            if let Err(error) = &first {
                eprintln!("ext-server: the helper cannot run first: {error}");
            }
            let runs_first = first.is_ok();
            run_threads(&flags.service, shown, move |stream| {
                helper::converse(stream, &counts, runs_first);
            })
        }
    }
}

/// What answers lives as long as the process, so that nobody need count who refers to it.
fn for_good<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

//! The jobs of `filterbench-core` behind Envoy's `ext_proc` and `ext_authz`.

mod answers;
mod authz_grpc;
mod authz_http;
mod counts;
mod encoded;
mod ext_proc;
mod flags;
mod grpc;
mod helper;
mod set_header;
mod work;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use filterbench_core::{Job, Means};
use filterbench_service::{http1_connection, report, run, run_first, Failure};

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
            let processor = Arc::new(ext_proc::Processor::new(read_job(&flags.job)?, counts));
            run(&flags.service, shown, move |stream| {
                let processor = processor.clone();
                grpc::connection(stream, move |r| ext_proc::answer(processor.clone(), r))
            })
        }
        Protocol::AuthzGrpc => {
            let checker = Arc::new(authz_grpc::Checker::new(read_job(&flags.job)?, counts));
            run(&flags.service, shown, move |stream| {
                let checker = checker.clone();
                grpc::connection(stream, move |r| authz_grpc::answer(checker.clone(), r))
            })
        }
        Protocol::AuthzHttp => {
            let checker = Arc::new(authz_http::Checker::new(read_job(&flags.job)?, counts));
            run(&flags.service, shown, move |stream| {
                http1_connection(stream, authz_http::service(checker.clone()))
            })
        }
        // Whoever asks says how much, so the job is not its own.
        Protocol::Helper => {
            // Else it depends on what both did before whether the asking thread is cut short or waits, and one costs more.
            if let Err(error) = run_first() {
                eprintln!("ext-server: the helper cannot run first: {error}");
            }
            run(&flags.service, shown, move |stream| {
                http1_connection(stream, helper::service(counts.clone()))
            })
        }
    }
}

fn read_job(path: &Path) -> Result<Job, Failure> {
    let refused =
        |why: &dyn std::fmt::Display| Failure::Input(format!("--job {}: {why}", path.display()));
    let json = std::fs::read(path).map_err(|error| refused(&error))?;
    let job = Job::from_json(&json).and_then(|job| job.require(Means::Sleep));
    job.map_err(|error| refused(&error))
}

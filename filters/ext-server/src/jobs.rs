//! The jobs that a server is started with.

use std::path::Path;

use filterbench_core::{BodyAction, BodyNeed, Job, Means};
use filterbench_service::Failure;

use crate::chain::Links;

/// The jobs of the file at `path`.
///
/// # Errors
/// The file cannot be read, or what it asks for cannot be done.
pub fn read(path: &Path) -> Result<Links<Job>, Failure> {
    let json = std::fs::read(path).map_err(|error| refused(path, &error))?;
    let jobs =
        Links::from_json(&json).and_then(|jobs| jobs.try_map(|job| job.require(Means::Sleep)));
    jobs.map_err(|error| refused(path, &error))
}

/// The jobs of the file at `path`, as far as ext_authz can do them.
///
/// # Errors
/// As [`read`], or a body would have to be changed.
pub fn read_for_authz(path: &Path) -> Result<Links<Job>, Failure> {
    read(path)?.try_map(|job| {
        if changes_bodies(&job) {
            let why = "this job changes bodies, which ext_authz cannot; use --protocol ext-proc";
            return Err(refused(path, &why));
        }
        Ok(job)
    })
}

/// The jobs of the file at `path`, as far as headers are enough for them.
///
/// # Errors
/// As [`read`], or a body would have to be seen.
pub fn read_for_headers(path: &Path) -> Result<Links<Job>, Failure> {
    read(path)?.try_map(|job| {
        if [job.request_body(), job.response_body()].contains(&BodyNeed::Whole) {
            let why = "this job looks at bodies, which ext_proc sends over gRPC only; use --protocol ext-proc";
            return Err(refused(path, &why));
        }
        Ok(job)
    })
}

fn changes_bodies(job: &Job) -> bool {
    // Whatever a job replaces in JSON, it does so in an empty object too.
    !matches!(job.response_body(), BodyNeed::Nothing)
        || job.redactor().is_some()
        || matches!(job.on_request_body(&[b"{}"]), BodyAction::Replace(_))
}

fn refused(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::Input(format!("--job {}: {why}", path.display()))
}

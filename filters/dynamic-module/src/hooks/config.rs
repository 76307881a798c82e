//! The life of a filter configuration; its start is in the generation's file.

use std::panic::catch_unwind;
use std::ptr;

use filterbench_core::{Calibration, Job, Means};

use super::JobPtr;
use crate::abi::{Callbacks, Envoy};
use crate::helper;

/// Parses a job and gives it to Envoy; null, after a line in the log, makes Envoy refuse the configuration.
pub(super) fn create(json: &[u8]) -> JobPtr {
    match catch_unwind(|| make(json)) {
        Ok(Ok(job)) => Box::into_raw(Box::new(job)),
        Ok(Err(error)) => refuse(&error),
        Err(_) => refuse("reading the filter_config panicked"),
    }
}

fn make(json: &[u8]) -> Result<Job, String> {
    let job = Job::from_json(json).and_then(|job| job.require(Means::Helper));
    let job = job.map_err(|error| error.to_string())?;
    if let Some(Calibration::SharedCpu { .. }) = job.calibration() {
        helper::check()?;
    }
    Ok(job)
}

/// Refuses a configuration of a route: a job holds for its whole listener.
pub(super) fn refuse_per_route() -> JobPtr {
    refuse("there is no per-route configuration")
}

fn refuse(reason: &str) -> JobPtr {
    Envoy::log_error(&format!("filterbench: {reason}"));
    ptr::null()
}

#[unsafe(no_mangle)]
unsafe extern "C" fn envoy_dynamic_module_on_http_filter_config_destroy(job: JobPtr) {
    // SAFETY: Envoy gives back what `create` made, once, after the last stream of this configuration.
    drop(unsafe { Box::from_raw(job.cast_mut()) });
}

#[unsafe(no_mangle)]
extern "C" fn envoy_dynamic_module_on_http_filter_per_route_config_destroy(_: JobPtr) {}

#[cfg(test)]
#[path = "config_tests.rs"]
mod tests;

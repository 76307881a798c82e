//! The functions Envoy looks up in this library and calls.
//!
//! Envoy refuses a module that lacks one, also those for features the module does not use.

mod config;
mod stream;

#[cfg(not(feature = "abi-1-36"))]
mod modern;
#[cfg(feature = "abi-1-36")]
mod v1_36;

use std::ffi::{c_char, c_void};

use filterbench_core::Job;

use crate::abi;

/// Envoy's handle of a filter configuration.
type ConfigEnvoyPtr = *mut c_void;

/// What this module hands to Envoy as its filter configuration, and again as its filter: a job changes with no
/// request, so a stream needs no object of its own and none is allocated.
type JobPtr = *const Job;

/// Defines hooks that must exist but have nothing to do.
macro_rules! idle_hooks {
    ($($name:ident($($argument:ty),*);)*) => {$(
        #[unsafe(no_mangle)]
        extern "C" fn $name($(_: $argument),*) {}
    )*};
}
use idle_hooks;

#[unsafe(no_mangle)]
extern "C" fn envoy_dynamic_module_on_program_init() -> *const c_char {
    abi::VERSION.as_ptr()
}

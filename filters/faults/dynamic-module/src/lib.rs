//! A dynamic module that goes wrong when a request says so. The binding to Envoy and the guard against panics are the very
//! ones of `filters/dynamic-module`; only what is done per request is another.

#![deny(unsafe_op_in_unsafe_fn)]

#[allow(dead_code, unused_imports)]
#[path = "../../../dynamic-module/src/abi/mod.rs"]
mod abi;
mod faults;
mod filter;
mod hooks;
#[path = "../../../dynamic-module/src/panic_guard.rs"]
mod panic_guard;
#[allow(dead_code)]
#[path = "../../../dynamic-module/src/stream.rs"]
mod stream;

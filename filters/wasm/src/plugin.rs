//! The plugin: reads the job once and hands it to every request.

use std::rc::Rc;

use filterbench_core::{seconds_of, Job, Means};
use proxy_wasm::hostcalls::get_current_time;
use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::ContextType;

use crate::request::Request;

/// What the time is by the host's clock, as a module has none; so late that nothing is valid if the host does not tell.
fn host_seconds() -> u64 {
    get_current_time().map_or(u64::MAX, seconds_of)
}

/// One configured plugin in one worker.
#[derive(Default)]
pub struct Plugin {
    job: Option<Rc<Job>>,
}

impl Context for Plugin {}

impl RootContext for Plugin {
    fn on_configure(&mut self, _configuration_size: usize) -> bool {
        let configuration = self.get_plugin_configuration().unwrap_or_default();
        match Job::from_json(&configuration).and_then(|job| job.require(Means::Loops)) {
            Ok(job) => {
                self.job = Some(Rc::new(job.with_clock(host_seconds)));
                true
            }
            Err(error) => {
                log::error!("filterbench: {error}");
                false
            }
        }
    }

    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }

    fn create_http_context(&self, _context_id: u32) -> Option<Box<dyn HttpContext>> {
        let job = self.job.clone()?;
        Some(Box::new(Request::new(job)))
    }
}

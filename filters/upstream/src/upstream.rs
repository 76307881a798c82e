//! What all requests of the server share: what it counts, and what holds its answers up.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use filterbench_service::pause;

use crate::counts::Counts;
use crate::stall::{Gate, StallPlan};

/// The server's state.
#[derive(Debug)]
pub struct Upstream {
    pub counts: Arc<Counts>,
    delay: Option<Duration>,
    gate: Option<Arc<Gate>>,
}

impl Upstream {
    /// A server that delays every answer, and stalls as planned from now on.
    ///
    /// # Errors
    /// The system lets us have no thread to stall by.
    pub fn start(delay: Option<Duration>, stalls: Option<StallPlan>) -> io::Result<Self> {
        let counts = Arc::new(Counts::default());
        let gate = stalls.map(|plan| stalling(plan, &counts)).transpose()?;
        Ok(Self {
            counts,
            delay,
            gate,
        })
    }

    /// Counts a request whose body has been read to its end, and holds its answer up where that was asked for.
    pub async fn received(&self, body_bytes: u64) {
        self.counts.request(body_bytes);
        if let Some(delay) = self.delay {
            self.counts.delays.add(pause(delay).await);
        }
        if let Some(gate) = &self.gate {
            gate.pass();
        }
    }
}

// On a thread of its own, so that a stall starts and ends in time however busy the server is.
fn stalling(plan: StallPlan, counts: &Arc<Counts>) -> io::Result<Arc<Gate>> {
    let start = Instant::now();
    let gate = Arc::new(Gate::default());
    let (shut, counts) = (gate.clone(), counts.clone());
    std::thread::Builder::new()
        .name("stalls".into())
        .spawn(move || shut.run(plan, start, &counts))?;
    Ok(gate)
}

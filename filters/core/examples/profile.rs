//! Does a job on bodies, again and again: what a profiler is held against.
//!
//! `profile TIMES JOB BODY...`, where JOB is a file with a job's JSON and each BODY one with a request's body. Prints the mean time
//! of a request with each body.

use std::hint::black_box;
use std::time::Instant;
use std::{env, error, fs};

use filterbench_core::{BodyAction, Job, RequestAction};

fn main() -> Result<(), Box<dyn error::Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    let [times, job, bodies @ ..] = words.as_slice() else {
        return Err("usage: profile TIMES JOB BODY...".into());
    };
    let times: u32 = times.parse()?;
    let job = Job::from_json(&fs::read(job)?)?;
    for path in bodies {
        let body = fs::read(path)?;
        let begin = Instant::now();
        for _ in 0..times {
            black_box(one_request(&job, &body));
        }
        let each = begin.elapsed() / times;
        println!(
            "{path}: {} bytes, {:.2} us",
            body.len(),
            each.as_secs_f64() * 1e6
        );
    }
    Ok(())
}

/// One request as the shells do it: what a profiler is told to look at.
#[inline(never)]
fn one_request(job: &Job, body: &[u8]) -> usize {
    let set = match job.on_request_headers(black_box(None)) {
        RequestAction::Set(headers) => headers.len(),
        _ => 0,
    };
    // A shell that can write to the body masks it where it is.
    if job.redactor().is_some() {
        let mut copy = body.to_vec();
        let changed = job.redact_in_place(&mut [&mut copy]);
        return set + usize::from(changed == Some(true));
    }
    match job.on_request_body(&[black_box(body)]) {
        BodyAction::Replace(new) => set + new.len(),
        BodyAction::Set(header) => set + header.value.len(),
        BodyAction::Deny(denial) => set + denial.body.len(),
        BodyAction::Continue => set,
    }
}

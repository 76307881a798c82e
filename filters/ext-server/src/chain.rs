//! One server for a whole chain of filters: which link asks is told by metadata of its call.

use filterbench_core::{ConfigError, Job};
use http::HeaderMap;
use serde::Deserialize;

/// Names the link that asks, from 1 on; without it, it is the first.
const LINK_HEADER: &str = "x-bench-link";

/// The most links that answers are built for.
const LONGEST: usize = 16;

/// The job that is the server's own: each link sets a header of its own on both sides.
#[derive(Deserialize)]
#[serde(tag = "job", rename_all = "lowercase", deny_unknown_fields)]
enum OwnJob {
    Chain {},
}

/// Something for every link of a chain; what has one job is a chain of one link.
#[derive(Debug)]
pub struct Links<T>(Box<[T]>);

impl Links<Job> {
    /// The job of every link.
    ///
    /// # Errors
    /// It is no job at all.
    pub fn from_json(json: &[u8]) -> Result<Self, ConfigError> {
        let jobs: Box<[Job]> = match serde_json::from_slice(json) {
            Ok(OwnJob::Chain {}) => (1..=LONGEST).map(link).collect::<Result<_, _>>()?,
            Err(_) => Box::new([Job::from_json(json)?]),
        };
        Ok(Self(jobs))
    }
}

impl<T> Links<T> {
    /// The same chain of something else.
    ///
    /// # Errors
    /// The first of `make`.
    pub fn try_map<U, E>(self, make: impl FnMut(T) -> Result<U, E>) -> Result<Links<U>, E> {
        let made = self.0.into_vec().into_iter().map(make);
        made.collect::<Result<_, _>>().map(Links)
    }

    /// The same chain of something else.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Links<U> {
        Links(self.0.into_vec().into_iter().map(make).collect())
    }

    /// What answers a call with these headers; None if it names a link that there is not.
    #[inline]
    pub fn of(&self, call: &HeaderMap) -> Option<&T> {
        match &*self.0 {
            [only] => Some(only),
            links => match call.get(LINK_HEADER) {
                None => links.first(),
                Some(number) => {
                    let number: usize = number.to_str().ok()?.parse().ok()?;
                    links.get(number.checked_sub(1)?)
                }
            },
        }
    }
}

/// Why a call gets no answer.
pub fn no_such_link() -> String {
    format!("{LINK_HEADER} is a number from 1 to {LONGEST}")
}

fn link(number: usize) -> Result<Job, ConfigError> {
    let headers = format!(r#"{{"{LINK_HEADER}-{number}":"filterbench"}}"#);
    let job = format!(r#"{{"job":"headers","request":{headers},"response":{headers}}}"#);
    Job::from_json(job.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(link: Option<&'static str>) -> HeaderMap {
        let number = link.map(|number| number.parse().expect("a value"));
        number
            .map(|number| HeaderMap::from_iter([(LINK_HEADER.parse().expect("a name"), number)]))
            .unwrap_or_default()
    }

    #[test]
    fn a_chain_has_a_job_for_every_link() {
        let chain = Links::from_json(br#"{"job":"chain"}"#).expect("jobs");
        let set = |link| {
            let job = chain.of(&call(link))?;
            job.on_response_headers().first().map(|set| &*set.name)
        };
        assert_eq!(set(None), Some("x-bench-link-1"));
        assert_eq!(set(Some("2")), Some("x-bench-link-2"));
        assert_eq!(set(Some("16")), Some("x-bench-link-16"));
        for none in ["0", "17", "-1", "first"] {
            assert_eq!(set(Some(none)), None, "{none}");
        }
    }

    #[test]
    fn another_job_is_the_same_for_whoever_asks() {
        let one = Links::from_json(br#"{"job":"noop"}"#).expect("a job");
        assert!(one.of(&call(Some("x"))).is_some());
        let refused = Links::from_json(br#"{"job":"chain","n":2}"#).expect_err("refused");
        assert!(refused.to_string().contains("chain"));
    }
}

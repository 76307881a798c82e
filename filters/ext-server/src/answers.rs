//! A job's answers to requests in the words of one protocol, built ahead wherever they are always the same.

use std::time::Duration;

use filterbench_core::{BodyAction, BodyNeed, Denial, Header, Job, RequestAction};

use crate::work::{sleep_time, work};

/// How one protocol says what a job decided.
pub trait Wording {
    /// An answer as it is sent; cloning one must be cheap.
    type Answer: Clone;

    /// The request passes, with these headers set on it.
    fn pass(&self, request: &[Header]) -> Self::Answer;

    /// The client gets this reply.
    fn deny(&self, denial: &Denial) -> Self::Answer;
}

/// The answers of `job`.
#[derive(Debug)]
pub struct Answers<W: Wording> {
    job: Job,
    wording: W,
    /// What each of the job's denials is answered by.
    denied: Box<[(&'static Denial, W::Answer)]>,
    /// What every request is answered by, if the job looks at none of their headers.
    always: Option<W::Answer>,
    sleep: Option<Duration>,
}

/// One answer, and whether it keeps the request from the upstream.
#[derive(Debug)]
pub struct Answer<A> {
    pub message: A,
    pub denied: bool,
}

impl<W: Wording> Answers<W> {
    /// Builds what can be built before the first request.
    pub fn new(job: Job, wording: W) -> Self {
        let always = match (job.lookup_header(), job.on_request_headers(None)) {
            (None, RequestAction::Continue) => Some(wording.pass(&[])),
            (None, RequestAction::Set(headers)) => Some(wording.pass(headers)),
            (Some(_), _)
            | (
                None,
                RequestAction::SetOne(_) | RequestAction::Deny(_) | RequestAction::Calibrate(_),
            ) => None,
        };
        let sleep = sleep_time(&job);
        let denials = job.denials().iter();
        let denied = denials
            .map(|&denial| (denial, wording.deny(denial)))
            .collect();
        Self {
            job,
            wording,
            denied,
            always,
            sleep,
        }
    }

    /// The request header to be handed to [`Answers::to_request`].
    #[inline]
    pub fn lookup_header(&self) -> Option<&str> {
        self.job.lookup_header()
    }

    /// Whether a request must be answered by [`Answers::to_whole_request`].
    #[inline]
    pub fn want_body(&self) -> bool {
        matches!(self.job.request_body(), BodyNeed::Whole)
    }

    /// The job itself.
    #[inline]
    pub fn job(&self) -> &Job {
        &self.job
    }

    /// How long a request sleeps before it is answered; None if that is not the job.
    #[inline]
    pub fn sleep_time(&self) -> Option<Duration> {
        self.sleep
    }

    /// Answers a request whose [`Answers::lookup_header`] has the value `lookup`.
    pub fn to_request(&self, lookup: Option<&[u8]>) -> Answer<W::Answer> {
        if let Some(message) = &self.always {
            return Answer {
                message: message.clone(),
                denied: false,
            };
        }
        let (message, denied) = match self.job.on_request_headers(lookup) {
            RequestAction::Continue => (self.wording.pass(&[]), false),
            RequestAction::Set(headers) => (self.wording.pass(headers), false),
            RequestAction::SetOne(header) => (self.wording.pass(&[header]), false),
            RequestAction::Deny(denial) => (self.deny(denial), true),
            RequestAction::Calibrate(calibration) => {
                work(calibration);
                (self.wording.pass(&[]), false)
            }
        };
        Answer { message, denied }
    }

    fn deny(&self, denial: &'static Denial) -> W::Answer {
        let ahead = self.denied.iter().find(|(of, _)| std::ptr::eq(*of, denial));
        match ahead {
            Some((_, answer)) => answer.clone(),
            None => self.wording.deny(denial),
        }
    }

    /// Answers a request once its whole body is there, of which `parts` are the parts in order.
    ///
    /// Only for a protocol that answers a request once, by its headers.
    pub fn to_whole_request(&self, parts: &[&[u8]]) -> Answer<W::Answer> {
        let (message, denied) = match self.job.on_request_body(parts) {
            BodyAction::Set(header) => (self.wording.pass(&[header]), false),
            BodyAction::Deny(denial) => (self.wording.deny(denial), true),
            // A job that replaces bodies is refused at the start.
            BodyAction::Continue | BodyAction::Replace(_) => return self.to_request(None),
        };
        Answer { message, denied }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Text;

    impl Wording for Text {
        type Answer = String;

        fn pass(&self, request: &[Header]) -> String {
            request
                .iter()
                .map(|h| format!("{}={};", h.name, h.value))
                .collect()
        }

        fn deny(&self, denial: &Denial) -> String {
            denial.status.to_string()
        }
    }

    fn answers(json: &str) -> Answers<Text> {
        Answers::new(Job::from_json(json.as_bytes()).expect("job"), Text)
    }

    #[test]
    fn a_job_that_looks_at_nothing_has_one_answer() {
        let noop = answers(r#"{"job":"noop"}"#);
        assert_eq!(noop.always.as_deref(), Some(""));
        let headers = answers(r#"{"job":"headers","request":{"x-a":"1","x-b":"2"}}"#);
        assert_eq!(headers.always.as_deref(), Some("x-a=1;x-b=2;"));
        assert_eq!(headers.to_request(None).message, "x-a=1;x-b=2;");
    }

    #[test]
    fn a_body_is_answered_by_headers_or_a_denial() {
        let routing = answers(r#"{"job":"model-routing"}"#);
        assert!(routing.want_body());
        let answer = routing.to_whole_request(&[br#"{"model":"#, br#""a"}"#]);
        assert_eq!((&*answer.message, answer.denied), ("x-model=a;", false));
        let inspect = answers(r#"{"job":"inspect","words":["secret"]}"#);
        let found = inspect.to_whole_request(&[b"a sec", b"ret"]);
        assert_eq!((&*found.message, found.denied), ("403", true));
        let clean = inspect.to_whole_request(&[]);
        assert_eq!((&*clean.message, clean.denied), ("", false));
        assert!(!answers(r#"{"job":"noop"}"#).want_body());
    }

    #[test]
    fn each_denial_has_its_own_words() {
        let jwt = answers(
            r#"{"job":"jwt","issuer":"https://issuer.filterbench.test","audience":"filterbench","keys":[
        {"kty":"EC","kid":"ec-1","alg":"ES256","crv":"P-256",
        "x":"B64lnYQqtNkZHO_O9aIANNdNnQR5JZJj5mw2IwytXXc","y":"uEsDE7o8sON4WlzgXURN7UYVsVm_yZUqEoQinbrHW-0"}]}"#,
        );
        assert_eq!((jwt.always.as_deref(), jwt.denied.len()), (None, 2));
        // {"alg":"ES256"} and {"iss":"https://issuer.filterbench.test","exp":9e9}: for nobody, so not for us.
        let for_nobody = b"Bearer eyJhbGciOiJFUzI1NiJ9.\
            eyJpc3MiOiJodHRwczovL2lzc3Vlci5maWx0ZXJiZW5jaC50ZXN0IiwiZXhwIjo5ZTl9.AAAA";
        for (authorization, status) in [(None, "401"), (Some(&for_nobody[..]), "403")] {
            let answer = jwt.to_request(authorization);
            assert_eq!((answer.message.as_str(), answer.denied), (status, true));
        }
    }

    #[test]
    fn access_answers_by_the_key() {
        let access = answers(r#"{"job":"access","keys":{"k":"alice"}}"#);
        assert_eq!(access.always, None);
        let known = access.to_request(Some(b"k"));
        assert_eq!(
            (known.message.as_str(), known.denied),
            ("x-client-id=alice;", false)
        );
        let unknown = access.to_request(None);
        assert_eq!((unknown.message.as_str(), unknown.denied), ("401", true));
    }
}

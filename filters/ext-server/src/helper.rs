//! The helper of a calibration: burns the CPU time that a path asks for, then answers.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use filterbench_burn::burn;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::{service_fn, HttpService};

use crate::counts::Counts;

/// More would only hang whoever waits.
const MOST_NS: u64 = 1_000_000_000;

/// The service of one connection: `GET /95000` burns 95 µs.
pub fn service(
    counts: Arc<Counts>,
) -> impl HttpService<Incoming, ResBody = Full<Bytes>, Error = Infallible, Future: Send> {
    service_fn(move |request: Request<Incoming>| {
        let answer = answer(request.uri().path(), &counts);
        async move { Ok(answer) }
    })
}

fn answer(path: &str, counts: &Counts) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    match path.strip_prefix('/').map(str::parse) {
        Some(Ok(cpu_ns)) if cpu_ns <= MOST_NS => {
            counts.requests.add();
            burn(cpu_ns);
        }
        _ => *response.status_mut() = StatusCode::BAD_REQUEST,
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_amount_is_burned() {
        let counts = Counts::default();
        assert_eq!(answer("/1000", &counts).status(), StatusCode::OK);
        for path in ["/", "/-1", "/1000000001", "/1/2"] {
            assert_eq!(
                answer(path, &counts).status(),
                StatusCode::BAD_REQUEST,
                "{path}"
            );
        }
    }
}

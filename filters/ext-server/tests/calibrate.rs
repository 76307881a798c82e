//! The `calibrate` job over every protocol: what was really burned or slept is counted.

mod server;

use std::time::Instant;

use envoy_types::pb::envoy::service::auth::v3::authorization_client::AuthorizationClient;
use envoy_types::pb::envoy::service::auth::v3::CheckRequest;
use envoy_types::pb::envoy::service::ext_proc::v3::external_processor_client::ExternalProcessorClient;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request as Phase;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response as Answer;
use envoy_types::pb::envoy::service::ext_proc::v3::{
    HeadersResponse, HttpHeaders, ProcessingRequest,
};
use server::{get, Server};

const PROTOCOLS: [&str; 3] = ["ext-proc", "ext-authz-grpc", "ext-authz-http"];
const REQUESTS: u64 = 4;

/// One client request, which must pass as it is.
async fn pass(protocol: &str, server: &Server) {
    match protocol {
        "ext-proc" => {
            let headers = ProcessingRequest {
                request: Some(Phase::RequestHeaders(HttpHeaders::default())),
                ..ProcessingRequest::default()
            };
            let mut client = ExternalProcessorClient::new(server.channel().await);
            let answers = client.process(tokio_stream::iter([headers])).await;
            let mut answers = answers.expect("a stream").into_inner();
            let answer = answers.message().await.expect("an answer");
            let untouched = Answer::RequestHeaders(HeadersResponse::default());
            assert_eq!(answer.and_then(|answer| answer.response), Some(untouched));
        }
        "ext-authz-grpc" => {
            let mut client = AuthorizationClient::new(server.channel().await);
            let answer = client.check(CheckRequest::default()).await;
            let answer = answer.expect("an answer").into_inner();
            assert_eq!(answer.status.map(|status| status.code), Some(0));
            assert_eq!(answer.http_response, None);
        }
        _ => {
            let (head, body) = get(&server.listen, "/any", "");
            assert!(
                head.starts_with("HTTP/1.1 200 ") && body.is_empty(),
                "{head}"
            );
        }
    }
}

/// What [`REQUESTS`] requests burned: ns and times; and how many ns the client waited.
async fn burned(protocol: &str, job: &str) -> (u64, u64, u128) {
    let server = Server::tcp(protocol, job);
    let start = Instant::now();
    for _ in 0..REQUESTS {
        pass(protocol, &server).await;
    }
    let waited_ns = start.elapsed().as_nanos();
    let count = server.count_at(REQUESTS);
    let number = |name: &str| count[name].as_u64().expect("a number");
    (number("burnedNs"), number("burns"), waited_ns)
}

#[tokio::test]
async fn a_burn_is_never_less_than_asked() {
    for protocol in PROTOCOLS {
        for cpu_ns in [0, 200_000] {
            let job = format!(r#"{{"job":"calibrate","cpuNs":{cpu_ns}}}"#);
            let (burned_ns, burns, waited_ns) = burned(protocol, &job).await;
            assert_eq!(burns, REQUESTS, "{protocol}");
            assert!(burned_ns >= REQUESTS * cpu_ns.max(1), "{burned_ns}");
            assert!(u128::from(burned_ns) <= waited_ns, "{burned_ns}");
        }
    }
}

#[tokio::test]
async fn a_sleep_counts_for_what_it_really_took() {
    for protocol in PROTOCOLS {
        let job = r#"{"job":"calibrate","sleepNs":300000}"#;
        let (slept_ns, sleeps, waited_ns) = burned(protocol, job).await;
        assert_eq!(sleeps, REQUESTS, "{protocol}");
        assert!(slept_ns >= REQUESTS * 300_000, "{slept_ns}");
        assert!(u128::from(slept_ns) <= waited_ns, "{slept_ns}");
    }
}

#[tokio::test]
async fn loops_and_other_jobs_burn_nothing_known() {
    for job in [r#"{"job":"calibrate","loops":1000}"#, server::NOOP] {
        for protocol in PROTOCOLS {
            let (burned_ns, burns, _) = burned(protocol, job).await;
            assert_eq!((burned_ns, burns), (0, 0), "{protocol}");
        }
    }
}

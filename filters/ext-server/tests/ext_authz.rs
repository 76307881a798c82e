//! What Envoy gets over ext_authz, by gRPC and by HTTP.

mod server;

use envoy_types::pb::envoy::config::core::v3::{HeaderMap, HeaderValue, HeaderValueOption};
use envoy_types::pb::envoy::service::auth::v3::attribute_context::{HttpRequest, Request};
use envoy_types::pb::envoy::service::auth::v3::authorization_client::AuthorizationClient;
use envoy_types::pb::envoy::service::auth::v3::check_response::HttpResponse;
use envoy_types::pb::envoy::service::auth::v3::{AttributeContext, CheckRequest};
use server::{get, Server, ACCESS, HEADERS, NOOP};

const OVERWRITE_IF_EXISTS_OR_ADD: i32 = 2;
const OK: i32 = 0;
const UNAUTHENTICATED: i32 = 16;

fn check_request(http: HttpRequest) -> CheckRequest {
    CheckRequest {
        attributes: Some(AttributeContext {
            request: Some(Request {
                http: Some(http),
                ..Request::default()
            }),
            ..AttributeContext::default()
        }),
    }
}

fn with_key(key: &str) -> HttpRequest {
    HttpRequest {
        headers: [("x-api-key".to_owned(), key.to_owned())].into(),
        ..HttpRequest::default()
    }
}

fn with_raw_key(key: &[u8]) -> HttpRequest {
    let header = HeaderValue {
        key: "x-api-key".to_owned(),
        raw_value: key.to_vec(),
        ..HeaderValue::default()
    };
    HttpRequest {
        header_map: Some(HeaderMap {
            headers: vec![header],
        }),
        ..HttpRequest::default()
    }
}

async fn check(server: &Server, http: HttpRequest) -> (i32, Option<HttpResponse>) {
    let mut client = AuthorizationClient::new(server.channel().await);
    let response = client.check(check_request(http)).await.expect("an answer");
    let response = response.into_inner();
    (
        response.status.expect("a status").code,
        response.http_response,
    )
}

fn set(options: &[HeaderValueOption]) -> Vec<(&str, &str, i32)> {
    options
        .iter()
        .map(|option| {
            let header = option.header.as_ref().expect("a header");
            (
                header.key.as_str(),
                header.value.as_str(),
                option.append_action,
            )
        })
        .collect()
}

#[tokio::test]
async fn grpc_sets_the_headers_of_both_sides_over_tcp_and_unix() {
    let tcp = Server::tcp("ext-authz-grpc", HEADERS);
    for server in [tcp, Server::unix("ext-authz-grpc", HEADERS)] {
        let (code, response) = check(&server, HttpRequest::default()).await;
        let Some(HttpResponse::OkResponse(ok)) = response else {
            panic!("{response:?}");
        };
        assert_eq!(code, OK);
        assert_eq!(
            set(&ok.headers),
            [("x-to-upstream", "a", OVERWRITE_IF_EXISTS_OR_ADD)]
        );
        assert_eq!(
            set(&ok.response_headers_to_add),
            [("x-to-client", "b", OVERWRITE_IF_EXISTS_OR_ADD)]
        );
        assert_eq!(server.count_at(1)["checks"], 1);
    }
}

#[tokio::test]
async fn grpc_noop_is_a_plain_ok() {
    let server = Server::tcp("ext-authz-grpc", NOOP);
    assert_eq!(check(&server, HttpRequest::default()).await, (OK, None));
}

#[tokio::test]
async fn grpc_access_reads_the_key_in_either_encoding() {
    let server = Server::tcp("ext-authz-grpc", ACCESS);
    for known in [with_key("k1"), with_raw_key(b"k1")] {
        let (code, response) = check(&server, known).await;
        let Some(HttpResponse::OkResponse(ok)) = response else {
            panic!("{response:?}");
        };
        assert_eq!(code, OK);
        assert_eq!(set(&ok.headers)[0].1, "alice");
    }
    for unknown in [
        with_key("k2"),
        with_raw_key(b"\xff"),
        HttpRequest::default(),
    ] {
        let (code, response) = check(&server, unknown).await;
        let Some(HttpResponse::DeniedResponse(denied)) = response else {
            panic!("{response:?}");
        };
        assert_eq!(code, UNAUTHENTICATED);
        assert_eq!(denied.status.map(|status| status.code), Some(401));
        assert_eq!(denied.body, "Client authentication failed.");
    }
    assert_eq!(server.count_at(5)["denials"], 3);
}

#[test]
fn http_says_it_by_status_and_headers_alone() {
    let headers = Server::tcp("ext-authz-http", HEADERS);
    let (head, body) = get(&headers.listen, "/any", "");
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    assert!(
        head.contains("x-to-upstream: a") && head.contains("x-to-client: b"),
        "{head}"
    );
    assert!(!head.contains("date:") && body.is_empty(), "{head}");

    let access = Server::tcp("ext-authz-http", ACCESS);
    let (head, _) = get(&access.listen, "/any", "x-api-key: k1\r\n");
    assert!(head.contains("x-client-id: alice"), "{head}");
    let (head, body) = get(&access.listen, "/any", "x-api-key: k2\r\n");
    assert!(
        head.starts_with("HTTP/1.1 401 ") && head.contains("text/plain"),
        "{head}"
    );
    assert_eq!(body, "Client authentication failed.");
    assert_eq!(access.count_at(2)["denials"], 1);
}

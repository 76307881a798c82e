//! What Envoy gets over ext_authz, by gRPC and by HTTP.

mod server;

use envoy_types::pb::envoy::config::core::v3::{HeaderMap, HeaderValue, HeaderValueOption};
use envoy_types::pb::envoy::service::auth::v3::attribute_context::{HttpRequest, Request};
use envoy_types::pb::envoy::service::auth::v3::authorization_client::AuthorizationClient;
use envoy_types::pb::envoy::service::auth::v3::check_response::HttpResponse;
use envoy_types::pb::envoy::service::auth::v3::{AttributeContext, CheckRequest};
use server::{get, post, Server, ACCESS, HEADERS, INSPECT, MODEL_ROUTING, NOOP};

const OVERWRITE_IF_EXISTS_OR_ADD: i32 = 2;
const OK: i32 = 0;
const PERMISSION_DENIED: i32 = 7;
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

fn with_body(body: &str) -> HttpRequest {
    HttpRequest {
        body: body.to_owned(),
        ..HttpRequest::default()
    }
}

fn with_raw_body(body: &str) -> HttpRequest {
    HttpRequest {
        raw_body: body.as_bytes().to_vec(),
        ..HttpRequest::default()
    }
}

#[tokio::test]
async fn grpc_reads_the_body_in_either_encoding() {
    let server = Server::tcp("ext-authz-grpc", MODEL_ROUTING);
    let body = r#"{"model":"gpt-large"}"#;
    for (http, model) in [
        (with_body(body), "gpt-large"),
        (with_raw_body(body), "gpt-large"),
        (HttpRequest::default(), "none"),
    ] {
        let (code, response) = check(&server, http).await;
        let Some(HttpResponse::OkResponse(ok)) = response else {
            panic!("{response:?}");
        };
        assert_eq!(code, OK);
        assert_eq!(
            set(&ok.headers),
            [("x-model", model, OVERWRITE_IF_EXISTS_OR_ADD)]
        );
    }
    assert_eq!(server.count_at(3)["checks"], 3);

    let inspect = Server::tcp("ext-authz-grpc", INSPECT);
    let (code, response) = check(&inspect, with_raw_body("a secret")).await;
    let Some(HttpResponse::DeniedResponse(denied)) = response else {
        panic!("{response:?}");
    };
    assert_eq!(code, PERMISSION_DENIED);
    assert_eq!(denied.status.map(|status| status.code), Some(403));
    assert_eq!(denied.body, "Blocked: forbidden word.");
    assert_eq!(check(&inspect, with_raw_body("ok")).await, (OK, None));
    // Larger than gRPC's usual limit.
    let large = with_raw_body(&"prose ".repeat(1_000_000));
    assert_eq!(check(&inspect, large).await, (OK, None));
    assert_eq!(inspect.count_at(3)["denials"], 1);
}

#[test]
fn http_reads_the_body_of_the_check() {
    let routing = Server::tcp("ext-authz-http", MODEL_ROUTING);
    let (head, body) = post(&routing.listen, "/any", r#"{"model":"gpt-large"}"#);
    assert!(
        head.starts_with("HTTP/1.1 200 ") && head.contains("x-model: gpt-large"),
        "{head}"
    );
    assert!(body.is_empty());
    let (head, _) = get(&routing.listen, "/any", "");
    assert!(head.contains("x-model: none"), "{head}");

    let inspect = Server::tcp("ext-authz-http", INSPECT);
    let long = "prose ".repeat(100_000) + "4111111111111111";
    let (head, body) = post(&inspect.listen, "/any", &long);
    assert!(head.starts_with("HTTP/1.1 403 "), "{head}");
    assert_eq!(body, "Blocked: card number.");
    assert_eq!(inspect.count_at(1)["denials"], 1);
}

#[tokio::test]
async fn a_chains_links_are_told_apart_by_metadata_or_a_header() {
    let chain = r#"{"job":"chain"}"#;
    let server = Server::tcp("ext-authz-grpc", chain);
    let mut client = AuthorizationClient::new(server.channel().await);
    for (link, name) in [(None, "x-bench-link-1"), (Some("4"), "x-bench-link-4")] {
        let mut request = tonic::Request::new(CheckRequest::default());
        if let Some(link) = link {
            let number = link.parse().expect("a value");
            request.metadata_mut().insert("x-bench-link", number);
        }
        let response = client.check(request).await.expect("an answer").into_inner();
        let Some(HttpResponse::OkResponse(ok)) = response.http_response else {
            panic!("{response:?}");
        };
        let expected = [(name, "filterbench", OVERWRITE_IF_EXISTS_OR_ADD)];
        assert_eq!(set(&ok.headers), expected);
        assert_eq!(set(&ok.response_headers_to_add), expected);
    }

    let server = Server::tcp("ext-authz-http", chain);
    let (head, _) = get(&server.listen, "/any", "x-bench-link: 16\r\n");
    assert!(head.contains("x-bench-link-16: filterbench"), "{head}");
    let (head, _) = get(&server.listen, "/any", "x-bench-link: 17\r\n");
    assert!(head.starts_with("HTTP/1.1 400 "), "{head}");
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

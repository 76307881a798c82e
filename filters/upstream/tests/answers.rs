//! What the upstream answers, asked as Envoy asks: over one connection that stays open.

mod server;

use serde_json::{json, Value};
use server::{Connection, Upstream};

/// What `/count` shows where nothing is held up.
fn count(requests: u64, body_bytes: u64) -> Value {
    json!({
        "requests": requests,
        "bodyBytes": body_bytes,
        "delays": 0,
        "delayedNs": 0,
        "stalls": 0,
        "stalledNs": 0,
    })
}

#[test]
fn echo_shows_the_request_as_it_arrived() {
    let upstream = Upstream::start(&["--mode", "echo"]);
    let mut connection = Connection::to(&upstream.listen);
    let head = "POST /a?b=c HTTP/1.1\r\nhost: t\r\nx-a: 1\r\nx-a: 2\r\ncontent-length: 3\r\n\r\n";
    let echo = connection.json(head, b"abc");
    assert_eq!(
        (&echo["method"], &echo["path"]),
        (&json!("POST"), &json!("/a?b=c"))
    );
    assert_eq!(
        echo["headers"],
        json!([
            ["host", "t"],
            ["x-a", "1"],
            ["x-a", "2"],
            ["content-length", "3"]
        ])
    );
    assert_eq!(
        (&echo["bodyBytes"], &echo["body"]),
        (&json!(3), &json!("abc"))
    );
    assert_eq!(
        echo["bodySha256"],
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );

    let binary = connection.json(
        "PUT / HTTP/1.1\r\nhost: t\r\ncontent-length: 1\r\n\r\n",
        b"\xff",
    );
    assert_eq!(
        (&binary["bodyBytes"], &binary["body"]),
        (&json!(1), &Value::Null)
    );
    assert_eq!(upstream.count(), count(2, 4));
}

#[test]
fn sink_reads_everything_and_says_ok_on_the_same_connection() {
    let upstream = Upstream::start(&["--mode", "sink"]);
    let mut connection = Connection::to(&upstream.listen);
    let body = vec![b'x'; 300_000];
    for _ in 0..3 {
        let head = "POST / HTTP/1.1\r\nhost: t\r\ncontent-length: 300000\r\n\r\n";
        let (head, body) = connection.ask(head, &body);
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
        assert_eq!(body, b"ok");
    }
    let chunked = "POST / HTTP/1.1\r\nhost: t\r\ntransfer-encoding: chunked\r\n\r\n";
    assert_eq!(connection.ask(chunked, b"2\r\nab\r\n0\r\n\r\n").1, b"ok");
    assert_eq!(
        connection.ask("GET / HTTP/1.1\r\nhost: t\r\n\r\n", b"").1,
        b"ok"
    );
    assert_eq!(upstream.count(), count(5, 900_002));
}

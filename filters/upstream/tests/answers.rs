//! What the upstream answers, asked as Envoy asks: over one connection that stays open.

mod server;

use serde_json::{json, Value};
use server::{command, Connection, Upstream};

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

#[test]
fn sink_answers_a_file_of_the_callers_own() {
    let file = std::env::temp_dir().join(format!("filterbench-answer-{}", std::process::id()));
    let text = "prose. ".repeat(30_000);
    std::fs::write(&file, &text).expect("written");
    let path = file.to_str().expect("a path");
    let upstream = Upstream::start(&["--mode", "sink", "--answer", path]);
    // Read at the start, so that it need not stay.
    std::fs::remove_file(&file).expect("removed");
    let mut connection = Connection::to(&upstream.listen);
    for _ in 0..2 {
        let post = "POST / HTTP/1.1\r\nhost: t\r\ncontent-length: 3\r\n\r\n";
        let (head, body) = connection.ask(post, b"abc");
        assert!(head.contains("content-type: text/plain\r\n"), "{head}");
        assert_eq!(body, text.as_bytes());
    }
    assert_eq!(upstream.count(), count(2, 6));

    for flags in [
        &["--mode", "sink", "--answer", path][..],
        &["--mode", "echo", "--answer", "Cargo.toml"],
    ] {
        let output = command(flags).output().expect("output");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{flags:?}");
        assert!(stderr.contains("--answer"), "{stderr}");
    }
}

const LAST: &str = "GET /last HTTP/1.1\r\nhost: t\r\n\r\n";

fn tell(admin: &mut Connection, json: &str) -> String {
    let length = json.len();
    let head = format!("POST /answer HTTP/1.1\r\nhost: t\r\ncontent-length: {length}\r\n\r\n");
    admin.ask(&head, json.as_bytes()).0
}

#[test]
fn echo_answers_once_as_it_was_told_and_shows_the_last_request() {
    let upstream = Upstream::start(&["--mode", "echo"]);
    let mut admin = Connection::to(&upstream.admin);
    assert!(admin.ask(LAST, b"").0.starts_with("HTTP/1.1 404 "));

    let told = r#"{"status":203,"headers":[["x-a","1"],["x-a","2"]],"body":"card 4111"}"#;
    assert!(tell(&mut admin, told).starts_with("HTTP/1.1 200 "));
    let mut connection = Connection::to(&upstream.listen);
    let post = "POST /p HTTP/1.1\r\nhost: t\r\ncontent-length: 3\r\n\r\n";
    let (head, body) = connection.ask(post, b"abc");
    assert!(
        head.starts_with("HTTP/1.1 203 ") && head.contains("x-a: 1\r\nx-a: 2\r\n"),
        "{head}"
    );
    assert_eq!(body, b"card 4111");

    let last = admin.json(LAST, b"");
    assert_eq!(
        (&last["path"], &last["body"]),
        (&json!("/p"), &json!("abc"))
    );
    // Told for one request only.
    let echo = connection.json("GET /q HTTP/1.1\r\nhost: t\r\n\r\n", b"");
    assert_eq!(echo["path"], "/q");
    assert_eq!(admin.json(LAST, b""), echo);
    assert_eq!(upstream.count(), count(2, 3));
}

#[test]
fn echo_refuses_what_is_no_answer() {
    let upstream = Upstream::start(&["--mode", "echo"]);
    let mut admin = Connection::to(&upstream.admin);
    for told in [
        "{}x",
        r#"{"status":7}"#,
        r#"{"headers":[["content-length","1"]]}"#,
    ] {
        assert!(
            tell(&mut admin, told).starts_with("HTTP/1.1 400 "),
            "{told}"
        );
    }
    assert!(tell(&mut admin, "{}").starts_with("HTTP/1.1 200 "));
}

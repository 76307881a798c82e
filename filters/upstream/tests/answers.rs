//! What the upstream answers, asked as Envoy asks: over one connection that stays open.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{json, Value};

struct Upstream {
    child: Child,
    listen: String,
    admin: String,
}

impl Upstream {
    fn start(mode: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_upstream"))
            .args(["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"])
            .args(["--mode", mode, "--die-with-parent"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("upstream starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("piped");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let bound: Value = serde_json::from_str(&line).expect("JSON");
        let address = |name: &str| bound[name].as_str().expect("an address").to_owned();
        let (listen, admin) = (address("listen"), address("admin"));
        Self {
            child,
            listen,
            admin,
        }
    }

    fn count(&self) -> Value {
        let mut connection = Connection::to(&self.admin);
        connection.json("GET /count HTTP/1.1\r\nhost: t\r\n\r\n", b"")
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Connection(BufReader<TcpStream>);

impl Connection {
    fn to(address: &str) -> Self {
        Self(BufReader::new(
            TcpStream::connect(address).expect("connection"),
        ))
    }

    /// The head and body of one exchange.
    fn ask(&mut self, head: &str, body: &[u8]) -> (String, Vec<u8>) {
        let stream = self.0.get_mut();
        stream.write_all(head.as_bytes()).expect("sent");
        stream.write_all(body).expect("sent");
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(self.0.read_line(&mut head).expect("received"), 0, "{head}");
        }
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .and_then(|length| length.parse().ok());
        let mut body = vec![0; length.expect("content-length")];
        self.0.read_exact(&mut body).expect("received");
        (head, body)
    }

    fn json(&mut self, head: &str, body: &[u8]) -> Value {
        serde_json::from_slice(&self.ask(head, body).1).expect("JSON")
    }
}

#[test]
fn echo_shows_the_request_as_it_arrived() {
    let upstream = Upstream::start("echo");
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
    assert_eq!(upstream.count(), json!({ "requests": 2, "bodyBytes": 4 }));
}

#[test]
fn sink_reads_everything_and_says_ok_on_the_same_connection() {
    let upstream = Upstream::start("sink");
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
    assert_eq!(
        upstream.count(),
        json!({ "requests": 5, "bodyBytes": 900_002 })
    );
}

//! An upstream process of a test's own, and connections to it.

// Each test binary uses its own part of this.
#![allow(dead_code)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// A running `upstream`, ended with its owner.
pub struct Upstream {
    child: Child,
    pub listen: String,
    pub admin: String,
}

impl Upstream {
    pub fn start(flags: &[&str]) -> Self {
        let mut child = command(flags)
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

    pub fn count(&self) -> Value {
        let mut connection = Connection::to(&self.admin);
        connection.json("GET /count HTTP/1.1\r\nhost: t\r\n\r\n", b"")
    }
}

/// How `upstream` is started.
pub fn command(flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_upstream"));
    command
        .args(["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"])
        .arg("--die-with-parent")
        .args(flags);
    command
}

impl Drop for Upstream {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection that stays open.
pub struct Connection(BufReader<TcpStream>);

impl Connection {
    pub fn to(address: &str) -> Self {
        Self(BufReader::new(
            TcpStream::connect(address).expect("connection"),
        ))
    }

    /// The head and body of one exchange.
    pub fn ask(&mut self, head: &str, body: &[u8]) -> (String, Vec<u8>) {
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

    pub fn json(&mut self, head: &str, body: &[u8]) -> Value {
        serde_json::from_slice(&self.ask(head, body).1).expect("JSON")
    }
}

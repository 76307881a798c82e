//! A server process of a test's own, ended with it.

// Each test binary uses its own part of this.
#![allow(dead_code)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use tonic::transport::{Channel, Endpoint};

pub const NOOP: &str = r#"{"job":"noop"}"#;
pub const HEADERS: &str =
    r#"{"job":"headers","request":{"x-to-upstream":"a"},"response":{"x-to-client":"b"}}"#;
pub const ACCESS: &str = r#"{"job":"access","keys":{"k1":"alice"}}"#;

pub const MODEL_ROUTING: &str = r#"{"job":"model-routing"}"#;
pub const INSPECT: &str = r#"{"job":"inspect","words":["secret","classified"]}"#;
pub const REDACT: &str = r#"{"job":"redact","words":["secret","classified"]}"#;
pub const JSON_REWRITE: &str = r#"{"job":"json-rewrite","field":"model","value":"gpt-small"}"#;

/// A directory that goes with its owner.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "filterbench-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("scratch directory");
        Self(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).expect("scratch file");
        path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running `ext-server`.
pub struct Server {
    pub child: Child,
    pub listen: String,
    pub admin: String,
    scratch: Scratch,
}

impl Server {
    /// Over TCP, on a port of the kernel's choosing.
    pub fn tcp(protocol: &str, job: &str) -> Self {
        Self::start(protocol, job, |_| "127.0.0.1:0".to_owned())
    }

    /// Over a Unix socket.
    pub fn unix(protocol: &str, job: &str) -> Self {
        let socket = |scratch: &Scratch| format!("unix:{}", scratch.path("s.sock").display());
        Self::start(protocol, job, socket)
    }

    fn start(protocol: &str, job: &str, listen: impl Fn(&Scratch) -> String) -> Self {
        let scratch = Scratch::new();
        let job = scratch.file("job.json", job);
        let mut child = command(protocol, &listen(&scratch), &job)
            .stdout(Stdio::piped())
            .spawn()
            .expect("ext-server starts");
        let stdout = child.stdout.take().expect("piped");
        let (listen, admin) = bound(stdout);
        Self {
            child,
            listen,
            admin,
            scratch,
        }
    }

    pub fn socket(&self) -> PathBuf {
        self.scratch.path("s.sock")
    }

    pub async fn channel(&self) -> Channel {
        let uri = match self.listen.strip_prefix("unix:") {
            Some(path) => format!("unix:{path}"),
            None => format!("http://{}", self.listen),
        };
        let endpoint = Endpoint::from_shared(uri).expect("uri");
        endpoint.connect().await.expect("connection")
    }

    /// `/count`, as soon as `requests` is `n`: a stream's end is seen a moment after its last answer.
    pub fn count_at(&self, n: u64) -> Value {
        for _ in 0..100 {
            let (_, body) = get(&self.admin, "/count", "");
            let count: Value = serde_json::from_str(&body).expect("JSON");
            if count["requests"] == n {
                return count;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("/count does not reach {n}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn command(protocol: &str, listen: &str, job: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ext-server"));
    command
        .args(["--protocol", protocol, "--listen", listen])
        .args(["--admin", "127.0.0.1:0", "--die-with-parent", "--job"])
        .arg(job);
    command
}

/// Where a server says on its stdout that it listens.
pub fn bound(stdout: impl Read) -> (String, String) {
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let bound: Value = serde_json::from_str(&line).expect("JSON");
    let address = |name: &str| bound[name].as_str().expect("an address").to_owned();
    (address("listen"), address("admin"))
}

/// The whole head and the body of one HTTP/1.1 exchange.
pub fn get(address: &str, path: &str, headers: &str) -> (String, String) {
    exchange(address, &format!("GET {path}"), headers, "")
}

/// The same, sending a body.
pub fn post(address: &str, path: &str, body: &str) -> (String, String) {
    let length = format!("content-length: {}\r\n", body.len());
    exchange(address, &format!("POST {path}"), &length, body)
}

fn exchange(address: &str, what: &str, headers: &str, body: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).expect("connection");
    let request = format!("{what} HTTP/1.1\r\nhost: t\r\nconnection: close\r\n{headers}\r\n{body}");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("received");
    let (head, body) = response.split_once("\r\n\r\n").expect("a head");
    (head.to_owned(), body.to_owned())
}

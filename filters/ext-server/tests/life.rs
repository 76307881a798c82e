//! How the server starts, refuses to start, and ends.

mod server;

use std::io::Read;
use std::net::TcpStream;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use envoy_types::pb::envoy::service::ext_proc::v3::external_processor_client::ExternalProcessorClient;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request as Phase;
use envoy_types::pb::envoy::service::ext_proc::v3::{HttpHeaders, ProcessingRequest};
use server::{bound, command, get, Scratch, Server, INSPECT, JSON_REWRITE, NOOP, REDACT};
use tokio_stream::StreamExt;

/// Signals by the `kill` command, so that the tests need no unsafe code.
fn signal(name: &str, pid: u32) {
    let sent = Command::new("kill").args([name, &pid.to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()));
}

fn ended_within(server: &mut Server, limit: Duration) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = server.child.try_wait().expect("status") {
            return status;
        }
        assert!(start.elapsed() < limit, "still running");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn refusal(protocol: &str, listen: &str, job: &str) -> (Option<i32>, String) {
    let scratch = Scratch::new();
    let job = scratch.file("job.json", job);
    let output = command(protocol, listen, &job).output().expect("output");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), stderr)
}

#[test]
fn it_answers_on_its_admin_address() {
    let server = Server::tcp("ext-proc", NOOP);
    assert!(get(&server.admin, "/ready", "")
        .0
        .starts_with("HTTP/1.1 200 "));
    assert_eq!(server.count_at(0)["requests"], 0);
}

#[test]
fn sigterm_ends_it_at_once_and_removes_its_socket() {
    let mut server = Server::unix("ext-authz-http", NOOP);
    let idle = std::os::unix::net::UnixStream::connect(server.socket()).expect("connection");
    assert!(server.socket().exists());
    signal("-TERM", server.child.id());
    assert!(ended_within(&mut server, Duration::from_secs(1)).success());
    assert!(!server.socket().exists());
    drop(idle);
}

#[test]
fn a_half_sent_request_does_not_hold_it() {
    let mut server = Server::tcp("ext-proc", NOOP);
    let mut open = TcpStream::connect(&server.listen).expect("connection");
    std::io::Write::write_all(&mut open, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").expect("sent");
    signal("-TERM", server.child.id());
    assert!(ended_within(&mut server, Duration::from_secs(1)).success());
}

#[tokio::test]
async fn an_open_stream_does_not_hold_it() {
    let mut server = Server::tcp("ext-proc", NOOP);
    let first = ProcessingRequest {
        request: Some(Phase::RequestHeaders(HttpHeaders::default())),
        ..ProcessingRequest::default()
    };
    let never_ending = tokio_stream::once(first).chain(tokio_stream::pending());
    let mut client = ExternalProcessorClient::new(server.channel().await);
    let answers = client.process(never_ending).await.expect("a stream");
    let mut answers = answers.into_inner();
    assert!(answers.message().await.expect("an answer").is_some());
    signal("-TERM", server.child.id());
    assert!(ended_within(&mut server, Duration::from_secs(1)).success());
}

#[test]
fn bad_input_is_exit_2_and_names_the_culprit() {
    let (code, stderr) = refusal("ext-proc", "127.0.0.1:0", r#"{"job":"dance"}"#);
    assert_eq!(code, Some(2));
    assert!(
        stderr.contains("dance") && stderr.lines().count() == 1,
        "{stderr}"
    );
    let (code, stderr) = refusal("ext-proc", "127.0.0.1:0", r#"{"job":"calibrate"}"#);
    assert!(code == Some(2) && stderr.contains("`cpuNs`"), "{stderr}");
    let (code, stderr) = refusal("ext-proc", "localhost:1", NOOP);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("localhost:1"), "{stderr}");
    assert_eq!(refusal("telepathy", "127.0.0.1:0", NOOP).0, Some(2));
}

#[test]
fn what_changes_bodies_is_nothing_for_ext_authz() {
    for protocol in ["ext-authz-grpc", "ext-authz-http"] {
        for job in [REDACT, JSON_REWRITE] {
            let (code, stderr) = refusal(protocol, "127.0.0.1:0", job);
            assert!(code == Some(2) && stderr.contains("ext_authz"), "{stderr}");
        }
    }
}

#[test]
fn what_looks_at_bodies_is_nothing_for_headers_alone() {
    for job in [REDACT, JSON_REWRITE, INSPECT] {
        let (code, stderr) = refusal("ext-proc-http", "127.0.0.1:0", job);
        assert!(code == Some(2) && stderr.contains("gRPC only"), "{stderr}");
    }
}

#[test]
fn an_address_in_use_is_exit_3_but_a_dead_servers_socket_is_replaced() {
    let mut server = Server::unix("ext-proc", NOOP);
    let (code, stderr) = refusal("ext-proc", &server.listen, NOOP);
    assert_eq!(code, Some(3));
    assert!(
        stderr.contains("s.sock") && stderr.lines().count() == 1,
        "{stderr}"
    );

    signal("-KILL", server.child.id());
    ended_within(&mut server, Duration::from_secs(1));
    assert!(server.socket().exists());
    let scratch = Scratch::new();
    let job = scratch.file("job.json", NOOP);
    let mut child = command("ext-proc", &server.listen, &job)
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    assert_eq!(bound(child.stdout.take().expect("piped")).0, server.listen);
    signal("-TERM", child.id());
    assert!(child.wait().expect("status").success());
}

#[test]
fn it_dies_with_its_parent() {
    let scratch = Scratch::new();
    let job = scratch.file("job.json", NOOP);
    let server = command("ext-proc", "127.0.0.1:0", &job);
    let mut parent = Command::new("sh")
        .args(["-c", "\"$@\" & wait", "sh"])
        .arg(server.get_program())
        .args(server.get_args())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell");
    let mut stdout = parent.stdout.take().expect("piped");
    let (_, admin) = bound(&mut stdout);
    parent.kill().expect("killed");
    parent.wait().expect("status");
    // The pipe ends when the last process holding it does.
    stdout.read_to_end(&mut Vec::new()).expect("the end");
    assert!(TcpStream::connect(admin).is_err());
}

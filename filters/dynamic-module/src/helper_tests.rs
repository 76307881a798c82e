use std::io::{Read, Write};
use std::os::unix::net::UnixStream;

use super::ask;

fn answering(answer: &'static [u8]) -> UnixStream {
    let (ours, mut theirs) = UnixStream::pair().expect("a pair");
    std::thread::spawn(move || {
        let mut request = [0; 64];
        let length = theirs.read(&mut request).expect("a request");
        assert!(request[..length].starts_with(b"GET /95000 HTTP/1.1\r\n"));
        // In two parts, as a socket may deliver it.
        let (first, rest) = answer.split_at(answer.len() / 2);
        theirs.write_all(first).expect("sent");
        theirs.write_all(rest).expect("sent");
    });
    ours
}

#[test]
fn the_answer_is_waited_for() {
    let mut stream = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    assert!(ask(&mut stream, 95_000).is_ok());
}

#[test]
fn a_refusal_and_a_closed_connection_are_errors() {
    let mut refusing = answering(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    assert!(ask(&mut refusing, 95_000).is_err());
    assert!(ask(&mut answering(b"HTTP/1.1 2"), 95_000).is_err());
}

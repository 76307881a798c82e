use std::io::{Read, Write};
use std::os::unix::net::UnixStream;

use super::burn_between;
use crate::alone_in_burning;

#[test]
fn the_answer_is_waited_for() {
    let _alone = alone_in_burning();
    let (mut ours, mut theirs) = UnixStream::pair().expect("a pair");
    let helper = std::thread::spawn(move || {
        let mut asked = [0; 8];
        theirs.read_exact(&mut asked).expect("a question");
        theirs.write_all(b"!").expect("sent");
        u64::from_le_bytes(asked)
    });
    assert!(burn_between(&mut ours, 0, 95_000).is_ok());
    assert_eq!(helper.join().expect("the helper"), 95_000);
}

#[test]
fn a_closed_connection_is_an_error() {
    let _alone = alone_in_burning();
    let (mut ours, theirs) = UnixStream::pair().expect("a pair");
    drop(theirs);
    assert!(burn_between(&mut ours, 0, 95_000).is_err());
}

use super::guarded;
use crate::abi::recording::{take_log, FakeStream};
use crate::filter::Next;
use crate::stream::Stream;

#[test]
fn a_panic_becomes_a_500_and_a_line_in_the_log() {
    let mut fake = FakeStream::default();
    // SAFETY: the fake outlives the call.
    let mut stream = unsafe { Stream::new(fake.handle()) };
    let next = guarded(&mut stream, |_| panic!("on purpose"));
    assert_eq!(next, Next::Stop);
    assert_eq!(fake.replies[0].0, 500);
    assert_eq!(take_log().len(), 1);
}

#[test]
fn a_header_envoy_would_not_set_is_a_500() {
    let mut fake = FakeStream {
        refuses_to_set: true,
        ..FakeStream::default()
    };
    // SAFETY: the fake outlives the call.
    let mut stream = unsafe { Stream::new(fake.handle()) };
    let next = guarded(&mut stream, |stream| {
        stream.set_request_header("x-a", "1");
        Next::Continue
    });
    assert_eq!(next, Next::Stop);
    assert_eq!(fake.replies[0].0, 500);
}

//! The helper of a calibration: burns the CPU time that it is asked for.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;

use filterbench_burn::burn;

use crate::counts::Counts;

/// More would only hang whoever waits.
const MOST_NS: u64 = 1_000_000_000;

/// What says that it was heard.
const ANSWER: [u8; 1] = *b"!";

/// Burns as many ns as each 8 bytes (little-endian) say, until the other side leaves.
///
/// `runs_first`: it runs before whoever asks, on the same core, so they cannot go on before it waits again. It then
/// answers before it burns: the less comes after, the less is warmed for them that they would have to warm themselves.
pub fn converse(stream: UnixStream, counts: &Counts, runs_first: bool) {
    // The other side has left: that is how each conversation ends.
    let _ = answer_all(stream, counts, runs_first);
}

fn answer_all(mut stream: UnixStream, counts: &Counts, runs_first: bool) -> io::Result<()> {
    let mut asked = [0; size_of::<u64>()];
    loop {
        stream.read_exact(&mut asked)?;
        let cpu_ns = u64::from_le_bytes(asked).min(MOST_NS);
        counts.requests.add();
        if runs_first {
            stream.write_all(&ANSWER)?;
            burn(cpu_ns);
        } else {
            burn(cpu_ns);
            stream.write_all(&ANSWER)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn each_question_is_answered_and_counted() {
        for runs_first in [false, true] {
            let (mut ours, theirs) = UnixStream::pair().expect("a pair");
            let counts = Counts::default();
            thread::scope(|scope| {
                scope.spawn(|| converse(theirs, &counts, runs_first));
                for cpu_ns in [0_u64, 200_000] {
                    ours.write_all(&cpu_ns.to_le_bytes()).expect("sent");
                    let mut answer = [0];
                    ours.read_exact(&mut answer).expect("an answer");
                    assert_eq!(answer, ANSWER);
                }
                drop(ours);
            });
            let counted = serde_json::to_value(counts.snapshot()).expect("JSON");
            assert_eq!(counted["requests"], 2);
        }
    }
}

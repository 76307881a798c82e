//! The `redact` job on a body as it comes, chunk by chunk.

use std::ops::{ControlFlow, Range};

use crate::cards::Cards;
use crate::redact::MASK;
use crate::words::Words;

/// Redacts one body; holds back only the bytes that what follows may make part of a card number or of a word.
#[derive(Debug)]
pub struct Redactor<'a> {
    words: &'a Words,
    cards: Cards,
    held: Vec<u8>,
    // Kept for its memory only.
    spans: Vec<Range<usize>>,
}

impl<'a> Redactor<'a> {
    pub(crate) fn new(words: &'a Words) -> Self {
        Self {
            words,
            cards: Cards::default(),
            held: Vec::new(),
            spans: Vec::new(),
        }
    }

    /// Appends to `out` what of the body is decided; with `end` all of it.
    pub fn push(&mut self, chunk: &[u8], end: bool, out: &mut Vec<u8>) {
        // Where in the body the fresh bytes begin.
        let offset = self.cards.position() - self.held.len();
        let begin = out.len();
        out.append(&mut self.held);
        out.extend_from_slice(chunk);
        let fresh = &mut out[begin..];

        let spans = &mut self.spans;
        let _all = self.words.search(fresh, &mut |span| {
            spans.push(span);
            ControlFlow::Continue(())
        });
        // Cards remember what they have seen, so they read the chunk alone.
        let mut keep = |span: Range<usize>| {
            spans.push(span.start - offset..span.end - offset);
            ControlFlow::Continue(())
        };
        let _all = self.cards.read(chunk, &mut keep);
        if end {
            let _all = self.cards.end().map(keep);
        }

        let undecided = match end {
            true => 0,
            false => self.cards.undecided().max(self.words.undecided(fresh)),
        };
        // What is held may be masked already: card numbers can overlap, and their digits are remembered.
        for span in self.spans.drain(..) {
            fresh[span].fill(MASK);
        }
        let decided = out.len() - undecided;
        self.held.extend_from_slice(&out[decided..]);
        out.truncate(decided);
    }
}

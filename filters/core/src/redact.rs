//! The `redact` job: every byte of a card number or of a listed word becomes `*`.

use std::ops::{ControlFlow, Range};

use crate::body::BodyAction;
use crate::cards::Cards;
use crate::config::ConfigError;
use crate::redactor::Redactor;
use crate::words::Words;

pub(crate) const MASK: u8 = b'*';

/// What to look for; no two of the words can overlap, so that it does not matter which is found first.
#[derive(Debug)]
pub(crate) struct Redact {
    words: Words,
}

impl Redact {
    pub(crate) fn new(words: &[Box<str>]) -> Result<Self, ConfigError> {
        let words = Words::new(words)?;
        if let Some((one, other)) = words.overlapping() {
            let why =
                format!("{one:?} and {other:?} can overlap, so masking one could hide the other");
            return Err(ConfigError::Words(why));
        }
        Ok(Self { words })
    }

    pub(crate) fn redactor(&self) -> Redactor<'_> {
        Redactor::new(&self.words)
    }

    pub(crate) fn on_body(&self, parts: &[&[u8]]) -> BodyAction<'static> {
        let spans = self.find(parts);
        if spans.is_empty() {
            return BodyAction::Continue;
        }
        let mut body = parts.concat();
        for span in spans {
            body[span].fill(MASK);
        }
        BodyAction::Replace(body)
    }

    /// Masks in the parts themselves; whether there was anything to mask.
    pub(crate) fn mask(&self, parts: &mut [&mut [u8]]) -> bool {
        let spans = self.find(parts);
        let mut spans_left = spans.iter().peekable();
        let mut begin = 0;
        for part in parts {
            let end = begin + part.len();
            while let Some(span) = spans_left.peek().filter(|span| span.start < end) {
                part[span.start.max(begin) - begin..span.end.min(end) - begin].fill(MASK);
                if span.end > end {
                    // It goes on in the next part, and covers what else begins in this one.
                    break;
                }
                spans_left.next();
            }
            begin = end;
        }
        !spans.is_empty()
    }

    /// All places to mask, in order; where two overlap, the one that begins first also ends first.
    fn find<P: AsRef<[u8]>>(&self, parts: &[P]) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        let mut keep = |span| {
            spans.push(span);
            ControlFlow::Continue(())
        };
        let mut cards = Cards::default();
        let _all = parts
            .iter()
            .try_for_each(|part| cards.read(part.as_ref(), &mut keep));
        let _all = self.words.read(parts, &mut keep);
        spans.extend(cards.end());
        spans.sort_unstable_by_key(|span| span.start);
        spans
    }
}

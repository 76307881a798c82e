//! Many words at once with vector instructions (Teddy, of the aho-corasick crate), where the processor has them.

use std::ops::{ControlFlow, Range};

use aho_corasick::{AhoCorasick, MatchKind};

use crate::config::ConfigError;

/// Finds words with vector instructions.
#[derive(Debug)]
pub(super) struct Finder(AhoCorasick);

impl Finder {
    /// # Errors
    /// The words make too large an automaton.
    pub(super) fn new(words: &[Box<[u8]>]) -> Result<Self, ConfigError> {
        AhoCorasick::builder()
            // The only kinds of match that vectors are used for are leftmost ones.
            .match_kind(MatchKind::LeftmostFirst)
            .build(words)
            .map(Self)
            .map_err(|error| ConfigError::Words(error.to_string()))
    }

    pub(super) fn search<F>(&self, bytes: &[u8], found: &mut F) -> ControlFlow<()>
    where
        F: FnMut(Range<usize>) -> ControlFlow<()>,
    {
        self.0
            .find_iter(bytes)
            .try_for_each(|word| found(word.range()))
    }
}

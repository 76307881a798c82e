//! Listed words, found as plain substrings in a body that is in parts.

#[cfg(any(target_arch = "wasm32", test))]
mod by_stride;
#[cfg(not(target_arch = "wasm32"))]
mod by_vectors;

use std::ops::{ControlFlow, Range};

use crate::config::ConfigError;

// Each is the quicker one where it is: over a MiB of prose, without vectors an automaton takes several times as long as the stride,
// and with them half as long.
#[cfg(target_arch = "wasm32")]
use by_stride::Finder;
#[cfg(not(target_arch = "wasm32"))]
use by_vectors::Finder;

const FEWEST_LETTERS: usize = 4;
const MOST_LETTERS: usize = 64;
const MOST_WORDS: usize = 64;

/// A list of words, ready to be searched for.
#[derive(Debug)]
pub(crate) struct Words {
    words: Box<[Box<[u8]>]>,
    finder: Finder,
    longest: usize,
}

impl Words {
    /// # Errors
    /// No words, too many, or one that is too short, too long or not of ASCII letters.
    pub(crate) fn new(words: &[Box<str>]) -> Result<Self, ConfigError> {
        if words.is_empty() || words.len() > MOST_WORDS {
            let why = format!("must be 1 to {MOST_WORDS}, not {}", words.len());
            return Err(ConfigError::Words(why));
        }
        let lengths = FEWEST_LETTERS..=MOST_LETTERS;
        let is_word = |word: &str| {
            lengths.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphabetic())
        };
        if let Some(other) = words.iter().find(|word| !is_word(word)) {
            let why =
                format!("{other:?} is not of {FEWEST_LETTERS} to {MOST_LETTERS} ASCII letters");
            return Err(ConfigError::Words(why));
        }
        let words: Box<[Box<[u8]>]> = words.iter().map(|word| word.as_bytes().into()).collect();
        Ok(Self {
            finder: Finder::new(&words)?,
            longest: words.iter().map(|word| word.len()).max().unwrap_or(0),
            words,
        })
    }

    /// Two of the words that can overlap in a text, or of which one holds the other.
    pub(crate) fn overlapping(&self) -> Option<(&str, &str)> {
        let text = |word| str::from_utf8(word).unwrap_or_default();
        let pairs = |at: usize| self.words.iter().skip(at).map(move |other| (at, other));
        let mut all = (0..self.words.len()).flat_map(pairs);
        all.find_map(|(at, other)| {
            let word = &self.words[at];
            let is_itself = std::ptr::eq(word, other);
            (overlap(word, other) || overlap(other, word) || (!is_itself && holds(word, other)))
                .then(|| (text(word), text(other)))
        })
    }

    /// Hands over occurrences in the body that `parts` make up, by their places there: all, but for those that overlap another
    /// one; not in order.
    pub(crate) fn read<P, F>(&self, parts: &[P], found: &mut F) -> ControlFlow<()>
    where
        P: AsRef<[u8]>,
        F: FnMut(Range<usize>) -> ControlFlow<()>,
    {
        let mut begin = 0;
        let mut seam = Seam::default();
        for part in parts {
            let part = part.as_ref();
            self.search(part, &mut |Range { start, end }| {
                found(begin + start..begin + end)
            })?;
            if parts.len() > 1 {
                self.read_seam(&mut seam, part, begin, found)?;
            }
            begin += part.len();
        }
        ControlFlow::Continue(())
    }

    /// Hands over occurrences in bytes that are in one piece.
    pub(crate) fn search<F>(&self, bytes: &[u8], found: &mut F) -> ControlFlow<()>
    where
        F: FnMut(Range<usize>) -> ControlFlow<()>,
    {
        self.finder.search(bytes, found)
    }

    /// Hands over each occurrence that begins before `part` and has its last byte in it.
    fn read_seam<F>(
        &self,
        seam: &mut Seam,
        part: &[u8],
        begin: usize,
        found: &mut F,
    ) -> ControlFlow<()>
    where
        F: FnMut(Range<usize>) -> ControlFlow<()>,
    {
        let reach = self.longest - 1;
        let before = seam.0.len();
        seam.0.extend_from_slice(&part[..part.len().min(reach)]);
        if before > 0 {
            self.search(&seam.0, &mut |Range { start, end }| {
                if start < before && end > before {
                    return found(begin - before + start..begin - before + end);
                }
                ControlFlow::Continue(())
            })?;
        }
        if part.len() >= reach {
            seam.0.clear();
            seam.0.extend_from_slice(&part[part.len() - reach..]);
        } else {
            seam.0.drain(..seam.0.len().saturating_sub(reach));
        }
        ControlFlow::Continue(())
    }

    /// How many of the last bytes may be the begin of a word.
    pub(crate) fn undecided(&self, bytes: &[u8]) -> usize {
        let most = bytes.len().min(self.longest - 1);
        let is_begin = |count: &usize| {
            let last = &bytes[bytes.len() - count..];
            let begins = |word: &[u8]| word.len() > *count && word.starts_with(last);
            self.words.iter().any(|word| begins(word))
        };
        (1..=most).rev().find(is_begin).unwrap_or(0)
    }
}

/// The last bytes before a part, as many as a word can have there.
#[derive(Default)]
struct Seam(Vec<u8>);

/// An end of `word`, but not all of it, is the begin of `other`.
fn overlap(word: &[u8], other: &[u8]) -> bool {
    (1..word.len()).any(|from| other.starts_with(&word[from..]))
}

fn holds(word: &[u8], other: &[u8]) -> bool {
    let within = |long: &[u8], short: &[u8]| long.windows(short.len()).any(|part| part == short);
    within(word, other) || within(other, word)
}

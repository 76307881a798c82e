//! Listed words, found as plain substrings in a body that is in parts.
//!
//! Every word has four letters in a row at one of the places that lie `stride` apart, as the stride is three less than
//! the shortest word has letters. So only these places are looked at, each by itself, and a table of bits tells nearly
//! all of them from the places where a word can be. In WebAssembly that takes a fraction of the time of an automaton,
//! which must look at each byte and wait for the one before; it is not far from vector instructions elsewhere.

use std::ops::{ControlFlow, Range};

use crate::config::ConfigError;

const FEWEST_LETTERS: usize = LETTERS;
const MOST_LETTERS: usize = 64;
const MOST_WORDS: usize = 64;

/// How many letters are looked at together.
const LETTERS: usize = 4;
/// That many letters, mixed to a number of so many bits.
type Hash = u16;
const HASH_BITS: u32 = 15;
const HASHES: usize = 1 << HASH_BITS;

/// A list of words, ready to be searched for.
#[derive(Debug)]
pub(crate) struct Words {
    words: Box<[Box<[u8]>]>,
    /// A bit for each hash that some place has.
    hashes: Box<[u64; HASHES / 64]>,
    /// In the order of their hashes.
    places: Box<[Place]>,
    stride: usize,
    longest: usize,
}

/// A hash, and where it comes from.
#[derive(Debug)]
struct Place {
    hash: Hash,
    word: usize,
    offset: usize,
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
        Ok(Self::index(
            words.iter().map(|word| word.as_bytes().into()).collect(),
        ))
    }

    fn index(words: Box<[Box<[u8]>]>) -> Self {
        let lengths = || words.iter().map(|word| word.len());
        let shortest = lengths().min().unwrap_or(FEWEST_LETTERS);
        let longest = lengths().max().unwrap_or(FEWEST_LETTERS);
        let stride = shortest - FEWEST_LETTERS + 1;
        let mut hashes = Box::new([0; HASHES / 64]);
        let mut places = Vec::with_capacity(words.len() * stride);
        for (word, letters) in words.iter().enumerate() {
            for (offset, window) in letters.windows(LETTERS).take(stride).enumerate() {
                let hash = hash_of(window);
                hashes[usize::from(hash / 64)] |= 1 << (hash % 64);
                places.push(Place { hash, word, offset });
            }
        }
        places.sort_by_key(|place| place.hash);
        Self {
            places: places.into(),
            words,
            hashes,
            stride,
            longest,
        }
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

    /// Hands over each occurrence in the body that `parts` make up, by its place there; not in order.
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

    /// Hands over each occurrence in bytes that are in one piece.
    pub(crate) fn search<F>(&self, bytes: &[u8], found: &mut F) -> ControlFlow<()>
    where
        F: FnMut(Range<usize>) -> ControlFlow<()>,
    {
        for (index, window) in bytes.windows(LETTERS).step_by(self.stride).enumerate() {
            let hash = hash_of(window);
            if self.hashes[usize::from(hash / 64)] >> (hash % 64) & 1 == 1 {
                self.check(bytes, index * self.stride, hash, found)?;
            }
        }
        ControlFlow::Continue(())
    }

    // Out of line, so that the loop stays small.
    #[cold]
    #[inline(never)]
    fn check<F>(&self, bytes: &[u8], at: usize, hash: Hash, found: &mut F) -> ControlFlow<()>
    where
        F: FnMut(Range<usize>) -> ControlFlow<()>,
    {
        let first = self.places.partition_point(|place| place.hash < hash);
        let same = |place: &&Place| place.hash == hash;
        for place in self.places[first..].iter().take_while(same) {
            let word = &self.words[place.word];
            let Some(start) = at.checked_sub(place.offset) else {
                continue;
            };
            if bytes[start..].starts_with(word) {
                found(start..start + word.len())?;
            }
        }
        ControlFlow::Continue(())
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

fn hash_of(window: &[u8]) -> Hash {
    // Knuth's multiplicative hash: the high bits depend on all letters.
    const FACTOR: u32 = 2_654_435_769;
    let letters = u32::from_le_bytes([window[0], window[1], window[2], window[3]]);
    (letters.wrapping_mul(FACTOR) >> (u32::BITS - HASH_BITS)) as Hash
}

/// An end of `word`, but not all of it, is the begin of `other`.
fn overlap(word: &[u8], other: &[u8]) -> bool {
    (1..word.len()).any(|from| other.starts_with(&word[from..]))
}

fn holds(word: &[u8], other: &[u8]) -> bool {
    let within = |long: &[u8], short: &[u8]| long.windows(short.len()).any(|part| part == short);
    within(word, other) || within(other, word)
}

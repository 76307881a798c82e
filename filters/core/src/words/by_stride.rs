//! Every word has four letters in a row at one of the places that lie `stride` apart, as the stride is three less than
//! the shortest word has letters. So only these places are looked at, each by itself, and a table of bits tells nearly
//! all of them from the places where a word can be. In WebAssembly that takes a fraction of the time of an automaton,
//! which must look at each byte and wait for the one before.

use std::ops::{ControlFlow, Range};

use crate::config::ConfigError;

/// How many letters are looked at together; no word has fewer.
const LETTERS: usize = 4;
/// That many letters, mixed to a number of so many bits.
type Hash = u16;
const HASH_BITS: u32 = 15;
const HASHES: usize = 1 << HASH_BITS;

/// Finds words without vector instructions.
#[derive(Debug)]
pub(super) struct Finder {
    words: Box<[Box<[u8]>]>,
    /// A bit for each hash that some place has.
    hashes: Box<[u64; HASHES / 64]>,
    /// In the order of their hashes.
    places: Box<[Place]>,
    stride: usize,
}

/// A hash, and where it comes from.
#[derive(Debug)]
struct Place {
    hash: Hash,
    word: usize,
    offset: usize,
}

impl Finder {
    // The same on every platform, where another finder may refuse.
    #[allow(clippy::unnecessary_wraps)]
    pub(super) fn new(words: &[Box<[u8]>]) -> Result<Self, ConfigError> {
        let shortest = words.iter().map(|word| word.len()).min();
        let stride = shortest.unwrap_or(LETTERS) - LETTERS + 1;
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
        Ok(Self {
            words: words.into(),
            hashes,
            places: places.into(),
            stride,
        })
    }

    pub(super) fn search<F>(&self, bytes: &[u8], found: &mut F) -> ControlFlow<()>
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
}

fn hash_of(window: &[u8]) -> Hash {
    // Knuth's multiplicative hash: the high bits depend on all letters.
    const FACTOR: u32 = 2_654_435_769;
    let letters = u32::from_le_bytes([window[0], window[1], window[2], window[3]]);
    (letters.wrapping_mul(FACTOR) >> (u32::BITS - HASH_BITS)) as Hash
}

#[cfg(test)]
mod tests {
    use super::super::by_vectors;
    use super::*;

    fn keep(into: &mut Vec<Range<usize>>) -> impl FnMut(Range<usize>) -> ControlFlow<()> + '_ {
        |span| {
            into.push(span);
            ControlFlow::Continue(())
        }
    }

    /// Texts of few letters, so that words and near misses come up all the time.
    fn text(mut state: u64, length: usize) -> Vec<u8> {
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as usize
        };
        let mut bytes = Vec::new();
        while bytes.len() < length {
            match next() % 6 {
                0 => bytes.extend_from_slice(b"kingfisher"),
                1 => bytes.extend_from_slice(b"moonston"),
                2 => bytes.extend_from_slice(b"brimstone"),
                3 => bytes.push(b' '),
                _ => bytes.push(b"aemnost\0\xff"[next() % 9]),
            }
        }
        bytes.truncate(length);
        bytes
    }

    #[test]
    fn finds_what_the_other_finder_finds() {
        let words: Vec<Box<[u8]>> = ["kingfisher", "moonstone", "brimstone"]
            .map(|word| word.as_bytes().into())
            .into();
        let stride = Finder::new(&words).expect("good words");
        let vectors = by_vectors::Finder::new(&words).expect("good words");
        let mut found = 0;
        for seed in 0..2_000 {
            let bytes = text(seed, (seed % 257) as usize);
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            let _all = stride.search(&bytes, &mut keep(&mut ours));
            let _all = vectors.search(&bytes, &mut keep(&mut theirs));
            ours.sort_by_key(|span| span.start);
            assert_eq!(ours, theirs, "{}", String::from_utf8_lossy(&bytes));
            found += ours.len();
        }
        assert!(found > 2_000, "{found}");
    }
}

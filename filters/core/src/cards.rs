//! Card numbers: 16 digits, contiguous or as four groups of four with the same single space or dash between them,
//! with no further digit directly before or after, and valid by Luhn's formula.

use std::ops::{ControlFlow, Range};

/// Digits of a card number.
const DIGITS: u32 = 16;
const GROUP: u32 = 4;
/// Bytes of a card number with its separators.
const LONGEST: usize = 19;
/// Separators stand five bytes apart, so of two bytes eight apart in a card number one is a digit; and a card number
/// has at least two such.
const STRIDE: usize = 8;

/// Finds card numbers in a body that is read part by part; it keeps no bytes of it but the last digits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cards {
    /// Bytes read so far.
    position: usize,
    /// The last 16 digits, four bits each.
    digits: u64,
    /// Digits in a row up to the last byte; 17 stands for more than 16.
    run: u32,
    /// Groups of four right before this run (or before the separator that was read last), at most three.
    groups: u32,
    /// What stands between and behind these groups.
    separator: u8,
}

impl Cards {
    /// Bytes read so far.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// How many of the bytes read last may still become part of a card number.
    pub(crate) fn undecided(&self) -> usize {
        let run = self.run as usize;
        match self.run {
            0..=GROUP => run + self.groups as usize * (GROUP as usize + 1),
            // Too long for a group, but not yet for a card number without separators.
            5..=DIGITS => run,
            _ => 0,
        }
    }

    /// Reads on; hands over each card number of which no byte can be missing any more, by its place in the body.
    pub(crate) fn read<F>(&mut self, bytes: &[u8], found: &mut F) -> ControlFlow<()>
    where
        F: FnMut(Range<usize>) -> ControlFlow<()>,
    {
        let begin = self.position;
        self.position += bytes.len();
        let mut at = 0;
        while at < bytes.len() {
            let mut sure = at;
            if self.is_idle() {
                (at, sure) = next_chance(bytes, at);
            }
            while at < bytes.len() && (at < sure || !self.is_idle()) {
                if let Some(length) = self.step(bytes[at]) {
                    found(begin + at - length..begin + at)?;
                }
                at += 1;
            }
        }
        ControlFlow::Continue(())
    }

    /// The card number that the end of the body makes one.
    pub(crate) fn end(&mut self) -> Option<Range<usize>> {
        let length = self.step(b'\n')?;
        Some(self.position - length..self.position)
    }

    /// Nothing that was read can be part of a card number to come.
    fn is_idle(&self) -> bool {
        self.run == 0 && self.groups == 0
    }

    /// Takes one byte; if a card number ended before it, its length.
    fn step(&mut self, byte: u8) -> Option<usize> {
        if byte.is_ascii_digit() {
            self.digits = self.digits << 4 | u64::from(byte - b'0');
            self.run = (self.run + 1).min(DIGITS + 1);
            return None;
        }
        let length = match (self.run, self.groups) {
            (DIGITS, _) if is_valid(self.digits) => Some(DIGITS as usize),
            (GROUP, 3) if is_valid(self.digits) => Some(LONGEST),
            _ => None,
        };
        self.groups = match self.run {
            GROUP if !is_separator(byte) => 0,
            GROUP if byte == self.separator => (self.groups + 1).min(3),
            GROUP => 1,
            _ => 0,
        };
        self.separator = byte;
        self.run = 0;
        length
    }
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'-')
}

/// From where on bytes must be read one by one, and up to where at least; both are the end where a card number can at
/// most begin later.
fn next_chance(bytes: &[u8], from: usize) -> (usize, usize) {
    let mut probe = from + STRIDE - 1;
    while let Some(byte) = bytes.get(probe) {
        if byte.is_ascii_digit() {
            return (begin_of(bytes, from, probe + 1), probe + 1);
        }
        probe += STRIDE;
    }
    (begin_of(bytes, from, bytes.len()), bytes.len())
}

/// Where the first card number begins that can have the byte before `end`.
fn begin_of(bytes: &[u8], from: usize, end: usize) -> usize {
    let mut begin = end;
    let earliest = end.saturating_sub(LONGEST).max(from);
    while begin > earliest && (bytes[begin - 1].is_ascii_digit() || is_separator(bytes[begin - 1]))
    {
        begin -= 1;
    }
    // A run of digits counts as a whole: one digit too many, and it is no card number.
    while begin > from && bytes[begin - 1].is_ascii_digit() {
        begin -= 1;
    }
    begin
}

/// Luhn's formula: from the right, every second digit counts double, its digits added up.
fn is_valid(digits: u64) -> bool {
    const DOUBLED: [u32; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
    let sum: u32 = digits
        .to_le_bytes()
        .iter()
        .map(|pair| u32::from(pair & 15) + DOUBLED[usize::from(pair >> 4)])
        .sum();
    sum.is_multiple_of(10)
}

//! What the jobs are held against: the rules written down as plainly as can be, and bodies that are near them.

use std::ops::Range;

pub const WORDS: [&str; 4] = ["blackthorn", "moonstone", "kingfisher", "quicksilver"];

/// `{"job": …, "words": […]}`.
pub fn job_with_words(job: &str) -> String {
    format!(r#"{{"job":"{job}","words":{}}}"#, serde_json::json!(WORDS))
}

/// Every place of a card number: any 16 or 19 bytes that are one.
pub fn cards(body: &[u8]) -> Vec<Range<usize>> {
    let is_digit = |at: usize| body.get(at).is_some_and(u8::is_ascii_digit);
    let free =
        |span: &Range<usize>| (span.start == 0 || !is_digit(span.start - 1)) && !is_digit(span.end);
    let mut spans: Vec<_> = body
        .windows(16)
        .enumerate()
        .map(|(at, part)| (at, part.to_vec()))
        .collect();
    spans.extend(body.windows(19).enumerate().filter_map(|(at, part)| {
        let separator = part[4];
        let at_its_place = |(at, byte): (usize, &u8)| (at % 5 == 4) == (*byte == separator);
        let is_grouped = b" -".contains(&separator) && part.iter().enumerate().all(at_its_place);
        is_grouped.then(|| {
            (
                at,
                part.iter()
                    .copied()
                    .filter(|byte| *byte != separator)
                    .collect(),
            )
        })
    }));
    let whole = |(at, digits): &(usize, Vec<u8>)| match is_contiguous(body, *at, digits) {
        true => *at..at + 16,
        false => *at..at + 19,
    };
    let valid = spans.iter().filter(|(_, digits)| is_luhn(digits));
    valid.map(whole).filter(free).collect()
}

fn is_contiguous(body: &[u8], at: usize, digits: &[u8]) -> bool {
    body[at..].starts_with(digits)
}

fn is_luhn(digits: &[u8]) -> bool {
    if digits.len() != 16 || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    luhn_sum(digits).is_multiple_of(10)
}

fn luhn_sum(digits: &[u8]) -> u32 {
    let mut sum = 0;
    for (place, digit) in digits.iter().rev().enumerate() {
        let value = u32::from(digit - b'0') * if place % 2 == 1 { 2 } else { 1 };
        sum += value / 10 + value % 10;
    }
    sum
}

/// Every place of a word.
pub fn words(body: &[u8]) -> Vec<Range<usize>> {
    let places = |word: &'static str| {
        let is_word = move |part: &[u8]| part == word.as_bytes();
        let starts = body
            .windows(word.len())
            .enumerate()
            .filter(move |(_, part)| is_word(part));
        starts.map(|(at, _)| at..at + word.len())
    };
    WORDS.into_iter().flat_map(places).collect()
}

pub fn redacted(body: &[u8]) -> Vec<u8> {
    let mut masked = body.to_vec();
    for span in cards(body).into_iter().chain(words(body)) {
        masked[span].fill(b'*');
    }
    masked
}

/// Numbers that look random and are the same in every run.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// From 0 up to, without, `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    pub fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + self.below(10) as u8))
            .collect()
    }

    fn card(&mut self) -> String {
        let first = self.digits(15);
        let sum = luhn_sum(format!("{first}0").as_bytes());
        format!("{first}{}", (10 - sum % 10) % 10)
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    /// Card numbers, words, and what only comes near them, in any order and often without anything between.
    pub fn body(&mut self) -> Vec<u8> {
        let mut body = String::new();
        for _ in 0..self.below(24) {
            let length = self.below(20);
            match self.below(9) {
                0 => body.push_str(&self.card()),
                1 | 2 => {
                    let (card, separator) = (self.card(), self.one_of(&[" ", "-"]));
                    let groups = [&card[..4], &card[4..8], &card[8..12], &card[12..]];
                    body.push_str(&groups.join(separator));
                }
                3 => body.push_str(self.one_of(&WORDS)),
                4 => {
                    let word = self.one_of(&WORDS);
                    body.push_str(&word[..self.below(word.len())]);
                }
                5 => body.push_str(&self.digits(length)),
                6 => body.push_str(&self.digits(4)),
                7 => body.push_str(&"the quiet river runs on and on"[..length]),
                _ => body.push_str(self.one_of(&[" ", "-", "  ", "- ", ".", "\n", "ö", "1"])),
            }
        }
        body.into_bytes()
    }

    /// The same bytes in several parts, some of them empty.
    pub fn split<'a>(&mut self, body: &'a [u8]) -> Vec<&'a [u8]> {
        let mut cuts: Vec<_> = (0..self.below(8))
            .map(|_| self.below(body.len() + 1))
            .collect();
        cuts.sort_unstable();
        let mut parts = Vec::new();
        let mut from = 0;
        for cut in cuts {
            parts.push(&body[from..cut]);
            from = cut;
        }
        parts.push(&body[from..]);
        parts
    }
}

//! The `inspect` job: nothing with a card number or a listed word in it may pass.

use std::ops::{ControlFlow, Range};

use crate::action::Denial;
use crate::body::BodyAction;
use crate::cards::Cards;
use crate::config::ConfigError;
use crate::words::Words;

/// The reply to a request with a card number in its body, whatever else is there.
pub static CARD_FOUND: Denial = Denial {
    status: 403,
    content_type: "text/plain",
    body: "Blocked: card number.",
};

/// The reply to a request with a listed word in its body.
pub static WORD_FOUND: Denial = Denial {
    status: 403,
    content_type: "text/plain",
    body: "Blocked: forbidden word.",
};

/// What to look for.
#[derive(Debug)]
pub(crate) struct Inspect {
    words: Words,
}

impl Inspect {
    pub(crate) fn new(words: &[Box<str>]) -> Result<Self, ConfigError> {
        let words = Words::new(words)?;
        Ok(Self { words })
    }

    pub(crate) fn decide(&self, parts: &[&[u8]]) -> BodyAction<'static> {
        if has_card(parts) {
            return BodyAction::Deny(&CARD_FOUND);
        }
        match self.words.read(parts, &mut one_is_enough) {
            ControlFlow::Break(()) => BodyAction::Deny(&WORD_FOUND),
            ControlFlow::Continue(()) => BodyAction::Continue,
        }
    }
}

fn has_card(parts: &[&[u8]]) -> bool {
    let mut cards = Cards::default();
    let mut read = |part: &&[u8]| cards.read(part, &mut one_is_enough).is_break();
    parts.iter().any(&mut read) || cards.end().is_some()
}

fn one_is_enough(_: Range<usize>) -> ControlFlow<()> {
    ControlFlow::Break(())
}

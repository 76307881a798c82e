//! What is still to be said.

use std::collections::VecDeque;

use super::Reply;

/// Answers in order; room for one costs nothing, as only a body in full duplex has more.
#[derive(Default)]
pub struct Outbox {
    next: Option<Reply>,
    later: VecDeque<Reply>,
}

impl Outbox {
    #[inline]
    pub fn push(&mut self, reply: Reply) {
        match self.next {
            None => self.next = Some(reply),
            Some(_) => self.later.push_back(reply),
        }
    }

    #[inline]
    pub fn pop(&mut self) -> Option<Reply> {
        std::mem::replace(&mut self.next, self.later.pop_front())
    }
}

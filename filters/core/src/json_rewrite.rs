//! The `json-rewrite` job: one field of a JSON body is set, all other bytes stay.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use crate::body::{join, BodyAction};
use crate::json::read_object;

/// A field, and the text it is set to.
#[derive(Debug)]
pub(crate) struct JsonRewrite {
    field: Box<str>,
    /// The value as JSON.
    value: Box<[u8]>,
    /// Name and value as JSON, and the comma behind them.
    member: Box<[u8]>,
}

impl JsonRewrite {
    pub(crate) fn new(field: Box<str>, value: &str) -> Self {
        let name = Value::from(&*field);
        let value = Value::from(value).to_string();
        Self {
            member: format!("{name}:{value},").into_bytes().into(),
            value: value.into_bytes().into(),
            field,
        }
    }

    pub(crate) fn on_body(&self, parts: &[&[u8]]) -> BodyAction<'static> {
        let body = join(parts);
        match self.change(&body) {
            Some((place, new)) => BodyAction::Replace(splice(body, place, new)),
            None => BodyAction::Continue,
        }
    }

    /// What to put where; nothing if the body is no JSON object, or is as it should be.
    fn change(&self, body: &[u8]) -> Option<(Range<usize>, &[u8])> {
        let object = read_object(body, &self.field)?;
        let Some(place) = object.field else {
            let inside = body.iter().position(|&byte| byte == b'{')? + 1;
            let comma = usize::from(object.is_empty);
            return Some((inside..inside, &self.member[..self.member.len() - comma]));
        };
        (body[place.clone()] != *self.value).then_some((place, &self.value))
    }
}

fn splice(body: Cow<'_, [u8]>, place: Range<usize>, new: &[u8]) -> Vec<u8> {
    match body {
        Cow::Owned(mut body) => {
            body.splice(place, new.iter().copied());
            body
        }
        Cow::Borrowed(body) => [&body[..place.start], new, &body[place.end..]].concat(),
    }
}

//! The `model-routing` job: a request is routed by the model that its JSON body names.

use crate::action::Header;
use crate::body::{join, BodyAction};
use crate::config::is_header_value;
use crate::json::read_object;

/// The request header that names the model to the route table.
pub const MODEL_HEADER: &str = "x-model";

/// The model of a body that names none: no JSON object, no such field, or no text that can be a header's value.
pub const NO_MODEL: &str = "none";

const FIELD: &str = "model";

pub(crate) fn route(parts: &[&[u8]]) -> BodyAction<'static> {
    BodyAction::Set(Header {
        name: MODEL_HEADER.into(),
        value: model(&join(parts)).unwrap_or_else(|| NO_MODEL.into()),
    })
}

fn model(body: &[u8]) -> Option<Box<str>> {
    let place = read_object(body, FIELD)?.field?;
    let model: Box<str> = serde_json::from_slice(&body[place]).ok()?;
    // A line break in it would otherwise add a header of the client's choice, and a space at either end is lost where an
    // answer over HTTP brings it.
    let is_trimmed = !model.starts_with(' ') && !model.ends_with(' ');
    (is_trimmed && is_header_value(&model)).then_some(model)
}

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
    let model = read_object::<Box<str>>(body, FIELD).ok()?.field?;
    // A line break in it would otherwise add a header of the client's choice.
    is_header_value(&model).then_some(model)
}

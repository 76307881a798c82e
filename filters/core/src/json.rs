//! One field of a JSON object, without building the rest.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::Result;

/// What is known of an object.
pub(crate) struct Object {
    /// Where the value of the field that was asked for is.
    pub(crate) field: Option<Range<usize>>,
    pub(crate) is_empty: bool,
}

/// Reads all of `json`, and finds the value of its top-level field `name`; of several, the last, as most parsers do.
/// None where it is no object in JSON. Within texts any bytes above ASCII go by: to check them is no filter's job.
pub(crate) fn read_object(json: &[u8], name: &str) -> Option<Object> {
    match read(json, name) {
        Ok(object) => Some(object),
        // serde_json hands names and values over as UTF-8 only, so it reads a stand-in of the same length.
        Err(_) if std::str::from_utf8(json).is_err() => read(&ascii(json), name).ok(),
        Err(_) => None,
    }
}

/// ASCII's last character, which like those above it may stand in texts only, and is no header's.
const DELETE: u8 = 0x7f;

fn ascii(json: &[u8]) -> Vec<u8> {
    let stand_in = |byte: &u8| if byte.is_ascii() { *byte } else { DELETE };
    json.iter().map(stand_in).collect()
}

fn read(json: &[u8], name: &str) -> Result<Object> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let object = deserializer.deserialize_map(Fields {
        name,
        begin: json.as_ptr() as usize,
        json: PhantomData,
    })?;
    deserializer.end()?;
    Ok(object)
}

struct Fields<'n, 'j> {
    name: &'n str,
    /// Where the text begins.
    begin: usize,
    json: PhantomData<&'j [u8]>,
}

impl<'j> Visitor<'j> for Fields<'_, 'j> {
    type Value = Object;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> std::result::Result<Object, A::Error> {
        let mut object = Object {
            field: None,
            is_empty: true,
        };
        while let Some(name) = map.next_key::<&'j RawValue>()? {
            object.is_empty = false;
            if is_name(name.get(), self.name) {
                let value = map.next_value::<&'j RawValue>()?.get();
                let start = value.as_ptr() as usize - self.begin;
                object.field = Some(start..start + value.len());
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(object)
    }
}

/// Whether a name in quotes, perhaps with escapes, is this one.
fn is_name(quoted: &str, name: &str) -> bool {
    let inner = &quoted[1..quoted.len() - 1];
    if !inner.contains('\\') {
        return inner == name;
    }
    // An escape of half a character is no text, and so no such name.
    serde_json::from_str::<Cow<'_, str>>(quoted).is_ok_and(|unescaped| unescaped == name)
}

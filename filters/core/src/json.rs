//! One field of a JSON object, without building the rest.

use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};
use serde_json::Result;

/// What is known of an object.
pub(crate) struct Object<T> {
    /// The value of the field that was asked for.
    pub(crate) field: Option<T>,
    pub(crate) is_empty: bool,
}

/// Reads all of `json`, and keeps the value of its top-level field `name`; of several, the last.
///
/// # Errors
/// Not JSON, no object, or the field is no `T`.
pub(crate) fn read_object<'a, T: Deserialize<'a>>(json: &'a [u8], name: &str) -> Result<Object<T>> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let object = deserializer.deserialize_map(Fields {
        name,
        value: PhantomData,
    })?;
    deserializer.end()?;
    Ok(object)
}

struct Fields<'n, T> {
    name: &'n str,
    value: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<'_, T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(
        self,
        mut map: A,
    ) -> std::result::Result<Self::Value, A::Error> {
        let mut object = Object {
            field: None,
            is_empty: true,
        };
        while let Some(is_asked_for) = map.next_key_seed(Named(self.name))? {
            object.is_empty = false;
            if is_asked_for {
                object.field = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(object)
    }
}

/// Reads a name, and keeps only whether it is this one.
struct Named<'n>(&'n str);

impl<'de> DeserializeSeed<'de> for Named<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Named<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> std::result::Result<bool, E> {
        Ok(name == self.0)
    }
}

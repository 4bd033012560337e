//! Reading the variant of a union by its tag. Needs `object.rs`, `undecided.rs`, `undecided_reader.rs`.
//!
//! Most writers put the tag first. Then the variant reads the other properties directly, and nothing has to be buffered.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::undecided_reader::At;
use super::{Key, UNDECIDED, Undecided, UndecidedVisitor, at, next_key};

/// A union whose variants have a tag: a string in a property.
pub(crate) trait ByTag: Sized {
    /// The name of the property.
    const TAG: &'static str;

    /// Reads the variant with a tag.
    fn read<'de, D: Whole<'de>>(tag: &str, from: D) -> Result<Self, D::Error>;
}

/// A whole object, including the tag.
pub(crate) trait Whole<'de>: Deserializer<'de> {
    /// Hides the tag, for a variant that doesn't declare it.
    fn without(self, tag: &'static str) -> Self;

    /// The object as JSON.
    fn json(self) -> Result<Value, Self::Error>;
}

impl<'de> Whole<'de> for At<'de> {
    fn without(self, tag: &'static str) -> Self {
        self.hiding(tag)
    }

    fn json(self) -> Result<Value, Self::Error> {
        Ok(self.value())
    }
}

/// Reads a union by its tag.
pub(crate) fn by_tag<'de, U, D>(from: D) -> Result<U, D::Error>
where
    U: ByTag,
    D: Deserializer<'de>,
{
    from.deserialize_newtype_struct(UNDECIDED, ByTagVisitor(PhantomData))
}

/// The error for an object without its tag.
fn missing<E: de::Error>(tag: &str) -> E {
    E::custom(format_args!(
        "/{tag}: the string that tells variants apart is missing"
    ))
}

fn read_undecided<U, E>(value: &Undecided) -> Result<U, E>
where
    U: ByTag,
    E: de::Error,
{
    let tag = U::TAG;
    let found = value.text_of(tag).ok_or_else(|| missing(tag))?;
    value
        .reading(|from| U::read(found, from))
        .map_err(E::custom)
}

/// Receives the reader's response to the request for a union, as in `undecided.rs`.
struct ByTagVisitor<U>(PhantomData<U>);

impl<'de, U: ByTag> Visitor<'de> for ByTagVisitor<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<U, D::Error> {
        from.deserialize_any(TextVisitor(PhantomData))
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<U, D::Error> {
        read_undecided(&UndecidedVisitor.visit_some(from)?)
    }

    fn visit_i128<E: de::Error>(self, node: i128) -> Result<U, E> {
        read_undecided(&UndecidedVisitor.visit_i128(node)?)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<U, A::Error> {
        read_undecided(&UndecidedVisitor.visit_map(members)?)
    }
}

/// Reads a union that isn't nested in another one.
struct TextVisitor<U>(PhantomData<U>);

impl<'de, U: ByTag> Visitor<'de> for TextVisitor<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<U, A::Error> {
        let tag = U::TAG;
        let Some(key) = next_key(&mut members)? else {
            return Err(missing(tag));
        };
        if key.as_str() != tag {
            let members = Begun {
                key: Some(key),
                value: None,
                members,
            };
            return read_undecided(&UndecidedVisitor.visit_map(members)?);
        }
        let value: String = members.next_value().map_err(|error| at(tag, &error))?;
        let members = Begun {
            key: Some(key),
            value: Some(&value),
            members,
        };
        U::read(&value, members)
    }
}

/// An object whose first key has been read, and possibly the value, which is a string.
struct Begun<'de, 'v, A> {
    key: Option<Key<'de>>,
    value: Option<&'v str>,
    members: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Begun<'de, '_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        match self.key.take() {
            Some(key) => {
                let error = PhantomData;
                let text = key.as_str();
                seed.deserialize(Text { text, error }).map(Some)
            }
            None => self.members.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.value.take() {
            Some(text) => {
                let error = PhantomData;
                seed.deserialize(Text { text, error })
            }
            None => self.members.next_value_seed(seed),
        }
    }
}

impl<'de, A: MapAccess<'de>> Deserializer<'de> for Begun<'de, '_, A> {
    type Error = A::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_map(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_some(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de, A: MapAccess<'de>> Whole<'de> for Begun<'de, '_, A> {
    fn without(mut self, _: &'static str) -> Self {
        (self.key, self.value) = (None, None);
        self
    }

    fn json(self) -> Result<Value, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(self))
    }
}

/// A string that was read before.
struct Text<'v, E> {
    text: &'v str,
    error: PhantomData<E>,
}

impl<'de, E: de::Error> Deserializer<'de> for Text<'_, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_str(self.text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_some(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

//! `union!`: enums that are one of several types. Needs `text.rs`, `validate.rs`.
//!
//! How the variant of a value is told is said in the macro's input:
//!
//! | input | the variant is told by |
//! | --- | --- |
//! | `by tag "kind" { Cat: "cat" \| "kitten", … } other Other` | the string in a property; `Other` keeps a value whose tag isn't listed |
//! | `by kind { Text: string, Count: number, … }` | the kind of JSON value |
//! | `by field { Card: "number", Cash: _ }` | a property that only this one has; `_` is what is left, and stands last |
//! | `in order { A, B }` | the first that takes the whole value and is satisfied by it, else the first that is satisfied, else the first that can be read |
//!
//! Writing writes the variant, so that what was read is written back.

use std::fmt;

use serde::Serialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Number, Value};

use super::{TextTree, UNDECIDED, Validate, json_within};

/// Implements `Serialize` and `Deserialize` for an enum of types; see the head of this file.
// `union` is this module, as in `object!`; paths are written in full for the same reason.
macro_rules! union {
    ($name:ident by tag $tag:literal { $($variant:ident: $($key:literal)|+),* $(,)? } other $other:ident) => {
        union! { @write $name { $($variant,)* $other } }
        union! { @read $name |value| {
            match union::tag(&value, $tag)? {
                $($($key)|+ => union::read(value).map(Self::$variant),)*
                _ => ::core::result::Result::Ok(Self::$other(value.into_json())),
            }
        } }
    };
    ($name:ident by kind { $($variant:ident: $kind:ident),* $(,)? }) => {
        union! { @write $name { $($variant),* } }
        union! { @read $name |value| {
            $(if union::kind::$kind(&value) {
                return union::read(value).map(Self::$variant);
            })*
            ::core::result::Result::Err(union::unknown())
        } }
    };
    ($name:ident by field { $($variant:ident: $field:tt),* $(,)? }) => {
        union! { @write $name { $($variant),* } }
        union! { @read $name |value| {
            $(if union! { @has value $field } {
                return union::read(value).map(Self::$variant);
            })*
            ::core::result::Result::Err(union::unknown())
        } }
    };
    ($name:ident in order { $($variant:ident),* $(,)? }) => {
        union! { @write $name { $($variant),* } }
        union! { @read $name |value| {
            $(if let ::core::option::Option::Some(read) = union::exact(&value, Self::$variant) {
                return ::core::result::Result::Ok(read);
            })*
            $(if let ::core::option::Option::Some(read) = union::satisfied(&value, Self::$variant) {
                return ::core::result::Result::Ok(read);
            })*
            $(if let ::core::result::Result::Ok(read) = union::read::<_, D::Error>(::core::clone::Clone::clone(&value)) {
                return ::core::result::Result::Ok(Self::$variant(read));
            })*
            ::core::result::Result::Err(union::unknown())
        } }
    };
    (@has $value:ident _) => {
        true
    };
    (@has $value:ident $field:literal) => {
        $value.get($field).is_some()
    };
    (@write $name:ident { $($variant:ident),* }) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => ::serde::Serialize::serialize(value, to),)*
                }
            }
        }
    };
    (@read $name:ident |$value:ident| $body:block) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            // A union of one kind of value has no way on; the way it is written is the same for all.
            #[allow(unreachable_code)]
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                let $value = union::buffered(from)?;
                $body
            }
        }
    };
}
pub(crate) use union;

/// The whole value, before it is known what it is.
#[derive(Debug, Clone)]
pub(crate) struct Undecided {
    value: Value,
    /// Whether its strings are text that may stand for other values (`text.rs`).
    is_text: bool,
    /// The list or object that the value is if it is text that is JSON.
    within: Option<Value>,
}

impl Undecided {
    /// The value of a property.
    pub(crate) fn get(&self, property: &str) -> Option<&Value> {
        self.within.as_ref().unwrap_or(&self.value).get(property)
    }

    /// The value as JSON; what was text is strings.
    pub(crate) fn into_json(self) -> Value {
        self.within.unwrap_or(self.value)
    }

    /// The value as a type.
    fn to<T: DeserializeOwned>(&self) -> Option<T> {
        if self.is_text {
            TextTree::from(self.value.clone()).read().ok()
        } else {
            T::deserialize(&self.value).ok()
        }
    }

    /// The string that the value is, if text may be what the test says.
    fn text(&self) -> Option<&str> {
        self.value.as_str().filter(|_| self.is_text)
    }
}

/// Reads the whole value.
pub(crate) fn buffered<'de, D: Deserializer<'de>>(from: D) -> Result<Undecided, D::Error> {
    from.deserialize_newtype_struct(UNDECIDED, UndecidedVisitor)
}

struct UndecidedVisitor;

fn json<E>(value: impl Into<Value>) -> Result<Undecided, E> {
    Ok(Undecided {
        value: value.into(),
        is_text: false,
        within: None,
    })
}

/// Readers answer to the question for a newtype; those that take no hints answer with the value itself.
impl<'de> Visitor<'de> for UndecidedVisitor {
    type Value = Undecided;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Undecided, D::Error> {
        Value::deserialize(from).and_then(json)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Undecided, D::Error> {
        let value = Value::deserialize(from)?;
        Ok(Undecided {
            within: value.as_str().and_then(json_within),
            value,
            is_text: true,
        })
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Undecided, E> {
        json(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Undecided, E> {
        json(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Undecided, E> {
        json(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Undecided, E> {
        json(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Undecided, E> {
        json(value)
    }

    fn visit_unit<E: Error>(self) -> Result<Undecided, E> {
        json(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Undecided, E> {
        json(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Undecided, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(items)).and_then(json)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Undecided, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(members)).and_then(json)
    }
}

/// The value as the type of a variant.
pub(crate) fn read<T: DeserializeOwned, E: Error>(value: Undecided) -> Result<T, E> {
    if value.is_text {
        return TextTree::from(value.value).read().map_err(E::custom);
    }
    serde_json::from_value(value.value).map_err(E::custom)
}

/// The value as a variant, if it satisfies its constraints too.
pub(crate) fn satisfied<T, U>(value: &Undecided, variant: fn(T) -> U) -> Option<U>
where
    T: DeserializeOwned,
    U: Validate,
{
    // Some of the constraints are the variant's, as those of a list are.
    let read = variant(value.to()?);
    read.validate().is_ok().then_some(read)
}

/// The value as a variant, if it satisfies its constraints and nothing of it gets lost.
pub(crate) fn exact<T, U>(value: &Undecided, variant: fn(T) -> U) -> Option<U>
where
    T: DeserializeOwned,
    U: Serialize + Validate,
{
    let read = satisfied(value, variant)?;
    let written = serde_json::to_value(&read).ok()?;
    let same = if value.is_text {
        says(&value.value, &written)
    } else {
        written == value.value
    };
    same.then_some(read)
}

/// Whether a value is what a tree of text says. Text doesn't know `null`, and one item may stand for its list.
fn says(text: &Value, value: &Value) -> bool {
    match (text, value) {
        (Value::String(text), Value::String(value)) => text == value,
        (Value::String(text), Value::Bool(value)) => text.parse() == Ok(*value),
        (Value::String(text), Value::Number(value)) => {
            // A float may be written without a fraction.
            let is_value = |number: Number| {
                number == *value || (value.is_f64() && number.as_f64() == value.as_f64())
            };
            text.parse().is_ok_and(is_value)
        }
        (Value::String(text), Value::Array(items)) => match (json_within(text), items.as_slice()) {
            (Some(list @ Value::Array(_)), _) => list == *value,
            (_, [item]) => says(&Value::from(text.as_str()), item),
            _ => false,
        },
        (Value::String(text), Value::Object(_)) => json_within(text).as_ref() == Some(value),
        (Value::Array(texts), Value::Array(items)) => {
            texts.len() == items.len()
                && texts.iter().zip(items).all(|(text, item)| says(text, item))
        }
        (Value::Object(texts), Value::Object(members)) => {
            let mut members = members.iter().filter(|(_, value)| !value.is_null());
            texts.len() == members.clone().count()
                && members
                    .all(|(name, value)| texts.get(name).is_some_and(|text| says(text, value)))
        }
        (text, value) => text == value,
    }
}

/// The string in the property that tells variants apart.
pub(crate) fn tag<'v, E: Error>(value: &'v Undecided, property: &str) -> Result<&'v str, E> {
    let tag = value.get(property).and_then(Value::as_str);
    tag.ok_or_else(|| {
        E::custom(format_args!(
            "/{property}: the string that tells variants apart is missing"
        ))
    })
}

/// The value is none of the variants.
pub(crate) fn unknown<E: Error>() -> E {
    E::custom("is none of the types that it may be")
}

/// Kinds of JSON values, by the words of JSON Schema. Text is of every kind that it may stand for.
pub(crate) mod kind {
    use serde_json::{Number, Value};

    use super::Undecided;

    pub(crate) fn null(value: &Undecided) -> bool {
        value.value.is_null()
    }

    pub(crate) fn boolean(value: &Undecided) -> bool {
        value.value.is_boolean() || matches!(value.text(), Some("true" | "false"))
    }

    pub(crate) fn number(value: &Undecided) -> bool {
        let is_number = |text: &str| text.parse::<Number>().is_ok();
        value.value.is_number() || value.text().is_some_and(is_number)
    }

    pub(crate) fn string(value: &Undecided) -> bool {
        value.value.is_string()
    }

    pub(crate) fn array(value: &Undecided) -> bool {
        value.value.is_array() || value.within.as_ref().is_some_and(Value::is_array)
    }

    pub(crate) fn object(value: &Undecided) -> bool {
        value.value.is_object() || value.within.as_ref().is_some_and(Value::is_object)
    }
}

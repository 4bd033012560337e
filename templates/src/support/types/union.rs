//! `union!`: enums that are one of several types. Needs `validate.rs`.
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

use serde::Serialize;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use serde_json::Value;

use super::Validate;

/// Implements `Serialize` and `Deserialize` for an enum of types; see the head of this file.
// `union` is this module, as in `object!`; paths are written in full for the same reason.
macro_rules! union {
    ($name:ident by tag $tag:literal { $($variant:ident: $($key:literal)|+),* $(,)? } other $other:ident) => {
        union! { @write $name { $($variant,)* $other } }
        union! { @read $name |value| {
            match union::tag(&value, $tag)? {
                $($($key)|+ => union::read(value).map(Self::$variant),)*
                _ => ::core::result::Result::Ok(Self::$other(value)),
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
            $(if let ::core::option::Option::Some(read) = union::exact(&value) {
                return ::core::result::Result::Ok(Self::$variant(read));
            })*
            $(if let ::core::option::Option::Some(read) = union::satisfied(&value) {
                return ::core::result::Result::Ok(Self::$variant(read));
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
pub(crate) fn buffered<'de, D: Deserializer<'de>>(from: D) -> Result<Value, D::Error> {
    Value::deserialize(from)
}

/// The value as the type of a variant.
pub(crate) fn read<T: DeserializeOwned, E: Error>(value: Value) -> Result<T, E> {
    serde_json::from_value(value).map_err(E::custom)
}

/// The value as the type of a variant, if it satisfies its constraints too.
pub(crate) fn satisfied<T: DeserializeOwned + Validate>(value: &Value) -> Option<T> {
    let value: T = T::deserialize(value).ok()?;
    value.validate().is_ok().then_some(value)
}

/// The value as the type of a variant, if nothing of it gets lost.
pub(crate) fn exact<T: DeserializeOwned + Serialize + Validate>(value: &Value) -> Option<T> {
    let read: T = satisfied(value)?;
    let written = serde_json::to_value(&read).ok()?;
    (written == *value).then_some(read)
}

/// The string in the property that tells variants apart.
pub(crate) fn tag<'v, E: Error>(value: &'v Value, property: &str) -> Result<&'v str, E> {
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

/// Kinds of JSON values, by the words of JSON Schema.
pub(crate) mod kind {
    use serde_json::Value;

    pub(crate) fn null(value: &Value) -> bool {
        value.is_null()
    }

    pub(crate) fn boolean(value: &Value) -> bool {
        value.is_boolean()
    }

    pub(crate) fn number(value: &Value) -> bool {
        value.is_number()
    }

    pub(crate) fn string(value: &Value) -> bool {
        value.is_string()
    }

    pub(crate) fn array(value: &Value) -> bool {
        value.is_array()
    }

    pub(crate) fn object(value: &Value) -> bool {
        value.is_object()
    }
}

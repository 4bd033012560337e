//! `foreign!`: types of other crates as values of an API. Needs `param.rs`.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use serde_json::Value;

pub(crate) use super::{FromParam, ToParam};

/// Implements the parameter traits for a type of another crate, by its serde form. The text is the error for values that can't be read.
///
/// With a module, for a struct that wraps such a type, also implements serde's traits with the functions `serialize` and `deserialize` of
/// that module, and conversions.
/// that module, and conversions.
// `foreign` is this module, as in `object!`; paths are written in full for the same reason.
macro_rules! foreign {
    ($name:ident, $expected:literal) => {
        impl foreign::ToParam for $name {
            fn to_param(&self) -> ::std::borrow::Cow<'_, str> {
                foreign::text(self)
            }
        }

        impl foreign::FromParam for $name {
            fn from_param(text: &str) -> ::core::result::Result<Self, &'static str> {
                foreign::read(text).ok_or($expected)
            }
        }
    };
    ($name:ident($ty:ty) with $(:: $root:ident ::)? $($part:ident)::+, $expected:literal) => {
        foreign! { $name, $expected }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                $(:: $root ::)? $($part ::)+ serialize(&self.0, to)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                $(:: $root ::)? $($part ::)+ deserialize(from).map(Self)
            }
        }

        impl ::core::ops::Deref for $name {
            type Target = $ty;

            fn deref(&self) -> &$ty {
                &self.0
            }
        }

        impl ::core::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self {
                Self(value)
            }
        }

        impl ::core::convert::From<$name> for $ty {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}
pub(crate) use foreign;

/// A value as text: a string as it is, anything else as JSON. Empty if the value can't be written.
pub(crate) fn text<T: Serialize>(value: &T) -> Cow<'_, str> {
    Cow::Owned(match serde_json::to_value(value) {
        Ok(Value::String(text)) => text,
        Ok(Value::Null) | Err(_) => String::new(),
        Ok(other) => other.to_string(),
    })
}

/// Parses a value from text: as a string, else as JSON, such as a number.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let from: StrDeserializer<'_, Error> = text.into_deserializer();
    let value = T::deserialize(from).ok();
    // A JSON string in quotes isn't accepted here.
    let is_quoted = text.trim_start().starts_with('"');
    value.or_else(|| serde_json::from_str(text).ok().filter(|_| !is_quoted))
}

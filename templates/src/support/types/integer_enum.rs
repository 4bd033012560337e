//! `integer_enum!`: enums of integers that keep unknown values. Needs `param.rs`, `validate.rs`.

use std::fmt;

use serde::de::{self, Deserializer, Unexpected, Visitor};

pub(crate) use super::{FromParam, ToParam, Validate, Validator};

/// Declares an enum of integers, with its conversions, `Display`, serde's traits, [`Validate`] and the parameter traits.
///
/// The input is the same as for `string_enum!`, with integers.
// The name `integer_enum` is also this module, as in `object!`; paths are written in full for the same reason.
macro_rules! integer_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[doc = $doc:tt])*
                $variant:ident = $wire:literal,
            )*
            #[serde(other)]
            $(#[validate($skip:ident)])?
            $other:ident(i64),
        }
    ) => {
        $(#[$meta])*
        pub enum $name {
            $(
                #[doc = integer_enum! { @doc $wire $($doc)* }]
                $variant,
            )*
            /// A value that isn't in the description, such as one added later.
            $other(i64),
        }

        impl $name {
            /// The values in the description.
            pub const VALUES: &'static [i64] = &[$($wire),*];

            /// Returns the value as it is on the wire.
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$other(value) => *value,
                }
            }
        }

        impl ::core::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    _ => Self::$other(value),
                }
            }
        }

        impl ::core::convert::From<$name> for i64 {
            fn from(value: $name) -> Self {
                value.as_i64()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                to.serialize_i64(self.as_i64())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                integer_enum::read(from, integer_enum! { @only [$($skip)?] $($wire)* })
            }
        }

        impl integer_enum::Validate for $name {
            fn validate_at(&self, v: &mut integer_enum::Validator) {
                if !integer_enum! { @is_open $($skip)? } && ::core::matches!(self, Self::$other(_)) {
                    v.violation("is not one of the listed values");
                }
            }
        }

        impl integer_enum::ToParam for $name {
            fn to_param(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Owned(::std::string::ToString::to_string(self))
            }
        }

        impl integer_enum::FromParam for $name {
            fn from_param(text: &str) -> ::core::result::Result<Self, &'static str> {
                match Self::from(<i64 as integer_enum::FromParam>::from_param(text)?) {
                    Self::$other(_) if !integer_enum! { @is_open $($skip)? } => {
                        ::core::result::Result::Err("is not one of the listed values")
                    }
                    value => ::core::result::Result::Ok(value),
                }
            }
        }
    };
    (@doc $wire:literal) => { ::core::concat!("`", $wire, "`") };
    (@doc $wire:literal $first:tt $($doc:tt)*) => { ::core::concat!($first $(, "\n", $doc)*) };
    (@is_open) => { false };
    (@is_open skip) => { true };
    (@only [] $wire:literal) => { ::core::option::Option::Some($wire) };
    (@only $($several:tt)*) => { ::core::option::Option::None };
}
pub(crate) use integer_enum;

/// Reads a type that is made from an integer; a constant accepts no other integer. In JSON Schema 1.0 is the integer 1.
pub(crate) fn read<'de, T: From<i64>, D: Deserializer<'de>>(
    from: D,
    only: Option<i64>,
) -> Result<T, D::Error> {
    let value = from.deserialize_i64(IntegerVisitor)?;
    match only {
        Some(only) if only != value => Err(de::Error::custom("is not one of the listed values")),
        _ => Ok(T::from(value)),
    }
}

struct IntegerVisitor;

impl Visitor<'_> for IntegerVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer of 64 bits")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| E::custom("is not an integer of 64 bits"))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<i64, E> {
        if value.fract() != 0.0 {
            return Err(E::invalid_type(Unexpected::Float(value), &self));
        }
        // The cast saturates, so a larger value stays too large.
        #[allow(clippy::cast_possible_truncation)]
        i64::try_from(value as i128).map_err(|_| E::invalid_value(Unexpected::Float(value), &self))
    }
}

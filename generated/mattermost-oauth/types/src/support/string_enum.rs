//! `string_enum!`: enums of strings that keep unknown values. Needs `param.rs`, `validate.rs`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, Visitor};

pub(crate) use super::{FromParam, ToParam, Validate, Validator};

/// Declares an enum of strings, with its conversions, `Display`, serde's traits, [`Validate`] and the parameter traits.
///
/// Each variant is followed by its value, which ends its documentation. The last variant, `#[serde(other)]`, is for values that aren't in
/// the description. Deserializing keeps such values, as a server may be newer than the description; validating
/// rejects them, unless `#[validate(skip)]` says that the description allows others. An enum of one value is a constant, and deserializing
/// rejects all others.
// The name `string_enum` is also this module, as in `object!`; paths are written in full for the same reason.
macro_rules! string_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[doc = $doc:tt])*
                $variant:ident = $wire:literal,
            )*
            #[serde(other)]
            $(#[validate($skip:ident)])?
            $other:ident(String),
        }
    ) => {
        $(#[$meta])*
        pub enum $name {
            $(
                $(#[doc = $doc])*
                #[doc = ""]
                #[doc = "`"]
                #[doc = $wire]
                #[doc = "`"]
                $variant,
            )*
            /// A value that isn't in the description, such as one added later.
            $other(::std::string::String),
        }

        impl $name {
            /// The values in the description.
            pub const VALUES: &'static [&'static str] = &[$($wire),*];

            /// Converts any text, also one that isn't in the description.
            #[must_use]
            pub fn other(value: &str) -> Self {
                ::core::convert::From::from(value)
            }

            /// Returns the value as it is on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$other(value) => value,
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    _ => Self::$other(::std::borrow::ToOwned::to_owned(value)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                match Self::other(&value) {
                    Self::$other(_) => Self::$other(value),
                    listed => listed,
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(::core::convert::From::from(value))
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl string_enum::ToParam for $name {
            fn to_param(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Borrowed(self.as_str())
            }
        }

        string_enum! { @read $name $other $($skip)? }
    };
    (@read $name:ident $other:ident) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                string_enum::read_listed(from, Self::VALUES)
            }
        }

        impl string_enum::Validate for $name {
            fn validate_at(&self, v: &mut string_enum::Validator) {
                if let Self::$other(_) = self {
                    v.violation("is not one of the listed values");
                }
            }
        }

        impl string_enum::FromParam for $name {
            fn from_param(value: &str) -> ::core::result::Result<Self, &'static str> {
                match Self::other(value) {
                    Self::$other(_) => ::core::result::Result::Err("is not one of the listed values"),
                    listed => ::core::result::Result::Ok(listed),
                }
            }
        }
    };
    (@read $name:ident $other:ident skip) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                string_enum::read(from)
            }
        }

        impl string_enum::Validate for $name {}

        impl string_enum::FromParam for $name {
            fn from_param(value: &str) -> ::core::result::Result<Self, &'static str> {
                ::core::result::Result::Ok(Self::other(value))
            }
        }
    };
}
pub(crate) use string_enum;

/// Reads a type that is made from a string.
pub(crate) fn read<'de, T, D>(from: D) -> Result<T, D::Error>
where
    T: From<String> + for<'s> From<&'s str>,
    D: Deserializer<'de>,
{
    read_listed(from, &[])
}

/// Like [`read`]; if only one value is listed, any other is an error.
pub(crate) fn read_listed<'de, T, D>(
    from: D,
    listed: &'static [&'static str],
) -> Result<T, D::Error>
where
    T: From<String> + for<'s> From<&'s str>,
    D: Deserializer<'de>,
{
    let only = match listed {
        [only] => Some(*only),
        _ => None,
    };
    from.deserialize_string(StringVisitor {
        only,
        made: PhantomData,
    })
}

struct StringVisitor<T> {
    only: Option<&'static str>,
    made: PhantomData<T>,
}

impl<T> StringVisitor<T> {
    fn check<E: de::Error>(&self, value: &str) -> Result<(), E> {
        match self.only {
            Some(only) if only != value => Err(E::custom("is not one of the listed values")),
            _ => Ok(()),
        }
    }
}

impl<T: From<String> + for<'s> From<&'s str>> Visitor<'_> for StringVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        self.check(value)?;
        Ok(T::from(value))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<T, E> {
        self.check(&value)?;
        Ok(T::from(value))
    }
}

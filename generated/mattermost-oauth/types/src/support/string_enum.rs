//! `string_enum!`: enums of strings that keep unknown values. Needs `param.rs`, `validate.rs`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, Visitor};

pub(crate) use super::{FromParam, ToParam, Validate, Validator};

/// Declares an enum of strings, with its conversions, `Display`, serde's traits, [`Validate`] and the parameter traits.
///
/// Each variant is followed by its value, which also documents it if there is no other documentation. The last variant, `#[serde(other)]`,
/// is for values that aren't in the description. Deserializing keeps such values, as a server may be newer than the description; validating
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
                #[doc = string_enum! { @doc $wire $($doc)* }]
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

            fn listed(value: &str) -> ::core::option::Option<Self> {
                match value {
                    $($wire => ::core::option::Option::Some(Self::$variant),)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::listed(value).unwrap_or_else(|| Self::$other(::std::borrow::ToOwned::to_owned(value)))
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::listed(&value).unwrap_or(Self::$other(value))
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

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                string_enum::read_listed(from, string_enum! { @only [$($skip)?] $($wire)* })
            }
        }

        impl string_enum::Validate for $name {
            fn validate_at(&self, v: &mut string_enum::Validator) {
                if !string_enum! { @is_open $($skip)? } && ::core::matches!(self, Self::$other(_)) {
                    v.violation("is not one of the listed values");
                }
            }
        }

        impl string_enum::ToParam for $name {
            fn to_param(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Borrowed(self.as_str())
            }
        }

        impl string_enum::FromParam for $name {
            fn from_param(value: &str) -> ::core::result::Result<Self, &'static str> {
                match Self::from(value) {
                    Self::$other(_) if !string_enum! { @is_open $($skip)? } => {
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
pub(crate) use string_enum;

/// Reads a type that is made from a string.
pub(crate) fn read<'de, T, D>(from: D) -> Result<T, D::Error>
where
    T: From<String> + for<'s> From<&'s str>,
    D: Deserializer<'de>,
{
    read_listed(from, None)
}

/// Like [`read`]; if there is an `only` value, any other is an error.
pub(crate) fn read_listed<'de, T, D>(from: D, only: Option<&'static str>) -> Result<T, D::Error>
where
    T: From<String> + for<'s> From<&'s str>,
    D: Deserializer<'de>,
{
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

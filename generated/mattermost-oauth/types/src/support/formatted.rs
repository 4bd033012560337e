//! `formatted!`: text with a known format, kept exactly as written. Needs `param.rs`, `string_enum.rs`, `validate.rs`.

pub(crate) use super::string_enum::read;
pub(crate) use super::{FromParam, ToParam, Validate, Validator};

/// Declares a type for text with a format, with its conversions, serde's traits, [`Validate`] and the parameter traits.
///
/// Deserializing accepts any string: servers don't always respect their description, and one value shouldn't make the whole response
/// unreadable. Validating calls the given function, and serializing writes the same text again. `Ord` isn't implemented, as the order of
/// the text (`"10"` before `"9"`, `+01:00` before `Z`) isn't that of the values.
// The name `formatted` is also this module, as in `object!`; paths are written in full for the same reason.
macro_rules! formatted {
    ($(#[$doc:meta])* $name:ident, $violation:literal, $is_valid:path) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(::std::string::String);

        impl $name {
            /// Returns the text as it was written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Returns the owned string.
            #[must_use]
            pub fn into_string(self) -> ::std::string::String {
                self.0
            }

            /// Whether the text has the right format.
            #[must_use]
            pub fn is_valid(&self) -> bool {
                $is_valid(&self.0)
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(::std::borrow::ToOwned::to_owned(text))
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self(text)
            }
        }

        impl ::core::convert::From<$name> for ::std::string::String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(::core::convert::From::from(text))
            }
        }

        impl ::core::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::core::cmp::PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl ::core::cmp::PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                formatted::read(from)
            }
        }

        impl formatted::Validate for $name {
            fn validate_at(&self, v: &mut formatted::Validator) {
                if !self.is_valid() {
                    v.violation($violation);
                }
            }
        }

        impl formatted::ToParam for $name {
            fn to_param(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Borrowed(&self.0)
            }
        }

        impl formatted::FromParam for $name {
            fn from_param(text: &str) -> ::core::result::Result<Self, &'static str> {
                ::core::result::Result::Ok(::core::convert::From::from(text))
            }
        }
    };
}
pub(crate) use formatted;

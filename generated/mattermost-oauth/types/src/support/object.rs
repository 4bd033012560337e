//! `object!`: structs as JSON objects. Needs `pointer.rs`.
//!
//! The macro stands in for serde's derive, which takes two to three times as long to compile. It lists
//! each field with its name on the wire and its presence:
//!
//! | presence | type of the field | absent | `null` | when writing |
//! | --- | --- | --- | --- | --- |
//! | `required` | `T` | error | what `T` says | always written |
//! | `nullable` | `Option<T>` | error | `None` | `None` as `null` |
//! | `optional` | `Option<T>` | `None` | `None` | `None` is left out |
//! | `optional_nullable` | `Option<Option<T>>` | `None` | `Some(None)` | `None` is left out, `Some(None)` as `null` |
//!
//! After the list, `rest field` keeps the properties that aren't listed, `closed` refuses them, and
//! nothing ignores them. A property that stands twice is an error. Every error while reading begins
//! with the JSON pointer of the property it is about: `/app/name: required property is missing`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap};
use serde_json::{Map, Value};

use super::placed;

/// Implements `Serialize` and `Deserialize` for a struct; see the head of this file.
// Paths are written in full because a schema may be called `Result` or `Option`. `object` is this module:
// `use crate::support::object` brings in the macro and the module, which share the name.
macro_rules! object {
    ($name:ident { $($fields:tt)* }) => {
        object! { @impl $name { $($fields)* } object::Ignored, {} }
    };
    ($name:ident { $($fields:tt)* } closed) => {
        object! { @impl $name { $($fields)* } object::Refused, {} }
    };
    ($name:ident { $($fields:tt)* } rest $rest:ident) => {
        object! { @impl $name { $($fields)* } ::core::default::Default::default(), { $rest } }
    };
    (@impl $name:ident { $($field:ident: $wire:literal $presence:ident),* $(,)? } $others:expr, { $($rest:ident)? }) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                object::read(from)
            }
        }

        impl<'de> object::Object<'de> for $name {
            fn read<A: ::serde::de::MapAccess<'de>>(mut map: A) -> ::core::result::Result<Self, A::Error> {
                $(let mut $field = ::core::option::Option::None;)*
                let mut others = $others;
                while let ::core::option::Option::Some(key) = object::next_key(&mut map)? {
                    // One `?` for all arms: each costs time to compile.
                    match key.as_str() {
                        $($wire => object::value(&mut map, &mut $field, $wire),)*
                        _ => object::Others::value(&mut others, &mut map, key),
                    }?
                }
                ::core::result::Result::Ok(Self {
                    $($field: object::found::$presence::<_, A::Error>($field, $wire)?,)*
                    $($rest: others)?
                })
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                #[allow(unused_mut)] // an object without properties
                let mut map = to.serialize_map(::core::option::Option::None)?;
                #[allow(unused_variables)] // an object that keeps nothing else
                let listed: &[&str] = &[$($wire),*];
                $(object::write::$presence(&mut map, $wire, &self.$field)?;)*
                $(object::write::rest(&mut map, &self.$rest, listed)?;)?
                ::serde::ser::SerializeMap::end(map)
            }
        }
    };
}
pub(crate) use object;

/// A struct that `object!` was written for: reads itself from the properties of an object.
pub(crate) trait Object<'de>: Sized {
    /// Reads the properties.
    fn read<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// Reads a struct from an object; anything but an object is an error.
pub(crate) fn read<'de, T: Object<'de>, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(map)
    }
}

/// The name of a property, borrowed from the input where that is possible.
pub(crate) struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
    /// The name.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_identifier(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(name)))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(name.to_owned())))
    }

    fn visit_string<E: de::Error>(self, name: String) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(name)))
    }
}

/// The next property's name.
pub(crate) fn next_key<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Key<'de>>, A::Error> {
    map.next_key()
}

/// Reads the value of the property `name`, once.
pub(crate) fn value<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    slot: &mut Option<T>,
    name: &str,
) -> Result<(), A::Error> {
    if slot.is_some() {
        return Err(at(name, &"property stands twice"));
    }
    match map.next_value() {
        Ok(value) => {
            *slot = Some(value);
            Ok(())
        }
        Err(error) => Err(at(name, &error)),
    }
}

/// An error about the property `name`. If the message already begins with a pointer, the two are joined.
#[cold]
#[inline(never)]
pub(crate) fn at<E: de::Error>(name: &str, message: &dyn fmt::Display) -> E {
    E::custom(placed(name, message.to_string()))
}

/// What is done with properties that aren't listed.
pub(crate) trait Others<'de> {
    /// Takes the value of the property `key`.
    fn value<A: MapAccess<'de>>(&mut self, map: &mut A, key: Key<'de>) -> Result<(), A::Error>;
}

/// Passes over properties that aren't listed.
pub(crate) struct Ignored;

impl<'de> Others<'de> for Ignored {
    fn value<A: MapAccess<'de>>(&mut self, map: &mut A, _: Key<'de>) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(drop)
    }
}

/// Refuses properties that aren't listed.
pub(crate) struct Refused;

impl<'de> Others<'de> for Refused {
    fn value<A: MapAccess<'de>>(&mut self, _: &mut A, key: Key<'de>) -> Result<(), A::Error> {
        Err(at(key.as_str(), &"property is not allowed"))
    }
}

impl<'de> Others<'de> for Map<String, Value> {
    fn value<A: MapAccess<'de>>(&mut self, map: &mut A, key: Key<'de>) -> Result<(), A::Error> {
        let mut slot = None;
        value(map, &mut slot, key.as_str())?;
        match slot.and_then(|value| self.insert(key.as_str().to_owned(), value)) {
            Some(_) => Err(at(key.as_str(), &"property stands twice")),
            None => Ok(()),
        }
    }
}

impl<'de, T: Deserialize<'de>> Others<'de> for BTreeMap<String, T> {
    fn value<A: MapAccess<'de>>(&mut self, map: &mut A, key: Key<'de>) -> Result<(), A::Error> {
        let mut slot = None;
        value(map, &mut slot, key.as_str())?;
        match slot.and_then(|value| self.insert(key.as_str().to_owned(), value)) {
            Some(_) => Err(at(key.as_str(), &"property stands twice")),
            None => Ok(()),
        }
    }
}

/// What a field becomes, given what was read; one function per presence.
pub(crate) mod found {
    use super::{at, de};

    pub(crate) fn required<T, E: de::Error>(slot: Option<T>, name: &str) -> Result<T, E> {
        slot.ok_or_else(|| at(name, &"required property is missing"))
    }

    pub(crate) fn nullable<T, E: de::Error>(
        slot: Option<Option<T>>,
        name: &str,
    ) -> Result<Option<T>, E> {
        required(slot, name)
    }

    pub(crate) fn optional<T, E>(slot: Option<Option<T>>, _: &str) -> Result<Option<T>, E> {
        Ok(slot.flatten())
    }

    pub(crate) fn optional_nullable<T, E>(
        slot: Option<Option<T>>,
        _: &str,
    ) -> Result<Option<Option<T>>, E> {
        Ok(slot)
    }
}

/// How a field is written; one function per presence.
pub(crate) mod write {
    use super::{Serialize, SerializeMap};

    pub(crate) fn required<M: SerializeMap, T: Serialize>(
        map: &mut M,
        name: &str,
        value: &T,
    ) -> Result<(), M::Error> {
        map.serialize_entry(name, value)
    }

    pub(crate) fn nullable<M: SerializeMap, T: Serialize>(
        map: &mut M,
        name: &str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        map.serialize_entry(name, value)
    }

    pub(crate) fn optional<M: SerializeMap, T: Serialize>(
        map: &mut M,
        name: &str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        match value {
            Some(value) => map.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    pub(crate) fn optional_nullable<M: SerializeMap, T: Serialize>(
        map: &mut M,
        name: &str,
        value: &Option<Option<T>>,
    ) -> Result<(), M::Error> {
        optional(map, name, value)
    }

    /// Writes what isn't listed. An entry that has the name of a listed property is left out: the field counts.
    pub(crate) fn rest<'v, M: SerializeMap, T: Serialize + 'v>(
        map: &mut M,
        entries: impl IntoIterator<Item = (&'v String, &'v T)>,
        listed: &[&str],
    ) -> Result<(), M::Error> {
        for (name, value) in entries {
            if !listed.contains(&name.as_str()) {
                map.serialize_entry(name, value)?;
            }
        }
        Ok(())
    }
}

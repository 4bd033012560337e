//! Reading a union whose variant may be decided by the kind of the value. Needs `text.rs`, `undecided.rs`.
//!
//! Strings and structs are then read directly, and nothing has to be buffered. Other types are read from a tree, in which an integer may
//! be written as `3.0`; structs accept that themselves.

use std::fmt;
use std::marker::PhantomData;
use std::sync::LazyLock;

use serde::de::value::StrDeserializer;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::undecided::Kind;
use super::{UNDECIDED, Undecided, UndecidedVisitor};

/// A union without a tag.
pub(crate) trait Alternatives: Sized {
    /// The sign of each variant.
    const SIGNS: &'static [Sign];

    /// Reads the variant with this number.
    fn read<'de, D: Deserializer<'de>>(index: usize, from: D) -> Result<Self, D::Error>;

    /// Chooses the variant of a value, and reads it.
    fn told<E: de::Error>(value: &Undecided) -> Result<Self, E>;
}

/// What a value must have to be read as a variant.
#[derive(Debug)]
pub(crate) struct Sign {
    /// The kind; `None` if there are several.
    pub(crate) kind: Option<Kind>,
    /// A required property.
    pub(crate) needs: Option<&'static str>,
}

impl Sign {
    /// Whether a value has it.
    pub(crate) fn may_be_of(&self, value: &Undecided) -> bool {
        let is_kind = |kind: Kind| kind.is_of(value) || value.is_text();
        match self.needs {
            // Only objects have properties.
            Some(name) => value.has(name),
            None => self.kind.is_none_or(is_kind),
        }
    }
}

/// Reads a union.
pub(crate) fn read<'de, U, D>(from: D) -> Result<U, D::Error>
where
    U: Alternatives,
    D: Deserializer<'de>,
{
    from.deserialize_newtype_struct(UNDECIDED, UnionVisitor(PhantomData))
}

/// The only variant of a kind, if it can be read directly. `None` if any variant may be of several kinds: it may be this union again.
fn only<U: Alternatives>(kind: Kind) -> Option<usize> {
    let mut only = None;
    for (index, sign) in U::SIGNS.iter().enumerate() {
        match sign.kind? {
            Kind::Map if kind == Kind::Object => return None,
            of if of == kind && only.replace(index).is_some() => return None,
            _ => {}
        }
    }
    only
}

/// Whether serde_json's feature `arbitrary_precision` is on, which any crate in the program may enable: numbers then look like objects.
static HAS_ARBITRARY_PRECISION: LazyLock<bool> =
    LazyLock::new(|| "1e999".parse::<Number>().is_ok());

/// Receives the reader's response to the request for a union, as in `undecided.rs`.
struct UnionVisitor<U>(PhantomData<U>);

/// Values that aren't read directly.
macro_rules! undecided {
    ($($method:ident($($value:ident: $type:ty)?))*) => {$(
        fn $method<E: de::Error>(self, $($value: $type)?) -> Result<U, E> {
            U::told(&UndecidedVisitor.$method($($value)?)?)
        }
    )*};
}

impl<'de, U: Alternatives> Visitor<'de> for UnionVisitor<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<U, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<U, D::Error> {
        U::told(&UndecidedVisitor.visit_some(from)?)
    }

    undecided! {
        visit_i128(node: i128)
        visit_bool(value: bool)
        visit_i64(value: i64)
        visit_u64(value: u64)
        visit_f64(value: f64)
        visit_unit()
        visit_none()
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<U, E> {
        match only::<U>(Kind::String) {
            Some(index) => U::read(index, StrDeserializer::new(value)),
            None => U::told(&UndecidedVisitor.visit_str(value)?),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<U, A::Error> {
        U::told(&UndecidedVisitor.visit_seq(items)?)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<U, A::Error> {
        match only::<U>(Kind::Object) {
            Some(index) if !*HAS_ARBITRARY_PRECISION => U::read(index, Members(members)),
            _ => U::told(&UndecidedVisitor.visit_map(members)?),
        }
    }
}

/// The properties of an object, to be read as a variant.
struct Members<A>(A);

impl<'de, A: MapAccess<'de>> Deserializer<'de> for Members<A> {
    type Error = A::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_map(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_some(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

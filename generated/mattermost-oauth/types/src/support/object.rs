//! `object!`: structs as JSON objects. Needs `pointer.rs`.
//!
//! The macro wraps a struct instead of serde's derive, which takes several times as long to compile. It expands to the struct, the names of
//! its fields, and calls of functions that are shared by all types. Attributes are serde's and have the same meaning:
//!
//! | input | means |
//! | --- | --- |
//! | `#[serde(rename = "kind-of")]` | the name in JSON, if it differs from the field's |
//! | `= None` after the type | the property is optional; a field without it is required |
//! | `#[serde(with = "…")]` | the value is read differently, see below |
//! | `#[constant(true)]`, which isn't serde's | any other value than this is an error (`constant.rs`) |
//! | `#[serde(flatten)]` before the last field | the field keeps the properties that have no field; the macro documents it |
//! | `#[serde(deny_unknown_fields)]` before the struct's `derive` | a property without a field is an error; otherwise it is ignored |
//!
//! | field | absent | `null` | serialized |
//! | --- | --- | --- | --- |
//! | `T` | error | depends on `T` | always |
//! | `Option<T>` | error | `None` | `None` as `null` |
//! | `Option<T> = None` | `None` | `None`, or an error within [`refusing_nulls`](super::refusing_nulls) | `None` is omitted |
//! | `Option<Option<T>> = None`, with `"nullable"` | `None` | `Some(None)` | `None` is omitted, `Some(None)` is `null` |
//! | `Option<Value> = None`, with `"nullable"` | `None` | `Some(Value::Null)` | `None` is omitted |
//!
//! With `"whole"` the value is an integer, or a list or map of integers, which may be written as `3.0` (`whole.rs`); `"nullable_whole"`
//! combines both. A duplicate property is an error. Every error while reading begins with the JSON pointer of the property: `/app/name:
//! required property is missing`.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::{placed, refuses_nulls};

/// Declares a struct and implements `Serialize` and `Deserialize` for it; see the module documentation.
// Paths are written in full, because a schema may be called `Result` or `Option`. `use crate::support::object` imports both the macro and
// this module, which have the same name. `$why` and `$note` are always the `= "…"` of `#[deprecated]`; `tt` passes it on unparsed, which
// compiles faster.
macro_rules! object {
    (
        $(#[doc = $said:tt])*
        $(#[deprecated $(= $why:tt)?])?
        $(#[serde($others:ident)])?
        #[derive($($derive:tt)*)]
        $(#[$meta:meta])*
        pub struct $name:ident {
            $(
                $(#[doc = $doc:tt])*
                $(#[deprecated $(= $note:tt)?])?
                $(#[serde(rename = $wire:tt)])?
                $(#[serde(with = $with:tt)])?
                $(#[constant($only:expr)])?
                pub $field:ident: $ty:ty $(= $default:ident)?,
            )*
            $(
                #[serde(flatten)]
                pub $rest:ident: $rest_ty:ty,
            )?
        }
    ) => {
        $(#[doc = $said])*
        $(#[deprecated $(= $why)?])?
        #[derive($($derive)*)]
        $(#[$meta])*
        #[allow(missing_docs)] // A description may say nothing of a property.
        pub struct $name {
            $(
                $(#[doc = $doc])*
                $(#[deprecated $(= $note)?])?
                pub $field: $ty,
            )*
            $(
                /// Additional properties, by name.
                pub $rest: $rest_ty,
            )?
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                object::read(from)
            }
        }

        impl object::Object for $name {
            fn names() -> &'static object::Names {
                static NAMES: object::Names = object::Names::new(&[$(object! { @wire $field $($wire)? }),*]);
                &NAMES
            }

            fn read<'de, A: ::serde::de::MapAccess<'de>>(map: A) -> ::core::result::Result<Self, A::Error> {
                $(let mut $field = object! { @slot $ty, [$($with)? $($only)?] [$($default)?] };)*
                let mut others = object! { @others $($others)? $($rest)? };
                object::fill(map, <Self as object::Object>::names(), &mut [$(&mut $field),*], &mut others)?;
                ::core::result::Result::Ok(Self {
                    $($field: object! { @found $field [$($with)? $($only)?] [$($default)?] },)*
                    $($rest: others)?
                })
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                object::write(
                    to,
                    <Self as object::Object>::names().list,
                    &[$((object! { @is_absent self.$field, $($default)? }, &self.$field)),*],
                    object! { @rest self $($rest)? },
                )
            }
        }
    };
    (@wire $field:ident) => { ::core::stringify!($field) };
    (@wire $field:ident $wire:tt) => { $wire };
    // Types are written out, which is much less work for the compiler than finding them by what becomes of the slot. Literals instead of
    // calls: a call may panic, so the compiler would add code to drop every other field.
    (@slot $ty:ty, [] []) => { object::Required::<$ty>(::core::option::Option::None) };
    (@slot $ty:ty, [] [None]) => { object::Optional::<$ty>(::core::option::Option::None) };
    (@slot $ty:ty, ["nullable"] [None]) => { object::OptionalNullable::<$ty>(::core::option::Option::None) };
    (@slot $ty:ty, ["whole"] []) => { object::Required::<whole::Whole<$ty>>(::core::option::Option::None) };
    (@slot $ty:ty, ["whole"] [None]) => { object::Optional::<whole::Whole<$ty>>(whole::Whole(::core::option::Option::None)) };
    (@slot $ty:ty, ["nullable_whole"] [None]) => { object::OptionalNullable::<whole::Whole<$ty>>(whole::Whole(::core::option::Option::None)) };
    (@slot $ty:ty, ["nullable" $only:tt] [None]) => {
        constant::Constant { slot: object::OptionalNullable::<$ty>(::core::option::Option::None), only: $only }
    };
    (@slot $ty:ty, [$only:tt] []) => { constant::Constant { slot: object::Required::<$ty>(::core::option::Option::None), only: $only } };
    (@slot $ty:ty, [$only:tt] [None]) => { constant::Constant { slot: object::Optional::<$ty>(::core::option::Option::None), only: $only } };
    (@found $slot:ident ["whole"] []) => { $slot.found().0 };
    (@found $slot:ident ["whole"] [None]) => { $slot.0.0 };
    (@found $slot:ident ["nullable_whole"] [None]) => { $slot.0.0 };
    (@found $slot:ident [] []) => { $slot.found() };
    (@found $slot:ident [] [None]) => { $slot.0 };
    (@found $slot:ident ["nullable"] [None]) => { $slot.0 };
    (@found $slot:ident [$only:tt] []) => { $slot.slot.found() };
    (@found $slot:ident [$($only:tt)+] [None]) => { $slot.slot.0 };
    (@is_absent $field:expr,) => { false };
    (@is_absent $field:expr, $default:ident) => { match $field { ::core::option::Option::None => true, _ => false } };
    (@others) => { object::Ignored };
    (@others deny_unknown_fields) => { object::Refused };
    (@others $rest:ident) => { ::core::default::Default::default() };
    (@rest $object:ident) => { &object::Nothing };
    (@rest $object:ident $rest:ident) => { &$object.$rest };
}
pub(crate) use object;

/// A struct that `object!` declares, which is read from the properties of an object.
pub(crate) trait Object: Sized {
    /// The names of the properties.
    fn names() -> &'static Names;

    /// Reads the properties.
    fn read<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// Reads a struct from an object; any other value is an error.
pub(crate) fn read<'de, T: Object, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(map)
    }
}

/// The name of a property, borrowed from the input if possible.
pub(crate) struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
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

/// Reads the name of the next property.
pub(crate) fn next_key<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Key<'de>>, A::Error> {
    map.next_key()
}

/// The names of a struct's properties.
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) list: &'static [&'static str],
    table: OnceLock<Table>,
}

impl Names {
    pub(crate) const fn new(list: &'static [&'static str]) -> Self {
        Self {
            list,
            table: OnceLock::new(),
        }
    }
}

/// What is known of a struct's properties once an object was read.
#[derive(Debug)]
struct Table {
    list: &'static [&'static str],
    /// A hash table of the numbers of the names, plus one; 0 is a free entry.
    entries: Box<[u32]>,
    /// A bit for each of the first 64 properties: whether it is required.
    required: u64,
    /// The property that came after each one, and first of all the one that an object began with, when that was seen first: a writer has
    /// the same order each time. `u32::MAX` if nothing came yet.
    next: Box<[AtomicU32]>,
}

impl Table {
    #[cold]
    fn new(list: &'static [&'static str], required: u64) -> Self {
        let count = (list.len() * 4).next_power_of_two();
        let mut entries = vec![0; count].into_boxed_slice();
        for (name, number) in list.iter().zip(1..=u32::MAX) {
            let mut at = hash(name) & (count - 1);
            while entries[at] != 0 {
                at = (at + 1) & (count - 1);
            }
            entries[at] = number;
        }
        Self {
            list,
            entries,
            required,
            next: (0..=list.len()).map(|_| AtomicU32::new(u32::MAX)).collect(),
        }
    }

    /// The number of a property, or `usize::MAX` if there is none of this name. `place` is 0 for the first property of an object, else one
    /// more than the number of the property before.
    #[inline]
    fn find(&self, name: &str, place: usize) -> usize {
        if let Some(next) = self.next.get(place) {
            let number = next.load(Ordering::Relaxed) as usize;
            if let Some(known) = self.list.get(number)
                && is_equal(known.as_bytes(), name.as_bytes())
            {
                return number;
            }
        }
        self.search(name, place)
    }

    #[inline(never)]
    fn search(&self, name: &str, place: usize) -> usize {
        let mask = self.entries.len() - 1;
        let mut at = hash(name) & mask;
        while let Some(entry) = self.entries.get(at) {
            let number = (*entry as usize).wrapping_sub(1);
            match self.list.get(number) {
                Some(known) if *known != name => at = (at + 1) & mask,
                Some(_) => {
                    self.learn(place, *entry - 1);
                    return number;
                }
                None => break,
            }
        }
        usize::MAX
    }

    /// Notes what came at a place, once: other threads read it, too.
    fn learn(&self, place: usize, number: u32) {
        if let Some(next) = self.next.get(place)
            && next.load(Ordering::Relaxed) == u32::MAX
        {
            next.store(number, Ordering::Relaxed);
        }
    }
}

/// Differs for most names of a struct.
#[inline]
fn hash(name: &str) -> usize {
    let bytes = name.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return 0;
    };
    let middle = usize::from(bytes[bytes.len() / 2]);
    let (first, last) = (usize::from(*first), usize::from(*last));
    bytes.len() + first * 7 + middle * 31 + last * 113
}

/// Whether two names are equal. Most are so short that a call of the C library takes longer than to compare both ends, which overlap.
#[inline]
pub(crate) fn is_equal(a: &[u8], b: &[u8]) -> bool {
    #[inline]
    fn have_equal_ends<const N: usize>(a: &[u8], b: &[u8]) -> bool {
        a.first_chunk::<N>() == b.first_chunk() && a.last_chunk::<N>() == b.last_chunk()
    }
    if a.len() != b.len() {
        return false;
    }
    match a.len() {
        8..=16 => have_equal_ends::<8>(a, b),
        4..8 => have_equal_ends::<4>(a, b),
        _ => a == b,
    }
}

/// Reads the name of a property as its number. An unknown name is put into `unknown`.
struct Name<'n, 'de> {
    table: &'static Table,
    place: usize,
    unknown: &'n mut Option<Key<'de>>,
}

impl<'de> DeserializeSeed<'de> for Name<'_, 'de> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<usize, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Name<'_, 'de> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    #[inline]
    fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<usize, E> {
        let number = self.table.find(name, self.place);
        if number == usize::MAX {
            *self.unknown = Some(Key(Cow::Borrowed(name)));
        }
        Ok(number)
    }

    #[inline]
    fn visit_str<E: de::Error>(self, name: &str) -> Result<usize, E> {
        let number = self.table.find(name, self.place);
        if number == usize::MAX {
            *self.unknown = Some(Key(Cow::Owned(name.to_owned())));
        }
        Ok(number)
    }
}

/// The properties that have been read, by their numbers.
#[derive(Default)]
struct Came {
    first: u64,
    /// Those from 64 on, which few objects have.
    others: Vec<bool>,
}

impl Came {
    /// Adds a property; false if it is a duplicate.
    #[inline]
    fn insert(&mut self, index: usize) -> bool {
        if index >= 64 {
            return self.insert_other(index - 64);
        }
        let bit = 1 << index;
        let is_new = self.first & bit == 0;
        self.first |= bit;
        is_new
    }

    #[cold]
    #[inline(never)]
    fn insert_other(&mut self, index: usize) -> bool {
        if index >= self.others.len() {
            self.others.resize(index + 1, false);
        }
        !std::mem::replace(&mut self.others[index], true)
    }

    /// The properties below `count` that weren't added.
    fn absent(&self, count: usize) -> impl Iterator<Item = usize> {
        let others = &self.others;
        let mut left = match count {
            64.. => !self.first,
            _ => !self.first & ((1 << count) - 1),
        };
        let first = std::iter::from_fn(move || {
            let index = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (index < 64).then_some(index)
        });
        first.chain((64..count).filter(|index| others.get(*index - 64) != Some(&true)))
    }
}

/// Holds the value of a property while its object is read. There is a type for each kind of property.
///
/// Slots are used as trait objects, so that the code that fills them exists once for all types.
pub(crate) trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value.
    fn read(&mut self, map: &mut A) -> Result<(), A::Error>;

    /// Whether the property is required.
    fn is_required(&self) -> bool;
}

/// Reads the properties of an object into their slots, and all others into `others`.
pub(crate) fn fill<'de, A: MapAccess<'de>>(
    mut map: A,
    names: &'static Names,
    slots: &mut [&mut dyn Slot<'de, A>],
    others: &mut dyn Others<'de, A>,
) -> Result<(), A::Error> {
    let table = match names.table.get() {
        Some(table) => table,
        None => first_table(names, slots),
    };
    let mut came = Came::default();
    let mut unknown = None;
    let mut place = 0;
    while let Some(index) = map.next_key_seed(Name {
        table,
        place,
        unknown: &mut unknown,
    })? {
        if let Some(slot) = slots.get_mut(index) {
            if !came.insert(index) {
                return Err(at(names.list[index], &"duplicate property"));
            }
            if let Err(error) = slot.read(&mut map) {
                return Err(at(names.list[index], &error));
            }
            place = index + 1;
        } else if let Some(key) = unknown.take() {
            others.value(&mut map, key)?;
        }
    }
    if table.required & !came.first == 0 && slots.len() <= 64 {
        return Ok(());
    }
    let mut absent = came.absent(slots.len());
    match absent.find(|index| slots[*index].is_required()) {
        Some(index) => Err(at(names.list[index], &"required property is missing")),
        None => Ok(()),
    }
}

/// Asks the slots which of them are required, which is the same for each object.
#[cold]
#[inline(never)]
fn first_table<'de, A: MapAccess<'de>>(
    names: &'static Names,
    slots: &[&mut dyn Slot<'de, A>],
) -> &'static Table {
    let bits = slots.iter().take(64).zip(0..);
    let bits = bits.map(|(slot, index)| u64::from(slot.is_required()) << index);
    let required = bits.fold(0, |all, bit: u64| all | bit);
    names.table.get_or_init(|| Table::new(names.list, required))
}

/// Puts a value into its slot, which is empty: a duplicate has been rejected. So there is nothing to drop, nor code for that.
#[inline]
pub(crate) fn put<T>(slot: &mut T, value: T) {
    std::mem::forget(std::mem::replace(slot, value));
}

thread_local! {
    /// How often `null` was read as absent. A union prefers a variant that keeps it.
    static NULLS: Cell<usize> = const { Cell::new(0) };
}

/// Takes the number of times that `null` was read as absent since the last call.
pub(crate) fn take_nulls() -> usize {
    NULLS.with(Cell::take)
}

/// The slot of a required property.
pub(crate) struct Required<T>(pub(crate) Option<T>);

impl<T> Required<T> {
    /// The value. [`fill`] has rejected the object if there was none.
    pub(crate) fn found(self) -> T {
        match self.0 {
            Some(value) => value,
            None => unreachable!("an object without a required property was read"),
        }
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Required<T> {
    fn read(&mut self, map: &mut A) -> Result<(), A::Error> {
        put(&mut self.0, Some(map.next_value()?));
        Ok(())
    }

    fn is_required(&self) -> bool {
        true
    }
}

/// The slot of an optional property for which `null` means absent. It holds an `Option`.
pub(crate) struct Optional<T>(pub(crate) T);

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Optional<Option<T>> {
    fn read(&mut self, map: &mut A) -> Result<(), A::Error> {
        put(&mut self.0, map.next_value()?);
        match self.0 {
            Some(_) => Ok(()),
            None => null_as_absent(),
        }
    }

    fn is_required(&self) -> bool {
        false
    }
}

/// The slot of an optional property for which `null` differs from absent. It holds an `Option` of what may be null: an `Option`, or any
/// JSON.
pub(crate) struct OptionalNullable<T>(pub(crate) T);

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for OptionalNullable<Option<T>> {
    fn read(&mut self, map: &mut A) -> Result<(), A::Error> {
        put(&mut self.0, Some(map.next_value()?));
        Ok(())
    }

    fn is_required(&self) -> bool {
        false
    }
}

/// Counts a `null` that is read as absent; an error if nulls are refused.
#[cold]
#[inline(never)]
pub(crate) fn null_as_absent<E: de::Error>() -> Result<(), E> {
    if refuses_nulls() {
        return Err(E::custom("must not be null"));
    }
    NULLS.with(|nulls| nulls.set(nulls.get() + 1));
    Ok(())
}

/// An error about the property `name`. If the message begins with a pointer itself, the two are joined.
#[cold]
#[inline(never)]
pub(crate) fn at<E: de::Error>(name: &str, message: &dyn fmt::Display) -> E {
    E::custom(placed(name, message.to_string()))
}

/// Handles properties without a slot.
pub(crate) trait Others<'de, A: MapAccess<'de>> {
    /// Reads the value of the property `key`.
    fn value(&mut self, map: &mut A, key: Key<'de>) -> Result<(), A::Error>;
}

/// Ignores properties without a slot.
pub(crate) struct Ignored;

impl<'de, A: MapAccess<'de>> Others<'de, A> for Ignored {
    fn value(&mut self, map: &mut A, _: Key<'de>) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(drop)
    }
}

/// Rejects properties without a slot.
pub(crate) struct Refused;

impl<'de, A: MapAccess<'de>> Others<'de, A> for Refused {
    fn value(&mut self, _: &mut A, key: Key<'de>) -> Result<(), A::Error> {
        Err(at(key.as_str(), &"property is not allowed"))
    }
}

impl<'de, A: MapAccess<'de>> Others<'de, A> for Map<String, Value> {
    fn value(&mut self, map: &mut A, key: Key<'de>) -> Result<(), A::Error> {
        keep(map, &key, |name, value| self.insert(name, value))
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Others<'de, A> for BTreeMap<String, T> {
    fn value(&mut self, map: &mut A, key: Key<'de>) -> Result<(), A::Error> {
        keep(map, &key, |name, value| self.insert(name, value))
    }
}

/// The newtype name with which undeclared properties are read, so that a union can tell them from declared ones.
pub(crate) const UNDECLARED: &str = "$undeclared";

/// The value of an undeclared property.
struct Undeclared<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Undeclared<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_newtype_struct(UNDECLARED, UndeclaredVisitor(PhantomData))
    }
}

struct UndeclaredVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for UndeclaredVisitor<T> {
    type Value = Undeclared<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        T::deserialize(from).map(Undeclared)
    }
}

/// Inserts an undeclared property; a duplicate is an error.
fn keep<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    key: &Key<'de>,
    insert: impl FnOnce(String, T) -> Option<T>,
) -> Result<(), A::Error> {
    let name = key.as_str();
    let read = map.next_value().map_err(|error| at(name, &error));
    let Undeclared(value) = read?;
    match insert(name.to_owned(), value) {
        Some(_) => Err(at(name, &"duplicate property")),
        None => Ok(()),
    }
}

/// A property to write: whether it is absent, and its value.
pub(crate) type Entry<'a, M> = (bool, &'a dyn Writable<M>);

/// A value that can be written into an object. A trait object for the same reason as [`Slot`].
pub(crate) trait Writable<M: SerializeMap> {
    /// Writes the entry.
    fn write(&self, map: &mut M, name: &'static str) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Serialize> Writable<M> for T {
    fn write(&self, map: &mut M, name: &'static str) -> Result<(), M::Error> {
        map.serialize_entry(name, self)
    }
}

/// Writes an object: its fields, then its additional properties.
pub(crate) fn write<S: Serializer>(
    to: S,
    names: &[&'static str],
    fields: &[Entry<'_, S::SerializeMap>],
    rest: &dyn Rest<S::SerializeMap>,
) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(None)?;
    for (name, (is_absent, value)) in names.iter().zip(fields) {
        if !is_absent {
            value.write(&mut map, name)?;
        }
    }
    rest.write(&mut map, &|name| names.contains(&name))?;
    map.end()
}

/// Additional properties. One with the name of a field is skipped, as the field wins.
pub(crate) trait Rest<M: SerializeMap> {
    /// Writes the properties for which `is_listed` is false.
    fn write(&self, map: &mut M, is_listed: &dyn Fn(&str) -> bool) -> Result<(), M::Error>;
}

/// An object without additional properties.
pub(crate) struct Nothing;

impl<M: SerializeMap> Rest<M> for Nothing {
    fn write(&self, _: &mut M, _: &dyn Fn(&str) -> bool) -> Result<(), M::Error> {
        Ok(())
    }
}

impl<M: SerializeMap> Rest<M> for Map<String, Value> {
    fn write(&self, map: &mut M, is_listed: &dyn Fn(&str) -> bool) -> Result<(), M::Error> {
        let mut others = self.iter().filter(|(name, _)| !is_listed(name));
        others.try_for_each(|(name, value)| map.serialize_entry(name, value))
    }
}

impl<M: SerializeMap, T: Serialize> Rest<M> for BTreeMap<String, T> {
    fn write(&self, map: &mut M, is_listed: &dyn Fn(&str) -> bool) -> Result<(), M::Error> {
        let mut others = self.iter().filter(|(name, _)| !is_listed(name));
        others.try_for_each(|(name, value)| map.serialize_entry(name, value))
    }
}

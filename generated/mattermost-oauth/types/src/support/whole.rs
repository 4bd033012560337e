//! Integers that may be written with a fraction or an exponent: in JSON Schema `3.0` and `1.7e12` are integers (JSON Schema 2020-12,
//! section 4.2.3). Needs `object.rs`.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::object::{Optional, OptionalNullable, Slot, null_as_absent, put};

/// A value that is read by means of [`Integers`].
pub(crate) struct Whole<T>(pub(crate) T);

impl<'de, T: Integers<'de>> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::read(from).map(Self)
    }
}

impl<'de, A: MapAccess<'de>, T: Integers<'de>> Slot<'de, A> for Optional<Whole<Option<T>>> {
    fn read(&mut self, map: &mut A) -> Result<(), A::Error> {
        put(&mut self.0, map.next_value()?);
        match self.0.0 {
            Some(_) => Ok(()),
            None => null_as_absent(),
        }
    }

    fn is_required(&self) -> bool {
        false
    }
}

impl<'de, A: MapAccess<'de>, T: Integers<'de>> Slot<'de, A>
    for OptionalNullable<Whole<Option<Option<T>>>>
{
    fn read(&mut self, map: &mut A) -> Result<(), A::Error> {
        let Whole(value) = map.next_value()?;
        put(&mut self.0, Whole(Some(value)));
        Ok(())
    }

    fn is_required(&self) -> bool {
        false
    }
}

/// An integer, or an option, list or map of integers.
pub(crate) trait Integers<'de>: Sized {
    /// Reads the value.
    fn read<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error>;
}

impl<'de, T: Integers<'de>> Integers<'de> for Option<T> {
    fn read<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let read = Option::<Whole<T>>::deserialize(from)?;
        Ok(read.map(|whole| whole.0))
    }
}

impl<'de, T: Integers<'de>> Integers<'de> for Vec<T> {
    fn read<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Integers<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(Whole(item)) = from.next_element()? {
            items.push(item);
        }
        Ok(items)
    }
}

impl<'de, T: Integers<'de>> Integers<'de> for BTreeMap<String, T> {
    fn read<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(MapVisitor(PhantomData))
    }
}

struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: Integers<'de>> Visitor<'de> for MapVisitor<T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((key, Whole(value))) = from.next_entry()? {
            members.insert(key, value);
        }
        Ok(members)
    }
}

/// 2⁵³.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A single integer.
trait Integer: TryFrom<i64> + TryFrom<u64> {
    /// What the value has to be, for errors.
    const EXPECTED: &'static str;
}

macro_rules! integers {
    ($($type:ident $method:ident $expected:literal)*) => {$(
        impl Integer for $type {
            const EXPECTED: &'static str = $expected;
        }

        impl<'de> Integers<'de> for $type {
            fn read<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.$method(IntegerVisitor(PhantomData))
            }
        }
    )*};
}

integers! {
    i32 deserialize_i32 "an integer of 32 bits"
    i64 deserialize_i64 "an integer of 64 bits"
    u32 deserialize_u32 "a non-negative integer of 32 bits"
    u64 deserialize_u64 "a non-negative integer of 64 bits"
}

struct IntegerVisitor<T>(PhantomData<T>);

impl<T: Integer> Visitor<'_> for IntegerVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        if value.fract() != 0.0 {
            return Err(E::invalid_type(Unexpected::Float(value), &self));
        }
        // From here on a double can't represent every integer; `from_json` reads those from their digits.
        if value.abs() >= EXACT {
            return Err(E::invalid_value(Unexpected::Float(value), &self));
        }
        #[allow(clippy::cast_possible_truncation)] // as it is small and has no fraction
        T::try_from(value as i64).map_err(|_| E::invalid_value(Unexpected::Float(value), &self))
    }
}

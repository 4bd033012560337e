//! Flags and fractions with one possible value: reading any other is an error. Texts and integers have types of their own for this.
//! Needs `object.rs`.

use serde::de::{Error, MapAccess};

use super::object::{Optional, OptionalNullable, Required, Slot};

/// The slot of a property that accepts one value only, around the slot for any.
pub(crate) struct Constant<S, T> {
    pub(crate) slot: S,
    pub(crate) only: T,
}

impl<'de, A: MapAccess<'de>, S: Slot<'de, A> + Holds<T>, T: PartialEq> Slot<'de, A>
    for Constant<S, T>
{
    fn read(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.slot.read(map)?;
        match self.slot.value() {
            Some(value) if *value != self.only => {
                Err(A::Error::custom("is not one of the listed values"))
            }
            _ => Ok(()),
        }
    }

    fn is_required(&self) -> bool {
        self.slot.is_required()
    }
}

/// A slot for a value of this type.
pub(crate) trait Holds<T> {
    /// The value; `None` if it is absent or null.
    fn value(&self) -> Option<&T>;
}

impl<T> Holds<T> for Required<T> {
    fn value(&self) -> Option<&T> {
        self.0.as_ref()
    }
}

impl<T> Holds<T> for Required<Option<T>> {
    fn value(&self) -> Option<&T> {
        self.0.as_ref()?.as_ref()
    }
}

impl<T> Holds<T> for Optional<Option<T>> {
    fn value(&self) -> Option<&T> {
        self.0.as_ref()
    }
}

impl<T> Holds<T> for OptionalNullable<Option<Option<T>>> {
    fn value(&self) -> Option<&T> {
        self.0.as_ref()?.as_ref()
    }
}

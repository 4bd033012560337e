//! Types that hold themselves without an object between: a list of such lists has no name to stop at.

use super::Lower;
use crate::diag::{Code, Place};
use crate::ir::{Shape, TypeId};

impl Lower<'_> {
    /// Reports lists, maps and aliases that are made of themselves only, and reads them as any value.
    pub(super) fn refuse_endless_types(&mut self) {
        for index in 0..self.types.len() {
            if self.is_endless(index) {
                let place = Place::value(&self.types[index].origin);
                self.diagnostics.push(Code::EndlessType, place);
                self.types[index].shape = Shape::Any;
            }
        }
    }

    /// Whether following the one type that a type is made of comes back to it.
    fn is_endless(&self, start: usize) -> bool {
        let mut at = start;
        for _ in 0..self.types.len() {
            match part(&self.types[at].shape) {
                Some(next) if next.index() == start => return true,
                Some(next) => at = next.index(),
                None => return false,
            }
        }
        false
    }
}

/// What a type without a name of its own in Rust is made of.
fn part(shape: &Shape) -> Option<TypeId> {
    match shape {
        Shape::Array(array) => Some(array.items),
        Shape::Map(map) => Some(map.values),
        Shape::Alias(target) => Some(*target),
        Shape::Any
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(..)
        | Shape::Number(..)
        | Shape::String(..)
        | Shape::Enum(_)
        | Shape::Object(_)
        | Shape::Union(_) => None,
    }
}

//! Types that hold themselves without an object between: a list of such lists has no name to stop at.

use super::Lower;
use crate::diag::{Code, Place};
use crate::ir::{Role, Shape, TypeDef, TypeId, Union, UnionKind, Variant};
use std::collections::HashSet;

impl Lower<'_> {
    /// Makes lists, maps and tuples that are made of themselves a choice of one, which has a name: `enum Nested { List(Vec<Nested>) }`.
    pub(super) fn name_endless_types(&mut self) {
        let named = |ty: &TypeDef| matches!(ty.role, Role::Named(_));
        // One type of a circle is enough, best one that the description names.
        for wanted in [true, false] {
            for index in 0..self.types.len() {
                if named(&self.types[index]) == wanted && self.is_endless(index) {
                    self.name_endless(index);
                }
            }
        }
        // What is still endless is nothing but names for one another.
        for index in 0..self.types.len() {
            if self.is_endless(index) {
                let place = Place::value(&self.types[index].origin);
                self.diagnostics.push(Code::EndlessType, place);
                self.types[index].shape = Shape::Any;
            }
        }
    }

    fn name_endless(&mut self, index: usize) {
        let kind = match self.types[index].shape {
            Shape::Array(_) | Shape::Tuple(_) => "array",
            Shape::Map(_) => "object",
            // What it is an alias of is in the circle too.
            _ => return,
        };
        let id = |index: usize| TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        let inner = id(self.types.len());
        let choice = Shape::Union(Union {
            kind: UnionKind::ByKind,
            variants: vec![Variant {
                ty: inner,
                keys: vec![kind.to_owned()],
            }],
        });
        let outer = &mut self.types[index];
        let held = TypeDef {
            role: Role::Variant(id(index), 0),
            title: None,
            description: None,
            deprecated: false,
            shared: false,
            shape: std::mem::replace(&mut outer.shape, choice),
            origin: outer.origin.clone(),
        };
        self.types.push(held);
    }

    /// Whether following what a type is made of comes back to it before an object or a choice.
    fn is_endless(&self, start: usize) -> bool {
        let mut open = unnamed_parts(&self.types[start].shape);
        let mut seen = HashSet::new();
        while let Some(next) = open.pop() {
            if next.index() == start {
                return true;
            }
            if seen.insert(next) {
                open.extend(unnamed_parts(&self.types[next.index()].shape));
            }
        }
        false
    }
}

/// What a type without a name of its own in Rust is made of.
fn unnamed_parts(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Object(_) | Shape::Union(_) => Vec::new(),
        shape => shape.parts(),
    }
}

//! Types that contain themselves without an object in between: a list of such lists has no name to stop at.

use super::Lower;
use crate::diag::{Code, Place};
use crate::ir::{Role, Shape, TypeDef, TypeId, Union, UnionKind, Variant};
use std::collections::BTreeSet;

impl Lower<'_> {
    /// Turns recursive lists, maps and tuples into a union of one variant, which has a name: `enum Nested { List(Vec<Nested>) }`.
    pub(super) fn name_recursive_types(&mut self) {
        // One type of a cycle is enough, preferably a named one.
        let mut order: Vec<usize> = (0..self.types.len()).collect();
        order.sort_by_key(|index| !matches!(self.types[*index].role, Role::Named(_)));
        let met = self.met_again(&order);
        let (mut recursive, mut named) = (BTreeSet::new(), BTreeSet::new());
        for index in met {
            match self.behind_aliases(index) {
                Some(behind) => named.insert(behind),
                None => recursive.insert(index),
            };
        }
        for index in order.into_iter().filter(|index| named.contains(index)) {
            self.name_recursive(index);
        }
        // The rest are aliases of each other.
        for index in recursive {
            let place = Place::value(&self.types[index].origin);
            self.diagnostics.push(Code::RecursiveType, place);
            self.types[index].shape = Shape::Any;
        }
    }

    fn name_recursive(&mut self, index: usize) {
        let kind = match self.types[index].shape {
            Shape::Array(_) | Shape::Tuple(_) => "array",
            Shape::Map(_) => "object",
            _ => return, // nothing else is made of what has no name
        };
        let id = |index: usize| TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        let inner = id(self.types.len());
        let choice = Shape::Union(Union {
            kind: UnionKind::ByKind,
            exclusive: None,
            variants: vec![Variant {
                ty: inner,
                writes_tag: false,
                keys: vec![kind.to_owned()],
            }],
        });
        let outer = &mut self.types[index];
        let held = TypeDef {
            role: Role::Variant(id(index), 0),
            title: None,
            description: None,
            deprecated: false,
            rules: None,
            shared: false,
            shape: std::mem::replace(&mut outer.shape, choice),
            origin: outer.origin.clone(),
        };
        self.types.push(held);
    }

    /// Types at which a walk along unnamed parts returns to a type that is still open; every cycle has one. Each type is visited once, with
    /// an explicit stack, so that nesting doesn't matter.
    fn met_again(&self, order: &[usize]) -> Vec<usize> {
        let mut met = Vec::new();
        let mut states = vec![State::New; self.types.len()];
        for start in order {
            if states[*start] != State::New {
                continue;
            }
            states[*start] = State::Open;
            let mut open = vec![(*start, unnamed_parts(&self.types[*start].shape))];
            while let Some((at, parts)) = open.last_mut() {
                let Some(part) = parts.pop() else {
                    states[*at] = State::Done;
                    open.pop();
                    continue;
                };
                let part = part.index();
                match states[part] {
                    State::New => {
                        states[part] = State::Open;
                        open.push((part, unnamed_parts(&self.types[part].shape)));
                    }
                    State::Open => met.push(part),
                    State::Done => {}
                }
            }
        }
        met
    }

    /// The type at the end of a chain of aliases; `None` if the chain is a cycle.
    fn behind_aliases(&self, start: usize) -> Option<usize> {
        let mut at = start;
        while let Shape::Alias(target) = self.types[at].shape {
            at = target.index();
            if at == start {
                return None;
            }
        }
        Some(at)
    }
}

/// The progress of visiting a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// Its parts are being visited.
    Open,
    Done,
}

/// The parts of a shape that has no name of its own in Rust.
fn unnamed_parts(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Object(_) | Shape::Union(_) => Vec::new(),
        shape => shape.parts(),
    }
}

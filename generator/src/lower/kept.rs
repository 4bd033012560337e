//! Objects that keep properties which only another alternative of a union declares.
//!
//! In: complete types. If a value matches several alternatives, it is read as one of them; properties of the others have to be written
//! back, and to be there when `oneOf` is checked. If no alternative is an object with the properties of all (such as one made for that
//! purpose), each alternative keeps the properties that it doesn't declare.

use crate::ir::{Closedness, EnumKind, Object, Presence, Shape, TypeDef, TypeId, Union, UnionKind};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Limit of alternatives that are compared pairwise.
const COMPARED: usize = 64;

/// Limit of pairs compared per type; the rest count as different.
const PAIRS: usize = 32;

/// How deep types are compared to find out whether they have values in common.
const DEPTH: usize = 3;

/// Makes objects keep properties of another alternative, if a value may match both.
pub(super) fn keep_what_others_declare(types: &mut [TypeDef]) {
    let mut pairs = Pairs::of(types);
    for index in 0..pairs.types.len() {
        if let Shape::Union(union) = &pairs.types[index].shape {
            pairs.within(union);
        }
    }
    let enough = 1_000 + PAIRS * pairs.types.len();
    while let Some((a, b)) = pairs.open.pop() {
        let is_deep = pairs.seen.len() < enough;
        pairs.compare(a, b, is_deep);
    }
    for id in pairs.kept {
        if let Shape::Object(object) = &mut types[id.index()].shape {
            object.keeps = true;
        }
    }
}

/// Pairs of types that occur at the same place of a value.
pub(super) struct Pairs<'t> {
    types: &'t [TypeDef],
    /// Pairs found so far.
    seen: HashSet<(TypeId, TypeId)>,
    /// Pairs that aren't compared yet.
    open: Vec<(TypeId, TypeId)>,
    /// Objects that keep undeclared properties.
    kept: BTreeSet<TypeId>,
}

impl<'t> Pairs<'t> {
    pub(super) fn of(types: &'t [TypeDef]) -> Self {
        Self {
            types,
            seen: HashSet::new(),
            open: Vec::new(),
            kept: BTreeSet::new(),
        }
    }

    /// Adds the alternatives of a union pairwise, unless a third alternative is both.
    fn within(&mut self, union: &Union) {
        if matches!(union.kind, UnionKind::Tagged { .. } | UnionKind::ByKind) {
            return;
        }
        let variants: Vec<TypeId> = union
            .variants
            .iter()
            .map(|one| self.named(one.ty))
            .collect();
        if variants.len() > COMPARED {
            self.kept.extend(variants);
            return;
        }
        for (index, a) in variants.iter().enumerate() {
            for b in &variants[..index] {
                if !variants.iter().any(|both| self.is_both(*both, *a, *b)) {
                    self.push(*a, *b);
                }
            }
        }
    }

    fn push(&mut self, a: TypeId, b: TypeId) {
        let (a, b) = (self.named(a), self.named(b));
        let pair = (a.min(b), a.max(b));
        if a != b && self.seen.insert(pair) {
            self.open.push(pair);
        }
    }

    /// Resolves aliases.
    pub(super) fn named(&self, mut ty: TypeId) -> TypeId {
        // A chain can't be longer than there are types.
        for _ in 0..self.types.len() {
            match self.shape(ty) {
                Shape::Alias(target) => ty = *target,
                _ => break,
            }
        }
        ty
    }

    pub(super) fn shape(&self, ty: TypeId) -> &'t Shape {
        &self.types[ty.index()].shape
    }

    pub(super) fn object(&self, ty: TypeId) -> Option<&'t Object> {
        match self.shape(ty) {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Whether `both` has the properties of `a` and of `b`.
    fn is_both(&self, both: TypeId, a: TypeId, b: TypeId) -> bool {
        let objects = (self.object(both), self.object(a), self.object(b));
        let (Some(whole), Some(a), Some(b)) = objects else {
            return false;
        };
        let is_one_of_them = std::ptr::eq(whole, a) || std::ptr::eq(whole, b);
        let takes_all = whole.rest == Closedness::Open
            && !whole.checks_rest()
            && self.types[both.index()].rules.is_none();
        let properties: HashMap<&str, TypeId> = properties(whole).collect();
        let has = |(name, ty): (&str, TypeId)| {
            properties
                .get(name)
                .is_some_and(|own| self.is_same(*own, ty))
        };
        let wanted: HashSet<&str> = required(a)
            .chain(required(b))
            .map(|(name, _)| name)
            .collect();
        (is_one_of_them || takes_all)
            && self::properties(a).chain(self::properties(b)).all(has)
            && required(whole).all(|(name, _)| wanted.contains(name))
    }

    /// Whether two types have the same values, and keep the same properties.
    fn is_same(&self, a: TypeId, b: TypeId) -> bool {
        let (a, b) = (self.named(a), self.named(b));
        a == b || (is_scalar(self.shape(a)) && self.shape(a) == self.shape(b))
    }

    /// Finds properties of one type that the other would lose, and the pairs nested in both.
    fn compare(&mut self, a: TypeId, b: TypeId, is_deep: bool) {
        if self.is_apart(a, b) {
            return;
        }
        match (self.shape(a), self.shape(b)) {
            (Shape::Object(one), Shape::Object(other)) => {
                self.keep(a, one, other);
                self.keep(b, other, one);
                if is_deep {
                    self.open_objects(one, other);
                }
            }
            (Shape::Object(object), Shape::Map(map)) | (Shape::Map(map), Shape::Object(object)) => {
                let ty = if self.object(a).is_some() { a } else { b };
                if object.rest == Closedness::Open && *self.shape(map.values) == Shape::Any {
                    self.kept.insert(ty);
                }
                if is_deep {
                    properties(object).for_each(|(_, property)| self.push(property, map.values));
                }
            }
            (Shape::Union(union), _) if is_deep => self.open_union(union, b),
            (_, Shape::Union(union)) if is_deep => self.open_union(union, a),
            (Shape::Array(one), Shape::Array(other)) => self.push(one.items, other.items),
            (Shape::Map(one), Shape::Map(other)) => self.push(one.values, other.values),
            (Shape::Tuple(one), Shape::Tuple(other)) => {
                let items = one.iter().zip(other);
                items.for_each(|(one, other)| self.push(one.ty, other.ty));
            }
            (Shape::Tuple(items), Shape::Array(array))
            | (Shape::Array(array), Shape::Tuple(items)) => {
                for item in items {
                    self.push(item.ty, array.items);
                }
            }
            _ => {}
        }
    }

    /// Marks an object that would lose properties of another one. A value that matches a closed object is completely described by it, so
    /// the other one needs no marking.
    fn keep(&mut self, ty: TypeId, object: &Object, other: &Object) {
        let known: HashSet<&str> = properties(object).map(|(name, _)| name).collect();
        let loses = properties(other).any(|(name, _)| !known.contains(name));
        if loses && object.rest == Closedness::Open && other.rest != Closedness::Closed {
            self.kept.insert(ty);
        }
    }

    fn open_objects(&mut self, a: &Object, b: &Object) {
        let of_b: HashMap<&str, TypeId> = properties(b).collect();
        for (name, ty) in properties(a) {
            let other = of_b.get(name).copied().or_else(|| rest(b));
            if let Some(other) = other {
                self.push(ty, other);
            }
        }
        if let Some(rest_of_a) = rest(a) {
            let of_a: HashSet<&str> = properties(a).map(|(name, _)| name).collect();
            let others = properties(b).filter(|(name, _)| !of_a.contains(name));
            let others = others.map(|(_, ty)| ty).chain(rest(b));
            others.for_each(|ty| self.push(rest_of_a, ty));
        }
    }

    fn open_union(&mut self, union: &Union, other: TypeId) {
        for variant in &union.variants {
            self.push(variant.ty, other);
        }
    }

    /// Whether no value matches both: they have different kinds, list different values, or require properties of disjoint types.
    pub(super) fn is_apart(&self, a: TypeId, b: TypeId) -> bool {
        self.is_apart_within(a, b, DEPTH)
    }

    fn is_apart_within(&self, a: TypeId, b: TypeId, depth: usize) -> bool {
        let (a, b) = (self.shape(self.named(a)), self.shape(self.named(b)));
        match (a, b) {
            (Shape::Enum(one), Shape::Enum(other)) if !one.open && !other.open => {
                let values: HashSet<&serde_json::Value> =
                    one.values.iter().map(|listed| &listed.value).collect();
                !other
                    .values
                    .iter()
                    .any(|listed| values.contains(&listed.value))
            }
            (Shape::Object(one), Shape::Object(other)) if depth > 0 => {
                let wanted: HashMap<&str, TypeId> = required(one).collect();
                let common = required(other);
                let mut common = common.filter_map(|(name, ty)| Some((*wanted.get(name)?, ty)));
                common.any(|(a, b)| self.is_apart_within(a, b, depth - 1))
            }
            _ => matches!((kind(a), kind(b)), (Some(a), Some(b)) if a != b),
        }
    }
}

pub(super) fn properties(object: &Object) -> impl Iterator<Item = (&str, TypeId)> {
    let properties = object.properties.iter();
    properties.map(|property| (&*property.name, property.ty))
}

/// Required properties that aren't nullable.
fn required(object: &Object) -> impl Iterator<Item = (&str, TypeId)> {
    let properties = object.properties.iter();
    properties
        .filter(|property| matches!(property.presence, Presence::Required | Presence::Nullable))
        .map(|property| (&*property.name, property.ty))
}

/// The type of additional properties, if declared.
pub(super) fn rest(object: &Object) -> Option<TypeId> {
    match object.rest {
        Closedness::Typed { values, .. } => Some(values),
        Closedness::Open | Closedness::Closed => None,
    }
}

/// The kind of a shape's values, if they have only one.
fn kind(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Boolean => Some("boolean"),
        Shape::Integer(..) | Shape::Number(..) => Some("number"),
        Shape::String(..) => Some("string"),
        Shape::Array(_) | Shape::Tuple(_) => Some("array"),
        Shape::Map(_) | Shape::Object(_) => Some("object"),
        Shape::Enum(listed) => match listed.kind {
            EnumKind::String => Some("string"),
            EnumKind::Integer | EnumKind::Number => Some("number"),
            EnumKind::Boolean => Some("boolean"),
            EnumKind::Any => None,
        },
        Shape::Any | Shape::Null | Shape::Union(_) | Shape::Alias(_) => None,
    }
}

fn is_scalar(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Boolean
            | Shape::Integer(..)
            | Shape::Number(..)
            | Shape::String(..)
            | Shape::Enum(_)
    )
}

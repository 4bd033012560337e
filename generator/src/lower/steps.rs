//! Reports unions whose values may take so many steps to decide that generated code gives up.
//!
//! In: complete types. Out: a note for each union whose large values may take more than 64 visits per node, the limit of generated code
//! (`templates/src/support/types/undecided.rs`). A part of a value that several alternatives read is read once for each of them, at each
//! level at which the union is nested in itself; JSON values nest up to 128 levels.

use super::kept::{Pairs, properties, rest};
use crate::diag::{Code, Diagnostics, Place};
use crate::ir::{Shape, TypeDef, TypeId, Union, UnionKind};
use std::cell::Cell;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Average number of visits per node at which generated code gives up.
const VISITS: usize = 64;

/// Nesting limit of values.
const LEVELS: usize = 128;

/// Limit of alternatives that are compared, and of types visited on the way back to a union.
const LOOKED_AT: usize = 100;

/// Limit of types visited in all, per type; documents whose unions need more aren't examined completely.
const IN_ALL: usize = 200;

/// Reports unions with large values that generated code may give up on.
pub(super) fn report_costly(types: &[TypeDef], diagnostics: &mut Diagnostics) {
    let pairs = Pairs::of(types);
    let left = Cell::new(IN_ALL * (1_000 + types.len()));
    for (index, ty) in types.iter().enumerate() {
        let Shape::Union(union) = &ty.shape else {
            continue;
        };
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        if matches!(union.kind, UnionKind::ByField | UnionKind::Ordered)
            && is_costly(&pairs, id, union, &left)
        {
            let code = Code::ManySteps { visits: VISITS };
            diagnostics.push(code, Place::value(&ty.origin));
        }
    }
}

/// Whether too many alternatives read the same part of a value, or the union itself at the same place.
fn is_costly(pairs: &Pairs<'_>, id: TypeId, union: &Union, left: &Cell<usize>) -> bool {
    let variants = union.variants.iter().take(LOOKED_AT);
    let variants: Vec<TypeId> = variants.map(|one| pairs.named(one.ty)).collect();
    let objects = variants
        .iter()
        .copied()
        .filter(|ty| pairs.object(*ty).is_some());
    if overlapping(pairs, &objects.collect::<Vec<_>>()) > VISITS {
        return true;
    }
    let mut places: HashMap<Step<'_>, Vec<(TypeId, usize)>> = HashMap::new();
    for variant in &variants {
        for (step, part) in steps(pairs, *variant) {
            if let Some(levels) = levels_to(pairs, part, id, left) {
                places.entry(step).or_default().push((*variant, levels + 1));
            }
        }
    }
    // Maps read any property, and so do objects that keep undeclared ones.
    let keeps = |ty: &TypeId| pairs.object(*ty).is_some_and(|object| object.keeps);
    let others = places.remove(&Step::Others).unwrap_or_default();
    let keepers: Vec<TypeId> = variants.iter().copied().filter(keeps).collect();
    let reads_again = |found: &[(TypeId, usize)]| {
        let levels = found.iter().map(|(_, levels)| *levels).min();
        let readers = found.iter().map(|(variant, _)| *variant);
        let readers: BTreeSet<TypeId> = readers.chain(keepers.iter().copied()).collect();
        let again = overlapping(pairs, &readers.into_iter().collect::<Vec<_>>()).saturating_sub(1);
        levels.is_some_and(|levels| again * LEVELS >= levels * VISITS)
    };
    let mut in_place = places.into_iter().map(|(step, mut found)| {
        if let Step::Property(_) = step {
            found.extend(&others);
        }
        found
    });
    reads_again(&others) || in_place.any(|found| reads_again(&found))
}

/// The greatest number of these that one value may match.
fn overlapping(pairs: &Pairs<'_>, types: &[TypeId]) -> usize {
    let with = |a: &TypeId| types.iter().filter(|b| !pairs.is_apart(*a, **b)).count();
    types.iter().map(with).max().unwrap_or_default()
}

/// The place of a part in a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Step<'t> {
    Property(&'t str),
    Others,
    Items,
}

/// The parts of a type with their places.
fn steps<'t>(pairs: &Pairs<'t>, ty: TypeId) -> Vec<(Step<'t>, TypeId)> {
    match pairs.shape(ty) {
        Shape::Object(object) => {
            let known = properties(object).map(|(name, ty)| (Step::Property(name), ty));
            let others = rest(object).map(|ty| (Step::Others, ty));
            known.chain(others).collect()
        }
        Shape::Map(map) => vec![(Step::Others, map.values)],
        Shape::Array(array) => vec![(Step::Items, array.items)],
        _ => Vec::new(),
    }
}

/// The least number of levels between a type and a union nested in it; `None` if there is no path, or too long a one.
fn levels_to(pairs: &Pairs<'_>, from: TypeId, union: TypeId, left: &Cell<usize>) -> Option<usize> {
    let mut seen = HashSet::new();
    let mut level = vec![pairs.named(from)];
    for levels in 0..=LEVELS {
        let mut next = Vec::new();
        while let Some(ty) = level.pop() {
            if ty == union {
                return Some(levels);
            }
            if !seen.insert(ty) {
                continue;
            }
            left.set(left.get().saturating_sub(1));
            let parts = pairs.shape(ty).parts();
            let parts = parts.into_iter().map(|part| pairs.named(part));
            match pairs.shape(ty) {
                Shape::Union(_) => level.extend(parts),
                _ => next.extend(parts),
            }
        }
        if next.is_empty() || seen.len() > LOOKED_AT || left.get() == 0 {
            return None;
        }
        level = next;
    }
    None
}

//! Choices that may take so many steps to tell that generated code gives up.
//!
//! In: complete types. Out: a note for each union of which large values may take more than 64 visits of each node, which is where
//! generated code stops (`templates/src/support/types/undecided.rs`). What several alternatives read of one value is read once for each,
//! on each level of the same union within itself; JSON nests 128 deep.

use super::kept::{Pairs, properties, rest};
use crate::diag::{Code, Diagnostics, Place};
use crate::ir::{Shape, TypeDef, TypeId, Union, UnionKind};
use std::cell::Cell;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How often generated code visits a node on average before it gives up.
const VISITS: usize = 64;

/// How deep values nest.
const LEVELS: usize = 128;

/// How many alternatives are compared, and how many types are looked at on the way back to a union.
const LOOKED_AT: usize = 100;

/// How many types are looked at for each that there is; documents whose unions need more aren't examined to the end.
const IN_ALL: usize = 200;

/// Reports unions of which large values may be given up.
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

/// Whether so many alternatives read the same part of a value, or the union again in the same place of it.
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
    // Maps read any property, and so do objects that keep those that they don't declare.
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

/// How many of these one value may be, at most.
fn overlapping(pairs: &Pairs<'_>, types: &[TypeId]) -> usize {
    let with = |a: &TypeId| types.iter().filter(|b| !pairs.is_apart(*a, **b)).count();
    types.iter().map(with).max().unwrap_or_default()
}

/// Where a part of a value stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Step<'t> {
    Property(&'t str),
    Others,
    Items,
}

/// The parts of a type, by where they stand.
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

/// How many levels of a value there are at least between a type and a union within it; `None` if there are too many, or none leads there.
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

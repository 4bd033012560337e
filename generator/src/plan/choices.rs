//! Distinguishes operations with the same method and path, by the fixed query of their paths, then by required query parameters and
//! headers.

use super::Planner;
use crate::diag::{Code, Place};
use crate::ir::{
    Api, EnumKind, FixedQuery, Listed, Location, Operation, Parameter, ParameterStyle, Shape,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The conditions of operations, by the operations' indexes.
type Conditions = BTreeMap<usize, BTreeSet<Condition>>;

/// A condition that a request has to satisfy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// A query parameter with this name, and this value if there is one.
    Query(String, Option<String>),
    /// A header with this name, and this value if there is one.
    Header(String, Option<String>),
}

impl Planner<'_> {
    /// Conditions that distinguish the operations in `order`; `twins` are those with the same route as others. Operations that can't be
    /// distinguished are reported; the first of them takes precedence.
    pub(super) fn conditions(
        &mut self,
        order: &[usize],
        mut twins: BTreeMap<usize, Vec<usize>>,
    ) -> Conditions {
        let api = self.api;
        let behind: HashSet<usize> = twins.values().flatten().copied().collect();
        for (number, index) in order.iter().enumerate() {
            if !api.operations[*index].path.query.is_empty() && !behind.contains(&number) {
                twins.entry(number).or_default();
            }
        }
        let mut all = Conditions::new();
        for (route, others) in twins {
            let numbers: Vec<usize> = std::iter::once(route).chain(others).collect();
            let operation = |number: &usize| &api.operations[order[*number]];
            // For identical paths it has been reported which one is served.
            let differ = numbers
                .iter()
                .any(|one| !operation(one).path.behind().is_empty());
            if differ {
                all.extend(self.told_apart(order, &numbers));
            }
        }
        all
    }

    fn told_apart(&mut self, order: &[usize], numbers: &[usize]) -> Conditions {
        let api = self.api;
        let operations: Vec<&Operation> = numbers
            .iter()
            .map(|number| &api.operations[order[*number]])
            .collect();
        let sets = conditions(api, &operations);
        let mut candidates: Vec<_> = numbers.iter().zip(&sets).collect();
        candidates.sort_by_key(|(_, when)| Reverse(when.len()));
        let mut known: BTreeMap<&BTreeSet<Condition>, usize> = BTreeMap::new();
        for (number, when) in candidates {
            let first = *known.entry(when).or_insert(*number);
            if first == *number {
                continue;
            }
            let [this, other] = [*number, first].map(|number| &api.operations[order[number]]);
            let (label, other_label) = (this.label(), other.label());
            let code = Code::AlikeRequests {
                label,
                other: other_label,
            };
            let related = vec![(
                Place::value(&other.origin),
                "the other operation".to_owned(),
            )];
            self.diagnostics
                .push_related(code, Place::value(&this.origin), related);
        }
        numbers.iter().copied().zip(sets).collect()
    }
}

/// The conditions of each operation. Fixed values come first; the mere presence of a parameter is used only where values aren't enough, and
/// not if all operations require it.
fn conditions(api: &Api, operations: &[&Operation]) -> Vec<BTreeSet<Condition>> {
    let fixed = |operation: &Operation| -> BTreeSet<Condition> {
        let pieces = operation.path.query.iter().map(of_path);
        pieces.collect()
    };
    let in_paths: Vec<BTreeSet<Condition>> = operations
        .iter()
        .map(|operation| fixed(operation))
        .collect();
    if are_told_apart(&in_paths) {
        return in_paths;
    }
    let with = |wanted: fn(&Api, &Parameter) -> Option<Condition>, sets: &[BTreeSet<Condition>]| {
        let mut sets = sets.to_vec();
        let own: Vec<BTreeSet<Condition>> = operations
            .iter()
            .map(|operation| {
                let required = operation.parameters.iter().filter(|one| one.required);
                required.filter_map(|one| wanted(api, one)).collect()
            })
            .collect();
        let mut counts: BTreeMap<&Condition, usize> = BTreeMap::new();
        for condition in own.iter().flatten() {
            *counts.entry(condition).or_default() += 1;
        }
        for (set, own) in sets.iter_mut().zip(&own) {
            let telling = own
                .iter()
                .filter(|condition| counts.get(condition) != Some(&operations.len()));
            set.extend(telling.cloned());
        }
        sets
    };
    let with_values = with(value, &in_paths);
    if are_told_apart(&with_values) {
        return with_values;
    }
    with(presence, &with_values)
}

fn are_told_apart(sets: &[BTreeSet<Condition>]) -> bool {
    let distinct: BTreeSet<&BTreeSet<Condition>> = sets.iter().collect();
    distinct.len() == sets.len()
}

fn of_path(piece: &FixedQuery) -> Condition {
    Condition::Query(piece.name.clone(), piece.value.clone())
}

/// The condition that a parameter has its only possible value.
fn value(api: &Api, parameter: &Parameter) -> Option<Condition> {
    let mut ty = parameter.ty;
    while let Shape::Alias(target) = api.types[ty.index()].shape {
        ty = target;
    }
    let Shape::Enum(listed) = &api.types[ty.index()].shape else {
        return None;
    };
    let [Listed { value: only, .. }] = &listed.values[..] else {
        return None;
    };
    if listed.kind == EnumKind::Any {
        return None;
    }
    let text = only
        .as_str()
        .map_or_else(|| only.to_string(), str::to_owned);
    // For a parameter that may have no value, its presence is enough.
    condition(parameter, Some(text).filter(|_| !parameter.allow_empty))
}

fn presence(_: &Api, parameter: &Parameter) -> Option<Condition> {
    condition(parameter, None)
}

fn condition(parameter: &Parameter, value: Option<String>) -> Option<Condition> {
    let by_its_name = match parameter.style {
        ParameterStyle::Plain | ParameterStyle::Each | ParameterStyle::Separated(..) => true,
        ParameterStyle::Styled(..) => false,
    };
    let name = parameter.name.clone();
    match parameter.location {
        Location::Query if by_its_name => Some(Condition::Query(name, value)),
        Location::Header => Some(Condition::Header(name.to_ascii_lowercase(), value)),
        Location::Query | Location::Path | Location::Cookie => None,
    }
}

//! What it takes to compile the crates, by feature: an estimate.
//!
//! In: a plan. Out: the seconds of each feature, by a model of what the corpus takes: a share for each operation and each type.

use crate::plan::{Plan, TypeItem};

/// What a feature takes to compile, in types and client together.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// The feature; `None` if the crates have none for groups, or for what is compiled with any.
    pub feature: Option<String>,
    pub operations: usize,
    /// Types that aren't aliases.
    pub types: usize,
    /// CPU seconds of `cargo check`, without dependencies.
    pub check: f64,
    /// CPU seconds of `cargo build`.
    pub build: f64,
}

/// CPU milliseconds: of the support code, of an operation and of a type, for `cargo check`. Fitted by least squares (of relative errors) to the
/// documents of `tests/corpus/COST.md`, of which none is off by more than 16 %. Single features weren't measured.
const CHECK: [f64; 3] = [400.0, 1.75, 7.65];

/// The same for `cargo build`, off by at most 25 %.
const BUILD: [f64; 3] = [2200.0, 1.0, 22.4];

/// The costs: of everything, then of each feature alone.
pub(super) fn of(plan: &Plan) -> Vec<Cost> {
    let is_compiled = |item: &TypeItem| !matches!(item, TypeItem::Alias(_) | TypeItem::Foreign(_));
    let count = |types: &mut dyn Iterator<Item = usize>| {
        let types = types.filter(|at| plan.types.get(*at).is_some_and(is_compiled));
        types.count()
    };
    let operations = plan.groups.iter().map(|group| group.operations.len()).sum();
    let all = count(&mut (0..plan.types.len()));
    let mut costs = vec![cost(None, operations, all)];
    for group in &plan.groups {
        let Some(feature) = &group.feature else {
            continue;
        };
        let modules = plan.modules.iter();
        let modules = modules
            .filter(|module| module.features.is_empty() || module.features.contains(feature));
        let types = count(&mut modules.flat_map(|module| module.types.iter().copied()));
        costs.push(cost(Some(feature), group.operations.len(), types));
    }
    costs
}

#[allow(clippy::cast_precision_loss)] // there are never so many
fn cost(feature: Option<&String>, operations: usize, types: usize) -> Cost {
    let seconds = |[base, operation, ty]: [f64; 3]| {
        (base + operation * operations as f64 + ty * types as f64) / 1000.0
    };
    Cost {
        feature: feature.cloned(),
        operations,
        types,
        check: seconds(CHECK),
        build: seconds(BUILD),
    }
}

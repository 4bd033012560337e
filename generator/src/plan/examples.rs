//! Plans the examples of a client's groups: programs in `examples/` that call what is simplest to read.

use super::codec::Held;
use super::operations::{Group, GroupExample, GroupKind, Operation, Parameter, Success};

/// The most calls of an example.
const CALLS: usize = 3;

/// The name of the example of the whole API.
pub(super) const BASIC: &str = "basic";

/// Gives the groups of calls that have something to read an example. Of a single group, the example of the whole API is enough.
pub(super) fn of_groups(groups: &mut [Group]) {
    let is_called = |group: &&mut Group| group.kind == GroupKind::Calls;
    let called: Vec<&mut Group> = groups.iter_mut().filter(is_called).collect();
    if called.len() > 1 {
        for group in called {
            group.example = example(group);
        }
    }
}

/// Calls the first reads without required arguments; where there are none, the one with the fewest.
fn example(group: &Group) -> Option<GroupExample> {
    let operations = group.operations.iter().enumerate();
    let reads = operations.filter(|(_, operation)| is_read(operation));
    let reads: Vec<(usize, usize)> = reads
        .map(|(at, operation)| (at, required(operation).count()))
        .collect();
    let fewest = reads.iter().map(|(_, arguments)| *arguments).min()?;
    let calls = if fewest == 0 { CALLS } else { 1 };
    let simplest = reads.iter().filter(|(_, arguments)| *arguments == fewest);
    let mut name = group.module.file();
    if name == BASIC {
        name.push('_');
    }
    Some(GroupExample {
        name,
        operations: simplest.map(|(at, _)| *at).take(calls).collect(),
    })
}

/// Whether an operation only reads, takes arguments that are easy to write down, and gives something that can be printed.
fn is_read(operation: &Operation) -> bool {
    let Success::One(outcome) = &operation.success else {
        return false;
    };
    operation.method == "GET"
        && matches!(outcome.codec().held, Held::Value(_) | Held::Text)
        && operation.is_simple()
        && operation.body.is_none()
        && !operation.deprecated
        && !required(operation).any(|parameter| parameter.deprecated)
}

fn required(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let parameters = operation.path_parameters.iter();
    let parameters = parameters.chain(&operation.parameters);
    parameters.filter(|parameter| parameter.required)
}

//! Chooses among operations with the same method and path. Needs `decode.rs`, `route.rs`.

use http::HeaderMap;

use super::{Condition, Endpoint, query_decoded, query_pairs};

/// The first of these operations (indexes into the routes) whose conditions all hold; `None` if there is none.
pub(crate) fn choice<H>(
    routes: &[Endpoint<H>],
    operations: &[usize],
    query: &str,
    headers: &HeaderMap,
) -> Option<usize> {
    let conditions = |operation: usize| routes.get(operation).map_or(&[][..], |one| one.when);
    // Fast path: most paths have a single operation.
    if let [only] = operations
        && conditions(*only).is_empty()
    {
        return Some(*only);
    }
    let decoded =
        query_pairs(query).map(|(name, value)| (query_decoded(name), query_decoded(value)));
    let pairs: Vec<_> = decoded.collect();
    let holds = |condition: &Condition| match condition {
        Condition::Query(name, wanted) => pairs.iter().any(|(known, value)| {
            known.as_deref() == Some(*name)
                && wanted.is_none_or(|wanted| value.as_deref() == Some(wanted))
        }),
        Condition::Header(name, wanted) => headers
            .get_all(*name)
            .iter()
            .any(|value| wanted.is_none_or(|wanted| value.as_bytes() == wanted.as_bytes())),
    };
    let mut operations = operations.iter().copied();
    operations.find(|operation| conditions(*operation).iter().all(holds))
}

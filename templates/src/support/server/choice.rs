//! Which operation a request is for where several have its method and path. Needs `decode.rs`.

use http::HeaderMap;

use super::{query_decoded, query_pairs};

/// The operations that a route leads to.
#[derive(Debug)]
pub struct Choice {
    /// The operation that the route names.
    pub route: usize,
    /// Each operation with what its requests have, in the order in which they are tried.
    pub candidates: &'static [(usize, &'static [Condition])],
}

/// Something that a request has, by its name; and the value, unless any will do.
#[derive(Debug)]
pub enum Condition {
    /// A parameter of the query.
    Query(&'static str, Option<&'static str>),
    /// A header.
    Header(&'static str, Option<&'static str>),
}

/// The operation that a request to a route is for: the first of its candidates whose conditions all hold. `None` if those of none do.
pub(crate) fn choice(
    choices: &'static [Choice],
    route: usize,
    query: &str,
    headers: &HeaderMap,
) -> Option<usize> {
    let Some(choice) = choices.iter().find(|choice| choice.route == route) else {
        return Some(route);
    };
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
    let mut candidates = choice.candidates.iter();
    candidates
        .find(|(_, conditions)| conditions.iter().all(holds))
        .map(|(operation, _)| *operation)
}

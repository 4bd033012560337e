//! The routing table of the server: a row for each operation, sorted by path.

use super::choices::Condition;
use crate::ir::{Api, Segment, SegmentPart};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The table. Of rows that match the same requests, the first takes precedence.
pub type Routes = Vec<Route>;

/// An operation, and the requests that it handles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub method: String,
    /// The path, with a `{name}` for each parameter; ambiguous characters are percent-encoded.
    pub path: String,
    /// Index of the operation.
    pub operation: usize,
    /// Further conditions, if several operations have this method and path.
    pub when: BTreeSet<Condition>,
}

/// Operations (indexes into `order`) that share method and path with others, each with those others.
pub(super) fn twins(api: &Api, order: &[usize]) -> BTreeMap<usize, Vec<usize>> {
    let mut known: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut twins: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, index) in order.iter().enumerate() {
        let operation = &api.operations[*index];
        let requests = (shape(&operation.path.segments), operation.method.as_str());
        let first = *known.entry(requests).or_insert(number);
        if first != number {
            twins.entry(first).or_default().push(number);
        }
    }
    twins
}

/// The table of the operations in `order`, numbered by their position there, with the conditions of some.
pub(super) fn routes(
    api: &Api,
    order: &[usize],
    mut conditions: BTreeMap<usize, BTreeSet<Condition>>,
) -> Routes {
    let rows = order.iter().enumerate().map(|(number, index)| {
        let operation = &api.operations[*index];
        let segments = &operation.path.segments;
        let route = Route {
            method: operation.method.clone(),
            path: template(segments, |name| name),
            operation: number,
            when: conditions.remove(&number).unwrap_or_default(),
        };
        (shape(segments), route)
    });
    let mut rows: Vec<(String, Route)> = rows.collect();
    // Operations with more conditions are tried first; of others with the same number the first takes precedence.
    rows.sort_by(|(shape, route), (other_shape, other)| {
        let rank = |one: &Route| Reverse(one.when.len());
        (shape, &route.method, rank(route)).cmp(&(other_shape, &other.method, rank(other)))
    });
    rows.into_iter().map(|(_, route)| route).collect()
}

/// A path without the names of its parameters. Equal ones match the same requests.
fn shape(segments: &[Segment]) -> String {
    template(segments, |_| "")
}

fn template<'s>(segments: &'s [Segment], name: impl Fn(&'s str) -> &'s str) -> String {
    let mut path = String::new();
    for segment in segments {
        path.push('/');
        for part in &segment.parts {
            match part {
                SegmentPart::Literal(text) => push_literal(&mut path, text),
                SegmentPart::Parameter(parameter) => {
                    path.push('{');
                    path.extend(name(parameter).chars().filter(|c| !"{}/".contains(*c)));
                    path.push('}');
                }
            }
        }
    }
    path
}

/// Appends a literal, percent-encoding characters that have a meaning in paths.
fn push_literal(path: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '%' => path.push_str("%25"),
            '/' => path.push_str("%2F"),
            '{' => path.push_str("%7B"),
            '}' => path.push_str("%7D"),
            _ => path.push(character),
        }
    }
}

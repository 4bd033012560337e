//! The routes of the server: a table with a row for each operation, in the order of their paths.

use super::choices::Condition;
use crate::ir::{Api, Segment, SegmentPart};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The table: of rows that the same requests lead to, the one that is tried first comes first.
pub type Routes = Vec<Route>;

/// An operation, and the requests that lead to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The method of its requests.
    pub method: String,
    /// The path, with a `{name}` for each parameter; what could be taken for something else is percent-encoded.
    pub path: String,
    /// The operation, by its position.
    pub operation: usize,
    /// What its requests have beside method and path, where these lead to several operations.
    pub when: BTreeSet<Condition>,
}

/// Of operations by their positions in `order`, those that others have the method and path of, each with those others.
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

/// The table of those of an API's operations that are in `order`, numbered by their position there; and of some what else their
/// requests have.
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
    // Those that want more are tried first; of others that want as much the first gets the requests.
    rows.sort_by(|(shape, route), (other_shape, other)| {
        let rank = |one: &Route| Reverse(one.when.len());
        (shape, &route.method, rank(route)).cmp(&(other_shape, &other.method, rank(other)))
    });
    rows.into_iter().map(|(_, route)| route).collect()
}

/// A path without the names of its parameters: those that are alike match the same requests.
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

/// Appends a literal, with percent-encoding of what paths are taken apart by.
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

//! The routes of the server: a trie over the segments of paths.

use crate::ir::{Api, Segment, SegmentPart};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A place in the trie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// Where a literal segment leads, in the order that a binary search wants.
    pub literals: BTreeMap<String, Node>,
    /// Where segments lead that are only partly parameters, by the literal text before, between and behind these. Those with the most
    /// of it stand first: `{a}.json` before `{a}{b}`, which takes everything.
    pub patterns: BTreeMap<Pattern, Node>,
    /// Where any other segment leads.
    pub parameter: Option<Box<Node>>,
    /// The methods of the path that ends here, and the operations they call.
    pub methods: BTreeMap<String, usize>,
}

/// Literal text before, between and behind parameters, ordered by how much of it there is.
pub(super) type Pattern = (Reverse<usize>, Vec<String>);

/// The trie of those of an API's operations that are in `order`, numbered by their position there; and for each that others have the
/// method and path of, those others.
pub(super) fn routes(api: &Api, order: &[usize]) -> (Node, BTreeMap<usize, Vec<usize>>) {
    let mut root = Node::default();
    let mut twins: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, index) in order.iter().enumerate() {
        let operation = &api.operations[*index];
        let mut node = &mut root;
        for segment in &operation.path.segments {
            node = step(node, segment);
        }
        // Of two that match the same requests the first gets them, unless something beside the path tells them apart.
        let first = *node
            .methods
            .entry(operation.method.clone())
            .or_insert(number);
        if first != number {
            twins.entry(first).or_default().push(number);
        }
    }
    (root, twins)
}

/// The literal text around the parameters of a segment: `{a}-{b}.json` is `""`, `"-"`, `".json"`.
fn pattern(parts: &[SegmentPart]) -> Pattern {
    let mut literals = vec![String::new()];
    for part in parts {
        match (part, literals.last_mut()) {
            (SegmentPart::Literal(text), Some(last)) => last.push_str(text),
            (SegmentPart::Literal(_), None) => {}
            (SegmentPart::Parameter(_), _) => literals.push(String::new()),
        }
    }
    (Reverse(literals.iter().map(String::len).sum()), literals)
}

fn step<'n>(node: &'n mut Node, segment: &Segment) -> &'n mut Node {
    match &segment.parts[..] {
        [SegmentPart::Literal(text)] => node.literals.entry(text.clone()).or_default(),
        [SegmentPart::Parameter(_)] => node.parameter.get_or_insert_with(Box::default),
        parts => node.patterns.entry(pattern(parts)).or_default(),
    }
}

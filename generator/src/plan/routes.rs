//! The routes of the server: a trie over the segments of paths.

use crate::ir::{Api, Segment, SegmentPart};
use std::collections::BTreeMap;

/// A place in the trie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// Where a literal segment leads, in the order that a binary search wants.
    pub literals: BTreeMap<String, Node>,
    /// Where segments lead that are only partly parameters, by the literal text before, between and behind these.
    pub patterns: BTreeMap<Vec<String>, Node>,
    /// Where any other segment leads.
    pub parameter: Option<Box<Node>>,
    /// The methods of the path that ends here, and the operations they call.
    pub methods: BTreeMap<String, usize>,
}

/// The trie of those of an API's operations that are in `order`, numbered by their position there.
pub(super) fn routes(api: &Api, order: &[usize]) -> Node {
    let mut root = Node::default();
    for (number, index) in order.iter().enumerate() {
        let operation = &api.operations[*index];
        let mut node = &mut root;
        for segment in &operation.path.segments {
            node = step(node, segment);
        }
        // Of two that match the same requests the first gets them.
        node.methods
            .entry(operation.method.clone())
            .or_insert(number);
    }
    root
}

/// The literal text around the parameters of a segment: `{a}-{b}.json` is `""`, `"-"`, `".json"`.
fn literals(parts: &[SegmentPart]) -> Vec<String> {
    let mut literals = vec![String::new()];
    for part in parts {
        match (part, literals.last_mut()) {
            (SegmentPart::Literal(text), Some(last)) => last.push_str(text),
            (SegmentPart::Literal(_), None) => {}
            (SegmentPart::Parameter(_), _) => literals.push(String::new()),
        }
    }
    literals
}

fn step<'n>(node: &'n mut Node, segment: &Segment) -> &'n mut Node {
    match &segment.parts[..] {
        [SegmentPart::Literal(text)] => node.literals.entry(text.clone()).or_default(),
        [SegmentPart::Parameter(_)] => node.parameter.get_or_insert_with(Box::default),
        parts => node.patterns.entry(literals(parts)).or_default(),
    }
}

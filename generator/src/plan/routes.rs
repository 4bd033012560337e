//! The routes of the server: a trie over the segments of paths.

use crate::ir::{Api, Segment, SegmentPart};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The places of a trie. Paths begin at the first; those that follow one are told by their position.
pub type Routes = Vec<Node>;

/// A place in the trie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// The way here, for readers: `/pets/{}`, without its beginning if it is long.
    pub path: String,
    /// Where a literal segment leads, in the order that a binary search wants.
    pub literals: BTreeMap<String, usize>,
    /// Where segments lead that are only partly parameters, by the literal text before, between and behind these. Those with the most
    /// of it stand first: `{a}.json` before `{a}{b}`, which takes everything.
    pub patterns: BTreeMap<Pattern, usize>,
    /// Where any other segment leads.
    pub parameter: Option<usize>,
    /// The methods of the path that ends here, and the operations they call.
    pub methods: BTreeMap<String, usize>,
}

impl Node {
    /// Where each segment leads, in the order in which they are tried.
    fn followers(&mut self) -> impl Iterator<Item = &mut usize> {
        let literals = self.literals.values_mut();
        literals
            .chain(self.patterns.values_mut())
            .chain(&mut self.parameter)
    }
}

/// The ways to places are shown up to this many bytes.
const SHOWN: usize = 200;

/// Literal text before, between and behind parameters, ordered by how much of it there is.
pub(super) type Pattern = (Reverse<usize>, Vec<String>);

/// The trie of those of an API's operations that are in `order`, numbered by their position there; and for each that others have the
/// method and path of, those others.
pub(super) fn routes(api: &Api, order: &[usize]) -> (Routes, BTreeMap<usize, Vec<usize>>) {
    let mut nodes = vec![Node::default()];
    let mut twins: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, index) in order.iter().enumerate() {
        let operation = &api.operations[*index];
        let mut at = 0;
        for segment in &operation.path.segments {
            at = step(&mut nodes, at, segment);
        }
        // Of two that match the same requests the first gets them, unless something beside the path tells them apart.
        let first = *nodes[at]
            .methods
            .entry(operation.method.clone())
            .or_insert(number);
        if first != number {
            twins.entry(first).or_default().push(number);
        }
    }
    (sorted(nodes), twins)
}

/// The same in the order of the paths, whatever the order of the operations.
fn sorted(mut nodes: Routes) -> Routes {
    let mut order = Vec::with_capacity(nodes.len());
    let mut next = vec![0];
    while let Some(at) = next.pop() {
        order.push(at);
        let first = next.len();
        next.extend(nodes[at].followers().map(|follower| *follower));
        next[first..].reverse();
    }
    let mut numbers = vec![0; nodes.len()];
    for (number, at) in order.iter().enumerate() {
        numbers[*at] = number;
    }
    let nodes = order.into_iter().map(|at| {
        let mut node = std::mem::take(&mut nodes[at]);
        for follower in node.followers() {
            *follower = numbers[*follower];
        }
        node
    });
    nodes.collect()
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

/// Where a segment leads, which is a new place if none has led there before.
fn step(nodes: &mut Routes, at: usize, segment: &Segment) -> usize {
    let new = nodes.len();
    let node = &mut nodes[at];
    let (follower, shown) = match &segment.parts[..] {
        [SegmentPart::Literal(text)] => (
            *node.literals.entry(text.clone()).or_insert(new),
            text.clone(),
        ),
        [SegmentPart::Parameter(_)] => (*node.parameter.get_or_insert(new), "{}".to_owned()),
        parts => {
            let pattern = pattern(parts);
            let shown = pattern.1.join("{}");
            (*node.patterns.entry(pattern).or_insert(new), shown)
        }
    };
    if follower == new {
        let before = if node.path.len() + shown.len() > SHOWN {
            "…"
        } else {
            node.path.as_str()
        };
        let path = format!("{before}/{shown}");
        nodes.push(Node {
            path,
            ..Node::default()
        });
    }
    follower
}

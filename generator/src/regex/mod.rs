//! Regular expressions as JSON Schema defines them: ECMA-262 with the flag `u` (JSON Schema Core, section 6.4). Depends on nothing, like
//! `digest`.
//!
//! Patterns that only the older syntax allows are rewritten in the stricter one, so that `.` is always a whole character and `\p{L}` a
//! letter. Generated code uses an engine of linear time, or, for patterns with look-around or back-references, one that counts its steps.
//! This module writes a pattern for the engine that it needs.

mod older;
mod sets;
#[cfg(test)]
mod tests;
mod text;

#[cfg(feature = "mock")]
#[path = "../../templates/support/types/regex_sample.rs"]
mod regex_sample;
/// The support code of generated crates, so that patterns are parsed and searched in the same way here.
#[allow(dead_code)]
#[path = "../../templates/support/types/regex_search.rs"]
pub(crate) mod regex_search;
#[path = "../../templates/support/types/regex_syntax.rs"]
pub(crate) mod regex_syntax;

use regex_search::Program;
use regex_syntax::{Node, parse};

/// How much longer a pattern may get by expanding its counted repetitions and still be searched in linear time.
const LINEAR_SIZE: u64 = 10_000;

/// A pattern as generated code uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Translation {
    /// The pattern in the syntax of the engine, if it differs.
    pub(crate) text: Option<String>,
    /// Whether it needs the backtracking engine.
    pub(crate) backtracks: bool,
}

/// Rewrites a pattern so that it is valid with the flag `u` and keeps its meaning.
///
/// # Errors
/// The reason why `pattern` isn't valid in either syntax.
pub(crate) fn readable(pattern: &str) -> Result<String, String> {
    let Err(error) = resolved(pattern) else {
        return Ok(pattern.to_owned());
    };
    older::rewritten(pattern)
        .filter(|pattern| resolved(pattern).is_ok())
        .ok_or(error)
}

/// Translates a pattern, which [`readable`] has returned, for generated code.
pub(crate) fn translate(pattern: &str) -> Translation {
    let Ok(node) = resolved(pattern) else {
        return Translation {
            text: None,
            backtracks: false,
        };
    };
    let backtracks = size(&node).is_none_or(|size| size > LINEAR_SIZE + pattern.len() as u64);
    let is_same = if backtracks {
        parse(pattern).as_ref() == Ok(&node)
    } else {
        text::is_portable(pattern)
    };
    let text = (!is_same).then(|| text::write(&node));
    Translation { text, backtracks }
}

/// Whether a search may take time exponential in the length of the text: a nested repetition in a pattern that isn't linear.
pub(crate) fn explodes(pattern: &str) -> bool {
    fn repeats(node: &Node, within: bool) -> bool {
        match node {
            Node::Repeat(repeat) if repeat.max.is_none() => within || repeats(&repeat.node, true),
            Node::Repeat(repeat) => repeats(&repeat.node, within),
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().any(|node| repeats(node, within)),
            Node::Group(_, node) => repeats(node, within),
            Node::Look(look) => repeats(&look.node, false),
            Node::Set(_) | Node::Same(_) | Node::Start | Node::End | Node::Boundary { .. } => false,
        }
    }
    translate(pattern).backtracks && parse(pattern).is_ok_and(|node| repeats(&node, false))
}

/// Whether a text matches a pattern, which [`readable`] has returned; also true if it would take long to tell.
pub(crate) fn may_match(pattern: &str, text: &str) -> bool {
    let node = Some(pattern).filter(|pattern| pattern.len() < 10_000);
    let node = node.and_then(|pattern| resolved(pattern).ok());
    let program = node.and_then(|node| Program::of(&node).ok());
    program.is_none_or(|program| program.find(text, &mut 100_000) != Some(false))
}

/// A text that a pattern matches, except for look-around, with at least `least` characters if the pattern can be extended that far.
///
/// # Errors
/// Why there is none.
#[cfg(feature = "mock")]
pub(crate) fn sample(
    pattern: &str,
    least: u64,
    varied: bool,
    random: &mut dyn FnMut(usize) -> usize,
) -> Result<String, String> {
    regex_sample::sample(&resolved(pattern)?, least, varied, random)
}

/// Parses a pattern and expands the sets that need tables of Unicode.
fn resolved(pattern: &str) -> Result<Node, String> {
    sets::resolved(parse(pattern)?)
}

/// Number of states of a linear engine for an expression; `None` if it can't be linear.
fn size(node: &Node) -> Option<u64> {
    Some(match node {
        Node::Set(_) | Node::Start | Node::End | Node::Boundary { .. } => 1,
        Node::All(nodes) | Node::Any(nodes) => nodes
            .iter()
            .map(size)
            .try_fold(1_u64, |sum, size| Some(sum.saturating_add(size?)))?,
        Node::Group(_, node) => size(node)?.saturating_add(1),
        Node::Repeat(repeat) => {
            let times = repeat.max.unwrap_or(repeat.min).max(1);
            size(&repeat.node)?.saturating_mul(times.into())
        }
        Node::Same(_) | Node::Look(_) => return None,
    })
}

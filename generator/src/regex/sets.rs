//! Sets of characters that need tables of Unicode: properties, and ignoring case. The tables are those of `regress`.

use super::regex_syntax::{Item, Look, Node, Repeat, Set};
use super::text;
use regress::Regex;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// An expression with each such set expanded.
///
/// # Errors
/// Fails for an unknown Unicode property, and for a back-reference that ignores case.
pub(super) fn resolved(node: Node) -> Result<Node, String> {
    let within = |nodes: Vec<Node>| {
        nodes
            .into_iter()
            .map(resolved)
            .collect::<Result<Vec<_>, _>>()
    };
    let one = |node: Box<Node>| resolved(*node).map(Box::new);
    Ok(match node {
        Node::Set(set) => Node::Set(written_out(set)?),
        Node::All(nodes) => Node::All(within(nodes)?),
        Node::Any(nodes) => Node::Any(within(nodes)?),
        Node::Group(number, node) => Node::Group(number, one(node)?),
        Node::Repeat(repeat) => Node::Repeat(Repeat {
            node: one(repeat.node)?,
            ..repeat
        }),
        Node::Look(look) => Node::Look(Look {
            node: one(look.node)?,
            ..look
        }),
        Node::Same(same) if same.ignore_case => {
            return Err("a reference that ignores case isn't supported".to_owned());
        }
        node => node,
    })
}

fn written_out(set: Set) -> Result<Set, String> {
    let is_plain = |item: &Item| !matches!(item, Item::Property { .. });
    if !set.ignore_case && set.items.iter().all(is_plain) {
        return Ok(set);
    }
    let flags = if set.ignore_case { "ui" } else { "u" };
    let ranges = ranges(text::set(&set), flags)?;
    let items = ranges
        .into_iter()
        .map(|(first, last)| Item::Range(first, last));
    Ok(Set {
        negated: false,
        items: items.collect(),
        ignore_case: false,
    })
}

type Ranges = Vec<(u32, u32)>;

/// Cache, as computing a set takes a while.
static KNOWN: LazyLock<Mutex<HashMap<(String, &str), Ranges>>> = LazyLock::new(Mutex::default);

/// The code points that a class matches.
fn ranges(class: String, flags: &'static str) -> Result<Ranges, String> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (class, flags);
    if let Some(ranges) = known.get(&key) {
        return Ok(ranges.clone());
    }
    let regex = Regex::with_flags(&format!("{}+", key.0), flags).map_err(|error| error.text)?;
    let all: String = ('\0'..=char::MAX).collect();
    let ranges = regex.find_iter(&all).flat_map(|found| {
        let mut found = all[found.range()].chars().map(u32::from);
        let first = found.next().unwrap_or_default();
        let last = found.next_back().unwrap_or(first);
        // Rust's `char` excludes surrogates.
        match (first < 0xd800, last > 0xdfff) {
            (true, true) => vec![(first, 0xd7ff), (0xe000, last)],
            _ => vec![(first, last)],
        }
    });
    let ranges: Ranges = ranges.collect();
    known.insert(key, ranges.clone());
    Ok(ranges)
}

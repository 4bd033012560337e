//! Writes expressions as text that has the same meaning in ECMA-262 (with the flag `u`) and the crate `regex-lite`.

use super::regex_syntax::{Item, Node, Repeat, Set};
use std::collections::HashMap;
use std::fmt::Write as _;

/// The text of an expression.
pub(super) fn write(node: &Node) -> String {
    let mut printer = Printer::default();
    printer.collect_names(node);
    printer.write(node);
    printer.to
}

#[derive(Default)]
struct Printer {
    to: String,
    /// Names of groups that a reference can't use the numbers of, as it refers to whichever of several groups has captured.
    names: HashMap<usize, String>,
}

impl Printer {
    fn collect_names(&mut self, node: &Node) {
        match node {
            Node::All(nodes) | Node::Any(nodes) => {
                for node in nodes {
                    self.collect_names(node);
                }
            }
            Node::Group(_, node) => self.collect_names(node),
            Node::Repeat(repeat) => self.collect_names(&repeat.node),
            Node::Look(look) => self.collect_names(&look.node),
            Node::Same(same) if same.groups.len() > 1 => {
                let name = format!("g{}", same.groups[0]);
                let names = same.groups.iter().map(|group| (*group, name.clone()));
                self.names.extend(names);
            }
            Node::Same(_) | Node::Set(_) | Node::Start | Node::End | Node::Boundary { .. } => {}
        }
    }

    fn write(&mut self, node: &Node) {
        match node {
            Node::Set(set) => write_set(set, &mut self.to),
            Node::All(nodes) => {
                for node in nodes {
                    match node {
                        Node::Any(_) | Node::All(_) => self.group("(?:", node),
                        node => self.write(node),
                    }
                }
            }
            Node::Any(nodes) => {
                for (index, node) in nodes.iter().enumerate() {
                    self.to.push_str(if index == 0 { "" } else { "|" });
                    self.write(node);
                }
            }
            Node::Group(number, node) => match self.names.get(number) {
                Some(name) => self.group(&format!("(?<{name}>"), node),
                None => self.group("(", node),
            },
            Node::Repeat(repeat) => self.repeat(repeat),
            Node::Look(look) => {
                let mark = match (look.behind, look.negated) {
                    (false, false) => "(?=",
                    (false, true) => "(?!",
                    (true, false) => "(?<=",
                    (true, true) => "(?<!",
                };
                self.group(mark, &look.node);
            }
            Node::Same(same) => {
                let group = same.groups[0];
                let reference = match self.names.get(&group) {
                    Some(name) => format!(r"\k<{name}>"),
                    None => format!(r"(?:\{})", group + 1),
                };
                self.to.push_str(&reference);
            }
            Node::Start => self.to.push('^'),
            Node::End => self.to.push('$'),
            Node::Boundary { negated } => self.to.push_str(if *negated { r"\B" } else { r"\b" }),
        }
    }

    fn group(&mut self, mark: &str, node: &Node) {
        self.to.push_str(mark);
        self.write(node);
        self.to.push(')');
    }

    fn repeat(&mut self, repeat: &Repeat) {
        match &*repeat.node {
            node @ (Node::Set(_) | Node::Group(..)) => self.write(node),
            node => self.group("(?:", node),
        }
        let count = match (repeat.min, repeat.max) {
            (0, None) => "*".to_owned(),
            (1, None) => "+".to_owned(),
            (0, Some(1)) => "?".to_owned(),
            (min, None) => format!("{{{min},}}"),
            (min, Some(max)) if min == max => format!("{{{min}}}"),
            (min, Some(max)) => format!("{{{min},{max}}}"),
        };
        self.to.push_str(&count);
        self.to.push_str(if repeat.lazy { "?" } else { "" });
    }
}

fn write_set(set: &Set, to: &mut String) {
    match set.items[..] {
        [Item::Range(first, last)] if first == last && !set.negated && is_character(first) => {
            character(first, to);
        }
        [Item::Digits { negated }] if !set.negated => {
            to.push_str(if negated { r"\D" } else { r"\d" });
        }
        [Item::Words { negated }] if !set.negated => {
            to.push_str(if negated { r"\W" } else { r"\w" });
        }
        [Item::Spaces { negated: true }] => to.push_str(&self::set(&Set {
            negated: !set.negated,
            items: vec![Item::Spaces { negated: false }],
            ignore_case: set.ignore_case,
        })),
        _ => to.push_str(&self::set(set)),
    }
}

/// A set as a class in brackets.
pub(super) fn set(set: &Set) -> String {
    let mut text = String::new();
    for item in &set.items {
        write_item(item, &mut text);
    }
    match (text.is_empty(), set.negated) {
        (false, false) => format!("[{text}]"),
        (false, true) => format!("[^{text}]"),
        (true, false) => r"[^\u{0}-\u{10ffff}]".to_owned(),
        (true, true) => r"[\u{0}-\u{10ffff}]".to_owned(),
    }
}

fn write_item(item: &Item, to: &mut String) {
    match item {
        // Text contains no surrogates.
        Item::Range(first, last) => {
            for (first, last) in [
                (*first, (*last).min(0xd7ff)),
                ((*first).max(0xe000), *last),
            ] {
                if first <= last {
                    member(first, to);
                }
                if first < last {
                    to.push('-');
                    member(last, to);
                }
            }
        }
        Item::Digits { negated } => to.push_str(if *negated { r"\D" } else { r"\d" }),
        Item::Words { negated } => to.push_str(if *negated { r"\W" } else { r"\w" }),
        Item::Spaces { negated: false } => to.push_str(concat!(
            r"\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}",
            r"\u{202f}\u{205f}\u{3000}\u{feff}"
        )),
        Item::Spaces { negated: true } => to.push_str(concat!(
            r"\u{0}-\u{8}\u{e}-\u{1f}!-\u{9f}\u{a1}-\u{167f}\u{1681}-\u{1fff}\u{200b}-\u{2027}",
            r"\u{202a}-\u{202e}\u{2030}-\u{205e}\u{2060}-\u{2fff}\u{3001}-\u{fefe}\u{ff00}-\u{10ffff}"
        )),
        Item::Property { text, negated } => {
            let _ = write!(to, r"\{}{{{text}}}", if *negated { 'P' } else { 'p' });
        }
    }
}

fn is_character(point: u32) -> bool {
    char::from_u32(point).is_some()
}

/// Appends a character outside of a class.
fn character(point: u32, to: &mut String) {
    match char::from_u32(point) {
        Some(c) if r"^$\.*+?()[]{}|".contains(c) => to.extend(['\\', c]),
        _ => plain(point, to),
    }
}

/// Appends a character in a class.
fn member(point: u32, to: &mut String) {
    match char::from_u32(point) {
        Some(c) if r"^\[]-".contains(c) => to.extend(['\\', c]),
        Some('&' | '~') => {
            let _ = write!(to, r"\u{{{point:x}}}");
        }
        _ => plain(point, to),
    }
}

fn plain(point: u32, to: &mut String) {
    match char::from_u32(point) {
        Some('\n') => to.push_str(r"\n"),
        Some('\r') => to.push_str(r"\r"),
        Some('\t') => to.push_str(r"\t"),
        Some(c) if c == ' ' || c.is_ascii_graphic() || c < '\u{250}' && c.is_alphabetic() => {
            to.push(c);
        }
        _ => {
            let _ = write!(to, r"\u{{{point:x}}}");
        }
    }
}

/// Whether a valid expression has the same meaning in `regex-lite` without rewriting. False for some that have.
pub(super) fn is_portable(pattern: &str) -> bool {
    let mut in_class = false;
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let behind = &rest[c.len_utf8()..];
        let next = behind.chars().next();
        let differs = match c {
            '\\' => {
                rest = behind.strip_prefix(|_: char| true).unwrap_or_default();
                match next {
                    Some('b' | 'B') if !in_class => continue,
                    Some('d' | 'D' | 'w' | 'W' | 'n' | 'r' | 't') => continue,
                    Some(c) if c.is_ascii_punctuation() => continue,
                    _ => return false,
                }
            }
            // In a class, doubled characters and brackets may be operators; `regex-lite` has no empty class.
            '&' | '~' | '-' if in_class => next == Some(c),
            '[' if in_class => true,
            '[' => {
                in_class = true;
                matches!(next, Some(']')) || behind.starts_with("^]")
            }
            ']' => {
                in_class = false;
                false
            }
            '.' => !in_class,
            '(' => !in_class && next == Some('?') && !behind.starts_with("?:"),
            c => c.is_ascii_control(),
        };
        if differs {
            return false;
        }
        rest = behind;
    }
    true
}

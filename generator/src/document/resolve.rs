//! Resolves references, across files.
//!
//! In: a node that may be a reference. Out: the definition at the end of the chain, or a diagnostic at the `$ref` that fails.
//! [`Sources`](crate::source::Sources) finds the file of a reference; this module finds the place in it. Doesn't know the kind of the
//! definition.

use super::read::Reader;
use crate::diag::{Code, Place};
use crate::source::{FileId, Node, Origin, ResolveError, Value};
use std::collections::{HashMap, VecDeque};

/// Longest chain of references; a longer one counts as a cycle.
pub(super) const HOPS: usize = 64;
/// How many references a pointer may pass through on its way; halved at each level of nesting to bound the work.
const DETOURS: usize = 16;

impl<'a> Reader<'a> {
    /// The node itself, or the definition that its `$ref` leads to. `None` means that the problem has been reported.
    pub(super) fn follow(&mut self, node: Node<'a>) -> Option<Node<'a>> {
        let Some(first) = node.get("$ref") else {
            return Some(node);
        };
        let mut at = node;
        for _ in 0..HOPS {
            let Some(reference) = at.get("$ref") else {
                self.define(&at);
                return Some(at);
            };
            match self.target_or_meant(&reference) {
                Ok(target) => at = target,
                Err(code) => {
                    self.report(code, Place::Value(reference.origin()));
                    return None;
                }
            }
        }
        self.report(
            Code::RefCycle {
                reference: written(&first),
            },
            Place::Value(first.origin()),
        );
        None
    }

    /// Remembers what a definition is called that a reference leads to: by its key in the place of definitions, else as its file has it.
    fn define(&mut self, node: &Node<'a>) {
        let tokens = node.pointer.tokens();
        let name = match tokens[..] {
            ["components", _, name]
            | ["responses" | "parameters" | "requestBodies", name]
            | [name] => name.to_owned(),
            [] => self.sources.stem(node.file),
            [.., name] if node.file != self.root.file && name.parse::<usize>().is_err() => {
                name.to_owned()
            }
            _ => return,
        };
        self.definitions.insert(node.origin(), name.into());
    }

    /// The node that the value of a `$ref` refers to: one step of a chain.
    pub(super) fn target(&self, reference: &Node<'a>) -> Result<Node<'a>, Code> {
        let text = reference.value.as_str().ok_or_else(|| Code::MalformedRef {
            reference: written(reference),
        })?;
        match self.by_name(reference, text) {
            Some(found) => Ok(found),
            None => self.lookup(reference.file, text),
        }
    }

    /// Like [`target`](Self::target), and accepts a pointer with a missing or extra slash: `file.yaml#/` and `#definitions/Pet`.
    pub(super) fn target_or_meant(&mut self, reference: &Node<'a>) -> Result<Node<'a>, Code> {
        let found = self.target(reference);
        let (Err(Code::DanglingRef { .. } | Code::MalformedRef { .. }), Some(text)) =
            (&found, reference.value.as_str())
        else {
            return found;
        };
        let meant = match text.split_once('#') {
            Some((file, "/")) => format!("{file}#"),
            // An anchor contains no slash.
            Some((file, pointer)) if !pointer.starts_with('/') && pointer.contains('/') => {
                format!("{file}#/{pointer}")
            }
            _ => return found,
        };
        let Ok(target) = self.lookup(reference.file, &meant) else {
            return found;
        };
        self.ref_read_as(text, &meant, reference);
        Ok(target)
    }

    /// The node that a reference in `file` refers to.
    pub(super) fn lookup(&self, file: FileId, text: &str) -> Result<Node<'a>, Code> {
        self.find(file, text, DETOURS)
    }

    fn find(&self, file: FileId, text: &str, detours: usize) -> Result<Node<'a>, Code> {
        let reference = text.to_owned();
        match self.sources.resolve(file, text) {
            Ok(origin) => self
                .sources
                .at(&origin)
                .or_else(|| self.through(&origin, detours))
                .ok_or(Code::DanglingRef { reference }),
            Err(ResolveError::Malformed) => self.anchor(file, text),
            Err(ResolveError::Remote) => Err(Code::RemoteRef { reference }),
            Err(ResolveError::Escapes) => Err(Code::RefEscapes { reference }),
            Err(ResolveError::Unreadable(reason)) => Err(Code::UnreadableRef { reference, reason }),
        }
    }

    /// The node at `origin`, if a node on the way there is a reference itself.
    fn through(&self, origin: &Origin, detours: usize) -> Option<Node<'a>> {
        let mut at = self.sources.root(origin.file);
        let mut left = detours;
        for token in origin.pointer.tokens() {
            at = loop {
                if let Some(next) = at.get(token).or_else(|| at.item(token.parse().ok()?)) {
                    break next;
                }
                let reference = at.get("$ref")?;
                left = left.checked_sub(1)?;
                at = self
                    .find(reference.file, reference.value.as_str()?, left / 2)
                    .ok()?;
            };
        }
        Some(at)
    }

    /// The schema whose `$anchor` or `$dynamicAnchor` is the fragment of `#name` or `file.yaml#name`.
    fn anchor(&self, file: FileId, text: &str) -> Result<Node<'a>, Code> {
        let malformed = || Code::MalformedRef {
            reference: text.to_owned(),
        };
        let (target, name) = text.split_once('#').ok_or_else(malformed)?;
        if name.is_empty() || name.contains(['/', '%']) {
            return Err(malformed());
        }
        let file = if target.is_empty() {
            file
        } else {
            self.find(file, target, 0)?.file
        };
        let mut anchors = self.anchors.borrow_mut();
        let known = anchors.entry(file).or_insert_with(|| self.anchors_of(file));
        known.get(name).cloned().ok_or_else(|| Code::DanglingRef {
            reference: text.to_owned(),
        })
    }

    /// The schemas of a file that have an anchor. Of duplicates the outermost, then the first; examples that look like schemas come last.
    fn anchors_of(&self, file: FileId) -> HashMap<&'a str, Node<'a>> {
        let mut anchors = HashMap::new();
        let mut waiting = VecDeque::from([self.sources.root(file)]);
        let mut examples = VecDeque::new();
        while let Some(node) = waiting.pop_front().or_else(|| examples.pop_front()) {
            for keyword in ["$anchor", "$dynamicAnchor"] {
                if let Some(Value::String(name)) = node.get(keyword).map(|anchor| anchor.value) {
                    anchors.entry(&**name).or_insert_with(|| node.clone());
                }
            }
            for (key, member) in node.members() {
                if matches!(key, "example" | "examples" | "default" | "const" | "enum") {
                    examples.push_back(member);
                } else {
                    waiting.push_back(member);
                }
            }
            waiting.extend(node.items());
        }
        anchors
    }
}

/// A `$ref` as written, truncated if long.
pub(super) fn written(reference: &Node<'_>) -> String {
    let text = reference
        .value
        .as_str()
        .map_or_else(|| reference.value.to_string(), str::to_owned);
    if text.chars().count() > 80 {
        text.chars().take(79).chain(['…']).collect()
    } else {
        text
    }
}

//! Maps keys and values to their positions in the text.
//!
//! In: the text of one YAML or JSON file. Out: an [`Outline`], the tree of its keys and values with lines and columns. Built only for files
//! that a message points into. Never fails: what the parser can't read is missing from the tree, and a search returns the nearest enclosing
//! value.

use super::Position;
use super::pieces::Pieces;
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use std::borrow::Cow;
use std::collections::HashMap;

/// The tree of a file's first non-empty document.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Outline {
    /// All values in document order, children right after their parent. A file may have a million, so a shape owns no memory.
    shapes: Pieces<Shape>,
    /// Interned keys.
    keys: HashMap<Box<str>, u32>,
    /// Index of the children of big collections, by key or position.
    big: HashMap<u32, HashMap<u32, u32>>,
    /// Whether the parser reached the end of the text.
    pub(super) complete: bool,
    /// A tag that YAML's core schema doesn't have, and its position.
    pub(super) foreign_tag: Option<(String, Position)>,
}

#[derive(Debug, PartialEq, Eq)]
struct Shape {
    at: Stretch,
    kind: Kind,
    place: Role,
    /// The next shape after this one and its descendants.
    next: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Scalar,
    Sequence,
    Mapping,
    /// YAML's `*alias`, with the shape that it refers to.
    Alias(u32),
}

/// The role of a shape in its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// An item of a list, or the root.
    Item,
    /// The value of an interned key, whose position is given.
    Member(u32, Stretch),
    /// A key that is a collection or has an anchor.
    Key,
}

/// A range of text. Lines count from 1, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) start: (u32, u32),
    pub(super) end: (u32, u32),
}

/// A duplicate key.
pub(super) struct Duplicate {
    pub(super) key: String,
    pub(super) first: Position,
    pub(super) second: Position,
}

/// Collections with more children than this are indexed.
const BIG: u32 = 32;

impl Outline {
    /// Outlines a YAML text.
    pub(super) fn of_yaml(text: &str) -> Self {
        let mut builder = Builder::default();
        let mut parser = Parser::new_from_str(text);
        while let Some(Ok((event, span))) = parser.next_event() {
            match event {
                Event::DocumentEnd if builder.is_empty() => builder = Builder::default(),
                Event::DocumentEnd | Event::StreamEnd => {
                    builder.outline.complete = true;
                    break;
                }
                event => builder.take(event, span),
            }
        }
        builder.outline
    }

    /// The range to mark for the key or value at `tokens`, and whether it is that place itself or only the nearest enclosing one. Mappings,
    /// lists and empty values are marked at their key.
    pub(super) fn find(&self, tokens: &[&str], key: bool) -> Option<(Stretch, bool)> {
        let mut at = 0;
        let mut label = None;
        for token in tokens {
            let Some(child) = self.child(at, token) else {
                return Some((label.or_else(|| self.beginning(at))?, false));
            };
            label = self.label(child);
            at = self.meant(child);
        }
        let shape = self.shape(at)?;
        let own = matches!(shape.kind, Kind::Scalar) && shape.at.start != shape.at.end;
        let stretch = if own && !(key && label.is_some()) {
            shape.at
        } else {
            label.or_else(|| self.beginning(at))?
        };
        Some((stretch, true))
    }

    /// All duplicate keys, by mapping.
    pub(super) fn duplicates(&self) -> Vec<Duplicate> {
        let names: HashMap<u32, &str> = self.keys.iter().map(|(key, id)| (*id, &**key)).collect();
        let mut found = Vec::new();
        for at in 0..number(self.shapes.len()) {
            let mut seen = HashMap::new();
            for child in self.children(at) {
                let Some(Role::Member(id, label)) = self.shape(child).map(|shape| shape.place)
                else {
                    continue;
                };
                let first: Stretch = *seen.entry(id).or_insert(label);
                if first.start != label.start {
                    let (first, second) = (first.position(), label.position());
                    let key = names.get(&id).copied().unwrap_or_default().to_owned();
                    found.push(Duplicate { key, first, second });
                }
            }
        }
        found
    }

    fn shape(&self, at: u32) -> Option<&Shape> {
        self.shapes.get(at as usize)
    }

    /// The direct children of a shape, including keys that have shapes of their own.
    fn children(&self, at: u32) -> impl Iterator<Item = u32> {
        let end = self.shape(at).map_or(0, |shape| shape.next);
        let within = move |child: &u32| *child < end;
        std::iter::successors(Some(at + 1).filter(within), move |child| {
            self.shape(*child).map(|shape| shape.next).filter(within)
        })
    }

    /// The position of the key of a shape, if it has one.
    fn label(&self, at: u32) -> Option<Stretch> {
        match self.shape(at)?.place {
            Role::Member(_, label) => Some(label),
            Role::Item | Role::Key => None,
        }
    }

    /// Resolves an alias to its target.
    fn meant(&self, at: u32) -> u32 {
        match self.shape(at).map(|shape| shape.kind) {
            Some(Kind::Alias(target)) => target,
            _ => at,
        }
    }

    /// The child of `at` for one token of a pointer.
    fn child(&self, at: u32, token: &str) -> Option<u32> {
        match self.shape(at)?.kind {
            Kind::Scalar | Kind::Alias(_) => None,
            Kind::Sequence => {
                let index: u32 = token.parse().ok()?;
                match self.big.get(&at) {
                    Some(items) => items.get(&index).copied(),
                    None => self.children(at).nth(index as usize),
                }
            }
            Kind::Mapping => self.member(at, token).or_else(|| {
                self.merges(at)
                    .find_map(|merged| self.merged(merged, token))
            }),
        }
    }

    /// The last member of a mapping with this key.
    fn member(&self, at: u32, key: &str) -> Option<u32> {
        let id = *self.keys.get(key)?;
        match self.big.get(&at) {
            Some(members) => members.get(&id).copied(),
            None => self.named(at, id).last(),
        }
    }

    /// The members of a mapping with this interned key.
    fn named(&self, at: u32, id: u32) -> impl Iterator<Item = u32> {
        self.children(at).filter(move |child| {
            let place = self.shape(*child).map(|shape| shape.place);
            matches!(place, Some(Role::Member(known, _)) if known == id)
        })
    }

    /// The values of the `<<` keys of a mapping.
    fn merges(&self, at: u32) -> impl Iterator<Item = u32> {
        let id = self.keys.get("<<").copied();
        let merges = id.into_iter().flat_map(move |id| self.named(at, id));
        merges.map(|child| self.meant(child))
    }

    /// The member `token` of the mapping or list of mappings at `at`, the value of a `<<`.
    fn merged(&self, at: u32, token: &str) -> Option<u32> {
        match self.shape(at)?.kind {
            Kind::Scalar | Kind::Alias(_) => None,
            Kind::Mapping => self.child(at, token),
            Kind::Sequence => self
                .children(at)
                .map(|item| self.meant(item))
                .filter(|item| {
                    self.shape(*item)
                        .is_some_and(|item| item.kind == Kind::Mapping)
                })
                .find_map(|item| self.child(item, token)),
        }
    }

    /// Where a shape begins: at its first key, else at its first character.
    fn beginning(&self, at: u32) -> Option<Stretch> {
        let shape = self.shape(at)?;
        let first = match shape.kind {
            Kind::Mapping => self.children(at).find_map(|child| self.label(child)),
            Kind::Scalar | Kind::Sequence | Kind::Alias(_) => None,
        };
        Some(first.unwrap_or(shape.at))
    }
}

/// Converts a count of lines, columns or shapes, saturating.
pub(super) fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

impl Stretch {
    fn new(span: Span) -> Self {
        let place = |line, column| (number(line), number(column));
        Self {
            start: place(span.start.line(), span.start.col()),
            end: place(span.end.line(), span.end.col()),
        }
    }

    /// The start of the range.
    pub(super) fn position(self) -> Position {
        Position {
            line: self.start.0 as usize,
            column: self.start.1 as usize + 1,
        }
    }

    /// Number of characters (at least one) on the first line of the range, given the text from its start to the end of the line.
    pub(super) fn on_one_line(self, rest: &str) -> usize {
        // No message marks more than this, and the line may be a whole document.
        let rest = rest.chars().take(1000);
        let stretch: String = if self.start.0 == self.end.0 {
            rest.take((self.end.1 - self.start.1) as usize).collect()
        } else {
            rest.collect()
        };
        stretch.trim_end().chars().count().max(1)
    }
}

/// Builds an outline from events in document order.
#[derive(Default)]
pub(super) struct Builder {
    outline: Outline,
    open: Vec<Open>,
    anchors: HashMap<usize, u32>,
}

/// A collection that isn't closed yet.
struct Open {
    shape: u32,
    mapping: bool,
    /// In a mapping, the key that waits for its value.
    key: Option<(u32, Stretch)>,
    /// Number of values so far.
    count: u32,
}

impl Builder {
    /// Returns the outline of a text that was read to its end.
    pub(super) fn finished(mut self) -> Outline {
        self.outline.complete = true;
        self.outline
    }

    fn take(&mut self, event: Event<'_>, span: Span) {
        let at = Stretch::new(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.check_tag(tag, at);
                let empty = style == ScalarStyle::Plain
                    && (text.is_empty() || text == "~" || text == "null");
                if empty && self.open.is_empty() {
                    return; // an empty document
                }
                self.scalar(&text, anchor, at);
            }
            Event::SequenceStart(anchor, tag) => {
                self.check_tag(tag, at);
                self.open(Kind::Sequence, anchor, at);
            }
            Event::MappingStart(anchor, tag) => {
                self.check_tag(tag, at);
                self.open(Kind::Mapping, anchor, at);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => self.alias(anchor, at),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
    }

    fn is_empty(&self) -> bool {
        self.outline.shapes.is_empty()
    }

    /// Adds a scalar; `anchor` is 0 for none.
    pub(super) fn scalar(&mut self, text: &str, anchor: usize, at: Stretch) {
        let is_key = self.wants_key();
        if is_key {
            self.set_key(text, at);
        }
        if !is_key || anchor > 0 {
            self.add(Kind::Scalar, anchor, at, is_key);
        }
    }

    /// Opens a collection.
    pub(super) fn open(&mut self, kind: Kind, anchor: usize, at: Stretch) {
        let is_key = self.wants_key();
        if is_key {
            self.set_key("", at);
        }
        let (shape, mapping) = (self.add(kind, anchor, at, is_key), kind == Kind::Mapping);
        self.open.push(Open {
            shape,
            mapping,
            key: None,
            count: 0,
        });
    }

    /// Closes the innermost collection.
    pub(super) fn close(&mut self) {
        let Some(Open { shape, count, .. }) = self.open.pop() else {
            return;
        };
        let end = number(self.outline.shapes.len());
        if let Some(shape) = self.outline.shapes.get_mut(shape as usize) {
            shape.next = end;
        }
        if count > BIG {
            self.index(shape);
        }
    }

    fn alias(&mut self, anchor: usize, at: Stretch) {
        let Some(target) = self.anchors.get(&anchor).copied() else {
            return;
        };
        if self.wants_key() {
            self.set_key("", at);
        } else {
            self.add(Kind::Alias(target), 0, at, false);
        }
    }

    /// Whether the next value is a key.
    pub(super) fn wants_key(&self) -> bool {
        let open = self.open.last();
        open.is_some_and(|open| open.mapping && open.key.is_none())
    }

    fn set_key(&mut self, text: &str, at: Stretch) {
        let id = if let Some(id) = self.outline.keys.get(text) {
            *id
        } else {
            let id = number(self.outline.keys.len());
            self.outline.keys.insert(text.into(), id);
            id
        };
        if let Some(open) = self.open.last_mut() {
            open.key = Some((id, at));
        }
    }

    fn add(&mut self, kind: Kind, anchor: usize, at: Stretch, is_key: bool) -> u32 {
        let shape = number(self.outline.shapes.len());
        let place = if is_key {
            Role::Key
        } else {
            let key = self.open.last_mut().and_then(|open| {
                open.count += 1;
                open.key.take()
            });
            key.map_or(Role::Item, |(id, label)| Role::Member(id, label))
        };
        let next = shape + 1;
        self.outline.shapes.push(Shape {
            at,
            kind,
            place,
            next,
        });
        if anchor > 0 {
            self.anchors.insert(anchor, shape);
        }
        shape
    }

    /// Indexes the children of a big collection; of duplicate keys the last one wins.
    fn index(&mut self, collection: u32) {
        let mut index = HashMap::new();
        for child in self.outline.children(collection) {
            match self.outline.shape(child).map(|shape| shape.place) {
                Some(Role::Member(id, _)) => index.insert(id, child),
                Some(Role::Item) => index.insert(number(index.len()), child),
                Some(Role::Key) | None => None,
            };
        }
        self.outline.big.insert(collection, index);
    }

    fn check_tag(&mut self, tag: Option<Cow<'_, Tag>>, at: Stretch) {
        const KNOWN: [&str; 9] = [
            "str",
            "int",
            "float",
            "bool",
            "null",
            "map",
            "seq",
            "binary",
            "timestamp",
        ];
        let Some(tag) = tag else { return };
        if !(tag.is_yaml_core_schema() && KNOWN.contains(&tag.suffix.as_str()))
            && self.outline.foreign_tag.is_none()
        {
            let name = if tag.is_yaml_core_schema() {
                format!("!!{}", tag.suffix)
            } else {
                tag.to_string()
            };
            self.outline.foreign_tag = Some((name, at.position()));
        }
    }
}

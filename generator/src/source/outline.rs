//! Where in a text its keys and values stand.
//!
//! In: the text of one YAML or JSON file. Out: an [`Outline`], its tree of keys and values with lines and columns.
//! Made only for files that a message points into. Never fails: what a text's parser can't make out is missing from the
//! tree, and the nearest place around it is found instead.

use super::Position;
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use std::borrow::Cow;
use std::collections::HashMap;

/// The tree of a file's first non-empty document.
#[derive(Debug, Default)]
pub(super) struct Outline {
    shapes: Vec<Shape>,
    /// Whether the parser came to the end of it.
    pub(super) complete: bool,
    /// The tag that is none of YAML's own, and where.
    pub(super) foreign_tag: Option<(String, Position)>,
}

#[derive(Debug)]
struct Shape {
    at: Stretch,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Scalar,
    Sequence(Vec<usize>),
    Mapping(Vec<Entry>),
}

#[derive(Debug)]
struct Entry {
    key: Box<str>,
    at: Stretch,
    value: usize,
}

/// A stretch of text; lines count from 1, columns from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    start: (u32, u32),
    end: (u32, u32),
}

/// A key that stands twice.
pub(super) struct Duplicate {
    pub(super) key: String,
    pub(super) first: Position,
    pub(super) second: Position,
}

impl Outline {
    pub(super) fn of(text: &str) -> Self {
        let mut builder = Builder::default();
        let text = without_surrogates(text);
        let mut parser = Parser::new_from_str(&text);
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

    /// The stretch to mark for the key or the value at the end of `tokens`, and whether that is the place itself and not
    /// the nearest one around it. A value that is a mapping, a list or nothing is marked at its key.
    pub(super) fn find(&self, tokens: &[&str], key: bool) -> Option<(Stretch, bool)> {
        let mut at = 0;
        let mut label = None;
        for token in tokens {
            let Some((child, stretch)) = self.child(at, token) else {
                return Some((label.or_else(|| self.beginning(at))?, false));
            };
            (at, label) = (child, stretch);
        }
        let shape = self.shapes.get(at)?;
        let own = matches!(shape.kind, Kind::Scalar) && shape.at.start != shape.at.end;
        let stretch = if own && !(key && label.is_some()) {
            shape.at
        } else {
            label.or_else(|| self.beginning(at))?
        };
        Some((stretch, true))
    }

    /// Every key that stands twice in its mapping.
    pub(super) fn duplicates(&self) -> Vec<Duplicate> {
        let mut found = Vec::new();
        for shape in &self.shapes {
            let Kind::Mapping(entries) = &shape.kind else {
                continue;
            };
            let mut seen = HashMap::new();
            for entry in entries {
                let first = *seen.entry(&entry.key).or_insert(entry.at);
                if first.start != entry.at.start {
                    let (first, second) = (first.position(), entry.at.position());
                    found.push(Duplicate {
                        key: entry.key.to_string(),
                        first,
                        second,
                    });
                }
            }
        }
        found
    }

    /// The shape at one step below `at`, and its key if it has one.
    fn child(&self, at: usize, token: &str) -> Option<(usize, Option<Stretch>)> {
        match &self.shapes.get(at)?.kind {
            Kind::Scalar => None,
            Kind::Sequence(items) => Some((*items.get(token.parse::<usize>().ok()?)?, None)),
            Kind::Mapping(entries) => match entries.iter().rfind(|entry| *entry.key == *token) {
                Some(entry) => Some((entry.value, Some(entry.at))),
                None => entries
                    .iter()
                    .filter(|entry| &*entry.key == "<<")
                    .find_map(|entry| self.merged(entry.value, token)),
            },
        }
    }

    /// The member `token` of the mapping, or of one of the mappings, that a `<<` at `at` merges.
    fn merged(&self, at: usize, token: &str) -> Option<(usize, Option<Stretch>)> {
        match &self.shapes.get(at)?.kind {
            Kind::Scalar => None,
            Kind::Mapping(_) => self.child(at, token),
            Kind::Sequence(items) => {
                items
                    .iter()
                    .find_map(|item| match self.shapes.get(*item)?.kind {
                        Kind::Mapping(_) => self.child(*item, token),
                        _ => None,
                    })
            }
        }
    }

    /// Where a shape begins: its first key, its first item, or its own first character.
    fn beginning(&self, at: usize) -> Option<Stretch> {
        let shape = self.shapes.get(at)?;
        Some(match &shape.kind {
            Kind::Mapping(entries) => entries.first().map_or(shape.at, |entry| entry.at),
            Kind::Scalar | Kind::Sequence(_) => shape.at,
        })
    }
}

impl Stretch {
    fn new(span: Span) -> Self {
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        let place = |line, column| (number(line), number(column));
        Self {
            start: place(span.start.line(), span.start.col()),
            end: place(span.end.line(), span.end.col()),
        }
    }

    /// Where it starts.
    pub(super) fn position(self) -> Position {
        Position {
            line: self.start.0 as usize,
            column: self.start.1 as usize + 1,
        }
    }

    /// Where it starts and how many characters of it stand on that line (at least one).
    pub(super) fn on_one_line(self, text: &str) -> (Position, usize) {
        let line = text
            .lines()
            .nth((self.start.0 as usize).saturating_sub(1))
            .unwrap_or_default();
        // Nobody marks more than this, and the line may be a whole document.
        let rest = line.chars().skip(self.start.1 as usize).take(1000);
        let stretch: String = if self.start.0 == self.end.0 {
            rest.take((self.end.1 - self.start.1) as usize).collect()
        } else {
            rest.collect()
        };
        (self.position(), stretch.trim_end().chars().count().max(1))
    }
}

/// JSON writes characters beyond 16 bits as two escapes (`\ud83d\ude00`), which YAML doesn't know. Another escape of the
/// same length stands in for each.
fn without_surrogates(text: &str) -> Cow<'_, str> {
    if !(text.contains("\\ud") || text.contains("\\uD")) {
        return Cow::Borrowed(text);
    }
    let mut pieces = text.split("\\u");
    let mut out = String::with_capacity(text.len());
    out.extend(pieces.next());
    for piece in pieces {
        let surrogate = piece
            .get(..4)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .filter(|code| (0xd800..0xe000).contains(code));
        out.push_str("\\u");
        out.push_str(if surrogate.is_some() { "fffd" } else { "" });
        out.push_str(if surrogate.is_some() {
            &piece[4..]
        } else {
            piece
        });
    }
    Cow::Owned(out)
}

/// Grows an outline event by event.
#[derive(Default)]
struct Builder {
    outline: Outline,
    open: Vec<Open>,
    anchors: HashMap<usize, usize>,
}

/// A collection whose end hasn't come yet, and the key that waits for its value.
struct Open {
    shape: usize,
    key: Option<(Box<str>, Stretch)>,
}

impl Builder {
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
                self.add(anchor, at, Kind::Scalar, &text);
            }
            Event::SequenceStart(anchor, tag) => {
                self.check_tag(tag, at);
                self.open(anchor, at, Kind::Sequence(Vec::new()));
            }
            Event::MappingStart(anchor, tag) => {
                self.check_tag(tag, at);
                self.open(anchor, at, Kind::Mapping(Vec::new()));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
            }
            Event::Alias(anchor) => {
                if let Some(shape) = self.anchors.get(&anchor) {
                    self.attach(*shape, "", at);
                }
            }
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

    fn open(&mut self, anchor: usize, at: Stretch, kind: Kind) {
        let shape = self.add(anchor, at, kind, "");
        self.open.push(Open { shape, key: None });
    }

    fn add(&mut self, anchor: usize, at: Stretch, kind: Kind, text: &str) -> usize {
        let shape = self.outline.shapes.len();
        self.outline.shapes.push(Shape { at, kind });
        if anchor > 0 {
            self.anchors.insert(anchor, shape);
        }
        self.attach(shape, text, at);
        shape
    }

    /// Puts a shape into the collection that is open: as an item, as a key, or as the value of the key before.
    fn attach(&mut self, shape: usize, text: &str, at: Stretch) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        match &mut self.outline.shapes[open.shape].kind {
            Kind::Scalar => {}
            Kind::Sequence(items) => items.push(shape),
            Kind::Mapping(entries) => match open.key.take() {
                Some((key, at)) => entries.push(Entry {
                    key,
                    at,
                    value: shape,
                }),
                None => open.key = Some((text.into(), at)),
            },
        }
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

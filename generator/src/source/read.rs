//! Parses the text of one file.
//!
//! In: the text. Out: a JSON value, whether there are duplicate keys, or the first syntax error with its position. One serde visitor builds
//! the value for `serde_json` and `serde_yaml`, so that both follow the same rules. Doesn't know other files.

use super::value::{Builder, Texts, Value};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Nesting limit of both parsers; the deepest description seen so far has 35 levels.
pub(super) const DEPTH_LIMIT: usize = 128;

pub(super) struct Parsed {
    pub(super) value: Value,
    pub(super) syntax: Syntax,
    /// Whether a mapping has a duplicate key; the last one wins.
    pub(super) duplicates: bool,
    /// Position of a mapping in a later document of the stream, which is ignored.
    pub(super) another: Option<(usize, usize)>,
}

/// The syntax that a text was parsed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Syntax {
    Json,
    #[default]
    Yaml,
}

/// Why a text wasn't parsed.
#[derive(Debug)]
pub(super) enum Problem {
    Syntax(String),
    TooDeep,
    AliasBomb { limit: usize },
    Empty,
}

/// A problem and its line and column, both from 1 (in characters), if known.
pub(super) type Failure = (Problem, Option<(usize, usize)>);

/// Parses JSON if the file name or the first character suggests it, else YAML. Invalid JSON may still be valid YAML (unquoted keys,
/// trailing commas) and is then accepted.
pub(super) fn parse(path: &Path, text: &str) -> Result<Parsed, Failure> {
    let begins_like_json = text.trim_start().starts_with(['{', '[']);
    let named_json = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if !begins_like_json && !named_json {
        return yaml(text);
    }
    match json(text) {
        Err((Problem::Syntax(detail), place)) => yaml(text).map_err(|failure| {
            if begins_like_json {
                (Problem::Syntax(detail), place)
            } else {
                failure
            }
        }),
        result => result,
    }
}

fn json(text: &str) -> Result<Parsed, Failure> {
    let reader = Reader::new(text, false);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let result = Build(&reader)
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    match result {
        Ok(value) => Ok(Parsed {
            value,
            syntax: Syntax::Json,
            duplicates: reader.duplicates.get(),
            another: None,
        }),
        Err(error) => Err(json_failure(text, &error)),
    }
}

fn json_failure(text: &str, error: &serde_json::Error) -> Failure {
    if error.is_eof()
        && let Some((what, place)) = unclosed(text)
    {
        let detail = format!("{what} that begins here isn't closed: the file ends before");
        return (Problem::Syntax(detail), Some(place));
    }
    // serde_json counts an unexpected line break to the line that it starts.
    let (line, bytes) = match (error.line(), error.column()) {
        (line @ 2.., 0) => (line - 1, usize::MAX),
        place => place,
    };
    let place = text.lines().nth(line.saturating_sub(1)).map(|content| {
        let before = content
            .char_indices()
            .take_while(|(offset, _)| *offset < bytes)
            .count();
        (line, before.max(1))
    });
    let message = error.to_string();
    let detail = message.split(" at line ").next().unwrap_or_default();
    let problem = match detail {
        "recursion limit exceeded" => Problem::TooDeep,
        _ => Problem::Syntax(detail.to_owned()),
    };
    (problem, place)
}

/// Parses the first non-empty document of a stream. Later documents (or the prose after front matter) are ignored, apart from the position
/// of a mapping among them.
fn yaml(text: &str) -> Result<Parsed, Failure> {
    if brackets_pile_up(text) {
        return Err((Problem::TooDeep, None));
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    while let Some(document) = documents.next() {
        let reader = Reader::new(text, true);
        match Build(&reader).deserialize(document) {
            Ok(Value::Null) => {}
            Ok(value) => {
                return Ok(Parsed {
                    value,
                    syntax: Syntax::Yaml,
                    duplicates: reader.duplicates.get(),
                    another: next_mapping(documents),
                });
            }
            Err(error) => return Err(yaml_failure(text, &reader, &error)),
        }
    }
    Err((Problem::Empty, None))
}

/// Position of the next document that is a mapping. `serde_yaml` has positions only in errors, so one is raised there.
fn next_mapping(documents: serde_yaml::Deserializer<'_>) -> Option<(usize, usize)> {
    let found = Cell::new(false);
    // After a syntax error there are no more documents, though the parser would repeat the error forever.
    let error = documents
        .map(|document| document.deserialize_any(StopAtMapping(&found)))
        .find_map(Result::err)?;
    let location = error.location().filter(|_| found.get())?;
    Some((location.line(), location.column()))
}

/// Skips prose; at a mapping, sets its flag and fails.
struct StopAtMapping<'f>(&'f Cell<bool>);

impl<'de> Visitor<'de> for StopAtMapping<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping or prose")
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        self.0.set(true);
        Err(A::Error::custom("here"))
    }
}

/// Whether more brackets are open at once than any real text has, wherever they are. The YAML scanner takes quadratic time for them, long
/// before it reaches the nesting limit.
fn brackets_pile_up(text: &str) -> bool {
    let mut open = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > 5_000
    })
}

fn yaml_failure(text: &str, reader: &Reader, error: &serde_yaml::Error) -> Failure {
    let message = error.to_string();
    let place = match message.split_once(" at position ") {
        Some((_, offset)) => place_of(text, offset),
        None => error
            .location()
            .map(|location| (location.line(), location.column())),
    };
    let tab = place.is_some_and(|(line, column)| {
        text.lines()
            .nth(line - 1)
            .and_then(|line| line.chars().nth(column - 1))
            == Some('\t')
    });
    if let Some((kind, begin)) = flow_begin(&message)
        && place.is_none_or(|(line, _)| line > begin.0)
    {
        let met = place.map_or_else(String::new, |(line, column)| {
            format!(" before line {line} column {column}")
        });
        let detail = format!("the {kind} that begins here isn't closed, or lacks a comma{met}");
        return (Problem::Syntax(detail), Some(begin));
    }
    let problem = if tab && message.contains("cannot start any token") {
        Problem::Syntax("a tab can't indent YAML, only spaces can".to_owned())
    } else if reader.spent.get() > reader.budget || message.starts_with("repetition limit exceeded")
    {
        Problem::AliasBomb {
            limit: reader.budget,
        }
    } else if message.starts_with("recursion limit exceeded") {
        Problem::TooDeep
    } else {
        Problem::Syntax(format!("{}{}", without_place(&message), lost_layout(text)))
    };
    (problem, place)
}

/// The innermost bracket or string that is still open at the end of a JSON text, and where it begins.
fn unclosed(text: &str) -> Option<(&'static str, (usize, usize))> {
    let mut open = Vec::new();
    let mut string = None;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match (byte, string) {
            (b'\\', Some(_)) => drop(bytes.next()),
            (b'"', Some(_)) => string = None,
            (b'"', None) => string = Some(at),
            (b'{', None) => open.push(("the object", at)),
            (b'[', None) => open.push(("the list", at)),
            (b'}' | b']', None) => drop(open.pop()),
            (_, Some(_) | None) => {}
        }
    }
    let string = string.map(|at| ("the text", at));
    let (what, at) = string.or_else(|| open.pop())?;
    Some((what, position(text, at)?))
}

/// The flow collection that a YAML error occurred in, and where it begins: `…, while parsing a flow mapping at line 2 column 7`.
fn flow_begin(message: &str) -> Option<(&str, (usize, usize))> {
    let (_, context) = message.split_once(", while parsing a flow ")?;
    let (kind, place) = context.split_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    let kind = match kind {
        "mapping" => "flow mapping",
        "sequence" => "flow sequence",
        _ => return None,
    };
    Some((kind, (line.parse().ok()?, column.trim().parse().ok()?)))
}

/// Line and column of the byte offset in an error of the YAML reader about an invalid character.
fn place_of(text: &str, offset: &str) -> Option<(usize, usize)> {
    let digits = offset.split(|c: char| !c.is_ascii_digit()).next()?;
    position(text, digits.parse().ok()?)
}

/// Line and column of a byte offset.
fn position(text: &str, offset: usize) -> Option<(usize, usize)> {
    let before = text.get(..offset)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    Some((before.matches('\n').count() + 1, line.chars().count() + 1))
}

/// Removes the first ` at line 3 column 7` from a message, as the position is shown next to it.
fn without_place(message: &str) -> String {
    if let Some((before, _)) = message.split_once(" at position ") {
        return before.to_owned();
    }
    let Some((before, after)) = message.split_once(" at line ") else {
        return message.to_owned();
    };
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest
        .strip_prefix(" column ")
        .unwrap_or(rest)
        .trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{before}{rest}")
}

/// A hint for texts whose line breaks or indentation seem to be lost.
fn lost_layout(text: &str) -> &'static str {
    let lines: Vec<_> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    match lines.as_slice() {
        [line] if line.len() > 200 => {
            "; the whole file is one line, as if its line breaks had been lost"
        }
        [_, rest @ ..]
            if rest.len() > 10 && !rest.iter().any(|line| line.starts_with([' ', '\t'])) =>
        {
            "; no line is indented, as if the indentation had been lost"
        }
        _ => "",
    }
}

/// State shared by the visitors of one document.
struct Reader {
    texts: RefCell<Texts>,
    duplicates: Cell<bool>,
    /// Number of nodes that may be read, aliases expanded, and how many have been.
    budget: usize,
    spent: Cell<usize>,
    /// Whether `<<` merges (YAML) or is an ordinary key (JSON).
    merge: bool,
}

impl Reader {
    /// A text has at least one byte per node, so only aliases can exhaust the budget.
    fn new(text: &str, merge: bool) -> Self {
        let budget = 1_000_000 + 4 * text.len();
        Self {
            texts: RefCell::default(),
            duplicates: Cell::new(false),
            budget,
            spent: Cell::new(0),
            merge,
        }
    }

    fn text(&self, text: &str) -> Arc<str> {
        self.texts.borrow_mut().get(text)
    }

    fn spend<E: Error>(&self, cost: usize) -> Result<(), E> {
        self.spent.set(self.spent.get() + cost);
        if self.spent.get() > self.budget {
            Err(E::custom("too much"))
        } else {
            Ok(())
        }
    }
}

/// Builds a value. The parsers limit its depth, this limits its size.
#[derive(Clone, Copy)]
struct Build<'r>(&'r Reader);

impl<'de> DeserializeSeed<'de> for Build<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.0.spend(1)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.0.spend(1)?;
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.0.spend(1)?;
        Ok(Value::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "as JSON readers do: beyond 64 bits a number is approximate"
        )]
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "as JSON readers do: beyond 64 bits a number is approximate"
        )]
        self.visit_f64(value as f64)
    }

    /// JSON has no infinity, so YAML's `.inf` and `.nan` become strings.
    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.0.spend(1)?;
        Ok(Number::from_f64(value).map_or_else(
            || Value::String(format!(".{value}").to_lowercase().into()),
            Value::Number,
        ))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.0.spend(1 + value.len() / 32)?;
        Ok(Value::String(self.0.text(value)))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.0.spend(1)?;
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.0.spend(1)?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::Array(items.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.0.spend(1)?;
        let mut members = Builder::default();
        let mut merged = None;
        while let Some(key) = access.next_key_seed(Key(self.0))? {
            self.0.spend(1 + key.len() / 32)?;
            let value = access.next_value_seed(self)?;
            if self.0.merge && *key == *"<<" {
                self.0
                    .duplicates
                    .set(self.0.duplicates.get() | merged.replace(value).is_some());
            } else if members.insert(key, value) {
                self.0.duplicates.set(true);
            }
        }
        if let Some(merged) = merged {
            merge(&mut members, &merged)?;
        }
        Ok(Value::Object(members.build()))
    }

    /// `serde_yaml` reports a custom tag as an enum.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (tag, _) = access.variant::<String>()?;
        Err(A::Error::custom(foreign_tag(&tag)))
    }
}

/// The message for a tag that YAML's core schema doesn't have.
pub(super) fn foreign_tag(tag: &str) -> String {
    format!("the YAML tag `{tag}` means nothing in an API description")
}

/// YAML's `<<: *defaults` or `<<: [*a, *b]`: adds the members that aren't there yet; earlier mappings go first.
fn merge<E: Error>(members: &mut Builder, merged: &Value) -> Result<(), E> {
    let mappings = match merged {
        Value::Array(items) => items,
        other => std::slice::from_ref(other),
    };
    for mapping in mappings {
        let Value::Object(mapping) = mapping else {
            return Err(E::custom(format_args!(
                "`<<` merges mappings, not {}",
                super::kind(mapping)
            )));
        };
        for (key, value) in mapping.iter() {
            members.insert_new(key, value);
        }
    }
    Ok(())
}

/// A key as written: `200` and `1.0` become strings.
struct Key<'r>(&'r Reader);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Arc<str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Arc<str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Arc<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is text or a number")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Arc<str>, E> {
        Ok(self.0.text(key))
    }
}

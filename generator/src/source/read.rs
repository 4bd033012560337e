//! Text → value.
//!
//! In: the text of one file. Out: a JSON value, whether any key stood twice, or the first syntax problem with its
//! place. One serde visitor builds the value for both `serde_json` and `serde_yaml`, so that both are read by the same
//! rules. Doesn't know other files.

use super::value::{Builder, Texts, Value};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Levels of nesting that both parsers stop at; the deepest real description seen has 35.
pub(super) const DEPTH_LIMIT: usize = 128;

/// What was read.
pub(super) struct Parsed {
    pub(super) value: Value,
    pub(super) syntax: Syntax,
    /// Whether a mapping holds a key twice; the last one counts.
    pub(super) duplicates: bool,
    /// Line and column of another mapping in a later document of the stream, which isn't read.
    pub(super) another: Option<(usize, usize)>,
}

/// What a text was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Syntax {
    Json,
    #[default]
    Yaml,
}

/// Why nothing was read.
#[derive(Debug)]
pub(super) enum Problem {
    Syntax(String),
    TooDeep,
    AliasBomb { limit: usize },
    Empty,
}

/// A problem and its line and column (from 1, in characters), where known.
pub(super) type Failure = (Problem, Option<(usize, usize)>);

/// Reads JSON where the name or the first character promises it, else YAML. JSON that isn't valid may still be valid
/// YAML (unquoted keys, trailing commas) and is then taken.
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
    // A line break that doesn't belong there is counted to the line that it begins.
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

/// The first document of the stream that isn't empty. Of what follows it (more documents, the prose after front matter)
/// only the place of a mapping is told.
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

/// Where the next document begins that is a mapping. The parser tells places only in errors, so one is raised there.
fn next_mapping(documents: serde_yaml::Deserializer<'_>) -> Option<(usize, usize)> {
    let found = Cell::new(false);
    // Behind what isn't YAML there are no documents, though the parser would go on to say so forever.
    let error = documents
        .map(|document| document.deserialize_any(StopAtMapping(&found)))
        .find_map(Result::err)?;
    let location = error.location().filter(|_| found.get())?;
    Some((location.line(), location.column()))
}

/// Passes over prose, and fails at a mapping after setting its mark.
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

/// Whether so many brackets are open at once that no real text explains it, wherever they stand. The YAML scanner takes
/// quadratic time over them, long before the limit of depth is looked at.
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

/// What was open where JSON text ended, and where that began: the innermost of them.
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

/// What YAML's parser was within, and where that began: `…, while parsing a flow mapping at line 2 column 7`.
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

/// Line and column of a byte offset, as the YAML reader tells it for characters that it doesn't take.
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

/// Takes the first ` at line 3 column 7` out of a message: the place is shown beside it.
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

/// A hint where the text looks as if its line breaks or its indentation had been lost on the way.
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

/// What the visitors of one document share.
struct Reader {
    texts: RefCell<Texts>,
    duplicates: Cell<bool>,
    /// How much aliases may expand to, and how much has been read.
    budget: usize,
    spent: Cell<usize>,
    /// Whether `<<` merges (YAML) or is a key like any other (JSON).
    merge: bool,
}

impl Reader {
    /// A text without aliases never has more nodes than bytes: only aliases can use up the budget.
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

/// Builds a value. The parsers limit the depth, this limits the size.
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

    /// JSON has no infinity: YAML's `.inf` and `.nan` stay the words they are.
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

    /// The only way for `serde_yaml` to say that a value has a tag of its own.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (tag, _) = access.variant::<String>()?;
        Err(A::Error::custom(foreign_tag(&tag)))
    }
}

/// What is said of a YAML tag that isn't one of the core schema.
pub(super) fn foreign_tag(tag: &str) -> String {
    format!("the YAML tag `{tag}` means nothing in an API description")
}

/// YAML's `<<: *defaults` or `<<: [*a, *b]`: what isn't there yet is taken from the mappings, the earlier ones first.
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

/// A key, as it is written: `200` and `1.0` are taken as text.
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

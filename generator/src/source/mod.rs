//! Files and places in them.
//!
//! In: paths. Out: [`Sources`], every file of a run parsed to a JSON value; a [`Node`] to walk one with its place;
//! [`Position`]s, found only when somebody asks. Knows YAML, JSON, JSON pointers and that a `$ref` names a file;
//! doesn't know OpenAPI.

mod around;
pub(crate) mod disk;
mod lines;
mod load;
mod outline;
mod pieces;
mod place;
mod pointer;
mod read;
mod seek;
#[cfg(test)]
mod tests;
mod text;
mod value;
mod walk;

pub use load::ResolveError;
pub(crate) use load::{decode, is_url, percent_decode, why_unread};
pub use place::Place;
pub use pointer::Pointer;
pub use value::{Mapping, Value};

use lines::Lines;
use load::Store;
use outline::{Outline, Stretch};
use read::Syntax;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use text::Text;

/// One file of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub(crate) u32);

/// Where a definition stands: a file and a JSON pointer in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The place in the file.
    pub pointer: Pointer,
}

/// A place in the text of a file; both count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// What may be read.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// Folders that `$ref` may reach; the folder of the entry is always one.
    pub roots: Vec<PathBuf>,
    /// URL (or URL prefix ending in `/`) to local file (or folder), which `$ref` may reach too.
    pub urls: BTreeMap<String, PathBuf>,
    /// Where this was said, if it was in a configuration.
    pub said: Option<Arc<Said>>,
}

/// The configuration, for messages about what stands in it.
#[derive(Debug, Clone)]
pub struct Said {
    /// The file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Line and column of each entry of `skip`, in their order.
    pub skip: Vec<Position>,
    /// Line and column of each entry of `roots`.
    pub roots: Vec<Position>,
    /// Line and column of each entry of `words`.
    pub words: Vec<Position>,
    /// Line and column of each key of `types`.
    pub types: Vec<Position>,
    /// Line and column of each key of `formats`.
    pub formats: Vec<Position>,
    /// Line and column of each entry of `derives`.
    pub derives: Vec<Position>,
}

/// Every file of a run, read and parsed before any stage looks at it. Immutable afterwards.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<File>,
    store: Store,
    /// The configuration, among the files.
    said: Option<(FileId, Arc<Said>)>,
}

/// One file: its text, what it says, and where it says it.
#[derive(Debug)]
struct File {
    /// As shown to the user.
    path: PathBuf,
    /// As found on disk, symbolic links resolved.
    actual: PathBuf,
    text: Text,
    /// `Null` when the text could not be parsed.
    value: Value,
    syntax: Syntax,
    outline: OnceLock<Outline>,
    lines: OnceLock<Lines>,
    /// What each file part of a `$ref` in this file leads to.
    targets: HashMap<String, Result<FileId, ResolveError>>,
    /// Whether it is shown in messages only, and nothing is made of it.
    aside: bool,
}

/// A place that was found: what stands there, or where and how long it is.
enum Found {
    Stretch(Stretch),
    Marked(Position, usize),
}

impl File {
    /// Where everything stands, found out the first time that anybody asks.
    fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| match self.syntax {
            Syntax::Json => Outline::of_json(self.text()),
            Syntax::Yaml => Outline::of_yaml(self.text()),
        })
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(self.text()))
    }

    fn text(&self) -> &str {
        self.text.get(&self.actual)
    }
}

impl Sources {
    /// Adds a text that is shown in messages but not parsed here, such as the configuration.
    pub fn add_text(&mut self, path: &Path, text: String) -> FileId {
        let id = self.push(path.to_path_buf(), path.to_path_buf(), text);
        self.files[id.0 as usize].aside = true;
        id
    }

    /// The place of an entry of the configuration, found among `places`; nowhere if it came otherwise.
    #[must_use]
    pub fn said(&self, places: impl Fn(&Said) -> Option<Position>) -> Place {
        let said = self.said.as_ref();
        let found = said.and_then(|(file, said)| Some((*file, places(said)?)));
        found.map_or(Place::Nowhere, |(file, Position { line, column })| {
            Place::Text { file, line, column }
        })
    }

    /// The whole of a file.
    #[must_use]
    pub fn root(&self, file: FileId) -> Node<'_> {
        Node {
            value: &self.file(file).value,
            file,
            pointer: Pointer::root(),
        }
    }

    /// Lets go of what the files say: after a document is read, only places are asked for.
    pub fn forget_values(&mut self) {
        for file in &mut self.files {
            file.value = Value::Null;
        }
    }

    /// The path as shown to the user: relative to the working directory where possible.
    #[must_use]
    pub fn path(&self, file: FileId) -> &Path {
        &self.file(file).path
    }

    /// The text, without a byte order mark; empty if the file was changed since it was read.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.file(file).text()
    }

    /// What [`digest`](crate::digest::digest) says of the text that was read.
    #[must_use]
    pub fn digest(&self, file: FileId) -> &str {
        self.file(file).text.digest()
    }

    /// One line of the text, counted from 1.
    #[must_use]
    pub fn line(&self, file: FileId, line: usize) -> &str {
        let file = self.file(file);
        file.lines().line(file.text(), line)
    }

    /// Every file that something is made of, in the order they were read.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        let ids = (0..u32::try_from(self.files.len()).unwrap_or(u32::MAX)).map(FileId);
        ids.filter(|id| !self.file(*id).aside)
    }

    /// Every path whose change may change the outcome: the files that were read and those that could not be.
    #[must_use]
    pub fn watched(&self) -> Vec<&Path> {
        let missing = self.store.missing.iter().map(PathBuf::as_path);
        self.files
            .iter()
            .map(|file| file.path.as_path())
            .chain(missing)
            .collect()
    }

    /// The path from the folder of `entry` to `file`, with `/` between its parts: the same on every machine.
    #[must_use]
    pub fn relative(&self, entry: FileId, file: FileId) -> String {
        let from = self.file(entry).actual.parent().unwrap_or(Path::new(""));
        load::relative(from, &self.file(file).actual)
    }

    /// Line, column and length (in characters) of the marked text; found by walking a position-aware parser over the
    /// file the first time that anybody asks. The nearest place around it when the place itself can't be found.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Option<(FileId, Position, usize)> {
        let (file, found) = self.found(place)?;
        let (position, length) = match found {
            Found::Stretch(stretch) => {
                let file = self.file(file);
                let rest = file.lines().from(file.text(), stretch.position());
                (stretch.position(), stretch.on_one_line(rest))
            }
            Found::Marked(position, length) => (position, length),
        };
        Some((file, position, length))
    }

    /// The pointer of what a place is, or is in; `None` where that can't be told.
    #[must_use]
    pub fn pointer(&self, place: &Place) -> Option<Pointer> {
        match place {
            Place::Value(origin) | Place::Key(origin) => Some(origin.pointer.clone()),
            Place::Text { file, line, column } => {
                let (file, position) = (
                    self.file(*file),
                    Position {
                        line: *line,
                        column: *column,
                    },
                );
                around::around(file.lines().before(file.text(), position))
            }
            Place::Path(_) | Place::Nowhere => None,
        }
    }

    /// Line and column only, which takes less time where a line is long.
    #[must_use]
    pub fn position(&self, place: &Place) -> Option<(FileId, Position)> {
        let (file, found) = self.found(place)?;
        let position = match found {
            Found::Stretch(stretch) => stretch.position(),
            Found::Marked(position, _) => position,
        };
        Some((file, position))
    }

    fn found(&self, place: &Place) -> Option<(FileId, Found)> {
        let (origin, key) = match place {
            Place::Value(origin) => (origin, false),
            Place::Key(origin) => (origin, true),
            Place::Text { file, line, column } => {
                let (line, column) = (*line, *column);
                return Some((*file, Found::Marked(Position { line, column }, 1)));
            }
            Place::Path(_) | Place::Nowhere => return None,
        };
        let file = self.files.get(origin.file.0 as usize)?;
        let (tokens, outline) = (origin.pointer.tokens(), self.outline(origin.file));
        let found = outline.find(&tokens, key);
        let exact = found.as_ref().is_some_and(|(_, exact)| *exact);
        let sought = if exact || outline.complete {
            None
        } else {
            seek::seek(file.text(), &tokens, key)
        };
        let sought = sought.map(|(position, length)| Found::Marked(position, length));
        Some((
            origin.file,
            sought.or_else(|| Some(Found::Stretch(found?.0)))?,
        ))
    }

    /// Follows one reference text found in `from`: which file and pointer it means. Doesn't check that there is
    /// anything at the pointer.
    pub fn resolve(&self, from: FileId, reference: &str) -> Result<Origin, ResolveError> {
        let (target, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let pointer = percent_decode(fragment)
            .and_then(|fragment| Pointer::parse(&fragment))
            .ok_or(ResolveError::Malformed)?;
        let file = if target.is_empty() {
            from
        } else {
            self.target(from, target)?
        };
        Ok(Origin { file, pointer })
    }

    /// The node at an origin, if there is one.
    #[must_use]
    pub fn at(&self, origin: &Origin) -> Option<Node<'_>> {
        let value = origin
            .pointer
            .tokens()
            .into_iter()
            .try_fold(&self.file(origin.file).value, step)?;
        Some(Node {
            value,
            file: origin.file,
            pointer: origin.pointer.clone(),
        })
    }

    fn file(&self, file: FileId) -> &File {
        &self.files[file.0 as usize]
    }

    fn outline(&self, file: FileId) -> &Outline {
        self.file(file).outline()
    }

    fn push(&mut self, path: PathBuf, actual: PathBuf, text: String) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let (outline, lines, targets) = (OnceLock::new(), OnceLock::new(), HashMap::new());
        self.files.push(File {
            path,
            actual,
            text: Text::new(text),
            value: Value::Null,
            syntax: Syntax::default(),
            outline,
            lines,
            targets,
            aside: false,
        });
        id
    }
}

/// One step of a JSON pointer.
fn step<'v>(value: &'v Value, token: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => Some(members.get(token)?.1),
        Value::Array(items) if token == "0" || !token.starts_with(['0', '+']) => {
            items.get(token.parse::<usize>().ok()?)
        }
        _ => None,
    }
}

/// A value with its place.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    /// The value.
    pub value: &'a Value,
    /// The file it stands in.
    pub file: FileId,
    /// Where it stands in that file.
    pub pointer: Pointer,
}

impl<'a> Node<'a> {
    /// The member `key` of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        let (key, value) = self.value.as_object()?.get(key)?;
        Some(self.child(value, self.pointer.join(key.clone())))
    }

    /// An item of an array.
    #[must_use]
    pub fn item(&self, index: usize) -> Option<Node<'a>> {
        Some(self.child(
            self.value.as_array()?.get(index)?,
            self.pointer.index(index),
        ))
    }

    /// The members of an object, in their order; none for anything else.
    pub fn members(&self) -> impl Iterator<Item = (&'a str, Node<'a>)> + use<'a> {
        self.shared_members().map(|(key, value)| (&**key, value))
    }

    /// The same with the keys as they are shared.
    pub fn shared_members(&self) -> impl Iterator<Item = (&'a Arc<str>, Node<'a>)> + use<'a> {
        let here = self.clone();
        let members = self.value.as_object().into_iter().flat_map(Mapping::iter);
        members.map(move |(key, value)| (key, here.child(value, here.pointer.join(key.clone()))))
    }

    /// The items of an array; none for anything else.
    pub fn items(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        let here = self.clone();
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(move |(index, value)| here.child(value, here.pointer.index(index)))
    }

    /// Where it stands.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin {
            file: self.file,
            pointer: self.pointer.clone(),
        }
    }

    /// What it is, in words: `a mapping`, `a list`, `a string`…
    #[must_use]
    pub fn kind(&self) -> &'static str {
        kind(self.value)
    }

    fn child(&self, value: &'a Value, pointer: Pointer) -> Node<'a> {
        Node {
            value,
            file: self.file,
            pointer,
        }
    }
}

/// Whether a number was an integer that 64 bits don't hold, as far as that can be told from what is kept of it.
fn is_large_integer(number: &serde_json::Number) -> bool {
    let float = number.is_f64().then(|| number.as_f64()).flatten();
    float.is_some_and(|float| float.fract() == 0.0 && float.abs() >= 9_223_372_036_854_775_808.0)
}

/// What a value is, in words.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if is_large_integer(number) => "an integer beyond 64 bits",
        Value::Number(number) if number.is_f64() => "a number",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

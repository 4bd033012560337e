//! Source files, and places in them.
//!
//! In: paths. Out: [`Sources`], every file of a run parsed to a JSON value; [`Node`]s to walk a value and know its place; [`Position`]s,
//! computed on demand. Knows YAML, JSON, JSON pointers and that a `$ref` refers to a file; doesn't know OpenAPI.

mod around;
mod crate_root;
pub(crate) mod disk;
mod find;
mod implemented;
mod lines;
mod load;
mod outline;
#[cfg(feature = "overlays")]
mod overlay;
mod own_manifest;
mod pieces;
mod place;
mod pointer;
mod read;
mod seek;
#[cfg(test)]
mod tests;
mod text;
mod trace;
mod value;
mod walk;

pub(crate) use crate_root::{crate_roots, sets_limit};
pub use find::{descriptions, descriptions_in, is_description};
pub(crate) use implemented::implemented;
pub use load::ResolveError;
pub(crate) use load::{decode, is_url, percent_decode, why_unread};
pub(crate) use own_manifest::OwnManifest;
pub use place::Place;
pub use pointer::Pointer;
pub use value::{Mapping, Value};

use crate::diag::Code;
use lines::Lines;
use load::Store;
use outline::{Outline, Stretch};
use read::Syntax;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use text::Text;
use trace::Trace;

/// A file of a run, as an index into [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub(crate) u32);

/// The place of a definition: a file and a JSON pointer into it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    pub file: FileId,
    pub pointer: Pointer,
}

impl Origin {
    /// The origin of a member or an item.
    fn join(&self, token: &str) -> Self {
        Self {
            file: self.file,
            pointer: self.pointer.join(token),
        }
    }
}

/// A position in the text of a file. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// Which files may be read.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// Directories that `$ref` may reach, in addition to the directory of the entry.
    pub roots: Vec<PathBuf>,
    /// URLs, or URL prefixes ending in `/`, and the local file or directory that stands for each.
    pub urls: BTreeMap<String, PathBuf>,
    /// Overlays to apply to the description, in this order.
    pub overlays: Vec<PathBuf>,
    /// Texts that an editor hasn't saved yet, by the canonical path of the file, whose content they replace.
    pub unsaved: BTreeMap<PathBuf, Arc<String>>,
    /// The configuration that this comes from, if any.
    pub said: Option<Arc<Said>>,
}

/// The text of a configuration, and the positions of its entries for messages.
#[derive(Debug, Clone)]
pub struct Said {
    pub path: PathBuf,
    pub text: String,
    /// Of each entry of `include`, in order.
    pub include: Vec<Position>,
    /// Of each entry of `exclude`.
    pub exclude: Vec<Position>,
    /// Of each key of `operations`.
    pub operations: Vec<Position>,
    /// Of each entry of `roots`.
    pub roots: Vec<Position>,
    /// Of each entry of `words`.
    pub words: Vec<Position>,
    /// Of each key of `types`.
    pub types: Vec<Position>,
    /// Of each key of `formats`.
    pub formats: Vec<Position>,
    /// Of each entry of `derives`.
    pub derives: Vec<Position>,
}

/// All files of a run, read and parsed before the next stage begins, and immutable afterwards.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<File>,
    store: Store,
    /// What is wrong with files that references lead to and that couldn't be parsed.
    broken: Vec<(Code, Place)>,
    /// The configuration, which is one of the files.
    said: Option<(FileId, Arc<Said>)>,
}

/// A file: its text, its parsed value, and the index from pointers to positions.
#[derive(Debug)]
struct File {
    /// Path as messages show it.
    path: PathBuf,
    /// Canonical path.
    actual: PathBuf,
    text: Text,
    /// `Null` if the text couldn't be parsed.
    value: Value,
    syntax: Syntax,
    outline: OnceLock<Outline>,
    lines: OnceLock<Lines>,
    /// The result of resolving each `$ref` in this file, by its part before `#`.
    targets: HashMap<String, Result<FileId, ResolveError>>,
    /// Whether the file is only shown in messages, and isn't an input of the output.
    aside: bool,
    /// Whether it is an overlay, whose content is in the value of the description.
    is_overlay: bool,
    /// Where the parts of the value are from, if they aren't all of this file.
    trace: Option<Box<Trace>>,
}

/// The result of a search: a stretch of text, or the position and length to mark.
enum Found {
    Stretch(Stretch),
    Marked(Position, usize),
}

impl File {
    /// The outline, built on first use.
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
    /// Adds a text that messages show but that isn't parsed here, such as the configuration.
    pub fn add_text(&mut self, path: &Path, text: String) -> FileId {
        let id = self.push(path.to_path_buf(), path.to_path_buf(), text);
        self.files[id.0 as usize].aside = true;
        id
    }

    /// The place of an entry of the configuration, which `places` picks; [`Place::Nowhere`] if the value isn't from a configuration.
    #[must_use]
    pub fn said(&self, places: impl Fn(&Said) -> Option<Position>) -> Place {
        let said = self.said.as_ref();
        let found = said.and_then(|(file, said)| Some((*file, places(said)?)));
        found.map_or(Place::Nowhere, |(file, Position { line, column })| {
            Place::Text { file, line, column }
        })
    }

    /// The root value of a file.
    #[must_use]
    pub fn root(&self, file: FileId) -> Node<'_> {
        Node {
            value: &self.file(file).value,
            file,
            pointer: Pointer::root(),
        }
    }

    /// Drops the parsed values. After the document is read, only places are needed.
    pub fn forget_values(&mut self) {
        for file in &mut self.files {
            file.value = Value::Null;
        }
    }

    /// The path as messages show it: relative to the working directory where possible.
    #[must_use]
    pub fn path(&self, file: FileId) -> &Path {
        &self.file(file).path
    }

    /// The canonical path.
    #[must_use]
    pub fn actual(&self, file: FileId) -> &Path {
        &self.file(file).actual
    }

    /// The file with this canonical path, if it was read.
    #[must_use]
    pub fn find(&self, actual: &Path) -> Option<FileId> {
        let at = self.files.iter().position(|file| file.actual == actual)?;
        Some(FileId(u32::try_from(at).ok()?))
    }

    /// The text without a byte order mark; empty if the file was changed since it was read.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.file(file).text()
    }

    /// What a file calls itself: its name without extension, or that of its directory for `index.yaml`.
    #[must_use]
    pub fn stem(&self, file: FileId) -> String {
        let path = self.path(file);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let folder = path.parent().and_then(Path::file_name);
        match folder {
            Some(folder) if stem == "index" => folder.to_string_lossy().into_owned(),
            _ => stem.into_owned(),
        }
    }

    /// Whether the text was read as JSON, not as YAML.
    #[must_use]
    pub fn is_json(&self, file: FileId) -> bool {
        self.file(file).syntax == Syntax::Json
    }

    /// The [`digest`](crate::digest::digest) of the text as it was read.
    #[must_use]
    pub fn digest(&self, file: FileId) -> &str {
        self.file(file).text.digest()
    }

    /// A line of the text, counted from 1.
    #[must_use]
    pub fn line(&self, file: FileId, line: usize) -> &str {
        let file = self.file(file);
        file.lines().line(file.text(), line)
    }

    /// The files that are inputs of the output, in the order they were read.
    pub fn inputs(&self) -> impl Iterator<Item = FileId> {
        let ids = (0..u32::try_from(self.files.len()).unwrap_or(u32::MAX)).map(FileId);
        ids.filter(|id| !self.file(*id).aside)
    }

    /// The files that were looked for and not found.
    pub fn missing(&self) -> impl Iterator<Item = &Path> {
        self.store.missing.iter().map(PathBuf::as_path)
    }

    /// What is wrong with files that references lead to and that couldn't be parsed. The messages about those references say it as well.
    #[must_use]
    pub fn broken(&self) -> &[(Code, Place)] {
        &self.broken
    }

    /// The files of the description, in the order they were read.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        self.inputs().filter(|id| !self.file(*id).is_overlay)
    }

    /// Whether a file differs from what was read, or one that wasn't found is there now.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        let differs = |file: &File| match disk::read(&file.actual) {
            Ok(bytes) => decode(bytes).is_none_or(|text| !file.text.is(&text)),
            // A configuration may be flags.
            Err(_) => !file.aside,
        };
        let mut missing = self.store.missing.iter();
        self.files.iter().any(differs) || missing.any(|path| disk::read(path).is_ok())
    }

    /// Where a value stands in the files: an overlay may have said it.
    #[must_use]
    pub fn written(&self, origin: &Origin) -> Origin {
        let file = self.files.get(origin.file.0 as usize);
        let trace = file.and_then(|file| file.trace.as_ref());
        let found = trace.and_then(|trace| trace.find(&origin.pointer.tokens()));
        found.unwrap_or_else(|| origin.clone())
    }

    /// Paths whose change may change the output: the files that were read and those that weren't found.
    #[must_use]
    pub fn watched(&self) -> Vec<&Path> {
        self.files
            .iter()
            .map(|file| file.path.as_path())
            .chain(self.missing())
            .collect()
    }

    /// The path of `file` relative to the directory of `entry`, with `/` as separator: the same on every machine.
    #[must_use]
    pub fn relative(&self, entry: FileId, file: FileId) -> String {
        let from = self.file(entry).actual.parent().unwrap_or(Path::new(""));
        load::relative(from, &self.file(file).actual)
    }

    /// Position and length (in characters) of the text to mark. Falls back to the nearest enclosing value. The first call for a file builds
    /// its outline.
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

    /// The pointer of a place or of the value around it; `None` if unknown.
    #[must_use]
    pub fn pointer(&self, place: &Place) -> Option<Pointer> {
        match place {
            Place::Value(origin) | Place::Key(origin) => Some(self.written(origin).pointer),
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

    /// Like [`locate`](Self::locate) without the length, which is faster in a long line.
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
        let origin = &self.written(origin);
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

    /// Resolves a reference in the file `from` to a file and a pointer. Doesn't check that the pointer leads to a value.
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

    /// The node at an origin; `None` if the pointer leads nowhere.
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
            is_overlay: false,
            trace: None,
        });
        id
    }
}

/// Follows one token of a JSON pointer.
fn step<'v>(value: &'v Value, token: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => Some(members.get(token)?.1),
        Value::Array(items) if token == "0" || !token.starts_with(['0', '+']) => {
            items.get(token.parse::<usize>().ok()?)
        }
        _ => None,
    }
}

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    pub value: &'a Value,
    pub file: FileId,
    /// The pointer from the root of the file.
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

    /// The members of an object, in order; empty for other values.
    pub fn members(&self) -> impl Iterator<Item = (&'a str, Node<'a>)> + use<'a> {
        self.shared_members().map(|(key, value)| (&**key, value))
    }

    /// Like [`members`](Self::members), with the shared keys.
    pub fn shared_members(&self) -> impl Iterator<Item = (&'a Arc<str>, Node<'a>)> + use<'a> {
        let here = self.clone();
        let members = self.value.as_object().into_iter().flat_map(Mapping::iter);
        members.map(move |(key, value)| (key, here.child(value, here.pointer.join(key.clone()))))
    }

    /// The items of an array; empty for other values.
    pub fn items(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        let here = self.clone();
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(move |(index, value)| here.child(value, here.pointer.index(index)))
    }

    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin {
            file: self.file,
            pointer: self.pointer.clone(),
        }
    }

    /// The kind of the value in words: `a mapping`, `a list`, `a string`…
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

/// Whether a number was an integer beyond 64 bits, as far as its `f64` still tells.
fn is_large_integer(number: &serde_json::Number) -> bool {
    let float = number.is_f64().then(|| number.as_f64()).flatten();
    float.is_some_and(|float| float.fract() == 0.0 && float.abs() >= 9_223_372_036_854_775_808.0)
}

/// The kind of a value in words.
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

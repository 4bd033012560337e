//! Decides which files a run reads, and reads them.
//!
//! In: the entry file and what `$ref`s may reach. Out: [`Sources`], filled transitively through every `$ref`. No other stage reads from the
//! disk, and the network is never used. Files outside of the allowed roots are neither opened nor looked up.

use super::disk::{self, Unread};
use super::read::{self, Parsed, Problem, Syntax};
use super::{Access, File, FileId, Node, Origin, Pointer, Sources, Value};
use crate::diag::{Code, Diagnostics, Place};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// Path that stands for standard input.
const STANDARD_INPUT: &str = "-";
/// Name of standard input in messages and in the manifest.
const INPUT_NAME: &str = "<standard input>";

/// Why a reference can't be resolved to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResolveError {
    /// Not a valid URI reference.
    Malformed,
    /// A URL that isn't mapped to a local file.
    Remote,
    /// A path outside of the directories that may be read.
    Escapes,
    /// The file doesn't exist, or isn't YAML or JSON.
    Unreadable(String),
}

/// Where files are read from, and what has been read so far.
#[derive(Debug, Default)]
pub(super) struct Store {
    pub(super) access: Access,
    /// Texts that replace the disk, by path.
    texts: Option<BTreeMap<PathBuf, String>>,
    /// Every file read so far by its canonical path, so that each is read once.
    known: HashMap<PathBuf, Result<FileId, String>>,
    /// Files that were referred to and don't exist.
    pub(super) missing: Vec<PathBuf>,
    /// The working directory and the directory of the entry, each with the path that messages use for it.
    shown: Vec<(PathBuf, PathBuf)>,
}

impl Sources {
    /// Reads `entry` and, transitively, every file that a `$ref` refers to. Problems of the entry are pushed, and `None` is returned if it
    /// can't be used. Problems of another file are returned by [`Sources::resolve`] to each reference to it. The sources are always
    /// returned, as messages need them.
    pub fn load(
        entry: &Path,
        access: &Access,
        diagnostics: &mut Diagnostics,
    ) -> (Sources, Option<FileId>) {
        let mut sources = Sources::default();
        let id = sources.load_entry(entry, access, diagnostics);
        if let Some(said) = &access.said {
            let file = sources.add_text(&said.path, said.text.clone());
            sources.said = Some((file, said.clone()));
        }
        (sources, id)
    }

    fn load_entry(
        &mut self,
        entry: &Path,
        access: &Access,
        diagnostics: &mut Diagnostics,
    ) -> Option<FileId> {
        if entry == Path::new(STANDARD_INPUT) {
            return self.load_input(access, diagnostics);
        }
        let url = entry.to_str().filter(|path| is_url(path)).map(address);
        let url = url.filter(|_| !entry.exists());
        let entry = match &url {
            None => entry.to_path_buf(),
            Some(url) => {
                let Ok(path) = mapped(&access.urls, url) else {
                    let url = url.clone();
                    diagnostics.push(Code::SpecIsUrl { url }, Place::Nowhere);
                    return None;
                };
                path
            }
        };
        match access.read(&entry) {
            Ok((bytes, actual)) => {
                self.store = Store::on_disk(&entry, &actual, access);
                self.add_entry(self.store.shown(&actual), actual, bytes, diagnostics)
            }
            Err(unread) => {
                self.store.missing.push(entry.clone());
                let code = why_unread(&entry, &unread);
                diagnostics.push(code, Place::Path(entry));
                None
            }
        }
    }

    /// Reads a description from standard input. Its references are relative to the working directory.
    fn load_input(&mut self, access: &Access, diagnostics: &mut Diagnostics) -> Option<FileId> {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        let read = read.and_then(|_| std::env::current_dir()?.canonicalize());
        match read {
            Ok(folder) => {
                let (name, actual) = (Path::new(INPUT_NAME), folder.join(INPUT_NAME));
                self.store = Store::on_disk(name, &actual, access);
                self.add_entry(name.to_path_buf(), actual, bytes, diagnostics)
            }
            Err(error) => {
                let code = Code::Unreadable {
                    path: INPUT_NAME.to_owned(),
                    reason: error.to_string(),
                };
                diagnostics.push(code, Place::Nowhere);
                None
            }
        }
    }

    /// Reads a file that `from` refers to by something other than `$ref`, and, transitively, the files that it refers to. Syntax errors are
    /// pushed; why a file can't be read is returned by [`Sources::resolve`].
    pub fn attach(&mut self, from: FileId, target: &str, diagnostics: &mut Diagnostics) {
        let target = target.split('#').next().unwrap_or_default();
        if let Ok(path) = self.store.find(&self.file(from).actual, target)
            && !self.store.known.contains_key(&path)
            && let Ok(bytes) = self.store.bytes(&path)
        {
            let shown = self.store.shown(&path);
            self.add_entry(shown, path, bytes, diagnostics);
        }
        let result = self.fetch(from, target, diagnostics);
        self.files[from.0 as usize]
            .targets
            .insert(target.to_owned(), result);
    }

    /// The entries of `urls` that no reference in these files uses; `entry` is the path that was given for the description.
    #[must_use]
    pub fn unused_urls(&self, entry: &Path, urls: &BTreeMap<String, PathBuf>) -> BTreeSet<String> {
        let targets = self.files.iter().flat_map(|file| file.targets.keys());
        let targets = targets.map(|target| target.split('?').next().unwrap_or_default());
        let entry = entry.to_str().map(address);
        let used = targets.chain(entry.as_deref()).filter(|it| is_url(it));
        let mut unused: BTreeSet<_> = urls.keys().cloned().collect();
        for (url, _) in used.filter_map(|url| mapping(urls, url)) {
            unused.remove(url);
        }
        unused
    }

    /// Indexes of the `roots` that no file was read from. The description's own directory counts as used.
    #[must_use]
    pub fn unused_roots(&self, entry: FileId, roots: &[PathBuf]) -> Vec<usize> {
        let own = self.file(entry).actual.parent().unwrap_or(Path::new(""));
        let elsewhere: Vec<_> = self
            .files
            .iter()
            .filter(|file| !file.aside && !file.is_overlay && !file.actual.starts_with(own))
            .collect();
        let used = |root: &PathBuf| {
            let root = root.canonicalize().unwrap_or_else(|_| root.clone());
            elsewhere.iter().any(|file| file.actual.starts_with(&root))
        };
        let unused = roots.iter().enumerate().filter(|(_, root)| !used(root));
        unused.map(|(number, _)| number).collect()
    }

    /// Reads texts instead of files: pairs of path and text, the entry first. For tests and build scripts.
    pub fn from_texts(
        texts: &[(&str, &str)],
        diagnostics: &mut Diagnostics,
    ) -> (Sources, Option<FileId>) {
        let mut sources = Sources::default();
        let Some((path, text)) = texts.first() else {
            return (sources, None);
        };
        let all = texts
            .iter()
            .map(|(path, text)| (normal(Path::new(path)), (*text).to_owned()));
        sources.store.texts = Some(all.collect());
        let path = normal(Path::new(path));
        let id = sources.add_entry(path.clone(), path, text.as_bytes().to_vec(), diagnostics);
        (sources, id)
    }

    /// Resolves the part of a reference before `#`.
    pub(super) fn target(&self, from: FileId, target: &str) -> Result<FileId, ResolveError> {
        if let Some(known) = self.file(from).targets.get(target) {
            return known.clone();
        }
        let path = self.store.find(&self.file(from).actual, target)?;
        match self.store.known.get(&path) {
            Some(Ok(file)) => Ok(*file),
            Some(Err(reason)) => Err(ResolveError::Unreadable(reason.clone())),
            None => Err(ResolveError::Unreadable(
                "no `$ref` names it, so it wasn't read".to_owned(),
            )),
        }
    }

    fn add_entry(
        &mut self,
        path: PathBuf,
        actual: PathBuf,
        bytes: Vec<u8>,
        diagnostics: &mut Diagnostics,
    ) -> Option<FileId> {
        let Some(text) = decode(bytes) else {
            diagnostics.push(Code::NotUtf8, Place::Path(path));
            return None;
        };
        let id = self.push(path, actual.clone(), text);
        self.store.known.insert(actual, Ok(id));
        if let Err(problem) = self.parse(id, diagnostics) {
            let (code, place) = *problem;
            diagnostics.push(code, place);
            return None;
        }
        let root = self.root(id);
        if !root.value.is_object() {
            let found = Code::NotAMapping {
                found: described(&root),
            };
            diagnostics.push(found, Place::Value(root.origin()));
            return None;
        }
        let overlays = std::mem::take(&mut self.store.access.overlays);
        if !self.apply_overlays(id, &overlays, diagnostics) {
            return None;
        }
        self.follow(id, diagnostics);
        Some(id)
    }

    /// Reads the files that `entry` refers to, transitively.
    fn follow(&mut self, entry: FileId, diagnostics: &mut Diagnostics) {
        let mut waiting = vec![entry];
        while let Some(from) = waiting.pop() {
            let mut targets = BTreeSet::new();
            references(&self.file(from).value, &mut targets);
            let mut found = HashMap::new();
            for target in targets {
                let before = self.files.len();
                let result = self.fetch(from, &target, diagnostics);
                waiting.extend(
                    result
                        .as_ref()
                        .ok()
                        .filter(|file| file.0 as usize >= before),
                );
                found.insert(target, result);
            }
            self.files[from.0 as usize].targets = found;
        }
    }

    /// Resolves `target`, and reads the file unless that was done before.
    fn fetch(
        &mut self,
        from: FileId,
        target: &str,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileId, ResolveError> {
        let path = match self.store.find(&self.file(from).actual, target) {
            Ok(path) => path,
            Err(error) => {
                if let (ResolveError::Unreadable(_), Some(folder)) =
                    (&error, self.file(from).path.parent())
                {
                    let missing = normal(&folder.join(target));
                    self.store.missing.push(missing);
                }
                return Err(error);
            }
        };
        if !self.store.known.contains_key(&path) {
            let result = self.read(&path, diagnostics);
            self.store.known.insert(path.clone(), result);
        }
        self.store.known[&path]
            .clone()
            .map_err(ResolveError::Unreadable)
    }

    fn read(&mut self, actual: &Path, diagnostics: &mut Diagnostics) -> Result<FileId, String> {
        let bytes = self.store.bytes(actual)?;
        let text = decode(bytes).ok_or("it isn't UTF-8 text")?;
        let id = self.push(self.store.shown(actual), actual.to_path_buf(), text);
        let Err(problem) = self.parse(id, diagnostics) else {
            return Ok(id);
        };
        let (code, place) = *problem;
        let reason = match place {
            Place::Text { line, column, .. } => {
                format!("{}, line {line} column {column}", code.title())
            }
            Place::Value(_) | Place::Key(_) | Place::Path(_) | Place::Nowhere => code.title(),
        };
        self.broken.push((code, place));
        Err(reason)
    }

    /// Says that overlays can't be applied.
    #[cfg(not(feature = "overlays"))]
    #[allow(clippy::unused_self)] // as with the feature
    fn apply_overlays(
        &mut self,
        _: FileId,
        overlays: &[PathBuf],
        diagnostics: &mut Diagnostics,
    ) -> bool {
        for path in overlays {
            let detail = "specwright was built without its feature `overlays`".to_owned();
            diagnostics.push(Code::BadOverlay { detail }, Place::Path(path.clone()));
        }
        overlays.is_empty()
    }

    /// Parses a file and stores its value. Duplicate keys and further documents are pushed; worse problems are returned.
    pub(super) fn parse(
        &mut self,
        id: FileId,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Box<(Code, Place)>> {
        let file = self.file(id);
        let Parsed {
            value,
            syntax,
            duplicates,
            another,
        } = read::parse(&file.path, file.text()).map_err(|(problem, place)| {
            let whole = Place::Value(Origin {
                file: id,
                pointer: Pointer::root(),
            });
            let place = place.map_or(whole, |(line, column)| Place::Text {
                file: id,
                line,
                column,
            });
            Box::new((code(problem), place))
        })?;
        if syntax == Syntax::Yaml
            && let Some((tag, position)) = foreign_tag(file)
        {
            let place = Place::Text {
                file: id,
                line: position.line,
                column: position.column,
            };
            let detail = read::foreign_tag(&tag);
            return Err(Box::new((Code::Syntax { detail }, place)));
        }
        let file = &mut self.files[id.0 as usize];
        (file.value, file.syntax) = (value, syntax);
        if duplicates {
            self.push_duplicates(id, diagnostics);
        }
        if let Some((line, column)) = another {
            let place = Place::Text {
                file: id,
                line,
                column,
            };
            diagnostics.push(Code::MoreDocuments, place);
        }
        let file = &self.files[id.0 as usize];
        if self.store.texts.is_none() && !self.store.access.unsaved.contains_key(&file.actual) {
            let file = &mut self.files[id.0 as usize];
            file.text.forget(&file.actual);
        }
        Ok(())
    }

    fn push_duplicates(&self, file: FileId, diagnostics: &mut Diagnostics) {
        let duplicates = self.outline(file).duplicates();
        if duplicates.is_empty() {
            // The two parsers disagree on which key it is; report at least that there is one.
            let place = Place::Value(self.root(file).origin());
            diagnostics.push(Code::DuplicateKey { key: String::new() }, place);
        }
        let place = |at: super::Position| Place::Text {
            file,
            line: at.line,
            column: at.column,
        };
        for duplicate in duplicates {
            let related = vec![(place(duplicate.first), "first declared here".to_owned())];
            diagnostics.push_related(
                Code::DuplicateKey { key: duplicate.key },
                place(duplicate.second),
                related,
            );
        }
    }
}

impl Access {
    /// Reads a file, or what an editor has of it; returns its canonical path as well.
    pub(super) fn read(&self, path: &Path) -> Result<(Vec<u8>, PathBuf), Unread> {
        let actual = self.canonical(path)?;
        Ok((self.content(&actual)?, actual))
    }

    fn content(&self, actual: &Path) -> Result<Vec<u8>, Unread> {
        match self.unsaved.get(actual) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => disk::read(actual),
        }
    }

    /// The canonical path of a file, which may be only in an editor yet.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        match path.canonicalize() {
            Err(_) if self.unsaved.contains_key(path) => Ok(path.to_path_buf()),
            found => found,
        }
    }
}

impl Store {
    fn on_disk(entry: &Path, actual: &Path, access: &Access) -> Self {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let folder = |path: &Path| path.parent().unwrap_or(Path::new("")).to_path_buf();
        let urls: BTreeMap<_, _> = access
            .urls
            .iter()
            .map(|(url, path)| (url.clone(), real(path)))
            .collect();
        let mut roots: Vec<_> = access.roots.iter().map(|root| real(root)).collect();
        roots.push(folder(actual));
        roots.extend(urls.values().cloned());
        let mut shown = Vec::new();
        shown.extend(
            std::env::current_dir()
                .ok()
                .map(|here| (real(&here), PathBuf::new())),
        );
        shown.push((folder(actual), folder(entry)));
        Self {
            access: Access {
                roots,
                urls,
                overlays: access.overlays.clone(),
                unsaved: access.unsaved.clone(),
                said: None,
            },
            shown,
            ..Self::default()
        }
    }

    /// Resolves `target` relative to the file `from` to a canonical path inside of a root.
    fn find(&self, from: &Path, target: &str) -> Result<PathBuf, ResolveError> {
        let target = target.split('?').next().unwrap_or_default();
        let decoded = percent_decode(target).ok_or(ResolveError::Malformed)?;
        let path = if is_url(target) {
            mapped(&self.access.urls, target)?
        } else {
            normal(&from.parent().unwrap_or(Path::new("")).join(decoded))
        };
        if decoded_badly(&path) {
            return Err(ResolveError::Malformed);
        }
        if let Some(texts) = &self.texts {
            let inside = !path.is_absolute() && !path.starts_with("..");
            let found = if texts.contains_key(&path) {
                Ok(path)
            } else {
                Err(ResolveError::Unreadable("no such file".to_owned()))
            };
            return if inside {
                found
            } else {
                Err(ResolveError::Escapes)
            };
        }
        self.contained(&path)?;
        let actual = self
            .access
            .canonical(&path)
            .map_err(|error| ResolveError::Unreadable(error.to_string()))?;
        self.contained(&actual)?;
        Ok(actual)
    }

    fn contained(&self, path: &Path) -> Result<(), ResolveError> {
        if self.access.roots.iter().any(|root| path.starts_with(root)) {
            Ok(())
        } else {
            Err(ResolveError::Escapes)
        }
    }

    /// Reads the bytes of a referenced file. Only regular files are read, never devices or pipes.
    fn bytes(&self, actual: &Path) -> Result<Vec<u8>, String> {
        if let Some(texts) = &self.texts {
            return texts
                .get(actual)
                .map(|text| text.clone().into_bytes())
                .ok_or_else(|| "no such file".to_owned());
        }
        let read = self.access.content(actual);
        read.map_err(|unread| unread.to_string())
    }

    /// The path that messages show.
    pub(super) fn shown(&self, actual: &Path) -> PathBuf {
        let relative = |(folder, shown): &(PathBuf, PathBuf)| {
            Some(shown.join(actual.strip_prefix(folder).ok()?))
        };
        self.shown
            .iter()
            .find_map(relative)
            .unwrap_or_else(|| actual.to_path_buf())
    }
}

/// The message for a file that was named by the user and couldn't be read.
pub(crate) fn why_unread(path: &Path, unread: &Unread) -> Code {
    let shown = path.display().to_string();
    match unread {
        Unread::Folder => Code::IsFolder {
            path: shown,
            hint: files_in(path),
        },
        Unread::Special(what) => Code::IsSpecial {
            path: shown,
            what: (*what).to_owned(),
        },
        Unread::Failed(error) => Code::Unreadable {
            path: shown,
            reason: error.to_string(),
        },
    }
}

/// Files in a directory that the user may have meant, as the end of a sentence: those named like descriptions, else a few others.
fn files_in(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.file_type().is_ok_and(|found| found.is_file()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| {
            let end = name.rsplit_once('.').map_or("", |(_, end)| end);
            ["yaml", "yml", "json"].contains(&end.to_ascii_lowercase().as_str())
        })
        .collect();
    let usual = |name: &str| {
        let name = name.to_lowercase();
        ["openapi", "swagger"]
            .iter()
            .any(|word| name.contains(word))
    };
    names.sort_by_key(|name| (!usual(name), name.clone()));
    names.truncate(3);
    let paths = names
        .iter()
        .map(|name| format!("`{}`", folder.join(name).display()));
    match paths.collect::<Vec<_>>().as_slice() {
        [] => String::new(),
        [one] => format!(", as {one}"),
        [all @ .., last] => format!(", as {} or {last}", all.join(", ")),
    }
}

fn code(problem: Problem) -> Code {
    match problem {
        Problem::Syntax(detail) => Code::Syntax { detail },
        Problem::TooDeep => Code::TooDeep {
            limit: read::DEPTH_LIMIT,
        },
        Problem::AliasBomb { limit } => Code::AliasBomb { limit },
        Problem::Empty => Code::EmptyFile,
    }
}

/// Describes a value that should have been a mapping.
fn described(root: &Node<'_>) -> String {
    let Value::String(text) = root.value else {
        return root.kind().to_owned();
    };
    let line = text.lines().next().unwrap_or_default();
    let beginning: String = line.chars().take(40).collect();
    let more = if beginning.len() < text.len() {
        "…"
    } else {
        ""
    };
    format!("the string `{beginning}{more}`")
}

/// Finds a tag that YAML's core schema doesn't have. `serde_yaml` drops some of them silently, so a text that may contain one is parsed
/// again with the position-aware parser.
fn foreign_tag(file: &File) -> Option<(String, super::Position)> {
    let suspicious = ["!!", "!<", "%TAG"]
        .iter()
        .any(|mark| file.text().contains(mark));
    if !suspicious {
        return None;
    }
    file.outline().foreign_tag.clone()
}

/// Collects the part before `#` of every `$ref` in a value.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => {
            for (key, member) in members.iter() {
                match member {
                    Value::String(reference) if **key == *"$ref" => {
                        let target = reference.split('#').next().unwrap_or_default();
                        found.extend((!target.is_empty()).then(|| target.to_owned()));
                    }
                    _ => references(member, found),
                }
            }
        }
        _ => {}
    }
}

/// Decodes UTF-8 and strips a byte order mark.
pub(crate) fn decode(bytes: Vec<u8>) -> Option<String> {
    let mut text = String::from_utf8(bytes).ok()?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Some(text)
}

/// Whether a reference begins with a scheme (`https:`, `file:`) or a host (`//…`). A single letter is a Windows drive.
pub(crate) fn is_url(target: &str) -> bool {
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
    let letters = scheme
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    target.starts_with("//")
        || (scheme.len() > 1 && letters && scheme.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Restores the `//` of a URL that was turned into a path, which collapses it to `/`.
fn address(path: &str) -> String {
    match path.split_once(":/") {
        Some((scheme, rest)) if !rest.starts_with('/') => format!("{scheme}://{rest}"),
        _ => path.to_owned(),
    }
}

/// Looks up a URL in `urls`: an exact entry, else the longest prefix.
fn mapping<'u>(
    urls: &'u BTreeMap<String, PathBuf>,
    url: &str,
) -> Option<(&'u String, &'u PathBuf)> {
    urls.get_key_value(url).or_else(|| {
        let prefixes = urls
            .iter()
            .filter(|(prefix, _)| prefix.ends_with('/') && url.starts_with(*prefix));
        prefixes.max_by_key(|(prefix, _)| prefix.len())
    })
}

/// Maps a URL to a local path.
fn mapped(urls: &BTreeMap<String, PathBuf>, url: &str) -> Result<PathBuf, ResolveError> {
    let (prefix, path) = mapping(urls, url).ok_or(ResolveError::Remote)?;
    if prefix == url {
        return Ok(path.clone());
    }
    let rest = percent_decode(&url[prefix.len()..]).ok_or(ResolveError::Malformed)?;
    let found = normal(&path.join(rest));
    if found.starts_with(path) {
        Ok(found)
    } else {
        Err(ResolveError::Escapes)
    }
}

fn decoded_badly(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().contains(&0)
}

/// Decodes percent-encoding (`%7B` → `{`); `None` if the result isn't UTF-8.
pub(crate) fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = code
            .filter(|digits| *first == b'%' && digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).ok()
}

/// Removes `.` and `..` from a path lexically.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if out
                    .components()
                    .next_back()
                    .is_some_and(|last| matches!(last, Component::Normal(_))) =>
            {
                out.pop();
            }
            Component::ParentDir if out.has_root() => {}
            other => out.push(other),
        }
    }
    out
}

/// The relative path from a directory to a path, with `/` as separator.
pub(super) fn relative(from: &Path, to: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".into(), from.len() - shared);
    let down = to[shared..]
        .iter()
        .map(|component| component.as_os_str().to_string_lossy());
    up.chain(down).collect::<Vec<_>>().join("/")
}

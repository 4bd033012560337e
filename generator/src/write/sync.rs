//! Makes a directory contain exactly the generated files, or reports how it differs.
//!
//! Files are taken as they are printed, from any thread, so that they needn't be kept: each is compared with the existing file and, if it
//! differs, written to the staging directory. They are moved into place at the end, and only if every one of them may be written. A file
//! that was edited, or that specwright didn't write, is never overwritten without `force`. A file that isn't generated any more is deleted
//! only if the manifest lists it and it is unchanged. A run has the directory to itself; other runs wait.

use super::disk::{self, Found};
use super::lock::{Lock, OnWait};
use super::manifest::{MANIFEST, Manifest};
use super::{Files, Inputs, Paths, RelPath, Text};
use crate::digest::digest_pieces;
use similar::TextDiff;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A disk error; the directory is as it was before.
    Unwritable {
        /// The file or directory.
        path: PathBuf,
        /// The error of the operating system.
        reason: String,
    },
    /// A file that specwright didn't write is in the place of a generated one.
    Foreign(PathBuf),
    /// A directory is in the place of a file.
    Folder(PathBuf),
    /// Not a regular file, or an ancestor that isn't a regular directory: a symbolic link, a device, a pipe.
    Blocked(PathBuf),
    /// A generated file was edited.
    Edited(PathBuf),
    /// The manifest can't be read.
    BadManifest { path: PathBuf, reason: String },
    /// The directory contains the crates of another API.
    OtherApi {
        path: PathBuf,
        /// The name of that API.
        api: String,
    },
    /// The staging directory contains something that no run can have left behind.
    Staging(PathBuf),
}

impl Problem {
    fn unwritable(path: PathBuf, reason: &impl ToString) -> Self {
        Self::Unwritable {
            path,
            reason: reason.to_string(),
        }
    }

    /// The path that the problem is about.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Foreign(path)
            | Self::Blocked(path)
            | Self::Folder(path)
            | Self::Edited(path)
            | Self::Staging(path)
            | Self::Unwritable { path, .. }
            | Self::BadManifest { path, .. }
            | Self::OtherApi { path, .. } => path,
        }
    }

    /// Whether `force` overcomes the problem.
    fn yields(&self) -> bool {
        !matches!(
            self,
            Self::Unwritable { .. } | Self::Blocked(_) | Self::Folder(_) | Self::Staging(_)
        )
    }
}

/// The changes of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synced {
    /// Files that were created or changed.
    pub written: Vec<RelPath>,
    /// Number of files that were up to date.
    pub unchanged: usize,
    /// Files that were deleted.
    pub removed: Vec<RelPath>,
    /// Files that aren't generated any more but were edited, so they were kept.
    pub kept: Vec<RelPath>,
}

/// A file that differs from what a run would write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleFile {
    /// Path of the file, beginning with that of the output directory.
    pub path: PathBuf,
    /// The difference: `missing`, `out of date`, `not generated any more`.
    pub what: &'static str,
    /// The change that a run would make, as a unified diff.
    pub diff: String,
}

/// Writes texts that are all in memory, by a [`Writer`].
pub fn sync(
    out: &Path,
    api: &str,
    files: &Files,
    inputs: &Inputs,
    force: bool,
) -> Result<Synced, Vec<Problem>> {
    let writer = Writer::new(out, api, force, |_, _| {});
    for (path, text) in files.iter() {
        writer.take(path.as_str(), text);
    }
    writer.finish(inputs)
}

/// Writes files that differ and deletes stale ones: all of it at the end, or nothing.
pub struct Writer<'o> {
    folder: Folder<'o>,
    force: bool,
    taken: Mutex<Taken>,
}

/// The files taken so far.
#[derive(Default)]
struct Taken {
    wanted: Wanted,
    /// The changes to make; created with the first one.
    batch: Option<disk::Batch>,
    written: Vec<RelPath>,
    unchanged: usize,
    problems: Vec<Problem>,
}

impl<'o> Writer<'o> {
    /// Writes the crates of `api` below `out`. With `force`, edited files, foreign files and the crates of another API are overwritten.
    /// Waits while another run writes there, and reports that by `on_wait`.
    #[must_use]
    pub fn new(out: &'o Path, api: &'o str, force: bool, on_wait: OnWait) -> Self {
        let (lock, unwritable) = match Lock::exclusive(out, on_wait) {
            Ok(lock) => (Some(lock), None),
            Err((path, error)) => (None, Some(Problem::unwritable(path, &error))),
        };
        let mut folder = Folder::new(out, api, lock);
        folder.problem = unwritable.or(folder.problem);
        if force && folder.problem.as_ref().is_some_and(Problem::yields) {
            folder.problem = None;
        }
        // Errors don't matter here: most runs stage nothing, and those that do report it.
        let _ = disk::remove_staging(out);
        Self {
            folder,
            force,
            taken: Mutex::default(),
        }
    }

    /// Takes a file: its path below the directory, and its text. Problems are returned by [`finish`](Self::finish).
    pub fn take(&self, path: &str, text: impl Into<Text>) {
        let text = &text.into();
        // Releases the lock at the end of the statement; a `match` would hold it.
        let added = held(&self.taken).wanted.add(path, text);
        let path = match added {
            Ok(path) => path,
            Err(problem) => return held(&self.taken).problems.push(problem),
        };
        let state = self.folder.look(&path, text);
        let mut taken = held(&self.taken);
        match state {
            State::Same => taken.unchanged += 1,
            State::Differs {
                problem: Some(problem),
                ..
            } if !(self.force && problem.yields()) => taken.problems.push(problem),
            State::Differs { .. } => {
                // Nothing is written if the directory can't be used.
                if self.folder.problem.is_none() {
                    taken.stage(self.folder.out, &path.below(self.folder.out), text);
                }
                taken.written.push(path);
            }
            State::Unreadable(problem) => taken.problems.push(problem),
        }
    }

    /// Moves everything into place. `inputs` are recorded in the manifest.
    pub fn finish(self, inputs: &Inputs) -> Result<Synced, Vec<Problem>> {
        let mut taken = std::mem::take(&mut *held(&self.taken));
        if let Some(problem) = self.folder.problem {
            return Err(vec![problem]);
        }
        let stale = self.folder.stale(&taken.wanted);
        let manifest = self.folder.manifest(&taken.wanted, inputs);
        let before = &self.folder.before;
        let changes = disk::Changes {
            removals: stale.removals,
            gone: stale.gone,
            meanwhile: before.meanwhile(&taken.written, &manifest).text(),
            record: manifest.text(),
        };
        let nothing = taken.written.is_empty() && changes.removals.is_empty();
        if !(nothing && self.folder.records(&changes.record)) {
            taken.commit(self.folder.out, &changes);
        }
        if !taken.problems.is_empty() {
            taken.problems.sort_by(|a, b| a.path().cmp(b.path()));
            return Err(taken.problems);
        }
        taken.written.sort();
        Ok(Synced {
            written: taken.written,
            unchanged: taken.unchanged,
            removed: stale.removed,
            kept: stale.kept,
        })
    }
}

impl Taken {
    /// Stages a text, unless a problem means that it won't be written anyway.
    fn stage(&mut self, out: &Path, path: &Path, text: &Text) {
        if !self.problems.is_empty() {
            return;
        }
        if let Some(mut batch) = self.batch(out) {
            match batch.stage(path, text.bytes()) {
                Ok(()) => self.batch = Some(batch),
                Err((path, error)) => self.problems.push(Problem::unwritable(path, &error)),
            }
        }
    }

    fn commit(&mut self, out: &Path, changes: &disk::Changes) {
        if !self.problems.is_empty() {
            return;
        }
        let done = self.batch(out).map(|batch| batch.commit(changes));
        if let Some(Err((path, error))) = done {
            self.problems.push(Problem::unwritable(path, &error));
        }
    }

    /// The current batch, or a new one; `None`, with a problem pushed, if it can't be created.
    fn batch(&mut self, out: &Path) -> Option<disk::Batch> {
        if let Some(batch) = self.batch.take() {
            return Some(batch);
        }
        let staging = out.join(disk::STAGING);
        let problem = match disk::remove_staging(out) {
            Ok(true) => match disk::Batch::new(out) {
                Ok(batch) => return Some(batch),
                Err((path, error)) => Problem::unwritable(path, &error),
            },
            Ok(false) => Problem::Staging(staging),
            Err(error) => Problem::unwritable(staging, &error),
        };
        self.problems.push(problem);
        None
    }
}

/// Reports what a [`Writer`] would change, and writes nothing.
pub struct Checker<'o> {
    folder: Folder<'o>,
    found: Mutex<(Wanted, Vec<StaleFile>)>,
}

impl<'o> Checker<'o> {
    /// Compares the crates of `api` below `out`. Waits while another run writes there, and reports that by `on_wait`.
    #[must_use]
    pub fn new(out: &'o Path, api: &'o str, on_wait: OnWait) -> Self {
        let lock = Lock::shared(out, on_wait);
        Self {
            folder: Folder::new(out, api, Some(lock)),
            found: Mutex::default(),
        }
    }

    /// Takes a file: its path below the directory, and its text.
    pub fn take(&self, path: &str, text: impl Into<Text>) {
        let text = &text.into();
        let added = held(&self.found).0.add(path, text);
        let path = match added {
            Ok(path) => path,
            Err(problem) => return held(&self.found).1.extend(obstacle(&problem)),
        };
        let difference = match self.folder.look(&path, text) {
            State::Same => None,
            State::Differs { old, .. } => Some(StaleFile {
                path: path.below(self.folder.out),
                what: change(old.as_deref()),
                diff: unified(
                    path.as_str(),
                    old.as_deref(),
                    Some(&String::from(text.clone())),
                ),
            }),
            State::Unreadable(problem) => obstacle(&problem),
        };
        held(&self.found).1.extend(difference);
    }

    /// All differences, by path; an error if the directory is that of another API.
    pub fn finish(self, inputs: &Inputs) -> Result<Vec<StaleFile>, Problem> {
        if let Some(problem @ Problem::OtherApi { .. }) = self.folder.problem {
            return Err(problem);
        }
        let (wanted, mut all) = std::mem::take(&mut *held(&self.found));
        let stale = self.folder.stale(&wanted);
        let removals = stale.removals.iter().zip(&stale.removed);
        all.extend(removals.map(|((path, old), name)| StaleFile {
            path: path.clone(),
            what: "not generated any more",
            diff: unified(name.as_str(), Some(old), None),
        }));
        // If files differ, the manifest does as well, and its difference adds nothing.
        let text = self.folder.manifest(&wanted, inputs).text();
        if all.is_empty() && !self.folder.records(&text) {
            let old = self.folder.text.as_deref();
            all.push(StaleFile {
                path: self.folder.out.join(MANIFEST),
                what: change(old),
                diff: unified(MANIFEST, old, Some(&text)),
            });
        }
        all.extend(self.folder.problem.iter().filter_map(obstacle));
        all.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(all)
    }
}

fn change(old: Option<&[u8]>) -> &'static str {
    if old.is_some() {
        "out of date"
    } else {
        "missing"
    }
}

/// A problem as a difference; `None` for a problem whose file is reported as a difference anyway.
fn obstacle(problem: &Problem) -> Option<StaleFile> {
    let what = match problem {
        Problem::Unwritable { .. } => "unreadable",
        Problem::Blocked(_) => "no plain file",
        Problem::Folder(_) => "a directory",
        Problem::BadManifest { .. } => "damaged",
        Problem::Foreign(_)
        | Problem::Edited(_)
        | Problem::Staging(_)
        | Problem::OtherApi { .. } => return None,
    };
    Some(StaleFile {
        path: problem.path().to_path_buf(),
        what,
        diff: String::new(),
    })
}

/// The generated files with the digests of their texts.
#[derive(Default)]
struct Wanted {
    paths: Paths,
    digests: BTreeMap<RelPath, String>,
}

impl Wanted {
    fn add(&mut self, path: &str, text: &Text) -> Result<RelPath, Problem> {
        let path = self
            .paths
            .add(path)
            .map_err(|bad| Problem::unwritable(PathBuf::from(path), &bad))?;
        let digest = digest_pieces(text.bytes());
        self.digests.insert(path.clone(), digest);
        Ok(path)
    }
}

/// The state of the directory before the run.
struct Folder<'o> {
    out: &'o Path,
    api: &'o str,
    /// The text of the manifest.
    text: Option<Vec<u8>>,
    before: Manifest,
    /// A problem of the manifest or of the whole directory.
    problem: Option<Problem>,
    /// Held until the run ends.
    _lock: Option<Lock>,
}

/// The state of a generated file.
enum State {
    Same,
    Differs {
        old: Option<Vec<u8>>,
        /// Why it mustn't be overwritten, if so.
        problem: Option<Problem>,
    },
    Unreadable(Problem),
}

/// Files that aren't generated any more.
#[derive(Default)]
struct Stale {
    /// Files to delete with their content.
    removals: Vec<(PathBuf, Vec<u8>)>,
    removed: Vec<RelPath>,
    kept: Vec<RelPath>,
    /// Files that don't exist any more.
    gone: Vec<PathBuf>,
}

impl<'o> Folder<'o> {
    fn new(out: &'o Path, api: &'o str, lock: Option<Lock>) -> Self {
        let path = out.join(MANIFEST);
        let (text, problem) = match disk::look(out, MANIFEST) {
            Ok(Found::Nothing) => (None, None),
            Ok(Found::File(content)) => (Some(content), None),
            Ok(Found::Folder(path)) => (None, Some(Problem::Folder(path))),
            Ok(Found::Other(path)) => (None, Some(Problem::Blocked(path))),
            Err(error) => (None, Some(Problem::unwritable(path.clone(), &error))),
        };
        let (before, bad) = match text.as_deref().map(Manifest::parse) {
            Some(Ok(before)) => (before, None),
            Some(Err(reason)) => (
                Manifest::default(),
                Some(Problem::BadManifest { path, reason }),
            ),
            None => (Manifest::default(), None),
        };
        let other = before.of_another(api).map(|other| Problem::OtherApi {
            path: out.join(MANIFEST),
            api: other.to_owned(),
        });
        Self {
            out,
            api,
            text,
            before,
            problem: problem.or(bad).or(other),
            _lock: lock,
        }
    }

    fn look(&self, path: &RelPath, text: &Text) -> State {
        let full = path.below(self.out);
        let old = match disk::look(self.out, path.as_str()) {
            Ok(Found::Nothing) => {
                return State::Differs {
                    old: None,
                    problem: None,
                };
            }
            Ok(Found::File(content)) => content,
            Ok(Found::Folder(path)) => return State::Unreadable(Problem::Folder(path)),
            Ok(Found::Other(path)) => return State::Unreadable(Problem::Blocked(path)),
            Err(error) => return State::Unreadable(Problem::unwritable(full, &error)),
        };
        if same(&old, &text.bytes()) {
            return State::Same;
        }
        let problem = if self.before.wrote(path, &old) {
            None
        } else if self.before.lists(path) {
            Some(Problem::Edited(full))
        } else {
            Some(Problem::Foreign(full))
        };
        State::Differs {
            old: Some(old),
            problem,
        }
    }

    fn manifest(&self, wanted: &Wanted, inputs: &Inputs) -> Manifest {
        Manifest::new(self.api, &wanted.digests, inputs)
    }

    /// Whether the manifest has this text already.
    fn records(&self, text: &str) -> bool {
        self.text
            .as_deref()
            .is_some_and(|old| same(old, &[text.as_bytes()].into_iter()))
    }

    fn stale(&self, wanted: &Wanted) -> Stale {
        let mut stale = Stale::default();
        let paths = self.before.paths().into_iter();
        for path in paths.filter(|path| !wanted.digests.contains_key(path)) {
            match disk::look(self.out, path.as_str()) {
                Ok(Found::File(content)) if self.before.wrote(&path, &content) => {
                    stale.removals.push((path.below(self.out), content));
                    stale.removed.push(path);
                }
                Ok(Found::Nothing) => stale.gone.push(path.below(self.out)),
                Ok(Found::File(_) | Found::Folder(_) | Found::Other(_)) | Err(_) => {
                    stale.kept.push(path);
                }
            }
        }
        stale
    }
}

/// Locks a mutex. A thread that panicked while it held it leaves no state that others can't go on with.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a file has this text, given in pieces. Lines may end in CR LF, as git writes them on some systems.
fn same<'t>(content: &[u8], pieces: &(impl Iterator<Item = &'t [u8]> + Clone)) -> bool {
    let is = |content: &[u8]| {
        let rest = pieces
            .clone()
            .try_fold(content, |rest, piece| rest.strip_prefix(piece));
        rest.is_some_and(<[u8]>::is_empty)
    };
    let with_cr = || Some(std::str::from_utf8(content).ok()?).filter(|text| text.contains('\r'));
    is(content) || with_cr().is_some_and(|text| is(text.replace("\r\n", "\n").as_bytes()))
}

/// A unified diff, truncated when it gets too long to read.
fn unified(name: &str, old: Option<&[u8]>, new: Option<&str>) -> String {
    const LINES: usize = 400;
    let text = old.map(|old| String::from_utf8_lossy(old).replace("\r\n", "\n"));
    let from = if old.is_some() {
        format!("a/{name}")
    } else {
        "/dev/null".to_owned()
    };
    let to = if new.is_some() {
        format!("b/{name}")
    } else {
        "/dev/null".to_owned()
    };
    let (old, new) = (text.unwrap_or_default(), new.unwrap_or_default());
    let diff = TextDiff::from_lines(old.as_str(), new)
        .unified_diff()
        .header(&from, &to)
        .to_string();
    let lines = diff.lines().count();
    if lines <= LINES {
        return diff;
    }
    let shown: String = diff
        .lines()
        .take(LINES)
        .flat_map(|line| [line, "\n"])
        .collect();
    format!("{shown}… {} more lines\n", lines - LINES)
}

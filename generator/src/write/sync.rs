//! Makes a folder hold exactly the files wanted, or says how it differs.
//!
//! Files are taken as they are made, from any thread, so that none has to be kept: each is compared with what is there and, if it
//! differs, written into a folder aside. Only at the end, and only if every one of them may be written, do they take their places. A file
//! that was edited since, or that isn't ours, is never written over unless forced; what isn't generated any more is deleted only
//! if the manifest lists it and it is still as it was written. A run has the folder to itself; another one waits.

use super::disk::{self, Found};
use super::lock::{Lock, OnWait};
use super::manifest::{MANIFEST, Manifest};
use super::{Files, Inputs, Paths, RelPath};
use crate::digest::digest;
use similar::TextDiff;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The disk refused; the folder is as it was before.
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// A file that isn't ours stands where one would.
    Foreign(PathBuf),
    /// A folder in the place of a file.
    Folder(PathBuf),
    /// Something that isn't a file, or not a plain folder on the way to one: a symbolic link, a device, a pipe.
    Blocked(PathBuf),
    /// A file of ours was edited.
    Edited(PathBuf),
    /// The manifest can't be read.
    BadManifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The folder holds the crates of another API.
    OtherApi {
        /// The manifest.
        path: PathBuf,
        /// The API that it is of.
        api: String,
    },
    /// Where files are written first there is something that a run can't have left behind.
    Staging(PathBuf),
}

impl Problem {
    fn unwritable(path: PathBuf, reason: &impl ToString) -> Self {
        Self::Unwritable {
            path,
            reason: reason.to_string(),
        }
    }

    /// What it is about.
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

    /// Whether force overcomes it.
    fn yields(&self) -> bool {
        !matches!(
            self,
            Self::Unwritable { .. } | Self::Blocked(_) | Self::Folder(_) | Self::Staging(_)
        )
    }
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synced {
    /// Files that were written anew.
    pub written: Vec<RelPath>,
    /// How many files were as wanted already.
    pub unchanged: usize,
    /// Files that were deleted.
    pub removed: Vec<RelPath>,
    /// Files that aren't generated any more but were edited, so that they stay.
    pub kept: Vec<RelPath>,
}

/// How one file differs from what is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleFile {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it: `missing`, `out of date`, `not generated any more`.
    pub what: &'static str,
    /// What a run would change, as a unified diff.
    pub diff: String,
}

/// [`Writer`] for texts that are all at hand.
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

/// Writes the files that differ and deletes what is stale: all of it at the end, or nothing.
pub struct Writer<'o> {
    folder: Folder<'o>,
    force: bool,
    taken: Mutex<Taken>,
}

/// What became of the files so far.
#[derive(Default)]
struct Taken {
    wanted: Wanted,
    /// What is to change; made for the first change.
    batch: Option<disk::Batch>,
    written: Vec<RelPath>,
    unchanged: usize,
    problems: Vec<Problem>,
}

impl<'o> Writer<'o> {
    /// Writes the crates of `api` below `out`; with `force` over edited and foreign files too, and over another API's. Waits while
    /// another run writes there, and says so by `on_wait`.
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
        // Most runs have nothing to stage: whether that would be possible is for those to tell that have.
        let _ = disk::remove_staging(out);
        Self {
            folder,
            force,
            taken: Mutex::default(),
        }
    }

    /// Takes a file: its path below the folder, and its text. What is wrong with it is said at the end.
    pub fn take(&self, path: &str, text: &str) {
        // The lock is let go of first: a `match` would hold it.
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
                // Nothing gets to its place if the folder can't be used.
                if self.folder.problem.is_none() {
                    taken.stage(self.folder.out, &path.below(self.folder.out), text);
                }
                taken.written.push(path);
            }
            State::Unreadable(problem) => taken.problems.push(problem),
        }
    }

    /// Puts everything into place. `inputs` are recorded in the manifest.
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
    /// Writes a text aside, unless it is clear that it won't get to its place.
    fn stage(&mut self, out: &Path, path: &Path, text: &str) {
        if !self.problems.is_empty() {
            return;
        }
        if let Some(mut batch) = self.batch(out) {
            match batch.stage(path, text) {
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

    /// What is staged so far, or a new batch; nothing if there can't be one, which is a problem then.
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

/// Tells what a [`Writer`] would change; writes nothing.
pub struct Checker<'o> {
    folder: Folder<'o>,
    found: Mutex<(Wanted, Vec<StaleFile>)>,
}

impl<'o> Checker<'o> {
    /// Looks for the crates of `api` below `out`. Waits while another run writes there, and says so by `on_wait`.
    #[must_use]
    pub fn new(out: &'o Path, api: &'o str, on_wait: OnWait) -> Self {
        let lock = Lock::shared(out, on_wait);
        Self {
            folder: Folder::new(out, api, Some(lock)),
            found: Mutex::default(),
        }
    }

    /// Takes a file: its path below the folder, and its text.
    pub fn take(&self, path: &str, text: &str) {
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
                diff: unified(path.as_str(), old.as_deref(), Some(text)),
            }),
            State::Unreadable(problem) => obstacle(&problem),
        };
        held(&self.found).1.extend(difference);
    }

    /// Every difference, by path. What a folder of another API differs in isn't told.
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
        // Beside other differences the manifest differs anyway, and tells nothing.
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

/// What stands in the way of a file; nothing for what is a change as well.
fn obstacle(problem: &Problem) -> Option<StaleFile> {
    let what = match problem {
        Problem::Unwritable { .. } => "unreadable",
        Problem::Blocked(_) => "no plain file",
        Problem::Folder(_) => "a folder",
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

/// The files wanted, each with the digest of its text.
#[derive(Default)]
struct Wanted {
    paths: Paths,
    digests: BTreeMap<RelPath, String>,
}

impl Wanted {
    fn add(&mut self, path: &str, text: &str) -> Result<RelPath, Problem> {
        let path = self
            .paths
            .add(path)
            .map_err(|bad| Problem::unwritable(PathBuf::from(path), &bad))?;
        self.digests.insert(path.clone(), digest(text.as_bytes()));
        Ok(path)
    }
}

/// The folder as the run before left it, or people changed it.
struct Folder<'o> {
    out: &'o Path,
    api: &'o str,
    /// The manifest as it stands.
    text: Option<Vec<u8>>,
    before: Manifest,
    /// What is wrong with the manifest, or with the folder as a whole.
    problem: Option<Problem>,
    /// Held until all is done.
    _lock: Option<Lock>,
}

/// How a file is that is wanted.
enum State {
    Same,
    Differs {
        old: Option<Vec<u8>>,
        /// Why it shouldn't be written over.
        problem: Option<Problem>,
    },
    Unreadable(Problem),
}

/// What isn't wanted any more.
#[derive(Default)]
struct Stale {
    /// Files to delete with their content, and their names.
    removals: Vec<(PathBuf, Vec<u8>)>,
    removed: Vec<RelPath>,
    kept: Vec<RelPath>,
    /// What isn't there any more.
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

    fn look(&self, path: &RelPath, text: &str) -> State {
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
        if same(&old, text) {
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

    /// Whether this is the text of the manifest already.
    fn records(&self, text: &str) -> bool {
        self.text.as_deref().is_some_and(|old| same(old, text))
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

/// What a lock holds; a thread that failed while it held it leaves nothing behind that others can't go on with.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a file holds a text; lines may end in CR LF, as git makes them on some systems.
fn same(content: &[u8], text: &str) -> bool {
    content == text.as_bytes()
        || std::str::from_utf8(content).is_ok_and(|content| content.replace("\r\n", "\n") == text)
}

/// A unified diff, cut where it gets longer than anybody reads.
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

//! Makes a folder hold exactly the files wanted, or says how it differs.
//!
//! Looked at first, changed after: unless every file may be written, none is. A file that was edited since, or that
//! isn't ours, is never written over unless forced; what isn't generated any more is deleted only if the manifest lists
//! it and it is still as it was written.

use super::disk::{self, Found};
use super::manifest::{MANIFEST, Manifest};
use super::{Files, Inputs, RelPath};
use similar::TextDiff;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

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
    /// Something that isn't a file, or not a plain folder on the way to one: a symbolic link, a folder, a device.
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
pub struct Difference {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it: `missing`, `out of date`, `not generated any more`.
    pub what: &'static str,
    /// What a run would change, as a unified diff.
    pub diff: String,
}

/// Writes what differs and deletes what is stale, all of it or nothing. `inputs` are the texts of the files that the
/// output was made from, by path; they are recorded in the manifest. `force` writes over edited and foreign files too.
pub fn sync(
    out: &Path,
    files: &Files,
    inputs: &Inputs<'_>,
    force: bool,
) -> Result<Synced, Vec<Problem>> {
    let survey = Survey::of(out, files, inputs);
    let serious = |problem: &Problem| {
        !force || matches!(problem, Problem::Unwritable { .. } | Problem::Blocked(_))
    };
    let problems: Vec<_> = survey.problems.into_iter().filter(serious).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let apply = || {
        let mut batch = disk::Batch::new(out)?;
        for change in survey.writes.iter().chain(&survey.manifest) {
            batch.stage(&change.path, &change.new)?;
        }
        batch.commit(&survey.removals)
    };
    apply().map_err(|(path, error)| {
        vec![Problem::Unwritable {
            path,
            reason: error.to_string(),
        }]
    })?;
    let path = |change: &Change<'_>| RelPath::new(&change.name).ok();
    Ok(Synced {
        written: survey.writes.iter().filter_map(path).collect(),
        unchanged: survey.unchanged,
        removed: survey.removed,
        kept: survey.kept,
    })
}

/// What [`sync`] would change; writes nothing.
#[must_use]
pub fn check(out: &Path, files: &Files, inputs: &Inputs<'_>) -> Vec<Difference> {
    let survey = Survey::of(out, files, inputs);
    let only = survey.writes.is_empty() && survey.removals.is_empty(); // else the manifest differs anyway, and tells nothing
    let changes = survey
        .writes
        .iter()
        .chain(survey.manifest.iter().filter(|_| only))
        .map(|change| Difference {
            path: change.path.clone(),
            what: if change.old.is_some() {
                "out of date"
            } else {
                "missing"
            },
            diff: unified(&change.name, change.old.as_deref(), Some(&change.new)),
        });
    let removals = survey
        .removals
        .iter()
        .zip(&survey.removed)
        .map(|((path, old), name)| Difference {
            path: path.clone(),
            what: "not generated any more",
            diff: unified(name.as_str(), Some(old), None),
        });
    let obstacles = survey.problems.iter().filter_map(|problem| match problem {
        Problem::Unwritable { path, .. } => Some((path, "unreadable")),
        Problem::Blocked(path) => Some((path, "no plain file")),
        Problem::BadManifest { path, .. } => Some((path, "damaged")),
        Problem::Foreign(_) | Problem::Edited(_) => None, // among the changes already
    });
    let obstacles = obstacles.map(|(path, what)| Difference {
        path: path.clone(),
        what,
        diff: String::new(),
    });
    let mut all: Vec<_> = changes.chain(removals).chain(obstacles).collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// A file to write.
struct Change<'f> {
    name: String,
    path: PathBuf,
    old: Option<Vec<u8>>,
    new: Cow<'f, str>,
}

/// What there is, compared with what is wanted.
#[derive(Default)]
struct Survey<'f> {
    writes: Vec<Change<'f>>,
    manifest: Option<Change<'f>>,
    unchanged: usize,
    /// Files to delete with their content, and their names.
    removals: Vec<(PathBuf, Vec<u8>)>,
    removed: Vec<RelPath>,
    kept: Vec<RelPath>,
    problems: Vec<Problem>,
}

impl<'f> Survey<'f> {
    fn of(out: &Path, files: &'f Files, inputs: &Inputs<'_>) -> Self {
        let mut survey = Self::default();
        let before = survey.read_manifest(out, &Manifest::new(files, inputs));
        for (path, text) in files.iter() {
            survey.wanted(out, path, text, &before);
        }
        for path in before
            .paths()
            .filter(|path| files.get(path.as_str()).is_none())
        {
            survey.stale(out, path, &before);
        }
        survey
    }

    /// The manifest of the run before; and the new one among the changes if it differs.
    fn read_manifest(&mut self, out: &Path, new: &Manifest) -> Manifest {
        let path = out.join(MANIFEST);
        let (old, before) = match disk::look(out, MANIFEST) {
            Ok(Found::Nothing) => (None, Manifest::default()),
            Ok(Found::File(content)) => {
                let before = Manifest::parse(&content).unwrap_or_else(|reason| {
                    self.problems.push(Problem::BadManifest {
                        path: path.clone(),
                        reason,
                    });
                    Manifest::default()
                });
                (Some(content), before)
            }
            Ok(Found::Other(path)) => {
                self.problems.push(Problem::Blocked(path));
                return Manifest::default();
            }
            Err(error) => {
                self.problems.push(Problem::Unwritable {
                    path,
                    reason: error.to_string(),
                });
                return Manifest::default();
            }
        };
        let new = new.text();
        if !old.as_deref().is_some_and(|old| same(old, &new)) {
            self.manifest = Some(Change {
                name: MANIFEST.to_owned(),
                path,
                old,
                new: Cow::Owned(new),
            });
        }
        before
    }

    fn wanted(&mut self, out: &Path, path: &RelPath, text: &'f str, before: &Manifest) {
        let full = path.below(out);
        let old = match disk::look(out, path.as_str()) {
            Ok(Found::Nothing) => None,
            Ok(Found::File(content)) => Some(content),
            Ok(Found::Other(path)) => return self.problems.push(Problem::Blocked(path)),
            Err(error) => {
                return self.problems.push(Problem::Unwritable {
                    path: full,
                    reason: error.to_string(),
                });
            }
        };
        if let Some(content) = &old {
            if same(content, text) {
                self.unchanged += 1;
                return;
            }
            if !before.lists(path) {
                self.problems.push(Problem::Foreign(full.clone()));
            } else if !before.wrote(path, content) {
                self.problems.push(Problem::Edited(full.clone()));
            }
        }
        self.writes.push(Change {
            name: path.to_string(),
            path: full,
            old,
            new: Cow::Borrowed(text),
        });
    }

    fn stale(&mut self, out: &Path, path: RelPath, before: &Manifest) {
        match disk::look(out, path.as_str()) {
            Ok(Found::File(content)) if before.wrote(&path, &content) => {
                self.removals.push((path.below(out), content));
                self.removed.push(path);
            }
            Ok(Found::Nothing) => {}
            Ok(Found::File(_) | Found::Other(_)) | Err(_) => self.kept.push(path),
        }
    }
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

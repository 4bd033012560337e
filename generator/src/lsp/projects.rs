//! The descriptions that open documents belong to, and when each is read again.
//!
//! A document that is a description is one of them. For any other, those that may refer to it are read once to find out: of the
//! configuration above it, and in the directories above it.

use super::diagnostics::{ByFile, Found};
use super::documents::{Document, Documents};
use super::settings;
use super::worker::{Analysis, Job};
use crate::source::descriptions_in;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long nothing may be typed until a description is read.
const SETTLED: Duration = Duration::from_millis(200);

/// The most directories above a document in which a description is looked for.
const ABOVE: usize = 4;

/// The most descriptions that are read to find out whether they refer to a document.
const TRIED: usize = 16;

/// A description.
#[derive(Default)]
struct Entry {
    /// When it is read.
    due: Option<Instant>,
    /// The number of the last change.
    ticket: u64,
    /// What tells the job about it that it is outdated.
    outdated: Arc<AtomicBool>,
    /// The files that it consists of, when it was last read.
    reads: BTreeSet<PathBuf>,
    found: ByFile,
    /// The last one that could be made.
    analysis: Option<Box<Analysis>>,
}

impl Entry {
    fn change(&mut self, due: Instant) {
        self.due = Some(due);
        self.ticket += 1;
        self.outdated.store(true, Ordering::Relaxed);
    }

    fn is_of(&self, entry: &Path, file: &Path) -> bool {
        entry == file || self.reads.contains(file)
    }
}

/// All descriptions, by path.
#[derive(Default)]
pub(super) struct Projects {
    entries: BTreeMap<PathBuf, Entry>,
}

impl Projects {
    /// A document was opened.
    pub(super) fn open(&mut self, document: &Document) {
        let now = Instant::now();
        self.change(&document.path, now);
        if document.is_entry() {
            self.want(document.path.clone(), now);
            return;
        }
        let mut entries = self.entries.iter();
        if !entries.any(|(path, entry)| entry.is_of(path, &document.path)) {
            for path in candidates(&document.path) {
                self.want(path, now);
            }
        }
    }

    /// A document was edited.
    pub(super) fn edit(&mut self, document: &Document) {
        let due = Instant::now() + SETTLED;
        self.change(&document.path, due);
        if !self.entries.contains_key(&document.path) && document.is_entry() {
            self.want(document.path.clone(), due);
        }
    }

    /// A file was written or closed.
    pub(super) fn touch(&mut self, path: &Path) {
        self.change(path, Instant::now() + SETTLED);
    }

    /// Files were written by others, or the configuration was.
    pub(super) fn touch_all(&mut self) {
        let due = Instant::now() + SETTLED;
        self.entries
            .values_mut()
            .for_each(|entry| entry.change(due));
    }

    fn change(&mut self, path: &Path, due: Instant) {
        let entries = self.entries.iter_mut();
        for (_, entry) in entries.filter(|(entry, known)| known.is_of(entry, path)) {
            entry.change(due);
        }
    }

    fn want(&mut self, path: PathBuf, due: Instant) {
        let entry = self.entries.entry(path).or_default();
        if entry.due.is_none() && entry.reads.is_empty() {
            entry.change(due);
        }
    }

    /// When the next description is to be read.
    pub(super) fn due(&self) -> Option<Instant> {
        self.entries.values().filter_map(|entry| entry.due).min()
    }

    /// The next job, if one is due.
    pub(super) fn job(&mut self, documents: &Documents) -> Option<Job> {
        let now = Instant::now();
        let entries = self.entries.iter_mut();
        let due = entries.filter(|(_, entry)| entry.due.is_some_and(|due| due <= now));
        let (path, entry) = due.min_by_key(|(_, entry)| entry.due)?;
        entry.due = None;
        entry.outdated = Arc::default();
        Some(Job {
            path: path.clone(),
            ticket: entry.ticket,
            texts: documents.texts(),
            encoding: documents.encoding,
            outdated: Arc::clone(&entry.outdated),
        })
    }

    /// Takes messages, unless something has changed since; returns the files whose messages may be others now.
    pub(super) fn diagnosed(
        &mut self,
        (path, ticket): (&Path, u64),
        found: ByFile,
        reads: BTreeSet<PathBuf>,
    ) -> BTreeSet<PathBuf> {
        let Some(entry) = self.entries.get_mut(path) else {
            return BTreeSet::new();
        };
        if entry.ticket != ticket {
            return BTreeSet::new();
        }
        entry.reads = reads;
        let old = std::mem::replace(&mut entry.found, found);
        old.keys().chain(entry.found.keys()).cloned().collect()
    }

    /// A job has ended, in whatever way.
    pub(super) fn done(&mut self, path: &Path) {
        if let Some(entry) = self.entries.get_mut(path)
            && entry.due.is_none()
        {
            entry.reads.insert(path.to_path_buf());
        }
    }

    pub(super) fn analysed(&mut self, path: &Path, analysis: Box<Analysis>) {
        if let Some(entry) = self.entries.get_mut(path) {
            entry.analysis = Some(analysis);
        }
    }

    /// Drops what no document needs any more; returns the files whose messages are gone. What wasn't read yet may still be needed.
    pub(super) fn sweep(&mut self, documents: &Documents) -> BTreeSet<PathBuf> {
        let is_needed = |path: &Path, entry: &Entry| {
            let mut open = documents.iter();
            entry.reads.is_empty() || open.any(|document| entry.is_of(path, &document.path))
        };
        let mut gone = BTreeSet::new();
        self.entries.retain(|path, entry| {
            let needed = is_needed(path, entry);
            if !needed {
                entry.outdated.store(true, Ordering::Relaxed);
                gone.extend(entry.found.keys().cloned());
            }
            needed
        });
        gone
    }

    /// The messages about a file, of all descriptions.
    pub(super) fn found(&self, path: &Path) -> Vec<&Found> {
        let mut all: Vec<&Found> = Vec::new();
        let found = self
            .entries
            .values()
            .filter_map(|entry| entry.found.get(path));
        for one in found.flatten() {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        all
    }

    /// What is known of the description that a file belongs to.
    pub(super) fn analysis(&self, path: &Path) -> Option<&Analysis> {
        let own = self.entries.get(path);
        let own = own.and_then(|entry| entry.analysis.as_deref());
        own.or_else(|| {
            let all = self.entries.values();
            let mut all = all.filter_map(|entry| entry.analysis.as_deref());
            all.find(|analysis| analysis.sources.find(path).is_some())
        })
    }
}

/// Descriptions that may refer to a file, the nearest first.
fn candidates(file: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    if let Some(config) = settings::find(file) {
        for (spec, roots) in settings::descriptions(&config) {
            let Ok(spec) = spec.canonicalize() else {
                continue;
            };
            let own = spec.parent().into_iter().map(Path::to_path_buf);
            let mut reached = own.chain(roots.iter().filter_map(|root| root.canonicalize().ok()));
            if reached.any(|folder| file.starts_with(folder)) {
                found.push(spec);
            }
        }
    }
    let above = file.ancestors().skip(1).take(ABOVE);
    let near = above.flat_map(descriptions_in);
    found.extend(near.filter_map(|path| path.canonicalize().ok()));
    let distance = |path: &PathBuf| {
        let folder = path.parent().unwrap_or(path);
        let rest = file.strip_prefix(folder);
        rest.map_or(usize::MAX, |rest| rest.components().count())
    };
    found.sort_by_key(|path| (distance(path), path.clone()));
    found.dedup();
    found.retain(|path| path != file);
    found.truncate(TRIED);
    found
}

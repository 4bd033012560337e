//! The thread that reads descriptions, so that requests are answered meanwhile.
//!
//! It does one job after the other. A job that is outdated ends at the next stage.

use super::diagnostics::{ByFile, Collector};
use super::positions::Encoding;
use super::settings::Settings;
use crate::diag::Diagnostics;
use crate::document::{References, Version, references, version_of};
use crate::index;
use crate::pipeline::{self, Becomes, Studied};
use crate::source::{FileId, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread;

/// As much stack as a main thread has.
const STACK: usize = 8 << 20;

/// A description to read.
pub(super) struct Job {
    /// The canonical path.
    pub(super) path: PathBuf,
    /// Which of the jobs for this description it is.
    pub(super) ticket: u64,
    /// The texts of the editor.
    pub(super) texts: BTreeMap<PathBuf, Arc<String>>,
    pub(super) encoding: Encoding,
    /// Set once nobody wants the result.
    pub(super) outdated: Arc<AtomicBool>,
}

/// What is known of a description.
pub(super) struct Analysis {
    pub(super) sources: Sources,
    pub(super) entry: FileId,
    /// `None` for an index.
    pub(super) version: Option<Version>,
    pub(super) becomes: Becomes,
    references: OnceLock<Option<References>>,
}

impl Analysis {
    /// All references, found when they are first asked for.
    pub(super) fn references(&self) -> Option<&References> {
        let find = || references(&self.sources, self.entry);
        self.references.get_or_init(find).as_ref()
    }
}

/// What the worker tells of a job.
pub(super) enum News {
    /// The messages, and the files that they depend on.
    Diagnosed(ByFile, BTreeSet<PathBuf>),
    /// All files could be read.
    Analysed(Box<Analysis>),
    /// The worker waits for the next job; the text says what went wrong, if anything did.
    Done(Result<(), String>),
}

/// The way to the thread.
pub(super) struct Worker(Sender<Job>);

impl Worker {
    /// Starts the thread, which passes to `tell` the path and ticket of a job, and news of it. It ends once nobody has the way to it.
    pub(super) fn start(tell: impl Fn(&Path, u64, News) + Send + 'static) -> std::io::Result<Self> {
        let (jobs, next) = channel::<Job>();
        let builder = thread::Builder::new().name("analysis".to_owned());
        builder.stack_size(STACK).spawn(move || {
            for job in next {
                let tell = |news| tell(&job.path, job.ticket, news);
                // Nothing should panic. If something does, the editor still has everything else.
                let done = catch_unwind(AssertUnwindSafe(|| run(&job, &tell)));
                tell(News::Done(done.map_err(|panic| said(&*panic))));
            }
        })?;
        Ok(Self(jobs))
    }

    /// Adds a job.
    pub(super) fn send(&self, job: Job) {
        // Its end is the end of the process.
        drop(self.0.send(job));
    }
}

/// What a panic says.
fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    text.unwrap_or_default()
}

fn run(job: &Job, tell: &dyn Fn(News)) {
    let outdated = || job.outdated.load(Ordering::Relaxed);
    let settings = Settings::of(&job.path, &job.texts);
    let options = &settings.options;
    let mut messages = options.diagnostics();
    let (sources, entry) = index::load(&job.path, &options.access, &mut messages);
    if outdated() {
        return;
    }
    let studied =
        entry.and_then(|entry| pipeline::study(&sources, entry, options, &mut messages, &outdated));
    if outdated() {
        return;
    }
    let found = collect(job, &settings, &sources, &messages);
    tell(News::Diagnosed(found, reads(job, &settings, &sources)));
    let is_whole = sources.broken().is_empty();
    if let (Some(studied), Some(entry), true) = (studied, entry, is_whole)
        && !outdated()
    {
        let analysis = analysis(sources, entry, &studied, &settings);
        tell(News::Analysed(Box::new(analysis)));
    }
}

fn collect(job: &Job, settings: &Settings, sources: &Sources, messages: &Diagnostics) -> ByFile {
    let mut found = ByFile::new();
    // So that what is gone is cleared.
    found.insert(job.path.clone(), Vec::new());
    let mut collector = Collector::new(sources, &job.path, job.encoding);
    collector.add(messages, &mut found);
    collector.add_broken(&mut found);
    let home = settings.path.as_deref().unwrap_or(&job.path);
    let mut collector = Collector::new(&settings.sources, home, job.encoding);
    collector.add(&settings.messages, &mut found);
    found
}

/// The files that the messages depend on, whether they exist or not.
fn reads(job: &Job, settings: &Settings, sources: &Sources) -> BTreeSet<PathBuf> {
    let absolute = |path: &Path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        path.canonicalize().unwrap_or(path)
    };
    let files = sources.inputs().map(|file| sources.actual(file));
    let all = files
        .chain(sources.missing())
        .chain(settings.path.as_deref());
    let all = all.map(absolute);
    all.chain([job.path.clone()]).collect()
}

fn analysis(sources: Sources, entry: FileId, studied: &Studied, settings: &Settings) -> Analysis {
    Analysis {
        version: version_of(&sources, entry),
        becomes: studied.becomes(&settings.options),
        sources,
        entry,
        references: OnceLock::new(),
    }
}

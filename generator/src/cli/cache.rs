//! Runs that changed nothing, kept to be told again while nothing changes: an unchanged API then costs milliseconds.
//!
//! In: everything that a run depends on but the files (flags, configuration, working directory, this program), as a key. Out: what the run
//! said. `SPECWRIGHT_CACHE` is the directory; nothing is kept if it is empty, or with `--no-cache`.

use super::Common;
use super::output::{Shown, Terminal};
use serde::{Deserialize, Serialize};
use specwright::diag::Severity;
use specwright::source::Sources;
use specwright::write::{Cache, program, recorded_files};
use specwright::{Generator, Run};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What a run said and found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Told {
    /// The messages as printed, and their codes.
    pub(super) messages: String,
    pub(super) shown: Shown,
    /// The code of each message, shown or not.
    pub(super) codes: BTreeSet<String>,
    pub(super) counts: Counts,
    /// The entries of `[urls]` that the API doesn't use.
    pub(super) unused: Option<BTreeSet<String>>,
    /// What `generate` sums up; `None` for `check`.
    pub(super) written: Option<Written>,
}

/// The number of messages by severity.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Counts {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    pub(super) allowed: usize,
}

/// What `generate` has written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) out: PathBuf,
    pub(super) runtime: Option<PathBuf>,
    pub(super) operations: usize,
    pub(super) types: usize,
    pub(super) begin_with: Option<(String, PathBuf)>,
    pub(super) changed: usize,
    pub(super) unchanged: usize,
    pub(super) removed: usize,
}

impl Told {
    /// What a run has to say.
    pub(super) fn of<T>(
        run: &Run<T>,
        unused: Option<BTreeSet<String>>,
        written: Option<Written>,
        terminal: &Terminal,
    ) -> Self {
        let (messages, shown) = terminal.rendered(&run.diagnostics, &run.sources);
        let codes = run.diagnostics.iter();
        Self {
            messages,
            shown,
            codes: codes.map(|one| one.code.id().to_owned()).collect(),
            counts: Counts::of(run),
            unused,
            written,
        }
    }
}

impl Counts {
    fn of<T>(run: &Run<T>) -> Self {
        let count = |severity| run.diagnostics.count(severity);
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            allowed: count(Severity::Allowed),
        }
    }
}

/// The place of a run in the cache; nothing is found or kept without one.
pub(super) struct Slot(Option<(Cache, String, String)>);

impl Slot {
    /// The place for a command with this generator.
    pub(super) fn of(
        command: &str,
        generator: &Generator,
        (common, terminal): (&Common, &Terminal),
    ) -> Self {
        let found = || {
            let cache = Cache::new(folder().filter(|_| !common.no_cache)?);
            let here = std::env::current_dir().ok()?;
            let name = format!("{command} {} {}", here.display(), generator.out().display());
            let (program, choices) = (program()?, generator.choices());
            let key = format!("{program}\n{}\n{choices}", terminal.choices());
            Some((cache, name, key))
        };
        Self(found())
    }

    /// What a run said, if it would say the same again and change nothing.
    pub(super) fn find(&self) -> Option<Told> {
        let (cache, name, key) = self.0.as_ref()?;
        serde_json::from_str(&cache.find(name, key)?).ok()
    }

    /// Keeps what a run said that has changed nothing.
    pub(super) fn keep(&self, told: &Told, generator: &Generator, sources: &Sources) {
        let Some((cache, name, key)) = &self.0 else {
            return;
        };
        let Ok(text) = serde_json::to_string(told) else {
            return;
        };
        let read = sources.inputs().map(|file| {
            let digest = sources.digest(file).to_owned();
            (sources.path(file).to_path_buf(), Some(digest))
        });
        let missing = sources.missing().map(|path| (path.to_path_buf(), None));
        let folders = [Some(generator.out()), generator.runtime_dir()];
        let folders = folders.into_iter().flatten();
        let written = folders.flat_map(|folder| recorded_files(&folder));
        let written = written.map(|(path, digest)| (path, Some(digest)));
        let files = read.chain(missing).chain(written).collect();
        cache.keep(name, key, text, files);
    }
}

/// The directory: what the user says, or that of the system for such things.
fn folder() -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(said) = std::env::var_os("SPECWRIGHT_CACHE") {
        return Some(PathBuf::from(said)).filter(|path| !path.as_os_str().is_empty());
    }
    let own = if cfg!(windows) {
        variable("LOCALAPPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| PathBuf::from(home).join("Library/Caches"))
    } else {
        let home = || variable("HOME").map(|home| PathBuf::from(home).join(".cache"));
        variable("XDG_CACHE_HOME").map(PathBuf::from).or_else(home)
    };
    own.map(|folder| folder.join("specwright"))
}

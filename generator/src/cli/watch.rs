//! `generate --watch`: waits until a file changes that was read.
//!
//! What is watched are directories, as editors replace a file by another one instead of writing it. An event only says that it is time to
//! look: what counts is whether a text differs from the one that was read.

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use specwright::source::Sources;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long nothing may happen until a burst of changes is over, and how long a burst may take.
const SETTLED: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(2);

/// What happened.
enum News {
    Changed,
    /// The user wants an end.
    Stop,
}

/// A watch over directories.
pub(super) struct Watch {
    watcher: RecommendedWatcher,
    news: Receiver<News>,
}

impl Watch {
    /// Watches nothing yet. From now on Ctrl-C ends the watch and not the process.
    pub(super) fn begin() -> Result<Self, String> {
        let (tell, news) = channel();
        let stop = tell.clone();
        // Nobody listens after the end.
        ctrlc::set_handler(move || drop(stop.send(News::Stop)))
            .map_err(|error| error.to_string())?;
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // To read a file is an event as well, and would cause the next one.
            let is_reading = event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_)));
            if !is_reading {
                drop(tell.send(News::Changed));
            }
        });
        let watcher = watcher.map_err(|error| error.to_string())?;
        Ok(Self { watcher, news })
    }

    /// Waits until a file differs from what was read of it; `false` if the user wants an end.
    pub(super) fn wait(&mut self, read: &[Sources]) -> Result<bool, String> {
        loop {
            self.follow(read)?;
            // It may have changed before it was watched, and be on the way still: an empty file is about to be written.
            if read.iter().any(Sources::is_stale) {
                return Ok(self.settle());
            }
            if matches!(self.news.recv(), Ok(News::Stop) | Err(_)) || !self.settle() {
                return Ok(false);
            }
        }
    }

    /// Waits for the end of a burst; `false` if the user wants an end.
    fn settle(&self) -> bool {
        let begin = Instant::now();
        while begin.elapsed() < LONGEST {
            match self.news.recv_timeout(SETTLED) {
                Ok(News::Changed) => {}
                Ok(News::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => return true,
            }
        }
        true
    }

    /// Watches the directories of files. One that was watched may have been replaced since.
    fn follow(&mut self, read: &[Sources]) -> Result<(), String> {
        let paths = read.iter().flat_map(Sources::watched);
        let folders: BTreeSet<PathBuf> = paths.flat_map(folders).collect();
        for folder in folders {
            let watched = self.watcher.watch(&folder, RecursiveMode::NonRecursive);
            watched.map_err(|error| format!("`{}`: {error}", folder.display()))?;
        }
        Ok(())
    }
}

/// The number of files that are watched.
pub(super) fn count(read: &[Sources]) -> usize {
    let paths: BTreeSet<&Path> = read.iter().flat_map(Sources::watched).collect();
    paths.len()
}

/// The directory of a file and, if it is a link, of what that leads to. Of a directory that doesn't exist, the one where it may come to be.
fn folders(path: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let actual = path.canonicalize().ok();
    let paths = [Some(path.to_path_buf()), actual].into_iter().flatten();
    paths.filter_map(|path| {
        let folders = path.ancestors().skip(1).map(|folder| {
            let is_here = folder.as_os_str().is_empty();
            if is_here { Path::new(".") } else { folder }
        });
        folders
            .map(Path::to_path_buf)
            .find(|folder| folder.is_dir())
    })
}

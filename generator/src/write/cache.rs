//! What runs said, kept for as long as every file that they read or looked at is as it was.
//!
//! In: a key for everything but files, a text, and the paths of the files. Out: the text, or nothing if anything differs. A file that has the
//! size and the time of modification it had isn't read; any other is compared by its digest. Everything here may be deleted at any time.

use crate::digest::digest;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A directory of kept texts.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

/// A kept text.
#[derive(Serialize, Deserialize)]
struct Entry {
    key: String,
    text: String,
    files: Vec<State>,
    /// When it was kept, in nanoseconds since 1970.
    kept: u128,
}

/// A file as it was.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct State {
    path: PathBuf,
    /// `None` if there was no such file.
    content: Option<Content>,
}

#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Content {
    length: u64,
    /// The time of modification, in nanoseconds since 1970.
    modified: u128,
    digest: String,
}

/// A file that was modified so shortly before its entry was kept may have been modified again at what its file system takes for the same
/// time.
const UNSURE: Duration = Duration::from_secs(2);

/// The most that is read of an entry. Larger ones aren't kept.
const LARGEST: u64 = 16 << 20;

impl Cache {
    /// The cache in a directory, which is created when something is kept.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The text that was kept last under a name, if that was for this key and nothing has changed.
    #[must_use]
    pub fn find(&self, name: &str, key: &str) -> Option<String> {
        let path = self.path(name);
        measure(&path).filter(|(length, _)| *length <= LARGEST)?;
        let entry: Entry = serde_json::from_slice(&fs::read(&path).ok()?).ok()?;
        let kept = entry.kept;
        let is_same = |state: &State| state.is_same(kept);
        (entry.key == key && entry.files.par_iter().all(is_same)).then_some(entry.text)
    }

    /// Keeps a text, in the place of what had this name. `files` are those that it depends on, each with the digest of what was read; `None`
    /// if it didn't exist. Keeps nothing if any has changed since, or if it can't: that is no error.
    pub fn keep(&self, name: &str, key: &str, text: String, files: Vec<(PathBuf, Option<String>)>) {
        let kept = nanoseconds(SystemTime::now());
        let states = files.into_par_iter().map(|(path, read)| {
            let state = State::of(path);
            let found = state.content.as_ref().map(|content| &content.digest);
            (found == read.as_ref()).then_some(state)
        });
        let Some(files) = states.collect() else {
            return;
        };
        let key = key.to_owned();
        let entry = Entry {
            key,
            text,
            files,
            kept,
        };
        let Ok(bytes) = serde_json::to_vec(&entry) else {
            return;
        };
        let path = self.path(name);
        let aside = path.with_extension(std::process::id().to_string());
        let written = fs::create_dir_all(&self.folder).and_then(|()| fs::write(&aside, bytes));
        if written.and_then(|()| fs::rename(&aside, &path)).is_err() {
            let _ = fs::remove_file(&aside);
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        let name = digest(name.as_bytes());
        self.folder.join(name).with_extension("json")
    }
}

impl State {
    fn of(path: PathBuf) -> Self {
        let content = Content::of(&path);
        Self { path, content }
    }

    /// Whether the file is still like this, as far as an entry of that time can tell.
    fn is_same(&self, kept: u128) -> bool {
        let Some(content) = &self.content else {
            return !self.path.exists();
        };
        let Some((length, modified)) = measure(&self.path) else {
            return false;
        };
        let is_sure = content.modified + UNSURE.as_nanos() < kept;
        if length == content.length && modified == content.modified && is_sure {
            return true;
        }
        Content::of(&self.path).is_some_and(|found| found.digest == content.digest)
    }
}

impl Content {
    fn of(path: &Path) -> Option<Self> {
        // Before it is read, so that a change meanwhile is noticed.
        let (length, modified) = measure(path)?;
        let digest = digest(&fs::read(path).ok()?);
        Some(Self {
            length,
            modified,
            digest,
        })
    }
}

/// Size and time of modification of a regular file.
fn measure(path: &Path) -> Option<(u64, u128)> {
    let found = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some((found.len(), nanoseconds(found.modified().ok()?)))
}

fn nanoseconds(time: SystemTime) -> u128 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos())
}

/// What tells this program from another build of it: its version, and size and time of its file.
#[must_use]
pub fn program() -> Option<String> {
    let (length, modified) = measure(&std::env::current_exe().ok()?)?;
    Some(format!("{} {length} {modified}", env!("CARGO_PKG_VERSION")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_until_a_file_changes() {
        let folder = std::env::temp_dir().join(format!("specwright-cache-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let cache = Cache::new(folder.join("kept"));
        let paths = ["a", "b", "none"].map(|name| folder.join(name));
        let [a, b, none] = &paths;
        let keep = || {
            fs::write(a, "1").unwrap();
            fs::write(b, "2").unwrap();
            let files = [(a, Some("1")), (b, Some("2")), (none, None)];
            let files =
                files.map(|(path, text)| (path.clone(), text.map(|text| digest(text.as_bytes()))));
            cache.keep("name", "key", "text".to_owned(), files.to_vec());
        };
        let find = |key| cache.find("name", key);
        assert_eq!(find("key"), None);
        keep();
        assert_eq!(find("key").as_deref(), Some("text"));
        assert_eq!((find("other"), cache.find("other", "key")), (None, None));
        // Of the same size, within the resolution of times.
        fs::write(b, "3").unwrap();
        assert_eq!(find("key"), None);
        fs::write(b, "2").unwrap();
        assert_eq!(find("key").as_deref(), Some("text"));
        fs::write(none, "").unwrap();
        assert_eq!(find("key"), None);
        fs::remove_file(none).unwrap();
        fs::remove_file(a).unwrap();
        assert_eq!(find("key"), None);
        // Changed since it was read.
        let read = vec![(b.clone(), Some(digest(b"1")))];
        cache.keep("name", "new", "text".to_owned(), read);
        assert_eq!(find("new"), None);
        keep();
        let [entry] = &fs::read_dir(folder.join("kept"))
            .unwrap()
            .collect::<Vec<_>>()[..]
        else {
            panic!("one entry, and nothing aside")
        };
        fs::write(entry.as_ref().unwrap().path(), "{").unwrap();
        assert_eq!(find("key"), None);
        fs::remove_dir_all(&folder).unwrap();
    }

    /// What is older than that isn't read, so that it costs nothing.
    #[test]
    fn old_files_are_told_by_size_and_time() {
        let path = std::env::temp_dir().join(format!("specwright-old-{}", std::process::id()));
        fs::write(&path, "1").unwrap();
        let mut state = State::of(path.clone());
        let content = state.content.as_mut().unwrap();
        "not read".clone_into(&mut content.digest);
        let later = content.modified + 2 * UNSURE.as_nanos();
        assert!(state.is_same(later));
        assert!(!state.is_same(state.content.as_ref().unwrap().modified));
        fs::remove_file(&path).unwrap();
    }
}

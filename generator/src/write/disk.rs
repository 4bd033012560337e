//! The few things done to the disk: look at a file, and change several at once or none.

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What stands at a path.
pub(super) enum Found {
    Nothing,
    File(Vec<u8>),
    /// Something that isn't a plain file, or that isn't a plain folder on the way there.
    Other(PathBuf),
}

/// Looks at `name` below `out` without following any symbolic link below `out`.
pub(super) fn look(out: &Path, name: &str) -> io::Result<Found> {
    let mut path = out.to_path_buf();
    let mut parts = name.split('/').peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        let kind = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata.file_type(),
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Ok(Found::Nothing);
            }
            Err(error) => return Err(error),
        };
        let last = parts.peek().is_none();
        if !(if last { kind.is_file() } else { kind.is_dir() }) {
            return Ok(Found::Other(path));
        }
    }
    Ok(Found::File(fs::read(&path)?))
}

/// An error and the path it is about.
pub(super) type Failure = (PathBuf, io::Error);

/// Changes that take place together. Whatever fails, everything is put back as it was; that happens on drop too.
pub(super) struct Batch {
    /// The output folder, which stays even when it becomes empty.
    out: PathBuf,
    /// Written beside their destination, not yet in place.
    staged: Vec<Staged>,
    /// What undoes the changes so far, in the order they were made.
    undo: Vec<Undo>,
}

struct Staged {
    temporary: PathBuf,
    path: PathBuf,
}

enum Undo {
    RemoveFolder(PathBuf),
    RemoveFile(PathBuf),
    Restore(PathBuf, Vec<u8>),
}

impl Batch {
    pub(super) fn new(out: &Path) -> Result<Self, Failure> {
        let mut batch = Self {
            out: out.to_path_buf(),
            staged: Vec::new(),
            undo: Vec::new(),
        };
        batch.create_folder(out)?;
        Ok(batch)
    }

    /// Writes a text into a new file beside `path`, under a name that nobody can foresee.
    pub(super) fn stage(&mut self, path: &Path, text: &str) -> Result<(), Failure> {
        let folder = path.parent().unwrap_or(Path::new(""));
        self.create_folder(folder)?;
        let temporary = folder.join(format!(
            ".specwright-{:016x}.tmp",
            RandomState::new().hash_one(path)
        ));
        let mut file = create(&temporary).map_err(|error| (path.to_path_buf(), error))?;
        self.staged.push(Staged {
            temporary,
            path: path.to_path_buf(),
        });
        file.write_all(text.as_bytes())
            .map_err(|error| (path.to_path_buf(), error))
    }

    /// Puts everything staged into place, and deletes the files to remove (given with their content).
    pub(super) fn commit(mut self, removals: &[(PathBuf, Vec<u8>)]) -> Result<(), Failure> {
        for Staged { temporary, path } in &self.staged {
            let old = fs::read(path).ok();
            fs::rename(temporary, path).map_err(|error| (path.clone(), error))?;
            self.undo.push(old.map_or_else(
                || Undo::RemoveFile(path.clone()),
                |old| Undo::Restore(path.clone(), old),
            ));
        }
        for (path, content) in removals {
            fs::remove_file(path).map_err(|error| (path.clone(), error))?;
            self.undo.push(Undo::Restore(path.clone(), content.clone()));
        }
        self.staged.clear();
        self.undo.clear();
        for (path, _) in removals {
            remove_empty_folders(&self.out, path);
        }
        Ok(())
    }

    /// Creates a folder and those it stands in, as far as they are missing.
    fn create_folder(&mut self, folder: &Path) -> Result<(), Failure> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        self.create_folder(folder.parent().unwrap_or(Path::new("")))?;
        fs::create_dir(folder).map_err(|error| (folder.to_path_buf(), error))?;
        self.undo.push(Undo::RemoveFolder(folder.to_path_buf()));
        Ok(())
    }
}

impl Drop for Batch {
    /// Undoes what wasn't committed. Nothing more can be done where even that fails.
    fn drop(&mut self) {
        for staged in &self.staged {
            let _ = fs::remove_file(&staged.temporary);
        }
        for step in self.undo.drain(..).rev() {
            let _ = match step {
                Undo::RemoveFolder(path) => fs::remove_dir(path),
                Undo::RemoveFile(path) => fs::remove_file(path),
                Undo::Restore(path, content) => fs::remove_file(&path)
                    .or_else(|error| {
                        if error.kind() == ErrorKind::NotFound {
                            Ok(())
                        } else {
                            Err(error)
                        }
                    })
                    .and_then(|()| create(&path))
                    .and_then(|mut file| file.write_all(&content)),
            };
        }
    }
}

/// A new file; fails if anything is there, a symbolic link included.
fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Removes the folders that a deleted file leaves empty, up to the output folder.
fn remove_empty_folders(out: &Path, file: &Path) {
    let folders = file
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != out && folder.starts_with(out));
    for folder in folders {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

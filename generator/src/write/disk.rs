//! The few things done to the disk: look at a file, and change several at once or none.

use std::fs::{self, File, OpenOptions};
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

/// The folder, below the output folder, in which files are written before they take their places. One that a killed run left behind is
/// removed by the next.
pub(super) const STAGING: &str = ".specwright.tmp";

/// Changes that take place together. Whatever fails, everything is put back as it was; that happens on drop too.
pub(super) struct Batch {
    /// The output folder, which stays even when it becomes empty.
    out: PathBuf,
    /// Where what is staged goes, each file named by its number; these are not yet in place.
    staged: Vec<PathBuf>,
    /// What undoes the changes so far, in the order they were made.
    undo: Vec<Undo>,
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
        let staging = out.join(STAGING);
        let emptied = remove_staging(&staging).and_then(|()| fs::create_dir(&staging));
        emptied.map_err(|error| (staging, error))?;
        Ok(batch)
    }

    /// Writes a text that will go to `path`.
    pub(super) fn stage(&mut self, path: &Path, text: &str) -> Result<(), Failure> {
        let number = self.staged.len();
        let written =
            create(&self.number(number)).and_then(|mut file| file.write_all(text.as_bytes()));
        self.staged.push(path.to_path_buf());
        written.map_err(|error| (path.to_path_buf(), error))
    }

    /// Puts everything staged into place, and deletes the files to remove (given with their content).
    pub(super) fn commit(mut self, removals: &[(PathBuf, Vec<u8>)]) -> Result<(), Failure> {
        let staged = std::mem::take(&mut self.staged);
        for (number, path) in staged.iter().enumerate() {
            self.create_folder(path.parent().unwrap_or(Path::new("")))?;
            let old = fs::read(path).ok();
            fs::rename(self.number(number), path).map_err(|error| (path.clone(), error))?;
            self.undo.push(old.map_or_else(
                || Undo::RemoveFile(path.clone()),
                |old| Undo::Restore(path.clone(), old),
            ));
        }
        for (path, content) in removals {
            fs::remove_file(path).map_err(|error| (path.clone(), error))?;
            self.undo.push(Undo::Restore(path.clone(), content.clone()));
        }
        self.undo.clear();
        for (path, _) in removals {
            remove_empty_folders(&self.out, path);
        }
        Ok(())
    }

    fn number(&self, number: usize) -> PathBuf {
        self.out.join(STAGING).join(number.to_string())
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
        let _ = remove_staging(&self.out.join(STAGING));
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

/// Removes the folder of staged files, if it is there. What isn't a folder of its own stays: it may lead elsewhere.
fn remove_staging(staging: &Path) -> io::Result<()> {
    match fs::symlink_metadata(staging) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(staging),
        Ok(_) => Err(io::Error::other("it is no folder")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
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

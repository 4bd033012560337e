//! Disk operations: inspect a path, and change several files at once or none.
//!
//! A run may be killed at any moment. So a manifest of the old and the new files is written before the first file is replaced, and the
//! final manifest after the last one. A run that finds the former knows every file that a killed run may have written.

use super::manifest::MANIFEST;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The state of a path.
pub(super) enum Found {
    Nothing,
    File(Vec<u8>),
    /// A directory where a file should be.
    Folder(PathBuf),
    /// Not a regular file, or an ancestor that isn't a regular directory.
    Other(PathBuf),
}

/// Inspects `name` below `out` without following symbolic links below `out`.
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
        if last && kind.is_dir() {
            return Ok(Found::Folder(path));
        }
        if !(if last { kind.is_file() } else { kind.is_dir() }) {
            return Ok(Found::Other(path));
        }
    }
    Ok(Found::File(fs::read(&path)?))
}

/// An error and the path that it is about.
pub(super) type Failure = (PathBuf, io::Error);

/// The directory, below the output directory, in which files are written before they are moved into place. A leftover of a killed run is
/// removed by the next run.
pub(super) const STAGING: &str = ".specwright.tmp";
/// The file in it with the id of the process that uses it.
const HOLDER: &str = "holder";

/// The id of the process that writes into a directory, if recorded.
pub(super) fn holder(out: &Path) -> Option<u32> {
    let text = fs::read_to_string(out.join(STAGING).join(HOLDER)).ok()?;
    text.trim().parse().ok()
}

/// Removes what a killed run left behind; returns whether the path is free now. Anything that may belong to somebody else stays: a
/// directory with other files, or a symbolic link.
pub(super) fn remove_staging(out: &Path) -> io::Result<bool> {
    let staging = out.join(STAGING);
    match fs::symlink_metadata(&staging) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(true);
        }
        Err(error) => return Err(error),
        Ok(found) if !found.is_dir() => return Ok(false),
        Ok(_) => {}
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(&staging)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        let ours = name == HOLDER.as_bytes() || name.iter().all(u8::is_ascii_digit);
        if !(ours && entry.file_type()?.is_file()) {
            return Ok(false);
        }
        files.push(entry.path());
    }
    files.iter().try_for_each(|file| remove_file(file))?;
    remove_dir(&staging)?;
    Ok(true)
}

/// The changes of a batch in addition to its staged files.
pub(super) struct Changes {
    /// Files to delete, with their content.
    pub(super) removals: Vec<(PathBuf, Vec<u8>)>,
    /// Files that aren't generated and don't exist, but whose directories a killed run may have left behind.
    pub(super) gone: Vec<PathBuf>,
    /// The manifest that holds while files are moved.
    pub(super) meanwhile: String,
    /// The final manifest.
    pub(super) record: String,
}

/// Changes that are applied together. On failure, and on drop without commit, everything is restored.
pub(super) struct Batch {
    /// The output directory, which exists already and is kept even if it becomes empty.
    out: PathBuf,
    /// Number of files written to the staging directory.
    written: usize,
    /// Targets of the staged files, in the order of their numbers.
    staged: Vec<PathBuf>,
    /// Steps that undo the changes so far, in the order they were made.
    undo: Vec<Undo>,
}

enum Undo {
    RemoveFolder(PathBuf),
    RemoveFile(PathBuf),
    Restore(PathBuf, Vec<u8>),
}

impl Batch {
    /// Creates the staging directory, which must not exist.
    pub(super) fn new(out: &Path) -> Result<Self, Failure> {
        let staging = out.join(STAGING);
        let batch = Self {
            out: out.to_path_buf(),
            written: 0,
            staged: Vec::new(),
            undo: Vec::new(),
        };
        let id = std::process::id().to_string();
        create_dir(&staging)
            .and_then(|()| write(&staging.join(HOLDER), [id.as_bytes()]))
            .map_err(|error| (staging, error))?;
        Ok(batch)
    }

    /// Writes a text, given in pieces, to the staging directory that will be moved to `path`.
    pub(super) fn stage<'t>(
        &mut self,
        path: &Path,
        pieces: impl IntoIterator<Item = &'t [u8]>,
    ) -> Result<(), Failure> {
        let written = self.write_aside(pieces);
        written.map_err(|error| (path.to_path_buf(), error))?;
        self.staged.push(path.to_path_buf());
        Ok(())
    }

    /// Moves all staged files into place, and deletes the files to remove.
    pub(super) fn commit(mut self, changes: &Changes) -> Result<(), Failure> {
        let manifest = self.out.join(MANIFEST);
        let said = |error| (manifest.clone(), error);
        let staged = std::mem::take(&mut self.staged);
        // Everything that needs disk space is written before the first change.
        let meanwhile = self
            .write_aside([changes.meanwhile.as_bytes()])
            .map_err(said)?;
        let record = self
            .write_aside([changes.record.as_bytes()])
            .map_err(said)?;
        self.flush_staged()
            .map_err(|error| (self.out.join(STAGING), error))?;
        if !(staged.is_empty() && changes.removals.is_empty()) {
            self.place(&meanwhile, &manifest)?;
            flush_folder(&self.out);
        }
        for (number, path) in staged.iter().enumerate() {
            self.create_folder(path.parent().unwrap_or(Path::new("")))?;
            self.place(&self.number(number), path)?;
        }
        for (path, content) in &changes.removals {
            remove_file(path).map_err(|error| (path.clone(), error))?;
            self.undo.push(Undo::Restore(path.clone(), content.clone()));
        }
        let removed = changes.removals.iter().map(|(path, _)| path);
        for path in removed.clone().chain(&changes.gone) {
            remove_empty_folders(&self.out, path);
        }
        let folders = staged
            .iter()
            .chain(removed)
            .filter_map(|path| path.parent());
        folders
            .collect::<BTreeSet<_>>()
            .into_iter()
            .for_each(flush_folder);
        self.place(&record, &manifest)?;
        flush_folder(&self.out);
        self.undo.clear();
        Ok(())
    }

    /// Moves a staged file to its target.
    fn place(&mut self, aside: &Path, path: &Path) -> Result<(), Failure> {
        let old = fs::read(path).ok();
        rename(aside, path).map_err(|error| (path.to_path_buf(), error))?;
        self.undo.push(old.map_or_else(
            || Undo::RemoveFile(path.to_path_buf()),
            |old| Undo::Restore(path.to_path_buf(), old),
        ));
        Ok(())
    }

    fn write_aside<'t>(
        &mut self,
        pieces: impl IntoIterator<Item = &'t [u8]>,
    ) -> io::Result<PathBuf> {
        let path = self.number(self.written);
        self.written += 1;
        write(&path, pieces)?;
        Ok(path)
    }

    fn number(&self, number: usize) -> PathBuf {
        self.out.join(STAGING).join(number.to_string())
    }

    /// Syncs the staged files, so that no name becomes visible before its content is on disk. In parallel, as disks batch syncs.
    fn flush_staged(&self) -> io::Result<()> {
        let files = (0..self.written).into_par_iter();
        files.try_for_each(|number| {
            let file = OpenOptions::new().write(true).open(self.number(number))?;
            file.sync_all()
        })
    }

    /// Creates a directory and its missing ancestors.
    fn create_folder(&mut self, folder: &Path) -> Result<(), Failure> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        self.create_folder(folder.parent().unwrap_or(Path::new("")))?;
        create_dir(folder).map_err(|error| (folder.to_path_buf(), error))?;
        self.undo.push(Undo::RemoveFolder(folder.to_path_buf()));
        Ok(())
    }

    /// Restores an old content atomically.
    fn restore(&mut self, path: &Path, content: &[u8]) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let aside = self.write_aside([content])?;
        rename(&aside, path)
    }
}

impl Drop for Batch {
    /// Undoes what wasn't committed. If even that fails, the manifest of old and new files stays: it was written first, so it is restored
    /// last.
    fn drop(&mut self) {
        let steps = std::mem::take(&mut self.undo);
        let _ = steps.into_iter().rev().try_for_each(|step| match step {
            Undo::RemoveFolder(path) => {
                let _ = remove_dir(&path); // somebody may have put something into it
                Ok(())
            }
            Undo::RemoveFile(path) => remove_file(&path),
            Undo::Restore(path, content) => self.restore(&path, &content),
        });
        let _ = remove_staging(&self.out);
    }
}

/// Syncs the entries of a directory. Some systems can't open directories, and keep their entries in order anyway.
fn flush_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// Removes the directories that a deleted file leaves empty, up to the output directory.
fn remove_empty_folders(out: &Path, file: &Path) {
    let folders = file
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != out && folder.starts_with(out));
    for folder in folders {
        // `remove_dir` fails for a symbolic link, which therefore stays.
        if remove_dir(folder).is_err_and(|error| error.kind() != ErrorKind::NotFound) {
            return;
        }
    }
}

/// Writes a new file, given in pieces; fails if the path exists, even as a symbolic link.
fn write<'t>(path: &Path, pieces: impl IntoIterator<Item = &'t [u8]>) -> io::Result<()> {
    step();
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let mut pieces = pieces.into_iter();
    pieces.try_for_each(|piece| file.write_all(piece))
}

fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step();
    fs::rename(from, to)
}

fn remove_file(path: &Path) -> io::Result<()> {
    step();
    fs::remove_file(path)
}

fn create_dir(path: &Path) -> io::Result<()> {
    step();
    fs::create_dir(path)
}

fn remove_dir(path: &Path) -> io::Result<()> {
    step();
    fs::remove_dir(path)
}

/// Called before each change of the disk; tests kill the process here.
#[cfg(not(test))]
fn step() {}
#[cfg(test)]
pub(super) use super::tests::killed::step;

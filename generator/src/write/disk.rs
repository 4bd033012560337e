//! The few things done to the disk: look at a file, and change several at once or none.
//!
//! A run may end at any moment. What it leaves behind then is told by the record: before the first file takes its place a record is
//! written that lists what was there before and what is coming, after the last one the record of what is there. So that a run that
//! finds the first knows every file that may be its predecessor's, whatever it was about to write itself.

use super::manifest::MANIFEST;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What stands at a path.
pub(super) enum Found {
    Nothing,
    File(Vec<u8>),
    /// A folder where a file should be.
    Folder(PathBuf),
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
        if last && kind.is_dir() {
            return Ok(Found::Folder(path));
        }
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
/// The file in it that says which process works there.
const HOLDER: &str = "holder";

/// The process that writes into a folder, if it says so.
pub(super) fn holder(out: &Path) -> Option<u32> {
    let text = fs::read_to_string(out.join(STAGING).join(HOLDER)).ok()?;
    text.trim().parse().ok()
}

/// Removes what a killed run left behind; whether nothing is there then. What may be somebody else's stays: a folder that holds
/// anything but files of ours, or what is no folder of its own, as it may lead elsewhere.
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

/// What a batch changes beside the files that are staged.
pub(super) struct Changes {
    /// Files to delete, with their content.
    pub(super) removals: Vec<(PathBuf, Vec<u8>)>,
    /// Files that aren't wanted and aren't there: a run that was killed may have left the folders they would stand in.
    pub(super) gone: Vec<PathBuf>,
    /// The record of what may be there while files take their places.
    pub(super) meanwhile: String,
    /// The record of what is there then.
    pub(super) record: String,
}

/// Changes that take place together. Whatever fails, everything is put back as it was; that happens on drop too.
pub(super) struct Batch {
    /// The output folder, which is there already and stays even when it becomes empty.
    out: PathBuf,
    /// How many files were written aside.
    written: usize,
    /// Where what is staged goes, in the order of its numbers; these are not yet in place.
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
    /// Makes the folder for what is staged, which mustn't be there.
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
            .and_then(|()| write(&staging.join(HOLDER), id.as_bytes()))
            .map_err(|error| (staging, error))?;
        Ok(batch)
    }

    /// Writes a text that will go to `path`.
    pub(super) fn stage(&mut self, path: &Path, text: &str) -> Result<(), Failure> {
        let written = self.write_aside(text.as_bytes());
        written.map_err(|error| (path.to_path_buf(), error))?;
        self.staged.push(path.to_path_buf());
        Ok(())
    }

    /// Puts everything staged into place, and deletes the files to remove.
    pub(super) fn commit(mut self, changes: &Changes) -> Result<(), Failure> {
        let manifest = self.out.join(MANIFEST);
        let said = |error| (manifest.clone(), error);
        let staged = std::mem::take(&mut self.staged);
        // Whatever needs room on the disk is written before anything is changed.
        let meanwhile = self
            .write_aside(changes.meanwhile.as_bytes())
            .map_err(said)?;
        let record = self.write_aside(changes.record.as_bytes()).map_err(said)?;
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

    /// Moves a file that was written aside to its place.
    fn place(&mut self, aside: &Path, path: &Path) -> Result<(), Failure> {
        let old = fs::read(path).ok();
        rename(aside, path).map_err(|error| (path.to_path_buf(), error))?;
        self.undo.push(old.map_or_else(
            || Undo::RemoveFile(path.to_path_buf()),
            |old| Undo::Restore(path.to_path_buf(), old),
        ));
        Ok(())
    }

    fn write_aside(&mut self, content: &[u8]) -> io::Result<PathBuf> {
        let path = self.number(self.written);
        self.written += 1;
        write(&path, content)?;
        Ok(path)
    }

    fn number(&self, number: usize) -> PathBuf {
        self.out.join(STAGING).join(number.to_string())
    }

    /// Waits until the disk has what was written aside: a name must not get there before what it stands for. Many at once, as disks
    /// take them together.
    fn flush_staged(&self) -> io::Result<()> {
        let files = (0..self.written).into_par_iter();
        files.try_for_each(|number| {
            let file = OpenOptions::new().write(true).open(self.number(number))?;
            file.sync_all()
        })
    }

    /// Creates a folder and those it stands in, as far as they are missing.
    fn create_folder(&mut self, folder: &Path) -> Result<(), Failure> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        self.create_folder(folder.parent().unwrap_or(Path::new("")))?;
        create_dir(folder).map_err(|error| (folder.to_path_buf(), error))?;
        self.undo.push(Undo::RemoveFolder(folder.to_path_buf()));
        Ok(())
    }

    /// Puts an old content back, in one step.
    fn restore(&mut self, path: &Path, content: &[u8]) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let aside = self.write_aside(content)?;
        rename(&aside, path)
    }
}

impl Drop for Batch {
    /// Undoes what wasn't committed. Where even that fails, the record stays that lists what is there before and after: it was
    /// changed first, so it is put back last.
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

/// Waits until the disk has the names in a folder. Some systems don't open folders, and keep names in order by themselves.
fn flush_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// Removes the folders that a deleted file leaves empty, up to the output folder.
fn remove_empty_folders(out: &Path, file: &Path) {
    let folders = file
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != out && folder.starts_with(out));
    for folder in folders {
        // A link isn't removed: it is no folder.
        if remove_dir(folder).is_err_and(|error| error.kind() != ErrorKind::NotFound) {
            return;
        }
    }
}

/// Writes a new file; fails if anything is there, a symbolic link included.
fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    step();
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(content)
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

/// Every change of the disk calls it first.
#[cfg(not(test))]
fn step() {}
#[cfg(test)]
pub(super) use super::tests::killed::step;

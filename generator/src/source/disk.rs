//! Reads regular files.
//!
//! Nothing else is read: a device may never end, and a pipe waits for a writer.

use std::fmt;
use std::fs::{File, FileType};
use std::io::{self, Read};
use std::path::Path;

/// Why a file wasn't read.
#[derive(Debug)]
pub(crate) enum Unread {
    Folder,
    /// The kind of special file: neither a regular file nor a directory.
    Special(&'static str),
    Failed(io::Error),
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder => f.write_str("it is a directory"),
            Self::Special(what) => write!(f, "it is {what}, not a file"),
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// Reads a file, following symbolic links.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Unread> {
    // Checked before opening, as opening a pipe blocks, and again afterwards, as the path may have been replaced in between.
    plain(std::fs::metadata(path)?.file_type())?;
    let mut file = File::open(path)?;
    plain(file.metadata()?.file_type())?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn plain(found: FileType) -> Result<(), Unread> {
    if found.is_file() {
        Ok(())
    } else if found.is_dir() {
        Err(Unread::Folder)
    } else {
        Err(Unread::Special(special(found)))
    }
}

#[cfg(unix)]
fn special(found: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if found.is_fifo() {
        "a pipe"
    } else if found.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> &'static str {
    "a device"
}

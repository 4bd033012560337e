//! One file, for a command that writes no more.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file as a whole: whoever reads it sees the old text or the new one, whatever happens meanwhile. Only a file that isn't
/// a regular one, such as `/dev/stdout`, is written to directly.
///
/// # Errors
///
/// What the disk says; the old file is untouched then.
pub fn single(path: &Path, text: &str) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return fs::write(path, text);
    }
    // A link stays one: what it leads to gets the text.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut aside = OsString::from(".");
    aside.push(path.file_name().unwrap_or_default());
    aside.push(format!(".{}", std::process::id()));
    let aside = path.with_file_name(aside);
    let written = write(&aside, text).and_then(|()| fs::rename(&aside, &path));
    if written.is_err() {
        // There may be nothing to remove, and the first error is the one to tell.
        let _ = fs::remove_file(&aside);
    }
    written
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

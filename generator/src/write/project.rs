//! Adds files to a directory that is somebody's.

use super::{Problem, RelPath};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Creates the files that aren't there, and never changes what is. Returns the paths of those that were created.
///
/// # Errors
/// If the disk fails; the files before it stay.
pub fn add(folder: &Path, files: &[(RelPath, String)]) -> Result<Vec<RelPath>, Problem> {
    let mut added = Vec::new();
    for (path, text) in files {
        match create(&path.below(folder), text) {
            Ok(()) => added.push(path.clone()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => {
                return Err(Problem::Unwritable {
                    path: path.below(folder),
                    reason: error.to_string(),
                });
            }
        }
    }
    Ok(added)
}

/// Creates a file; fails if there is anything in its place, be it a link that leads nowhere.
fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        // A file in the place of a directory is no file that is there already.
        fs::create_dir_all(folder).map_err(|error| io::Error::other(error.to_string()))?;
    }
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())
}

/// The text of a file, if there is one.
#[must_use]
pub fn text_of(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_stays_as_it_is() {
        let folder = std::env::temp_dir().join(format!("specwright-add-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a"), "mine").unwrap();
        let file = |path: &str| (RelPath::new(path).unwrap(), "new".to_owned());
        let added = add(&folder, &[file("a"), file("b/c")]).unwrap();
        let added: Vec<&str> = added.iter().map(RelPath::as_str).collect();
        assert_eq!(added, ["b/c"]);
        assert_eq!(text_of(&folder.join("a")).as_deref(), Some("mine"));
        assert_eq!(text_of(&folder.join("b/c")).as_deref(), Some("new"));
        assert!(matches!(
            add(&folder, &[file("a/d")]),
            Err(Problem::Unwritable { .. })
        ));
        fs::remove_dir_all(&folder).unwrap();
    }
}

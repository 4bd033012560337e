//! Finds descriptions below a directory.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The greatest depth of directories.
const DEEPEST: usize = 16;

/// The most files that are looked at.
const MOST: usize = 20_000;

/// The most files of a single directory.
const NEAR: usize = 256;

/// As much of a file as is looked at: who writes the version, writes it early.
const BEGIN: u64 = 64 << 10;

/// Directories that have no descriptions of their own.
const SKIPPED: [&str; 5] = ["target", "node_modules", "vendor", "dist", "build"];

/// The files below a directory that begin as descriptions do, sorted. Links and hidden directories aren't followed, nor what specwright or
/// other tools have written.
#[must_use]
pub fn descriptions(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut left) = (Vec::new(), MOST);
    walk(folder, DEEPEST, &mut left, &mut found);
    found.sort();
    found
}

/// The files of a directory, not of those below it, that begin as descriptions do, sorted; of many files, only the first are looked at.
#[must_use]
pub fn descriptions_in(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut left) = (Vec::new(), NEAR);
    walk(folder, 0, &mut left, &mut found);
    found
}

fn walk(folder: &Path, depth: usize, left: &mut usize, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut entries: Vec<_> = entries
        .map(|entry| (entry.path(), entry.file_type()))
        .collect();
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (path, kind) in entries {
        let Ok(kind) = kind else { continue };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_skipped = name.starts_with('.') || SKIPPED.contains(&&*name);
        if kind.is_dir() && depth > 0 && !is_skipped && !path.join(".specwright.json").exists() {
            walk(&path, depth - 1, left, found);
        } else if kind.is_file() && is_candidate(&path) {
            if *left == 0 {
                return;
            }
            *left -= 1;
            if begin(&path).is_some_and(|text| is_description(&text)) {
                found.push(path);
            }
        }
    }
}

fn is_candidate(path: &Path) -> bool {
    let end = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    ["yaml", "yml", "json"].contains(&end)
}

fn begin(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(path)
        .ok()?
        .take(BEGIN)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether a text has a version of OpenAPI or Swagger as a key that begins a line, or follows `{` or `,`.
#[must_use]
pub fn is_description(text: &str) -> bool {
    [("openapi", "3."), ("swagger", "2.")]
        .iter()
        .any(|(key, version)| {
            text.match_indices(key).any(|(at, _)| {
                let (before, after) = (&text[..at], &text[at + key.len()..]);
                let bare = before.trim_end_matches(['"', '\'']);
                let is_key = bare.is_empty()
                    || bare.ends_with('\n')
                    || bare.trim_end().ends_with(['{', ',']);
                let after = after.trim_start_matches(['"', '\'']).trim_start();
                let value = after
                    .strip_prefix(':')
                    .map(|value| value.trim_start().trim_start_matches(['"', '\'']));
                is_key && value.is_some_and(|value| value.starts_with(version))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_known_by_their_version() {
        for text in [
            "openapi: 3.0.3\n",
            "# about\n\"openapi\" : '3.1.0'\n",
            "info: {}\nswagger: \"2.0\"\n",
            "{\"info\":{},\"swagger\":\"2.0\"}",
            "{\n  \"openapi\": \"3.0.0\"",
        ] {
            assert!(is_description(text), "{text}");
        }
        for text in [
            "",
            "name: openapi\n",
            "{\"dependencies\": {\"swagger\": \"^2.0\"}}",
            "x-openapi: 3.0\n",
            "  openapi: 3.0.3\n",
        ] {
            assert!(!is_description(text), "{text}");
        }
    }
}

//! Descriptions as they were: `git:REV:PATH`, with the files that they refer to, from the same revision.

use specwright::diag::Diagnostics;
use specwright::source::{FileId, Sources};
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// A file of a revision.
pub(super) struct Revision {
    name: String,
    /// The path from the root of the repository.
    path: String,
    text: String,
}

/// The revision that a path means; `None` if it is the path of a file.
pub(super) fn revision(spec: &Path) -> Option<Result<Revision, String>> {
    let (revision, path) = spec.to_str()?.strip_prefix("git:")?.split_once(':')?;
    Some(find(revision, path))
}

fn find(revision: &str, path: &str) -> Result<Revision, String> {
    if revision.is_empty() || revision.starts_with('-') {
        return Err(format!("`{revision}` is no revision"));
    }
    let here = git(&["rev-parse", "--show-prefix"])?;
    let path = normal(&Path::new(here.trim_end_matches('\n')).join(path))
        .ok_or("the path leads out of the repository")?;
    let text = blob(revision, &path)?;
    Ok(Revision {
        name: revision.to_owned(),
        path,
        text,
    })
}

impl Revision {
    /// What precedes the paths of its files in results.
    pub(super) fn prefix(&self) -> String {
        format!("git:{}:", self.name)
    }

    /// Reads the description. Which files it needs is only known when it was read, so it is read until no more are missing.
    pub(super) fn load(&self, diagnostics: &mut Diagnostics) -> (Sources, Option<FileId>) {
        let mut texts = vec![(self.path.clone(), self.text.clone())];
        let mut asked: BTreeSet<String> = BTreeSet::new();
        loop {
            let given: Vec<(&str, &str)> = texts
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str()))
                .collect();
            let mut said = diagnostics.clone();
            let (mut sources, entry) = Sources::from_texts(&given, &mut said);
            if let Some(entry) = entry {
                specwright::index::fetch(&mut sources, entry, &mut said);
            }
            let wanted = sources.watched().into_iter().filter_map(normal);
            let wanted: Vec<String> = wanted.filter(|path| asked.insert(path.clone())).collect();
            let found = wanted.into_iter().filter(|path| *path != self.path);
            let found =
                found.filter_map(|path| Some((path.clone(), blob(&self.name, &path).ok()?)));
            let before = texts.len();
            let known: BTreeSet<String> = texts.iter().map(|(path, _)| path.clone()).collect();
            texts.extend(found.filter(|(path, _)| !known.contains(path)));
            if texts.len() == before {
                *diagnostics = said;
                return (sources, entry);
            }
        }
    }
}

/// Whether the last commit has a file at this path, which is relative to the working directory.
pub(super) fn has(path: &Path) -> bool {
    let find = |path: &Path| find("HEAD", path.to_str()?).ok();
    path.is_relative() && find(path).is_some()
}

fn blob(revision: &str, path: &str) -> Result<String, String> {
    git(&["cat-file", "blob", &format!("{revision}:{path}")])
}

/// A path without `.` and `..`, with `/` between its parts; `None` if it leads out.
fn normal(path: &Path) -> Option<String> {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => parts = parts.parent()?.to_path_buf(),
            Component::Normal(part) => parts.push(part),
            Component::Prefix(_) | Component::RootDir => return None,
        }
    }
    Some(parts.to_str()?.replace('\\', "/"))
}

/// Runs git; an error is its first line about it.
fn git(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git").args(arguments).output();
    let output = output.map_err(|error| format!("git can't be run: {error}"))?;
    if output.status.success() {
        return String::from_utf8(output.stdout).map_err(|_| "it isn't UTF-8 text".to_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().next().unwrap_or("git failed");
    Err(line.trim_start_matches("fatal: ").to_owned())
}

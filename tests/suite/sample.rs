//! `templates/sample` is up to date with the generator. Its `src/support` consists of links to the original support code.

use crate::check::{Checked, Job, root};
use specwright::CrateKind;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const REFRESH: &str = "INSTA_UPDATE=always cargo test -p specwright-tests --test suite sample::";

#[test]
fn the_sample_is_fresh() {
    let checked = Job::sample().check();
    let mut found = texts(&folder());
    let mut wrong = Vec::new();
    for (path, text) in files(&checked).filter(|(path, _)| !is_support(path)) {
        if found.remove(path).as_deref() != Some(text) {
            wrong.push(format!("{path} is out of date"));
            refresh(path, Some(text));
        }
    }
    for path in found.keys() {
        wrong.push(format!("{path} is nothing that is generated"));
        refresh(path, None);
    }
    assert!(
        wrong.is_empty() || is_refreshing(),
        "{}\n`{REFRESH}` writes the sample anew",
        wrong.join("\n")
    );
}

/// Tests of the sample are tests of what users get: it has exactly the support code that would be copied.
#[test]
fn the_sample_has_the_support_code_that_would_be_copied() {
    let original = root().join("templates/src/support");
    for (path, text) in files(&Job::sample().check()).filter(|(path, _)| is_support(path)) {
        let (package, name) = path.split_once("/src/support/").unwrap();
        let mut folders = [package, "shared", "common"].into_iter();
        let found = folders.find_map(|folder| read(&original.join(folder).join(name)));
        // In generated crates, files of several kinds are in one directory.
        let found = found.map(|found| match name {
            "mod.rs" => without_paths(&found),
            _ => found,
        });
        assert_eq!(found.as_deref(), Some(text), "{path}");
        let link = folder().join(package).join("src/support");
        #[cfg(unix)]
        if is_refreshing() && !link.exists() {
            fs::create_dir_all(link.parent().unwrap()).unwrap();
            let original = Path::new("../../../src/support").join(package);
            std::os::unix::fs::symlink(original, &link).unwrap();
        }
        assert!(link.is_symlink(), "{} has to be a link", link.display());
    }
}

fn folder() -> PathBuf {
    root().join("templates/sample")
}

fn files(checked: &Checked) -> impl Iterator<Item = (&str, &str)> {
    let files = checked.files.as_ref().expect(&checked.messages).iter();
    files.map(|(path, text)| (path.as_str(), text))
}

fn is_support(path: &str) -> bool {
    path.contains("/src/support/")
}

fn without_paths(text: &str) -> String {
    let lines = text.split_inclusive('\n');
    lines.filter(|line| !line.starts_with("#[path")).collect()
}

fn is_refreshing() -> bool {
    std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always")
}

/// Updates or deletes a file of the sample, if that is requested.
fn refresh(path: &str, text: Option<&str>) {
    let path = folder().join(path);
    match text {
        _ if !is_refreshing() => {}
        Some(text) => {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        None => fs::remove_file(path).unwrap(),
    }
}

/// The files of the packages by path, apart from those behind links.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    fn walk(folder: &Path, prefix: &str, texts: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                walk(&entry.path(), &format!("{name}/"), texts);
            } else if kind.is_file() {
                texts.insert(name, read(&entry.path()).unwrap());
            }
        }
    }
    let mut texts = BTreeMap::new();
    for package in CrateKind::ALL.map(CrateKind::name) {
        walk(&folder.join(package), &format!("{package}/"), &mut texts);
    }
    texts
}

fn read(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    Some(text.replace("\r\n", "\n"))
}

//! `generated/` is up to date with `specs/`, file by file, and its manifests are correct.

use crate::check::{Job, root};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

#[test]
fn generated_is_fresh() {
    let mut wrong = Vec::new();
    for (name, job) in Job::repository() {
        let checked = job.check();
        let folder = root().join("generated").join(&name);
        let mut found = texts(&folder);
        found.remove(".specwright.json");
        // What the next run compares with.
        found.remove(".specwright.api.json");
        for (path, text) in checked.files.as_ref().unwrap().iter() {
            match found.remove(path.as_str()) {
                Some(there) if there == text => {}
                Some(_) => wrong.push(format!("{name}/{path} is out of date")),
                None => wrong.push(format!("{name}/{path} is missing")),
            }
        }
        wrong.extend(
            found
                .into_keys()
                .map(|path| format!("{name}/{path} is nothing that is generated")),
        );
    }
    assert!(
        wrong.is_empty(),
        "{}\n`cargo run` writes it anew",
        wrong.join("\n")
    );
}

#[test]
fn manifests_tell_the_hash_of_each_input_and_file() {
    for (name, job) in Job::repository() {
        let folder = root().join("generated").join(&name);
        let manifest = fs::read_to_string(folder.join(".specwright.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        let mut files = texts(&folder);
        files.remove(".specwright.json");
        assert_eq!(
            hashes(&manifest["files"]),
            files
                .iter()
                .map(|(path, text)| (path.clone(), hash(text)))
                .collect(),
            "{name}"
        );
        // The description, and its overlays in the same folder.
        let inputs = job.options.access.overlays.iter().chain([&job.spec]);
        let inputs = inputs.map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, hash(&fs::read_to_string(path).unwrap()))
        });
        assert_eq!(hashes(&manifest["inputs"]), inputs.collect(), "{name}");
    }
}

fn hashes(object: &serde_json::Value) -> BTreeMap<String, String> {
    object
        .as_object()
        .unwrap()
        .iter()
        .map(|(path, hash)| (path.clone(), hash.as_str().unwrap().to_owned()))
        .collect()
}

fn hash(text: &str) -> String {
    Sha256::digest(text)
        .iter()
        .fold(String::new(), |mut out, byte| {
            write!(out, "{byte:02x}").unwrap();
            out
        })
}

/// Every file below a directory with its text, by path.
pub(crate) fn texts(folder: &Path) -> BTreeMap<String, String> {
    fn walk(folder: &Path, prefix: &str, texts: &mut BTreeMap<String, String>) {
        for entry in
            fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                // Left by cargo if a package was compiled in place.
                if entry.file_name() != "target" {
                    walk(&entry.path(), &format!("{name}/"), texts);
                }
            } else if entry.file_name() != "Cargo.lock" {
                texts.insert(
                    name,
                    fs::read_to_string(entry.path())
                        .unwrap()
                        .replace("\r\n", "\n"),
                );
            }
        }
    }
    let mut texts = BTreeMap::new();
    walk(folder, "", &mut texts);
    texts
}

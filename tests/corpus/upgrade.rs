//! Whether the same crates come of a document when it is written as OpenAPI 3.1 and read again.

use crate::documents::Document;
use crate::outcome::{crates, upgraded};
use std::fs;
use std::path::Path;

/// Documents whose crates are others, and why.
const DIFFERENT: &[(&str, &str)] = &[
    (
        "openapi31/codat.io__accounting.json",
        "definitions within a schema, which get other names",
    ),
    (
        "openapi31/codat.io__sync-for-commerce.json",
        "a parameter without a description of its own gets that of its schema",
    ),
    (
        "swagger2/go-swagger__bugs__909__fixture-909-3.yaml",
        "lists in headers with other separators than commas",
    ),
    (
        "swagger2/go-swagger__expansion__clickmeter.yaml",
        "names with `[` and `]`, which components can't have",
    ),
    ("large/github.com__api.github.com.json", NULLABLE),
    ("openapi3/notion.com.json", NULLABLE),
    ("openapi3/superset.apache.local__superset.json", NULLABLE),
    (
        "swagger2/go-swagger__bugs__3141__fixture-3141.yaml",
        NULLABLE,
    ),
    (
        "large/openai.yaml",
        "parts of `allOf` that say nothing but `nullable`",
    ),
];

const NULLABLE: &str = "`nullable` of what takes anything, which takes null in 3.1";

/// Bytes of the biggest document that is tried in every run.
const EVERYDAY: u64 = 150_000;

/// Writes each document in another version, and compares what comes of both.
pub(crate) fn check(documents: &[Document]) {
    let all = std::env::var_os("SPECWRIGHT_CORPUS").is_some_and(|value| value == "all");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("upgraded");
    fs::create_dir_all(&folder).unwrap();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for document in documents.iter().filter(|one| all || one.bytes() < EVERYDAY) {
        let Some(before) = crates(&document.path, &document.path) else {
            continue; // It is broken.
        };
        let written = folder.join("openapi.yaml");
        fs::write(&written, upgraded(&document.path)).unwrap();
        let after = crates(&written, &document.path);
        compared += 1;
        let differs = after.as_ref() != Some(&before);
        if differs != DIFFERENT.iter().any(|(name, _)| *name == document.name) {
            wrong.push(document.name.clone());
        }
    }
    assert!(compared > 50, "only {compared} documents were compared");
    assert!(
        wrong.is_empty(),
        "other crates, or the same against expectation: {wrong:#?}"
    );
}

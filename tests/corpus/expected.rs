//! `expected.toml`: documents that contradict themselves beyond repair, with the code and the place of every error.
//!
//! Unsupported features aren't errors of a document: they are counted in `TOTALS.md` and not listed here.

use crate::documents::Document;
use crate::outcome::Outcome;
use crate::totals::wants_update;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The code of unsupported features.
const UNSUPPORTED: &str = "SW0301";

const HEAD: &str = "# Documents of ../shared/corpus that can't be written, and why: the code of each error and its place (a JSON pointer, or line:column).\n\
                    # Exact both ways. What only isn't supported is counted in TOTALS.md.\n";

type Errors = BTreeMap<String, Vec<String>>;

/// Compares the file with the actual errors, or writes it.
pub(crate) fn check(corpus: &[(Document, Outcome)]) {
    let found = found(corpus);
    let path = path();
    if wants_update() {
        fs::write(
            &path,
            format!("{HEAD}\n{}", toml::to_string_pretty(&found).unwrap()),
        )
        .unwrap();
        return;
    }
    let known: Errors = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    for (document, errors) in &found {
        let expected = known.get(document).map_or(&[][..], Vec::as_slice);
        assert_eq!(
            errors, expected,
            "{document} fails otherwise than it should"
        );
    }
    for document in known.keys() {
        assert!(found.contains_key(document), "{document} should fail");
    }
}

fn found(corpus: &[(Document, Outcome)]) -> Errors {
    let mut found = Errors::new();
    for (document, outcome) in corpus {
        let broken = outcome
            .errors
            .iter()
            .filter(|(code, _)| code != UNSUPPORTED);
        let broken: Vec<_> = broken
            .map(|(code, place)| format!("{code} {place}"))
            .collect();
        if !broken.is_empty() {
            found.insert(document.name.clone(), broken);
        }
    }
    found
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/expected.toml")
}

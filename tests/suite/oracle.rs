//! Compares with another reader: `openapiv3` has to find the same operations.

use crate::check::{operations, root};
use openapiv3::{OpenAPI, ReferenceOr};
use std::fs;
use std::path::Path;

/// The operations that `openapiv3` finds; `None` if it can't read the document.
fn theirs(spec: &Path) -> Option<Vec<(String, String, Option<String>)>> {
    let text = fs::read_to_string(spec).unwrap();
    let document: OpenAPI = if spec
        .extension()
        .is_some_and(|extension| extension == "json")
    {
        serde_json::from_str(&text).ok()?
    } else {
        serde_yaml::from_str(&text).ok()?
    };
    let mut operations = Vec::new();
    for (path, item) in document.paths.iter() {
        let ReferenceOr::Item(item) = item else {
            return None;
        };
        let found = item.iter().map(|(method, operation)| {
            let id = operation.operation_id.clone().filter(|id| !id.is_empty());
            (method.to_uppercase(), path.clone(), id)
        });
        operations.extend(found);
    }
    operations.sort();
    Some(operations)
}

#[test]
fn mattermost_has_the_same_operations() {
    let spec = root().join("specs/mattermost-oauth/openapi.yaml");
    assert_eq!(Some(operations(&spec)), theirs(&spec));
}

#[test]
fn real_documents_have_the_same_operations() {
    let folder = root().join("../shared/corpus/openapi3");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: there is no {}", folder.display());
        return;
    };
    let mut compared = 0;
    for path in entries.map(|entry| entry.unwrap().path()) {
        if let Some(theirs) = theirs(&path).filter(|_| fs::metadata(&path).unwrap().len() < 500_000)
        {
            assert_eq!(operations(&path), theirs, "{}", path.display());
            compared += 1;
        }
    }
    assert!(compared > 50, "only {compared} documents were compared");
}

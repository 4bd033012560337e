//! Of the entry point as build scripts use it.

use super::cargo::is_about_limit;
use super::*;
use crate::compare::Outcome;
use crate::source::sets_limit;
use std::fs;

const SPEC: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /x:\n    get:\n      operationId: getX\n      responses:\n        '204': {description: gone}\n";

#[test]
fn descriptions_are_compared_by_what_they_say() {
    let folder = std::env::temp_dir().join(format!("specwright-compare-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let paths = ["old.yaml", "new.yaml"].map(|name| folder.join(name));
    fs::write(&paths[0], SPEC).unwrap();
    fs::write(&paths[1], SPEC.replace("/x:", "/y:")).unwrap();
    let [old, new] = &paths;
    let outcomes = |old, new| {
        let rows = super::compare(old, new).unwrap().rows.into_iter();
        rows.map(|row| row.outcome).collect::<Vec<_>>()
    };
    assert_eq!(outcomes(old, old), [Outcome::Same]);
    assert_eq!(outcomes(old, new), [Outcome::OnlyA, Outcome::OnlyB]);
    let failed = super::compare(old, folder.join("none.yaml")).unwrap_err();
    assert!(failed.to_string().starts_with("error[SW0"), "{failed}");
    fs::remove_dir_all(&folder).unwrap();
}

/// Modules can't set it themselves.
#[test]
fn modules_of_deep_types_say_which_limit_their_crate_needs() {
    let folder = std::env::temp_dir().join(format!("specwright-limit-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (spec, out) = (folder.join("deep.yaml"), folder.join("out"));
    let level = |level: usize| {
        format!(
            "    L{level}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/L{}'}}}}}}\n",
            level + 1
        )
    };
    let limits = |levels: usize| {
        let schemas: String = (0..levels).map(level).collect();
        let last = format!("    L{levels}: {{type: object}}\n");
        let spec_text = format!("{SPEC}components:\n  schemas:\n{schemas}{last}");
        fs::write(&spec, spec_text).unwrap();
        let run = Generator::new(&spec).out_dir(&out).modules().write();
        let about = run.diagnostics.iter().filter(|one| is_about_limit(one));
        about.map(|one| one.code.title()).collect::<Vec<_>>()
    };
    let line = "the crate with these modules needs the line `#![recursion_limit = \"256\"]`";
    assert_eq!(limits(40), [line]);
    assert!(limits(3).is_empty());
    let root = folder.join("lib.rs");
    fs::write(&root, "//! Mine.\n#![recursion_limit = \"256\"]\n").unwrap();
    assert!(sets_limit(&root) && !sets_limit(&spec));
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn all_is_written_or_nothing() {
    let folder = std::env::temp_dir().join(format!("specwright-generator-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (spec, out) = (folder.join("pets.yaml"), folder.join("out"));
    let generator = Generator::new(&spec).out_dir(&out);

    fs::write(&spec, SPEC.replace("3.0.3", "9.9")).unwrap();
    let failed = generator.generate().unwrap_err().to_string();
    assert!(
        failed.starts_with("error[SW0102]: version `9.9` isn't supported\n"),
        "{failed}"
    );
    assert!(
        failed.contains("pets.yaml:1:10\n  |\n1 | openapi: 9.9\n  |          ^^^\n"),
        "{failed}"
    );
    assert!(generator.clone().name("../up").generate().is_err());
    assert!(!out.exists());

    fs::write(&spec, SPEC).unwrap();
    assert_eq!(
        generator
            .check()
            .diagnostics
            .iter()
            .next()
            .unwrap()
            .code
            .id(),
        "SW0506"
    );
    let generated = generator.generate().unwrap();
    assert_eq!((generated.name.as_str(), generated.operations), ("pets", 1));
    assert!(!generated.written.is_empty());
    assert!(generator.generate().unwrap().written.is_empty());
    assert_eq!(generator.check().outcome, Some(Vec::new()));
    fs::remove_dir_all(&folder).unwrap();
}

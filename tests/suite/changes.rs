//! What `generate` says of a description that has changed since the last run, and the version that it gives the packages.

use crate::check::scratch;
use crate::command::specwright;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const PETS: &str = "openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters: [{name: tag, in: query, schema: {type: string}}]
      responses:
        '200': {description: Pets, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
";

/// Adds an optional property.
fn with_minor(text: &str) -> String {
    text.replace(
        "name: {type: string}}}",
        "name: {type: string}, age: {type: integer}}}",
    )
}

/// Makes a parameter required.
fn with_break(text: &str) -> String {
    text.replace("in: query, ", "in: query, required: true, ")
}

fn project(name: &str) -> PathBuf {
    let folder = scratch(name);
    fs::write(
        folder.join("specwright.toml"),
        "[apis.pets]\nspec = \"pets.yaml\"\npackage-version = \"auto\"\n",
    )
    .unwrap();
    folder
}

fn write(folder: &Path, text: &str) {
    fs::write(folder.join("pets.yaml"), text).unwrap();
}

/// The version of each package.
fn version(folder: &Path) -> String {
    let versions = ["types", "client", "server"].map(|kind| {
        let manifest = folder.join("generated/pets").join(kind).join("Cargo.toml");
        let manifest: toml::Table = fs::read_to_string(manifest).unwrap().parse().unwrap();
        manifest["package"]["version"].as_str().unwrap().to_owned()
    });
    assert!(
        versions[0] == versions[1] && versions[1] == versions[2],
        "{versions:?}"
    );
    versions[0].clone()
}

#[test]
fn a_version_follows_from_the_last_one_by_what_has_changed() {
    let folder = project("version");
    write(&folder, PETS);
    let first = specwright(&folder, &["generate"]).exit(0);
    assert!(!first.err.contains("changed"), "{}", first.err);
    assert_eq!(version(&folder), "0.1.0");

    write(&folder, &with_minor(PETS));
    let stale = specwright(&folder, &["check"]).exit(1);
    let line = "pets: the description changed: 1 info on the wire; in Rust minor for types and client, \
                minor for the server; version 0.1.1, was 0.1.0\n";
    assert!(stale.err.contains(line), "{}", stale.err);
    let changed = specwright(&folder, &["generate"]).exit(0);
    assert!(changed.err.contains(line), "{}", changed.err);
    assert!(
        changed
            .err
            .contains("  info[optional-property-added]: GET /pets, "),
        "{}",
        changed.err
    );
    assert_eq!(version(&folder), "0.1.1");

    // What was recorded is what there is now.
    for command in ["generate", "check"] {
        let again = specwright(&folder, &[command]).exit(0);
        assert!(!again.err.contains("changed"), "{}", again.err);
    }
    assert_eq!(version(&folder), "0.1.1");

    write(&folder, &with_break(&with_minor(PETS)));
    let broken = specwright(&folder, &["generate", "--message-format", "json"]).exit(0);
    let mut lines = broken
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let object: Value = lines
        .find(|line: &Value| line["reason"] == "changed")
        .unwrap();
    assert_eq!(
        (&object["breaking"], &object["client"], &object["version"]),
        (&1.into(), &"major".into(), &"0.2.0".into()),
        "{object}"
    );
    assert_eq!(version(&folder), "0.2.0");
}

/// A run that fails loses nothing: the next one compares with what was written last.
#[test]
fn a_failing_run_keeps_what_was_recorded() {
    let folder = project("version-failing");
    write(&folder, PETS);
    specwright(&folder, &["generate"]).exit(0);
    write(&folder, &with_break(PETS).replace("3.0.3", "9.9"));
    specwright(&folder, &["generate"]).exit(1);
    let edited = folder.join("generated/pets/types/src/lib.rs");
    let text = fs::read_to_string(&edited).unwrap();
    fs::write(&edited, "// mine\n").unwrap();
    write(&folder, &with_break(PETS));
    let refused = specwright(&folder, &["generate"]).exit(1);
    assert!(refused.err.contains("error[SW0503]"), "{}", refused.err);
    assert!(
        !refused.err.contains("the description changed"),
        "{}",
        refused.err
    );
    fs::write(&edited, text).unwrap();
    let changed = specwright(&folder, &["generate"]).exit(0);
    assert!(changed.err.contains("1 breaking"), "{}", changed.err);
    assert_eq!(version(&folder), "0.2.0");
}

/// Who goes from versions of their own to `auto` goes on from there, and nobody can edit the record unnoticed.
#[test]
fn a_fixed_version_is_where_automatic_ones_begin() {
    let folder = project("version-fixed");
    let configuration = folder.join("specwright.toml");
    let automatic = fs::read_to_string(&configuration).unwrap();
    fs::write(&configuration, automatic.replace("auto", "1.4.2")).unwrap();
    write(&folder, PETS);
    specwright(&folder, &["generate"]).exit(0);
    fs::write(&configuration, &automatic).unwrap();
    specwright(&folder, &["generate"]).exit(0);
    assert_eq!(version(&folder), "1.4.2");
    write(&folder, &with_minor(PETS));
    specwright(&folder, &["generate"]).exit(0);
    assert_eq!(version(&folder), "1.5.0");

    let record = folder.join("generated/pets/.specwright.api.json");
    let text = fs::read_to_string(&record).unwrap();
    fs::write(&record, text.replace("1.5.0", "7.0.0")).unwrap();
    let ran = specwright(&folder, &["check"]).exit(1);
    assert!(
        ran.err.contains(".specwright.api.json is out of date"),
        "{}",
        ran.err
    );
    specwright(&folder, &["generate"]).exit(1);
}

/// All differences are listed on demand, and the command that lists them is there where git has the record.
#[test]
fn many_differences_are_counted() {
    let folder = project("version-many");
    write(&folder, PETS);
    specwright(&folder, &["generate"]).exit(0);
    let more = (0..12).map(|number| format!(", p{number}: {{type: string}}"));
    let more = more.collect::<Vec<_>>().concat();
    let long = PETS.replace(
        "name: {type: string}}}",
        &format!("name: {{type: string}}{more}}}}}"),
    );
    write(&folder, &long);
    let listed = specwright(&folder, &["check", "-v"]).exit(1);
    assert_eq!(
        listed.err.matches("info[optional-property-added]").count(),
        12,
        "{}",
        listed.err
    );
    let some = specwright(&folder, &["check"]).exit(1);
    assert!(some.err.contains("  … and 4 others\n"), "{}", some.err);
    assert!(!some.err.contains("git:HEAD"), "{}", some.err);
    for arguments in [
        &["init", "-q"][..],
        &["add", "."],
        &[
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b",
            "commit",
            "-qm",
            "a",
        ],
    ] {
        let ran = std::process::Command::new("git")
            .args(arguments)
            .current_dir(&folder)
            .status();
        assert!(ran.unwrap().success());
    }
    let some = specwright(&folder, &["check"]).exit(1);
    let words = "specwright diff git:HEAD:generated/pets/.specwright.api.json pets.yaml\n";
    let command = some.err.split_once("all of them: ").unwrap().1;
    assert!(command.starts_with(words), "{}", some.err);
    let words: Vec<&str> = words.split_whitespace().skip(1).collect();
    let shown = specwright(&folder, &words).exit(0);
    assert_eq!(
        shown.out.matches("info[optional-property-added]").count(),
        12,
        "{}",
        shown.out
    );
}

//! Runs that changed nothing are told again from the cache, and only as long as nothing has changed.

use crate::check::scratch;
use crate::command::{Ran, program, run};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const WARNS: &str = "openapi: 3.0.3
info: {title: Pets, title: Pets, version: 1.0.0}
paths:
  /pets: {get: {operationId: listPets, responses: {'200': {description: Pets, content: {application/json: {schema: {$ref: 'pet.yaml'}}}}}}}
";
const PET: &str = "{type: object, properties: {name: {type: string, format: odd}}}\n";

/// Something that only the cache can have said.
const MARK: &str = "told-again";

fn project(name: &str) -> PathBuf {
    let folder = scratch(name);
    fs::write(
        folder.join("specwright.toml"),
        "[apis.pets]\nspec = \"pets.yaml\"\n",
    )
    .unwrap();
    fs::write(folder.join("pets.yaml"), WARNS).unwrap();
    fs::write(folder.join("pet.yaml"), PET).unwrap();
    folder
}

fn specwright(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(program());
    command.env("SPECWRIGHT_CACHE", folder.join("kept"));
    run(command.args(arguments).current_dir(folder))
}

/// Puts the mark into the messages that are kept; returns how many entries there are.
fn marked(folder: &Path) -> usize {
    let entries = fs::read_dir(folder.join("kept"));
    let entries = entries
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path());
    let entries: Vec<_> = entries.collect();
    for path in &entries {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, text.replace("[SW", &format!("{MARK}[SW"))).unwrap();
    }
    entries.len()
}

#[test]
fn an_unchanged_api_is_told_again() {
    let folder = project("again");
    let first = specwright(&folder, &["generate"]).exit(0);
    assert_eq!(marked(&folder), 0, "a run that wrote something");
    let second = specwright(&folder, &["generate"]).exit(0);
    assert_eq!(first.err, second.err);
    assert_eq!(marked(&folder), 1);
    let third = specwright(&folder, &["generate"]).exit(0);
    assert!(third.err.contains(MARK), "{}", third.err);
    assert_eq!(third.err.replace(MARK, ""), first.err);
    let timeless = |text: &str| text.rsplit_once("; ").unwrap().0.to_owned();
    assert_eq!(timeless(&third.out), timeless(&second.out));

    // Each command, form and choice says something else.
    for arguments in [
        &["check"][..],
        &["generate", "--message-format", "json"],
        &["generate", "--all"],
        &["generate", "--warn", "SW0401"],
        &["generate", "--no-cache"],
    ] {
        let ran = specwright(&folder, arguments).exit(0);
        assert!(
            !ran.err.contains(MARK) && !ran.out.contains(MARK),
            "{arguments:?}"
        );
    }
    let strict = specwright(&folder, &["generate", "--strict"]).exit(1);
    assert!(strict.err.contains("error[SW0"), "{}", strict.err);
}

#[test]
fn whatever_changes_is_noticed() {
    let folder = project("again-changed");
    specwright(&folder, &["generate"]).exit(0);
    let keep = || {
        specwright(&folder, &["check", "--no-cache"]).exit(0);
        specwright(&folder, &["check"]).exit(0);
        marked(&folder);
        let again = specwright(&folder, &["check"]).exit(0);
        assert!(again.err.contains(MARK), "{}", again.err);
    };
    let written = folder.join("generated/pets/types/src/lib.rs");
    let manifest = folder.join("generated/pets/.specwright.json");
    for (path, change) in [
        // Of the same size, within the resolution of times.
        (&written, "same-size"),
        (&written, "gone"),
        (&manifest, "gone"),
        (&folder.join("pet.yaml"), "more"),
    ] {
        keep();
        let before = fs::read_to_string(path).unwrap();
        match change {
            "gone" => fs::remove_file(path).unwrap(),
            "more" => fs::write(path, before.replace("name:", "called:")).unwrap(),
            _ => fs::write(path, before.replacen('e', "E", 1)).unwrap(),
        }
        let ran = specwright(&folder, &["check"]).exit(1);
        assert!(!ran.err.contains(MARK), "{}: {change}", path.display());
        fs::write(path, before).unwrap();
    }
    // The configuration, and a file that nothing has read because it wasn't there.
    keep();
    let configuration = folder.join("specwright.toml");
    let text = fs::read_to_string(&configuration).unwrap();
    fs::write(
        &configuration,
        format!("{text}package-version = \"7.0.0\"\n"),
    )
    .unwrap();
    specwright(&folder, &["check"]).exit(1);
}

/// Entries of `[urls]` and `[lints]` without effect are reported whether an API is told again or not.
#[test]
fn what_has_no_effect_is_still_reported() {
    let folder = project("again-unmatched");
    let more = "[lints]\nSW0401 = \"allow\"\n[urls]\n\"https://x/\" = \"x\"\n";
    let configuration = folder.join("specwright.toml");
    let text = fs::read_to_string(&configuration).unwrap();
    fs::write(&configuration, format!("{text}{more}")).unwrap();
    let first = specwright(&folder, &["generate"]).exit(0);
    assert!(
        first.err.contains("SW0712") && first.err.contains("SW0707"),
        "{}",
        first.err
    );
    specwright(&folder, &["generate"]).exit(0);
    marked(&folder);
    let third = specwright(&folder, &["generate"]).exit(0);
    assert!(third.err.contains(MARK), "{}", third.err);
    assert_eq!(third.err.replace(MARK, ""), first.err);
}

/// All APIs are looked at, in their order, whatever becomes of the others.
#[test]
fn several_apis_are_checked_at_once() {
    let folder = project("again-several");
    let apis: String = ["a", "b", "c", "d"]
        .map(|name| format!("[apis.{name}]\nspec = \"{name}.yaml\"\n"))
        .concat();
    fs::write(folder.join("specwright.toml"), apis).unwrap();
    for name in ["a", "b", "c", "d"] {
        fs::write(folder.join(format!("{name}.yaml")), WARNS).unwrap();
    }
    specwright(&folder, &["generate"]).exit(0);
    fs::write(folder.join("b.yaml"), WARNS.replace("listPets", "findPets")).unwrap();
    fs::write(folder.join("d.yaml"), "openapi: 9\n").unwrap();
    let ran = specwright(&folder, &["check"]).exit(1);
    let at = |text: &str| {
        ran.err
            .find(text)
            .unwrap_or_else(|| panic!("{text}\n{}", ran.err))
    };
    assert!(at("a.yaml") < at("b: ") && at("b: ") < at("c.yaml") && at("c.yaml") < at("d.yaml"));
    assert!(ran.err.contains("error[SW0102]"), "{}", ran.err);
}

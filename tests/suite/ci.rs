//! What others run in their CI: the action for GitHub and the hooks for pre-commit.

use crate::check::{root, scratch};
use crate::command::{Ran, program, run, specwright};
use std::fs;
use std::path::Path;
use std::process::Command;

const PETS: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: 1.0.0}\npaths:\n  /a: {get: {operationId: a, parameters: [{name: q, in: query, schema: {type: string}}], responses: {'204': {description: Done}}}}\n";

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    let who = ["-c", "user.name=a", "-c", "user.email=a@b"];
    run(command.args(who).args(arguments).current_dir(folder)).exit(0);
}

/// The script of the action, with what GitHub sets.
fn action(folder: &Path, variables: &[(&str, &str)]) -> Ran {
    let mut command = Command::new(root().join(".github/actions/specwright/check.sh"));
    let paths = [program().parent().unwrap().to_path_buf()];
    let known = std::env::var_os("PATH").unwrap_or_default();
    let paths = paths.into_iter().chain(std::env::split_paths(&known));
    command.env("PATH", std::env::join_paths(paths).unwrap());
    command.env("SPECWRIGHT_CACHE", "");
    run(command.envs(variables.iter().copied()).current_dir(folder))
}

#[test]
#[cfg(unix)]
fn the_action_fails_on_stale_crates_and_on_what_breaks() {
    let folder = scratch("action");
    fs::write(
        folder.join("specwright.toml"),
        "[apis.pets]\nspec = \"pets.yaml\"\n",
    )
    .unwrap();
    fs::write(folder.join("pets.yaml"), PETS).unwrap();
    specwright(&folder, &["generate"]).exit(0);
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "a"]);
    let compared = [
        ("SPECS", "pets.yaml new.yaml"),
        ("BASE", "HEAD"),
        ("FAIL_ON", "wire:breaking"),
    ];
    assert_eq!(action(&folder, &[]).exit(0).out, "");
    assert_eq!(action(&folder, &compared).exit(0).out, "no differences\n");

    fs::write(folder.join("new.yaml"), PETS).unwrap();
    fs::write(
        folder.join("pets.yaml"),
        PETS.replace("in: query", "in: query, required: true"),
    )
    .unwrap();
    let stale = action(&folder, &[]).exit(1);
    assert!(
        stale.out.contains("::error file=") && stale.out.contains("title=SW0506"),
        "{}",
        stale.out
    );
    let no_base = action(&folder, &[("SPECS", "pets.yaml")]).exit(1);
    assert!(
        no_base
            .out
            .contains("::notice title=specwright::nothing to compare"),
        "{}",
        no_base.out
    );
    specwright(&folder, &["generate"]).exit(0);
    let breaks = action(&folder, &compared).exit(1);
    assert!(
        breaks.out.contains("parameter-became-required"),
        "{}",
        breaks.out
    );
    let harmless = [("SPECS", "pets.yaml"), ("BASE", "HEAD")];
    let told = action(&folder, &harmless).exit(0);
    assert!(
        told.out.contains("parameter-became-required"),
        "{}",
        told.out
    );
    let strict = [("STRICT", "true"), ("CONFIG", "none.toml")];
    let none = action(&folder, &strict).exit(1);
    assert!(none.out.contains("title=SW0001"), "{}", none.out);
}

/// The hooks are commands that exist, with flags that exist.
#[test]
fn the_hooks_run() {
    let folder = scratch("hooks");
    fs::write(
        folder.join("specwright.toml"),
        "[apis.pets]\nspec = \"pets.yaml\"\n",
    )
    .unwrap();
    fs::write(folder.join("pets.yaml"), PETS).unwrap();
    let hooks = fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let entries = hooks
        .lines()
        .filter_map(|line| line.trim().strip_prefix("entry: specwright "));
    let entries: Vec<Vec<&str>> = entries.map(|entry| entry.split(' ').collect()).collect();
    let [check, generate] = &entries[..] else {
        panic!("{entries:?}")
    };
    specwright(&folder, check).exit(1);
    assert_eq!(specwright(&folder, generate).exit(0).out, "");
    specwright(&folder, check).exit(0);
}

/// Every input of the action reaches its script, and nothing else does.
#[test]
fn the_inputs_of_the_action_are_used() {
    let folder = root().join(".github/actions/specwright");
    let action = fs::read_to_string(folder.join("action.yml")).unwrap();
    let script = fs::read_to_string(folder.join("check.sh")).unwrap();
    let (inputs, steps) = action.split_once("\nruns:\n").unwrap();
    let names = inputs
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'));
    let names: Vec<&str> = names.filter(|name| !name.starts_with(' ')).collect();
    assert_eq!(names, ["config", "strict", "specs", "base", "fail-on"]);
    for name in names {
        let variable = name.to_uppercase().replace('-', "_");
        assert!(
            steps.contains(&format!("{variable}: ${{{{ inputs.{name} ")),
            "{name}"
        );
        assert!(script.contains(&format!("${{{variable}:-")), "{variable}");
    }
}

//! Additions to a description are compatible: a program written for one description compiles unchanged with the next one, where
//! `generator/ARCHITECTURE.md` promises it.

use crate::check::{Job, root};
use crate::command::{run, target_dir};
use crate::workspace::{UNIFIED, Workspace, cargo, write_changed};
use std::fs;
use std::path::PathBuf;

#[test]
fn what_is_added_to_a_description_breaks_no_user() {
    for version in ["before", "after"] {
        let (_, workspace) = workspace_in("additive", version);
        let ran = run(workspace
            .cargo("check")
            .args(["--package", "user", "--package", UNIFIED]));
        assert_eq!(ran.code, Some(0), "{version}: {}", ran.err);
        assert!(ran.err.is_empty(), "{version}: {}", ran.err);
    }
}

/// The judgement of a tool that knows what Rust's API guidelines call a break; its rules go beyond what one program can use.
#[test]
fn what_is_added_is_a_minor_change_to_cargo_semver_checks() {
    let mut version = cargo("semver-checks");
    if run(version.arg("--version")).code != Some(0) {
        println!("skipped: there is no cargo-semver-checks");
        return;
    }
    let [before, after] = ["before", "after"].map(|version| workspace_in("semver", version).0);
    for kind in ["types", "client", "server"] {
        let mut check = cargo("semver-checks");
        check.args(["--release-type", "minor", "--default-features"]);
        check
            .arg("--manifest-path")
            .arg(after.join(kind).join("Cargo.toml"));
        check.arg("--baseline-root").arg(before.join(kind));
        check.env("CARGO_TARGET_DIR", target_dir().join("additive"));
        check.env_remove("RUSTFLAGS").current_dir(&after);
        let ran = run(&mut check);
        let said = format!("{}\n{}", ran.out, ran.err);
        assert!(said.contains("Checked ["), "{kind}: {said}");
        let items = said
            .lines()
            .filter(|line| line.contains(", previously in "));
        let items: Vec<&str> = items.filter(|line| !is_shared(line)).collect();
        assert!(items.is_empty(), "{kind}: {items:#?}\n{said}");
        let is_known = said.matches("--- failure ").count() == said.matches(SHARED_LINT).count();
        assert!(is_known, "{kind}: {said}");
    }
}

/// The only rule that is broken: a set of headers or errors that several operations share is named after what it holds, so another one
/// has another name. Each operation's own alias for it stays, which is what `generator/ARCHITECTURE.md` tells users to name.
const SHARED_LINT: &str = "--- failure struct_missing: ";

fn is_shared(line: &str) -> bool {
    ["::headers::", "::errors::"]
        .iter()
        .any(|module| line.contains(module))
}

/// The folder of the crates for one version of the description and of their user, and their workspace.
fn workspace_in(folder: &str, version: &str) -> (PathBuf, Workspace) {
    let ours = root().join("tests/additive");
    let workspace = target_dir().join("tmp").join(format!("{folder}-{version}"));
    let folder = workspace.join(version);
    let checked = Job::new(ours.join(format!("{version}.yaml")), "notes").check();
    assert!(checked.codes.is_empty(), "{}", checked.messages);
    checked.write_to(&folder);
    let user = fs::read_to_string(ours.join("user.rs")).unwrap();
    write_changed(&folder.join("user/src/lib.rs"), &user);
    write_changed(&folder.join("user/Cargo.toml"), USER);
    let members = ["types", "client", "server", "user"].map(|name| format!("{version}/{name}"));
    (folder, Workspace::write(&workspace, &members))
}

const USER: &str = r#"[package]
name = "user"
edition = "2024"

[dependencies]
notes-client = { path = "../client", default-features = false, features = ["tower"] }
notes-server = { path = "../server" }
"#;

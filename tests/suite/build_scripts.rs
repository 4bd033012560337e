//! A package outside of the repository whose build script writes modules: from no dependencies at all to changes of the description.

use crate::check::root;
use crate::command::{Ran, run, specwright, target_dir};
use crate::workspace::cargo;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

const SPEC: &str = "openapi: 3.1.0\ninfo: {title: Notes}\npaths:\n  /notes:\n    get: {operationId: listNotes, responses: {'200': {description: All, content: {application/json: {schema: {$ref: note.yaml}}}}}}\n";
const NOTE: &str = "type: object\nproperties: {text: {type: string}}\n";
const BUILD: &str = "fn main() {\n    specwright::Generator::new(\"openapi.yaml\").name(\"notes\").modules().cargo().generate().unwrap();\n}\n";
const LIB: &str = "include!(concat!(env!(\"OUT_DIR\"), \"/notes/mod.rs\"));\n";

/// The features that the packages of `tests/consumers` ask for, so that specwright isn't compiled a second time.
const SYN: &str = "syn = { version = \"3\", features = [\"extra-traits\", \"fold\"] }\n";

/// A package in a directory of its own, which is removed at the end.
struct Package(PathBuf);

impl Package {
    fn new() -> Self {
        let folder = format!("specwright-build-script-{}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        fs::create_dir_all(folder.join("src")).unwrap();
        let package = Self(folder);
        let manifest = format!(
            "[package]\nname = \"fresh\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[build-dependencies]\nspecwright = {{ path = \"{}\", default-features = false }}\n{SYN}\n[workspace]\n",
            root().join("generator").display()
        );
        for (file, text) in [
            ("Cargo.toml", manifest.as_str()),
            ("openapi.yaml", SPEC),
            ("note.yaml", NOTE),
            ("build.rs", BUILD),
            ("src/lib.rs", LIB),
        ] {
            package.write(file, text);
        }
        // The versions that are there already.
        fs::copy(
            root().join("tests/consumers/Cargo.lock"),
            package.0.join("Cargo.lock"),
        )
        .unwrap();
        package
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.0.join(file), text).unwrap();
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    /// Compiles it, with what other packages have compiled already.
    fn check(&self) -> Ran {
        let mut check = cargo("check");
        check.args(["--offline", "--verbose"]).current_dir(&self.0);
        check
            .arg("--target-dir")
            .arg(target_dir().join("consumers"));
        check
            .env_remove("RUSTFLAGS")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TERM_COLOR", "never");
        run(&mut check)
    }

    /// The files of its output with the time of their last change.
    fn output() -> Vec<(PathBuf, SystemTime)> {
        let builds = target_dir().join("consumers/debug/build");
        let builds = fs::read_dir(builds).unwrap();
        let names = builds.map(|entry| entry.unwrap().path());
        let outs = names.filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("fresh-") && path.join("out/notes/mod.rs").exists()
        });
        // Others are from earlier runs.
        let newest = outs.max_by_key(|path| changed(&path.join("output")));
        let mut files = Vec::new();
        collect(&newest.unwrap().join("out/notes"), &mut files);
        files.sort();
        files
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn changed(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, SystemTime)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push((path.clone(), changed(&path)));
        }
    }
}

#[test]
fn a_package_learns_what_it_needs_and_is_built_again_when_that_changes() {
    let package = Package::new();
    // Without dependencies there is one message, with the lines to add, and none of the compiler.
    let ran = package.check();
    assert_eq!(ran.code, Some(101), "{}", ran.err);
    assert_eq!(ran.err.matches("error[").count(), 1, "{}", ran.err);
    assert!(
        ran.err
            .contains("error[SW0870]: `Cargo.toml` lacks 8 of the dependencies"),
        "{}",
        ran.err
    );
    let needed = specwright(&package.0, &["dependencies", "openapi.yaml"]).exit(0);
    assert_eq!(needed.out.lines().count(), 8, "{}", needed.out);
    for line in needed.out.lines() {
        assert!(ran.err.contains(line), "{line}\n{}", ran.err);
    }
    // One is there, but not as it is needed.
    let manifest = package.read("Cargo.toml") + "\n[dependencies]\nserde_json = \"1\" # mine\n";
    package.write("Cargo.toml", &manifest);
    let add = ["dependencies", "openapi.yaml", "--add-to", "Cargo.toml"];
    let added = specwright(&package.0, &add).exit(0);
    assert_eq!(added.err.matches(": added `").count(), 7, "{}", added.err);
    let manifest = package.read("Cargo.toml");
    assert!(
        manifest.contains("serde_json = \"1\" # mine\n"),
        "{manifest}"
    );
    let ran = package.check();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    // Warnings say where they are.
    for words in [
        "warning: fresh@0.1.0: openapi.yaml:2:1: ",
        "warning: fresh@0.1.0: `Cargo.toml` doesn't ask for what the modules use of `serde_json`: `float_roundtrip` [SW0871]",
    ] {
        assert!(ran.err.contains(words), "{words}\n{}", ran.err);
    }
    let before = Package::output();
    for (path, _) in &before {
        // Tools read it as they read any other file.
        let text = fs::read_to_string(path).unwrap();
        assert!(
            text.lines().count() > text.len() / 250,
            "{}",
            path.display()
        );
    }
    // Nothing has changed.
    let ran = package.check();
    assert!(ran.err.contains("Fresh fresh v0.1.0"), "{}", ran.err);
    // A file that the description refers to has, so that is built again, and only its types are written.
    package.write("note.yaml", &NOTE.replace("text", "words"));
    let ran = package.check();
    assert!(!ran.err.contains("Fresh fresh v0.1.0"), "{}", ran.err);
    assert!(ran.err.contains("Fresh serde_json v"), "{}", ran.err);
    let after = Package::output();
    let written = before.iter().zip(&after).filter(|(a, b)| a != b);
    let written: Vec<_> = written.map(|(_, (path, _))| path.clone()).collect();
    assert!(
        before.len() == after.len()
            && written
                .iter()
                .any(|path| path.ends_with("types/src/models.rs"))
            && written.iter().all(|path| path
                .parent()
                .is_some_and(|folder| folder.ends_with("types/src"))),
        "{written:?}"
    );
    // A mistake is told where it is.
    package.write("note.yaml", "type: [\n");
    let ran = package.check();
    assert_eq!(ran.code, Some(101), "{}", ran.err);
    assert!(
        ran.err.contains(" --> openapi.yaml:") || ran.err.contains(" --> note.yaml:"),
        "{}",
        ran.err
    );
}

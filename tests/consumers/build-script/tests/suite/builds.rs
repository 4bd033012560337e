//! Builds a copy of this package with cargo while its description changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A copy of this package, in its own workspace.
struct Copy {
    package: PathBuf,
}

/// The result of a build, and its messages.
struct Build {
    success: bool,
    text: String,
}

impl Copy {
    /// The directory is always the same, so that copies don't accumulate.
    fn new(name: &str) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let copy = Self {
            package: folder.join("build-script"),
        };
        fs::create_dir_all(copy.package.join("src")).unwrap();
        for file in [
            "openapi.yaml",
            "schemas.yaml",
            "build.rs",
            "src/keeper.rs",
            "src/lib.rs",
        ] {
            fs::copy(here.join(file), copy.package.join(file)).unwrap();
        }
        let generator = here.join("../../../generator").canonicalize().unwrap();
        let manifest = fs::read_to_string(here.join("Cargo.toml")).unwrap();
        let path = format!("path = {:?}", generator.to_str().unwrap());
        let manifest = manifest.replace(r#"path = "../../../generator""#, &path);
        let manifest = manifest.split("[[test]]").collect::<Vec<_>>();
        let [before, after] = manifest[..] else {
            panic!("one test target")
        };
        let (_, after) = after.split_once("\n\n").unwrap();
        fs::write(
            copy.package.join("Cargo.toml"),
            format!("{before}{after}").replace("consumer-build-script", name),
        )
        .unwrap();
        let workspace = fs::read_to_string(here.join("../Cargo.toml")).unwrap();
        let members = workspace.lines().find(|line| line.starts_with("members"));
        let workspace = workspace.replace(members.unwrap(), r#"members = ["build-script"]"#);
        fs::write(folder.join("Cargo.toml"), workspace).unwrap();
        fs::copy(here.join("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        copy
    }

    /// Builds the copy, with the dependencies that the test itself was built with.
    fn build(&self) -> Build {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args([
                "build",
                "--offline",
                "--verbose",
                "--color=never",
                "--target-dir",
            ])
            .arg(target);
        let output = cargo.current_dir(&self.package).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        Build {
            success: output.status.success(),
            text,
        }
    }

    fn change(&self, file: &str, old: &str, new: &str) {
        let path = self.package.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{text}");
        fs::write(path, text.replacen(old, new, 1)).unwrap();
    }
}

impl Build {
    #[track_caller]
    fn succeeds(self) -> Self {
        assert!(self.success, "{}", self.text);
        self
    }

    #[track_caller]
    fn fails_with(&self, expected: &str) {
        assert!(!self.success, "{}", self.text);
        assert!(self.text.contains(expected), "{}", self.text);
    }

    /// Whether the build script was run.
    fn ran_the_script(&self) -> bool {
        self.text.contains("build-script-build`")
    }
}

#[test]
fn the_build_script_runs_again_when_a_file_changes_and_not_otherwise() {
    let copy = Copy::new("changed");
    let first = copy.build().succeeds();
    assert!(!first.text.contains("warning: `changed`"), "{}", first.text);
    let same = copy.build().succeeds();
    assert!(!same.ran_the_script(), "{}", same.text);

    // The description itself: the code below only compiles with the new operation.
    copy.change(
        "openapi.yaml",
        "operationId: getNote",
        "operationId: readNote",
    );
    let changed = copy.build();
    assert!(changed.ran_the_script());
    changed.fails_with("method `get_note` is not a member of trait `NotesApi`");
    copy.change(
        "openapi.yaml",
        "operationId: readNote",
        "operationId: getNote",
    );
    copy.build().succeeds();

    // A referenced file.
    copy.change(
        "schemas.yaml",
        "    due: { type: [string, \"null\"] }\n",
        "",
    );
    copy.build().fails_with("has no field named `due`");
    copy.change(
        "schemas.yaml",
        "    text: { type: string }\n",
        "    text: { type: string }\n    due: { type: [string, \"null\"] }\n",
    );
    copy.build().succeeds();

    // Other files are irrelevant.
    fs::write(copy.package.join("notes.txt"), "buy milk").unwrap();
    assert!(!copy.build().succeeds().ran_the_script());
}

#[test]
fn a_broken_description_stops_the_build_with_a_readable_message() {
    let copy = Copy::new("broken");
    copy.change(
        "schemas.yaml",
        "items: { $ref: \"#/Note\" }",
        "items: { $ref: \"#/Nothing\" }",
    );
    copy.change(
        "openapi.yaml",
        "name: label\n          in: query",
        "name: label\n          in: nowhere",
    );
    let build = copy.build();
    build.fails_with("schemas.yaml:");
    build.fails_with("openapi.yaml:");
    build.fails_with("items: { $ref: \"#/Nothing\" }");
    assert!(build.text.contains("^^^^"), "with a caret: {}", build.text);
    assert!(
        !build.text.contains("\\n"),
        "as lines, not as one escaped text: {}",
        build.text
    );

    // A missing file is watched.
    let copy = Copy::new("broken");
    fs::remove_file(copy.package.join("schemas.yaml")).unwrap();
    copy.build().fails_with("schemas.yaml");
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas.yaml"),
        copy.package.join("schemas.yaml"),
    )
    .unwrap();
    copy.build().succeeds();
}

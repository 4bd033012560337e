//! Runs commands: specwright, cargo, rustfmt.

use crate::workspace::cargo;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// The exit code and the output of a command.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the command `specwright`, built once, in `folder` with empty standard input.
pub(crate) fn specwright(folder: &Path, arguments: &[&str]) -> Ran {
    specwright_reading(folder, arguments, Stdio::null())
}

/// The same with standard input.
pub(crate) fn specwright_reading(
    folder: &Path,
    arguments: &[&str],
    input: impl Into<Stdio>,
) -> Ran {
    let mut command = Command::new(program());
    // Nothing is told again from an earlier run.
    command.env("SPECWRIGHT_CACHE", "");
    run(command.args(arguments).current_dir(folder).stdin(input))
}

/// A command line of the shell on a terminal of its own, which shows both of its outputs; `None` where there is no program that makes one.
pub(crate) fn on_terminal(line: &str) -> Option<Command> {
    let script = Path::new("/usr/bin/script");
    if !cfg!(target_os = "linux") || !script.exists() {
        return None;
    }
    let mut command = Command::new(script);
    command.args(["--quiet", "--return", "--command", line, "/dev/null"]);
    Some(command)
}

/// The path of the command `specwright`, built once.
pub(crate) fn program() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        // As `cargo run` builds it: of one package alone, dependencies would have other features, and be compiled again.
        let mut build = cargo("build");
        build
            .args(["--quiet", "--bin", "specwright", "--target-dir"])
            .arg(target_dir());
        if !cfg!(debug_assertions) {
            build.arg("--release");
        }
        run(build.current_dir(crate::check::root())).success();
        let profile = if cfg!(debug_assertions) {
            "debug"
        } else {
            "release"
        };
        target_dir()
            .join(profile)
            .join("specwright")
            .with_extension(std::env::consts::EXE_EXTENSION)
    })
}

/// The target directory of the workspace.
pub(crate) fn target_dir() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

pub(crate) fn run(command: &mut Command) -> Ran {
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran {
        code: status.code(),
        out: text(stdout),
        err: text(stderr),
    }
}

impl Ran {
    #[track_caller]
    pub(crate) fn success(self) -> Self {
        self.exit(0)
    }

    #[track_caller]
    pub(crate) fn exit(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "\n{}\n{}", self.out, self.err);
        self
    }
}

//! All generated code compiles without warnings, has documentation without broken links, and passes `cargo fmt --check`.
//!
//! All cases and both APIs of `specs/` are packages of one workspace below the target directory, so that the next run only compiles what
//! changed. Most share their support code (the key `runtime`): its copies would be twelve times as much as the rest.

use crate::cases;
use crate::check::Job;
use crate::command::{run, target_dir};
use crate::guide;
use crate::workspace::{UNIFIED, UNIFIED_MACROS, Workspace, write_changed};
use specwright::CrateKind;
use specwright::config::Layout;
use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Without TLS, which takes longer to compile than everything else together.
const FEATURES: [&str; 3] = [
    "--no-default-features",
    "--features",
    "full,reqwest,tower,blocking,tracing",
];

/// Cases with copies of the support code, as is the default: with little of it and with much, and with files that few others have. Those of the
/// repository's own APIs, of `templates/sample` and of the corpus are compiled, too; which files belong to each other is tested apart.
const COPIED: &[&str] = &[
    "choices",
    "command-line",
    "features",
    "limits",
    "logging-in",
    "no-operations",
    "own-types", // of which some can't be parameters with a runtime: SW0722
    "senders-only",
    "served-document",
    "taken-names",
    "webhooks",
    "wire",
    "xml",
];

/// The package that the other cases share.
const RUNTIME: &str = "cases-runtime";

/// The workspace, written once, and the directories of its packages.
fn workspace() -> &'static (Workspace, Vec<PathBuf>) {
    static WORKSPACE: OnceLock<(Workspace, Vec<PathBuf>)> = OnceLock::new();
    WORKSPACE.get_or_init(|| {
        let folder = target_dir().join("cases");
        let shared = folder.join(RUNTIME);
        let jobs = cases::ALL
            .iter()
            .map(|case| {
                let job = Job::case(case);
                let is_copied = COPIED.contains(case);
                let job = if is_copied { job } else { job.sharing(&shared) };
                ((*case).to_owned(), job)
            })
            .chain(Job::repository());
        Job::case("pages").sharing(&shared).write_runtime();
        let mut members = vec![RUNTIME.to_owned(), "modules".to_owned()];
        let mut packages = vec![shared.clone()];
        for (name, job) in jobs {
            let checked = job.check();
            let Some(files) = &checked.files else {
                continue;
            };
            checked.write_to(&folder.join(&name));
            for (path, _) in files.iter() {
                if let Some(package) = path.as_str().strip_suffix("/Cargo.toml") {
                    members.push(format!("{name}/{package}"));
                    packages.push(folder.join(&name).join(package));
                    quick_start(packages.last().unwrap());
                    examples_of_methods(packages.last().unwrap());
                }
            }
        }
        modules(&folder);
        members.extend(guide::package(&folder.join("guide")));
        (Workspace::write(&folder, &members), packages)
    })
}

/// Adds the quick start of a package's documentation as an example, as nothing else compiles it.
fn quick_start(package: &Path) {
    let lib = fs::read_to_string(package.join("src/lib.rs")).unwrap();
    let doc = lib.lines().filter_map(|line| line.strip_prefix("//!"));
    let doc = doc.map(|line| line.strip_prefix(' ').unwrap_or(line));
    let code = doc.skip_while(|line| *line != "```no_run").skip(1);
    let code = code.take_while(|line| *line != "```");
    let code: Vec<&str> = code
        .map(|line| line.strip_prefix("# ").unwrap_or(line))
        .map(|line| if line == "#" { "" } else { line })
        .collect();
    if !code.is_empty() {
        let (attributes, code): (Vec<&str>, Vec<&str>) =
            code.into_iter().partition(|line| line.starts_with("#!["));
        let text = format!(
            "//! The quick start of the documentation.\n\n#![allow(dead_code, unused_imports)]\n\
             #![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]\n{}\n\nfn main() {{}}\n\n{}\n",
            attributes.join("\n"),
            code.join("\n")
        );
        write_changed(&package.join("examples/quick_start.rs"), &text);
    }
}

/// Adds the examples in the documentation of a package's methods as one example, each in a module of its own.
fn examples_of_methods(package: &Path) {
    let mut text = "//! The examples in the documentation of methods.\n\n#![allow(dead_code, deprecated, unused, clippy::all, clippy::pedantic)]\n\
                    #![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]\n\nfn main() {}\n"
        .to_owned();
    let mut count = 0;
    let sources = fs::read_dir(package.join("src")).unwrap();
    let sources = sources.map(|entry| entry.unwrap().path());
    let mut sources: Vec<PathBuf> = sources.filter(|path| path.is_file()).collect();
    sources.sort();
    for path in sources {
        let source = fs::read_to_string(path).unwrap();
        let mut lines = source.lines().map(str::trim_start);
        while lines.any(|line| line == "/// ```no_run") {
            count += 1;
            writeln!(text, "\nmod example_{count} {{").unwrap();
            for line in lines.by_ref().take_while(|line| *line != "/// ```") {
                let line = line.trim_start_matches("///").trim_start();
                writeln!(text, "    {}", line.strip_prefix("# ").unwrap_or(line)).unwrap();
            }
            text.push_str("}\n");
        }
    }
    if count > 0 {
        write_changed(&package.join("examples/methods.rs"), &text);
    }
}

/// A package that includes the output of a build script.
fn modules(folder: &Path) {
    let mut job = Job::repository().remove("mattermost-oauth").unwrap();
    job.options.layout = Layout::Modules;
    job.options.emit = CrateKind::with_needed(CrateKind::DEFAULT);
    let folder = folder.join("modules");
    job.check().write_to(&folder.join("src/api"));
    let wanted = fs::read_to_string(folder.join("../mattermost-oauth/client/Cargo.toml")).unwrap();
    let wanted = wanted.replace("mattermost-oauth-client", "modules");
    let kept = wanted
        .split("\n\n")
        .filter(|part| !part.starts_with("[[example]]"))
        .map(|part| format!("{part}\n\n"));
    let kept: String = kept
        .collect::<String>()
        .split_inclusive('\n')
        .filter(|line| !line.contains("path = "))
        .collect();
    write_changed(&folder.join("Cargo.toml"), &kept);
    write_changed(
        &folder.join("src/lib.rs"),
        "//! A crate with generated modules.\n\ninclude!(\"api/mod.rs\");\n",
    );
}

fn cargo_in_workspace(what: &str) -> Command {
    let mut command = workspace().0.cargo(what);
    command.arg("--keep-going");
    command
}

#[test]
fn clippy_has_nothing_to_say() {
    // Generated packages have no tests, for which their libraries would be compiled once more; the package of the guide has.
    let ran = run(cargo_in_workspace("clippy")
        .args(["--workspace", "--lib", "--examples"])
        .args(FEATURES)
        .args(["--", "-D", "warnings"]));
    assert!(ran.code == Some(0) && ran.err.is_empty(), "{}", ran.err);
    let ran = run(cargo_in_workspace("clippy")
        .args(["--package=guide", "--package", UNIFIED, "--tests"])
        .args(["--", "-D", "warnings"]));
    assert!(ran.code == Some(0) && ran.err.is_empty(), "{}", ran.err);
}

/// Each group with a cargo feature compiles without the others.
#[test]
fn every_feature_compiles_alone() {
    for feature in ["cats", "dogs", "tracing_api", "webhooks", "other"] {
        let ran = run(cargo_in_workspace("clippy")
            .args(["--no-default-features", "--features", feature])
            .args(["--package", UNIFIED])
            .args(CrateKind::DEFAULT.map(|kind| format!("--package=features-{kind}")))
            .args(["--", "-D", "warnings"]));
        assert!(
            ran.code == Some(0) && ran.err.is_empty(),
            "{feature}: {}",
            ran.err
        );
    }
}

/// Clients compile for browsers, where `rustup target add wasm32-unknown-unknown` was called: a plain one, with everything that waits or
/// streams.
#[test]
fn clients_compile_for_browsers() {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot = run(Command::new("rustc").args(["--print", "sysroot"]));
    let libraries = Path::new(sysroot.out.trim()).join("lib/rustlib");
    if !libraries.join(TARGET).exists() {
        eprintln!("the target {TARGET} isn't installed, so nothing is compiled for it");
        return;
    }
    let packages = ["mattermost-oauth", "events", "long-running", "pages"];
    let ran = run(cargo_in_workspace("clippy")
        .args(["--target", TARGET, "--no-default-features"])
        .args(["--features", "reqwest,stream,tracing,oauth2"])
        .args(packages.map(|name| format!("--package={name}-client")))
        .args(["--package", UNIFIED_MACROS, "--", "-D", "warnings"]));
    assert!(ran.code == Some(0) && ran.err.is_empty(), "{}", ran.err);
}

/// rustdoc looks at everything and writes nothing, which takes half of the time, and far less once there are many packages, as it adds each of
/// them to an index of all. Most of it is for what the packages depend on, so that `CI` has a quarter of them documented, of each kind.
#[test]
#[cfg(unix)]
fn rustdoc_has_nothing_to_say() {
    use std::os::unix::fs::PermissionsExt;
    let rustdoc = target_dir().join("cases/rustdoc-check");
    let (_, packages) = workspace();
    fs::write(&rustdoc, RUSTDOC).unwrap();
    let executable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(&rustdoc, executable).unwrap();
    let few = packages.iter().step_by(4).map(|package| name(package));
    let few = few.chain([UNIFIED.to_owned()]);
    let chosen: Vec<String> = match env::var_os("CI") {
        Some(_) => few.map(|name| format!("--package={name}")).collect(),
        None => vec!["--workspace".to_owned()],
    };
    let ran = run(cargo_in_workspace("doc")
        .arg("--no-deps")
        .args(chosen)
        .args(FEATURES)
        .env("RUSTDOC", rustdoc)
        .env("RUSTDOCFLAGS", "-D warnings")
        // What clippy has compiled of the packages is good enough: cargo knows it by the wrapper and its arguments.
        .env("RUSTC_WORKSPACE_WRAPPER", clippy_driver())
        .env(
            "CLIPPY_ARGS",
            "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__",
        ));
    assert!(ran.code == Some(0) && ran.err.is_empty(), "{}", ran.err);
}

/// The name of a package.
#[cfg(unix)]
fn name(package: &Path) -> String {
    let manifest = fs::read_to_string(package.join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    manifest["package"]["name"].as_str().unwrap().to_owned()
}

/// `--check` isn't stable yet.
#[cfg(unix)]
const RUSTDOC: &str = "\
#!/bin/sh
RUSTC_BOOTSTRAP=1 exec rustdoc -Zunstable-options --check \"$@\"
";

/// The compiler that `cargo clippy` wraps.
#[cfg(unix)]
fn clippy_driver() -> PathBuf {
    let sysroot = run(Command::new("rustc").args(["--print", "sysroot"]));
    let driver = format!("clippy-driver{}", env::consts::EXE_SUFFIX);
    Path::new(sysroot.out.trim()).join("bin").join(driver)
}

/// Formatting a whole workspace, as users do, doesn't change generated packages, as each disables it.
#[test]
fn cargo_fmt_leaves_generated_packages_alone() {
    let (workspace, packages) = workspace();
    for package in packages {
        assert!(
            package.join("rustfmt.toml").exists(),
            "{}",
            package.display()
        );
    }
    let ran = run(workspace.cargo("fmt").args(["--all", "--check"]));
    assert!(
        ran.code == Some(0) && ran.out.is_empty() && ran.err.is_empty(),
        "{}\n{}",
        ran.out,
        ran.err
    );
}

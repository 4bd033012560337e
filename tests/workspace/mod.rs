//! Workspaces of generated packages below the target directory.
//!
//! Cargo compiles a package once more for each choice of its features and each profile. These workspaces have those of the repository, so that
//! what it has compiled for its own tests and lints isn't compiled again.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use toml::{Table, Value};

/// A package of every workspace, of nothing but dependencies. Where only some packages are chosen, this one has to be, too.
pub(crate) const UNIFIED: &str = "unified";

/// The part of it that is for macros, which are compiled for the machine that compiles.
pub(crate) const UNIFIED_MACROS: &str = "unified-macros";

/// The packages of the repository that are compiled for its tests.
const OURS: [&str; 3] = ["generator", "templates", "tests"];

pub(crate) struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// Writes what belongs to a workspace of packages that are, or will be, in `folder`: `members` are their paths. Cargo tells packages of one
    /// name apart by these, so that two workspaces must not have the same package at the same path.
    pub(crate) fn write(folder: &Path, members: &[String]) -> Self {
        let names = write_unified(folder);
        let members = names.iter().chain(members).cloned().map(Value::from);
        let mut workspace = table("resolver", "3");
        workspace.insert("members".to_owned(), Value::Array(members.collect()));
        let mut manifest = table("workspace", workspace);
        manifest.insert("profile".to_owned(), profile());
        write_changed(&folder.join("Cargo.toml"), &manifest.to_string());
        // The versions that the repository itself is tested with.
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Self {
            folder: folder.to_owned(),
        }
    }

    /// A command of cargo, of which nothing is expected but what compilers say.
    pub(crate) fn cargo(&self, what: &str) -> Command {
        let mut command = cargo(what);
        command
            .arg("--quiet")
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target_dir())
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS");
        command
    }
}

/// A command of cargo as a user gives it: without the variables by which cargo tells a test its package. ring is compiled again when one of
/// them differs, and with it all that need it.
pub(crate) fn cargo(what: &str) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg(what);
    for (name, _) in env::vars_os() {
        let is_of_package = ["CARGO_MANIFEST_", "CARGO_PKG_"]
            .iter()
            .any(|prefix| name.as_encoded_bytes().starts_with(prefix.as_bytes()));
        if is_of_package {
            command.env_remove(name);
        }
    }
    command
}

/// The target directory of the repository.
fn target_dir() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn manifest(package: &str) -> Table {
    let path = root().join(package).join("Cargo.toml");
    fs::read_to_string(path).unwrap().parse().unwrap()
}

/// The profiles of the repository. The generator, which is none of the packages, has its own.
fn profile() -> Value {
    let mut profile = manifest("")["profile"].clone();
    let dev = profile["dev"]["package"].as_table_mut().unwrap();
    assert!(dev.remove("specwright").is_some());
    profile
}

/// Writes packages that depend on what the repository's do, and one that depends on all of them. Returns their names.
fn write_unified(folder: &Path) -> Vec<String> {
    let mut all = Table::new();
    let mut write = |name: String, package: Table| {
        write_package(folder, &name, package);
        let dependency = table("path", format!("../{name}"));
        all.insert(name, dependency.into());
    };
    for ours in OURS {
        let mut manifest = manifest(ours);
        let mut parts = ["features", "target"]
            .into_iter()
            .filter_map(|part| manifest.remove_entry(part))
            .collect::<Table>();
        let [needed, tested] =
            ["dependencies", "dev-dependencies"].map(|part| of_others(manifest.remove(part)));
        parts.insert("dependencies".to_owned(), needed.into());
        write(format!("{UNIFIED}-{ours}"), parts);
        write(
            format!("{UNIFIED}-{ours}-tests"),
            table("dependencies", tested),
        );
    }
    let macros = manifest("tests").remove("build-dependencies");
    let macros = table("build-dependencies", of_others(macros));
    write(UNIFIED_MACROS.to_owned(), macros);
    // The tests of `templates` have a sample of its support code with features that aren't a default.
    let templates = manifest("templates");
    let features = templates["dev-dependencies"]["sample-client"]["features"].clone();
    let unified = all["unified-templates"].as_table_mut().unwrap();
    unified.insert("features".to_owned(), features);
    let mut names: Vec<String> = all.keys().cloned().collect();
    let mut package = table("dependencies", all);
    // One of the chosen packages has to have the features that are asked for.
    let known = templates["features"].as_table().unwrap().keys().cloned();
    let known = known.chain(["full".to_owned()]);
    let known = known.filter(|name| name != "default");
    let features: Table = known.map(|name| (name, Value::Array(Vec::new()))).collect();
    package.insert("features".to_owned(), features.into());
    write_package(folder, UNIFIED, package);
    names.push(UNIFIED.to_owned());
    names
}

/// Those that aren't of the repository.
fn of_others(dependencies: Option<Value>) -> Table {
    let Some(Value::Table(dependencies)) = dependencies else {
        return Table::new();
    };
    let others = dependencies.into_iter();
    others
        .filter(|(_, dependency)| dependency.get("path").is_none())
        .collect()
}

/// Writes a package without code.
fn write_package(folder: &Path, name: &str, mut manifest: Table) {
    let mut package = table("name", name);
    package.insert("edition".to_owned(), "2024".into());
    manifest.insert("package".to_owned(), package.into());
    let folder = folder.join(name);
    write_changed(&folder.join("Cargo.toml"), &manifest.to_string());
    write_changed(&folder.join("src/lib.rs"), "//! Nothing.\n");
}

fn table(key: &str, value: impl Into<Value>) -> Table {
    Table::from_iter([(key.to_owned(), value.into())])
}

/// Writes a file only if it differs, so that cargo doesn't rebuild.
pub(crate) fn write_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

//! The manifest of the package that a build script belongs to, as far as it says what generated code can depend on.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// A manifest.
#[derive(Debug)]
pub(crate) struct OwnManifest {
    /// Its path, and that of the workspace, if dependencies are inherited from there.
    pub(crate) paths: Vec<PathBuf>,
    /// By name in code.
    dependencies: BTreeMap<String, Stated>,
}

/// A dependency as it is stated. What isn't known of it is taken for right: that it is a path, or that it is inherited from nowhere.
#[derive(Debug, Default)]
pub(crate) struct Stated {
    version: Option<String>,
    features: BTreeSet<String>,
    default_features: bool,
    is_unknown: bool,
}

impl OwnManifest {
    /// The manifest of the package that is being built; `None` if this isn't a build script, or its manifest isn't a file of cargo.
    pub(crate) fn of_build_script() -> Option<Self> {
        let folder = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR")?);
        Self::read(&folder.join("Cargo.toml"))
    }

    pub(crate) fn read(path: &Path) -> Option<Self> {
        let manifest = table(path)?;
        let mut own = Self {
            paths: vec![path.to_path_buf()],
            dependencies: BTreeMap::new(),
        };
        let of_targets = manifest.get("target").and_then(Value::as_table);
        let of_targets = of_targets.into_iter().flat_map(Table::values);
        let of_targets = of_targets.filter_map(Value::as_table);
        let holders = std::iter::once(&manifest).chain(of_targets);
        let lists = holders.filter_map(|holder| holder.get("dependencies")?.as_table());
        let all: Vec<(&String, &Value)> = lists.flatten().collect();
        let inherits = |(_, stated): &(&String, &Value)| is_inherited(stated);
        let workspace = all.iter().any(inherits).then(|| workspace(path));
        let workspace = workspace.flatten();
        let shared = workspace.as_ref().map(|(_, shared)| shared);
        for (name, stated) in all {
            let stated = Stated::of(stated, shared.and_then(|shared| shared.get(name)));
            own.dependencies.insert(in_code(name), stated);
        }
        own.paths.extend(workspace.map(|(path, _)| path));
        Some(own)
    }

    /// What is stated of a package.
    pub(crate) fn stated(&self, package: &str) -> Option<&Stated> {
        self.dependencies.get(&in_code(package))
    }
}

impl Stated {
    fn of(stated: &Value, shared: Option<&Value>) -> Self {
        if is_inherited(stated) {
            let mut all = shared.map_or_else(Self::default, |shared| Self::of(shared, None));
            all.is_unknown |= shared.is_none();
            all.features.extend(features(stated));
            return all;
        }
        let version = stated.get("version").unwrap_or(stated);
        Self {
            version: version.as_str().map(str::to_owned),
            features: features(stated).collect(),
            default_features: stated
                .get("default-features")
                .and_then(Value::as_bool)
                .unwrap_or(true),
            is_unknown: false,
        }
    }

    /// Whether a version may be what cargo takes. Requirements other than `1.2` and `^1.2` aren't looked at.
    pub(crate) fn allows(&self, version: &str) -> bool {
        let Some(stated) = &self.version else {
            return true;
        };
        let numbers = |text: &str| -> Option<Vec<u64>> {
            let text = text.trim().trim_start_matches('^');
            let text = text.split(['-', '+']).next()?;
            text.split('.').map(|part| part.parse().ok()).collect()
        };
        let (Some(stated), Some(wanted)) = (numbers(stated), numbers(version)) else {
            return true;
        };
        // What has to be the same: all up to the first number that isn't 0.
        let zeros = wanted.iter().take_while(|number| **number == 0).count();
        let mut pairs = stated.iter().zip(&wanted).take(zeros + 1);
        pairs.all(|(stated, wanted)| stated == wanted)
    }

    /// The features that aren't stated.
    pub(crate) fn lacks(&self, features: &[String], with_default: bool) -> Vec<String> {
        // Packages that have these have them by default.
        let is_default =
            |feature: &str| self.default_features && ["alloc", "std"].contains(&feature);
        let is_there = |feature: &str| self.features.contains(feature) || is_default(feature);
        let default = with_default && !self.default_features;
        let default = default && !["default", "std"].iter().any(|one| is_there(one));
        let lacking = features.iter().filter(|one| !is_there(one)).cloned();
        let lacking = default
            .then(|| "default".to_owned())
            .into_iter()
            .chain(lacking);
        lacking.filter(|_| !self.is_unknown).collect()
    }
}

fn is_inherited(stated: &Value) -> bool {
    stated.get("workspace").and_then(Value::as_bool) == Some(true)
}

fn features(stated: &Value) -> impl Iterator<Item = String> {
    let features = stated.get("features").and_then(Value::as_array);
    let features = features.into_iter().flatten();
    features.filter_map(|one| one.as_str().map(str::to_owned))
}

/// The nearest workspace around a package: its manifest and the dependencies that are shared there.
fn workspace(path: &Path) -> Option<(PathBuf, Table)> {
    path.ancestors().skip(1).find_map(|folder| {
        let path = folder.join("Cargo.toml");
        let table = table(&path)?;
        let shared = table.get("workspace")?.as_table()?.get("dependencies")?;
        Some((path, shared.as_table()?.clone()))
    })
}

fn table(path: &Path) -> Option<Table> {
    fs::read_to_string(path).ok()?.parse().ok()
}

fn in_code(name: &str) -> String {
    name.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn what_is_stated_is_found_wherever_it_is() {
        let folder = std::env::temp_dir().join(format!("specwright-own-{}", std::process::id()));
        let package = folder.join("crates/a");
        fs::create_dir_all(&package).unwrap();
        fs::write(
            folder.join("Cargo.toml"),
            "[workspace.dependencies]\nhttp = { version = \"1.5\", default-features = false }\ntokio = { version = \"1\", features = [\"rt\"] }\n",
        )
        .unwrap();
        let path = package.join("Cargo.toml");
        let manifest = "[package]\nname = \"a\"\n[dependencies]\nbytes = \"1\"\nhttp_body = { path = \"../b\" }\nhttp.workspace = true\n\
                        tokio = { workspace = true, features = [\"time\"] }\nnone.workspace = true\n[target.'cfg(unix)'.dependencies]\nserde = \"1\"\n";
        fs::write(&path, manifest).unwrap();
        let own = OwnManifest::read(&path).unwrap();
        assert_eq!(own.paths, [path, folder.join("Cargo.toml")]);
        assert!(own.stated("reqwest").is_none());
        let lacks = |package: &str, features: &[&str], with_default| {
            let stated = own.stated(package).unwrap();
            stated.lacks(&strings(features), with_default)
        };
        assert_eq!(lacks("bytes", &["std", "serde"], true), ["serde"]);
        assert!(lacks("http-body", &[], true).is_empty());
        assert_eq!(lacks("http", &["std"], true), ["default", "std"]);
        assert_eq!(lacks("tokio", &["rt", "sync", "time"], false), ["sync"]);
        assert!(lacks("none", &["any"], true).is_empty());
        assert!(own.stated("serde").is_some());
        fs::write(folder.join("broken.toml"), "[").unwrap();
        assert!(OwnManifest::read(&folder.join("broken.toml")).is_none());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn versions_are_compared_as_cargo_does() {
        let allows = |stated: &str, wanted: &str| {
            let stated = Stated {
                version: Some(stated.to_owned()),
                ..Stated::default()
            };
            stated.allows(wanted)
        };
        for stated in ["1", "1.2", "^1.9.9", "*", ">=0.1", "1.2.3-rc.1", "~1.0"] {
            assert!(allows(stated, "1.5.0"), "{stated}");
        }
        for stated in ["0", "2", "0.1", "2.0.0-rc.1"] {
            assert!(!allows(stated, "1.5.0"), "{stated}");
        }
        assert!(allows("0.1", "0.1.5") && allows("0", "0.1.5") && !allows("0.2", "0.1.5"));
        assert!(Stated::default().allows("1"));
    }
}

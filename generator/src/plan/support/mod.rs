//! Plans the support code of a crate: the files that it uses, their requirements, and packages and features.
//!
//! The files are those of `templates/`, unchanged. Versions and features of packages are read from its `Cargo.toml`, so that generated code
//! is what is compiled and tested there.

mod features;
mod files;

pub use features::{FEATURES, KnownFeature};
pub use files::{FILES, File};

use super::manifest::{Dependency, Feature, Source};
use super::uses::Uses;
use crate::crates::CrateKind;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A file of support code to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportFile {
    /// The path below `src/support/`.
    pub path: &'static str,
    pub text: String,
}

/// The support code of a crate.
pub(super) struct Support {
    kind: CrateKind,
    /// The files, in the order of [`FILES`].
    files: Vec<&'static File>,
}

/// The manifest of `templates/`; `None` is never seen, as a test looks up its dependencies.
static MANIFEST: LazyLock<Option<toml::Table>> = LazyLock::new(|| {
    include_str!("../../../templates/versions.toml")
        .parse()
        .ok()
});

impl Support {
    /// The support code for these uses. Files bring along the files that they use, which may belong to a crate below: that of a program, if it is
    /// written.
    pub(super) fn of(kind: CrateKind, uses: &Uses, is_written: impl Fn(CrateKind) -> bool) -> Self {
        let is_built_on = |other: CrateKind| {
            let is_there = !other.facts().is_program || is_written(other);
            is_there && other.facts().built_on.contains(&kind)
        };
        let above = |other: &CrateKind| *other == kind || is_built_on(*other);
        let kinds: Vec<CrateKind> = CrateKind::ALL.into_iter().filter(above).collect();
        let is_used = |file: &File| file.always || file.when.iter().any(|one| uses.has(*one));
        let roots = kinds.iter().flat_map(|kind| {
            let files = FILES
                .iter()
                .filter(|file| file.is_of(*kind) && is_used(file));
            files.map(|file| (file, *kind))
        });
        let mut waiting: Vec<(&File, CrateKind)> = roots.collect();
        let mut needed = BTreeSet::new();
        while let Some((file, owner)) = waiting.pop() {
            if needed.insert((file.path, owner)) {
                let others = FILES.iter().filter(|one| file.needs.contains(&one.path));
                // Files that crates of this kind may have themselves don't come from another crate.
                let places = std::iter::once(owner).chain(owner.facts().built_on.iter().copied());
                waiting.extend(others.filter_map(|other| {
                    let owner = places.clone().find(|kind| other.is_of(*kind))?;
                    Some((other, owner))
                }));
            }
        }
        let files = FILES.iter();
        Self {
            kind,
            files: files
                .filter(|file| needed.contains(&(file.path, kind)))
                .collect(),
        }
    }

    /// All support code of a kind, whatever is used of it.
    pub(super) fn all(kind: CrateKind) -> Self {
        let uses = FILES.iter().flat_map(|file| file.when).copied();
        Self::of(kind, &Uses::just(uses), |_| true)
    }

    /// The files to copy; `mod.rs` only lists modules that are there.
    pub(super) fn files(&self) -> Vec<SupportFile> {
        let files = self.files.iter();
        let copied = files.map(|file| SupportFile {
            path: file.folder_and_name().1,
            text: if file.folder_and_name().1 == "mod.rs" {
                self.module_list(file.text)
            } else {
                file.text.to_owned()
            },
        });
        copied.collect()
    }

    /// The files as a package has them that others depend on: what a crate has for itself is hidden instead of private.
    pub(super) fn shared_files(&self) -> Vec<SupportFile> {
        let files = self.files().into_iter().zip(&self.files);
        files
            .map(|(copy, file)| SupportFile {
                text: published(&apart(file.path, copy.text)),
                ..copy
            })
            .collect()
    }

    /// The `mod.rs` of a template directory for a generated crate, in which all files are in one directory, and not all of them exist.
    fn module_list(&self, text: &str) -> String {
        let is_copied = |file: &File| self.files.iter().any(|copied| copied.path == file.path);
        let missing = FILES
            .iter()
            .filter(|file| file.is_of(self.kind) && !is_copied(file));
        let missing = missing.filter_map(|file| file.folder_and_name().1.strip_suffix(".rs"));
        let missing: Vec<String> = missing
            .flat_map(|module| [format!("mod {module};"), format!("self::{module}::")])
            .collect();
        let names_missing = |line: &str| missing.iter().any(|name| line.contains(name));
        let lines: Vec<&str> = text.lines().collect();
        let is_kept = |(at, line): (usize, &&str)| {
            let is_gate = line.starts_with("#[cfg(");
            let named = lines.get(at + usize::from(is_gate)).unwrap_or(line);
            !line.starts_with("#[path = ") && !names_missing(named)
        };
        let kept = lines.iter().enumerate().filter(|line| is_kept(*line));
        kept.flat_map(|(_, line)| [line, "\n"]).collect()
    }

    /// The cargo features that the code checks.
    fn asked_for(&self) -> BTreeSet<&'static str> {
        let files = self.files.iter();
        files.flat_map(|file| self.features_of(file)).collect()
    }

    /// The cargo features that a file checks, as it is copied.
    fn features_of(&self, file: &'static File) -> Vec<&'static str> {
        if file.folder_and_name().1 != "mod.rs" {
            return file.features.to_vec();
        }
        let text = self.module_list(file.text);
        let asks = |feature: &&str| text.contains(&format!("feature = \"{feature}\""));
        file.features.iter().copied().filter(asks).collect()
    }

    /// The cargo features of the crate: those that the code checks, and those that accompany them.
    pub(super) fn features(&self) -> Vec<Feature> {
        let asked = self.asked_for();
        let features = FEATURES.iter();
        features
            .filter(|feature| asked.contains(feature.with.unwrap_or(feature.name)))
            .map(|feature| Feature {
                name: feature.name.to_owned(),
                enables: feature.enables.iter().map(|&one| one.to_owned()).collect(),
                purpose: feature.purpose.to_owned(),
            })
            .collect()
    }

    /// The packages that the code needs; those that only features enable are optional.
    pub(super) fn dependencies(&self) -> Vec<Dependency> {
        let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for package in self.files.iter().flat_map(|file| file.packages) {
            let (name, feature) = match package.split_once('/') {
                Some((name, feature)) => (name, Some(feature)),
                None => (*package, None),
            };
            wanted.entry(name).or_default().extend(feature);
        }
        let features = self.features();
        let enabled = features.iter().flat_map(|feature| &feature.enables);
        let optional: BTreeSet<&str> = enabled
            .filter_map(|one| one.strip_prefix("dep:"))
            .filter(|name| !wanted.contains_key(name))
            .collect();
        let always = wanted.into_iter().filter_map(|(name, features)| {
            let mut found = dependency("dependencies", name, false)?;
            found
                .features
                .extend(features.into_iter().map(str::to_owned));
            Some(found)
        });
        let in_browsers: BTreeSet<&str> = self
            .files
            .iter()
            .flat_map(|file| file.in_browsers)
            .copied()
            .collect();
        let in_browsers = in_browsers.into_iter();
        let in_browsers =
            in_browsers.filter_map(|name| dependency(BROWSER, name, optional.contains(name)));
        let optional = optional.iter();
        let optional = optional.filter_map(|name| dependency("dependencies", name, true));
        always.chain(optional).chain(in_browsers).collect()
    }
}

/// What support code says otherwise where it is a package of its own: the path, a text, and what takes its place. Generated code makes values of
/// these structs. And no crate may implement a trait of another one for a type of another one, so that each has a marker of its own for the requests
/// that its server handles, in the place of `Paths`.
const APART: &[(&str, &str, &str)] = &[
    (
        "client/oauth_server.rs",
        "#[non_exhaustive]\npub struct OAuthFlow",
        "pub struct OAuthFlow",
    ),
    (
        "client/oauth_server.rs",
        "#[non_exhaustive]\npub struct OAuthScheme",
        "pub struct OAuthScheme",
    ),
    (
        "client/operation.rs",
        "#[non_exhaustive]\npub struct OperationInfo",
        "pub struct OperationInfo",
    ),
    (
        "server/builder.rs",
        "impl<P> Server<P> {",
        "impl<P, R> Server<P, Unauthenticated, R> {",
    ),
    (
        "server/builder.rs",
        "pub fn builder(api: P) -> ServerBuilder<P> {",
        "pub fn builder(api: P) -> ServerBuilder<P, Unauthenticated, R> {",
    ),
];

/// The text of a support file with what it says otherwise in a package of its own.
fn apart(path: &str, text: String) -> String {
    let rows = APART.iter().filter(|(of, ..)| *of == path);
    rows.fold(text, |text, (_, own, shared)| text.replace(own, shared))
}

/// Support code whose items for the same crate are for any, hidden from the documentation. So are the macros that it exports.
fn published(text: &str) -> String {
    const OWN: &str = "pub(crate) ";
    const HIDDEN: &str = "#[doc(hidden)]";
    let mut out = String::with_capacity(text.len());
    let within = |code: &str| code.replace(OWN, &format!("{HIDDEN} pub "));
    for line in text.lines() {
        let code = line.trim_start();
        let indent = &line[..line.len() - code.len()];
        if let Some(item) = code.strip_prefix(OWN) {
            out.extend([indent, HIDDEN, "\n", indent, "pub ", &*within(item), "\n"]);
            continue;
        }
        let name = code.strip_prefix("macro_rules! ");
        let name = name.and_then(|rest| rest.split([' ', '{']).next());
        if name.is_some_and(|name| text.contains(&format!("{OWN}use {name};"))) {
            out.extend([indent, HIDDEN, "\n", indent, "#[macro_export]\n"]);
        }
        out += &within(line);
        out.push('\n');
    }
    out
}

/// The public methods in a support file, such as `client/builder.rs`. If a macro adds them to generated types, no name of the description
/// may hide them.
pub(super) fn methods(path: &str) -> impl Iterator<Item = &'static str> {
    let file = FILES.iter().find(move |file| file.path == path);
    let lines = file.into_iter().flat_map(|file| file.text.lines());
    let functions = lines.filter_map(|line| line.trim_start().strip_prefix("pub fn "));
    functions.filter_map(|rest| rest.split(['(', '<']).next())
}

/// The cargo features that support code checks, for any API.
pub(super) fn all_features() -> impl Iterator<Item = &'static str> {
    FILES.iter().flat_map(|file| file.features).copied()
}

/// The packages that the example of a crate needs.
pub(super) fn dev_dependencies(names: &[&str]) -> Vec<Dependency> {
    names
        .iter()
        .filter_map(|name| dependency("dev-dependencies", name, false))
        .collect()
}

/// A package of known types of other crates.
pub(super) fn known_package(name: &str) -> Option<Dependency> {
    let sections = ["dependencies", "dev-dependencies"];
    let mut found = sections
        .into_iter()
        .filter_map(|section| dependency(section, name, false));
    found.next()
}

/// The names of all packages in the manifest of `templates/`.
pub(super) fn packages() -> impl Iterator<Item = String> {
    let sections = ["dependencies", "dev-dependencies", BROWSER];
    let manifest = MANIFEST.iter();
    let found = manifest.flat_map(move |manifest| sections.map(|name| section_of(manifest, name)));
    found.flatten().flat_map(toml::Table::keys).cloned()
}

/// Takes from a dependency the features that it has in addition to those in the manifest of `templates/`.
pub(super) fn take_more(of: &mut Dependency) -> Vec<String> {
    let section = of.target.unwrap_or("dependencies");
    let known = dependency(section, &of.name, of.optional);
    let known = known.map(|known| known.features).unwrap_or_default();
    let (always, more) = std::mem::take(&mut of.features)
        .into_iter()
        .partition(|feature| known.contains(feature));
    of.features = always;
    more
}

/// A dependency as in the manifest of `templates/`. Never `None`, as a test looks up each of them.
fn dependency(section: &str, name: &str, optional: bool) -> Option<Dependency> {
    let found = section_of(MANIFEST.as_ref()?, section)?.get(name)?;
    let version = found.as_str().or_else(|| found.get("version")?.as_str())?;
    let features = found
        .get("features")
        .and_then(toml::Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    Some(Dependency {
        name: name.to_owned(),
        source: Source::Version(version.to_owned()),
        default_features: found
            .get("default-features")
            .and_then(toml::Value::as_bool)
            .unwrap_or(true),
        features: features
            .iter()
            .filter_map(|feature| feature.as_str().map(str::to_owned))
            .collect(),
        optional,
        target: (section == BROWSER).then_some(BROWSER),
    })
}

/// The platform of browsers.
const BROWSER: &str = "cfg(target_family = \"wasm\")";

/// A section of dependencies; that of a platform by its `cfg(…)`.
fn section_of<'m>(manifest: &'m toml::Table, section: &str) -> Option<&'m toml::Table> {
    let found = if section.starts_with("cfg(") {
        manifest.get("target")?.get(section)?.get("dependencies")?
    } else {
        manifest.get(section)?
    };
    found.as_table()
}

/// The features that support code checks, among these.
pub(super) fn asked_for<'f>(features: impl Iterator<Item = &'f Feature>) -> Vec<&'static str> {
    let names: BTreeSet<&str> = features.map(|feature| feature.name.as_str()).collect();
    let known = FEATURES.iter().filter(|feature| feature.with.is_none());
    known
        .map(|feature| feature.name)
        .filter(|name| names.contains(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those of several kinds by two of them at least, or they would be one kind's own.
    #[test]
    fn every_file_is_needed_by_something() {
        let copied = CrateKind::ALL.map(|kind| (kind, Support::all(kind).files));
        for file in FILES {
            let kinds = CrateKind::ALL.iter().filter(|kind| file.is_of(**kind));
            let needed = copied.iter().filter(|(kind, files)| {
                file.is_of(*kind) && files.iter().any(|copied| copied.path == file.path)
            });
            let wanted = kinds.count().min(2);
            assert!(needed.count() >= wanted, "{}", file.path);
        }
    }

    #[test]
    fn every_dependency_stands_in_the_manifest_of_the_templates() {
        for kind in CrateKind::ALL {
            let support = Support::all(kind);
            let found = support.dependencies();
            let packages = support.files.iter().flat_map(|file| file.packages);
            let features = support.features();
            let enabled = features.iter().flat_map(|feature| &feature.enables);
            let wanted = packages
                .filter_map(|package| package.split('/').next())
                .chain(enabled.filter_map(|one| one.strip_prefix("dep:")));
            for name in wanted {
                assert!(found.iter().any(|one| one.name == name), "{kind}: {name}");
            }
            let names = kind.facts().example_packages;
            assert_eq!(dev_dependencies(names).len(), names.len());
        }
    }

    #[test]
    fn what_shared_code_says_otherwise_is_there() {
        for (path, own, shared) in APART {
            let file = FILES.iter().find(|file| file.path == *path).unwrap();
            assert_eq!(file.text.matches(own).count(), 1, "{path}: {own}");
            assert!(apart(path, file.text.to_owned()).contains(shared));
        }
    }

    #[test]
    fn shared_code_is_public_and_hidden() {
        let text = "macro_rules! own {}\npub(crate) use own;\n    pub(crate) fn a() {}\npub(crate) struct B(pub(crate) u8);\nmacro_rules! local {}\n";
        let expected = "#[doc(hidden)]\n#[macro_export]\nmacro_rules! own {}\n#[doc(hidden)]\npub use own;\n    #[doc(hidden)]\n    pub fn a() {}\n\
                        #[doc(hidden)]\npub struct B(#[doc(hidden)] pub u8);\nmacro_rules! local {}\n";
        assert_eq!(published(text), expected);
    }

    #[test]
    fn every_feature_that_is_asked_for_is_known() {
        for file in FILES {
            for name in file.features {
                let is_known = |feature: &&features::KnownFeature| feature.name == *name;
                assert!(
                    FEATURES.iter().any(|one| is_known(&one)),
                    "{}: {name}",
                    file.path
                );
            }
        }
    }
}

//! Plans the package that holds the support code of several APIs.
//!
//! It has all support code, whatever an API uses of it, so that it depends on the version of the generator only: no API that is added, changed or
//! removed writes it anew.

use super::manifest::{Dependency, Feature, Source};
use super::own_packages;
use super::package::{Package, crate_name};
use super::support::{self, Support, SupportFile};
use crate::config::Runtime as Wanted;
use crate::crates::CrateKind;
use std::collections::BTreeMap;

/// The package.
#[derive(Debug, Clone)]
pub struct Runtime {
    /// What its manifest says. Without features it has what types need, the kind that others are built on.
    pub package: Package,
    /// The modules, one for each kind of crate, with their files.
    pub modules: Vec<(CrateKind, Vec<SupportFile>)>,
}

/// Plans the package.
pub(super) fn runtime(wanted: &Wanted) -> Runtime {
    let supports = CrateKind::ALL.map(|kind| (kind, Support::all(kind)));
    let name = wanted.name.as_str();
    let mut dependencies: BTreeMap<(Option<&'static str>, String), Dependency> = BTreeMap::new();
    let mut features: Vec<Feature> = Vec::new();
    for (kind, support) in &supports {
        let mut enables = kinds_below(*kind);
        for one in support.dependencies() {
            enables.extend(join(&mut dependencies, *kind, one));
        }
        if is_feature(*kind) {
            features.push(Feature {
                name: kind.to_string(),
                enables,
                purpose: format!("What {kind} crates need."),
            });
        }
    }
    for feature in supports.iter().flat_map(|(_, support)| support.features()) {
        if feature.name != "default" && features.iter().all(|one| one.name != feature.name) {
            features.push(feature);
        }
    }
    let dependencies: Vec<_> = dependencies.into_values().collect();
    own_packages::without_needless(&mut features, &dependencies);
    let modules = supports.iter();
    let modules = modules.map(|(kind, support)| (*kind, support.shared_files()));
    Runtime {
        package: Package {
            kind: CrateKind::Types,
            name: name.to_owned(),
            crate_name: crate_name(name),
            description: "What generated crates of several APIs share".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            license: None,
            dependencies,
            dev_dependencies: Vec::new(),
            features,
            examples: Vec::new(),
            support: Vec::new(),
            runtime: None,
        },
        modules: modules.collect(),
    }
}

/// Whether the module of a kind is behind a feature; the others are built on what isn't.
pub(super) fn is_feature(kind: CrateKind) -> bool {
    !kind.facts().built_on.is_empty()
}

/// The features of the kinds that a kind is built on.
fn kinds_below(kind: CrateKind) -> Vec<String> {
    let below = kind.facts().built_on.iter().copied();
    let below = below.filter(|kind| is_feature(*kind));
    below.map(|kind| kind.to_string()).collect()
}

/// Adds what a kind needs. What not all kinds need is enabled by their features, with what this one needs of it.
fn join(
    dependencies: &mut BTreeMap<(Option<&'static str>, String), Dependency>,
    kind: CrateKind,
    mut one: Dependency,
) -> Vec<String> {
    let is_wanted = !one.optional;
    let more = support::take_more(&mut one);
    let name = one.name.clone();
    one.optional |= is_feature(kind);
    let known = dependencies
        .entry((one.target, name.clone()))
        .or_insert_with(|| one.clone());
    known.optional &= one.optional;
    if !is_feature(kind) {
        known.features.extend(more);
        return Vec::new();
    }
    let more = more.into_iter().map(|feature| format!("{name}?/{feature}"));
    let package = is_wanted.then(|| format!("dep:{name}"));
    package.into_iter().chain(more).collect()
}

/// The dependencies of a crate that uses the runtime instead of support code of its own: what only support code names isn't among them.
pub(super) fn dependencies(
    kind: CrateKind,
    of_support: Vec<Dependency>,
    wanted: &Wanted,
) -> Vec<Dependency> {
    let mut features = Vec::new();
    features.extend(is_feature(kind).then(|| kind.to_string()));
    let runtime = Dependency {
        name: wanted.name.as_str().to_owned(),
        source: Source::Path(wanted.way.clone()),
        default_features: true,
        features,
        optional: false,
        target: None,
    };
    let is_named =
        |one: &Dependency| kind == CrateKind::Types && NAMED.contains(&one.name.as_str());
    let named = of_support.into_iter().filter(is_named);
    named.chain([runtime]).collect()
}

/// What generated types name themselves, or macros that they call.
const NAMED: &[&str] = &["proptest", "serde", "serde_json"];

/// The features of support code, each of which enables that of the runtime.
pub(super) fn forwarded(features: Vec<Feature>, runtime: &str) -> Vec<Feature> {
    let forward = |mut feature: Feature| {
        let is_kept = |one: &String| {
            let package = one.strip_prefix("dep:");
            package.map_or(!one.contains('/'), |package| NAMED.contains(&package))
        };
        feature.enables.retain(is_kept);
        if feature.name != "default" {
            feature.enables.push(format!("{runtime}/{}", feature.name));
        }
        feature
    };
    features.into_iter().map(forward).collect()
}

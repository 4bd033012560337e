//! Plans the package that holds the support code of several APIs.
//!
//! It has all support code, whatever an API uses of it, so that it depends on the version of the generator only: no API that is added, changed or
//! removed writes it anew.

use super::features::needed_by_program;
use super::manifest::{Dependency, Feature};
use super::over_runtime::is_feature;
use super::own_packages;
use super::package::{Package, crate_name};
use super::reserved::{KEYWORDS, NEVER_RAW};
use super::support::{self, Support, SupportFile};
use super::uses::{Use, Uses};
use crate::config::{Options, Runtime as Wanted};
use crate::crates::CrateKind;
use crate::diag::{Code, Diagnostics, Place};
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
        if kind.facts().is_program {
            // Users may log in.
            enables.extend(needed_by_program(false, &Uses::just([Use::OAuth])));
        }
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

/// Reports a name that no dependency of generated code can have.
pub(super) fn check(options: &Options, diagnostics: &mut Diagnostics) {
    let Some(Wanted { name, .. }) = &options.runtime else {
        return;
    };
    let name = name.as_str();
    let in_code = crate_name(name);
    let is_it = |one: &str| crate_name(one) == in_code;
    let mut own = options.own.packages.iter();
    let reason = if [KEYWORDS, NEVER_RAW, OF_RUST].concat().contains(&&*in_code) {
        "a word of Rust"
    } else if support::packages().any(|one| is_it(&one)) || own.any(|one| is_it(&one.name)) {
        "the name of a package that generated code depends on"
    } else {
        return;
    };
    let detail = format!("the runtime can't be called `{name}`, which is {reason}");
    diagnostics.push(Code::BadConfig { detail }, Place::Nowhere);
}

/// The crates that come with the compiler.
const OF_RUST: &[&str] = &["alloc", "core", "proc_macro", "std", "test"];

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

//! What a package needs that has no support code of its own: the runtime, a package with that of several APIs.

use super::manifest::{Dependency, Feature, Source};
use crate::config::Runtime;
use crate::crates::CrateKind;

/// The dependencies of a crate that uses the runtime instead of support code of its own: what only support code names isn't among them.
pub(super) fn dependencies(
    kind: CrateKind,
    of_support: Vec<Dependency>,
    wanted: &Runtime,
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

/// Whether the module of a kind is behind a feature; the others are built on what isn't.
pub(super) fn is_feature(kind: CrateKind) -> bool {
    !kind.facts().built_on.is_empty()
}

//! The dependencies of a crate that generated modules are a part of.

use super::Plan;
use super::manifest::{Dependency, Feature, Source};
use std::collections::{BTreeMap, BTreeSet};

impl Plan {
    /// The packages that the code of all crates needs together, by name, with the cargo features that are active.
    #[must_use]
    pub fn needs(&self, is_active: impl Fn(&str) -> bool) -> Vec<Dependency> {
        let mut needs: BTreeMap<&str, Dependency> = BTreeMap::new();
        for package in &self.packages {
            let enabled = enabled(&package.features, &is_active);
            let is_enabled = |name: &str| enabled.contains(format!("dep:{name}").as_str());
            for dependency in &package.dependencies {
                let is_next_to_it = matches!(dependency.source, Source::Path(_));
                // What only browsers need, few packages with a build script do.
                let is_of_platform = dependency.target.is_some();
                let is_off = dependency.optional && !is_enabled(&dependency.name);
                if is_next_to_it || is_of_platform || is_off {
                    continue;
                }
                let needed = needs.entry(&dependency.name).or_insert_with(|| Dependency {
                    optional: false,
                    ..dependency.clone()
                });
                needed.default_features |= dependency.default_features;
                let added = enabled.iter().filter_map(|one| one.split_once('/'));
                let added = added.filter(|(of, _)| of.trim_end_matches('?') == dependency.name);
                let added = added.map(|(_, feature)| feature.to_owned());
                let features = dependency.features.iter().cloned().chain(added);
                needed.features.extend(features);
                needed.features.sort();
                needed.features.dedup();
            }
        }
        needs.into_values().collect()
    }
}

/// All that active features enable, by way of other features too.
fn enabled(features: &[Feature], is_active: impl Fn(&str) -> bool) -> BTreeSet<&str> {
    // `default` of the crate around modules is its own.
    let active = features
        .iter()
        .filter(|one| one.name != "default" && is_active(&one.name));
    let mut waiting: Vec<&Feature> = active.collect();
    let mut enabled = BTreeSet::new();
    while let Some(feature) = waiting.pop() {
        for one in &feature.enables {
            if enabled.insert(one.as_str()) {
                waiting.extend(features.iter().filter(|other| other.name == *one));
            }
        }
    }
    enabled
}

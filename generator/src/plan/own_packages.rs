//! Packages of custom types, and messages about these types.

use super::Planner;
use super::foreign::{Foreign, Undeclared};
use super::manifest::{Dependency, Feature, Source};
use super::support;
use super::types::TypeItem;
use crate::config::own::{Entry, Own, OwnPackage, OwnType};
use crate::config::{Layout, Options};
use crate::diag::Code;

/// Adds the packages of custom types: those that the user declares, and known ones.
pub(super) fn add(dependencies: &mut Vec<Dependency>, options: &Options, foreign: &Foreign) {
    for own in &options.own.packages {
        join(dependencies, declared(own));
    }
    for (package, features) in foreign.packages() {
        let mut declared = options.own.packages.iter();
        let is_declared = declared.any(|own| own.name.replace('-', "_") == *package);
        if let Some(mut known) = support::known_package(package).filter(|_| !is_declared) {
            known
                .features
                .extend(features.iter().map(|&one| one.to_owned()));
            known.features.sort();
            known.features.dedup();
            join(dependencies, known);
        }
    }
}

fn declared(own: &OwnPackage) -> Dependency {
    Dependency {
        name: own.name.clone(),
        source: match &own.source[..] {
            [("version", version)] => Source::Version(version.clone()),
            stated => Source::Stated(stated.to_vec()),
        },
        default_features: own.default_features,
        features: own.features.clone(),
        optional: own.optional,
        target: None,
    }
}

/// Adds a package, or merges its features into an existing dependency.
fn join(dependencies: &mut Vec<Dependency>, new: Dependency) {
    let known = dependencies.iter_mut().find(|known| known.name == new.name);
    let Some(known) = known else {
        dependencies.push(new);
        return;
    };
    // The support code was tested with its own version, but the user's choice wins.
    if !matches!(new.source, Source::Version(_)) {
        known.source = new.source;
    }
    known.default_features |= new.default_features;
    known.optional &= new.optional;
    known.features.extend(new.features);
    known.features.sort();
    known.features.dedup();
}

/// Removes from features what enables a package that isn't optional any more.
pub(super) fn without_needless(features: &mut [Feature], dependencies: &[Dependency]) {
    let is_there = |name: &str| {
        let mut dependencies = dependencies.iter();
        dependencies.any(|one| one.name == name && !one.optional)
    };
    for feature in features {
        let needed = |enabled: &String| !enabled.strip_prefix("dep:").is_some_and(is_there);
        feature.enables.retain(needed);
    }
}

/// Types of other crates that need the traits of parameters, for which only the crate of the traits could implement them.
fn foreign_parameters(own: &Own, types: &[TypeItem]) -> Vec<(Entry, Code)> {
    let foreign = types.iter().filter_map(TypeItem::foreign);
    let needed = foreign.filter(|item| item.with.is_none() && item.is_parameter);
    let found = needed.map(|item| {
        let path = item.path.trim_start_matches("::");
        let is_it = |one: &OwnType| {
            let by = one.replacement.as_ref();
            by.is_some_and(|by| by.path.trim_start_matches("::") == path)
        };
        let entry = match own.types.iter().position(is_it) {
            Some(at) => Entry::Type(at),
            None => Entry::Format(own.formats.iter().position(is_it).unwrap_or(usize::MAX)),
        };
        let path = path.to_owned();
        (entry, Code::ForeignParameter { path })
    });
    found.collect()
}

impl Planner<'_> {
    /// Problems of custom types: entries without effect, undeclared packages, and what isn't possible with a runtime.
    pub(super) fn own_problems(&self, foreign: &Foreign, types: &[TypeItem]) -> Vec<(Entry, Code)> {
        let own = &self.options.own;
        let undeclared = |(entry, Undeclared { package, path }): (Entry, Undeclared)| {
            (entry, Code::UndeclaredPackage { package, path })
        };
        let mut problems: Vec<(Entry, Code)> = Vec::new();
        let derives = if self.options.layout == Layout::Crates {
            self.undeclared_derives()
        } else {
            Vec::new()
        };
        let derives = derives.into_iter();
        let derives = derives.map(|(entry, package, path)| (entry, Undeclared { package, path }));
        for problem in foreign
            .undeclared
            .iter()
            .cloned()
            .chain(derives)
            .map(undeclared)
        {
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        for (at, entry) in own.types.iter().enumerate() {
            if !foreign.met.contains(&at) && !self.met_types.contains(&at) {
                problems.push((Entry::Type(at), self.unmatched("types", &entry.name)));
            }
        }
        for at in foreign.unmet_formats(self.options) {
            let code = self.unmatched("formats", &own.formats[at].name);
            problems.push((Entry::Format(at), code));
        }
        problems.extend(
            self.options
                .runtime
                .iter()
                .flat_map(|_| foreign_parameters(own, types)),
        );
        problems
    }

    fn unmatched(&self, key: &str, name: &str) -> Code {
        let mut types = self.api.types.iter();
        let is_schema = key == "types" && types.any(|ty| ty.role.schema() == Some(name));
        let reason = match (key, is_schema) {
            (_, true) => "the schema is no struct and no enum in Rust",
            ("formats", false) => "no schema has this format",
            (_, false) => "there is no schema of this name",
        };
        Code::UnmatchedOwn {
            key: key.to_owned(),
            name: name.to_owned(),
            reason: reason.to_owned(),
        }
    }
}

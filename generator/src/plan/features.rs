//! Which cargo feature compiles what, so that users of a big API compile what they use.
//!
//! In: the groups and the types, planned. Out: a feature for each group, one for the types that no operation needs, and the types in
//! modules by who needs them, so that a module is there or not as a whole. Small APIs have none of it.

use super::doc::{self, Doc};
use super::manifest::Feature;
use super::names::{self, Case, Wanted};
use super::operations::{Group, Headers, Operation};
use super::rust::{Ident, Ty};
use super::support::{self, Support};
use super::types::TypeItem;
use super::words::Speller;
use crate::config::{Layout, Options};
use crate::crates::{CrateKind, Facts};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// More operations than these are many.
const MANY_OPERATIONS: usize = 60;

/// More types than these are many.
const MANY_TYPES: usize = 300;

/// Fewer groups than these don't take an API apart.
const FEW_GROUPS: usize = 3;

/// What a group's feature must not be: features of the support code, of ours and of cargo's.
fn taken() -> BTreeSet<String> {
    let features = support::all_features().chain(["default", "full", OTHER, "rustls"]);
    features.map(str::to_owned).collect()
}

/// The feature of the types that no operation needs.
pub(super) const OTHER: &str = "other";

/// Types that are compiled for the same features.
#[derive(Debug, Clone)]
pub struct TypeModule {
    /// Its name, below `models`.
    pub module: Ident,
    /// Its documentation.
    pub doc: Doc,
    /// The features that need it; it is always there if there are none.
    pub features: Vec<String>,
    /// The positions of its types in [`Plan::types`](super::Plan::types).
    pub types: Vec<usize>,
    /// Whether they name types of other modules.
    pub uses_others: bool,
}

/// Gives each group its feature and sorts the types into modules, if the API is big or the user wants it.
pub(super) fn split(
    options: &Options,
    speller: &Speller,
    groups: &mut [Group],
    headers: &[Headers],
    types: &[TypeItem],
) -> Vec<TypeModule> {
    let operations: usize = groups.iter().map(|group| group.operations.len()).sum();
    let defined = types
        .iter()
        .filter(|item| !matches!(item, TypeItem::Alias(_)));
    let big = (operations > MANY_OPERATIONS || defined.count() > MANY_TYPES)
        && groups.len() >= FEW_GROUPS;
    let wanted = options.features.unwrap_or(big);
    if !wanted || options.layout == Layout::Modules || groups.is_empty() {
        return Vec::new();
    }
    name_features(groups);
    name_stand_ins(speller, groups);
    let needs = Needs::of(groups, headers, types);
    needs.modules(speller, groups)
}

/// Whether an API is taken apart by features.
pub(super) fn are_there(groups: &[Group]) -> bool {
    groups.iter().any(|group| group.feature.is_some())
}

/// A feature is called like the file of the group's module, which is ASCII as registries want it, unless cargo or we have another use
/// for the name. What only a module must not be called is a feature as it is: `types`.
fn name_features(groups: &mut [Group]) {
    let files: Vec<String> = groups.iter().map(|group| group.module.file()).collect();
    let taken = taken();
    let mut used = taken.clone();
    used.extend(files.iter().filter(|name| !taken.contains(*name)).cloned());
    for (group, file) in groups.iter_mut().zip(files) {
        let words = file.trim_end_matches('_');
        let mut name = if words.is_empty() || used.contains(words) {
            file.clone()
        } else {
            words.to_owned()
        };
        while taken.contains(&name) || (name != file && used.contains(&name)) {
            name.push_str("_api");
        }
        used.insert(name.clone());
        group.feature = Some(name);
    }
}

/// The traits that say what a provider has to be for a group, whether that is compiled or not: `WantedIssuesApi`.
fn name_stand_ins(speller: &Speller, groups: &mut [Group]) {
    let apis: Vec<Ident> = groups.iter().map(|group| group.api.clone()).collect();
    let wanted = apis.iter().map(|api| Wanted {
        text: format!("Wanted{}", api.plain()),
        wire: api.plain().to_owned(),
        explicit: false,
        otherwise: None,
    });
    let wanted: Vec<Wanted> = wanted.collect();
    let taken: Vec<&str> = apis.iter().map(Ident::as_str).collect();
    let named = names::scope(speller, Case::Type, &taken, &wanted).idents;
    for (group, name) in groups.iter_mut().zip(named) {
        group.stand_in = Some(name);
    }
}

/// Who needs each type: groups by their position, and behind them whoever wants what no operation needs.
struct Needs {
    /// The types that each type names.
    parts: Vec<Vec<usize>>,
    of: Vec<BTreeSet<usize>>,
}

impl Needs {
    fn of(groups: &[Group], headers: &[Headers], types: &[TypeItem]) -> Self {
        let by_name: HashMap<&Ident, usize> = (0..)
            .zip(types)
            .map(|(index, item)| (item.name(), index))
            .collect();
        let named = |ty| -> Vec<usize> {
            let names = Ty::names(ty);
            names
                .filter_map(|name| by_name.get(name).copied())
                .collect()
        };
        let parts = types
            .iter()
            .map(|item| item.types().into_iter().flat_map(named).collect());
        let mut needs = Self {
            parts: parts.collect(),
            of: vec![BTreeSet::new(); types.len()],
        };
        let fields = headers.iter().flat_map(|headers| &headers.fields);
        let shared: Vec<&Ty> = fields.map(|field| &field.ty).collect();
        for (index, group) in groups.iter().enumerate() {
            let own = group.operations.iter().flat_map(Operation::types);
            let roots = own.chain(shared.iter().copied()).flat_map(named);
            needs.reach(index, roots.collect());
        }
        let others = (0..types.len()).filter(|index| needs.of[*index].is_empty());
        needs.reach(groups.len(), others.collect());
        needs
    }

    /// Adds who needs a type to all that it is made of.
    fn reach(&mut self, who: usize, mut waiting: Vec<usize>) {
        while let Some(index) = waiting.pop() {
            if self.of[index].insert(who) {
                waiting.extend(&self.parts[index]);
            }
        }
    }

    /// A module for each set of needers. What more than half of all need is always there, and so is then what that needs.
    fn modules(&self, speller: &Speller, groups: &[Group]) -> Vec<TypeModule> {
        let mut sets: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for (index, set) in self.of.iter().enumerate() {
            let always = set.len() * 2 > groups.len() + 1;
            let key = if always {
                Vec::new()
            } else {
                set.iter().copied().collect()
            };
            sets.entry(key).or_default().push(index);
        }
        let mut seen = HashMap::new();
        let wanted = sets
            .keys()
            .map(|set| wanted(&features(set, groups), &mut seen));
        let wanted: Vec<Wanted> = wanted.collect();
        let names = names::scope(speller, Case::Value, &[], &wanted).idents;
        let module_of: HashMap<usize, usize> = sets
            .values()
            .enumerate()
            .flat_map(|(module, types)| types.iter().map(move |index| (*index, module)))
            .collect();
        let modules = sets.iter().zip(names).enumerate();
        let modules = modules.map(|(number, ((set, types), module))| TypeModule {
            module,
            doc: module_doc(&features(set, groups)),
            features: features(set, groups),
            uses_others: types
                .iter()
                .flat_map(|index| &self.parts[*index])
                .any(|part| module_of[part] != number),
            types: types.clone(),
        });
        let mut modules: Vec<TypeModule> = modules.collect();
        modules.sort_by(|a, b| a.module.plain().cmp(b.module.plain()));
        modules
    }
}

/// The feature of a group, or of what no operation needs.
fn feature(who: usize, groups: &[Group]) -> String {
    let group = groups.get(who).and_then(|group| group.feature.clone());
    group.unwrap_or_else(|| OTHER.to_owned())
}

/// The features of a set of needers, by name.
fn features(set: &[usize], groups: &[Group]) -> Vec<String> {
    let mut features: Vec<String> = set.iter().map(|who| feature(*who, groups)).collect();
    features.sort();
    features
}

/// `issues`, `issues_pulls`, `issues_and_5_more`, or `common` for what is always there; several of one name are counted.
fn wanted(features: &[String], seen: &mut HashMap<String, usize>) -> Wanted {
    let text = match features {
        [] => "common".to_owned(),
        [_] | [_, _] | [_, _, _] => features.join("_"),
        [first, rest @ ..] => format!("{first}_and_{}_more", rest.len()),
    };
    let count = seen.entry(text.clone()).or_default();
    *count += 1;
    let text = if *count > 1 {
        format!("{text}_{count}")
    } else {
        text
    };
    Wanted {
        wire: text.clone(),
        text,
        explicit: features.len() == 1,
        otherwise: None,
    }
}

fn module_doc(features: &[String]) -> Doc {
    let features: Vec<String> = features.iter().map(|name| doc::code(name)).collect();
    match &features[..] {
        [] => Doc::text("The types that most of the API uses, in alphabetical order."),
        [only] => Doc::text(&format!(
            "The types of the feature {only}, in alphabetical order."
        )),
        [all @ .., last] => Doc::text(&format!(
            "The types that the features {} and {last} use, in alphabetical order.",
            all.join(", ")
        )),
    }
}

/// The cargo features of a package: what the support code has, and, where an API is taken apart, one for each group.
pub(super) fn of_package(
    kind: CrateKind,
    support: &Support,
    api: &str,
    groups: &[Group],
    modules: &[TypeModule],
) -> Vec<Feature> {
    let mut features = support.features();
    if !are_there(groups) {
        return features;
    }
    let full = || "full".to_owned();
    match features.first_mut().filter(|first| first.name == "default") {
        Some(default) => default.enables.insert(0, full()),
        None => features.insert(
            0,
            Feature {
                name: "default".to_owned(),
                enables: vec![full()],
                purpose: "What most users want.".to_owned(),
            },
        ),
    }
    let parts = parts(kind, api, groups, modules);
    features.push(Feature {
        name: full(),
        enables: parts.iter().map(|part| part.name.clone()).collect(),
        purpose: "All groups and types.".to_owned(),
    });
    features.extend(parts);
    features
}

/// A feature for each group, and one for what no operation needs, each with those of the packages that this one is built on.
fn parts(kind: CrateKind, api: &str, groups: &[Group], modules: &[TypeModule]) -> Vec<Feature> {
    let Facts {
        built_on,
        of_a_group,
        ..
    } = kind.facts();
    let part = |name: &str, purpose: String| Feature {
        name: name.to_owned(),
        enables: built_on
            .iter()
            .map(|other| format!("{}/{name}", other.package(api)))
            .collect(),
        purpose,
    };
    let named = groups.iter().filter_map(|group| {
        let feature = group.feature.as_deref()?;
        Some(part(feature, format!("{of_a_group} of `{}`.", group.api)))
    });
    let mut parts: Vec<Feature> = named.collect();
    parts.sort_by(|a, b| a.name.cmp(&b.name));
    let other = modules
        .iter()
        .any(|module| module.features.iter().any(|feature| feature == OTHER));
    parts.extend(other.then(|| part(OTHER, "Types that no operation needs.".to_owned())));
    parts
}

//! Plans cargo features, so that users of a big API compile only what they use.
//!
//! Two steps. In: which operations are grouped, and the planned types; out: a feature for each group, of which the groups are planned. In:
//! the planned groups and types; out: modules of types with the same users, so that features enable whole modules, and a feature for types
//! that no operation uses. Small APIs have none of these.

use super::doc::{self, Doc};
use super::grouping::Grouping;
use super::manifest::Feature;
use super::names::{self, Case, Wanted};
use super::operations::{Group, Headers, Operation};
use super::rust::{Ident, Ty};
use super::support;
use super::types::TypeItem;
use super::uses::{Use, Uses};
use super::words::Speller;
use crate::config::{Layout, Options};
use crate::crates::{CrateKind, Facts};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// An API with more operations is split.
const MANY_OPERATIONS: usize = 60;

/// An API with more types is split.
const MANY_TYPES: usize = 300;

/// An API with fewer groups isn't split.
const FEW_GROUPS: usize = 3;

/// Names that a group's feature must not have: features of the support code, our own, and cargo's.
fn taken() -> BTreeSet<String> {
    let features = support::all_features().chain(["default", "full", OTHER, "native-tls"]);
    features.map(str::to_owned).collect()
}

/// The feature of types that no operation uses.
pub(super) const OTHER: &str = "other";

/// Types that are compiled for the same features.
#[derive(Debug, Clone)]
pub struct TypeModule {
    /// The name, below `models`.
    pub module: Ident,
    pub doc: Doc,
    /// The features that each enable it; empty if it is always compiled.
    pub features: Vec<String>,
    /// Indexes into [`Plan::types`](super::Plan::types).
    pub types: Vec<usize>,
    /// Whether its types use types of other modules.
    pub uses_others: bool,
}

/// The feature of a group.
pub(super) struct GroupFeature {
    /// The name in the manifest.
    pub(super) name: String,
    /// The trait that expresses a server's requirement for the group whether the group is compiled or not: `WantedIssuesApi`.
    pub(super) stand_in: Ident,
}

/// A feature for each group if the API is big or the user wants it, else none.
pub(super) fn of_groups(
    options: &Options,
    speller: &Speller,
    groups: &[Grouping],
    types: &[TypeItem],
) -> Vec<GroupFeature> {
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
    let named = feature_names(groups)
        .into_iter()
        .zip(stand_ins(speller, groups));
    named
        .map(|(name, stand_in)| GroupFeature { name, stand_in })
        .collect()
}

/// Sorts the types into modules by the groups that use them, if these have features.
pub(super) fn modules(
    speller: &Speller,
    groups: &[Group],
    headers: &[Headers],
    types: &[TypeItem],
) -> Vec<TypeModule> {
    if !are_there(groups) {
        return Vec::new();
    }
    Needs::of(groups, headers, types).modules(speller, groups)
}

/// Whether an API is split by features.
pub(super) fn are_there(groups: &[Group]) -> bool {
    groups.iter().any(|group| group.feature.is_some())
}

/// The names of the features: the files of the groups' modules, which are ASCII as registries require, except for names that are used
/// otherwise. A name that only modules must not have may be a feature: `types`.
fn feature_names(groups: &[Grouping]) -> Vec<String> {
    let files: Vec<String> = groups.iter().map(|group| group.module.file()).collect();
    let taken = taken();
    let mut used = taken.clone();
    used.extend(files.iter().filter(|name| !taken.contains(*name)).cloned());
    let names = files.into_iter().map(|file| {
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
        name
    });
    names.collect()
}

/// The names of the traits that stand in for groups.
fn stand_ins(speller: &Speller, groups: &[Grouping]) -> Vec<Ident> {
    let wanted = groups.iter().map(|group| Wanted {
        text: format!("Wanted{}", group.api.plain()),
        wire: group.api.plain().to_owned(),
        explicit: false,
        otherwise: None,
    });
    let wanted: Vec<Wanted> = wanted.collect();
    let taken: Vec<&str> = groups.iter().map(|group| group.api.as_str()).collect();
    names::scope(speller, Case::Type, &taken, &wanted).idents
}

/// Who uses each type: groups by index, and after them an index for types that no operation uses.
struct Needs {
    /// The types that each type refers to.
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

    /// Adds a user to types and all the types that they consist of.
    fn reach(&mut self, who: usize, mut waiting: Vec<usize>) {
        while let Some(index) = waiting.pop() {
            if self.of[index].insert(who) {
                waiting.extend(&self.parts[index]);
            }
        }
    }

    /// A module for each set of users. Types that more than half of the groups use are always compiled, with all that they use.
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

/// The feature of a group, or of types that no operation uses.
fn feature(who: usize, groups: &[Group]) -> String {
    let group = groups.get(who).and_then(|group| group.feature.clone());
    group.unwrap_or_else(|| OTHER.to_owned())
}

/// The features of a set of users, by name.
fn features(set: &[usize], groups: &[Group]) -> Vec<String> {
    let mut features: Vec<String> = set.iter().map(|who| feature(*who, groups)).collect();
    features.sort();
    features
}

/// The wanted name of a module: `issues`, `issues_pulls`, `issues_and_5_more`, or `common` if it is always compiled; duplicates are
/// numbered.
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

/// The cargo features of a package: those of the support code, and one for each group if the API is split.
pub(super) fn of_package(
    kind: CrateKind,
    mut features: Vec<Feature>,
    api: &str,
    groups: &[Group],
    modules: &[TypeModule],
) -> Vec<Feature> {
    let Some(of_a_group) = kind.facts().of_a_group.filter(|_| are_there(groups)) else {
        return features;
    };
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
    let parts = parts(kind, of_a_group, api, groups, modules);
    features.push(Feature {
        name: full(),
        enables: parts.iter().map(|part| part.name.clone()).collect(),
        purpose: "All groups and types.".to_owned(),
    });
    features.extend(parts);
    features
}

/// The features of a client that a program needs: all groups, the transport, and the flows of OAuth 2 for credentials of the environment.
pub(super) fn needed_by_program(has_features: bool, uses: &Uses) -> Vec<String> {
    let needed = [
        ("full", has_features),
        ("oauth2", uses.has(Use::OAuth)),
        ("reqwest", true),
    ];
    let needed = needed.into_iter().filter(|(_, is_needed)| *is_needed);
    needed.map(|(name, _)| name.to_owned()).collect()
}

/// The features of a program: which TLS its client has.
pub(super) fn of_program(client: &str) -> Vec<Feature> {
    let default = Feature {
        name: "default".to_owned(),
        enables: vec!["rustls".to_owned()],
        purpose: "What most users want.".to_owned(),
    };
    let choices = [
        ("rustls", "TLS by rustls with ring."),
        ("aws-lc-rs", "TLS by rustls with AWS-LC instead of ring."),
        ("native-tls", "TLS by that of the operating system."),
    ];
    let choices = choices.map(|(name, purpose)| Feature {
        name: name.to_owned(),
        enables: vec![format!("{client}/{name}")],
        purpose: purpose.to_owned(),
    });
    [default].into_iter().chain(choices).collect()
}

/// A feature for each group, and one for types that no operation uses. Each enables the same feature of the packages below.
fn parts(
    kind: CrateKind,
    of_a_group: &str,
    api: &str,
    groups: &[Group],
    modules: &[TypeModule],
) -> Vec<Feature> {
    let Facts { built_on, .. } = kind.facts();
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

//! The packages: names, dependencies, features, support files.

use super::ParameterStyle;
use super::choices::Choice;
use super::features::{self, TypeModule};
use super::operations::{Group, GroupKind, Headers, Operation, Payload};
use super::rules::RuleTables;
use super::support::{self, SupportFile};
use super::types::{Check, Grammar, TypeItem};
use super::{TextType, Ty};
use crate::config::Options;
use crate::crates::{CrateKind, Example, Scope};
use crate::ir::Api;
use std::collections::BTreeSet;

/// A package to write.
#[derive(Debug, Clone)]
pub struct Package {
    /// What kind of crate it is.
    pub kind: CrateKind,
    /// `mattermost-oauth-client`
    pub name: String,
    /// What other packages call it in code: `mattermost_oauth_client`.
    pub crate_name: String,
    /// One line for the manifest.
    pub description: String,
    /// Its version.
    pub version: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// The packages it needs, by name.
    pub dependencies: Vec<Dependency>,
    /// Packages that only its examples and tests need, by name.
    pub dev_dependencies: Vec<Dependency>,
    /// Its cargo features, with what each switches on and what it is for.
    pub features: Vec<Feature>,
    /// The features that its example needs; `None` without one.
    pub example: Option<Vec<String>>,
    /// The files of its support code, below `src/support/`.
    pub support: Vec<SupportFile>,
}

/// A cargo feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// What it switches on.
    pub enables: Vec<String>,
    /// What it is for, for the manifest and the README.
    pub purpose: String,
}

/// A package that another one needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub source: Source,
    /// Whether its default features are on.
    pub default_features: bool,
    /// The features that are on.
    pub features: Vec<String>,
    /// Whether a feature switches it on.
    pub optional: bool,
}

/// Where a dependency comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The registry, in this version.
    Version(String),
    /// A folder beside.
    Path(String),
}

/// What the packages are made of.
pub(super) struct Items<'p> {
    pub(super) types: &'p [TypeItem],
    pub(super) headers: &'p [Headers],
    pub(super) groups: &'p [Group],
    pub(super) modules: &'p [TypeModule],
    pub(super) choices: &'p [Choice],
    pub(super) rules: &'p RuleTables,
}

/// The packages that are written: those that are asked for, each behind those that it is built on. Nobody needs a client or server
/// without operations.
pub(super) fn packages(api: &Api, options: &Options, items: &Items) -> Vec<Package> {
    let kinds = options.emit.iter().copied();
    kinds
        .filter(|kind| items.is_about(*kind))
        .map(|kind| package(kind, api, options, items))
        .collect()
}

fn package(kind: CrateKind, api: &Api, options: &Options, items: &Items) -> Package {
    let (facts, api_name) = (kind.facts(), options.name.as_str());
    let (groups, uses) = (items.groups_of(kind), items.uses_of(kind));
    let has_features = features::are_there(items.groups);
    let beside = facts.built_on.iter().map(|other| Dependency {
        name: name(api_name, *other),
        source: Source::Path(format!("../{other}")),
        // Where there are features, ours switch on theirs.
        default_features: !has_features,
        features: Vec::new(),
        optional: false,
    });
    let mut dependencies = support::dependencies(kind, &uses);
    dependencies.extend(beside);
    dependencies.sort_by(|a, b| a.name.cmp(&b.name));
    let name = name(api_name, kind);
    Package {
        kind,
        crate_name: crate_name(&name),
        name,
        description: format!("{} of {}", facts.what, one_line(&api.title)),
        version: options.package_version.clone(),
        license: options.license.clone(),
        dependencies,
        dev_dependencies: support::dev_dependencies(facts.example_packages),
        features: features::of_package(kind, &uses, api_name, groups, items.modules),
        example: items.shows(facts.example).then(|| {
            let own = facts.example_features.iter().copied();
            own.chain(has_features.then_some("full"))
                .map(str::to_owned)
                .collect()
        }),
        support: support::files(kind, &uses),
    }
}

impl<'p> Items<'p> {
    /// The groups of operations that are called, without those that the API sends.
    fn called(&self) -> &'p [Group] {
        let is_called = |group: &&Group| group.kind == GroupKind::Calls;
        &self.groups[..self.groups.iter().take_while(is_called).count()]
    }

    /// The groups that a crate is about.
    fn groups_of(&self, kind: CrateKind) -> &'p [Group] {
        match kind.facts().scope {
            Scope::Types | Scope::CallsAndReceivers => self.groups,
            Scope::Calls => self.called(),
        }
    }

    /// Whether there is anything that a crate is about.
    fn is_about(&self, kind: CrateKind) -> bool {
        kind.facts().scope == Scope::Types || !self.groups_of(kind).is_empty()
    }

    /// What a crate uses of its support code. A client sends what is called, and nothing else.
    fn uses_of(&self, kind: CrateKind) -> Uses {
        let mut uses = Uses::of(self.types, self.headers, self.groups_of(kind));
        if kind.facts().scope == Scope::Calls {
            return uses;
        }
        uses.choices = !self.choices.is_empty();
        uses.rules = !self.rules.is_empty();
        // Rules may look for patterns.
        uses.patterns |= uses.rules;
        let mut patterns = self.rules.patterns.values();
        uses.backtracking |= patterns.any(|(_, pattern)| pattern.backtracks);
        uses
    }

    /// Whether there is anything for an example to show.
    fn shows(&self, example: Example) -> bool {
        match example {
            Example::Type => self.types.iter().any(|item| item.as_shown().is_some()),
            Example::SimpleCall => {
                let mut operations = self.called().iter().flat_map(|group| &group.operations);
                operations.any(Operation::is_simple)
            }
            Example::Calls => !self.called().is_empty(),
        }
    }
}

/// `mattermost-oauth-client`
pub(super) fn name(api: &str, kind: CrateKind) -> String {
    format!("{api}-{kind}")
}

/// What code calls a package: small letters, and one `_` for what stands between words, as rustc wants it.
pub(super) fn crate_name(package: &str) -> String {
    let words = package
        .split(['-', '_'])
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase);
    words.collect::<Vec<_>>().join("_")
}

fn one_line(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect()
}

/// What the generated code uses of the support code that not every API needs.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools)] // each is a file or a few
pub(super) struct Uses {
    pub(super) objects: bool,
    pub(super) string_enums: bool,
    pub(super) integer_enums: bool,
    pub(super) texts: BTreeSet<TextType>,
    pub(super) grammars: bool,
    pub(super) patterns: bool,
    /// Patterns that take another engine.
    pub(super) backtracking: bool,
    /// Text that is a regular expression.
    pub(super) regexes: bool,
    pub(super) unions: bool,
    /// Unions that write the tag of a variant.
    pub(super) written_tags: bool,
    pub(super) multipart: bool,
    pub(super) streams: bool,
    pub(super) structure: bool,
    pub(super) tuples: bool,
    pub(super) xml: bool,
    pub(super) choices: bool,
    pub(super) rules: bool,
    pub(super) whole_numbers: bool,
}

impl Uses {
    fn of(items: &[TypeItem], headers: &[Headers], groups: &[Group]) -> Self {
        let mut uses = Self::default();
        for item in items {
            uses.item(item);
            item.types().into_iter().for_each(|ty| uses.ty(ty));
            uses.checks(item.checks());
        }
        headers
            .iter()
            .flat_map(|headers| &headers.fields)
            .for_each(|field| uses.ty(&field.ty));
        for operation in groups.iter().flat_map(|group| &group.operations) {
            for parameter in operation.all_parameters() {
                uses.structure |= parameter.allow_reserved
                    || parameter.allow_empty
                    || matches!(parameter.style, ParameterStyle::Styled(..));
            }
            operation.types().for_each(|ty| uses.ty(ty));
            uses.checks(operation.request_checks());
            uses.checks(operation.form_checks());
            operation
                .payloads()
                .for_each(|payload| uses.payload(payload));
        }
        uses
    }

    /// What an item is made with, apart from its types and checks.
    fn item(&mut self, item: &TypeItem) {
        match item {
            TypeItem::Struct(item) => {
                self.objects = true;
                self.whole_numbers |= item.fields.iter().any(|field| field.ty.is_whole());
            }
            TypeItem::StringEnum(_) => self.string_enums = true,
            TypeItem::IntegerEnum(_) => self.integer_enums = true,
            TypeItem::Union(item) => {
                self.unions = true;
                self.written_tags |= item.writes_tags();
            }
            TypeItem::Alias(_) => {}
        }
    }

    fn checks<'c>(&mut self, checks: impl IntoIterator<Item = &'c Check>) {
        for check in checks.into_iter().flat_map(Check::all) {
            if let Some(pattern) = check.pattern() {
                self.patterns = true;
                self.backtracking |= pattern.backtracks;
            }
            if let Check::Grammar(grammar) = check {
                self.regexes |= *grammar == Grammar::Regex;
                self.grammars |= *grammar != Grammar::Regex;
            }
        }
    }

    fn payload(&mut self, payload: &Payload) {
        match payload {
            Payload::Multipart(_) => self.multipart = true,
            Payload::Xml(_) => self.xml = true,
            Payload::Events(_) | Payload::Lines(_) => self.streams = true,
            Payload::Form(..) => self.structure = true,
            Payload::Empty | Payload::Json(_) | Payload::Text | Payload::Bytes => {}
        }
    }

    fn ty(&mut self, ty: &Ty) {
        for ty in ty.all() {
            if let Ty::Text(text) = ty {
                self.texts.insert(*text);
            }
            self.tuples |= matches!(ty, Ty::Tuple(_));
        }
    }
}

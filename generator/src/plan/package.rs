//! Plans packages: names, dependencies, features, support files.

use super::command_line;
use super::examples::BASIC;
use super::features::{self, TypeModule};
use super::foreign::Foreign;
use super::manifest::{Dependency, Feature, Source};
use super::operations::{CredentialLocation, Group, GroupKind, Headers, Operation, Scheme};
use super::over_runtime;
use super::own_packages;
use super::routes::Route;
use super::rules::RuleTables;
use super::support::{self, Support, SupportFile};
use super::types::TypeItem;
use super::uses::{Use, Uses};
use crate::config::Options;
use crate::crates::{CrateKind, Example, Facts, Scope};
use crate::ir::Api;

/// A package to write.
#[derive(Debug, Clone)]
pub struct Package {
    pub kind: CrateKind,
    /// The package name: `mattermost-oauth-client`.
    pub name: String,
    /// Its name in code: `mattermost_oauth_client`.
    pub crate_name: String,
    /// A one-line description for the manifest.
    pub description: String,
    pub version: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// The dependencies, by name.
    pub dependencies: Vec<Dependency>,
    /// The dependencies of examples and tests, by name.
    pub dev_dependencies: Vec<Dependency>,
    /// The cargo features.
    pub features: Vec<Feature>,
    /// The programs in `examples/`.
    pub examples: Vec<PackageExample>,
    /// The support files that it uses, below `src/support/`.
    pub support: Vec<SupportFile>,
    /// The name in code of the package that has these files instead.
    pub runtime: Option<String>,
}

/// A program in `examples/`.
#[derive(Debug, Clone)]
pub struct PackageExample {
    /// The file, without `.rs`.
    pub name: String,
    /// The features that it needs.
    pub features: Vec<String>,
}

/// The contents of the packages.
pub(super) struct Items<'p> {
    pub(super) types: &'p [TypeItem],
    pub(super) headers: &'p [Headers],
    pub(super) groups: &'p [Group],
    pub(super) modules: &'p [TypeModule],
    pub(super) routes: &'p [Route],
    pub(super) rules: &'p RuleTables,
    pub(super) schemes: &'p [Scheme],
    /// Whether the flows of OAuth 2 are wanted although no scheme has any.
    pub(super) oauth2: bool,
    pub(super) foreign: &'p Foreign,
    /// Whether the server has its description.
    pub(super) serves_document: bool,
}

/// The packages to write: the requested ones, each after those that it depends on. A client or server without operations is omitted.
pub(super) fn packages(api: &Api, options: &Options, items: &Items) -> Vec<Package> {
    let kinds = options.emit.iter().copied();
    kinds
        .filter(|kind| items.is_about(*kind))
        .map(|kind| package(kind, api, options, items))
        .collect()
}

fn package(kind: CrateKind, api: &Api, options: &Options, items: &Items) -> Package {
    let (facts, api_name) = (kind.facts(), options.name.as_str());
    let groups = items.groups_of(kind);
    let mut uses = items.uses_of(kind);
    uses.add(options.proptest, Use::Arbitrary);
    let has_login = command_line::logins(options, items.schemes)
        .next()
        .is_some();
    uses.add(facts.is_program && has_login, Use::Login);
    // By which tools check the tokens of callers.
    let has_callers = kind == CrateKind::Client && options.emits(CrateKind::Mcp);
    uses.add(has_callers, Use::OAuth);
    let support = Support::of(kind, &uses, |other| options.emits(other));
    let has_features = features::are_there(items.groups);
    let beside = facts.built_on.iter().map(|other| Dependency {
        name: other.package(api_name),
        source: Source::Path(format!("../{other}")),
        // With features, those of this package enable the same features there.
        default_features: !has_features && !facts.is_program,
        features: if facts.is_program {
            features::needed_by_program(has_features, &uses)
        } else {
            Vec::new()
        },
        optional: false,
        target: None,
    });
    let shared = options.runtime.as_ref();
    let mut dependencies = support.dependencies();
    let mut of_support = support.features();
    if let Some(wanted) = shared {
        dependencies = over_runtime::dependencies(kind, dependencies, wanted);
        of_support = over_runtime::forwarded(of_support, wanted.name.as_str());
    }
    dependencies.extend(beside);
    if facts.scope == Scope::Types {
        own_packages::add(&mut dependencies, options, items.foreign);
    }
    dependencies.sort_by(|a, b| a.name.cmp(&b.name));
    let mut features = features::of_package(kind, of_support, api_name, groups, items.modules);
    own_packages::without_needless(&mut features, &dependencies);
    items.complete_senders(&mut features, api_name);
    if facts.is_program {
        let of_program = features::of_program(&CrateKind::Client.package(api_name));
        features.splice(0..0, of_program);
        let mut of_http = features
            .iter_mut()
            .filter(|one| one.name == "streamable-http");
        if let Some(http) = of_http.next() {
            http.enables
                .push(format!("{}/oauth2", CrateKind::Client.package(api_name)));
        }
    }
    let name = kind.package(api_name);
    Package {
        kind,
        crate_name: crate_name(&name),
        name,
        description: format!("{} of {}", facts.what, one_line(&api.title)),
        version: options.package_version.clone(),
        license: options.license.clone(),
        dependencies,
        dev_dependencies: used_by_examples(facts, shared.is_some()),
        features,
        examples: items.examples(facts, has_features),
        support: support.files(),
        runtime: shared.map(|wanted| crate_name(wanted.name.as_str())),
    }
}

/// The packages of examples. Calls read bodies by `serde_json`, which is a dependency of the client unless a runtime has its support code.
fn used_by_examples(facts: &Facts, has_runtime: bool) -> Vec<Dependency> {
    let reads = has_runtime && facts.example == Some(Example::SimpleCall);
    let json = reads.then(|| support::known_package("serde_json"));
    let packages = support::dev_dependencies(facts.example_packages);
    json.flatten().into_iter().chain(packages).collect()
}

impl<'p> Items<'p> {
    /// The groups of calls.
    fn called(&self) -> &'p [Group] {
        let is_called = |group: &&Group| group.kind == GroupKind::Calls;
        &self.groups[..self.groups.iter().take_while(is_called).count()]
    }

    /// The groups that a crate covers.
    fn groups_of(&self, kind: CrateKind) -> &'p [Group] {
        match kind.facts().scope {
            Scope::Types | Scope::CallsAndReceivers => self.groups,
            Scope::Calls | Scope::OnlyCalls => self.called(),
        }
    }

    /// Whether an API has anything that a crate covers.
    fn is_about(&self, kind: CrateKind) -> bool {
        match kind.facts().scope {
            Scope::Types => true,
            // A client also sends what the API sends.
            Scope::Calls | Scope::CallsAndReceivers => !self.groups.is_empty(),
            Scope::OnlyCalls => !self.called().is_empty(),
        }
    }

    /// Has the feature of senders enable the types of what is sent. A client that only sends has it by default.
    fn complete_senders(&self, features: &mut [Feature], api: &str) {
        if self.called().is_empty()
            && features.iter().any(|one| one.name == "senders")
            && let Some(default) = features.iter_mut().find(|one| one.name == "default")
        {
            default.enables.push("senders".to_owned());
        }
        let types = CrateKind::Types.package(api);
        let sent = self.groups.iter().skip(self.called().len());
        let sent = sent.filter_map(|group| Some(format!("{types}/{}", group.feature.as_deref()?)));
        if let Some(senders) = features.iter_mut().find(|one| one.name == "senders") {
            senders.enables.extend(sent);
        }
    }

    /// The support code that a crate uses. A client calls, and sends webhooks and callbacks.
    fn uses_of(&self, kind: CrateKind) -> Uses {
        let mut uses = Uses::of(self.types, self.headers, self.groups);
        let mut schemes = self.schemes.iter();
        let has_tokens = schemes.any(|scheme| scheme.location == CredentialLocation::Bearer);
        uses.add(has_tokens, Use::Tokens);
        let mut schemes = self.schemes.iter();
        let has_oauth = schemes.any(|scheme| scheme.oauth.is_some());
        uses.add(has_oauth || self.oauth2, Use::OAuth);
        if matches!(kind.facts().scope, Scope::Calls | Scope::OnlyCalls) {
            return uses;
        }
        let mut routes = self.routes.iter();
        uses.add(routes.any(|route| !route.when.is_empty()), Use::Choice);
        uses.rules(self.rules);
        let is_server = kind.facts().scope == Scope::CallsAndReceivers;
        uses.add(is_server && self.serves_document, Use::Document);
        uses
    }

    /// The example of the whole API, and those of groups.
    fn examples(&self, facts: &Facts, has_features: bool) -> Vec<PackageExample> {
        let example = |name: &str, feature: Option<&str>| PackageExample {
            name: name.to_owned(),
            features: facts
                .example_features
                .iter()
                .copied()
                .chain(feature)
                .map(str::to_owned)
                .collect(),
        };
        let whole = facts.example.filter(|one| self.shows(*one));
        let whole = whole.map(|_| example(BASIC, has_features.then_some("full")));
        let of_groups = facts.has_group_examples.then(|| {
            self.called().iter().filter_map(|group| {
                let planned = group.example.as_ref()?;
                Some(example(&planned.name, group.feature.as_deref()))
            })
        });
        let all = whole.into_iter().chain(of_groups.into_iter().flatten());
        all.collect()
    }

    /// Whether there is something that an example can show.
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

/// The name of a package in code: lower case, with single underscores between words, as rustc wants it.
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

//! All decisions about Rust: names, shapes, modules, arguments, routes, support files.
//!
//! In: an [`ir::Api`](crate::ir::Api) and the user's options. Out: a [`Plan`] in which everything is final, so that emission only prints it
//! and can't fail. Doesn't know documents, or how code is printed.

// New variants have to be considered in each match.
#![warn(clippy::wildcard_enum_match_arm)]

mod bodies;
mod checks;
mod choices;
mod codec;
mod command_line;
mod commands;
mod credentials;
mod doc;
mod draws;
mod dump;
mod endpoints;
mod enums;
mod errors;
mod examples;
mod extras;
mod features;
mod foreign;
mod grouping;
mod headers;
mod items;
mod linking;
mod links;
mod locals;
mod manifest;
mod media_types;
mod names;
mod needs;
mod operations;
mod over_runtime;
mod own_packages;
mod package;
mod pages;
mod paging;
mod parameter;
mod parameters;
mod parts;
mod project;
mod recursion;
mod required;
mod reserved;
mod responses;
mod routes;
mod rules;
mod runtime;
mod rust;
mod servers;
mod shapes;
mod signs;
mod statuses;
mod structs;
mod support;
mod tags;
mod taken;
mod tool_pages;
mod tools;
mod type_docs;
mod type_names;
mod types;
mod unions;
mod users;
mod uses;
mod within;
mod words;
mod xml;

pub use choices::Condition;
pub use codec::{
    Encodings, Held, RequestCodec, RequestRead, RequestWrite, ResponseCodec, ResponseRead,
    ResponseWrite,
};
pub use command_line::{CommandCredential, CommandLine, CommandLogin};
pub use commands::{
    Command, CommandArgument, CommandKind, CommandPlace, GroupCommands, NextBy, NextPage,
};
pub use doc::Doc;
pub use draws::{Draw, DrawTable};
pub use dump::dump_types;
pub use errors::{ErrorType, Errors};
pub use features::TypeModule;
pub use links::{Link, LinkArgument, LinkFrom, LinkStep, LinkTarget, LinkValue};
pub use locals::Locals;
pub use manifest::{Dependency, Feature, Source};
pub use operations::{
    Body, BodyContent, CredentialLocation, Failure, Group, GroupExample, GroupKind, HeaderField,
    Headers, Literal, OAuth, OAuthFlow, Operation, Outcome, Parameter, Part, PartContent, Payload,
    Receiver, Scheme, Security, Success, Variables, Xml,
};
pub use package::{Package, PackageExample};
pub use pages::{More, Next, Paging, Step};
pub use routes::{Route, Routes};
pub use rules::{Rule, RuleId, RuleTable, RuleTables};
pub use runtime::Runtime;
pub use rust::{COMPLEX, Ident, Named, NamedKind, TextType, Ty};
pub use servers::{Server, ServerUrl, ServerValues, ServerVariable, UrlPiece};
pub use support::{FEATURES, FILES, File, KnownFeature, SupportFile};
pub use tools::Tools;
pub use types::{
    Alias, Argument, Check, Constant, Derives, Direction, Extras, Field, FloatCheck, ForeignType,
    Grammar, Groups, IntegerCheck, IntegerEnum, Length, ListedEnum, ListedVariant, New, Pattern,
    Presence, Rest, Sign, StringEnum, Struct, TypeItem, Union, UnionKind, UnionVariant,
};

pub use xml::{XmlMember, XmlName, XmlNode, XmlRef, XmlShape, XmlTable};

pub use crate::config::Layout;
pub use crate::crates::CrateKind;
pub use crate::polling::{LongRunning, ResultPlace};

pub use crate::ir::{Kind, Location, ParameterStyle, Status, Style};

use crate::config::Options;
use crate::config::own::Entry;
use crate::crates::Scope;
use crate::diag::{Code, Diagnostics, Place};
use crate::ir::{Api, TypeId};
use crate::source::Origin;
use endpoints::Beside;
use foreign::{Finding, Foreign};
use paging::Structs;
use shapes::Shapes;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Everything about the generated code of an API.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The packages to write, each after those that it depends on.
    pub packages: Vec<Package>,
    /// The package with the support code of all of them, if they have none of their own.
    pub runtime: Option<Runtime>,
    /// The prefix of their names.
    pub name: String,
    pub layout: Layout,
    pub title: String,
    /// The description of the API, for the documentation of each crate.
    pub doc: Doc,
    pub servers: Vec<Server>,
    /// The enums of the variables in their URLs.
    pub server_values: Vec<ServerValues>,
    /// The path of the first server's URL, below which all routes are: `/api/v4`, or empty.
    pub base_path: String,
    /// The items of the types crate, by name.
    pub types: Vec<TypeItem>,
    /// Tables of constraints that single checks don't express; a module of the types crate, unless empty.
    pub rules: RuleTables,
    /// Tables of how types are written in XML; a module of the types crate, unless empty.
    pub xml: Vec<XmlTable>,
    /// Tables by which tests draw random values of types; a module of the types crate, unless empty.
    pub draws: Vec<DrawTable>,
    /// Modules of types by feature; empty if all types are always compiled.
    pub modules: Vec<TypeModule>,
    /// The greatest nesting of types.
    pub depth: usize,
    /// Whether names contain non-ASCII letters.
    pub foreign_letters: bool,
    /// The security schemes.
    pub schemes: Vec<Scheme>,
    /// The environment variable with the URL of the server: `PETS_BASE_URL`.
    pub base_url_variable: String,
    /// Alternative groups of these, the most frequent first, for requests that are no operation.
    pub usual_security: Vec<Vec<Ident>>,
    /// The sets of response headers.
    pub headers: Vec<Headers>,
    /// The server's shared error types.
    pub errors: Errors,
    /// The groups of operations that are called.
    pub groups: Vec<Group>,
    /// The webhooks and callbacks; only for a server.
    pub receivers: Vec<Receiver>,
    /// The command line, if one is written.
    pub command_line: CommandLine,
    /// The tools for language models, if they are written.
    pub tools: Tools,
    /// The routes of the server; operations are numbered across groups.
    pub routes: Routes,
    /// Whether anything is deprecated.
    pub has_deprecated: bool,
    /// Indexes of the user's words that no name contains.
    pub unmet_words: Vec<usize>,
    /// Problems of the user's custom types, with their entries.
    pub own_problems: Vec<(Entry, Code)>,
    /// The description that the server has; set by whoever has the files.
    pub served: Option<Served>,
    /// The description that schemas of tools are made of, in JSON; set by whoever has the document.
    pub described: Option<String>,
}

/// A description in both syntaxes.
#[derive(Debug, Clone)]
pub struct Served {
    pub json: String,
    pub yaml: String,
}

impl Plan {
    /// The name of a crate in code: `mattermost_oauth_client`.
    #[must_use]
    pub fn crate_name(&self, kind: CrateKind) -> String {
        package::crate_name(&kind.package(&self.name))
    }

    /// The support files of a crate.
    #[must_use]
    pub fn support(&self, kind: CrateKind) -> &[SupportFile] {
        let package = self.packages.iter().find(|package| package.kind == kind);
        package.map_or(&[], |package| &package.support)
    }

    /// What begins a server of webhooks or callbacks in code: `Server::webhooks`, or `webhooks::server` if the type is another crate's.
    #[must_use]
    pub fn receiving(&self, receiver: &Receiver) -> String {
        let module = &receiver.group.module;
        match self.runtime {
            Some(_) => format!("{module}::server"),
            None => format!("Server::{module}"),
        }
    }

    /// The package to start with: the first that no other depends on.
    #[must_use]
    pub fn first_package(&self) -> Option<&Package> {
        let is_below = |package: &Package| {
            let mut others = self.packages.iter();
            others.any(|other| other.kind.facts().built_on.contains(&package.kind))
        };
        self.packages.iter().find(|package| !is_below(package))
    }

    /// The groups of operations that a crate covers.
    pub fn groups_of(&self, kind: CrateKind) -> Vec<&Group> {
        match kind.facts().scope {
            Scope::Calls | Scope::OnlyCalls => self.groups.iter().collect(),
            Scope::Types | Scope::CallsAndReceivers => self.all_groups().collect(),
        }
    }

    /// All groups: those of calls, then webhooks and callbacks.
    pub fn all_groups(&self) -> impl Iterator<Item = &Group> {
        let receivers = self.receivers.iter().map(|receiver| &receiver.group);
        self.groups.iter().chain(receivers)
    }

    /// Whether groups have cargo features.
    pub fn has_features(&self) -> bool {
        self.all_groups().any(|group| group.feature.is_some())
    }

    /// All operations that are called, in the order that [`routes`](Self::routes) numbers them, each with its group.
    pub fn operations(&self) -> impl Iterator<Item = (&Group, &Operation)> {
        self.groups.iter().flat_map(|group| {
            group
                .operations
                .iter()
                .map(move |operation| (group, operation))
        })
    }

    /// Whether any operation that is called requires credentials.
    #[must_use]
    pub fn is_secured(&self) -> bool {
        self.groups.iter().any(Group::is_secured)
    }

    /// The recursion limit that the compiler needs to determine whether types are `Send` or how they are dropped; `None` if rustc's default
    /// is enough. Each type takes a few steps: a list alone is three nested types.
    #[must_use]
    pub fn recursion_limit(&self) -> Option<usize> {
        let steps = self.depth.saturating_mul(4).saturating_add(32);
        (steps > 128).then(|| steps.checked_next_power_of_two().unwrap_or(steps))
    }

    /// The cargo features that generated code checks.
    #[must_use]
    pub fn features(&self) -> Vec<&'static str> {
        let packages = self.packages.iter();
        support::asked_for(packages.flat_map(|package| &package.features))
    }
}

/// The minimum supported Rust version of generated crates.
pub const RUST_VERSION: &str = "1.88";

/// Plans the generated code of an API.
#[must_use]
pub fn plan(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> Plan {
    runtime::check(options, diagnostics);
    let described = api;
    let (foreign, api) = find_foreign(api, options, diagnostics);
    let api = &*api;
    let mut planner = Planner::new(api, options, diagnostics);
    let grouped = planner.group_operations();
    let shapes = Shapes::new(&mut planner, &grouped.names, foreign);
    let types = shapes.items(&mut planner);
    let schemes = planner.schemes();
    let headers = planner.header_sets(&shapes, &grouped.names);
    let parts = features::of_groups(options, &planner.speller, &grouped.groups, &types);
    let beside = Beside {
        shapes: &shapes,
        schemes: &schemes,
        headers: &headers,
        structs: Structs::of(&types),
    };
    let mut groups = planner.groups(&beside, &grouped, parts);
    planner.links(&beside.structs, &grouped, &mut groups);
    examples::of_groups(&mut groups);
    let speller = &planner.speller;
    let modules = features::modules(speller, &groups, &headers.sets, &types);
    let draws = options
        .proptest
        .then(|| draws::tables(described, &shapes, &types, &modules));
    let errors = errors::share(&groups, speller);
    let (called, received) = grouped.sides();
    let order = called.iter().flat_map(|group| &group.operations);
    let order: Vec<usize> = order.copied().collect();
    let conditions = planner.conditions(&order, routes::twins(api, &order));
    let routes = routes::routes(api, &order, conditions);
    let items = package::Items {
        types: &types,
        headers: &headers.sets,
        groups: &groups,
        modules: &modules,
        routes: &routes,
        rules: &shapes.rules,
        schemes: &schemes.list,
        oauth2: options.oauth2,
        foreign: &shapes.foreign,
        serves_document: options.serve_document,
    };
    let packages = package::packages(api, options, &items);
    let xml = xml::tables(api, &shapes.xml, &groups);
    let receivers = groups.split_off(called.len()).into_iter().zip(received);
    let receivers: Vec<Receiver> = receivers
        .map(|(group, grouping)| Receiver {
            requests: planner.requests(group.kind),
            routes: routes::routes(api, &grouping.operations, BTreeMap::new()),
            group,
        })
        .collect();
    let all_groups = groups
        .iter()
        .chain(receivers.iter().map(|receiver| &receiver.group));
    let own_problems = planner.own_problems(&shapes.foreign, &types);
    let (title, called) = (&api.title, (&groups[..], &types[..]));
    let command_line = command_line::command_line(title, options, &schemes.list, called);
    let tools = tools::tools(title, options, &schemes.list, called);
    let server_values = servers::values(api, &planner.speller);
    planner.report_hidden();
    let has_deprecated = is_any_deprecated(&types, all_groups);
    Plan {
        runtime: options.runtime.as_ref().map(runtime::runtime),
        layout: options.layout,
        title: api.title.clone(),
        doc: Doc::markdown(api.description.as_deref().unwrap_or_default()),
        servers: servers::servers(api, &planner.speller, &server_values),
        server_values,
        base_path: api
            .servers
            .first()
            .map(|server| server.base_path().to_owned())
            .unwrap_or_default(),
        packages,
        name: options.name.as_str().to_owned(),
        command_line,
        tools,
        routes,
        types,
        rules: shapes.rules,
        xml,
        draws: draws.unwrap_or_default(),
        modules,
        depth: recursion::depth(api),
        foreign_letters: planner.speller.met_foreign_letters(),
        usual_security: credentials::usual(&groups),
        schemes: schemes.list,
        base_url_variable: credentials::variable(options.variables(), &["base_url"]),
        headers: headers.sets,
        errors,
        groups,
        receivers,
        has_deprecated,
        unmet_words: planner.speller.unmet(),
        own_problems,
        served: None,
        described: None,
    }
}

/// Whether anything is deprecated.
fn is_any_deprecated<'p>(types: &[TypeItem], mut groups: impl Iterator<Item = &'p Group>) -> bool {
    let types = types.iter().any(|item| match item {
        TypeItem::Struct(item) => {
            item.deprecated || item.fields.iter().any(|field| field.deprecated)
        }
        TypeItem::StringEnum(item) => item.deprecated,
        TypeItem::IntegerEnum(item) => item.deprecated,
        TypeItem::Union(item) => item.deprecated,
        TypeItem::Alias(_) | TypeItem::Foreign(_) => false,
    });
    let is_deprecated = |operation: &Operation| {
        let mut parameters = operation.parameters.iter();
        operation.deprecated || parameters.any(|parameter| parameter.deprecated)
    };
    types || groups.any(|group| group.operations.iter().any(is_deprecated))
}

/// Finds custom types, and empties the schemas that they replace.
fn find_foreign<'a>(
    api: &'a Api,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> (Foreign, Cow<'a, Api>) {
    let diagnostics = RefCell::new(diagnostics);
    let say = |id: TypeId, code: Code| {
        let place = Place::value(&api[id].origin);
        diagnostics.borrow_mut().push(code, place);
    };
    let mut finding = Finding {
        options,
        ignored: &mut |id, reason| say(id, Code::UnusedRustType { reason }),
        unchecked: &mut |id, path| {
            let (name, path) = (api.spoken_name(id), path.to_owned());
            say(id, Code::UncheckedReplacement { name, path });
        },
    };
    finding.find(api)
}

/// The Rust type of every schema with the schema's place, in the order of the IR. Pushes the same messages as [`plan`].
#[must_use]
pub fn types(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> Vec<(Origin, Ty)> {
    let (foreign, api) = find_foreign(api, options, diagnostics);
    let mut planner = Planner::new(&api, options, diagnostics);
    let grouped = planner.group_operations();
    Shapes::new(&mut planner, &grouped.names, foreign).schemas(&api)
}

/// The input of planning, and the sink for messages.
struct Planner<'a> {
    api: &'a Api,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
    speller: words::Speller,
    /// Documentation of parameters by description, as many APIs repeat it for every operation.
    parameter_docs: RefCell<HashMap<String, Doc>>,
    /// The entries of `[types]` that have had an effect.
    met_types: BTreeSet<usize>,
}

impl<'a> Planner<'a> {
    fn new(api: &'a Api, options: &'a Options, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            api,
            options,
            diagnostics,
            speller: words::Speller::new(&options.words),
            parameter_docs: RefCell::default(),
            met_types: BTreeSet::new(),
        }
    }

    /// Reports operations at the paths of the document that the server serves.
    fn report_hidden(&mut self) {
        if !self.options.serve_document {
            return;
        }
        let base_path = self
            .api
            .servers
            .first()
            .map_or("", crate::ir::Server::base_path);
        let calls = self.api.operations.iter().filter(|one| one.is_call());
        for operation in calls.filter(|one| one.method == "GET") {
            let path = format!("{base_path}{}", operation.path.template);
            if ["/openapi.json", "/openapi.yaml"].contains(&path.as_str()) {
                let place = Place::key(&operation.origin);
                self.diagnostics
                    .push(Code::HiddenByDocument { path }, place);
            }
        }
    }

    /// Reports names that had to yield; `what` returns the wire name and the place of each.
    pub(super) fn report_clashes(
        &mut self,
        named: &names::Named,
        what: impl Fn(usize) -> (String, Place),
    ) {
        for index in &named.clashes {
            let (wire, place) = what(*index);
            let code = Code::NameClash {
                // The message quotes the whole name in backticks.
                wire: wire.replace('`', ""),
                name: named.idents[*index].plain().to_owned(),
            };
            self.diagnostics.push(code, place);
        }
    }
}

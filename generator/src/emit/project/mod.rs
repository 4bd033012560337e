//! Writes a project around a server: a program, its configuration, its handlers. It belongs to the user from then on.
//!
//! What is the same for each API is in `templates/project/`, as it is written. What isn't is made here, laid out as rustfmt does, since
//! the project is formatted by its owner.

mod calls;
mod handlers;
mod template;

pub use handlers::Handlers;

use super::tokens::{FOREIGN_LETTERS, literal};
use crate::plan::{CrateKind, CredentialLocation, Doc, Group, Plan};
use std::collections::BTreeSet;
use template::{FILES, Filling};

/// A project, with paths relative to it.
#[derive(Debug)]
pub struct Project {
    /// The files of a new project, apart from those of `handlers` and its `specwright.toml`.
    pub files: Vec<(&'static str, String)>,
    /// The files with the operations, and `src/handlers/mod.rs` with a module for each.
    pub handlers: Vec<Handlers>,
    pub handlers_module: String,
    /// `src/auth.rs`, if operations require credentials.
    pub auth: Option<String>,
}

/// The project for an API. `spec` is the path of the description, for people.
#[must_use]
pub fn project(plan: &Plan, spec: &str) -> Project {
    let groups = provided(plan);
    let called = calls::shown(plan);
    let secured = groups.iter().any(|group| group.is_secured());
    let conditions: BTreeSet<&str> = [
        if secured { "secured" } else { "public" },
        if plan.served.is_some() {
            "served"
        } else {
            "private"
        },
        if plan.has_features() { "full" } else { "parts" },
    ]
    .into_iter()
    .chain((!plan.groups.is_empty()).then_some("client"))
    .chain([if called.is_some() { "call" } else { "silent" }])
    .collect();
    let [server, client] = [CrateKind::Server, CrateKind::Client];
    let names = [
        ("api-server", server.package(&plan.name)),
        ("api_server", plan.crate_name(server)),
        ("api-client", client.package(&plan.name)),
        ("api_client", plan.crate_name(client)),
        ("api-service", format!("{}-service", plan.name)),
        ("api_service", crate_name(plan)),
        ("API_CRATE", crate_name(plan)),
        ("API_HEALTH", plan.free_path()),
        ("API_BASE_PATH", quotable(&plan.base_path)),
        ("API_SPEC", spec.to_owned()),
        ("API_TITLE", Doc::escaped(&plan.title)),
    ];
    let lines = [
        ("#![api_attributes]", attributes(plan)),
        ("api_services", services(plan, secured)),
        ("&[api_credentials]", credentials(plan)),
        (".api_credentials()", calls::credentials(plan, called)),
        ("api_call", calls::call(called)),
    ];
    let filling = Filling {
        conditions,
        names: &names,
        lines: &lines,
    };
    let mut files: Vec<_> = FILES
        .iter()
        .map(|(path, text)| (*path, filling.fill(text)))
        .collect();
    let auth = files.iter().position(|(path, _)| *path == "src/auth.rs");
    let auth = auth.map(|at| files.remove(at).1).filter(|_| secured);
    let handlers: Vec<Handlers> = groups
        .iter()
        .map(|group| handlers::file(plan, group))
        .collect();
    Project {
        files,
        handlers_module: handlers::module(&handlers),
        handlers,
        auth,
    }
}

/// The groups that the project implements: those that are called or, of an API that only sends requests, those that receive them.
fn provided(plan: &Plan) -> Vec<&Group> {
    if plan.groups.is_empty() {
        plan.receivers.iter().map(|one| &one.group).collect()
    } else {
        plan.groups.iter().collect()
    }
}

/// The name of the project's crate in code.
fn crate_name(plan: &Plan) -> String {
    let types = plan.crate_name(CrateKind::Types);
    let api = types.strip_suffix(CrateKind::Types.name());
    format!("{}service", api.unwrap_or_default())
}

/// A text that can be within a string literal.
fn quotable(text: &str) -> String {
    let literal = literal(text);
    literal.trim_matches('"').to_owned()
}

/// What each root of a crate needs.
fn attributes(plan: &Plan) -> Vec<String> {
    let limit = plan
        .recursion_limit()
        .map(|limit| format!("#![recursion_limit = \"{limit}\"]"));
    let letters = plan
        .foreign_letters
        .then(|| format!("#![allow({FOREIGN_LETTERS})]"));
    limit.into_iter().chain(letters).collect()
}

/// The router's service, or those of several receivers.
fn services(plan: &Plan, secured: bool) -> Vec<String> {
    let router = |services: Vec<String>| {
        [
            "Router::new()",
            "    .route(health::PATH, get(health::check))",
        ]
        .map(str::to_owned)
        .into_iter()
        .chain(services)
    };
    if !plan.groups.is_empty() {
        let begin = "let api = Server::builder(App::new(config))".to_owned();
        let service = chain(begin, None, secured);
        let fallback = match plan.served {
            Some(_) => "    .fallback_service(document().serve(api))",
            None => "    .fallback_service(api)",
        };
        let fallback = vec![fallback.to_owned()];
        return service.into_iter().chain(router(fallback)).collect();
    }
    let mut lines = vec!["let app = App::new(config);".to_owned()];
    let mut mounted = Vec::new();
    for receiver in &plan.receivers {
        let (group, name) = (&receiver.group, receiver.group.module.plain());
        let begin = format!("let {name} = Server::{}(app.clone())", group.module);
        lines.extend(chain(begin, Some(name), group.is_secured()));
        mounted.push(format!("    .route_service(\"/{name}/{{*path}}\", {name})"));
    }
    if let (Some(_), Some(first)) = (&plan.served, plan.receivers.first()) {
        // Each receiver is a service for the paths below its own.
        let name = first.group.module.plain();
        lines.push(format!(
            "let description = document().serve({name}.clone());"
        ));
        mounted.push("    .route_service(\"/openapi.json\", description.clone())".to_owned());
        mounted.push("    .route_service(\"/openapi.yaml\", description)".to_owned());
    }
    lines.extend(router(mounted));
    lines
}

/// `let api = Server::builder(…)` with its settings.
fn chain(begin: String, base_path: Option<&str>, secured: bool) -> Vec<String> {
    let base_path = base_path.map(|name| format!("    .base_path(\"/{name}\")"));
    let hook =
        secured.then(|| "    .authenticate(auth::by_token(config.token.clone()))".to_owned());
    let others = [
        "    .request_ids(RequestIds::new())",
        "    .check_responses(config.checks)",
        "    .shutdown(shutdown)",
        "    .build();",
    ];
    let others = others.map(str::to_owned);
    std::iter::once(begin)
        .chain(base_path)
        .chain(hook)
        .chain(others)
        .collect()
}

/// `&[credentials.bearer()]`: what may come with a request.
fn credentials(plan: &Plan) -> Vec<String> {
    let mut read: Vec<String> = Vec::new();
    for scheme in &plan.schemes {
        let one = match &scheme.location {
            CredentialLocation::Bearer => "credentials.bearer()".to_owned(),
            CredentialLocation::Basic => {
                "credentials.basic().map(|(_, password)| password)".to_owned()
            }
            CredentialLocation::Http(_)
            | CredentialLocation::Header(_)
            | CredentialLocation::Query(_)
            | CredentialLocation::Cookie(_) => {
                format!("credentials.api_key({})", literal(&scheme.wire))
            }
            // The transport knows it.
            CredentialLocation::Certificate | CredentialLocation::External => continue,
        };
        if !read.contains(&one) {
            read.push(one);
        }
    }
    if read.is_empty() {
        read.push("credentials.bearer()".to_owned());
    }
    let short = read.join(", ");
    if short.chars().count() <= SHORT_LIST {
        return vec![format!("&[{short}]")];
    }
    let items = read.into_iter().map(|one| format!("    {one},"));
    let begin = std::iter::once("&[".to_owned());
    begin.chain(items).chain(["]".to_owned()]).collect()
}

/// Greatest width of the items of a list on one line, for rustfmt.
const SHORT_LIST: usize = 58;

//! Writes the server crate.

mod body;
mod errors;
mod group;
mod guide;
mod handler;
mod params;
mod receiver;
mod responses;
mod routes;

pub(super) use group::{signature, unused};

use super::headers::{self, Access};
use super::shared::{exports, location, modules, runtime};
use super::tokens::{
    allow_deprecated, cfg_line, crate_attributes, elsewhere, gated, head, inner_doc, items,
    version_order,
};
use super::{Chunk, Emitter, Make, SourceFile, Used, docs, readme};
use crate::plan::{Check, CrateKind, Doc, Group, GroupKind, Ident, Operation, Plan, Scheme};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// Names of the support code that generated code may use.
pub(super) const SUPPORT: &[&str] = &[
    "Accept",
    "Authenticate",
    "Body",
    "Bytes",
    "Call",
    "Condition",
    "Dispatch",
    "Endpoint",
    "Events",
    "Exchange",
    "Form",
    "Handlers",
    "HeaderMap",
    "HttpResponse",
    "Kind",
    "Limits",
    "Lines",
    "Multipart",
    "Operation",
    "Parts",
    "CredentialLocation",
    "Problem",
    "Reply",
    "ReplyAs",
    "Requirement",
    "Scheme",
    "StatusCode",
    "Style",
    "UploadedFile",
    "Validator",
    "errors",
    "routes",
];

/// Names of the support code that users need, which are exported at the root.
const NAMED: &[&str] = &[
    "AuthError",
    "Authenticate",
    "Call",
    "Credentials",
    "Problem",
    "Server",
    "ServerBuilder",
];

const RUNTIME: &str = "What requests and responses consist of: bodies and streams, parts of forms, the details of problems, and what is known \
                       of an operation.";

pub(super) const EMITTER: Emitter = Emitter {
    files,
    example: guide::example,
    readme: readme::SERVER,
};

/// `src/lib.rs`, `src/service.rs`, and two modules for each group: its trait, and how the service calls it.
fn files(plan: &Plan) -> Vec<SourceFile<'_>> {
    let mut files = vec![SourceFile::rust("src/lib.rs", || lib(plan)), service(plan)];
    files.extend(headers::file(plan, CrateKind::Server, Access::Write));
    files.extend(errors::file(plan));
    for group in &plan.groups {
        files.extend([trait_file(plan, group), handler_file(plan, group)]);
    }
    if let Some(served) = &plan.served {
        files.push(SourceFile::text("src/openapi.json", || served.json.clone()));
        files.push(SourceFile::text("src/openapi.yaml", || served.yaml.clone()));
    }
    let receivers = plan.receivers.iter();
    files.extend(receivers.flat_map(|receiver| receiver::files(plan, receiver)));
    files
}

fn lib(plan: &Plan) -> Vec<Chunk> {
    let doc = inner_doc(&guide::doc(plan));
    let errors: &[&Ident] = if plan.errors.types.is_empty() {
        &[]
    } else {
        &[&plan.errors.module]
    };
    let modules = modules(plan, CrateKind::Server, errors, &["service", "support"]);
    let attributes = crate_attributes(plan);
    let head = quote! {
        #doc
        #attributes
        #(#modules)*
    };
    let own = own_server(plan);
    let is_own = |name: &&str| own.is_some() && ["Server", "ServerBuilder"].contains(name);
    let named = NAMED.iter().copied().filter(|name| !is_own(name));
    let named: Vec<&str> = named.collect();
    let mut chunks = vec![
        Chunk::Tokens(head),
        items(exports(plan, CrateKind::Server, &named)),
        Chunk::Tokens(runtime(plan, CrateKind::Server, RUNTIME)),
    ];
    chunks.extend(own.map(Chunk::Tokens));
    chunks.extend(plan.served.as_ref().map(|_| document(plan)));
    chunks
}

/// `pub type Server<P, A = Unauthenticated> = support::Server<P, A, Paths>;`, with a marker of its own: the type is that of several APIs, and only what
/// this one names is its own.
fn own_server(plan: &Plan) -> Option<TokenStream> {
    plan.runtime.as_ref().filter(|_| has_calls(plan))?;
    Some(quote! {
        /// Marks a [`Server`] that handles the operations of the API's paths.
        #[derive(Debug)]
        pub enum Paths {}

        /// The API as a `tower` service, for axum, hyper or any other server that accepts one. Clones share the provider.
        pub type Server<P, A = support::Unauthenticated> = support::Server<P, A, Paths>;

        /// Configures a [`Server`]. Returned by [`Server::builder`].
        pub type ServerBuilder<P, A = support::Unauthenticated> = support::ServerBuilder<P, A, Paths>;
    })
}

/// Whether there is a server of operations that are called.
fn has_calls(plan: &Plan) -> bool {
    !plan.groups.is_empty() || plan.receivers.is_empty()
}

/// `pub fn document() -> runtime::Document { … }`.
fn document(plan: &Plan) -> Chunk {
    let base_path = &plan.base_path;
    let (json, yaml) = ("openapi.json", "openapi.yaml");
    Chunk::Tokens(quote! {
        /// The description of this API, to be served next to it: `document().serve(service)`.
        #[must_use]
        pub fn document() -> runtime::Document {
            let json = include_bytes!(#json);
            let yaml = include_bytes!(#yaml);
            runtime::Document::new(json, yaml, #base_path)
        }
    })
}

/// The trait of a group, with the arguments and errors of its methods.
fn trait_file<'p>(plan: &'p Plan, group: &'p Group) -> SourceFile<'p> {
    let api: Make<'p, _> = Box::new(|| vec![group::api(group)]);
    trait_file_of(plan, group, vec![api], &[])
}

/// The same with other items first, and the names of the support code that these use.
fn trait_file_of<'p>(
    plan: &'p Plan,
    group: &'p Group,
    mut parts: Vec<Make<'p, Vec<Chunk>>>,
    more: &'static [&'static str],
) -> SourceFile<'p> {
    let checks = group.operations.iter();
    let nested = checks
        .flat_map(Operation::form_checks)
        .any(Check::is_nested);
    let validate = if nested {
        vec!["use super::types::Validate;".to_owned()]
    } else {
        Vec::new()
    };
    let begin = move |used: &Used| {
        let imports = vec![
            used.imports("std::collections", &["BTreeMap"]),
            used.imports("super::support", &[&["self"], SUPPORT, more].concat()),
            used.imports("super", &["types"]),
            used.imports("super::types", &["Backtracking", "Pattern"]),
            used.imports("super::types::rules", &rule_tables(plan)),
            validate.clone(),
            vec![format!("pub use super::service::{}::*;", group.module)],
        ];
        let allow = allow_deprecated(plan).into_token_stream();
        head(&docs::trait_module(group), &allow, imports)
    };
    for operation in &group.operations {
        parts.push(Box::new(|| {
            let mut items = responses::items(group, operation);
            items.push(errors::item(plan, group, operation));
            items.extend(headers::alias(group, operation).map(Chunk::Tokens));
            items.extend(body::items(group, operation).into_iter().map(Chunk::Tokens));
            items
        }));
    }
    SourceFile::parts(&format!("src/{}.rs", group.module.file()), begin, parts)
}

/// The metadata of a group's operations, and a function for each that reads a request and builds the response.
fn handler_file<'p>(plan: &'p Plan, group: &'p Group) -> SourceFile<'p> {
    let facts = group
        .operations
        .iter()
        .map(|operation| -> Make<'p, _> { Box::new(|| vec![handler::facts(operation)]) });
    let list: Make<'p, _> = Box::new(|| vec![handler::list(group)]);
    let parts = facts.chain([list]).chain(handler::functions(group));
    SourceFile::parts(
        &format!("src/service/{}.rs", group.module.file()),
        |used| handler_head(plan, group, used),
        parts.collect(),
    )
}

fn handler_head(plan: &Plan, group: &Group, used: &Used) -> Vec<Chunk> {
    let schemes: Vec<&str> = plan
        .schemes
        .iter()
        .map(|scheme| scheme.constant.as_str())
        .collect();
    let beside = group
        .operations
        .iter()
        .flat_map(|operation| [operation.params.as_str(), operation.payload.as_str()]);
    let local: Vec<&str> = std::iter::once(group.api.as_str()).chain(beside).collect();
    let checks = group.operations.iter();
    let nested = checks
        .flat_map(Operation::request_checks)
        .any(Check::is_nested);
    let validate = if nested {
        vec!["use super::super::types::Validate;".to_owned()]
    } else {
        Vec::new()
    };
    let dispatch = match group.kind {
        GroupKind::Calls => Vec::new(),
        GroupKind::Webhooks | GroupKind::Callbacks => vec!["mod dispatch;".to_owned()],
    };
    let imports = vec![
        dispatch,
        used.imports("std::collections", &["BTreeMap"]),
        used.imports("std::sync", &["Arc"]),
        used.imports("super", &schemes),
        used.imports(&format!("super::super::{}", group.module), &local),
        used.imports("super::super::support", &[&["self"], SUPPORT].concat()),
        used.imports("super::super", &["types"]),
        used.imports("super::super::types", &["Backtracking", "Pattern"]),
        used.imports("super::super::types::rules", &rule_tables(plan)),
        validate,
    ];
    let allow = allow_deprecated(plan).into_token_stream();
    head(&docs::handlers(group), &allow, imports)
}

/// The tables of rules that types refer to.
fn rule_tables(plan: &Plan) -> Vec<&str> {
    plan.rules.of_types().map(Ident::as_str).collect()
}

fn service(plan: &Plan) -> SourceFile<'_> {
    SourceFile::parts(
        "src/service.rs",
        |used| service_head(plan, used),
        vec![Box::new(|| service_items(plan))],
    )
}

fn service_items(plan: &Plan) -> Vec<Chunk> {
    let mut items = Vec::new();
    if has_calls(plan) {
        items.push(dispatch_calls(plan));
    }
    let used = plan.schemes.iter().filter(|scheme| {
        plan.all_groups()
            .flat_map(|group| &group.operations)
            .any(|operation| operation.security.names(&scheme.constant))
    });
    items.extend(used.map(|scheme| Chunk::Tokens(self::scheme(plan, scheme))));
    let wanted = plan.groups.iter().filter_map(wanted_traits);
    items.extend(wanted.map(Chunk::Tokens));
    items
}

fn service_head(plan: &Plan, used: &Used) -> Vec<Chunk> {
    let mut groups: Vec<&Group> = plan.all_groups().collect();
    groups.sort_by_key(|group| group.module.plain());
    let line = |group: &Group, line: String| {
        let cfg = cfg_line(group.feature.as_slice()).into_iter();
        cfg.chain([line])
    };
    let modules: Vec<String> = groups
        .iter()
        .flat_map(|group| {
            let path =
                elsewhere(&group.module, "service/").map(|path| format!("#[path = {path:?}]"));
            let module = path
                .into_iter()
                .chain([format!("pub(super) mod {};", group.module)]);
            cfg_line(group.feature.as_slice()).into_iter().chain(module)
        })
        .collect();
    groups.retain(|group| group.kind == GroupKind::Calls);
    groups.sort_by(|a, b| version_order(a.module.plain(), b.module.plain()));
    let apis: Vec<String> = groups
        .iter()
        .flat_map(|group| {
            line(
                group,
                format!("use super::{}::{};", group.module, group.api),
            )
        })
        .collect();
    let imports = vec![
        modules,
        used.imports("std::sync", &["Arc"]),
        apis,
        used.imports("super::support", &[&["self"], SUPPORT].concat()),
        used.imports("super", &[PATHS]),
    ];
    let doc = Doc::text("Routes requests to operations.");
    head(&doc, &quote! {}, imports)
}

/// The marker of the requests to the API's paths, where the support code is another package.
const PATHS: &str = "Paths";

/// The dispatch of calls. The sessions of all groups have the same type.
fn dispatch_calls(plan: &Plan) -> Chunk {
    let apis = plan
        .groups
        .iter()
        .map(|group| match (&group.stand_in, group.is_secured()) {
            (None, _) => bound_text(group),
            (Some(wanted), true) => format!("{wanted}<A::Session>"),
            (Some(wanted), false) => wanted.to_string(),
        });
    let mut provider: Vec<String> = apis.collect();
    // Without operations there is no trait to implement.
    if provider.is_empty() {
        provider.push(ANYTHING.to_owned());
    }
    let dispatch = routes::Dispatch {
        marker: plan.runtime.as_ref().map(|_| PATHS),
        is_received: false,
        provider,
        secured: plan.is_secured(),
        base_path: &plan.base_path,
        routes: &plan.routes,
        operations: plan.operations().collect(),
    };
    dispatch.chunk()
}

/// The bound for the trait of a group.
fn bound(group: &Group) -> TokenStream {
    let api = &group.api;
    if group.is_secured() {
        quote! { #api<Session = A::Session> }
    } else {
        quote! { #api }
    }
}

/// The same as text.
fn bound_text(group: &Group) -> String {
    let api = &group.api;
    if group.is_secured() {
        format!("{api}<Session = A::Session>")
    } else {
        api.to_string()
    }
}

/// The bound of a type that only has to be shared between threads.
const ANYTHING: &str = "Send + Sync + 'static";

/// The bound of the authentication hook.
fn authenticator(secured: bool) -> &'static str {
    if secured { "Authenticate" } else { ANYTHING }
}

/// `trait WantedIssuesApi { … }`: with the feature it requires the group's trait, without it nothing, as `cfg` can't remove a bound.
fn wanted_traits(group: &Group) -> Option<TokenStream> {
    let feature = group.feature.as_deref()?;
    let (api, wanted) = (&group.api, group.stand_in.as_ref()?);
    let (session, on) = if group.is_secured() {
        (Some(quote! { S }), quote! { #api<Session = S> })
    } else {
        (None, api.to_token_stream())
    };
    let generics = session.as_ref().map(|session| quote! { <#session> });
    let comma = session.iter().map(|session| quote! { #session, });
    let comma: TokenStream = comma.collect();
    let pair = |cfg: TokenStream, bound: TokenStream| {
        quote! {
            #cfg
            pub trait #wanted #generics: #bound {}

            #cfg
            impl<#comma P: #bound> #wanted #generics for P {}
        }
    };
    let on = pair(quote! { #[cfg(feature = #feature)] }, on);
    let off = pair(
        quote! { #[cfg(not(feature = #feature))] },
        quote! { Send + Sync + 'static },
    );
    Some(quote! { #on #off })
}

fn scheme(plan: &Plan, scheme: &Scheme) -> TokenStream {
    let Scheme {
        constant,
        wire,
        location: placed,
        ..
    } = scheme;
    let location = location(placed);
    let unused = gated(plan).then(|| quote! { #[allow(dead_code)] });
    quote! {
        #unused
        static #constant: Scheme = Scheme {
            name: #wire,
            location: #location,
        };
    }
}

//! The server crate.

mod answers;
mod body;
mod group;
mod handler;
mod routes;

use super::client::placement;
use super::headers::{self, Side};
use super::tokens::{allow_deprecated, head, imports, inner_doc, list, literal, version_order};
use super::{Chunk, Content, SourceFile, docs};
use crate::plan::{Doc, Group, Layout, Parameter, Plan, Scheme};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use std::cmp::Ordering;

/// What generated code may use of the support code.
const SUPPORT: &[&str] = &[
    "Authenticate",
    "Body",
    "BoxFuture",
    "Bytes",
    "Call",
    "Dispatch",
    "Events",
    "Exchange",
    "File",
    "Form",
    "Handlers",
    "Kind",
    "Lines",
    "Multipart",
    "Node",
    "Operation",
    "Parts",
    "Placement",
    "Problem",
    "Reply",
    "Requirement",
    "Response",
    "Scheme",
    "StatusCode",
    "Style",
    "Validator",
    "not_implemented",
];

/// `src/lib.rs`, `src/service.rs`, and two modules for each group: its trait, and how the service calls it.
pub(super) fn files(plan: &Plan) -> Vec<SourceFile> {
    let mut files = vec![
        SourceFile {
            path: "src/lib.rs".to_owned(),
            content: Content::Rust(lib(plan)),
        },
        SourceFile {
            path: "src/service.rs".to_owned(),
            content: Content::Rust(service(plan)),
        },
    ];
    files.extend(headers::file(plan, Side::Server));
    for group in &plan.groups {
        let file = group.file();
        files.push(SourceFile {
            path: format!("src/{file}.rs"),
            content: Content::Rust(trait_file(plan, group)),
        });
        files.push(SourceFile {
            path: format!("src/service/{file}.rs"),
            content: Content::Rust(handler_file(plan, group)),
        });
    }
    files
}

fn lib(plan: &Plan) -> Vec<Chunk> {
    let doc = inner_doc(&docs::server_crate(plan));
    let modules = modules(plan, &["service", "support"]);
    let head = quote! {
        #doc
        #![forbid(unsafe_code)]
        #(#modules)*
    };
    vec![Chunk::Tokens(head), Chunk::Lines(exports(plan))]
}

/// `pub mod` for each group and `mod` for the `hidden` ones, in rustfmt's order.
pub(super) fn modules(plan: &Plan, hidden: &[&str]) -> Vec<TokenStream> {
    let public = plan.groups.iter().map(|group| {
        (
            group.module.plain(),
            elsewhere(group, "")
                .map_or_else(|| quote! { pub }, |path| quote! { #[path = #path] pub }),
            group.module.to_token_stream(),
        )
    });
    let headers =
        (!plan.headers.is_empty()).then(|| ("headers", quote! { pub }, quote! { headers }));
    let hidden = hidden
        .iter()
        .map(|name| (*name, quote! {}, name.parse().unwrap_or_default()));
    let mut modules: Vec<_> = public.chain(headers).chain(hidden).collect();
    modules.sort_by_key(|module| module.0);
    modules
        .into_iter()
        .map(|(_, visibility, name)| quote! { #visibility mod #name; })
        .collect()
}

/// The path of a group's module, in `folder`, where it isn't the one that its name gives.
fn elsewhere(group: &Group, folder: &str) -> Option<String> {
    let file = group.file();
    (file != group.module.plain()).then(|| format!("{folder}{file}.rs"))
}

/// What client and server offer at their root, in rustfmt's order: the types crate, the API of each group, the support code.
pub(super) fn exports(plan: &Plan) -> Vec<String> {
    let types = match plan.layout {
        Layout::Crates => format!("{} as types", plan.packages.types.crate_name),
        Layout::Modules => "super::types".to_owned(),
    };
    let apis = plan
        .groups
        .iter()
        .map(|group| format!("{}::{}", group.module, group.api));
    let mut paths: Vec<String> = apis.chain([types, "support::*".to_owned()]).collect();
    paths.sort_by(|a, b| {
        b.starts_with("super")
            .cmp(&a.starts_with("super"))
            .then_with(|| path_order(a, b))
    });
    paths
        .into_iter()
        .map(|path| format!("pub use {path};"))
        .collect()
}

/// rustfmt's order of paths: part by part.
fn path_order(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.replace("r#", ""), b.replace("r#", ""));
    let differing = a
        .split("::")
        .zip(b.split("::"))
        .map(|(a, b)| version_order(a, b))
        .find(|order| order.is_ne());
    differing.unwrap_or(Ordering::Equal)
}

/// The trait of a group, with the arguments and errors of its methods.
fn trait_file(plan: &Plan, group: &Group) -> Vec<Chunk> {
    let mut items = vec![Chunk::Tokens(group::api(group))];
    items.extend(
        group
            .operations
            .iter()
            .flat_map(|operation| answers::items(group, operation)),
    );
    let used = vec![
        imports("std::collections", &["BTreeMap"], &items),
        imports("super::support", SUPPORT, &items),
        imports("super", &["support", "types"], &items),
    ];
    let mut chunks = head(
        &group.doc,
        &allow_deprecated(plan).into_token_stream(),
        used,
    );
    chunks.extend(items);
    chunks
}

/// The facts of a group's operations, and a function for each that takes a request apart and puts the answer together.
fn handler_file(plan: &Plan, group: &Group) -> Vec<Chunk> {
    let items: Vec<Chunk> = group
        .operations
        .iter()
        .flat_map(|operation| handler::items(group, operation))
        .collect();
    let schemes: Vec<&str> = plan
        .schemes
        .iter()
        .map(|scheme| scheme.constant.as_str())
        .collect();
    let parameters = group
        .operations
        .iter()
        .map(|operation| operation.params.as_str());
    let payloads = group
        .operations
        .iter()
        .map(|operation| operation.payload.as_str());
    let local: Vec<&str> = std::iter::once(group.api.as_str())
        .chain(parameters)
        .chain(payloads)
        .collect();
    let nested = group.operations.iter().any(|operation| {
        operation
            .path_parameters
            .iter()
            .chain(&operation.parameters)
            .any(Parameter::is_nested)
    });
    let validate = if nested {
        vec!["use super::super::types::Validate;".to_owned()]
    } else {
        Vec::new()
    };
    let used = vec![
        imports("std::sync", &["Arc"], &items),
        imports("super", &schemes, &items),
        imports(&format!("super::super::{}", group.module), &local, &items),
        imports("super::super::support", SUPPORT, &items),
        imports("super::super", &["support", "types"], &items),
        imports("super::super::types", &["Pattern"], &items),
        validate,
    ];
    let mut chunks = head(
        &docs::handlers(group),
        &allow_deprecated(plan).into_token_stream(),
        used,
    );
    chunks.extend(items);
    chunks
}

fn service(plan: &Plan) -> Vec<Chunk> {
    let mut items = vec![
        Chunk::Tokens(dispatch(plan)),
        Chunk::Lines(operations(plan)),
    ];
    let used = plan.schemes.iter().filter(|scheme| {
        plan.operations()
            .any(|(_, operation)| operation.security.names(&scheme.constant))
    });
    items.extend(used.map(|scheme| Chunk::Tokens(self::scheme(scheme))));
    items.extend(routes::nodes(&plan.routes).into_iter().map(Chunk::Lines));
    let mut groups: Vec<&Group> = plan.groups.iter().collect();
    groups.sort_by_key(|group| group.module.plain());
    let modules: Vec<String> = groups
        .iter()
        .flat_map(|group| {
            let path = elsewhere(group, "service/").map(|path| format!("#[path = {path:?}]"));
            path.into_iter().chain([format!("mod {};", group.module)])
        })
        .collect();
    groups.sort_by(|a, b| version_order(a.module.plain(), b.module.plain()));
    let apis: Vec<String> = groups
        .iter()
        .map(|group| format!("use super::{}::{};", group.module, group.api))
        .collect();
    let used = vec![
        modules,
        imports("std::sync", &["Arc"], &items),
        apis,
        imports("super::support", SUPPORT, &items),
    ];
    let mut chunks = head(
        &Doc::text("How requests reach the operations."),
        &quote! {},
        used,
    );
    chunks.extend(items);
    chunks
}

/// `impl<P, A> Dispatch for Handlers<P, A> { … }`
fn dispatch(plan: &Plan) -> TokenStream {
    let bounds = bounds(plan);
    let base_path = &plan.base_path;
    let arms = plan
        .operations()
        .enumerate()
        .map(|(number, (group, operation))| {
            let number = Literal::usize_unsuffixed(number);
            let (module, name) = (&group.module, &operation.name);
            quote! { #number => Box::pin(#module::#name(self, exchange)), }
        });
    quote! {
        impl<P, A> Dispatch for Handlers<P, A>
        where
            #bounds
        {
            const ROUTES: &'static Node = &ROOT;
            const OPERATIONS: &'static [&'static Operation] = OPERATIONS;
            const BASE_PATH: &'static str = #base_path;

            fn dispatch(self: Arc<Self>, operation: usize, exchange: Exchange) -> BoxFuture<'static, Result<Response, Problem>> {
                match operation {
                    #(#arms)*
                    _ => Box::pin(async { Err(Problem::not_found()) }),
                }
            }
        }
    }
}

/// What the provider implements and the hook gives: the sessions of all groups are the same.
fn bounds(plan: &Plan) -> TokenStream {
    let secured = plan.is_secured();
    let authenticator = if secured {
        quote! { Authenticate }
    } else {
        quote! { Send + Sync + 'static }
    };
    let apis = plan.groups.iter().map(|group| {
        let api = &group.api;
        if group.is_secured() {
            quote! { #api<Session = A::Session> }
        } else {
            quote! { #api }
        }
    });
    // Without an operation there is no group to implement.
    let provider = if plan.groups.is_empty() {
        quote! { Send + Sync + 'static }
    } else {
        quote! { #(#apis)+* }
    };
    quote! {
        P: #provider,
        A: #authenticator,
    }
}

/// `const OPERATIONS: &[&Operation] = &[…];`
fn operations(plan: &Plan) -> Vec<String> {
    let items: Vec<String> = plan
        .operations()
        .map(|(group, operation)| format!("&{}::{}", group.module, operation.constant))
        .collect();
    let mut lines = vec!["/// The operations, by the numbers in the routes.".to_owned()];
    lines.extend(list("const OPERATIONS: &[&Operation] = &[", &items, "];"));
    lines
}

fn scheme(scheme: &Scheme) -> TokenStream {
    let Scheme {
        constant,
        wire,
        placement: placed,
        ..
    } = scheme;
    let placement = placement(placed);
    quote! {
        static #constant: Scheme = Scheme {
            name: #wire,
            placement: #placement,
        };
    }
}

/// `"a", "b"` in an array.
fn texts(items: &[String]) -> Vec<String> {
    items.iter().map(|item| literal(item)).collect()
}

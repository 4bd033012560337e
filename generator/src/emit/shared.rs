//! Code that several kinds of crate have in common: modules, exports, imports of programs, locations of credentials, types of responses.

use super::tokens::{View, cfg, cfg_line, elsewhere, use_list, version_order};
use super::{Chunk, headers};
use crate::plan::{CrateKind, CredentialLocation, Doc, Held, Ident, Layout, Plan};
use proc_macro2::TokenStream;
use quote::quote;
use std::cmp::Ordering;

/// The type of a response: `types::Pet`, `Events<types::Pet>`, `Body`.
pub(super) fn held(held: Held<'_>) -> TokenStream {
    match held {
        Held::Nothing => quote! { () },
        Held::Value(ty) => View::Outside.ty(ty),
        Held::Events(Some(ty)) => {
            let ty = View::Outside.ty(ty);
            quote! { Events<#ty> }
        }
        Held::Events(None) => quote! { Events<String> },
        Held::Lines(ty) => {
            let ty = View::Outside.ty(ty);
            quote! { Lines<#ty> }
        }
        Held::Text => quote! { String },
        Held::Form(_) | Held::Bytes => quote! { Body },
    }
}

/// `use ::acme_runtime::client as support;`, if the package has no support code of its own. The first colons tell it from a module of that name.
pub(super) fn support(plan: &Plan, kind: CrateKind) -> Option<TokenStream> {
    let mut packages = plan.packages.iter();
    let package = packages.find(|package| package.kind == kind)?;
    let runtime: TokenStream = package.runtime.as_ref()?.parse().ok()?;
    let module: TokenStream = kind.name().parse().ok()?;
    Some(quote! { use ::#runtime::#module as support; })
}

/// What a program imports of the standard library.
pub(super) fn program_imports() -> Chunk {
    Chunk::Tokens(quote! {
        use std::ffi::OsString;
        use std::process::ExitCode;
    })
}

/// What a program imports of the generated client, a line. Support code that is copied into the program takes `types` from its root.
pub(super) fn client_import(plan: &Plan, kind: CrateKind) -> String {
    let types = match support(plan, kind) {
        Some(_) => "",
        None => ", types",
    };
    match plan.layout {
        Layout::Crates => {
            let client = plan.crate_name(CrateKind::Client);
            format!("use {client}::{{self as client, BuildError, Client{types}}};")
        }
        Layout::Modules => format!("use super::client::{{self, BuildError, Client{types}}};"),
    }
}

/// `pub mod` for each group and the `shown` ones, and `mod` for the `hidden` ones, in rustfmt's order.
pub(super) fn modules(
    plan: &Plan,
    kind: CrateKind,
    shown: &[&Ident],
    hidden: &[&str],
) -> Vec<TokenStream> {
    let public = plan.groups_of(kind).into_iter().map(|group| {
        let (cfg, module) = (cfg(group.feature.as_deref()), &group.module);
        let path = elsewhere(&group.module, "").map(|path| quote! { #[path = #path] });
        (module.plain(), quote! { #cfg #path pub mod #module; })
    });
    let headers = !headers::of_crate(plan, kind).is_empty();
    let headers = headers.then(|| ("headers", quote! { pub mod headers; }));
    let shown = shown.iter();
    let shown = shown.map(|module| (module.plain(), quote! { pub mod #module; }));
    let runtime = support(plan, kind);
    let is_here = |name: &&&str| **name != "support" || runtime.is_none();
    let hidden = hidden.iter().filter(is_here).map(|name| {
        let module: TokenStream = name.parse().unwrap_or_default();
        (*name, quote! { mod #module; })
    });
    let mut modules: Vec<_> = public.chain(headers).chain(shown).chain(hidden).collect();
    modules.sort_by_key(|module| module.0);
    let modules = modules.into_iter().map(|(_, module)| module);
    modules.chain(runtime).collect()
}

/// The exports at the root of client and server, in rustfmt's order: the types crate, the API of each group, and `named`, the support types
/// that users need. All others are documented in the module `runtime`, and also accessible at the root.
pub(super) fn exports(plan: &Plan, kind: CrateKind, named: &[&str]) -> Vec<String> {
    let types = match plan.layout {
        Layout::Crates => format!("{} as types", plan.crate_name(CrateKind::Types)),
        Layout::Modules => "super::types".to_owned(),
    };
    let apis = plan.groups_of(kind).into_iter().map(|group| {
        let path = format!("{}::{}", group.module, group.api);
        (path, group.feature.as_slice())
    });
    let always = [types].map(|path| (path, &[][..]));
    let mut paths: Vec<(String, &[String])> = apis.chain(always).collect();
    paths.sort_by(|(a, _), (b, _)| {
        b.starts_with("super")
            .cmp(&a.starts_with("super"))
            .then_with(|| path_order(a, b))
    });
    let exports = paths.into_iter().flat_map(|(path, feature)| {
        let export = format!("pub use {path};");
        cfg_line(feature).into_iter().chain([export])
    });
    let hidden = ["#[doc(hidden)]", "pub use self::runtime::*;"].map(str::to_owned);
    let named = use_list("pub use support", named);
    exports.chain(hidden).chain(named).collect()
}

/// `pub mod runtime { … }`. What a package has of a runtime is documented there.
pub(super) fn runtime(plan: &Plan, kind: CrateKind, doc: &str) -> TokenStream {
    let doc = Doc::text(doc);
    let link = support(plan, kind).map(|_| quote! { #[doc(no_inline)] });
    quote! {
        #doc
        pub mod runtime {
            #link
            pub use super::support::*;
        }
    }
}

/// rustfmt's order of paths: segment by segment.
fn path_order(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.replace("r#", ""), b.replace("r#", ""));
    let differing = a
        .split("::")
        .zip(b.split("::"))
        .map(|(a, b)| version_order(a, b))
        .find(|order| order.is_ne());
    differing.unwrap_or(Ordering::Equal)
}

/// `CredentialLocation::Header("x-api-key")`.
pub(super) fn location(location: &CredentialLocation) -> TokenStream {
    match location {
        CredentialLocation::Bearer => quote! { CredentialLocation::Bearer },
        CredentialLocation::Basic => quote! { CredentialLocation::Basic },
        CredentialLocation::Http(name) => quote! { CredentialLocation::Http(#name) },
        CredentialLocation::Header(name) => quote! { CredentialLocation::Header(#name) },
        CredentialLocation::Query(name) => quote! { CredentialLocation::Query(#name) },
        CredentialLocation::Cookie(name) => quote! { CredentialLocation::Cookie(#name) },
        CredentialLocation::Certificate | CredentialLocation::External => {
            quote! { CredentialLocation::External }
        }
    }
}

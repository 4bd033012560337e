//! Writes `src/headers.rs` of client and server: structs of response headers.

use super::tokens::{View, allow_deprecated, head};
use super::{Chunk, Make, SourceFile, Used};
use crate::plan::{CrateKind, Doc, Group, HeaderField, Headers, Ident, Operation, Plan, Ty};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::HashSet;

/// The access of a crate to response headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// A client reads them.
    Read,
    /// A server writes them.
    Write,
}

/// The sets of response headers that a crate needs.
pub(super) fn of_crate(plan: &Plan, kind: CrateKind) -> Vec<&Headers> {
    // A client sends what a server receives.
    let groups: Vec<&Group> = match kind {
        CrateKind::Types | CrateKind::Cli | CrateKind::Mcp => plan.groups_of(kind),
        CrateKind::Client | CrateKind::Server => plan.all_groups().collect(),
    };
    let operations = groups.into_iter().flat_map(|group| &group.operations);
    let names: HashSet<&Ident> = operations.filter_map(|one| one.headers.as_ref()).collect();
    let headers = plan.headers.iter();
    headers
        .filter(|headers| names.contains(&headers.name))
        .collect()
}

/// The file, if any response has headers.
pub(super) fn file(plan: &Plan, kind: CrateKind, access: Access) -> Option<SourceFile<'_>> {
    let headers = of_crate(plan, kind);
    if headers.is_empty() {
        return None;
    }
    let doc = match access {
        Access::Read if headers.iter().any(|one| has_required(one)) => {
            "Response headers: `LinkHeaders::from(response.headers())`, or `try_from` where some are required. Each operation has an \
                alias for its own."
        }
        Access::Read => {
            "Response headers: `LinkHeaders::from(response.headers())`. Each operation has an alias for its own."
        }
        Access::Write => {
            "Response headers: `call.add_response_headers(&LinkHeaders::new().link(…))`. Each operation has an alias for its own."
        }
    };
    let begin = move |used: &Used| {
        let imports = vec![
            used.imports("super::support", SUPPORT),
            used.imports("super", &["types"]),
        ];
        let allow = allow_deprecated(plan).into_token_stream();
        head(&Doc::text(doc), &allow, imports)
    };
    let items = headers.into_iter().map(|headers| -> Make<'_, _> {
        Box::new(move || vec![Chunk::Tokens(structure(headers, access))])
    });
    Some(SourceFile::parts("src/headers.rs", begin, items.collect()))
}

const SUPPORT: &[&str] = &[
    "ReplyHeaders",
    "HeaderMap",
    "MissingHeader",
    "header",
    "header_list",
    "require_header",
    "set_header",
    "set_header_list",
];

/// Whether a set has a header without which a response isn't as documented.
fn has_required(headers: &Headers) -> bool {
    headers.fields.iter().any(HeaderField::is_one)
}

fn structure(headers: &Headers, access: Access) -> TokenStream {
    let Headers { name, fields, .. } = headers;
    let members = fields.iter().map(|field| {
        let HeaderField { doc, name, .. } = field;
        let ty = View::Outside.ty(&field.ty);
        let ty = if field.list {
            quote! { Vec<#ty> }
        } else if field.required {
            ty
        } else {
            quote! { Option<#ty> }
        };
        quote! {
            #doc
            pub #name: #ty
        }
    });
    let names: Vec<&str> = fields.iter().map(|field| field.wire.as_str()).collect();
    let doc = Doc::text(match &names[..] {
        [_] => "The header of a response.",
        _ => "The headers of a response.",
    });
    let implementation = match access {
        Access::Read => reading(headers),
        Access::Write => writing(headers),
    };
    let default = (!has_required(headers)).then(|| quote! { Default, });
    quote! {
        #doc
        #[derive(Debug, Clone, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#members,)*
        }

        #implementation
    }
}

/// `impl From<&HeaderMap> for LinkHeaders { … }`.
fn reading(headers: &Headers) -> TokenStream {
    let name = &headers.name;
    let fields = headers.fields.iter().map(|field| {
        let HeaderField { name, wire, .. } = field;
        if field.list {
            quote! { #name: header_list(headers, #wire) }
        } else if field.required {
            quote! { #name: require_header(headers, #wire)? }
        } else {
            quote! { #name: header(headers, #wire) }
        }
    });
    if has_required(headers) {
        return quote! {
            impl TryFrom<&HeaderMap> for #name {
                type Error = MissingHeader;

                fn try_from(headers: &HeaderMap) -> Result<Self, MissingHeader> {
                    Ok(Self { #(#fields,)* })
                }
            }
        };
    }
    quote! {
        impl From<&HeaderMap> for #name {
            fn from(headers: &HeaderMap) -> Self {
                Self { #(#fields,)* }
            }
        }
    }
}

/// `impl ReplyHeaders for LinkHeaders { … }`.
fn writing(headers: &Headers) -> TokenStream {
    let name = &headers.name;
    let fields = headers.fields.iter().map(|field| {
        let HeaderField { name, wire, .. } = field;
        if field.list {
            quote! { set_header_list(headers, #wire, &self.#name); }
        } else if field.required {
            quote! { set_header(headers, #wire, Some(&self.#name)); }
        } else {
            quote! { set_header(headers, #wire, self.#name.as_ref()); }
        }
    });
    let methods = methods(headers);
    quote! {
        #methods

        impl ReplyHeaders for #name {
            fn write(&self, headers: &mut HeaderMap) {
                #(#fields)*
            }
        }
    }
}

/// `impl LinkHeaders { pub fn new(total: i64) -> Self { … } … }`: the constructor, and setters for what it doesn't take.
fn methods(headers: &Headers) -> TokenStream {
    let name = &headers.name;
    let setters = headers.fields.iter().filter_map(|field| {
        let setter = field.setter.as_ref()?;
        let HeaderField { doc, name, ty, .. } = field;
        let ty = View::Outside.ty(ty);
        let (ty, value) = if field.list && field.ty == Ty::String {
            (
                quote! { impl IntoIterator<Item = impl Into<String>> },
                quote! { #name.into_iter().map(Into::into).collect() },
            )
        } else if field.list {
            (
                quote! { impl IntoIterator<Item = #ty> },
                quote! { #name.into_iter().collect() },
            )
        } else if field.ty == Ty::String {
            (quote! { impl Into<String> }, quote! { Some(#name.into()) })
        } else {
            (ty, quote! { Some(#name) })
        };
        Some(quote! {
            #doc
            #[must_use]
            pub fn #setter(mut self, #name: #ty) -> Self {
                self.#name = #value;
                self
            }
        })
    });
    let new = new(headers);
    let required = required(headers);
    quote! {
        impl #name {
            #new
            #(#setters)*
        }

        #required
    }
}

/// `pub fn new(total: i64) -> Self { … }`: with the required headers, by name if they could be confused.
fn new(headers: &Headers) -> TokenStream {
    if !has_required(headers) {
        let doc = Doc::text("Creates a set without headers; all are optional.");
        return quote! {
            #doc
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let required = headers.fields.iter().filter(|field| field.is_one());
    let arguments: Vec<TokenStream> = match &headers.required {
        Some(name) => vec![quote! { required: #name }],
        None => required
            .map(|field| {
                let (name, ty) = (&field.name, View::Outside.ty(&field.ty));
                let ty = if field.ty == Ty::String {
                    quote! { impl Into<String> }
                } else {
                    ty
                };
                quote! { #name: #ty }
            })
            .collect(),
    };
    let fields = headers.fields.iter().map(|field| {
        let name = &field.name;
        if field.list {
            quote! { #name: Vec::new() }
        } else if !field.required {
            quote! { #name: None }
        } else if headers.required.is_some() {
            quote! { #name: required.#name }
        } else if field.ty == Ty::String {
            quote! { #name: #name.into() }
        } else {
            quote! { #name }
        }
    });
    let doc = Doc::text("Creates a set with the required headers.");
    quote! {
        #doc
        #[must_use]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#fields,)* }
        }
    }
}

/// `pub struct PageHeadersRequired { … }`: what `new` takes by name.
fn required(headers: &Headers) -> Option<TokenStream> {
    let name = headers.required.as_ref()?;
    let fields = headers.fields.iter().filter(|field| field.is_one());
    let fields = fields.map(|HeaderField { doc, name, ty, .. }| {
        let ty = View::Outside.ty(ty);
        quote! {
            #doc
            pub #name: #ty
        }
    });
    let doc = Doc::text(&format!(
        "The required headers of [`{}`].",
        headers.name.plain()
    ));
    Some(quote! {
        #doc
        #[derive(Debug)]
        pub struct #name {
            #(#fields,)*
        }
    })
}

/// `pub type GetAppsHeaders = super::headers::LinkHeaders;`, in the module of the group.
pub(super) fn alias(group: &Group, operation: &Operation) -> Option<TokenStream> {
    let (set, name) = (operation.headers.as_ref()?, &operation.own_headers);
    let doc = Doc::text(&format!(
        "The response headers of [`{}::{}`].",
        group.api,
        operation.name.plain()
    ));
    Some(quote! {
        #doc
        pub type #name = super::headers::#set;
    })
}

//! `pub struct SearchRequired<'a> { … }`: the required arguments of a client's method, or of `new` of a form, by name.

use super::argument::{is_borrowed, listed_item, named, named_items};
use crate::emit::docs;
use crate::emit::tokens::{View, deprecated};
use crate::plan::{Doc, Group, Ident, Operation, Parameter, Part, PartContent};
use proc_macro2::TokenStream;
use quote::quote;

/// The struct of an operation's required parameters, if its method takes one.
pub(super) fn parameters(group: &Group, operation: &Operation) -> Option<TokenStream> {
    let name = operation.required.as_ref()?;
    let doc = docs::required_parameters(group, operation);
    let fields = operation.required_parameters();
    let fields = fields.iter().map(|parameter| {
        let Parameter { doc, name, .. } = parameter;
        let deprecated = deprecated(parameter.deprecated);
        let ty = parameter_type(parameter);
        quote! {
            #doc
            #deprecated
            pub #name: #ty
        }
    });
    Some(structure(
        &doc,
        name,
        &fields.collect::<Vec<_>>(),
        borrows(operation),
    ))
}

/// The struct of a form's required parts, if it takes one.
pub(super) fn parts(operation: &Operation, parts: &[&Part]) -> Option<TokenStream> {
    let name = operation.form_required.as_ref()?;
    let doc = docs::required_parts(&operation.form);
    let fields = parts.iter().map(|part| {
        let Part { doc, name, .. } = part;
        let ty = part_type(part);
        quote! {
            #doc
            pub #name: #ty
        }
    });
    Some(structure(
        &doc,
        name,
        &fields.collect::<Vec<_>>(),
        parts_borrow(parts),
    ))
}

/// The type of such a struct as an argument: `SearchRequired<'_>`.
pub(super) fn taken(name: &Ident, borrows: bool) -> TokenStream {
    if borrows {
        quote! { #name<'_> }
    } else {
        quote! { #name }
    }
}

fn structure(doc: &Doc, name: &Ident, fields: &[TokenStream], borrows: bool) -> TokenStream {
    let lifetime = borrows.then(|| quote! { <'a> });
    quote! {
        #doc
        #[derive(Debug)]
        pub struct #name #lifetime {
            #(#fields,)*
        }
    }
}

/// Whether the struct of an operation's parameters borrows text.
pub(super) fn borrows(operation: &Operation) -> bool {
    let required = operation.required_parameters();
    let mut types = required.iter();
    types.any(|parameter| is_borrowed(listed_item(parameter).unwrap_or(&parameter.ty)))
}

/// Whether the struct of these parts borrows text.
pub(super) fn parts_borrow(parts: &[&Part]) -> bool {
    parts
        .iter()
        .any(|part| matches!(&part.content, PartContent::Text(ty) if is_borrowed(ty)))
}

/// The type of a field for a parameter.
pub(super) fn parameter_type(parameter: &Parameter) -> TokenStream {
    listed_item(parameter).map_or_else(|| named(&parameter.ty), named_items)
}

fn part_type(part: &Part) -> TokenStream {
    match (&part.content, part.many) {
        (PartContent::File, false) => quote! { File },
        (PartContent::File, true) => quote! { Vec<File> },
        (PartContent::Text(ty), false) => named(ty),
        (PartContent::Text(ty), true) => named_items(ty),
        (PartContent::Json(ty), false) => View::Outside.ty(ty),
        (PartContent::Json(ty), true) => {
            let ty = View::Outside.ty(ty);
            quote! { Vec<#ty> }
        }
    }
}

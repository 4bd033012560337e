//! How the client's functions take values, so that calls are short, and the conversions to the planned types.

use crate::emit::tokens::View;
use crate::plan::{Ident, Parameter, ParameterStyle, Ty};
use proc_macro2::TokenStream;
use quote::quote;

/// The type of an argument: anything that is text for text, anything that converts for a type with a format, other types as they are.
pub(super) fn taken(ty: &Ty) -> TokenStream {
    let name = View::Outside.ty(ty);
    if ty.is_taken_by_into() {
        quote! { impl Into<#name> }
    } else if ty.is_text() {
        quote! { impl AsRef<str> }
    } else {
        name
    }
}

/// The type of the items of a list argument.
pub(super) fn taken_item(ty: &Ty) -> TokenStream {
    if matches!(ty.plain(), Ty::String) {
        quote! { impl types::ToParam }
    } else {
        taken(ty)
    }
}

/// The item type of a parameter that is taken as an iterator.
pub(in crate::emit) fn listed_item(parameter: &Parameter) -> Option<&Ty> {
    let listed = matches!(
        parameter.style,
        ParameterStyle::Each | ParameterStyle::Separated(..)
    );
    if let (Ty::Vec(item), true) = (parameter.ty.plain(), listed) {
        Some(item)
    } else {
        None
    }
}

/// The type of a field in a struct of required values: text is borrowed, as it is only read.
pub(super) fn named(ty: &Ty) -> TokenStream {
    if is_borrowed(ty) {
        quote! { &'a str }
    } else {
        View::Outside.ty(ty)
    }
}

/// The type of a field with several values.
pub(super) fn named_items(item: &Ty) -> TokenStream {
    let item = named(item);
    quote! { Vec<#item> }
}

/// Whether such a field borrows its value.
pub(in crate::emit) fn is_borrowed(ty: &Ty) -> bool {
    *ty.plain() == Ty::String
}

/// The value of such an argument.
pub(super) fn given(ty: &Ty, name: &Ident) -> TokenStream {
    if let Some(into) = into(ty) {
        quote! { #into(#name) }
    } else if ty.is_text() {
        quote! { #name.as_ref() }
    } else {
        quote! { #name }
    }
}

/// The values of an argument with several.
pub(super) fn given_items(item: &Ty, name: &Ident) -> TokenStream {
    if let Some(into) = into(item) {
        quote! { #name.into_iter().map(#into) }
    } else {
        quote! { #name }
    }
}

/// The function that converts an argument to a type with a format.
fn into(ty: &Ty) -> Option<TokenStream> {
    let name = View::Outside.ty(ty);
    ty.is_taken_by_into()
        .then(|| quote! { Into::<#name>::into })
}

/// `page: i64`.
pub(super) fn argument(parameter: &Parameter) -> TokenStream {
    let Parameter { name, ty, .. } = parameter;
    if let Some(item) = listed_item(parameter) {
        let item = taken_item(item);
        return quote! { #name: impl IntoIterator<Item = #item> };
    }
    let ty = taken(ty);
    quote! { #name: #ty }
}

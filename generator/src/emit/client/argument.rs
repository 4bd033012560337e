//! How the client's functions take values, so that callers write little, and what makes the planned types of them.

use crate::emit::tokens::View;
use crate::plan::{Ident, Parameter, ParameterStyle, Ty};
use proc_macro2::TokenStream;
use quote::quote;

/// How an argument takes a value: text as anything that is text, a format's type as whatever becomes one, other values as they are.
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

/// The same of the items of a list.
pub(super) fn taken_item(ty: &Ty) -> TokenStream {
    if matches!(ty.plain(), Ty::String) {
        quote! { impl types::ToParam }
    } else {
        taken(ty)
    }
}

/// The type of the items of a parameter that is taken as anything that gives them.
pub(super) fn listed_item(parameter: &Parameter) -> Option<&Ty> {
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

/// How a field of a struct of what is required holds a value: text is borrowed, as it is only written.
pub(super) fn named(ty: &Ty) -> TokenStream {
    if is_borrowed(ty) {
        quote! { &'a str }
    } else {
        View::Outside.ty(ty)
    }
}

/// The same of several values.
pub(super) fn named_items(item: &Ty) -> TokenStream {
    let item = named(item);
    quote! { Vec<#item> }
}

/// Whether such a field borrows its value.
pub(super) fn is_borrowed(ty: &Ty) -> bool {
    *ty.plain() == Ty::String
}

/// The value in such an argument.
pub(super) fn given(ty: &Ty, name: &Ident) -> TokenStream {
    if let Some(into) = into(ty) {
        quote! { #into(#name) }
    } else if ty.is_text() {
        quote! { #name.as_ref() }
    } else {
        quote! { #name }
    }
}

/// The values in an argument that takes several.
pub(super) fn given_items(item: &Ty, name: &Ident) -> TokenStream {
    if let Some(into) = into(item) {
        quote! { #name.into_iter().map(#into) }
    } else {
        quote! { #name }
    }
}

/// The function that makes a format's type of what is taken for one.
fn into(ty: &Ty) -> Option<TokenStream> {
    let name = View::Outside.ty(ty);
    ty.is_taken_by_into()
        .then(|| quote! { Into::<#name>::into })
}

//! The type of what a response holds, which client and server write alike.

use super::tokens::View;
use crate::plan::Held;
use proc_macro2::TokenStream;
use quote::quote;

/// `types::Pet`, `Events<types::Pet>`, `Body`
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

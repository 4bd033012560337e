//! `pub type Tags = Vec<String>;`

use crate::emit::tokens::View;
use crate::plan::Alias;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn definition(item: &Alias) -> TokenStream {
    let Alias { doc, name, ty } = item;
    let ty = View::Inside.ty(ty);
    quote! {
        #doc
        pub type #name = #ty;
    }
}

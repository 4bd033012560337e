//! `pub type Tags = Vec<String>;`

use crate::emit::docs;
use crate::emit::tokens::View;
use crate::plan::Alias;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn definition(item: &Alias) -> TokenStream {
    let Alias {
        doc,
        name,
        ty,
        required,
    } = item;
    let ty = View::Inside.ty(ty);
    let required = required.as_ref().map(|(alias, home)| {
        let doc = docs::required(name);
        quote! {
            #doc
            pub type #alias = #home;
        }
    });
    quote! {
        #doc
        pub type #name = #ty;

        #required
    }
}

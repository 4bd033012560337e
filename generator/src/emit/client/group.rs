//! `pub struct OauthApi { … }`: the operations of a group.

use super::operation;
use crate::plan::Group;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn api(group: &Group) -> TokenStream {
    let Group {
        doc,
        api,
        operations,
        ..
    } = group;
    let methods = operations.iter().map(operation::method);
    quote! {
        #doc
        #[derive(Debug, Clone)]
        pub struct #api {
            core: Core,
        }

        impl #api {
            pub(super) fn new(core: Core) -> Self {
                Self { core }
            }

            #(#methods)*
        }
    }
}

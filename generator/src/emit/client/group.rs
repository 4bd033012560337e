//! `pub struct OauthApi { … }`: the operations of a group.

use super::operation;
use crate::emit::{Chunk, Make, docs, members};
use crate::plan::{Group, Plan};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn api<'p>(plan: &'p Plan, group: &'p Group) -> Vec<Make<'p, Vec<Chunk>>> {
    let mut methods: Vec<Make<'_, TokenStream>> = vec![Box::new(new)];
    for operation in &group.operations {
        methods.push(Box::new(|| operation::method(plan, group, operation)));
    }
    let head = || {
        let api = &group.api;
        quote! { impl #api }
    };
    let mut parts: Vec<Make<'_, _>> = vec![Box::new(|| vec![Chunk::Tokens(definition(group))])];
    parts.extend(members(head, methods));
    parts
}

fn definition(group: &Group) -> TokenStream {
    let doc = docs::group(group);
    let api = &group.api;
    quote! {
        #doc
        #[derive(Debug, Clone)]
        pub struct #api {
            core: Core,
        }
    }
}

fn new() -> TokenStream {
    quote! {
        pub(super) fn new(core: Core) -> Self {
            Self { core }
        }
    }
}

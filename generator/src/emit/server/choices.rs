//! `const CHOICES: &[Choice] = …`: where a route leads to several operations, what tells their requests apart.

use crate::plan::{Candidate, Choice, Condition, Doc};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The method of `Dispatch` that looks into the table.
pub(super) fn choose() -> TokenStream {
    quote! {
        fn choose(operation: usize, query: &str, headers: &HeaderMap) -> Option<usize> {
            support::choice(CHOICES, operation, query, headers)
        }
    }
}

/// `const CHOICES: &[Choice] = &[Choice { route: 0, candidates: &[(0, &[Condition::Query("comp", Some("acl"))])] }];`
pub(super) fn table(choices: &[Choice]) -> Option<TokenStream> {
    let rows = choices.iter().map(|Choice { route, candidates }| {
        let route = Literal::usize_unsuffixed(*route);
        let candidates = candidates.iter().map(|Candidate { operation, when }| {
            let operation = Literal::usize_unsuffixed(*operation);
            let when = when.iter().map(condition);
            quote! { (#operation, &[#(#when),*]) }
        });
        quote! { Choice { route: #route, candidates: &[#(#candidates),*] } }
    });
    (!choices.is_empty()).then(|| {
        let doc = Doc::text(
            "Operations that share a method and a path, told apart by the query and headers of a request.",
        );
        quote! {
            #doc
            const CHOICES: &[Choice] = &[#(#rows),*];
        }
    })
}

fn condition(condition: &Condition) -> TokenStream {
    let (kind, name, value) = match condition {
        Condition::Query(name, value) => (quote! { Query }, name, value),
        Condition::Header(name, value) => (quote! { Header }, name, value),
    };
    let value = value
        .as_ref()
        .map_or_else(|| quote! { None }, |value| quote! { Some(#value) });
    quote! { Condition::#kind(#name, #value) }
}

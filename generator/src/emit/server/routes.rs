//! `static ROUTES: Routes = …`: the trie of paths, a constant for each node, where nothing else can be called like them.

use crate::plan::{Doc, Node, Routes};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

/// The static of a trie.
pub(super) fn table(routes: &Routes) -> TokenStream {
    let names = (0..routes.len()).map(name);
    let nodes = routes.iter().enumerate();
    let nodes = nodes.map(|(number, node)| constant(&name(number), node));
    quote! {
        static ROUTES: Routes = {
            #(#nodes)*
            Routes(&[#(#names),*])
        };
    }
}

fn name(number: usize) -> Ident {
    format_ident!("NODE_{number}")
}

/// `const NODE_1: Node = Node { literals: &[("pets", 2)], ..Node::EMPTY };`
fn constant(name: &Ident, node: &Node) -> TokenStream {
    let doc = Doc::code(if node.path.is_empty() {
        "/"
    } else {
        &node.path
    });
    let literals = node.literals.iter().map(|(segment, next)| {
        let next = Literal::usize_unsuffixed(*next);
        quote! { (#segment, #next) }
    });
    let literals = list("literals", literals);
    let patterns = node.patterns.iter().map(|((_, texts), next)| {
        let next = Literal::usize_unsuffixed(*next);
        quote! { (&[#(#texts),*], #next) }
    });
    let patterns = list("patterns", patterns);
    let parameter = node.parameter.map(|next| {
        let next = Literal::usize_unsuffixed(next);
        quote! { parameter: Some(#next), }
    });
    let methods = node.methods.iter().map(|(method, number)| {
        let number = Literal::usize_unsuffixed(*number);
        quote! { (#method, #number) }
    });
    let methods = list("methods", methods);
    quote! {
        #doc
        const #name: Node = Node { #literals #patterns #parameter #methods ..Node::EMPTY };
    }
}

/// `literals: &[…],`, unless there is nothing in it.
fn list(field: &str, items: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let field = format_ident!("{field}");
    let items: Vec<TokenStream> = items.collect();
    (!items.is_empty()).then(|| quote! { #field: &[#(#items),*], })
}

//! `const ROOT: Node = Node { … };`: the trie of paths, a constant for each node, children first.

use crate::plan::{Doc, Node};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

/// The constants of a trie, the root last.
pub(super) fn nodes(root: &Node) -> Vec<TokenStream> {
    let mut constants = Vec::new();
    let fields = fields(root, "", &mut constants);
    constants.push(constant(&format_ident!("ROOT"), "/", &fields));
    constants
}

/// Adds the constants of a node and of what follows it, and returns its name.
fn add(node: &Node, path: &str, constants: &mut Vec<TokenStream>) -> Ident {
    let fields = fields(node, path, constants);
    let name = format_ident!("NODE_{}", constants.len());
    constants.push(constant(&name, path, &fields));
    name
}

/// `const NODE_1: Node = Node { literals: &[("pets", NODE_0)], ..Node::EMPTY };`
fn constant(name: &Ident, path: &str, fields: &TokenStream) -> TokenStream {
    let doc = Doc::code(path);
    quote! {
        #doc
        const #name: Node = Node { #fields ..Node::EMPTY };
    }
}

/// The fields of a node, after the constants of what follows it have been added.
fn fields(node: &Node, path: &str, constants: &mut Vec<TokenStream>) -> TokenStream {
    let literals: Vec<TokenStream> = node
        .literals
        .iter()
        .map(|(segment, child)| {
            let child = add(child, &format!("{path}/{segment}"), constants);
            quote! { (#segment, #child) }
        })
        .collect();
    let literals = list("literals", &literals);
    let patterns: Vec<TokenStream> = node
        .patterns
        .iter()
        .map(|((_, texts), child)| {
            let child = add(child, &format!("{path}/{}", texts.join("{}")), constants);
            quote! { (&[#(#texts),*], #child) }
        })
        .collect();
    let patterns = list("patterns", &patterns);
    let parameter = node.parameter.as_ref().map(|child| {
        let child = add(child, &format!("{path}/{{}}"), constants);
        quote! { parameter: Some(&#child), }
    });
    let methods: Vec<TokenStream> = node
        .methods
        .iter()
        .map(|(method, number)| {
            let number = Literal::usize_unsuffixed(*number);
            quote! { (#method, #number) }
        })
        .collect();
    let methods = list("methods", &methods);
    quote! { #literals #patterns #parameter #methods }
}

/// `literals: &[…],`, unless there is nothing in it.
fn list(field: &str, items: &[TokenStream]) -> Option<TokenStream> {
    let field = format_ident!("{field}");
    (!items.is_empty()).then(|| quote! { #field: &[#(#items),*], })
}

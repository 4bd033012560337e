//! No match on an enum of the plan has a wildcard arm, so that new variants have to be considered.
//!
//! Clippy's `wildcard_enum_match_arm`, which `plan` and `emit` enable, only detects matches on an enum itself. This test also detects those
//! on a tuple or an option of enums.

use crate::check::root;
use crate::layers::{is_test, rust_files};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::BTreeSet;
use std::fs;
use syn::parse::{ParseStream, Parser};
use syn::{Arm, Item, Pat};

#[test]
fn every_variant_of_what_is_planned_is_named() {
    let source = root().join("generator/src");
    let files = |folder: &str| rust_files(&source.join(folder));
    let enums: BTreeSet<String> = ["plan", "ir"]
        .into_iter()
        .flat_map(files)
        .flat_map(|path| enums(&fs::read_to_string(path).unwrap()))
        .collect();
    assert!(enums.contains("Ty") && enums.contains("Shape"));
    let mut wrong = Vec::new();
    for path in ["plan", "emit"].into_iter().flat_map(files) {
        let found = careless(&fs::read_to_string(&path).unwrap(), &enums);
        wrong.extend(found.iter().map(|arm| format!("{}: {arm}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The test detects what it is meant to detect, and nothing else.
#[test]
fn an_arm_for_the_rest_is_seen() {
    let enums = BTreeSet::from(["Ty".to_owned()]);
    let found = |arms: &str| careless(&format!("fn f() {{ g(match x {{ {arms} }}) }}"), &enums);
    for careless in [
        "Ty::Bool => 1, _ => 2",
        "super::Ty::Vec(_) => 1, other => h(other)",
        "Some(Ty::Vec(_)) if y => 1, _ => 2",
        "(Ty::Bool, _) => 1, (_, _) => 2",
        "None => match y { Ty::Bool => 1, _ => 2 }, Some(y) => y",
    ] {
        assert_eq!(found(careless).len(), 1, "{careless}");
    }
    for careful in [
        "Ty::Bool => 1, Ty::Vec(_) | Ty::Map(_) => 2",
        "Ty::Bool => 1, other @ Ty::Unit => 2",
        "Other::Bool => 1, _ => 2",
        "(Ty::Bool, true) => 1, (Ty::Unit, _) => 2",
        "[] => 1, [Ty::Bool, ..] => 2, _ => Ty::Bool",
        "Some(y) if y == Ty::Bool => 1, _ => 2",
    ] {
        assert!(found(careful).is_empty(), "{careful}");
    }
}

/// The names of the enums of a file.
fn enums(text: &str) -> Vec<String> {
    let items = syn::parse_file(text).unwrap().items.into_iter();
    let enums = items.filter_map(|item| match item {
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    });
    enums.collect()
}

/// The wildcard arms next to arms with a variant.
fn careless(text: &str, enums: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    for item in syn::parse_file(text).unwrap().items {
        if !matches!(&item, Item::Mod(module) if is_test(&module.attrs)) {
            matches(item.to_token_stream(), &mut |arms| {
                let names = arms.iter().any(|arm| {
                    let tokens = arm.pat.to_token_stream().into_iter();
                    let guard =
                        |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "if");
                    let pattern: Vec<TokenTree> =
                        tokens.take_while(|token| !guard(token)).collect();
                    names_variant(&pattern, enums)
                });
                let rest = arms.iter().find(|arm| names && takes_all(&arm.pat));
                found.extend(rest.map(|arm| arm.to_token_stream().to_string()));
            });
        }
    }
    found
}

/// Calls `see` with the arms of each `match`.
fn matches(tokens: TokenStream, see: &mut impl FnMut(&[Arm])) {
    let mut scrutinee = false;
    for token in tokens {
        match token {
            TokenTree::Ident(word) if word == "match" => scrutinee = true,
            TokenTree::Group(group) => {
                // A scrutinee has no braces outside of parentheses.
                if scrutinee && group.delimiter() == Delimiter::Brace {
                    scrutinee = false;
                    if let Ok(arms) = arms.parse2(group.stream()) {
                        see(&arms);
                    }
                }
                matches(group.stream(), see);
            }
            _ => {}
        }
    }
}

fn arms(input: ParseStream<'_>) -> syn::Result<Vec<Arm>> {
    let mut arms = Vec::new();
    while !input.is_empty() {
        arms.push(input.parse()?);
    }
    Ok(arms)
}

/// Whether a pattern contains `Ty::…` of a known enum.
fn names_variant(pattern: &[TokenTree], enums: &BTreeSet<String>) -> bool {
    let is_path = |at: usize| {
        let colon = |at: usize| matches!(pattern.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
        colon(at + 1) && colon(at + 2)
    };
    pattern.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Ident(word) => enums.contains(&word.to_string()) && is_path(at),
        // Slice patterns can't be exhaustive.
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => false,
        TokenTree::Group(group) => {
            let within: Vec<TokenTree> = group.stream().into_iter().collect();
            names_variant(&within, enums)
        }
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Whether a pattern is a wildcard: `_`, `other`, `(_, _)`.
fn takes_all(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        // `None` isn't a binding.
        Pat::Ident(pattern) => {
            let name = pattern.ident.to_string();
            pattern.subpat.is_none() && name.starts_with(char::is_lowercase)
        }
        Pat::Tuple(pattern) => pattern.elems.iter().all(takes_all),
        _ => false,
    }
}

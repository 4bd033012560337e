//! No files of a directory depend on each other in a cycle, as seen from the paths that they use.
//!
//! Dependencies between a module and its parent don't count: a `mod.rs` combines its children, and contains what they share.

use crate::check::root;
use crate::layers::{is_test, rust_files};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The directories without cycles.
const CLEAN: &[&str] = &[
    "cli", "compare", "config", "diag", "diff", "document", "emit", "export", "index", "ir",
    "lower", "lsp", "mock", "plan", "regex", "report", "source", "write",
];

/// A module, as the segments of its path from the crate root.
type Module = Vec<String>;

#[test]
fn no_files_know_each_other_in_a_circle() {
    let source = root().join("generator/src");
    for folder in CLEAN {
        let texts = rust_files(&source.join(folder)).into_iter().map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (module(path.strip_prefix(&source).unwrap()), text)
        });
        let texts: BTreeMap<Module, String> = texts.collect();
        assert!(!texts.is_empty(), "{folder} is no folder");
        let circles = circles(&edges(&texts));
        assert!(circles.is_empty(), "in {folder}:\n{}", circles.join("\n"));
    }
}

/// The test detects what it is meant to detect, and nothing else.
#[test]
fn a_circle_is_seen_whatever_way_it_is_written() {
    let circles = |files: &[(&str, &str)]| {
        let texts = files
            .iter()
            .map(|(path, text)| (module(Path::new(path)), (*text).to_owned()));
        circles(&edges(&texts.collect()))
    };
    let mut files = vec![
        (
            "a/mod.rs",
            "mod x; mod y; mod z; pub use x::X; pub use y::deep::Y;",
        ),
        ("a/x.rs", "use super::{Shared, y::{self, Y}}; pub struct X;"),
        ("a/y/mod.rs", "mod deep; pub use deep::Y; use super::X;"),
        ("a/y/deep.rs", "fn f() { g(crate::a::z::Z) }"),
        (
            "a/z.rs",
            "#[cfg(test)] mod tests { use super::super::y; } pub struct Z;",
        ),
    ];
    assert_eq!(circles(&files), Vec::<String>::new());
    for closing in [
        "use crate::a::x::X;",
        "use super::x;",
        "fn f(x: super::x::X) {}",
        "use crate::{a::{x::X}, b};",
    ] {
        files[4].1 = closing;
        // `x` uses `y`, but the modules below that are other files.
        files[1].1 = "use super::y::deep::Y;";
        assert_eq!(circles(&files), ["a::x, a::y::deep, a::z"], "{closing}");
    }
}

/// The module of a file, by its path relative to `src`.
fn module(path: &Path) -> Module {
    let path = path.with_extension("");
    let words = path.iter().map(|word| word.to_str().unwrap().to_owned());
    words.filter(|word| word != "mod").collect()
}

/// The modules that each module uses, apart from its children and its parent.
fn edges(texts: &BTreeMap<Module, String>) -> BTreeMap<&Module, BTreeSet<&Module>> {
    let edges = texts.iter().map(|(module, text)| {
        let mut named = Vec::new();
        for item in syn::parse_file(text).unwrap().items {
            match item {
                syn::Item::Mod(module) if is_test(&module.attrs) => {}
                item => paths(&[], item.to_token_stream(), &mut named),
            }
        }
        let known = named
            .iter()
            .filter_map(|path| owner(&absolute(module, path)?, texts));
        let around = |a: &Module, b: &Module| a.len() + 1 == b.len() && b.starts_with(a);
        let known = known
            .filter(|other| *other != module && !around(other, module) && !around(module, other));
        (module, known.collect())
    });
    edges.collect()
}

/// The module that a path leads to: the longest prefix that is one.
fn owner<'t>(path: &[String], texts: &'t BTreeMap<Module, String>) -> Option<&'t Module> {
    let beginnings = (1..=path.len()).rev().map(|length| &path[..length]);
    beginnings
        .filter_map(|beginning| texts.get_key_value(beginning))
        .map(|(module, _)| module)
        .next()
}

/// A path from the crate root; `None` for other crates.
fn absolute(module: &[String], path: &[String]) -> Option<Module> {
    if path.first()? == "crate" {
        return Some(path[1..].to_vec());
    }
    let supers = path.iter().take_while(|word| *word == "super").count();
    let rest = path.get(supers..)?;
    let rest = rest.strip_prefix(&["self".to_owned()]).unwrap_or(rest);
    let base = module.get(..module.len().checked_sub(supers)?)?;
    Some([base, rest].concat())
}

/// Adds the paths in tokens: `a::{b, c::d}` gives `a::b` and `a::c::d`.
fn paths(before: &[String], tokens: TokenStream, found: &mut Vec<Module>) {
    let mut path = before.to_vec();
    let mut continues = true;
    let mut colons = 0;
    for token in tokens {
        if let TokenTree::Punct(punct) = &token
            && punct.as_char() == ':'
        {
            colons += 1;
            continue;
        }
        continues |= colons == 2;
        let begins = !std::mem::replace(&mut continues, false);
        colons = 0;
        if begins {
            found.push(std::mem::replace(&mut path, before.to_vec()));
        }
        match token {
            TokenTree::Ident(word) => path.push(word.to_string()),
            TokenTree::Group(group) => paths(&path, group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    found.push(path);
}

/// The cycles as groups of modules that reach each other (Tarjan's algorithm would be faster).
fn circles(edges: &BTreeMap<&Module, BTreeSet<&Module>>) -> Vec<String> {
    let reached = |from: &Module| {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(module) = open.pop() {
            let next = edges.get(module).into_iter().flatten().copied();
            open.extend(next.filter(|next| reached.insert((*next).clone())));
        }
        reached
    };
    let reached: BTreeMap<&Module, BTreeSet<Module>> = edges
        .keys()
        .map(|module| (*module, reached(module)))
        .collect();
    let circles = reached
        .iter()
        .filter(|(module, all)| all.contains(**module));
    let circles: BTreeSet<String> = circles
        .map(|(module, all)| {
            let back = all.iter().filter(|other| reached[other].contains(*module));
            back.map(|module| module.join("::"))
                .collect::<Vec<_>>()
                .join(", ")
        })
        .collect();
    circles.into_iter().collect()
}

//! Dependencies between stages, as DESIGN allows them, read from the paths that begin with `crate` in the generator's code.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules of the crate that each stage may use in addition to itself. `emit` and `write` stand for everything after `plan`.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("source", &["diag", "digest"]),
    ("diag", &["hidden", "source", "spelling"]),
    ("config", &["crates", "diag", "limits", "polling", "source"]),
    ("crates", &[]),
    (
        "document",
        &["diag", "limits", "polling", "source", "spelling"],
    ),
    ("ir", &["limits", "polling", "source"]),
    ("lower", &["diag", "document", "ir", "regex", "source"]),
    (
        "plan",
        &[
            "config", "crates", "diag", "hidden", "ir", "limits", "polling", "regex", "source",
        ],
    ),
    ("emit", &["hidden", "plan"]),
    ("export", &["document", "source"]),
    ("write", &["digest"]),
    ("digest", &[]),
    ("limits", &[]),
    ("polling", &[]),
    ("hidden", &[]),
    ("spelling", &[]),
    ("regex", &[]),
    ("compare", &["diag", "ir"]),
    ("diff", &["diag", "hidden", "ir", "source", "spelling"]),
    (
        "report",
        &["diag", "digest", "document", "ir", "plan", "source"],
    ),
    ("index", &["diag", "document", "source"]),
    (
        "mock",
        &["diag", "document", "ir", "lower", "regex", "source"],
    ),
    (
        "lsp",
        &["config", "diag", "document", "index", "pipeline", "source"],
    ),
    // The entry of the library: calls the pipeline and the disk, and knows no stage from inside.
    (
        "generator",
        &[
            "build_script",
            "compare",
            "config",
            "crates",
            "diag",
            "diff",
            "index",
            "ir",
            "limits",
            "pipeline",
            "plan",
            "polling",
            "source",
            "write",
        ],
    ),
];

/// Files that may use more, with the reason.
const EXCEPTIONS: &[(&str, &[&str])] = &[
    // Prints the output of emission.
    ("write/format.rs", &["emit"]),
    // The pipeline itself, and its callers.
    (
        "pipeline.rs",
        &[
            "config", "diag", "diff", "document", "emit", "export", "hidden", "index", "ir",
            "lower", "mock", "plan", "report", "source", "spelling", "write",
        ],
    ),
    // The part of it for editors.
    (
        "pipeline/study.rs",
        &["config", "diag", "emit", "ir", "lower", "plan", "source"],
    ),
    // What build scripts check, which `generator` calls.
    ("build_script.rs", &["diag", "pipeline", "plan", "source"]),
    // The entry for projects, which goes on where `generator` ends.
    (
        "project.rs",
        &[
            "config",
            "crates",
            "diag",
            "generator",
            "pipeline",
            "plan",
            "source",
            "write",
        ],
    ),
    // The entry for tests, which reads descriptions as `generator` does.
    (
        "mock/mod.rs",
        &[
            "config", "diag", "document", "index", "ir", "pipeline", "source",
        ],
    ),
    ("lib.rs", &[]),
];

#[test]
fn stages_know_only_what_they_may() {
    let source = crate::check::root().join("generator/src");
    let mut wrong = Vec::new();
    for path in rust_files(&source) {
        let name = path
            .strip_prefix(&source)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        let stage = name.split(['/', '.']).next().unwrap();
        if ["main", "cli"].contains(&stage) {
            continue; // a crate of its own, which sees the library from outside
        }
        let may = EXCEPTIONS
            .iter()
            .find(|(file, _)| *file == name)
            .or_else(|| MAY_KNOW.iter().find(|(known, _)| *known == stage));
        let Some((_, may)) = may else {
            wrong.push(format!("{name} belongs to no stage"));
            continue;
        };
        let known = known(&fs::read_to_string(&path).unwrap(), depth(&name));
        wrong.extend(
            known
                .iter()
                .filter(|other| *other != stage && !may.contains(&other.as_str()))
                .map(|other| format!("{name} knows `{other}`")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The command line only calls entry points, and doesn't use the content of documents, IRs or plans.
#[test]
fn the_command_line_knows_no_stage_from_inside() {
    for path in rust_files(&crate::check::root().join("generator/src/cli")) {
        let text = fs::read_to_string(&path).unwrap();
        for stage in ["document", "ir", "lower", "plan", "emit"] {
            assert!(
                !text.contains(&format!("specwright::{stage}")),
                "{} knows `{stage}`",
                path.display()
            );
        }
    }
}

/// Only `source` reads files, only `write` writes, only `cli` prints, except for what talks to cargo.
#[test]
fn the_outside_world_is_met_in_few_places() {
    let source = crate::check::root().join("generator/src");
    let may = |name: &str, folders: &[&str]| folders.iter().any(|folder| name.starts_with(folder));
    for path in rust_files(&source) {
        let name = path
            .strip_prefix(&source)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        let words = words(&fs::read_to_string(&path).unwrap());
        if words.contains("fs") {
            assert!(
                may(&name, &["source/", "write/"]),
                "{name} touches the disk"
            );
        }
        if words.contains("println") || words.contains("eprintln") || words.contains("print") {
            assert!(may(&name, &["cli/", "generator/cargo.rs"]), "{name} prints");
        }
    }
}

/// The test detects what it is meant to detect.
#[test]
fn every_way_to_name_another_stage_is_seen() {
    let text = "use crate::plan::Ty; use crate::{diag::{self, Code}, ir}; fn f(x: super::super::emit::File) { crate::lower::lower() }\n\
                mod inner { use super::super::super::write; } #[cfg(test)] mod tests { use crate::config; }\n/// [`crate::index`]\nstruct S;";
    let known = known(text, 2);
    assert_eq!(
        known.iter().map(String::as_str).collect::<Vec<_>>(),
        ["diag", "emit", "ir", "lower", "plan", "write"]
    );
}

#[test]
fn what_a_quote_writes_is_not_what_its_file_does() {
    let words = words("fn f() { let a = quote! { println!(); }; fs(a) }");
    assert!(words.contains("fs") && !words.contains("println"));
}

pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && path.file_name().is_some_and(|name| name != "tests.rs")
        {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The number of modules around a file, which is the number of `super` that lead to the crate root.
fn depth(name: &str) -> usize {
    let parts = name.split('/').count();
    if name.ends_with("mod.rs") || name == "lib.rs" {
        parts - 1
    } else {
        parts
    }
}

/// The modules of the crate that a file uses, apart from its tests.
fn known(text: &str, depth: usize) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    items(&syn::parse_file(text).unwrap().items, depth, &mut known);
    known
}

fn items(items: &[syn::Item], depth: usize, known: &mut BTreeSet<String>) {
    for item in items {
        match item {
            syn::Item::Mod(module) if is_test(&module.attrs) => {}
            syn::Item::Mod(syn::ItemMod {
                content: Some((_, inner)),
                ..
            }) => self::items(inner, depth + 1, known),
            item => paths(item.to_token_stream(), depth, known),
        }
    }
}

pub(crate) fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.to_token_stream().to_string().replace(' ', "") == "#[cfg(test)]")
}

/// Paths after `crate ::`, or after as many `super ::` as lead to the root.
fn paths(tokens: TokenStream, depth: usize, known: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            paths(group.stream(), depth, known);
        }
        let begins = at == 0 || !is_path_separator(&tokens[..at]);
        if !begins {
            continue;
        }
        let mut next = at;
        let mut supers = 0;
        while is_word(tokens.get(next), "super") {
            supers += 1;
            next += 3;
        }
        if is_word(token, "crate") {
            next += 3;
        } else if supers == 0 || supers < depth {
            continue;
        }
        match tokens.get(next) {
            Some(TokenTree::Ident(name)) => known.extend([name.to_string()]),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                known.extend(first_words(group.stream()));
            }
            _ => {}
        }
    }
}

fn is_word<'a>(token: impl Into<Option<&'a TokenTree>>, word: &str) -> bool {
    matches!(token.into(), Some(TokenTree::Ident(ident)) if ident == word)
}

/// Whether tokens end in `::`.
fn is_path_separator(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [.., TokenTree::Punct(a), TokenTree::Punct(b)] if a.as_char() == ':' && b.as_char() == ':')
}

/// `diag::{self, Code}, ir` gives `diag` and `ir`.
fn first_words(tokens: TokenStream) -> Vec<String> {
    let mut words = Vec::new();
    let mut first = true;
    for token in tokens {
        match token {
            TokenTree::Ident(name) if first => {
                words.push(name.to_string());
                first = false;
            }
            TokenTree::Punct(comma) if comma.as_char() == ',' => first = true,
            _ => {}
        }
    }
    words
}

/// All identifiers of a file, apart from its tests and the input of `quote!`, which is code of another crate.
fn words(text: &str) -> BTreeSet<String> {
    fn collect(tokens: TokenStream, words: &mut BTreeSet<String>) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(word) => words.extend([word.to_string()]),
                TokenTree::Group(group) if !is_quote(&tokens[..at]) => {
                    collect(group.stream(), words);
                }
                _ => {}
            }
        }
    }
    let mut words = BTreeSet::new();
    for item in syn::parse_file(text).unwrap().items {
        if !matches!(&item, syn::Item::Mod(module) if is_test(&module.attrs)) {
            collect(item.to_token_stream(), &mut words);
        }
    }
    words
}

/// Whether tokens end in `quote!`.
fn is_quote(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [.., TokenTree::Ident(name), TokenTree::Punct(mark)] if name == "quote" && mark.as_char() == '!')
}

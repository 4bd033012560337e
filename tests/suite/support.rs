//! The declared requirements of support files (`generator/src/plan/support/files.rs`) are those of their code.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use specwright::CrateKind;
use specwright::plan::{FEATURES, FILES, File};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn support_files_need_what_they_name() {
    let code = Code::read();
    let mut wrong = Vec::new();
    for file in FILES {
        let found = code.needs(file);
        let said: BTreeSet<&str> = file.needs.iter().copied().collect();
        if said != found {
            wrong.push(format!("{} names {found:?}, and needs {said:?}", file.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files that need each other couldn't be understood or copied separately.
#[test]
fn support_files_need_each_other_in_no_circle() {
    for file in FILES {
        let (mut waiting, mut needed) = (vec![file], BTreeSet::new());
        while let Some(next) = waiting.pop() {
            let needs = FILES.iter().filter(|one| next.needs.contains(&one.path));
            waiting.extend(needs.filter(|one| needed.insert(one.path)));
        }
        assert!(!needed.contains(file.path), "{} needs itself", file.path);
    }
}

#[test]
fn support_files_need_the_packages_that_they_name() {
    let manifest = include_str!("../../templates/Cargo.toml");
    let manifest: toml::Table = manifest.parse().unwrap();
    let known = manifest["dependencies"].as_table().unwrap().keys();
    let known: Vec<&str> = known.map(String::as_str).collect();
    let in_browsers =
        manifest["target"]["cfg(target_family = \"wasm\")"]["dependencies"].as_table();
    let in_browsers: Vec<&str> = in_browsers.unwrap().keys().map(String::as_str).collect();
    for file in FILES {
        let found: BTreeSet<&str> = known
            .iter()
            .copied()
            .filter(|package| names_crate(file.text, &package.replace('-', "_")))
            .collect();
        let said: BTreeSet<&str> = file
            .packages
            .iter()
            .filter_map(|package| package.split('/').next())
            .collect();
        let by_features = FEATURES
            .iter()
            .filter(|feature| file.features.contains(&feature.name))
            .flat_map(|feature| feature.enables)
            .filter_map(|enabled| enabled.strip_prefix("dep:"));
        let behind_features: BTreeSet<&str> = by_features.collect();
        let rest = found.difference(&behind_features).copied();
        assert_eq!(rest.collect::<BTreeSet<_>>(), said, "{}", file.path);
        let found = in_browsers.iter().copied();
        let found = found.filter(|package| names_crate(file.text, &package.replace('-', "_")));
        let said = file.in_browsers.iter().copied();
        assert!(found.eq(said), "{}", file.path);
    }
}

#[test]
fn support_files_need_the_features_that_they_ask_for() {
    for file in FILES {
        let (folder, name) = file.folder_and_name();
        let modules = FILES.iter().filter(|other| {
            let kinds = CrateKind::ALL.into_iter().filter(|kind| file.is_of(*kind));
            let names = kinds.map(CrateKind::name);
            names
                .into_iter()
                .any(|kind| other.path == format!("{kind}/mod.rs"))
        });
        let module = format!("mod {};", name.trim_end_matches(".rs"));
        let gates = modules.flat_map(|list| {
            let lines: Vec<&str> = list.text.lines().collect();
            let at = lines.iter().position(|line| line.ends_with(&module));
            let before = at.and_then(|at| lines.get(at.checked_sub(1)?));
            before.map(|line| asked(line)).unwrap_or_default()
        });
        let found: BTreeSet<&str> = asked(file.text).into_iter().chain(gates).collect();
        let said: BTreeSet<&str> = file.features.iter().copied().collect();
        assert_eq!(found, said, "{folder}/{name}");
    }
}

/// A program may have a client and a server, and import from both. Common types are in `shared/`.
#[test]
fn client_and_server_have_no_types_of_one_name() {
    let names = |folder: &str| -> BTreeSet<String> {
        let files = FILES.iter();
        let files = files.filter(|file| file.folder_and_name().0 == folder);
        files.flat_map(|file| public_types(file.text)).collect()
    };
    let (client, server) = (names("client"), names("server"));
    let both: Vec<&String> = client.intersection(&server).collect();
    assert_eq!(both, [""; 0]);
}

/// The names of public types, apart from hidden ones.
fn public_types(text: &str) -> Vec<String> {
    let items = syn::parse_file(text).unwrap().items;
    let shown = |visibility: &syn::Visibility, attributes: &[syn::Attribute]| {
        let is_public = matches!(visibility, syn::Visibility::Public(_));
        let hides = |attribute: &syn::Attribute| match &attribute.meta {
            syn::Meta::List(list) => {
                list.path.is_ident("doc") && list.tokens.to_string() == "hidden"
            }
            _ => false,
        };
        is_public && !attributes.iter().any(hides)
    };
    let names = items.iter().filter_map(|item| {
        let (visibility, attributes, name) = match item {
            syn::Item::Struct(item) => (&item.vis, &item.attrs, &item.ident),
            syn::Item::Enum(item) => (&item.vis, &item.attrs, &item.ident),
            syn::Item::Trait(item) => (&item.vis, &item.attrs, &item.ident),
            syn::Item::Type(item) => (&item.vis, &item.attrs, &item.ident),
            _ => return None,
        };
        shown(visibility, attributes).then(|| name.to_string())
    });
    names.collect()
}

/// The features that a text checks.
fn asked(text: &str) -> Vec<&str> {
    let parts = text.split("feature = \"").skip(1);
    parts
        .filter_map(|rest| Some(rest.split_once('"')?.0))
        .collect()
}

/// Whether a path in a text begins with a crate.
fn names_crate(text: &str, name: &str) -> bool {
    fn begins(tokens: TokenStream, name: &str) -> bool {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        tokens.iter().enumerate().any(|(at, token)| match token {
            TokenTree::Group(group) => begins(group.stream(), name),
            TokenTree::Ident(word) => {
                word == name && !is_separator(&tokens[..at]) && begins_path(&tokens[at + 1..])
            }
            _ => false,
        })
    }
    begins(text.parse().unwrap(), name)
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':')
}

/// Whether tokens end in `::`.
fn is_separator(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [.., a, b] if is_colon(a) && is_colon(b))
}

/// Whether tokens begin with `::`.
fn begins_path(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [a, b, ..] if is_colon(a) && is_colon(b))
}

/// Files by the names that they define, for each kind of crate.
struct Code {
    names: BTreeMap<CrateKind, BTreeMap<String, &'static str>>,
}

impl Code {
    fn read() -> Self {
        let names = CrateKind::ALL.map(|kind| {
            let mut names = BTreeMap::new();
            for file in FILES.iter().filter(|file| file.is_of(kind)) {
                let module = file.folder_and_name().1.trim_end_matches(".rs");
                let items = syn::parse_file(file.text).unwrap().items;
                let defined = items.iter().flat_map(defined);
                for name in defined.chain([module.to_owned()]) {
                    names.entry(name).or_insert(file.path);
                }
            }
            (kind, names)
        });
        Self {
            names: names.into(),
        }
    }

    /// The files whose names a file uses.
    fn needs(&self, file: &File) -> BTreeSet<&'static str> {
        let depth = usize::from(!file.path.ends_with("/mod.rs"));
        let mut named = Vec::new();
        items(
            &syn::parse_file(file.text).unwrap().items,
            depth,
            &mut named,
        );
        let kinds: Vec<_> = CrateKind::ALL
            .into_iter()
            .filter(|kind| file.is_of(*kind))
            .collect();
        let found = named.iter().filter_map(|path| match path {
            Named::Beside(name) => kinds.iter().find_map(|kind| self.names[kind].get(name)),
            Named::Elsewhere(kind, name) => self.names[&kind.parse().unwrap()].get(name),
        });
        found.copied().filter(|path| *path != file.path).collect()
    }
}

/// The names that an item defines, including those of macros.
fn defined(item: &syn::Item) -> Vec<String> {
    let name = match item {
        syn::Item::Fn(item) => &item.sig.ident,
        syn::Item::Struct(item) => &item.ident,
        syn::Item::Enum(item) => &item.ident,
        syn::Item::Trait(item) => &item.ident,
        syn::Item::Type(item) => &item.ident,
        syn::Item::Const(item) => &item.ident,
        syn::Item::Static(item) => &item.ident,
        syn::Item::Macro(item) => match &item.ident {
            Some(name) => name,
            None if item.mac.path.is_ident("formatted") => {
                let tokens = item.mac.tokens.clone().into_iter();
                let words = tokens.filter_map(|token| match token {
                    TokenTree::Ident(word) => Some(word.to_string()),
                    _ => None,
                });
                return words.take(1).collect();
            }
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    vec![name.to_string()]
}

/// A name that a file uses.
enum Named {
    /// A name of its own crate.
    Beside(String),
    /// A name of another kind of crate.
    Elsewhere(String, String),
}

/// Names of the support code that items use, `depth` modules below it.
fn items(items: &[syn::Item], depth: usize, named: &mut Vec<Named>) {
    for item in items {
        match item {
            syn::Item::Mod(syn::ItemMod {
                content: Some((_, inner)),
                ..
            }) => self::items(inner, depth + 1, named),
            item => paths(item.to_token_stream(), depth, named),
        }
    }
}

/// Paths after as many `super ::` as lead to the support code, or beyond it.
fn paths(tokens: TokenStream, depth: usize, named: &mut Vec<Named>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_super =
        |at: usize| matches!(tokens.get(at), Some(TokenTree::Ident(word)) if word == "super");
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            paths(group.stream(), depth, named);
        }
        if !is_super(at) || is_separator(&tokens[..at]) || !begins_path(&tokens[at + 1..]) {
            continue;
        }
        let supers = (at..).step_by(3).take_while(|at| is_super(*at)).count();
        let rest = &tokens[at + 3 * supers..];
        if supers == depth {
            named.extend(words(rest).into_iter().map(Named::Beside));
        } else if supers > depth {
            let kind = rest[0].to_string();
            let found = words(&rest[3..]).into_iter();
            named.extend(found.map(|name| Named::Elsewhere(kind.clone(), name)));
        }
    }
}

/// The first segments of paths: `a` of `a::b`, `a` and `b` of `{a::{self, c}, b}`.
fn words(tokens: &[TokenTree]) -> Vec<String> {
    match tokens.first() {
        Some(TokenTree::Ident(name)) => vec![name.to_string()],
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
            let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',');
            tokens.split(is_comma).flat_map(words).collect()
        }
        _ => Vec::new(),
    }
}

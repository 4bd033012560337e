//! The names that `plan` reserves are those that generated code uses next to names of a description: `generator/src/plan/taken.rs` is
//! computed from the output of the cases and the support code's macros. `INSTA_UPDATE=always` writes it.

use crate::cases::ALL;
use crate::check::{Job, root};
use proc_macro2::{TokenStream, TokenTree};
use specwright::plan::{FILES, TextType};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use syn::visit::{self, Visit};
use syn::{Expr, FnArg, ImplItem, Item, Pat, Stmt, UseTree};

pub(crate) type Names = BTreeSet<String>;

const HEAD: &str = "\
//! Names that nothing of a description gets, as generated code has them in the same place.
//!
//! `tests/suite/taken.rs` makes this file: `INSTA_UPDATE=always cargo test -p specwright-tests --test suite taken::`.
";

#[test]
fn lists_of_taken_names_are_what_generated_code_has() {
    let lists = [
        (
            "TYPES",
            "Of types: what the modules of the types crate name.",
            types(),
        ),
        (
            "REQUESTS",
            "Of operations: what the modules of groups name, in client and server.",
            requests(),
        ),
        (
            "HEADERS",
            "Of sets of headers: what their module names.",
            headers(),
        ),
        (
            "LOCALS",
            "Of parameters of the path: locals of the functions that read them.",
            locals(),
        ),
        (
            "CONSTANTS",
            "Of security schemes: constants at the root of the client and in the service of the server.",
            constants(),
        ),
        (
            "MODULES",
            "Of groups: modules, and methods of the client, at the root.",
            groups(),
        ),
    ];
    let mut text = HEAD.to_owned();
    for (name, purpose, list) in lists {
        writeln!(
            text,
            "\n/// {purpose}\n#[rustfmt::skip]\npub(super) const {name}: &[&str] = &["
        )
        .unwrap();
        for one in list {
            writeln!(text, "    {one:?},").unwrap();
        }
        text.push_str("];\n");
    }
    let path = root().join("generator/src/plan/taken.rs");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    let changed: Vec<&str> = diff(&written, &text);
    assert!(
        written == text,
        "{} is stale; `INSTA_UPDATE=always` writes it anew: {changed:?}",
        path.display()
    );
}

/// The lines that only one of two texts has.
fn diff<'t>(one: &'t str, other: &'t str) -> Vec<&'t str> {
    let lines = |text: &'t str| text.lines().collect::<BTreeSet<_>>();
    lines(one)
        .symmetric_difference(&lines(other))
        .copied()
        .collect()
}

fn types() -> Names {
    let mut found = in_macros("types");
    for case in ALL {
        // Tables of rules and of XML are in modules of their own.
        let files = files_of(case, |path| {
            path == "types/src/lib.rs" || path.starts_with("types/src/models")
        });
        let own: Names = files
            .iter()
            .flat_map(|file| file.code.items.iter().filter_map(name))
            .collect();
        for file in &files {
            found.extend(named(&file.code).difference(&own).cloned());
        }
    }
    // Only what a description uses of these is there.
    let optional = TextType::ALL.into_iter().flat_map(TextType::exports);
    optional.for_each(|name| {
        found.remove(*name);
    });
    // Not in the way of generated code, but of clippy: it takes `new` of such a type for a mistake.
    found.insert("New".to_owned());
    found
}

fn requests() -> Names {
    let imported = |crate_name: &str| {
        let names = list(&source(&format!("emit/{crate_name}/mod.rs")), "SUPPORT");
        let is_beside = |name: &String| is_type(name) && !OF_ROUTES.contains(&name.as_str());
        names.into_iter().filter(is_beside)
    };
    let mut found: Names = imported("client").chain(imported("server")).collect();
    found.extend(in_macros("client").union(&in_macros("server")).cloned());
    for file in modules() {
        let own: Names = file.code.items.iter().filter_map(name).collect();
        found.extend(named(&file.code).difference(&own).cloned());
    }
    found
}

fn headers() -> Names {
    let mut found = Names::new();
    for file in generated(|path| path.ends_with("/src/headers.rs")) {
        let own: Names = file.code.items.iter().filter_map(name).collect();
        found.extend(named(&file.code).difference(&own).cloned());
    }
    found
}

fn locals() -> Names {
    let mut found = Names::new();
    for file in handlers() {
        let mut locals = Locals::default();
        locals.visit_file(&file.code);
        found.extend(locals.0);
    }
    found
}

fn constants() -> Names {
    let mut found = Names::new();
    for file in generated(|path| path.ends_with("/src/lib.rs") || path.contains("/src/service")) {
        let constants = file.code.items.iter().filter_map(|item| match item {
            Item::Const(item) => Some((&item.ident, &*item.ty)),
            Item::Static(item) => Some((&item.ident, &*item.ty)),
            _ => None,
        });
        // Schemes and operations come from the description.
        let is_own = |ty: &syn::Type| match ty {
            syn::Type::Path(path) => !["Scheme", "Operation", "OperationInfo"]
                .iter()
                .any(|name| path.path.is_ident(name)),
            _ => true,
        };
        let own = constants.filter(|(_, ty)| is_own(ty));
        found.extend(own.map(|(name, _)| name.to_string()));
    }
    found
}

fn groups() -> Names {
    // The files of these are the crate itself, or a program.
    let mut found: Names = ["lib", "main"].map(str::to_owned).into_iter().collect();
    for file in generated(|path| is_root(path, &["client", "server"])) {
        let mut groups = Names::new();
        let mut own = Names::new();
        for item in &file.code.items {
            match item {
                Item::Mod(item) => {
                    own.insert(item.ident.to_string());
                }
                Item::Use(item) => match &item.tree {
                    // `pub use pets::PetsApi;`
                    UseTree::Path(path) => {
                        groups.insert(path.ident.to_string());
                    }
                    // `pub use pets_types as types;`
                    UseTree::Rename(rename) => {
                        own.insert(rename.rename.to_string());
                    }
                    _ => {}
                },
                Item::Impl(item) if is_impl_of(item, "Client") => {
                    for item in &item.items {
                        let ImplItem::Fn(item) = item else { continue };
                        // What sends webhooks and callbacks is called like their module.
                        let names = if is_sender(item) {
                            &mut groups
                        } else {
                            &mut own
                        };
                        names.insert(item.sig.ident.to_string());
                    }
                }
                _ => {}
            }
        }
        groups.remove("support");
        own.retain(|name| !groups.contains(name) && !name.starts_with("error"));
        found.extend(own);
    }
    // In the modules of groups' handlers, too, where paths begin with crates.
    for file in
        generated(|path| is_root(path, &["client", "server"]) || path.ends_with("service.rs"))
    {
        let mut crates = Crates::default();
        crates.visit_file(&file.code);
        found.extend(crates.0);
    }
    found
}

/// Whether a method of the client is compiled with the feature `senders` only.
fn is_sender(method: &syn::ImplItemFn) -> bool {
    method.attrs.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .meta
                .require_list()
                .is_ok_and(|list| list.tokens.to_string().contains("\"senders\""))
    })
}

/// Names that only the module of routes uses, which has no types of operations.
const OF_ROUTES: &[&str] = &["Condition", "HeaderMap"];

/// A generated file.
struct File {
    code: syn::File,
}

/// The files of all cases with a matching path.
fn generated(is_wanted: impl Fn(&str) -> bool) -> Vec<File> {
    let files = ALL.iter().flat_map(|case| files_of(case, &is_wanted));
    let files: Vec<File> = files.collect();
    assert!(!files.is_empty());
    files
}

fn files_of(case: &str, is_wanted: impl Fn(&str) -> bool) -> Vec<File> {
    let checked = Job::case(case).check();
    let wanted = checked.generated().into_iter();
    let wanted = wanted.filter(|(path, _)| {
        Path::new(path).extension().is_some_and(|end| end == "rs") && is_wanted(path)
    });
    let files = wanted.map(|(_, text)| File {
        code: syn::parse_file(text).unwrap(),
    });
    files.collect()
}

/// The types that a file names: those that paths begin with, and those that it imports.
fn named(file: &syn::File) -> Names {
    let mut named = Named::default();
    named.visit_file(file);
    // Parameters of types are a letter, and hide what has it.
    named.0.into_iter().filter(|name| name.len() > 1).collect()
}

/// The types that macros of the support code of a crate name, which are those in scope where they are called.
fn in_macros(crate_name: &str) -> Names {
    fn walk(tokens: TokenStream, found: &mut Names, parts: &mut Names) {
        let (mut before, mut within) = (String::new(), String::new());
        for token in tokens {
            let text = match token {
                TokenTree::Group(group) => {
                    walk(group.stream(), found, parts);
                    String::new()
                }
                TokenTree::Ident(word) => {
                    let word = word.to_string();
                    if before == "type" || (before == ":" && within == "Self") {
                        parts.insert(word.clone());
                    } else if is_type(&word) && before != ":" && before != "$" {
                        found.insert(word.clone());
                    }
                    within.clone_from(&word);
                    word
                }
                TokenTree::Punct(mark) => mark.as_char().to_string(),
                TokenTree::Literal(_) => String::new(),
            };
            before = text;
        }
    }
    let folders = [crate_name, "shared", "common"];
    let is_its = |path: &str| {
        folders
            .iter()
            .any(|folder| path.starts_with(&format!("{folder}/")))
    };
    // Variants and associated types aren't in scope by their names alone.
    let (mut found, mut parts) = (Names::new(), Names::new());
    for file in FILES.iter().filter(|file| is_its(file.path)) {
        let code = syn::parse_file(file.text).unwrap();
        let macros = code.items.into_iter().filter_map(|item| match item {
            Item::Macro(item) => {
                let name = item.ident?.to_string();
                // Others are for the file itself.
                let is_shared = file.text.contains(&format!("pub(crate) use {name}"));
                is_shared.then_some(item.mac.tokens)
            }
            _ => None,
        });
        macros.for_each(|tokens| walk(tokens, &mut found, &mut parts));
    }
    found.retain(|name| !parts.contains(name));
    found
}

fn is_root(path: &str, crates: &[&str]) -> bool {
    crates
        .iter()
        .any(|name| path == format!("{name}/src/lib.rs"))
}

/// The modules of groups in client and server.
fn modules() -> Vec<File> {
    generated(|path| {
        let name = path.split('/').next_back().unwrap_or_default();
        let is_of_all = ["lib.rs", "service.rs", "headers.rs"].contains(&name);
        let is_module = path.starts_with("client/src/") || path.starts_with("server/src/");
        let depth = path.split('/').count();
        is_module && !is_of_all && !name.starts_with("errors") && depth == 3
    })
}

/// The modules that call providers.
fn handlers() -> Vec<File> {
    generated(|path| path.starts_with("server/src/service/") && !path.ends_with("/dispatch.rs"))
}

/// A file of the generator.
pub(crate) fn source(path: &str) -> syn::File {
    let path = root().join("generator/src").join(path);
    syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The strings of a constant list.
pub(crate) fn list(file: &syn::File, name: &str) -> Names {
    let found = file.items.iter().find_map(|item| match item {
        Item::Const(item) if item.ident == name => Some(&*item.expr),
        _ => None,
    });
    let Some(Expr::Reference(list)) = found else {
        panic!("{name} is no list");
    };
    let Expr::Array(list) = &*list.expr else {
        panic!("{name} is no list");
    };
    let texts = list.elems.iter().filter_map(|one| match one {
        Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    });
    texts.collect()
}

fn is_type(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.contains(|c: char| c.is_ascii_lowercase())
}

fn is_impl_of(item: &syn::ItemImpl, name: &str) -> bool {
    matches!(&*item.self_ty, syn::Type::Path(path) if path.path.is_ident(name))
        && item.trait_.is_none()
}

fn name(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Trait(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        // `errors! { /// … GetPetError { … } }`, `object! { /// … pub struct Pet { … } }`
        Item::Macro(item) => {
            let tokens = item.mac.tokens.clone().into_iter();
            let words = tokens.filter_map(|token| match token {
                TokenTree::Ident(word) => Some(word.to_string()),
                _ => None,
            });
            let mut words = words.skip_while(|word| !is_type(word));
            words.next()
        }
        _ => None,
    }
}

/// The first segments of paths that are types.
#[derive(Default)]
struct Named(Names);

impl<'ast> Visit<'ast> for Named {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            self.0
                .extend(Some(first.ident.to_string()).filter(|name| is_type(name)));
        }
        visit::visit_path(self, path);
    }

    fn visit_use_tree(&mut self, tree: &'ast UseTree) {
        let imported = match tree {
            UseTree::Name(name) => Some(name.ident.to_string()),
            UseTree::Rename(rename) => Some(rename.rename.to_string()),
            UseTree::Path(_) | UseTree::Glob(_) | UseTree::Group(_) => None,
        };
        self.0.extend(imported.filter(|name| is_type(name)));
        visit::visit_use_tree(self, tree);
    }
}

/// The crates of the language that paths begin with.
#[derive(Default)]
struct Crates(Names);

impl Crates {
    fn note(&mut self, first: &syn::Ident) {
        let known = ["alloc", "core", "std"];
        let first = first.to_string();
        self.0
            .extend(Some(first).filter(|first| known.contains(&first.as_str())));
    }
}

impl<'ast> Visit<'ast> for Crates {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            path.segments
                .first()
                .into_iter()
                .for_each(|one| self.note(&one.ident));
        }
        visit::visit_path(self, path);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if let UseTree::Path(path) = &item.tree {
            self.note(&path.ident);
        }
    }

    // A field or a method may be called so.
    fn visit_item_mod(&mut self, _: &'ast syn::ItemMod) {}
}

/// Names of locals in functions, apart from path parameters.
#[derive(Default)]
struct Locals(Names);

impl<'ast> Visit<'ast> for Locals {
    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        // `let pet_id: i64 = exchange.path(0, "petId")?;`.
        let is_parameter = match statement {
            Stmt::Local(local) => local.init.as_ref().is_some_and(|init| {
                let text = quote::ToTokens::to_token_stream(&init.expr).to_string();
                text.starts_with("exchange . path")
            }),
            _ => false,
        };
        if !is_parameter {
            visit::visit_stmt(self, statement);
        }
    }

    // Bindings of closures are local to them, and path parameters aren't used there.
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}

    fn visit_expr_for_loop(&mut self, _: &'ast syn::ExprForLoop) {}

    fn visit_expr_let(&mut self, _: &'ast syn::ExprLet) {}

    fn visit_arm(&mut self, _: &'ast syn::Arm) {}

    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        self.0.insert(pattern.ident.to_string());
    }

    fn visit_fn_arg(&mut self, argument: &'ast FnArg) {
        if let FnArg::Typed(argument) = argument
            && let Pat::Ident(pattern) = &*argument.pat
        {
            self.0.insert(pattern.ident.to_string());
        }
    }
}

//! The names that `plan` gives to nothing of a description are those that generated code has beside such: the lists are held against
//! what the cases generate.

use crate::cases::ALL;
use crate::check::{Job, root};
use std::collections::BTreeSet;
use std::fs;
use syn::visit::{self, Visit};
use syn::{Expr, FnArg, ImplItem, Item, Pat, Stmt};

type Names = BTreeSet<String>;

#[test]
fn no_operation_hides_what_its_module_names() {
    let grouping = source("plan/grouping.rs");
    let requests = list(&grouping, "TAKEN_REQUESTS");
    let received = list(&grouping, "TAKEN_RECEIVED");
    let imported = |crate_name: &str| {
        let names = list(&source(&format!("emit/{crate_name}/mod.rs")), "SUPPORT");
        let is_beside = |name: &String| is_type(name) && !OF_ROUTES.contains(&name.as_str());
        names.into_iter().filter(is_beside)
    };
    let imported: Names = imported("client").chain(imported("server")).collect();
    assert_eq!(missing(&imported, &requests), Names::new());
    let known: Names = requests.union(&received).cloned().collect();
    let mut wrong = Names::new();
    for file in modules() {
        let own: Names = file.code.items.iter().filter_map(name).collect();
        let mut named = Named::default();
        named.visit_file(&file.code);
        // Parameters of types are a letter, and hide what has it.
        let named = named.0.into_iter().filter(|name| name.len() > 1);
        let named: Names = named.filter(|name| !own.contains(name)).collect();
        let found = missing(&named, &known).into_iter();
        wrong.extend(found.map(|name| format!("{name} in {}", file.path)));
    }
    assert_eq!(wrong, Names::new());
}

#[test]
fn no_parameter_of_a_path_hides_what_its_function_names() {
    let taken = list(&source("plan/parameters.rs"), "TAKEN_LOCALS");
    let mut wrong = Names::new();
    for file in handlers() {
        let mut locals = Locals::default();
        locals.visit_file(&file.code);
        let found = missing(&locals.0, &taken).into_iter();
        wrong.extend(found.map(|name| format!("{name} in {}", file.path)));
    }
    assert_eq!(wrong, Names::new());
}

#[test]
fn no_security_scheme_hides_what_stands_beside_it() {
    let taken = list(&source("plan/credentials.rs"), "TAKEN_CONSTANTS");
    let files = generated(|path| path.ends_with("/src/lib.rs") || path.contains("/src/service"));
    let mut wrong = Names::new();
    for file in files {
        let constants = file.code.items.iter().filter_map(|item| match item {
            Item::Const(item) => Some((&item.ident, &*item.ty)),
            Item::Static(item) => Some((&item.ident, &*item.ty)),
            _ => None,
        });
        // Of the description are the schemes and the operations.
        let is_own = |ty: &syn::Type| match ty {
            syn::Type::Path(path) => !["Scheme", "Operation", "OperationInfo"]
                .iter()
                .any(|name| path.path.is_ident(name)),
            _ => true,
        };
        let own = constants.filter(|(_, ty)| is_own(ty));
        let own: Names = own.map(|(name, _)| name.to_string()).collect();
        let found = missing(&own, &taken).into_iter();
        wrong.extend(found.map(|name| format!("{name} in {}", file.path)));
    }
    assert_eq!(wrong, Names::new());
}

#[test]
fn no_group_hides_what_stands_at_the_root() {
    let taken = list(&source("plan/grouping.rs"), "TAKEN_MODULES");
    let mut wrong = Names::new();
    for file in generated(|path| is_root(path, &["client", "server"])) {
        let mut methods = Names::new();
        let mut groups = Names::new();
        let mut modules = Names::new();
        for item in &file.code.items {
            match item {
                Item::Mod(item) => {
                    modules.insert(item.ident.to_string());
                }
                // `pub use pets::PetsApi;`
                Item::Use(item) => {
                    if let syn::UseTree::Path(path) = &item.tree {
                        groups.insert(path.ident.to_string());
                    }
                }
                Item::Impl(item) if is_impl_of(item, "Client") => {
                    let functions = item.items.iter().filter_map(|item| match item {
                        ImplItem::Fn(item) => Some(item.sig.ident.to_string()),
                        _ => None,
                    });
                    methods.extend(functions);
                }
                _ => {}
            }
        }
        groups.remove("support");
        let is_of_the_description =
            |name: &String| groups.contains(name) || name.starts_with("errors");
        let own: Names = modules.into_iter().chain(methods).collect();
        let own = own
            .into_iter()
            .filter(|name| !is_of_the_description(name))
            .collect();
        let found = missing(&own, &taken).into_iter();
        wrong.extend(found.map(|name| format!("{name} in {}", file.path)));
    }
    assert_eq!(wrong, Names::new());
}

#[test]
fn no_setter_hides_a_method_of_structs() {
    let taken = list(&source("plan/structs.rs"), "SETTERS_TAKEN");
    for (file, called) in [("validate", "Validate"), ("object", "Object")] {
        let path = root().join(format!("templates/src/support/types/{file}.rs"));
        let code = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
        let methods = code.items.iter().filter_map(|item| match item {
            Item::Trait(item) if item.ident == called => Some(&item.items),
            _ => None,
        });
        let methods = methods.flatten().filter_map(|item| match item {
            syn::TraitItem::Fn(item) => Some(item.sig.ident.to_string()),
            _ => None,
        });
        let methods: Names = methods.collect();
        assert!(!methods.is_empty(), "{called}");
        assert_eq!(missing(&methods, &taken), Names::new(), "{called}");
    }
}

/// What only the module of routes names, where no operation has a type.
const OF_ROUTES: &[&str] = &["Condition", "HeaderMap"];

/// A generated file.
struct File {
    path: String,
    code: syn::File,
}

/// The files of all cases whose path is such.
fn generated(is_wanted: impl Fn(&str) -> bool) -> Vec<File> {
    let mut files = Vec::new();
    for case in ALL {
        let checked = Job::case(case).check();
        let wanted = checked.generated().into_iter();
        let wanted = wanted.filter(|(path, _)| is_wanted(path));
        files.extend(wanted.map(|(path, text)| File {
            path: format!("{case}/{path}"),
            code: syn::parse_file(text).unwrap(),
        }));
    }
    assert!(!files.is_empty());
    files
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
fn source(path: &str) -> syn::File {
    let path = root().join("generator/src").join(path);
    syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The texts of a constant, which is a list of such.
fn list(file: &syn::File, name: &str) -> Names {
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

fn missing(found: &Names, taken: &Names) -> Names {
    found.difference(taken).cloned().collect()
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
        // `errors! { /// … GetPetError { … } }`
        Item::Macro(item) => {
            let tokens = item.mac.tokens.clone().into_iter();
            let words = tokens.filter_map(|token| match token {
                proc_macro2::TokenTree::Ident(word) => Some(word.to_string()),
                _ => None,
            });
            words.into_iter().next()
        }
        _ => None,
    }
}

/// The types that paths begin with.
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
}

/// What functions call something themselves, apart from parameters of the path.
#[derive(Default)]
struct Locals(Names);

impl<'ast> Visit<'ast> for Locals {
    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        // `let pet_id: i64 = exchange.path(0, "petId")?;`
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

    // What these bind is known within them, where no parameter of the path is named.
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

//! The names of setters and methods that `plan` reserves by hand are those that emission and the support code give to functions of the
//! same type. Each list has beside them what traits of the standard library are known by.

use crate::check::root;
use crate::taken::{Names, list, source};
use proc_macro2::{TokenStream, TokenTree};
use std::fs;
use syn::visit::{self, Visit};

#[test]
fn no_setter_hides_a_method_of_structs() {
    // Serde's traits and `Display` are common, too; clippy wants `new` to make a value.
    let common = ["clone", "default", "deserialize", "fmt", "new", "serialize"];
    let methods = methods_of_trait("types/validate.rs", "Validate");
    reserves("structs", "SETTERS_TAKEN", methods, &common);
}

#[test]
fn no_setter_hides_a_method_of_headers() {
    let mut methods = emitted("headers");
    methods.extend(methods_of_trait("server/reply_headers.rs", "ReplyHeaders"));
    // Headers that a client reads have no setters.
    methods.retain(|name| !["from", "try_from"].contains(&name.as_str()));
    reserves(
        "headers",
        "SETTERS_TAKEN",
        methods,
        &["clone", "default", "fmt"],
    );
}

#[test]
fn no_setter_hides_a_method_of_forms() {
    let mut methods = emitted("client/body");
    // The one is of the enum of payloads, the other of forms without declared parts.
    assert!(methods.remove("from") && methods.remove("part"));
    reserves("bodies", "SETTERS_TAKEN", methods, &["fmt"]);
}

#[test]
fn no_setter_hides_a_method_of_requests() {
    let mut methods = emitted("client/operation");
    // The other functions there are those of a trait.
    methods.extend(emitted("client/paging").take("paginate"));
    methods.extend(emitted("client/polling").take("until_done"));
    // Reserved only where there is a body; the methods of `sendable!` are read from the support code.
    assert!(methods.remove("body"));
    reserves(
        "parameters",
        "TAKEN_SETTERS",
        methods,
        &["into_future", "new"],
    );
}

#[test]
fn no_operation_hides_a_method_of_groups() {
    // By value, as the methods of these traits take what they belong to.
    let common = ["clone", "cmp", "into", "try_into"];
    reserves(
        "grouping",
        "TAKEN_METHODS",
        emitted("client/group"),
        &common,
    );
}

#[test]
fn no_table_is_called_like_those_of_the_support_code() {
    let mut constants = Quoted::of("types/xml").constants;
    constants.retain(|name| name.len() > 1);
    reserves("xml", "TAKEN", constants, &[]);
}

/// Whether a list of `plan` is these names and those common ones.
#[track_caller]
fn reserves(file: &str, constant: &str, mut needed: Names, common: &[&str]) {
    needed.extend(common.iter().map(|name| (*name).to_owned()));
    let reserved = list(&source(&format!("plan/{file}.rs")), constant);
    assert_eq!(needed, reserved, "{constant} of plan/{file}.rs");
}

fn methods_of_trait(file: &str, name: &str) -> Names {
    let path = root().join("templates/src/support").join(file);
    let code = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
    let methods = code.items.iter().filter_map(|item| match item {
        syn::Item::Trait(item) if item.ident == name => Some(&item.items),
        _ => None,
    });
    let methods = methods.flatten().filter_map(|item| match item {
        syn::TraitItem::Fn(item) => Some(item.sig.ident.to_string()),
        _ => None,
    });
    let methods: Names = methods.collect();
    assert!(!methods.is_empty(), "{name} of {file}");
    methods
}

/// The functions that a file of emission writes under the same name for every description.
fn emitted(file: &str) -> Names {
    Quoted::of(file).functions
}

/// What a file of emission has in `quote!`, apart from what it takes from the plan.
#[derive(Default)]
struct Quoted {
    functions: Names,
    constants: Names,
}

impl Quoted {
    fn of(file: &str) -> Self {
        let mut quoted = Self::default();
        quoted.visit_file(&source(&format!("emit/{file}.rs")));
        quoted
    }

    fn read(&mut self, tokens: TokenStream) {
        let mut before = String::new();
        for token in tokens {
            let text = match token {
                TokenTree::Group(group) => {
                    self.read(group.stream());
                    String::new()
                }
                TokenTree::Ident(word) => word.to_string(),
                TokenTree::Punct(_) | TokenTree::Literal(_) => token.to_string(),
            };
            // `fn #name` is named after something of the description.
            if before == "fn" && text != "#" {
                self.functions.insert(text.clone());
            }
            let is_constant = !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase());
            // Not `XmlName::NONE`.
            if is_constant && before != ":" {
                self.constants.insert(text.clone());
            }
            before = text;
        }
    }
}

impl<'ast> Visit<'ast> for Quoted {
    fn visit_macro(&mut self, of: &'ast syn::Macro) {
        if of.path.is_ident("quote") {
            self.read(of.tokens.clone());
        }
        visit::visit_macro(self, of);
    }
}

//! Names that the items of a file use, collected from their paths rather than from printed text.

use super::tokens::version_order;
use proc_macro2::{Ident, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::mem::take;
use syn::visit::{Visit, visit_expr_call, visit_impl_item_fn, visit_item_fn, visit_trait_item_fn};
use syn::{
    Attribute, Expr, ExprCall, ExprPath, File, ImplItemFn, Item, ItemFn, PatIdent, Path,
    TraitItemFn, Visibility,
};

/// First segments of paths, which have to be imported unless they are items of the file.
#[derive(Debug, Default)]
pub struct Used {
    found: BTreeSet<String>,
    /// The names of items in the file.
    own: BTreeSet<String>,
}

impl Used {
    /// The names used by items.
    #[must_use]
    pub fn of(file: &File) -> Self {
        let mut walk = Walk::default();
        walk.visit_file(file);
        let own = file.items.iter().filter_map(name);
        Self {
            found: walk.found,
            own: own.map(ToString::to_string).collect(),
        }
    }

    /// The names used by a type in the input of a macro.
    pub(super) fn of_type(ty: TokenStream) -> Self {
        let mut used = Self::default();
        used.add_type(ty);
        used
    }

    /// Adds the names used by a type: the first segments of its paths.
    pub(super) fn add_type(&mut self, ty: TokenStream) {
        let mut within_path = false;
        for token in ty {
            match &token {
                TokenTree::Ident(name) if !within_path => {
                    self.found.insert(name.to_string());
                }
                TokenTree::Group(group) => self.add_type(group.stream()),
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            within_path = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':');
        }
    }

    /// Adds a name.
    pub(super) fn add(&mut self, name: &str) {
        if !self.found.contains(name) {
            self.found.insert(name.to_owned());
        }
    }

    /// Adds an item with this name.
    pub(super) fn with_item(mut self, name: &str) -> Self {
        self.own.insert(name.to_owned());
        self
    }

    /// Exactly these names.
    pub(super) fn names(names: &[&str]) -> Self {
        Self {
            found: names.iter().map(|name| (*name).to_owned()).collect(),
            own: BTreeSet::new(),
        }
    }

    /// Merges both.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.add_all(other);
        self
    }

    /// Adds the names that something else uses.
    pub fn add_all(&mut self, other: Self) {
        self.found.extend(other.found);
        self.own.extend(other.own);
    }

    /// `use path::{…};` with those of `names` that are used; empty if there are none. `self` is the module itself.
    pub(crate) fn imports(&self, path: &str, names: &[&str]) -> Vec<String> {
        self.imports_beside(path, names, |_| false)
    }

    /// Like [`imports`](Self::imports), with further items of other files, which a function recognises by their names.
    pub(super) fn imports_beside(
        &self,
        path: &str,
        names: &[&str],
        is_there: impl Fn(&str) -> bool,
    ) -> Vec<String> {
        let module = path.rsplit("::").next().unwrap_or_default();
        let is_used = |name: &&str| match *name {
            "self" => self.found.contains(module),
            name => self.found.contains(name) && !self.own.contains(name) && !is_there(name),
        };
        let found: BTreeSet<&str> = names.iter().copied().filter(is_used).collect();
        let mut found: Vec<&str> = found.into_iter().collect();
        let last = |name: &str| name != "self";
        found.sort_by(|a, b| last(a).cmp(&last(b)).then(version_order(a, b)));
        match &found[..] {
            [] => Vec::new(),
            ["self"] => vec![format!("use {path};")],
            [one] => vec![format!("use {path}::{one};")],
            _ => vec![format!("use {path}::{{{}}};", found.join(", "))],
        }
    }
}

/// The name of an item that has one.
#[allow(clippy::wildcard_enum_match_arm)] // of another crate: nothing else is written that paths lead to
fn name(item: &Item) -> Option<&Ident> {
    Some(match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    })
}

/// Walks items.
#[derive(Default)]
struct Walk {
    found: BTreeSet<String>,
    /// Parameters and bindings of the current function.
    locals: Vec<Ident>,
    /// The text of the name that was found last, for the next one.
    text: String,
}

impl Walk {
    /// Adds a name. Most were found before.
    fn add(&mut self, name: &Ident) {
        self.text.clear();
        // Writing to a String can't fail.
        let _ = write!(self.text, "{name}");
        if !self.found.contains(&self.text) {
            self.found.insert(self.text.clone());
        }
    }

    /// Walks a function, which has locals of its own.
    fn function(&mut self, visit: impl FnOnce(&mut Self)) {
        let around = take(&mut self.locals);
        visit(self);
        self.locals = around;
    }
}

impl<'ast> Visit<'ast> for Walk {
    fn visit_path(&mut self, path: &'ast Path) {
        if let Some(first) = path.segments.first() {
            self.add(&first.ident);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        // Locals are never called.
        if let Expr::Path(ExprPath { path, .. }) = &*call.func
            && let Some(name) = path.get_ident()
        {
            self.add(name);
        }
        visit_expr_call(self, call);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        let is_local = |name: &Ident| self.locals.contains(name);
        if !path.path.get_ident().is_some_and(is_local) {
            syn::visit::visit_expr_path(self, path);
        }
    }

    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        self.locals.push(pattern.ident.clone());
        syn::visit::visit_pat_ident(self, pattern);
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.function(|walk| visit_item_fn(walk, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.function(|walk| visit_impl_item_fn(walk, item));
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        self.function(|walk| visit_trait_item_fn(walk, item));
    }

    // Names in attributes need no imports.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn used(tokens: TokenStream) -> Used {
        Used::of(&syn::parse2(tokens).unwrap())
    }

    #[test]
    fn fields_methods_and_parameters_are_not_imported() {
        let used = used(quote! {
            fn types(types: &str, json: Json) -> Self {
                self.support.header(types.as_ref());
                Self { list: types, json }
            }
        });
        let names = ["header", "json", "list", "self", "types"];
        assert_eq!(used.imports("super::support", &names), [""; 0]);
    }

    #[test]
    fn modules_functions_types_and_statics_are_imported() {
        let used = used(quote! {
            pub(super) static A: Operation = Operation { security: &[&BEARER] };
            impl From<types::Pet> for Pet {
                fn from(list: types::Pet) -> Self {
                    decode::<Pets>(list, |pet| support::json(pet), None)
                }
            }
        });
        let names = [
            "self",
            "BEARER",
            "Operation",
            "Pets",
            "decode",
            "json",
            "list",
            "types",
        ];
        assert_eq!(
            used.imports("super::support", &names),
            ["use super::support::{self, BEARER, Operation, Pets, decode, types};"]
        );
    }

    #[test]
    fn what_is_there_already_is_not_imported() {
        let used = used(quote! {
            pub type DateTime = String;
            pub struct Pet {
                born: DateTime,
                died: Date,
                id: Uuid,
            }
        });
        let names = ["Date", "DateTime", "Uuid"];
        let imports = used.imports_beside("super", &names, |name| name == "Date");
        assert_eq!(imports, ["use super::Uuid;"]);
    }

    #[test]
    fn a_type_in_a_macro_call_is_looked_into() {
        let used = Used::of_type(quote! { Vec<types::Pet> });
        assert_eq!(used.imports("super", &["types"]), ["use super::types;"]);
    }
}

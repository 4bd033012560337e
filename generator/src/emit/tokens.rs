//! How the vocabulary of the plan becomes tokens, so that a quote reads like the code it writes.

use crate::emit::Chunk;
use crate::plan::{Doc, Ident, Kind, Layout, Plan, Style, Ty};
use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = match self.as_str().strip_prefix("r#") {
            Some(keyword) => proc_macro2::Ident::new_raw(keyword, Span::call_site()),
            None => proc_macro2::Ident::new(self.as_str(), Span::call_site()),
        };
        tokens.append(ident);
    }
}

/// As an attribute of ours, `#[doc["…"]]`, which the formatter writes as comments.
impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if !self.is_empty() {
            let text = self.as_str();
            tokens.extend(quote! { #[doc[#text]] });
        }
    }
}

/// Documentation of a file, `//! …`.
pub(super) fn inner_doc(doc: &Doc) -> TokenStream {
    let lines = doc.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote! { #(#![doc = #lines])* }
}

/// `#[deprecated]`
pub(super) fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote! { #[deprecated] })
}

/// Generated code uses what it deprecates.
pub(super) fn allow_deprecated(plan: &Plan) -> Option<TokenStream> {
    plan.has_deprecated
        .then(|| quote! { #![allow(deprecated)] })
}

/// What the compiler warns of in names that aren't English; the description's are as they are.
pub(super) const FOREIGN_LETTERS: &str =
    "confusable_idents, mixed_script_confusables, uncommon_codepoints";

/// What stands at the root of a crate about all of it.
pub(super) fn crate_attributes(plan: &Plan) -> TokenStream {
    let is_crate = plan.layout == Layout::Crates;
    let limit = recursion_limit(plan).filter(|_| is_crate).map(|limit| {
        let limit = limit.to_string();
        quote! { #![recursion_limit = #limit] }
    });
    let letters = (is_crate && plan.foreign_letters).then(|| {
        let lints: TokenStream = FOREIGN_LETTERS.parse().unwrap_or_default();
        quote! { #![allow(#lints)] }
    });
    quote! {
        #![forbid(unsafe_code)]
        #limit
        #letters
    }
}

/// How many steps the compiler has to be allowed where it asks of a type, and of all that it is made of, whether it is `Send` or
/// how it is dropped; `None` where rustc's own limit is enough. Each type takes a few of them: a list alone is three within one
/// another.
pub(super) fn recursion_limit(plan: &Plan) -> Option<usize> {
    let steps = plan.depth.saturating_mul(4).saturating_add(32);
    (steps > 128).then(|| steps.checked_next_power_of_two().unwrap_or(steps))
}

/// `#[cfg(feature = "…")]`, where a feature compiles something.
pub(super) fn cfg(feature: Option<&str>) -> Option<TokenStream> {
    feature.map(|feature| quote! { #[cfg(feature = #feature)] })
}

/// The path of a module's file, in `folder`, where it isn't the one that its name gives.
pub(super) fn elsewhere(module: &Ident, folder: &str) -> Option<String> {
    let file = module.file();
    (file != module.plain()).then(|| format!("{folder}{file}.rs"))
}

/// The same as a line, for several features of which one is enough.
pub(super) fn cfg_line(features: &[String]) -> Option<String> {
    let one = |feature: &String| format!("feature = {}", literal(feature));
    match features {
        [] => None,
        [only] => Some(format!("#[cfg({})]", one(only))),
        several => {
            let several: Vec<String> = several.iter().map(one).collect();
            Some(cfg_any(&several))
        }
    }
}

/// Columns of the arguments of an attribute that stay on one line.
const ATTRIBUTE: usize = 70;

/// `#[cfg(any(…))]`: on one line if that is short, else a line for each, as rustfmt does.
fn cfg_any(several: &[String]) -> String {
    let joined = several.join(", ");
    if joined.chars().count() <= ATTRIBUTE {
        return format!("#[cfg(any({joined}))]");
    }
    format!("#[cfg(any(\n    {},\n))]", several.join(",\n    "))
}

/// Whether features compile parts of it, so that with some of them off nothing uses what the rest is there for.
pub(super) fn gated(plan: &Plan) -> bool {
    plan.has_features()
}

/// From where a type is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// Inside the types crate.
    Inside,
    /// In client and server, which call the types crate `types`.
    Outside,
}

impl View {
    /// The type, as it is written from there.
    pub(super) fn ty(self, ty: &Ty) -> TokenStream {
        let of_types = |name: TokenStream| match self {
            Self::Inside => name,
            Self::Outside => quote! { types::#name },
        };
        match ty {
            Ty::Unit => quote! { () },
            Ty::Bool => quote! { bool },
            Ty::I32 => quote! { i32 },
            Ty::I64 => quote! { i64 },
            Ty::U32 => quote! { u32 },
            Ty::U64 => quote! { u64 },
            Ty::F64 => quote! { f64 },
            Ty::String => quote! { String },
            Ty::Bytes => quote! { Bytes },
            Ty::Text(text) => {
                let name = proc_macro2::Ident::new(text.name(), Span::call_site());
                of_types(quote! { #name })
            }
            Ty::Value => of_types(quote! { Value }),
            Ty::JsonMap => {
                let (map, value) = (of_types(quote! { Map }), of_types(quote! { Value }));
                quote! { #map<String, #value> }
            }
            Ty::Vec(item) => {
                let item = self.ty(item);
                quote! { Vec<#item> }
            }
            Ty::Tuple(items) => {
                let items = items.iter().map(|item| self.ty(item));
                quote! { (#(#items,)*) }
            }
            Ty::Map(value) => {
                let value = self.ty(value);
                quote! { BTreeMap<String, #value> }
            }
            Ty::Option(inner) => {
                let inner = self.ty(inner);
                quote! { Option<#inner> }
            }
            Ty::Box(inner) => {
                let inner = self.ty(inner);
                quote! { Box<#inner> }
            }
            Ty::Named(named) => of_types(named.name.to_token_stream()),
            Ty::Local(name) => name.to_token_stream(),
            Ty::NoError => quote! { NoError },
        }
    }
}

/// Tokens of a type as text, without the spaces that a token stream prints.
pub(super) fn compact(tokens: &TokenStream) -> String {
    let mut out = String::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => out.push_str(", "),
            TokenTree::Group(group) if group.stream().is_empty() => out.push_str("()"),
            TokenTree::Group(group) => out.push_str(&group.to_string()),
            other @ (TokenTree::Punct(_) | TokenTree::Ident(_) | TokenTree::Literal(_)) => {
                out.push_str(&other.to_string());
            }
        }
    }
    out
}

/// `Style::DeepObject`
pub(super) fn style(style: Style) -> TokenStream {
    match style {
        Style::Simple => quote! { Style::Simple },
        Style::SimpleExploded => quote! { Style::SimpleExploded },
        Style::Label => quote! { Style::Label },
        Style::LabelExploded => quote! { Style::LabelExploded },
        Style::Matrix => quote! { Style::Matrix },
        Style::MatrixExploded => quote! { Style::MatrixExploded },
        Style::Form => quote! { Style::Form },
        Style::FormExploded => quote! { Style::FormExploded },
        Style::Space => quote! { Style::Space },
        Style::Pipe => quote! { Style::Pipe },
        Style::Tab => quote! { Style::Tab },
        Style::DeepObject => quote! { Style::DeepObject },
        Style::Json => quote! { Style::Json },
    }
}

/// `Kind::Object`
pub(super) fn kind(kind: Kind) -> TokenStream {
    match kind {
        Kind::Value => quote! { Kind::Value },
        Kind::List => quote! { Kind::List },
        Kind::Atoms => quote! { Kind::Atoms },
        Kind::Object => quote! { Kind::Object },
        Kind::Any => quote! { Kind::Any },
    }
}

/// `("expand", Style::DeepObject)` for each property of a form that isn't written in the default way; a reader needs the kind too.
pub(super) fn encodings(encodings: &[(String, Style, Kind)], kinds: bool) -> Vec<TokenStream> {
    let encodings = encodings.iter().map(|(name, written, expected)| {
        let written = style(*written);
        let expected = kinds
            .then(|| kind(*expected))
            .map(|kind| quote! { , #kind });
        quote! { (#name, #written #expected) }
    });
    encodings.collect()
}

/// `text` as a string literal.
pub(super) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// The beginning of a file: documentation and attributes, then what is imported. Each list is a group of its own, but that those of what
/// stands around the file are one.
pub(super) fn head(doc: &Doc, attributes: &TokenStream, imports: Vec<Vec<String>>) -> Vec<Chunk> {
    let doc = inner_doc(doc);
    let (around, others): (Vec<_>, Vec<_>) = imports
        .into_iter()
        .filter(|lines| !lines.is_empty())
        .partition(|lines| lines.iter().any(|line| line.starts_with("use super::")));
    let mut around: Vec<Vec<String>> = around.into_iter().flat_map(statements).collect();
    around.sort_by(|a, b| use_order(a, b));
    let groups = others.into_iter().chain([around.concat()]);
    let groups = groups.filter(|lines| !lines.is_empty()).map(Chunk::Lines);
    let begin = Chunk::Tokens(quote! { #doc #attributes });
    std::iter::once(begin).chain(groups).collect()
}

/// Each `use` with the attributes before it.
fn statements(lines: Vec<String>) -> Vec<Vec<String>> {
    let mut statements = vec![Vec::new()];
    for line in lines {
        let ends = line.ends_with(';');
        if let Some(last) = statements.last_mut() {
            last.push(line);
        }
        if ends {
            statements.push(Vec::new());
        }
    }
    statements.pop();
    statements
}

/// rustfmt's order of imports: by the parts of their paths; keywords before names, and lists behind those. `r#` doesn't count.
fn use_order(a: &[String], b: &[String]) -> Ordering {
    let parts = |lines: &[String]| -> Vec<String> {
        let line = lines.iter().find(|line| !line.starts_with('#'));
        let path = line.map(|line| line.trim_start_matches("use ").trim_end_matches(';'));
        let parts = path.unwrap_or_default().split("::");
        parts
            .map(|part| part.trim_start_matches("r#").to_owned())
            .collect()
    };
    let kind = |part: &str| match part {
        "super" => 0,
        "*" => 2,
        _ if part.starts_with('{') => 3,
        _ => 1,
    };
    let (a, b) = (parts(a), parts(b));
    let order = |(a, b): (&String, &String)| kind(a).cmp(&kind(b)).then(version_order(a, b));
    let differing = a.iter().zip(&b).map(order).find(|order| order.is_ne());
    differing.unwrap_or(a.len().cmp(&b.len()))
}

/// The names that code uses and may have to import.
#[derive(Debug, Default)]
pub struct Used(HashSet<String>);

impl Used {
    /// Of a part of a file, laid out: no text goes over lines, nor does a comment stand behind code.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut used = HashSet::new();
        for line in text.lines().map(str::trim_start) {
            if !line.starts_with("//") {
                collect(line, &mut used);
            }
        }
        Self(used)
    }

    /// Of two parts.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// `use path::{…};` with those of `names` that are used, laid out as rustfmt does; nothing when there are none. `self` is the module
    /// itself.
    pub(super) fn imports(&self, path: &str, names: &[&str]) -> Vec<String> {
        self.imports_with(path, names, &[])
    }

    /// The same with some that are used for certain, as the input of a macro doesn't show it.
    pub(super) fn imports_with(&self, path: &str, names: &[&str], certain: &[&str]) -> Vec<String> {
        let module = path.rsplit("::").next().unwrap_or_default();
        let is_used = |name: &&str| {
            self.0
                .contains(if *name == "self" { module } else { *name })
        };
        let found = names.iter().copied().filter(is_used);
        let found: BTreeSet<&str> = found.chain(certain.iter().copied()).collect();
        let mut found: Vec<&str> = found.into_iter().collect();
        let last = |name: &str| name != "self";
        found.sort_by(|a, b| last(a).cmp(&last(b)).then(version_order(a, b)));
        match &found[..] {
            [] => Vec::new(),
            ["self"] => vec![format!("use {path};")],
            [one] => vec![format!("use {path}::{one};")],
            _ => use_list(path, &found),
        }
    }
}

/// rustfmt's order of names: `_` before everything, numbers by value.
pub(super) fn version_order(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    while !a.is_empty() && !b.is_empty() {
        let (one, other) = (chunk(a), chunk(b));
        let number = |chunk: &str| {
            chunk
                .parse::<u64>()
                .ok()
                .filter(|_| chunk.starts_with(|first: char| first.is_ascii_digit()))
        };
        let order = match (one, other) {
            ("_", "_") => Ordering::Equal,
            ("_", _) => Ordering::Less,
            (_, "_") => Ordering::Greater,
            _ => number(one)
                .zip(number(other))
                .map_or_else(|| one.cmp(other), |(one, other)| one.cmp(&other)),
        };
        if order.is_ne() {
            return order;
        }
        (a, b) = (&a[one.len()..], &b[other.len()..]);
    }
    a.len().cmp(&b.len())
}

/// What [`version_order`] compares at a time: an underscore, a number, or what stands between those.
fn chunk(text: &str) -> &str {
    let kind = |c: char| (c == '_', c.is_ascii_digit());
    let first = text.chars().next().map(kind).unwrap_or_default();
    let end = if first.0 {
        Some(1)
    } else {
        text.find(|c| kind(c) != first)
    };
    &text[..end.unwrap_or(text.len())]
}

/// As many names a line as there is room for.
pub(super) fn use_list(path: &str, names: &[&str]) -> Vec<String> {
    const LINE: usize = 100;
    let path = if path.starts_with("pub ") {
        path.to_owned()
    } else {
        format!("use {path}")
    };
    let one_line = format!("{path}::{{{}}};", names.join(", "));
    // rustfmt counts two more for the braces.
    if one_line.chars().count() <= LINE - 2 {
        return vec![one_line];
    }
    let mut lines = vec![format!("{path}::{{")];
    let mut line = String::from("   ");
    for (index, name) in names.iter().enumerate() {
        // rustfmt doesn't count the comma behind the last of a single line.
        let comma = usize::from(index + 1 < names.len() || lines.len() > 1);
        if line.chars().count() + name.chars().count() + 1 + comma >= LINE {
            lines.push(std::mem::replace(&mut line, String::from("   ")));
        }
        line.push(' ');
        line.push_str(name);
        line.push(',');
    }
    lines.extend([line, "};".to_owned()]);
    lines
}

/// Whether a name is written as functions and modules are.
fn is_lowercase(name: &str) -> bool {
    name.starts_with(char::is_lowercase)
}

/// Identifiers of a line that may be imported names: not those behind `fn`, `.` or `::`, nor before `:`; of functions and macros only
/// those that are called, and of modules those that something is taken of. A parameter may be called like any of them.
fn collect(line: &str, used: &mut HashSet<String>) {
    // All letters beyond ASCII are taken for those of names.
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii();
    let mut rest = line;
    // Whether the next name belongs to what stands before it.
    let mut belongs = false;
    while let Some(&first) = rest.as_bytes().first() {
        if is_word(first) {
            let end = rest.bytes().position(|byte| !is_word(byte));
            let (name, behind) = rest.split_at(end.unwrap_or(rest.len()));
            let named = behind.starts_with(':') && !behind.starts_with("::");
            let is_used =
                behind.starts_with(['(', '!']) || behind.starts_with("::") || !is_lowercase(name);
            if is_used && !named && !belongs && !used.contains(name) {
                used.insert(name.to_owned());
            }
            belongs = name == "fn";
            rest = behind;
        } else if first == b'"' {
            rest = behind_text(&rest[1..]);
            belongs = false;
        } else {
            belongs = match first {
                b'.' => true,
                b':' => belongs || rest.starts_with("::"),
                b' ' => belongs,
                _ => false,
            };
            rest = &rest[1..];
        }
    }
}

/// What stands behind a string literal, of which the first quote is gone.
fn behind_text(literal: &str) -> &str {
    let mut escaped = false;
    let end = literal.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.map_or("", |end| &literal[end + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_and_functions_are_used_where_something_is_taken_of_them_or_they_are_called() {
        let used = Used::of("fn types(types: &str) { list(\"support::json\", types.as_ref()) }");
        assert_eq!(used.imports("super", &["support", "types"]), [""; 0]);
        let used = Used::of("let body: types::Pet = decode::<types::Pet>(list);");
        let names = ["self", "decode", "list", "types"];
        assert_eq!(
            used.imports("super::types", &names),
            ["use super::types::{self, decode, types};"]
        );
    }
}

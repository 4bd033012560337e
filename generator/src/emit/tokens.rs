//! Converts planned things to tokens, so that a quote reads like the code it writes.

use crate::emit::comments::mark;
use crate::emit::{Chunk, Used};
use crate::plan::{Doc, Extras, Ident, Kind, Layout, Plan, Style, Ty};
use proc_macro2::{Delimiter, Literal, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
use std::cmp::Ordering;

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = match self.as_str().strip_prefix("r#") {
            Some(keyword) => proc_macro2::Ident::new_raw(keyword, Span::call_site()),
            None => proc_macro2::Ident::new(self.as_str(), Span::call_site()),
        };
        tokens.append(ident);
    }
}

/// `/// …`, as a mark that printing replaces by lines.
impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if !self.is_empty() {
            let mark = mark(self);
            tokens.extend(quote! { #[doc = #mark] });
        }
    }
}

/// Documentation of a file, `//! …`.
pub(super) fn inner_doc(doc: &Doc) -> TokenStream {
    let lines = doc.lines().map(|line| match line {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote! { #(#![doc = #lines])* }
}

/// `#[deprecated]`.
pub(super) fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote! { #[deprecated] })
}

/// `, PartialOrd`: the user's derives, appended to those of the generator.
pub(super) fn derives_beside(extras: &Extras) -> String {
    let derives = extras.derives.iter();
    derives.flat_map(|derive| [", ", derive]).collect()
}

/// The same as tokens.
pub(super) fn derived(extras: &Extras) -> TokenStream {
    rust(&derives_beside(extras))
}

/// The user's attributes.
pub(super) fn attributes(extras: &Extras) -> TokenStream {
    rust(&extras.attributes.join(" "))
}

/// Parses text that is known to be valid Rust.
pub(super) fn rust(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// Allows uses of deprecated items in generated code.
pub(super) fn allow_deprecated(plan: &Plan) -> Option<TokenStream> {
    plan.has_deprecated
        .then(|| quote! { #![allow(deprecated)] })
}

/// Lints about non-English names, which come from the description.
pub(super) const FOREIGN_LETTERS: &str =
    "confusable_idents, mixed_script_confusables, uncommon_codepoints";

/// The attributes at the root of a crate.
pub(super) fn crate_attributes(plan: &Plan) -> TokenStream {
    let is_crate = plan.layout == Layout::Crates;
    let limit = plan.recursion_limit().filter(|_| is_crate).map(|limit| {
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

/// `#[cfg(feature = "…")]`, if a feature enables something.
pub(super) fn cfg(feature: Option<&str>) -> Option<TokenStream> {
    feature.map(|feature| quote! { #[cfg(feature = #feature)] })
}

/// The path of a module's file in `folder`, if it differs from the default for its name.
pub(super) fn elsewhere(module: &Ident, folder: &str) -> Option<String> {
    let file = module.file();
    (file != module.plain()).then(|| format!("{folder}{file}.rs"))
}

/// `#[cfg(…)]` as a line, for several features of which one is enough.
pub(super) fn cfg_line(features: &[String]) -> Option<String> {
    let one = |feature: &String| format!("feature = {}", literal(feature));
    match features {
        [] => None,
        [only] => Some(format!("#[cfg({})]", one(only))),
        several => {
            let several: Vec<String> = several.iter().map(one).collect();
            Some(format!("#[cfg(any({}))]", several.join(", ")))
        }
    }
}

/// Whether groups have features. If some of them are disabled, not all of the remaining code is used.
pub(super) fn gated(plan: &Plan) -> bool {
    plan.has_features()
}

/// The place from which a type is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// The types crate.
    Inside,
    /// Client or server, which call the types crate `types`.
    Outside,
}

impl View {
    /// The type as written there.
    pub(super) fn ty(self, ty: &Ty) -> TokenStream {
        let mut text = String::new();
        self.write(ty, &mut text, &mut Used::default());
        // What was written is a valid type.
        text.parse().unwrap_or_default()
    }

    /// Appends the type as written there, and records the names in `used`.
    pub(super) fn write(self, ty: &Ty, text: &mut String, used: &mut Used) {
        match ty {
            Ty::Unit => text.push_str("()"),
            Ty::Bool => text.push_str("bool"),
            Ty::I32 => text.push_str("i32"),
            Ty::I64 => text.push_str("i64"),
            Ty::U32 => text.push_str("u32"),
            Ty::U64 => text.push_str("u64"),
            Ty::F64 => text.push_str("f64"),
            Ty::String => text.push_str("String"),
            Ty::Bytes => name("Bytes", text, used),
            Ty::Text(format) => self.of_types(format.name(), text, used),
            Ty::Value => self.of_types("Value", text, used),
            Ty::JsonMap => {
                self.of_types("Map", text, used);
                text.push_str("<String, ");
                self.of_types("Value", text, used);
                text.push('>');
            }
            Ty::Vec(item) => self.generic("Vec<", item, text, used),
            Ty::Tuple(items) => {
                text.push('(');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { ", " });
                    self.write(item, text, used);
                }
                text.push_str(if items.len() == 1 { ",)" } else { ")" });
            }
            Ty::Map(value) => {
                used.add("BTreeMap");
                self.generic("BTreeMap<String, ", value, text, used);
            }
            Ty::Option(inner) => self.generic("Option<", inner, text, used),
            Ty::Box(inner) => self.generic("Box<", inner, text, used),
            Ty::Named(named) => self.of_types(named.name.as_str(), text, used),
            Ty::Local(local) => name(local.as_str(), text, used),
            Ty::NoError => name("NoError", text, used),
        }
    }

    /// A type of the types crate.
    fn of_types(self, of_types: &str, text: &mut String, used: &mut Used) {
        match self {
            Self::Inside => name(of_types, text, used),
            Self::Outside => {
                name("types", text, used);
                text.push_str("::");
                text.push_str(of_types);
            }
        }
    }

    /// A type with an argument.
    fn generic(self, begin: &str, argument: &Ty, text: &mut String, used: &mut Used) {
        text.push_str(begin);
        self.write(argument, text, used);
        text.push('>');
    }
}

/// Appends a name and records it.
fn name(name: &str, text: &mut String, used: &mut Used) {
    text.push_str(name);
    used.add(name);
}

/// Prints the tokens of a type or a value without superfluous spaces.
pub(super) fn compact(tokens: &TokenStream) -> String {
    let mut out = String::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => out.push_str(", "),
            TokenTree::Punct(punct) if punct.as_char() == ':' && !out.ends_with(':') => {
                out.push_str(if punct.spacing() == Spacing::Joint {
                    ":"
                } else {
                    ": "
                });
            }
            TokenTree::Group(group) => {
                let items = group.stream();
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => {
                        out.push_str(&tuple(&items));
                        continue;
                    }
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => (" { ", " }"),
                    Delimiter::None => ("", ""),
                };
                out.extend([open, compact(&items).trim_end(), close]);
            }
            TokenTree::Ident(ident) => {
                // `impl AsRef<str>`, `&'a str`.
                if out.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
                    out.push(' ');
                }
                out.push_str(&ident.to_string());
            }
            other @ (TokenTree::Punct(_) | TokenTree::Literal(_)) => {
                out.push_str(&other.to_string());
            }
        }
    }
    out
}

/// The content of parentheses, in which only a single type is followed by a comma.
fn tuple(items: &TokenStream) -> String {
    let mut nested = 0_usize;
    let mut commas = 0;
    for token in items.clone() {
        if let TokenTree::Punct(punct) = token {
            match punct.as_char() {
                '<' => nested += 1,
                '>' => nested = nested.saturating_sub(1),
                ',' if nested == 0 => commas += 1,
                _ => {}
            }
        }
    }
    let items = compact(items);
    let items = items.trim_end();
    let items = if commas > 1 {
        items.trim_end_matches(',')
    } else {
        items
    };
    format!("({items})")
}

/// `Style::DeepObject`.
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

/// `Kind::Object`.
pub(super) fn kind(kind: Kind) -> TokenStream {
    match kind {
        Kind::Value => quote! { Kind::Value },
        Kind::List => quote! { Kind::List },
        Kind::Atoms => quote! { Kind::Atoms },
        Kind::Object => quote! { Kind::Object },
        Kind::Any => quote! { Kind::Any },
    }
}

/// `("expand", Style::DeepObject)` for each property of a form that isn't serialized in the default way; readers need the kind too.
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

/// A string literal.
pub(super) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// The head of a file: documentation and attributes, then imports. Each list is a group of its own, except that imports of surrounding
/// modules form one group.
pub(super) fn head(doc: &Doc, attributes: &TokenStream, imports: Vec<Vec<String>>) -> Vec<Chunk> {
    let doc = inner_doc(doc);
    let (around, others): (Vec<_>, Vec<_>) = imports
        .into_iter()
        .filter(|lines| !lines.is_empty())
        .partition(|lines| lines.iter().any(|line| line.starts_with("use super::")));
    let mut around: Vec<Vec<String>> = around.into_iter().flat_map(statements).collect();
    around.sort_by(|a, b| use_order(a, b));
    let groups = others.into_iter().chain([around.concat()]);
    let groups = groups.filter(|lines| !lines.is_empty()).map(items);
    let begin = Chunk::Tokens(quote! { #doc #attributes });
    std::iter::once(begin).chain(groups).collect()
}

/// Items that take one line each, with their attributes.
pub(super) fn items(lines: Vec<String>) -> Chunk {
    match lines.join("\n").parse() {
        Ok(tokens) => Chunk::Tokens(tokens),
        Err(_) => Chunk::Lines(lines),
    }
}

/// Splits lines into `use` statements with the attributes before them.
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

/// rustfmt's order of imports: by the segments of their paths, keywords before names, lists last. `r#` is ignored.
pub(super) fn use_order(a: &[String], b: &[String]) -> Ordering {
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

/// rustfmt's order of names: `_` first, numbers by value.
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

/// The next part for [`version_order`] to compare: an underscore, a number, or the text between these.
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

/// `use path::{…};`.
pub(super) fn use_list(path: &str, names: &[&str]) -> Vec<String> {
    let path = if path.starts_with("pub ") {
        path.to_owned()
    } else {
        format!("use {path}")
    };
    vec![format!("{path}::{{{}}};", names.join(", "))]
}

#[cfg(test)]
mod tests {
    use super::compact;
    use quote::quote;

    #[test]
    fn tokens_are_written_as_people_write_them() {
        let written = |tokens| compact(&tokens);
        assert_eq!(written(quote! { Vec<types::Pet> }), "Vec<types::Pet>");
        assert_eq!(written(quote! { (i64, String,) }), "(i64, String)");
        assert_eq!(
            written(quote! { AddRequired { name: "a".into(), of: vec![1, 2] } }),
            "AddRequired { name: \"a\".into(), of: vec![1, 2] }"
        );
    }
}

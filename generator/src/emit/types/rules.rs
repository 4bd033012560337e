//! What types have to satisfy that no single check says: a table for each schema.

use super::validate::pattern;
use crate::emit::tokens::head;
use crate::emit::{Chunk, Make, SourceFile};
use crate::plan::{Doc, Plan, Rule, RuleId, RuleTable, RuleTables};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use serde_json::{Number, Value};
use std::sync::Arc;

/// `src/rules.rs`, if there are any.
pub(super) fn file(plan: &Plan) -> Option<SourceFile<'_>> {
    let rules = &plan.rules;
    let patterns = rules.patterns.values();
    let patterns = patterns.map(|(name, item)| -> Make<'_, _> {
        Box::new(|| vec![Chunk::Tokens(pattern(name, item))])
    });
    let tables = rules.tables.iter();
    let tables =
        tables.map(|item| -> Make<'_, _> { Box::new(|| vec![Chunk::Tokens(table(rules, item))]) });
    let doc = Doc::text(
        "Constraints that Rust types can't express: a table for each schema, which `Validate` evaluates.",
    );
    (!rules.is_empty()).then(|| {
        SourceFile::parts(
            "src/rules.rs",
            move |used| {
                let imports = used.imports(
                    "super::support",
                    &["Backtracking", "Json", "Pattern", "Rule", "Rules"],
                );
                head(&doc, &quote! {}, vec![imports])
            },
            patterns.chain(tables).collect(),
        )
    })
}

/// `pub static PET_RULES: Rules = Rules(&[…]);`
fn table(rules: &RuleTables, table: &RuleTable) -> TokenStream {
    let RuleTable { name, public, list } = table;
    let list = list.iter().map(|rule| self::rule(rules, rule));
    let begin = if *public {
        let doc = format!(
            " The rules of `{}`.",
            name.as_str().trim_end_matches("_RULES")
        );
        quote! { #[doc = #doc] pub }
    } else {
        quote! {}
    };
    quote! { #begin static #name: Rules = Rules(&[#(#list),*]); }
}

fn rule(rules: &RuleTables, rule: &Rule) -> TokenStream {
    let one = |id: &RuleId| reference(rules, *id);
    let many = |ids: &[RuleId]| {
        let ids = ids.iter().map(|id| reference(rules, *id));
        quote! { &[#(#ids),*] }
    };
    match rule {
        Rule::Never => quote! { Rule::Never },
        Rule::Type(kinds) => quote! { Rule::Type(&[#(#kinds),*]) },
        Rule::OneOf(values) => {
            let values = values.iter().map(json);
            quote! { Rule::OneOf(&[#(#values),*]) }
        }
        Rule::Prefix(items) => of(&quote! { Prefix }, &many(items)),
        Rule::All(all) => of(&quote! { All }, &many(all)),
        Rule::Any(any) => of(&quote! { Any }, &many(any)),
        Rule::One(all) => of(&quote! { One }, &many(all)),
        Rule::Not(not) => of(&quote! { Not }, &one(not)),
        Rule::Names(names) => of(&quote! { Names }, &one(names)),
        Rule::UnevaluatedProperties(rest) => of(&quote! { UnevaluatedProperties }, &one(rest)),
        Rule::UnevaluatedItems(rest) => of(&quote! { UnevaluatedItems }, &one(rest)),
        Rule::Items(from, items) => {
            let (from, items) = (Literal::usize_unsuffixed(*from), one(items));
            quote! { Rule::Items(#from, #items) }
        }
        Rule::Contains(contains, min, max) => {
            let (contains, min, max) = (one(contains), count(*min), optional(*max));
            quote! { Rule::Contains(#contains, #min, #max) }
        }
        Rule::If(condition, then, otherwise) => {
            let (condition, then, otherwise) = (one(condition), one(then), one(otherwise));
            quote! { Rule::If(#condition, #then, #otherwise) }
        }
        Rule::With(name, with) => {
            let (name, with) = (&**name, one(with));
            quote! { Rule::With(#name, #with) }
        }
        Rule::Needs(name, needed) => {
            let (name, needed) = (&**name, names(needed));
            quote! { Rule::Needs(#name, #needed) }
        }
        Rule::Required(required) => of(&quote! { Required }, &names(required)),
        Rule::Properties(properties) => {
            let properties = properties.iter();
            let properties = properties.map(|(name, inner)| pair(&**name, &one(inner)));
            quote! { Rule::Properties(&[#(#properties),*]) }
        }
        Rule::Matching(list) => {
            let list = list.iter();
            let list = list.map(|(key, inner)| pair(&pattern_of(rules, key), &one(inner)));
            quote! { Rule::Matching(&[#(#list),*]) }
        }
        Rule::Others(known, patterns, rest) => {
            let (known, rest) = (names(known), one(rest));
            let patterns = patterns.iter().map(|pattern| pattern_of(rules, pattern));
            quote! { Rule::Others(#known, &[#(#patterns),*], #rest) }
        }
        Rule::Pattern(pattern) => of(&quote! { Pattern }, &pattern_of(rules, pattern)),
        Rule::Minimum(limit) => of(&quote! { AtLeast }, &number(limit)),
        Rule::Maximum(limit) => of(&quote! { AtMost }, &number(limit)),
        Rule::ExclusiveMinimum(limit) => of(&quote! { Above }, &number(limit)),
        Rule::ExclusiveMaximum(limit) => of(&quote! { Below }, &number(limit)),
        Rule::MultipleOf(divisor) => of(&quote! { MultipleOf }, &number(divisor)),
        Rule::MinLength(limit) => of(&quote! { MinLength }, &count(*limit)),
        Rule::MaxLength(limit) => of(&quote! { MaxLength }, &count(*limit)),
        Rule::MinItems(limit) => of(&quote! { MinItems }, &count(*limit)),
        Rule::MaxItems(limit) => of(&quote! { MaxItems }, &count(*limit)),
        Rule::MinProperties(limit) => of(&quote! { MinProperties }, &count(*limit)),
        Rule::MaxProperties(limit) => of(&quote! { MaxProperties }, &count(*limit)),
        Rule::UniqueItems => quote! { Rule::UniqueItems },
    }
}

/// `Rule::Not(&PET_NOT)`
fn of(keyword: &TokenStream, what: &impl ToTokens) -> TokenStream {
    quote! { Rule::#keyword(#what) }
}

/// `("name", &PET_NAME)`
fn pair(key: &(impl ToTokens + ?Sized), inner: &TokenStream) -> TokenStream {
    quote! { (#key, #inner) }
}

/// `&PET_IF`
fn reference(rules: &RuleTables, id: RuleId) -> TokenStream {
    let name = rules.names.get(id.index()).and_then(Option::as_ref);
    quote! { &#name }
}

fn pattern_of(rules: &RuleTables, pattern: &str) -> TokenStream {
    let name = rules.patterns.get(pattern).map(|(name, _)| name);
    quote! { &#name }
}

fn names(names: &[Arc<str>]) -> TokenStream {
    let names = names.iter().map(|name| &**name);
    quote! { &[#(#names),*] }
}

fn count(count: u64) -> Literal {
    Literal::u64_unsuffixed(count)
}

/// `Some(3)`
fn optional(limit: Option<u64>) -> TokenStream {
    let Some(limit) = limit.map(count) else {
        return quote! { None };
    };
    quote! { Some(#limit) }
}

/// `Json::Object(&[("kind", Json::Text("cat"))])`
fn json(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote! { Json::Null },
        Value::Bool(value) => quote! { Json::Bool(#value) },
        Value::Number(value) => number(value),
        Value::String(text) => quote! { Json::Text(#text) },
        Value::Array(items) => {
            let items = items.iter().map(json);
            quote! { Json::List(&[#(#items),*]) }
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = json(value);
                quote! { (#name, #value) }
            });
            quote! { Json::Object(&[#(#members),*]) }
        }
    }
}

/// `Json::Int(3)`
fn number(number: &Number) -> TokenStream {
    let whole = number.as_i64().map(i128::from);
    if let Some(whole) = whole.or_else(|| number.as_u64().map(i128::from)) {
        let whole = Literal::i128_unsuffixed(whole);
        return quote! { Json::Int(#whole) };
    }
    let float = Literal::f64_unsuffixed(number.as_f64().unwrap_or_default());
    quote! { Json::Float(#float) }
}

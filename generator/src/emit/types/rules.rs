//! Tables of constraints that single checks don't express, one for each schema.

use super::validate::pattern;
use crate::emit::code::Code;
use crate::emit::tokens::{head, literal};
use crate::emit::{Chunk, Make, SourceFile};
use crate::plan::{Doc, Ident, Plan, Rule, RuleId, RuleTable, RuleTables};
use proc_macro2::Literal;
use quote::quote;
use serde_json::{Number, Value};
use std::sync::Arc;

/// `src/rules.rs`, if there are any tables.
pub(super) fn file(plan: &Plan) -> Option<SourceFile<'_>> {
    let rules = &plan.rules;
    let patterns = rules.patterns.values();
    let patterns = patterns.map(|(name, item)| -> Make<'_, _> {
        Box::new(|| vec![Chunk::Tokens(pattern(name, item))])
    });
    let tables = rules.tables.iter();
    let tables = tables.map(|item| -> Make<'_, _> { Box::new(|| vec![table(rules, item)]) });
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

/// `pub static PET_RULES: Rules = Rules(&[…]);`.
fn table(rules: &RuleTables, table: &RuleTable) -> Chunk {
    let RuleTable { name, public, list } = table;
    let mut code = Code::item(name.as_str());
    code.names("Rules");
    if !list.is_empty() {
        code.names("Rule");
    }
    let list: Vec<String> = list
        .iter()
        .map(|rule| self::rule(rules, rule, &mut code))
        .collect();
    let public = if *public {
        let of = name.as_str().trim_end_matches("_RULES");
        code.line(0, format!("/// The rules of `{of}`."));
        "pub "
    } else {
        ""
    };
    code.list(
        0,
        &format!("{public}static {name}: Rules = Rules(&["),
        &list,
        "]);",
    );
    code.chunk()
}

fn rule(rules: &RuleTables, rule: &Rule, code: &mut Code) -> String {
    let one = |id: &RuleId| reference(rules, *id);
    let many = |ids: &[RuleId]| slice(ids.iter().map(|id| reference(rules, *id)));
    let (keyword, what) = match rule {
        Rule::Never => return "Rule::Never".to_owned(),
        Rule::UniqueItems => return "Rule::UniqueItems".to_owned(),
        Rule::Type(kinds) => ("Type", slice(kinds.iter().map(|kind| literal(kind)))),
        Rule::OneOf(values) => ("OneOf", slice(values.iter().map(|value| json(value, code)))),
        Rule::Prefix(items) => ("Prefix", many(items)),
        Rule::All(all) => ("All", many(all)),
        Rule::Any(any) => ("Any", many(any)),
        Rule::One(all) => ("One", many(all)),
        Rule::Not(not) => ("Not", one(not)),
        Rule::Names(names) => ("Names", one(names)),
        Rule::UnevaluatedProperties(rest) => ("UnevaluatedProperties", one(rest)),
        Rule::UnevaluatedItems(rest) => ("UnevaluatedItems", one(rest)),
        Rule::Items(from, items) => ("Items", format!("{from}, {}", one(items))),
        Rule::Contains(contains, min, max) => {
            let max = max.map_or_else(|| "None".to_owned(), |max| format!("Some({max})"));
            ("Contains", format!("{}, {min}, {max}", one(contains)))
        }
        Rule::If(condition, then, otherwise) => {
            let (condition, then, otherwise) = (one(condition), one(then), one(otherwise));
            ("If", format!("{condition}, {then}, {otherwise}"))
        }
        Rule::With(name, with) => ("With", format!("{}, {}", literal(name), one(with))),
        Rule::Needs(name, needed) => ("Needs", format!("{}, {}", literal(name), names(needed))),
        Rule::Required(required) => ("Required", names(required)),
        Rule::Properties(properties) => {
            let pairs = properties.iter();
            let pairs = pairs.map(|(name, inner)| format!("({}, {})", literal(name), one(inner)));
            ("Properties", slice(pairs))
        }
        Rule::Matching(list) => {
            let pairs = list.iter();
            let pairs =
                pairs.map(|(key, inner)| format!("({}, {})", pattern_of(rules, key), one(inner)));
            ("Matching", slice(pairs))
        }
        Rule::Others(known, patterns, rest) => {
            let patterns = slice(patterns.iter().map(|pattern| pattern_of(rules, pattern)));
            let what = format!("{}, {patterns}, {}", names(known), one(rest));
            ("Others", what)
        }
        Rule::Pattern(pattern) => ("Pattern", pattern_of(rules, pattern)),
        Rule::Minimum(limit) => ("AtLeast", number(limit, code)),
        Rule::Maximum(limit) => ("AtMost", number(limit, code)),
        Rule::ExclusiveMinimum(limit) => ("Above", number(limit, code)),
        Rule::ExclusiveMaximum(limit) => ("Below", number(limit, code)),
        Rule::MultipleOf(divisor) => ("MultipleOf", number(divisor, code)),
        Rule::MinLength(limit) => ("MinLength", limit.to_string()),
        Rule::MaxLength(limit) => ("MaxLength", limit.to_string()),
        Rule::MinItems(limit) => ("MinItems", limit.to_string()),
        Rule::MaxItems(limit) => ("MaxItems", limit.to_string()),
        Rule::MinProperties(limit) => ("MinProperties", limit.to_string()),
        Rule::MaxProperties(limit) => ("MaxProperties", limit.to_string()),
    };
    format!("Rule::{keyword}({what})")
}

/// `&[…]`.
fn slice(items: impl Iterator<Item = String>) -> String {
    format!("&[{}]", items.collect::<Vec<_>>().join(", "))
}

/// `&PET_IF`.
fn reference(rules: &RuleTables, id: RuleId) -> String {
    let name = rules.names.get(id.index()).and_then(Option::as_ref);
    format!("&{}", name.map(Ident::as_str).unwrap_or_default())
}

fn pattern_of(rules: &RuleTables, pattern: &str) -> String {
    let name = rules.patterns.get(pattern).map(|(name, _)| name.as_str());
    format!("&{}", name.unwrap_or_default())
}

fn names(names: &[Arc<str>]) -> String {
    slice(names.iter().map(|name| literal(name)))
}

/// `Json::Object(&[("kind", Json::Text("cat"))])`.
fn json(value: &Value, code: &mut Code) -> String {
    code.names("Json");
    match value {
        Value::Null => "Json::Null".to_owned(),
        Value::Bool(value) => format!("Json::Bool({value})"),
        Value::Number(value) => number(value, code),
        Value::String(text) => format!("Json::Text({})", literal(text)),
        Value::Array(items) => {
            let items = slice(items.iter().map(|item| json(item, code)));
            format!("Json::List({items})")
        }
        Value::Object(members) => {
            let members = members.iter();
            let members =
                members.map(|(name, value)| format!("({}, {})", literal(name), json(value, code)));
            format!("Json::Object({})", slice(members))
        }
    }
}

/// `Json::Int(3)`.
fn number(number: &Number, code: &mut Code) -> String {
    code.names("Json");
    let whole = number.as_i64().map(i128::from);
    if let Some(whole) = whole.or_else(|| number.as_u64().map(i128::from)) {
        return format!("Json::Int({whole})");
    }
    let float = Literal::f64_unsuffixed(number.as_f64().unwrap_or_default());
    format!("Json::Float({float})")
}

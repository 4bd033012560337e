//! Schemas as tables for the evaluator of generated crates.
//!
//! In: a schema of the document and the direction of the message. Out: [`Rules`] for all of its keywords, and its formats, built when they
//! are first asked for. Generated crates have such tables as `static`s; these live as long as the process, too.

use super::support::types::rules::{Json, Rule, Rules, Search};
use super::support::types::{
    Backtracking, Base64, Date, DateTime, Decimal, Duration, Pattern, Time, Uri, Uuid, Validate,
    Validator,
};
use super::xml::XmlTables;
use crate::document::{Additional, Bound, Document, Schema, SchemaId};
use crate::ir::{Grammar, StringFormat};
use crate::lower::{integer_range, string_format};
use crate::regex;
use serde_json::{Number, Value};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// The direction of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// To the API, without what is `readOnly`.
    Request,
    /// From the API, without what is `writeOnly`.
    Response,
}

impl Way {
    /// Whether a property with this schema isn't part of messages in this direction.
    pub(super) fn leaves_out(self, document: &Document, schema: SchemaId) -> bool {
        let mut at = schema;
        // A chain of references ends, but `allOf` of one schema may lead back.
        for _ in 0..16 {
            let held = &document[at];
            // What is nearest to the property decides, where it is `readOnly` and what it refers to `writeOnly`.
            if held.read_only || held.write_only {
                return match self {
                    Self::Request => held.read_only,
                    Self::Response => held.write_only,
                };
            }
            match (held.reference, held.all_of.as_slice()) {
                (Some(target), _) => at = target,
                (None, [only]) if held.properties.is_empty() => at = *only,
                _ => return false,
            }
        }
        false
    }
}

/// The tables of a document so far.
#[derive(Debug)]
pub(super) struct Tables {
    known: HashMap<(SchemaId, Way), &'static Rules>,
    anything: &'static Rules,
    never: &'static Rules,
    pub(super) xml: XmlTables,
}

/// A table with an address that isn't filled in yet.
struct Open {
    schema: SchemaId,
    way: Way,
    cell: &'static OnceLock<Rules>,
}

impl Tables {
    pub(super) fn new() -> Self {
        Self {
            known: HashMap::new(),
            anything: rules(Vec::new()),
            never: rules(vec![Rule::Never]),
            xml: XmlTables::default(),
        }
    }

    /// The rules of a schema.
    pub(super) fn of(&mut self, document: &Document, schema: SchemaId, way: Way) -> &'static Rules {
        let mut open = Vec::new();
        let found = self.reserved(document, schema, way, &mut open);
        while let Some(one) = open.pop() {
            let list = self.list(document, &one, &mut open);
            let _ = one.cell.set(Rules(leaked(list))); // each is filled in once
        }
        found
    }

    /// The violations of a schema, the first few; empty if a value is valid.
    pub(super) fn violations(
        &mut self,
        document: &Document,
        schema: SchemaId,
        way: Way,
        value: &Value,
    ) -> Vec<(String, String)> {
        let mut validator = Validator::default();
        validator.rules(value, self.of(document, schema, way));
        let Err(violations) = validator.finish() else {
            return Vec::new();
        };
        let violations = violations.into_iter();
        violations
            .map(|violation| (violation.pointer, violation.message))
            .collect()
    }

    pub(super) fn holds(
        &mut self,
        document: &Document,
        schema: SchemaId,
        way: Way,
        value: &Value,
    ) -> bool {
        self.violations(document, schema, way, value).is_empty()
    }

    fn reserved(
        &mut self,
        document: &Document,
        schema: SchemaId,
        way: Way,
        open: &mut Vec<Open>,
    ) -> &'static Rules {
        if let Some(known) = self.known.get(&(schema, way)) {
            return known;
        }
        let cell: &'static OnceLock<Rules> = Box::leak(Box::default());
        let found = rules(vec![Rule::Later(cell)]);
        self.known.insert((schema, way), found);
        if document[schema].boolean.is_none() {
            open.push(Open { schema, way, cell });
        } else if document[schema].boolean == Some(false) {
            let _ = cell.set(Rules(self.never.0));
        }
        found
    }

    /// The rules for all keywords of a schema.
    fn list(&mut self, document: &Document, one: &Open, open: &mut Vec<Open>) -> Vec<Rule> {
        let schema = &document[one.schema];
        let mut list = Vec::new();
        kinds(schema, &mut list);
        scalars(schema, &mut list);
        let mut tables = Filler {
            tables: self,
            document,
            way: one.way,
            open,
        };
        tables.lists(schema, &mut list);
        tables.objects(schema, &mut list);
        tables.choices(schema, &mut list);
        if schema.nullable && !schema.types.null && !list.is_empty() {
            // Next to a reference or a choice, `nullable` allows null in addition to them.
            let null = rules(vec![Rule::Type(leaked(vec!["null"]))]);
            list = vec![Rule::Any(leaked(vec![null, rules(list)]))];
        }
        list
    }
}

/// What the rules of a schema refer to.
struct Filler<'t> {
    tables: &'t mut Tables,
    document: &'t Document,
    way: Way,
    open: &'t mut Vec<Open>,
}

impl Filler<'_> {
    fn one(&mut self, schema: SchemaId) -> &'static Rules {
        self.tables
            .reserved(self.document, schema, self.way, self.open)
    }

    fn several(&mut self, schemas: &[SchemaId]) -> &'static [&'static Rules] {
        leaked(schemas.iter().map(|schema| self.one(*schema)).collect())
    }

    fn additional(&mut self, additional: Additional) -> Option<&'static Rules> {
        match additional {
            Additional::Unstated => None,
            Additional::Any => Some(self.tables.anything),
            Additional::Forbidden => Some(self.tables.never),
            Additional::Schema(schema) => Some(self.one(schema)),
        }
    }

    fn lists(&mut self, schema: &Schema, list: &mut Vec<Rule>) {
        list.extend(schema.min_items.map(|limit| Rule::MinItems(size(limit))));
        list.extend(schema.max_items.map(|limit| Rule::MaxItems(size(limit))));
        list.extend(schema.unique_items.then_some(Rule::UniqueItems));
        if !schema.prefix_items.is_empty() {
            list.push(Rule::Prefix(self.several(&schema.prefix_items)));
        }
        if let Some(items) = schema.items {
            let from = schema.prefix_items.len();
            list.push(Rule::Items(from, self.one(items)));
        }
        if let Some(contains) = schema.contains {
            let least = size(schema.min_contains.unwrap_or(1));
            let most = schema.max_contains.map(size);
            list.push(Rule::Contains(self.one(contains), least, most));
        }
    }

    fn objects(&mut self, schema: &Schema, list: &mut Vec<Rule>) {
        let count = schema.min_properties;
        list.extend(count.map(|limit| Rule::MinProperties(size(limit))));
        let count = schema.max_properties;
        list.extend(count.map(|limit| Rule::MaxProperties(size(limit))));
        let required = required(self.document, schema, self.way);
        if !required.is_empty() {
            list.push(Rule::Required(names(&required)));
        }
        if !schema.properties.is_empty() {
            let properties = schema.properties.iter();
            let properties = properties.map(|(name, property)| (text(name), self.one(*property)));
            list.push(Rule::Properties(leaked(properties.collect())));
        }
        let patterns = schema.pattern_properties.iter();
        let patterns: Vec<(&'static dyn Search, &'static Rules)> = patterns
            .filter_map(|(pattern, values)| Some((search(pattern)?, self.one(*values))))
            .collect();
        let engines = patterns.iter().map(|(pattern, _)| *pattern).collect();
        if !patterns.is_empty() {
            list.push(Rule::Matching(leaked(patterns)));
        }
        if let Some(others) = self.additional(schema.additional) {
            let declared = schema.properties.iter().map(|(name, _)| name.clone());
            let declared: Vec<Arc<str>> = declared.collect();
            list.push(Rule::Others(names(&declared), leaked(engines), others));
        }
        list.extend(schema.property_names.map(|all| Rule::Names(self.one(all))));
        for (name, needed) in &schema.dependent_required {
            list.push(Rule::Needs(text(name), names(needed)));
        }
        for (name, dependent) in &schema.dependent_schemas {
            list.push(Rule::With(text(name), self.one(*dependent)));
        }
    }

    fn choices(&mut self, schema: &Schema, list: &mut Vec<Rule>) {
        let together = schema.reference.iter().chain(&schema.all_of);
        let together: Vec<SchemaId> = together.copied().collect();
        if !together.is_empty() {
            list.push(Rule::All(self.several(&together)));
        }
        if !schema.any_of.is_empty() {
            list.push(Rule::Any(self.several(&schema.any_of)));
        }
        if !schema.one_of.is_empty() {
            list.push(Rule::One(self.several(&schema.one_of)));
        }
        list.extend(schema.not.map(|not| Rule::Not(self.one(not))));
        if let Some(condition) = schema.condition {
            let mut branch = |branch: Option<SchemaId>| match branch {
                Some(branch) => self.one(branch),
                None => self.tables.anything,
            };
            let (then, otherwise) = (branch(schema.then), branch(schema.otherwise));
            list.push(Rule::If(self.one(condition), then, otherwise));
        }
        let rest = self.additional(schema.unevaluated);
        list.extend(rest.map(Rule::UnevaluatedProperties));
        let rest = self.additional(schema.unevaluated_items);
        list.extend(rest.map(Rule::UnevaluatedItems));
    }
}

/// The required properties of a schema in one direction.
pub(super) fn required(document: &Document, schema: &Schema, way: Way) -> Vec<Arc<str>> {
    let names = schema.required.iter();
    names
        .filter(|name| {
            let declared = declared(document, schema, name);
            !declared.is_some_and(|property| way.leaves_out(document, property))
        })
        .cloned()
        .collect()
}

/// The schema of a property, in a schema or in one that it is made of.
fn declared(document: &Document, schema: &Schema, name: &str) -> Option<SchemaId> {
    let own = |schema: &Schema| {
        let mut properties = schema.properties.iter();
        let found = properties.find(|(known, _)| **known == *name);
        found.map(|(_, property)| *property)
    };
    let target = |id: &SchemaId| own(&document[document[*id].reference.unwrap_or(*id)]);
    own(schema).or_else(|| schema.all_of.iter().find_map(target))
}

/// `type`, `enum`, `const`.
fn kinds(schema: &Schema, list: &mut Vec<Rule>) {
    let types = schema.types;
    let all = [
        (types.null, "null"),
        (types.boolean, "boolean"),
        (types.integer && !types.number, "integer"),
        (types.number, "number"),
        (types.string, "string"),
        (types.array, "array"),
        (types.object, "object"),
    ];
    let stated = all.into_iter().filter(|(there, _)| *there);
    let stated: Vec<&'static str> = stated.map(|(_, word)| word).collect();
    if !stated.is_empty() {
        list.push(Rule::Type(leaked(stated)));
    }
    let nullable = schema.nullable || types.null;
    let listed = |values: &[Value]| {
        let null = nullable.then_some(Json::Null);
        Rule::OneOf(leaked(values.iter().map(json).chain(null).collect()))
    };
    if !schema.extensible {
        list.extend(schema.values.as_deref().map(listed));
    }
    let constant = schema.constant.as_deref();
    list.extend(constant.map(|one| listed(std::slice::from_ref(one))));
}

/// Bounds, lengths, patterns and formats.
fn scalars(schema: &Schema, list: &mut Vec<Rule>) {
    let bound =
        |bound: &Option<Bound>, inclusive: fn(Json) -> Rule, exclusive: fn(Json) -> Rule| {
            let bound = bound.as_ref()?;
            let rule = if bound.exclusive {
                exclusive
            } else {
                inclusive
            };
            Some(rule(number(&bound.value)))
        };
    list.extend(bound(&schema.minimum, Rule::AtLeast, Rule::Above));
    list.extend(bound(&schema.maximum, Rule::AtMost, Rule::Below));
    if schema.types.integer && !schema.types.number {
        let (least, most) = integer_range(schema);
        list.push(Rule::AtLeast(Json::Int(least)));
        list.push(Rule::AtMost(Json::Int(most)));
    }
    let multiple = schema.multiple_of.as_ref();
    list.extend(multiple.map(|multiple| Rule::MultipleOf(number(multiple))));
    list.extend(schema.min_length.map(|limit| Rule::MinLength(size(limit))));
    list.extend(schema.max_length.map(|limit| Rule::MaxLength(size(limit))));
    let pattern = schema.pattern.as_deref().and_then(search);
    list.extend(pattern.map(Rule::Pattern));
    let format = Format(string_format(schema));
    if format.is_checked() {
        list.push(Rule::Pattern(Box::leak(Box::new(format))));
    }
}

/// A format, which is checked like a pattern: a rule of strings.
#[derive(Debug)]
struct Format(StringFormat);

/// Whether a text has a format.
pub(super) fn has_format(format: &StringFormat, text: &str) -> bool {
    Format(format.clone()).search(text, &mut 0) == Some(true)
}

impl Format {
    fn is_checked(&self) -> bool {
        !matches!(self.0, StringFormat::Plain | StringFormat::Other(_))
    }
}

impl Search for Format {
    fn search(&self, text: &str, _: &mut u64) -> Option<bool> {
        let mut validator = Validator::default();
        self.explain(text, &mut validator);
        Some(validator.finish().is_ok())
    }

    fn explain(&self, text: &str, v: &mut Validator) {
        match &self.0 {
            StringFormat::Plain | StringFormat::Other(_) => {}
            StringFormat::Uri => Uri::from(text).validate_at(v),
            StringFormat::DateTime => DateTime::from(text).validate_at(v),
            StringFormat::Date => Date::from(text).validate_at(v),
            StringFormat::Time => Time::from(text).validate_at(v),
            StringFormat::Duration => Duration::from(text).validate_at(v),
            StringFormat::Uuid => Uuid::from(text).validate_at(v),
            StringFormat::Base64 => Base64::from(text).validate_at(v),
            StringFormat::Decimal => Decimal::from(text).validate_at(v),
            StringFormat::Grammar(grammar) => match grammar {
                Grammar::Email => v.email(text),
                Grammar::IdnEmail => v.idn_email(text),
                Grammar::Hostname => v.hostname(text),
                Grammar::IdnHostname => v.idn_hostname(text),
                Grammar::Ip => v.ip(text),
                Grammar::Ipv4 => v.ipv4(text),
                Grammar::Ipv6 => v.ipv6(text),
                Grammar::UriReference => v.uri_reference(text),
                Grammar::Iri => v.iri(text),
                Grammar::IriReference => v.iri_reference(text),
                Grammar::UriTemplate => v.uri_template(text),
                Grammar::JsonPointer => v.json_pointer(text),
                Grammar::RelativeJsonPointer => v.relative_json_pointer(text),
                Grammar::LocalDateTime => v.local_date_time(text),
                Grammar::LocalTime => v.local_time(text),
                Grammar::Regex => v.regex(text),
            },
        }
    }
}

/// A pattern as generated code searches for it; `None` if it isn't valid.
fn search(pattern: &str) -> Option<&'static dyn Search> {
    let readable = regex::readable(pattern).ok()?;
    let translation = regex::translate(&readable);
    let source = text(&readable);
    let translated = translation
        .text
        .map_or(source, |translated| text(&translated));
    Some(if translation.backtracks {
        Box::leak(Box::new(Pattern::<Backtracking>::translated(
            source, translated,
        )))
    } else {
        Box::leak(Box::new(<Pattern>::translated(source, translated)))
    })
}

fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Number(one) => number(one),
        Value::String(one) => Json::Text(text(one)),
        Value::Array(items) => Json::List(leaked(items.iter().map(json).collect())),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| (text(name), json(value)));
            Json::Object(leaked(members.collect()))
        }
    }
}

fn number(number: &Number) -> Json {
    let whole = number.as_i64().map(i128::from);
    match whole.or_else(|| number.as_u64().map(i128::from)) {
        Some(whole) => Json::Int(whole),
        None => Json::Float(number.as_f64().unwrap_or(f64::NAN)),
    }
}

fn size(limit: u64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

fn rules(list: Vec<Rule>) -> &'static Rules {
    Box::leak(Box::new(Rules(leaked(list))))
}

fn leaked<T>(list: Vec<T>) -> &'static [T] {
    list.leak()
}

fn text(text: &str) -> &'static str {
    text.to_owned().leak()
}

fn names(names: &[Arc<str>]) -> &'static [&'static str] {
    leaked(names.iter().map(|name| text(name)).collect())
}

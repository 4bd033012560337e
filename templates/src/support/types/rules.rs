//! Keywords of JSON Schema that no type and no single check expresses: `if`, `not`, `contains`, `unevaluatedProperties` and the schemas
//! inside them, as tables. Needs `validate.rs`, `pattern.rs`.
//!
//! Each schema is one [`Rules`], which refers to others like the schema does. A value is converted to JSON once and checked as a whole; the
//! result of rules for a part of it is cached, so that the time is at most the size of the value times that of the tables.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::OnceLock;

use serde::Serialize;
use serde_json::{Number, Value};

use super::{Engine, Pattern, Validator, plain};

/// The rules of a schema, all of which have to hold.
#[derive(Debug)]
pub struct Rules(pub &'static [Rule]);

/// A keyword of JSON Schema with its value.
#[derive(Debug)]
pub enum Rule {
    /// `false`.
    Never,
    /// `type`.
    Type(&'static [&'static str]),
    /// `enum`, `const`.
    OneOf(&'static [Json]),
    /// `minimum`.
    AtLeast(Json),
    /// `maximum`.
    AtMost(Json),
    /// `exclusiveMinimum`.
    Above(Json),
    /// `exclusiveMaximum`.
    Below(Json),
    /// `multipleOf`.
    MultipleOf(Json),
    /// `minLength`.
    MinLength(usize),
    /// `maxLength`.
    MaxLength(usize),
    /// `pattern`.
    Pattern(&'static dyn Search),
    /// `minItems`.
    MinItems(usize),
    /// `maxItems`.
    MaxItems(usize),
    /// `uniqueItems`.
    UniqueItems,
    /// `prefixItems`.
    Prefix(&'static [&'static Rules]),
    /// `items`: the items from this index on.
    Items(usize, &'static Rules),
    /// `contains`, `minContains`, `maxContains`.
    Contains(&'static Rules, usize, Option<usize>),
    /// `minProperties`.
    MinProperties(usize),
    /// `maxProperties`.
    MaxProperties(usize),
    /// `required`.
    Required(&'static [&'static str]),
    /// `properties`.
    Properties(&'static [(&'static str, &'static Rules)]),
    /// `patternProperties`.
    Matching(&'static [(&'static dyn Search, &'static Rules)]),
    /// `additionalProperties`: properties without one of these names that match none of these patterns.
    Others(
        &'static [&'static str],
        &'static [&'static dyn Search],
        &'static Rules,
    ),
    /// `propertyNames`.
    Names(&'static Rules),
    /// `dependentRequired`: this property requires all of these.
    Needs(&'static str, &'static [&'static str]),
    /// `dependentSchemas`: this property requires these rules.
    With(&'static str, &'static Rules),
    /// `allOf`, `$ref`.
    All(&'static [&'static Rules]),
    /// `anyOf`.
    Any(&'static [&'static Rules]),
    /// `oneOf`.
    One(&'static [&'static Rules]),
    /// `not`.
    Not(&'static Rules),
    /// `if`, `then`, `else`.
    If(&'static Rules, &'static Rules, &'static Rules),
    /// `unevaluatedProperties`: properties that no other rule of the schema applies to.
    UnevaluatedProperties(&'static Rules),
    /// `unevaluatedItems`.
    UnevaluatedItems(&'static Rules),
    /// Rules that refer to these, in tables that aren't `static`s but built at run time, one after the other.
    Later(&'static OnceLock<Rules>),
}

/// A [`Pattern`] with any engine.
pub trait Search: fmt::Debug + Sync {
    /// Whether the pattern matches anywhere in a text; `None` if that would take too long, given the steps `taken` before.
    fn search(&self, text: &str, taken: &mut u64) -> Option<bool>;

    /// Adds a violation if the pattern doesn't match.
    fn explain(&self, text: &str, v: &mut Validator);
}

impl<E: Engine + fmt::Debug + Send + Sync> Search for Pattern<E> {
    fn search(&self, text: &str, taken: &mut u64) -> Option<bool> {
        self.search_counting(text, taken)
    }

    fn explain(&self, text: &str, v: &mut Validator) {
        v.pattern(text, self);
    }
}

/// A JSON value in a table.
#[derive(Debug)]
pub enum Json {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// An integer.
    Int(i128),
    /// A number.
    Float(f64),
    /// A string.
    Text(&'static str),
    /// An array.
    List(&'static [Json]),
    /// An object.
    Object(&'static [(&'static str, Json)]),
}

impl Json {
    /// Whether a value is equal to this one; 1 equals 1.0.
    fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Null, Value::Null) => true,
            (Self::Bool(own), Value::Bool(other)) => own == other,
            (Self::Int(_) | Self::Float(_), Value::Number(other)) => {
                self.compare(other) == Some(Ordering::Equal)
            }
            (Self::Text(own), Value::String(other)) => own == other,
            (Self::List(own), Value::Array(other)) => {
                own.len() == other.len() && own.iter().zip(other).all(|(own, other)| own.is(other))
            }
            (Self::Object(own), Value::Object(other)) => {
                let is_there = |(name, own): &(&str, Self)| {
                    other.get(*name).is_some_and(|other| own.is(other))
                };
                own.len() == other.len() && own.iter().all(is_there)
            }
            _ => false,
        }
    }

    /// Compares a number with this one; exactly if both are integers.
    fn compare(&self, number: &Number) -> Option<Ordering> {
        let whole = whole(number);
        match (self, whole) {
            (Self::Int(own), Some(number)) => Some(number.cmp(own)),
            _ => number.as_f64()?.partial_cmp(&self.float()),
        }
    }

    #[allow(clippy::cast_precision_loss)] // only where the other number isn't whole
    fn float(&self) -> f64 {
        match self {
            Self::Int(own) => *own as f64,
            Self::Float(own) => *own,
            _ => f64::NAN,
        }
    }

    /// The number as text, for messages.
    fn words(&self) -> String {
        match self {
            Self::Int(own) => own.to_string(),
            other => other.float().to_string(),
        }
    }

    /// Whether a number is a multiple of this one.
    fn divides(&self, number: &Number) -> bool {
        let mut checked = Validator::default();
        let whole = whole(number);
        match (self, whole) {
            (Self::Int(own), Some(number)) => checked.multiple_of(number, *own),
            _ => checked.multiple_of_f64(number.as_f64().unwrap_or_default(), self.float()),
        }
        checked.finish().is_ok()
    }
}

/// The value of a number that is written without a fraction.
fn whole(number: &Number) -> Option<i128> {
    let signed = number.as_i64().map(i128::from);
    signed.or_else(|| number.as_u64().map(i128::from))
}

impl Validator {
    /// Checks a value against rules.
    pub fn rules<T: Serialize>(&mut self, value: &T, rules: &'static Rules) {
        self.with_json(value, |v, value| {
            let mut reader = Reader {
                steps_taken: v.steps_taken,
                ..Reader::default()
            };
            if !reader.holds(rules, value) {
                reader.explain(rules, value, v);
            }
            v.steps_taken = v.steps_taken.max(reader.steps_taken);
        });
    }

    /// Adds a violation, unless it was added before.
    fn once(&mut self, message: impl Into<String>) {
        let message = message.into();
        if !self.has_noted(&message) {
            self.violation(message);
        }
    }
}

/// Nesting limit of schemas that apply to the same value; deeper ones aren't checked.
const DEEPEST: usize = 1_000;

/// Results for a value.
#[derive(Default)]
struct Reader {
    /// Whether a part of the value satisfies rules.
    known: HashMap<Key, bool>,
    /// Parts whose violations of rules have been reported.
    explained: HashSet<Key>,
    depth: usize,
    /// Steps taken by searching for patterns.
    steps_taken: u64,
}

/// The addresses of rules and of a part of the value.
type Key = (usize, usize);

fn key(rules: &'static Rules, value: &Value) -> Key {
    (
        std::ptr::from_ref(rules).addr(),
        std::ptr::from_ref(value).addr(),
    )
}

impl Reader {
    /// Whether a value satisfies rules.
    fn holds(&mut self, rules: &'static Rules, value: &Value) -> bool {
        let key = key(rules, value);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        if self.depth >= DEEPEST {
            return true;
        }
        // A schema that applies itself to the same value adds nothing.
        self.known.insert(key, true);
        self.depth += 1;
        let holds = rules
            .0
            .iter()
            .all(|rule| self.rule_holds(rules, rule, value));
        self.depth -= 1;
        self.known.insert(key, holds);
        holds
    }

    /// Whether a value satisfies one of `rules`. A rule for another kind of value is satisfied.
    fn rule_holds(&mut self, rules: &'static Rules, rule: &'static Rule, value: &Value) -> bool {
        match (rule, value) {
            (Rule::Never, _) => false,
            (Rule::Type(kinds), _) => kinds.iter().any(|kind| is_kind(kind, value)),
            (Rule::OneOf(listed), _) => listed.iter().any(|one| one.is(value)),
            (Rule::AtLeast(limit), Value::Number(number)) => {
                limit.compare(number).is_none_or(Ordering::is_ge)
            }
            (Rule::AtMost(limit), Value::Number(number)) => {
                limit.compare(number).is_none_or(Ordering::is_le)
            }
            (Rule::Above(limit), Value::Number(number)) => {
                limit.compare(number).is_none_or(Ordering::is_gt)
            }
            (Rule::Below(limit), Value::Number(number)) => {
                limit.compare(number).is_none_or(Ordering::is_lt)
            }
            (Rule::MultipleOf(divisor), Value::Number(number)) => divisor.divides(number),
            (Rule::MinLength(limit), Value::String(text)) => {
                text.chars().take(*limit).count() == *limit
            }
            (Rule::MaxLength(limit), Value::String(text)) => text.chars().nth(*limit).is_none(),
            (Rule::Pattern(pattern), Value::String(text)) => self.finds(*pattern, text),
            (_, Value::Array(items)) => self.list_holds(rules, rule, value, items),
            (_, Value::Object(members)) => self.object_holds(rules, rule, value, members),
            _ => self.whole_holds(rule, value),
        }
    }

    fn list_holds(
        &mut self,
        rules: &'static Rules,
        rule: &'static Rule,
        value: &Value,
        items: &[Value],
    ) -> bool {
        match rule {
            Rule::MinItems(limit) => items.len() >= *limit,
            Rule::MaxItems(limit) => items.len() <= *limit,
            Rule::UniqueItems => {
                let mut seen = HashSet::new();
                items.iter().all(|item| seen.insert(plain(item.clone())))
            }
            Rule::Contains(rules, min, max) => {
                let count = items.iter().filter(|item| self.holds(rules, item)).count();
                count >= *min && max.is_none_or(|max| count <= max)
            }
            Rule::Prefix(_) | Rule::Items(..) | Rule::UnevaluatedItems(_) => self
                .within(rules, rule, value)
                .into_iter()
                .all(|(_, inner, value)| self.holds(inner, value)),
            _ => self.whole_holds(rule, value),
        }
    }

    fn object_holds(
        &mut self,
        rules: &'static Rules,
        rule: &'static Rule,
        value: &Value,
        members: &serde_json::Map<String, Value>,
    ) -> bool {
        match rule {
            Rule::MinProperties(limit) => members.len() >= *limit,
            Rule::MaxProperties(limit) => members.len() <= *limit,
            Rule::Required(names) => names.iter().all(|name| members.contains_key(*name)),
            Rule::Needs(name, names) => {
                !members.contains_key(*name) || names.iter().all(|name| members.contains_key(*name))
            }
            Rule::With(name, inner) => !members.contains_key(*name) || self.holds(inner, value),
            Rule::Names(inner) => members.keys().all(|name| self.takes_name(inner, name)),
            Rule::Properties(_)
            | Rule::Matching(_)
            | Rule::Others(..)
            | Rule::UnevaluatedProperties(_) => self
                .within(rules, rule, value)
                .into_iter()
                .all(|(_, inner, value)| self.holds(inner, value)),
            _ => self.whole_holds(rule, value),
        }
    }

    /// Whether a value satisfies a rule for any kind of value.
    fn whole_holds(&mut self, rule: &'static Rule, value: &Value) -> bool {
        match rule {
            Rule::All(all) => all.iter().all(|rules| self.holds(rules, value)),
            Rule::Any(any) => any.iter().any(|rules| self.holds(rules, value)),
            Rule::One(one) => {
                let holding = one.iter().filter(|rules| self.holds(rules, value));
                match holding.count() {
                    0 => false,
                    1 => true,
                    _ => Validator::accepts_overlaps(),
                }
            }
            Rule::Not(rules) => !self.holds(rules, value),
            Rule::Later(rules) => rules.get().is_none_or(|rules| self.holds(rules, value)),
            Rule::If(condition, then, otherwise) => {
                let chosen = if self.holds(condition, value) {
                    then
                } else {
                    otherwise
                };
                self.holds(chosen, value)
            }
            _ => true,
        }
    }

    /// Whether a name satisfies rules. Not cached, as the name has no stable address.
    fn takes_name(&mut self, rules: &'static Rules, name: &str) -> bool {
        let mut reader = Self {
            depth: self.depth,
            steps_taken: self.steps_taken,
            ..Self::default()
        };
        let holds = reader.holds(rules, &Value::from(name));
        self.steps_taken = reader.steps_taken;
        holds
    }

    /// Whether a pattern matches a text; false if that would take too long.
    fn finds(&mut self, pattern: &dyn Search, text: &str) -> bool {
        pattern.search(text, &mut self.steps_taken) == Some(true)
    }

    /// The parts of the value that a rule applies to: the name or index of each, and the rules for it.
    fn within<'v>(
        &mut self,
        rules: &'static Rules,
        rule: &'static Rule,
        value: &'v Value,
    ) -> Vec<(Place<'v>, &'static Rules, &'v Value)> {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        let items = items.iter().enumerate();
        let members = value.as_object().into_iter().flatten();
        let named =
            |(name, value): (&'v String, &'v Value), inner| (Place::Name(name), inner, value);
        match rule {
            Rule::Prefix(prefix) => items
                .zip(*prefix)
                .map(|((index, item), inner)| (Place::Index(index), *inner, item))
                .collect(),
            Rule::Items(from, inner) => items
                .skip(*from)
                .map(|(index, item)| (Place::Index(index), *inner, item))
                .collect(),
            Rule::Properties(properties) => {
                let property = |name: &str| properties.iter().find(|(known, _)| *known == name);
                members
                    .filter_map(|(name, value)| Some(named((name, value), property(name)?.1)))
                    .collect()
            }
            Rule::Matching(patterns) => {
                let mut found = Vec::new();
                for member in members {
                    for (pattern, inner) in *patterns {
                        if self.finds(*pattern, member.0) {
                            found.push(named(member, *inner));
                        }
                    }
                }
                found
            }
            Rule::Others(names, patterns, inner) => members
                .filter(|(name, _)| {
                    let mut patterns = patterns.iter();
                    !names.contains(&name.as_str())
                        && !patterns.any(|pattern| self.finds(*pattern, name))
                })
                .map(|member| named(member, *inner))
                .collect(),
            Rule::UnevaluatedProperties(inner) => {
                let seen = self.seen(rules, rule, value);
                members
                    .filter(|(name, _)| !seen.all_names && !seen.names.contains(name.as_str()))
                    .map(|member| named(member, *inner))
                    .collect()
            }
            Rule::UnevaluatedItems(inner) => {
                let seen = self.seen(rules, rule, value);
                items
                    .filter(|(index, _)| *index >= seen.first && !seen.items.contains(index))
                    .map(|(index, item)| (Place::Index(index), *inner, item))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The parts of the value that the rules other than `rule` apply to.
    fn seen<'v>(
        &mut self,
        rules: &'static Rules,
        rule: &'static Rule,
        value: &'v Value,
    ) -> Seen<'v> {
        let mut seen = Seen::default();
        let beside = rules.0.iter().filter(|other| !std::ptr::eq(*other, rule));
        beside.for_each(|other| self.look(rules, other, value, &mut seen));
        seen
    }

    /// Adds the parts of the value that rules apply to, if it satisfies them.
    fn look_at<'v>(&mut self, rules: &'static Rules, value: &'v Value, seen: &mut Seen<'v>) {
        let new = seen.rules.insert(std::ptr::from_ref(rules).addr());
        if new && self.holds(rules, value) {
            for rule in rules.0 {
                self.look(rules, rule, value, seen);
            }
        }
    }

    fn look<'v>(
        &mut self,
        rules: &'static Rules,
        rule: &'static Rule,
        value: &'v Value,
        seen: &mut Seen<'v>,
    ) {
        match rule {
            Rule::Properties(_) | Rule::Matching(_) | Rule::Others(..) => {
                for (place, ..) in self.within(rules, rule, value) {
                    seen.add(&place);
                }
            }
            Rule::UnevaluatedProperties(_) => seen.all_names = true,
            Rule::Prefix(prefix) => seen.first = seen.first.max(prefix.len()),
            Rule::Items(..) | Rule::UnevaluatedItems(_) => seen.first = usize::MAX,
            Rule::Contains(inner, ..) => {
                let items = value.as_array().into_iter().flatten().enumerate();
                let found = items.filter(|(_, item)| self.holds(inner, item));
                seen.items.extend(found.map(|(index, _)| index));
            }
            Rule::With(name, inner) if value.get(*name).is_some() => {
                self.look_at(inner, value, seen);
            }
            Rule::All(all) | Rule::Any(all) | Rule::One(all) => {
                all.iter()
                    .for_each(|rules| self.look_at(rules, value, seen));
            }
            Rule::Later(rules) => {
                if let Some(rules) = rules.get() {
                    self.look_at(rules, value, seen);
                }
            }
            Rule::If(condition, then, otherwise) => {
                let chosen = if self.holds(condition, value) {
                    self.look_at(condition, value, seen);
                    then
                } else {
                    otherwise
                };
                self.look_at(chosen, value, seen);
            }
            _ => {}
        }
    }

    /// Adds the violations of rules that a value doesn't satisfy, each with its pointer.
    fn explain(&mut self, rules: &'static Rules, value: &Value, v: &mut Validator) {
        if self.depth >= DEEPEST || !self.explained.insert(key(rules, value)) {
            return;
        }
        self.depth += 1;
        for rule in rules.0 {
            if !self.rule_holds(rules, rule, value) {
                self.explain_rule(rules, rule, value, v);
            }
        }
        self.depth -= 1;
    }

    fn explain_rule(
        &mut self,
        rules: &'static Rules,
        rule: &'static Rule,
        value: &Value,
        v: &mut Validator,
    ) {
        match rule {
            Rule::All(all) => {
                for rules in *all {
                    self.explain(rules, value, v);
                }
            }
            Rule::If(condition, then, otherwise) => {
                let chosen = if self.holds(condition, value) {
                    then
                } else {
                    otherwise
                };
                self.explain(chosen, value, v);
            }
            Rule::With(_, inner) => self.explain(inner, value, v),
            Rule::Later(rules) => {
                if let Some(rules) = rules.get() {
                    self.explain(rules, value, v);
                }
            }
            Rule::Names(inner) => {
                for name in value
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(name, _)| name)
                {
                    if !self.takes_name(inner, name) {
                        v.field(name, |v| v.once("must have another name"));
                    }
                }
            }
            _ => {
                let parts = self.within(rules, rule, value);
                if parts.is_empty() {
                    explain_plainly(rule, value, v);
                }
                for (place, inner, value) in parts {
                    if !self.holds(inner, value) {
                        place.enter(v);
                        self.explain(inner, value, v);
                        v.leave();
                    }
                }
            }
        }
    }
}

/// Adds the violation of a rule for the value itself.
fn explain_plainly(rule: &Rule, value: &Value, v: &mut Validator) {
    let missing = |names: &[&str]| {
        let missing = names.iter().filter(|name| value.get(**name).is_none());
        missing
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" and ")
    };
    let counted = |number: usize, one: &str, many: &str| {
        format!("{number} {}", if number == 1 { one } else { many })
    };
    let message = match rule {
        Rule::Never => "is not allowed".to_owned(),
        Rule::Type(kinds) => format!("must be {}", kinds.join(" or ")),
        Rule::OneOf(_) => "is not one of the listed values".to_owned(),
        Rule::AtLeast(limit) => format!("must be at least {}", limit.words()),
        Rule::AtMost(limit) => format!("must be at most {}", limit.words()),
        Rule::Above(limit) => format!("must be greater than {}", limit.words()),
        Rule::Below(limit) => format!("must be less than {}", limit.words()),
        Rule::MultipleOf(divisor) => format!("must be a multiple of {}", divisor.words()),
        Rule::MinLength(limit) => {
            format!(
                "must be at least {} long",
                counted(*limit, "character", "characters")
            )
        }
        Rule::MaxLength(limit) => {
            format!(
                "must be at most {} long",
                counted(*limit, "character", "characters")
            )
        }
        Rule::Pattern(pattern) => {
            return pattern.explain(value.as_str().unwrap_or_default(), v);
        }
        Rule::MinItems(limit) => {
            format!("must have at least {}", counted(*limit, "item", "items"))
        }
        Rule::MaxItems(limit) => format!("must have at most {}", counted(*limit, "item", "items")),
        Rule::UniqueItems => "must not have the same item twice".to_owned(),
        Rule::Contains(_, min, None) => {
            format!(
                "must have at least {} as `contains` says",
                counted(*min, "item", "items")
            )
        }
        Rule::Contains(_, min, Some(max)) => {
            format!(
                "must have {min} to {} as `contains` says",
                counted(*max, "item", "items")
            )
        }
        Rule::MinProperties(limit) => {
            format!(
                "must have at least {}",
                counted(*limit, "property", "properties")
            )
        }
        Rule::MaxProperties(limit) => {
            format!(
                "must have at most {}",
                counted(*limit, "property", "properties")
            )
        }
        Rule::Required(names) => format!("must have {}", missing(names)),
        Rule::Needs(name, names) => format!("must not have {name} without {}", missing(names)),
        Rule::Any(any) => format!("must be as one of {} alternatives says", any.len()),
        Rule::One(one) => format!("must be as exactly one of {} alternatives says", one.len()),
        Rule::Not(_) => "must not be as `not` says".to_owned(),
        _ => "must be as the description says".to_owned(),
    };
    v.once(message);
}

/// The name or index of a part of a value.
enum Place<'v> {
    Name(&'v str),
    Index(usize),
}

impl Place<'_> {
    fn enter(&self, v: &mut Validator) {
        match self {
            Self::Name(name) => v.enter(name),
            Self::Index(index) => v.enter_index(*index),
        }
    }
}

/// The parts of a value that rules apply to.
#[derive(Default)]
struct Seen<'v> {
    names: HashSet<&'v str>,
    all_names: bool,
    /// All items before this index.
    first: usize,
    items: HashSet<usize>,
    /// Rules that have been visited.
    rules: HashSet<usize>,
}

impl<'v> Seen<'v> {
    fn add(&mut self, place: &Place<'v>) {
        if let Place::Name(name) = place {
            self.names.insert(name);
        }
    }
}

/// Whether a value has a JSON Schema type; integers may be written as 1.0.
fn is_kind(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => {
            value.is_i64()
                || value.is_u64()
                || value.as_f64().is_some_and(|float| float.fract() == 0.0)
        }
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        _ => value.is_object(),
    }
}

//! Turns keywords that no shape expresses into rules, which are checked on the whole value.
//!
//! In: schemas, and their shapes. Out: for each type whose shape loses keywords, rules for these with everything nested in them; and which
//! objects have to keep undeclared properties because rules look at them.

use super::Lower;
use super::formats::{is_integer, string_format};
use super::kind::{has_choice, is_conditional, is_silent, kind_of};
use crate::diag::{Code, Place, Same};
use crate::document::{Additional, Bound, More, Schema, SchemaId, Types};
use crate::ir::{
    Closedness, Groups, Object, Rule, RuleId, Rules, Shape, StringFormat, TypeId, UnionKind,
    words_of_pointer,
};
use crate::regex::{may_match, readable};
use serde_json::{Number, Value};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The rules so far.
#[derive(Default)]
pub(super) struct Known {
    pub(super) rules: Vec<Rules>,
    /// The rules for everything in a schema.
    of_schema: HashMap<SchemaId, RuleId>,
    /// Rules with an id that aren't filled in yet.
    open: Vec<(RuleId, SchemaId)>,
    /// The rules that accept and reject everything, once needed.
    anything: Option<RuleId>,
    never: Option<RuleId>,
    /// Types whose schema contradicts itself: the rest of its keywords would reject everything.
    contradictory: HashSet<TypeId>,
    /// Types whose choice between constraints is lost.
    lost_choices: HashSet<TypeId>,
}

impl Lower<'_> {
    /// Records that the schema of a type contradicts itself, so that it is read as any value.
    pub(super) fn note_contradiction(&mut self, ty: TypeId) {
        self.known.contradictory.insert(ty);
    }

    /// Records that the shape of a type has lost the choice of its schema.
    pub(super) fn note_lost_choice(&mut self, ty: TypeId) {
        self.known.lost_choices.insert(ty);
    }

    /// The schema to make a shape of, if some of its keywords would mislead: keywords about the whole value don't apply to each of its
    /// types, and properties that a condition allows can't be forbidden by a type.
    pub(super) fn without_misleading(&self, schema: &Schema) -> Option<Schema> {
        if schema.more.as_ref().is_none_or(|more| more.rare.is_none()) {
            return None;
        }
        let chooses = has_choice(schema) || kind_of(schema).is_none();
        let misleads = schema.unevaluated != Additional::Unstated && is_conditional(schema);
        if !chooses && !misleads {
            return None;
        }
        let mut typed = schema.clone();
        if chooses {
            typed.condition = None;
            typed.contains = None;
            typed.dependent_schemas.clear();
            typed.unevaluated_items = Additional::Unstated;
            typed.unevaluated = Additional::Unstated;
            if self.loses_not(schema) {
                typed.not = None;
            }
            typed.tidy();
        } else {
            typed.unevaluated = Additional::Any;
        }
        (typed != *schema).then_some(typed)
    }

    /// Adds rules for what the shape of a type doesn't express.
    pub(super) fn note_rules(&mut self, schema: SchemaId, ty: TypeId, shape: &Shape) {
        let own = self.schema(schema);
        let is_plain = |more: &More| {
            more.rare.is_none()
                && more.all_of.is_empty()
                && (more.one_of.is_empty() || more.any_of.is_empty())
        };
        let is_plain = own.more.as_deref().is_none_or(is_plain)
            && own.reference.is_none()
            && (!matches!(shape, Shape::Any) || is_silent(&own));
        let is_plain = is_plain && (own.one_of.is_empty() || !is_uncounted(shape));
        let lost_choice = self.known.lost_choices.remove(&ty);
        let contradictory = self.known.contradictory.remove(&ty);
        if (is_plain && !lost_choice) || contradictory || self.forwards_to(schema).is_some() {
            return;
        }
        let name = self.rules_name(schema, ty);
        let list = if matches!(shape, Shape::Any) {
            let whole = self.rules_of(schema, &name);
            self.fill_rules();
            let list = self.known.rules[whole.index()].list.clone();
            self.report_any_value(&own, &list);
            list
        } else {
            self.lost_rules(schema, shape, &name, lost_choice)
        };
        if list.is_empty() {
            return;
        }
        let place = format!("{}#type", place_of(&own));
        let id = self.push_rules(name, place);
        self.known.rules[id.index()].of = Some(ty);
        self.known.rules[id.index()].list = list;
        self.types[ty.index()].rules = Some(id);
        self.fill_rules();
    }

    fn rules_name(&self, schema: SchemaId, ty: TypeId) -> String {
        let schema = self.schema(schema);
        let own = schema.name.as_deref().or(schema.hint.as_deref());
        own.map_or_else(|| self.type_words(ty), str::to_owned)
    }

    /// A name for the rules of a type: that of the schema around it, and the path from there.
    fn type_words(&self, ty: TypeId) -> String {
        let origin = &self.types[ty.index()].origin;
        words_of_pointer(&origin.pointer.to_string())
    }

    fn lost_rules(
        &mut self,
        schema: SchemaId,
        shape: &Shape,
        name: &str,
        lost_choice: bool,
    ) -> Vec<Rule> {
        let parts = self.parts(schema);
        let choices = parts.iter().map(|part| self.schema(*part));
        let choices = choices.filter(|part| has_choice(part)).count();
        let conditional = parts.iter().any(|part| is_conditional(&self.schema(*part)));
        let prefixed = parts
            .iter()
            .any(|part| !self.schema(*part).prefix_items.is_empty());
        let mut list = Vec::new();
        for part in &parts {
            let held = self.schema(*part);
            let place = Part {
                id: *part,
                schema: &held,
                shape,
                role: match parts.len() {
                    1 => Role::Alone,
                    _ if *part == schema => Role::Whole,
                    _ => Role::Piece,
                },
                conditional,
                prefixed,
            };
            self.lost_of_any(&place, name, &mut list);
            lost_of_scalars(&place, &mut list);
            self.lost_of_lists(&place, name, &mut list);
            self.lost_of_objects(&place, name, &mut list);
            if lost_choice {
                self.choices(&held, name, &mut list);
            } else if !held.one_of.is_empty() {
                let several = choices > 1 || !held.any_of.is_empty();
                if several || self.counts_by_rules_only(&held, shape) {
                    let one = self.one_of_several(&held.one_of, name);
                    list.push(one);
                }
            }
        }
        list
    }

    /// Whether only rules can tell that several alternatives of a `oneOf` match.
    fn counts_by_rules_only(&mut self, choice: &Schema, shape: &Shape) -> bool {
        is_uncounted(shape) && self.counts_by_rules(choice) && !self.has_format(&choice.one_of)
    }

    /// Adds rules for keywords of values of any kind.
    fn lost_of_any(&mut self, part: &Part<'_>, name: &str, list: &mut Vec<Rule>) {
        let schema = part.schema;
        if schema.boolean == Some(false) {
            list.push(Rule::Never);
        }
        let checked_not = self.is_checked_not(part);
        if !checked_not && let Some(not) = schema.not {
            list.push(Rule::Not(self.one(not, name, "not")));
        }
        self.conditions(schema, name, list);
        if schema.unevaluated_items != Additional::Unstated {
            list.push(Rule::All(vec![self.one_whole(part.id, name)]));
        }
        if let (Some(constant), Some(_)) = (&schema.constant, &schema.values) {
            list.push(Rule::OneOf(vec![(**constant).clone()]));
        }
    }

    /// Whether the shape of a type expresses `not`.
    fn is_checked_not(&self, part: &Part<'_>) -> bool {
        let Some(not) = part.schema.not else {
            return true;
        };
        match part.shape {
            // A type other than a union excludes null anyway.
            shape if !matches!(shape, Shape::Union(_)) && self.is_null(not) => true,
            Shape::Object(object) => {
                let group = self.only_requires(not).map(Groups::Not);
                group.is_some_and(|group| object.groups.contains(&group))
            }
            Shape::Union(_) => part.role == Role::Alone && !self.loses_not(part.schema),
            _ => false,
        }
    }

    fn lost_of_lists(&mut self, part: &Part<'_>, name: &str, list: &mut Vec<Rule>) {
        let schema = part.schema;
        if schema.unique_items && matches!(part.shape, Shape::Tuple(_)) {
            list.push(Rule::UniqueItems);
        }
        // The variants of a union have these from the siblings of the choice.
        let elsewhere =
            matches!(part.shape, Shape::Union(_) | Shape::Tuple(_)) && part.role == Role::Alone;
        let beside_prefix = schema.items.is_some() && part.prefixed;
        if (!schema.prefix_items.is_empty() || beside_prefix) && !elsewhere {
            self.items(schema, name, list);
        }
    }

    fn lost_of_objects(&mut self, part: &Part<'_>, name: &str, list: &mut Vec<Rule>) {
        let schema = part.schema;
        let within_variants = matches!(part.shape, Shape::Union(_)) && part.role == Role::Alone;
        if !within_variants && !matches!(part.shape, Shape::Object(_)) {
            list.extend(needs(schema));
        }
        if let Some(names) = schema.property_names
            && !within_variants
            && !(part.declared().is_empty() && self.is_name_pattern(names))
        {
            list.push(Rule::Names(self.one(names, name, "names")));
        }
        let typed_patterns = schema.pattern_properties.len() == 1
            && part.role == Role::Alone
            && part.declared().is_empty()
            && (schema.additional == Additional::Forbidden
                || (schema.additional, schema.unevaluated)
                    == (Additional::Unstated, Additional::Forbidden));
        let has_patterns =
            !schema.pattern_properties.is_empty() && !typed_patterns && !within_variants;
        if has_patterns {
            list.extend(self.matching(schema, name));
        }
        let others = match schema.additional {
            Additional::Forbidden => !part.is_closed_by_shape(),
            Additional::Schema(_) => has_patterns || part.has_others(),
            Additional::Unstated | Additional::Any => false,
        };
        if others && !within_variants {
            if schema.additional == Additional::Forbidden {
                self.report_closed_part(part);
            }
            list.extend(self.others(schema, name));
        }
        if schema.unevaluated != Additional::Unstated && schema.additional == Additional::Unstated {
            let looks = part.conditional || matches!(part.shape, Shape::Union(_));
            let beside_patterns =
                has_patterns && matches!(schema.unevaluated, Additional::Schema(_));
            if looks || beside_patterns || (part.role == Role::Piece && part.has_others()) {
                list.push(Rule::All(vec![self.one_whole(part.id, name)]));
            }
        }
    }

    /// Reports a part of an `allOf` that forbids properties of the other parts.
    fn report_closed_part(&mut self, part: &Part<'_>) {
        let own: HashSet<&Arc<str>> = part
            .schema
            .properties
            .iter()
            .map(|(name, _)| name)
            .collect();
        let outside = part.declared().iter().map(|property| &property.name);
        let outside = outside.filter(|name| {
            let patterns = &part.schema.pattern_properties;
            !own.contains(name) && !patterns.iter().any(|(pattern, _)| may_match(pattern, name))
        });
        let outside: Vec<String> = outside.take(3).map(|name| format!("`{name}`")).collect();
        if !outside.is_empty() {
            let code = Code::ClosedPart {
                properties: outside.join(", "),
            };
            let place = Place::value(&part.schema.origin);
            self.diagnostics.push_once(Same::Place, code, place);
        }
    }

    /// Whether `propertyNames` only has a pattern.
    fn is_name_pattern(&self, names: SchemaId) -> bool {
        if self.parts(names).len() > 1 {
            return false;
        }
        let mut rest = (*self.schema(names)).clone();
        let listed = rest.values.take().is_some();
        let limited = rest.pattern.take().is_some()
            | rest.min_length.take().is_some()
            | rest.max_length.take().is_some();
        if rest.types.string {
            rest.types = Types::default();
        }
        is_silent(&rest) && !(listed && limited)
    }

    /// Rules for everything in a schema.
    fn one_whole(&mut self, schema: SchemaId, name: &str) -> RuleId {
        self.one(schema, name, "all")
    }

    /// The rules for a schema nested in another one.
    fn one(&mut self, schema: SchemaId, name: &str, keyword: &str) -> RuleId {
        let held = self.schema(schema);
        match held.name.as_deref().or(held.hint.as_deref()) {
            Some(own) => self.rules_of(schema, &format!("{own} schema")),
            None => self.rules_of(schema, &format!("{name} {keyword}")),
        }
    }

    fn several(&mut self, schemas: &[SchemaId], name: &str, keyword: &str) -> Vec<RuleId> {
        let numbered = schemas.iter().enumerate();
        numbered
            .map(|(index, schema)| self.one(*schema, name, &format!("{keyword} {}", index + 1)))
            .collect()
    }

    fn push_rules(&mut self, name: String, place: String) -> RuleId {
        let index = self.known.rules.len();
        self.known.rules.push(Rules {
            name,
            place,
            of: None,
            list: Vec::new(),
        });
        RuleId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    fn anything(&mut self) -> RuleId {
        let known = self.known.anything;
        let id = known.unwrap_or_else(|| self.push_rules("Anything".to_owned(), String::new()));
        self.known.anything = Some(id);
        id
    }

    fn never(&mut self) -> RuleId {
        let known = self.known.never;
        let id = known.unwrap_or_else(|| {
            let id = self.push_rules("Nothing".to_owned(), String::new());
            self.known.rules[id.index()].list = vec![Rule::Never];
            id
        });
        self.known.never = Some(id);
        id
    }

    fn rules_of(&mut self, schema: SchemaId, name: &str) -> RuleId {
        let held = self.schema(schema);
        if is_silent(&held) {
            return match held.boolean {
                Some(false) => self.never(),
                _ => self.anything(),
            };
        }
        if held.boolean == Some(false) {
            return self.never();
        }
        if let Some(known) = self.known.of_schema.get(&schema) {
            return *known;
        }
        let id = self.push_rules(name.to_owned(), place_of(&held));
        self.known.of_schema.insert(schema, id);
        self.known.open.push((id, schema));
        id
    }

    /// Fills in open rules. A list instead of recursion, as schemas nest without limit.
    fn fill_rules(&mut self) {
        while let Some((id, schema)) = self.known.open.pop() {
            let name = self.known.rules[id.index()].name.clone();
            let list = self.all_rules(&self.schema(schema), &name);
            self.known.rules[id.index()].list = list;
        }
    }

    /// Rules for all keywords of a schema.
    fn all_rules(&mut self, schema: &Schema, name: &str) -> Vec<Rule> {
        let mut list = Vec::new();
        if schema.boolean == Some(false) {
            list.push(Rule::Never);
        }
        list.extend(kinds(schema.types).map(Rule::Type));
        let nullable = schema.nullable || schema.types.null;
        let listed = |values: &[Value]| {
            let null = nullable.then_some(Value::Null);
            Rule::OneOf(values.iter().cloned().chain(null).collect())
        };
        if !schema.extensible {
            list.extend(schema.values.as_deref().map(listed));
        }
        list.extend(
            schema
                .constant
                .as_deref()
                .map(|one| listed(std::slice::from_ref(one))),
        );
        scalars(schema, &mut list);
        let limits = [
            (schema.min_items, Rule::MinItems as fn(u64) -> Rule),
            (schema.max_items, Rule::MaxItems),
            (schema.min_properties, Rule::MinProperties),
            (schema.max_properties, Rule::MaxProperties),
        ];
        list.extend(
            limits
                .into_iter()
                .filter_map(|(limit, rule)| limit.map(rule)),
        );
        list.extend(schema.unique_items.then_some(Rule::UniqueItems));
        self.items(schema, name, &mut list);
        if !schema.required.is_empty() {
            list.push(Rule::Required(schema.required.clone()));
        }
        if !schema.properties.is_empty() {
            let properties = schema.properties.iter();
            let properties = properties
                .map(|(key, property)| (key.clone(), self.one(*property, name, key)))
                .collect();
            list.push(Rule::Properties(properties));
        }
        list.extend(self.matching(schema, name));
        list.extend(self.others(schema, name));
        if let Some(names) = schema.property_names {
            list.push(Rule::Names(self.one(names, name, "names")));
        }
        list.extend(needs(schema));
        let together = schema.reference.iter().chain(&schema.all_of);
        let together: Vec<SchemaId> = together.copied().collect();
        if !together.is_empty() {
            list.push(Rule::All(self.several(&together, name, "all")));
        }
        self.choices(schema, name, &mut list);
        if let Some(not) = schema.not {
            list.push(Rule::Not(self.one(not, name, "not")));
        }
        self.conditions(schema, name, &mut list);
        if let Some(rest) = self.additional(schema.unevaluated, name, "unevaluated") {
            list.push(Rule::UnevaluatedProperties(rest));
        }
        if let Some(rest) = self.additional(schema.unevaluated_items, name, "unevaluated items") {
            list.push(Rule::UnevaluatedItems(rest));
        }
        if schema.nullable && !schema.types.null && !list.is_empty() {
            // Next to a reference or a choice, `nullable` allows null in addition to them.
            let rest = self.push_rules(format!("{name} present"), place_of(schema));
            self.known.rules[rest.index()].list = list;
            let null = self.push_rules("Null".to_owned(), format!("{}#null", place_of(schema)));
            self.known.rules[null.index()].list = vec![Rule::Type(vec!["null"])];
            list = vec![Rule::Any(vec![null, rest])];
        }
        list
    }

    /// `prefixItems` and `items`.
    fn items(&mut self, schema: &Schema, name: &str, list: &mut Vec<Rule>) {
        if !schema.prefix_items.is_empty() {
            list.push(Rule::Prefix(self.several(
                &schema.prefix_items,
                name,
                "item",
            )));
        }
        if let Some(items) = schema.items {
            let items = self.one(items, name, "items");
            list.push(Rule::Items(schema.prefix_items.len(), items));
        }
    }

    fn choices(&mut self, schema: &Schema, name: &str, list: &mut Vec<Rule>) {
        if !schema.any_of.is_empty() {
            list.push(Rule::Any(self.several(&schema.any_of, name, "any")));
        }
        if !schema.one_of.is_empty() {
            list.push(self.one_of_several(&schema.one_of, name));
        }
    }

    /// `oneOf`. Rules don't check formats, so if alternatives have one that a type would check, several of them may seem to match.
    fn one_of_several(&mut self, schemas: &[SchemaId], name: &str) -> Rule {
        let several = self.several(schemas, name, "one");
        if self.has_format(schemas) {
            Rule::Any(several)
        } else {
            Rule::One(several)
        }
    }

    /// Whether an alternative has a format that some values don't have.
    fn has_format(&self, schemas: &[SchemaId]) -> bool {
        let mut parts = schemas.iter().flat_map(|schema| self.parts(*schema));
        parts.any(|part| {
            let part = self.schema(part);
            let is_unchecked = matches!(
                string_format(&part),
                StringFormat::Plain | StringFormat::Other(_)
            );
            let is_checked = |format: &str| is_integer(format) || !is_unchecked;
            part.format.as_deref().is_some_and(is_checked)
        })
    }

    /// Keywords that no type expresses: `if`, `contains`, `dependentSchemas`.
    fn conditions(&mut self, schema: &Schema, name: &str, list: &mut Vec<Rule>) {
        if let Some(condition) = schema.condition {
            let condition = self.one(condition, name, "if");
            let mut branch = |branch: Option<SchemaId>, word: &str| match branch {
                Some(branch) => self.one(branch, name, word),
                None => self.anything(),
            };
            let (then, otherwise) = (
                branch(schema.then, "then"),
                branch(schema.otherwise, "else"),
            );
            list.push(Rule::If(condition, then, otherwise));
        }
        if let Some(contains) = schema.contains {
            let contains = self.one(contains, name, "contains");
            let min = schema.min_contains.unwrap_or(1);
            list.push(Rule::Contains(contains, min, schema.max_contains));
        }
        for (key, dependent) in &schema.dependent_schemas {
            let dependent = self.one(*dependent, name, &format!("with {key}"));
            list.push(Rule::With(key.clone(), dependent));
        }
    }

    /// `patternProperties`, apart from patterns that aren't supported.
    fn matching(&mut self, schema: &Schema, name: &str) -> Option<Rule> {
        let patterns = schema.pattern_properties.iter().enumerate();
        let patterns: Vec<(String, RuleId)> = patterns
            .filter_map(|(index, (pattern, values))| {
                let values = self.one(*values, name, &format!("matching {}", index + 1));
                Some((readable(pattern).ok()?, values))
            })
            .collect();
        (!patterns.is_empty()).then_some(Rule::Matching(patterns))
    }

    /// `additionalProperties`.
    fn others(&mut self, schema: &Schema, name: &str) -> Option<Rule> {
        let rest = self.additional(schema.additional, name, "others")?;
        let names = schema.properties.iter().map(|(name, _)| name.clone());
        let patterns = schema.pattern_properties.iter();
        let patterns = patterns.filter_map(|(pattern, _)| readable(pattern).ok());
        Some(Rule::Others(names.collect(), patterns.collect(), rest))
    }

    fn additional(&mut self, additional: Additional, name: &str, keyword: &str) -> Option<RuleId> {
        match additional {
            Additional::Unstated => None,
            Additional::Any => Some(self.anything()),
            Additional::Forbidden => Some(self.never()),
            Additional::Schema(schema) => Some(self.one(schema, name, keyword)),
        }
    }
}

/// The role of a schema in a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The only schema of the type.
    Alone,
    /// The schema that is composed of the others.
    Whole,
    /// One of the schemas that the type is composed of.
    Piece,
}

/// A schema of a type.
struct Part<'s> {
    id: SchemaId,
    schema: &'s Schema,
    /// The shape of the type.
    shape: &'s Shape,
    role: Role,
    /// Whether the properties that any of its schemas declares depend on the value.
    conditional: bool,
    /// Whether any of its schemas has `prefixItems`.
    prefixed: bool,
}

impl<'s> Part<'s> {
    fn object(&self) -> Option<&'s Object> {
        match self.shape {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The properties of the type.
    fn declared(&self) -> &'s [crate::ir::Property] {
        self.object().map_or(&[], |object| &object.properties)
    }

    /// Whether the type has properties that this schema doesn't declare.
    fn has_others(&self) -> bool {
        let own: HashSet<&Arc<str>> = self
            .schema
            .properties
            .iter()
            .map(|(name, _)| name)
            .collect();
        let union = matches!(self.shape, Shape::Union(_)) && self.role != Role::Alone;
        union
            || self.declared().iter().any(|property| {
                !own.contains(&property.name) && !self.is_required_only(&property.name)
            })
    }

    /// Whether a property exists only because this schema requires it, without a declaration.
    fn is_required_only(&self, name: &Arc<str>) -> bool {
        self.role == Role::Alone && self.schema.required.contains(name)
    }

    /// Whether the type rejects all properties that this schema forbids.
    fn is_closed_by_shape(&self) -> bool {
        match self.shape {
            Shape::Object(object) => {
                // With patterns, names have to match one.
                let by_name =
                    self.role == Role::Alone && !self.schema.pattern_properties.is_empty();
                (object.rest == Closedness::Closed || by_name) && !self.has_others()
            }
            _ => self.role == Role::Alone,
        }
    }
}

/// Adds rules for keywords of strings and numbers that types don't check.
fn lost_of_scalars(part: &Part<'_>, list: &mut Vec<Rule>) {
    let schema = part.schema;
    if let Shape::Enum(listed) = part.shape {
        let mut stated = Vec::new();
        scalars(schema, &mut stated);
        // Usually a constraint holds for all listed values anyway.
        let values = listed.values.iter().map(|listed| &listed.value);
        stated.retain(|rule| listed.open || values.clone().any(|value| may_break(rule, value)));
        list.append(&mut stated);
        return;
    }
    let Some(multiple) = &schema.multiple_of else {
        return;
    };
    let stated = match part.shape {
        Shape::Integer(..) if multiple.is_f64() => None,
        Shape::Integer(_, bounds) | Shape::Number(_, bounds) => bounds.multiple_of.as_ref(),
        _ if part.role == Role::Alone => Some(multiple),
        _ => None,
    };
    if stated != Some(multiple) {
        list.push(Rule::MultipleOf(multiple.clone()));
    }
}

/// Whether a value may violate a rule about numbers or strings.
fn may_break(rule: &Rule, value: &Value) -> bool {
    let length = |text: &str| text.chars().count() as u64;
    let float = |limit: &Number| limit.as_f64().unwrap_or_default();
    match (rule, value) {
        (Rule::MinLength(limit), Value::String(text)) => length(text) < *limit,
        (Rule::MaxLength(limit), Value::String(text)) => length(text) > *limit,
        (Rule::Minimum(limit), Value::Number(number)) => float(number) < float(limit),
        (Rule::Maximum(limit), Value::Number(number)) => float(number) > float(limit),
        (Rule::ExclusiveMinimum(limit), Value::Number(number)) => float(number) <= float(limit),
        (Rule::ExclusiveMaximum(limit), Value::Number(number)) => float(number) >= float(limit),
        (Rule::MultipleOf(_), Value::Number(_)) | (Rule::Pattern(_), Value::String(_)) => true,
        _ => false,
    }
}

/// The place of a schema as text.
fn place_of(schema: &Schema) -> String {
    format!("{}#{}", schema.origin.file.0, schema.origin.pointer)
}

/// Whether a union can't tell if several of its variants match.
fn is_uncounted(shape: &Shape) -> bool {
    let Shape::Union(union) = shape else {
        return false;
    };
    let is_tried = matches!(union.kind, UnionKind::ByField | UnionKind::Ordered);
    is_tried && union.exclusive.is_none()
}

/// The names of the types in JSON Schema; `None` if there are none.
fn kinds(types: Types) -> Option<Vec<&'static str>> {
    let all = [
        (types.null, "null"),
        (types.boolean, "boolean"),
        (types.integer && !types.number, "integer"),
        (types.number, "number"),
        (types.string, "string"),
        (types.array, "array"),
        (types.object, "object"),
    ];
    let stated = all
        .into_iter()
        .filter_map(|(there, word)| there.then_some(word));
    Some(stated.collect()).filter(|words: &Vec<_>| !words.is_empty())
}

/// Adds rules for bounds, lengths and patterns.
fn scalars(schema: &Schema, list: &mut Vec<Rule>) {
    let bound =
        |bound: &Option<Bound>, inclusive: fn(Number) -> Rule, exclusive: fn(Number) -> Rule| {
            let bound = bound.as_ref()?;
            let rule = if bound.exclusive {
                exclusive
            } else {
                inclusive
            };
            Some(rule(bound.value.clone()))
        };
    list.extend(bound(
        &schema.minimum,
        Rule::Minimum,
        Rule::ExclusiveMinimum,
    ));
    list.extend(bound(
        &schema.maximum,
        Rule::Maximum,
        Rule::ExclusiveMaximum,
    ));
    list.extend(schema.multiple_of.clone().map(Rule::MultipleOf));
    list.extend(schema.min_length.map(Rule::MinLength));
    list.extend(schema.max_length.map(Rule::MaxLength));
    let pattern = schema.pattern.as_deref();
    list.extend(
        pattern
            .and_then(|pattern| readable(pattern).ok())
            .map(Rule::Pattern),
    );
}

/// `dependentRequired`.
fn needs(schema: &Schema) -> impl Iterator<Item = Rule> {
    let needs = schema.dependent_required.iter();
    needs.map(|(name, needed)| Rule::Needs(name.clone(), needed.clone()))
}

/// Makes objects keep undeclared properties that rules look at.
pub(super) fn keep_what_is_looked_at(types: &mut [crate::ir::TypeDef], rules: &[Rules]) {
    let roots = types.iter().enumerate();
    let mut open: Vec<(usize, RuleId)> = roots
        .filter_map(|(index, ty)| Some((index, ty.rules?)))
        .collect();
    let mut seen: HashSet<(usize, RuleId)> = open.iter().copied().collect();
    while let Some((index, id)) = open.pop() {
        let mut next: Vec<(usize, RuleId)> = Vec::new();
        for rule in &rules[id.index()].list {
            let parts = rule.parts();
            if looks_at_whole(rule) {
                next.extend(parts.iter().map(|part| (index, *part)));
            }
            match &mut types[index].shape {
                Shape::Object(object) => {
                    object.keeps |= looks_beyond(rule, object);
                    next.extend(within_object(rule, object));
                }
                Shape::Array(array) => next.extend(with_each(&[array.items], &parts)),
                Shape::Map(map) => next.extend(with_each(&[map.values], &parts)),
                Shape::Tuple(items) => {
                    let items: Vec<TypeId> = items.iter().map(|item| item.ty).collect();
                    next.extend(with_each(&items, &parts));
                }
                Shape::Union(union) => {
                    next.extend(
                        union
                            .variants
                            .iter()
                            .map(|variant| (variant.ty.index(), id)),
                    );
                }
                Shape::Alias(target) => next.push((target.index(), id)),
                Shape::Any
                | Shape::Null
                | Shape::Boolean
                | Shape::Integer(..)
                | Shape::Number(..)
                | Shape::String(..)
                | Shape::Enum(_) => {}
            }
        }
        open.extend(next.into_iter().filter(|pair| seen.insert(*pair)));
    }
}

/// Whether the rules nested in a rule apply to the same value.
fn looks_at_whole(rule: &Rule) -> bool {
    matches!(
        rule,
        Rule::All(_) | Rule::Any(_) | Rule::One(_) | Rule::Not(_) | Rule::If(..) | Rule::With(..)
    )
}

/// Whether a rule looks at properties that an object doesn't declare.
fn looks_beyond(rule: &Rule, object: &Object) -> bool {
    let is_declared = |name: &Arc<str>| object.properties.iter().any(|known| known.name == *name);
    match rule {
        Rule::Required(names) => !names.iter().all(is_declared),
        Rule::Properties(list) => !list.iter().all(|(name, _)| is_declared(name)),
        Rule::Needs(name, names) => !is_declared(name) || !names.iter().all(is_declared),
        Rule::With(name, _) => !is_declared(name),
        Rule::OneOf(values) => values.iter().any(Value::is_object),
        Rule::MinProperties(_)
        | Rule::MaxProperties(_)
        | Rule::Matching(_)
        | Rule::Others(..)
        | Rule::Names(_)
        | Rule::UnevaluatedProperties(_) => true,
        _ => false,
    }
}

/// The types of the properties that a rule looks at, each with the rules for it.
fn within_object(rule: &Rule, object: &Object) -> Vec<(usize, RuleId)> {
    let mut types: Vec<TypeId> = Vec::new();
    match rule {
        Rule::Properties(list) => {
            let known: HashMap<&Arc<str>, TypeId> = object
                .properties
                .iter()
                .map(|property| (&property.name, property.ty))
                .collect();
            let of = |(name, part): &(Arc<str>, RuleId)| Some((known.get(name)?.index(), *part));
            list.iter().filter_map(of).collect()
        }
        Rule::Matching(_) | Rule::Others(..) | Rule::UnevaluatedProperties(_) => {
            types.extend(object.properties.iter().map(|property| property.ty));
            if let Closedness::Typed { values, .. } = object.rest {
                types.push(values);
            }
            with_each(&types, &rule.parts())
        }
        _ => Vec::new(),
    }
}

fn with_each(types: &[TypeId], rules: &[RuleId]) -> Vec<(usize, RuleId)> {
    let pairs = types
        .iter()
        .flat_map(|ty| rules.iter().map(|rule| (ty.index(), *rule)));
    pairs.collect()
}

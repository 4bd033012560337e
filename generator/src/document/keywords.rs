//! Reads the keywords of a schema one by one, then those that depend on each other.
//!
//! In: the members of a Schema Object. Out: the fields of a [`Schema`] in the spelling of 2020-12; `nullable`, boolean exclusive bounds and
//! `items` lists are converted. `types.rs` reads `type`, `values.rs` `enum`, and `discriminators.rs` the discriminator.

use super::read::{Form, Reader, Version, shared_text_of};
use super::values::value_words;
use super::{Additional, Bound, ExternalDocs, Schema, SchemaId, Types};
use crate::source::{Node, Value};
use serde_json::Number;
use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

/// Keywords that constrain values and have no field in [`Schema`].
const UNREAD: [&str; 2] = ["$dynamicRef", "$recursiveRef"];

/// The types of a schema that allows only null.
const NULL: Types = Types {
    null: true,
    boolean: false,
    integer: false,
    number: false,
    string: false,
    array: false,
    object: false,
};

impl<'a> Reader<'a> {
    /// Reads one keyword and ignores unknown ones.
    pub(super) fn keyword(&mut self, schema: &mut Schema, key: &str, value: &Node<'a>) {
        match key {
            "default" => schema.default = Some(Box::new(value.value.into())),
            "const" => schema.constant = Some(Box::new(value.value.into())),
            "example" | "x-example" => schema.examples.push(value.value.clone()),
            _ if value.value.is_null() => {}
            "enum" if value.value.is_object() && value.get("$ref").is_none() => {
                self.ignored("a list of values", value);
            }
            "enum" => schema.values = self.values(value),
            "x-extensible-enum" => {
                schema.values = self.values(value);
                schema.extensible = true;
            }
            _ => {
                let _ = self.describing(schema, key, value)
                    || self.structure(schema, key, value)
                    || self.object(schema, key, value)
                    || self.constraint(schema, key, value);
            }
        }
    }

    /// Reads annotations; returns whether `key` is one.
    fn describing(&mut self, schema: &mut Schema, key: &str, value: &Node<'a>) -> bool {
        match key {
            "title" => schema.title = self.text_at(value),
            "description" => schema.description = self.text_at(value),
            "format" => schema.format = self.text_at(value),
            "contentEncoding" => schema.content_encoding = self.text_at(value),
            "contentMediaType" => schema.content_media_type = self.text_at(value),
            "contentSchema" => schema.content_schema = Some(self.schema(value)),
            "deprecated" => schema.deprecated = self.flag_of(value).unwrap_or(false),
            // `x-deprecated` may have another meaning, so other values are ignored.
            "x-deprecated" => schema.deprecated |= *value.value == Value::Bool(true),
            "readOnly" => schema.read_only = self.flag_of(value).unwrap_or(false),
            "writeOnly" => schema.write_only = self.flag_of(value).unwrap_or(false),
            "nullable" | "x-nullable" => schema.nullable |= self.flag_of(value).unwrap_or(false),
            "xml" if value.value.is_object() => schema.xml = Some(Box::new(value.value.into())),
            "xml" => self.ignored("a mapping", value),
            "externalDocs" => schema.external_docs = self.external_docs_at(value).map(Box::new),
            "examples" => schema.examples.extend(examples(value)),
            "x-rust-type" => schema.rust_type = Some(Box::new(value.value.into())),
            _ => return false,
        }
        true
    }

    /// Reads keywords about the kind of value, and those that refer to other schemas for the same value.
    fn structure(&mut self, schema: &mut Schema, key: &str, value: &Node<'a>) -> bool {
        match key {
            "type" => self.types(schema, value),
            "items" if value.value.is_array() => schema.prefix_items = self.schema_list(value),
            "items" => schema.items = Some(self.schema(value)),
            // Belongs to a list in `items`, which reads it; has no meaning without one.
            "additionalItems" => {}
            "prefixItems" => schema.prefix_items = self.schema_list(value),
            "allOf" => schema.all_of = self.schema_list(value),
            "oneOf" => schema.one_of = self.schema_list(value),
            "anyOf" => schema.any_of = self.schema_list(value),
            "not" => schema.not = Some(self.schema(value)),
            "if" => schema.condition = Some(self.schema(value)),
            "then" => schema.then = Some(self.schema(value)),
            "else" => schema.otherwise = Some(self.schema(value)),
            "contains" => schema.contains = Some(self.schema(value)),
            "unevaluatedItems" => schema.unevaluated_items = self.additional(value),
            "discriminator" => schema.discriminator = self.discriminator(value).map(Box::new),
            _ if UNREAD.contains(&key) => schema.unread.push(key.to_owned()),
            _ => return false,
        }
        true
    }

    /// `items: [schema]`. Before 2020-12 a list declared a tuple, but never in OpenAPI 3.0 and Swagger 2. There, a list of one schema
    /// without `additionalItems` is read as the schema of all items.
    fn items_of_one(&mut self, schema: &mut Schema, node: &Node<'a>) {
        if self.version < Version::V31
            && schema.items.is_none()
            && let [only] = schema.prefix_items[..]
            && let Some(items) = node.get("items")
        {
            self.form_read_as("a list of one schema", "that schema", &items);
            schema.items = Some(only);
            schema.prefix_items.clear();
        }
    }

    /// Reads keywords of objects.
    fn object(&mut self, schema: &mut Schema, key: &str, value: &Node<'a>) -> bool {
        match key {
            "properties" => schema.properties = self.schema_map(value),
            "patternProperties" => schema.pattern_properties = self.schema_map(value),
            "propertyNames" => schema.property_names = Some(self.schema(value)),
            "additionalProperties" => schema.additional = self.additional(value),
            "unevaluatedProperties" => schema.unevaluated = self.additional(value),
            "required" => schema.required = self.required(value),
            "dependentRequired" | "dependencies" => self.dependent(schema, value),
            "dependentSchemas" => {
                let dependent = self.schema_map(value);
                schema.dependent_schemas.extend(dependent);
            }
            "minProperties" => schema.min_properties = self.count_of(value),
            "maxProperties" => schema.max_properties = self.count_of(value),
            _ => return false,
        }
        true
    }

    /// Reads the properties that a property requires. Before 2019-09 the same keyword was used for schemas.
    fn dependent(&mut self, schema: &mut Schema, value: &Node<'a>) {
        for (name, needed) in value.shared_members() {
            if needed.value.is_array() {
                let needed = self.texts_of(&needed);
                schema.dependent_required.push((Arc::clone(name), needed));
            } else {
                let dependent = self.schema(&needed);
                schema.dependent_schemas.push((Arc::clone(name), dependent));
            }
        }
    }

    /// Reads keywords that bound numbers, strings and lists.
    fn constraint(&mut self, schema: &mut Schema, key: &str, value: &Node<'a>) -> bool {
        match key {
            "minimum" => self.bound(&mut schema.minimum, value, false, Ordering::Greater),
            "maximum" => self.bound(&mut schema.maximum, value, false, Ordering::Less),
            // The boolean form needs the bound itself, which may come later.
            "exclusiveMinimum" if !value.value.is_boolean() => {
                self.bound(&mut schema.minimum, value, true, Ordering::Greater);
            }
            "exclusiveMaximum" if !value.value.is_boolean() => {
                self.bound(&mut schema.maximum, value, true, Ordering::Less);
            }
            "multipleOf" => schema.multiple_of = self.number_of(value),
            "minLength" => schema.min_length = self.count_of(value),
            "maxLength" => schema.max_length = self.count_of(value),
            "pattern" => schema.pattern = self.text_at(value),
            "minItems" => schema.min_items = self.count_of(value),
            "maxItems" => schema.max_items = self.count_of(value),
            "minContains" => schema.min_contains = self.count_of(value),
            "maxContains" => schema.max_contains = self.count_of(value),
            "uniqueItems" => schema.unique_items = self.flag_of(value).unwrap_or(false),
            _ => return false,
        }
        true
    }

    /// Combines a bound with the one that is there already; the tighter one wins.
    fn bound(
        &mut self,
        bound: &mut Option<Bound>,
        value: &Node<'a>,
        exclusive: bool,
        tighter: Ordering,
    ) {
        let Some(value) = self.number_of(value) else {
            return;
        };
        let new = Bound { value, exclusive };
        let keep = bound
            .as_ref()
            .is_some_and(|old| match compare(&new.value, &old.value) {
                Ordering::Equal => old.exclusive,
                order => order != tighter,
            });
        if !keep {
            *bound = Some(new);
        }
    }

    fn schema_list(&mut self, value: &Node<'a>) -> Vec<SchemaId> {
        let Some((list, elsewhere)) = self.container(value) else {
            return Vec::new();
        };
        if list.value.is_object() {
            self.form_read_as("a schema", "a list with it", &list);
            return vec![self.part(&list, elsewhere)];
        }
        self.list_of(&list)
            .iter()
            .map(|item| self.part(item, elsewhere))
            .collect()
    }

    fn schema_map(&mut self, value: &Node<'a>) -> Vec<(Arc<str>, SchemaId)> {
        let Some((map, elsewhere)) = self.container(value) else {
            return Vec::new();
        };
        if !self.is_mapping(&map) {
            return Vec::new();
        }
        map.shared_members()
            .map(|(name, member)| (Arc::clone(name), self.part(&member, elsewhere)))
            .collect()
    }

    /// Resolves a list or mapping of schemas, and returns whether it is declared elsewhere: some descriptions write `properties: {$ref: …}`
    /// for all of it. A property named `$ref` has an object as its value, not a string.
    fn container(&mut self, value: &Node<'a>) -> Option<(Node<'a>, bool)> {
        let elsewhere = value
            .get("$ref")
            .is_some_and(|reference| reference.value.is_string());
        let node = if elsewhere {
            self.follow(value.clone())?
        } else {
            value.clone()
        };
        Some((node, elsewhere))
    }

    fn additional(&mut self, value: &Node<'a>) -> Additional {
        match value.value {
            Value::Object(members) if members.is_empty() => Additional::Any,
            Value::Object(_) => Additional::Schema(self.schema(value)),
            _ => match self.flag_of(value) {
                Some(true) => Additional::Any,
                Some(false) => Additional::Forbidden,
                None => Additional::Unstated,
            },
        }
    }

    /// The names in `required`, without duplicates.
    fn required(&mut self, value: &Node<'a>) -> Vec<Arc<str>> {
        let mut names = Vec::new();
        // Draft 3 had `required: true` on the property itself. It is still common, and ignored here.
        if !value.value.is_array() {
            self.ignored("a list of property names", value);
            return names;
        }
        let mut seen = HashSet::new();
        names.extend(self.texts_of(value));
        names.retain(|name| seen.insert(name.clone()));
        names
    }

    fn text_at(&mut self, node: &Node<'a>) -> Option<Arc<str>> {
        let node = self.follow(node.clone())?;
        let text = shared_text_of(node.value);
        if text.is_none() {
            self.ignored("a string", &node);
        }
        text
    }

    /// Reads an External Documentation Object.
    pub(super) fn external_docs_at(&mut self, node: &Node<'a>) -> Option<ExternalDocs> {
        if !node.value.is_object() {
            self.ignored("a mapping", node);
            return None;
        }
        let url = self.text(node, "url")?;
        Some(ExternalDocs {
            url,
            description: self.text(node, "description"),
        })
    }

    /// Reads what depends on more than one keyword.
    pub(super) fn combine(&mut self, schema: &mut Schema, node: &Node<'a>, form: Form) {
        let excluded = |key| {
            node.get(key)
                .is_some_and(|flag| matches!(flag.value, Value::Bool(true)))
        };
        if schema.minimum.is_some()
            && excluded("exclusiveMinimum")
            && let Some(bound) = &mut schema.minimum
        {
            bound.exclusive = true;
        }
        if schema.maximum.is_some()
            && excluded("exclusiveMaximum")
            && let Some(bound) = &mut schema.maximum
        {
            bound.exclusive = true;
        }
        if schema.items.is_none() && !schema.prefix_items.is_empty() {
            schema.items = Self::member(node, "additionalItems").map(|rest| self.schema(&rest));
        }
        self.items_of_one(schema, node);
        if matches!(form, Form::Parameter | Form::Field) && schema.types == Types::default() {
            let list = schema.items.is_some() || !schema.prefix_items.is_empty();
            *(if list {
                &mut schema.types.array
            } else {
                &mut schema.types.string
            }) = true;
        }
        let choice = !schema.one_of.is_empty() || !schema.any_of.is_empty();
        if choice && schema.types == NULL {
            // Some converters write this for `nullable: true` next to a union.
            self.form_read_as("`type: null` next to a union", "`nullable: true`", node);
            schema.types = Types::default();
            schema.nullable = true;
        }
        if schema.nullable && schema.types != Types::default() {
            schema.types.null = true;
        }
        if let Some(values) = &schema.values {
            let words = value_words(node, values);
            if !words.is_empty() {
                schema.value_words = words;
            }
            let extension = node.get("x-ms-enum");
            let open = extension.and_then(|extension| extension.get("modelAsString"));
            if open.is_some_and(|flag| matches!(flag.value, Value::Bool(true))) {
                schema.extensible = true;
            }
        }
    }
}

/// Compares two numbers; exactly if both are integers.
fn compare(left: &Number, right: &Number) -> Ordering {
    let whole = |number: &Number| {
        number
            .as_i64()
            .map(i128::from)
            .or_else(|| number.as_u64().map(i128::from))
    };
    match (whole(left), whole(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => left
            .as_f64()
            .partial_cmp(&right.as_f64())
            .unwrap_or(Ordering::Equal),
    }
}

/// The examples of a schema: a list, or by mistake the mapping of a media type.
fn examples(value: &Node<'_>) -> Vec<Value> {
    match value.value {
        Value::Array(values) => values.to_vec(),
        Value::Object(named) => named
            .iter()
            .filter_map(|(_, example)| example.get("value"))
            .cloned()
            .collect(),
        _ => Vec::new(),
    }
}

//! Schemas of every version, read into one arena.
//!
//! In: nodes that are Schema Objects, or parameters of Swagger 2. Out: [`SchemaId`]s, reserved at once and read later from
//! a queue: cycles need no care and nesting costs no stack. The same node gives the same id. The parts of a schema form a
//! tree; only `reference` and the mapping of a discriminator lead out of it. Doesn't know what a combination of keywords
//! means; only their spelling is normalised.

use super::read::{Form, Reader, Version};
use super::resolve::written;
use super::{Additional, Bound, Discriminator, ExternalDocs, Schema, SchemaId, Types, ValueWords};
use crate::diag::{Code, Place};
use crate::source::{Node, Origin, Value};
use serde_json::{Number, Value as Json};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Keywords that constrain values and have no place in [`Schema`].
const UNREAD: [&str; 10] = [
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "dependentSchemas",
    "unevaluatedItems",
    "$dynamicRef",
    "$recursiveRef",
];

/// The types of a schema that allows null only.
const NULL: Types = Types {
    null: true,
    boolean: false,
    integer: false,
    number: false,
    string: false,
    array: false,
    object: false,
};

/// What is read beside a `$ref` before 3.1: it changes nothing about the shape that the reference names.
const BESIDE_REFERENCE: [&str; 8] = [
    "title",
    "description",
    "deprecated",
    "readOnly",
    "writeOnly",
    "default",
    "nullable",
    "x-nullable",
];

impl<'a> Reader<'a> {
    /// The schema at `node`.
    pub(super) fn schema(&mut self, node: &Node<'a>) -> SchemaId {
        self.schema_in(node, Form::Schema)
    }

    /// What stands at `node`, read as a schema in the given form.
    pub(super) fn schema_in(&mut self, node: &Node<'a>, form: Form) -> SchemaId {
        let address = std::ptr::from_ref(node.value).addr();
        if let Some(&id) = self.ids.get(&(address, form)) {
            return id;
        }
        let id = self.new_schema(Schema::empty(node.origin()));
        self.ids.insert((address, form), id);
        self.queue.push_back((id, node.clone(), form));
        id
    }

    /// A schema that is made, not read.
    pub(super) fn new_schema(&mut self, schema: Schema) -> SchemaId {
        let id = SchemaId(u32::try_from(self.schemas.len()).unwrap_or(u32::MAX));
        self.schemas.push(schema);
        id
    }

    /// The schema of a request body: where its `$ref` leads nowhere, one that takes anything.
    pub(super) fn body_schema(&mut self, node: &Node<'a>) -> SchemaId {
        if let Some(reference) = node.get("$ref")
            && let Err(Code::DanglingRef { reference: text }) = self.schema_target(&reference)
        {
            self.report(
                Code::DanglingBodyRef { reference: text },
                Place::Value(reference.origin()),
            );
            return self.schema_in(node, Form::Anything);
        }
        self.schema(node)
    }

    /// The schemas under `key`, with their names.
    pub(super) fn named_schemas(&mut self, node: &Node<'a>, key: &str) -> Vec<(String, SchemaId)> {
        let named = self.named(node, key);
        named
            .into_iter()
            .map(|(name, schema)| (name.to_owned(), self.named_schema(name, &schema)))
            .collect()
    }

    fn named_schema(&mut self, name: &str, node: &Node<'a>) -> SchemaId {
        let id = self.schema(node);
        self.schemas[id.0 as usize].name = Some(name.into());
        id
    }

    /// Reads every schema that was asked for, and those that they ask for.
    pub(super) fn read_schemas(&mut self) {
        while let Some((id, node, form)) = self.queue.pop_front() {
            // Its name is known already, or what it may be called.
            let reserved = Schema::empty(node.origin());
            let schema = std::mem::replace(&mut self.schemas[id.0 as usize], reserved);
            let mut schema = self.read_schema(id, schema, &node, form);
            // Whatever was looked at on the way to change it.
            schema.tidy();
            self.schemas[id.0 as usize] = schema;
        }
        self.break_cycles();
    }

    fn read_schema(
        &mut self,
        id: SchemaId,
        mut schema: Schema,
        node: &Node<'a>,
        form: Form,
    ) -> Schema {
        match (form, node.value) {
            (Form::Anything, _) => return schema,
            (Form::Untyped, _) => {
                schema.types.string = true;
                return schema;
            }
            (_, Value::Bool(flag)) => {
                schema.boolean = Some(*flag);
                return schema;
            }
            (_, Value::Object(_)) => {}
            // `name:` with nothing behind it.
            (_, Value::Null) => return schema,
            // PHP's way to write an empty mapping; nothing is said.
            (_, Value::Array(items)) if items.is_empty() => {
                self.read_as("an empty list", "an empty mapping", node);
                return schema;
            }
            // `name: string` for `name: {type: string}`
            (_, Value::String(word)) if set_type(&mut schema.types, word) => {
                self.read_as(&format!("`{word}`"), &format!("`{{type: {word}}}`"), node);
                return schema;
            }
            _ => {
                self.wrong_kind("a schema, which is a mapping", node);
                return schema;
            }
        }
        let mut followed = None;
        if let Some(reference) = node.get("$ref") {
            self.read_reference(id, &mut schema, &reference);
        } else if let Some((keyword, target)) = self.dynamic_target(node) {
            schema.reference = Some(self.schema(&target));
            self.references.extend(node.get(keyword).map(|at| (id, at)));
            followed = Some(keyword);
        }
        let alone = schema.reference.is_some() && self.version < Version::V31;
        for (key, value) in node.members() {
            if (!alone || BESIDE_REFERENCE.contains(&key)) && belongs(form, key) {
                self.keyword(&mut schema, key, &value);
            }
        }
        if let Some(followed) = followed {
            schema.unread.retain(|keyword| keyword != followed);
        }
        self.combine(&mut schema, node, form);
        schema
    }

    /// Where `$dynamicRef`, or `$recursiveRef` as it was called in 2019-09, leads as the document stands: no schema that refers to
    /// this one from elsewhere changes it.
    fn dynamic_target(&self, node: &Node<'a>) -> Option<(&'static str, Node<'a>)> {
        if let Some(reference) = node.get("$dynamicRef") {
            let target = self.target(&reference).ok()?;
            return Some(("$dynamicRef", target));
        }
        node.get("$recursiveRef")?;
        let mut around = node.pointer.parent();
        while let Some(pointer) = around {
            let schema = self.sources.at(&Origin {
                file: node.file,
                pointer: pointer.clone(),
            })?;
            if let Some(Value::Bool(true)) = schema.get("$recursiveAnchor").map(|at| at.value) {
                return Some(("$recursiveRef", schema));
            }
            around = pointer.parent();
        }
        None
    }

    /// What takes more than one keyword.
    fn combine(&mut self, schema: &mut Schema, node: &Node<'a>, form: Form) {
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
            // What some converters make of `nullable: true` beside a choice.
            self.read_as("`type: null` beside a choice", "`nullable: true`", node);
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

    fn read_reference(&mut self, id: SchemaId, schema: &mut Schema, reference: &Node<'a>) {
        match self.schema_target(reference) {
            Ok(target) => {
                let target_id = self.schema(&target);
                schema.reference = Some(target_id);
                self.references.push((id, reference.clone()));
                if self.schemas[target_id.0 as usize].hint.is_none() {
                    self.schemas[target_id.0 as usize].hint = self.hint(&target);
                }
            }
            Err(Code::DanglingRef { reference: text }) => {
                let code = Code::DanglingSchema { reference: text };
                self.report(code, Place::Value(reference.origin()));
            }
            Err(code) => self.report(code, Place::Value(reference.origin())),
        }
    }

    /// The target of a schema's `$ref`; where it leads nowhere, the schema of that name where this version keeps schemas.
    fn schema_target(&mut self, reference: &Node<'a>) -> Result<Node<'a>, Code> {
        let found = self.target(reference);
        let (Err(Code::DanglingRef { .. } | Code::UnreadableRef { .. }), Some(text)) =
            (&found, reference.value.as_str())
        else {
            return found;
        };
        let places = ["#/definitions/", "#/components/schemas/"];
        let name = places.iter().find_map(|place| text.strip_prefix(place));
        let name = name.or_else(|| (!text.contains(['#', '/', '.'])).then_some(text));
        let holder = if self.version == Version::V2 {
            self.root.get("definitions")
        } else {
            self.root
                .get("components")
                .and_then(|components| components.get("schemas"))
        };
        let Some(schema) = name.and_then(|name| holder?.get(name)) else {
            return found;
        };
        let used = format!("`#{}`", schema.pointer);
        self.read_as(&format!("`{text}`"), &used, reference);
        Ok(schema)
    }

    /// The name that the place of a definition suggests, unless it is one inside another.
    fn hint(&self, target: &Node<'a>) -> Option<Arc<str>> {
        let Some(key) = target.pointer.last() else {
            let stem = self.sources.path(target.file).file_stem()?;
            return Some(stem.to_string_lossy().into());
        };
        let parent = target.pointer.parent().and_then(|parent| parent.last());
        matches!(
            parent,
            None | Some("schemas" | "definitions" | "$defs" | "models")
        )
        .then(|| key.into())
    }

    /// Reads one keyword; unknown ones are nobody's business.
    fn keyword(&mut self, schema: &mut Schema, key: &str, value: &Node<'a>) {
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

    /// The values of `enum`; one alone is a list of one, and none at all is no list.
    fn values(&mut self, value: &Node<'a>) -> Option<Vec<Json>> {
        let value = self.follow(value.clone())?;
        match value.value {
            Value::Array(values) if values.is_empty() => {
                self.read_as("an `enum` without values", "no `enum`", &value);
                None
            }
            Value::Array(values) => Some(values.iter().map(Json::from).collect()),
            single => Some(vec![single.into()]),
        }
    }

    /// Keywords that describe.
    fn describing(&mut self, schema: &mut Schema, key: &str, value: &Node<'a>) -> bool {
        match key {
            "title" => schema.title = self.text_at(value),
            "description" => schema.description = self.text_at(value),
            "format" => schema.format = self.text_at(value),
            "contentEncoding" => schema.content_encoding = self.text_at(value),
            "contentMediaType" => schema.content_media_type = self.text_at(value),
            "contentSchema" => schema.content_schema = Some(self.schema(value)),
            "deprecated" | "x-deprecated" => {
                schema.deprecated = self.flag_of(value).unwrap_or(false);
            }
            "readOnly" => schema.read_only = self.flag_of(value).unwrap_or(false),
            "writeOnly" => schema.write_only = self.flag_of(value).unwrap_or(false),
            "nullable" | "x-nullable" => schema.nullable |= self.flag_of(value).unwrap_or(false),
            "xml" if value.value.is_object() => schema.xml = Some(Box::new(value.value.into())),
            "xml" => self.ignored("a mapping", value),
            "externalDocs" => schema.external_docs = self.external_docs_at(value).map(Box::new),
            "examples" => schema.examples.extend(examples(value)),
            _ => return false,
        }
        true
    }

    /// Keywords that say what kind of value it is, or name other schemas for the whole of it.
    fn structure(&mut self, schema: &mut Schema, key: &str, value: &Node<'a>) -> bool {
        match key {
            "type" => self.types(schema, value),
            "items" if value.value.is_array() => schema.prefix_items = self.schema_list(value),
            "items" => schema.items = Some(self.schema(value)),
            // After `items` that is a list; without one it means nothing.
            "additionalItems" => {}
            "prefixItems" => schema.prefix_items = self.schema_list(value),
            "allOf" => schema.all_of = self.schema_list(value),
            "oneOf" => schema.one_of = self.schema_list(value),
            "anyOf" => schema.any_of = self.schema_list(value),
            "not" => schema.not = Some(self.schema(value)),
            "discriminator" => schema.discriminator = self.discriminator(value).map(Box::new),
            _ if UNREAD.contains(&key) => schema.unread.push(key.to_owned()),
            _ => return false,
        }
        true
    }

    /// Keywords of objects.
    fn object(&mut self, schema: &mut Schema, key: &str, value: &Node<'a>) -> bool {
        match key {
            "properties" => schema.properties = self.schema_map(value),
            "patternProperties" => schema.pattern_properties = self.schema_map(value),
            "propertyNames" => schema.property_names = Some(self.schema(value)),
            "additionalProperties" => schema.additional = self.additional(value),
            "unevaluatedProperties" => schema.unevaluated = self.additional(value),
            "required" => schema.required = self.required(value),
            "dependentRequired" | "dependencies" => self.dependent(schema, key, value),
            "minProperties" => schema.min_properties = self.count_of(value),
            "maxProperties" => schema.max_properties = self.count_of(value),
            _ => return false,
        }
        true
    }

    /// Which properties a property needs beside it. Before 2019-09 one keyword was for schemas as well.
    fn dependent(&mut self, schema: &mut Schema, key: &str, value: &Node<'a>) {
        for (name, needed) in value.shared_members() {
            if needed.value.is_array() {
                let needed = self.texts_of(&needed);
                schema.dependent_required.push((Arc::clone(name), needed));
            } else if !schema.unread.iter().any(|unread| unread == key) {
                schema.unread.push(key.to_owned());
            }
        }
    }

    /// Keywords that bound numbers, texts and lists.
    fn constraint(&mut self, schema: &mut Schema, key: &str, value: &Node<'a>) -> bool {
        match key {
            "minimum" => self.bound(&mut schema.minimum, value, false, Ordering::Greater),
            "maximum" => self.bound(&mut schema.maximum, value, false, Ordering::Less),
            // The boolean spelling needs the bound itself, whichever of the two comes first.
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
            "uniqueItems" => schema.unique_items = self.flag_of(value).unwrap_or(false),
            _ => return false,
        }
        true
    }

    /// Joins a bound with the one that is there already: the tighter holds.
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

    fn types(&mut self, schema: &mut Schema, value: &Node<'a>) {
        if value.value.is_array() {
            for item in value.items() {
                self.one_type(schema, &item);
            }
        } else {
            self.one_type(schema, value);
        }
    }

    fn one_type(&mut self, schema: &mut Schema, value: &Node<'a>) {
        let Some(word) = value.value.as_str() else {
            // `type: [null]` is the word to those who write YAML.
            if value.value.is_null() {
                schema.types.null = true;
            } else {
                self.ignored("a type", value);
            }
            return;
        };
        if set_type(&mut schema.types, word) {
            return;
        }
        if word == "file" {
            schema.types.string = true;
            schema.format = Some("binary".into());
            return;
        }
        let (used, format) = nearest_type(word);
        if !set_type(&mut schema.types, used) {
            // A value of any type: one word that isn't understood makes the others worthless.
            schema.types = Types::default();
        }
        if schema.format.is_none() {
            schema.format = format.map(Arc::from);
        }
        let code = Code::UnknownType {
            found: word.to_owned(),
            used: used.to_owned(),
        };
        self.report(code, Place::Value(value.origin()));
    }

    fn schema_list(&mut self, value: &Node<'a>) -> Vec<SchemaId> {
        let Some((list, elsewhere)) = self.container(value) else {
            return Vec::new();
        };
        if list.value.is_object() {
            self.read_as("a schema", "a list with it", &list);
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

    /// A list or mapping of schemas, and whether it is elsewhere: `properties: {$ref: …}` for the whole of it is seen in
    /// the wild. A property that is called `$ref` isn't a text.
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

    /// A schema inside another; one that stands elsewhere is behind a reference, so that parts always form a tree.
    fn part(&mut self, node: &Node<'a>, elsewhere: bool) -> SchemaId {
        let id = self.schema(node);
        if !elsewhere {
            return id;
        }
        self.new_schema(Schema {
            reference: Some(id),
            ..Schema::empty(node.origin())
        })
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

    /// The names of `required`, each once.
    fn required(&mut self, value: &Node<'a>) -> Vec<Arc<str>> {
        let mut names = Vec::new();
        // Draft 3 had `required: true` on the property itself; it is still written and means nothing here.
        if !value.value.is_array() {
            self.ignored("a list of property names", value);
            return names;
        }
        let mut seen = HashSet::new();
        names.extend(self.texts_of(value));
        names.retain(|name| seen.insert(name.clone()));
        names
    }

    fn discriminator(&mut self, value: &Node<'a>) -> Option<Discriminator> {
        if let Value::String(property) = value.value {
            return Some(Discriminator {
                property: property.to_string(),
                mapping: Vec::new(),
                origin: value.origin(),
            });
        }
        if !value.value.is_object() {
            self.ignored("a mapping", value);
            return None;
        }
        let Some(property) = self.text(value, "propertyName") else {
            self.left_out("the discriminator", "propertyName", value);
            return None;
        };
        let mut mapping = Vec::new();
        for (name, target) in self.named(value, "mapping") {
            if let Some(schema) = self.mapped(&target) {
                mapping.push((name.to_owned(), schema));
            }
        }
        Some(Discriminator {
            property,
            mapping,
            origin: value.origin(),
        })
    }

    /// The schema that a value of `mapping` names: the name of one, else a reference.
    fn mapped(&mut self, target: &Node<'a>) -> Option<SchemaId> {
        let Some(text) = target.value.as_str() else {
            self.ignored("the name of a schema or a reference", target);
            return None;
        };
        let named = self
            .root
            .get("components")
            .and_then(|components| components.get("schemas"));
        if let Some(schema) = named.and_then(|schemas| schemas.get(text)) {
            return Some(self.schema(&schema));
        }
        match self.lookup(target.file, text) {
            Ok(schema) => Some(self.schema(&schema)),
            Err(Code::DanglingRef { reference } | Code::UnreadableRef { reference, .. }) => {
                let code = Code::DanglingSchema { reference };
                self.report(code, Place::Value(target.origin()));
                None
            }
            Err(code) => {
                self.report(code, Place::Value(target.origin()));
                None
            }
        }
    }

    fn text_at(&mut self, node: &Node<'a>) -> Option<Arc<str>> {
        let node = self.follow(node.clone())?;
        let text = super::read::shared_text_of(node.value);
        if text.is_none() {
            self.ignored("a text", &node);
        }
        text
    }

    /// An External Documentation Object.
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

    /// Cuts every cycle of references that never reaches a definition, and reports it once.
    fn break_cycles(&mut self) {
        let mut state = vec![Seen::Never; self.schemas.len()];
        let references = std::mem::take(&mut self.references);
        let at_schema: HashMap<SchemaId, &Node<'a>> =
            references.iter().map(|(id, node)| (*id, node)).collect();
        for &(start, _) in &references {
            let mut path = Vec::new();
            let mut at = Some(start);
            while let Some(id) = at {
                match std::mem::replace(&mut state[id.0 as usize], Seen::Now) {
                    Seen::Never => path.push(id),
                    Seen::Now => {
                        let reference = at_schema[&id];
                        self.report(
                            Code::RefCycle {
                                reference: written(reference),
                            },
                            Place::Value(reference.origin()),
                        );
                        self.schemas[id.0 as usize].reference = None;
                        break;
                    }
                    Seen::Before => {
                        state[id.0 as usize] = Seen::Before;
                        break;
                    }
                }
                at = self.schemas[id.0 as usize].reference;
            }
            for id in path {
                state[id.0 as usize] = Seen::Before;
            }
        }
    }
}

/// When a walk along references came by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Never,
    Now,
    Before,
}

/// Whether a member of an object read in this form is a keyword of its schema.
fn belongs(form: Form, key: &str) -> bool {
    match form {
        Form::Parameter => !matches!(
            key,
            "required" | "description" | "deprecated" | "x-deprecated"
        ),
        Form::Field => key != "required",
        Form::Schema | Form::Untyped | Form::Anything => true,
    }
}

/// Adds a type by the word of the specification; whether there is one.
fn set_type(types: &mut Types, word: &str) -> bool {
    let flag = match word {
        "null" => &mut types.null,
        "boolean" => &mut types.boolean,
        "integer" => &mut types.integer,
        "number" => &mut types.number,
        "string" => &mut types.string,
        "array" => &mut types.array,
        "object" => &mut types.object,
        _ => return false,
    };
    *flag = true;
    true
}

/// What people mean by a word that is no type, with the format it implies; `any value` where nobody can tell.
fn nearest_type(word: &str) -> (&'static str, Option<&'static str>) {
    match word.to_ascii_lowercase().as_str() {
        "boolean" | "bool" => ("boolean", None),
        "integer" | "int" => ("integer", None),
        "int32" => ("integer", Some("int32")),
        "long" | "int64" => ("integer", Some("int64")),
        "number" | "decimal" | "numeric" => ("number", None),
        "float" => ("number", Some("float")),
        "double" => ("number", Some("double")),
        "string" | "str" | "text" | "enum" | "url" => ("string", None),
        "date" => ("string", Some("date")),
        "datetime" | "date-time" | "timestamp" => ("string", Some("date-time")),
        "uuid" => ("string", Some("uuid")),
        "uri" => ("string", Some("uri")),
        "binary" => ("string", Some("binary")),
        "byte" => ("string", Some("byte")),
        "array" | "list" => ("array", None),
        "object" | "map" | "hash" | "dictionary" | "dict" => ("object", None),
        _ => ("any value", None),
    }
}

/// What the extensions of generators say of the values of `enum`, by position or by value.
fn value_words(node: &Node<'_>, values: &[Json]) -> Vec<ValueWords> {
    let text = |key: &str, index: usize, value: &Json| {
        let words = node.get(key)?;
        let word = match words.value {
            Value::Array(words) => words.get(index)?,
            Value::Object(words) => words.get(&json_text(value)?)?.1,
            _ => return None,
        };
        super::read::text_of(word).filter(|word| !word.is_empty())
    };
    let first = |keys: &[&str], index: usize, value: &Json| {
        keys.iter().find_map(|key| text(key, index, value))
    };
    let extension = node.get("x-ms-enum");
    let listed = extension.and_then(|extension| extension.get("values"));
    let listed = listed.and_then(|listed| listed.value.as_array());
    // Of several for one value the first counts.
    let listed = listed.unwrap_or_default().iter().rev();
    let listed = listed.filter_map(|listed| Some((Json::from(listed.get("value")?), listed)));
    let listed: HashMap<Json, &Value> = listed.collect();
    let microsoft = |value: &Json, key: &str| {
        let text = listed.get(value)?.get(key)?.as_str();
        text.map(str::to_owned)
    };
    let words = values.iter().enumerate().map(|(index, value)| ValueWords {
        value: value.clone(),
        name: first(
            &[
                "x-enum-varnames",
                "x-enumNames",
                "x-enum-names",
                "x-enum-keys",
            ],
            index,
            value,
        )
        .or_else(|| microsoft(value, "name")),
        description: first(&["x-enum-descriptions", "x-enumDescriptions"], index, value)
            .or_else(|| microsoft(value, "description")),
    });
    words
        .filter(|words| words.name.is_some() || words.description.is_some())
        .collect()
}

/// A scalar as text.
fn json_text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(_) | Json::Bool(_) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Compares two numbers, exactly where both are whole.
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

/// The examples of a schema: a list, or the mapping of a media type where somebody mistook the one for the other.
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

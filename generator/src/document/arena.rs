//! Reads the schemas of every version into one arena.
//!
//! In: nodes that are Schema Objects, or parameters of Swagger 2. Out: [`SchemaId`]s, reserved at once and read later from a queue, so that
//! cycles need no special care and nesting needs no stack. The same node always has the same id. The parts of a schema form a tree; only
//! `reference` and the mapping of a discriminator lead out of it. Normalises the spelling of keywords (`keywords.rs`), but doesn't know
//! what a combination of them means.

use super::read::{Form, Reader, Version};
use super::types::set_type;
use super::{Schema, SchemaId};
use crate::source::{Node, Value};

/// Keywords that are read next to a `$ref` before 3.1. They don't change the shape of the referenced schema.
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
    /// The id of the schema at `node`.
    pub(super) fn schema(&mut self, node: &Node<'a>) -> SchemaId {
        self.schema_in(node, Form::Schema)
    }

    /// The id of the schema at `node`, read in the given form.
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

    /// Adds a schema that isn't in the description.
    pub(super) fn new_schema(&mut self, schema: Schema) -> SchemaId {
        let id = SchemaId(u32::try_from(self.schemas.len()).unwrap_or(u32::MAX));
        self.schemas.push(schema);
        id
    }

    /// A part of another schema. If the part is declared elsewhere, it becomes a reference, so that parts always form a tree.
    pub(super) fn part(&mut self, node: &Node<'a>, elsewhere: bool) -> SchemaId {
        let id = self.schema(node);
        if !elsewhere {
            return id;
        }
        self.new_schema(Schema {
            reference: Some(id),
            ..Schema::empty(node.origin())
        })
    }

    /// The schemas in the mapping `key`, with their names.
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

    /// Reads all schemas in the queue, including those that are added meanwhile.
    pub(super) fn read_schemas(&mut self) {
        while let Some((id, node, form)) = self.queue.pop_front() {
            // Keeps the name or hint that was set when the schema was reserved.
            let reserved = Schema::empty(node.origin());
            let schema = std::mem::replace(&mut self.schemas[id.0 as usize], reserved);
            let mut schema = self.read_schema(id, schema, &node, form);
            // Reading may have allocated boxes for keywords that have no value after all.
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
            // An empty value: `name:`
            (_, Value::Null) => return schema,
            // PHP writes an empty mapping like that.
            (_, Value::Array(items)) if items.is_empty() => {
                self.form_read_as("an empty list", "an empty mapping", node);
                return schema;
            }
            // `name: string` for `name: {type: string}`
            (_, Value::String(word)) if set_type(&mut schema.types, word) => {
                self.form_read_as(&format!("`{word}`"), &format!("`{{type: {word}}}`"), node);
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
}

/// Whether a member of an object that is read in this form is a keyword of its schema.
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

//! Lowers schemas to shapes.

use super::compose::Held;
use super::formats::bounds;
use super::kind::{Kind, is_silent, kind_of, listed, lists_null, only_annotations, single_kind};
use super::xml::Spot;
use super::{Lower, Use, formats};
use crate::diag::{Code, Place, Same};
use crate::document::{Schema, SchemaId};
use crate::ir::{
    Closedness, Length, Map, Object, Presence, Property, Role, Shape, StringFormat, Text, TypeId,
};
use crate::regex;
use serde_json::Value;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

impl Lower<'_> {
    /// The schema at the end of a chain of mere references and wrappers.
    ///
    /// A named schema isn't skipped, even if it is only a reference: it becomes an alias.
    pub(super) fn definition(&self, schema: SchemaId) -> SchemaId {
        let mut at = schema;
        // A chain can't be longer than there are schemas; cycles of references were broken when they were read.
        for _ in 0..self.document.schemas.len() {
            match self.forwards_to(at) {
                Some(next) if self.schema(at).name.is_none() => at = next,
                _ => break,
            }
        }
        at
    }

    /// The target of a schema without constraints of its own: by `$ref`, or as the only member of an `allOf`, `oneOf` or `anyOf`.
    pub(super) fn forwards_to(&self, schema: SchemaId) -> Option<SchemaId> {
        let schema = self.schema(schema);
        if !only_annotations(&schema) {
            return None;
        }
        let mut wrapped = schema
            .reference
            .iter()
            .chain(
                schema
                    .all_of
                    .iter()
                    .filter(|part| !self.says_nothing(**part)),
            )
            .chain(&schema.one_of)
            .chain(&schema.any_of);
        let only = *wrapped.next()?;
        // `oneOf: [X, null]` is X; `nullable` covers null. Two members are enough to know, and this is called often.
        let others: Vec<SchemaId> = wrapped.take(2).copied().collect();
        let choice = schema.reference.is_none() && schema.all_of.is_empty();
        match (&others[..], choice) {
            ([], _) => Some(only),
            ([other], true) if self.is_bare_null(*other) => Some(only),
            ([other], true) if self.is_bare_null(only) => Some(*other),
            _ => None,
        }
    }

    /// Whether a part of an `allOf` has only annotations.
    fn says_nothing(&self, part: SchemaId) -> bool {
        is_silent(&self.schema(part))
    }

    /// Whether a schema by itself allows only null.
    fn is_bare_null(&self, schema: SchemaId) -> bool {
        let schema = self.schema(schema);
        single_kind(schema.types) == Some(Kind::Null)
            || listed(&schema).is_some_and(|values| values.iter().all(Value::is_null))
    }

    /// Whether a schema, or what it refers to, allows null.
    pub(super) fn nullable(&self, schema: SchemaId) -> bool {
        self.nullable_within(schema, &mut HashSet::new())
    }

    fn nullable_within(&self, id: SchemaId, seen: &mut HashSet<SchemaId>) -> bool {
        // Nested choices are few, and a cycle adds nothing.
        if !seen.insert(id) || seen.len() > 64 {
            return false;
        }
        let schema = self.schema(id);
        if schema.nullable
            || (schema.types.null && single_kind(schema.types) != Some(Kind::Null))
            || lists_null(&schema)
        {
            return true;
        }
        if schema
            .reference
            .is_some_and(|target| self.nullable_within(target, seen))
        {
            return true;
        }
        let mut choices = schema.one_of.iter().chain(&schema.any_of);
        let chosen =
            choices.any(|choice| self.is_bare_null(*choice) || self.nullable_within(*choice, seen));
        // An `allOf` allows null only if each of its schemas does.
        chosen
            || (!schema.all_of.is_empty()
                && schema
                    .all_of
                    .iter()
                    .all(|part| self.nullable_within(*part, seen)))
    }

    /// The shape of the values of `schema`; `ty` is their type.
    pub(super) fn shape(&mut self, schema: SchemaId, ty: TypeId) -> Shape {
        if let Some(target) = self.forwards_to(schema) {
            let target = self.use_of(target, Role::Variant(ty, 0));
            return Shape::Alias(target.ty);
        }
        if let Some(choice) = self.descendants(schema) {
            return self.union(&choice, ty);
        }
        let mut held = self.schema(schema);
        // Two choices in one schema both have to be made.
        let chooses_twice = !held.one_of.is_empty() && !held.any_of.is_empty();
        if held.reference.is_some() || !held.all_of.is_empty() || chooses_twice {
            let merged = self.merged(schema);
            if let Some((detail, origin)) = merged.conflict {
                self.diagnostics.push(
                    Code::AllOfConflict {
                        detail: detail.to_owned(),
                    },
                    Place::value(&origin),
                );
                self.note_contradiction(ty);
                return Shape::Any;
            }
            held = Held::Made(merged.schema);
        }
        if let Some(typed) = self.without_misleading(&held) {
            held = Held::Made(Rc::new(typed));
        }
        let (owner, schema) = (schema, &*held);
        self.report_lost(schema);
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            return self.union_of(schema, Some(owner), ty);
        }
        if let Some(values) = listed(schema) {
            return self.enumeration(schema, values, ty);
        }
        match kind_of(schema) {
            Some(Kind::Any) => Shape::Any,
            Some(Kind::Null) => Shape::Null,
            Some(Kind::Boolean) => Shape::Boolean,
            Some(Kind::Integer) => {
                self.note_format(schema, ty);
                let (format, bounds) = formats::integer(schema);
                Shape::Integer(format, bounds)
            }
            Some(Kind::Number) => {
                self.note_format(schema, ty);
                Shape::Number(formats::number(schema), bounds(schema))
            }
            Some(Kind::String) => {
                self.note_format(schema, ty);
                self.string(schema)
            }
            Some(Kind::Array) => self.array(schema, ty),
            Some(Kind::Object) => self.object(schema, ty),
            None => self.several_types(schema, ty),
        }
    }

    /// Reports keywords that constrain values and have no effect.
    pub(super) fn report_lost(&mut self, schema: &Schema) {
        let lost = schema.unread.iter();
        let lost: Vec<String> = lost.map(|keyword| format!("`{keyword}`")).collect();
        if !lost.is_empty() {
            let code = Code::LostConstraint {
                keywords: lost.join(", "),
            };
            let place = Place::value(&schema.origin);
            self.diagnostics.push_once(Same::Place, code, place);
        }
    }

    /// Records which of the formats with a configured type a type has.
    fn note_format(&mut self, schema: &Schema, ty: TypeId) {
        let known = &self.document.known_formats;
        let found = known
            .iter()
            .position(|known| formats::is_called(schema, known));
        if let Some(found) = found {
            self.formats.insert(ty, found);
        }
    }

    fn string(&mut self, schema: &Schema) -> Shape {
        let format = formats::string_format(schema);
        if let StringFormat::Other(name) = &format
            && !formats::is_free(name)
            && !self
                .document
                .known_formats
                .iter()
                .any(|known| formats::is_called(schema, known))
        {
            let code = Code::FormatKeptAsText {
                format: name.clone(),
            };
            let place = Place::value(&schema.origin);
            self.diagnostics.push_once(Same::Word(name), code, place);
        }
        let length = Length {
            min: schema.min_length.filter(|min| *min > 0),
            max: schema.max_length,
        };
        let pattern = schema.pattern.as_deref();
        let pattern = pattern.and_then(|pattern| self.pattern(pattern, schema));
        Shape::String(format, Text { length, pattern })
    }

    /// A pattern as generated code checks it; an unsupported one is reported.
    pub(super) fn pattern(&mut self, pattern: &str, schema: &Schema) -> Option<String> {
        let read = regex::readable(pattern);
        if let Err(reason) = &read {
            let code = Code::BadPattern {
                pattern: pattern.to_owned(),
                reason: reason.clone(),
            };
            self.diagnostics.push(code, Place::value(&schema.origin));
        }
        let read = read.ok()?;
        if schema.max_length.is_none() && regex::explodes(&read) {
            let code = Code::SlowPattern {
                pattern: pattern.to_owned(),
            };
            self.diagnostics.push(code, Place::value(&schema.origin));
        }
        Some(read)
    }

    fn object(&mut self, schema: &Schema, ty: TypeId) -> Shape {
        let length = Length {
            min: schema.min_properties.filter(|min| *min > 0),
            max: schema.max_properties,
        };
        let rest = self.rest(schema, ty);
        let keys = self.keys(schema);
        let known: HashSet<&Arc<str>> = schema.properties.iter().map(|(name, _)| name).collect();
        let undeclared = schema.required.iter().filter(|name| !known.contains(name));
        let undeclared: Vec<&Arc<str>> = undeclared.collect();
        if schema.properties.is_empty() && undeclared.is_empty() {
            return match rest {
                Closedness::Open => {
                    let values = self.any(Role::Value(ty), schema);
                    Shape::Map(Map {
                        values,
                        nullable_values: false,
                        length,
                        keys,
                    })
                }
                Closedness::Typed { values, nullable } => Shape::Map(Map {
                    values,
                    nullable_values: nullable,
                    length,
                    keys,
                }),
                Closedness::Closed => Shape::Object(Box::new(Object {
                    properties: Vec::new(),
                    rest,
                    keys,
                    groups: Vec::new(),
                    length,
                    keeps: false,
                })),
            };
        }
        let required: HashSet<&Arc<str>> = schema.required.iter().collect();
        let mut properties: Vec<Property> = schema
            .properties
            .iter()
            .map(|(name, property)| self.property(required.contains(name), ty, name, *property))
            .collect();
        for name in undeclared {
            let code = Code::RequiredUndeclared {
                property: name.to_string(),
            };
            let place = Place::value(&schema.origin);
            self.diagnostics
                .push_once(Same::WordAtPlace(name), code, place);
            properties.push(self.undeclared_property(schema, ty, name));
        }
        Shape::Object(Box::new(Object {
            properties,
            rest,
            keys,
            groups: self.groups(schema),
            length,
            keeps: false,
        }))
    }

    fn property(
        &mut self,
        required: bool,
        ty: TypeId,
        name: &Arc<str>,
        property: SchemaId,
    ) -> Property {
        let used = self.use_of(property, Role::Property(ty, Arc::clone(name)));
        self.note_xml(property, Spot::Property(ty, name));
        let schema = self.schema(property);
        Property {
            name: Arc::clone(name),
            ty: used.ty,
            // A property whose only value is null isn't the same as an absent one.
            presence: Presence::new(required, used.nullable || self.is_null(property)),
            description: schema.description.clone().or_else(|| schema.title.clone()),
            default: self.default_of(property),
            deprecated: schema.deprecated,
            read_only: schema.read_only,
            write_only: schema.write_only,
            wanted: None,
            origin: schema.origin.clone(),
        }
    }

    fn undeclared_property(&mut self, parent: &Schema, ty: TypeId, name: &Arc<str>) -> Property {
        Property {
            name: Arc::clone(name),
            ty: self.any(Role::Property(ty, Arc::clone(name)), parent),
            presence: Presence::Required,
            description: None,
            default: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            wanted: None,
            origin: parent.origin.clone(),
        }
    }

    pub(super) fn use_or_any(
        &mut self,
        schema: Option<SchemaId>,
        role: Role,
        parent: &Schema,
    ) -> Use {
        match schema {
            Some(schema) => self.use_of(schema, role),
            None => Use {
                ty: self.any(role, parent),
                nullable: false,
            },
        }
    }

    /// A type for any value, for a description without a schema.
    pub(super) fn any(&mut self, role: Role, parent: &Schema) -> TypeId {
        self.types.push(crate::ir::TypeDef {
            role,
            title: None,
            description: None,
            deprecated: false,
            shape: Shape::Any,
            rules: None,
            shared: false,
            origin: parent.origin.clone(),
        });
        TypeId(u32::try_from(self.types.len() - 1).unwrap_or(u32::MAX))
    }
}

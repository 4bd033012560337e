//! Schemas in the terms of JSON Schema 2020-12.

use super::ExternalDocs;
use crate::source::{Origin, Value};
use serde_json::{Number, Value as Json};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// An index into [`Document::schemas`](super::Document::schemas).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub u32);

/// A schema in the terms of JSON Schema 2020-12. `nullable` (3.0) and `x-nullable` (2.0) are `types.null`; boolean exclusive bounds are
/// numeric ones; `example` is one of `examples`. Big documents have very many schemas, most of them properties of a plain type, so less
/// frequent fields are in [`More`] and rare ones in [`Rare`], boxed and accessible through `Deref`.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, clippy::struct_excessive_bools)] // the words of the specification
pub struct Schema {
    pub origin: Origin,
    /// The target of `$ref`. Before 3.1 it stands alone, apart from annotations and `nullable`; in 3.1 the other keywords apply in addition
    /// to it. A chain of references always ends at a schema without one.
    pub reference: Option<SchemaId>,
    pub description: Option<Arc<str>>,
    pub types: Types,
    /// `nullable: true`. If there is a `type`, `types.null` is set too.
    pub nullable: bool,
    pub format: Option<Arc<str>>,
    pub deprecated: bool,
    pub read_only: bool,
    pub write_only: bool,
    /// The schema of items after `prefix_items`; `additionalItems` next to a list in `items` is converted to it.
    pub items: Option<SchemaId>,
    /// `None` if all of it is absent.
    pub(crate) more: Option<Box<More>>,
}

/// Fields that some schemas have: names, properties, listed values, and composition.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the words of the specification
pub struct More {
    /// The key in `components.schemas` or `definitions`.
    pub name: Option<Arc<str>>,
    /// For a schema without a name that a `$ref` refers to: the name that its place suggests, such as the key in `definitions` of another
    /// file, or the name of a file that is one schema. Not unique.
    pub hint: Option<Arc<str>>,
    pub title: Option<Arc<str>>,
    pub properties: Vec<(Arc<str>, SchemaId)>,
    pub required: Vec<Arc<str>>,
    pub additional: Additional,
    pub values: Option<Vec<Json>>,
    pub examples: Vec<Value>,
    pub all_of: Vec<SchemaId>,
    pub one_of: Vec<SchemaId>,
    pub any_of: Vec<SchemaId>,
    /// `None` if all of it is absent.
    pub(crate) rare: Option<Box<Rare>>,
}

/// Fields that few schemas have.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the words of the specification
pub struct Rare {
    /// A boolean schema: `true` allows everything, `false` nothing.
    pub boolean: Option<bool>,
    pub not: Option<SchemaId>,
    /// `if`.
    pub condition: Option<SchemaId>,
    /// `then`, which has no meaning without `if`.
    pub then: Option<SchemaId>,
    /// `else`, which has no meaning without `if`.
    pub otherwise: Option<SchemaId>,
    pub contains: Option<SchemaId>,
    /// `minContains`; 1 if absent.
    pub min_contains: Option<u64>,
    pub max_contains: Option<u64>,
    /// `dependentSchemas`, and `dependencies` with schemas: what an object with a property has to satisfy.
    pub dependent_schemas: Vec<(Arc<str>, SchemaId)>,
    /// `unevaluatedItems`.
    pub unevaluated_items: Additional,
    pub discriminator: Option<Box<Discriminator>>,
    /// Names and descriptions of `enum` values from extensions such as `x-enum-varnames`.
    pub value_words: Vec<ValueWords>,
    /// Whether the values are from `x-extensible-enum`, so that there may be others.
    pub extensible: bool,
    /// `dependentRequired`, and `dependencies` with names: the properties that a property requires.
    pub dependent_required: Vec<(Arc<str>, Vec<Arc<str>>)>,
    pub content_encoding: Option<Arc<str>>,
    pub content_media_type: Option<Arc<str>>,
    /// `contentSchema`: the schema of the document in a string.
    pub content_schema: Option<SchemaId>,
    pub constant: Option<Box<Json>>,
    pub default: Option<Box<Json>>,
    /// `unevaluatedProperties`.
    pub unevaluated: Additional,
    pub pattern_properties: Vec<(Arc<str>, SchemaId)>,
    pub property_names: Option<SchemaId>,
    pub prefix_items: Vec<SchemaId>,
    pub minimum: Option<Bound>,
    pub maximum: Option<Bound>,
    pub multiple_of: Option<Number>,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub pattern: Option<Arc<str>>,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
    pub unique_items: bool,
    pub min_properties: Option<u64>,
    pub max_properties: Option<u64>,
    /// The `xml` object, as written.
    pub xml: Option<Box<Json>>,
    /// `externalDocs`.
    pub external_docs: Option<Box<ExternalDocs>>,
    /// `x-rust-type`, as written.
    pub rust_type: Option<Box<Json>>,
    /// Keywords that constrain values and have no field here: a `$dynamicRef` that leads to different places.
    pub unread: Vec<String>,
}

/// A set of JSON types. Empty if the schema has no `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, clippy::struct_excessive_bools)] // the words of JSON Schema
pub struct Types {
    pub null: bool,
    pub boolean: bool,
    pub integer: bool,
    pub number: bool,
    pub string: bool,
    pub array: bool,
    pub object: bool,
}

/// `additionalProperties` and similar keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Additional {
    /// Absent.
    #[default]
    Unstated,
    /// `false`.
    Forbidden,
    /// `true` or `{}`.
    Any,
    Schema(SchemaId),
}

/// A bound of a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    pub value: Number,
    /// Whether the bound itself is excluded.
    pub exclusive: bool,
}

/// A Discriminator Object. Swagger 2's string becomes one without a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Discriminator {
    /// The property that has the tag.
    pub property: String,
    /// Tags with their schemas.
    pub mapping: Vec<(String, SchemaId)>,
    pub origin: Origin,
}

/// Name and description of an `enum` value, from extensions.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueWords {
    pub value: Json,
    pub name: Option<String>,
    pub description: Option<String>,
}

impl Schema {
    /// A schema without keywords, which allows everything.
    #[must_use]
    pub fn empty(origin: Origin) -> Self {
        Self {
            origin,
            reference: None,
            description: None,
            types: Types::default(),
            nullable: false,
            format: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            items: None,
            more: None,
        }
    }

    /// An `anyOf` of some schemas and nothing else. It isn't a `oneOf`, as the description doesn't require that exactly one matches.
    #[must_use]
    pub fn choice(any_of: Vec<SchemaId>, origin: Origin) -> Self {
        let mut choice = Self::empty(origin);
        choice.any_of = any_of;
        choice
    }

    /// Drops boxes whose fields are all absent, so that equal schemas compare equal.
    pub(crate) fn tidy(&mut self) {
        if let Some(more) = &mut self.more {
            more.rare.take_if(|rare| **rare == Rare::NONE);
        }
        self.more.take_if(|more| **more == More::NONE);
    }
}

impl More {
    /// All fields absent.
    const NONE: Self = Self {
        name: None,
        hint: None,
        title: None,
        properties: Vec::new(),
        required: Vec::new(),
        additional: Additional::Unstated,
        values: None,
        examples: Vec::new(),
        all_of: Vec::new(),
        one_of: Vec::new(),
        any_of: Vec::new(),
        rare: None,
    };
}

impl Rare {
    /// All fields absent.
    const NONE: Self = Self {
        boolean: None,
        not: None,
        condition: None,
        then: None,
        otherwise: None,
        contains: None,
        min_contains: None,
        max_contains: None,
        dependent_schemas: Vec::new(),
        unevaluated_items: Additional::Unstated,
        discriminator: None,
        value_words: Vec::new(),
        extensible: false,
        dependent_required: Vec::new(),
        content_encoding: None,
        content_media_type: None,
        content_schema: None,
        constant: None,
        default: None,
        unevaluated: Additional::Unstated,
        pattern_properties: Vec::new(),
        property_names: None,
        prefix_items: Vec::new(),
        minimum: None,
        maximum: None,
        multiple_of: None,
        min_length: None,
        max_length: None,
        pattern: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        min_properties: None,
        max_properties: None,
        xml: None,
        external_docs: None,
        rust_type: None,
        unread: Vec::new(),
    };
}

impl Deref for Schema {
    type Target = More;

    fn deref(&self) -> &More {
        static NONE: More = More::NONE;
        self.more.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for Schema {
    fn deref_mut(&mut self) -> &mut More {
        self.more.get_or_insert_with(|| Box::new(More::NONE))
    }
}

impl Deref for More {
    type Target = Rare;

    fn deref(&self) -> &Rare {
        static NONE: Rare = Rare::NONE;
        self.rare.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for More {
    fn deref_mut(&mut self) -> &mut Rare {
        self.rare.get_or_insert_with(|| Box::new(Rare::NONE))
    }
}

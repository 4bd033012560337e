//! Types on the wire.

use super::RuleId;
use crate::source::Origin;
use serde_json::{Number, Value};
use std::collections::HashSet;
use std::sync::Arc;

/// An index into [`Api::types`](super::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(crate) u32);

impl TypeId {
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A type with its origin.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// The place of the type in the description, from which its name is made.
    pub role: Role,
    /// A one-line title.
    pub title: Option<Arc<str>>,
    /// CommonMark text.
    pub description: Option<Arc<str>>,
    pub deprecated: bool,
    pub shape: Shape,
    /// Constraints that the shape doesn't express.
    pub rules: Option<RuleId>,
    /// Whether equal types in other places are aliases of it.
    pub shared: bool,
    pub origin: Origin,
}

/// The role of a type in the description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// A named schema.
    Named(Arc<str>),
    /// A schema without a name of its own that a reference leads to, whose place suggests one: `schemas.yaml#/Note`.
    Referenced(Arc<str>),
    /// A property of another type.
    Property(TypeId, Arc<str>),
    /// The items of an array.
    Item(TypeId),
    /// The values of a map.
    Value(TypeId),
    /// A variant of a union, by index.
    Variant(TypeId, usize),
    /// A variant of a union: the schema of this name, merged with the siblings of the choice.
    Extended(TypeId, Arc<str>),
    /// The request body of the operation at this index.
    Body(usize),
    /// A response of the operation at this index.
    Response(usize, super::Status),
    /// A parameter of the operation at this index.
    Parameter(usize, Arc<str>),
    /// The schema of a named body, response or parameter, which any operation may use.
    Shared(Shared, Arc<str>),
    /// The counterpart of another role: for a second media type, `form` or `lines`; for merge patches, [`Role::PATCH`]; for a base without
    /// its derived schemas, [`Role::BASE`].
    As(Box<Role>, &'static str),
}

impl Role {
    /// The counterpart for merge patches.
    pub const PATCH: &str = "patch";

    /// The counterpart for a schema with a discriminator, without the schemas derived from it.
    pub const BASE: &str = "base";

    /// The name of the schema, if it has one.
    #[must_use]
    pub fn schema(&self) -> Option<&str> {
        match self {
            Self::Named(name) | Self::Referenced(name) => Some(name),
            Self::Property(..)
            | Self::Item(_)
            | Self::Value(_)
            | Self::Variant(..)
            | Self::Extended(..)
            | Self::Body(_)
            | Self::Response(..)
            | Self::Parameter(..)
            | Self::Shared(..)
            | Self::As(..) => None,
        }
    }

    /// The type that it is a part of.
    #[must_use]
    pub fn parent(&self) -> Option<TypeId> {
        match self {
            Self::Property(parent, _)
            | Self::Item(parent)
            | Self::Value(parent)
            | Self::Variant(parent, _)
            | Self::Extended(parent, _) => Some(*parent),
            Self::As(whole, _) => whole.parent(),
            Self::Named(_)
            | Self::Referenced(_)
            | Self::Body(_)
            | Self::Response(..)
            | Self::Parameter(..)
            | Self::Shared(..) => None,
        }
    }

    /// Whether it is the role of a type without a name of its own.
    #[must_use]
    pub fn is_place(&self) -> bool {
        match self {
            Self::Named(_) | Self::Referenced(_) | Self::Shared(..) => false,
            Self::Property(..)
            | Self::Item(_)
            | Self::Value(_)
            | Self::Variant(..)
            | Self::Extended(..)
            | Self::Body(_)
            | Self::Response(..)
            | Self::Parameter(..) => true,
            Self::As(whole, _) => whole.is_place(),
        }
    }
}

/// Named components other than schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    Body,
    Response,
    Parameter,
}

impl Shared {
    /// The component in a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Response => "response",
            Self::Parameter => "parameter",
        }
    }
}

/// The form of a value in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// Only null.
    Null,
    /// A boolean.
    Boolean,
    /// An integer.
    Integer(IntegerFormat, Bounds),
    Number(NumberFormat, Bounds),
    String(StringFormat, Text),
    /// One of several listed values.
    Enum(Enum),
    /// A list of items of one type.
    Array(Array),
    /// A list with a fixed number of items, each of its own type.
    Tuple(Vec<Item>),
    /// An object whose keys are data.
    Map(Map),
    /// An object with declared properties.
    Object(Box<Object>),
    /// One of several types.
    Union(Union),
    /// An alias of another type: a named schema that is only a reference, or a place with the same type as another one.
    Alias(TypeId),
}

impl Shape {
    /// The types that it consists of.
    #[must_use]
    pub fn parts(&self) -> Vec<TypeId> {
        match self {
            Self::Array(array) => vec![array.items],
            Self::Tuple(items) => items.iter().map(|item| item.ty).collect(),
            Self::Map(map) => vec![map.values],
            Self::Object(object) => {
                let rest = match object.rest {
                    Closedness::Typed { values, .. } => Some(values),
                    Closedness::Open | Closedness::Closed => None,
                };
                let properties = object.properties.iter().map(|property| property.ty);
                properties.chain(rest).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| variant.ty).collect(),
            Self::Alias(target) => vec![*target],
            Self::Any
            | Self::Null
            | Self::Boolean
            | Self::Integer(..)
            | Self::Number(..)
            | Self::String(..)
            | Self::Enum(_) => Vec::new(),
        }
    }
}

/// The width of an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntegerFormat {
    /// `int32`.
    Int32,
    /// `int64`, and integers without a format.
    Int64,
    /// `uint32`.
    UInt32,
    /// `uint64`.
    UInt64,
}

/// The precision of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberFormat {
    /// `float`.
    Float,
    /// `double`, and numbers without a format.
    Double,
}

/// Constraints of a number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Bounds {
    /// The least value, and whether it is excluded.
    pub minimum: Option<(Number, bool)>,
    /// The greatest value, and whether it is excluded.
    pub maximum: Option<(Number, bool)>,
    pub multiple_of: Option<Number>,
}

/// The format of a string.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum StringFormat {
    /// No format.
    Plain,
    /// `uri`: RFC 3986, with a scheme.
    Uri,
    /// `date-time`: RFC 3339.
    DateTime,
    /// `date`: RFC 3339, `full-date`.
    Date,
    /// `time`: RFC 3339, `full-time`.
    Time,
    /// `duration`: ISO 8601.
    Duration,
    /// `uuid`: RFC 9562.
    Uuid,
    /// `byte`, or `contentEncoding: base64` and `base64url`: RFC 4648.
    Base64,
    /// `decimal`: a number with any number of digits.
    Decimal,
    /// Text with a grammar but without a type of its own.
    Grammar(Grammar),
    /// An unknown format, which isn't checked.
    Other(String),
}

/// Formats of JSON Schema Validation (section 7.3) and of OpenAPI's registry that are checked, but have no type of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the formats of these names
pub enum Grammar {
    Email,
    IdnEmail,
    Hostname,
    IdnHostname,
    Ip,
    Ipv4,
    Ipv6,
    UriReference,
    Iri,
    IriReference,
    UriTemplate,
    JsonPointer,
    RelativeJsonPointer,
    LocalDateTime,
    LocalTime,
    Regex,
}

impl Grammar {
    /// The format as JSON Schema spells it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::IdnEmail => "idn-email",
            Self::Hostname => "hostname",
            Self::IdnHostname => "idn-hostname",
            Self::Ip => "ip",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::UriReference => "uri-reference",
            Self::Iri => "iri",
            Self::IriReference => "iri-reference",
            Self::UriTemplate => "uri-template",
            Self::JsonPointer => "json-pointer",
            Self::RelativeJsonPointer => "relative-json-pointer",
            Self::LocalDateTime => "date-time-local",
            Self::LocalTime => "time-local",
            Self::Regex => "regex",
        }
    }
}

/// Constraints of a string.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Text {
    /// The length in characters.
    pub length: Length,
    /// An ECMA-262 regular expression, in the syntax of the flag `u`.
    pub pattern: Option<String>,
}

/// A range of counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Length {
    /// The least count.
    pub min: Option<u64>,
    /// The greatest count.
    pub max: Option<u64>,
}

/// Listed values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Enum {
    pub kind: EnumKind,
    /// The values, in document order, without duplicates.
    pub values: Vec<Listed>,
    /// Whether the description allows other values too.
    pub open: bool,
}

impl Enum {
    /// Whether the values are non-negative integers of which some exceed 63 bits.
    #[must_use]
    pub fn is_unsigned(&self) -> bool {
        self.values.iter().all(|listed| listed.value.is_u64())
    }
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Listed {
    pub value: Value,
    /// The name that the description gives it.
    pub name: Option<String>,
    /// CommonMark text.
    pub description: Option<String>,
}

/// The kind of an enum's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnumKind {
    String,
    /// Integers of 64 bits.
    Integer,
    Number,
    /// A single boolean; both would not be an enum.
    Boolean,
    /// Any, including lists or objects.
    Any,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Array {
    /// The type of the items.
    pub items: TypeId,
    pub nullable_items: bool,
    /// The number of items.
    pub length: Length,
    /// `uniqueItems`.
    pub unique: bool,
}

/// An item of a tuple.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Item {
    pub ty: TypeId,
    pub nullable: bool,
}

/// An object whose keys are data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Map {
    /// The type of the values.
    pub values: TypeId,
    pub nullable_values: bool,
    /// The number of properties.
    pub length: Length,
    /// The ECMA-262 regular expression that keys have to match.
    pub keys: Option<String>,
}

/// An object with declared properties.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Object {
    /// The properties, in document order.
    pub properties: Vec<Property>,
    /// Which additional properties it may have.
    pub rest: Closedness,
    /// The ECMA-262 regular expression that the names of additional properties have to match.
    pub keys: Option<String>,
    /// Which properties go together.
    pub groups: Vec<Groups>,
    /// The number of properties.
    pub length: Length,
    /// Whether undeclared properties are kept, because rules or unions look at them.
    pub keeps: bool,
}

impl Object {
    /// Whether it has constraints on additional properties: their names, their number, or which are required.
    #[must_use]
    pub fn checks_rest(&self) -> bool {
        let known: HashSet<&str> = self.properties.iter().map(|one| &*one.name).collect();
        let mut grouped = self.groups.iter().flat_map(Groups::names);
        self.keeps
            || self.keys.is_some()
            || self.length != Length::default()
            || grouped.any(|name| !known.contains(name))
    }
}

/// Which properties go together. A group is present if all of its properties are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Groups {
    /// At least one group is present: `anyOf` with only `required`.
    Any(Vec<Vec<Arc<str>>>),
    /// Exactly one group is present: `oneOf` with only `required`.
    One(Vec<Vec<Arc<str>>>),
    /// The group isn't present: `not` with only `required`.
    Not(Vec<Arc<str>>),
    /// The property requires all of these: `dependentRequired`.
    With(Arc<str>, Vec<Arc<str>>),
}

impl Groups {
    /// The properties in the constraint.
    fn names(&self) -> Vec<&str> {
        let (first, others) = match self {
            Self::Any(groups) | Self::One(groups) => (None, groups.as_slice()),
            Self::Not(group) => (None, std::slice::from_ref(group)),
            Self::With(name, needed) => (Some(name), std::slice::from_ref(needed)),
        };
        first
            .into_iter()
            .chain(others.iter().flatten())
            .map(|name| &**name)
            .collect()
    }
}

/// Which additional properties an object may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Closedness {
    /// Any; the description doesn't say.
    Open,
    /// None.
    Closed,
    /// Properties of one type.
    Typed { values: TypeId, nullable: bool },
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Property {
    /// The name in JSON.
    pub name: Arc<str>,
    pub ty: TypeId,
    pub presence: Presence,
    /// CommonMark text.
    pub description: Option<Arc<str>>,
    /// The default value.
    pub default: Option<Box<Value>>,
    pub deprecated: bool,
    /// `readOnly`: only sent by the server.
    pub read_only: bool,
    /// `writeOnly`: only sent to the server.
    pub write_only: bool,
    /// The direction in which it is required. It is optional in the type because the other direction omits it.
    pub wanted: Option<Direction>,
    pub origin: Origin,
}

/// The direction of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To the API.
    Request,
    /// From the API.
    Response,
}

/// Whether a value may be absent, null, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Present and not null.
    Required,
    /// May be absent.
    Optional,
    /// Present, may be null.
    Nullable,
    /// May be absent, may be null.
    OptionalNullable,
}

impl Presence {
    #[must_use]
    pub fn new(required: bool, nullable: bool) -> Self {
        match (required, nullable) {
            (true, false) => Self::Required,
            (false, false) => Self::Optional,
            (true, true) => Self::Nullable,
            (false, true) => Self::OptionalNullable,
        }
    }
}

/// One of several types.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Union {
    /// How the variant of a value is chosen.
    pub kind: UnionKind,
    /// If exactly one alternative has to match (`oneOf`), the number of alternatives; further variants are for values that match several.
    pub exclusive: Option<usize>,
    pub variants: Vec<Variant>,
}

/// How the variant of a value is chosen. Decided here once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum UnionKind {
    /// By the value of a property that all variants have.
    Tagged { property: String },
    /// By the JSON type: string, number, object, …
    ByKind,
    /// By a property that only one variant has, then like [`Ordered`](Self::Ordered).
    ByField,
    /// By trying each variant: the one that declares the most of the value's properties.
    Ordered,
}

/// A variant of a union.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Variant {
    pub ty: TypeId,
    /// What identifies it: values of the tag, or the name of the property; empty if the JSON type or the order does.
    pub keys: Vec<String>,
    /// Whether its type doesn't declare the tag, so that the union writes it.
    pub writes_tag: bool,
}

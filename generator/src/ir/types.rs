//! Types as they are on the wire.

use super::RuleId;
use crate::source::Origin;
use serde_json::{Number, Value};
use std::collections::HashSet;
use std::sync::Arc;

/// A type in [`Api::types`](super::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(crate) u32);

impl TypeId {
    /// The index into [`Api::types`](super::Api::types).
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A type and where it comes from.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// What it is to the rest of the description; names are made from it.
    pub role: Role,
    /// One line for people.
    pub title: Option<Arc<str>>,
    /// CommonMark text.
    pub description: Option<Arc<str>>,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// What it is on the wire.
    pub shape: Shape,
    /// What else its values have to satisfy.
    pub rules: Option<RuleId>,
    /// Whether it stands for equal types in other places, which are aliases of it.
    pub shared: bool,
    /// Where it stands.
    pub origin: Origin,
}

/// Where in the description a type stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// A schema with a name of its own.
    Named(Arc<str>),
    /// A schema beside those with a name, to which a reference leads whose place suggests one: `schemas.yaml#/Note`.
    Referenced(Arc<str>),
    /// The value of a property of another type.
    Property(TypeId, Arc<str>),
    /// The items of an array.
    Item(TypeId),
    /// The values of a map.
    Value(TypeId),
    /// A variant of a union, by its position.
    Variant(TypeId, usize),
    /// A variant of a union: the schema of this name, together with what stands beside the choice.
    Extended(TypeId, Arc<str>),
    /// The request body of the operation at this index.
    Body(usize),
    /// A response of the operation at this index.
    Response(usize, super::Status),
    /// A parameter of the operation at this index.
    Parameter(usize, Arc<str>),
    /// What a named body, response or parameter holds, which any operation may use.
    Shared(Shared, Arc<str>),
    /// What stands in the place of another role in a second media type, `form`, `lines`, [`Role::PATCH`], or is only the base of what is
    /// made of it, [`Role::BASE`].
    As(Box<Role>, &'static str),
}

impl Role {
    /// The word for merge patches.
    pub const PATCH: &str = "patch";

    /// The word for a schema with a discriminator without those that are made of it.
    pub const BASE: &str = "base";

    /// The name of the schema, if it is one with a name.
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

    /// Whether it is the place of a type that has no name of its own.
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

/// What has a name of its own beside schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// A request body.
    Body,
    /// A response.
    Response,
    /// A parameter.
    Parameter,
}

impl Shared {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Response => "response",
            Self::Parameter => "parameter",
        }
    }
}

/// What a value looks like in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// Only null.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer(IntegerFormat, Bounds),
    /// A number.
    Number(NumberFormat, Bounds),
    /// A string.
    String(StringFormat, Text),
    /// One of listed values.
    Enum(Enum),
    /// A list.
    Array(Array),
    /// A list of as many items, each of its own type.
    Tuple(Vec<Item>),
    /// An object whose keys are data.
    Map(Map),
    /// An object with known properties.
    Object(Box<Object>),
    /// One of several types.
    Union(Union),
    /// The same as another type: a named schema that is only a reference, or a place that holds what another one holds.
    Alias(TypeId),
}

impl Shape {
    /// The types that it is made of.
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
    /// `int64`, and integers that don't say.
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
    /// `double`, and numbers that don't say.
    Double,
}

/// What a number has to satisfy.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Bounds {
    /// The least value, and whether it is itself excluded.
    pub minimum: Option<(Number, bool)>,
    /// The greatest value, and whether it is itself excluded.
    pub maximum: Option<(Number, bool)>,
    /// What it must be a multiple of.
    pub multiple_of: Option<Number>,
}

/// What a string stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum StringFormat {
    /// Text.
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
    /// Text that has to satisfy a grammar.
    Grammar(Grammar),
    /// A format that nothing is known to check by.
    Other(String),
}

/// Grammars of text: the formats of JSON Schema Validation (section 7.3) and of OpenAPI's registry that need no type of their own.
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
    /// The format, as JSON Schema writes it.
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

/// What a string has to satisfy.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Text {
    /// Its length in characters.
    pub length: Length,
    /// An ECMA-262 regular expression, in the syntax of the flag `u`.
    pub pattern: Option<String>,
}

/// A least and a greatest count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Length {
    /// At least.
    pub min: Option<u64>,
    /// At most.
    pub max: Option<u64>,
}

/// Listed values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Enum {
    /// Of what kind they are.
    pub kind: EnumKind,
    /// The values, in the order of the document, each once.
    pub values: Vec<Listed>,
    /// Whether the description says that there are other values too.
    pub open: bool,
}

impl Enum {
    /// Whether the values are integers from 0 on: numbers of which some are beyond 63 bits.
    #[must_use]
    pub fn is_unsigned(&self) -> bool {
        self.values.iter().all(|listed| listed.value.is_u64())
    }
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Listed {
    /// The value.
    pub value: Value,
    /// What the description calls it.
    pub name: Option<String>,
    /// CommonMark text.
    pub description: Option<String>,
}

/// The kind of an enum's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnumKind {
    /// Strings.
    String,
    /// Whole numbers of 64 bits.
    Integer,
    /// Numbers.
    Number,
    /// `true` or `false`; one of them, or it would be no enum.
    Boolean,
    /// Lists or objects among others.
    Any,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Array {
    /// What it holds.
    pub items: TypeId,
    /// Whether an item may be null.
    pub nullable_items: bool,
    /// How many.
    pub length: Length,
    /// Whether no two may be equal.
    pub unique: bool,
}

/// An item of a tuple.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Item {
    /// Its type.
    pub ty: TypeId,
    /// Whether it may be null.
    pub nullable: bool,
}

/// An object whose keys are data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Map {
    /// What each key leads to.
    pub values: TypeId,
    /// Whether a value may be null.
    pub nullable_values: bool,
    /// How many.
    pub length: Length,
    /// The ECMA-262 regular expression that each key has to match.
    pub keys: Option<String>,
}

/// An object with known properties.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Object {
    /// The properties, in the order of the document.
    pub properties: Vec<Property>,
    /// What other properties there may be.
    pub rest: Closedness,
    /// The ECMA-262 regular expression that the keys of other properties have to match.
    pub keys: Option<String>,
    /// Which properties go together.
    pub groups: Vec<Groups>,
    /// How many properties.
    pub length: Length,
    /// Whether rules look at properties that it doesn't name.
    pub keeps: bool,
}

impl Object {
    /// Whether it says something of properties that it doesn't name: what they are called, how many there are, which there have to be.
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

/// Which properties go together; those of a group count as there when each of them is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Groups {
    /// One of these groups at least: `anyOf` of nothing but `required`.
    Any(Vec<Vec<Arc<str>>>),
    /// Exactly one of these groups: `oneOf` of nothing but `required`.
    One(Vec<Vec<Arc<str>>>),
    /// Not this group: `not` of nothing but `required`.
    Not(Vec<Arc<str>>),
    /// With this property all of these: `dependentRequired`.
    With(Arc<str>, Vec<Arc<str>>),
}

impl Groups {
    /// The properties that it is about.
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

/// What an object does with properties that it doesn't name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Closedness {
    /// Nothing is said; JSON Schema allows any.
    Open,
    /// There may be none.
    Closed,
    /// There may be some, each of this type.
    Typed {
        /// Their type.
        values: TypeId,
        /// Whether they may be null.
        nullable: bool,
    },
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Property {
    /// Its key.
    pub name: Arc<str>,
    /// Its type.
    pub ty: TypeId,
    /// Whether it may be absent or null.
    pub presence: Presence,
    /// CommonMark text.
    pub description: Option<Arc<str>>,
    /// What it is when absent.
    pub default: Option<Box<Value>>,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// Only ever sent by the server.
    pub read_only: bool,
    /// Only ever sent to the server.
    pub write_only: bool,
    /// The direction in which it has to be there although it is optional: it is required, and the other direction leaves it out.
    pub wanted: Option<Direction>,
    /// Where it stands.
    pub origin: Origin,
}

/// Where a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To the API.
    Request,
    /// From it.
    Response,
}

/// Whether a value may be absent, null, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// There, and not null.
    Required,
    /// May be absent.
    Optional,
    /// There, may be null.
    Nullable,
    /// May be absent, may be null.
    OptionalNullable,
}

impl Presence {
    /// From the two facts.
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
    /// How a value's variant is told.
    pub kind: UnionKind,
    /// Of how many alternatives exactly one has to hold although several could (`oneOf`); behind them stands what is several.
    pub exclusive: Option<usize>,
    /// The types.
    pub variants: Vec<Variant>,
}

/// How the variant of a value is told; decided once, here.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum UnionKind {
    /// By the value of a property that all have.
    Tagged {
        /// The property.
        property: String,
    },
    /// By the JSON kind: string, number, object, …
    ByKind,
    /// By a property that only one of them has, then as [`Ordered`](Self::Ordered).
    ByField,
    /// By trying each: the one that declares most of what is there.
    Ordered,
}

/// A variant of a union.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Variant {
    /// Its type.
    pub ty: TypeId,
    /// What tells it: the tag's values, the property's name; empty where the kind or the order tells.
    pub keys: Vec<String>,
    /// Whether its type doesn't declare the tag, so that the union writes it.
    pub writes_tag: bool,
}

//! The planned items of the types crate.

use super::doc::Doc;
use super::rust::{Ident, Named, NamedKind, Ty};
pub use crate::ir::{Direction, Grammar, Groups, Length, Presence, UnionKind};
use crate::regex;

/// An item of the types crate.
#[derive(Debug, Clone)]
pub enum TypeItem {
    Struct(Struct),
    StringEnum(StringEnum),
    IntegerEnum(IntegerEnum),
    /// One of several types.
    Union(Union),
    Alias(Alias),
    /// A type of another crate.
    Foreign(ForeignType),
}

impl TypeItem {
    #[must_use]
    pub fn name(&self) -> &Ident {
        match self {
            Self::Struct(item) => &item.name,
            Self::StringEnum(item) => &item.name,
            Self::IntegerEnum(item) => &item.name,
            Self::Union(item) => &item.name,
            Self::Alias(item) => &item.name,
            Self::Foreign(item) => &item.name,
        }
    }

    /// The type of another crate.
    #[must_use]
    pub fn foreign(&self) -> Option<&ForeignType> {
        if let Self::Foreign(item) = self {
            Some(item)
        } else {
            None
        }
    }

    /// The struct, if an example may show it: it isn't deprecated.
    #[must_use]
    pub fn as_shown(&self) -> Option<&Struct> {
        if let Self::Struct(item) = self
            && !item.deprecated
        {
            Some(item)
        } else {
            None
        }
    }
}

/// An enum such as `pub enum Pet { Cat(Cat), Dog(Dog) }`.
#[derive(Debug, Clone)]
pub struct Union {
    pub doc: Doc,
    pub deprecated: bool,
    /// Whether `Eq` and `Hash` are derived: the user wants them, and no variant contains a float.
    pub eq_hash: bool,
    /// The user's derives and attributes.
    pub extras: Extras,
    /// Whether one variant may be much larger than the others.
    pub unequal: bool,
    pub name: Ident,
    /// How the variant of a value is chosen.
    pub kind: UnionKind,
    /// If exactly one variant has to match, the number of variants that count.
    pub exclusive: Option<usize>,
    pub variants: Vec<UnionVariant>,
    /// The variant for values with an unknown tag.
    pub other: Option<Ident>,
    /// The table with further constraints.
    pub rules: Option<Ident>,
}

impl Union {
    /// Whether it writes the tag of a variant.
    #[must_use]
    pub fn writes_tags(&self) -> bool {
        self.variants.iter().any(|variant| variant.writes_tag)
    }
}

/// A variant of a union.
#[derive(Debug, Clone)]
pub struct UnionVariant {
    pub doc: Doc,
    pub name: Ident,
    pub ty: Ty,
    /// What identifies it: values of the tag, a JSON type, or a property. Empty if the order does, or for the last resort.
    pub keys: Vec<String>,
    /// What else it can't be read without, where variants are tried.
    pub sign: Sign,
    /// Whether its type doesn't declare the tag, so that the union writes it.
    pub writes_tag: bool,
    /// Whether the union implements `From` for it: no other variant has the same type.
    pub from: bool,
    pub checks: Vec<Check>,
}

/// A struct such as `pub struct OAuthApp { … }`.
#[derive(Debug, Clone)]
pub struct Struct {
    pub doc: Doc,
    pub deprecated: bool,
    pub derives: Derives,
    /// The user's derives and attributes.
    pub extras: Extras,
    pub name: Ident,
    /// The fields, in document order.
    pub fields: Vec<Field>,
    /// How `new` takes required values.
    pub new: New,
    /// What happens to additional properties.
    pub rest: Rest,
    /// The number of properties.
    pub length: Length,
    /// Which properties go together, by their names in JSON.
    pub groups: Vec<Groups>,
    /// The table with further constraints.
    pub rules: Option<Ident>,
}

/// How a function takes required values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum New {
    /// As separate arguments, which can't be confused: these fields, by name.
    Arguments(Vec<usize>),
    /// By name, as the fields of this struct.
    Struct(Ident),
}

/// Traits that are derived in addition to `Debug`, `Clone` and `PartialEq`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derives {
    /// `Eq` and `Hash`: the user wants them, and no field contains a float.
    pub eq_hash: bool,
    /// `Default`: nothing is required.
    pub default: bool,
}

/// The user's derives and attributes for a type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extras {
    /// The paths of derive macros.
    pub derives: Vec<String>,
    /// Attributes as written.
    pub attributes: Vec<String>,
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub struct Field {
    pub doc: Doc,
    pub deprecated: bool,
    pub name: Ident,
    /// The name in JSON.
    pub wire: String,
    pub presence: Presence,
    /// The type of its value if it is present and not null.
    pub ty: Ty,
    /// Whether the type itself accepts null, such as a union that accepts any value.
    pub takes_null: bool,
    /// How `new` and the setter take the value.
    pub argument: Argument,
    /// The name of the setter. Required fields have none, as `new` takes or sets them.
    pub setter: Option<Ident>,
    /// The only possible value, which may identify the struct; `new` sets it.
    pub tag: Option<Constant>,
    /// The only possible value if the type has others, so that reading compares: a flag or a fraction.
    pub only: Option<Constant>,
    pub checks: Vec<Check>,
    /// The direction in which it is required although it is optional in the type.
    pub wanted: Option<Direction>,
}

impl Field {
    /// Whether `new` takes its value: it is required, and not a constant.
    #[must_use]
    pub fn is_argument(&self) -> bool {
        self.setter.is_none() && self.tag.is_none()
    }
}

/// The only value of a type.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// A string, for a `String` or a type made from one.
    Text(String),
    /// An integer, for an enum of integers.
    Integer(i64),
    Float(f64),
    Bool(bool),
    /// Null: `()`.
    Null,
}

/// How a function takes a value, so that calls are short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// `T`.
    Plain,
    /// `impl Into<T>`.
    Into,
    /// `impl IntoIterator<Item = impl Into<T>>`, for a list of `T`.
    Items,
    /// `impl IntoIterator<Item = T>`, for a list of `T`.
    Values,
}

impl Argument {
    /// How a function takes a value of this type.
    pub(super) fn of(ty: &Ty) -> Self {
        match ty.plain() {
            Ty::String
            | Ty::Text(_)
            | Ty::Value
            | Ty::Named(Named {
                kind: NamedKind::Wrapper,
                ..
            }) => Self::Into,
            Ty::Vec(item) if Self::of(item) == Self::Into => Self::Items,
            // Values of enums are given as variants, since any text would be accepted.
            Ty::Vec(item) if item.is_string_enum() => Self::Values,
            Ty::Unit
            | Ty::Bool
            | Ty::I32
            | Ty::I64
            | Ty::U32
            | Ty::U64
            | Ty::F64
            | Ty::Bytes
            | Ty::Vec(_)
            | Ty::Tuple(_)
            | Ty::Map(_)
            | Ty::JsonMap
            | Ty::Option(_)
            | Ty::Box(_)
            | Ty::Named(_)
            | Ty::Local(_)
            | Ty::NoError => Self::Plain,
        }
    }
}

/// What happens to additional properties of a struct.
#[derive(Debug, Clone, PartialEq)]
pub enum Rest {
    /// They are ignored.
    Ignored,
    /// They are an error.
    Refused,
    /// They are kept in this field.
    Kept {
        /// The name of the field and of its setter.
        name: Ident,
        ty: Ty,
        checks: Vec<Check>,
    },
}

/// A constraint, as the method of the support code's `Validator` that checks it.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// `minLength`.
    MinLength(u64),
    /// `maxLength`.
    MaxLength(u64),
    /// A `format` without a type of its own.
    Grammar(Grammar),
    /// `pattern`.
    Pattern(Pattern),
    /// A bound of an integer.
    Integer(IntegerCheck, i128),
    /// A bound of a float.
    Float(FloatCheck, f64),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `enum` or `const` that isn't an enum in Rust: the values as a JSON list.
    OneOf(String),
    /// The checks of each item of a list.
    Items(Vec<Check>),
    /// The checks of each item of a tuple.
    Tuple(Vec<Vec<Check>>),
    /// The pattern of the keys of a map.
    Keys(Pattern),
    /// The checks of each value of a map.
    Values(Vec<Check>),
    /// The checks of a nullable value that isn't null.
    NotNull(Vec<Check>),
    /// The checks of the value's own type.
    Nested,
    /// The table of this name.
    Rules(Ident),
}

impl Check {
    /// The least integer that it allows, if it is a bound from below.
    #[must_use]
    pub fn least(&self) -> Option<i128> {
        if let Self::Integer(IntegerCheck::Minimum, least) = self {
            Some(*least)
        } else {
            None
        }
    }
}

/// A valid ECMA-262 regular expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// As in the description.
    pub source: String,
    /// In the syntax of the engine that searches for it, if that differs.
    pub text: Option<String>,
    /// Whether it needs the backtracking engine, which may give up.
    pub backtracks: bool,
}

impl Pattern {
    /// Translates a pattern for generated code.
    pub(super) fn new(source: &str) -> Self {
        let translation = regex::translate(source);
        Self {
            source: source.to_owned(),
            text: translation.text,
            backtracks: translation.backtracks,
        }
    }
}

/// Constraints of an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the keywords
pub enum IntegerCheck {
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    MultipleOf,
}

/// Constraints of a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the keywords
pub enum FloatCheck {
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    MultipleOf,
}

/// An enum such as `pub enum Method { … Other(String) }`.
pub type StringEnum = ListedEnum<String>;

/// An enum such as `pub enum Level { … Other(i64) }`.
pub type IntegerEnum = ListedEnum<i64>;

/// An enum of listed values that also keeps other values.
#[derive(Debug, Clone)]
pub struct ListedEnum<T> {
    pub doc: Doc,
    pub deprecated: bool,
    /// The user's derives and attributes.
    pub extras: Extras,
    pub name: Ident,
    pub variants: Vec<ListedVariant<T>>,
    /// The variant for values that aren't listed.
    pub other: Ident,
    /// Whether values that aren't listed are valid.
    pub open: bool,
}

/// A variant of an enum of listed values.
#[derive(Debug, Clone)]
pub struct ListedVariant<T> {
    pub doc: Doc,
    pub name: Ident,
    /// The value in JSON.
    pub value: T,
}

/// An alias such as `pub type Tags = Vec<String>;`.
#[derive(Debug, Clone)]
pub struct Alias {
    pub doc: Doc,
    pub name: Ident,
    /// The target.
    pub ty: Ty,
    /// An alias of the struct of required values that `new` takes, and its target: `GetPetRequired`, `PetRequired`.
    pub required: Option<(Ident, Ident)>,
}

/// An alias such as `pub type Uuid = ::uuid::Uuid;`, or a struct that wraps a type whose own serde form isn't that of the API.
#[derive(Debug, Clone)]
pub struct ForeignType {
    pub doc: Doc,
    pub name: Ident,
    /// The user's derives and attributes for all types; only for a struct.
    pub extras: Extras,
    /// The path of the type in the other crate.
    pub path: String,
    /// The module that converts the type, which is then wrapped in a struct.
    pub with: Option<String>,
    /// The error for a text that isn't a value of the type.
    pub expected: String,
    /// Whether it implements `Eq` and `Hash`.
    pub eq_hash: bool,
    /// Whether it needs the traits of parameters.
    pub is_parameter: bool,
}

/// What a value has to be, and to have, to be read as a variant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sign {
    /// The kind of JSON value, if there is but one; `map` for an object that isn't read as a struct of declared properties.
    pub kind: Option<&'static str>,
    /// A property.
    pub needs: Option<String>,
}

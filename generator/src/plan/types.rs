//! The types crate, planned: what each item is called, holds and checks.

use super::doc::Doc;
use super::rust::{Ident, Named, NamedKind, Ty};
pub use super::signs::Sign;
pub use crate::ir::{Direction, Grammar, Groups, Length, Presence, UnionKind};
use crate::regex;

/// An item of the types crate.
#[derive(Debug, Clone)]
pub enum TypeItem {
    /// A struct.
    Struct(Struct),
    /// An enum of strings.
    StringEnum(StringEnum),
    /// An enum of integers.
    IntegerEnum(IntegerEnum),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Alias),
    /// A type of another crate.
    Foreign(ForeignType),
}

impl TypeItem {
    /// What it is called.
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

    /// The struct that it is, if an example may show it: nobody should begin with what is deprecated.
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

/// `pub enum Pet { Cat(Cat), Dog(Dog) }`
#[derive(Debug, Clone)]
pub struct Union {
    /// Its documentation.
    pub doc: Doc,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// Whether `Eq` and `Hash` are derived: the user wants them, and nothing inside is a float.
    pub eq_hash: bool,
    /// What the user wants in addition.
    pub extras: Extras,
    /// Whether one variant may take much more room than the others.
    pub unequal: bool,
    /// Its name.
    pub name: Ident,
    /// How a value's variant is told.
    pub kind: UnionKind,
    /// Of how many of the variants exactly one has to hold although several could.
    pub exclusive: Option<usize>,
    /// Its variants.
    pub variants: Vec<UnionVariant>,
    /// The variant for values whose tag isn't listed.
    pub other: Option<Ident>,
    /// The table of what else its values have to satisfy.
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
    /// Its documentation.
    pub doc: Doc,
    /// Its name.
    pub name: Ident,
    /// What it holds.
    pub ty: Ty,
    /// What tells it: values of the tag, a kind of JSON, a property. Empty where the order tells, or for what is left.
    pub keys: Vec<String>,
    /// What else it can't be read without, where variants are tried.
    pub sign: Sign,
    /// Whether its type doesn't declare the tag, so that the union writes it.
    pub writes_tag: bool,
    /// Whether the union can be made from it with `From`: no other variant holds the same type.
    pub from: bool,
    /// Whether its type has something to check.
    pub checks: Vec<Check>,
}

/// `pub struct OAuthApp { … }`
#[derive(Debug, Clone)]
pub struct Struct {
    /// Its documentation.
    pub doc: Doc,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// Which traits are derived.
    pub derives: Derives,
    /// What the user wants in addition.
    pub extras: Extras,
    /// Its name.
    pub name: Ident,
    /// Its fields, in the order of the description.
    pub fields: Vec<Field>,
    /// How `new` takes what is required.
    pub new: New,
    /// What happens to properties that it has no field for.
    pub rest: Rest,
    /// How many properties there have to be.
    pub length: Length,
    /// Which properties go together, by their names in JSON.
    pub groups: Vec<Groups>,
    /// The table of what else its values have to satisfy.
    pub rules: Option<Ident>,
}

/// How a function takes what is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum New {
    /// One after the other: no two could be mixed up. These fields, by name.
    Arguments(Vec<usize>),
    /// By name, as the fields of a struct of this name.
    Struct(Ident),
}

/// Traits that are derived beside `Debug`, `Clone` and `PartialEq`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derives {
    /// `Eq` and `Hash`: the user wants them, and nothing inside is a float.
    pub eq_hash: bool,
    /// `Default`: nothing is required.
    pub default: bool,
}

/// What the user wants of a type in addition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extras {
    /// The paths of derive macros.
    pub derives: Vec<String>,
    /// Attributes, as they are written.
    pub attributes: Vec<String>,
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its documentation.
    pub doc: Doc,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// Its name.
    pub name: Ident,
    /// Its key in JSON.
    pub wire: String,
    /// Whether it may be absent or null.
    pub presence: Presence,
    /// The type of its value when it is there and not null.
    pub ty: Ty,
    /// Whether null is a value of the type too, as a union that takes any value has it.
    pub takes_null: bool,
    /// How `new` and the setter take the value.
    pub argument: Argument,
    /// The name of its setter; required fields have none, `new` takes or sets them.
    pub setter: Option<Ident>,
    /// The only value that it may have, by which its struct may be told from others: `new` sets it.
    pub tag: Option<Constant>,
    /// What its value has to satisfy.
    pub checks: Vec<Check>,
    /// The direction in which it has to be there although it is optional.
    pub wanted: Option<Direction>,
}

impl Field {
    /// Whether `new` takes its value: it is required, and could be several.
    #[must_use]
    pub fn is_argument(&self) -> bool {
        self.setter.is_none() && self.tag.is_none()
    }
}

/// The only value of a type.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// A string, of a `String` or a type made from one.
    Text(String),
    /// An integer, of an enum of integers.
    Integer(i64),
    /// A float.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// Null: `()`.
    Null,
}

/// How a function takes a value, so that callers write little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// `T`
    Plain,
    /// `impl Into<T>`
    Into,
    /// `impl IntoIterator<Item = impl Into<T>>`, for a list of `T`.
    Items,
    /// `impl IntoIterator<Item = T>`, for a list of `T`.
    Values,
}

impl Argument {
    /// How a function takes a value of a type.
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
            // Values of enums are said by their variants: any text would be one.
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

/// What happens to properties that a struct has no field for.
#[derive(Debug, Clone, PartialEq)]
pub enum Rest {
    /// They are ignored.
    Ignored,
    /// They are an error.
    Refused,
    /// They are kept in this field.
    Kept {
        /// The name of the field, and of its setter.
        name: Ident,
        /// Its type.
        ty: Ty,
        /// What its values have to satisfy.
        checks: Vec<Check>,
    },
}

/// A constraint, as the method of the support code's `Validator` that checks it.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// `minLength`
    MinLength(u64),
    /// `maxLength`
    MaxLength(u64),
    /// A `format` of text that has no type of its own
    Grammar(Grammar),
    /// `pattern`
    Pattern(Pattern),
    /// A bound of an integer.
    Integer(IntegerCheck, i128),
    /// A bound of a float.
    Float(FloatCheck, f64),
    /// `minItems`
    MinItems(u64),
    /// `maxItems`
    MaxItems(u64),
    /// `uniqueItems`
    UniqueItems,
    /// `minProperties`
    MinProperties(u64),
    /// `maxProperties`
    MaxProperties(u64),
    /// `enum` or `const` of what isn't an enum in Rust: the list as JSON
    OneOf(String),
    /// What each item of a list has to satisfy.
    Items(Vec<Check>),
    /// What each item of a tuple has to satisfy.
    Tuple(Vec<Vec<Check>>),
    /// The pattern that each key of a map has to match.
    Keys(Pattern),
    /// What each value of a map has to satisfy.
    Values(Vec<Check>),
    /// What a value that may be null has to satisfy when it isn't.
    NotNull(Vec<Check>),
    /// What the value's own type says.
    Nested,
    /// What the table of this name says.
    Rules(Ident),
}

/// An ECMA-262 regular expression that is known to be valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// As the description has it.
    pub source: String,
    /// As the engine that searches with it reads it, if that is another text.
    pub text: Option<String>,
    /// Whether it takes an engine that tries one way after the other, and gives up in the end.
    pub backtracks: bool,
}

impl Pattern {
    /// As generated code searches with it.
    pub(super) fn new(source: &str) -> Self {
        let translation = regex::translate(source);
        Self {
            source: source.to_owned(),
            text: translation.text,
            backtracks: translation.backtracks,
        }
    }
}

/// Bounds of an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the keywords
pub enum IntegerCheck {
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    MultipleOf,
}

/// Bounds of a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the keywords
pub enum FloatCheck {
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    MultipleOf,
}

/// `pub enum Method { … Other(String) }`
pub type StringEnum = ListedEnum<String>;

/// `pub enum Level { … Other(i64) }`
pub type IntegerEnum = ListedEnum<i64>;

/// An enum of listed values, and of others that are kept.
#[derive(Debug, Clone)]
pub struct ListedEnum<T> {
    /// Its documentation.
    pub doc: Doc,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// What the user wants in addition.
    pub extras: Extras,
    /// Its name.
    pub name: Ident,
    /// Its values.
    pub variants: Vec<ListedVariant<T>>,
    /// The name of the variant for values that aren't listed.
    pub other: Ident,
    /// Whether values that aren't listed are as good as the others.
    pub open: bool,
}

/// A variant of an enum of listed values.
#[derive(Debug, Clone)]
pub struct ListedVariant<T> {
    /// Its documentation.
    pub doc: Doc,
    /// Its name.
    pub name: Ident,
    /// What it is in JSON.
    pub value: T,
}

/// `pub type Tags = Vec<String>;`
#[derive(Debug, Clone)]
pub struct Alias {
    /// Its documentation.
    pub doc: Doc,
    /// Its name.
    pub name: Ident,
    /// What it stands for.
    pub ty: Ty,
    /// An alias of what `new` of a struct takes by name, and that: `GetPetRequired`, `PetRequired`.
    pub required: Option<(Ident, Ident)>,
}

/// `pub type Uuid = ::uuid::Uuid;`, or a struct around a type whose own serde form isn't that of the API.
#[derive(Debug, Clone)]
pub struct ForeignType {
    /// Its documentation.
    pub doc: Doc,
    /// Its name.
    pub name: Ident,
    /// What the user wants of all types in addition; only for a struct.
    pub extras: Extras,
    /// The type of the other crate.
    pub path: String,
    /// The module that reads and writes the type, which is then within a struct.
    pub with: Option<String>,
    /// What is said of a text that isn't a value.
    pub expected: String,
    /// Whether it is `Eq` and `Hash`.
    pub eq_hash: bool,
    /// Whether it needs the traits of parameters.
    pub is_parameter: bool,
}

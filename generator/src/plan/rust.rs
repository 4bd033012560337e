//! The vocabulary of a plan: identifiers, types and documentation, all final.

use std::fmt;

/// A Rust identifier. Only `names.rs` makes one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ident(String);

impl Ident {
    /// For `names.rs` alone.
    pub(super) fn new(name: String) -> Self {
        Self(name)
    }

    /// As it is written, `r#type` included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without `r#`: for file names and text.
    #[must_use]
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Ty {
    /// `()`
    Unit,
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `String`
    String,
    /// `Uri` of the support code
    Uri,
    /// `serde_json::Value`
    Value,
    /// `bytes::Bytes`
    Bytes,
    /// `Vec<T>`
    Vec(Box<Ty>),
    /// `BTreeMap<String, T>`
    Map(Box<Ty>),
    /// `serde_json::Map<String, Value>`
    JsonMap,
    /// `Option<T>`
    Option(Box<Ty>),
    /// `Box<T>`
    Box(Box<Ty>),
    /// A type of the types crate that has a name.
    Named(Named),
    /// A type beside the operation that uses it, in client or server.
    Local(Ident),
    /// The error of an operation that documents none.
    NoError,
}

impl Ty {
    /// Whether a value is easily written down: plain, or a list of such.
    #[must_use]
    pub fn is_simple(&self) -> bool {
        match self {
            Self::Vec(item) => item.is_simple(),
            Self::Named(named) => named.kind == NamedKind::StringEnum,
            Self::Value
            | Self::JsonMap
            | Self::Map(_)
            | Self::Option(_)
            | Self::Box(_)
            | Self::Unit
            | Self::Bytes
            | Self::Local(_)
            | Self::NoError => false,
            _ => true,
        }
    }
}

/// A generated type, and what others need to know of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Named {
    /// Its name.
    pub name: Ident,
    /// What it is.
    pub kind: NamedKind,
}

/// Kinds of generated types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NamedKind {
    /// A struct.
    Struct,
    /// An enum of strings; made from any string.
    StringEnum,
    /// An enum of types.
    Union,
    /// Another name for a type.
    Alias,
}

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit => f.write_str("()"),
            Self::Bool => f.write_str("bool"),
            Self::I32 => f.write_str("i32"),
            Self::I64 => f.write_str("i64"),
            Self::U32 => f.write_str("u32"),
            Self::U64 => f.write_str("u64"),
            Self::F32 => f.write_str("f32"),
            Self::F64 => f.write_str("f64"),
            Self::String => f.write_str("String"),
            Self::Uri => f.write_str("Uri"),
            Self::Value => f.write_str("Value"),
            Self::Bytes => f.write_str("Bytes"),
            Self::Vec(item) => write!(f, "Vec<{item}>"),
            Self::Map(value) => write!(f, "BTreeMap<String, {value}>"),
            Self::JsonMap => f.write_str("Map<String, Value>"),
            Self::Option(inner) => write!(f, "Option<{inner}>"),
            Self::Box(inner) => write!(f, "Box<{inner}>"),
            Self::Named(named) => write!(f, "{}", named.name),
            Self::Local(name) => write!(f, "{name}"),
            Self::NoError => f.write_str("NoError"),
        }
    }
}

//! Identifiers and types of Rust, all final.

use crate::ir::StringFormat;
use std::fmt::{self, Write};
use std::mem;
use std::sync::Arc;

/// A Rust identifier, created only by `names.rs`. Clones share the text, as each use of a type has one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ident(Arc<str>);

impl Ident {
    /// Only for `names.rs`.
    pub(super) fn new(name: String) -> Self {
        Self(name.into())
    }

    /// The identifier as written, with `r#` if necessary.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`, for file names and text.
    #[must_use]
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// Whether clippy expects a method with this name and one argument to implement an operator.
    #[must_use]
    pub fn is_operator(&self) -> bool {
        const OPERATORS: [&str; 10] = [
            "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
        ];
        OPERATORS.contains(&self.plain())
    }

    /// The file name of a module with this name, without `.rs`. Non-ASCII letters are spelled out, since compilers don't look for such
    /// files (E0754). Device names of Windows and `mod` are changed.
    #[must_use]
    pub fn file(&self) -> String {
        let mut file = String::new();
        for c in self.plain().chars() {
            if c.is_ascii() {
                file.push(c);
            } else {
                // Writing to a String can't fail.
                let _ = write!(file, "u{:x}", u32::from(c));
            }
        }
        if is_device(&file) || file == "mod" {
            file.push('_');
        }
        // Some systems limit file names to 255 bytes, and whole paths to little more.
        if file.len() > LONGEST {
            let mark = fnv1a(&file);
            file.truncate(LONGEST);
            let _ = write!(file, "_{mark:x}");
        }
        file
    }
}

/// Longest file name in bytes.
const LONGEST: usize = 80;

/// A hash that distinguishes names with the same beginning (FNV-1a, 64 bits).
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Whether Windows has a device with this name, whatever follows a dot.
fn is_device(name: &str) -> bool {
    let port = ["com", "lpt"]
        .iter()
        .find_map(|port| name.strip_prefix(port));
    ["con", "prn", "aux", "nul"].contains(&name)
        || port.is_some_and(|number| {
            number.len() == 1 && number.chars().all(|digit| digit.is_ascii_digit())
        })
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The [complexity](Ty::complexity) up to which Clippy doesn't warn.
pub const COMPLEX: usize = 250;

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Ty {
    /// `()`.
    Unit,
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
    /// `f64`.
    F64,
    /// `String`.
    String,
    /// A type of the support code for text with a format.
    Text(TextType),
    /// `serde_json::Value`.
    Value,
    /// `bytes::Bytes`.
    Bytes,
    /// `Vec<T>`.
    Vec(Box<Ty>),
    /// `(A, B)`.
    Tuple(Vec<Ty>),
    /// `BTreeMap<String, T>`.
    Map(Box<Ty>),
    /// `serde_json::Map<String, Value>`.
    JsonMap,
    /// `Option<T>`.
    Option(Box<Ty>),
    /// `Box<T>`.
    Box(Box<Ty>),
    /// A named type of the types crate.
    Named(Named),
    /// A type next to the operation that uses it, in client or server.
    Local(Ident),
    /// The error body of an operation without documented errors.
    NoError,
}

impl Ty {
    /// Whether a value is easy to write down: a scalar, or a list of scalars.
    #[must_use]
    pub fn is_simple(&self) -> bool {
        match self.plain() {
            Self::Vec(item) => item.is_simple(),
            Self::Named(named) => {
                matches!(named.kind, NamedKind::StringEnum | NamedKind::IntegerEnum)
            }
            Self::Value
            | Self::Tuple(_)
            | Self::JsonMap
            | Self::Map(_)
            | Self::Option(_)
            | Self::Box(_)
            | Self::Unit
            | Self::Bytes
            | Self::Local(_)
            | Self::NoError => false,
            Self::Bool
            | Self::I32
            | Self::I64
            | Self::U32
            | Self::U64
            | Self::F64
            | Self::String
            | Self::Text(_) => true,
        }
    }

    /// The complexity as Clippy counts it (`type_complexity`), nested `nest` levels deep.
    #[must_use]
    pub fn complexity(&self, nest: usize) -> usize {
        let beside = match self {
            Self::Map(_) => 1,
            Self::JsonMap => 2,
            Self::Unit
            | Self::Bool
            | Self::I32
            | Self::I64
            | Self::U32
            | Self::U64
            | Self::F64
            | Self::String
            | Self::Text(_)
            | Self::Value
            | Self::Bytes
            | Self::Vec(_)
            | Self::Tuple(_)
            | Self::Option(_)
            | Self::Box(_)
            | Self::Named(_)
            | Self::Local(_)
            | Self::NoError => 0,
        };
        let parts = self.parts();
        let parts = parts.iter().map(|part| part.complexity(nest + 1));
        10 * nest + 10 * (nest + 1) * beside + parts.sum::<usize>()
    }

    /// Whether its values are text, so that arguments may be anything that is text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.plain(), Self::String | Self::Text(_))
    }

    /// Whether arguments are `impl Into` of the type.
    #[must_use]
    pub fn is_taken_by_into(&self) -> bool {
        match self.plain() {
            Self::Text(_) => true,
            Self::Named(named) => named.kind == NamedKind::Wrapper,
            Self::Unit
            | Self::Bool
            | Self::I32
            | Self::I64
            | Self::U32
            | Self::U64
            | Self::F64
            | Self::String
            | Self::Value
            | Self::Bytes
            | Self::Vec(_)
            | Self::Tuple(_)
            | Self::Map(_)
            | Self::JsonMap
            | Self::Option(_)
            | Self::Box(_)
            | Self::Local(_)
            | Self::NoError => false,
        }
    }

    /// Whether it is a type of another crate.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        let kinds = [NamedKind::Foreign, NamedKind::Wrapper];
        matches!(self.plain(), Self::Named(named) if kinds.contains(&named.kind))
    }

    #[must_use]
    pub fn is_string_enum(&self) -> bool {
        matches!(self.plain(), Self::Named(named) if named.kind == NamedKind::StringEnum)
    }

    /// The type itself, or the target of an alias.
    #[must_use]
    pub fn plain(&self) -> &Self {
        let mut ty = self;
        while let Self::Named(Named { of: Some(of), .. }) = ty {
            ty = of;
        }
        ty
    }

    /// Whether it is an integer, or a list or map of integers.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match self.plain() {
            Self::I32 | Self::I64 | Self::U32 | Self::U64 => true,
            Self::Vec(inner) | Self::Map(inner) | Self::Option(inner) => inner.is_whole(),
            Self::Unit
            | Self::Bool
            | Self::F64
            | Self::String
            | Self::Text(_)
            | Self::Value
            | Self::Bytes
            | Self::JsonMap
            | Self::Tuple(_)
            | Self::Box(_)
            | Self::Named(_)
            | Self::Local(_)
            | Self::NoError => false,
        }
    }

    /// Whether null is one of its values.
    #[must_use]
    pub fn holds_null(&self) -> bool {
        matches!(self.plain(), Self::Unit | Self::Value | Self::Option(_))
    }

    /// The map from strings to values of a type.
    #[must_use]
    pub(super) fn map_of(value: Self) -> Self {
        if value == Self::Value {
            Self::JsonMap
        } else {
            Self::Map(Box::new(value))
        }
    }

    /// Whether both are the same type for the compiler, aliases resolved.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let (this, other) = (self.plain(), other.plain());
        if this.parts().is_empty() {
            return this == other;
        }
        let parts = this.parts().iter().zip(other.parts());
        mem::discriminant(this) == mem::discriminant(other)
            && this.parts().len() == other.parts().len()
            && parts.into_iter().all(|(a, b)| a.is_same(b))
    }
}

/// Types of the support code for text with a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // named after the formats
pub enum TextType {
    Base64,
    Date,
    DateTime,
    Decimal,
    Duration,
    Time,
    Uri,
    Uuid,
}

impl TextType {
    /// All of these types, by name.
    pub const ALL: [Self; 8] = [
        Self::Base64,
        Self::Date,
        Self::DateTime,
        Self::Decimal,
        Self::Duration,
        Self::Time,
        Self::Uri,
        Self::Uuid,
    ];

    /// The type for text with a format; `None` for formats without a type.
    #[must_use]
    pub(super) fn of(format: &StringFormat) -> Option<Self> {
        match format {
            StringFormat::Uri => Some(Self::Uri),
            StringFormat::DateTime => Some(Self::DateTime),
            StringFormat::Date => Some(Self::Date),
            StringFormat::Time => Some(Self::Time),
            StringFormat::Duration => Some(Self::Duration),
            StringFormat::Uuid => Some(Self::Uuid),
            StringFormat::Base64 => Some(Self::Base64),
            StringFormat::Decimal => Some(Self::Decimal),
            StringFormat::Plain | StringFormat::Grammar(_) | StringFormat::Other(_) => None,
        }
    }

    /// The name in Rust.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.exports()[0]
    }

    /// The names that its module exports.
    #[must_use]
    pub fn exports(self) -> &'static [&'static str] {
        match self {
            Self::Base64 => &["Base64", "NotBase64"],
            Self::Date => &["Date"],
            Self::DateTime => &["DateTime"],
            Self::Decimal => &["Decimal"],
            Self::Duration => &["Duration"],
            Self::Time => &["Time"],
            Self::Uri => &["Uri"],
            Self::Uuid => &["Uuid"],
        }
    }

    /// Its module in the support code.
    #[must_use]
    pub fn module(self) -> &'static str {
        match self {
            Self::Base64 => "base64",
            Self::Date => "date",
            Self::DateTime => "date_time",
            Self::Decimal => "decimal",
            Self::Duration => "duration",
            Self::Time => "time_of_day",
            Self::Uri => "uri",
            Self::Uuid => "uuid",
        }
    }
}

/// A reference to a generated type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Named {
    pub name: Ident,
    pub kind: NamedKind,
    /// The target of an alias.
    pub of: Option<Arc<Ty>>,
}

/// Kinds of generated types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NamedKind {
    Struct,
    /// An enum of strings, which can be made from any string.
    StringEnum,
    IntegerEnum,
    /// An enum of types.
    Union,
    Alias,
    /// A type of another crate, with a name in the types crate.
    Foreign,
    /// A struct that wraps a type of another crate.
    Wrapper,
}

impl NamedKind {
    /// Whether it is a type with checks of its own.
    #[must_use]
    pub fn is_type(self) -> bool {
        match self {
            Self::Struct | Self::StringEnum | Self::IntegerEnum | Self::Union => true,
            // A type of another crate validates its values itself.
            Self::Alias | Self::Foreign | Self::Wrapper => false,
        }
    }
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
            Self::F64 => f.write_str("f64"),
            Self::String => f.write_str("String"),
            Self::Text(text) => f.write_str(text.name()),
            Self::Value => f.write_str("Value"),
            Self::Bytes => f.write_str("Bytes"),
            Self::Vec(item) => write!(f, "Vec<{item}>"),
            Self::Tuple(items) => {
                let items: Vec<String> = items.iter().map(ToString::to_string).collect();
                write!(f, "({})", items.join(", "))
            }
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

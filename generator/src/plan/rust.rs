//! The vocabulary of a plan: identifiers, types and documentation, all final.

use crate::ir::StringFormat;
use std::fmt::{self, Write};
use std::mem;
use std::sync::Arc;

/// A Rust identifier. Only `names.rs` makes one. Clones, of which every use of a type has one, share the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ident(Arc<str>);

impl Ident {
    /// For `names.rs` alone.
    pub(super) fn new(name: String) -> Self {
        Self(name.into())
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

    /// The name of the file that a module of this name is in, without `.rs`: its own, where letters beyond ASCII are spelt out,
    /// since compilers refuse to look for files with them (E0754). What Windows takes for a device gets another letter, and so does
    /// `mod.rs`, which is the file of the module around it.
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
        // Some systems stop at 255 bytes for a name, and at little more for a whole path.
        if file.len() > LONGEST {
            let mark = fnv1a(&file);
            file.truncate(LONGEST);
            let _ = write!(file, "_{mark:x}");
        }
        file
    }
}

/// Bytes of a file's name beyond which it is cut.
const LONGEST: usize = 80;

/// A number that tells names apart whose beginnings are the same (FNV-1a, 64 bits).
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Names that Windows has devices for, whatever follows a dot.
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

/// The [complexity](Ty::complexity) up to which Clippy says nothing.
pub const COMPLEX: usize = 250;

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
    /// `f64`
    F64,
    /// `String`
    String,
    /// A type of the support code for text of a format
    Text(TextType),
    /// `serde_json::Value`
    Value,
    /// `bytes::Bytes`
    Bytes,
    /// `Vec<T>`
    Vec(Box<Ty>),
    /// `(A, B)`
    Tuple(Vec<Ty>),
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

    /// How complex it is to read, `nest` types deep in another, as Clippy counts (`type_complexity`).
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

    /// Whether its values are text, so that arguments may be anything that is.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.plain(), Self::String | Self::Text(_))
    }

    /// Whether values are taken as whatever becomes one.
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

    /// Whether it is an enum of strings.
    #[must_use]
    pub fn is_string_enum(&self) -> bool {
        matches!(self.plain(), Self::Named(named) if named.kind == NamedKind::StringEnum)
    }

    /// The type itself, or the one that an alias stands for.
    #[must_use]
    pub fn plain(&self) -> &Self {
        let mut ty = self;
        while let Self::Named(Named { of: Some(of), .. }) = ty {
            ty = of;
        }
        ty
    }

    /// Whether it is an integer, or a list or map of such.
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

    /// Whether null is among its values.
    #[must_use]
    pub fn holds_null(&self) -> bool {
        matches!(self.plain(), Self::Unit | Self::Value | Self::Option(_))
    }

    /// The map of names to values of a type.
    #[must_use]
    pub(super) fn map_of(value: Self) -> Self {
        if value == Self::Value {
            Self::JsonMap
        } else {
            Self::Map(Box::new(value))
        }
    }

    /// Whether both are one type to the compiler, whatever aliases they are written with.
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

/// The types of the support code for text of a format.
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
    /// All of them, by name.
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

    /// The type for text of a format; none where it is any text to Rust.
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

    /// What it is called in Rust.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.exports()[0]
    }

    /// What its module exports.
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

    /// The module of the support code that has it.
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

/// A generated type, and what others need to know of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Named {
    /// Its name.
    pub name: Ident,
    /// What it is.
    pub kind: NamedKind,
    /// What an alias stands for.
    pub of: Option<Arc<Ty>>,
}

/// Kinds of generated types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NamedKind {
    /// A struct.
    Struct,
    /// An enum of strings; made from any string.
    StringEnum,
    /// An enum of integers.
    IntegerEnum,
    /// An enum of types.
    Union,
    /// Another name for a type.
    Alias,
    /// A type of another crate, by a name of the types crate.
    Foreign,
    /// A struct around a type of another crate.
    Wrapper,
}

impl NamedKind {
    /// Whether it is a type of its own, which says itself what its values have to satisfy.
    #[must_use]
    pub fn is_type(self) -> bool {
        match self {
            Self::Struct | Self::StringEnum | Self::IntegerEnum | Self::Union => true,
            // What is of another crate satisfies what that wants.
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

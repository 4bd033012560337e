//! What users add to generated code: Rust types for schemas and formats, packages, derives and attributes.
//!
//! In: the tables of a configuration, or the calls of a build script. Out: [`Own`], which [`problems`] checks for invalid Rust. Whether the
//! schemas exist is checked later.

mod raw;
mod syntax;

use super::Layout;
use crate::diag::Code;
pub(super) use raw::{RawPackage, RawType};
pub use syntax::packages;
pub use syntax::{attributes, derive, module, rust_type};

/// The user's additions to generated code.
#[derive(Debug, Clone, Default)]
pub struct Own {
    /// `[types]`: by schema name, the Rust type that replaces it, or additions to its generated type.
    pub types: Vec<OwnType>,
    /// `[formats]`: by format, the Rust type of values with this format.
    pub formats: Vec<OwnType>,
    /// `[dependencies]`: the packages of these types, derives and attributes.
    pub packages: Vec<OwnPackage>,
    /// `derives`: paths of derive macros for every struct and enum.
    pub derives: Vec<String>,
    /// `attributes`: attributes for every struct and enum, in Rust syntax.
    pub attributes: Vec<String>,
}

/// An entry of `[types]` or `[formats]`.
#[derive(Debug, Clone, Default)]
pub struct OwnType {
    /// The name of the schema or format.
    pub name: String,
    /// The Rust type that replaces it.
    pub replacement: Option<Replacement>,
    /// Derives in addition to those of all types.
    pub derives: Vec<String>,
    /// Attributes in addition to those of all types.
    pub attributes: Vec<String>,
}

/// A Rust type that stands for a schema or a format: [`Generator::replace_type`](crate::Generator::replace_type).
///
/// ```
/// use specwright::Replacement;
///
/// let decimal = Replacement::new("rust_decimal::Decimal");
/// let seconds = Replacement::new("time::OffsetDateTime").with("time::serde::timestamp").hash(true);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    pub(crate) path: String,
    pub(crate) with: Option<String>,
    pub(crate) hash: Option<bool>,
}

impl Replacement {
    /// The type at this path, such as `rust_decimal::Decimal`. It has to implement `Debug`, `Clone` and `PartialEq`, and serde's
    /// `Serialize` and `Deserialize`.
    pub fn new(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            with: None,
            hash: None,
        }
    }

    /// A module whose functions `serialize` and `deserialize` convert the values, if the type's own serde form isn't that of the API.
    /// Generated types then wrap the type in a struct of one field.
    #[must_use]
    pub fn with(mut self, module: impl Into<String>) -> Self {
        self.with = Some(module.into());
        self
    }

    /// Whether the type implements `Eq` and `Hash`, so that structs that contain it can too. This is known for common types; others are
    /// assumed not to.
    #[must_use]
    pub fn hash(mut self, hash: bool) -> Self {
        self.hash = Some(hash);
        self
    }
}

impl From<&str> for Replacement {
    fn from(path: &str) -> Self {
        Self::new(path)
    }
}

impl From<String> for Replacement {
    fn from(path: String) -> Self {
        Self::new(path)
    }
}

/// A package that generated types depend on.
#[derive(Debug, Clone, Default)]
pub struct OwnPackage {
    /// The name in the manifest.
    pub name: String,
    /// The source, as keys and values of the manifest: `version`, `path`, `git`, …
    pub source: Vec<(&'static str, String)>,
    /// The enabled features.
    pub features: Vec<String>,
    /// Whether its default features are enabled.
    pub default_features: bool,
    /// Whether it is enabled by a feature of its name.
    pub optional: bool,
}

/// An entry that a message is about, by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Of `types`.
    Type(usize),
    /// Of `formats`.
    Format(usize),
    /// Of `derives`.
    Derive(usize),
    /// Of `attributes`.
    Attribute(usize),
}

/// Entries that aren't valid Rust, or have no effect.
#[must_use]
pub fn problems(own: &Own, layout: Layout) -> Vec<(Entry, Code)> {
    let mut found = Vec::new();
    let types = own.types.iter().enumerate();
    let types = types.map(|(at, one)| (Entry::Type(at), one, false));
    let formats = own.formats.iter().enumerate();
    let formats = formats.map(|(at, one)| (Entry::Format(at), one, true));
    for (entry, one, is_format) in types.chain(formats) {
        if let Some(Replacement { path, with, .. }) = &one.replacement {
            found.extend(wrong(entry, path, rust_type(path, layout)));
            let with = with.iter();
            found.extend(with.filter_map(|with| wrong(entry, with, module(with, layout))));
        }
        let adds = !one.derives.is_empty() || !one.attributes.is_empty();
        let detail = match (&one.replacement, adds) {
            (None, _) if is_format => Some("a format needs a `type`"),
            (None, false) => Some("a `type`, `derives` or `attributes` is missing"),
            (Some(_), true) => Some("the type isn't generated, so that nothing can be added to it"),
            (None | Some(_), _) => None,
        };
        found.extend(detail.map(|detail| {
            let detail = format!("`{}`: {detail}", one.name);
            (entry, Code::BadConfig { detail })
        }));
        found.extend(added(
            |_| entry,
            &one.derives,
            |_| entry,
            &one.attributes,
            layout,
        ));
    }
    let all = added(
        Entry::Derive,
        &own.derives,
        Entry::Attribute,
        &own.attributes,
        layout,
    );
    found.extend(all);
    found
}

fn added(
    derive_at: impl Fn(usize) -> Entry,
    derives: &[String],
    attribute_at: impl Fn(usize) -> Entry,
    added: &[String],
    layout: Layout,
) -> Vec<(Entry, Code)> {
    let derives = derives.iter().enumerate();
    let derives = derives.filter_map(|(at, text)| wrong(derive_at(at), text, derive(text, layout)));
    let attributes = added.iter().enumerate();
    let attributes =
        attributes.filter_map(|(at, text)| wrong(attribute_at(at), text, self::attributes(text)));
    derives.chain(attributes).collect()
}

fn wrong<T>(entry: Entry, text: &str, read: Result<T, String>) -> Option<(Entry, Code)> {
    let reason = read.err()?;
    let text = text.to_owned();
    Some((entry, Code::NotRust { text, reason }))
}

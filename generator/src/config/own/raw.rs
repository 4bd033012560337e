//! The tables of a configuration, as written.

use super::{OwnPackage, OwnType, Replacement};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// `"rust_decimal::Decimal"`, or a table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeTable {
    r#type: Option<String>,
    with: Option<String>,
    hash: Option<bool>,
    #[serde(default)]
    derives: Vec<String>,
    #[serde(default)]
    attributes: Vec<String>,
}

/// An entry of `[types]` or `[formats]`.
#[derive(Debug, Clone)]
pub(in crate::config) struct RawType(TypeTable);

impl RawType {
    pub(in crate::config) fn named(&self, name: &str) -> Result<OwnType, String> {
        let TypeTable {
            r#type,
            with,
            hash,
            derives,
            attributes,
        } = self.0.clone();
        if r#type.is_none() && (with.is_some() || hash.is_some()) {
            return Err(format!("`{name}`: `with` and `hash` are about a `type`"));
        }
        Ok(OwnType {
            name: name.to_owned(),
            replacement: r#type.map(|path| Replacement { path, with, hash }),
            derives,
            attributes,
        })
    }
}

impl<'de> Deserialize<'de> for RawType {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(TypeVisitor)
    }
}

struct TypeVisitor;

impl<'de> Visitor<'de> for TypeVisitor {
    type Value = RawType;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the path of a type, or a table of `type`, `with`, `hash`, `derives` and `attributes`",
        )
    }

    fn visit_str<E: Error>(self, path: &str) -> Result<RawType, E> {
        Ok(RawType(TypeTable {
            r#type: Some(path.to_owned()),
            ..TypeTable::default()
        }))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawType, A::Error> {
        TypeTable::deserialize(MapAccessDeserializer::new(map)).map(RawType)
    }
}

/// The table of a package, with cargo's keys.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PackageTable {
    version: Option<String>,
    path: Option<String>,
    git: Option<String>,
    branch: Option<String>,
    tag: Option<String>,
    rev: Option<String>,
    registry: Option<String>,
    package: Option<String>,
    #[serde(default)]
    features: Vec<String>,
    default_features: Option<bool>,
    #[serde(default)]
    optional: bool,
}

/// `"1.0"`, or a table.
#[derive(Debug, Clone)]
pub(in crate::config) struct RawPackage(PackageTable);

impl RawPackage {
    /// The package; `place` converts a path so that it is relative to the types crate.
    pub(in crate::config) fn named(
        &self,
        name: &str,
        place: impl Fn(&str) -> String,
    ) -> Result<OwnPackage, String> {
        let PackageTable {
            version,
            path,
            git,
            branch,
            tag,
            rev,
            registry,
            package,
            features,
            default_features,
            optional,
        } = self.0.clone();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(format!("`{name}` is not the name of a package"));
        }
        if version.is_none() && path.is_none() && git.is_none() {
            return Err(format!("`{name}` needs a `version`, a `path` or a `git`"));
        }
        let source = [
            ("version", version),
            ("path", path.map(|path| place(&path))),
            ("git", git),
            ("branch", branch),
            ("tag", tag),
            ("rev", rev),
            ("registry", registry),
            ("package", package),
        ];
        let source = source.into_iter();
        Ok(OwnPackage {
            name: name.to_owned(),
            source: source
                .filter_map(|(key, value)| Some((key, value?)))
                .collect(),
            features,
            default_features: default_features.unwrap_or(true),
            optional,
        })
    }
}

impl<'de> Deserialize<'de> for RawPackage {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(PackageVisitor)
    }
}

struct PackageVisitor;

impl<'de> Visitor<'de> for PackageVisitor {
    type Value = RawPackage;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a version, or a table as in `Cargo.toml`")
    }

    fn visit_str<E: Error>(self, version: &str) -> Result<RawPackage, E> {
        Ok(RawPackage(PackageTable {
            version: Some(version.to_owned()),
            ..PackageTable::default()
        }))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawPackage, A::Error> {
        PackageTable::deserialize(MapAccessDeserializer::new(map)).map(RawPackage)
    }
}

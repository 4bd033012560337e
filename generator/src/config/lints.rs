//! `[lints]`: the level of each code, for all APIs or for one.
//!
//! In: the table as written. Out: [`Levels`], and where each code is allowed; complaints about unknown codes and levels.

use super::{Complaints, PackageName};
use crate::diag::{Level, Levels};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use toml::Spanned;

/// A table of lints, by code.
pub(super) type RawLints = BTreeMap<Spanned<String>, RawLint>;

/// `"allow"`, or `{ level = "allow", reason = "…" }`.
#[derive(Debug, Clone)]
pub(super) struct RawLint {
    level: Level,
    reason: Option<String>,
}

/// A code whose messages are allowed.
#[derive(Debug, Clone)]
pub(super) struct Allowed {
    pub(super) code: &'static str,
    /// The API that it is allowed for; `None` for all of them.
    pub(super) api: Option<PackageName>,
    pub(super) span: Range<usize>,
}

/// Adds the entries of a table to the levels. Invalid entries are reported at the code.
pub(super) fn add(
    levels: &mut Levels,
    raw: &RawLints,
    api: Option<&PackageName>,
    complaints: &mut Complaints,
) -> Vec<Allowed> {
    let mut allowed = Vec::new();
    for (code, lint) in raw {
        match levels.set(code.get_ref(), lint.level, lint.reason.clone()) {
            Ok(id) if lint.level == Level::Allow => allowed.push(Allowed {
                code: id,
                api: api.cloned(),
                span: code.span(),
            }),
            Ok(_) => {}
            Err(complaint) => complaints.push((complaint, code.span())),
        }
    }
    allowed
}

impl<'de> Deserialize<'de> for RawLint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Lint)
    }
}

/// Deserialises both forms of a lint, with an error message that mentions both.
struct Lint;

impl<'de> Visitor<'de> for Lint {
    type Value = RawLint;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`allow`, `warn` or `deny`, or a table of `level` and `reason`")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<RawLint, E> {
        let level = Level::of(word).ok_or_else(|| {
            E::custom(format!(
                "`{word}` is not a level; expected `allow`, `warn` or `deny`"
            ))
        })?;
        Ok(RawLint {
            level,
            reason: None,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawLint, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            level: RawLint,
            reason: Option<String>,
        }
        let Table { level, reason } = Table::deserialize(MapAccessDeserializer::new(map))?;
        Ok(RawLint {
            level: level.level,
            reason: reason.or(level.reason),
        })
    }
}

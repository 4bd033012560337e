//! A configuration as it is written: what serde reads.

use super::UnknownFields;
use super::lints::RawLints;
use super::own::{RawPackage, RawType};
use crate::crates::CrateKind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::Spanned;

/// The configuration file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawConfig {
    pub(super) out: Option<PathBuf>,
    pub(super) runtime: Option<Spanned<PathBuf>>,
    #[serde(default)]
    pub(super) urls: BTreeMap<Spanned<String>, PathBuf>,
    #[serde(default)]
    pub(super) lints: RawLints,
    #[serde(default)]
    pub(super) apis: BTreeMap<Spanned<String>, RawApi>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(clippy::struct_excessive_bools)] // One for each such key.
pub(super) struct RawApi {
    pub(super) spec: PathBuf,
    pub(super) out: Option<PathBuf>,
    pub(super) emit: Option<Vec<CrateKind>>,
    #[serde(default)]
    pub(super) strict: bool,
    #[serde(default)]
    pub(super) lints: RawLints,
    #[serde(default)]
    pub(super) unknown_fields: UnknownFields,
    pub(super) env_prefix: Option<Spanned<String>>,
    pub(super) docs_url: Option<String>,
    #[serde(default)]
    pub(super) serve_document: bool,
    #[serde(default)]
    pub(super) words: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) include: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) exclude: Vec<Spanned<String>>,
    pub(super) prune: Option<bool>,
    pub(super) idempotency_key: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) oauth2: bool,
    #[serde(default)]
    pub(super) operations: BTreeMap<Spanned<String>, RawOperation>,
    #[serde(default)]
    pub(super) roots: Vec<Spanned<PathBuf>>,
    #[serde(default)]
    pub(super) overlays: Vec<PathBuf>,
    pub(super) package_version: Option<Spanned<String>>,
    pub(super) license: Option<String>,
    pub(super) features: Option<bool>,
    #[serde(default)]
    pub(super) proptest: bool,
    #[serde(default)]
    pub(super) types: BTreeMap<Spanned<String>, RawType>,
    #[serde(default)]
    pub(super) formats: BTreeMap<Spanned<String>, RawType>,
    #[serde(default)]
    pub(super) dependencies: BTreeMap<Spanned<String>, RawPackage>,
    #[serde(default)]
    pub(super) derives: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) attributes: Vec<Spanned<String>>,
}

/// Settings of an operation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawOperation {
    pub(super) retries: Option<bool>,
    pub(super) pagination: Option<RawPagination>,
    pub(super) long_running: Option<RawLongRunning>,
    pub(super) body_limit: Option<Spanned<RawLimit>>,
    pub(super) time_limit: Option<Spanned<RawLimit>>,
}

/// A number, or text with a unit.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum RawLimit {
    Number(u64),
    Text(String),
}

/// `false`, or `{ first = 1 }`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "expected `false`, or the number of the first page: `{ first = 1 }`"
)]
pub(super) enum RawPagination {
    Off(Off),
    From { first: i64 },
}

/// `false`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "bool")]
pub(super) struct Off;

impl TryFrom<bool> for Off {
    type Error = &'static str;

    fn try_from(value: bool) -> Result<Self, Self::Error> {
        if value {
            Err("lists page by themselves")
        } else {
            Ok(Self)
        }
    }
}

/// Whether an operation goes on after its response, or how a response says its state.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "expected `true`, `false`, or how a response says its state: `{ state = \"status\", done = [\"ready\"], failed = [\"broken\"] }`"
)]
pub(super) enum RawLongRunning {
    Flag(bool),
    State {
        state: Option<String>,
        #[serde(default)]
        done: Vec<String>,
        #[serde(default)]
        failed: Vec<String>,
    },
}

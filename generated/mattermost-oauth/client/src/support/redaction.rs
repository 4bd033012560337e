//! Leaves secrets out of what is written to files. Needs `differences.rs`, `encode.rs`, `scheme.rs`, `secret.rs`; behind the feature `mock`.

use std::collections::BTreeSet;

use http::{HeaderMap, HeaderName};
use serde_json::Value;

use super::{CredentialLocation, Scheme, is_secret, percent_decoded, text_of};

/// Stands for what was removed. It may be in a URL.
const REMOVED: &str = "***";

/// Names of fields and parameters with secrets, as OAuth 2 and most APIs call them.
const USUAL: [&str; 13] = [
    "access_token",
    "api_key",
    "api_secret",
    "assertion",
    "client_assertion",
    "client_secret",
    "code_verifier",
    "id_token",
    "password",
    "private_key",
    "refresh_token",
    "secret",
    "token",
];

/// Headers with URLs, of which only the secret parameters are removed.
const WITH_URLS: [&str; 4] = ["content-location", "link", "location", "refresh"];

/// The alternative groups of credentials that a request may have, an extension of it: those of its operation, or of a raw call.
#[derive(Clone, Copy, Default)]
pub(crate) struct Secured(pub(crate) &'static [&'static [&'static Scheme]]);

/// What is a secret in requests and responses.
#[derive(Debug, Clone)]
pub(crate) struct Redaction {
    /// In small letters and digits: what is `accessToken` here is `access_token` there.
    names: BTreeSet<String>,
}

impl Redaction {
    /// What usually is one.
    pub(crate) fn new() -> Self {
        Self {
            names: USUAL.into_iter().map(plain).collect(),
        }
    }

    /// A field, parameter or header of this name, too.
    pub(crate) fn add(&mut self, name: &str) {
        self.names.insert(plain(name));
    }

    /// Those names that are usually none.
    pub(crate) fn added(&self) -> impl Iterator<Item = &str> {
        let usual = USUAL.map(plain);
        let names = self.names.iter().filter(move |name| !usual.contains(name));
        names.map(String::as_str)
    }

    /// The credentials of a request, too: its API keys.
    pub(crate) fn and(&self, credentials: Secured) -> Self {
        let mut with_keys = self.clone();
        for scheme in credentials.0.iter().flat_map(|group| group.iter()) {
            match scheme.location {
                CredentialLocation::Header(name)
                | CredentialLocation::Query(name)
                | CredentialLocation::Cookie(name) => with_keys.add(name),
                CredentialLocation::Bearer
                | CredentialLocation::Basic
                | CredentialLocation::Http(_)
                | CredentialLocation::External => {}
            }
        }
        with_keys
    }

    fn is_named(&self, name: &str) -> bool {
        self.names.contains(&plain(name))
    }

    /// Headers as lines `name: value`.
    pub(crate) fn headers(&self, headers: &HeaderMap) -> Vec<String> {
        let lines = headers.iter().map(|(name, value)| {
            let text = text_of(value);
            format!("{name}: {}", self.header(name, text, value.is_sensitive()))
        });
        lines.collect()
    }

    fn header(&self, name: &HeaderName, value: String, is_sensitive: bool) -> String {
        if WITH_URLS.contains(&name.as_str()) {
            return self.pairs(&value);
        }
        match is_sensitive || is_secret(name) || self.is_named(name.as_str()) {
            true => REMOVED.to_owned(),
            false => value,
        }
    }

    /// A text with pairs `name=value`: a query, a form, or URLs.
    pub(crate) fn pairs(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let separates = |c: char| "?&;#<>, ".contains(c);
        for piece in text.split_inclusive(separates) {
            let end = piece.trim_end_matches(separates).len();
            let (pair, separator) = piece.split_at(end);
            match pair.split_once('=') {
                Some((name, _)) if self.is_named(&percent_decoded(name)) => {
                    out.push_str(name);
                    out.push('=');
                    out.push_str(REMOVED);
                }
                _ => out.push_str(pair),
            }
            out.push_str(separator);
        }
        out
    }

    /// Removes secrets from JSON; returns whether there were any.
    pub(crate) fn json(&self, value: &mut Value) -> bool {
        match value {
            Value::Object(fields) => {
                let mut is_changed = false;
                for (name, field) in fields.iter_mut() {
                    is_changed |= match self.is_named(name) {
                        true => remove(field),
                        false => self.json(field),
                    };
                }
                is_changed
            }
            Value::Array(items) => {
                let mut is_changed = false;
                for item in items {
                    is_changed |= self.json(item);
                }
                is_changed
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        }
    }
}

/// Removes strings and numbers, and leaves a value of the same type.
fn remove(value: &mut Value) -> bool {
    match value {
        Value::String(text) => REMOVED.clone_into(text),
        Value::Number(number) => *number = 0.into(),
        Value::Array(items) => {
            return items
                .iter_mut()
                .fold(false, |is_changed, item| remove(item) | is_changed);
        }
        Value::Object(fields) => {
            let fields = fields.values_mut();
            return fields.fold(false, |is_changed, field| remove(field) | is_changed);
        }
        Value::Null | Value::Bool(_) => return false,
    }
    true
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_ascii_alphanumeric());
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

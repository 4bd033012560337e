//! The kinds of crates that are written for an API: a row each, with what is a matter of kind alone.
//!
//! Everything that depends on the description is in `plan`; how a crate is written, in the folder of `emit` of its name.

use serde::{Deserialize, Deserializer};
use std::fmt;
use std::str::FromStr;

/// A kind of crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CrateKind {
    /// The schemas as Rust types.
    Types,
    /// An HTTP client.
    Client,
    /// A server stub.
    Server,
}

/// What all crates of a kind have in common.
#[derive(Debug)]
pub struct Facts {
    /// The word for it in `emit`, the folder that it is written to, and the end of the name of its package.
    pub name: &'static str,
    /// How its description begins; ` of TITLE` follows.
    pub what: &'static str,
    /// How the purpose of the cargo feature of a group begins; ` of GROUP` follows.
    pub of_a_group: &'static str,
    /// The crates that it is built on, which are written with it.
    pub built_on: &'static [CrateKind],
    /// What of the API it is about; without any of that it isn't written.
    pub scope: Scope,
    /// The folders of `templates/src/support/` that its support code is in.
    pub support: &'static [&'static str],
    /// What its example shows; none if it has no example.
    pub example: Option<Example>,
    /// The features that its example needs.
    pub example_features: &'static [&'static str],
    /// The packages that its example needs beside its own.
    pub example_packages: &'static [&'static str],
}

/// What of an API a crate is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The types, which are written even if there are none.
    Types,
    /// The operations that are called.
    Calls,
    /// These, and those that the API sends.
    CallsAndReceivers,
}

/// What the example of a crate shows; it has none if the API has no such thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// A type with a value that is easily written down.
    Type,
    /// An operation that is called with little.
    SimpleCall,
    /// All operations that are called.
    Calls,
}

const TYPES: Facts = Facts {
    name: "types",
    what: "The types",
    of_a_group: "The types",
    built_on: &[],
    scope: Scope::Types,
    support: &["types", "common"],
    example: Some(Example::Type),
    example_features: &[],
    example_packages: &[],
};

const CLIENT: Facts = Facts {
    name: "client",
    what: "A client",
    of_a_group: "The operations and types",
    built_on: &[CrateKind::Types],
    scope: Scope::Calls,
    support: &["client", "shared", "common"],
    example: Some(Example::SimpleCall),
    example_features: &["reqwest"],
    example_packages: &["tokio"],
};

const SERVER: Facts = Facts {
    name: "server",
    what: "A server stub",
    of_a_group: "The operations and types",
    built_on: &[CrateKind::Types],
    scope: Scope::CallsAndReceivers,
    support: &["server", "shared", "common"],
    example: Some(Example::Calls),
    example_features: &[],
    example_packages: &["hyper-util", "tokio"],
};

impl CrateKind {
    /// All kinds, each behind those that it is built on.
    pub const ALL: [Self; 3] = [Self::Types, Self::Client, Self::Server];

    const NAMES: [&str; Self::ALL.len()] = {
        let mut names = [""; Self::ALL.len()];
        let mut index = 0;
        while index < names.len() {
            names[index] = Self::ALL[index].facts().name;
            index += 1;
        }
        names
    };

    /// What crates of this kind have in common.
    #[doc(hidden)]
    #[must_use]
    pub const fn facts(self) -> &'static Facts {
        match self {
            Self::Types => &TYPES,
            Self::Client => &CLIENT,
            Self::Server => &SERVER,
        }
    }

    /// The word for it in `emit`, the folder that it is written to, and the end of the name of its package.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// The name of its package for an API: `mattermost-oauth-client`.
    #[must_use]
    pub fn package(self, api: &str) -> String {
        format!("{api}-{self}")
    }

    /// The kinds that are written where some are asked for: these and what they are built on.
    #[must_use]
    pub fn with_needed(wanted: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut waiting: Vec<Self> = wanted.into_iter().collect();
        let mut all = Vec::new();
        while let Some(kind) = waiting.pop() {
            if !all.contains(&kind) {
                all.push(kind);
                waiting.extend(kind.facts().built_on);
            }
        }
        all.sort_unstable();
        all
    }
}

impl fmt::Display for CrateKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for CrateKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|kind| kind.name() == text);
        found.ok_or_else(|| {
            let names = Self::NAMES.map(|name| format!("`{name}`"));
            format!("`{text}` is none of {}", names.join(", "))
        })
    }
}

impl<'de> Deserialize<'de> for CrateKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let unknown = |_| serde::de::Error::unknown_variant(&text, &Self::NAMES);
        text.parse().map_err(unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_follows_those_that_it_is_built_on() {
        for kind in CrateKind::ALL {
            assert!(kind.facts().built_on.iter().all(|other| *other < kind));
            assert_eq!(kind.name().parse(), Ok(kind));
        }
        let order = CrateKind::ALL.windows(2).all(|two| two[0] < two[1]);
        assert!(order);
        assert_eq!(
            CrateKind::with_needed([CrateKind::Server]),
            [CrateKind::Types, CrateKind::Server]
        );
    }
}

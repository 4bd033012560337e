//! The kinds of crates that are written for an API, with a row of facts for each.
//!
//! Everything that depends on the description is in `plan`; how a crate is written is in the directory of `emit` of its name.

use serde::{Deserialize, Deserializer};
use std::fmt;
use std::str::FromStr;

/// A kind of crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CrateKind {
    /// Rust types for the schemas.
    Types,
    /// An HTTP client.
    Client,
    /// A server stub.
    Server,
    /// A command line, which calls the API by the client.
    Cli,
    /// A server of tools for language models (Model Context Protocol), which calls the API by the client.
    Mcp,
}

/// Facts that hold for all crates of a kind.
#[derive(Debug)]
pub struct Facts {
    /// The value in `emit`, the name of its directory, and the suffix of its package.
    pub name: &'static str,
    /// The beginning of its description; ` of TITLE` follows.
    pub what: &'static str,
    /// Whether it is a program, which has all groups of its API and says itself how its client is compiled, not a library.
    pub is_program: bool,
    /// The beginning of the documentation of a group's cargo feature; ` of GROUP` follows. `None` if it always has all groups.
    pub of_a_group: Option<&'static str>,
    /// The crates that it depends on, which are written with it.
    pub built_on: &'static [CrateKind],
    /// The part of the API that it covers; without any such part it isn't written.
    pub scope: Scope,
    /// The directories of `templates/src/support/` with its support code.
    pub support: &'static [&'static str],
    /// What its example shows; `None` if it has no example.
    pub example: Option<Example>,
    /// Whether there are examples of groups of operations, too.
    pub has_group_examples: bool,
    /// The features that its example needs.
    pub example_features: &'static [&'static str],
    /// The packages that its example needs in addition to its own.
    pub example_packages: &'static [&'static str],
}

/// The part of an API that a crate covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The types. Written even if there are none.
    Types,
    /// The operations that are called.
    Calls,
    /// The operations that are called, webhooks and callbacks.
    CallsAndReceivers,
    /// The operations that are called, and nothing else.
    OnlyCalls,
}

/// What the example of a crate shows; omitted if the API has no such thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// A type with a value that is easy to write down.
    Type,
    /// An operation that needs few arguments.
    SimpleCall,
    /// All operations that are called.
    Calls,
}

const TYPES: Facts = Facts {
    name: "types",
    what: "The types",
    is_program: false,
    of_a_group: Some("The types"),
    built_on: &[],
    scope: Scope::Types,
    support: &["types", "common"],
    example: Some(Example::Type),
    has_group_examples: false,
    example_features: &[],
    example_packages: &[],
};

const CLIENT: Facts = Facts {
    name: "client",
    what: "A client",
    is_program: false,
    of_a_group: Some("The operations and types"),
    built_on: &[CrateKind::Types],
    scope: Scope::Calls,
    support: &["client", "shared", "common"],
    example: Some(Example::SimpleCall),
    has_group_examples: true,
    example_features: &["reqwest"],
    example_packages: &["tokio"],
};

const SERVER: Facts = Facts {
    name: "server",
    what: "A server stub",
    is_program: false,
    of_a_group: Some("The operations and types"),
    built_on: &[CrateKind::Types],
    scope: Scope::CallsAndReceivers,
    support: &["server", "shared", "common"],
    example: Some(Example::Calls),
    has_group_examples: false,
    example_features: &[],
    example_packages: &["hyper-util", "tokio"],
};

const CLI: Facts = Facts {
    name: "cli",
    what: "A command line",
    is_program: true,
    of_a_group: None,
    built_on: &[CrateKind::Client],
    scope: Scope::OnlyCalls,
    support: &["cli", "calls", "common"],
    example: None,
    has_group_examples: false,
    example_features: &[],
    example_packages: &[],
};

const MCP: Facts = Facts {
    name: "mcp",
    what: "Tools for language models",
    is_program: true,
    of_a_group: None,
    built_on: &[CrateKind::Client],
    scope: Scope::OnlyCalls,
    support: &["mcp", "calls", "common"],
    example: None,
    has_group_examples: false,
    example_features: &[],
    example_packages: &[],
};

impl CrateKind {
    /// All kinds, each after those that it depends on.
    pub const ALL: [Self; 5] = [
        Self::Types,
        Self::Client,
        Self::Server,
        Self::Cli,
        Self::Mcp,
    ];

    /// The kinds that are written unless `emit` says otherwise.
    pub const DEFAULT: [Self; 3] = [Self::Types, Self::Client, Self::Server];

    const NAMES: [&str; Self::ALL.len()] = {
        let mut names = [""; Self::ALL.len()];
        let mut index = 0;
        while index < names.len() {
            names[index] = Self::ALL[index].facts().name;
            index += 1;
        }
        names
    };

    #[doc(hidden)]
    #[must_use]
    pub const fn facts(self) -> &'static Facts {
        match self {
            Self::Types => &TYPES,
            Self::Client => &CLIENT,
            Self::Server => &SERVER,
            Self::Cli => &CLI,
            Self::Mcp => &MCP,
        }
    }

    /// The value in `emit`, the name of its directory, and the suffix of its package.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// The name of its package for an API: `mattermost-oauth-client`.
    #[must_use]
    pub fn package(self, api: &str) -> String {
        format!("{api}-{self}")
    }

    /// The given kinds and those that they depend on.
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
        assert_eq!(
            CrateKind::with_needed([CrateKind::Cli]),
            [CrateKind::Types, CrateKind::Client, CrateKind::Cli]
        );
    }
}

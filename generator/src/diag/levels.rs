//! Levels of codes, which override their own severity.
//!
//! In: codes as written in a configuration or on the command line. Out: [`Levels`], which the sink applies to each message.

use super::{ALL, Code, Severity};
use crate::spelling::{did_you_mean, nearest_within};
use std::collections::BTreeMap;
use std::fmt;

/// What happens to the messages of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// They are hidden, and never errors. `report` still counts them.
    Allow,
    /// They are warnings; `--strict` turns them into errors.
    Warn,
    /// They are errors.
    Deny,
}

/// The configured level of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    /// The level of its messages.
    pub level: Level,
    /// The reason given by the user.
    pub reason: Option<String>,
}

/// Levels by code. A code that isn't among them has its own severity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    lints: BTreeMap<&'static str, Lint>,
}

impl Levels {
    /// Sets the level of a code, replacing an earlier one. Returns the code as messages show it.
    ///
    /// # Errors
    ///
    /// Fails for an unknown code, and for lowering the level of an error, as nothing could be written anyway.
    pub fn set(
        &mut self,
        code: &str,
        level: Level,
        reason: Option<String>,
    ) -> Result<&'static str, Code> {
        let known = ALL.iter().find(|(id, ..)| id.eq_ignore_ascii_case(code));
        let Some(&(id, severity, ..)) = known else {
            let meant = nearest_within(1, code, ALL.iter().map(|(id, ..)| *id));
            return Err(Code::UnknownLint {
                code: code.to_owned(),
                meant: did_you_mean(meant),
            });
        };
        if severity == Severity::Error && level != Level::Deny {
            return Err(Code::ErrorStays {
                code: id.to_owned(),
            });
        }
        self.lints.insert(id, Lint { level, reason });
        Ok(id)
    }

    /// Adds the levels of `other`, which override existing ones.
    pub fn extend(&mut self, other: &Self) {
        let lints = other.lints.iter().map(|(id, lint)| (*id, lint.clone()));
        self.lints.extend(lints);
    }

    /// The configured level of a code.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Lint> {
        self.lints.get(id)
    }

    /// The severity of a message with these levels and strictness.
    pub(super) fn severity(&self, code: &Code, strict: bool) -> Severity {
        let own = code.severity();
        let said = match self.get(code.id()).map(|lint| lint.level) {
            // `set` rejects other levels for errors.
            _ if own == Severity::Error => Severity::Error,
            None => own,
            Some(Level::Allow) => Severity::Allowed,
            Some(Level::Warn) => Severity::Warning,
            Some(Level::Deny) => Severity::Error,
        };
        if strict && said == Severity::Warning {
            Severity::Error
        } else {
            said
        }
    }
}

impl Level {
    /// Parses the name of a level; `None` if it is unknown.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Allow, Self::Warn, Self::Deny]
            .into_iter()
            .find(|level| level.to_string() == word)
    }
}

/// The level as written in the configuration.
impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        })
    }
}

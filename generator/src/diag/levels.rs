//! How loud each code is: what the user says of it, over what it is by itself.
//!
//! In: codes as they are written in a configuration or on the command line. Out: [`Levels`], asked by the sink for each message.

use super::{ALL, Code, Severity};
use crate::spelling::{did_you_mean, nearest_within};
use std::collections::BTreeMap;
use std::fmt;

/// What becomes of the messages of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// They aren't shown, and never an error. `report` still counts them.
    Allow,
    /// They are warnings; `--strict` makes errors of them.
    Warn,
    /// They are errors.
    Deny,
}

/// What is said of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    /// What becomes of its messages.
    pub level: Level,
    /// Why, in the words of whoever said so.
    pub reason: Option<String>,
}

/// The levels of codes, by code. A code that isn't among them is what it is by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    lints: BTreeMap<&'static str, Lint>,
}

impl Levels {
    /// Says what becomes of a code; what was said of it before is forgotten. Gives the code as messages show it.
    ///
    /// # Errors
    ///
    /// Fails for a code that there isn't, and for an error that isn't to be one: nothing could be written all the same.
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

    /// Adds what `other` says; of a code that both speak of that counts.
    pub fn extend(&mut self, other: &Self) {
        let lints = other.lints.iter().map(|(id, lint)| (*id, lint.clone()));
        self.lints.extend(lints);
    }

    /// What is said of a code.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Lint> {
        self.lints.get(id)
    }

    /// How bad a message is, after all that was said.
    pub(super) fn severity(&self, code: &Code, strict: bool) -> Severity {
        let own = code.severity();
        let said = match self.get(code.id()).map(|lint| lint.level) {
            // `set` has refused to say anything else of an error.
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
    /// The level of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Allow, Self::Warn, Self::Deny]
            .into_iter()
            .find(|level| level.to_string() == word)
    }
}

/// As it is written in the configuration.
impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        })
    }
}

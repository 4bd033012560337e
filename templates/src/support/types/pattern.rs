//! `pattern`. Needs `validate.rs`; crate `regress`.

use std::sync::OnceLock;

use regress::Regex;

use super::Validator;

/// A regular expression of the description, in the syntax of ECMA-262 (JSON Schema, section 6.4 of the core), compiled
/// when it is first used.
///
/// Matching backtracks, so an expression such as `(a+)+$` takes very long on some input. Expressions come with the
/// description; limit lengths as well where strangers send the values.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern; generated code keeps each in a `static`.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// Whether the expression is found anywhere in the text. One that can't be compiled is found everywhere.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let compiled = self
            .compiled
            .get_or_init(|| Regex::with_flags(self.source, "u").ok());
        compiled
            .as_ref()
            .is_none_or(|regex| regex.find(text).is_some())
    }
}

impl Validator {
    /// `format: regex` (section 7.3.8)
    pub fn regex(&mut self, value: &str) {
        if Regex::with_flags(value, "u").is_err() {
            self.violation("must be a regular expression");
        }
    }

    /// `propertyNames`, and `patternProperties` where there may be no others: the name of each property matches.
    pub fn keys<'n>(&mut self, names: impl IntoIterator<Item = &'n String>, pattern: &Pattern) {
        for name in names {
            self.enter(name);
            if !pattern.is_in(name) {
                self.violation(format!("must have a name like {}", pattern.source));
            }
            self.leave();
        }
    }

    /// `pattern` (section 6.3.3)
    pub fn pattern(&mut self, value: &str, pattern: &Pattern) {
        if !pattern.is_in(value) {
            self.violation(format!("must match the pattern {}", pattern.source));
        }
    }
}

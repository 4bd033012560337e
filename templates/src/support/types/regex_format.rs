//! `format: regex`. Needs `regex_syntax.rs`, `validate.rs`.

use super::Validator;
use super::regex_syntax::parse;

impl Validator {
    /// Length limit in bytes: parsing takes a hundred times as much memory.
    const REGEX_LENGTH: usize = 100_000;

    /// `format: regex` (section 7.3.8).
    pub fn regex(&mut self, value: &str) {
        if value.len() > Self::REGEX_LENGTH {
            self.violation("is too long to be checked as a regular expression");
        } else if let Err(reason) = parse(value) {
            self.violation(format!("must be a regular expression: {reason}"));
        }
    }
}

//! Makes untrusted text safe for a terminal or a log. Needs `hidden.rs`. Clients and servers have a copy each.

use std::error::Error;
use std::fmt::{self, Formatter, Write};

use super::steers;

/// The greatest number of characters of an error that are shown.
const LONGEST: usize = 500;

/// Writes text with control characters escaped, truncated to [`LONGEST`] characters: untrusted text must neither control a terminal nor
/// fill a log.
pub(crate) struct Shown<'a, 'f> {
    out: &'a mut Formatter<'f>,
    left: usize,
}

impl<'a, 'f> Shown<'a, 'f> {
    pub(crate) fn new(out: &'a mut Formatter<'f>) -> Self {
        let left = LONGEST;
        Self { out, left }
    }
}

impl Write for Shown<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars().take(self.left) {
            self.left -= 1;
            match character {
                _ if self.left == 0 => self.out.write_char('…')?,
                _ if steers(character) => write!(self.out, "{}", character.escape_default())?,
                _ => self.out.write_char(character)?,
            }
        }
        Ok(())
    }
}

/// Writes an error and its causes, omitting those that repeat the previous one.
pub(crate) fn write_causes(out: &mut impl Write, error: &(dyn Error + 'static)) -> fmt::Result {
    let mut said = error.to_string();
    out.write_str(&said)?;
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        if !said.contains(&text) {
            write!(out, ": {text}")?;
            said = text;
        }
        next = cause.source();
    }
    Ok(())
}

//! Makes untrusted text safe for a terminal or a log. Needs no other file. Clients and servers have a copy each.

use std::error::Error;
use std::fmt::{self, Formatter, Write};

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

/// Whether a character has an effect other than being shown: control characters, line and paragraph separators, and characters that change
/// the direction of text (Unicode Standard Annex #9, section 2).
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{2069}'
                | '\u{FEFF}'
        )
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

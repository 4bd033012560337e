//! Characters that untrusted text must not bring to a terminal or into generated files.
//!
//! They control a terminal, change the order in which text is shown, or are invisible, so that people don't see what is really there
//! ("Trojan Source", CVE-2021-42574). Doesn't know what the text is for.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character is one of them: control characters (C0, C1 and DEL, including line breaks and tabs), marks, embeddings and isolates
/// of bidirectional text (UAX #9), line and paragraph separators, zero-width characters, and tags.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    // Fast path: all text of a description passes here, and most of it is ASCII.
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Makes text safe to print: hidden characters are escaped as `\u{202e}`.
#[must_use]
pub fn printable(text: &str) -> String {
    spelt(text, is_hidden, |out, c| out.extend(c.escape_unicode())).into_owned()
}

/// Like [`printable`], for text of several lines: line breaks and tabs are kept.
#[must_use]
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    let steers = |c: char| is_hidden(c) && !matches!(c, '\n' | '\t');
    spelt(text, steers, |out, c| out.extend(c.escape_unicode()))
}

/// Like [`printable_lines`], for JSON, in which hidden characters only occur in strings: escaped as `\u202e` (RFC 8259, section 7), so that
/// the value is unchanged.
#[must_use]
pub fn printable_json(text: &str) -> Cow<'_, str> {
    let steers = |c: char| is_hidden(c) && !matches!(c, '\n' | '\t' | '\r');
    spelt(text, steers, |out, c| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    })
}

fn spelt(
    text: &str,
    steers: impl Fn(char) -> bool,
    spell: impl Fn(&mut String, char),
) -> Cow<'_, str> {
    if !text.chars().any(&steers) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            spell(&mut out, c);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_spelt_out_and_the_rest_stays() {
        let text = "a\u{61c}\u{202e}b\u{9b}\n\tç\u{e0041}";
        assert_eq!(
            printable(text),
            "a\\u{61c}\\u{202e}b\\u{9b}\\u{a}\\u{9}ç\\u{e0041}"
        );
        assert_eq!(
            printable_lines(text),
            "a\\u{61c}\\u{202e}b\\u{9b}\n\tç\\u{e0041}"
        );
        let json = serde_json::to_string(text).unwrap();
        let safe = printable_json(&json);
        assert!(!safe.chars().any(is_hidden), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
    }
}

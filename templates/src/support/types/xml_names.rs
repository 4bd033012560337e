//! Characters and names of XML, and how other names are escaped. Needs no other file.

use std::borrow::Cow;

/// Whether XML allows a character (XML 1.0, section 2.2).
pub(crate) fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Whether a name may begin with a character (Namespaces in XML 1.0, section 3).
fn begins_name(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '_' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
            | '\u{37F}'..='\u{1FFF}' | '\u{200C}' | '\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
            | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

fn is_in_name(c: char) -> bool {
    begins_name(c)
        || c.is_ascii_digit()
        || matches!(
            c,
            '-' | '.' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}' | '\u{2040}'
        )
}

/// A key as a name without a prefix. Characters that aren't allowed in names are escaped, as by .NET's `XmlConvert.EncodeName`: `a b` is
/// `a_x0020_b`.
pub(crate) fn xml_name(key: &str) -> Cow<'_, str> {
    let is_plain = |(index, c): (usize, char)| match index {
        0 => begins_name(c),
        _ => is_in_name(c),
    };
    if key.is_empty() {
        return Cow::Borrowed(EMPTY);
    }
    if key.char_indices().all(is_plain) && !key.contains("_x") {
        return Cow::Borrowed(key);
    }
    let mut name = String::with_capacity(key.len() + 6);
    for (index, c) in key.char_indices() {
        let looks_written = c == '_' && written_char(&key[index..]).is_some();
        if is_plain((index, c)) && !looks_written {
            name.push(c);
        } else {
            name.push_str(&format!("_x{:04X}_", u32::from(c)));
        }
    }
    Cow::Owned(name)
}

/// The key that [`xml_name`] has made a name from.
pub(crate) fn key_of_xml_name(name: &str) -> Cow<'_, str> {
    if !name.contains("_x") {
        return Cow::Borrowed(name);
    }
    let mut key = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        match written_char(rest) {
            Some((c, length)) => {
                key.extend(c);
                rest = &rest[length..];
            }
            None => {
                key.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    Cow::Owned(key)
}

/// The name for an empty key.
const EMPTY: &str = "_x_";

/// The escaped character at the beginning of a name, if there is one, and the length of the escape.
fn written_char(name: &str) -> Option<(Option<char>, usize)> {
    if name.starts_with(EMPTY) {
        return Some((None, EMPTY.len()));
    }
    let (digits, _) = name.strip_prefix("_x")?.split_once('_')?;
    let is_number =
        (4..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
    Some((Some(char::from_u32(number)?), digits.len() + 3))
}

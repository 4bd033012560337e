//! JSON pointers (RFC 6901), and the limits of what is told. Needs no other file.

/// Appends `/token` to a pointer, with `~` and `/` written as `~0` and `~1` (RFC 6901, section 3).
///
/// Tokens are names that a stranger sends: a long one is cut, so that pointers stay short however often they are copied.
pub(crate) fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    let shown = beginning(token, LONGEST);
    for character in shown.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
    if shown.len() < token.len() {
        pointer.push(CUT);
    }
}

/// A message about the property or item `name`. If it already begins with a pointer, the two are joined.
pub(crate) fn placed(name: &str, message: String) -> String {
    let mut text = String::new();
    push_token(&mut text, name);
    if !message.starts_with('/') {
        text.push_str(": ");
        return text + &without_middle(message);
    }
    text + &message
}

/// Pointers, names and messages are cut after this many bytes.
pub(crate) const LONGEST: usize = 256;

/// Stands where something was cut.
const CUT: char = '…';

/// The text, or its beginning and a mark if it is longer.
pub(crate) fn cut(text: String) -> String {
    match beginning(&text, LONGEST) {
        shown if shown.len() == text.len() => text,
        shown => format!("{shown}{CUT}"),
    }
}

/// The text without its middle if that is long: serde's messages hold a value there, and at their end what was expected.
fn without_middle(text: String) -> String {
    if text.len() <= 2 * LONGEST {
        return text;
    }
    let mut end = text.len() - LONGEST;
    while !text.is_char_boundary(end) {
        end += 1;
    }
    format!("{}{CUT}{}", beginning(&text, LONGEST), &text[end..])
}

/// The beginning of a text, at most so many bytes of it.
fn beginning(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

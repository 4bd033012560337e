//! JSON pointers (RFC 6901), and length limits of error messages. Needs no other file.

/// Appends `/token` to a pointer, with `~` and `/` escaped as `~0` and `~1` (RFC 6901, section 3).
///
/// Tokens are untrusted names: long ones are truncated, so that pointers stay short however often they are copied.
pub(crate) fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    let shown = beginning(token, LONGEST);
    if shown.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        pointer.push_str(&shown.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.push_str(shown);
    }
    if shown.len() < token.len() {
        pointer.push(CUT);
    }
}

/// A message about the property or item `name`. If it begins with a pointer itself, the two are joined.
pub(crate) fn placed(name: &str, message: String) -> String {
    let mut text = String::new();
    push_token(&mut text, name);
    if !message.starts_with('/') {
        text.push_str(": ");
        return text + &without_middle(message);
    }
    text + &message
}

/// Pointers, names and messages are truncated to this many bytes.
pub(crate) const LONGEST: usize = 256;

/// Marks truncated text.
const CUT: char = '…';

/// Truncates a text that is too long.
pub(crate) fn cut(text: String) -> String {
    match beginning(&text, LONGEST) {
        shown if shown.len() == text.len() => text,
        shown => format!("{shown}{CUT}"),
    }
}

/// Removes the middle of a long text: serde's messages have the value there, and what was expected at the end.
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

/// The longest prefix of at most `limit` bytes.
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

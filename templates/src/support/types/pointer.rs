//! JSON pointers (RFC 6901). Needs no other file.

/// Appends `/token` to a pointer, with `~` and `/` written as `~0` and `~1` (RFC 6901, section 3).
pub(crate) fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// A message about the property or item `name`. If it already begins with a pointer, the two are joined.
pub(crate) fn placed(name: &str, message: String) -> String {
    let mut text = String::with_capacity(name.len() + message.len() + 3);
    push_token(&mut text, name);
    if !message.starts_with('/') {
        text.push_str(": ");
    }
    text + &message
}

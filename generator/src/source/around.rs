//! Finds where in a JSON text a parser stopped.
//!
//! In: the text before the error. Out: the pointer of the innermost object or list that is still open, or of the property whose value comes
//! next. Used for messages that have only a position, in a line that is too long to count columns in. The parser has already reported the
//! error itself, so only brackets, commas and quotes matter here.

use super::Pointer;

/// An object or list that isn't closed yet.
struct Open<'t> {
    object: bool,
    /// Number of commas read so far.
    index: usize,
    /// The last string read, as written, and whether a `:` followed it, which makes it the key of the next value.
    text: &'t str,
    is_key: bool,
}

/// The pointer of what follows `before`, which has to begin with `{` or `[`; `None` if it doesn't.
pub(super) fn around(before: &str) -> Option<Pointer> {
    before.trim_start().strip_prefix(['{', '['])?;
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = before.as_bytes().get(at) {
        let mut next = at + 1;
        match (byte, open.last_mut()) {
            (b'{' | b'[', _) => open.push(Open {
                object: byte == b'{',
                index: 0,
                text: "",
                is_key: false,
            }),
            (b'}' | b']', _) => {
                open.pop();
            }
            (b',', Some(around)) => {
                around.index += 1;
                around.is_key = false;
            }
            (b':', Some(around)) => around.is_key = true,
            (b'"', around) => {
                next += quoted(&before[next..]);
                if let Some(around) = around.filter(|around| !around.is_key) {
                    around.text = &before[at..next];
                }
            }
            _ => {}
        }
        at = next;
    }
    let within = |pointer: Pointer, open: &Open<'_>| match (open.object, open.is_key) {
        (true, true) => pointer.join(unquoted(open.text)),
        (true, false) => pointer,
        (false, _) => pointer.index(open.index),
    };
    let (innermost, outer) = open.split_last()?;
    let pointer = outer.iter().fold(Pointer::root(), within);
    // In a list, the error may be in the previous item or in the next one.
    Some(if innermost.object {
        within(pointer, innermost)
    } else {
        pointer
    })
}

/// Length in bytes of a string whose opening quote has been read, its closing quote included.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |end| end + 1)
}

/// Unescapes a quoted string; returns it as written if it isn't valid JSON.
fn unquoted(text: &str) -> String {
    serde_json::from_str(text).unwrap_or_else(|_| text.trim_matches('"').to_owned())
}

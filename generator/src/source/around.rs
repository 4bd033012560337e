//! What stands around a place of a JSON text that can't be read to its end.
//!
//! In: what stands before the place. Out: the pointer of the innermost object or list that it is in, or of the property whose value
//! should stand there. Used where a message has only a position and its line is too long to count in. What is wrong with the
//! text was told by its parser; here brackets and commas are all that counts.

use super::Pointer;

/// An object or list whose end hasn't come yet.
struct Open<'t> {
    object: bool,
    /// How many commas stood in it.
    index: usize,
    /// The last text in it, as it is written, and whether `:` came after it: then it is the key of what comes next.
    text: &'t str,
    is_key: bool,
}

/// The pointer of what comes after `before`, a text that begins with `{` or `[`; `None` if it doesn't.
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
    // In a list the item before may be what is wrong as well as the one that should come.
    Some(if innermost.object {
        within(pointer, innermost)
    } else {
        pointer
    })
}

/// How many bytes a text has whose opening quote has been read, its closing one included.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |end| end + 1)
}

/// What a quoted text says; as it is written if it can't be read.
fn unquoted(text: &str) -> String {
    serde_json::from_str(text).unwrap_or_else(|_| text.trim_matches('"').to_owned())
}

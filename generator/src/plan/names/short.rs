//! Keeps names short, and tells those apart that are wanted more than once: by a hash of what they stand for.

use super::Case;

/// Longest name in bytes: rustdoc writes files named after items, and file systems allow 255 bytes.
pub(super) const LONGEST: usize = 120;

/// Bytes that are kept of the beginning of a name that is truncated.
const BEGINNING: usize = 56;

/// Truncates a name in the middle, where a hash of the whole takes its place: the ends say where it belongs and what it is.
pub(super) fn cut(name: &str, text: &str, case: Case) -> String {
    // Within something whose name is truncated, the beginning is the same.
    let beginning = match mark_in(name) {
        Some(at) if at <= BEGINNING => &name[..at],
        _ => words_until(name, BEGINNING),
    };
    let end = words_from(name, name.len() - (LONGEST - BEGINNING - 8));
    let mark = mark(text, case);
    match case {
        Case::Type | Case::Variant => format!("{beginning}{mark}{end}"),
        Case::Value | Case::Constant => {
            let parts = [
                beginning.trim_end_matches('_'),
                &mark,
                end.trim_start_matches('_'),
            ];
            parts.join("_")
        }
    }
}

/// The position of the hash in a name that was truncated.
fn mark_in(name: &str) -> Option<usize> {
    let is_mark = |mark: &[u8]| {
        mark[0].eq_ignore_ascii_case(&b'x') && mark[1..].iter().all(u8::is_ascii_hexdigit)
    };
    let marked = |mark: &[u8]| is_mark(mark) && mark[1..].iter().any(u8::is_ascii_digit);
    name.as_bytes().windows(5).position(marked)
}

/// Whether a word of a name begins at a position: a capital after what is none, or what follows an underscore.
fn is_start_of_word(name: &str, at: usize) -> bool {
    let (before, after) = (name[..at].chars().next_back(), name[at..].chars().next());
    let (Some(before), Some(after)) = (before, after) else {
        return true;
    };
    before == '_' || (after.is_uppercase() && !before.is_uppercase())
}

/// The words within the first `most` bytes of a name; if there is no whole one, these bytes.
fn words_until(name: &str, most: usize) -> &str {
    let ends = || (1..=most).rev().filter(|at| name.is_char_boundary(*at));
    let whole = ends().find(|at| is_start_of_word(name, *at));
    &name[..whole.or_else(|| ends().next()).unwrap_or_default()]
}

/// The words behind the first `from` bytes of a name; if there is no whole one, nothing.
fn words_from(name: &str, from: usize) -> &str {
    let mut starts = (from..=name.len()).filter(|at| name.is_char_boundary(*at));
    let start = starts.find(|at| is_start_of_word(name, *at));
    &name[start.unwrap_or(name.len())..]
}

/// Four letters and digits from a hash of `wire` (FNV-1a). The same for the same name, regardless of the document.
pub(super) fn mark(wire: &str, case: Case) -> String {
    let hash = wire.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let mark = format!("x{:04x}", (hash >> 16) ^ (hash & 0xffff));
    if case == Case::Value {
        mark
    } else {
        mark.to_uppercase()
    }
}

//! Reading JSON, with error messages that have the place. Needs `pointer.rs`.

use std::cell::Cell;
use std::fmt;
use std::str::Utf8Error;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use super::{cut, push_token};

/// Reads a value from JSON text.
///
/// # Errors
/// Says which value doesn't match the description, without repeating that value.
pub fn from_json<T: DeserializeOwned>(json: &[u8]) -> Result<T, ReadError> {
    // The whole text is checked at once, which takes less time than to check each string.
    let text = std::str::from_utf8(json).map_err(|error| ReadError::not_unicode(json, error))?;
    serde_json::from_str(text).or_else(|error| {
        // Not every deserializer of an integer accepts `3.0`.
        let whole = whole_numbers(text).and_then(|json| serde_json::from_str(&json).ok());
        whole.ok_or_else(|| ReadError::new(json, &error))
    })
}

/// Rewrites integers so that they have no fraction or exponent, up to 20 digits; `None` if there is nothing to rewrite.
#[cold]
fn whole_numbers(text: &str) -> Option<String> {
    let json = text.as_bytes();
    let mut written = String::new();
    let (mut copied, mut index) = (0, 0);
    while let Some(byte) = json.get(index) {
        index = match byte {
            b'"' => string_end(json, index),
            b'-' | b'0'..=b'9' => {
                let is_part =
                    |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
                let length = json[index..]
                    .iter()
                    .take_while(|byte| is_part(byte))
                    .count();
                let end = index + length;
                if let Some(whole) = whole_number(&text[index..end]) {
                    written.push_str(&text[copied..index]);
                    written.push_str(&whole);
                    copied = end;
                }
                end
            }
            _ => index + 1,
        };
    }
    (copied > 0).then(|| {
        written.push_str(&text[copied..]);
        written
    })
}

/// The digits of an integer that is written with a fraction or an exponent.
fn whole_number(number: &str) -> Option<String> {
    let (digits, exponent) = match number.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse().ok()?),
        None => (number, 0_i32),
    };
    let (before, behind) = digits.split_once('.').unwrap_or((digits, ""));
    if behind.is_empty() && !number.contains(['e', 'E']) {
        return None;
    }
    let (sign, before) = match before.strip_prefix('-') {
        Some(before) => ("-", before),
        None => ("", before),
    };
    // The position of the decimal point among all digits.
    let point = i32::try_from(before.len()).ok()?.checked_add(exponent)?;
    let point = usize::try_from(point).ok().filter(|point| *point <= 20)?;
    let all = format!("{before}{behind}");
    let (whole, rest) = all.split_at_checked(point).unwrap_or((&all, ""));
    if rest.bytes().any(|digit| digit != b'0') {
        return None;
    }
    let whole = format!("{whole:0<point$}");
    Some(match whole.trim_start_matches('0') {
        // serde_json would read minus zero as a float.
        "" => "0".to_owned(),
        whole => format!("{sign}{whole}"),
    })
}

thread_local! {
    static REFUSES_NULLS: Cell<bool> = const { Cell::new(false) };
}

/// Runs `read` so that null is rejected for properties that are optional but not nullable.
///
/// Otherwise such a null counts as absent, as in clients. Servers read requests with this function.
pub fn refusing_nulls<T>(read: impl FnOnce() -> T) -> T {
    struct Restored(bool);
    impl Drop for Restored {
        fn drop(&mut self) {
            REFUSES_NULLS.set(self.0);
        }
    }
    let _restored = Restored(REFUSES_NULLS.replace(true));
    read()
}

/// Whether null is rejected for properties that aren't nullable.
pub(crate) fn refuses_nulls() -> bool {
    REFUSES_NULLS.get()
}

/// Error returned when a value can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    pointer: String,
    message: String,
    is_syntax: bool,
}

impl ReadError {
    #[cold]
    fn new(json: &[u8], error: &serde_json::Error) -> Self {
        // Adding the place to an error inside an object has turned it into a data error.
        Self::of_syntax(json).unwrap_or_else(|| Self::data(json, error))
    }

    /// The error for a text that isn't UTF-8: the place of its first byte that is wrong.
    #[cold]
    fn not_unicode(json: &[u8], error: Utf8Error) -> Self {
        Self::of_syntax(json).unwrap_or_else(|| Self {
            pointer: cut(join(&path_to(json, error.valid_up_to()), "")),
            message: "is not a valid value".to_owned(),
            is_syntax: false,
        })
    }

    /// What is wrong with the syntax of a text, if anything is.
    fn of_syntax(json: &[u8]) -> Option<Self> {
        match serde_json::from_slice::<IgnoredAny>(json) {
            Err(syntax) if syntax.classify() != Category::Data => {
                Some(Self::syntax(format!("is not JSON: {syntax}")))
            }
            _ => None,
        }
    }

    /// An error of the syntax.
    pub(crate) fn syntax(message: String) -> Self {
        Self {
            pointer: String::new(),
            message: cut(message),
            is_syntax: true,
        }
    }

    /// An error of a reader of another format than JSON, which may begin with a JSON pointer.
    pub(crate) fn of_message(text: &str) -> Self {
        let (pointer, message) = match text.split_once(": ") {
            Some((pointer, message)) if pointer.starts_with('/') => (pointer, message),
            _ => ("", text),
        };
        Self {
            pointer: cut(pointer.to_owned()),
            message: cut(without_values(message)),
            is_syntax: false,
        }
    }

    fn data(json: &[u8], error: &serde_json::Error) -> Self {
        let text = error.to_string();
        let position = format!(" at line {} column {}", error.line(), error.column());
        let text = text.strip_suffix(&position).unwrap_or(&text);
        let (named, message) = match text.split_once(": ") {
            Some((pointer, message)) if pointer.starts_with('/') => (pointer, message),
            _ => ("", text),
        };
        let offset = offset(json, error.line(), error.column());
        Self {
            pointer: cut(join(&path_to(json, offset), named)),
            message: cut(without_values(message)),
            is_syntax: false,
        }
    }

    /// The JSON pointer of the value; empty for the root. A very long one is truncated and ends with `…`.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The problem, such as `invalid type: integer, expected a string`.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Whether the text isn't well-formed JSON or XML.
    #[must_use]
    pub fn is_syntax(&self) -> bool {
        self.is_syntax
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

/// Removes the value from an error message: it may be a secret, and is untrusted text.
fn without_values(message: &str) -> String {
    const OURS: [&str; 5] = [
        "is not one of the listed values",
        "must not be null",
        "required property is missing",
        "duplicate property",
        "property is not allowed",
    ];
    const KINDS: [&str; 6] = [
        "boolean",
        "integer",
        "floating point",
        "number",
        "character",
        "string",
    ];

    if OURS.contains(&message) || is_phrase(message) {
        return message.to_owned();
    }
    let Some((problem, found)) = message.split_once(": ") else {
        return "is not a valid value".to_owned();
    };
    let Some((found, expected)) = found.rsplit_once(", expected ") else {
        return "is not a valid value".to_owned();
    };
    if !["invalid type", "invalid value", "invalid length"].contains(&problem) {
        return "is not a valid value".to_owned();
    }
    // `string "abc"`, `integer `5``; other kinds (`map`, `null`) have no value.
    match KINDS.iter().find(|kind| found.starts_with(**kind)) {
        Some(kind) => format!("{problem}: {kind}, expected {expected}"),
        None => format!(
            "{problem}: {}, expected {expected}",
            found.split(' ').next().unwrap_or_default()
        ),
    }
}

/// Whether a message is one of those for parameters, such as `must be an integer of 32 bits`.
fn is_phrase(message: &str) -> bool {
    const KINDS: [&str; 4] = [
        "an integer of ",
        "a non-negative integer of ",
        "a number",
        "true or false",
    ];
    let kind = message.strip_prefix("must be ").unwrap_or_default();
    let bits = KINDS.iter().find_map(|known| kind.strip_prefix(known));
    bits.is_some_and(|bits| ["", "8 bits", "16 bits", "32 bits", "64 bits"].contains(&bits))
}

/// The byte offset of a line and column in serde_json's numbering (lines from 1, columns in bytes read).
fn offset(json: &[u8], line: usize, column: usize) -> usize {
    let line_start = match line {
        0 | 1 => 0,
        line => json
            .iter()
            .enumerate()
            .filter(|(_, b)| **b == b'\n')
            .nth(line - 2)
            .map_or(0, |(index, _)| index + 1),
    };
    line_start.saturating_add(column).min(json.len())
}

/// A step from a value to a value inside it.
#[derive(Debug, PartialEq)]
enum Step {
    Property(String),
    Item(usize),
    /// In an object, before the name of a property.
    Nothing,
}

/// The path to the value that a reader of `json` has reached after `offset` bytes.
///
/// Error messages don't have the index of an item, as only serde's reader of the whole array knows it, so the text is scanned again up to
/// the error.
fn path_to(json: &[u8], offset: usize) -> Vec<Step> {
    let mut path = Vec::new();
    let mut index = 0;
    while index < offset {
        let start = index;
        index += 1;
        match json[start] {
            b'{' => path.push(Step::Nothing),
            b'[' => path.push(Step::Item(0)),
            b'}' | b']' => drop(path.pop()),
            b',' => match path.last_mut() {
                Some(Step::Item(number)) => *number += 1,
                Some(step) => *step = Step::Nothing,
                None => {}
            },
            b'"' => {
                index = string_end(json, start);
                if let Some(step @ Step::Nothing) = path.last_mut() {
                    *step = Step::Property(
                        serde_json::from_slice(&json[start..index]).unwrap_or_default(),
                    );
                }
            }
            _ => {}
        }
    }
    path.retain(|step| *step != Step::Nothing);
    path
}

/// The offset after the string that begins at `start`.
fn string_end(json: &[u8], start: usize) -> usize {
    let mut index = start + 1;
    while index < json.len() {
        match json[index] {
            b'"' => return index + 1,
            b'\\' => index += 2,
            _ => index += 1,
        }
    }
    json.len()
}

/// Joins the path found in the text with the pointer in an error.
///
/// The path has indexes of items and keys of maps, but ends where the reader gave up. The pointer only has names, but includes missing
/// properties and values inside unions, which are read twice.
fn join(path: &[Step], named: &str) -> String {
    let mut names = named.split('/').skip(1).peekable();
    let mut pointer = String::new();
    for step in path {
        let before = pointer.len();
        match step {
            Step::Nothing => {}
            Step::Item(number) => push_token(&mut pointer, &number.to_string()),
            Step::Property(name) => push_token(&mut pointer, name),
        }
        if names
            .peek()
            .is_some_and(|name| pointer[before..].strip_prefix('/') == Some(name))
        {
            names.next();
        }
    }
    for name in names {
        pointer.push('/');
        pointer.push_str(name);
    }
    pointer
}

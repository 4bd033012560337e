//! What tells a request from one that was expected or recorded. Needs `encode.rs`; behind the feature `mock`.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use serde_json::Value;

use super::percent_decoded;

/// How a body differs from the one that it should be: in JSON by the first value that is another. `None` if both say the same.
pub(crate) fn body_difference(expected: &[u8], sent: &[u8]) -> Option<String> {
    let json = |text: &[u8]| serde_json::from_slice::<Value>(text).ok();
    match (json(expected), json(sent)) {
        (Some(expected), Some(sent)) => json_difference(&expected, &sent),
        _ if expected == sent => None,
        _ => Some(format!(
            "the body is {}, not {}",
            shown_body(sent),
            shown_body(expected)
        )),
    }
}

/// The same for two JSON values.
pub(crate) fn json_difference(expected: &Value, sent: &Value) -> Option<String> {
    let (place, expected, sent) = first_difference(String::new(), Some(expected), Some(sent))?;
    let place = match place.is_empty() {
        true => "the body".to_owned(),
        false => format!("{place} of the body"),
    };
    Some(match (expected, sent) {
        (Some(expected), None) => format!("{place} is missing, it should be {}", short(expected)),
        (None, Some(sent)) => format!("{place} is {}, it should be missing", short(sent)),
        (Some(expected), Some(sent)) => {
            format!("{place} is {}, not {}", short(sent), short(expected))
        }
        (None, None) => return None,
    })
}

type Difference<'v> = (String, Option<&'v Value>, Option<&'v Value>);

/// The JSON pointer of the first value that differs, and what it is in both.
fn first_difference<'v>(
    place: String,
    expected: Option<&'v Value>,
    sent: Option<&'v Value>,
) -> Option<Difference<'v>> {
    let below = |name: &str| {
        let token = name.replace('~', "~0").replace('/', "~1");
        format!("{place}/{token}")
    };
    match (expected, sent) {
        (Some(Value::Object(expected)), Some(Value::Object(sent))) => {
            let added = sent.keys().filter(|name| !expected.contains_key(*name));
            let mut names = expected.keys().chain(added);
            names.find_map(|name| first_difference(below(name), expected.get(name), sent.get(name)))
        }
        (Some(Value::Array(expected)), Some(Value::Array(sent))) => {
            let mut indexes = 0..expected.len().max(sent.len());
            indexes.find_map(|at| {
                first_difference(below(&at.to_string()), expected.get(at), sent.get(at))
            })
        }
        // `1` and `1.0` are the same number.
        (Some(Value::Number(expected)), Some(Value::Number(sent)))
            if expected.is_f64() != sent.is_f64() && expected.as_f64() == sent.as_f64() =>
        {
            None
        }
        (expected, sent) => (expected != sent).then_some((place, expected, sent)),
    }
}

/// A value in at most a line.
fn short(value: &Value) -> String {
    cut_to_line(&value.to_string())
}

/// A body in at most a line.
pub(crate) fn shown_body(body: &[u8]) -> String {
    match std::str::from_utf8(body) {
        Ok("") => "empty".to_owned(),
        Ok(text) => cut_to_line(text),
        Err(_) => format!("{} bytes", body.len()),
    }
}

/// The beginning of a text, without control characters.
fn cut_to_line(text: &str) -> String {
    const LENGTH: usize = 120;
    let mut line: String = text
        .chars()
        .take(LENGTH)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(LENGTH).is_some() {
        line.push('…');
    }
    line
}

/// The pairs of a query or form, decoded and sorted, as their order means nothing.
pub(crate) fn sorted_pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<(String, String)> = pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent_decoded(name), percent_decoded(value))
        })
        .collect();
    pairs.sort();
    pairs
}

/// Pairs in a line: `limit=5&tag=new`.
pub(crate) fn shown_pairs(pairs: &[(String, String)]) -> String {
    if pairs.is_empty() {
        return "empty".to_owned();
    }
    let pairs = pairs.iter().map(|(name, value)| format!("{name}={value}"));
    cut_to_line(&pairs.collect::<Vec<_>>().join("&"))
}

/// A body and its media type with the same boundary of multipart bodies each time, which is random otherwise.
pub(crate) fn with_usual_boundary(headers: &HeaderMap, body: &[u8]) -> (Option<String>, Vec<u8>) {
    const USUAL: &str = "boundary";
    let Some(media_type) = headers.get(CONTENT_TYPE).map(text_of) else {
        return (None, body.to_vec());
    };
    let Some((before, boundary)) = media_type.split_once("boundary=") else {
        return (Some(media_type), body.to_vec());
    };
    let boundary = boundary.split(';').next().unwrap_or_default();
    let boundary = boundary.trim().trim_matches('"');
    let body = replaced(body, boundary.as_bytes(), USUAL.as_bytes());
    (Some(format!("{before}boundary={USUAL}")), body)
}

/// A header as text; what isn't UTF-8 is replaced.
pub(crate) fn text_of(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

fn replaced(body: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(&first) = rest.first() {
        match rest.strip_prefix(from).filter(|_| !from.is_empty()) {
            Some(after) => {
                out.extend_from_slice(to);
                rest = after;
            }
            None => {
                out.push(first);
                rest = &rest[1..];
            }
        }
    }
    out
}

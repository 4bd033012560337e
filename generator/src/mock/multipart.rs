//! Multipart bodies (RFC 7578), read and written as a whole.

use super::support::types::TextTree;
use serde_json::Value;
use std::fmt::Write;

/// Bodies with more parts aren't read.
const MOST: usize = 10_000;

/// The name and the text of each part; `None` if the body isn't multipart.
pub(super) fn parts(content_type: &str, body: &[u8]) -> Option<Vec<(String, String)>> {
    let boundary = parameter(content_type, "boundary").filter(|boundary| !boundary.is_empty())?;
    let delimiter = format!("\r\n--{boundary}").into_bytes();
    // The first delimiter has nothing before it.
    let body = [b"\r\n", body].concat();
    let mut parts = Vec::new();
    let mut at = find(&body, &delimiter)? + delimiter.len();
    loop {
        let rest = body.get(at..)?;
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        let end = find(rest, &delimiter)?;
        let part = rest.get(..end)?;
        let head = find(part, b"\r\n\r\n")?;
        let headers = String::from_utf8_lossy(part.get(..head)?).into_owned();
        let disposition = headers.lines().find(|line| {
            let name = line.split(':').next().unwrap_or_default();
            name.eq_ignore_ascii_case("content-disposition")
        });
        let name = disposition.and_then(|line| parameter(line, "name"));
        let text = String::from_utf8_lossy(part.get(head + 4..)?).into_owned();
        parts.push((name.unwrap_or_default(), text));
        if parts.len() > MOST {
            return None;
        }
        at += end + delimiter.len();
    }
}

/// Parts of one name as a list.
pub(super) fn grouped(parts: Vec<(String, String)>) -> Vec<(String, TextTree)> {
    let mut grouped: Vec<(String, TextTree)> = Vec::new();
    let mut index = std::collections::HashMap::new();
    for (name, text) in parts {
        let leaf = TextTree::leaf(text);
        match index.get(&name).and_then(|at: &usize| grouped.get_mut(*at)) {
            Some((_, TextTree::List(items))) => items.push(leaf),
            Some((_, first)) => {
                let items = vec![std::mem::replace(first, TextTree::Null), leaf];
                *first = TextTree::List(items);
            }
            None => {
                index.insert(name.clone(), grouped.len());
                grouped.push((name, leaf));
            }
        }
    }
    grouped
}

/// A boundary that no value contains, as they are made of letters and digits.
pub(super) const BOUNDARY: &str = "----specwright-mock";

/// The members of an object as parts.
pub(super) fn written(value: &Value) -> String {
    let mut text = String::new();
    for (name, member) in value.as_object().into_iter().flatten() {
        let items = match member {
            Value::Array(items) => items.iter().collect(),
            other => vec![other],
        };
        for item in items {
            let (kind, item) = match item {
                Value::String(text) => ("text/plain", text.clone()),
                Value::Object(_) | Value::Array(_) => ("application/json", item.to_string()),
                other => ("text/plain", other.to_string()),
            };
            let name = name.replace(['"', '\r', '\n'], "_");
            let _ = write!(
                text,
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n{item}\r\n"
            );
        }
    }
    text + &format!("--{BOUNDARY}--\r\n")
}

/// A parameter of a header, without its quotes.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut parameters = header
        .split(';')
        .skip(1)
        .filter_map(|one| one.split_once('='));
    let (_, value) = parameters.find(|(key, _)| key.trim().eq_ignore_ascii_case(name))?;
    Some(value.trim().trim_matches('"').to_owned())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    // Most bytes aren't the first one, so the time is about linear.
    let first = wanted.first()?;
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| byte == first)?;
        if bytes.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

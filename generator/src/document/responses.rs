//! Reads responses, and the statuses that their keys stand for.
//!
//! In: `responses`. Out: [`Response`]s, one per status; keys that aren't valid statuses are read as what their authors meant. `v2.rs` and
//! `v3.rs` read the content.

use super::read::{Reader, Version, describe, paragraphs};
use super::{Response, StatusKey};
use crate::diag::{Code, Place};
use crate::source::Node;

impl<'a> Reader<'a> {
    pub(super) fn responses(&mut self, operation: &Node<'a>) -> Vec<Response> {
        let mut keys = Vec::new();
        for (key, node) in self.entries(operation, "responses") {
            let statuses = self.statuses(key, &node);
            keys.extend(
                statuses
                    .into_iter()
                    .map(|status| (status, key, node.clone())),
            );
        }
        // Correctly spelled keys take precedence.
        keys.sort_by_key(|(status, key, _)| *key != spelt(*status));
        let mut responses = Vec::new();
        for (status, key, node) in self.distinct(keys) {
            if let Some(node) = self.response_at(node) {
                responses.push(self.response(operation, &node, key, status));
            }
        }
        responses
    }

    fn response(
        &mut self,
        operation: &Node<'a>,
        node: &Node<'a>,
        key: &str,
        status: StatusKey,
    ) -> Response {
        let content = if self.version == Version::V2 {
            self.content_v2(operation, node)
        } else {
            self.content(node, false)
        };
        Response {
            status,
            description: self.response_description(node, key, status),
            headers: self.headers(node),
            content,
            links: self.response_links(node),
            origin: node.origin(),
        }
    }

    /// A response with its `$ref` resolved; if that fails, the node itself. `None` means that the problem has been reported.
    fn response_at(&mut self, node: Node<'a>) -> Option<Node<'a>> {
        if let Some(reference) = node.get("$ref")
            && let Err(Code::DanglingRef { reference: text }) = self.target(&reference)
        {
            let code = Code::DanglingResponse { reference: text };
            self.report(code, Place::Value(reference.origin()));
            return Some(node);
        }
        let node = self.follow(node)?;
        if node.value.is_string() {
            self.form_read_as(&describe(&node), "its description", &node);
            return Some(node);
        }
        (node.value.is_null() || self.is_mapping(&node)).then_some(node)
    }

    /// The statuses that a key of `responses` stands for, usually one. An invalid key is reported.
    fn statuses(&mut self, key: &str, node: &Node<'a>) -> Vec<StatusKey> {
        if let Some(status) = status(key) {
            return vec![status];
        }
        let found = meant_statuses(key);
        if found.is_empty() {
            let found = key.to_owned();
            self.report(Code::BadStatus { found }, Place::Key(node.origin()));
        } else {
            let used: Vec<_> = found
                .iter()
                .map(|status| format!("`{}`", spelt(*status)))
                .collect();
            self.key_read_as(&format!("`{key}`"), &used.join(" and "), node);
        }
        found
    }

    fn response_description(&mut self, node: &Node<'a>, key: &str, status: StatusKey) -> String {
        if let Some(text) = node.value.as_str() {
            return text.to_owned();
        }
        let description = paragraphs(self.text(node, "summary"), self.text(node, "description"));
        // An unresolved reference has been reported.
        if description.is_none() && node.get("$ref").is_none() {
            let place = self.head(node);
            let status = key.to_owned();
            self.report(Code::ResponseWithoutDescription { status }, place);
        }
        description.unwrap_or_else(|| reason(status).to_owned())
    }
}

/// The status that a valid key stands for.
fn status(key: &str) -> Option<StatusKey> {
    let key = key.trim();
    if key.eq_ignore_ascii_case("default") {
        return Some(StatusKey::Default);
    }
    let [class @ b'1'..=b'5', rest @ ..] = key.as_bytes() else {
        return None;
    };
    match rest {
        [b'X' | b'x', b'X' | b'x'] => Some(StatusKey::Range(class - b'0')),
        [b'0'..=b'9', b'0'..=b'9'] => key.parse().ok().map(StatusKey::Code),
        _ => None,
    }
}

/// The statuses that an invalid key was meant to stand for: `200 OK`, `200.0`, `200-299`, `200,201`.
fn meant_statuses(key: &str) -> Vec<StatusKey> {
    let key = key.trim();
    if let Some((first, last)) = key.split_once('-')
        && let (Some(StatusKey::Code(first)), Some(StatusKey::Code(last))) =
            (status(first), status(last))
    {
        let hundred = u8::try_from(first / 100).unwrap_or_default();
        let whole = first % 100 == 0 && last == first + 99;
        return if whole {
            vec![StatusKey::Range(hundred)]
        } else {
            Vec::new()
        };
    }
    let one = |part: &str| {
        let word = part.split_whitespace().next().unwrap_or_default();
        status(word.strip_suffix(".0").unwrap_or(word))
    };
    let parts: Option<Vec<_>> = key.split([',', '|', '/']).map(one).collect();
    parts.unwrap_or_default()
}

/// A status as the specification spells it.
fn spelt(status: StatusKey) -> String {
    match status {
        StatusKey::Code(code) => code.to_string(),
        StatusKey::Range(digit) => format!("{digit}XX"),
        StatusKey::Default => "default".to_owned(),
    }
}

/// The reason phrase of a status (RFC 9110), for a response without a description.
fn reason(status: StatusKey) -> &'static str {
    let class = match status {
        StatusKey::Default => return "Any other response",
        StatusKey::Range(class) => u16::from(class),
        StatusKey::Code(code) => {
            if let Some((_, reason)) = REASONS.iter().find(|(known, _)| *known == code) {
                return reason;
            }
            code / 100
        }
    };
    match class {
        1 => "Informational",
        2 => "Success",
        3 => "Redirection",
        4 => "Client Error",
        _ => "Server Error",
    }
}

/// Reason phrases of common statuses, from the IANA registry.
const REASONS: [(u16, &str); 33] = [
    (200, "OK"),
    (201, "Created"),
    (202, "Accepted"),
    (204, "No Content"),
    (206, "Partial Content"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (304, "Not Modified"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (412, "Precondition Failed"),
    (413, "Content Too Large"),
    (415, "Unsupported Media Type"),
    (422, "Unprocessable Content"),
    (423, "Locked"),
    (428, "Precondition Required"),
    (429, "Too Many Requests"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
];

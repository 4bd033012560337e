//! Whether the description has a response.

use super::Received;
use crate::document::{Document, Response, StatusKey};
use crate::mock::input::described;
use crate::mock::operations::Operation;
use crate::mock::reply::{default, for_status};
use crate::mock::support::server::media;
use crate::mock::table::{Tables, Way};
use http::header::CONTENT_TYPE;

pub(super) struct Judge<'j> {
    pub(super) document: &'j Document,
    pub(super) tables: &'j mut Tables,
}

impl Judge<'_> {
    /// What the description doesn't have of a response; `None` if it has all of it.
    pub(super) fn fault(
        &mut self,
        operation: Operation<'_>,
        method: &str,
        received: &Received,
    ) -> Option<String> {
        let status = received.status;
        let responses = &operation.document.responses;
        let Some(response) = for_status(responses, status).or_else(|| default(responses)) else {
            return Some(format!("the status {status} isn't described"));
        };
        // `default` is what is sent to requests that can't be served, not an excuse for failing.
        if status >= 500 && response.status == StatusKey::Default {
            return Some(format!("the service fails with {status}"));
        }
        let missing = response.headers.iter().find(|header| {
            header.required
                && !header.name.eq_ignore_ascii_case("content-type")
                && !received.headers.contains_key(&header.name)
        });
        if let Some(header) = missing {
            return Some(format!("{status} has no header `{}`", header.name));
        }
        if method == "HEAD" || matches!(status, 204 | 205 | 304) {
            return None;
        }
        self.body(response, received)
    }

    fn body(&mut self, response: &Response, received: &Received) -> Option<String> {
        let status = received.status;
        if response.content.is_empty() {
            return None;
        }
        let said = received.headers.get(CONTENT_TYPE);
        let said = said.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let Some(said) = said else {
            return Some(format!("{status} has no body, or no content type"));
        };
        let essence = media::essence(&said);
        let Some(content) = described(&response.content, &essence) else {
            return Some(format!("{status} is {essence}, which isn't described"));
        };
        if !media::is_json(&essence) || content.item_schema.is_some() {
            return None;
        }
        let value = match serde_json::from_slice(&received.body) {
            Ok(value) => value,
            Err(error) => return Some(format!("the body of {status} isn't JSON: {error}")),
        };
        let schema = content.schema?;
        let mut broken = self
            .tables
            .violations(self.document, schema, Way::Response, &value)
            .into_iter();
        let (pointer, detail) = broken.next()?;
        let place = if pointer.is_empty() {
            String::new()
        } else {
            format!(" at `{}`", without_indexes(&pointer))
        };
        Some(format!("the body of {status}{place}: {detail}"))
    }
}

/// A JSON pointer with `*` for indexes, so that the same fault of several items is one.
fn without_indexes(pointer: &str) -> String {
    let tokens = pointer.split('/').map(|token| {
        let is_index = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
        if is_index { "*" } else { token }
    });
    tokens.collect::<Vec<_>>().join("/")
}

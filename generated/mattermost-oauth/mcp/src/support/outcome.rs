//! Turns what comes back of a call into the result of a tool. Needs `base64_code.rs`, `call.rs`, `kept.rs`, `next_page.rs`, `schemas.rs`, `settings.rs`.

use std::future::poll_fn;
use std::time::Duration;

use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::{
    Body, BoxFuture, Failure, Kept, Listing, Object, Piece, RawResponse, Reply, Settings, Values,
    base64_encoded, piece,
};

/// The greatest number of bytes that are read of a response which isn't JSON.
const MOST_BYTES: usize = 16 << 20;

/// Is told the number of values that have arrived.
pub(crate) type Progress = dyn FnMut(usize) -> BoxFuture<'static, ()> + Send;

/// What came of a call.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    status: Option<u16>,
    /// Whether the call failed.
    is_error: bool,
    content: Content,
    /// The arguments of the next page.
    next: Object,
    /// Whether there would have been more to read.
    is_partial: bool,
}

/// What a response consists of.
#[derive(Debug, Default)]
enum Content {
    /// Nothing.
    #[default]
    Empty,
    /// A JSON text.
    Json(String),
    Text(String),
    Bytes(Vec<u8>),
    /// JSON texts.
    Values(Vec<String>),
}

impl Outcome {
    /// The outcome of a call that was made. `progress` is told the number of values that have arrived.
    pub(crate) async fn of(
        reply: Result<Reply, Failure>,
        listing: Listing,
        settings: &Settings,
        progress: &mut Progress,
    ) -> Self {
        match reply {
            Ok(Reply::Response(response)) => Self {
                next: if response.status().is_success() {
                    listing.next(&response)
                } else {
                    Object::new()
                },
                ..Self::response(&response)
            },
            Ok(Reply::Bytes(body)) => Self::bytes(body).await,
            Ok(Reply::Values(values)) => Self::values(values, settings, progress).await,
            Err(Failure::Response(response, message)) => {
                let status = response.status();
                if status.is_client_error() || status.is_server_error() {
                    Self::response(&response)
                } else {
                    Self::failed(&message)
                }
            }
            Err(Failure::Request(message) | Failure::Network(message)) => Self::failed(&message),
        }
    }

    /// The outcome of a call that couldn't be made.
    pub(crate) fn failed(message: &str) -> Self {
        Self {
            is_error: true,
            content: Content::Text(message.to_owned()),
            ..Self::default()
        }
    }

    fn response(response: &RawResponse) -> Self {
        let status = response.status();
        Self {
            status: Some(status.as_u16()),
            is_error: status.is_client_error() || status.is_server_error(),
            content: Content::read(response.bytes().to_vec()),
            ..Self::default()
        }
    }

    async fn bytes(mut body: Body) -> Self {
        let (mut bytes, mut is_partial) = (Vec::new(), false);
        while let Some(chunk) = body.chunk().await {
            match chunk {
                Ok(chunk) => bytes.extend_from_slice(&chunk),
                Err(error) => return Self::failed(&error.to_string()),
            }
            if bytes.len() > MOST_BYTES {
                bytes.truncate(MOST_BYTES);
                is_partial = true;
                break;
            }
        }
        Self {
            content: Content::read(bytes),
            is_partial,
            ..Self::default()
        }
    }

    async fn values(mut values: Values, settings: &Settings, progress: &mut Progress) -> Self {
        let (mut texts, mut is_partial) = (Vec::new(), true);
        // An end that is too far away is none.
        let end = Instant::now().checked_add(Duration::from_secs(settings.max_seconds));
        let end = end.unwrap_or_else(|| Instant::now() + Duration::from_secs(86_400));
        while texts.len() < settings.max_values {
            match timeout_at(end, poll_fn(|cx| values(cx))).await {
                Ok(Some(Ok(text))) => texts.push(text),
                Ok(Some(Err(failure))) if texts.is_empty() => {
                    return Self::failed(&message(failure));
                }
                Ok(Some(Err(_))) | Err(_) => break,
                Ok(None) => {
                    is_partial = false;
                    break;
                }
            }
            progress(texts.len()).await;
        }
        Self {
            content: Content::Values(texts),
            is_partial,
            ..Self::default()
        }
    }

    /// The result of a tool: one object, as text and as structured content. What is too long is kept.
    pub(crate) fn result(
        self,
        kept: &Kept,
        caller: Option<&str>,
        longest: usize,
    ) -> CallToolResult {
        let mut members = Vec::new();
        if let Some(status) = self.status {
            members.push(("status", status.to_string()));
        }
        let (name, text, is_json) = self.content.member();
        let name = if self.is_error { "error" } else { name };
        let piece = piece(&text, 0, longest);
        if piece.next.is_some() {
            let name = if is_json && !self.is_error {
                "text"
            } else {
                name
            };
            let more = |number| more(number, &piece).to_string();
            members.push((name, Value::from(piece.text.as_str()).to_string()));
            members.push(("length", text.len().to_string()));
            members.push(("more", more(kept.keep(caller, text))));
        } else if is_json {
            members.push((name, text));
        } else if !text.is_empty() {
            members.push((name, Value::from(text).to_string()));
        }
        if !self.next.is_empty() {
            members.push(("next", Value::Object(self.next).to_string()));
        }
        if self.is_partial {
            members.push(("is_partial", "true".to_owned()));
        }
        let members = members.iter();
        let members: Vec<String> = members
            .map(|(name, json)| format!("\"{name}\":{json}"))
            .collect();
        result_of(format!("{{{}}}", members.join(",")), self.is_error)
    }
}

/// The result of a tool with this JSON text.
pub(crate) fn result_of(json: String, is_error: bool) -> CallToolResult {
    let structured = serde_json::from_str(&json).ok();
    let content = vec![ContentBlock::text(json)];
    let mut result = match is_error {
        true => CallToolResult::error(content),
        false => CallToolResult::success(content),
    };
    result.structured_content = structured;
    result
}

/// The arguments of `read_more` for what follows a piece.
pub(crate) fn more(result: u64, piece: &Piece) -> Value {
    serde_json::json!({"result": result, "offset": piece.next})
}

fn message(failure: Failure) -> String {
    match failure {
        Failure::Response(_, message) | Failure::Request(message) | Failure::Network(message) => {
            message
        }
    }
}

impl Content {
    /// What bytes are: JSON, other text, or bytes.
    fn read(bytes: Vec<u8>) -> Self {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return Self::Bytes(error.into_bytes()),
        };
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        match (text.trim().is_empty(), is_json) {
            (true, _) => Self::Empty,
            (false, true) => Self::Json(text.trim().to_owned()),
            (false, false) => Self::Text(text),
        }
    }

    /// The member of a result, with its text, and whether that is JSON.
    fn member(self) -> (&'static str, String, bool) {
        match self {
            Self::Empty => ("text", String::new(), false),
            Self::Json(json) => ("body", json, true),
            Self::Text(text) => ("text", text, false),
            Self::Bytes(bytes) => ("base64", base64_encoded(&bytes), false),
            Self::Values(values) => ("values", format!("[{}]", values.join(",")), true),
        }
    }
}

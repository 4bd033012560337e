//! Multipart bodies (RFC 2046, section 5.1): forms (RFC 7578), `multipart/mixed`, `multipart/related`. Needs `body.rs`, `file.rs`,
//! `request.rs`.

use std::collections::VecDeque;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue};
use http_body::{Frame, SizeHint};
use serde::Serialize;

use super::{Body, BoxError, File, Request, ToParam};

/// A multipart body under construction.
///
/// Parts that aren't valid are reported when the request is sent.
pub struct MultipartBody {
    parts: Vec<(String, Body)>,
    /// The media type of the first part.
    first_type: Option<String>,
    error: Option<(String, Option<BoxError>)>,
}

impl MultipartBody {
    pub(crate) fn new() -> Self {
        Self {
            parts: Vec::new(),
            first_type: None,
            error: None,
        }
    }

    /// Adds a file. Without a media type of its own it gets the documented one, which may be a list or a range.
    pub(crate) fn file(
        &mut self,
        name: &str,
        file: impl Into<File>,
        content_type: Option<&'static str>,
    ) {
        let file: File = file.into();
        let documented = content_type.and_then(first_media_type);
        let content_type = file.content_type.as_deref().or(documented);
        let head = Head {
            name,
            file_name: Some(file.name.as_deref().unwrap_or(name)),
            content_type: Some(content_type.unwrap_or("application/octet-stream")),
            headers: &file.headers,
        };
        self.push(&head, file.content);
    }

    /// Adds several files, a part for each.
    pub(crate) fn files(
        &mut self,
        name: &str,
        files: impl IntoIterator<Item = impl Into<File>>,
        content_type: Option<&'static str>,
    ) {
        for file in files {
            self.file(name, file, content_type);
        }
    }

    /// Adds a value as text.
    pub(crate) fn value(&mut self, name: &str, value: impl ToParam) {
        // A part without a media type is text (RFC 7578, section 4.4).
        let head = Head {
            name,
            file_name: None,
            content_type: None,
            headers: &[],
        };
        self.push(&head, value.to_param().into_owned().into());
    }

    /// Adds several values as text, a part for each.
    pub(crate) fn values(&mut self, name: &str, values: impl IntoIterator<Item = impl ToParam>) {
        for value in values {
            self.value(name, value);
        }
    }

    /// Adds a value as JSON.
    pub(crate) fn json(&mut self, name: &str, value: &impl Serialize) {
        self.json_as(name, "application/json", value);
    }

    /// Adds a value as JSON with another media type.
    pub(crate) fn json_as(&mut self, name: &str, media_type: &'static str, value: &impl Serialize) {
        let head = Head {
            name,
            file_name: None,
            content_type: Some(media_type),
            headers: &[],
        };
        match serde_json::to_vec(value) {
            Ok(json) => self.push(&head, json.into()),
            Err(error) => {
                let message = format!("the part {name:?} can't be written as JSON");
                self.error.get_or_insert((message, Some(error.into())));
            }
        }
    }

    fn push(&mut self, head: &Head<'_>, content: Body) {
        match head.text() {
            Ok(text) => {
                if self.parts.is_empty() {
                    self.first_type = head.content_type.map(str::to_owned);
                }
                self.parts.push((text, content));
            }
            Err(header) => {
                let name = head.name;
                let message = format!("the part {name:?} can't have this header {header:?}");
                self.error.get_or_insert((message, None));
            }
        }
    }

    /// Joins the parts with boundaries.
    fn into_body(self, boundary: &str) -> Body {
        let mut pieces = VecDeque::with_capacity(self.parts.len() * 2 + 1);
        let mut between = String::new();
        for (head, content) in self.parts {
            pieces.push_back(format!("{between}--{boundary}\r\n{head}\r\n").into());
            pieces.push_back(content);
            "\r\n".clone_into(&mut between);
        }
        pieces.push_back(format!("{between}--{boundary}--\r\n").into());
        Body::stream(Sequence(pieces))
    }
}

impl Request {
    /// Sets the body to these parts.
    pub(crate) fn multipart(&mut self, media_type: &str, mut parts: MultipartBody) {
        if let Some((message, source)) = parts.error.take() {
            self.fail(message, source);
            return;
        }
        let boundary = boundary();
        let mut media_type = media_type.to_owned();
        // `multipart/related` requires the type of its root (RFC 2387, section 3.1).
        if media_type.eq_ignore_ascii_case("multipart/related")
            && let Some(root) = &parts.first_type
        {
            media_type.push_str(&format!("; type={}", quoted(root)));
        }
        media_type.push_str(&format!("; boundary={boundary}"));
        self.body(&media_type, parts.into_body(&boundary));
    }
}

/// The headers of a part, which follow its boundary.
struct Head<'h> {
    name: &'h str,
    file_name: Option<&'h str>,
    content_type: Option<&'h str>,
    headers: &'h [(String, String)],
}

impl Head<'_> {
    /// The header lines; an error is the name of an invalid header.
    fn text(&self) -> Result<String, String> {
        let mut text = format!(
            "Content-Disposition: form-data; name=\"{}\"",
            escaped(self.name)
        );
        if let Some(file_name) = self.file_name {
            text.push_str(&format!("; filename=\"{}\"", escaped(file_name)));
        }
        text.push_str("\r\n");
        if let Some(content_type) = self.content_type {
            push_header(&mut text, CONTENT_TYPE.as_str(), content_type)?;
        }
        for (name, value) in self.headers {
            push_header(&mut text, name, value)?;
        }
        Ok(text)
    }
}

fn push_header(text: &mut String, name: &str, value: &str) -> Result<(), String> {
    if HeaderName::try_from(name).is_err() || HeaderValue::try_from(value).is_err() {
        return Err(name.to_owned());
    }
    text.push_str(&format!("{name}: {value}\r\n"));
    Ok(())
}

/// A name as in HTML forms (HTML Standard, section 4.10.21.8): characters that would end it are percent-encoded.
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A quoted string (RFC 9110, section 5.6.4).
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The first media type of a list, if it isn't a range.
fn first_media_type(list: &'static str) -> Option<&'static str> {
    let first = list.split(',').next()?.trim();
    (!first.is_empty() && !first.contains('*')).then_some(first)
}

/// A random boundary of 128 bits, which can't be predicted.
fn boundary() -> String {
    // Each state has keys from the operating system and a counter.
    let random = || RandomState::new().build_hasher().finish();
    format!("form-{:016x}{:016x}", random(), random())
}

/// Bodies in sequence.
struct Sequence(VecDeque<Body>);

impl http_body::Body for Sequence {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        while let Some(first) = self.0.front_mut() {
            match Pin::new(first).poll_frame(cx) {
                Poll::Ready(None) => drop(self.0.pop_front()),
                Poll::Ready(Some(Ok(frame))) if frame.is_trailers() => {}
                other => return other,
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        let hints: Vec<SizeHint> = self.0.iter().map(http_body::Body::size_hint).collect();
        let lower = hints.iter().map(SizeHint::lower);
        let mut hint = SizeHint::new();
        hint.set_lower(lower.fold(0, u64::saturating_add));
        let mut upper = hints.iter().map(SizeHint::upper);
        if let Some(upper) = upper.try_fold(0_u64, |sum, next| sum.checked_add(next?)) {
            hint.set_upper(upper);
        }
        hint
    }
}

/// Shows only the number of parts.
impl fmt::Debug for MultipartBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MultipartBody({} parts)", self.parts.len())
    }
}

//! A request under construction. Needs `body.rs`, `builder.rs`, `connection.rs`, `encode.rs`, `error.rs`, `operation.rs`, `redirect.rs`,
//! `response.rs`, `secret.rs`.

use std::fmt;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use serde::Serialize;

use super::redirect::Outgoing;
use super::{
    Body, BoxError, BoxFuture, Core, Error, OperationInfo, Placement, RawResponse, RequestError,
    ToParam, credential_header, header_of, is_dots, is_secret, percent_encoded,
    push_percent_encoded,
};

/// A request under construction.
///
/// Invalid arguments are reported when it is sent, so that calls can be chained.
#[doc(hidden)]
pub struct Request {
    core: Core,
    operation: &'static OperationInfo,
    path: Vec<(&'static str, String)>,
    query: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    cookies: String,
    body: Option<Body>,
    timeout: Option<Duration>,
    error: Option<RequestError>,
}

/// Used by the functions of operations.
impl Request {
    pub(crate) fn new(core: Core, operation: &'static OperationInfo) -> Self {
        Self {
            core,
            operation,
            path: Vec::new(),
            query: String::new(),
            headers: Vec::new(),
            cookies: String::new(),
            body: None,
            timeout: None,
            error: None,
        }
    }

    /// Sets `{name}` in the path.
    pub(crate) fn path(&mut self, name: &'static str, value: impl ToParam) {
        self.path.push((name, percent_encoded(&value.to_param())));
    }

    /// Adds `name=value` to the query.
    pub(crate) fn query(&mut self, name: &str, value: impl ToParam) {
        self.push_query(name, &percent_encoded(&value.to_param()));
    }

    /// Adds `name=a&name=b` to the query.
    pub(crate) fn query_each<T: ToParam>(
        &mut self,
        name: &str,
        values: impl IntoIterator<Item = T>,
    ) {
        for value in values {
            self.query(name, value);
        }
    }

    /// Adds `name=a,b` to the query, or with another separator (`%20`, or `%7C` for `|`).
    pub(crate) fn query_list<T: ToParam>(
        &mut self,
        name: &str,
        values: impl IntoIterator<Item = T>,
        separator: &'static str,
    ) {
        let values: Vec<T> = values.into_iter().collect();
        let plain = match separator {
            "%20" => Some(" "),
            "%7C" => Some("|"),
            "%09" => Some("\t"),
            // Percent-encoded within items.
            _ => None,
        };
        if let Some(plain) = plain {
            let texts = values.iter().map(|value| value.to_param().into_owned());
            self.refuse_within(name, plain, texts);
        }
        self.push_query(name, &joined(values, separator));
    }

    /// Adds or replaces a header.
    pub(crate) fn header(&mut self, name: &str, value: impl ToParam) {
        self.text_header(name, &value.to_param());
    }

    /// Adds or replaces a header with several values: `a,b`.
    pub(crate) fn header_list<T: ToParam>(
        &mut self,
        name: &str,
        values: impl IntoIterator<Item = T>,
    ) {
        let values: Vec<String> = values
            .into_iter()
            .map(|value| value.to_param().into_owned())
            .collect();
        self.refuse_within(name, ",", values.iter().cloned());
        self.text_header(name, &values.join(","));
    }

    /// Rejects items that contain their separator, as the server couldn't distinguish them (OpenAPI 3.1.1, section 4.8.12.3).
    pub(crate) fn refuse_within(
        &mut self,
        name: &str,
        separator: &str,
        mut items: impl Iterator<Item = String>,
    ) {
        if items.any(|item| item.contains(separator)) {
            let message = format!("an item of {name} holds {separator:?}, which separates items");
            self.fail(message, None);
        }
    }

    /// Adds a cookie.
    pub(crate) fn cookie(&mut self, name: &str, value: impl ToParam) {
        self.push_cookie(name, &value.to_param());
    }

    /// Sets the body as `application/json`.
    pub(crate) fn json(&mut self, body: &impl Serialize) {
        self.json_as("application/json", body);
    }

    /// Sets the body as another JSON media type.
    pub(crate) fn json_as(&mut self, media_type: &'static str, body: &impl Serialize) {
        match serde_json::to_vec(body) {
            Ok(json) => self.body(media_type, json),
            Err(error) => self.fail(
                "the body can't be written as JSON".to_owned(),
                Some(error.into()),
            ),
        }
    }

    /// Sets the body to bytes, text or a stream. If `media_type` is a range, the body has its own.
    pub(crate) fn body(&mut self, media_type: &str, body: impl Into<Body>) {
        let mut body = body.into();
        let said = body.take_content_type();
        match (said.as_deref(), media_type) {
            (Some(said), _) => self.media_type(said),
            (None, "*/*") => self.media_type("application/octet-stream"),
            (None, range) if range.contains('*') => {
                let message = format!("say which {range} the body is, by `Body::content_type`");
                self.fail(message, None);
            }
            (None, media_type) => self.media_type(media_type),
        }
        self.body = Some(body);
    }

    /// Sets the time limit of the call, instead of the client's.
    pub(crate) fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// Sends the request and collects the response.
    pub(crate) fn send(self) -> BoxFuture<'static, Result<RawResponse, Error>> {
        self.core.clone().send(self)
    }

    /// Sets `{name}` in the path to text that is percent-encoded already.
    pub(crate) fn push_path_value(&mut self, name: &'static str, encoded: String) {
        self.path.push((name, encoded));
    }

    pub(crate) fn push_query(&mut self, name: &str, encoded: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        push_percent_encoded(&mut self.query, name);
        self.query.push('=');
        self.query.push_str(encoded);
    }

    fn push_cookie(&mut self, name: &str, value: &str) {
        self.push_encoded_cookie(name, &percent_encoded(value));
    }

    pub(crate) fn push_encoded_cookie(&mut self, name: &str, encoded: &str) {
        if !self.cookies.is_empty() {
            self.cookies.push_str("; ");
        }
        self.cookies.push_str(name);
        self.cookies.push('=');
        self.cookies.push_str(encoded);
    }

    fn media_type(&mut self, media_type: &str) {
        self.checked_header(CONTENT_TYPE, HeaderValue::try_from(media_type).ok());
    }

    fn text_header(&mut self, name: &str, value: &str) {
        match HeaderName::try_from(name) {
            Ok(known) => self.checked_header(known, HeaderValue::try_from(value).ok()),
            Err(_) => self.fail_header(name),
        }
    }

    fn checked_header(&mut self, name: HeaderName, value: Option<HeaderValue>) {
        match value {
            Some(mut value) => {
                value.set_sensitive(value.is_sensitive() || is_secret(&name));
                self.set_header(name, value);
            }
            None => self.fail_header(name.as_str()),
        }
    }

    fn fail_header(&mut self, name: &str) {
        let message = format!("the header {name:?} can't have this name or value");
        self.fail(message, None);
    }

    /// Adds or replaces a header. There are few, so a list is faster than a map.
    pub(crate) fn set_header(&mut self, name: HeaderName, value: HeaderValue) {
        match self.headers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => self.headers.push((name, value)),
        }
    }

    fn has_header(&self, name: &HeaderName) -> bool {
        self.headers.iter().any(|(known, _)| known == name)
    }

    /// Stores the first error.
    pub(crate) fn fail(&mut self, message: String, source: Option<BoxError>) {
        let operation = self.operation;
        self.error.get_or_insert(RequestError {
            operation,
            message,
            source,
        });
    }
}

/// Used to send the request.
impl Request {
    pub(crate) fn operation(&self) -> &'static OperationInfo {
        self.operation
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    pub(crate) fn timeout_or(&self, default: Option<Duration>) -> Option<Duration> {
        self.timeout.or(default)
    }

    /// Adds a credential at the location that its scheme declares.
    pub(crate) fn credential(&mut self, placement: Placement, secret: &str) {
        match placement {
            Placement::Bearer | Placement::Basic | Placement::Header(_) => {
                match credential_header(placement, secret) {
                    Some((name, value)) => self.set_header(name, value),
                    None => self.fail_header(header_of(placement).unwrap_or_default()),
                }
            }
            Placement::Query(name) => self.push_query(name, &percent_encoded(secret)),
            Placement::Cookie(name) => self.push_cookie(name, secret),
            Placement::External => {}
        }
    }

    /// Builds the request to send.
    pub(crate) fn assemble(
        mut self,
        base_url: &str,
        defaults: &HeaderMap,
    ) -> Result<Outgoing, Error> {
        if let Some(accept) = self.operation.accept
            && !self.has_header(&ACCEPT)
        {
            let accept = HeaderValue::from_static(accept);
            self.headers.push((ACCEPT, accept));
        }
        if !self.cookies.is_empty() {
            let cookies = HeaderValue::try_from(std::mem::take(&mut self.cookies));
            self.checked_header(COOKIE, cookies.ok());
        }
        for (name, value) in defaults {
            if !self.has_header(name) {
                self.headers.push((name.clone(), value.clone()));
            }
        }
        let values = self.path.iter().map(|(_, value)| value.len());
        let path = self.operation.path.len() + values.sum::<usize>();
        let mut url = String::with_capacity(base_url.len() + path + self.query.len() + 1);
        url.push_str(base_url);
        self.push_path(&mut url);
        if !self.query.is_empty() {
            // The path may contain a query already.
            url.push(if self.operation.path.contains('?') {
                '&'
            } else {
                '?'
            });
            url.push_str(&self.query);
        }
        if let Some(error) = self.error {
            return Err(Error::Request(Box::new(error)));
        }
        let unwritable = |error: BoxError| {
            Error::Request(Box::new(RequestError {
                operation: self.operation,
                message: "the URL can't be written".to_owned(),
                source: Some(error),
            }))
        };
        Ok(Outgoing {
            method: Method::from_bytes(self.operation.method.as_bytes())
                .map_err(|error| unwritable(error.into()))?,
            uri: Uri::try_from(url).map_err(|error| unwritable(error.into()))?,
            headers: self.headers,
            body: Some(self.body.unwrap_or_default()),
        })
    }

    /// Appends the path with its parameters.
    ///
    /// An empty segment, `.` or `..` would lead to another endpoint: URL parsers remove such segments, even if their dots are
    /// percent-encoded (WHATWG URL, section 4.1).
    fn push_path(&mut self, url: &mut String) {
        self.push_filled(url, self.operation.path);
        let may_vanish = |value: &str| value.bytes().all(|byte| b".%2eE".contains(&byte));
        if !self.path.iter().any(|(_, value)| may_vanish(value)) {
            return;
        }
        let segments = self.operation.path.split('/');
        for segment in segments.filter(|segment| segment.contains('{')) {
            let mut filled = String::new();
            self.push_filled(&mut filled, segment);
            if filled.is_empty() || is_dots(&filled) {
                self.fail(
                    format!("the path segment {segment} can't be empty, `.` or `..`"),
                    None,
                );
            }
        }
    }

    /// Appends a part of the path with its parameters filled in.
    fn push_filled(&mut self, url: &mut String, part: &str) {
        let mut rest = part;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            url.push_str(before);
            match self.path.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => url.push_str(value),
                None => self.fail(format!("the path parameter {name} has no value"), None),
            }
            rest = after;
        }
        url.push_str(rest);
    }
}

/// Joins values, each percent-encoded, with a separator that is not encoded.
fn joined<T: ToParam>(values: impl IntoIterator<Item = T>, separator: &str) -> String {
    let values: Vec<String> = values
        .into_iter()
        .map(|value| percent_encoded(&value.to_param()))
        .collect();
    values.join(separator)
}

/// Shows neither the query nor the body; secret header values are shown as `Sensitive`.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .field(
                "headers",
                &self.headers.iter().cloned().collect::<HeaderMap>(),
            )
            .finish_non_exhaustive()
    }
}

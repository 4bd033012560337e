//! A request that is being put together. Needs `base64_code.rs`, `body.rs`, `builder.rs`, `connection.rs`, `encode.rs`, `error.rs`,
//! `operation.rs`, `response.rs`, `scheme.rs`, `secret.rs`, `transport.rs`.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::{
    Body, BoxError, BoxFuture, Core, Error, OperationInfo, Placement, RawResponse, RequestError,
    Scheme, Timeout, ToParam, base64_encoded, is_dots, is_secret, percent_encoded,
    push_percent_encoded,
};

/// A request that is being put together.
///
/// Arguments that are not valid in a request are reported when it is sent, so that calls read as one chain.
#[doc(hidden)]
pub struct Request {
    core: Core,
    operation: &'static OperationInfo,
    path: Vec<(&'static str, String)>,
    query: String,
    headers: HeaderMap,
    cookies: String,
    body: Option<Body>,
    timeout: Option<Duration>,
    error: Option<RequestError>,
}

/// What the functions of operations fill in.
impl Request {
    pub(crate) fn new(core: Core, operation: &'static OperationInfo) -> Self {
        Self {
            core,
            operation,
            path: Vec::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            cookies: String::new(),
            body: None,
            timeout: None,
            error: None,
        }
    }

    /// Fills `{name}` in the path.
    pub(crate) fn path(&mut self, name: &'static str, value: impl ToParam) {
        self.path.push((name, percent_encoded(&value.to_param())));
    }

    /// Fills `{name}` in the path with several values: `a,b`.
    pub(crate) fn path_list<T: ToParam>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = T>,
    ) {
        self.path.push((name, joined(values, ",")));
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

    /// Adds `name=a,b` to the query, or with another separator (`%20`, `|` written as `%7C`).
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
            // Within an item it is percent-encoded.
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
        self.set_header(name, &value.to_param(), false);
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
        self.set_header(name, &values.join(","), false);
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

    /// The body, as `application/json`.
    pub(crate) fn json(&mut self, body: &impl Serialize) {
        self.json_as("application/json", body);
    }

    /// The body, as another JSON media type.
    pub(crate) fn json_as(&mut self, media_type: &'static str, body: &impl Serialize) {
        match serde_json::to_vec(body) {
            Ok(json) => self.body(media_type, json),
            Err(error) => self.fail(
                "the body can't be written as JSON".to_owned(),
                Some(error.into()),
            ),
        }
    }

    /// The body, as bytes, text or a stream of some media type, or of one in a range that the body says itself.
    pub(crate) fn body(&mut self, media_type: &str, body: impl Into<Body>) {
        let mut body = body.into();
        let said = body.take_content_type();
        match (said.as_deref(), media_type) {
            (Some(said), _) => self.set_header(CONTENT_TYPE.as_str(), said, false),
            (None, "*/*") => {
                self.set_header(CONTENT_TYPE.as_str(), "application/octet-stream", false);
            }
            (None, range) if range.contains('*') => {
                let message = format!("say which {range} the body is, by `Body::content_type`");
                self.fail(message, None);
            }
            (None, media_type) => self.set_header(CONTENT_TYPE.as_str(), media_type, false),
        }
        self.body = Some(body);
    }

    /// The time that the call may take, instead of the client's.
    pub(crate) fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// Sends the request and collects the response.
    pub(crate) fn send(self) -> BoxFuture<'static, Result<RawResponse, Error>> {
        self.core.clone().send(self)
    }

    /// Fills `{name}` in the path with what is percent-encoded already.
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

    fn set_header(&mut self, name: &str, value: &str, is_credential: bool) {
        let (Ok(name), Ok(mut header)) = (HeaderName::try_from(name), HeaderValue::try_from(value))
        else {
            self.fail(
                format!("the header {name:?} can't have this name or value"),
                None,
            );
            return;
        };
        header.set_sensitive(is_credential || is_secret(&name));
        self.headers.insert(name, header);
    }

    /// Remembers the first error.
    pub(crate) fn fail(&mut self, message: String, source: Option<BoxError>) {
        let operation = self.operation;
        self.error.get_or_insert(RequestError {
            operation,
            message,
            source,
        });
    }
}

/// What sending needs.
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

    /// Adds a credential, as its scheme declares.
    pub(crate) fn credential(&mut self, scheme: &Scheme, secret: &str) {
        match scheme.placement {
            Placement::Bearer => {
                self.set_header(AUTHORIZATION.as_str(), &format!("Bearer {secret}"), true)
            }
            Placement::Basic => {
                self.set_header(
                    AUTHORIZATION.as_str(),
                    &format!("Basic {}", base64_encoded(secret.as_bytes())),
                    true,
                );
            }
            Placement::Header(name) => self.set_header(name, secret, true),
            Placement::Query(name) => self.push_query(name, &percent_encoded(secret)),
            Placement::Cookie(name) => self.push_cookie(name, secret),
            Placement::External => {}
        }
    }

    /// The request as it goes over the wire.
    pub(crate) fn assemble(
        mut self,
        base_url: &str,
        defaults: &HeaderMap,
        timeout: Option<Duration>,
    ) -> Result<http::Request<Body>, Error> {
        if let Some(accept) = self
            .operation
            .accept
            .filter(|_| !self.headers.contains_key(ACCEPT))
        {
            self.headers
                .insert(ACCEPT, HeaderValue::from_static(accept));
        }
        if !self.cookies.is_empty() {
            let cookies = std::mem::take(&mut self.cookies);
            self.set_header(COOKIE.as_str(), &cookies, true);
        }
        for (name, value) in defaults {
            if !self.headers.contains_key(name) {
                self.headers.append(name, value.clone());
            }
        }
        let mut url = base_url.to_owned();
        self.push_path(&mut url);
        if !self.query.is_empty() {
            // Some paths have a part of the query.
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
        let request = http::Request::builder()
            .method(self.operation.method)
            .uri(url)
            .body(self.body.unwrap_or_default());
        let mut request = request.map_err(|error| {
            Error::Request(Box::new(RequestError {
                operation: self.operation,
                message: "the URL can't be written".to_owned(),
                source: Some(error.into()),
            }))
        })?;
        *request.headers_mut() = self.headers;
        if let Some(timeout) = timeout {
            request.extensions_mut().insert(Timeout(timeout));
        }
        Ok(request)
    }

    /// Appends the path with its parameters filled in.
    ///
    /// A segment that comes out as nothing, `.` or `..` would be another endpoint's URL: URL parsers take such
    /// segments away, also when their dots are percent-encoded (WHATWG URL, section 4.1).
    fn push_path(&mut self, url: &mut String) {
        for segment in self.operation.path.split('/').skip(1) {
            url.push('/');
            let start = url.len();
            self.push_segment(url, segment);
            let filled = &url[start..];
            if segment.contains('{') && (filled.is_empty() || is_dots(filled)) {
                self.fail(
                    format!("the path segment {segment} can't be empty, `.` or `..`"),
                    None,
                );
            }
        }
    }

    fn push_segment(&mut self, url: &mut String, segment: &str) {
        let mut rest = segment;
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

/// Several values as one, each percent-encoded, with a separator that stays as it is.
fn joined<T: ToParam>(values: impl IntoIterator<Item = T>, separator: &str) -> String {
    let values: Vec<String> = values
        .into_iter()
        .map(|value| percent_encoded(&value.to_param()))
        .collect();
    values.join(separator)
}

/// Shows neither the query nor the body; header values that are secret say `Sensitive`.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}

//! A request under construction. Needs `body.rs`, `builder.rs`, `call_options.rs`, `connection.rs`, `encode.rs`, `error.rs`, `operation.rs`,
//! `response.rs`, `scheme.rs`, `secret.rs`.

use std::fmt;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Serialize;

use super::{
    Body, BoxError, BoxFuture, CallOptions, Core, Error, OperationInfo, RawResponse, RequestError,
    Scheme, ToParam, is_secret, percent_encoded, push_percent_encoded,
};

/// A request under construction.
///
/// Invalid arguments are reported when it is sent, so that calls can be chained.
#[doc(hidden)]
pub struct Request {
    pub(super) core: Core,
    pub(super) operation: &'static OperationInfo,
    pub(super) path: PathParameters,
    pub(super) query: String,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) cookies: String,
    pub(super) body: RequestBody,
    pub(super) timeout: Option<Duration>,
    /// What few calls set.
    pub(super) options: Option<Box<CallOptions>>,
    /// Of a call that is no operation of the description.
    pub(super) raw: Option<Box<Raw>>,
    pub(super) error: Option<Box<RequestError>>,
}

/// The values of path parameters by their names, percent-encoded. Most paths have one at most, so nothing is allocated for these.
#[derive(Clone, Default)]
pub(super) struct PathParameters {
    first: Option<(&'static str, String)>,
    others: Vec<(&'static str, String)>,
}

impl PathParameters {
    fn push(&mut self, name: &'static str, encoded: String) {
        match self.first {
            None => self.first = Some((name, encoded)),
            Some(_) => self.others.push((name, encoded)),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = self.first.iter().chain(&self.others);
        all.map(|(name, encoded)| (*name, encoded.as_str()))
    }

    /// The value of a parameter.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.iter();
        all.find_map(|(known, encoded)| (known == name).then_some(encoded))
    }
}

/// What a call says itself that is no operation of the description.
pub(super) struct Raw {
    pub(super) method: Method,
    pub(super) security: &'static [&'static [&'static Scheme]],
}

/// The body of a request.
pub(super) enum RequestBody {
    None,
    /// Not sent yet, or in memory.
    Some(Body),
    /// A stream that has been sent.
    Sent,
}

/// Used by the functions of operations.
impl Request {
    pub(crate) fn new(core: Core, operation: &'static OperationInfo) -> Self {
        Self {
            core,
            operation,
            path: PathParameters::default(),
            query: String::new(),
            headers: Vec::new(),
            cookies: String::new(),
            body: RequestBody::None,
            timeout: None,
            options: None,
            raw: None,
            error: None,
        }
    }

    /// Sets `{name}` in the path.
    pub(crate) fn path(&mut self, name: &'static str, value: impl ToParam) {
        self.path.push(name, percent_encoded(&value.to_param()));
    }

    /// Adds `name=value` to the query.
    pub(crate) fn query(&mut self, name: &str, value: impl ToParam) {
        self.begin_query(name);
        push_percent_encoded(&mut self.query, &value.to_param());
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
        self.body = RequestBody::Some(body);
    }

    /// Sets the time limit of the call, instead of the client's.
    pub(crate) fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// Sets what is chosen for this call only.
    pub(crate) fn options(&mut self, mut options: CallOptions) {
        for (name, value) in std::mem::take(&mut options.headers) {
            self.text_header(&name, &value);
        }
        for (name, value) in std::mem::take(&mut options.query) {
            self.query(&name, value);
        }
        self.timeout = options.timeout.or(self.timeout);
        self.options = Some(Box::new(options));
    }

    /// The same request, without the body and what was wrong with it.
    pub(super) fn bare(&self) -> Self {
        Self {
            core: self.core.clone(),
            operation: self.operation,
            path: self.path.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            cookies: self.cookies.clone(),
            body: RequestBody::None,
            timeout: self.timeout,
            options: self.options.clone(),
            raw: None,
            error: None,
        }
    }

    /// Sends the request and collects the response.
    pub(crate) fn send(self) -> BoxFuture<'static, Result<RawResponse, Error>> {
        self.core.clone().send(self)
    }

    /// Sets `{name}` in the path to text that is percent-encoded already.
    pub(crate) fn push_path_value(&mut self, name: &'static str, encoded: String) {
        self.path.push(name, encoded);
    }

    pub(crate) fn push_query(&mut self, name: &str, encoded: &str) {
        self.begin_query(name);
        self.query.push_str(encoded);
    }

    fn begin_query(&mut self, name: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        push_percent_encoded(&mut self.query, name);
        self.query.push('=');
    }

    pub(super) fn push_cookie(&mut self, name: &str, value: &str) {
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

    pub(super) fn text_header(&mut self, name: &str, value: &str) {
        match HeaderName::try_from(name) {
            Ok(known) => self.checked_header(known, HeaderValue::try_from(value).ok()),
            Err(_) => self.fail_header(name),
        }
    }

    pub(super) fn checked_header(&mut self, name: HeaderName, value: Option<HeaderValue>) {
        match value {
            Some(mut value) => {
                value.set_sensitive(value.is_sensitive() || is_secret(&name));
                self.set_header(name, value);
            }
            None => self.fail_header(name.as_str()),
        }
    }

    pub(super) fn fail_header(&mut self, name: &str) {
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

    pub(super) fn has_header(&self, name: &HeaderName) -> bool {
        self.headers.iter().any(|(known, _)| known == name)
    }

    /// Stores the first error.
    pub(crate) fn fail(&mut self, message: String, source: Option<BoxError>) {
        let operation = self.operation;
        let error = || {
            Box::new(RequestError {
                operation,
                message,
                source,
            })
        };
        self.error.get_or_insert_with(error);
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

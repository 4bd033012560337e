//! A request as it is sent: for each attempt anew. Needs `body.rs`, `builder.rs`, `connection.rs`, `encode.rs`, `error.rs`,
//! `operation.rs`, `request.rs`, `response.rs`, `retry.rs`, `scheme.rs`, `secret.rs`.

use std::mem::replace;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, COOKIE};
use http::uri::{Parts, PathAndQuery};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};

use super::connection::Inner;
use super::request::RequestBody;
use super::response::{Origin, Sent};
use super::{
    Body, BoxError, CredentialLocation, Error, OperationInfo, Request, RequestError, Retries,
    Scheme, credential_header, header_of, is_dots, percent_encoded, random_uuid,
};

/// The usual name of the header of idempotency keys (draft-ietf-httpapi-idempotency-key-header).
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The usual `Accept`, whose text needn't be checked for each request.
static JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A request that is sent, once or several times.
pub(crate) struct Outgoing {
    request: Box<Request>,
    method: Method,
    /// Lengths of query and cookies without credentials, which each attempt adds anew.
    own: (usize, usize),
    is_idempotent: bool,
    /// The secrets of this attempt that could be renewed, each with its scheme.
    renewable: Vec<(&'static Scheme, String)>,
    /// Whether they were, which is tried once.
    is_renewed: bool,
}

impl Outgoing {
    /// Completes what all attempts have in common. An error is an argument that isn't valid.
    pub(crate) fn new(mut request: Box<Request>) -> Result<Self, Error> {
        let is_idempotent = request.prepare_key() | request.prepare_id();
        let method = match &request.raw {
            Some(raw) => raw.method.clone(),
            None => Method::from_bytes(request.operation.method.as_bytes())
                .map_err(|error| request.unwritable(error.into()))?,
        };
        Ok(Self {
            own: (request.query.len(), request.cookies.len()),
            request,
            method,
            is_idempotent,
            renewable: Vec::new(),
            is_renewed: false,
        })
    }

    pub(crate) fn operation(&self) -> &'static OperationInfo {
        self.request.operation
    }

    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    /// The alternative groups of credentials.
    pub(crate) fn security(&self) -> &'static [&'static [&'static Scheme]] {
        match &self.request.raw {
            Some(raw) => raw.security,
            None => self.request.operation.security,
        }
    }

    pub(crate) fn timeout_or(&self, default: Option<Duration>) -> Option<Duration> {
        self.request.timeout.or(default)
    }

    pub(crate) fn attempt_timeout_or(&self, default: Option<Duration>) -> Option<Duration> {
        let options = self.request.options.as_ref();
        options
            .and_then(|options| options.attempt_timeout)
            .or(default)
    }

    pub(crate) fn retries_or(&self, default: Retries) -> Retries {
        let options = self.request.options.as_ref();
        options
            .and_then(|options| options.retries)
            .unwrap_or(default)
    }

    /// Whether the request may be sent again: that does no more than sending it once, and the body is there.
    pub(crate) fn may_repeat(&self) -> bool {
        self.is_idempotent && self.has_body()
    }

    /// Whether the body can be sent, once more if it has been.
    pub(crate) fn has_body(&self) -> bool {
        !matches!(self.request.body, RequestBody::Sent)
    }

    /// The request, for a stream that is requested again: none that does more than reading.
    pub(crate) fn origin(&mut self) -> Option<Origin> {
        if self.method != Method::GET || !matches!(self.request.body, RequestBody::None) {
            return None;
        }
        self.begin_attempt();
        Some(Arc::new(self.request.bare()))
    }

    /// The request without credentials, if links need it.
    pub(crate) fn sent(&mut self, shared: &Inner) -> Option<Arc<Sent>> {
        if !self.request.operation.keeps_request {
            return None;
        }
        self.begin_attempt();
        let url = self.uri(shared).ok()?.to_string();
        let request = &self.request;
        let path = request.path.iter();
        Some(Arc::new(Sent {
            url,
            path: path
                .map(|(name, encoded)| (name, encoded.to_owned()))
                .collect(),
            query: request.query.clone(),
            headers: request.headers.clone(),
        }))
    }

    /// Takes off the credentials of the attempt before.
    pub(crate) fn begin_attempt(&mut self) {
        self.request.query.truncate(self.own.0);
        self.request.cookies.truncate(self.own.1);
        self.renewable.clear();
    }

    /// Remembers a secret that could be renewed, should the server reject it.
    pub(crate) fn may_renew(&mut self, scheme: &'static Scheme, secret: &str) {
        if !self.is_renewed {
            self.renewable.push((scheme, secret.to_owned()));
        }
    }

    /// The secrets to renew, of a request that was rejected and can be sent again: once in a call.
    pub(crate) fn taken_renewable(&mut self) -> Vec<(&'static Scheme, String)> {
        match self.has_body() {
            true => {
                self.is_renewed = true;
                std::mem::take(&mut self.renewable)
            }
            false => Vec::new(),
        }
    }

    /// Adds a credential at the location that its scheme declares.
    pub(crate) fn credential(&mut self, location: CredentialLocation, secret: &str) {
        let request = &mut self.request;
        match location {
            CredentialLocation::Bearer
            | CredentialLocation::Basic
            | CredentialLocation::Http(_)
            | CredentialLocation::Header(_) => match credential_header(location, secret) {
                Some((name, value)) => request.set_header(name, value),
                None => request.fail_header(header_of(location).unwrap_or_default()),
            },
            CredentialLocation::Query(name) => request.push_query(name, &percent_encoded(secret)),
            CredentialLocation::Cookie(name) => request.push_cookie(name, secret),
            CredentialLocation::External => {}
        }
    }

    /// The URL, on the operation's server.
    pub(crate) fn uri(&mut self, client: &Inner) -> Result<Uri, Error> {
        if let Some(target) = self.request.core.target().cloned() {
            return self.request.uri_at(&target.url);
        }
        // A client for a server that isn't in the description (a test double, a self-hosted installation) uses that one for all operations.
        let server = self.operation().server.filter(|_| client.is_documented);
        self.request.uri(client, server)
    }

    /// Signs a request, if it is a webhook or callback that has to be.
    pub(crate) fn sign(&self, request: &mut http::Request<Body>) -> Result<(), Error> {
        let target = self.request.core.target();
        let Some(sign) = target.and_then(|target| target.sign.as_ref()) else {
            return Ok(());
        };
        sign.sign(request).map_err(|source| {
            Error::Request(Box::new(RequestError {
                operation: self.operation(),
                message: "it can't be signed".to_owned(),
                source: Some(source),
            }))
        })
    }

    /// The request to send now, with the headers that are the same for each request of the client.
    pub(crate) fn request<'c>(
        &mut self,
        uri: Uri,
        defaults: &HeaderMap,
        credentials: impl Iterator<Item = &'c (HeaderName, HeaderValue)>,
    ) -> Result<http::Request<Body>, Error> {
        let request = &mut self.request;
        let mut headers = HeaderMap::with_capacity(request.headers.len() + defaults.len() + 3);
        for (name, value) in &request.headers {
            headers.append(name, value.clone());
        }
        for (name, value) in credentials {
            headers.insert(name, value.clone());
        }
        if let Some(accept) = request.operation.accept
            && !has(&headers, &ACCEPT)
        {
            let accept = match accept {
                "application/json" => JSON.clone(),
                other => HeaderValue::from_static(other),
            };
            headers.insert(ACCEPT, accept);
        }
        if !request.cookies.is_empty() {
            let Ok(mut cookies) = HeaderValue::try_from(&request.cookies) else {
                request.fail_header(COOKIE.as_str());
                return Err(request.taken_error());
            };
            cookies.set_sensitive(true);
            headers.insert(COOKIE, cookies);
        }
        for (name, value) in defaults {
            if !has(&headers, name) {
                headers.insert(name, value.clone());
            }
        }
        let mut outgoing = http::Request::new(request.body.take());
        *outgoing.method_mut() = self.method.clone();
        *outgoing.uri_mut() = uri;
        *outgoing.headers_mut() = headers;
        Ok(outgoing)
    }
}

/// Whether there is a header of this name. A request has so few that looking at each is faster than looking one up.
fn has(headers: &HeaderMap, name: &HeaderName) -> bool {
    headers.keys().any(|known| known == name)
}

impl RequestBody {
    /// The body to send now; a stream can't be sent again.
    fn take(&mut self) -> Body {
        match self {
            Self::None | Self::Sent => Body::empty(),
            Self::Some(body) => {
                if let Some(copy) = body.try_clone() {
                    return copy;
                }
                match replace(self, Self::Sent) {
                    Self::Some(stream) => stream,
                    Self::None | Self::Sent => Body::empty(),
                }
            }
        }
    }
}

impl Request {
    /// Sets the idempotency key, if there is to be one and none was given; returns whether the request may be repeated.
    fn prepare_key(&mut self) -> bool {
        let options = self.options.as_mut();
        let given = options.and_then(|options| options.idempotency_key.take());
        let header = self.operation.idempotency_key;
        if header.is_none() && given.is_none() {
            let options = self.options.as_ref();
            return self.operation.is_idempotent()
                || options.is_some_and(|options| options.is_idempotent);
        }
        // What must not be repeated isn't repeated for having a key, unless the call says so.
        let is_refused = self.operation.idempotent == Some(false);
        let options = self.options.as_ref();
        let is_given = given.is_some() || options.is_some_and(|options| options.is_idempotent);
        let name = header.unwrap_or(IDEMPOTENCY_KEY);
        let is_set = HeaderName::try_from(name).is_ok_and(|name| self.has_header(&name));
        match given {
            Some(key) => self.text_header(name, &key),
            None if is_set => {}
            None => self.text_header(name, &random_uuid()),
        }
        !is_refused || is_given
    }

    /// Sets the id of a signed message, if it has one and none was given; returns whether there is one, so that its receiver recognizes it.
    fn prepare_id(&mut self) -> bool {
        let target = self.core.target();
        let sign = target.and_then(|target| target.sign.as_ref());
        let Some(name) = sign.and_then(|sign| sign.id()).cloned() else {
            return false;
        };
        if !self.has_header(&name) {
            let id = HeaderValue::try_from(format!("msg_{}", random_uuid().replace('-', "")));
            self.checked_header(name, id.ok());
        }
        true
    }

    /// The error of an argument that isn't valid.
    fn taken_error(&mut self) -> Error {
        let unknown = || {
            Box::new(RequestError {
                operation: self.operation,
                message: "an argument is not valid".to_owned(),
                source: None,
            })
        };
        Error::Request(self.error.take().unwrap_or_else(unknown))
    }

    fn unwritable(&self, error: BoxError) -> Error {
        Error::Request(Box::new(RequestError {
            operation: self.operation,
            message: "the URL can't be written".to_owned(),
            source: Some(error),
        }))
    }

    fn uri(&mut self, client: &Inner, server: Option<&str>) -> Result<Uri, Error> {
        let begin = server.unwrap_or(&client.base_path);
        let mut url = String::with_capacity(self.url_length(begin));
        url.push_str(begin);
        self.push_path(&mut url);
        if !self.query.is_empty() {
            // The path may contain a query already.
            let path = if self.raw.is_some() {
                &url
            } else {
                self.operation.path
            };
            let has_query = path.contains('?');
            url.push(if has_query { '&' } else { '?' });
            url.push_str(&self.query);
        }
        if self.error.is_some() {
            return Err(self.taken_error());
        }
        if server.is_some() {
            return Uri::try_from(url).map_err(|error| self.unwritable(error.into()));
        }
        let mut parts = Parts::default();
        parts.scheme = Some(client.scheme.clone());
        parts.authority = Some(client.authority.clone());
        let path = PathAndQuery::try_from(url).map_err(|error| self.unwritable(error.into()))?;
        parts.path_and_query = Some(path);
        Uri::from_parts(parts).map_err(|error| self.unwritable(error.into()))
    }

    /// The length of the URL, if each parameter of the path has one place in it: a text with memory to spare takes another allocation when it
    /// becomes a URL.
    fn url_length(&self, begin: &str) -> usize {
        let query = match self.query.len() {
            0 => 0,
            length => length + "?".len(),
        };
        let values: usize = self.path.iter().map(|(_, value)| value.len()).sum();
        let names = self.path.iter().map(|(name, _)| name.len() + "{}".len());
        let path = self.operation.path.len() + values;
        begin.len() + path.saturating_sub(names.sum()) + query
    }

    /// A URL of somebody else, with the parameters of the path where it has a place for them.
    fn uri_at(&mut self, target: &str) -> Result<Uri, Error> {
        let mut url = String::with_capacity(target.len() + self.query.len() + 1);
        self.push_filled(&mut url, target);
        if !self.query.is_empty() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&self.query);
        }
        let is_web = ["http://", "https://"]
            .iter()
            .any(|begin| url.starts_with(begin));
        if !is_web {
            self.fail(
                "the URL of the subscriber isn't one of HTTP".to_owned(),
                None,
            );
        }
        if self.error.is_some() {
            return Err(self.taken_error());
        }
        Uri::try_from(url).map_err(|error| self.unwritable(error.into()))
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
        // Paths are short, so a loop finds the braces sooner than a search for them.
        while let Some(begin) = rest.bytes().position(|byte| byte == b'{') {
            let (before, after) = (&rest[..begin], &rest[begin + 1..]);
            let end = after.bytes().position(|byte| byte == b'}');
            let end = end.unwrap_or(after.len());
            let (name, after) = (&after[..end], after.get(end + 1..).unwrap_or_default());
            url.push_str(before);
            match self.path.get(name) {
                Some(value) => url.push_str(value),
                None => self.fail(format!("the path parameter {name} has no value"), None),
            }
            rest = after;
        }
        url.push_str(rest);
    }
}

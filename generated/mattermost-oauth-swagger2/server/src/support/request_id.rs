//! Ids of requests. Needs `asked.rs`.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use http::{HeaderMap, HeaderName, HeaderValue};

use super::RequestParts;

/// The greatest length of an id.
const MAX_LENGTH: usize = 128;

/// The id of a request: 1 to 128 letters, digits and `-._~:/+=@`, so that it needs no escaping wherever it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// Returns the id of a request, if the server gives [ids](super::ServerBuilder::request_ids).
    pub fn of(request: &RequestParts) -> Option<&Self> {
        request.extensions.get()
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        // It is ASCII.
        self.0.to_str().unwrap_or_default()
    }

    /// Returns the id as the value of a header.
    pub fn as_header(&self) -> &HeaderValue {
        &self.0
    }

    /// An id from text of a stranger; `None` if it has other characters, or too many.
    fn valid(value: &HeaderValue) -> Option<Self> {
        let is_valid = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~:/+=@".contains(byte);
        let bytes = value.as_bytes();
        let valid = (1..=MAX_LENGTH).contains(&bytes.len()) && bytes.iter().all(is_valid);
        valid.then(|| Self(value.clone()))
    }

    /// An id that differs from all others: 32 hexadecimal digits. It isn't secret.
    fn made() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        // A hash with a random key tells neither what is counted nor the key.
        static KEYS: LazyLock<[RandomState; 2]> =
            LazyLock::new(|| [RandomState::new(), RandomState::new()]);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let [first, second] = KEYS.each_ref().map(|key| key.hash_one(number));
        let text = format!("{first:016x}{second:016x}");
        Self(HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("unknown")))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How requests get their ids; see [`ServerBuilder::request_ids`](super::ServerBuilder::request_ids).
#[derive(Clone)]
pub struct RequestIds {
    header: HeaderName,
    accepts: bool,
    make: Option<Arc<dyn Fn() -> String + Send + Sync>>,
}

impl RequestIds {
    /// Ids in the header `x-request-id`, taken from the request if it has a valid one.
    #[must_use]
    pub fn new() -> Self {
        Self::in_header(HeaderName::from_static("x-request-id"))
    }

    /// Ids in another header.
    #[must_use]
    pub fn in_header(header: HeaderName) -> Self {
        Self {
            header,
            accepts: true,
            make: None,
        }
    }

    /// Ignores the ids of clients, for a server that anybody can reach: each request gets a new one.
    #[must_use]
    pub fn ignore_received(mut self) -> Self {
        self.accepts = false;
        self
    }

    /// Sets how ids are made. Default: 32 hexadecimal digits. An id with characters that [`RequestId`] can't have is replaced.
    #[must_use]
    pub fn make(mut self, make: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.make = Some(Arc::new(make));
        self
    }

    /// Gives a request its id, in the header too, so that nothing reads an invalid one there.
    pub(crate) fn give(&self, request: &mut RequestParts) {
        let received = self.received(&request.headers);
        let id = received
            .or_else(|| self.own())
            .unwrap_or_else(RequestId::made);
        request.headers.insert(self.header.clone(), id.0.clone());
        request.extensions.insert(id);
    }

    /// The only id that a client sent, if it is valid.
    fn received(&self, headers: &HeaderMap) -> Option<RequestId> {
        let mut values = headers.get_all(&self.header).into_iter();
        match (values.next(), values.next()) {
            (Some(only), None) if self.accepts => RequestId::valid(only),
            _ => None,
        }
    }

    fn own(&self) -> Option<RequestId> {
        let made = self.make.as_ref()?;
        RequestId::valid(&HeaderValue::try_from(made()).ok()?)
    }

    /// Adds the id of a request to the response.
    pub(crate) fn tell(&self, request: &RequestParts, response: &mut HeaderMap) {
        if let Some(id) = RequestId::of(request) {
            response.insert(self.header.clone(), id.0.clone());
        }
    }
}

impl Default for RequestIds {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for RequestIds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RequestIds").field(&self.header).finish()
    }
}

//! Credentials, and headers that may hold some. Needs `body.rs`, `scheme.rs`.

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::{BoxError, BoxFuture, Placement};

/// A token, key or password. Its text never shows in `Debug` output.
#[derive(Clone)]
pub struct Secret(Source);

#[derive(Clone)]
enum Source {
    Text(Arc<str>),
    Provider(Arc<dyn Fn() -> BoxFuture<'static, Result<String, BoxError>> + Send + Sync>),
}

impl Secret {
    /// Creates a secret that is provided anew for each request, such as a token that is refreshed when it expires.
    ///
    /// ```text
    /// Secret::provider(move || {
    ///     let tokens = tokens.clone();
    ///     async move { tokens.current().await }
    /// })
    /// ```
    pub fn provider<F, R, E>(provider: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<String, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        Self(Source::Provider(Arc::new(move || {
            let secret = provider();
            Box::pin(async move { secret.await.map_err(Into::into) })
        })))
    }

    /// Creates the credential of HTTP basic authentication.
    #[must_use]
    pub fn basic(user: &str, password: &str) -> Self {
        Self::from(format!("{user}:{password}"))
    }

    /// Whether a header can hold it, if it is sent in one. What is provided for each request isn't known yet.
    pub(crate) fn fits(&self, placement: Placement) -> bool {
        match (&self.0, placement) {
            (Source::Text(text), Placement::Bearer | Placement::Header(_)) => {
                HeaderValue::try_from(&**text).is_ok()
            }
            _ => true,
        }
    }

    /// The text of the secret, now.
    pub(crate) async fn reveal(&self) -> Result<String, BoxError> {
        match &self.0 {
            Source::Text(text) => Ok(text.as_ref().to_owned()),
            Source::Provider(provider) => provider().await,
        }
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(Source::Text(text.into()))
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Source::Text(text.into()))
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Words in the names of headers that hold credentials, of requests or responses.
const SECRET_WORDS: [&str; 9] = [
    "auth",
    "cookie",
    "credential",
    "key",
    "password",
    "secret",
    "session",
    "signature",
    "token",
];

/// Headers with URLs, which may be signed or have a key in their query.
const WITH_URLS: [&str; 4] = ["content-location", "link", "location", "refresh"];

/// Whether the value of a header must not be logged.
pub(crate) fn is_secret(name: &HeaderName) -> bool {
    let name = name.as_str();
    WITH_URLS.contains(&name) || SECRET_WORDS.iter().any(|word| name.contains(word))
}

/// Marks the values of headers that must not be logged: `Debug` shows them as `Sensitive`.
pub(crate) fn mark_secrets(headers: &mut HeaderMap) {
    for (name, value) in headers {
        if is_secret(name) {
            value.set_sensitive(true);
        }
    }
}

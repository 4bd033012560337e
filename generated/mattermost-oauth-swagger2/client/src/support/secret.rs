//! Credentials, and headers that may contain some. Needs `base64_code.rs`, `body.rs`, `scheme.rs`.

use std::fmt;
use std::sync::Arc;

use http::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, DATE, SERVER, TRANSFER_ENCODING, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::{BoxError, BoxFuture, CredentialLocation, Scheme, base64_encoded};

/// A token, key or password. Its text never shows in `Debug` output.
#[derive(Clone)]
pub struct Secret(Source);

#[derive(Clone)]
enum Source {
    Text(Arc<str>),
    Provider(Arc<dyn Fn() -> BoxFuture<'static, Result<String, BoxError>> + Send + Sync>),
    Renewable(Arc<dyn Renewable>),
}

/// A secret that is kept for several requests, and can be renewed.
pub(crate) trait Renewable: Send + Sync + 'static {
    /// Its present text.
    fn current(&self) -> BoxFuture<'static, Result<String, BoxError>>;

    /// Is told that the server rejected it; returns whether there may be another one.
    fn reject(&self, text: &str) -> bool;
}

impl Secret {
    /// Creates a secret that is fetched for each request, such as one that another program writes to a file.
    ///
    /// ```text
    /// Secret::provider(|| async { tokio::fs::read_to_string("/run/secrets/token").await })
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

    pub(crate) fn renewable(secret: impl Renewable) -> Self {
        Self(Source::Renewable(Arc::new(secret)))
    }

    /// The text, unless it is fetched.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.0 {
            Source::Text(text) => Some(text),
            Source::Provider(_) | Source::Renewable(_) => None,
        }
    }

    /// What renews it, if that is possible.
    pub(crate) fn renewal(&self) -> Option<&dyn Renewable> {
        match &self.0 {
            Source::Renewable(secret) => Some(&**secret),
            Source::Text(_) | Source::Provider(_) => None,
        }
    }

    /// The current text of the secret.
    pub(crate) async fn reveal(&self) -> Result<String, BoxError> {
        match &self.0 {
            Source::Text(text) => Ok(text.as_ref().to_owned()),
            Source::Provider(provider) => provider().await,
            Source::Renewable(secret) => secret.current().await,
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

/// A credential of a client, for a security scheme.
pub(crate) struct Credential {
    pub(crate) scheme: &'static Scheme,
    pub(crate) secret: Secret,
    /// The header with the credential, if it is the same for each request.
    pub(crate) header: Option<(HeaderName, HeaderValue)>,
}

impl Credential {
    /// `None` if the credential isn't valid in its header. One that is fetched for each request is checked later.
    pub(crate) fn new(scheme: &'static Scheme, secret: Secret) -> Option<Self> {
        let location = scheme.location;
        let header = match secret.text().filter(|_| header_of(location).is_some()) {
            Some(text) => Some(credential_header(location, text)?),
            None => None,
        };
        Some(Self {
            scheme,
            secret,
            header,
        })
    }
}

/// The header of a credential: one of its own, or `Authorization`.
pub(crate) fn header_of(location: CredentialLocation) -> Option<&'static str> {
    match location {
        CredentialLocation::Bearer | CredentialLocation::Basic | CredentialLocation::Http(_) => {
            Some("authorization")
        }
        CredentialLocation::Header(name) => Some(name),
        CredentialLocation::Query(_)
        | CredentialLocation::Cookie(_)
        | CredentialLocation::External => None,
    }
}

/// The header with a credential. `None` if it has no header, or isn't valid in one.
pub(crate) fn credential_header(
    location: CredentialLocation,
    secret: &str,
) -> Option<(HeaderName, HeaderValue)> {
    let value = match location {
        CredentialLocation::Bearer => HeaderValue::try_from(format!("Bearer {secret}")),
        CredentialLocation::Basic => {
            HeaderValue::try_from(format!("Basic {}", base64_encoded(secret.as_bytes())))
        }
        // A secret may be the whole header already.
        CredentialLocation::Http(scheme) if !begins_with(secret, scheme) => {
            HeaderValue::try_from(format!("{scheme} {secret}"))
        }
        _ => HeaderValue::try_from(secret),
    };
    let mut value = value.ok()?;
    value.set_sensitive(true);
    Some((HeaderName::try_from(header_of(location)?).ok()?, value))
}

/// Whether a header begins with the name of this scheme (RFC 9110, section 11.4).
fn begins_with(header: &str, scheme: &str) -> bool {
    let name = header.split_once(' ').map(|(name, _)| name);
    name.is_some_and(|name| name.eq_ignore_ascii_case(scheme))
}

/// Headers with URLs, which may be signed or contain a key in the query.
const WITH_URLS: [&str; 4] = ["content-location", "link", "location", "refresh"];

/// Whether the value of a header must not be logged.
pub(crate) fn is_secret(name: &HeaderName) -> bool {
    // Common response headers without credentials, which aren't searched.
    if matches!(
        *name,
        CACHE_CONTROL
            | CONNECTION
            | CONTENT_LENGTH
            | CONTENT_TYPE
            | DATE
            | SERVER
            | TRANSFER_ENCODING
            | VARY
    ) {
        return false;
    }
    let name = name.as_str();
    // So has what most servers send besides.
    if name == "x-request-id" {
        return false;
    }
    let bytes = name.as_bytes();
    // This is done for each header of each response, so most letters are skipped.
    let may_begin = |byte: u8| matches!(byte, b'a' | b'c' | b'k' | b'p' | b's' | b't');
    let mut places = (0..bytes.len()).filter(|at| may_begin(bytes[*at]));
    WITH_URLS.contains(&name) || places.any(|at| begins_with_secret(&bytes[at..]))
}

/// Whether the text begins with a word that occurs in names of headers with credentials.
fn begins_with_secret(name: &[u8]) -> bool {
    let words: &[&[u8]] = match name {
        [b'a', b'u', ..] => &[b"auth"],
        [b'c', b'o', ..] => &[b"cookie"],
        [b'c', b'r', ..] => &[b"credential"],
        [b'k', b'e', ..] => &[b"key"],
        [b'p', b'a', ..] => &[b"password"],
        [b's', b'e', ..] => &[b"secret", b"session"],
        [b's', b'i', ..] => &[b"signature"],
        [b't', b'o', ..] => &[b"token"],
        _ => return false,
    };
    words.iter().any(|word| name.starts_with(word))
}

/// Marks the values of headers that must not be logged: `Debug` shows them as `Sensitive`.
pub(crate) fn mark_secrets(headers: &mut HeaderMap) {
    for (name, value) in headers {
        if is_secret(name) {
            value.set_sensitive(true);
        }
    }
}

//! Credentials. Needs `body.rs`.

use std::fmt;
use std::sync::Arc;

use super::{BoxError, BoxFuture};

/// A token, key or password. Its text never shows in `Debug` output.
#[derive(Clone)]
pub struct Secret(Source);

#[derive(Clone)]
enum Source {
    Text(Arc<str>),
    Provider(Arc<dyn Fn() -> BoxFuture<'static, Result<String, BoxError>> + Send + Sync>),
}

impl Secret {
    /// A secret that is asked for before each request, such as a token that is refreshed when it expires.
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

    /// The user name and password of HTTP basic authentication.
    #[must_use]
    pub fn basic(user: &str, password: &str) -> Self {
        Self::from(format!("{user}:{password}"))
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

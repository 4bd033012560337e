//! Sending webhooks and callbacks to those who want them. Needs `body.rs`, `connection.rs`, `signature.rs` (feature `signatures`).
#![allow(unused_mut)] // without the feature `signatures`

use std::fmt;
#[cfg(feature = "signatures")]
use std::time::SystemTime;

#[cfg(feature = "signatures")]
use http::{HeaderName, Request};

#[cfg(feature = "signatures")]
use super::connection::Sign;
use super::connection::Target;
#[cfg(feature = "signatures")]
use super::{Body, BoxError, SignatureError, Signatures};

/// Who gets webhooks or callbacks: a URL, and how what is sent there is signed.
///
/// ```text
/// let subscriber = Subscriber::new(&row.url).sign(Signatures::standard([&row.secret])?);
/// client.webhooks(subscriber).new_pet(pet).await?;
/// ```
///
/// The URL is the whole one: the path that a receiver of this API's crates serves isn't appended. `{name}` in it stands for a parameter of the
/// path. Where strangers choose URLs, have the transport connect to public addresses only.
#[must_use = "a subscriber does nothing until something is sent to it"]
pub struct Subscriber {
    target: Target,
}

impl Subscriber {
    /// A subscriber at a URL.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            target: Target {
                url: url.into(),
                sign: None,
            },
        }
    }

    /// Has all that is sent signed. The time is that of each attempt; the id, if the form has one, is the same for each attempt of a call, so a call
    /// with an id may be repeated. A header of this name that the call sets goes before. Bodies that are streams can't be signed.
    #[cfg(feature = "signatures")]
    pub fn sign(mut self, signatures: Signatures) -> Self {
        self.target.sign = Some(Box::new(signatures));
        self
    }

    pub(crate) fn into_target(self) -> Target {
        self.target
    }
}

impl From<&str> for Subscriber {
    fn from(url: &str) -> Self {
        Self::new(url)
    }
}

impl From<String> for Subscriber {
    fn from(url: String) -> Self {
        Self::new(url)
    }
}

#[cfg(feature = "signatures")]
impl Sign for Signatures {
    fn id(&self) -> Option<&HeaderName> {
        self.id_header()
    }

    fn sign(&self, request: &mut Request<Body>) -> Result<(), BoxError> {
        let body = request.body().try_clone().ok_or(SignatureError::Stream)?;
        let body = body.into_bytes().map_err(|_| SignatureError::Stream)?;
        let id = self
            .id_header()
            .and_then(|name| request.headers().get(name));
        let id = match id {
            Some(id) => id.to_str()?.to_owned(),
            None => String::new(),
        };
        let signed = Self::sign(self, &id, SystemTime::now(), &body)?;
        request.headers_mut().extend(signed);
        Ok(())
    }
}

/// Shows neither the URL, which may have a token in it, nor a secret.
impl fmt::Debug for Subscriber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscriber").finish_non_exhaustive()
    }
}

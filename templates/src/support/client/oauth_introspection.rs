//! What an authorization server says of tokens (RFC 7662). Needs `oauth.rs`, `oauth_error.rs`, `oauth_server.rs`.

use std::fmt;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use super::oauth_server::{seconds, text};
use super::{OAuthClient, OAuthError};

/// What an authorization server says of a valid token (RFC 7662, section 2.2).
#[derive(Clone)]
#[non_exhaustive]
pub struct Introspection {
    /// What the token allows.
    pub scopes: Vec<String>,
    /// For whom the token was issued; empty if the server doesn't say.
    pub audience: Vec<String>,
    /// Who authorized the client, or the client itself; not the name of a person.
    pub subject: Option<String>,
    /// The client that the token was issued to.
    pub client_id: Option<String>,
    /// When the token expires, if the server says so.
    pub expires: Option<SystemTime>,
    /// All of it, as it came.
    pub all: Map<String, Value>,
}

impl OAuthClient {
    /// Asks whether a token that somebody has sent is valid, as this client is registered to do. `None` if it isn't: it was never issued, it
    /// has expired, was revoked, or isn't for this client to know of.
    ///
    /// # Errors
    /// The server's metadata weren't discovered, or list no such endpoint; the server refused, or couldn't be reached.
    pub async fn introspect(&self, token: &str) -> Result<Option<Introspection>, OAuthError> {
        let metadata = self.server.metadata();
        let url = metadata.and_then(|metadata| metadata.introspection_endpoint.as_deref());
        let url = self.server.url("introspection endpoint", url)?;
        let mut form = vec![("token", token), ("token_type_hint", "access_token")];
        let authorization = self.authenticate(&mut form)?;
        let response = self.server.post_form(url, &form, authorization).await?;
        let status = response.status;
        let all = response.accepted()?;
        match all.get("active") {
            Some(Value::Bool(true)) => Ok(Some(Introspection::read(all))),
            Some(Value::Bool(false)) => Ok(None),
            _ => Err(OAuthError::Response {
                status,
                problem: "whether the token is active isn't said",
            }),
        }
    }

    /// Like [`introspect`](Self::introspect), outside of async code.
    ///
    /// # Errors
    /// Like those of `introspect`; or the call is made inside an async runtime.
    #[cfg(feature = "blocking")]
    pub fn introspect_blocking(&self, token: &str) -> Result<Option<Introspection>, OAuthError> {
        super::oauth_server::waited(self.introspect(token))
    }
}

impl Introspection {
    fn read(all: Map<String, Value>) -> Self {
        let scopes = text(&all, "scope").unwrap_or_default();
        let audience = match all.get("aud") {
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            one => one.and_then(Value::as_str).into_iter().collect::<Vec<_>>(),
        };
        let expires = seconds(&all, "exp").map(Duration::from_secs);
        Self {
            scopes: scopes.split_whitespace().map(str::to_owned).collect(),
            audience: audience.into_iter().map(str::to_owned).collect(),
            subject: text(&all, "sub"),
            client_id: text(&all, "client_id"),
            expires: expires.and_then(|time| SystemTime::UNIX_EPOCH.checked_add(time)),
            all,
        }
    }
}

/// Shows nothing of the person.
impl fmt::Debug for Introspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Introspection")
            .field("scopes", &self.scopes)
            .field("audience", &self.audience)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

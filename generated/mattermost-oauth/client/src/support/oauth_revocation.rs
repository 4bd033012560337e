//! Revocation of tokens (RFC 7009). Needs `oauth.rs`, `oauth_error.rs`, `oauth_server.rs`.

use super::{AuthorizationServer, OAuthClient, OAuthError};

impl AuthorizationServer {
    /// Whether the server's metadata, which have to be discovered, list an endpoint that revokes tokens.
    #[must_use]
    pub fn can_revoke(&self) -> bool {
        let metadata = self.metadata();
        metadata.is_some_and(|metadata| metadata.revocation_endpoint.is_some())
    }
}

impl OAuthClient {
    /// Revokes an access token or a refresh token that was issued to this client: the server rejects it from now on. With a refresh token
    /// most servers revoke all access tokens that were got by it, too. No error if the token isn't valid any more.
    ///
    /// # Errors
    /// The server's metadata weren't discovered, or list no such endpoint; the server refused, or couldn't be reached.
    pub async fn revoke(&self, token: &str) -> Result<(), OAuthError> {
        let metadata = self.server.metadata();
        let url = metadata.and_then(|metadata| metadata.revocation_endpoint.as_deref());
        let url = self.server.url("revocation endpoint", url)?;
        let mut form = vec![("token", token)];
        let authorization = self.authenticate(&mut form)?;
        let response = self.server.post_form(url, &form, authorization).await?;
        match response.status {
            // What else a success says means nothing (section 2.2).
            200..300 => Ok(()),
            _ => response.accepted().map(|_| ()),
        }
    }

    /// Like [`revoke`](Self::revoke), outside of async code.
    ///
    /// # Errors
    /// Like those of `revoke`; or the call is made inside an async runtime.
    #[cfg(feature = "blocking")]
    pub fn revoke_blocking(&self, token: &str) -> Result<(), OAuthError> {
        super::oauth_server::waited(self.revoke(token))
    }
}

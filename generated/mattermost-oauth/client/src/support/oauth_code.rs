//! Authorization in a browser (RFC 6749, section 4.1), with PKCE (RFC 7636). Needs `base64_code.rs`, `encode.rs`, `oauth.rs`,
//! `oauth_error.rs`, `oauth_server.rs`; crates `getrandom` and `sha2`.

use std::fmt;

use http::Uri;
use sha2::{Digest, Sha256};

use super::{
    OAuthClient, OAuthError, OAuthGrant, OAuthTokens, base64_url_encoded, percent_encoded,
};

impl OAuthClient {
    /// Begins an authorization: the user's browser has to open its URL, and is redirected to `redirect_uri`.
    ///
    /// ```text
    /// let authorization = app.authorize("http://127.0.0.1:8000/callback")?;
    /// println!("open {}", authorization.url());
    /// let tokens = authorization.redeem(&redirected_to).await?;
    /// ```
    ///
    /// # Errors
    /// The description has no such flow, or there are no random numbers.
    pub fn authorize(&self, redirect_uri: impl Into<String>) -> Result<Authorization, OAuthError> {
        self.resume(redirect_uri, random_text()?, random_text()?)
    }

    /// An authorization that was begun before, with its [state](Authorization::state) and [verifier](Authorization::verifier): in a
    /// server, each request is for itself.
    ///
    /// # Errors
    /// The description has no such flow.
    pub fn resume(
        &self,
        redirect_uri: impl Into<String>,
        state: impl Into<String>,
        verifier: impl Into<String>,
    ) -> Result<Authorization, OAuthError> {
        let grant = OAuthGrant::AuthorizationCode;
        if !self.server.has_flow(grant) {
            return Err(OAuthError::Missing("flow for browsers"));
        }
        let endpoint = self.server.authorization_url(grant)?;
        let mut authorization = Authorization {
            client: self.clone(),
            redirect_uri: redirect_uri.into(),
            state: state.into(),
            verifier: verifier.into(),
            url: String::new(),
        };
        authorization.url = authorization.url_at(&endpoint);
        Ok(authorization)
    }
}

/// An authorization that waits for its user. The verifier never shows in `Debug` output.
#[derive(Clone)]
pub struct Authorization {
    client: OAuthClient,
    redirect_uri: String,
    state: String,
    verifier: String,
    url: String,
}

impl Authorization {
    /// The URL to open in the user's browser.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What connects the redirection with this request, and with the user's session.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.state
    }

    /// The secret of this authorization (RFC 7636, section 4.1).
    #[must_use]
    pub fn verifier(&self) -> &str {
        &self.verifier
    }

    /// Exchanges the code for tokens. `redirected` is the URL that the browser was redirected to, or its query.
    ///
    /// # Errors
    /// The user or the server refused; or the redirection isn't the response to this request.
    pub async fn redeem(self, redirected: &str) -> Result<OAuthTokens, OAuthError> {
        let code = self.code(redirected)?;
        self.redeem_code(&code).await
    }

    /// Exchanges a code for tokens, of a redirection whose state was checked, or that a user has typed.
    ///
    /// # Errors
    /// The server refused.
    pub async fn redeem_code(self, code: &str) -> Result<OAuthTokens, OAuthError> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("code_verifier", self.verifier.as_str()),
        ];
        let grant = OAuthGrant::AuthorizationCode;
        let issued = self.client.ask(grant, &form).await?;
        Ok(self.client.begun(grant, issued))
    }

    /// Like [`redeem`](Self::redeem), outside of async code.
    ///
    /// # Errors
    /// Like those of `redeem`; or the call is made inside an async runtime.
    #[cfg(feature = "blocking")]
    pub fn redeem_blocking(self, redirected: &str) -> Result<OAuthTokens, OAuthError> {
        super::oauth_server::waited(self.redeem(redirected))
    }

    fn url_at(&self, endpoint: &Uri) -> String {
        let challenge = base64_url_encoded(&Sha256::digest(self.verifier.as_bytes()));
        let scopes = self.client.scopes.join(" ");
        let mut query = vec![
            ("response_type", "code"),
            ("client_id", self.client.id.as_str()),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("state", self.state.as_str()),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ];
        query.extend((!scopes.is_empty()).then_some(("scope", scopes.as_str())));
        let parameters = self.client.parameters.iter();
        query.extend(parameters.map(|(name, value)| (name.as_str(), value.as_str())));
        let mut url = endpoint.to_string();
        let mut separator = if endpoint.query().is_some() { '&' } else { '?' };
        for (name, value) in query {
            url.push(separator);
            url.extend([&percent_encoded(name), "=", &percent_encoded(value)]);
            separator = '&';
        }
        url
    }

    /// The code in a redirection (RFC 6749, section 4.1.2), if that belongs to this authorization (section 10.12, RFC 9207).
    fn code(&self, redirected: &str) -> Result<String, OAuthError> {
        let refused = |problem| Err(OAuthError::Redirect(problem));
        let query = redirected
            .split_once('?')
            .map_or(redirected, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let value = |name: &str| {
            let mut found = query.split('&').filter_map(|pair| {
                let (known, value) = pair.split_once('=')?;
                (known == name).then(|| form_decoded(value))
            });
            found.next().filter(|_| found.next().is_none())
        };
        if value("state").is_none_or(|state| !is_same(&state, &self.state)) {
            return refused("its state is not that of this authorization");
        }
        if let Some(metadata) = self.client.server.metadata() {
            match value("iss") {
                Some(issuer) if issuer != metadata.issuer => {
                    return refused("it comes from another server");
                }
                None if metadata.authorization_response_iss_parameter_supported => {
                    return refused("it doesn't say from which server it comes");
                }
                _ => {}
            }
        }
        if let Some(code) = value("error") {
            return Err(OAuthError::Refused {
                status: None,
                code,
                description: value("error_description"),
            });
        }
        match value("code") {
            Some(code) if !code.is_empty() => Ok(code),
            _ => refused("it has no code"),
        }
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("client", &self.client)
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}

/// 256 random bits (RFC 7636, section 7.1), in 43 characters.
fn random_text() -> Result<String, OAuthError> {
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(base64_url_encoded(&bytes)),
        Err(_) => Err(OAuthError::Unavailable("there are no random numbers")),
    }
}

/// Compares without telling by its time where texts differ.
fn is_same(a: &str, b: &str) -> bool {
    let differs = |all, (a, b)| all | (a ^ b);
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, differs) == 0
}

/// A value of a form, with what isn't UTF-8 replaced.
fn form_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        let digits = after
            .get(..2)
            .and_then(|digits| str::from_utf8(digits).ok());
        let encoded = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = after;
        match (byte, encoded) {
            (b'%', Some(encoded)) => {
                bytes.push(encoded);
                rest = after.get(2..).unwrap_or_default();
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

//! Authorization on another device (RFC 8628). Needs `oauth.rs`, `oauth_error.rs`, `oauth_server.rs`, `timer.rs`.

use std::fmt;
use std::time::Duration;

use super::oauth_server::{seconds, text};
use super::timer::{Instant, sleep};
use super::{OAuthClient, OAuthError, OAuthGrant, OAuthTokens};

/// How often the server is asked if it doesn't say (RFC 8628, section 3.2), and at least.
const INTERVAL: Duration = Duration::from_secs(5);
const LONGEST_INTERVAL: Duration = Duration::from_secs(60);

/// How long a code is valid if the server doesn't say, and at most.
const LIFETIME: Duration = Duration::from_secs(30 * 60);

impl OAuthClient {
    /// Begins the authorization of a device that has no browser: the user has to open a URL elsewhere, and type a code.
    ///
    /// ```text
    /// let device = app.authorize_device().await?;
    /// println!("open {} and type {}", device.verification_uri(), device.user_code());
    /// let tokens = device.tokens().await?;
    /// ```
    ///
    /// # Errors
    /// The description has no such flow, or the server refused.
    pub async fn authorize_device(&self) -> Result<DeviceAuthorization, OAuthError> {
        let grant = OAuthGrant::DeviceAuthorization;
        if !self.server.has_flow(grant) {
            return Err(OAuthError::Missing("flow for devices"));
        }
        let url = self.server.authorization_url(grant)?;
        self.server.token_url(grant, false)?;
        let scopes = self.scopes.join(" ");
        let mut form = Vec::new();
        form.extend((!scopes.is_empty()).then_some(("scope", scopes.as_str())));
        let parameters = self.parameters.iter();
        form.extend(parameters.map(|(name, value)| (name.as_str(), value.as_str())));
        let authorization = self.authenticate(&mut form)?;
        let response = self.server.post_form(url, &form, authorization).await?;
        let status = response.status;
        let object = response.accepted()?;
        let needed = |name: &str, problem| text(&object, name).ok_or(problem);
        let read = || {
            let uri =
                text(&object, "verification_uri").or_else(|| text(&object, "verification_url"));
            let asked = seconds(&object, "interval").map_or(INTERVAL, Duration::from_secs);
            let lifetime = seconds(&object, "expires_in").map_or(LIFETIME, Duration::from_secs);
            Ok(DeviceAuthorization {
                client: self.clone(),
                device_code: needed("device_code", "no device code")?,
                user_code: needed("user_code", "no code for the user")?,
                verification_uri: uri.ok_or("no URL for the user")?,
                verification_uri_complete: text(&object, "verification_uri_complete"),
                interval: asked.clamp(Duration::from_secs(1), LONGEST_INTERVAL),
                end: Instant::now() + lifetime.min(LIFETIME),
            })
        };
        read().map_err(|problem| OAuthError::Response { status, problem })
    }

    /// Like [`authorize_device`](Self::authorize_device), outside of async code.
    ///
    /// # Errors
    /// Like those of `authorize_device`; or the call is made inside an async runtime.
    #[cfg(feature = "blocking")]
    pub fn authorize_device_blocking(&self) -> Result<DeviceAuthorization, OAuthError> {
        super::oauth_server::waited(self.authorize_device())
    }
}

/// An authorization that waits for its user, on another device. The device code never shows in `Debug` output.
pub struct DeviceAuthorization {
    client: OAuthClient,
    device_code: String,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: Option<String>,
    interval: Duration,
    end: Instant,
}

impl DeviceAuthorization {
    /// The code that the user has to type.
    #[must_use]
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// The URL that the user has to open.
    #[must_use]
    pub fn verification_uri(&self) -> &str {
        &self.verification_uri
    }

    /// The URL with the code in it, for a link or a picture.
    #[must_use]
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.verification_uri_complete.as_deref()
    }

    /// How much time the user has left.
    #[must_use]
    pub fn expires_in(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    /// Waits until the user has authorized the device. Asks the server as often as it allows.
    ///
    /// # Errors
    /// The user refused (`access_denied`) or was too slow (`expired_token`), or the server refused.
    pub async fn tokens(mut self) -> Result<OAuthTokens, OAuthError> {
        let grant = OAuthGrant::DeviceAuthorization;
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("device_code", self.device_code.as_str()),
        ];
        loop {
            if self.interval >= self.expires_in() {
                return Err(OAuthError::Refused {
                    status: None,
                    code: "expired_token".to_owned(),
                    description: Some("the user has not typed the code in time".to_owned()),
                });
            }
            sleep(self.client.server.sleep.as_ref(), self.interval).await;
            match self.client.ask(grant, &form).await {
                Ok(issued) => return Ok(self.client.begun(grant, issued)),
                Err(error) => match error.code() {
                    Some("authorization_pending") => {}
                    Some("slow_down") => self.interval += INTERVAL,
                    // Section 3.5: less often, if the server can't be reached.
                    _ if error.is_retryable() => {
                        self.interval = (self.interval * 2).min(LONGEST_INTERVAL);
                    }
                    _ => return Err(error),
                },
            }
        }
    }

    /// Like [`tokens`](Self::tokens), outside of async code.
    ///
    /// # Errors
    /// Like those of `tokens`; or the call is made inside an async runtime.
    #[cfg(feature = "blocking")]
    pub fn tokens_blocking(self) -> Result<OAuthTokens, OAuthError> {
        super::oauth_server::waited(self.tokens())
    }
}

impl fmt::Debug for DeviceAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceAuthorization")
            .field("client", &self.client)
            .field("verification_uri", &self.verification_uri)
            .finish_non_exhaustive()
    }
}

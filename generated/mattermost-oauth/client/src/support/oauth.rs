//! Clients of OAuth 2 (RFC 6749), and the tokens that they get. Needs `base64_code.rs`, `body.rs`, `builder.rs`, `encode.rs`,
//! `oauth_error.rs`, `oauth_server.rs`, `scheme.rs`, `secret.rs`, `tokens.rs`.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use serde_json::{Map, Value};

use super::oauth_server::{seconds, text};
use super::secret::Renewable;
use super::tokens::TokenCache;
use super::{
    AuthorizationServer, BoxError, BoxFuture, CoreBuilder, OAuthError, OAuthGrant, OAuthScheme,
    Scheme, Secret, Token, TokenSource, base64_encoded, percent_encoded,
};

/// A client of an authorization server, by its id. It gets tokens:
///
/// ```text
/// let app = AuthorizationServer::new(Client::PETS_AUTH).client("id").secret("…").scopes(["read"]);
/// let client = Client::builder(url).pets_auth(app.client_credentials()?).build()?;
/// ```
#[derive(Clone)]
pub struct OAuthClient {
    pub(crate) server: AuthorizationServer,
    pub(crate) id: String,
    secret: Option<Arc<str>>,
    is_secret_in_body: Option<bool>,
    pub(crate) scopes: Vec<String>,
    pub(crate) parameters: Vec<(String, String)>,
    observer: Option<Arc<Observer>>,
}

type Observer = dyn Fn(&IssuedTokens) + Send + Sync;

impl AuthorizationServer {
    /// A client that is registered with this id.
    pub fn client(&self, id: impl Into<String>) -> OAuthClient {
        OAuthClient {
            server: self.clone(),
            id: id.into(),
            secret: None,
            is_secret_in_body: None,
            scopes: Vec::new(),
            parameters: Vec::new(),
            observer: None,
        }
    }
}

impl OAuthClient {
    /// Sets the client's secret. It is sent in the header `Authorization`, unless the server's metadata lists only the body (RFC 6749,
    /// section 2.3.1).
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into().into());
        self
    }

    /// Has the secret sent in the body of requests.
    #[must_use]
    pub fn secret_in_body(mut self) -> Self {
        self.is_secret_in_body = Some(true);
        self
    }

    /// Sets the scopes to ask for. Default: those that the server gives to who asks for none.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Adds a parameter that the server wants, such as `audience` or `resource`, to authorization URLs and token requests.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sets a function that is told of all tokens that the server issues, to store a refresh token for the next start.
    #[must_use]
    pub fn on_tokens(mut self, observer: impl Fn(&IssuedTokens) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Tokens of the client itself (RFC 6749, section 4.4), fetched when the first call needs one.
    ///
    /// # Errors
    /// The description has no such flow.
    pub fn client_credentials(&self) -> Result<OAuthTokens, OAuthError> {
        self.granted(OAuthGrant::ClientCredentials, Renewal::ClientCredentials)
    }

    /// Tokens of a user whose password the client has (RFC 6749, section 4.3), fetched when the first call needs one. Only for servers
    /// whose description or metadata have this flow.
    ///
    /// # Errors
    /// The description or the metadata have no such flow.
    pub fn password(
        &self,
        user: impl Into<String>,
        password: impl Into<String>,
    ) -> Result<OAuthTokens, OAuthError> {
        let renewal = Renewal::Password(user.into(), password.into());
        self.granted(OAuthGrant::Password, renewal)
    }

    /// Tokens by a refresh token of an earlier start (RFC 6749, section 6).
    ///
    /// # Errors
    /// The description has no flow with refresh tokens.
    pub fn refresh_token(&self, token: impl Into<String>) -> Result<OAuthTokens, OAuthError> {
        let mut grants = [
            OAuthGrant::AuthorizationCode,
            OAuthGrant::DeviceAuthorization,
            OAuthGrant::Password,
        ]
        .into_iter();
        let grant = grants.find(|grant| self.server.has_flow(*grant));
        let grant = grant.ok_or(OAuthError::Missing("flow with refresh tokens"))?;
        let tokens = self.granted(grant, Renewal::Refresh)?;
        tokens.grant.state().refresh_token = Some(token.into());
        Ok(tokens)
    }

    fn granted(&self, grant: OAuthGrant, renewal: Renewal) -> Result<OAuthTokens, OAuthError> {
        if !self.server.has_flow(grant) {
            return Err(OAuthError::Missing("such flow"));
        }
        self.server.token_url(grant, false)?;
        let grant = Grant::new(self.clone(), grant, renewal);
        Ok(OAuthTokens::new(grant, None))
    }

    /// Tokens that a flow begins with, and that refresh tokens renew.
    pub(crate) fn begun(&self, grant: OAuthGrant, issued: IssuedTokens) -> OAuthTokens {
        let grant = Grant::new(self.clone(), grant, Renewal::Refresh);
        let first = grant.0.keep(issued);
        OAuthTokens::new(grant, Some(first))
    }

    /// Asks the token endpoint.
    pub(crate) async fn ask(
        &self,
        grant: OAuthGrant,
        form: &[(&str, &str)],
    ) -> Result<IssuedTokens, OAuthError> {
        let refreshes = form.contains(&("grant_type", "refresh_token"));
        let url = self.server.token_url(grant, refreshes)?;
        let mut form = form.to_vec();
        let parameters = self.parameters.iter();
        form.extend(parameters.map(|(name, value)| (name.as_str(), value.as_str())));
        let authorization = self.authenticate(&mut form)?;
        let response = self.server.post_form(url, &form, authorization).await?;
        let status = response.status;
        let issued = IssuedTokens::read(&response.accepted()?);
        issued.map_err(|problem| OAuthError::Response { status, problem })
    }

    /// Adds the client's id and secret to a request (RFC 6749, sections 2.3.1 and 3.2.1): to the form, or as a header.
    pub(crate) fn authenticate<'f>(
        &'f self,
        form: &mut Vec<(&'f str, &'f str)>,
    ) -> Result<Option<HeaderValue>, OAuthError> {
        let secret = match &self.secret {
            Some(secret) if !self.is_secret_in_body() => secret,
            secret => {
                form.push(("client_id", &self.id));
                form.extend(secret.iter().map(|secret| ("client_secret", &**secret)));
                return Ok(None);
            }
        };
        let pair = format!("{}:{}", percent_encoded(&self.id), percent_encoded(secret));
        let value = format!("Basic {}", base64_encoded(pair.as_bytes()));
        let mut value =
            HeaderValue::try_from(value).map_err(|_| OAuthError::Missing("such client id"))?;
        value.set_sensitive(true);
        Ok(Some(value))
    }

    fn is_secret_in_body(&self) -> bool {
        self.is_secret_in_body.unwrap_or_else(|| {
            let metadata = self.server.metadata();
            metadata.is_some_and(|metadata| {
                let methods = &metadata.token_endpoint_auth_methods_supported;
                let has = |method: &str| methods.iter().any(|one| one == method);
                has("client_secret_post") && !has("client_secret_basic")
            })
        })
    }
}

impl CoreBuilder {
    /// Sets the credential of a scheme to tokens of the client itself, if environment variables have its id and secret.
    pub(crate) fn client_credentials_from_env(
        &mut self,
        scheme: &'static Scheme,
        oauth: &'static OAuthScheme,
        id: &'static str,
        secret: &'static str,
    ) {
        if let (Some(id), Some(secret)) = (self.variable(id), self.variable(secret)) {
            let server = AuthorizationServer::new(oauth).base_url(self.base_url());
            let client = server.client(id).secret(secret);
            // There is such a flow; a URL that can't be used is told when a token is needed.
            let grant = OAuthGrant::ClientCredentials;
            let grant = Grant::new(client, grant, Renewal::ClientCredentials);
            self.credential(scheme, OAuthTokens::new(grant, None).into());
        }
    }
}

/// Shows no secret.
impl fmt::Debug for OAuthClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthClient")
            .field("server", &self.server)
            .field("id", &self.id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// What a token endpoint issues (RFC 6749, section 5.1). Its texts never show in `Debug` output.
#[derive(Clone, Default)]
pub struct IssuedTokens {
    access_token: String,
    refresh_token: Option<String>,
    id_token: Option<String>,
    scope: Option<String>,
    expires_in: Option<Duration>,
}

impl IssuedTokens {
    /// The token for calls.
    #[must_use]
    pub fn access_token(&self) -> &str {
        &self.access_token
    }

    /// The token for the next one.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&str> {
        self.refresh_token.as_deref()
    }

    /// The ID token of OpenID Connect, which this code doesn't verify.
    #[must_use]
    pub fn id_token(&self) -> Option<&str> {
        self.id_token.as_deref()
    }

    /// The scopes that were granted, if the server says so.
    #[must_use]
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    /// How long the token for calls is valid, if the server says so.
    #[must_use]
    pub fn expires_in(&self) -> Option<Duration> {
        self.expires_in
    }

    fn read(object: &Map<String, Value>) -> Result<Self, &'static str> {
        // Other types aren't sent as RFC 6750 has it (RFC 6749, section 7.1).
        let kind = text(object, "token_type");
        if kind.is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return Err("the token is no bearer token");
        }
        let access_token = text(object, "access_token").ok_or("no access token")?;
        if HeaderValue::try_from(&access_token).is_err() {
            return Err("the access token can't be sent");
        }
        Ok(Self {
            access_token,
            refresh_token: text(object, "refresh_token"),
            id_token: text(object, "id_token"),
            scope: text(object, "scope"),
            expires_in: seconds(object, "expires_in").map(Duration::from_secs),
        })
    }
}

impl fmt::Debug for IssuedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuedTokens")
            .field("scope", &self.scope)
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

/// The tokens of a client or user: a [`Secret`] for the client of an API, which is renewed when it has to be. Clones share them.
#[derive(Clone)]
pub struct OAuthTokens {
    grant: Grant,
    cache: TokenCache,
}

impl OAuthTokens {
    fn new(grant: Grant, first: Option<Token>) -> Self {
        let cache = TokenCache::new(grant.clone(), first);
        Self { grant, cache }
    }

    /// The present access token, fetched if there is none that is valid.
    ///
    /// # Errors
    /// There is no token: usually for an [`OAuthError`], which [`OAuthError::of`] finds.
    pub async fn access_token(&self) -> Result<String, BoxError> {
        self.cache.current().await
    }

    /// What the server issued last.
    #[must_use]
    pub fn issued(&self) -> IssuedTokens {
        self.grant.state().clone()
    }
}

impl From<OAuthTokens> for Secret {
    fn from(tokens: OAuthTokens) -> Self {
        Self::renewable(tokens.cache)
    }
}

impl fmt::Debug for OAuthTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OAuthTokens(…)")
    }
}

/// How tokens are fetched.
#[derive(Clone)]
struct Grant(Arc<Inner>);

struct Inner {
    client: OAuthClient,
    grant: OAuthGrant,
    renewal: Renewal,
    issued: Mutex<IssuedTokens>,
}

enum Renewal {
    ClientCredentials,
    /// The user and the password.
    Password(String, String),
    Refresh,
}

impl Grant {
    fn new(client: OAuthClient, grant: OAuthGrant, renewal: Renewal) -> Self {
        Self(Arc::new(Inner {
            client,
            grant,
            renewal,
            issued: Mutex::default(),
        }))
    }

    fn state(&self) -> MutexGuard<'_, IssuedTokens> {
        self.0.state()
    }
}

impl TokenSource for Grant {
    fn fetch(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async {
            let issued = self.0.renewed().await;
            let issued = issued.map_err(OAuthError::into_call_error)?;
            Ok(self.0.keep(issued))
        })
    }

    fn can_fetch(&self) -> bool {
        !matches!(self.0.renewal, Renewal::Refresh) || self.state().refresh_token.is_some()
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, IssuedTokens> {
        self.issued.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn renewed(&self) -> Result<IssuedTokens, OAuthError> {
        let scopes = self.client.scopes.join(" ");
        let scope = (!scopes.is_empty()).then_some(("scope", scopes.as_str()));
        let form = match &self.renewal {
            Renewal::ClientCredentials => vec![("grant_type", "client_credentials")],
            Renewal::Refresh => return self.refreshed().await,
            Renewal::Password(user, password) => {
                match self.refreshed().await {
                    // Refresh tokens end, too; the password is still there.
                    Err(OAuthError::NoRefreshToken | OAuthError::Refused { .. }) => {}
                    other => return other,
                }
                vec![
                    ("grant_type", "password"),
                    ("username", user),
                    ("password", password),
                ]
            }
        };
        let form: Vec<(&str, &str)> = form.into_iter().chain(scope).collect();
        self.client.ask(self.grant, &form).await
    }

    async fn refreshed(&self) -> Result<IssuedTokens, OAuthError> {
        let token = self.state().refresh_token.clone();
        let token = token.ok_or(OAuthError::NoRefreshToken)?;
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token.as_str()),
        ];
        let result = self.client.ask(self.grant, &form).await;
        if let Err(error) = &result
            && error.code() == Some("invalid_grant")
        {
            self.state().refresh_token = None;
        }
        result
    }

    /// Keeps what was issued, for the next time.
    fn keep(&self, mut issued: IssuedTokens) -> Token {
        let token = Token::new(issued.access_token());
        let lifetime = issued.expires_in;
        {
            let mut state = self.state();
            // A refresh token that isn't replaced stays valid (RFC 6749, section 6).
            issued.refresh_token = issued.refresh_token.or_else(|| state.refresh_token.take());
            issued.id_token = issued.id_token.or_else(|| state.id_token.take());
            *state = issued.clone();
        }
        if let Some(observer) = &self.client.observer {
            observer(&issued);
        }
        match lifetime {
            Some(lifetime) => token.expires_in(lifetime),
            None => token,
        }
    }
}

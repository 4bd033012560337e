//! What authorization servers say of themselves (RFC 8414, OpenID Connect Discovery 1.0), and registration with them (RFC 7591). Needs
//! `oauth.rs`, `oauth_error.rs`, `oauth_server.rs`.

use std::fmt;

use http::HeaderValue;
use serde_json::{Map, Value};

use super::oauth_server::{Known, origin, text};
use super::{AuthorizationServer, OAuthClient, OAuthError, ServerMetadata};

/// Where metadata is, below the server (RFC 8414, section 3; OpenID Connect Discovery 1.0, section 4).
const OAUTH: &str = "/.well-known/oauth-authorization-server";
const OPENID: &str = "/.well-known/openid-configuration";

impl AuthorizationServer {
    /// Asks the server for its metadata: at the URL in the description, or at the well-known URLs of its issuer identifier. The server
    /// that is returned has the endpoints of the metadata.
    ///
    /// # Errors
    /// There is no metadata, or it is that of another issuer; or the description has no URL of it.
    pub async fn discover(self) -> Result<Self, OAuthError> {
        let what = "metadata URL";
        let (places, issuer) = match self.known() {
            Known::Scheme(scheme, _) => {
                let url = self.url(what, scheme.metadata_url)?.to_string();
                let issuer = issuer_of(&url);
                (vec![url], issuer)
            }
            Known::Issuer(issuer) => (places(issuer)?, Some(issuer.clone())),
            Known::Metadata(metadata) => (places(&metadata.issuer)?, Some(metadata.issuer.clone())),
        };
        for place in places {
            let response = self.get(self.url(what, Some(&place))?).await?;
            // Where there is no metadata, there may be some at the next place.
            if (400..500).contains(&response.status) || response.object.is_empty() {
                continue;
            }
            let status = response.status;
            let metadata = metadata(response.accepted()?);
            if issuer.is_some_and(|issuer| metadata.issuer != issuer) {
                // Section 3.3: it must not be used.
                let problem = "the metadata is that of another issuer";
                return Err(OAuthError::Response { status, problem });
            }
            return Ok(self.with_metadata(metadata));
        }
        Err(OAuthError::Missing("metadata"))
    }

    /// Like [`discover`](Self::discover), outside of async code.
    ///
    /// # Errors
    /// Like those of `discover`; or the call is made inside an async runtime.
    #[cfg(feature = "blocking")]
    pub fn discover_blocking(self) -> Result<Self, OAuthError> {
        super::oauth_server::waited(self.discover())
    }

    /// Registers a client with a server whose metadata was discovered (RFC 7591).
    ///
    /// # Errors
    /// The server takes no registrations, or refused this one.
    pub async fn register(
        &self,
        registration: &ClientRegistration,
    ) -> Result<RegisteredClient, OAuthError> {
        let metadata = self.metadata();
        let url = metadata.and_then(|metadata| metadata.registration_endpoint.as_deref());
        let url = self.url("registration endpoint", url)?;
        let token = registration.token.as_ref();
        let token = token.and_then(|token| HeaderValue::try_from(format!("Bearer {token}")).ok());
        let response = self.post_json(url, &registration.members, token).await?;
        let status = response.status;
        let all = response.accepted()?;
        let problem = "no client id";
        let id = text(&all, "client_id").ok_or(OAuthError::Response { status, problem })?;
        Ok(RegisteredClient {
            server: self.clone(),
            id,
            secret: text(&all, "client_secret"),
            all,
        })
    }

    /// Like [`register`](Self::register), outside of async code.
    ///
    /// # Errors
    /// Like those of `register`; or the call is made inside an async runtime.
    #[cfg(feature = "blocking")]
    pub fn register_blocking(
        &self,
        registration: &ClientRegistration,
    ) -> Result<RegisteredClient, OAuthError> {
        super::oauth_server::waited(self.register(registration))
    }
}

/// The URLs at which the metadata of an issuer may be, the newest first.
fn places(issuer: &str) -> Result<Vec<String>, OAuthError> {
    let origin = origin(issuer).ok_or(OAuthError::Url("issuer"))?;
    let path = issuer.get(origin.len()..).unwrap_or_default();
    let path = path.trim_end_matches('/');
    if path.contains(['?', '#']) {
        return Err(OAuthError::Url("issuer"));
    }
    let mut places = vec![
        format!("{origin}{OAUTH}{path}"),
        format!("{origin}{path}{OPENID}"),
    ];
    if !path.is_empty() {
        // As RFC 8414, section 5, has it for OpenID Connect.
        places.push(format!("{origin}{OPENID}{path}"));
    }
    Ok(places)
}

/// The issuer whose metadata is at a URL, if that is a well-known one.
fn issuer_of(url: &str) -> Option<String> {
    if let Some(issuer) = url.strip_suffix(OPENID) {
        return Some(issuer.to_owned());
    }
    let origin = origin(url)?;
    let path = url.get(origin.len()..)?;
    let path = path
        .strip_prefix(OAUTH)
        .or_else(|| path.strip_prefix(OPENID))?;
    Some(format!("{origin}{path}"))
}

fn metadata(all: Map<String, Value>) -> ServerMetadata {
    let list = |name: &str| {
        let items = all
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        items
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect()
    };
    let flag = |name: &str| all.get(name).and_then(Value::as_bool).unwrap_or_default();
    ServerMetadata {
        issuer: text(&all, "issuer").unwrap_or_default(),
        authorization_endpoint: text(&all, "authorization_endpoint"),
        token_endpoint: text(&all, "token_endpoint"),
        device_authorization_endpoint: text(&all, "device_authorization_endpoint"),
        introspection_endpoint: text(&all, "introspection_endpoint"),
        registration_endpoint: text(&all, "registration_endpoint"),
        revocation_endpoint: text(&all, "revocation_endpoint"),
        scopes_supported: list("scopes_supported"),
        grant_types_supported: list("grant_types_supported"),
        token_endpoint_auth_methods_supported: list("token_endpoint_auth_methods_supported"),
        code_challenge_methods_supported: list("code_challenge_methods_supported"),
        authorization_response_iss_parameter_supported: flag(
            "authorization_response_iss_parameter_supported",
        ),
        all,
    }
}

/// What a client says of itself when it registers (RFC 7591, section 2).
///
/// ```text
/// let registration = ClientRegistration::new(["http://127.0.0.1:8000/callback"]).name("Backup").public();
/// let app = server.register(&registration).await?.client();
/// ```
#[derive(Clone)]
pub struct ClientRegistration {
    members: Map<String, Value>,
    token: Option<String>,
}

impl ClientRegistration {
    /// Begins with the URLs that browsers may be redirected to.
    pub fn new<U: Into<String>>(redirect_uris: impl IntoIterator<Item = U>) -> Self {
        let uris = redirect_uris
            .into_iter()
            .map(|uri| Value::String(uri.into()));
        let registration = Self {
            members: Map::new(),
            token: None,
        };
        registration.member("redirect_uris", Value::Array(uris.collect()))
    }

    /// Sets the name that users see.
    #[must_use]
    pub fn name(self, name: impl Into<String>) -> Self {
        self.member("client_name", Value::String(name.into()))
    }

    /// Sets the URL of the client's home page.
    #[must_use]
    pub fn uri(self, uri: impl Into<String>) -> Self {
        self.member("client_uri", Value::String(uri.into()))
    }

    /// Sets the grant types that the client will use, such as `authorization_code`.
    #[must_use]
    pub fn grant_types<S: Into<String>>(self, types: impl IntoIterator<Item = S>) -> Self {
        let types = types.into_iter().map(|one| Value::String(one.into()));
        self.member("grant_types", Value::Array(types.collect()))
    }

    /// Sets the scopes that the client will ask for.
    #[must_use]
    pub fn scopes<S: Into<String>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        let scopes: Vec<String> = scopes.into_iter().map(Into::into).collect();
        self.member("scope", Value::String(scopes.join(" ")))
    }

    /// Registers a client that can keep no secret, such as a program on the user's computer.
    #[must_use]
    pub fn public(self) -> Self {
        self.member(
            "token_endpoint_auth_method",
            Value::String("none".to_owned()),
        )
    }

    /// Sets any other member.
    #[must_use]
    pub fn member(mut self, name: impl Into<String>, value: Value) -> Self {
        self.members.insert(name.into(), value);
        self
    }

    /// Sets the token of a server that lets only some register (RFC 7591, section 3).
    #[must_use]
    pub fn initial_access_token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }
}

impl fmt::Debug for ClientRegistration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientRegistration")
            .field("members", &self.members)
            .finish_non_exhaustive()
    }
}

/// A client that was registered (RFC 7591, section 3.2.1). Its secrets never show in `Debug` output.
#[derive(Clone)]
pub struct RegisteredClient {
    server: AuthorizationServer,
    id: String,
    secret: Option<String>,
    all: Map<String, Value>,
}

impl RegisteredClient {
    /// The client's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The client's secret, unless it is public.
    #[must_use]
    pub fn secret(&self) -> Option<&str> {
        self.secret.as_deref()
    }

    /// The response as it came, with the secrets in it.
    #[must_use]
    pub fn all(&self) -> &Map<String, Value> {
        &self.all
    }

    /// The client, to get tokens with.
    #[must_use]
    pub fn client(&self) -> OAuthClient {
        let client = self.server.client(&self.id);
        let method = text(&self.all, "token_endpoint_auth_method");
        let client = match &self.secret {
            Some(secret) => client.secret(secret),
            None => client,
        };
        match method.as_deref() {
            Some("client_secret_post") => client.secret_in_body(),
            _ => client,
        }
    }
}

impl fmt::Debug for RegisteredClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisteredClient")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

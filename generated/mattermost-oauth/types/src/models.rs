// Written by specwright; changes are overwritten.

//! The types of the API, in alphabetical order.

use serde_json::{Map, Value};

use super::support::{Uri, Validate, Validator, list, object, string_enum, whole};

object! {
    /// Response of 10 operations, such as `DELETE /api/v4/oauth/apps/{app_id}`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct AppError {
        #[serde(with = "whole")]
        pub status_code: Option<i64> = None,
        pub id: Option<String> = None,
        pub message: Option<String> = None,
        pub request_id: Option<String> = None,
        #[serde(flatten)]
        pub additional_properties: Map<String, Value>,
    }
}

#[allow(missing_docs)]
impl AppError {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn status_code(mut self, status_code: i64) -> Self {
        self.status_code = Some(status_code);
        self
    }

    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    #[must_use]
    pub fn request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, Value)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for AppError {}

object! {
    /// What the authorization server can do (RFC 8414)
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct AuthorizationServerMetadata {
        /// The server's identifier, a URL
        pub issuer: String,
        /// Where users authorize a client
        pub authorization_endpoint: Option<String> = None,
        /// Where a client gets tokens
        pub token_endpoint: Option<String> = None,
        /// The response types the server supports
        pub response_types_supported: Vec<String>,
        /// Where a client registers itself
        pub registration_endpoint: Option<String> = None,
        /// The scopes the server supports
        pub scopes_supported: Option<Vec<String>> = None,
        /// The grant types the server supports
        pub grant_types_supported: Option<Vec<String>> = None,
        /// The ways a client may prove itself at the token endpoint
        pub token_endpoint_auth_methods_supported: Option<Vec<String>> = None,
        /// The PKCE methods the server supports
        pub code_challenge_methods_supported: Option<Vec<String>> = None,
        #[serde(flatten)]
        pub additional_properties: Map<String, Value>,
    }
}

impl AuthorizationServerMetadata {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(
        issuer: impl Into<String>,
        response_types_supported: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            issuer: issuer.into(),
            authorization_endpoint: None,
            token_endpoint: None,
            response_types_supported: list(response_types_supported),
            registration_endpoint: None,
            scopes_supported: None,
            grant_types_supported: None,
            token_endpoint_auth_methods_supported: None,
            code_challenge_methods_supported: None,
            additional_properties: Default::default(),
        }
    }

    /// Where users authorize a client
    #[must_use]
    pub fn authorization_endpoint(mut self, authorization_endpoint: impl Into<String>) -> Self {
        self.authorization_endpoint = Some(authorization_endpoint.into());
        self
    }

    /// Where a client gets tokens
    #[must_use]
    pub fn token_endpoint(mut self, token_endpoint: impl Into<String>) -> Self {
        self.token_endpoint = Some(token_endpoint.into());
        self
    }

    /// Where a client registers itself
    #[must_use]
    pub fn registration_endpoint(mut self, registration_endpoint: impl Into<String>) -> Self {
        self.registration_endpoint = Some(registration_endpoint.into());
        self
    }

    /// The scopes the server supports
    #[must_use]
    pub fn scopes_supported(
        mut self,
        scopes_supported: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.scopes_supported = Some(list(scopes_supported));
        self
    }

    /// The grant types the server supports
    #[must_use]
    pub fn grant_types_supported(
        mut self,
        grant_types_supported: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.grant_types_supported = Some(list(grant_types_supported));
        self
    }

    /// The ways a client may prove itself at the token endpoint
    #[must_use]
    pub fn token_endpoint_auth_methods_supported(
        mut self,
        token_endpoint_auth_methods_supported: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.token_endpoint_auth_methods_supported =
            Some(list(token_endpoint_auth_methods_supported));
        self
    }

    /// The PKCE methods the server supports
    #[must_use]
    pub fn code_challenge_methods_supported(
        mut self,
        code_challenge_methods_supported: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.code_challenge_methods_supported = Some(list(code_challenge_methods_supported));
        self
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, Value)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for AuthorizationServerMetadata {}

object! {
    /// A dynamic client registration request (RFC 7591)
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct ClientRegistrationRequest {
        /// The URIs the client may be sent back to
        pub redirect_uris: Vec<String>,
        /// Name of the client, shown to users
        pub client_name: Option<String> = None,
        /// A web page about the client
        pub client_uri: Option<Uri> = None,
        #[serde(flatten)]
        pub additional_properties: Map<String, Value>,
    }
}

impl ClientRegistrationRequest {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(redirect_uris: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            redirect_uris: list(redirect_uris),
            client_name: None,
            client_uri: None,
            additional_properties: Default::default(),
        }
    }

    /// Name of the client, shown to users
    #[must_use]
    pub fn client_name(mut self, client_name: impl Into<String>) -> Self {
        self.client_name = Some(client_name.into());
        self
    }

    /// A web page about the client
    #[must_use]
    pub fn client_uri(mut self, client_uri: impl Into<Uri>) -> Self {
        self.client_uri = Some(client_uri.into());
        self
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, Value)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for ClientRegistrationRequest {
    fn validate_at(&self, v: &mut Validator) {
        v.enter("redirect_uris");
        v.min_items(self.redirect_uris.len(), 1);
        v.leave();
        if let Some(value) = &self.client_name {
            v.enter("client_name");
            v.max_length(value, 64);
            v.leave();
        }
        if let Some(value) = &self.client_uri {
            v.enter("client_uri");
            value.validate_at(v);
            v.max_length(value, 256);
            v.leave();
        }
    }
}

object! {
    /// What was registered (RFC 7591)
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct ClientRegistrationResponse {
        /// The client's identifier
        pub client_id: Option<String> = None,
        /// The client's secret
        pub client_secret: Option<String> = None,
        /// The registered redirect URIs
        pub redirect_uris: Option<Vec<String>> = None,
        /// How the client proves itself at the token endpoint
        pub token_endpoint_auth_method: Option<ClientRegistrationResponseTokenEndpointAuthMethod> = None,
        /// The grant types open to the client
        pub grant_types: Option<Vec<String>> = None,
        /// The response types open to the client
        pub response_types: Option<Vec<String>> = None,
        /// The scopes open to the client, with spaces between them
        pub scope: Option<String> = None,
        /// Name of the client, shown to users
        pub client_name: Option<String> = None,
        /// A web page about the client
        pub client_uri: Option<Uri> = None,
        #[serde(flatten)]
        pub additional_properties: Map<String, Value>,
    }
}

impl ClientRegistrationResponse {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The client's identifier
    #[must_use]
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = Some(client_id.into());
        self
    }

    /// The client's secret
    #[must_use]
    pub fn client_secret(mut self, client_secret: impl Into<String>) -> Self {
        self.client_secret = Some(client_secret.into());
        self
    }

    /// The registered redirect URIs
    #[must_use]
    pub fn redirect_uris(
        mut self,
        redirect_uris: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.redirect_uris = Some(list(redirect_uris));
        self
    }

    /// How the client proves itself at the token endpoint
    #[must_use]
    pub fn token_endpoint_auth_method(
        mut self,
        token_endpoint_auth_method: ClientRegistrationResponseTokenEndpointAuthMethod,
    ) -> Self {
        self.token_endpoint_auth_method = Some(token_endpoint_auth_method);
        self
    }

    /// The grant types open to the client
    #[must_use]
    pub fn grant_types(mut self, grant_types: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.grant_types = Some(list(grant_types));
        self
    }

    /// The response types open to the client
    #[must_use]
    pub fn response_types(
        mut self,
        response_types: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.response_types = Some(list(response_types));
        self
    }

    /// The scopes open to the client, with spaces between them
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// Name of the client, shown to users
    #[must_use]
    pub fn client_name(mut self, client_name: impl Into<String>) -> Self {
        self.client_name = Some(client_name.into());
        self
    }

    /// A web page about the client
    #[must_use]
    pub fn client_uri(mut self, client_uri: impl Into<Uri>) -> Self {
        self.client_uri = Some(client_uri.into());
        self
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, Value)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for ClientRegistrationResponse {
    fn validate_at(&self, v: &mut Validator) {
        v.properties(&[
            ("token_endpoint_auth_method", &self.token_endpoint_auth_method),
            ("client_uri", &self.client_uri),
        ]);
    }
}

string_enum! {
    /// How the client proves itself at the token endpoint
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum ClientRegistrationResponseTokenEndpointAuthMethod {
        ClientSecretPost = "client_secret_post",
        None = "none",
        #[serde(other)]
        Other(String),
    }
}

object! {
    /// OAuth application to register
    ///
    /// Body of `POST /api/v4/oauth/apps`.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct CreateOAuthAppBody {
        /// The name of the client application
        pub name: String,
        /// A short description of the application
        pub description: String,
        /// A URL to an icon to display with the application
        pub icon_url: Option<String> = None,
        /// A list of callback URLs for the appliation
        pub callback_urls: Vec<String>,
        /// A link to the website of the application
        pub homepage: String,
        /// Set this to `true` to skip asking users for permission
        pub is_trusted: Option<bool> = None,
        /// Set this to `true` to create a public client (no client secret). Public clients must use
        /// PKCE for authorization.
        pub is_public: Option<bool> = None,
        #[serde(flatten)]
        pub additional_properties: Map<String, Value>,
    }
}

impl CreateOAuthAppBody {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(required: CreateOAuthAppBodyRequired) -> Self {
        Self {
            name: required.name,
            description: required.description,
            icon_url: None,
            callback_urls: required.callback_urls,
            homepage: required.homepage,
            is_trusted: None,
            is_public: None,
            additional_properties: Default::default(),
        }
    }

    /// A URL to an icon to display with the application
    #[must_use]
    pub fn icon_url(mut self, icon_url: impl Into<String>) -> Self {
        self.icon_url = Some(icon_url.into());
        self
    }

    /// Set this to `true` to skip asking users for permission
    #[must_use]
    pub fn is_trusted(mut self, is_trusted: bool) -> Self {
        self.is_trusted = Some(is_trusted);
        self
    }

    /// Set this to `true` to create a public client (no client secret). Public clients must use
    /// PKCE for authorization.
    #[must_use]
    pub fn is_public(mut self, is_public: bool) -> Self {
        self.is_public = Some(is_public);
        self
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, Value)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for CreateOAuthAppBody {}

/// Required properties of [`CreateOAuthAppBody`], for its `new`.
#[derive(Debug)]
pub struct CreateOAuthAppBodyRequired {
    /// [`CreateOAuthAppBody::name`]
    pub name: String,
    /// [`CreateOAuthAppBody::description`]
    pub description: String,
    /// [`CreateOAuthAppBody::callback_urls`]
    pub callback_urls: Vec<String>,
    /// [`CreateOAuthAppBody::homepage`]
    pub homepage: String,
}

object! {
    /// Response of 7 operations, such as `GET /api/v4/oauth/apps`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct OAuthApp {
        /// Client id of the application
        pub id: Option<String> = None,
        /// Client secret of the application
        pub client_secret: Option<String> = None,
        /// Name of the client application
        pub name: Option<String> = None,
        /// What the application is, in short
        pub description: Option<String> = None,
        /// Where the application's icon is
        pub icon_url: Option<String> = None,
        /// The callback URLs of the application
        pub callback_urls: Option<Vec<String>> = None,
        /// The application's web site
        pub homepage: Option<String> = None,
        /// When `true`, users are not asked for permission
        pub is_trusted: Option<bool> = None,
        /// When the application was registered
        #[serde(with = "whole")]
        pub create_at: Option<i64> = None,
        /// When the application was last changed
        #[serde(with = "whole")]
        pub update_at: Option<i64> = None,
        /// Id of the user who registered the application; empty if it registered itself
        pub creator_id: Option<String> = None,
        /// Id of the Mattermost app that the application belongs to, empty for others
        pub mattermost_app_id: Option<String> = None,
        /// Whether the application registered itself (RFC 7591); left out if it didn't
        pub is_dynamically_registered: Option<bool> = None,
        #[serde(flatten)]
        pub additional_properties: Map<String, Value>,
    }
}

impl OAuthApp {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Client id of the application
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Client secret of the application
    #[must_use]
    pub fn client_secret(mut self, client_secret: impl Into<String>) -> Self {
        self.client_secret = Some(client_secret.into());
        self
    }

    /// Name of the client application
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What the application is, in short
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Where the application's icon is
    #[must_use]
    pub fn icon_url(mut self, icon_url: impl Into<String>) -> Self {
        self.icon_url = Some(icon_url.into());
        self
    }

    /// The callback URLs of the application
    #[must_use]
    pub fn callback_urls(
        mut self,
        callback_urls: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.callback_urls = Some(list(callback_urls));
        self
    }

    /// The application's web site
    #[must_use]
    pub fn homepage(mut self, homepage: impl Into<String>) -> Self {
        self.homepage = Some(homepage.into());
        self
    }

    /// When `true`, users are not asked for permission
    #[must_use]
    pub fn is_trusted(mut self, is_trusted: bool) -> Self {
        self.is_trusted = Some(is_trusted);
        self
    }

    /// When the application was registered
    #[must_use]
    pub fn create_at(mut self, create_at: i64) -> Self {
        self.create_at = Some(create_at);
        self
    }

    /// When the application was last changed
    #[must_use]
    pub fn update_at(mut self, update_at: i64) -> Self {
        self.update_at = Some(update_at);
        self
    }

    /// Id of the user who registered the application; empty if it registered itself
    #[must_use]
    pub fn creator_id(mut self, creator_id: impl Into<String>) -> Self {
        self.creator_id = Some(creator_id.into());
        self
    }

    /// Id of the Mattermost app that the application belongs to, empty for others
    #[must_use]
    pub fn mattermost_app_id(mut self, mattermost_app_id: impl Into<String>) -> Self {
        self.mattermost_app_id = Some(mattermost_app_id.into());
        self
    }

    /// Whether the application registered itself (RFC 7591); left out if it didn't
    #[must_use]
    pub fn is_dynamically_registered(mut self, is_dynamically_registered: bool) -> Self {
        self.is_dynamically_registered = Some(is_dynamically_registered);
        self
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, Value)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for OAuthApp {}

object! {
    /// Response of `DELETE /api/v4/oauth/apps/{app_id}`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct StatusOK {
        /// The word "ok" when the call worked and has nothing else to say
        pub status: Option<String> = None,
        #[serde(flatten)]
        pub additional_properties: Map<String, Value>,
    }
}

impl StatusOK {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The word "ok" when the call worked and has nothing else to say
    #[must_use]
    pub fn status(mut self, status: impl Into<String>) -> Self {
        self.status = Some(status.into());
        self
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, Value)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for StatusOK {}

object! {
    /// OAuth application to update
    ///
    /// Body of `PUT /api/v4/oauth/apps/{app_id}`.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct UpdateOAuthAppBody {
        /// The id of the client application
        pub id: String,
        /// The name of the client application
        pub name: String,
        /// A short description of the application
        pub description: String,
        /// A URL to an icon to display with the application
        pub icon_url: Option<String> = None,
        /// A list of callback URLs for the appliation
        pub callback_urls: Vec<String>,
        /// A link to the website of the application
        pub homepage: String,
        /// Set this to `true` to skip asking users for permission. It will be set to false if value is
        /// not provided.
        pub is_trusted: Option<bool> = None,
        #[serde(flatten)]
        pub additional_properties: Map<String, Value>,
    }
}

impl UpdateOAuthAppBody {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(required: UpdateOAuthAppBodyRequired) -> Self {
        Self {
            id: required.id,
            name: required.name,
            description: required.description,
            icon_url: None,
            callback_urls: required.callback_urls,
            homepage: required.homepage,
            is_trusted: None,
            additional_properties: Default::default(),
        }
    }

    /// A URL to an icon to display with the application
    #[must_use]
    pub fn icon_url(mut self, icon_url: impl Into<String>) -> Self {
        self.icon_url = Some(icon_url.into());
        self
    }

    /// Set this to `true` to skip asking users for permission. It will be set to false if value is
    /// not provided.
    #[must_use]
    pub fn is_trusted(mut self, is_trusted: bool) -> Self {
        self.is_trusted = Some(is_trusted);
        self
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, Value)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for UpdateOAuthAppBody {}

/// Required properties of [`UpdateOAuthAppBody`], for its `new`.
#[derive(Debug)]
pub struct UpdateOAuthAppBodyRequired {
    /// [`UpdateOAuthAppBody::id`]
    pub id: String,
    /// [`UpdateOAuthAppBody::name`]
    pub name: String,
    /// [`UpdateOAuthAppBody::description`]
    pub description: String,
    /// [`UpdateOAuthAppBody::callback_urls`]
    pub callback_urls: Vec<String>,
    /// [`UpdateOAuthAppBody::homepage`]
    pub homepage: String,
}

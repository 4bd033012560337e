// Written by specwright; changes are overwritten.

//! The types of the API, in alphabetical order.

#![allow(missing_docs)]

use serde_json::{Map, Value};

use super::support::{Uri, Validate, Validator, list, object, string_enum, whole};

/// The schema `AppError`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct AppError {
    pub status_code: Option<i64>,
    pub id: Option<String>,
    pub message: Option<String>,
    pub request_id: Option<String>,
    /// Additional properties, by name.
    pub additional_properties: Map<String, Value>,
}

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
}

object! {
    AppError {
        status_code: "status_code" optional integer,
        id: "id" optional,
        message: "message" optional,
        request_id: "request_id" optional,
    } rest additional_properties
}

impl Validate for AppError {}

/// What the authorization server can do (RFC 8414)
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AuthorizationServerMetadata {
    /// The server's identifier, a URL
    pub issuer: String,
    /// Where users authorize a client
    pub authorization_endpoint: Option<String>,
    /// Where a client gets tokens
    pub token_endpoint: Option<String>,
    /// The response types the server supports
    pub response_types_supported: Vec<String>,
    /// Where a client registers itself
    pub registration_endpoint: Option<String>,
    /// The scopes the server supports
    pub scopes_supported: Option<Vec<String>>,
    /// The grant types the server supports
    pub grant_types_supported: Option<Vec<String>>,
    /// The ways a client may prove itself at the token endpoint
    pub token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// The PKCE methods the server supports
    pub code_challenge_methods_supported: Option<Vec<String>>,
    /// Additional properties, by name.
    pub additional_properties: Map<String, Value>,
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
    pub fn authorization_endpoint(
        mut self,
        authorization_endpoint: impl Into<String>,
    ) -> Self {
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
    pub fn registration_endpoint(
        mut self,
        registration_endpoint: impl Into<String>,
    ) -> Self {
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
        token_endpoint_auth_methods_supported: impl IntoIterator<
            Item = impl Into<String>,
        >,
    ) -> Self {
        self.token_endpoint_auth_methods_supported = Some(
            list(token_endpoint_auth_methods_supported),
        );
        self
    }

    /// The PKCE methods the server supports
    #[must_use]
    pub fn code_challenge_methods_supported(
        mut self,
        code_challenge_methods_supported: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.code_challenge_methods_supported = Some(
            list(code_challenge_methods_supported),
        );
        self
    }
}

object! {
    AuthorizationServerMetadata {
        issuer: "issuer" required,
        authorization_endpoint: "authorization_endpoint" optional,
        token_endpoint: "token_endpoint" optional,
        response_types_supported: "response_types_supported" required,
        registration_endpoint: "registration_endpoint" optional,
        scopes_supported: "scopes_supported" optional,
        grant_types_supported: "grant_types_supported" optional,
        token_endpoint_auth_methods_supported: "token_endpoint_auth_methods_supported" optional,
        code_challenge_methods_supported: "code_challenge_methods_supported" optional,
    } rest additional_properties
}

impl Validate for AuthorizationServerMetadata {}

/// A dynamic client registration request (RFC 7591)
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClientRegistrationRequest {
    /// The URIs the client may be sent back to
    pub redirect_uris: Vec<String>,
    /// Name of the client, shown to users
    pub client_name: Option<String>,
    /// A web page about the client
    pub client_uri: Option<Uri>,
    /// Additional properties, by name.
    pub additional_properties: Map<String, Value>,
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
}

object! {
    ClientRegistrationRequest {
        redirect_uris: "redirect_uris" required,
        client_name: "client_name" optional,
        client_uri: "client_uri" optional,
    } rest additional_properties
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

/// What was registered (RFC 7591)
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ClientRegistrationResponse {
    /// The client's identifier
    pub client_id: Option<String>,
    /// The client's secret
    pub client_secret: Option<String>,
    /// The registered redirect URIs
    pub redirect_uris: Option<Vec<String>>,
    /// How the client proves itself at the token endpoint
    pub token_endpoint_auth_method: Option<
        ClientRegistrationResponseTokenEndpointAuthMethod,
    >,
    /// The grant types open to the client
    pub grant_types: Option<Vec<String>>,
    /// The response types open to the client
    pub response_types: Option<Vec<String>>,
    /// The scopes open to the client, with spaces between them
    pub scope: Option<String>,
    /// Name of the client, shown to users
    pub client_name: Option<String>,
    /// A web page about the client
    pub client_uri: Option<Uri>,
    /// Additional properties, by name.
    pub additional_properties: Map<String, Value>,
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
    pub fn grant_types(
        mut self,
        grant_types: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
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
}

object! {
    ClientRegistrationResponse {
        client_id: "client_id" optional,
        client_secret: "client_secret" optional,
        redirect_uris: "redirect_uris" optional,
        token_endpoint_auth_method: "token_endpoint_auth_method" optional,
        grant_types: "grant_types" optional,
        response_types: "response_types" optional,
        scope: "scope" optional,
        client_name: "client_name" optional,
        client_uri: "client_uri" optional,
    } rest additional_properties
}

impl Validate for ClientRegistrationResponse {
    fn validate_at(&self, v: &mut Validator) {
        if let Some(value) = &self.token_endpoint_auth_method {
            v.enter("token_endpoint_auth_method");
            value.validate_at(v);
            v.leave();
        }
        if let Some(value) = &self.client_uri {
            v.enter("client_uri");
            value.validate_at(v);
            v.leave();
        }
    }
}

/// How the client proves itself at the token endpoint
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ClientRegistrationResponseTokenEndpointAuthMethod {
    /// `client_secret_post`
    ClientSecretPost,
    /// `none`
    None,
    /// A value that the description doesn't list, such as one added later.
    Other(String),
}

string_enum! {
    ClientRegistrationResponseTokenEndpointAuthMethod {
        ClientSecretPost: "client_secret_post",
        None: "none",
    }
}

/// OAuth application to register
///
/// The body of `POST /api/v4/oauth/apps`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CreateOAuthAppBody {
    /// The name of the client application
    pub name: String,
    /// A short description of the application
    pub description: String,
    /// A URL to an icon to display with the application
    pub icon_url: Option<String>,
    /// A list of callback URLs for the appliation
    pub callback_urls: Vec<String>,
    /// A link to the website of the application
    pub homepage: String,
    /// Set this to `true` to skip asking users for permission
    pub is_trusted: Option<bool>,
    /// Set this to `true` to create a public client (no client secret). Public clients must use
    /// PKCE for authorization.
    pub is_public: Option<bool>,
    /// Additional properties, by name.
    pub additional_properties: Map<String, Value>,
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
}

object! {
    CreateOAuthAppBody {
        name: "name" required,
        description: "description" required,
        icon_url: "icon_url" optional,
        callback_urls: "callback_urls" required,
        homepage: "homepage" required,
        is_trusted: "is_trusted" optional,
        is_public: "is_public" optional,
    } rest additional_properties
}

impl Validate for CreateOAuthAppBody {}

/// The required properties of [`CreateOAuthAppBody`], for [`CreateOAuthAppBody::new`].
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

/// The schema `OAuthApp`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct OAuthApp {
    /// Client id of the application
    pub id: Option<String>,
    /// Client secret of the application
    pub client_secret: Option<String>,
    /// Name of the client application
    pub name: Option<String>,
    /// What the application is, in short
    pub description: Option<String>,
    /// Where the application's icon is
    pub icon_url: Option<String>,
    /// The callback URLs of the application
    pub callback_urls: Option<Vec<String>>,
    /// The application's web site
    pub homepage: Option<String>,
    /// When `true`, users are not asked for permission
    pub is_trusted: Option<bool>,
    /// When the application was registered
    pub create_at: Option<i64>,
    /// When the application was last changed
    pub update_at: Option<i64>,
    /// Additional properties, by name.
    pub additional_properties: Map<String, Value>,
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
}

object! {
    OAuthApp {
        id: "id" optional,
        client_secret: "client_secret" optional,
        name: "name" optional,
        description: "description" optional,
        icon_url: "icon_url" optional,
        callback_urls: "callback_urls" optional,
        homepage: "homepage" optional,
        is_trusted: "is_trusted" optional,
        create_at: "create_at" optional integer,
        update_at: "update_at" optional integer,
    } rest additional_properties
}

impl Validate for OAuthApp {}

/// The schema `StatusOK`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct StatusOK {
    /// The word "ok" when the call worked and has nothing else to say
    pub status: Option<String>,
    /// Additional properties, by name.
    pub additional_properties: Map<String, Value>,
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
}

object! {
    StatusOK {
        status: "status" optional,
    } rest additional_properties
}

impl Validate for StatusOK {}

/// OAuth application to update
///
/// The body of `PUT /api/v4/oauth/apps/{app_id}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UpdateOAuthAppBody {
    /// The id of the client application
    pub id: String,
    /// The name of the client application
    pub name: String,
    /// A short description of the application
    pub description: String,
    /// A URL to an icon to display with the application
    pub icon_url: Option<String>,
    /// A list of callback URLs for the appliation
    pub callback_urls: Vec<String>,
    /// A link to the website of the application
    pub homepage: String,
    /// Set this to `true` to skip asking users for permission. It will be set to false if value is
    /// not provided.
    pub is_trusted: Option<bool>,
    /// Additional properties, by name.
    pub additional_properties: Map<String, Value>,
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
}

object! {
    UpdateOAuthAppBody {
        id: "id" required,
        name: "name" required,
        description: "description" required,
        icon_url: "icon_url" optional,
        callback_urls: "callback_urls" required,
        homepage: "homepage" required,
        is_trusted: "is_trusted" optional,
    } rest additional_properties
}

impl Validate for UpdateOAuthAppBody {}

/// The required properties of [`UpdateOAuthAppBody`], for [`UpdateOAuthAppBody::new`].
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

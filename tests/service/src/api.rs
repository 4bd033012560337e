//! The provider as the generated server calls it: values of the API in, values of the API out.

use mattermost_oauth_server::oauth::{
    CreateOAuthAppError, DeleteOAuthAppError, GetAuthorizationServerMetadataError,
    GetAuthorizedOAuthAppsForUserError, GetAuthorizedOAuthAppsForUserParams, GetOAuthAppError,
    GetOAuthAppInfoError, GetOAuthAppsError, GetOAuthAppsParams, OauthApi,
    RegenerateOAuthAppSecretError, RegisterOAuthClientError, UpdateOAuthAppError,
};
use mattermost_oauth_server::types::{
    AuthorizationServerMetadata, ClientRegistrationRequest, ClientRegistrationResponse,
    ClientRegistrationResponseTokenEndpointAuthMethod as AuthMethod, CreateOAuthAppBody, Map,
    OAuthApp, StatusOK, UpdateOAuthAppBody, Value,
};
use mattermost_oauth_server::{Call, Problem};

use crate::provider::{Provider, Registration};
use crate::refusal::{REGISTER, Refusal};
use crate::session::Session;
use crate::store::{App, Changes, NewApp};

impl OauthApi for Provider {
    type Session = Session;

    async fn create_oauth_app(
        &self,
        call: Call<Session>,
        body: CreateOAuthAppBody,
    ) -> Result<OAuthApp, CreateOAuthAppError> {
        let new = NewApp {
            name: body.name,
            description: body.description,
            icon_url: body.icon_url.unwrap_or_default(),
            callback_urls: body.callback_urls,
            homepage: body.homepage,
            is_trusted: body.is_trusted.unwrap_or_default(),
            is_public: body.is_public.unwrap_or_default(),
            ..NewApp::default()
        };
        let app = self.create(call.session(), new).await;
        Ok(shown(app.map_err(to(&call))?))
    }

    async fn get_oauth_apps(
        &self,
        call: Call<Session>,
        params: GetOAuthAppsParams,
    ) -> Result<Vec<OAuthApp>, GetOAuthAppsError> {
        let apps = self
            .apps(call.session(), params.page, params.per_page)
            .await;
        let apps = apps.map_err(to(&call))?;
        Ok(apps.into_iter().map(shown).collect())
    }

    async fn get_oauth_app(
        &self,
        call: Call<Session>,
        app_id: String,
    ) -> Result<OAuthApp, GetOAuthAppError> {
        let app = self.app(call.session(), &app_id).await;
        Ok(shown(app.map_err(to(&call))?))
    }

    async fn update_oauth_app(
        &self,
        call: Call<Session>,
        app_id: String,
        body: UpdateOAuthAppBody,
    ) -> Result<OAuthApp, UpdateOAuthAppError> {
        let changes = Changes {
            name: body.name,
            description: body.description,
            icon_url: body.icon_url.unwrap_or_default(),
            callback_urls: body.callback_urls,
            homepage: body.homepage,
            is_trusted: body.is_trusted,
        };
        let app = self
            .update(call.session(), &app_id, &body.id, changes)
            .await;
        Ok(shown(app.map_err(to(&call))?))
    }

    async fn delete_oauth_app(
        &self,
        call: Call<Session>,
        app_id: String,
    ) -> Result<StatusOK, DeleteOAuthAppError> {
        let deleted = self.delete(call.session(), &app_id).await;
        deleted.map_err(to(&call))?;
        Ok(StatusOK::new().status("OK"))
    }

    async fn regenerate_oauth_app_secret(
        &self,
        call: Call<Session>,
        app_id: String,
    ) -> Result<OAuthApp, RegenerateOAuthAppSecretError> {
        let app = self.regenerate(call.session(), &app_id).await;
        Ok(shown(app.map_err(to(&call))?))
    }

    async fn get_oauth_app_info(
        &self,
        call: Call<Session>,
        app_id: String,
    ) -> Result<OAuthApp, GetOAuthAppInfoError> {
        let app = self.info(&app_id).await;
        Ok(shown(app.map_err(to(&call))?))
    }

    async fn get_authorization_server_metadata(
        &self,
        call: Call,
    ) -> Result<AuthorizationServerMetadata, GetAuthorizationServerMetadataError> {
        self.is_on().map_err(to(&call))?;
        let url = &self.settings().site_url;
        let metadata = AuthorizationServerMetadata::new(url, ["code"])
            .authorization_endpoint(format!("{url}/oauth/authorize"))
            .token_endpoint(format!("{url}/oauth/access_token"))
            .scopes_supported(["user"])
            .grant_types_supported(["authorization_code", "refresh_token"])
            .token_endpoint_auth_methods_supported(["client_secret_post", "none"])
            .code_challenge_methods_supported(["S256"]);
        Ok(match self.settings().has_registration {
            true => metadata.registration_endpoint(format!("{url}{REGISTER}")),
            false => metadata,
        })
    }

    async fn register_oauth_client(
        &self,
        call: Call,
        body: ClientRegistrationRequest,
    ) -> Result<ClientRegistrationResponse, RegisterOAuthClientError> {
        // Mattermost reads this one too, although its description doesn't declare it.
        let method = match body.additional_properties.get("token_endpoint_auth_method") {
            None | Some(Value::Null) => None,
            Some(Value::String(method)) => Some(method.clone()),
            Some(other) => Some(other.to_string()),
        };
        let registration = Registration {
            redirect_uris: body.redirect_uris,
            client_name: body.client_name,
            client_uri: body.client_uri.map(String::from),
            token_endpoint_auth_method: method,
        };
        let app = self.register(registration).await;
        Ok(registered(app.map_err(to(&call))?))
    }

    async fn get_authorized_oauth_apps_for_user(
        &self,
        call: Call<Session>,
        user_id: String,
        params: GetAuthorizedOAuthAppsForUserParams,
    ) -> Result<Vec<OAuthApp>, GetAuthorizedOAuthAppsForUserError> {
        let apps = self
            .authorized(call.session(), &user_id, params.page, params.per_page)
            .await;
        let apps = apps.map_err(to(&call))?;
        Ok(apps.into_iter().map(shown).collect())
    }
}

/// Turns a refusal into the response to a call.
fn to<S>(call: &Call<S>) -> impl Fn(Refusal) -> Problem {
    |refusal| refusal.into_problem(call.request_id())
}

/// The app as the API returns it.
fn shown(app: App) -> OAuthApp {
    // Assigned, as setters would move the whole each time, and there may be 200 of them in a response.
    let mut shown = OAuthApp::new();
    shown.id = Some(app.id);
    shown.client_secret = Some(app.secret);
    shown.name = Some(app.name);
    shown.description = Some(app.description);
    shown.icon_url = Some(app.icon_url);
    shown.callback_urls = Some(app.callback_urls);
    shown.homepage = Some(app.homepage);
    shown.is_trusted = Some(app.is_trusted);
    shown.create_at = Some(app.create_at);
    shown.update_at = Some(app.update_at);
    shown.creator_id = Some(app.creator_id);
    shown.mattermost_app_id = Some(String::new());
    shown.is_dynamically_registered = app.is_dynamically_registered.then_some(true);
    shown
}

/// The response of RFC 7591, section 3.2.1.
fn registered(app: App) -> ClientRegistrationResponse {
    let mut rest = Map::new();
    rest.insert(
        "client_id_issued_at".to_owned(),
        (app.create_at / 1000).into(),
    );
    let response = ClientRegistrationResponse::new()
        .client_id(app.id)
        .redirect_uris(app.callback_urls)
        .grant_types(["authorization_code", "refresh_token"])
        .response_types(["code"])
        .client_name(app.name);
    let response = match app.homepage.is_empty() {
        true => response,
        false => response.client_uri(app.homepage.as_str()),
    };
    let response = if app.secret.is_empty() {
        response.token_endpoint_auth_method(AuthMethod::None)
    } else {
        // Required with a secret; 0 is never.
        rest.insert("client_secret_expires_at".to_owned(), 0.into());
        let response = response.token_endpoint_auth_method(AuthMethod::ClientSecretPost);
        response.client_secret(app.secret)
    };
    response.additional_properties(rest)
}

//! The operations.
//!
//! Mattermost checks a request in this order, and so does each operation here: session (401), form of the id (400), permission (403), body
//! (400), provider switched off (501), unknown app (404), somebody else's app (403). The generated server does its own checks before all
//! these: whether there is a session, and whether the parameters and the body are as described.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mattermost_oauth_server::Call;
use mattermost_oauth_server::oauth::{
    CreateOAuthAppError, DeleteOAuthAppError, GetAuthorizationServerMetadataError,
    GetAuthorizedOAuthAppsForUserError, GetAuthorizedOAuthAppsForUserParams, GetOAuthAppError,
    GetOAuthAppInfoError, GetOAuthAppsError, GetOAuthAppsParams, OauthApi,
    RegenerateOAuthAppSecretError, RegisterOAuthClientError, UpdateOAuthAppError,
};
use mattermost_oauth_server::types::{
    AuthorizationServerMetadata, ClientRegistrationRequest, ClientRegistrationResponse,
    ClientRegistrationResponseTokenEndpointAuthMethod as AuthMethod, CreateOAuthAppBody, OAuthApp,
    StatusOK, UpdateOAuthAppBody,
};

use crate::apps::{App, Apps, now};
use crate::refusal::Refusal;
use crate::sessions::{Permission, Session};

/// The provider. Clones share the apps.
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

struct Inner {
    site_url: String,
    is_on: AtomicBool,
    registration_is_on: AtomicBool,
    apps: Mutex<Apps>,
}

impl Provider {
    /// A provider without apps, with everything enabled.
    pub fn new(site_url: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            site_url: site_url.into(),
            is_on: AtomicBool::new(true),
            registration_is_on: AtomicBool::new(true),
            apps: Mutex::default(),
        }))
    }

    /// Enables or disables the provider.
    pub fn switch(&self, on: bool) {
        self.0.is_on.store(on, Ordering::Relaxed);
    }

    /// Enables or disables dynamic client registration.
    pub fn switch_registration(&self, on: bool) {
        self.0.registration_is_on.store(on, Ordering::Relaxed);
    }

    /// Lets an app act for a user.
    pub fn authorize(&self, user_id: &str, app_id: &str) {
        self.apps().authorize(user_id, app_id);
    }

    fn apps(&self) -> MutexGuard<'_, Apps> {
        self.0.apps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_on(&self) -> Result<(), Refusal> {
        match self.0.is_on.load(Ordering::Relaxed) {
            true => Ok(()),
            false => Err(Refusal::not_implemented(
                "api.oauth.turn_off",
                "the OAuth provider is switched off",
            )),
        }
    }

    /// Does the checks of all operations on an app, in order, then calls a function with the app.
    fn with_app<T>(
        &self,
        session: &Session,
        app_id: &str,
        body: impl FnOnce() -> Result<(), Refusal>,
        then: impl FnOnce(&mut App) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        is_current(session)?;
        is_id("app_id", app_id)?;
        may(session, Permission::ManageOAuth)?;
        body()?;
        self.is_on()?;
        let mut apps = self.apps();
        let app = apps.find(app_id).ok_or_else(unknown_app)?;
        if app.creator_id != session.user_id() {
            may(session, Permission::ManageSystemWideOAuth)?;
        }
        then(app)
    }
}

impl OauthApi for Provider {
    type Session = Session;

    async fn create_oauth_app(
        &self,
        call: Call<Session>,
        body: CreateOAuthAppBody,
    ) -> Result<OAuthApp, CreateOAuthAppError> {
        let session = call.session();
        is_current(session)?;
        may(session, Permission::ManageOAuth)?;
        is_good(&body.name, &body.callback_urls, &body.homepage)?;
        self.is_on()?;
        let mut apps = self.apps();
        let secret = match body.is_public {
            Some(true) => String::new(),
            _ => apps.new_secret(),
        };
        let is_trusted = body.is_trusted == Some(true) && session.may(Permission::ManageSystem);
        let app = App {
            id: apps.new_id(),
            creator_id: session.user_id().to_owned(),
            secret,
            name: body.name,
            description: body.description,
            icon_url: body.icon_url.unwrap_or_default(),
            callback_urls: body.callback_urls,
            homepage: body.homepage,
            is_trusted,
            is_dynamically_registered: false,
            create_at: now(),
            update_at: now(),
        };
        Ok(apps.add(app).shown())
    }

    async fn get_oauth_apps(
        &self,
        call: Call<Session>,
        params: GetOAuthAppsParams,
    ) -> Result<Vec<OAuthApp>, GetOAuthAppsError> {
        let session = call.session();
        is_current(session)?;
        is_page(params.page, params.per_page)?;
        may(session, Permission::ManageOAuth)?;
        self.is_on()?;
        let sees_all = session.may(Permission::ManageSystemWideOAuth);
        let is_wanted = |app: &App| sees_all || app.creator_id == session.user_id();
        Ok(self.apps().page(params.page, params.per_page, is_wanted))
    }

    async fn get_oauth_app(
        &self,
        call: Call<Session>,
        app_id: String,
    ) -> Result<OAuthApp, GetOAuthAppError> {
        let app = self.with_app(call.session(), &app_id, || Ok(()), |app| Ok(app.shown()))?;
        Ok(app)
    }

    async fn update_oauth_app(
        &self,
        call: Call<Session>,
        app_id: String,
        body: UpdateOAuthAppBody,
    ) -> Result<OAuthApp, UpdateOAuthAppError> {
        let trusts = call.session().may(Permission::ManageSystem);
        let body_is_good = || {
            is_good(&body.name, &body.callback_urls, &body.homepage)?;
            match body.id == app_id {
                true => Ok(()),
                false => Err(invalid("id")),
            }
        };
        let app = self.with_app(call.session(), &app_id, body_is_good, |app| {
            app.name.clone_from(&body.name);
            app.description.clone_from(&body.description);
            app.callback_urls.clone_from(&body.callback_urls);
            app.homepage.clone_from(&body.homepage);
            app.icon_url = body.icon_url.clone().unwrap_or_default();
            if trusts {
                app.is_trusted = body.is_trusted.unwrap_or(false);
            }
            app.update_at = now();
            Ok(app.shown())
        })?;
        Ok(app)
    }

    async fn delete_oauth_app(
        &self,
        call: Call<Session>,
        app_id: String,
    ) -> Result<StatusOK, DeleteOAuthAppError> {
        self.with_app(call.session(), &app_id, || Ok(()), |_| Ok(()))?;
        self.apps().remove(&app_id);
        Ok(StatusOK::new().status("OK"))
    }

    async fn regenerate_oauth_app_secret(
        &self,
        call: Call<Session>,
        app_id: String,
    ) -> Result<OAuthApp, RegenerateOAuthAppSecretError> {
        let secret = self.apps().new_secret();
        let app = self.with_app(
            call.session(),
            &app_id,
            || Ok(()),
            |app| {
                if app.secret.is_empty() {
                    return Err(Refusal::bad_request(
                        "api.oauth.public_client",
                        "a public client has no secret",
                    ));
                }
                app.secret = secret;
                app.update_at = now();
                Ok(app.shown())
            },
        )?;
        Ok(app)
    }

    async fn get_oauth_app_info(
        &self,
        call: Call<Session>,
        app_id: String,
    ) -> Result<OAuthApp, GetOAuthAppInfoError> {
        is_current(call.session())?;
        is_id("app_id", &app_id)?;
        self.is_on()?;
        let mut apps = self.apps();
        let app = apps.find(&app_id).ok_or_else(unknown_app)?;
        Ok(app.shown().client_secret(""))
    }

    async fn get_authorization_server_metadata(
        &self,
        _: Call,
    ) -> Result<AuthorizationServerMetadata, GetAuthorizationServerMetadataError> {
        self.is_on()?;
        let url = &self.0.site_url;
        let metadata = AuthorizationServerMetadata::new(url, ["code"])
            .authorization_endpoint(format!("{url}/oauth/authorize"))
            .token_endpoint(format!("{url}/oauth/access_token"))
            .grant_types_supported(["authorization_code", "refresh_token"])
            .code_challenge_methods_supported(["S256"]);
        Ok(match self.0.registration_is_on.load(Ordering::Relaxed) {
            true => metadata.registration_endpoint(format!("{url}/api/v4/oauth/apps/register")),
            false => metadata,
        })
    }

    async fn register_oauth_client(
        &self,
        _: Call,
        body: ClientRegistrationRequest,
    ) -> Result<ClientRegistrationResponse, RegisterOAuthClientError> {
        self.is_on()?;
        if !self.0.registration_is_on.load(Ordering::Relaxed) {
            return Err(Refusal::not_implemented(
                "api.oauth.dcr.turn_off",
                "dynamic client registration is switched off",
            )
            .into());
        }
        if !body.redirect_uris.iter().all(|uri| is_http(uri)) {
            return Err(invalid("redirect_uris").into());
        }
        // Mattermost accepts this one too, although the description doesn't declare it.
        let wanted = body.additional_properties.get("token_endpoint_auth_method");
        let method = match wanted.and_then(|method| method.as_str()) {
            Some("none") => AuthMethod::None,
            _ => AuthMethod::ClientSecretPost,
        };
        let mut apps = self.apps();
        let secret = match method {
            AuthMethod::None => String::new(),
            _ => apps.new_secret(),
        };
        let app = App {
            id: apps.new_id(),
            creator_id: String::new(),
            secret,
            name: body.client_name.unwrap_or_default(),
            description: String::new(),
            icon_url: String::new(),
            callback_urls: body.redirect_uris,
            homepage: body.client_uri.map(String::from).unwrap_or_default(),
            is_trusted: false,
            is_dynamically_registered: true,
            create_at: now(),
            update_at: now(),
        };
        let app = apps.add(app);
        let mut registered = ClientRegistrationResponse::new()
            .client_id(&app.id)
            .redirect_uris(&app.callback_urls)
            .token_endpoint_auth_method(method)
            .grant_types(["authorization_code", "refresh_token"])
            .response_types(["code"]);
        if !app.secret.is_empty() {
            registered = registered.client_secret(&app.secret);
        }
        if !app.name.is_empty() {
            registered = registered.client_name(&app.name);
        }
        if !app.homepage.is_empty() {
            registered = registered.client_uri(app.homepage.as_str());
        }
        Ok(registered)
    }

    async fn get_authorized_oauth_apps_for_user(
        &self,
        call: Call<Session>,
        user_id: String,
        params: GetAuthorizedOAuthAppsForUserParams,
    ) -> Result<Vec<OAuthApp>, GetAuthorizedOAuthAppsForUserError> {
        let session = call.session();
        is_current(session)?;
        let user_id = match user_id.as_str() {
            "me" => session.user_id(),
            other => other,
        };
        is_id("user_id", user_id)?;
        is_page(params.page, params.per_page)?;
        if user_id != session.user_id() {
            may(session, Permission::EditOtherUsers)?;
        }
        self.is_on()?;
        let apps = self.apps();
        let is_wanted = |app: &App| apps.is_authorized(user_id, app);
        let mut page = apps.page(params.page, params.per_page, is_wanted);
        for app in &mut page {
            app.client_secret = Some(String::new());
        }
        Ok(page)
    }
}

fn is_current(session: &Session) -> Result<(), Refusal> {
    match session.is_expired() {
        false => Ok(()),
        true => Err(Refusal::unauthorized(
            "api.context.session_expired",
            "the session is over, please log in again",
        )),
    }
}

fn may(session: &Session, permission: Permission) -> Result<(), Refusal> {
    match session.may(permission) {
        true => Ok(()),
        false => Err(Refusal::forbidden(
            "api.context.permissions",
            "you do not have the permission to do this",
        )),
    }
}

/// Checks an id: Mattermost's are 26 letters or digits.
fn is_id(name: &str, id: &str) -> Result<(), Refusal> {
    match id.len() == 26 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        true => Ok(()),
        false => Err(invalid(name)),
    }
}

fn is_page(page: i64, per_page: i64) -> Result<(), Refusal> {
    match page < 0 || per_page < 0 {
        true => Err(invalid("page")),
        false => Ok(()),
    }
}

fn is_good(name: &str, callback_urls: &[String], homepage: &str) -> Result<(), Refusal> {
    if name.is_empty() || name.len() > 64 {
        return Err(invalid("name"));
    }
    if callback_urls.is_empty() || !callback_urls.iter().all(|url| is_http(url)) {
        return Err(invalid("callback_urls"));
    }
    if !is_http(homepage) {
        return Err(invalid("homepage"));
    }
    Ok(())
}

fn is_http(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn invalid(name: &str) -> Refusal {
    Refusal::bad_request("api.context.invalid_param", &format!("{name} is not valid"))
}

fn unknown_app() -> Refusal {
    Refusal::not_found("app.oauth.get_app.find", "there is no such app")
}

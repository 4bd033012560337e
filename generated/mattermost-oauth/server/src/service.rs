// Written by specwright; changes are overwritten.

//! Routes requests to operations.

pub(super) mod oauth;

use super::oauth::OauthApi;
use super::support::{
    Authenticate, CredentialLocation, Dispatch, Endpoint, Handlers, Scheme, routes,
};

impl<P, A> Dispatch for Handlers<P, A>
where
    P: OauthApi<Session = A::Session>,
    A: Authenticate,
{
    const BASE_PATH: &'static str = "";

    routes! {
        ("GET", "/.well-known/oauth-authorization-server", oauth::GET_AUTHORIZATION_SERVER_METADATA, oauth::Operations::get_authorization_server_metadata),
        ("GET", "/api/v4/oauth/apps", oauth::GET_OAUTH_APPS, oauth::Operations::get_oauth_apps),
        ("POST", "/api/v4/oauth/apps", oauth::CREATE_OAUTH_APP, oauth::Operations::create_oauth_app),
        ("POST", "/api/v4/oauth/apps/register", oauth::REGISTER_OAUTH_CLIENT, oauth::Operations::register_oauth_client),
        ("DELETE", "/api/v4/oauth/apps/{app_id}", oauth::DELETE_OAUTH_APP, oauth::Operations::delete_oauth_app),
        ("GET", "/api/v4/oauth/apps/{app_id}", oauth::GET_OAUTH_APP, oauth::Operations::get_oauth_app),
        ("PUT", "/api/v4/oauth/apps/{app_id}", oauth::UPDATE_OAUTH_APP, oauth::Operations::update_oauth_app),
        ("GET", "/api/v4/oauth/apps/{app_id}/info", oauth::GET_OAUTH_APP_INFO, oauth::Operations::get_oauth_app_info),
        ("POST", "/api/v4/oauth/apps/{app_id}/regen_secret", oauth::REGENERATE_OAUTH_APP_SECRET, oauth::Operations::regenerate_oauth_app_secret),
        ("GET", "/api/v4/users/{user_id}/oauth/apps/authorized", oauth::GET_AUTHORIZED_OAUTH_APPS_FOR_USER, oauth::Operations::get_authorized_oauth_apps_for_user),
    }
}

static BEARER_AUTH: Scheme = Scheme {
    name: "bearerAuth",
    location: CredentialLocation::Bearer,
};

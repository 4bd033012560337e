// Written by specwright; changes are overwritten.

//! Routes requests to operations.

pub(super) mod oauth;

use super::oauth::OauthApi;
use super::support::{Dispatch, Endpoint, Handlers, routes};

impl<P, A> Dispatch for Handlers<P, A>
where
    P: OauthApi,
    A: Send + Sync + 'static,
{
    const BASE_PATH: &'static str = "/api/v4";

    routes! {
        ("GET", "/oauth/apps", oauth::GET_OAUTH_APPS, oauth::Operations::get_oauth_apps),
        ("POST", "/oauth/apps", oauth::REGISTER_OAUTH_APP, oauth::Operations::register_oauth_app),
        ("DELETE", "/oauth/apps/{app_id}", oauth::DELETE_OAUTH_APP, oauth::Operations::delete_oauth_app),
        ("GET", "/oauth/apps/{app_id}", oauth::GET_OAUTH_APP, oauth::Operations::get_oauth_app),
        ("PUT", "/oauth/apps/{app_id}", oauth::UPDATE_OAUTH_APP, oauth::Operations::update_oauth_app),
        ("GET", "/oauth/apps/{app_id}/info", oauth::GET_INFO_ON_OAUTH_APP, oauth::Operations::get_info_on_oauth_app),
        ("POST", "/oauth/apps/{app_id}/regen_secret", oauth::REGENERATE_OAUTH_APP_SECRET, oauth::Operations::regenerate_oauth_app_secret),
        ("GET", "/users/{user_id}/oauth/apps/authorized", oauth::GET_AUTHORIZED_OAUTH_APPS, oauth::Operations::get_authorized_oauth_apps),
    }
}

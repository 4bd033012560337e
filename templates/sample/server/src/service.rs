// Written by specwright; changes are overwritten.

//! Routes requests to operations.

pub(super) mod files;
pub(super) mod oauth;
pub(super) mod shop;
pub(super) mod values;
pub(super) mod webhooks;

use super::files::FilesApi;
use super::oauth::OauthApi;
use super::shop::ShopApi;
use super::support::{
    self, Authenticate, Condition, CredentialLocation, Dispatch, Endpoint, Handlers,
    HeaderMap, Scheme, routes,
};
use super::values::ValuesApi;

impl<P, A> Dispatch for Handlers<P, A>
where
    P: OauthApi<Session = A::Session>
        + FilesApi
        + ShopApi
        + ValuesApi,
    A: Authenticate,
{
    const BASE_PATH: &'static str = "";

    routes! {
        ("GET", "/api/v4/oauth/apps", oauth::GET_OAUTH_APPS, oauth::Operations::get_oauth_apps),
        ("POST", "/api/v4/oauth/apps", oauth::CREATE_OAUTH_APP, oauth::Operations::create_oauth_app),
        ("POST", "/api/v4/oauth/apps/register", oauth::REGISTER_OAUTH_CLIENT, oauth::Operations::register_oauth_client),
        ("DELETE", "/api/v4/oauth/apps/{app_id}", oauth::DELETE_OAUTH_APP, oauth::Operations::delete_oauth_app),
        ("GET", "/api/v4/oauth/apps/{app_id}", oauth::GET_OAUTH_APP, oauth::Operations::get_oauth_app),
        ("PUT", "/api/v4/oauth/apps/{app_id}", oauth::UPDATE_OAUTH_APP, oauth::Operations::update_oauth_app),
        ("PUT", "/api/v4/oauth/apps/{app_id}/icon", oauth::SET_OAUTH_APP_ICON, oauth::Operations::set_oauth_app_icon),
        ("GET", "/api/v4/oauth/apps/{app_id}/icon-{size}.png", oauth::GET_OAUTH_APP_ICON, oauth::Operations::get_oauth_app_icon),
        ("POST", "/books", shop::ADD_BOOK, shop::Operations::add_book, Condition::Query("kind", Some("new"))),
        ("POST", "/books", shop::SET_COUNTS, shop::Operations::set_counts, Condition::Query("kind", Some("counts"))),
        ("POST", "/charges", shop::CREATE_CHARGE, shop::Operations::create_charge),
        ("POST", "/files", files::UPLOAD_FILE, files::Operations::upload_file),
        ("GET", "/files/events", files::GET_EVENTS, files::Operations::get_events),
        ("GET", "/files/lines", files::GET_LINES, files::Operations::get_lines),
        ("POST", "/files/related", files::UPLOAD_RELATED, files::Operations::upload_related),
        ("GET", "/files/sequence", files::GET_SEQUENCE, files::Operations::get_sequence),
        ("GET", "/files/talk", files::GET_TALK, files::Operations::get_talk),
        ("POST", "/files/talk", files::ASK_TALK, files::Operations::ask_talk),
        ("GET", "/files/{name}", files::GET_FILE, files::Operations::get_file),
        ("PUT", "/files/{name}", files::SET_FILE, files::Operations::set_file),
        ("GET", "/files/{name}/place", files::FIND_FILE, files::Operations::find_file),
        ("GET", "/guarded/either", oauth::GET_BY_EITHER, oauth::Operations::get_by_either),
        ("GET", "/guarded/scheme", oauth::GET_BY_SCHEME, oauth::Operations::get_by_scheme),
        ("GET", "/guarded/token", oauth::GET_BY_TOKEN, oauth::Operations::get_by_token),
        ("POST", "/guarded/token", oauth::SET_BY_TOKEN, oauth::Operations::set_by_token),
        ("GET", "/lists/counted", files::LIST_COUNTED, files::Operations::list_counted),
        ("GET", "/lists/last", files::LIST_CHARGES, files::Operations::list_charges),
        ("GET", "/lists/links", files::LIST_LINKS, files::Operations::list_links),
        ("POST", "/lists/numbers", files::SEARCH_NUMBERS, files::Operations::search_numbers),
        ("GET", "/lists/offsets", files::LIST_OFFSETS, files::Operations::list_offsets),
        ("POST", "/lists/search", files::SEARCH_WORDS, files::Operations::search_words),
        ("GET", "/lists/tokens", files::LIST_TOKENS, files::Operations::list_tokens),
        ("GET", "/lists/urls", files::LIST_URLS, files::Operations::list_urls),
        ("POST", "/reports", shop::START_REPORT, shop::Operations::start_report),
        ("DELETE", "/reports/{name}", shop::DELETE_REPORT, shop::Operations::delete_report),
        ("PUT", "/reports/{name}", shop::SET_REPORT, shop::Operations::set_report),
        ("POST", "/values/{color}", values::SET_VALUES, values::Operations::set_values),
    }

    fn choose(operations: &[usize], query: &str, headers: &HeaderMap) -> Option<usize> {
        support::choice(<Self as Dispatch>::ROUTES, operations, query, headers)
    }
}

static BEARER: Scheme = Scheme {
    name: "bearer",
    location: CredentialLocation::Bearer,
};

static CSRF: Scheme = Scheme {
    name: "csrf",
    location: CredentialLocation::Header("X-CSRF-Token"),
};

static BASIC: Scheme = Scheme {
    name: "basic",
    location: CredentialLocation::Basic,
};

static KEY: Scheme = Scheme {
    name: "key",
    location: CredentialLocation::Query("key"),
};

static VAULT: Scheme = Scheme {
    name: "vault",
    location: CredentialLocation::Http("Vault"),
};

static CERTIFICATE: Scheme = Scheme {
    name: "certificate",
    location: CredentialLocation::External,
};

static GRANTS: Scheme = Scheme {
    name: "grants",
    location: CredentialLocation::Bearer,
};

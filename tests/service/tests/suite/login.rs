//! A program logs its user in, as `examples/log_in.rs` does it, over HTTP. Everything but the page for the browser and the endpoint for
//! tokens is the generated server's; those two, which the description hasn't, are here.

use std::collections::HashMap;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{Form, Query, State};
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use mattermost_oauth_client::runtime::{Method, OAuthError};
use mattermost_oauth_client::{AuthorizationServer, Client, ClientRegistration};
use mattermost_oauth_service::listen;
use mattermost_oauth_service::secrets::new_id;
use mattermost_oauth_service::store::Store;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::database::{Database, on_both};
use crate::world::{World, body, config};

#[allow(dead_code)] // `main`
#[path = "../../examples/log_in.rs"]
mod log_in;

on_both!(
    a_program_registers_itself_and_logs_its_user_in,
    a_code_is_for_its_own_client_and_verifier_only
);

/// A user who lets every program in.
#[derive(Clone)]
struct Provider {
    store: Store,
    user: String,
    /// What was asked with each code.
    codes: Arc<Mutex<HashMap<String, Asked>>>,
}

/// An authorization request (RFC 6749, section 4.1.1; RFC 7636, section 4.3).
#[derive(Deserialize)]
struct Asked {
    response_type: String,
    client_id: String,
    redirect_uri: String,
    state: String,
    code_challenge: String,
    code_challenge_method: String,
}

/// An access token request (RFC 6749, section 4.1.3; RFC 7636, section 4.5).
#[derive(Deserialize)]
struct Redeemed {
    grant_type: String,
    code: String,
    redirect_uri: String,
    client_id: String,
    code_verifier: String,
}

fn refused(code: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": code }))).into_response()
}

/// The page for the browser: the user agrees at once.
async fn authorize(State(provider): State<Provider>, Query(asked): Query<Asked>) -> Response {
    let app = provider.store.app(&asked.client_id).await.unwrap();
    let is_known = app.is_some_and(|app| app.callback_urls.contains(&asked.redirect_uri));
    if !is_known || asked.response_type != "code" || asked.code_challenge_method != "S256" {
        return refused("invalid_request");
    }
    let (store, user) = (&provider.store, &provider.user);
    store.authorize(user, &asked.client_id).await.unwrap();
    let code = new_id();
    let (uri, state) = (&asked.redirect_uri, &asked.state);
    let location = format!("{uri}?code={code}&state={state}");
    provider.codes.lock().unwrap().insert(code, asked);
    (StatusCode::FOUND, [(LOCATION, location)]).into_response()
}

/// The token endpoint: a code is good for one token, of its own client.
async fn token(State(provider): State<Provider>, Form(form): Form<Redeemed>) -> Response {
    let asked = provider.codes.lock().unwrap().remove(&form.code);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(form.code_verifier));
    let is_same = asked.is_some_and(|asked| {
        asked.client_id == form.client_id
            && asked.redirect_uri == form.redirect_uri
            && asked.code_challenge == challenge
    });
    if !is_same || form.grant_type != "authorization_code" {
        return refused("invalid_grant");
    }
    let hour = Some(Duration::from_hours(1));
    let token = provider.store.add_token(&provider.user, hour).await;
    let token = token.unwrap();
    Json(json!({ "access_token": token, "token_type": "bearer", "expires_in": 3600 }))
        .into_response()
}

/// Serves both on loopback, and returns the world with the URL.
async fn served(database: Database) -> (World, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let variables = [
        ("SERVICE_SITE_URL", url.as_str()),
        ("SERVICE_REGISTRATION", "on"),
        ("SERVICE_REGISTRATIONS_PER_SECOND", "0"),
    ];
    let world = World::with(database, &variables).await;
    let provider = Provider {
        store: world.store.clone(),
        user: world.ann.id.clone(),
        codes: Arc::default(),
    };
    let both = Router::new()
        .route("/oauth/authorize", get(authorize))
        .route("/oauth/access_token", post(token))
        .with_state(provider)
        .fallback_service(world.service.clone());
    let limits = config(&variables).limits;
    tokio::spawn(async move { listen::serve(listener, both, &limits, pending()).await });
    (world, url)
}

/// Where a browser is redirected to.
async fn browse(url: &str) -> String {
    let (site, page) = url.split_once("/oauth/").unwrap();
    let browser = Client::builder(site).max_redirects(0).build().unwrap();
    let page = browser.raw(Method::GET, &format!("/oauth/{page}"));
    let page = page.await.unwrap();
    assert_eq!(page.status(), StatusCode::FOUND, "{}", page.text());
    page.headers()[LOCATION].to_str().unwrap().to_owned()
}

async fn a_program_registers_itself_and_logs_its_user_in(database: Database) {
    let (world, url) = served(database).await;
    let mut page = String::new();
    let client = log_in::log_in(&url, async |opened: &str| {
        opened.clone_into(&mut page);
        Ok(browse(opened).await)
    });
    let client = client.await.unwrap();
    assert!(
        page.starts_with(&format!("{url}/oauth/authorize?response_type=code&")),
        "{page}"
    );
    // What the user has let in is the program itself.
    let apps = client.oauth().get_authorized_oauth_apps_for_user("me");
    let apps = apps.await.unwrap();
    assert_eq!(apps.len(), 1);
    assert_eq!(apps[0].name.as_deref(), Some("Backup"));
    let id = apps[0].id.as_deref().unwrap();
    assert!(page.contains(&format!("&client_id={id}&")), "{page}");
    let app = world.store.app(id).await.unwrap().unwrap();
    assert!(app.secret.is_empty() && app.is_dynamically_registered);
    // The token is Ann's, who may register apps.
    client.oauth().create_oauth_app(body()).await.unwrap();
}

async fn a_code_is_for_its_own_client_and_verifier_only(database: Database) {
    let (_world, url) = served(database).await;
    let server = AuthorizationServer::at(&url).discover().await.unwrap();
    let redirect = "https://program.test/cb";
    let registration = ClientRegistration::new([redirect]).public();
    let app = server.register(&registration).await.unwrap().client();
    // With another verifier.
    let authorization = app.authorize(redirect).unwrap();
    let redirected = browse(authorization.url()).await;
    let stolen = app.resume(redirect, authorization.state(), "v".repeat(43));
    let error = stolen.unwrap().redeem(&redirected).await.unwrap_err();
    assert_eq!(error.code(), Some("invalid_grant"), "{error}");
    // That was its one time.
    let error = authorization.redeem(&redirected).await.unwrap_err();
    assert_eq!(error.code(), Some("invalid_grant"), "{error}");
    // By another client.
    let authorization = app.authorize(redirect).unwrap();
    let redirected = browse(authorization.url()).await;
    let other = server.register(&registration).await.unwrap().client();
    let (state, verifier) = (authorization.state(), authorization.verifier());
    let stolen = other.resume(redirect, state, verifier).unwrap();
    let error = stolen.redeem(&redirected).await.unwrap_err();
    assert_eq!(error.code(), Some("invalid_grant"), "{error}");
    // With another state, the server isn't even asked.
    let error = app.authorize(redirect).unwrap().redeem(&redirected).await;
    let error = error.unwrap_err();
    assert!(matches!(error, OAuthError::Redirect(_)), "{error}");
}

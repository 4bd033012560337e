//! Clients that register themselves (RFC 7591), and the server's metadata (RFC 8414).

use mattermost_oauth_client::types::{
    ClientRegistrationRequest, ClientRegistrationResponseTokenEndpointAuthMethod as Method,
};
use mattermost_oauth_service::secrets::is_id;
use serde_json::json;

use crate::database::{Database, on_both};
use crate::world::{APPS, Raw, URL, World};

on_both!(
    a_client_registers_itself,
    errors_are_those_of_the_rfc,
    too_many_at_once_are_429
);

const JSON: (&str, &str) = ("content-type", "application/json");

async fn register(world: &World, body: serde_json::Value) -> Raw {
    world
        .raw(
            "POST",
            &format!("{APPS}/register"),
            &[JSON],
            body.to_string(),
        )
        .await
}

async fn a_client_registers_itself(database: Database) {
    let world = World::new(database).await;
    let anonymous = world.client("").oauth();
    let request = ClientRegistrationRequest::new(["https://a.test/cb"])
        .client_name("A")
        .client_uri("https://a.test");
    let answer = anonymous
        .register_oauth_client(request)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status().as_u16(), 201);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let client = answer.into_body();
    let id = client.client_id.unwrap();
    assert!(is_id(&id) && is_id(client.client_secret.as_ref().unwrap()));
    assert_eq!(client.client_name.as_deref(), Some("A"));
    assert_eq!(
        client.redirect_uris,
        Some(vec!["https://a.test/cb".to_owned()])
    );
    assert_eq!(
        client.token_endpoint_auth_method,
        Some(Method::ClientSecretPost)
    );
    assert_eq!(client.response_types, Some(vec!["code".to_owned()]));
    assert_eq!(client.additional_properties["client_secret_expires_at"], 0);
    assert!(
        client.additional_properties["client_id_issued_at"]
            .as_i64()
            .unwrap()
            < 100_000_000_000,
        "seconds"
    );

    let root = world.client(&world.root.token).oauth();
    let app = root.get_oauth_app(&id).await.unwrap();
    assert_eq!(app.client_secret, client.client_secret);
    assert_eq!(app.homepage.as_deref(), Some("https://a.test"));
    assert_eq!(app.is_dynamically_registered, Some(true));
    assert_eq!(app.creator_id.as_deref(), Some(""));

    let public = register(
        &world,
        json!({ "redirect_uris": ["https://a"], "token_endpoint_auth_method": "none" }),
    )
    .await;
    assert_eq!(public.status(), 201);
    assert_eq!(public.json["token_endpoint_auth_method"], "none");
    assert!(
        public.json.get("client_secret").is_none()
            && public.json.get("client_secret_expires_at").is_none()
    );
    assert!(!public.json["client_name"].as_str().unwrap().is_empty());
}

async fn errors_are_those_of_the_rfc(database: Database) {
    let mut world = World::new(database).await;
    for (body, error) in [
        (json!({ "redirect_uris": [] }), "invalid_redirect_uri"),
        (json!({}), "invalid_redirect_uri"),
        (
            json!({ "redirect_uris": ["ftp://a"] }),
            "invalid_redirect_uri",
        ),
        (
            json!({ "redirect_uris": ["https://a#b"] }),
            "invalid_redirect_uri",
        ),
        (
            json!({ "redirect_uris": ["https://a"], "client_name": "n".repeat(65) }),
            "invalid_client_metadata",
        ),
        (
            json!({ "redirect_uris": ["https://a"], "client_name": "a\0" }),
            "invalid_client_metadata",
        ),
        (
            json!({ "redirect_uris": ["https://a"], "client_uri": "urn:a" }),
            "invalid_client_metadata",
        ),
        (
            json!({ "redirect_uris": ["https://a"], "token_endpoint_auth_method": "private_key_jwt" }),
            "invalid_client_metadata",
        ),
        (
            json!({ "redirect_uris": ["https://a"], "token_endpoint_auth_method": 7 }),
            "invalid_client_metadata",
        ),
        (json!([]), "invalid_client_metadata"),
    ] {
        let answer = register(&world, body.clone()).await;
        assert_eq!(
            (answer.status(), &answer.json["error"]),
            (400, &json!(error)),
            "{body}"
        );
        assert_eq!(answer.json["error_description"], answer.json["message"]);
        answer.error_id();
    }
    let root = world.client(&world.root.token).oauth();
    assert!(root.get_oauth_apps().await.unwrap().is_empty());

    let metadata = root.get_authorization_server_metadata().await.unwrap();
    assert_eq!(
        metadata.registration_endpoint,
        Some(format!("{URL}{APPS}/register"))
    );

    world.switch(&[]);
    let answer = register(&world, json!({ "redirect_uris": ["https://a"] })).await;
    assert_eq!(
        (answer.status(), &answer.json["error"]),
        (400, &json!("unsupported_operation"))
    );
    let answer = world
        .raw("GET", "/.well-known/oauth-authorization-server", &[], "")
        .await;
    assert_eq!(
        answer.json,
        json!({
            "issuer": URL,
            "authorization_endpoint": format!("{URL}/oauth/authorize"),
            "token_endpoint": format!("{URL}/oauth/access_token"),
            "response_types_supported": ["code"],
            "scopes_supported": ["user"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "none"],
            "code_challenge_methods_supported": ["S256"],
        })
    );
}

async fn too_many_at_once_are_429(database: Database) {
    let limit = ("SERVICE_REGISTRATIONS_PER_SECOND", "3");
    let world = World::with(database, &[("SERVICE_REGISTRATION", "on"), limit]).await;
    let mut statuses = Vec::new();
    for _ in 0..8 {
        let answer = register(&world, json!({ "redirect_uris": ["https://a"] })).await;
        if answer.status() == 429 {
            assert_eq!(answer.header("retry-after"), Some("1"));
            answer.error_id();
        }
        statuses.push(answer.status());
    }
    assert_eq!(statuses[..3], [201; 3]);
    assert!(statuses.contains(&429), "{statuses:?}");
}

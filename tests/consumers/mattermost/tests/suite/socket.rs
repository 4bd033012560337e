//! Client and server over a real connection, with axum and reqwest.

use axum::Router;
use mattermost_oauth_client::types::{
    ClientRegistrationRequest, UpdateOAuthAppBody, UpdateOAuthAppBodyRequired,
};
use mattermost_oauth_client::{Client, Error};
use mattermost_oauth_server::Server;

use crate::world::{UNKNOWN, URL, body, refused, world};

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[tokio::test]
async fn every_operation_works_over_a_connection() {
    let world = world();
    let url = serve(Router::new().fallback_service(world.server.clone())).await;
    let client = Client::builder(url).bearer("ann").build().unwrap();
    let oauth = client.oauth();

    let created = oauth.create_oauth_app(body()).send().await.unwrap();
    assert_eq!(created.status(), 201);
    assert!(
        created.headers().contains_key("date"),
        "what the connection adds"
    );
    let app = created.into_body();
    let id = app.id.clone().unwrap();
    assert_eq!(
        oauth.get_oauth_apps().page(0).await.unwrap(),
        std::slice::from_ref(&app)
    );
    assert_eq!(oauth.get_oauth_app(&id).await.unwrap(), app);
    let update = UpdateOAuthAppBody::new(UpdateOAuthAppBodyRequired {
        id: id.to_owned(),
        name: "ü \u{1f980}".to_owned(),
        description: "d".to_owned(),
        callback_urls: vec!["https://b".to_owned()],
        homepage: "https://b".to_owned(),
    });
    assert_eq!(
        oauth
            .update_oauth_app(&id, update)
            .await
            .unwrap()
            .name
            .as_deref(),
        Some("ü \u{1f980}")
    );
    assert_ne!(
        oauth
            .regenerate_oauth_app_secret(&id)
            .await
            .unwrap()
            .client_secret,
        app.client_secret
    );
    assert_eq!(
        oauth
            .get_oauth_app_info(&id)
            .await
            .unwrap()
            .client_secret
            .as_deref(),
        Some("")
    );
    assert!(
        oauth
            .get_authorized_oauth_apps_for_user("me")
            .per_page(1)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        oauth
            .get_authorization_server_metadata()
            .await
            .unwrap()
            .issuer,
        URL
    );
    let request = ClientRegistrationRequest::new(["https://app.test/cb"]);
    assert!(
        oauth
            .register_oauth_client(request)
            .await
            .unwrap()
            .client_id
            .is_some()
    );
    assert_eq!(
        oauth.delete_oauth_app(&id).await.unwrap().status.as_deref(),
        Some("OK")
    );

    assert_eq!(refused(oauth.get_oauth_app(UNKNOWN).send().await).1, 404);
    assert_eq!(
        refused(oauth.get_oauth_app("a/b c%?#é").send().await).1,
        400
    );
    let mut large = body();
    large.description = "d".repeat(1 << 20);
    assert_eq!(
        oauth
            .create_oauth_app(large)
            .await
            .unwrap_err()
            .status()
            .unwrap(),
        413
    );
}

#[test]
fn blocking_calls_work_over_a_connection() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let url = runtime.block_on(serve(Router::new().fallback_service(world().server)));
    let client = Client::builder(url).bearer("ann").build().unwrap();
    let app = client
        .oauth()
        .create_oauth_app(body())
        .send_blocking()
        .unwrap();
    assert_eq!(app.status(), 201);
    assert_eq!(
        client
            .oauth()
            .get_oauth_apps()
            .send_blocking()
            .unwrap()
            .len(),
        1
    );
}

/// Below a path: either the server knows it, or a router strips it.
#[tokio::test]
async fn the_server_can_stand_below_a_path() {
    let world = world();
    let server = || Server::builder(world.provider.clone()).authenticate(world.sessions.clone());
    let router = Router::new()
        .nest_service("/nested", server().build())
        .fallback_service(server().base_path("/mm/sub").build());
    let url = serve(router).await;
    for (path, status) in [
        ("/nested", 200),
        ("/nested/", 200),
        ("/mm/sub", 200),
        ("/mm", 404),
        ("", 404),
    ] {
        let client = Client::builder(format!("{url}{path}"))
            .bearer("ann")
            .build()
            .unwrap();
        let answer = client.oauth().get_oauth_apps().send_raw().await.unwrap();
        assert_eq!(answer.status(), status, "{path}");
    }
}

#[tokio::test]
async fn nobody_at_home_is_a_failing_transport() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::builder(&url).bearer("ann").build().unwrap();
    let error = client.oauth().get_oauth_apps().await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "{error:?}");
    assert_eq!(error.status(), None);
}

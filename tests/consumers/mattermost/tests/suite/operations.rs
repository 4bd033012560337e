//! Every operation with every documented response, sent in every way.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use mattermost_oauth_client::types::{
    AppError, ClientRegistrationRequest, CreateOAuthAppBody, CreateOAuthAppBodyRequired,
    UpdateOAuthAppBody, UpdateOAuthAppBodyRequired,
};
use mattermost_oauth_client::{Error, RawResponse, Response};

use crate::world::{UNKNOWN, URL, body, refused, user_id, world};

/// The statuses seen for each operation.
#[derive(Default)]
struct Seen(BTreeMap<String, BTreeSet<u16>>);

impl Seen {
    /// Checks that a success has this status and is JSON.
    #[track_caller]
    fn success<T>(
        &mut self,
        operation: &str,
        status: u16,
        answer: Result<Response<T>, Error<AppError>>,
    ) -> T
    where
        T: Debug,
    {
        let (seen, headers, body) = answer.unwrap().into_parts();
        assert_eq!(seen, status);
        assert_eq!(headers["content-type"], "application/json");
        self.0
            .entry(operation.to_owned())
            .or_default()
            .insert(status);
        body
    }

    /// Checks that an error has this status and its body this `id`.
    #[track_caller]
    fn refusal<T: Debug>(
        &mut self,
        status: u16,
        id: &str,
        answer: Result<Response<T>, Error<AppError>>,
    ) {
        let (operation, seen, seen_id) = refused(answer);
        assert_eq!((seen, seen_id.as_str()), (status, id), "{operation}");
        self.0
            .entry(operation.to_owned())
            .or_default()
            .insert(status);
    }
}

const OVER: &str = "api.context.session_expired";
const INVALID: &str = "api.context.invalid_param";
const NOT_ALLOWED: &str = "api.context.permissions";
const NO_APP: &str = "app.oauth.get_app.find";
const OFF: &str = "api.oauth.turn_off";

#[tokio::test]
#[allow(clippy::too_many_lines)] // a list
async fn every_listed_response_arrives_as_its_type() {
    let world = world();
    let mut seen = Seen::default();
    let (ann, bob, guest, old) = (
        world.client("ann").oauth(),
        world.client("bob").oauth(),
        world.client("guest").oauth(),
        world.client("old").oauth(),
    );
    let on = world.provider.clone();

    // Create.
    let app = seen.success(
        "CreateOAuthApp",
        201,
        ann.create_oauth_app(body()).send().await,
    );
    assert_eq!(app.name.as_deref(), Some("ci"));
    assert_eq!(
        app.callback_urls,
        Some(vec!["https://ci.test/cb".to_owned()])
    );
    assert_eq!(app.creator_id, Some(user_id("ann")));
    assert!(app.create_at.unwrap() > 1_600_000_000_000, "milliseconds");
    let id = app.id.unwrap();
    let nameless = CreateOAuthAppBody::new(CreateOAuthAppBodyRequired {
        name: "".to_owned(),
        description: "d".to_owned(),
        callback_urls: vec!["https://a".to_owned()],
        homepage: "https://a".to_owned(),
    });
    seen.refusal(400, INVALID, ann.create_oauth_app(nameless).send().await);
    seen.refusal(401, OVER, old.create_oauth_app(body()).send().await);
    seen.refusal(
        403,
        NOT_ALLOWED,
        guest.create_oauth_app(body()).send().await,
    );

    // List.
    let apps = seen.success("GetOAuthApps", 200, ann.get_oauth_apps().send().await);
    assert_eq!(apps.len(), 1);
    assert_eq!(apps[0].id.as_ref(), Some(&id));
    seen.refusal(400, INVALID, ann.get_oauth_apps().page(-1).send().await);
    seen.refusal(401, OVER, old.get_oauth_apps().send().await);
    seen.refusal(403, NOT_ALLOWED, guest.get_oauth_apps().send().await);

    // Get.
    let same = seen.success("GetOAuthApp", 200, ann.get_oauth_app(&id).send().await);
    assert_eq!(same, apps[0]);
    seen.refusal(400, INVALID, ann.get_oauth_app("short").send().await);
    seen.refusal(401, OVER, old.get_oauth_app(&id).send().await);
    seen.refusal(403, NOT_ALLOWED, bob.get_oauth_app(&id).send().await);
    seen.refusal(404, NO_APP, ann.get_oauth_app(UNKNOWN).send().await);

    // Update.
    let update = |id: &str| {
        UpdateOAuthAppBody::new(UpdateOAuthAppBodyRequired {
            id: id.to_owned(),
            name: "ci 2".to_owned(),
            description: "d".to_owned(),
            callback_urls: vec!["https://b".to_owned()],
            homepage: "https://b".to_owned(),
        })
    };
    let updated = seen.success(
        "UpdateOAuthApp",
        200,
        ann.update_oauth_app(&id, update(&id)).send().await,
    );
    assert_eq!(updated.name.as_deref(), Some("ci 2"));
    assert_eq!(
        (updated.id.as_ref(), &updated.client_secret),
        (Some(&id), &same.client_secret)
    );
    seen.refusal(
        400,
        INVALID,
        ann.update_oauth_app(&id, update("other")).send().await,
    );
    seen.refusal(
        401,
        OVER,
        old.update_oauth_app(&id, update(&id)).send().await,
    );
    seen.refusal(
        403,
        NOT_ALLOWED,
        bob.update_oauth_app(&id, update(&id)).send().await,
    );
    seen.refusal(
        404,
        NO_APP,
        ann.update_oauth_app(UNKNOWN, update(UNKNOWN)).send().await,
    );

    // Regenerate.
    let regenerated = ann.regenerate_oauth_app_secret(&id).send().await;
    let regenerated = seen.success("RegenerateOAuthAppSecret", 200, regenerated);
    assert_ne!(regenerated.client_secret, same.client_secret);
    let public = ann.create_oauth_app(body().is_public(true)).await.unwrap();
    assert_eq!(public.client_secret.as_deref(), Some(""));
    let public = ann
        .regenerate_oauth_app_secret(public.id.unwrap())
        .send()
        .await;
    seen.refusal(400, "api.oauth.public_client", public);
    seen.refusal(401, OVER, old.regenerate_oauth_app_secret(&id).send().await);
    seen.refusal(
        403,
        NOT_ALLOWED,
        bob.regenerate_oauth_app_secret(&id).send().await,
    );
    seen.refusal(
        404,
        NO_APP,
        ann.regenerate_oauth_app_secret(UNKNOWN).send().await,
    );

    // Info: for all users, without the secret.
    let info = seen.success(
        "GetOAuthAppInfo",
        200,
        guest.get_oauth_app_info(&id).send().await,
    );
    assert_eq!(
        (info.id.as_ref(), info.client_secret.as_deref()),
        (Some(&id), Some(""))
    );
    seen.refusal(400, INVALID, guest.get_oauth_app_info("short").send().await);
    seen.refusal(401, OVER, old.get_oauth_app_info(&id).send().await);
    seen.refusal(404, NO_APP, guest.get_oauth_app_info(UNKNOWN).send().await);

    // Authorized.
    world.provider.authorize(&user_id("guest"), &id);
    let authorized = guest.get_authorized_oauth_apps_for_user("me").send().await;
    let authorized = seen.success("GetAuthorizedOAuthAppsForUser", 200, authorized);
    assert_eq!(authorized, [info]);
    seen.refusal(
        400,
        INVALID,
        guest
            .get_authorized_oauth_apps_for_user("short")
            .send()
            .await,
    );
    seen.refusal(
        401,
        OVER,
        old.get_authorized_oauth_apps_for_user("me").send().await,
    );
    seen.refusal(
        403,
        NOT_ALLOWED,
        guest
            .get_authorized_oauth_apps_for_user(user_id("ann"))
            .send()
            .await,
    );

    // The two public operations, without a token.
    let anyone = world.anonymous().oauth();
    let metadata = anyone.get_authorization_server_metadata().send().await;
    let metadata = seen.success("GetAuthorizationServerMetadata", 200, metadata);
    assert_eq!(metadata.issuer, URL);
    assert_eq!(metadata.response_types_supported, ["code"]);
    let request = || ClientRegistrationRequest::new(["https://app.test/cb"]);
    let client = anyone
        .register_oauth_client(request().client_name("App"))
        .send()
        .await;
    let client = seen.success("RegisterOAuthClient", 201, client);
    assert_eq!(
        client.redirect_uris,
        Some(vec!["https://app.test/cb".to_owned()])
    );
    assert_eq!(client.client_name.as_deref(), Some("App"));
    let odd = ClientRegistrationRequest::new(["gopher://a"]);
    seen.refusal(400, INVALID, anyone.register_oauth_client(odd).send().await);

    // Delete.
    seen.refusal(400, INVALID, ann.delete_oauth_app("short").send().await);
    seen.refusal(401, OVER, old.delete_oauth_app(&id).send().await);
    seen.refusal(403, NOT_ALLOWED, bob.delete_oauth_app(&id).send().await);
    let deleted = seen.success(
        "DeleteOAuthApp",
        200,
        ann.delete_oauth_app(&id).send().await,
    );
    assert_eq!(deleted.status.as_deref(), Some("OK"));
    seen.refusal(404, NO_APP, ann.delete_oauth_app(&id).send().await);

    // Disabled.
    on.switch(false);
    seen.refusal(501, OFF, ann.create_oauth_app(body()).send().await);
    seen.refusal(501, OFF, ann.get_oauth_apps().send().await);
    seen.refusal(501, OFF, ann.get_oauth_app(&id).send().await);
    seen.refusal(
        501,
        OFF,
        ann.update_oauth_app(&id, update(&id)).send().await,
    );
    seen.refusal(501, OFF, ann.delete_oauth_app(&id).send().await);
    seen.refusal(501, OFF, ann.regenerate_oauth_app_secret(&id).send().await);
    seen.refusal(501, OFF, ann.get_oauth_app_info(&id).send().await);
    seen.refusal(
        501,
        OFF,
        ann.get_authorized_oauth_apps_for_user("me").send().await,
    );
    seen.refusal(
        501,
        OFF,
        anyone.get_authorization_server_metadata().send().await,
    );
    on.switch(true);
    on.switch_registration(false);
    seen.refusal(
        501,
        "api.oauth.dcr.turn_off",
        anyone.register_oauth_client(request()).send().await,
    );

    // These are all documented responses, and no others.
    let listed: [(&str, &[u16]); 10] = [
        ("CreateOAuthApp", &[201, 400, 401, 403, 501]),
        ("DeleteOAuthApp", &[200, 400, 401, 403, 404, 501]),
        ("GetAuthorizationServerMetadata", &[200, 501]),
        ("GetAuthorizedOAuthAppsForUser", &[200, 400, 401, 403, 501]),
        ("GetOAuthApp", &[200, 400, 401, 403, 404, 501]),
        ("GetOAuthAppInfo", &[200, 400, 401, 404, 501]),
        ("GetOAuthApps", &[200, 400, 401, 403, 501]),
        ("RegenerateOAuthAppSecret", &[200, 400, 401, 403, 404, 501]),
        ("RegisterOAuthClient", &[201, 400, 501]),
        ("UpdateOAuthApp", &[200, 400, 401, 403, 404, 501]),
    ];
    let listed = listed
        .map(|(operation, statuses)| (operation.to_owned(), statuses.iter().copied().collect()));
    assert_eq!(seen.0, BTreeMap::from(listed));
}

/// Checks are in Mattermost's order: each request here would fail for two reasons.
#[tokio::test]
async fn the_first_of_several_reasons_counts() {
    let world = world();
    let id = world.app_id().await;
    let status = async |user: &str, id: &str| {
        refused(world.client(user).oauth().get_oauth_app(id).send().await).1
    };
    assert_eq!(status("old", "short").await, 401);
    assert_eq!(status("guest", "short").await, 400);
    assert_eq!(status("guest", UNKNOWN).await, 403);
    world.provider.switch(false);
    assert_eq!(status("guest", &id).await, 403);
    assert_eq!(status("ann", UNKNOWN).await, 501);
    assert_eq!(status("bob", &id).await, 501);
    let other = UpdateOAuthAppBody::new(UpdateOAuthAppBodyRequired {
        id: UNKNOWN.to_owned(),
        name: "n".to_owned(),
        description: "d".to_owned(),
        callback_urls: vec!["https://b".to_owned()],
        homepage: "https://b".to_owned(),
    });
    let update = world
        .client("ann")
        .oauth()
        .update_oauth_app(id, other)
        .send()
        .await;
    assert_eq!(refused(update).1, 400);
}

#[tokio::test]
async fn those_with_wider_permissions_manage_the_apps_of_all() {
    let world = world();
    let id = world.app_id().await;
    let root = world.client("root").oauth();
    assert_eq!(root.get_oauth_apps().await.unwrap().len(), 1);
    assert!(
        world
            .client("bob")
            .oauth()
            .get_oauth_apps()
            .await
            .unwrap()
            .is_empty()
    );
    let trusted = UpdateOAuthAppBody::new(UpdateOAuthAppBodyRequired {
        id: id.to_owned(),
        name: "n".to_owned(),
        description: "d".to_owned(),
        callback_urls: vec!["https://b".to_owned()],
        homepage: "https://b".to_owned(),
    })
    .is_trusted(true);
    assert_eq!(
        root.update_oauth_app(&id, trusted)
            .await
            .unwrap()
            .is_trusted,
        Some(true)
    );
    world.provider.authorize(&user_id("ann"), &id);
    assert_eq!(
        root.get_authorized_oauth_apps_for_user(user_id("ann"))
            .await
            .unwrap()
            .len(),
        1
    );
    root.delete_oauth_app(&id).await.unwrap();
    assert!(
        root.get_authorized_oauth_apps_for_user(user_id("ann"))
            .await
            .unwrap()
            .is_empty()
    );
}

/// Sends the same request in every asynchronous way; all give the same result.
macro_rules! in_every_way {
    ($request:expr, $operation:literal, $status:literal) => {{
        let plain = $request.await.unwrap();
        let full = $request.send().await.unwrap();
        assert_eq!((full.status().as_u16(), full.body()), ($status, &plain));
        let raw: RawResponse = $request.send_raw().await.unwrap();
        assert_eq!(
            (raw.operation().id, raw.status().as_u16()),
            ($operation, $status)
        );
        assert_eq!(raw.content_type(), Some("application/json"));
        assert_eq!(
            raw.json::<serde_json::Value>().unwrap(),
            serde_json::to_value(&plain).unwrap()
        );
    }};
}

#[tokio::test]
async fn every_operation_can_be_sent_in_every_way() {
    let world = world();
    let id = world.app_id().await;
    let oauth = world.client("ann").oauth();
    let update = || {
        UpdateOAuthAppBody::new(UpdateOAuthAppBodyRequired {
            id: id.to_owned(),
            name: "n".to_owned(),
            description: "d".to_owned(),
            callback_urls: vec!["https://b".to_owned()],
            homepage: "https://b".to_owned(),
        })
    };
    in_every_way!(oauth.get_oauth_apps(), "GetOAuthApps", 200);
    in_every_way!(oauth.get_oauth_app(&id), "GetOAuthApp", 200);
    in_every_way!(oauth.get_oauth_app_info(&id), "GetOAuthAppInfo", 200);
    in_every_way!(
        oauth.get_authorization_server_metadata(),
        "GetAuthorizationServerMetadata",
        200
    );
    in_every_way!(
        oauth.get_authorized_oauth_apps_for_user("me"),
        "GetAuthorizedOAuthAppsForUser",
        200
    );

    // These return something new each time.
    assert!(oauth.update_oauth_app(&id, update()).await.is_ok());
    assert_eq!(
        oauth
            .update_oauth_app(&id, update())
            .send_raw()
            .await
            .unwrap()
            .status(),
        200
    );
    assert!(oauth.regenerate_oauth_app_secret(&id).await.is_ok());
    assert_eq!(
        oauth
            .regenerate_oauth_app_secret(&id)
            .send_raw()
            .await
            .unwrap()
            .status(),
        200
    );
    let created = oauth.create_oauth_app(body()).send_raw().await.unwrap();
    assert_eq!(created.status(), 201);
    assert!(oauth.delete_oauth_app(&id).await.is_ok());
    let again = oauth.delete_oauth_app(&id).send_raw().await.unwrap();
    assert_eq!(
        (
            again.status().as_u16(),
            again.text().contains("no such app")
        ),
        (404, true)
    );
    let request = || ClientRegistrationRequest::new(["https://app.test/cb"]);
    assert!(oauth.register_oauth_client(request()).await.is_ok());
    assert_eq!(
        oauth
            .register_oauth_client(request())
            .send_raw()
            .await
            .unwrap()
            .status(),
        201
    );
}

/// Without a runtime.
#[test]
fn every_operation_can_be_sent_without_async() {
    let world = world();
    let oauth = world.client("ann").oauth();
    let id = oauth
        .create_oauth_app(body())
        .send_blocking()
        .unwrap()
        .into_body()
        .id
        .unwrap();
    assert_eq!(oauth.get_oauth_apps().send_blocking().unwrap().len(), 1);
    assert_eq!(
        oauth
            .get_oauth_app(&id)
            .send_blocking()
            .unwrap()
            .name
            .as_deref(),
        Some("ci")
    );
    let update = UpdateOAuthAppBody::new(UpdateOAuthAppBodyRequired {
        id: id.to_owned(),
        name: "n".to_owned(),
        description: "d".to_owned(),
        callback_urls: vec!["https://b".to_owned()],
        homepage: "https://b".to_owned(),
    });
    assert_eq!(
        oauth
            .update_oauth_app(&id, update)
            .send_blocking()
            .unwrap()
            .name
            .as_deref(),
        Some("n")
    );
    assert_eq!(
        oauth
            .regenerate_oauth_app_secret(&id)
            .send_blocking()
            .unwrap()
            .status(),
        200
    );
    assert_eq!(
        oauth
            .get_oauth_app_info(&id)
            .send_blocking()
            .unwrap()
            .client_secret
            .as_deref(),
        Some("")
    );
    assert!(
        oauth
            .get_authorized_oauth_apps_for_user("me")
            .send_blocking()
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        oauth
            .get_authorization_server_metadata()
            .send_blocking()
            .unwrap()
            .issuer,
        URL
    );
    let request = ClientRegistrationRequest::new(["https://app.test/cb"]);
    assert_eq!(
        oauth
            .register_oauth_client(request)
            .send_blocking()
            .unwrap()
            .status(),
        201
    );
    assert_eq!(
        oauth
            .delete_oauth_app(&id)
            .send_blocking()
            .unwrap()
            .status(),
        200
    );
    assert_eq!(refused(oauth.delete_oauth_app(&id).send_blocking()).1, 404);
    assert_eq!(
        oauth
            .get_oauth_app(&id)
            .send_raw_blocking()
            .unwrap()
            .status(),
        404
    );
}

/// A blocking call would block the runtime that it is made in, so it fails and says what to do instead.
#[tokio::test]
async fn blocking_calls_are_refused_inside_a_runtime() {
    let error = world()
        .client("ann")
        .oauth()
        .get_oauth_apps()
        .send_blocking()
        .unwrap_err();
    assert!(matches!(error, Error::Blocking { .. }), "{error:?}");
    assert!(error.to_string().contains("send().await"), "{error}");
}

//! Mattermost's rules, through the typed client, over both databases.

use std::time::Duration;

use mattermost_oauth_client::types::OAuthApp;
use mattermost_oauth_service::secrets::{Keyring, is_id};
use mattermost_oauth_service::store::{Store, StoreError};
use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::database::{Database, on_both};
use crate::world::{KEY, UNKNOWN, World, body, change, refused};

const OVER: &str = "api.context.session_expired.app_error";
const PARAMETER: &str = "api.context.invalid_url_param.app_error";
const VALUE: &str = "api.context.invalid_body_param.app_error";
const NOT_ALLOWED: &str = "api.context.permissions.app_error";
const NO_APP: &str = "app.oauth.get_app.find.app_error";
const OFF: &str = "api.oauth.register_oauth_app.turn_off.app_error";

on_both!(
    an_app_lives_from_registration_to_deletion,
    who_lacks_a_permission_gets_403_and_who_has_no_session_401,
    values_and_ids_are_checked,
    only_who_manages_the_system_trusts_apps,
    a_public_client_has_no_secret,
    pages_are_in_order_of_registration,
    what_users_have_authorized_is_listed,
    a_provider_that_is_switched_off_is_501,
    checks_are_in_mattermosts_order,
    neither_tokens_nor_secrets_are_in_the_database,
    nothing_is_read_with_another_key,
);

fn secret(app: &OAuthApp) -> &str {
    app.client_secret.as_deref().unwrap()
}

async fn an_app_lives_from_registration_to_deletion(database: Database) {
    let world = World::new(database).await;
    let ann = world.ann().oauth();

    let app = ann
        .create_oauth_app(body().icon_url("https://ci.test/i.png"))
        .await
        .unwrap();
    let id = app.id.clone().unwrap();
    assert!(is_id(&id) && is_id(secret(&app)));
    assert_eq!(app.name.as_deref(), Some("ci"));
    assert_eq!(app.description.as_deref(), Some("CI login"));
    assert_eq!(app.icon_url.as_deref(), Some("https://ci.test/i.png"));
    assert_eq!(
        app.callback_urls,
        Some(vec!["https://ci.test/cb".to_owned()])
    );
    assert_eq!(app.homepage.as_deref(), Some("https://ci.test"));
    assert_eq!(app.is_trusted, Some(false));
    assert!(app.create_at.unwrap() > 1_600_000_000_000, "milliseconds");
    assert_eq!(app.update_at, app.create_at);
    assert_eq!(app.creator_id.as_ref(), Some(&world.ann.id));
    assert_eq!(
        ann.get_oauth_app(&id).await.unwrap(),
        app,
        "the owner sees the secret again"
    );

    let updated = ann.update_oauth_app(&id, change(&id)).await.unwrap();
    assert_eq!(updated.name.as_deref(), Some("new"));
    assert_eq!(updated.callback_urls.as_ref().unwrap().len(), 2);
    assert_eq!(
        updated.icon_url.as_deref(),
        Some(""),
        "what isn't sent is emptied"
    );
    assert_eq!(
        (secret(&updated), updated.create_at),
        (secret(&app), app.create_at)
    );
    assert!(updated.update_at >= app.update_at);

    let regenerated = ann.regenerate_oauth_app_secret(&id).await.unwrap();
    assert!(is_id(secret(&regenerated)) && secret(&regenerated) != secret(&app));
    assert_eq!(ann.get_oauth_app(&id).await.unwrap(), regenerated);

    let info = world
        .client(&world.guest.token)
        .oauth()
        .get_oauth_app_info(&id)
        .await
        .unwrap();
    assert_eq!(secret(&info), "");
    assert_eq!(
        info.client_secret("x"),
        regenerated.client_secret("x"),
        "all the rest is public"
    );

    let deleted = ann.delete_oauth_app(&id).await.unwrap();
    assert_eq!(deleted.status.as_deref(), Some("OK"));
    refused(404, NO_APP, ann.get_oauth_app(&id).send().await);
    refused(404, NO_APP, ann.delete_oauth_app(&id).send().await);
    assert!(ann.get_oauth_apps().await.unwrap().is_empty());
}

async fn who_lacks_a_permission_gets_403_and_who_has_no_session_401(database: Database) {
    let world = World::new(database).await;
    let id = world.app().await.id.unwrap();
    for (token, status, error) in [
        (&world.guest.token, 403, NOT_ALLOWED),
        (&world.old.token, 401, OVER),
        (&"unknown".to_owned(), 401, OVER),
    ] {
        let oauth = world.client(token).oauth();
        refused(status, error, oauth.create_oauth_app(body()).send().await);
        refused(status, error, oauth.get_oauth_apps().send().await);
        refused(status, error, oauth.get_oauth_app(&id).send().await);
        refused(
            status,
            error,
            oauth.update_oauth_app(&id, change(&id)).send().await,
        );
        refused(status, error, oauth.delete_oauth_app(&id).send().await);
        refused(
            status,
            error,
            oauth.regenerate_oauth_app_secret(&id).send().await,
        );
        refused(
            status,
            error,
            oauth
                .get_authorized_oauth_apps_for_user(&world.ann.id)
                .send()
                .await,
        );
        if status == 401 {
            refused(401, error, oauth.get_oauth_app_info(&id).send().await);
        }
    }
    // Bob manages his apps, and Ann's is none of his. Root manages all.
    let bob = world.client(&world.bob.token).oauth();
    assert!(bob.get_oauth_apps().await.unwrap().is_empty());
    refused(403, NOT_ALLOWED, bob.get_oauth_app(&id).send().await);
    refused(
        403,
        NOT_ALLOWED,
        bob.update_oauth_app(&id, change(&id)).send().await,
    );
    refused(403, NOT_ALLOWED, bob.delete_oauth_app(&id).send().await);
    refused(
        403,
        NOT_ALLOWED,
        bob.regenerate_oauth_app_secret(&id).send().await,
    );
    let root = world.client(&world.root.token).oauth();
    assert_eq!(root.get_oauth_apps().await.unwrap().len(), 1);
    let updated = root.update_oauth_app(&id, change(&id)).await.unwrap();
    assert_eq!(
        updated.creator_id.as_ref(),
        Some(&world.ann.id),
        "it stays Ann's"
    );
    root.regenerate_oauth_app_secret(&id).await.unwrap();
    root.delete_oauth_app(&id).await.unwrap();
}

async fn values_and_ids_are_checked(database: Database) {
    let world = World::new(database).await;
    let ann = world.ann().oauth();
    let id = world.app().await.id.unwrap();
    let with = |change: &dyn Fn(&mut mattermost_oauth_client::types::CreateOAuthAppBody)| {
        let mut body = body();
        change(&mut body);
        body
    };
    for broken in [
        with(&|body| body.name.clear()),
        with(&|body| body.name = "n".repeat(65)),
        with(&|body| body.name.push('\0')),
        with(&|body| body.description = "d".repeat(513)),
        with(&|body| body.homepage.insert(0, 'f')),
        with(&|body| body.callback_urls.clear()),
        with(&|body| body.callback_urls.push("nowhere".to_owned())),
        with(&|body| body.icon_url = Some("icon".to_owned())),
    ] {
        refused(400, VALUE, ann.create_oauth_app(broken).send().await);
    }
    refused(
        400,
        VALUE,
        ann.update_oauth_app(&id, change(UNKNOWN)).send().await,
    );
    refused(400, PARAMETER, ann.get_oauth_app("short").send().await);
    refused(
        400,
        PARAMETER,
        ann.update_oauth_app("short", change("short")).send().await,
    );
    refused(400, PARAMETER, ann.delete_oauth_app("short").send().await);
    refused(
        400,
        PARAMETER,
        ann.regenerate_oauth_app_secret("short").send().await,
    );
    refused(400, PARAMETER, ann.get_oauth_app_info("short").send().await);
    refused(
        400,
        PARAMETER,
        ann.get_authorized_oauth_apps_for_user("ann").send().await,
    );
    refused(404, NO_APP, ann.get_oauth_app(UNKNOWN).send().await);
    refused(
        404,
        NO_APP,
        ann.update_oauth_app(UNKNOWN, change(UNKNOWN)).send().await,
    );
    refused(
        404,
        NO_APP,
        ann.regenerate_oauth_app_secret(UNKNOWN).send().await,
    );
    refused(404, NO_APP, ann.get_oauth_app_info(UNKNOWN).send().await);
    // What SQL and JSON are made of is text like any other.
    let odd = "'; DROP TABLE apps; -- \" \\ % _ $1 ü 🦀\n";
    let app = ann
        .create_oauth_app(with(&|body| body.description.push_str(odd)))
        .await
        .unwrap();
    assert_eq!(
        ann.get_oauth_app(app.id.unwrap())
            .await
            .unwrap()
            .description
            .as_deref(),
        Some(format!("CI login{odd}").as_str())
    );
}

async fn only_who_manages_the_system_trusts_apps(database: Database) {
    let world = World::new(database).await;
    let (ann, root) = (world.ann().oauth(), world.client(&world.root.token).oauth());
    let own = ann.create_oauth_app(body().is_trusted(true)).await.unwrap();
    assert_eq!(own.is_trusted, Some(false), "Ann can't");
    let id = own.id.unwrap();
    assert_eq!(
        ann.update_oauth_app(&id, change(&id).is_trusted(true))
            .await
            .unwrap()
            .is_trusted,
        Some(false)
    );
    assert_eq!(
        root.update_oauth_app(&id, change(&id).is_trusted(true))
            .await
            .unwrap()
            .is_trusted,
        Some(true)
    );
    assert_eq!(
        ann.update_oauth_app(&id, change(&id))
            .await
            .unwrap()
            .is_trusted,
        Some(true),
        "Ann changes nothing of it"
    );
    assert_eq!(
        root.update_oauth_app(&id, change(&id))
            .await
            .unwrap()
            .is_trusted,
        Some(false),
        "for Root it is false if not given"
    );
    assert_eq!(
        root.create_oauth_app(body().is_trusted(true))
            .await
            .unwrap()
            .is_trusted,
        Some(true)
    );
}

async fn a_public_client_has_no_secret(database: Database) {
    let world = World::new(database).await;
    let ann = world.ann().oauth();
    let app = ann.create_oauth_app(body().is_public(true)).await.unwrap();
    assert_eq!(secret(&app), "");
    let id = app.id.clone().unwrap();
    assert_eq!(ann.get_oauth_app(&id).await.unwrap(), app);
    let public = "api.oauth.regenerate_secret.public_client.app_error";
    refused(
        400,
        public,
        ann.regenerate_oauth_app_secret(&id).send().await,
    );
}

async fn pages_are_in_order_of_registration(database: Database) {
    let world = World::new(database).await;
    let ann = world.ann().oauth();
    let mut ids = Vec::new();
    for _ in 0..65 {
        ids.push(world.app().await.id.unwrap());
        // The order of those of one millisecond is by their ids.
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let page = async |page: i64, per_page: i64| {
        let apps = ann
            .get_oauth_apps()
            .page(page)
            .per_page(per_page)
            .await
            .unwrap();
        apps.into_iter()
            .map(|app| app.id.unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(page(0, 2).await, ids[..2]);
    assert_eq!(page(2, 30).await, ids[60..]);
    assert_eq!(page(0, 1000).await, ids);
    assert_eq!(
        page(-3, -1).await,
        ids[..60],
        "what makes no sense is the default"
    );
    assert!(page(0, 0).await.is_empty() && page(9, 60).await.is_empty());
    assert!(page(i64::MAX, i64::MAX).await.is_empty());
    assert_eq!(ann.get_oauth_apps().await.unwrap().len(), 60);
    assert_eq!(
        world
            .client(&world.root.token)
            .oauth()
            .get_oauth_apps()
            .page(1)
            .await
            .unwrap()
            .len(),
        5
    );
}

async fn what_users_have_authorized_is_listed(database: Database) {
    let world = World::new(database).await;
    let (first, second) = (world.app().await.id.unwrap(), world.app().await.id.unwrap());
    for id in [&second, &first, &second] {
        world.store.authorize(&world.guest.id, id).await.unwrap();
    }
    let guest = world.client(&world.guest.token).oauth();
    let apps = guest
        .get_authorized_oauth_apps_for_user("me")
        .await
        .unwrap();
    assert_eq!(apps.len(), 2);
    assert!(apps.iter().all(|app| secret(app).is_empty()));
    let one = guest
        .get_authorized_oauth_apps_for_user(&world.guest.id)
        .page(1)
        .per_page(1);
    assert_eq!(one.await.unwrap(), apps[1..]);
    // Others' only with the permission.
    let ann = world.ann().oauth();
    refused(
        403,
        NOT_ALLOWED,
        ann.get_authorized_oauth_apps_for_user(&world.guest.id)
            .send()
            .await,
    );
    let root = world.client(&world.root.token).oauth();
    assert_eq!(
        root.get_authorized_oauth_apps_for_user(&world.guest.id)
            .await
            .unwrap(),
        apps
    );
    assert!(
        root.get_authorized_oauth_apps_for_user(UNKNOWN)
            .await
            .unwrap()
            .is_empty()
    );
    // A deleted app is authorized no longer.
    ann.delete_oauth_app(&first).await.unwrap();
    assert_eq!(
        guest
            .get_authorized_oauth_apps_for_user("me")
            .await
            .unwrap()
            .len(),
        1
    );
    assert!(
        world
            .store
            .authorize(&world.guest.id, UNKNOWN)
            .await
            .is_err()
    );
}

async fn a_provider_that_is_switched_off_is_501(database: Database) {
    let mut world = World::new(database).await;
    let id = world.app().await.id.unwrap();
    world.switch(&[("SERVICE_PROVIDER", "off"), ("SERVICE_REGISTRATION", "on")]);
    let ann = world.ann().oauth();
    refused(501, OFF, ann.create_oauth_app(body()).send().await);
    refused(501, OFF, ann.get_oauth_apps().send().await);
    refused(501, OFF, ann.get_oauth_app(&id).send().await);
    refused(
        501,
        OFF,
        ann.update_oauth_app(&id, change(&id)).send().await,
    );
    refused(501, OFF, ann.delete_oauth_app(&id).send().await);
    refused(501, OFF, ann.regenerate_oauth_app_secret(&id).send().await);
    refused(501, OFF, ann.get_oauth_app_info(&id).send().await);
    refused(
        501,
        OFF,
        ann.get_authorization_server_metadata().send().await,
    );
    refused(
        501,
        OFF,
        ann.get_authorized_oauth_apps_for_user("me").send().await,
    );
    let request = mattermost_oauth_client::types::ClientRegistrationRequest::new(["https://a"]);
    refused(501, OFF, ann.register_oauth_client(request).send().await);
}

/// 401, 400 for the id, 403, 400 for the body, 501, 404, 403 for somebody else's.
async fn checks_are_in_mattermosts_order(database: Database) {
    let mut world = World::new(database).await;
    let id = world.app().await.id.unwrap();
    let guest = world.client(&world.guest.token).oauth();
    let bob = world.client(&world.bob.token).oauth();
    let mut nameless = change("other");
    nameless.name.clear();
    refused(
        400,
        PARAMETER,
        guest
            .update_oauth_app("short", nameless.clone())
            .send()
            .await,
    );
    refused(
        403,
        NOT_ALLOWED,
        guest.update_oauth_app(&id, nameless.clone()).send().await,
    );
    refused(404, NO_APP, bob.get_oauth_app(UNKNOWN).send().await);
    refused(403, NOT_ALLOWED, bob.get_oauth_app(&id).send().await);
    world.switch(&[("SERVICE_PROVIDER", "off")]);
    let (guest, bob) = (
        world.client(&world.guest.token).oauth(),
        world.client(&world.bob.token).oauth(),
    );
    refused(403, NOT_ALLOWED, guest.get_oauth_app(&id).send().await);
    refused(400, VALUE, bob.update_oauth_app(&id, nameless).send().await);
    refused(501, OFF, bob.get_oauth_app(UNKNOWN).send().await);
    refused(
        401,
        OVER,
        world
            .client(&world.old.token)
            .oauth()
            .get_oauth_app("short")
            .send()
            .await,
    );
}

async fn neither_tokens_nor_secrets_are_in_the_database(database: Database) {
    let world = World::new(database).await;
    let app = world.app().await;
    // Moves what SQLite has written into its main file.
    world.store.close().await;
    let dump = dump(&world.database.url).await;
    assert!(
        dump.contains(app.id.as_ref().unwrap()),
        "the dump has the app"
    );
    assert!(!dump.contains(secret(&app)), "the client secret");
    for user in [&world.ann, &world.root, &world.old] {
        assert!(
            dump.contains(&user.id) && !dump.contains(&user.token),
            "the token"
        );
    }
}

/// All texts of the tables.
async fn dump(url: &str) -> String {
    const APPS: &str = "SELECT id || ' ' || secret || ' ' || creator_id FROM apps";
    const TOKENS: &str = "SELECT hash || ' ' || user_id FROM tokens";
    let mut rows: Vec<String> = Vec::new();
    for query in [APPS, TOKENS] {
        if url.starts_with("sqlite:") {
            let mut connection = SqliteConnection::connect(url).await.unwrap();
            rows.extend(
                sqlx::query_scalar::<_, String>(query)
                    .fetch_all(&mut connection)
                    .await
                    .unwrap(),
            );
        } else {
            let mut connection = PgConnection::connect(url).await.unwrap();
            rows.extend(
                sqlx::query_scalar::<_, String>(query)
                    .fetch_all(&mut connection)
                    .await
                    .unwrap(),
            );
        }
    }
    rows.join("\n")
}

async fn nothing_is_read_with_another_key(database: Database) {
    let world = World::new(database).await;
    let app = world.app().await;
    let url = &world.database.url;
    let other = Store::open(url, Keyring::new([8; 32], &[])).await;
    assert!(matches!(other, Err(StoreError::Secret(_))), "{other:?}");
    // A new key beside the old one.
    let replaced = Store::open(url, Keyring::new([8; 32], &[KEY]))
        .await
        .unwrap();
    let id = app.id.as_ref().unwrap();
    assert_eq!(
        replaced.app(id).await.unwrap().unwrap().secret,
        secret(&app)
    );
    let regenerated = replaced.regenerate(id).await.unwrap().unwrap();
    assert_eq!(
        replaced.app(id).await.unwrap().unwrap().secret,
        regenerated.secret
    );
}

//! 64 writers at the same time.

use std::collections::{BTreeMap, BTreeSet};

use mattermost_oauth_client::Client;
use mattermost_oauth_client::types::OAuthApp;

use crate::database::{Database, on_both};
use crate::world::{World, body, change};

const WRITERS: usize = 64;

/// How many apps each of them registers.
const APPS: usize = 6;

on_both!(
    writers_lose_and_double_nothing,
    of_writers_of_one_app_the_last_wins_as_a_whole,
    an_app_is_deleted_once,
);

/// Each registers apps, changes one, gives one a new secret and deletes one; what it was told is what is there in the end.
async fn writers_lose_and_double_nothing(database: Database) {
    let world = World::new(database).await;
    let writers = (0..WRITERS).map(|number| tokio::spawn(write(world.ann(), number)));
    let mut expected = BTreeMap::new();
    for writer in writers.collect::<Vec<_>>() {
        for app in writer.await.unwrap() {
            let before = expected.insert(app.id.clone().unwrap(), app);
            assert!(before.is_none(), "an id was given twice");
        }
    }
    assert_eq!(expected.len(), WRITERS * (APPS - 1));
    let secrets: BTreeSet<_> = expected.values().map(|app| &app.client_secret).collect();
    assert_eq!(secrets.len(), expected.len());

    let oauth = world.ann().oauth();
    let mut found = BTreeMap::new();
    for page in 0.. {
        let apps = oauth
            .get_oauth_apps()
            .page(page)
            .per_page(200)
            .await
            .unwrap();
        if apps.is_empty() {
            break;
        }
        for app in apps {
            assert!(
                found.insert(app.id.clone().unwrap(), app).is_none(),
                "listed twice"
            );
        }
    }
    assert_eq!(found, expected);
}

async fn write(client: Client, number: usize) -> Vec<OAuthApp> {
    let oauth = client.oauth();
    let mut apps = Vec::new();
    for app in 0..APPS {
        let mut body = body();
        body.name = format!("{number} {app}");
        apps.push(oauth.create_oauth_app(body).await.unwrap());
    }
    let id = |app: &OAuthApp| app.id.clone().unwrap();
    let mut changed = change(&id(&apps[1]));
    changed.name = format!("{number} changed");
    apps[1] = oauth.update_oauth_app(id(&apps[1]), changed).await.unwrap();
    apps[2] = oauth
        .regenerate_oauth_app_secret(id(&apps[2]))
        .await
        .unwrap();
    oauth.delete_oauth_app(id(&apps[0])).await.unwrap();
    apps.remove(0);
    apps
}

/// What is there is what one of them wrote, and what it was told.
async fn of_writers_of_one_app_the_last_wins_as_a_whole(database: Database) {
    let world = World::new(database).await;
    let id = world.app().await.id.unwrap();
    let writers = (0..WRITERS).map(|number| {
        let (client, id) = (world.ann(), id.clone());
        tokio::spawn(async move {
            let mut changed = change(&id);
            changed.name = number.to_string();
            changed.description = number.to_string();
            client.oauth().update_oauth_app(&id, changed).await.unwrap()
        })
    });
    let mut told = Vec::new();
    for writer in writers.collect::<Vec<_>>() {
        let app = writer.await.unwrap();
        assert_eq!(app.name, app.description);
        told.push(app);
    }
    let app = world.ann().oauth().get_oauth_app(&id).await.unwrap();
    assert!(told.contains(&app), "{app:?}");
}

async fn an_app_is_deleted_once(database: Database) {
    let world = World::new(database).await;
    let id = world.app().await.id.unwrap();
    let writers = (0..WRITERS).map(|_| {
        let (client, id) = (world.ann(), id.clone());
        tokio::spawn(async move { client.oauth().delete_oauth_app(&id).await.is_ok() })
    });
    let mut deleted = 0;
    for writer in writers.collect::<Vec<_>>() {
        deleted += usize::from(writer.await.unwrap());
    }
    assert_eq!(deleted, 1);
}

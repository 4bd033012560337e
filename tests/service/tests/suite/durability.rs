//! `kill -9` in the middle of writes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use crate::database::{Database, on_both};
use crate::program::{Running, new_app, send};
use crate::world::APPS;

/// What is known of an app.
#[derive(Debug)]
enum Known {
    /// It is there, like this.
    There(Value),
    /// It is there; whether with its first or a second secret wasn't told.
    Somehow,
    /// It was asked to be deleted, and whether it was wasn't told.
    Perhaps,
    /// It is deleted.
    Gone,
}

type Apps = Arc<Mutex<BTreeMap<String, Known>>>;

/// How often the program is killed, and how many write at the same time.
const KILLS: usize = 4;
const WRITERS: usize = 16;

on_both!(what_was_acknowledged_outlives_a_kill);

async fn what_was_acknowledged_outlives_a_kill(database: Database) {
    let running = Running::start(&database, &[]);
    let token = running.first_token().to_owned();
    drop(running);
    let acknowledged = Apps::default();
    for kill in 0..KILLS {
        let mut running = Running::start(&database, &[]);
        let to = Arc::new(Address(running.address.clone(), token.clone()));
        let writers = (0..WRITERS)
            .map(|number| tokio::spawn(write(Arc::clone(&to), number, Arc::clone(&acknowledged))));
        let writers: Vec<_> = writers.collect();
        let before = acknowledged.lock().unwrap().len();
        // In the middle: when each of them has written something, or so.
        while acknowledged.lock().unwrap().len() < before + 2 * WRITERS + kill {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        running.kill();
        for writer in writers {
            writer.await.unwrap();
        }
    }

    let running = Running::start(&database, &[]);
    let acknowledged = std::mem::take(&mut *acknowledged.lock().unwrap());
    assert!(acknowledged.len() > KILLS * WRITERS);
    let mut gone = 0;
    for (id, known) in &acknowledged {
        let (status, app) = running
            .send("GET", &format!("{APPS}/{id}"), &token, "")
            .await
            .unwrap();
        gone += usize::from(matches!(known, Known::Gone));
        let is_so = match known {
            Known::There(expected) => status == 200 && app == *expected,
            Known::Somehow => status == 200,
            Known::Perhaps => status == 200 || status == 404,
            Known::Gone => status == 404,
        };
        assert!(is_so, "{id}: {known:?}, but {status} {app}");
    }
    assert!(gone > 0);
}

/// Where the program listens, and a token.
struct Address(String, String);

/// Registers apps until the program is gone; of each three one is deleted and one gets a new secret.
async fn write(to: Arc<Address>, number: usize, apps: Apps) {
    let Address(address, token) = &*to;
    let tell = |id: &str, known: Known| {
        apps.lock().unwrap().insert(id.to_owned(), known);
    };
    for turn in 0.. {
        let Ok((201, app)) = send(
            address,
            "POST",
            APPS,
            token,
            &new_app(&format!("{number} {turn}")),
        )
        .await
        else {
            return;
        };
        let id = app["id"].as_str().unwrap().to_owned();
        let path = format!("{APPS}/{id}");
        tell(&id, Known::There(app));
        if turn % 3 == 1 {
            tell(&id, Known::Perhaps);
            let Ok((200, _)) = send(address, "DELETE", &path, token, "").await else {
                return;
            };
            tell(&id, Known::Gone);
        } else if turn % 3 == 2 {
            tell(&id, Known::Somehow);
            let Ok((200, app)) =
                send(address, "POST", &format!("{path}/regen_secret"), token, "").await
            else {
                return;
            };
            tell(&id, Known::There(app));
        }
    }
}

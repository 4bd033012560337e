//! The apps. Each method is one statement, and so happens as a whole or not at all.

use std::fmt;

use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};

use super::{Pools, Store, StoreError, now, on};
use crate::secrets::new_id;

/// A registered app.
#[derive(Clone, PartialEq, Eq)]
pub struct App {
    /// Its id.
    pub id: String,
    /// Who registered it; empty for a client that registered itself.
    pub creator_id: String,
    /// Its secret; empty for a public client.
    pub secret: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Where its icon is; empty if it has none.
    pub icon_url: String,
    /// Where users may be sent back to.
    pub callback_urls: Vec<String>,
    /// Its web site.
    pub homepage: String,
    /// Whether users aren't asked for permission.
    pub is_trusted: bool,
    /// Whether it registered itself.
    pub is_dynamically_registered: bool,
    /// When it was registered, in milliseconds since 1970.
    pub create_at: i64,
    /// When it was changed, in milliseconds since 1970.
    pub update_at: i64,
}

/// Hides the secret.
impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("App");
        debug.field("id", &self.id).field("name", &self.name);
        debug.finish_non_exhaustive()
    }
}

/// What an app is registered with.
#[derive(Debug, Clone, Default)]
pub struct NewApp {
    /// Who registers it; empty for a client that registers itself.
    pub creator_id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Where its icon is.
    pub icon_url: String,
    /// Where users may be sent back to.
    pub callback_urls: Vec<String>,
    /// Its web site.
    pub homepage: String,
    /// Whether users aren't asked for permission.
    pub is_trusted: bool,
    /// Whether it has no secret.
    pub is_public: bool,
    /// Whether it registers itself.
    pub is_dynamically_registered: bool,
}

/// What an app is changed to.
#[derive(Debug, Clone)]
pub struct Changes {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Where its icon is.
    pub icon_url: String,
    /// Where users may be sent back to.
    pub callback_urls: Vec<String>,
    /// Its web site.
    pub homepage: String,
    /// Whether users aren't asked for permission; `None` leaves it as it is.
    pub is_trusted: Option<bool>,
}

/// A page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many items come before it.
    pub skipped: i64,
    /// How many items are on it.
    pub size: i64,
}

macro_rules! columns {
    () => {
        "id, creator_id, secret, name, description, icon_url, callback_urls, homepage, is_trusted, \
         is_dynamically_registered, create_at, update_at"
    };
}

/// An app as it is stored.
struct Stored(App);

impl<'r, R: Row> FromRow<'r, R> for Stored
where
    usize: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        let callback_urls: String = row.try_get(6)?;
        let callback_urls = serde_json::from_str(&callback_urls);
        Ok(Self(App {
            id: row.try_get(0)?,
            creator_id: row.try_get(1)?,
            secret: row.try_get(2)?,
            name: row.try_get(3)?,
            description: row.try_get(4)?,
            icon_url: row.try_get(5)?,
            callback_urls: callback_urls.map_err(|error| sqlx::Error::Decode(error.into()))?,
            homepage: row.try_get(7)?,
            is_trusted: row.try_get(8)?,
            is_dynamically_registered: row.try_get(9)?,
            create_at: row.try_get(10)?,
            update_at: row.try_get(11)?,
        }))
    }
}

impl Store {
    /// Registers an app.
    ///
    /// # Errors
    /// If it can't be written.
    pub async fn create(&self, new: NewApp) -> Result<App, StoreError> {
        const INSERT: &str = concat!(
            "INSERT INTO apps (",
            columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        );
        let (id, now) = (new_id(), now());
        let secret = match new.is_public {
            true => String::new(),
            false => new_id(),
        };
        let app = App {
            id,
            creator_id: new.creator_id,
            secret,
            name: new.name,
            description: new.description,
            icon_url: new.icon_url,
            callback_urls: new.callback_urls,
            homepage: new.homepage,
            is_trusted: new.is_trusted,
            is_dynamically_registered: new.is_dynamically_registered,
            create_at: now,
            update_at: now,
        };
        let sealed = self.sealed(&app.id, &app.secret);
        on!(self, write, |pool| {
            let query = sqlx::query(INSERT)
                .bind(&app.id)
                .bind(&app.creator_id)
                .bind(sealed)
                .bind(&app.name)
                .bind(&app.description)
                .bind(&app.icon_url)
                .bind(json(&app.callback_urls))
                .bind(&app.homepage)
                .bind(app.is_trusted)
                .bind(app.is_dynamically_registered)
                .bind(app.create_at)
                .bind(app.update_at);
            query.execute(pool).await?;
        });
        Ok(app)
    }

    /// Finds an app.
    ///
    /// # Errors
    /// If the database can't be asked.
    pub async fn app(&self, id: &str) -> Result<Option<App>, StoreError> {
        const SELECT: &str = concat!("SELECT ", columns!(), " FROM apps WHERE id = $1");
        let app = on!(self, read, |pool| sqlx::query_as(SELECT)
            .bind(id)
            .fetch_optional(pool)
            .await?);
        self.opened(app)
    }

    /// A page of the apps of a creator, or of all, in order of registration.
    ///
    /// # Errors
    /// If the database can't be asked.
    pub async fn apps(&self, creator_id: Option<&str>, page: Page) -> Result<Vec<App>, StoreError> {
        const ALL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM apps ORDER BY create_at, id LIMIT $1 OFFSET $2"
        );
        const OWN: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM apps WHERE creator_id = $3 ORDER BY create_at, id LIMIT $1 OFFSET $2"
        );
        let apps: Vec<Stored> = on!(self, read, |pool| match creator_id {
            None =>
                sqlx::query_as(ALL)
                    .bind(page.size)
                    .bind(page.skipped)
                    .fetch_all(pool)
                    .await?,
            Some(id) => {
                let query = sqlx::query_as(OWN).bind(page.size).bind(page.skipped);
                query.bind(id).fetch_all(pool).await?
            }
        });
        apps.into_iter().map(|app| self.open_app(app)).collect()
    }

    /// A page of the apps that a user has authorized, in order of registration.
    ///
    /// # Errors
    /// If the database can't be asked.
    pub async fn authorized(&self, user_id: &str, page: Page) -> Result<Vec<App>, StoreError> {
        const SELECT: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM apps WHERE id IN (SELECT app_id FROM authorizations WHERE user_id = $1) \
             ORDER BY create_at, id LIMIT $2 OFFSET $3"
        );
        let apps: Vec<Stored> = on!(self, read, |pool| {
            let query = sqlx::query_as(SELECT).bind(user_id);
            query
                .bind(page.size)
                .bind(page.skipped)
                .fetch_all(pool)
                .await?
        });
        apps.into_iter().map(|app| self.open_app(app)).collect()
    }

    /// Changes an app. Returns `None` if there is none, or no longer.
    ///
    /// # Errors
    /// If it can't be written.
    pub async fn update(&self, id: &str, changes: Changes) -> Result<Option<App>, StoreError> {
        const UPDATE: &str = concat!(
            "UPDATE apps SET name = $2, description = $3, icon_url = $4, callback_urls = $5, homepage = $6, \
             is_trusted = COALESCE($7, is_trusted), update_at = $8 WHERE id = $1 RETURNING ",
            columns!()
        );
        let app = on!(self, write, |pool| {
            let query = sqlx::query_as(UPDATE)
                .bind(id)
                .bind(&changes.name)
                .bind(&changes.description)
                .bind(&changes.icon_url)
                .bind(json(&changes.callback_urls))
                .bind(&changes.homepage)
                .bind(changes.is_trusted)
                .bind(now());
            query.fetch_optional(pool).await?
        });
        self.opened(app)
    }

    /// Gives an app a new secret. Returns `None` if there is no such app, or it has no secret.
    ///
    /// # Errors
    /// If it can't be written.
    pub async fn regenerate(&self, id: &str) -> Result<Option<App>, StoreError> {
        const UPDATE: &str = concat!(
            "UPDATE apps SET secret = $2, update_at = $3 WHERE id = $1 AND secret <> '' RETURNING ",
            columns!()
        );
        let sealed = self.sealed(id, &new_id());
        let app = on!(self, write, |pool| {
            let query = sqlx::query_as(UPDATE).bind(id).bind(sealed);
            query.bind(now()).fetch_optional(pool).await?
        });
        self.opened(app)
    }

    /// Deletes an app, and what users have authorized it to. Returns whether there was one.
    ///
    /// # Errors
    /// If it can't be written.
    pub async fn delete(&self, id: &str) -> Result<bool, StoreError> {
        const DELETE: &str = "DELETE FROM apps WHERE id = $1";
        let deleted = on!(self, write, |pool| {
            let done = sqlx::query(DELETE).bind(id).execute(pool).await?;
            done.rows_affected()
        });
        Ok(deleted > 0)
    }

    fn sealed(&self, id: &str, secret: &str) -> String {
        match secret.is_empty() {
            true => String::new(),
            false => self.keys.seal(id, secret),
        }
    }

    fn opened(&self, app: Option<Stored>) -> Result<Option<App>, StoreError> {
        app.map(|app| self.open_app(app)).transpose()
    }

    fn open_app(&self, Stored(mut app): Stored) -> Result<App, StoreError> {
        if !app.secret.is_empty() {
            app.secret = self.keys.open(&app.id, &app.secret)?;
        }
        Ok(app)
    }
}

fn json(urls: &[String]) -> String {
    serde_json::Value::from(urls).to_string()
}

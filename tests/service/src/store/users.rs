//! Users, their tokens, and what they have authorized.

use std::time::Duration;

use super::{Pools, Store, StoreError, millis, now, on};
use crate::secrets::{is_same, new_id, token_hash};
use crate::session::{Permissions, Session};

impl Store {
    /// The session of a token; `None` if there is none or it has expired.
    ///
    /// # Errors
    /// If the database can't be asked.
    pub async fn session(&self, token: &str) -> Result<Option<Session>, StoreError> {
        const SELECT: &str = "SELECT t.hash, t.expires_at, u.id, u.permissions \
            FROM tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = $1";
        let hash = token_hash(token);
        let found: Option<(String, Option<i64>, String, String)> =
            on!(self, read, |pool| sqlx::query_as(SELECT)
                .bind(&hash)
                .fetch_optional(pool)
                .await?);
        // How long the index takes tells something of a hash, and nothing of the token. Whether it is the right one is for this
        // comparison to say, and not for a collation.
        let session = found.filter(|(stored, expires_at, _, _)| {
            is_same(stored, &hash) && expires_at.is_none_or(|end| end > now())
        });
        Ok(session.map(|(_, _, user_id, permissions)| Session {
            user_id,
            permissions: Permissions::named(&permissions),
        }))
    }

    /// Adds a user, or changes the permissions of the user with this name. Returns the user's id.
    ///
    /// # Errors
    /// If it can't be written.
    pub async fn put_user(
        &self,
        name: &str,
        permissions: Permissions,
    ) -> Result<String, StoreError> {
        const UPSERT: &str = "INSERT INTO users (id, name, permissions, create_at) VALUES ($1, $2, $3, $4) \
            ON CONFLICT (name) DO UPDATE SET permissions = excluded.permissions RETURNING id";
        let (id, permissions) = (new_id(), permissions.names());
        let id = on!(self, write, |pool| {
            let query = sqlx::query_scalar(UPSERT).bind(id).bind(name);
            query.bind(permissions).bind(now()).fetch_one(pool).await?
        });
        Ok(id)
    }

    /// Whether there are any users.
    ///
    /// # Errors
    /// If the database can't be asked.
    pub async fn has_users(&self) -> Result<bool, StoreError> {
        const SELECT: &str = "SELECT COUNT(*) FROM users";
        let users: i64 = on!(self, read, |pool| sqlx::query_scalar(SELECT)
            .fetch_one(pool)
            .await?);
        Ok(users > 0)
    }

    /// Makes a token of a user, which is known only to the caller from now on. Without a lifetime it doesn't expire.
    ///
    /// # Errors
    /// If it can't be written.
    pub async fn add_token(
        &self,
        user_id: &str,
        lifetime: Option<Duration>,
    ) -> Result<String, StoreError> {
        const INSERT: &str =
            "INSERT INTO tokens (hash, user_id, create_at, expires_at) VALUES ($1, $2, $3, $4)";
        let (token, now) = (new_id(), now());
        let end = lifetime.map(|lifetime| now.saturating_add(millis(lifetime)));
        on!(self, write, |pool| {
            let query = sqlx::query(INSERT).bind(token_hash(&token)).bind(user_id);
            query.bind(now).bind(end).execute(pool).await?;
        });
        Ok(token)
    }

    /// Lets an app act for a user.
    ///
    /// # Errors
    /// If it can't be written, because there is no such user or app for one.
    pub async fn authorize(&self, user_id: &str, app_id: &str) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO authorizations (user_id, app_id, create_at) VALUES ($1, $2, $3) \
            ON CONFLICT (user_id, app_id) DO NOTHING";
        on!(self, write, |pool| {
            let query = sqlx::query(INSERT).bind(user_id).bind(app_id);
            query.bind(now()).execute(pool).await?;
        });
        Ok(())
    }
}

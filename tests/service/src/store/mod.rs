//! The database: SQLite or PostgreSQL. What is written is on disk before the caller hears of it.

mod apps;
mod users;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use crate::secrets::{Keyring, Unreadable};

pub use apps::{App, Changes, NewApp, Page};

/// How long a request waits for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections to PostgreSQL, and those that read from SQLite.
const CONNECTIONS: u32 = 10;
const READERS: u32 = 4;

/// Does the same on the pool of either kind of database, whose queries are different types.
macro_rules! on {
    ($store:expr, $use:ident, |$pool:ident| $query:expr) => {
        match &$store.pools {
            Pools::Sqlite { $use: $pool, .. } => $query,
            Pools::Postgres($pool) => $query,
        }
    };
}
use on;

/// The database. Clones share it.
#[derive(Clone)]
pub struct Store {
    pools: Pools,
    keys: Keyring,
}

#[derive(Clone)]
enum Pools {
    /// One connection writes: SQLite has one writer at a time, and connections that compete for it would wait for each other by polling.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// Error returned by the database.
#[derive(Debug)]
pub enum StoreError {
    /// The URL isn't one of a supported database.
    Url(String),
    /// The schema can't be made.
    Schema(MigrateError),
    /// A query failed.
    Query(sqlx::Error),
    /// The keys aren't those that the secrets in the database were encrypted with.
    Secret(Unreadable),
}

impl StoreError {
    /// Whether the same may work a moment later.
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::Query(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_))
        )
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(reason) => f.write_str(reason),
            Self::Schema(error) => write!(f, "the tables can't be made: {error}"),
            Self::Query(error) => error.fmt(f),
            Self::Secret(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Query(error)
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        Self::Schema(error)
    }
}

impl From<Unreadable> for StoreError {
    fn from(error: Unreadable) -> Self {
        Self::Secret(error)
    }
}

impl Store {
    /// Opens the database of a URL (`sqlite:FILE`, `sqlite::memory:` or `postgres://…`), and brings its tables up to date.
    ///
    /// # Errors
    /// If the URL is of another kind, the database can't be reached, or was written with other keys.
    pub async fn open(url: &str, keys: Keyring) -> Result<Self, StoreError> {
        let pools = match url.split_once(':') {
            Some(("sqlite", _)) => sqlite(url).await?,
            Some(("postgres" | "postgresql", _)) => postgres(url).await?,
            _ => {
                let reason = "a database URL begins with sqlite: or postgres://";
                return Err(StoreError::Url(reason.to_owned()));
            }
        };
        let store = Self { pools, keys };
        on!(store, write, |pool| migrator().run(pool).await)?;
        store.check_keys().await?;
        Ok(store)
    }

    /// Closes the connections, once what they do is done.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// Encrypts a known text into a new database, and decrypts it from an old one: that a key is missing should be known at the start, and
    /// not when somebody asks for a secret.
    async fn check_keys(&self) -> Result<(), StoreError> {
        const NAME: &str = "key-check";
        const INSERT: &str =
            "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        const SELECT: &str = "SELECT value FROM settings WHERE name = $1";
        let sealed = self.keys.seal(NAME, NAME);
        on!(self, write, |pool| {
            sqlx::query(INSERT)
                .bind(NAME)
                .bind(&sealed)
                .execute(pool)
                .await?;
        });
        let stored: String = on!(self, write, |pool| sqlx::query_scalar(SELECT)
            .bind(NAME)
            .fetch_one(pool)
            .await?);
        self.keys.open(NAME, &stored)?;
        Ok(())
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.pools {
            Pools::Sqlite { .. } => "SQLite",
            Pools::Postgres(_) => "PostgreSQL",
        };
        f.debug_tuple("Store").field(&kind).finish()
    }
}

async fn sqlite(url: &str) -> Result<Pools, StoreError> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|error| StoreError::Url(error.to_string()))?
        .create_if_missing(true)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .journal_mode(SqliteJournalMode::Wal)
        // What was acknowledged outlives a loss of power, and not only of the process.
        .synchronous(SqliteSynchronous::Full);
    let pool = |connections: u32| {
        // A connection lives as long as the pool: a database in memory would go with it, and a file has nothing that might hang up.
        SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(PATIENCE)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
    };
    let write = pool(1).connect_with(options.clone()).await?;
    let is_memory = url.contains(":memory:") || url.contains("mode=memory");
    let read = match is_memory {
        true => write.clone(),
        false => pool(READERS).connect_with(options).await?,
    };
    Ok(Pools::Sqlite { read, write })
}

async fn postgres(url: &str) -> Result<Pools, StoreError> {
    let options = PgConnectOptions::from_str(url);
    let options = options.map_err(|error| StoreError::Url(error.to_string()))?;
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE);
    Ok(Pools::Postgres(pool.connect_with(options).await?))
}

/// The versions of the tables.
fn migrator() -> Migrator {
    let sql = include_str!("../../migrations/0001_apps.sql");
    let apps = Migration::new(
        1,
        Cow::Borrowed("apps"),
        MigrationType::Simple,
        AssertSqlSafe(sql).into_sql_str(),
        false,
    );
    Migrator::with_migrations(vec![apps])
}

/// Milliseconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, millis)
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

//! The start and the end of the program.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::config::{Config, Key};
use crate::secrets::{self, Keyring};
use crate::session::{Permission, Permissions};
use crate::store::Store;

/// The name of the first user, who has all permissions.
const ADMIN: &str = "admin";

/// Opens the database with its keys.
///
/// # Errors
/// If there are no keys, or the database can't be opened with them.
pub async fn open(config: &Config) -> Result<Store, Box<dyn Error>> {
    let keys = match &config.keys {
        Some(keys) => keys.clone(),
        None => vec![stored_key(&config.database_url)?],
    };
    let (first, older) = keys.split_first().ok_or("SERVICE_KEYS is empty")?;
    let older: Vec<[u8; 32]> = older.iter().map(|key| key.0).collect();
    let store = Store::open(&config.database_url, Keyring::new(first.0, &older)).await;
    store.map_err(|error| format!("the database can't be opened: {error}").into())
}

/// The key next to a file of SQLite, which is made with it: whoever copies the database alone has no secrets. A database in memory gets one
/// that is gone with it.
fn stored_key(url: &str) -> Result<Key, Box<dyn Error>> {
    let Some(file) = url.strip_prefix("sqlite:") else {
        return Err("SERVICE_KEYS is not set, which encrypts the client secrets in a database on a server; `openssl rand -hex 32` makes a key".into());
    };
    let file = file
        .trim_start_matches("//")
        .split('?')
        .next()
        .unwrap_or_default();
    let new = Keyring::new_key();
    let text = match file.contains(":memory:") || url.contains("mode=memory") {
        true => new,
        false => read_or_write(&PathBuf::from(format!("{file}.key")), Path::new(file), new)?,
    };
    let key = secrets::key(text.trim())
        .ok_or_else(|| format!("{file}.key doesn't hold a key of 64 hexadecimal digits"))?;
    Ok(Key(key))
}

fn read_or_write(path: &Path, database: &Path, new: String) -> Result<String, Box<dyn Error>> {
    match fs::read_to_string(path) {
        Ok(key) => return Ok(key),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(format!("{}: {error}", path.display()).into());
        }
        Err(_) if database.exists() => {
            return Err(format!(
                "{} is missing: the key of the secrets in {}; set SERVICE_KEYS, or bring it back",
                path.display(),
                database.display()
            )
            .into());
        }
        Err(_) => {}
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(new.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(new)
}

/// Makes the first user of a new database, and returns the user's token. `None` if there are users.
///
/// # Errors
/// If it can't be written.
pub async fn first_token(store: &Store) -> Result<Option<String>, Box<dyn Error>> {
    if store.has_users().await? {
        return Ok(None);
    }
    let user_id = store
        .put_user(ADMIN, Permission::ALL.into_iter().collect::<Permissions>())
        .await?;
    Ok(Some(store.add_token(&user_id, None).await?))
}

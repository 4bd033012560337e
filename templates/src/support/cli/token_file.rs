//! The tokens of users who are logged in, in a file that only its owner may read. Needs `lock.rs`, `profile.rs`.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use super::{Lock, Unread, owned};

/// The tokens of a user. Their texts never show in `Debug` output.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StoredTokens {
    /// The server that they are for, and no other.
    pub(crate) server: String,
    /// The id of the client that they were issued to.
    pub(crate) client_id: String,
    pub(crate) access_token: String,
    pub(crate) refresh_token: Option<String>,
    /// When the access token ends, in seconds since 1970, if that is known.
    pub(crate) expires_at: Option<u64>,
}

impl StoredTokens {
    /// How long the access token is valid, if that is known.
    pub(crate) fn lifetime(&self) -> Option<Duration> {
        let left = self.expires_at?.saturating_sub(now());
        Some(Duration::from_secs(left))
    }

    fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
        Some(Self {
            server: text("server")?,
            client_id: text("client_id")?,
            access_token: text("access_token")?,
            refresh_token: text("refresh_token"),
            expires_at: value.get("expires_at").and_then(Value::as_u64),
        })
    }

    fn value(&self) -> Value {
        let texts = [
            ("server", Some(&self.server)),
            ("client_id", Some(&self.client_id)),
            ("access_token", Some(&self.access_token)),
            ("refresh_token", self.refresh_token.as_ref()),
        ];
        let texts = texts.into_iter();
        let texts = texts.filter_map(|(name, text)| Some((name, Value::from(text?.as_str()))));
        let end = self.expires_at.map(|end| ("expires_at", Value::from(end)));
        let all = texts.chain(end);
        all.map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

impl fmt::Debug for StoredTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredTokens")
            .field("server", &self.server)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |time| time.as_secs())
}

/// The file with the tokens of all profiles: an object for each, with an object for each credential.
#[derive(Debug, Clone)]
pub(crate) struct TokenFile(PathBuf);

impl TokenFile {
    /// The file in a directory of profiles.
    pub(crate) fn of(directory: &Path) -> Self {
        Self(directory.join("tokens.json"))
    }

    pub(crate) fn exists(&self) -> bool {
        self.0.exists()
    }

    /// Waits until no other program changes the file. What was read before may have changed.
    pub(crate) async fn lock(&self) -> Result<Lock, String> {
        let path = self.0.with_extension("lock");
        let made = self.0.parent().map(make_private_directory).transpose();
        let lock = match made {
            Ok(_) => Lock::wait(path.clone()).await,
            Err(error) => Err(error),
        };
        lock.map_err(|error| format!("{} can't be locked: {error}", path.display()))
    }

    /// The tokens of a profile for a credential.
    pub(crate) fn read(&self, profile: &str, name: &str) -> Result<Option<StoredTokens>, String> {
        let all = self.all()?;
        let found = all.get(profile).and_then(|profile| profile.get(name));
        Ok(found.and_then(StoredTokens::read))
    }

    /// Keeps the tokens of a profile for a credential.
    pub(crate) fn write(
        &self,
        _: &Lock,
        profile: &str,
        name: &str,
        tokens: &StoredTokens,
    ) -> Result<(), String> {
        let mut all = self.all()?;
        let profile = all.entry(profile).or_insert_with(|| Map::new().into());
        if let Some(profile) = profile.as_object_mut() {
            profile.insert(name.to_owned(), tokens.value());
        }
        self.replace(&all)
    }

    /// Forgets the tokens of a profile. Returns them with the names of their credentials; `None` if there were none.
    pub(crate) fn take(
        &self,
        _: &Lock,
        profile: &str,
    ) -> Result<Option<Vec<(String, StoredTokens)>>, String> {
        let mut all = self.all()?;
        let Some(profile) = all.remove(profile) else {
            return Ok(None);
        };
        self.replace(&all)?;
        let tokens = profile.as_object().into_iter().flatten();
        let tokens =
            tokens.filter_map(|(name, value)| Some((name.clone(), StoredTokens::read(value)?)));
        Ok(Some(tokens.collect()))
    }

    fn all(&self) -> Result<Map<String, Value>, String> {
        let wrong = |what: String| format!("{}: {what}", self.0.display());
        match owned(&self.0) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| wrong(error.to_string())),
            Err(Unread::Missing) => Ok(Map::new()),
            Err(Unread::Other(what)) => Err(wrong(what)),
        }
    }

    /// Writes another file and puts it in the place of this one, so that there is never half of it.
    fn replace(&self, all: &Map<String, Value>) -> Result<(), String> {
        let new = format!("json.{}", std::process::id());
        let new = self.0.with_extension(new);
        let text = Value::from(all.clone()).to_string();
        let write = || {
            // What a killed process has left.
            let _ = fs::remove_file(&new);
            let mut file = new_private_file(&new)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&new, &self.0)
        };
        write().map_err(|error| {
            let _ = fs::remove_file(&new);
            format!("{} can't be written: {error}", self.0.display())
        })
    }
}

fn make_private_directory(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

fn new_private_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(path)
}

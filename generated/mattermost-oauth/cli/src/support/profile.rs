//! Profiles: servers and credentials by name, in a file that only its owner may read. Needs `api.rs`, `problem.rs`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Api, Problem};

/// The profile that is used if none is chosen.
pub(crate) const DEFAULT_PROFILE: &str = "default";

/// What a profile has.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) server: Option<String>,
    pub(crate) timeout: Option<String>,
    pub(crate) credentials: BTreeMap<String, String>,
}

impl Profile {
    /// Reads the chosen profile, or the default one, which needn't exist.
    pub(crate) fn read<C>(api: &Api<C>, chosen: Option<&str>) -> Result<Self, Problem> {
        let Some(path) = directory(api.name).map(|path| path.join("config.toml")) else {
            return Ok(Self::default());
        };
        let wrong = |what: String| Problem::usage(format!("{}: {what}", path.display()));
        let text = match owned(&path) {
            Ok(text) => text,
            Err(Unread::Missing) if chosen.is_none() => return Ok(Self::default()),
            Err(Unread::Missing) => {
                return Err(wrong("the file of profiles doesn't exist".to_owned()));
            }
            Err(Unread::Other(what)) => return Err(wrong(what)),
        };
        let known: Vec<&str> = api.credentials.iter().map(|one| one.name).collect();
        Self::of(&text, chosen, &known).map_err(wrong)
    }

    /// The profile in the text of a file; `known` are the names of credentials.
    pub(crate) fn of(text: &str, chosen: Option<&str>, known: &[&str]) -> Result<Self, String> {
        let name = chosen.unwrap_or(DEFAULT_PROFILE);
        let mut profiles: BTreeMap<String, Value> =
            toml::from_str(text).map_err(|error| error.to_string())?;
        let Some(profile) = profiles.remove(name) else {
            return match chosen {
                None => Ok(Self::default()),
                Some(_) => Err(format!("there is no profile `{name}`")),
            };
        };
        let Value::Object(profile) = profile else {
            return Err(format!("`{name}` isn't a table"));
        };
        let mut found = Self::default();
        for (key, value) in profile {
            match (key.as_str(), value) {
                ("server", Value::String(text)) => found.server = Some(text),
                ("timeout", Value::String(text)) => found.timeout = Some(text),
                ("credentials", Value::Object(credentials)) => {
                    for (key, value) in credentials {
                        let (Value::String(text), true) = (value, known.contains(&key.as_str()))
                        else {
                            let known = known.join(", ");
                            return Err(format!(
                                "`{name}.credentials.{key}` isn't the text of one of: {known}"
                            ));
                        };
                        found.credentials.insert(key, text);
                    }
                }
                (key, _) => {
                    return Err(format!(
                        "`{name}.{key}` is none of: server and timeout, which are text, credentials, which is a table"
                    ));
                }
            }
        }
        Ok(found)
    }
}

/// The directory of profiles (XDG Base Directory Specification; on Windows, in that of the user's settings).
pub(crate) fn directory(api: &str) -> Option<PathBuf> {
    let directory = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let base = directory("XDG_CONFIG_HOME")
        .or_else(|| directory("APPDATA").filter(|_| cfg!(windows)))
        .or_else(|| Some(directory("HOME")?.join(".config")))?;
    Some(base.join(api))
}

/// Why a file isn't read.
pub(crate) enum Unread {
    Missing,
    Other(String),
}

/// The text of a file that nobody else may read.
pub(crate) fn owned(path: &Path) -> Result<String, Unread> {
    let other = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Unread::Missing,
        _ => Unread::Other(error.to_string()),
    };
    let mut file = File::open(path).map_err(other)?;
    if is_open_to_others(&file) {
        let message = "others may read the file, which has credentials: chmod 600";
        return Err(Unread::Other(message.to_owned()));
    }
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(other)?;
    Ok(text)
}

#[cfg(unix)]
fn is_open_to_others(file: &File) -> bool {
    use std::os::unix::fs::PermissionsExt;

    file.metadata()
        .is_ok_and(|data| data.permissions().mode() & 0o077 != 0)
}

/// Elsewhere the directory of the user's settings is private.
#[cfg(not(unix))]
fn is_open_to_others(_: &File) -> bool {
    false
}

//! The configuration, from the environment. All that is wrong is told at once.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;
use std::time::Duration;

use mattermost_oauth_server::runtime::ResponseChecks;

use crate::listen::Limits;
use crate::provider::Settings;
use crate::rules::is_web;
use crate::secrets;

/// The variables: name, default, meaning.
pub const VARIABLES: [(&str, &str, &str); 14] = [
    (
        "DATABASE_URL",
        "sqlite:mattermost-oauth.db",
        "sqlite:FILE, sqlite::memory: or postgres://USER:PASSWORD@HOST/NAME",
    ),
    (
        "SERVICE_LISTEN",
        "127.0.0.1:8065",
        "the address and port to listen on",
    ),
    (
        "SERVICE_SITE_URL",
        "http:// and the address",
        "the URL under which clients reach the service, without a path's last slash",
    ),
    (
        "SERVICE_KEYS",
        "in FILE.key for a SQLite file",
        "64 hexadecimal digits that encrypt client secrets; after a comma older keys, which only decrypt",
    ),
    (
        "SERVICE_PROVIDER",
        "on",
        "whether the OAuth provider is switched on: on, off",
    ),
    (
        "SERVICE_REGISTRATION",
        "off",
        "whether clients may register themselves (RFC 7591): on, off",
    ),
    (
        "SERVICE_REGISTRATIONS_PER_SECOND",
        "2",
        "how many clients may register themselves in a second; 0 is no limit",
    ),
    (
        "SERVICE_MAX_BODY",
        "65536",
        "the most bytes of a request's body",
    ),
    (
        "SERVICE_MAX_CONNECTIONS",
        "10000",
        "how many connections are open at a time",
    ),
    (
        "SERVICE_HEAD_SECONDS",
        "15",
        "how long the head of a request may take, and a connection be idle",
    ),
    (
        "SERVICE_BODY_SECONDS",
        "15",
        "how long the body of a request may take",
    ),
    (
        "SERVICE_WRITE_SECONDS",
        "15",
        "how long a peer may take nothing of a response",
    ),
    (
        "SERVICE_GRACE_SECONDS",
        "10",
        "how long requests may go on after SIGTERM or Ctrl-C",
    ),
    (
        "SERVICE_CHECK_RESPONSES",
        "off",
        "what happens to responses that aren't as described: off, log, refuse (500)",
    ),
];

/// The configuration of the service.
#[derive(Debug, Clone)]
pub struct Config {
    /// The database.
    pub database_url: String,
    /// The keys of client secrets, if there are any in the environment.
    pub keys: Option<Vec<Key>>,
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The settings of the provider.
    pub settings: Settings,
    /// The most bytes of a body.
    pub max_body: usize,
    /// The time for a body.
    pub body_timeout: Duration,
    /// What connections may cost.
    pub limits: Limits,
    /// What happens to responses that aren't as described.
    pub checks: ResponseChecks,
}

/// A key of client secrets.
#[derive(Clone)]
pub struct Key(pub [u8; 32]);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// Error returned for a configuration that isn't valid: each variable with what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigErrors(Vec<(String, String)>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration is not valid")?;
        self.0
            .iter()
            .try_for_each(|(name, wrong)| write!(f, "\n  {name}: {wrong}"))
    }
}

impl std::error::Error for ConfigErrors {}

impl Config {
    /// Reads the configuration from variables, such as `std::env::vars()`.
    ///
    /// # Errors
    /// With everything that is wrong, which includes variables that begin with `SERVICE_` and aren't known.
    pub fn read(
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigErrors> {
        let known = |name: &str| VARIABLES.iter().any(|(known, _, _)| *known == name);
        let variables = variables.into_iter();
        let ours = variables.filter(|(name, _)| known(name) || name.starts_with("SERVICE_"));
        let mut reader = Reader {
            variables: ours.collect(),
            errors: Vec::new(),
        };

        let listen = reader.parsed(
            "SERVICE_LISTEN",
            "an address and port, such as 127.0.0.1:8065",
        );
        let listen = listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8065)));
        let config = Self {
            database_url: reader
                .take("DATABASE_URL")
                .unwrap_or_else(|| VARIABLES[0].1.to_owned()),
            keys: reader.keys(),
            listen,
            settings: Settings {
                site_url: reader.site_url().unwrap_or_default(),
                is_on: reader.switch("SERVICE_PROVIDER", true),
                has_registration: reader.switch("SERVICE_REGISTRATION", false),
                registrations_per_second: reader.number("SERVICE_REGISTRATIONS_PER_SECOND", 0, 2),
            },
            max_body: reader.number("SERVICE_MAX_BODY", 1, 64 << 10),
            body_timeout: reader.seconds("SERVICE_BODY_SECONDS", 15),
            limits: Limits {
                connections: reader
                    .number("SERVICE_MAX_CONNECTIONS", 1, 10_000)
                    .min(1 << 20),
                head: reader.seconds("SERVICE_HEAD_SECONDS", 15),
                write: reader.seconds("SERVICE_WRITE_SECONDS", 15),
                grace: reader.seconds("SERVICE_GRACE_SECONDS", 10),
            },
            checks: reader.checks(),
        };
        reader.rest();
        match reader.errors.is_empty() {
            true => Ok(config),
            false => Err(ConfigErrors(reader.errors)),
        }
    }
}

struct Reader {
    variables: BTreeMap<String, String>,
    errors: Vec<(String, String)>,
}

impl Reader {
    /// The value of a variable; an empty one is as none.
    fn take(&mut self, name: &str) -> Option<String> {
        self.variables
            .remove(name)
            .filter(|value| !value.is_empty())
    }

    fn wrong(&mut self, name: &str, wrong: impl Into<String>) {
        self.errors.push((name.to_owned(), wrong.into()));
    }

    fn parsed<T: FromStr>(&mut self, name: &str, wanted: &str) -> Option<T> {
        let value = self.take(name)?;
        let parsed = value.parse().ok();
        if parsed.is_none() {
            self.wrong(name, format!("`{value}` is not {wanted}"));
        }
        parsed
    }

    fn number<T: FromStr + PartialOrd + Copy + fmt::Display>(
        &mut self,
        name: &str,
        least: T,
        default: T,
    ) -> T {
        match self.parsed(name, "a whole number") {
            Some(number) if number < least => {
                self.wrong(name, format!("it must be at least {least}"));
                default
            }
            number => number.unwrap_or(default),
        }
    }

    fn seconds(&mut self, name: &str, default: u32) -> Duration {
        Duration::from_secs(self.number(name, 1, default).into())
    }

    fn switch(&mut self, name: &str, default: bool) -> bool {
        match self.take(name).as_deref() {
            None => default,
            Some("on") => true,
            Some("off") => false,
            Some(other) => {
                self.wrong(name, format!("`{other}` is neither `on` nor `off`"));
                default
            }
        }
    }

    fn checks(&mut self) -> ResponseChecks {
        let name = "SERVICE_CHECK_RESPONSES";
        match self.take(name).as_deref() {
            None | Some("off") => ResponseChecks::Off,
            Some("log") => ResponseChecks::Log,
            Some("refuse") => ResponseChecks::Refuse,
            Some(other) => {
                self.wrong(
                    name,
                    format!("`{other}` is neither `off` nor `log` nor `refuse`"),
                );
                ResponseChecks::Off
            }
        }
    }

    /// The issuer of RFC 8414, section 2: without query and fragment.
    fn site_url(&mut self) -> Option<String> {
        let url = self.take("SERVICE_SITE_URL")?;
        if !is_web(&url) || url.contains(['?', '#']) {
            self.wrong(
                "SERVICE_SITE_URL",
                format!("`{url}` is not an http or https URL without query and fragment"),
            );
        }
        Some(url.trim_end_matches('/').to_owned())
    }

    /// The keys. What is wrong with one doesn't go into a message.
    fn keys(&mut self) -> Option<Vec<Key>> {
        let text = self.take("SERVICE_KEYS")?;
        let keys: Option<Vec<Key>> = text
            .split(',')
            .map(|key| secrets::key(key.trim()).map(Key))
            .collect();
        if keys.is_none() {
            self.wrong(
                "SERVICE_KEYS",
                "each key must be 64 hexadecimal digits, as `openssl rand -hex 32` makes them",
            );
        }
        keys
    }

    /// What is left isn't known.
    fn rest(&mut self) {
        for name in std::mem::take(&mut self.variables).into_keys() {
            if !VARIABLES.iter().any(|(known, _, _)| *known == name) {
                self.wrong(&name, "there is no such variable; `--help` lists all");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigErrors> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Config::read(variables.iter().map(owned))
    }

    #[test]
    fn nothing_has_to_be_configured() {
        let config = read(&[("PATH", "/bin")]).unwrap();
        assert_eq!(config.database_url, "sqlite:mattermost-oauth.db");
        assert_eq!(
            config.settings.site_url, "",
            "the address, once it is known"
        );
        assert!(config.settings.is_on && !config.settings.has_registration);
        assert!(config.keys.is_none());
    }

    #[test]
    fn values_are_read() {
        let key = "0".repeat(64);
        let config = read(&[
            ("DATABASE_URL", "postgres://a@b/c"),
            ("SERVICE_LISTEN", "[::1]:80"),
            ("SERVICE_SITE_URL", "https://chat.example/"),
            ("SERVICE_KEYS", &format!("{key}, {key}")),
            ("SERVICE_REGISTRATION", "on"),
            ("SERVICE_REGISTRATIONS_PER_SECOND", "0"),
            ("SERVICE_HEAD_SECONDS", "3"),
            ("SERVICE_MAX_BODY", ""),
            ("SERVICE_CHECK_RESPONSES", "refuse"),
        ])
        .unwrap();
        assert_eq!(config.listen.to_string(), "[::1]:80");
        assert_eq!(config.settings.site_url, "https://chat.example");
        assert_eq!(config.keys.as_ref().unwrap().len(), 2);
        assert!(config.settings.has_registration);
        assert_eq!(config.limits.head, Duration::from_secs(3));
        assert_eq!(config.max_body, 64 << 10);
        assert_eq!(config.checks, ResponseChecks::Refuse);
        assert!(!format!("{config:?}").contains(&key));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once_and_no_key() {
        let errors = read(&[
            ("SERVICE_LISTEN", "here"),
            ("SERVICE_KEYS", "s3cret"),
            ("SERVICE_SITE_URL", "chat.example"),
            ("SERVICE_PROVIDER", "yes"),
            ("SERVICE_MAX_BODY", "0"),
            ("SERVICE_GRACE_SECONDS", "-1"),
            ("SERVICE_CHECK_RESPONSES", "on"),
            ("SERVICE_LISTENS", "x"),
        ])
        .unwrap_err()
        .to_string();
        assert_eq!(
            errors,
            "the configuration is not valid\n\
             \x20 SERVICE_LISTEN: `here` is not an address and port, such as 127.0.0.1:8065\n\
             \x20 SERVICE_KEYS: each key must be 64 hexadecimal digits, as `openssl rand -hex 32` makes them\n\
             \x20 SERVICE_SITE_URL: `chat.example` is not an http or https URL without query and fragment\n\
             \x20 SERVICE_PROVIDER: `yes` is neither `on` nor `off`\n\
             \x20 SERVICE_MAX_BODY: it must be at least 1\n\
             \x20 SERVICE_GRACE_SECONDS: `-1` is not a whole number\n\
             \x20 SERVICE_CHECK_RESPONSES: `on` is neither `off` nor `log` nor `refuse`\n\
             \x20 SERVICE_LISTENS: there is no such variable; `--help` lists all"
        );
    }
}

//! The configuration, from the environment.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;
use std::time::Duration;

use tracing_subscriber::filter::{LevelFilter, Targets};

use api_server::runtime::ResponseChecks;
 //: secured
use crate::auth::Secret; //: secured

/// The configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// `LISTEN`: address and port.
    pub listen: SocketAddr,
    /// `LOG`: what is logged.
    pub log: Targets,
    /// `LOG_FORMAT`: how it is logged.
    pub log_format: LogFormat,
    /// `GRACE_SECONDS`: how long requests may go on when the service has to stop.
    pub grace: Duration,
    /// `CHECK_RESPONSES`: what happens to responses that aren't as described.
    pub checks: ResponseChecks,
    /// `API_TOKEN`: what callers present. //: secured
    pub token: Option<Secret>, //: secured
}

/// The format of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// An object for each line.
    Json,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            log: Targets::new().with_default(LevelFilter::INFO),
            log_format: LogFormat::Text,
            grace: Duration::from_secs(10),
            checks: ResponseChecks::Off,
            token: None, //: secured
        }
    }
}

impl Config {
    /// Reads the variables of the process.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::read(|name| std::env::var(name).ok())
    }

    /// Reads variables. An empty one is as none.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let get = |name: &'static str| variable(name).filter(|value| !value.is_empty());
        let mut config = Self::default();
        if let Some(value) = get("LISTEN") {
            config.listen = parsed("LISTEN", &value, "such as 127.0.0.1:3000")?;
        }
        if let Some(value) = get("LOG") {
            config.log = parsed("LOG", &value, "such as `info`")?;
        }
        if let Some(value) = get("LOG_FORMAT") {
            config.log_format = parsed("LOG_FORMAT", &value, "`text` or `json`")?;
        }
        if let Some(value) = get("GRACE_SECONDS") {
            let seconds = parsed("GRACE_SECONDS", &value, "a whole number")?;
            config.grace = Duration::from_secs(seconds);
        }
        if let Some(value) = get("CHECK_RESPONSES") {
            config.checks = checks(&value)?;
        }
        config.token = get("API_TOKEN").map(Secret::new); //: secured
        Ok(config)
    }
}

fn parsed<T: FromStr>(
    name: &'static str,
    value: &str,
    expected: &'static str,
) -> Result<T, ConfigError> {
    value.parse().map_err(|_| ConfigError { name, expected })
}

fn checks(value: &str) -> Result<ResponseChecks, ConfigError> {
    match value {
        "off" => Ok(ResponseChecks::Off),
        "log" => Ok(ResponseChecks::Log),
        "refuse" => Ok(ResponseChecks::Refuse),
        _ => Err(ConfigError {
            name: "CHECK_RESPONSES",
            expected: "`off`, `log` or `refuse`",
        }),
    }
}

impl FromStr for LogFormat {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(()),
        }
    }
}

/// A variable whose value is not valid. The value isn't shown, as it may be a secret in the wrong place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    name: &'static str,
    expected: &'static str,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the variable {} is not valid; expected {}",
            self.name, self.expected
        )
    }
}

impl std::error::Error for ConfigError {}

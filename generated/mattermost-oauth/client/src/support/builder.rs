//! The builder of clients. Needs `body.rs`, `connection.rs`, `hook.rs`, `retry.rs`, `scheme.rs`, `secret.rs`, `shown.rs`, `timer.rs`,
//! `transport.rs`, `blocking.rs` (feature `blocking`), `hyper_transport.rs` (feature `hyper`), `reqwest_transport.rs` (feature `reqwest`).

use std::env::VarError;
use std::fmt::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue, Uri, uri};

#[cfg(all(feature = "hyper", not(feature = "reqwest")))]
use super::HyperTransport as DefaultTransport;
#[cfg(feature = "reqwest")]
use super::ReqwestTransport as DefaultTransport;
use super::{
    BoxError, Budget, Core, Credential, Scheme, Secret, Shown, connection, is_secret, write_causes,
};
pub(crate) use super::{Hook, Retries, Sleep, Transport};

/// Default time limit of a call: the same as in reqwest's blocking client. That is long for an API, but a call without a limit could hang
/// forever.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Default time limit of setting up a connection, so that a server that can't be reached leaves time for another attempt.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Default limit of redirects that a call follows.
const MAX_REDIRECTS: usize = 5;

/// Default limit of a response body (64 MiB).
const MAX_RESPONSE_BYTES: usize = 64 << 20;

/// Implements the settings that all clients share, and `build`, for a builder with a field `core: CoreBuilder`.
///
/// `builder! { ClientBuilder => Client }`
// `use crate::support::builder` imports both the macro and this module.
macro_rules! builder {
    ($builder:ident => $client:ident) => {
        impl $builder {
            /// Sets how long a call may wait, with all its attempts, until the end of the response body. Default: 30 seconds.
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.core.timeout(::core::option::Option::Some(timeout));
                self
            }

            /// Sets no limit to the time of a call.
            pub fn no_timeout(mut self) -> Self {
                self.core.timeout(::core::option::Option::None);
                self
            }

            /// Sets how long each attempt of a call may take. Default: as long as is left of the call's time.
            pub fn attempt_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.core.attempt_timeout(timeout);
                self
            }

            /// Sets how long the default transport may take to set up a connection. Default: 10 seconds.
            pub fn connect_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.core.connect_timeout(timeout);
                self
            }

            /// Sets how long a response that is a stream may send nothing. Default: no limit. The time of a call is over when
            /// its response begins to stream.
            pub fn stall_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.core.stall_timeout(timeout);
                self
            }

            /// Sets how often a call is repeated that failed for a reason which may pass, if repeating it is safe. Default:
            /// [`Retries::new`](runtime::Retries::new), which makes three attempts.
            pub fn retries(mut self, retries: builder::Retries) -> Self {
                self.core.retries(retries);
                self
            }

            /// Has each call made once.
            pub fn no_retries(self) -> Self {
                self.retries(builder::Retries::none())
            }

            /// Adds a hook, which is told of each attempt of each call, and may change its requests. Hooks are called in the
            /// order in which they are added.
            pub fn hook(mut self, hook: impl builder::Hook) -> Self {
                self.core.hook(hook);
                self
            }

            /// Sets how the client waits: for time limits, and before it repeats a call. Default: by tokio; outside of tokio
            /// limits aren't kept, and a thread waits before a call is repeated.
            pub fn sleep(mut self, sleep: impl builder::Sleep) -> Self {
                self.core.sleep(sleep);
                self
            }

            /// Sets the largest response body that is read, in bytes. Default: 64 MiB.
            pub fn max_response_bytes(mut self, bytes: usize) -> Self {
                self.core.max_response_bytes(bytes);
                self
            }

            /// Sets how many redirects a call follows. Default: 5.
            ///
            /// These aren't followed, but returned as responses: redirects that the description documents, redirects to another
            /// server (another scheme, host or port, except from HTTP to HTTPS), and 301 and 302 in response to other methods than
            /// `GET`, `HEAD` and `OPTIONS`.
            pub fn max_redirects(mut self, redirects: usize) -> Self {
                self.core.max_redirects(redirects);
                self
            }

            /// Sets a header of all requests that have none of this name.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.core.header(name, value);
                self
            }

            /// Sets the `User-Agent` header. Default: name and version of this package.
            pub fn user_agent(self, user_agent: &str) -> Self {
                self.header("user-agent", user_agent)
            }

            /// Sets the transport, which sends the requests. Default: reqwest, or else hyper, with the features of
            /// these names.
            pub fn transport(mut self, transport: impl builder::Transport) -> Self {
                self.core.transport(transport);
                self
            }

            /// Builds the client.
            ///
            /// # Errors
            /// The base URL, a header or a credential is not valid, or there is no transport.
            pub fn build(self) -> ::core::result::Result<$client, builder::BuildError> {
                ::core::result::Result::Ok($client {
                    core: self.core.build()?,
                })
            }
        }
    };
}
pub(crate) use builder;

/// Collects the settings of a [`Core`].
#[doc(hidden)]
pub struct CoreBuilder {
    base_url: String,
    servers: &'static [&'static str],
    transport: Option<Box<dyn Transport>>,
    credentials: Vec<Credential>,
    headers: HeaderMap,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    connect_timeout: Duration,
    stall_timeout: Option<Duration>,
    retries: Option<Retries>,
    hooks: Vec<Box<dyn Hook>>,
    sleep: Option<Arc<dyn Sleep>>,
    max_response_bytes: usize,
    max_redirects: usize,
    /// The client certificate and its key, as PEM.
    identity: Option<Vec<u8>>,
    error: Option<BuildError>,
}

impl CoreBuilder {
    /// `servers` are the URLs in the description.
    pub(crate) fn new(
        base_url: String,
        servers: &'static [&'static str],
        user_agent: &'static str,
    ) -> Self {
        let mut builder = Self {
            base_url,
            servers,
            transport: None,
            credentials: Vec::new(),
            headers: HeaderMap::new(),
            timeout: Some(TIMEOUT),
            attempt_timeout: None,
            connect_timeout: CONNECT_TIMEOUT,
            stall_timeout: None,
            retries: None,
            hooks: Vec::new(),
            sleep: None,
            max_response_bytes: MAX_RESPONSE_BYTES,
            max_redirects: MAX_REDIRECTS,
            identity: None,
            error: None,
        };
        builder.header(USER_AGENT.as_str(), user_agent);
        builder
    }

    /// Sets the credential of a scheme, replacing an earlier one.
    pub(crate) fn credential(&mut self, scheme: &'static Scheme, secret: Secret) {
        self.credentials
            .retain(|known| known.scheme.name != scheme.name);
        match Credential::new(scheme, secret) {
            Some(credential) => self.credentials.push(credential),
            None => {
                let scheme = scheme.name;
                self.error.get_or_insert(BuildError::Credential { scheme });
            }
        }
    }

    /// Sets the credential of a scheme to an environment variable, if that has one.
    pub(crate) fn credential_from_env(&mut self, scheme: &'static Scheme, name: &'static str) {
        if let Some(text) = self.variable(name) {
            self.credential(scheme, text.into());
        }
    }

    /// The same for a user, and a password, which may be missing.
    pub(crate) fn basic_from_env(
        &mut self,
        scheme: &'static Scheme,
        user: &'static str,
        password: &'static str,
    ) {
        if let Some(user) = self.variable(user) {
            let password = self.variable(password).unwrap_or_default();
            self.credential(scheme, Secret::basic(&user, &password));
        }
    }

    /// An environment variable that is set, and not empty.
    pub(crate) fn variable(&mut self, name: &'static str) -> Option<String> {
        match std::env::var(name) {
            Ok(text) if !text.is_empty() => Some(text),
            Ok(_) | Err(VarError::NotPresent) => None,
            Err(VarError::NotUnicode(_)) => {
                self.error.get_or_insert(BuildError::Variable { name });
                None
            }
        }
    }

    /// The URL of the server, as it was given.
    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Sets the client certificate of a scheme, which the default transport sends.
    pub(crate) fn client_certificate(&mut self, scheme: &'static Scheme, pem: &[u8]) {
        self.credential(scheme, Secret::from(""));
        self.identity = Some(pem.to_owned());
    }

    pub(crate) fn timeout(&mut self, timeout: Option<Duration>) {
        self.timeout = timeout;
    }

    pub(crate) fn attempt_timeout(&mut self, timeout: Duration) {
        self.attempt_timeout = Some(timeout);
    }

    pub(crate) fn connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = timeout;
    }

    pub(crate) fn stall_timeout(&mut self, timeout: Duration) {
        self.stall_timeout = Some(timeout);
    }

    pub(crate) fn retries(&mut self, retries: Retries) {
        self.retries = Some(retries);
    }

    pub(crate) fn hook(&mut self, hook: impl Hook) {
        self.hooks.push(Box::new(hook));
    }

    pub(crate) fn sleep(&mut self, sleep: impl Sleep) {
        self.sleep = Some(Arc::new(sleep));
    }

    pub(crate) fn max_response_bytes(&mut self, bytes: usize) {
        self.max_response_bytes = bytes;
    }

    pub(crate) fn max_redirects(&mut self, redirects: usize) {
        self.max_redirects = redirects;
    }

    pub(crate) fn header(&mut self, name: &str, value: &str) {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(is_secret(&name));
                self.headers.insert(name, value);
            }
            _ => drop(
                self.error
                    .get_or_insert(BuildError::Header(name.to_owned())),
            ),
        }
    }

    pub(crate) fn transport(&mut self, transport: impl Transport) {
        self.transport = Some(Box::new(transport));
    }

    pub(crate) fn build(self) -> Result<Core, BuildError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let transport = match (self.transport, self.identity) {
            (Some(_), Some(_)) => return Err(BuildError::Transport(NOT_DEFAULT.into())),
            (Some(transport), None) => transport,
            (None, identity) => default_transport(self.connect_timeout, identity.as_deref())?,
        };
        // A test sees each response of its transport once, unless it wants more.
        let retries = self.retries.unwrap_or(match transport.is_for_tests() {
            true => Retries::none(),
            false => Retries::new(),
        });
        let without_slash =
            |url: &str| url.trim_end_matches('/') == self.base_url.trim_end_matches('/');
        let base = checked_base_url(&self.base_url);
        let base = base.map_err(|problem| BuildError::BaseUrl { problem })?;
        Ok(Core::new(connection::Inner {
            is_documented: self.servers.iter().any(|url| without_slash(url)),
            scheme: base.0,
            authority: base.1,
            base_path: base.2,
            transport,
            credentials: self.credentials,
            headers: self.headers,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            stall_timeout: self.stall_timeout,
            retries,
            budget: Budget::default(),
            hooks: self.hooks,
            sleep: self.sleep,
            max_response_bytes: self.max_response_bytes,
            max_redirects: self.max_redirects,
            #[cfg(feature = "blocking")]
            runtime: super::blocking::Runtime::default(),
        }))
    }
}

const NOT_DEFAULT: &str =
    "the client certificate is sent by the default transport; another one has its own";

#[cfg(any(feature = "hyper", feature = "reqwest"))]
fn default_transport(
    connect_timeout: Duration,
    identity: Option<&[u8]>,
) -> Result<Box<dyn Transport>, BuildError> {
    match DefaultTransport::with_identity(connect_timeout, identity) {
        Ok(transport) => Ok(Box::new(transport)),
        Err(error) => Err(BuildError::Transport(error.into())),
    }
}

#[cfg(not(any(feature = "hyper", feature = "reqwest")))]
fn default_transport(_: Duration, _: Option<&[u8]>) -> Result<Box<dyn Transport>, BuildError> {
    Err(BuildError::NoTransport)
}

/// The base URL in an environment variable, else that of the first server.
pub(crate) fn base_url_from_env(variable: &str, servers: &[&str]) -> String {
    let url = std::env::var(variable).ok().filter(|url| !url.is_empty());
    url.unwrap_or_else(|| servers.first().copied().unwrap_or_default().to_owned())
}

/// The parts of the base URL, the path without trailing slashes. Checks that paths can be appended to it.
fn checked_base_url(url: &str) -> Result<(uri::Scheme, uri::Authority, String), &'static str> {
    // `http::Uri` drops fragments silently, so they are searched for in the text.
    if url.contains('#') {
        return Err("must not have a fragment (`#…`)");
    }
    if url.contains('\\') {
        return Err("must not have a backslash");
    }
    let uri: Uri = url.parse().map_err(|_| "is not a URL")?;
    let authority = uri
        .authority()
        .ok_or("must begin with http:// or https://")?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err("must begin with http:// or https://");
    }
    if authority.as_str().contains('@') {
        return Err("must not have a user name or password");
    }
    // `http::Uri` accepts any digits.
    if authority.as_str().len() > authority.host().len() && authority.port_u16().is_none() {
        return Err("must have a port between 0 and 65535, or none");
    }
    if url.contains('?') {
        return Err("must not have a query (`?…`)");
    }
    if uri.path().split('/').any(is_dots) {
        return Err("must not have `.` or `..` in its path");
    }
    let path = uri.path().trim_end_matches('/').to_owned();
    let parts = uri.into_parts();
    let scheme = parts.scheme.ok_or("must begin with http:// or https://")?;
    let authority = parts.authority.ok_or("must name a host")?;
    Ok((scheme, authority, path))
}

/// Whether URL parsers remove a segment, and with `..` also the previous one, even if its dots are percent-encoded (WHATWG URL, section
/// 4.1).
pub(crate) fn is_dots(segment: &str) -> bool {
    match without_dot(segment) {
        Some("") => true,
        Some(more) => without_dot(more) == Some(""),
        None => false,
    }
}

/// Strips a dot, percent-encoded or not.
fn without_dot(text: &str) -> Option<&str> {
    match text.split_at_checked(3) {
        Some((dot, rest)) if dot.eq_ignore_ascii_case("%2e") => Some(rest),
        _ => text.strip_prefix('.'),
    }
}

/// Shows no settings: even the base URL, which hasn't been checked yet, may contain a password.
impl fmt::Debug for CoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CoreBuilder").finish_non_exhaustive()
    }
}

/// Error returned when a client is built from settings that are not valid.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL can't be used.
    BaseUrl {
        /// The problem. The URL itself isn't repeated, as it may contain a password.
        problem: &'static str,
    },
    /// A header of this name and its value can't be sent.
    Header(String),
    /// A credential isn't valid in a header, for example because of a line break.
    Credential {
        /// The name of its security scheme in the description.
        scheme: &'static str,
    },
    /// An environment variable isn't valid Unicode.
    Variable {
        /// Its name.
        name: &'static str,
    },
    /// The features `reqwest` and `hyper` are disabled and no transport was set.
    NoTransport,
    /// The default transport couldn't be set up.
    Transport(BoxError),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut Shown::new(f);
        match self {
            Self::BaseUrl { problem } => write!(f, "the base URL {problem}"),
            Self::Header(name) => write!(f, "the header {name:?} can't have this name or value"),
            Self::Credential { scheme } => write!(
                f,
                "the credential for {scheme} has a line break or another character that no header can hold"
            ),
            Self::Variable { name } => {
                write!(f, "the environment variable {name} is not valid Unicode")
            }
            Self::NoTransport => f.write_str(
                "there is no transport: give one, or use the feature `reqwest` or `hyper`",
            ),
            Self::Transport(error) => {
                f.write_str("the transport can't be set up: ")?;
                write_causes(f, error.as_ref())
            }
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}

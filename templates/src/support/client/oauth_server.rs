//! Authorization servers: their endpoints, and requests to them. Needs `body.rs`, `encode.rs`, `oauth_error.rs`, `timer.rs`,
//! `transport.rs`, `hyper_transport.rs` (feature `hyper`), `reqwest_transport.rs` (feature `reqwest`); crate `tokio` (rt) behind the feature
//! `blocking`.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::Poll;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Uri};
use serde_json::{Map, Value};

#[cfg(all(feature = "hyper", not(feature = "reqwest")))]
use super::HyperTransport as DefaultTransport;
#[cfg(feature = "reqwest")]
use super::ReqwestTransport as DefaultTransport;
use super::timer::{Instant, Timer};
use super::{
    Body, BodyError, Limits, OAuthError, Sleep, Transport, TransportError, percent_encoded,
};

/// The longest response that is read. Metadata is the longest, with a few KiB.
const MAX_BYTES: usize = 256 << 10;

/// The most characters that are kept of an error's texts.
const LONGEST_TEXT: usize = 500;

const TIMEOUT: Duration = Duration::from_secs(30);

/// What a description says of a security scheme of OAuth 2 or OpenID Connect.
#[derive(Debug)]
#[non_exhaustive]
pub struct OAuthScheme {
    /// Its name in the description.
    pub name: &'static str,
    /// Its flows.
    pub flows: &'static [OAuthFlow],
    /// The URL of the metadata (RFC 8414, or OpenID Connect Discovery).
    pub metadata_url: Option<&'static str>,
    /// The servers of the API, to which URLs may be relative.
    pub servers: &'static [&'static str],
}

/// A flow of OAuth 2, as a description has it.
#[derive(Debug)]
#[non_exhaustive]
pub struct OAuthFlow {
    /// Which flow it is.
    pub grant: OAuthGrant,
    /// The authorization endpoint; for devices, the device authorization endpoint.
    pub authorization_url: Option<&'static str>,
    /// The token endpoint.
    pub token_url: Option<&'static str>,
    /// Where tokens are refreshed, if that isn't the token endpoint.
    pub refresh_url: Option<&'static str>,
    /// The scopes, with what each allows.
    pub scopes: &'static [(&'static str, &'static str)],
}

/// A way to get tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OAuthGrant {
    /// A user authorizes the client in a browser, which is redirected back with a code (RFC 6749, section 4.1).
    AuthorizationCode,
    /// The client acts for itself (RFC 6749, section 4.4).
    ClientCredentials,
    /// A user authorizes the client on another device (RFC 8628).
    DeviceAuthorization,
    /// Tokens in the URL of a browser, which no client outside of it can use (RFC 6749, section 4.2).
    Implicit,
    /// The client has the user's password (RFC 6749, section 4.3).
    Password,
}

/// What an authorization server says of itself (RFC 8414, section 2; OpenID Connect Discovery 1.0, section 3).
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
#[allow(missing_docs)] // the names of the specifications
pub struct ServerMetadata {
    pub issuer: String,
    pub authorization_endpoint: Option<String>,
    pub token_endpoint: Option<String>,
    pub device_authorization_endpoint: Option<String>,
    pub introspection_endpoint: Option<String>,
    pub registration_endpoint: Option<String>,
    pub revocation_endpoint: Option<String>,
    pub scopes_supported: Vec<String>,
    pub grant_types_supported: Vec<String>,
    pub token_endpoint_auth_methods_supported: Vec<String>,
    pub code_challenge_methods_supported: Vec<String>,
    pub authorization_response_iss_parameter_supported: bool,
    /// All of it, as it came.
    pub all: Map<String, Value>,
}

/// An authorization server: where tokens come from. Clones share connections.
///
/// ```text
/// let server = AuthorizationServer::new(Client::PETS_AUTH);                        // as the description says
/// let server = AuthorizationServer::at("https://id.example.com").discover().await?; // as the server says
/// ```
#[derive(Clone)]
pub struct AuthorizationServer {
    known: Known,
    /// The one that was set, or the default, once it is needed.
    transport: Arc<OnceLock<Arc<dyn Transport>>>,
    pub(crate) sleep: Option<Arc<dyn Sleep>>,
    timeout: Duration,
}

#[derive(Clone)]
pub(crate) enum Known {
    /// By the description, with a URL that others are relative to.
    Scheme(&'static OAuthScheme, Option<String>),
    /// Nothing but its name.
    Issuer(String),
    Metadata(Arc<ServerMetadata>),
}

impl AuthorizationServer {
    /// The server of a security scheme, by the URLs in the description.
    pub fn new(scheme: &'static OAuthScheme) -> Self {
        Self::of(Known::Scheme(scheme, None))
    }

    /// The server with this issuer identifier, a URL. Its endpoints have to be discovered.
    pub fn at(issuer: impl Into<String>) -> Self {
        Self::of(Known::Issuer(issuer.into()))
    }

    fn of(known: Known) -> Self {
        Self {
            known,
            transport: Arc::default(),
            sleep: None,
            timeout: TIMEOUT,
        }
    }

    /// Sets the URL that relative URLs of the description belong to: that of the API. Default: that of its first server.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        if let Known::Scheme(_, base) = &mut self.known {
            *base = Some(url.into());
        }
        self
    }

    /// Sets the transport. Default: reqwest, or else hyper, with the features of these names. It has to follow no redirects.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        let transport: Arc<dyn Transport> = Arc::new(transport);
        self.transport = Arc::new(OnceLock::from(transport));
        self
    }

    /// Sets how long each request may take. Default: 30 seconds.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how to wait, for a runtime other than tokio.
    #[must_use]
    pub fn sleep(mut self, sleep: impl Sleep) -> Self {
        self.sleep = Some(Arc::new(sleep));
        self
    }

    /// What the server says of itself, if that was discovered.
    #[must_use]
    pub fn metadata(&self) -> Option<&ServerMetadata> {
        match &self.known {
            Known::Metadata(metadata) => Some(metadata),
            Known::Scheme(..) | Known::Issuer(_) => None,
        }
    }

    pub(crate) fn known(&self) -> &Known {
        &self.known
    }

    pub(crate) fn with_metadata(mut self, metadata: ServerMetadata) -> Self {
        self.known = Known::Metadata(Arc::new(metadata));
        self
    }

    /// The flow of the description.
    pub(crate) fn flow(&self, grant: OAuthGrant) -> Option<&'static OAuthFlow> {
        match self.known {
            Known::Scheme(scheme, _) => scheme.flows.iter().find(|flow| flow.grant == grant),
            Known::Issuer(_) | Known::Metadata(_) => None,
        }
    }

    /// Whether the server has the flow, as far as is known.
    pub(crate) fn has_flow(&self, grant: OAuthGrant) -> bool {
        match &self.known {
            Known::Scheme(..) => self.flow(grant).is_some(),
            Known::Issuer(_) => false,
            Known::Metadata(metadata) => {
                let supported = &metadata.grant_types_supported;
                match grant {
                    // It mustn't be tried where it isn't wanted.
                    OAuthGrant::Password => supported.iter().any(|one| one == "password"),
                    _ => true,
                }
            }
        }
    }

    pub(crate) fn authorization_url(&self, grant: OAuthGrant) -> Result<Uri, OAuthError> {
        let what = match grant {
            OAuthGrant::DeviceAuthorization => "device authorization endpoint",
            _ => "authorization endpoint",
        };
        let url = match self.metadata() {
            Some(metadata) if grant == OAuthGrant::DeviceAuthorization => {
                metadata.device_authorization_endpoint.as_deref()
            }
            Some(metadata) => metadata.authorization_endpoint.as_deref(),
            None => self.flow(grant).and_then(|flow| flow.authorization_url),
        };
        self.url(what, url)
    }

    pub(crate) fn token_url(&self, grant: OAuthGrant, refreshes: bool) -> Result<Uri, OAuthError> {
        let url = match self.metadata() {
            Some(metadata) => metadata.token_endpoint.as_deref(),
            None => self.flow(grant).and_then(|flow| {
                let refresh = flow.refresh_url.filter(|_| refreshes);
                refresh.or(flow.token_url)
            }),
        };
        self.url("token endpoint", url)
    }

    /// A URL of the server; relative ones are those of the API (OpenAPI 3.2, "OAuth Flow Object").
    pub(crate) fn url(&self, what: &'static str, url: Option<&str>) -> Result<Uri, OAuthError> {
        let url = url.ok_or(OAuthError::Missing(what))?;
        let is_absolute = url.starts_with("https://") || url.starts_with("http://");
        let url = match &self.known {
            Known::Scheme(scheme, base) if !is_absolute => {
                let first = scheme.servers.first().copied();
                let base = base.as_deref().or(first).unwrap_or_default();
                let origin = origin(base).ok_or(OAuthError::Url(what))?;
                match url.strip_prefix('/') {
                    Some(path) => format!("{origin}/{path}"),
                    None => format!("{}/{url}", base.trim_end_matches('/')),
                }
            }
            _ => url.to_owned(),
        };
        let uri: Uri = url.parse().map_err(|_| OAuthError::Url(what))?;
        let is_usable = matches!(uri.scheme_str(), Some("http" | "https"))
            && uri
                .authority()
                .is_some_and(|one| !one.as_str().contains('@'))
            && !url.contains('#');
        // What was found over TLS isn't sent anywhere without.
        let is_secure = self.metadata().is_none_or(|metadata| {
            !metadata.issuer.starts_with("https://") || uri.scheme_str() == Some("https")
        });
        match is_usable && is_secure {
            true => Ok(uri),
            false => Err(OAuthError::Url(what)),
        }
    }

    /// Requests JSON.
    pub(crate) async fn get(&self, url: Uri) -> Result<JsonResponse, OAuthError> {
        self.send(Method::GET, url, HeaderMap::new(), Body::empty())
            .await
    }

    /// Sends a form, with a header `Authorization` or without.
    pub(crate) async fn post_form(
        &self,
        url: Uri,
        form: &[(&str, &str)],
        authorization: Option<HeaderValue>,
    ) -> Result<JsonResponse, OAuthError> {
        let pairs = form.iter();
        let pairs = pairs
            .map(|(name, value)| format!("{}={}", percent_encoded(name), percent_encoded(value)));
        let form = pairs.collect::<Vec<_>>().join("&");
        let media_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, media_type)]);
        headers.extend(authorization.map(|value| (AUTHORIZATION, value)));
        self.send(Method::POST, url, headers, form.into()).await
    }

    /// Sends a JSON object.
    pub(crate) async fn post_json(
        &self,
        url: Uri,
        object: &Map<String, Value>,
        authorization: Option<HeaderValue>,
    ) -> Result<JsonResponse, OAuthError> {
        let json = serde_json::to_vec(object).unwrap_or_default();
        let media_type = HeaderValue::from_static("application/json");
        let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, media_type)]);
        headers.extend(authorization.map(|value| (AUTHORIZATION, value)));
        self.send(Method::POST, url, headers, json.into()).await
    }

    async fn send(
        &self,
        method: Method,
        url: Uri,
        mut headers: HeaderMap,
        body: Body,
    ) -> Result<JsonResponse, OAuthError> {
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let mut request = http::Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = url;
        *request.headers_mut() = headers;
        let transport = match self.transport.get() {
            Some(transport) => transport,
            None => {
                let default = default_transport()?;
                self.transport.get_or_init(|| default)
            }
        };
        let limits = Limits {
            attempt: None,
            timeout: Some(self.timeout),
            is_streamed: false,
            max_bytes: Some(MAX_BYTES),
        };
        let end = Instant::now().checked_add(self.timeout);
        let mut timer = Timer::new(end, self.sleep.as_ref());
        let mut exchange = pin!(async {
            let response = transport.send_within(request, limits).await?;
            let (head, body) = response.into_parts();
            let body = body
                .bytes_up_to(MAX_BYTES)
                .await
                .map_err(|error| match error {
                    BodyError::TooLarge => TransportError::permanent("the response is too large"),
                    BodyError::Failed(error) => TransportError::from_body(error),
                })?;
            Ok(JsonResponse::new(head.status.as_u16(), &body))
        });
        let in_time = poll_fn(|cx| match exchange.as_mut().poll(cx) {
            Poll::Ready(result) => Poll::Ready(result),
            Poll::Pending => {
                let late = || TransportError::timeout("there was no response in time");
                timer.poll(cx).map(|()| Err(late()))
            }
        });
        let response: Result<JsonResponse, TransportError> = in_time.await;
        response.map_err(|error| OAuthError::Transport(Arc::new(error)))
    }
}

#[cfg(any(feature = "hyper", feature = "reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>, OAuthError> {
    let transport = DefaultTransport::with_connect_timeout(Duration::from_secs(10));
    let transport = transport.map_err(|error| OAuthError::Transport(Arc::new(error)))?;
    Ok(Arc::new(transport))
}

#[cfg(not(any(feature = "hyper", feature = "reqwest")))]
fn default_transport() -> Result<Arc<dyn Transport>, OAuthError> {
    Err(OAuthError::Unavailable(
        "there is no transport: give one, or use the feature `reqwest` or `hyper`",
    ))
}

/// Scheme and authority of a URL.
pub(crate) fn origin(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?))
}

/// A response with a JSON object, which is empty if there is something else.
pub(crate) struct JsonResponse {
    pub(crate) status: u16,
    pub(crate) object: Map<String, Value>,
}

impl JsonResponse {
    fn new(status: u16, body: &[u8]) -> Self {
        let object = serde_json::from_slice(body).unwrap_or_default();
        Self { status, object }
    }

    /// The object of a success. Some servers refuse with 200.
    pub(crate) fn accepted(self) -> Result<Map<String, Value>, OAuthError> {
        let text = |name: &str| {
            let text = self.object.get(name).and_then(Value::as_str);
            text.map(|text| text.chars().take(LONGEST_TEXT).collect::<String>())
        };
        match text("error") {
            Some(code) => Err(OAuthError::Refused {
                status: Some(self.status),
                code,
                description: text("error_description"),
            }),
            None if !(200..300).contains(&self.status) => Err(OAuthError::Response {
                status: self.status,
                problem: "no error of OAuth 2",
            }),
            None if self.object.is_empty() => Err(OAuthError::Response {
                status: self.status,
                problem: "no JSON object",
            }),
            None => Ok(self.object),
        }
    }
}

/// A string that isn't empty.
pub(crate) fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    let text = object.get(name).and_then(Value::as_str);
    text.filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A number of seconds, which some servers write as text.
pub(crate) fn seconds(object: &Map<String, Value>, name: &str) -> Option<u64> {
    let value = object.get(name)?;
    let number = value
        .as_u64()
        .or_else(|| value.as_str()?.trim().parse().ok());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // a fraction of a second less, and never more than fits
    number.or_else(|| {
        value
            .as_f64()
            .filter(|one| *one >= 0.0)
            .map(|one| one as u64)
    })
}

/// Runs a flow outside of async code.
#[cfg(feature = "blocking")]
pub(crate) fn waited<T>(
    flow: impl Future<Output = Result<T, OAuthError>>,
) -> Result<T, OAuthError> {
    if tokio::runtime::Handle::try_current().is_ok() {
        let problem = "a blocking call inside an async runtime";
        return Err(OAuthError::Unavailable(problem));
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let failed = |error| OAuthError::Transport(Arc::new(TransportError::permanent(error)));
    runtime.map_err(failed)?.block_on(flow)
}

impl fmt::Debug for AuthorizationServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.known {
            Known::Scheme(scheme, _) => scheme.name,
            Known::Issuer(issuer) => issuer,
            Known::Metadata(metadata) => &metadata.issuer,
        };
        f.debug_tuple("AuthorizationServer").field(&name).finish()
    }
}

//! Which callers over HTTP are accepted: anyone, those with a known token, or those with a token of an authorization server, which finds out
//! where that is by RFC 9728. Needs `api.rs`, `clean.rs`, `settings.rs`, and a client with OAuth 2.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use serde_json::json;

use super::{Api, AuthorizationServer, Introspection, OAuthClient, Settings};

/// Where the metadata of a protected resource is (RFC 9728, section 3), before the path of the resource.
const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// How long the response of the authorization server is good for.
const KNOWN_FOR: Duration = Duration::from_secs(60);

/// The greatest number of tokens that are known.
const MOST_KNOWN: usize = 1_000;

/// The greatest number of questions to the authorization server at once, so that nobody floods it through this program.
const MOST_QUESTIONS: usize = 32;

/// A response that this program gives by itself.
pub(crate) type OwnResponse = Response<BoxBody<Bytes, Infallible>>;

/// Who may call over HTTP.
pub(crate) enum Access {
    Anyone,
    /// Who knows this token.
    Token(String),
    /// Who has a token of an authorization server.
    Issued(Box<Protected>),
}

/// A resource, in the words of OAuth 2: this program for callers with tokens.
pub(crate) struct Protected {
    /// Its URL, which tokens have to be issued for.
    resource: String,
    /// The paths where its metadata is, and the metadata.
    paths: [String; 2],
    metadata: Bytes,
    /// The scopes that tokens need.
    scopes: Vec<String>,
    challenges: Challenges,
    /// Who asks the authorization server about tokens; without one, the API says whether they are valid.
    asker: Option<OAuthClient>,
    known: Mutex<HashMap<String, Known>>,
    questions: AtomicUsize,
}

/// The values of `WWW-Authenticate` (RFC 6750, section 3; RFC 9728, section 5.1).
struct Challenges {
    missing: HeaderValue,
    invalid: HeaderValue,
    insufficient: HeaderValue,
}

/// What is known of a token until then.
struct Known {
    until: Instant,
    has_scopes: bool,
}

/// Why a caller is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rejected {
    /// There is no token.
    Missing,
    /// It isn't valid, or was issued for somebody else.
    Invalid,
    /// It lacks a scope.
    Insufficient,
    /// The authorization server can't be asked now.
    Unknown,
}

impl Access {
    /// Who may call by the settings of a program that is reached at this URL, and by the environment.
    pub(crate) async fn new<C>(
        api: &Api<C>,
        settings: &Settings,
        local: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let token = variable(api.token_variable);
        let Some(issuer) = &settings.issuer else {
            return Ok(token.map_or(Self::Anyone, Self::Token));
        };
        if token.is_some() {
            return Err(format!(
                "callers have either the token of {} or one of `--authorization-server`: there are both",
                api.token_variable
            ));
        }
        let [id, secret] = api.client_variables;
        let asker = match (variable(id), settings.forwards) {
            (Some(id), _) => {
                let server = AuthorizationServer::at(issuer).discover().await;
                let server = server.map_err(|error| format!("{issuer}: {error}"))?;
                let client = server.client(id);
                Some(match variable(secret) {
                    Some(secret) => client.secret(secret),
                    None => client,
                })
            }
            (None, true) => None,
            (None, false) => {
                return Err(format!(
                    "{id} and {secret} have to be set, by which {issuer} is asked about tokens, or `--forward-token` be given"
                ));
            }
        };
        let resource = settings.resource.as_deref().unwrap_or(local);
        let title = super::clean(api.title, 100);
        let protected = Protected::new(resource, issuer, &title, &settings.scopes, asker)?;
        Ok(Self::Issued(Box::new(protected)))
    }

    /// The response to a request that isn't passed on.
    pub(crate) async fn respond(
        &self,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Option<OwnResponse> {
        match self {
            Self::Anyone => None,
            Self::Token(token) => {
                let given = bearer(headers);
                let is_it = given.is_some_and(|given| is_same(given.as_bytes(), token.as_bytes()));
                let challenge = HeaderValue::from_static("Bearer");
                (!is_it).then(|| {
                    response_of(
                        StatusCode::UNAUTHORIZED,
                        (WWW_AUTHENTICATE, challenge),
                        Bytes::new(),
                    )
                })
            }
            Self::Issued(protected) => protected.respond(method, path, headers).await,
        }
    }
}

/// The bearer token of a request (RFC 6750, section 2.1).
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim_matches(' ');
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// Whether texts are the same, in a time that doesn't tell how much of them is.
fn is_same(given: &[u8], wanted: &[u8]) -> bool {
    let pairs = given.iter().zip(wanted);
    let different = pairs.fold(0, |different, (a, b)| different | (a ^ b));
    given.len() == wanted.len() && different == 0
}

fn response_of(status: StatusCode, header: (HeaderName, HeaderValue), body: Bytes) -> OwnResponse {
    let mut response = Response::new(Full::new(body).boxed());
    *response.status_mut() = status;
    response.headers_mut().insert(header.0, header.1);
    response
}

impl Protected {
    fn new(
        resource: &str,
        issuer: &str,
        title: &str,
        scopes: &[String],
        asker: Option<OAuthClient>,
    ) -> Result<Self, String> {
        let invalid =
            || format!("`--resource {resource}` isn't a URL of http or https without a query");
        let uri: Uri = resource.parse().map_err(|_| invalid())?;
        let origin = match (uri.scheme_str(), uri.authority()) {
            (Some(scheme @ ("http" | "https")), Some(authority)) => {
                format!("{scheme}://{authority}")
            }
            _ => return Err(invalid()),
        };
        if uri.query().is_some() || resource.contains(['#', '"', '\\']) {
            return Err(invalid());
        }
        let path = uri.path().trim_end_matches('/');
        let paths = [WELL_KNOWN.to_owned(), format!("{WELL_KNOWN}{path}")];
        let metadata = json!({
            "resource": resource,
            "resource_name": title,
            "authorization_servers": [issuer],
            "scopes_supported": scopes,
            "bearer_methods_supported": ["header"],
        });
        Ok(Self {
            resource: resource.to_owned(),
            challenges: Challenges::new(&format!("{origin}{WELL_KNOWN}{path}"), scopes)?,
            paths,
            metadata: metadata.to_string().into(),
            scopes: scopes.to_vec(),
            asker,
            known: Mutex::default(),
            questions: AtomicUsize::new(0),
        })
    }

    async fn respond(
        &self,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Option<OwnResponse> {
        if method == Method::GET && self.paths.iter().any(|one| one == path) {
            let json = HeaderValue::from_static("application/json");
            let mut response =
                response_of(StatusCode::OK, (CONTENT_TYPE, json), self.metadata.clone());
            // Hosts may be web pages, and it is no secret.
            let anyone = HeaderValue::from_static("*");
            response
                .headers_mut()
                .insert(ACCESS_CONTROL_ALLOW_ORIGIN, anyone);
            return Some(response);
        }
        let rejected = self.check(bearer(headers)).await.err()?;
        let challenges = &self.challenges;
        let (status, header) = match rejected {
            Rejected::Missing => (
                StatusCode::UNAUTHORIZED,
                (WWW_AUTHENTICATE, challenges.missing.clone()),
            ),
            Rejected::Invalid => (
                StatusCode::UNAUTHORIZED,
                (WWW_AUTHENTICATE, challenges.invalid.clone()),
            ),
            Rejected::Insufficient => (
                StatusCode::FORBIDDEN,
                (WWW_AUTHENTICATE, challenges.insufficient.clone()),
            ),
            Rejected::Unknown => (
                StatusCode::SERVICE_UNAVAILABLE,
                (RETRY_AFTER, HeaderValue::from_static("5")),
            ),
        };
        Some(response_of(status, header, Bytes::new()))
    }

    /// Whether a token is accepted, by what is known of it, else by the authorization server.
    async fn check(&self, token: Option<&str>) -> Result<(), Rejected> {
        let token = token.ok_or(Rejected::Missing)?;
        let Some(asker) = &self.asker else {
            return Ok(());
        };
        if let Some(has_scopes) = self.known(token) {
            return enough(has_scopes);
        }
        let said = self.ask(asker, token).await?.ok_or(Rejected::Invalid)?;
        let left = match said.expires {
            Some(time) => time
                .duration_since(SystemTime::now())
                .map_err(|_| Rejected::Invalid)?,
            None => KNOWN_FOR,
        };
        if !self.is_for_this(&said) {
            return Err(Rejected::Invalid);
        }
        let has_scopes = self.scopes.iter().all(|scope| said.scopes.contains(scope));
        self.keep(
            token,
            Known {
                until: Instant::now() + left.min(KNOWN_FOR),
                has_scopes,
            },
        );
        enough(has_scopes)
    }

    /// Whether the token was issued for this program, which has to be checked so that nobody who got a token of a user for something else
    /// can use it here.
    fn is_for_this(&self, said: &Introspection) -> bool {
        let plain = |url: &str| url.trim_end_matches('/').to_owned();
        let resource = plain(&self.resource);
        said.audience.iter().any(|one| plain(one) == resource)
    }

    async fn ask(
        &self,
        asker: &OAuthClient,
        token: &str,
    ) -> Result<Option<Introspection>, Rejected> {
        /// Counts a question as long as it is open, even if who asked has left.
        struct Open<'a>(&'a AtomicUsize);
        impl Drop for Open<'_> {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::Relaxed);
            }
        }
        let before = self.questions.fetch_add(1, Ordering::Relaxed);
        let _open = Open(&self.questions);
        if before >= MOST_QUESTIONS {
            return Err(Rejected::Unknown);
        }
        asker.introspect(token).await.map_err(|error| {
            eprintln!("a token couldn't be checked: {error}");
            Rejected::Unknown
        })
    }

    fn known(&self, token: &str) -> Option<bool> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.get(token).filter(|one| Instant::now() < one.until)?;
        Some(found.has_scopes)
    }

    fn keep(&self, token: &str, one: Known) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            let now = Instant::now();
            known.retain(|_, one| now < one.until);
        }
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(token.to_owned(), one);
    }
}

fn enough(has_scopes: bool) -> Result<(), Rejected> {
    match has_scopes {
        true => Ok(()),
        false => Err(Rejected::Insufficient),
    }
}

impl Challenges {
    fn new(metadata_url: &str, scopes: &[String]) -> Result<Self, String> {
        // RFC 6749, section 3.3.
        let is_scope = |scope: &String| {
            let is_letter = |byte: u8| matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~');
            !scope.is_empty() && scope.bytes().all(is_letter)
        };
        if let Some(wrong) = scopes.iter().find(|scope| !is_scope(scope)) {
            return Err(format!("`--scope {wrong}` isn't a scope"));
        }
        let scope = match scopes {
            [] => String::new(),
            [..] => format!(", scope=\"{}\"", scopes.join(" ")),
        };
        let challenge = |error: &str| {
            let value = format!("Bearer {error}resource_metadata=\"{metadata_url}\"{scope}");
            HeaderValue::try_from(value).map_err(|_| format!("{metadata_url} can't be in a header"))
        };
        Ok(Self {
            missing: challenge("")?,
            invalid: challenge("error=\"invalid_token\", ")?,
            insufficient: challenge("error=\"insufficient_scope\", ")?,
        })
    }
}

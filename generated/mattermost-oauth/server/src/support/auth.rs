//! Authentication. Needs `base64_code.rs`, `decode.rs`, `operation.rs`, `problem.rs`, `scheme.rs`.

use std::borrow::Cow;
use std::fmt;

use http::HeaderMap;
use http::header::{AUTHORIZATION, AsHeaderName, COOKIE};
use http::request::Parts;

use super::{
    CredentialLocation, Operation, Problem, Requirement, Scheme, base64_decoded, percent_decoded,
    query_decoded, query_pairs,
};

/// Authenticates callers: any `async fn(Credentials) -> Result<Session, AuthError>`, or a custom type.
///
/// It isn't called for requests without the required credentials, to which the response is 401.
#[diagnostic::on_unimplemented(
    message = "`{Self}` doesn't authenticate callers",
    note = "an API with secured operations needs `.authenticate(…)` before `.build()`"
)]
pub trait Authenticate: Send + Sync + 'static {
    /// What is known about the caller. Methods get it with each call.
    type Session: Send + 'static;

    /// Checks the credentials of a request.
    ///
    /// # Errors
    /// [`AuthError::Unauthorized`] if they are not valid, [`AuthError::Forbidden`] if they are valid but insufficient.
    fn authenticate(
        &self,
        credentials: Credentials,
        operation: &'static Operation,
        parts: &Parts,
    ) -> impl Future<Output = Result<Self::Session, AuthError>> + Send;
}

impl<F, R, S> Authenticate for F
where
    F: Fn(Credentials) -> R + Send + Sync + 'static,
    R: Future<Output = Result<S, AuthError>> + Send,
    S: Send + 'static,
{
    type Session = S;

    fn authenticate(
        &self,
        credentials: Credentials,
        _: &'static Operation,
        _: &Parts,
    ) -> impl Future<Output = Result<S, AuthError>> + Send {
        self(credentials)
    }
}

/// Error returned when a caller is rejected.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AuthError {
    /// The credentials are not valid or have expired: 401.
    Unauthorized,
    /// The credentials are valid, but don't allow this: 403.
    Forbidden,
    /// Another error, for example that the credentials can't be checked at the moment.
    Problem(Problem),
}

impl From<Problem> for AuthError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// The credentials of a request, for one of the alternatives that the operation accepts. `Debug` doesn't show them.
#[derive(Clone)]
pub struct Credentials {
    operation: &'static Operation,
    requirement: &'static Requirement,
    /// One value for each scheme of the requirement; empty for external schemes.
    values: Vec<String>,
}

impl Credentials {
    /// Finds the credentials of a requirement; `None` if the request doesn't have all of them.
    fn find(
        operation: &'static Operation,
        requirement: &'static Requirement,
        parts: &Parts,
    ) -> Option<Self> {
        let values = requirement
            .schemes
            .iter()
            .map(|(scheme, _)| credential(scheme.location, parts));
        Some(Self {
            operation,
            requirement,
            values: values.collect::<Option<_>>()?,
        })
    }

    /// Returns the bearer token.
    pub fn bearer(&self) -> Option<&str> {
        self.value(|scheme| scheme.location == CredentialLocation::Bearer)
    }

    /// Returns the user name and password of basic authentication.
    pub fn basic(&self) -> Option<(&str, &str)> {
        self.value(|scheme| scheme.location == CredentialLocation::Basic)?
            .split_once(':')
    }

    /// Returns the API key of a scheme, or what follows the name of an HTTP scheme, by its name in the description.
    pub fn api_key(&self, scheme: &str) -> Option<&str> {
        self.value(|known| known.name == scheme)
    }

    /// Returns the operation that is called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the alternative of the operation's security that these are all credentials of.
    pub fn requirement(&self) -> &'static Requirement {
        self.requirement
    }

    /// Returns the schemes, with the scopes that each requires.
    pub fn schemes(&self) -> &'static [(&'static Scheme, &'static [&'static str])] {
        self.requirement.schemes
    }

    /// Returns the scopes that the description requires.
    pub fn scopes(&self) -> impl Iterator<Item = &'static str> {
        self.requirement
            .schemes
            .iter()
            .flat_map(|(_, scopes)| scopes.iter().copied())
    }

    /// Checks that a caller has all scopes that the description requires.
    ///
    /// # Errors
    /// [`AuthError::Forbidden`] if one of them wasn't granted. The response then lists what is required (RFC 6750, section 3.1).
    pub fn require_scopes<S: AsRef<str>>(&self, granted: &[S]) -> Result<(), AuthError> {
        let is_granted = |scope: &str| granted.iter().any(|granted| granted.as_ref() == scope);
        match self.scopes().all(is_granted) {
            true => Ok(()),
            false => Err(AuthError::Forbidden),
        }
    }

    fn value(&self, is_wanted: impl Fn(&Scheme) -> bool) -> Option<&str> {
        let index = self
            .requirement
            .schemes
            .iter()
            .position(|(scheme, _)| is_wanted(scheme))?;
        self.values.get(index).map(String::as_str)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(
                self.requirement
                    .schemes
                    .iter()
                    .map(|(scheme, _)| scheme.name),
            )
            .finish()
    }
}

/// Marks a server without an authentication hook.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unauthenticated;

/// Tries the alternative requirements of an operation in order: the session, and the requirement that was met. `None` if the request has
/// complete credentials for none of them.
pub(crate) async fn authenticated<A: Authenticate>(
    hook: &A,
    operation: &'static Operation,
    parts: &Parts,
) -> Option<Result<(A::Session, &'static Requirement), Problem>> {
    let mut refusal = None;
    for requirement in operation
        .security
        .iter()
        .filter(|requirement| !requirement.schemes.is_empty())
    {
        let Some(credentials) = Credentials::find(operation, requirement, parts) else {
            continue;
        };
        let error = match hook.authenticate(credentials, operation, parts).await {
            Ok(session) => return Some(Ok((session, requirement))),
            Err(error) => error,
        };
        // Forbidden, for a known caller, says more than that another credential wasn't valid.
        if refusal.is_none() || error != AuthError::Unauthorized {
            refusal = Some(refused(error, operation, requirement));
        }
    }
    refusal.map(Err)
}

fn refused(error: AuthError, operation: &Operation, requirement: &Requirement) -> Problem {
    match error {
        AuthError::Unauthorized => {
            Problem::unauthorized(challenges(operation, Some("invalid_token")))
                .with_detail("the credentials are not accepted")
        }
        AuthError::Forbidden => {
            let is_bearer = requirement
                .schemes
                .iter()
                .any(|(scheme, _)| scheme.location == CredentialLocation::Bearer);
            Problem::forbidden(is_bearer.then(|| insufficient_scope(requirement)))
                .with_detail("the credentials do not allow this")
        }
        AuthError::Problem(problem) => problem,
    }
}

/// The problem of a request without credentials.
pub(crate) fn missing_credentials(operation: &Operation) -> Problem {
    Problem::unauthorized(challenges(operation, None))
        .with_detail("this operation needs credentials")
}

/// A challenge for each scheme that the operation accepts (RFC 9110, section 11.3).
fn challenges(operation: &Operation, error: Option<&str>) -> Vec<String> {
    let schemes = operation
        .security
        .iter()
        .flat_map(|requirement| requirement.schemes);
    let mut challenges: Vec<String> = schemes
        .filter_map(|(scheme, _)| challenge(scheme, error))
        .collect();
    challenges.dedup();
    challenges
}

fn challenge(scheme: &Scheme, error: Option<&str>) -> Option<String> {
    match (scheme.location, error) {
        (CredentialLocation::Bearer, None) => Some("Bearer".to_owned()),
        (CredentialLocation::Bearer, Some(error)) => Some(format!("Bearer error=\"{error}\"")),
        (CredentialLocation::Basic, _) => Some("Basic realm=\"api\", charset=\"UTF-8\"".to_owned()),
        (CredentialLocation::Http(name), _) => Some(name.to_owned()),
        (CredentialLocation::Header(name), _) => {
            Some(format!("ApiKey in=\"header\", name=\"{name}\""))
        }
        (CredentialLocation::Query(name), _) => {
            Some(format!("ApiKey in=\"query\", name=\"{name}\""))
        }
        (CredentialLocation::Cookie(name), _) => {
            Some(format!("ApiKey in=\"cookie\", name=\"{name}\""))
        }
        (CredentialLocation::External, _) => None,
    }
}

/// The error of RFC 6750, section 3.1.
fn insufficient_scope(requirement: &Requirement) -> String {
    let scopes: Vec<&str> = requirement
        .schemes
        .iter()
        .flat_map(|(_, scopes)| scopes.iter().copied())
        .collect();
    match scopes.is_empty() {
        true => "Bearer error=\"insufficient_scope\"".to_owned(),
        false => format!(
            "Bearer error=\"insufficient_scope\", scope=\"{}\"",
            scopes.join(" ")
        ),
    }
}

/// The value of a credential in a request; `None` if it is missing or repeated.
fn credential(location: CredentialLocation, parts: &Parts) -> Option<String> {
    let value = match location {
        CredentialLocation::Bearer => authorization(&parts.headers, "bearer")?.to_owned(),
        CredentialLocation::Basic => {
            let text = authorization(&parts.headers, "basic")?;
            let user_and_password = base64_decoded(text.trim_end_matches('='))?;
            String::from_utf8(user_and_password)
                .ok()
                .filter(|text| text.contains(':'))?
        }
        CredentialLocation::Http(name) => authorization(&parts.headers, name)?.to_owned(),
        CredentialLocation::Header(name) => single(&parts.headers, name)?.to_owned(),
        CredentialLocation::Query(name) => query_key(parts.uri.query()?, name)?,
        CredentialLocation::Cookie(name) => cookie(&parts.headers, name)?,
        CredentialLocation::External => return Some(String::new()),
    };
    Some(value).filter(|value| !value.is_empty())
}

/// The part of the `Authorization` header after this scheme, whose name is case-insensitive (RFC 9110, section 11.1).
fn authorization<'h>(headers: &'h HeaderMap, scheme: &str) -> Option<&'h str> {
    let (name, value) = single(headers, AUTHORIZATION)?.split_once(' ')?;
    name.eq_ignore_ascii_case(scheme).then_some(value.trim())
}

fn query_key(query: &str, name: &str) -> Option<String> {
    let is_wanted = |pair: &(&str, &str)| query_decoded(pair.0).as_deref() == Some(name);
    let (_, value) = only(query_pairs(query).filter(is_wanted))?;
    query_decoded(value).map(Cow::into_owned)
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let (_, value) = only(cookies(headers).filter(|(known, _)| *known == name))?;
    percent_decoded(value).map(Cow::into_owned)
}

fn single(headers: &HeaderMap, name: impl AsHeaderName) -> Option<&str> {
    only(headers.get_all(name).into_iter())?.to_str().ok()
}

/// The only item of an iterator; `None` if there are none or several.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
}

/// The cookies of a request (RFC 6265, section 4.2.1).
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers
        .get_all(COOKIE)
        .into_iter()
        .filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

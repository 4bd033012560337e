//! Error responses: Mattermost's, and those of RFC 7591 for the registration of clients.

use std::borrow::Cow;
use std::error::Error;

use http::{HeaderValue, StatusCode, header};
use mattermost_oauth_server::Problem;
use mattermost_oauth_server::runtime::{Place, ProblemKind, RequestId, RequestParts};
use mattermost_oauth_server::types::AppError;

use crate::store::StoreError;

/// The path whose errors are those of RFC 7591.
pub const REGISTER: &str = "/api/v4/oauth/apps/register";

/// Why a request is refused.
#[derive(Debug)]
pub enum Refusal {
    /// 400: a parameter in the URL.
    Parameter(&'static str),
    /// 400: a value in the body.
    Value(&'static str),
    /// 400: a public client has no secret to regenerate.
    PublicClient,
    /// 403: a permission is missing.
    Forbidden,
    /// 404: there is no such app.
    UnknownApp,
    /// 501: the OAuth provider is switched off.
    SwitchedOff,
    /// 400, `unsupported_operation`: clients may not register themselves.
    RegistrationOff,
    /// 400, `invalid_redirect_uri` (RFC 7591, section 3.2.2).
    RedirectUri,
    /// 400, `invalid_client_metadata` (RFC 7591, section 3.2.2).
    ClientMetadata(&'static str),
    /// 429: too many clients register themselves.
    TooManyRegistrations,
    /// 500 or 503: the database. What it says is for the log.
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Refusal {
    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Parameter(_)
            | Self::Value(_)
            | Self::PublicClient
            | Self::RegistrationOff
            | Self::RedirectUri
            | Self::ClientMetadata(_) => StatusCode::BAD_REQUEST,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::UnknownApp => StatusCode::NOT_FOUND,
            Self::SwitchedOff => StatusCode::NOT_IMPLEMENTED,
            Self::TooManyRegistrations => StatusCode::TOO_MANY_REQUESTS,
            Self::Store(error) if error.is_temporary() => StatusCode::SERVICE_UNAVAILABLE,
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Mattermost's id of the error.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Parameter(_) => "api.context.invalid_url_param.app_error",
            Self::Value(_) => "api.context.invalid_body_param.app_error",
            Self::PublicClient => "api.oauth.regenerate_secret.public_client.app_error",
            Self::Forbidden => "api.context.permissions.app_error",
            Self::UnknownApp => "app.oauth.get_app.find.app_error",
            Self::SwitchedOff => "api.oauth.register_oauth_app.turn_off.app_error",
            Self::RegistrationOff => "api.oauth.register_client.turn_off.app_error",
            Self::RedirectUri => "api.oauth.register_client.redirect_uris.app_error",
            Self::ClientMetadata(_) => "api.oauth.register_client.metadata.app_error",
            Self::TooManyRegistrations => "api.oauth.register_client.limit.app_error",
            Self::Store(_) => "app.oauth.store.app_error",
        }
    }

    /// The error in words.
    pub fn message(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Parameter(name) => {
                return format!("Invalid or missing {name} parameter in the request URL.").into();
            }
            Self::Value(name) => {
                return format!("Invalid or missing {name} in the request body.").into();
            }
            Self::ClientMetadata(name) => {
                return format!("The {name} of the client is not valid.").into();
            }
            Self::PublicClient => "A public client has no secret.",
            Self::Forbidden => "You do not have the appropriate permissions.",
            Self::UnknownApp => "Unable to find the OAuth app.",
            Self::SwitchedOff => "The OAuth 2.0 service provider is switched off.",
            Self::RegistrationOff => "Dynamic client registration is switched off.",
            Self::RedirectUri => {
                "Each redirect URI has to be an http or https URL without a fragment, 1024 bytes together."
            }
            Self::TooManyRegistrations => {
                "Too many clients register at once; try again in a second."
            }
            Self::Store(error) if error.is_temporary() => {
                "The database is busy; try again in a second."
            }
            Self::Store(_) => "The database failed.",
        })
    }

    /// The error code of RFC 7591, for the registration of clients.
    pub fn registration_error(&self) -> Option<&'static str> {
        match self {
            Self::RegistrationOff => Some("unsupported_operation"),
            Self::RedirectUri => Some("invalid_redirect_uri"),
            Self::ClientMetadata(_) => Some("invalid_client_metadata"),
            _ => None,
        }
    }

    /// Whether the same request may succeed after a second.
    pub fn is_temporary(&self) -> bool {
        matches!(
            self.status(),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
        )
    }

    /// The response to a request. What the database says goes with it as far as the log.
    pub fn into_problem(self, request_id: Option<&str>) -> Problem {
        let message = self.message();
        let mut error = app_error(self.status(), self.id(), &message, request_id);
        if let Some(code) = self.registration_error() {
            add_registration_error(&mut error, code, &message);
        }
        let mut problem = Problem::new(self.status()).with_body(error);
        if self.is_temporary() {
            problem = problem.with_header(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        match self {
            Self::Store(error) => problem.with_source(error),
            _ => problem,
        }
    }
}

/// Tells the log of a problem.
pub fn log(problem: &Problem, request: &RequestParts) {
    let id = request_id(request).unwrap_or_default();
    let cause = problem.source().map(ToString::to_string);
    eprintln!(
        "request {id}: {}",
        cause.as_deref().unwrap_or(problem.title())
    );
}

fn request_id(request: &RequestParts) -> Option<&str> {
    RequestId::of(request).map(RequestId::as_str)
}

/// The responses of the generated server itself, in the same form.
pub fn built_in(problem: &Problem, request: &RequestParts) -> AppError {
    let message = message(problem);
    let id = match problem.kind() {
        ProblemKind::InvalidRequest if is_about_the_url(problem) => {
            "api.context.invalid_url_param.app_error"
        }
        ProblemKind::InvalidRequest => "api.context.invalid_body_param.app_error",
        ProblemKind::Unauthorized => "api.context.session_expired.app_error",
        ProblemKind::Forbidden => "api.context.permissions.app_error",
        ProblemKind::NotFound => "api.context.404.app_error",
        ProblemKind::NotImplemented => "api.context.not_implemented.app_error",
        _ => match problem.status().is_server_error() {
            true => "api.context.internal.app_error",
            false => "api.context.request.app_error",
        },
    };
    let mut error = app_error(problem.status(), id, &message, request_id(request));
    if request.uri.path() == REGISTER && problem.status() == StatusCode::BAD_REQUEST {
        let about_uris = |place: &Place| matches!(place, Place::Body(pointer) if pointer.starts_with("/redirect_uris"));
        let code = match problem
            .errors()
            .iter()
            .any(|error| about_uris(&error.place))
        {
            true => "invalid_redirect_uri",
            false => "invalid_client_metadata",
        };
        add_registration_error(&mut error, code, &message);
    }
    error
}

fn is_about_the_url(problem: &Problem) -> bool {
    let mut errors = problem.errors().iter();
    errors.any(|error| matches!(error.place, Place::Parameter(_)))
}

/// What is wrong, and where.
fn message(problem: &Problem) -> String {
    let places = problem.errors().iter().map(|error| {
        let (Place::Body(place) | Place::Parameter(place)) = &error.place;
        format!("{place} {}", error.detail).trim_start().to_owned()
    });
    let places: Vec<String> = places.collect();
    let what = problem.detail().unwrap_or(problem.title());
    match places.is_empty() {
        true => what.to_owned(),
        false => format!("{what}: {}", places.join("; ")),
    }
}

/// An error in Mattermost's format: what the description declares, and `detailed_error`.
fn app_error(status: StatusCode, id: &str, message: &str, request_id: Option<&str>) -> AppError {
    let mut error = AppError::new()
        .status_code(status.as_u16().into())
        .id(id)
        .message(message);
    error.request_id = request_id.map(str::to_owned);
    let rest = &mut error.additional_properties;
    rest.insert("detailed_error".to_owned(), "".into());
    error
}

/// Adds the members of RFC 7591, section 3.2.2: its clients read these, Mattermost's the others.
fn add_registration_error(error: &mut AppError, code: &str, description: &str) {
    let rest = &mut error.additional_properties;
    rest.insert("error".to_owned(), code.into());
    rest.insert("error_description".to_owned(), description.into());
}

//! Who may call: credentials become a session.

use std::fmt;
use std::future::ready;

use subtle::ConstantTimeEq;

use api_server::{AuthError, Authenticate, Credentials};

/// What is known of a caller. Methods have it as `call.session()`.
#[derive(Debug, Clone)]
pub struct Session {
    /// The name of the caller.
    pub user: String,
}

/// A hook that accepts callers who know the token. It is called for operations that require credentials, with those that came; put in its
/// place how your callers prove who they are.
pub fn by_token(token: Option<Secret>) -> impl Authenticate<Session = Session> {
    move |credentials: Credentials| {
        let is_known = |token: &Secret| are_known(&credentials, token.expose());
        let session = if token.as_ref().is_some_and(is_known) {
            Ok(Session {
                user: "the owner of the token".to_owned(),
            })
        } else {
            Err(AuthError::Unauthorized)
        };
        ready(session)
    }
}

/// Whether all credentials are the token. The time that this takes tells nothing about it.
fn are_known(credentials: &Credentials, token: &str) -> bool {
    let presented: &[Option<&str>] = &[api_credentials];
    let mut presented = presented.iter().flatten().peekable();
    let is_token = |secret: &&str| bool::from(secret.as_bytes().ct_eq(token.as_bytes()));
    presented.peek().is_some() && presented.all(is_token)
}

/// A text that isn't shown.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

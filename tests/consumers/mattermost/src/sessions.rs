//! Sessions and permissions of callers.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use http::request::Parts;
use mattermost_oauth_server::{AuthError, Authenticate, Credentials, Operation};

/// A permission of a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Permission {
    /// Register apps, and manage those registered before.
    ManageOAuth,
    /// Manage the apps of all users.
    ManageSystemWideOAuth,
    /// See what apps others have authorized.
    EditOtherUsers,
    /// Everything about the system, such as trusting apps.
    ManageSystem,
}

/// The session of a caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    user_id: String,
    permissions: BTreeSet<Permission>,
    is_expired: bool,
    is_locked: bool,
}

impl Session {
    /// A session without permissions.
    pub fn new(user_id: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
            permissions: BTreeSet::new(),
            is_expired: false,
            is_locked: false,
        }
    }

    /// Adds permissions.
    #[must_use]
    pub fn with(mut self, permissions: impl IntoIterator<Item = Permission>) -> Self {
        self.permissions.extend(permissions);
        self
    }

    /// The session after its expiry.
    #[must_use]
    pub fn expired(mut self) -> Self {
        self.is_expired = true;
        self
    }

    /// The session of a locked account.
    #[must_use]
    pub fn locked(mut self) -> Self {
        self.is_locked = true;
        self
    }

    /// The user.
    pub fn user_id(&self) -> &str {
        &self.user_id
    }

    /// Whether the session has expired.
    pub fn is_expired(&self) -> bool {
        self.is_expired
    }

    /// Whether the user has a permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }
}

/// The sessions, by token. Clones share them.
#[derive(Clone, Default)]
pub struct Sessions(Arc<Mutex<HashMap<String, Session>>>);

impl Sessions {
    /// No sessions.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a session.
    pub fn log_in(&self, token: impl Into<String>, session: Session) {
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.insert(token.into(), session);
    }
}

impl Authenticate for Sessions {
    type Session = Session;

    async fn authenticate(
        &self,
        credentials: Credentials,
        _: &'static Operation,
        _: &Parts,
    ) -> Result<Session, AuthError> {
        let sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let session = credentials.bearer().and_then(|token| sessions.get(token));
        match session {
            None => Err(AuthError::Unauthorized),
            Some(session) if session.is_locked => Err(AuthError::Forbidden),
            Some(session) => Ok(session.clone()),
        }
    }
}

//! Sessions: who calls, and what they may do.

use http::request::Parts;
use mattermost_oauth_server::runtime::{Operation, RequestId};
use mattermost_oauth_server::{AuthError, Authenticate, Credentials};

use crate::refusal::Refusal;
use crate::store::Store;

/// A permission of a user. The names are Mattermost's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Register apps, and manage those that one has registered.
    ManageOAuth,
    /// Manage the apps of all users.
    ManageSystemWideOAuth,
    /// See which apps others have authorized.
    EditOtherUsers,
    /// Manage the system, which includes trusting apps.
    ManageSystem,
}

impl Permission {
    /// All permissions.
    pub const ALL: [Self; 4] = [
        Self::ManageOAuth,
        Self::ManageSystemWideOAuth,
        Self::EditOtherUsers,
        Self::ManageSystem,
    ];

    /// The name, as it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::ManageOAuth => "manage_oauth",
            Self::ManageSystemWideOAuth => "manage_system_wide_oauth",
            Self::EditOtherUsers => "edit_other_users",
            Self::ManageSystem => "manage_system",
        }
    }

    /// The permission of a name.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|permission| permission.name() == name)
    }
}

/// A set of permissions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Permissions(u8);

impl Permissions {
    /// Whether a permission is in it.
    pub fn has(self, permission: Permission) -> bool {
        self.0 & Self::bit(permission) != 0
    }

    /// The names, separated by commas.
    pub fn names(self) -> String {
        let all = Permission::ALL.into_iter();
        let names: Vec<&str> = all
            .filter(|one| self.has(*one))
            .map(Permission::name)
            .collect();
        names.join(",")
    }

    /// The permissions of names that are separated by commas; others are ignored.
    pub fn named(names: &str) -> Self {
        names.split(',').filter_map(Permission::named).collect()
    }

    fn bit(permission: Permission) -> u8 {
        1 << permission as u8
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(
            permissions
                .into_iter()
                .fold(0, |set, one| set | Self::bit(one)),
        )
    }
}

/// The session of a caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The id of the user.
    pub user_id: String,
    /// What the user may do.
    pub permissions: Permissions,
}

impl Session {
    /// Checks a permission.
    ///
    /// # Errors
    /// 403 if the user doesn't have it.
    pub fn must(&self, permission: Permission) -> Result<(), Refusal> {
        match self.permissions.has(permission) {
            true => Ok(()),
            false => Err(Refusal::Forbidden),
        }
    }
}

/// The authentication hook: bearer tokens of the database.
#[derive(Debug, Clone)]
pub struct Sessions(Store);

impl Sessions {
    /// The tokens of a database.
    pub fn new(store: Store) -> Self {
        Self(store)
    }
}

impl Authenticate for Sessions {
    type Session = Session;

    async fn authenticate(
        &self,
        credentials: Credentials,
        _: &'static Operation,
        parts: &Parts,
    ) -> Result<Session, AuthError> {
        let token = credentials.bearer().unwrap_or_default();
        match self.0.session(token).await {
            Ok(Some(session)) => Ok(session),
            Ok(None) => Err(AuthError::Unauthorized),
            Err(error) => {
                let refusal = Refusal::from(error);
                let id = RequestId::of(parts).map(RequestId::as_str);
                Err(refusal.into_problem(id).into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_are_stored_by_name() {
        let some: Permissions = [Permission::ManageSystem, Permission::ManageOAuth]
            .into_iter()
            .collect();
        assert_eq!(some.names(), "manage_oauth,manage_system");
        assert_eq!(Permissions::named(&some.names()), some);
        assert_eq!(Permissions::named("").names(), "");
        assert_eq!(
            Permissions::named("manage_oauth,unknown").names(),
            "manage_oauth"
        );
        assert!(some.has(Permission::ManageOAuth) && !some.has(Permission::EditOtherUsers));
    }
}

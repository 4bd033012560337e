// Written by specwright; changes are overwritten.

//! Routes requests to operations.

mod oauth;

use std::sync::Arc;

use super::oauth::OauthApi;
use super::support::{
    Authenticate, BoxFuture, Dispatch, Exchange, Handlers, Node, Operation, Placement,
    Problem, Response, Routes, Scheme,
};

impl<P, A> Dispatch for Handlers<P, A>
where
    P: OauthApi<Session = A::Session>,
    A: Authenticate,
{
    const ROUTES: &'static Routes = &ROUTES;
    const OPERATIONS: &'static [&'static Operation] = OPERATIONS;
    const BASE_PATH: &'static str = "";

    fn dispatch(
        self: Arc<Self>,
        operation: usize,
        exchange: Exchange,
    ) -> BoxFuture<'static, Result<Response, Problem>> {
        match operation {
            0 => Box::pin(oauth::create_oauth_app(self, exchange)),
            1 => Box::pin(oauth::get_oauth_apps(self, exchange)),
            2 => Box::pin(oauth::get_oauth_app(self, exchange)),
            3 => Box::pin(oauth::update_oauth_app(self, exchange)),
            4 => Box::pin(oauth::delete_oauth_app(self, exchange)),
            5 => Box::pin(oauth::regenerate_oauth_app_secret(self, exchange)),
            6 => Box::pin(oauth::get_oauth_app_info(self, exchange)),
            7 => Box::pin(oauth::get_authorization_server_metadata(self, exchange)),
            8 => Box::pin(oauth::register_oauth_client(self, exchange)),
            9 => Box::pin(oauth::get_authorized_oauth_apps_for_user(self, exchange)),
            _ => Box::pin(async { Err(Problem::not_found()) }),
        }
    }
}

/// The operations, indexed by the numbers in the routes.
const OPERATIONS: &[&Operation] = &[
    &oauth::CREATE_OAUTH_APP,
    &oauth::GET_OAUTH_APPS,
    &oauth::GET_OAUTH_APP,
    &oauth::UPDATE_OAUTH_APP,
    &oauth::DELETE_OAUTH_APP,
    &oauth::REGENERATE_OAUTH_APP_SECRET,
    &oauth::GET_OAUTH_APP_INFO,
    &oauth::GET_AUTHORIZATION_SERVER_METADATA,
    &oauth::REGISTER_OAUTH_CLIENT,
    &oauth::GET_AUTHORIZED_OAUTH_APPS_FOR_USER,
];

static BEARER_AUTH: Scheme = Scheme {
    name: "bearerAuth",
    placement: Placement::Bearer,
};

static ROUTES: Routes = {
    /// `/`
    const NODE_0: Node = Node {
        literals: &[(".well-known", 1), ("api", 3)],
        ..Node::EMPTY
    };
    /// `/.well-known`
    const NODE_1: Node = Node {
        literals: &[("oauth-authorization-server", 2)],
        ..Node::EMPTY
    };
    /// `/.well-known/oauth-authorization-server`
    const NODE_2: Node = Node {
        methods: &[("GET", 7)],
        ..Node::EMPTY
    };
    /// `/api`
    const NODE_3: Node = Node {
        literals: &[("v4", 4)],
        ..Node::EMPTY
    };
    /// `/api/v4`
    const NODE_4: Node = Node {
        literals: &[("oauth", 5), ("users", 11)],
        ..Node::EMPTY
    };
    /// `/api/v4/oauth`
    const NODE_5: Node = Node {
        literals: &[("apps", 6)],
        ..Node::EMPTY
    };
    /// `/api/v4/oauth/apps`
    const NODE_6: Node = Node {
        literals: &[("register", 7)],
        parameter: Some(8),
        methods: &[("GET", 1), ("POST", 0)],
        ..Node::EMPTY
    };
    /// `/api/v4/oauth/apps/register`
    const NODE_7: Node = Node {
        methods: &[("POST", 8)],
        ..Node::EMPTY
    };
    /// `/api/v4/oauth/apps/{}`
    const NODE_8: Node = Node {
        literals: &[("info", 9), ("regen_secret", 10)],
        methods: &[("DELETE", 4), ("GET", 2), ("PUT", 3)],
        ..Node::EMPTY
    };
    /// `/api/v4/oauth/apps/{}/info`
    const NODE_9: Node = Node {
        methods: &[("GET", 6)],
        ..Node::EMPTY
    };
    /// `/api/v4/oauth/apps/{}/regen_secret`
    const NODE_10: Node = Node {
        methods: &[("POST", 5)],
        ..Node::EMPTY
    };
    /// `/api/v4/users`
    const NODE_11: Node = Node {
        parameter: Some(12),
        ..Node::EMPTY
    };
    /// `/api/v4/users/{}`
    const NODE_12: Node = Node {
        literals: &[("oauth", 13)],
        ..Node::EMPTY
    };
    /// `/api/v4/users/{}/oauth`
    const NODE_13: Node = Node {
        literals: &[("apps", 14)],
        ..Node::EMPTY
    };
    /// `/api/v4/users/{}/oauth/apps`
    const NODE_14: Node = Node {
        literals: &[("authorized", 15)],
        ..Node::EMPTY
    };
    /// `/api/v4/users/{}/oauth/apps/authorized`
    const NODE_15: Node = Node {
        methods: &[("GET", 9)],
        ..Node::EMPTY
    };
    Routes(
        &[
            NODE_0,
            NODE_1,
            NODE_2,
            NODE_3,
            NODE_4,
            NODE_5,
            NODE_6,
            NODE_7,
            NODE_8,
            NODE_9,
            NODE_10,
            NODE_11,
            NODE_12,
            NODE_13,
            NODE_14,
            NODE_15,
        ],
    )
};

// Written by specwright; changes are overwritten.

//! Routes requests to operations.

mod oauth;

use std::sync::Arc;

use super::oauth::OauthApi;
use super::support::{
    BoxFuture, Dispatch, Exchange, Handlers, Node, Operation, Problem, Response, Routes,
};

impl<P, A> Dispatch for Handlers<P, A>
where
    P: OauthApi,
    A: Send + Sync + 'static,
{
    const ROUTES: &'static Routes = &ROUTES;
    const OPERATIONS: &'static [&'static Operation] = OPERATIONS;
    const BASE_PATH: &'static str = "/api/v4";

    fn dispatch(
        self: Arc<Self>,
        operation: usize,
        exchange: Exchange,
    ) -> BoxFuture<'static, Result<Response, Problem>> {
        match operation {
            0 => Box::pin(oauth::register_oauth_app(self, exchange)),
            1 => Box::pin(oauth::get_oauth_apps(self, exchange)),
            2 => Box::pin(oauth::get_oauth_app(self, exchange)),
            3 => Box::pin(oauth::update_oauth_app(self, exchange)),
            4 => Box::pin(oauth::delete_oauth_app(self, exchange)),
            5 => Box::pin(oauth::regenerate_oauth_app_secret(self, exchange)),
            6 => Box::pin(oauth::get_info_on_oauth_app(self, exchange)),
            7 => Box::pin(oauth::get_authorized_oauth_apps(self, exchange)),
            _ => Box::pin(async { Err(Problem::not_found()) }),
        }
    }
}

/// The operations, indexed by the numbers in the routes.
const OPERATIONS: &[&Operation] = &[
    &oauth::REGISTER_OAUTH_APP,
    &oauth::GET_OAUTH_APPS,
    &oauth::GET_OAUTH_APP,
    &oauth::UPDATE_OAUTH_APP,
    &oauth::DELETE_OAUTH_APP,
    &oauth::REGENERATE_OAUTH_APP_SECRET,
    &oauth::GET_INFO_ON_OAUTH_APP,
    &oauth::GET_AUTHORIZED_OAUTH_APPS,
];

static ROUTES: Routes = {
    /// `/`
    const NODE_0: Node = Node {
        literals: &[("oauth", 1), ("users", 6)],
        ..Node::EMPTY
    };
    /// `/oauth`
    const NODE_1: Node = Node {
        literals: &[("apps", 2)],
        ..Node::EMPTY
    };
    /// `/oauth/apps`
    const NODE_2: Node = Node {
        parameter: Some(3),
        methods: &[("GET", 1), ("POST", 0)],
        ..Node::EMPTY
    };
    /// `/oauth/apps/{}`
    const NODE_3: Node = Node {
        literals: &[("info", 4), ("regen_secret", 5)],
        methods: &[("DELETE", 4), ("GET", 2), ("PUT", 3)],
        ..Node::EMPTY
    };
    /// `/oauth/apps/{}/info`
    const NODE_4: Node = Node {
        methods: &[("GET", 6)],
        ..Node::EMPTY
    };
    /// `/oauth/apps/{}/regen_secret`
    const NODE_5: Node = Node {
        methods: &[("POST", 5)],
        ..Node::EMPTY
    };
    /// `/users`
    const NODE_6: Node = Node {
        parameter: Some(7),
        ..Node::EMPTY
    };
    /// `/users/{}`
    const NODE_7: Node = Node {
        literals: &[("oauth", 8)],
        ..Node::EMPTY
    };
    /// `/users/{}/oauth`
    const NODE_8: Node = Node {
        literals: &[("apps", 9)],
        ..Node::EMPTY
    };
    /// `/users/{}/oauth/apps`
    const NODE_9: Node = Node {
        literals: &[("authorized", 10)],
        ..Node::EMPTY
    };
    /// `/users/{}/oauth/apps/authorized`
    const NODE_10: Node = Node {
        methods: &[("GET", 7)],
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
        ],
    )
};

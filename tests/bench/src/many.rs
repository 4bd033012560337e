//! A request for each of GitHub's 845 operations, by the generated server and by axum: found, its parameters extracted, its method called.
//! `build.rs` writes both of `github.txt`.

use std::hint::black_box;

use axum::body::Body as AxumBody;
use axum::extract::Path;
use axum::{Router, routing};
use bytes::Bytes;
use futures_executor::block_on;
use http::{Request, StatusCode};
use http_body_util::Full;
use tower_service::Service;

use crate::{Task, routes, task};

/// What specwright makes of the operations.
#[allow(missing_docs, unreachable_pub, clippy::pedantic)]
mod api {
    include!(concat!(env!("OUT_DIR"), "/many/mod.rs"));
}

use api::server::{Call, ManyApi, Server, many};

/// Does nothing with the parameters.
struct Provider;

include!(concat!(env!("OUT_DIR"), "/many_ours.rs"));
include!(concat!(env!("OUT_DIR"), "/many_by_hand.rs"));

/// A request for each operation.
fn requests<B: Default>() -> Vec<Request<B>> {
    let requests = routes::requests().into_iter();
    let requests = requests.map(|(method, path)| {
        let request = Request::builder().method(method).uri(path);
        request.body(B::default()).expect("the parts are valid")
    });
    requests.collect()
}

/// A request like this one.
fn again<B: Default>(request: &Request<B>) -> Request<B> {
    let mut again = Request::new(B::default());
    again.method_mut().clone_from(request.method());
    again.uri_mut().clone_from(request.uri());
    again
}

/// Calls all operations of the generated server.
pub fn ours() -> Task {
    let server = Server::builder(Provider).build();
    let requests = requests::<Full<Bytes>>();
    task(move || {
        for request in &requests {
            let response = block_on(server.clone().call(again(request)));
            let response = response.expect("the service doesn't fail");
            assert_eq!(response.status(), StatusCode::NO_CONTENT);
            black_box(response);
        }
    })
}

/// Calls all operations on axum.
pub fn by_hand() -> Task {
    let router = router();
    let requests = requests::<AxumBody>();
    task(move || {
        for request in &requests {
            let response = block_on(router.clone().call(again(request)));
            let response = response.expect("the service doesn't fail");
            assert_eq!(response.status(), StatusCode::NO_CONTENT);
            black_box(response);
        }
    })
}

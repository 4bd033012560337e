//! Calls of an API that answers in memory, by the generated client and by hand.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::hint::black_box;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_executor::block_on;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use tower_service::Service;

use crate::shop::client::{Client, TowerTransport};
use crate::{Task, by_hand, task, values};

/// The address that is called.
const URL: &str = "https://shop.example";

/// A service that always gives the same response.
#[derive(Debug, Clone)]
pub struct Canned {
    status: StatusCode,
    body: Bytes,
}

impl Canned {
    fn new(status: StatusCode, body: String) -> Self {
        Self {
            status,
            body: Bytes::from(body),
        }
    }

    /// One app.
    pub fn one() -> Self {
        Self::new(StatusCode::OK, values::app(7).to_string())
    }

    /// A page of 60.
    pub fn list() -> Self {
        Self::new(StatusCode::OK, values::apps(60))
    }

    /// A list of some 1 MB.
    pub fn megabyte() -> Self {
        Self::new(StatusCode::OK, values::apps(2_500))
    }

    /// The error that there is no such app.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, values::app_error())
    }
}

impl<B> Service<Request<B>> for Canned {
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        black_box(request.headers());
        let response = Response::builder()
            .status(self.status)
            .header("content-type", "application/json")
            .header("content-length", self.body.len())
            .header("date", "Sat, 28 Nov 2026 12:00:00 GMT")
            .header("x-request-id", "9kd3a6tm1pgn5xk1nqnxjbmb1y")
            .body(Full::new(self.body.clone()));
        ready(Ok(response.expect("the parts are valid")))
    }
}

fn client(service: Canned) -> Client {
    let client = Client::builder(URL)
        .bearer("secret")
        .transport(TowerTransport::new(service));
    client.build().expect("the address is valid")
}

/// Gets an app that is there by the generated client.
pub fn get_ours(service: Canned) -> Task {
    let client = client(service);
    task(move || {
        let app = block_on(async { client.apps().get_app("app7").await });
        black_box(app.expect("the app is there"));
    })
}

/// Gets a list by the generated client.
pub fn list_ours(service: Canned) -> Task {
    let client = client(service);
    task(move || {
        let apps = block_on(async { client.apps().list_apps().page(2).per_page(60).await });
        black_box(apps.expect("there are apps"));
    })
}

/// Gets an app that isn't there by the generated client.
pub fn fail_ours(service: Canned) -> Task {
    let client = client(service);
    task(move || {
        let app = block_on(async { client.apps().get_app("app7").await });
        let error = app.expect_err("the app isn't there");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
        black_box(error);
    })
}

/// Gets an app that is there by hand.
pub fn get_by_hand(service: Canned) -> Task {
    let client = by_hand::client::Client::new(URL, "secret", service);
    task(move || {
        let app = block_on(client.get_app("app7"));
        black_box(app.expect("the app is there"));
    })
}

/// Gets a list by hand.
pub fn list_by_hand(service: Canned) -> Task {
    let client = by_hand::client::Client::new(URL, "secret", service);
    task(move || {
        let apps = block_on(client.list_apps(2, 60));
        black_box(apps.expect("there are apps"));
    })
}

/// Gets an app that isn't there by hand.
pub fn fail_by_hand(service: Canned) -> Task {
    let client = by_hand::client::Client::new(URL, "secret", service);
    task(move || {
        let error = block_on(client.get_app("app7")).expect_err("the app isn't there");
        assert!(matches!(&error, by_hand::client::Error::Api(404, ..)));
        black_box(error);
    })
}

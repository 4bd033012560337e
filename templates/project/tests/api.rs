//! The service as its callers see it.

#![api_attributes]

use http::StatusCode; //: call
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use api_client::{Client, TowerTransport}; //: call
use api_server::runtime::Shutdown; //: silent
use api_server::runtime::{ResponseChecks, Shutdown}; //: call

use api_service::auth::Secret; //: secured call
use api_service::config::Config;
use api_service::{health, serve, service};

/// A client of a service in memory, whose responses are checked. //: call
fn client() -> Client { //: call
    let config = Config { //: call
        token: Some(Secret::new("secret".to_owned())), //: secured call
        checks: ResponseChecks::Refuse, //: call
        ..Config::default() //: call
    }; //: call
    let router = service::router(&config, &Shutdown::new()); //: call
    Client::builder("http://service.testAPI_BASE_PATH") //: call
        .transport(TowerTransport::new(router)) //: call
        .api_credentials() //: call
        .build() //: call
        .expect("the URL is valid") //: call
} //: call
 //: call
/// Implement the operation, and say here what it does. //: call
#[tokio::test] //: call
async fn an_operation_that_is_not_implemented_says_so() { //: call
    let called = api_call; //: call
    let error = called.expect_err("it isn't implemented"); //: call
    assert_eq!(error.status(), Some(StatusCode::NOT_IMPLEMENTED)); //: call
} //: call
 //: call
#[tokio::test]
async fn the_service_is_well_and_stops_when_it_is_asked_to() {
    let config = Config::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let shutdown = Shutdown::new();
    let router = service::router(&config, &shutdown);
    let (stop, stopped) = oneshot::channel::<()>();
    let end = async { stopped.await.unwrap_or_default() };
    let serving = serve::serve(listener, router, config.grace, &shutdown, end);
    let asking = async {
        health::ask(address).await.expect("it answers");
        stop.send(()).expect("it serves");
    };
    let (is_done, ()) = tokio::join!(serving, asking);
    assert!(is_done);
    health::ask(address).await.expect_err("it has stopped");
}

#[test]
fn variables_are_checked() {
    let read = |name: &'static str, value: &'static str| {
        Config::read(move |asked| (asked == name).then(|| value.to_owned()))
    };
    assert_eq!(
        read("LISTEN", "0.0.0.0:80").unwrap().listen.to_string(),
        "0.0.0.0:80"
    );
    let error = read("LISTEN", "here").unwrap_err().to_string();
    assert!(error.starts_with("the variable LISTEN"), "{error}");
    let error = read("CHECK_RESPONSES", "no").unwrap_err().to_string();
    assert!(error.contains("`off`, `log` or `refuse`"), "{error}");
}

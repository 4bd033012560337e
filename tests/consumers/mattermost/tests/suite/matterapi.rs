//! Compares, feature by feature, with matterapi 0.5.0 (the Python client for Mattermost).

use std::any::type_name;
use std::collections::BTreeMap;
use std::future::IntoFuture;

use mattermost_oauth_client::oauth::OauthApi;
use mattermost_oauth_client::types::{
    ClientRegistrationResponseTokenEndpointAuthMethod as AuthMethod, CreateOAuthAppBody,
    CreateOAuthAppBodyRequired, OAuthApp, UpdateOAuthAppBody, UpdateOAuthAppBodyRequired,
};
use mattermost_oauth_client::{BuildError, Client, Error, Recorder, Response};
use serde_json::{Value, json, to_value};

use crate::world::{URL, body, recorded};

/// matterapi's documentation of the eight operations, as Sphinx renders it.
const DOCUMENTATION: &str = include_str!("matterapi.txt");

/// The generated operations, as text.
const SOURCE: &str = include_str!("../../../../../generated/mattermost-oauth/client/src/oauth.rs");

/// The equivalent of a feature.
enum Equivalent {
    /// There is one, which this function demonstrates.
    Shown(fn()),
    /// There is none, for this reason.
    Nothing(&'static str),
}

use Equivalent::{Nothing, Shown};

const FEATURES: [(u8, &str, Equivalent); 22] = [
    (
        1,
        "a synchronous and an asynchronous client",
        Shown(one_client_for_both),
    ),
    (2, "a property and a class per tag", Shown(groups)),
    (3, "names", Shown(names_and_results_are_matterapis)),
    (4, "path parameters", Shown(path_parameters)),
    (5, "query parameters", Shown(query_parameters)),
    (6, "bodies: a model or a dict", Shown(bodies)),
    (7, "a model for each inline body", Shown(inline_bodies)),
    (8, "the result's model", Shown(results)),
    (9, "lists", Shown(lists)),
    (
        10,
        "only the documented success is decoded",
        Shown(other_successes),
    ),
    (11, "an exception per status", Shown(errors)),
    (12, "skip_response_parsing", Shown(raw_responses)),
    (13, "sessions", Shown(clones_share_everything)),
    (14, "options", Shown(options)),
    (15, "tokens", Shown(tokens)),
    (16, "enums", Shown(enums)),
    (
        17,
        "root models that act like list and dict",
        Nothing("Python's own: such a schema is a Vec or a Map here, which need not act like one"),
    ),
    (
        18,
        "files",
        Nothing("no operation of this API takes or gives a file"),
    ),
    (19, "no schema for the success", Shown(no_schema)),
    (20, "documentation", Shown(documentation)),
    (
        21,
        "websocket",
        Nothing("out of scope: no description of an HTTP API says what goes over it"),
    ),
    (22, "what is known to be wrong", Shown(no_known_mistakes)),
];

#[test]
fn each_feature_has_an_equivalent_or_a_reason() {
    for (index, (number, feature, equivalent)) in FEATURES.iter().enumerate() {
        assert_eq!(usize::from(*number), index + 1);
        match equivalent {
            Shown(shown) => {
                println!("{number}: {feature}"); // is shown if the next line fails
                shown();
            }
            Nothing(reason) => assert!(reason.len() > 20, "{feature}"),
        }
    }
}

/// Always gives this response.
fn always(status: u16, body: Value) -> Recorder {
    Recorder::new().respond(move |_| {
        let response = http::Response::builder()
            .status(status)
            .header("content-type", "application/json");
        Ok(response.body(body.to_string().into()).unwrap())
    })
}

fn block_on<T>(future: impl IntoFuture<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(future.into_future())
}

/// The path and query of the last request.
fn sent(recorder: &Recorder) -> String {
    let requests = recorder.requests();
    requests
        .last()
        .unwrap()
        .uri
        .path_and_query()
        .unwrap()
        .to_string()
}

fn update_body() -> UpdateOAuthAppBody {
    UpdateOAuthAppBody::new(UpdateOAuthAppBodyRequired {
        id: "a1".to_owned(),
        name: "n".to_owned(),
        description: "d".to_owned(),
        callback_urls: vec!["https://b".to_owned()],
        homepage: "https://b".to_owned(),
    })
}

/// One client, and one function for each operation.
fn one_client_for_both() {
    let recorder = always(200, json!({ "id": "a1" }));
    let oauth = recorded(&recorder).oauth();
    let asynchronous = block_on(oauth.get_oauth_app("a1")).unwrap();
    let synchronous = oauth.get_oauth_app("a1").send_blocking().unwrap();
    assert_eq!(&asynchronous, synchronous.body());
}

/// An operation with several tags is in one group only: the one that most operations share.
fn groups() {
    let client = recorded(&Recorder::new());
    let _: OauthApi = client.oauth();
    let _: fn(
        &mattermost_oauth_swagger2_client::Client,
    ) -> mattermost_oauth_swagger2_client::OauthApi =
        mattermost_oauth_swagger2_client::Client::oauth;
    assert!(SOURCE.contains("/// Endpoints for configuring and interacting with Mattermost as an OAuth 2.0 service provider.\n///\n/// Returned by [`Client::oauth`](super::Client::oauth).\n#[derive(Debug, Clone)]\npub struct OauthApi"));
}

/// The name of a type without its path: `Vec<OAuthApp>`.
fn short_name<T>() -> String {
    let name = type_name::<T>();
    let parts = name.split_inclusive(['<', '>', ',']);
    parts
        .map(|part| part.rsplit("::").next().unwrap())
        .collect()
}

fn result_of<T, E>(_: impl IntoFuture<Output = Result<T, E>>) -> String {
    short_name::<T>()
}

/// The eight operations: `(name, result)`.
fn operations() -> BTreeMap<String, String> {
    let oauth = recorded(&Recorder::new()).oauth();
    macro_rules! operations {
        ($($name:ident($($argument:expr),*);)*) => {
            [$((stringify!($name).to_owned(), result_of(oauth.$name($($argument),*)))),*].into()
        };
    }
    operations! {
        create_oauth_app(body());
        delete_oauth_app("a1");
        get_authorized_oauth_apps_for_user("me");
        get_oauth_app("a1");
        get_oauth_app_info("a1");
        get_oauth_apps();
        regenerate_oauth_app_secret("a1");
        update_oauth_app("a1", update_body());
    }
}

/// An operation in matterapi's documentation.
struct Documented {
    name: String,
    result: String,
    summary: String,
    permissions: String,
    reference: String,
}

fn documented() -> Vec<Documented> {
    let sections = DOCUMENTATION.split("\nasync ").skip(1);
    let operations = sections.map(|section| {
        let paragraphs: Vec<&str> = section.split("\n\n").map(str::trim).collect();
        let after = |heading: &str| {
            let at = paragraphs
                .iter()
                .position(|paragraph| *paragraph == heading)
                .unwrap();
            paragraphs[at + 1].to_owned()
        };
        let (name, _) = paragraphs[0].split_once('(').unwrap();
        let (_, result) = paragraphs[0].rsplit_once(") ").unwrap();
        Documented {
            name: name.to_owned(),
            result: result
                .replace("List[", "Vec<")
                .replace(']', ">")
                .replace("matterapi.models.", ""),
            summary: paragraphs[1].to_owned(),
            permissions: after("Permissions:"),
            reference: after("Api Reference:"),
        }
    });
    operations.collect()
}

fn names_and_results_are_matterapis() {
    let theirs = documented()
        .into_iter()
        .map(|operation| (operation.name, operation.result));
    let theirs: BTreeMap<String, String> = theirs.collect();
    assert_eq!(theirs.len(), 8);
    assert_eq!(operations(), theirs);
}

/// Arguments, as there; but percent-encoded, which they aren't there.
fn path_parameters() {
    let recorder = always(200, json!({}));
    block_on(recorded(&recorder).oauth().get_oauth_app("a/../b")).unwrap();
    assert_eq!(sent(&recorder), "/api/v4/oauth/apps/a%2F..%2Fb");
}

/// Setters. A default isn't sent: the server fills it in, as the documentation of the setter says.
fn query_parameters() {
    let recorder = always(200, json!([]));
    let oauth = recorded(&recorder).oauth();
    block_on(oauth.get_oauth_apps()).unwrap();
    assert_eq!(sent(&recorder), "/api/v4/oauth/apps");
    block_on(
        oauth
            .get_authorized_oauth_apps_for_user("me")
            .page(1)
            .per_page(2),
    )
    .unwrap();
    assert_eq!(
        sent(&recorder),
        "/api/v4/users/me/oauth/apps/authorized?page=1&per_page=2"
    );
    assert!(SOURCE.contains(
        "/// The number of apps per page.\n    ///\n    /// Default: `60`.\n    pub fn per_page("
    ));
}

/// Unset properties aren't sent. Anything that a dict could contain goes into `additional_properties`, or is read into the type.
fn bodies() {
    let recorder = always(201, json!({}));
    let oauth = recorded(&recorder).oauth();
    let dict = json!({
        "name": "n", "description": "d", "callback_urls": ["https://a"], "homepage": "h", "is_trusted": false, "new": null,
    });
    let body: CreateOAuthAppBody = serde_json::from_value(dict.clone()).unwrap();
    block_on(oauth.create_oauth_app(body)).unwrap();
    assert_eq!(recorder.requests()[0].json::<Value>().unwrap(), dict);
    block_on(
        oauth.create_oauth_app(CreateOAuthAppBody::new(CreateOAuthAppBodyRequired {
            name: "n".to_owned(),
            description: "d".to_owned(),
            callback_urls: vec!["u".to_owned()],
            homepage: "h".to_owned(),
        })),
    )
    .unwrap();
    assert_eq!(
        recorder.requests()[1]
            .json::<Value>()
            .unwrap()
            .as_object()
            .unwrap()
            .len(),
        4
    );
}

/// Required values are arguments, so what is a `ValidationError` there doesn't compile here.
fn inline_bodies() {
    let required = CreateOAuthAppBody::new(CreateOAuthAppBodyRequired {
        name: "n".to_owned(),
        description: "d".to_owned(),
        callback_urls: vec!["https://a".to_owned()],
        homepage: "h".to_owned(),
    });
    assert_eq!(to_value(required).unwrap().as_object().unwrap().len(), 4);
    assert_eq!(
        to_value(update_body()).unwrap().as_object().unwrap().len(),
        5
    );
    let full = body().icon_url("i").is_trusted(true).is_public(true);
    assert_eq!(to_value(full).unwrap().as_object().unwrap().len(), 7);
    assert!(serde_json::from_value::<CreateOAuthAppBody>(json!({ "name": "n" })).is_err());
}

/// Every field is optional, undeclared properties are kept, and a wrong type is an error.
fn results() {
    let recorder = Recorder::new()
        .json(200, &json!({ "owner": "u" }))
        .json(200, &json!({ "name": 1 }));
    let oauth = recorded(&recorder).oauth();
    let app: OAuthApp = block_on(oauth.get_oauth_app("a1")).unwrap();
    assert_eq!(
        (app.name, &app.additional_properties["owner"]),
        (None, &json!("u"))
    );
    assert!(matches!(
        block_on(oauth.get_oauth_app("a1")),
        Err(Error::Decode(_))
    ));
}

/// One page, as there.
fn lists() {
    let recorder = always(200, json!([{ "id": "a1" }, {}]));
    let apps: Vec<OAuthApp> = block_on(recorded(&recorder).oauth().get_oauth_apps()).unwrap();
    assert_eq!(apps.len(), 2);
}

/// Any other success is an error here: its type isn't known, so there is nothing to return. The error has the response.
fn other_successes() {
    for status in [200, 202, 303] {
        let oauth = recorded(&always(status, json!({ "id": "a1" }))).oauth();
        let Err(Error::Unexpected(response)) = block_on(oauth.create_oauth_app(body())) else {
            panic!("{status}")
        };
        assert_eq!(
            response.json::<OAuthApp>().unwrap().id.as_deref(),
            Some("a1")
        );
    }
}

/// One error type for each operation, with the status instead of a class hierarchy.
fn errors() {
    for status in [400, 401, 403, 404, 405, 413, 429, 500, 501] {
        let oauth = recorded(&always(status, json!({ "message": "no", "id": "x" }))).oauth();
        let error = block_on(oauth.get_oauth_app("a1")).unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert!(
            error.to_string().ends_with("no") || matches!(error, Error::Unexpected(_)),
            "{error}"
        );
        match error {
            Error::Api(error) => assert_eq!(
                (error.message(), error.body().unwrap().id.as_deref()),
                (Some("no"), Some("x"))
            ),
            Error::Unexpected(response) => {
                assert!([405, 413, 429, 500].contains(&status));
                assert!(response.text().contains("no"));
            }
            other => panic!("{other:?}"),
        }
    }
}

/// For each call. Unlike there, an error isn't raised either.
fn raw_responses() {
    let oauth = recorded(&always(404, json!(["anything"]))).oauth();
    let response = block_on(oauth.get_oauth_app("a1").send_raw()).unwrap();
    assert_eq!(
        (response.status().as_u16(), response.text().as_str()),
        (404, r#"["anything"]"#)
    );
}

/// A client is a session: its clones share connections and settings. Login isn't part of this API.
fn clones_share_everything() {
    let recorder = always(200, json!([]));
    let client = recorded(&recorder);
    block_on(client.clone().oauth().get_oauth_apps()).unwrap();
    block_on(client.oauth().clone().get_oauth_apps()).unwrap();
    assert_eq!(recorder.requests().len(), 2);
}

/// Options that httpx gets there are options of a custom transport here.
fn options() {
    assert!(matches!(
        Client::new("chat.test"),
        Err(BuildError::BaseUrl { .. })
    ));
    let recorder = always(200, json!([]));
    let client = Client::builder("http://chat.test/base/path/")
        .bearer("t")
        .timeout(std::time::Duration::from_secs(10))
        .max_response_bytes(1 << 20)
        .header("x-team", "a")
        .user_agent("mine/1")
        .transport(recorder.clone())
        .build()
        .unwrap();
    block_on(client.oauth().get_oauth_apps().header("x-team", "b")).unwrap();
    block_on(client.oauth().get_oauth_apps()).unwrap();
    let [first, second] = &recorder.requests()[..] else {
        panic!()
    };
    assert_eq!(first.uri, "http://chat.test/base/path/api/v4/oauth/apps");
    assert_eq!(
        (&first.headers["x-team"], &second.headers["x-team"]),
        (&"b".parse().unwrap(), &"a".parse().unwrap())
    );
    assert_eq!(second.headers["user-agent"], "mine/1");
}

/// The token is sent, and never shown again: there is no `active_token`.
fn tokens() {
    let recorder = always(200, json!([]));
    let client = recorded(&recorder);
    block_on(client.oauth().get_oauth_apps()).unwrap();
    assert_eq!(
        recorder.requests()[0].headers["authorization"],
        "Bearer t0p-s3cret"
    );
    assert!(!format!("{client:?} {recorder:?}").contains("s3cret"));
}

fn enums() {
    assert_eq!(
        AuthMethod::ClientSecretPost.to_string(),
        "client_secret_post"
    );
    assert_eq!(AuthMethod::from("none"), AuthMethod::None);
}

/// The Swagger 2 listing declares no result types.
fn no_schema() {
    use mattermost_oauth_swagger2_client as listing;
    let recorder = listing::Recorder::new()
        .json(200, &json!({ "id": 1 }))
        .json(200, &json!({ "id": 1 }));
    let client = listing::Client::builder(URL)
        .transport(recorder)
        .build()
        .unwrap();
    let nothing: Response2<()> = block_on(client.oauth().get_oauth_app("a1").send()).unwrap();
    assert_eq!(nothing.status(), 200);
    let raw = block_on(client.oauth().get_oauth_app("a1").send_raw()).unwrap();
    assert_eq!(raw.text(), r#"{"id":1}"#);
}

type Response2<T> = mattermost_oauth_swagger2_client::Response<T>;

/// Summary, permissions and a link for each operation.
fn documentation() {
    for Documented {
        name,
        summary,
        permissions,
        reference,
        ..
    } in documented()
    {
        let (before, _) = SOURCE.split_once(&format!("    pub fn {name}(")).unwrap();
        let lines: Vec<&str> = before
            .lines()
            .rev()
            .map_while(|line| line.trim().strip_prefix("///"))
            .collect();
        let text = lines
            .into_iter()
            .rev()
            .flat_map(str::split_whitespace)
            .collect::<Vec<_>>()
            .join(" ");
        let text = text.replace('`', "");
        assert!(text.starts_with(&summary), "{name}: {text}");
        assert!(
            text.contains(&format!("# Permissions {permissions}")),
            "{name}: {text}"
        );
        assert!(
            text.contains(&format!(
                "# API reference [{reference}](https://api.mattermost.com/#operation/{reference})"
            )),
            "{name}: {text}"
        );
    }
}

/// No path keeps its braces. A mismatch between a path and its parameters is reported when code is generated, which specwright's own tests
/// show.
fn no_known_mistakes() {
    let recorder = always(200, json!({}));
    let oauth = recorded(&recorder).oauth();
    block_on(oauth.delete_oauth_app("a1")).unwrap();
    block_on(oauth.update_oauth_app("a1", update_body())).unwrap();
    block_on(oauth.regenerate_oauth_app_secret("a1")).unwrap();
    block_on(oauth.get_oauth_app_info("a1")).unwrap();
    let _: Result<Response<Vec<OAuthApp>>, _> =
        block_on(oauth.get_authorized_oauth_apps_for_user("u1").send());
    for request in recorder.requests() {
        assert!(
            !request.uri.path().contains(['{', '}']) && request.uri.path().contains('1'),
            "{request:?}"
        );
    }
}

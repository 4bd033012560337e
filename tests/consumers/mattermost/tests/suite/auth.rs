//! Authentication: credentials of the client, and checks of the server.

use std::sync::atomic::{AtomicU32, Ordering};

use consumer_mattermost::Session;
use mattermost_oauth_client::types::{
    ClientRegistrationRequest, UpdateOAuthAppBody, UpdateOAuthAppBodyRequired,
};
use mattermost_oauth_client::{Client, Error, Recorder, Secret};

use crate::world::{APPS, METADATA, URL, body, recorded, user_id, world};

#[tokio::test]
async fn the_token_goes_to_secured_operations_and_to_no_other() {
    let recorder = Recorder::new().respond(|_| Ok(http::Response::new("null".into())));
    let oauth = recorded(&recorder).oauth();
    let update = UpdateOAuthAppBody::new(UpdateOAuthAppBodyRequired {
        id: "a1".to_owned(),
        name: "n".to_owned(),
        description: "d".to_owned(),
        callback_urls: vec!["https://b".to_owned()],
        homepage: "https://b".to_owned(),
    });
    let _ = oauth.create_oauth_app(body()).await;
    let _ = oauth.get_oauth_apps().await;
    let _ = oauth.get_oauth_app("a1").await;
    let _ = oauth.update_oauth_app("a1", update).await;
    let _ = oauth.delete_oauth_app("a1").await;
    let _ = oauth.regenerate_oauth_app_secret("a1").await;
    let _ = oauth.get_oauth_app_info("a1").await;
    let _ = oauth.get_authorized_oauth_apps_for_user("me").await;
    let secured = recorder.requests();
    assert_eq!(secured.len(), 8);
    for request in secured {
        assert_eq!(
            request.headers["authorization"], "Bearer t0p-s3cret",
            "{request:?}"
        );
    }
    let _ = oauth.get_authorization_server_metadata().await;
    let _ = oauth
        .register_oauth_client(ClientRegistrationRequest::new(["https://a"]))
        .await;
    let requests = recorder.requests();
    assert_eq!(requests.len(), 10);
    for request in &requests[8..] {
        assert_eq!(request.headers.get("authorization"), None, "{request:?}");
        assert!(!format!("{:?}", request.headers).contains("s3cret"));
    }
}

#[tokio::test]
async fn without_a_token_nothing_is_sent_and_the_server_asks_for_one() {
    let world = world();
    let error = world
        .anonymous()
        .oauth()
        .get_oauth_apps()
        .await
        .unwrap_err();
    let Error::Api(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.status(), 401);
    assert_eq!(error.headers()["www-authenticate"], "Bearer");
    assert_eq!(error.message(), Some("this operation needs credentials"));

    // The public operations work.
    assert!(
        world
            .anonymous()
            .oauth()
            .get_authorization_server_metadata()
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_wrong_token_is_401_and_a_locked_account_403() {
    let world = world();
    let refusal = async |token: &str| match world.client(token).oauth().get_oauth_apps().await {
        Err(Error::Api(error)) => {
            let challenge = error.headers()["www-authenticate"]
                .to_str()
                .unwrap()
                .to_owned();
            (error.status().as_u16(), challenge)
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(
        refusal("nobody").await,
        (401, "Bearer error=\"invalid_token\"".to_owned())
    );
    assert_eq!(
        refusal("locked").await,
        (403, "Bearer error=\"insufficient_scope\"".to_owned())
    );

    // A user is added while the server runs.
    world
        .sessions
        .log_in("nobody", Session::new(user_id("nobody")));
    assert!(
        world
            .client("nobody")
            .oauth()
            .get_authorized_oauth_apps_for_user("me")
            .await
            .is_ok()
    );
}

/// Every secured operation checks credentials first; the public ones never do.
#[tokio::test]
async fn each_secured_operation_asks_for_credentials() {
    let world = world();
    let secured = [
        ("GET", String::new()),
        ("POST", String::new()),
        ("GET", "/a1".to_owned()),
        ("PUT", "/a1".to_owned()),
        ("DELETE", "/a1".to_owned()),
        ("POST", "/a1/regen_secret".to_owned()),
        ("GET", "/a1/info".to_owned()),
    ];
    let secured = secured.map(|(method, path)| (method, format!("{APPS}{path}")));
    let authorized = ("GET", "/api/v4/users/me/oauth/apps/authorized".to_owned());
    for (method, path) in secured.into_iter().chain([authorized]) {
        let answer = world.raw(method, &path, &[], "not JSON").await;
        assert_eq!(
            (answer.status(), answer.header("www-authenticate")),
            (401, Some("Bearer")),
            "{method} {path}"
        );
        assert_eq!(answer.problem()["title"], "Unauthorized");
    }
    let register = format!("{APPS}/register");
    assert_eq!(
        world
            .raw("POST", &register, &[], r#"{"redirect_uris":["https://a"]}"#)
            .await
            .status(),
        201
    );
    // Credentials of a public operation are ignored, even wrong ones.
    let wrong = ("authorization", "Bearer nobody");
    assert_eq!(world.raw("GET", METADATA, &[wrong], "").await.status(), 200);
}

#[tokio::test]
async fn the_authorization_header_is_read_as_http_has_it() {
    let world = world();
    let status =
        async |headers: &[(&str, &str)]| world.raw("GET", APPS, headers, "").await.status();
    for good in ["Bearer ann", "bearer ann", "BEARER   ann"] {
        assert_eq!(status(&[("authorization", good)]).await, 200, "{good}");
    }
    for bad in [
        "ann",
        "Bearer",
        "Bearer ",
        "Basic YW5uOmFubg==",
        "Bearerann",
    ] {
        assert_eq!(status(&[("authorization", bad)]).await, 401, "{bad}");
    }
    let twice = [
        ("authorization", "Bearer ann"),
        ("authorization", "Bearer root"),
    ];
    assert_eq!(status(&twice).await, 401);
    let query = world
        .raw("GET", &format!("{APPS}?access_token=ann"), &[], "")
        .await;
    assert_eq!(
        query.status(),
        401,
        "the description knows no token in the query"
    );
}

#[tokio::test]
async fn a_token_can_be_asked_for_before_each_call() {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let recorder = Recorder::new().respond(|_| Ok(http::Response::new("[]".into())));
    let token = Secret::provider(|| async {
        match ASKED.fetch_add(1, Ordering::Relaxed) {
            2 => Err("the token server is down"),
            count => Ok(format!("t{count}")),
        }
    });
    let builder = Client::builder(URL).bearer(token);
    let oauth = builder.transport(recorder.clone()).build().unwrap().oauth();
    oauth.get_oauth_apps().await.unwrap();
    oauth.get_oauth_apps().await.unwrap();
    let error = oauth.get_oauth_apps().await.unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(source, "the token server is down");
    let tokens = recorder
        .requests()
        .into_iter()
        .map(|request| request.headers["authorization"].clone());
    assert_eq!(tokens.collect::<Vec<_>>(), ["Bearer t0", "Bearer t1"]);
}

#[tokio::test]
async fn secrets_do_not_show_in_debug_output() {
    let recorder = Recorder::new().respond(|_| Ok(http::Response::new("{}".into())));
    let builder = Client::builder(URL)
        .bearer("t0p-s3cret")
        .transport(recorder.clone());
    assert!(!format!("{builder:?}").contains("s3cret"));
    let client = builder.build().unwrap();
    let call = client
        .oauth()
        .get_oauth_app("a1")
        .header("authorization", "Bearer t0p-s3cret");
    let mut shown = vec![
        format!("{client:?}"),
        format!("{:?}", client.oauth()),
        format!("{call:?}"),
    ];
    call.await.unwrap();
    shown.push(format!("{recorder:?}"));
    shown.push(format!("{:?}", Secret::from("t0p-s3cret")));
    for shown in shown {
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}

//! The types alone: absent values stay absent, unknown properties are kept, and violations are found.

use mattermost_oauth_client::Recorder;
use mattermost_oauth_client::types::{
    AppError, ClientRegistrationRequest, ClientRegistrationResponse,
    ClientRegistrationResponseTokenEndpointAuthMethod as AuthMethod, CreateOAuthAppBody, OAuthApp,
    StatusOK, UpdateOAuthAppBody, UpdateOAuthAppBodyRequired, Uri, Validate, from_json,
};
use serde_json::{Value, from_value, json, to_value};

use crate::world::{body, recorded};

#[test]
fn what_is_not_set_is_not_written() {
    assert_eq!(to_value(OAuthApp::new()).unwrap(), json!({}));
    assert_eq!(to_value(StatusOK::new()).unwrap(), json!({}));
    let named = OAuthApp::new()
        .name("")
        .is_trusted(false)
        .create_at(0)
        .callback_urls([""; 0]);
    assert_eq!(
        to_value(named).unwrap(),
        json!({ "name": "", "callback_urls": [], "is_trusted": false, "create_at": 0 })
    );
    let update = UpdateOAuthAppBody::new(UpdateOAuthAppBodyRequired {
        id: "i".to_owned(),
        name: "n".to_owned(),
        description: "d".to_owned(),
        callback_urls: vec!["https://a".to_owned()],
        homepage: "h".to_owned(),
    });
    let mut written = json!({ "id": "i", "name": "n", "description": "d", "callback_urls": ["https://a"], "homepage": "h" });
    assert_eq!(to_value(&update).unwrap(), written);
    written["is_trusted"] = json!(false);
    assert_eq!(to_value(update.is_trusted(false)).unwrap(), written);
}

#[test]
fn what_is_absent_or_null_is_read_as_not_set() {
    let absent: OAuthApp = from_value(json!({})).unwrap();
    let null: OAuthApp = from_value(json!({ "id": null, "callback_urls": null })).unwrap();
    assert_eq!(absent, OAuthApp::default());
    assert_eq!(null, absent);
    assert_eq!(
        from_value::<OAuthApp>(json!({ "id": "" }))
            .unwrap()
            .id
            .as_deref(),
        Some("")
    );
}

/// Real servers send more properties than their descriptions declare.
#[tokio::test]
async fn properties_that_nobody_described_are_kept_and_written_back() {
    let sent = json!({
        "id": "a1", "owner": "u1", "is_public": true,
        "x": { "deep": [1, null, 2.5, { "a": "b" }] },
    });
    let recorder = Recorder::new().json(200, &sent);
    let app = recorded(&recorder)
        .oauth()
        .get_oauth_app("a1")
        .await
        .unwrap();
    assert_eq!(app.additional_properties["owner"], "u1");
    assert_eq!(app.additional_properties.len(), 3);
    assert_eq!(to_value(&app).unwrap(), sent);

    // Also in bodies and errors.
    let mut body = body();
    body.additional_properties
        .insert("extra".to_owned(), json!([1]));
    let recorder = Recorder::new();
    let _ = recorded(&recorder).oauth().create_oauth_app(body).await;
    assert_eq!(
        recorder.requests()[0].json::<Value>().unwrap()["extra"],
        json!([1])
    );
    let error: AppError = from_value(json!({ "message": "m", "detailed_error": "d" })).unwrap();
    assert_eq!(error.additional_properties["detailed_error"], "d");
}

/// An entry with the name of a field would duplicate the property.
#[test]
fn a_field_counts_more_than_an_additional_property_of_its_name() {
    let mut app = OAuthApp::new().name("field");
    app.additional_properties
        .insert("name".to_owned(), "rest".into());
    app.additional_properties
        .insert("id".to_owned(), "rest".into());
    assert_eq!(serde_json::to_string(&app).unwrap(), r#"{"name":"field"}"#);
}

#[test]
fn enums_keep_values_that_nobody_described() {
    let read = |value: &str| {
        from_value::<ClientRegistrationResponse>(json!({ "token_endpoint_auth_method": value }))
            .unwrap()
    };
    let known = read("client_secret_post")
        .token_endpoint_auth_method
        .unwrap();
    assert_eq!(
        (&known, known.as_str(), known.to_string().as_str()),
        (
            &AuthMethod::ClientSecretPost,
            "client_secret_post",
            "client_secret_post"
        )
    );
    assert!(read("none").validate().is_ok());
    let unknown = read("private_key_jwt");
    assert_eq!(
        unknown.token_endpoint_auth_method,
        Some(AuthMethod::Other("private_key_jwt".to_owned()))
    );
    assert_eq!(
        to_value(&unknown).unwrap(),
        json!({ "token_endpoint_auth_method": "private_key_jwt" })
    );
    assert_eq!(
        unknown.validate().unwrap_err().to_string(),
        "/token_endpoint_auth_method: is not one of the listed values"
    );
    assert_eq!(AuthMethod::VALUES, ["client_secret_post", "none"]);
    assert_eq!(AuthMethod::from("none"), AuthMethod::None);
    assert_eq!("none".parse(), Ok(AuthMethod::None));
}

#[test]
fn validation_finds_everything_that_is_wrong() {
    let request = ClientRegistrationRequest::new([""; 0])
        .client_name("n".repeat(65))
        .client_uri("no uri");
    let found: Vec<String> = request
        .validate()
        .unwrap_err()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        found,
        [
            "/redirect_uris: must have at least 1 item",
            "/client_name: must be at most 64 characters long",
            "/client_uri: must be a URI",
        ]
    );
    assert!(
        ClientRegistrationRequest::new(["a"])
            .client_uri("https://a")
            .validate()
            .is_ok()
    );
    let error = from_json::<CreateOAuthAppBody>(
        br#"{"name":"n","description":"d","callback_urls":["a",1],"homepage":"h"}"#,
    )
    .unwrap_err();
    assert_eq!(error.pointer(), "/callback_urls/1");
}

/// Redirect URIs are compared character by character, so nothing is normalised.
#[test]
fn uris_stay_as_they_were_written() {
    for text in [
        "HTTPS://A.test:443/%7e/../x?",
        "",
        "urn:a",
        "https://ü.test/",
    ] {
        let uri = Uri::from(text);
        assert_eq!((uri.as_str(), to_value(&uri).unwrap()), (text, json!(text)));
        assert_eq!(from_value::<Uri>(json!(text)).unwrap(), text);
    }
    assert!(
        Uri::from("urn:a").is_valid() && !Uri::from("").is_valid() && !Uri::from("a/b").is_valid()
    );
}

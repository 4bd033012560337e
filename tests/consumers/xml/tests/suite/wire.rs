//! Client and server with each other, and with other implementations.

use consumer_xml::Keeper;
use consumer_xml::zoo::client::{Body as Reply, Client, Error, Recorder, TowerTransport};
use consumer_xml::zoo::server::{Body, Server};
use consumer_xml::zoo::types::{Animal, Census, Food};
use http::{Request, Response};
use http_body_util::BodyExt;
use std::collections::BTreeMap;
use tower_service::Service;

fn client() -> Client {
    let server = Server::builder(Keeper).build();
    Client::builder("https://zoo.example")
        .transport(TowerTransport::new(server))
        .build()
        .unwrap()
}

/// The server's response: status, media type and text.
async fn answer(
    path: &str,
    media_type: &str,
    accept: &str,
    body: &'static str,
) -> (u16, String, String) {
    let method = if path == "/census" { "PUT" } else { "POST" };
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", media_type)
        .header("accept", accept)
        .body(Body::from(body))
        .unwrap();
    let response = Server::builder(Keeper).build().call(request).await.unwrap();
    let media_type = response.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    let status = response.status().as_u16();
    let text = response.into_body().collect().await.unwrap().to_bytes();
    (
        status,
        media_type,
        String::from_utf8(text.to_vec()).unwrap(),
    )
}

#[tokio::test]
async fn client_and_server_understand_each_other() {
    let client = client();
    let animal = Animal::new(4, "Ben").id(7).foods([Food::Hay]);
    let same = client
        .zoo()
        .add_animal(animal.clone())
        .send()
        .await
        .unwrap();
    assert_eq!((same.status().as_u16(), same.body()), (201, &animal));
    // JSON is preferred if both are accepted.
    assert_eq!(same.headers()["content-type"], "application/json");
    let groups = BTreeMap::from([("a".to_owned(), vec!["x".to_owned()])]);
    let census = Census::new(vec![1, 2], groups);
    let same = client.zoo().count(census.clone()).send().await.unwrap();
    assert_eq!(same.body(), &census);
    assert_eq!(same.headers()["content-type"], "application/xml");
    let Err(Error::Api(error)) = client.zoo().add_animal(Animal::new(4, "Rex")).await else {
        panic!("there is a Rex")
    };
    assert_eq!(error.body().unwrap().message, "there is a Rex");
    let nobody = Census::new(vec![0], BTreeMap::new());
    let Err(Error::Api(error)) = client.zoo().count(nobody).await else {
        panic!("nobody is there")
    };
    assert_eq!(
        (
            error.status().as_u16(),
            error.body().unwrap().message.as_str()
        ),
        (422, "none")
    );
}

#[tokio::test]
async fn the_caller_chooses_between_json_and_xml() {
    const XML: &str = "<animal><name>a</name><legs>1</legs></animal>";
    const JSON: &str = r#"{"name":"a","legs":1}"#;
    let in_xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{XML}");
    for (media_type, accept, body, answered, expected) in [
        (
            "application/xml",
            "application/xml",
            XML,
            "application/xml",
            in_xml.as_str(),
        ),
        ("application/xml", "*/*", XML, "application/json", JSON),
        (
            "application/json",
            "application/xml",
            JSON,
            "application/xml",
            &in_xml,
        ),
        (
            "application/json",
            "application/json;q=0.5, application/xml;q=0.6",
            JSON,
            "application/xml",
            &in_xml,
        ),
        (
            "application/json",
            "application/json;q=0.5, */*;q=0.4",
            JSON,
            "application/json",
            JSON,
        ),
        (
            "application/json",
            "application/json;q=0, */*",
            JSON,
            "application/xml",
            &in_xml,
        ),
    ] {
        let (status, media_type, text) = answer("/animals", media_type, accept, body).await;
        assert_eq!(
            (status, media_type.as_str(), text.as_str()),
            (201, answered, expected),
            "{accept}"
        );
    }
    let rex = "<animal><name>Rex</name><legs>4</legs></animal>";
    let (status, media_type, text) =
        answer("/animals", "application/xml", "application/xml", rex).await;
    assert_eq!((status, media_type.as_str()), (409, "application/xml"));
    assert!(
        text.ends_with("<Fault><message>there is a Rex</message></Fault>"),
        "{text}"
    );
    let (status, ..) = answer("/animals", "application/json", "text/csv", JSON).await;
    assert_eq!(status, 406);
}

#[tokio::test]
async fn what_isnt_as_described_is_refused_with_its_place() {
    for (path, body, pointer, words) in [
        ("/animals", "<animal><name>a</name>", "", "is not XML"),
        (
            "/animals",
            "<animal><name>a</name><legs>many</legs></animal>",
            "/legs",
            "must be an integer",
        ),
        (
            "/animals",
            "<animal><name>a</name></animal>",
            "/legs",
            "required property is missing",
        ),
        (
            "/animals",
            "<animal><name>a</name><legs>5</legs></animal>",
            "/legs",
            "4",
        ),
        (
            "/animals",
            "<animal><name/><legs>1</legs></animal>",
            "/name",
            "1",
        ),
        (
            "/census",
            "<c><counts>1</counts><counts>x</counts><groups/></c>",
            "/counts/1",
            "must be an integer",
        ),
        ("/census", "{}", "", "is not XML"),
    ] {
        let (status, media_type, text) = answer(path, "application/xml", "*/*", body).await;
        assert_eq!(
            (status, media_type.as_str()),
            (400, "application/problem+json"),
            "{text}"
        );
        let problem: serde_json::Value = serde_json::from_str(&text).unwrap();
        let error = &problem["errors"][0];
        assert_eq!(error["pointer"], pointer, "{text}");
        assert!(error["detail"].as_str().unwrap().contains(words), "{text}");
    }
    let (status, ..) = answer("/census", "application/json", "*/*", "{}").await;
    assert_eq!(status, 415);
}

#[tokio::test]
async fn the_client_reads_what_the_response_says_that_it_is() {
    const XML: &str = "<animal><name>a</name><legs>1</legs></animal>";
    const JSON: &str = r#"{"name":"a","legs":1}"#;
    for (media_type, body, error) in [
        ("application/xml; charset=utf-8", XML, None),
        ("application/json", JSON, None),
        // Wrong, but unambiguous.
        ("text/plain", XML, None),
        ("text/plain", JSON, None),
        ("application/json", XML, Some("is not JSON")),
        ("application/xml", JSON, Some("is not XML")),
        (
            "text/html",
            "<html><p></html>",
            Some("it is text/html, not XML"),
        ),
        (
            "application/xml",
            "<animal><name>a</name><legs>x</legs></animal>",
            Some("/legs: must be an integer"),
        ),
    ] {
        let recorder = Recorder::new().respond(move |_| {
            let response = Response::builder()
                .status(201)
                .header("content-type", media_type);
            Ok(response.body(Reply::from(body)).unwrap())
        });
        let client = Client::builder("https://zoo.example")
            .transport(recorder)
            .build()
            .unwrap();
        let answer = client.zoo().add_animal(Animal::new(1, "a")).await;
        match (answer, error) {
            (Ok(animal), None) => assert_eq!(animal, Animal::new(1, "a")),
            (Err(found), Some(words)) => {
                let found = format!("{found}");
                assert!(found.contains(words), "{found}");
            }
            (answer, _) => panic!("{media_type} {body}: {answer:?}"),
        }
    }
}

//! Client and server in one process, and requests of other clients.

use std::collections::BTreeMap;

use consumer_wire::Echo;
use consumer_wire::odd::client::api::{
    CopyPictureResponse, FindPetResponse, ReadNamesRequired, SendPartsForm, SendUntypedForm,
};
use consumer_wire::odd::client::{self, Client, Error, Recorder, TowerTransport};
use consumer_wire::odd::server::{Body, Server};
use consumer_wire::odd::types::{
    Pet, PetHomePatch, PetPatch, ReadPagesXOrder, ReadQueryQuery, ReadQueryQueryDeep, SendPartsKind,
};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use tower_service::Service;

fn client() -> Client {
    let server = Server::builder(Echo).build();
    let transport = TowerTransport::new(server);
    Client::builder("https://odd.example")
        .transport(transport)
        .build()
        .unwrap()
}

/// The status and the text of the response for a path.
async fn get(path: &str) -> (StatusCode, String) {
    answer(Request::get(path).body(Body::empty()).unwrap()).await
}

/// The status and the text of the response to a request.
async fn answer(request: Request<Body>) -> (StatusCode, String) {
    let answer = Server::builder(Echo).build().call(request).await.unwrap();
    let status = answer.status();
    let text = answer.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(text.to_vec()).unwrap())
}

#[tokio::test]
async fn a_template_that_stands_twice_is_one_value() {
    assert_eq!(
        client().api().read_twice("x", "y").await.unwrap(),
        ["x", "y"]
    );
    assert_eq!(get("/twice/x%20/x%20/y").await.1, r#"["x ","y"]"#);
    assert_eq!(get("/twice/x/z/y").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_error_in_text_is_no_damaged_json() {
    let answers = [
        ("application/json", r#"{"why":"gone"}"#),
        ("text/plain; charset=utf-8", "gone"),
        ("application/json", "gone"),
    ];
    let recorder = answers
        .into_iter()
        .fold(Recorder::new(), |recorder, (content_type, text)| {
            let answer = http::Response::builder()
                .status(404)
                .header("content-type", content_type);
            recorder.response(answer.body(client::Body::from(text)).unwrap())
        });
    let client = Client::builder("https://odd.example")
        .transport(recorder)
        .build()
        .unwrap();
    let api = client.api();
    match api.copy_text("x").await.unwrap_err() {
        Error::Api(error) => assert_eq!(error.body().unwrap().why, "gone"),
        other => panic!("{other:?}"),
    }
    match api.copy_text("x").await.unwrap_err() {
        Error::Api(error) => {
            assert_eq!(
                (error.response().text(), error.message()),
                ("gone".to_owned(), Some("gone"))
            );
            assert!(error.body().is_none() && error.decode_error().is_none());
        }
        other => panic!("{other:?}"),
    }
    match api.copy_text("x").await.unwrap_err() {
        Error::Api(error) => assert!(error.body().is_none() && error.decode_error().is_some()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn literals_are_what_they_stand_for() {
    let client = client();
    assert_eq!(client.api().read_encoded("x/ü").await.unwrap(), ["x/ü"]);
    assert_eq!(client.api().read_plain("x").await.unwrap(), ["x"]);
    for path in [
        "/caf%C3%A9/x",
        "/caf%c3%a9/x",
        "/c%61f%C3%A9/x",
        "/new%20caf%C3%A9/x-caf%C3%A9",
    ] {
        assert_eq!(
            get(path).await,
            (StatusCode::OK, r#"["x"]"#.to_owned()),
            "{path}"
        );
    }
    assert_eq!(get("/caf%25C3%25A9/x").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn parameters_of_one_name_are_told_apart_by_where_they_are() {
    let body = ReadNamesRequired { body: "2" };
    let request = client().api().read_names("1", body).id("3").session("4");
    assert_eq!(request.await.unwrap(), ["1", "2", "3", "4"]);
}

#[tokio::test]
async fn what_is_required_has_no_default() {
    let sent = |path: &str, order: Option<&str>| {
        let request = Request::get(path);
        let request = order
            .into_iter()
            .fold(request, |request, order| request.header("x-order", order));
        answer(request.body(Body::empty()).unwrap())
    };
    let (status, text) = sent("/pages?page=3", Some("down")).await;
    assert_eq!(
        (status, text.as_str()),
        (StatusCode::OK, r#"["3","20","down"]"#)
    );
    let (status, text) = sent("/pages?size=5", Some("down")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text.contains(r#""parameter":"page""#), "{text}");
    assert_eq!(sent("/pages?page=3", None).await.0, StatusCode::BAD_REQUEST);
    // So it is a required argument of the client.
    let read = client().api().read_pages(2, ReadPagesXOrder::Up);
    assert_eq!(read.await.unwrap(), ["2", "20", "up"]);
}

#[tokio::test]
async fn the_whole_query_is_a_form() {
    let query = || ReadQueryQuery::new("a&b=c");
    let client = client();
    let read = client.api().read_query(query().tags(["x", "y"]));
    assert_eq!(read.await.unwrap(), ["a&b=c", "x", "y"]);
    let deep = ReadQueryQueryDeep::new().n(3);
    let read = client.api().read_query(query().deep(deep));
    assert_eq!(read.await.unwrap(), ["a&b=c", "3"]);
    let (status, text) = get("/queries?tags=x&text=t&tags=y&deep=%7B%22n%22%3A1%7D").await;
    assert_eq!(
        (status, text.as_str()),
        (StatusCode::OK, r#"["t","x","y","1"]"#)
    );
    assert_eq!(get("/queries?tags=x").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(get("/queries").await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn parts_are_checked() {
    let client = client();
    let good = || {
        SendPartsForm::new("abc", ["x", "y"])
            .count(9)
            .kind(SendPartsKind::Big)
            .pairs([vec![1, 2]])
    };
    assert_eq!(
        client.api().send_parts(good()).await.unwrap(),
        ["abc", "x", "y"]
    );
    let none: [&str; 0] = [];
    for (form, pointer) in [
        (SendPartsForm::new("a", ["x"]), "/name"),
        (SendPartsForm::new("a1", ["x"]), "/name"),
        (SendPartsForm::new("ab", none), "/tags"),
        (SendPartsForm::new("ab", ["x", "y", "z"]), "/tags"),
        (SendPartsForm::new("ab", ["x", "long"]), "/tags/1"),
        (good().count(0), "/count"),
        (good().count(10), "/count"),
        (
            good().kind(SendPartsKind::Other("huge".to_owned())),
            "/kind",
        ),
        (good().pairs([vec![1], vec![1, 2, 3]]), "/pairs/2"),
    ] {
        let error = client.api().send_parts(form).await.unwrap_err();
        assert_eq!(
            error.status().unwrap(),
            StatusCode::BAD_REQUEST,
            "{pointer}"
        );
        let Error::Unexpected(response) = error else {
            panic!("{pointer}: {error}");
        };
        let problem: serde_json::Value = serde_json::from_slice(response.bytes()).unwrap();
        assert_eq!(problem["errors"][0]["pointer"], pointer);
    }
}

#[tokio::test]
async fn headers_hold_any_text_and_lists_of_any_length() {
    let api = client().api();
    let read = api.read_headers().x_text("é ü").x_numbers([1, 2]).await;
    assert_eq!(read.unwrap(), ["é ü", "[1, 2]"]);
    let none: [i64; 0] = [];
    let read = api.read_headers().x_numbers(none).await;
    assert_eq!(read.unwrap(), ["[]"]);
    // A list may be sent in several lines (RFC 9110, section 5.3).
    let lines = Request::get("/headers")
        .header("x-numbers", "1, 2")
        .header("x-numbers", "3");
    let (status, text) = answer(lines.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (status, text.as_str()),
        (StatusCode::OK, r#"["[1, 2, 3]"]"#)
    );
}

#[tokio::test]
async fn items_that_hold_their_separator_are_not_sent() {
    let api = client().api();
    let words = |value: &str| [("a".to_owned(), value.to_owned())].into();
    let good = api.read_headers().words(["a", "b,c"]).x_words(words("b|c"));
    assert_eq!(good.await.unwrap(), [r#"{"a": "b|c"}"#, "a", "b,c"]);
    for request in [
        api.read_headers().words(["a|b"]),
        api.read_headers().x_words(words("b,c")),
    ] {
        let error = request.await.unwrap_err();
        assert!(matches!(error, Error::Request(_)), "{error}");
        assert!(
            error.to_string().contains("which separates items"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn bytes_say_what_they_are_where_the_description_leaves_it_open() {
    let api = client().api();
    let gif = || client::Body::from("GIF89a").content_type("image/gif");
    let copy = api.copy_picture(gif()).send().await.unwrap();
    assert_eq!(copy.headers()["content-type"], "image/gif");
    assert!(matches!(copy.into_body(), CopyPictureResponse::Ok(_)));
    let table = client::Body::from("a,b").content_type("image/x-table");
    let copy = api.copy_picture(table).send().await.unwrap();
    assert_eq!(copy.headers()["content-type"], "text/csv");
    assert!(matches!(copy.into_body(), CopyPictureResponse::OkText(_)));
    // The media type isn't guessed from a range.
    let error = api.copy_picture("GIF89a").await.unwrap_err();
    assert!(error.to_string().contains("say which image/*"), "{error}");

    let copy = api.copy_anything(gif()).send().await.unwrap();
    assert_eq!(copy.headers()["content-type"], "image/gif");
    let copy = api.copy_anything("x").send().await.unwrap();
    assert_eq!(copy.headers()["content-type"], "application/octet-stream");
    let picked = Request::post("/pictures")
        .header("accept", "image/png")
        .header("content-type", "image/png");
    let (status, _) = answer(picked.body(Body::from("x")).unwrap()).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn null_stands_in_the_place_of_a_body() {
    let api = client().api();
    assert_eq!(api.copy_maybe().await.unwrap(), None);
    let body = |body: Option<&str>| api.copy_maybe().body(body.map(str::to_owned));
    assert_eq!(body(None).await.unwrap(), Some(vec![]));
    assert_eq!(body(Some("xy")).await.unwrap(), Some(vec!["xy".to_owned()]));
    assert!(body(Some("x")).await.is_err(), "a value is checked");
    let null = Request::post("/maybe").header("content-type", "application/json");
    let (status, text) = answer(null.body(Body::from("null")).unwrap()).await;
    assert_eq!((status, text.as_str()), (StatusCode::OK, "[]"));
    let nothing = Request::post("/maybe").body(Body::empty()).unwrap();
    assert_eq!(answer(nothing).await.1, "null");
}

#[tokio::test]
async fn what_has_no_type_is_bytes() {
    let bytes = [0xFF, 0x00, b'{'];
    let file = |content: &[u8]| client::File::new(content.to_vec());
    let form = SendUntypedForm::new(file(&bytes)).picture(file(b"JFIF"));
    let api = client().api();
    let sent = api.send_untyped(form).send().await.unwrap();
    assert_eq!(sent.headers()["content-type"], "image/jpeg");
    assert_eq!(sent.into_body().bytes().await.unwrap(), bytes.as_slice());
}

#[tokio::test]
async fn a_body_that_has_to_be_there_may_be_empty() {
    assert_eq!(client().api().copy_text("").await.unwrap(), [""]);
    for path in ["/texts", "/pictures", "/anything", "/parts"] {
        let (status, text) = answer(Request::post(path).body(Body::empty()).unwrap()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
        assert!(text.contains("a body is required"), "{path}: {text}");
    }
}

#[tokio::test]
async fn errors_name_the_place_of_what_is_wrong() {
    let error = client().api().send_parts(SendPartsForm::new("a", ["x"]));
    let error = error.await.unwrap_err().to_string();
    assert!(
        error.contains("the body is not as described: /name: must be"),
        "{error}"
    );
}

#[tokio::test]
async fn a_merge_patch_tells_absent_null_and_a_value_apart() {
    let client = client();
    let patch =
        async |patch: PetPatch| client.api().patch_pet("a", patch).await.unwrap().join("; ");
    assert_eq!(patch(PetPatch::new()).await, "None None; None None None");
    let home = PetHomePatch::new().street(None);
    let some = PetPatch::new()
        .name(Some("Rex".to_owned()))
        .age(None)
        .home(Some(home))
        .labels(Some(BTreeMap::from([
            ("a".to_owned(), None),
            ("b".to_owned(), Some("c".to_owned())),
        ])))
        .tags(None);
    assert_eq!(
        patch(some).await,
        r#"Some(Some("Rex")) Some(None); Some(Some(Some(None))) Some(Some({"a": None, "b": Some("c")})) Some(None)"#
    );
    let gone = PetPatch::new().home(None);
    assert_eq!(patch(gone).await, "None None; Some(None) None None");
    // The whole resource, with another media type, has another type.
    let whole = client.api().patch_pet("a", Pet::new().name("Rex"));
    assert_eq!(whole.await.unwrap(), [r#"Some("Rex")"#]);

    for (content_type, json, status) in [
        ("application/merge-patch+json", r#"{"name":null}"#, 200),
        ("application/merge-patch+json", r#"{"name":"x"}"#, 400),
        ("application/merge-patch+json", r#"{"tags":[null]}"#, 400),
        ("application/merge-patch+json", "null", 400),
        ("application/json", r#"{"labels":{"a":null}}"#, 400),
        ("text/plain", "", 415),
    ] {
        let request = Request::patch("/pets/a").header("content-type", content_type);
        let (answered, text) = answer(request.body(Body::from(json)).unwrap()).await;
        assert_eq!(answered, status, "{json}: {text}");
    }
}

#[tokio::test]
async fn every_media_type_of_a_body_can_be_sent() {
    let recorder = Recorder::new().json(200, &["x"]);
    let client = Client::builder("https://odd.example").transport(recorder.clone());
    let client = client.build().unwrap();
    let request = client.api().patch_pet("a", Pet::new());
    let said = request.body_as("text/plain", "Rex").await.unwrap();
    assert_eq!(said, ["x"]);
    let sent = &recorder.requests()[0];
    assert_eq!(sent.headers["content-type"], "text/plain");
    assert_eq!(sent.body, "Rex");
}

#[tokio::test]
async fn a_documented_redirect_is_an_answer() {
    let found = client().api().find_pet("there").send().await.unwrap();
    assert_eq!(found.status(), StatusCode::FOUND);
    assert!(matches!(found.body(), FindPetResponse::Found));
    let here = client().api().find_pet("here").await.unwrap();
    assert!(matches!(here, FindPetResponse::Ok(pet) if pet.name.as_deref() == Some("Rex")));
}

#[tokio::test]
async fn lines_that_are_described_as_text_hold_any_json() {
    let mut lines = client().api().read_lines().await.unwrap();
    let mut read = Vec::new();
    while let Some(line) = lines.next().await {
        read.push(line.unwrap());
    }
    assert_eq!(
        serde_json::json!(read),
        serde_json::json!([{"a": 1}, "b", 3])
    );
}

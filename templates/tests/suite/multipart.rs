//! Multipart bodies: written by the client and read by another implementation, and the other way round.

use http_body_util::BodyExt;
use sample_client::files::{UploadFileForm as Upload, UploadRelatedForm as Related};
use sample_client::types::OAuthApp;
use sample_client::{Body, Bytes, Client, Error, File, RecordedRequest, Recorder, TowerTransport};
use sample_server::files::{
    UploadFileError, UploadFileForm, UploadRelatedError, UploadRelatedForm,
};
use sample_server::{
    Call, FilesApi, HttpResponse, Multipart, OauthApi, Problem, Server, ShopApi, UploadedFile,
    ValuesApi,
};
use serde_json::{Value, json};
use tower_service::Service;

use crate::provider::{BASE_URL, Session, Tokens, answer, oauth_app};
use crate::streams::pieces;

/// Responds with what it has received.
struct Forms;

impl FilesApi for Forms {
    async fn upload_file(
        &self,
        call: Call,
        body: Multipart<UploadFileForm>,
    ) -> Result<String, UploadFileError> {
        Ok(match call.uri().query() {
            None => {
                let form = body.read().await?;
                told(&form.file, form.note, &form.sizes, form.app, &form.more)
            }
            Some(query) => parts_of(body, query).await?,
        })
    }

    async fn upload_related(
        &self,
        _: Call,
        body: Multipart<UploadRelatedForm>,
    ) -> Result<String, UploadRelatedError> {
        let form = body.read().await?;
        let told = told(&form.file, form.note, &form.sizes, form.app, &form.more);
        Ok(told)
    }
}

impl ShopApi for Forms {}
impl ValuesApi for Forms {}

impl OauthApi for Forms {
    type Session = Session;
}

fn told(
    uploaded: &UploadedFile,
    note: Option<String>,
    sizes: &[i64],
    app: Option<OAuthApp>,
    more: &[UploadedFile],
) -> String {
    let file = |file: &UploadedFile| {
        json!({
            "name": file.name,
            "type": file.content_type,
            "content": String::from_utf8_lossy(&file.content),
            "x": file.headers.get("x-x").map(|value| value.to_str().unwrap()),
        })
    };
    let more: Vec<Value> = more.iter().map(file).collect();
    json!({
        "file": file(uploaded),
        "note": note,
        "sizes": sizes,
        "app": app.map(|app| app.id),
        "more": more,
    })
    .to_string()
}

/// Reads the parts one by one; `skip` reads none of them, a number is the limit of each.
async fn parts_of(mut body: Multipart<UploadFileForm>, query: &str) -> Result<String, Problem> {
    let mut told = Vec::new();
    while let Some(mut part) = body.next_part().await? {
        told.push(format!(
            "{:?} {:?} {:?}",
            part.name(),
            part.file_name(),
            part.content_type()
        ));
        match query {
            "skip" => {}
            "once" => drop(part.chunk().await?),
            "text" => told.push(part.text().await?),
            limit => told.push(format!("{:?}", part.bytes(limit.parse().unwrap()).await?)),
        }
    }
    Ok(told.join("\n"))
}

fn server() -> Server<Forms, Tokens> {
    Server::builder(Forms)
        .authenticate(Tokens)
        .max_body_bytes(100_000)
        .build()
}

fn client() -> Client {
    let client = Client::builder(BASE_URL).transport(TowerTransport::new(server()));
    client.build().unwrap()
}

async fn text(response: HttpResponse) -> (u16, String) {
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

/// Sends a body to the server unchanged.
async fn send(query: &str, content_type: &str, body: impl Into<Body>) -> (u16, String) {
    let request = http::Request::post(format!("/files{query}"))
        .header("content-type", content_type)
        .body(body.into())
        .unwrap();
    text(server().call(request).await.unwrap()).await
}

const FORM: &str = "multipart/form-data; boundary=XX";

/// What the server has read from a form, or the problem.
async fn read(body: impl Into<Body>) -> Value {
    let (status, text) = send("", FORM, body).await;
    let mut answer: Value = serde_json::from_str(&text).unwrap();
    if status != 200 {
        assert_eq!(answer["status"], status);
        answer.as_object_mut().unwrap().remove("title");
    }
    answer
}

fn app() -> OAuthApp {
    oauth_app("a1", "ci", ["https://a"])
}

fn file() -> File {
    File::new(vec![0, 13, 10, 45, 45, 255])
        .name("a\"b\r\nc;ü.png")
        .content_type("image/x-icon")
        .header("x-x", "1")
}

fn upload() -> Upload {
    Upload::new(file())
        .note("ü\r\n--x")
        .sizes([1, -2])
        .app(app())
        .more(["one", ""])
}

/// A `multipart/related` body.
fn related() -> Related {
    Related::new(file())
        .note("ü\r\n--x")
        .sizes([1, -2])
        .app(app())
        .more(["one", ""])
}

/// The request for a form, as recorded.
async fn recorded(form: Upload) -> RecordedRequest {
    let recorder = Recorder::new().response(answer(200, "text/plain", ""));
    let client = Client::builder(BASE_URL).transport(recorder.clone());
    client
        .build()
        .unwrap()
        .files()
        .upload_file(form)
        .await
        .unwrap();
    recorder.requests().remove(0)
}

#[tokio::test]
async fn another_reader_understands_what_the_client_writes() {
    let request = recorded(upload()).await;
    let content_type = request.headers["content-type"].to_str().unwrap();
    let boundary = multer::parse_boundary(content_type).unwrap();
    let body = Body::from(request.body).into_data_stream();
    let mut parts = multer::Multipart::new(body, boundary);
    let mut told = Vec::new();
    while let Some(part) = parts.next_field().await.unwrap() {
        told.push((
            part.name().unwrap().to_owned(),
            part.file_name().map(str::to_owned),
            part.content_type().map(ToString::to_string),
            part.headers().len(),
            part.bytes().await.unwrap(),
        ));
    }
    let part = |name: &str, file: Option<&str>, kind: Option<&str>, headers, content: &[u8]| {
        let content = Bytes::copy_from_slice(content);
        let (file, kind) = (file.map(str::to_owned), kind.map(str::to_owned));
        (name.to_owned(), file, kind, headers, content)
    };
    let json = serde_json::to_vec(&app()).unwrap();
    let (octets, file) = (Some("application/octet-stream"), "a%22b%0D%0Ac;ü.png");
    let icon = [0, 13, 10, 45, 45, 255];
    assert_eq!(
        told,
        [
            part("file", Some(file), Some("image/x-icon"), 3, &icon),
            part("note", None, None, 1, "ü\r\n--x".as_bytes()),
            part("sizes", None, None, 1, b"1"),
            part("sizes", None, None, 1, b"-2"),
            part("app", None, Some("application/json"), 2, &json),
            part("more", Some("more"), octets, 2, b"one"),
            part("more", Some("more"), octets, 2, b""),
        ]
    );
}

#[tokio::test]
async fn the_documented_type_is_for_files_that_have_none() {
    let request = recorded(Upload::new("text")).await;
    let body = String::from_utf8(request.body.to_vec()).unwrap();
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"file\"\r\ncontent-type: image/png\r\n\r\ntext\r\n";
    assert!(body.contains(head), "{body}");
    // Every body has another boundary.
    let content_type = &request.headers["content-type"];
    assert_ne!(
        content_type,
        recorded(Upload::new("text")).await.headers["content-type"]
    );
}

#[tokio::test]
async fn the_server_understands_what_the_client_writes() {
    let expected = json!({
        "file": { "name": "a\"b\r\nc;ü.png", "type": "image/x-icon", "content": "\0\r\n--\u{fffd}", "x": "1" },
        "note": "ü\r\n--x",
        "sizes": [1, -2],
        "app": "a1",
        "more": [
            { "name": "more", "type": "application/octet-stream", "content": "one", "x": null },
            { "name": "more", "type": "application/octet-stream", "content": "", "x": null },
        ],
    });
    let files = client().files();
    for told in [
        files.upload_file(upload()).await.unwrap(),
        files.upload_related(related()).await.unwrap(),
    ] {
        assert_eq!(serde_json::from_str::<Value>(&told).unwrap(), expected);
    }
}

/// `type` is the media type of the root (RFC 2387, section 3.1).
#[tokio::test]
async fn a_compound_object_names_the_type_of_its_root() {
    let recorder = Recorder::new().response(answer(200, "text/plain", ""));
    let client = Client::builder(BASE_URL).transport(recorder.clone());
    let call = client.build().unwrap().files().upload_related(related());
    call.await.unwrap();
    let request = recorder.requests().remove(0);
    let content_type = request.headers["content-type"].to_str().unwrap();
    let start = "multipart/related; type=\"image/x-icon\"; boundary=form-";
    assert!(content_type.starts_with(start), "{content_type}");
}

#[tokio::test]
async fn the_size_is_known_if_that_of_each_part_is() {
    let router =
        axum::Router::new().fallback(async |headers: http::HeaderMap, body: axum::body::Bytes| {
            let length = headers
                .get("content-length")
                .map(|value| value.to_str().unwrap().to_owned());
            assert!(length.is_none_or(|length| length == body.len().to_string()));
            format!("{:?}", headers.get("transfer-encoding"))
        });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let files = Client::new(url).unwrap().files();
    assert_eq!(files.upload_file(upload()).await.unwrap(), "None");
    let streamed = Upload::new(pieces([&b"a"[..], b"b"]));
    assert_eq!(
        files.upload_file(streamed).await.unwrap(),
        "Some(\"chunked\")"
    );
}

#[tokio::test]
async fn what_cannot_be_a_part_is_an_error() {
    let recorder = Recorder::new();
    let client = Client::builder(BASE_URL).transport(recorder.clone());
    let files = client.build().unwrap().files();
    for file in [
        File::new("x").content_type("text/plain\r\nx: y"),
        File::new("x").header("a b", "c"),
        File::new("x").header("a", "b\r\n\r\nc"),
        File::new("x").header("a\r\n\r\n", "b"),
    ] {
        let error = files.upload_file(Upload::new(file)).await.unwrap_err();
        assert!(matches!(error, Error::Request(_)), "{error}");
    }
    assert!(recorder.requests().is_empty());
}

/// A form written by reqwest.
async fn reqwest_says(form: reqwest::multipart::Form) -> Value {
    let request = reqwest::Client::new()
        .post(format!("{BASE_URL}/files"))
        .multipart(form)
        .build()
        .unwrap();
    let request: http::Request<reqwest::Body> = request.try_into().unwrap();
    let (_, text) = text(server().call(request).await.unwrap()).await;
    serde_json::from_str(&text).unwrap()
}

#[tokio::test]
async fn the_server_understands_what_reqwest_writes() {
    use reqwest::multipart::{Form, Part};

    for name in [
        "a.png",
        "ü \"quoted\" %.png",
        "a;b=c.png",
        "back\\slash.png",
    ] {
        let form = || {
            let file = Part::bytes(vec![0, 1, 2]).file_name(name);
            let file = file.mime_str("image/png").unwrap();
            let app = serde_json::to_string(&app()).unwrap();
            let app = Part::text(app).mime_str("application/json").unwrap();
            let form = Form::new().text("note", "ü").text("sizes", "3");
            form.part("file", file).part("app", app)
        };
        let expected = json!({
            "file": { "name": name, "type": "image/png", "content": "\0\x01\x02", "x": null },
            "note": "ü", "sizes": [3], "app": "a1", "more": [],
        });
        assert_eq!(reqwest_says(form()).await, expected);
        assert_eq!(
            reqwest_says(form().percent_encode_attr_chars()).await,
            expected
        );
        assert_eq!(
            reqwest_says(form().percent_encode_noop()).await,
            expected,
            "{name}"
        );
    }
}

#[tokio::test]
async fn parts_are_read_wherever_the_chunks_end() {
    let body = b"preamble\r\n--XX \t\r\nContent-Disposition: form-data; name=file\r\n\r\n\r\n--X\r\n--\r\r\n\r\n--XX\r\n\
        content-disposition:form-data;name=\"note\"\r\n\r\n\r\n--XX\r\n\r\nno headers\r\n--XX--epilogue";
    let expected = json!({
        "file": { "name": null, "type": null, "content": "\r\n--X\r\n--\r\r\n", "x": null },
        "note": "", "sizes": [], "app": null, "more": [],
    });
    assert_eq!(read(body.to_vec()).await, expected);
    for boundary in 0..=body.len() {
        let (first, second) = body.split_at(boundary);
        assert_eq!(read(pieces([first, second])).await, expected, "{boundary}");
    }
    assert_eq!(read(pieces(body.chunks(1))).await, expected);
}

#[tokio::test]
async fn names_are_read_as_clients_write_them() {
    for (disposition, name, file_name) in [
        // curl before and after 7.81, and browsers.
        (
            r#"form-data; name="a"; filename="x\"y\\z""#,
            Some("a"),
            Some(r#"x"y\z"#),
        ),
        (
            r#"form-data; name="a"; filename="x%22y%0D%0Az""#,
            Some("a"),
            Some("x\"y\r\nz"),
        ),
        (r#"form-data; name="ü"; filename="ü""#, Some("ü"), Some("ü")),
        // Old browsers on Windows.
        (
            r#"form-data; name="a"; filename="C:\dir\x.png""#,
            Some("a"),
            Some(r"C:\dir\x.png"),
        ),
        // RFC 8187, which takes precedence.
        (
            r#"form-data; name="a"; filename="x"; filename*=UTF-8'de'%C3%BC"#,
            Some("a"),
            Some("ü"),
        ),
        (
            r#"form-data; name="a"; filename*=latin1''%FC"#,
            Some("a"),
            None,
        ),
        (
            r#"form-data; name="a"; filename*=UTF-8''%F"#,
            Some("a"),
            None,
        ),
        // Unusual white space and case.
        (
            r#"FORM-DATA ; NAME = a ; filename = b "#,
            Some("a"),
            Some("b"),
        ),
        (
            r#"form-data; x; name="a;b=c"; filename=d"#,
            Some("a;b=c"),
            Some("d"),
        ),
        (r#"form-data; name="a"; name="b""#, Some("a"), None),
        (r#"form-data; name="a"#, Some("a"), None),
        (r#"form-data; xname=a; filename="""#, None, Some("")),
        ("form-data", None, None),
        ("", None, None),
        (";;=;=;\"", None, None),
    ] {
        let body = format!("--XX\r\ncontent-disposition: {disposition}\r\n\r\nx\r\n--XX--");
        let (status, told) = send("?skip", FORM, body).await;
        assert_eq!(
            (status, told),
            (200, format!("{name:?} {file_name:?} None")),
            "{disposition}"
        );
    }
}

/// A part with this name and content.
fn part(name: &str, content: &str) -> String {
    format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
}

fn form(parts: &[(&str, &str)]) -> String {
    let parts: String = parts
        .iter()
        .map(|(name, content)| part(name, content))
        .collect();
    format!("{parts}--XX--\r\n")
}

#[tokio::test]
async fn what_is_not_as_described_is_named() {
    for (parts, pointer, detail) in [
        (&[("note", "n")][..], "/file", "is required"),
        (
            &[("file", ""), ("file", "")],
            "/file",
            "must not stand twice",
        ),
        (
            &[("file", ""), ("note", "a"), ("note", "b")],
            "/note",
            "must not stand twice",
        ),
        (
            &[("file", ""), ("sizes", "1"), ("sizes", "x")],
            "/sizes",
            "must be an integer of 64 bits",
        ),
        (
            &[("file", ""), ("app", "{\"id\":1}")],
            "/app/id",
            "invalid type: integer, expected a string",
        ),
        (
            &[("file", ""), ("app", "s3cret")],
            "/app",
            "is not JSON: expected value at line 1 column 1",
        ),
    ] {
        let expected = json!({
            "status": 400,
            "detail": "the body is not as described",
            "errors": [{ "pointer": pointer, "detail": detail }],
        });
        assert_eq!(read(form(parts)).await, expected);
    }
    let mut text = form(&[("file", ""), ("note", "n")]).into_bytes();
    let place = text.iter().rposition(|byte| *byte == b'n').unwrap();
    text[place] = 0xFF;
    assert_eq!(read(text).await["errors"][0]["detail"], "is not valid text");
}

#[tokio::test]
async fn only_parts_with_a_boundary_are_taken() {
    let good = form(&[("file", "")]);
    let boundary = |boundary: &str| format!("multipart/form-data; boundary={boundary}");
    for content_type in [
        "multipart/form-data",
        "multipart/form-data; boundary",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=\"ü\"",
        "multipart/mixed; boundary=XX",
        "application/json",
        "",
        &boundary(&"x".repeat(71)),
    ] {
        let (status, told) = send("", content_type, good.clone()).await;
        assert_eq!(status, 415, "{content_type}: {told}");
        assert!(told.contains("the body must be multipart/form-data"));
    }
    for content_type in [
        FORM,
        "Multipart/Form-Data;BOUNDARY=\"XX\"",
        "multipart/form-data; charset=utf-8; boundary=XX; x=y",
    ] {
        let (status, told) = send("", content_type, good.clone()).await;
        assert_eq!(status, 200, "{content_type}: {told}");
    }
    let long = "x".repeat(70);
    let (status, _) = send("", &boundary(&long), good.replace("XX", &long)).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn malformed_bodies_are_refused() {
    let early = "the body ended too early";
    let unreadable = "a header of a part can't be read";
    for (body, detail) in [
        (String::new(), early),
        ("no boundary".to_owned(), early),
        ("--X".to_owned(), early),
        ("--XX".to_owned(), early),
        ("--XX-".to_owned(), early),
        ("--XX\r\n".to_owned(), early),
        ("--XX\r\ncontent-type: x\r\n".to_owned(), early),
        ("--XX\r\ncontent-type: x\r\n\r\n".to_owned(), early),
        (part("file", ""), early),
        (form(&[("file", "")]).replace("--XX--", "--XX-"), early),
        (form(&[("file", "")]).replace("--XX--", "--YY--"), early),
        // A line feed alone doesn't end a line.
        (form(&[("file", "")]).replace("\r\n", "\n"), early),
        (
            format!("--XXY\r\n\r\nx\r\n{}", form(&[("file", "")])),
            "a boundary is followed by something else",
        ),
        ("--XX\r\nno colon\r\n\r\nx\r\n--XX--".to_owned(), unreadable),
        (
            "--XX\r\n: no name\r\n\r\nx\r\n--XX--".to_owned(),
            unreadable,
        ),
        ("--XX\r\na b: c\r\n\r\nx\r\n--XX--".to_owned(), unreadable),
        ("--XX\r\na: \0\r\n\r\nx\r\n--XX--".to_owned(), unreadable),
        (
            "--XX\r\na: b\r\n folded\r\n\r\nx\r\n--XX--".to_owned(),
            unreadable,
        ),
        (
            "x".repeat(20_000),
            "the body does not begin with its boundary",
        ),
        (
            format!("--XX\r\na: {}", "x".repeat(20_000)),
            "the headers of a part are too large",
        ),
        (
            format!("--XX\r\n{}\r\n", "a: b\r\n".repeat(5000)),
            "the headers of a part are too large",
        ),
        (
            format!("--XX{}", " ".repeat(20_000)),
            "the headers of a part are too large",
        ),
    ] {
        let answer = read(body.clone()).await;
        assert_eq!(
            answer,
            json!({ "status": 400, "detail": detail }),
            "{body:.100}"
        );
        let (status, _) = send("?skip", FORM, body.clone()).await;
        assert_eq!(status, 400, "{body:.100}");
    }
}

#[tokio::test]
async fn bodies_beyond_the_limits_are_refused() {
    let large = form(&[("file", &"x".repeat(100_000))]);
    let refused =
        json!({ "status": 413, "detail": "the body must not be larger than 100000 bytes" });
    assert_eq!(read(large.clone()).await, refused);
    assert_eq!(read(pieces(large.as_bytes().chunks(1000))).await, refused);
    // A part that is read as a stream has a limit of its own.
    let (status, told) = send("?200000", FORM, large.clone()).await;
    assert_eq!(
        (status, told.len()),
        (200, 100_000 + "Some(\"file\") None None\nb\"\"".len())
    );
    assert_eq!(send("?99999", FORM, large.clone()).await.0, 413);
    assert_eq!(send("?text", FORM, large.clone()).await.0, 200);
    assert_eq!(send("?text", FORM, large.replace("xx", "xxx")).await.0, 413);
    assert_eq!(send("?skip", FORM, large.replace("xx", "xxx")).await.0, 200);

    let many = |count: usize| {
        let parts = "--XX\r\n\r\n\r\n".repeat(count);
        format!("{}{parts}--XX--", part("file", ""))
    };
    assert_eq!(read(many(999)).await["file"]["content"], "");
    let refused = json!({ "status": 413, "detail": "the body must not have more than 1000 parts" });
    assert_eq!(read(many(1000)).await, refused);
}

#[tokio::test]
async fn parts_that_are_not_read_are_skipped() {
    let body = form(&[("a", "1\r\n2"), ("b", ""), ("c", "3")]);
    let expected = "Some(\"a\") None None\nSome(\"b\") None None\nSome(\"c\") None None";
    for query in ["?skip", "?once"] {
        let body = pieces(body.as_bytes().chunks(3));
        assert_eq!(send(query, FORM, body).await, (200, expected.to_owned()));
    }
}

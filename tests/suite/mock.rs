//! Mocks over a real socket: as a value in a test, and as a command.

use crate::check::{root, scratch};
use specwright::mock::Mock;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

const SPEC: &str = r##"
openapi: 3.0.3
info: {title: Notes, version: "1"}
paths:
  /notes/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        "200": {description: A note, content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}}
        "404": {description: None}
components:
  schemas:
    Note: {type: object, required: [text], properties: {text: {type: string, example: hello}, next: {$ref: "#/components/schemas/Note"}}}
"##;

/// Status line and body of a response to a request in plain text.
fn call(url: &str, request: &str) -> (String, String) {
    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
    let request = format!("{request}\r\nhost: mock\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), body.to_owned())
}

#[test]
fn a_mock_answers_while_it_lives_and_remembers_the_calls() {
    let spec = scratch("mock").join("notes.yaml");
    fs::write(&spec, SPEC).unwrap();
    let mock = Mock::new(&spec).unwrap();
    let url = mock.url();
    let (status, body) = call(&url, "GET /notes/1?x=%20 HTTP/1.1");
    assert_eq!(status, "HTTP/1.1 200 OK");
    assert!(
        body.starts_with(r#"{"text":"hello","next":{"text":"hello""#),
        "{body}"
    );
    assert_eq!(
        call(&url, "GET /notes/1 HTTP/1.1\r\nprefer: code=404").0,
        "HTTP/1.1 404 Not Found"
    );
    assert_eq!(
        call(&url, "GET /notes/a HTTP/1.1").0,
        "HTTP/1.1 422 Unprocessable Entity"
    );
    assert_eq!(call(&url, "HEAD /notes/1 HTTP/1.1").1, "");
    let calls = mock.calls();
    let statuses: Vec<u16> = calls.iter().map(|call| call.status).collect();
    assert_eq!(statuses, [200, 404, 422, 200]);
    assert_eq!(calls[0].operation.as_deref(), Some("GET /notes/{id}"));
    assert_eq!(
        (&*calls[0].request.path, &*calls[0].request.query),
        ("/notes/1", "x=%20")
    );
    assert_eq!(
        calls[1].request.header("prefer").as_deref(),
        Some("code=404")
    );
    mock.forget_calls();
    assert!(mock.calls().is_empty());
    drop(mock);
    assert!(TcpStream::connect(url.strip_prefix("http://").unwrap()).is_err());
}

#[test]
fn long_bodies_are_refused() {
    let spec = scratch("mock-long").join("notes.yaml");
    fs::write(&spec, SPEC).unwrap();
    let mock = Mock::builder(&spec).seed(3).dynamic(true).start().unwrap();
    let (status, _) = call(
        &mock.url(),
        "POST /notes/1 HTTP/1.1\r\ncontent-length: 99999999",
    );
    assert_eq!(status, "HTTP/1.1 413 Payload Too Large");
}

#[test]
fn a_description_with_errors_has_no_mock() {
    let spec = scratch("mock-broken").join("broken.yaml");
    fs::write(&spec, "openapi: 4.0.0").unwrap();
    let error = Mock::new(&spec).unwrap_err().to_string();
    assert!(error.contains("error[SW"), "{error}");
}

#[test]
fn the_command_says_where_it_listens_and_logs_calls() {
    let spec = scratch("mock-command").join("notes.yaml");
    fs::write(&spec, SPEC).unwrap();
    let mut child = Command::new(crate::command::program())
        .args(["mock", spec.to_str().unwrap(), "--port", "0"])
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut said)
        .unwrap();
    let url = said.trim().rsplit(' ').next().unwrap().to_owned();
    let answered = call(&url, "GET /notes/1 HTTP/1.1").0;
    // A second one at the same port can't listen.
    let port = url.rsplit(':').next().unwrap();
    let taken =
        crate::command::specwright(&root(), &["mock", spec.to_str().unwrap(), "--port", port])
            .exit(1);
    child.kill().unwrap();
    let mut log = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut log)
        .unwrap();
    child.wait().unwrap();
    assert_eq!(answered, "HTTP/1.1 200 OK");
    assert!(
        log.contains("GET /notes/1 -> 200 (GET /notes/{id})"),
        "{log}"
    );
    assert!(taken.err.starts_with("error[SW0823]: "), "{}", taken.err);
}

#[test]
fn a_check_makes_each_response_and_lists_what_fails() {
    let folder = scratch("mock-check");
    fs::write(folder.join("notes.yaml"), SPEC).unwrap();
    crate::command::specwright(&folder, &["mock", "notes.yaml", "--check"]).exit(0);
    let broken = SPEC.replace("example: hello", "minLength: 2, maxLength: 1");
    fs::write(folder.join("notes.yaml"), broken).unwrap();
    let failed = crate::command::specwright(&folder, &["mock", "notes.yaml", "--check"]).exit(1);
    assert!(failed.err.contains("warning[SW0821]: "), "{}", failed.err);
}

//! Types, client and server of the modules, used together.

use consumer_build_script::Keeper;
use consumer_build_script::notes::client::{Client, Error, TowerTransport};
use consumer_build_script::notes::server::{AuthError, Credentials, Server};
use consumer_build_script::notes::types::{Label, NewNote, Note, Validate};

async fn authenticate(credentials: Credentials) -> Result<String, AuthError> {
    match credentials.bearer() {
        Some(name) if !name.is_empty() => Ok(name.to_owned()),
        _ => Err(AuthError::Unauthorized),
    }
}

fn client(token: Option<&str>) -> Client {
    let server = Server::builder(Keeper::default())
        .authenticate(authenticate)
        .build();
    let builder =
        Client::builder("https://notes.example/v1").transport(TowerTransport::new(server));
    match token {
        Some(token) => builder.bearer(token).build().unwrap(),
        None => builder.build().unwrap(),
    }
}

#[tokio::test]
async fn tags_are_called_like_modules_of_the_support_code() {
    let events = client(Some("ann")).events();
    assert_eq!(
        events.get_events("all").await.unwrap(),
        ["ann asked for all"]
    );
    assert!(events.get_events("a").await.is_err());
}

#[tokio::test]
async fn client_and_server_understand_each_other() {
    let client = client(Some("ann"));
    let notes = client.notes();
    let note = notes
        .create_note(NewNote::new("buy milk").label(Label::Todo))
        .send()
        .await
        .unwrap();
    assert_eq!(
        (note.status().as_u16(), note.id, note.label.as_ref()),
        (201, 1, Some(&Label::Todo))
    );
    notes.create_note(NewNote::new("fly")).await.unwrap();
    let texts = async |label: Option<Label>| {
        let list = notes.list_notes();
        let list = if let Some(label) = label {
            list.label(label)
        } else {
            list
        };
        list.await
            .unwrap()
            .into_iter()
            .map(|note| note.text)
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(None).await, ["fly", "buy milk"]);
    assert_eq!(texts(Some(Label::Todo)).await, ["buy milk"]);
    assert_eq!(notes.list_notes().limit(1).await.unwrap().len(), 1);
    let Err(Error::Api(error)) = notes.create_note(NewNote::new("fly")).await else {
        panic!("there is such a note")
    };
    assert_eq!(
        (
            error.status().as_u16(),
            error.body().unwrap().message.as_str()
        ),
        (409, "there is such a note")
    );
    notes.delete_note(1).await.unwrap();
    assert_eq!(notes.get_note(1).await.unwrap_err().status().unwrap(), 404);
    assert_eq!(notes.get_note(2).await.unwrap().text, "fly");
    // A custom HTTP method.
    notes.purge_notes().await.unwrap();
    assert!(notes.list_notes().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_the_description_forbids_is_refused() {
    let client = client(None);
    let notes = client.notes();
    assert_eq!(notes.list_notes().await.unwrap_err().status().unwrap(), 401);
    // A public operation.
    assert_eq!(notes.get_note(7).await.unwrap_err().status().unwrap(), 404);
    let client = self::client(Some("ann"));
    let notes = client.notes();
    assert_eq!(
        notes
            .list_notes()
            .limit(101)
            .await
            .unwrap_err()
            .status()
            .unwrap(),
        400
    );
    assert_eq!(
        notes
            .create_note(NewNote::new(""))
            .await
            .unwrap_err()
            .status()
            .unwrap(),
        400
    );
}

/// `label` may be absent; `due` may be absent or null, which differs.
#[test]
fn types_of_the_second_file_are_as_it_says() {
    let note = Note::new(1, "t");
    assert_eq!(note.due, None);
    assert!(note.links.is_none());
    assert_eq!(NewNote::new("t").due, None::<Option<String>>);
    let violations = NewNote::new("")
        .label(Label::Other("later".to_owned()))
        .validate()
        .unwrap_err();
    let found: Vec<&str> = violations
        .iter()
        .map(|violation| violation.pointer.as_str())
        .collect();
    assert_eq!(found, ["/text", "/label"]);
}

/// The client has parts for features that this crate declares, and none for others; neither causes a warning.
#[test]
fn a_client_without_a_transport_says_that_it_has_none() {
    let error = Client::new("https://notes.example").unwrap_err();
    assert!(
        error.to_string().contains("there is no transport"),
        "{error}"
    );
}

//! A client's and a server's user, written against `before.yaml`: whatever they may do with generated code that has to go on compiling.

use notes_client::notes::{CreateNoteError, CreateNoteResponse, ListNotesHeaders};
use notes_client::{Client, Error, types};
use notes_server::notes::{self, GetNoteError, GetNoteParams, ListNotesError, ListNotesParams};
use notes_server::{Call, NotesApi, Server};
use types::{
    Attachment, Clash, Colour, Fault, Level, Link, NewNote, NewNoteRequired, Note, NoteRequired,
    Picture,
};

/// Calls each operation, and takes apart what comes back.
pub async fn call(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let counted = client.notes().list_notes().send().await?;
    let ListNotesHeaders { x_total, .. } = ListNotesHeaders::from(counted.headers());
    println!("{x_total:?}");
    let list = client.notes().list_notes().limit(5).colour(Colour::Red);
    for Note {
        id,
        title,
        colour,
        level,
        attachment,
        ..
    } in list.await?
    {
        let colour = match colour {
            Some(Colour::Red) => "red",
            Some(Colour::Green) => "green",
            Some(Colour::Other(_)) => "a new one",
            Some(_) => "one that this code doesn't know",
            None => "none",
        };
        let high = matches!(level, Some(Level::Value2));
        let kind = match attachment {
            Some(Attachment::Link(Link { url, .. })) => url.to_string(),
            Some(Attachment::Picture(picture)) => format!("{:?}", picture.width),
            Some(_) | None => String::new(),
        };
        println!("{id} {title} {colour} {high} {kind}");
    }
    let required = NewNoteRequired {
        title: "A note".into(),
        text: "…".into(),
    };
    let mut new = NewNote::new(required)
        .labels(["new"])
        .additional_properties([("rank", 3)]);
    new.labels = None;
    match client.notes().create_note(new).await {
        Ok(CreateNoteResponse::Ok(note)) => println!("{}", note.title),
        Ok(CreateNoteResponse::Accepted) => println!("later"),
        Ok(_) => println!("something else worked"),
        Err(Error::Api(error)) => match error.body() {
            Some(CreateNoteError::BadRequest(Fault { message, .. })) => println!("{message}"),
            Some(CreateNoteError::Conflict(clash)) => println!("{:?}", clash.with),
            Some(_) | None => println!("{}", error.status()),
        },
        Err(other) => return Err(other.into()),
    }
    let note = client.notes().get_note("1", 2).await?;
    println!("{note:?} {}", note == note.clone());
    Ok(())
}

/// Implements each operation.
pub struct Provider;

impl NotesApi for Provider {
    async fn list_notes(
        &self,
        call: Call,
        params: ListNotesParams,
    ) -> Result<Vec<Note>, ListNotesError> {
        call.add_response_headers(&notes::ListNotesHeaders::new().x_total(1));
        let ListNotesParams { limit, colour, .. } = params;
        if limit > 100 {
            return Err(ListNotesError::BadRequest(Fault::new("too many")));
        }
        Ok(vec![note(colour)])
    }

    async fn create_note(
        &self,
        _: Call,
        body: NewNote,
    ) -> Result<notes::CreateNoteResponse, notes::CreateNoteError> {
        if body.title.is_empty() {
            return Err(notes::CreateNoteError::Conflict(
                Clash::new().with("nothing"),
            ));
        }
        let NewNote {
            labels,
            additional_properties,
            ..
        } = body;
        println!("{labels:?} {additional_properties:?}");
        Ok(notes::CreateNoteResponse::Accepted)
    }

    async fn get_note(
        &self,
        _: Call,
        id: String,
        params: GetNoteParams,
    ) -> Result<Note, GetNoteError> {
        if id.is_empty() || params.revision < 1 {
            return Err(GetNoteError::NotFound(Fault::new("none")));
        }
        Ok(note(None))
    }
}

/// The service, and arguments as tests of the provider make them.
pub fn serve() {
    let service = Server::builder(Provider).build();
    drop(service);
    let mut params = ListNotesParams::default();
    params.limit += 1;
    assert_eq!(GetNoteParams::new(1).revision, 1);
}

fn note(colour: Option<Colour>) -> Note {
    let required = NoteRequired {
        id: "3b9f".into(),
        title: "A note".into(),
    };
    let mut note = Note::new(required)
        .level(Level::Value1)
        .attachment(Picture::new().width(1).into())
        .additional_properties([("pages", 3.into())]);
    note.colour = colour;
    note
}

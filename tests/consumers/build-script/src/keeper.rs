//! Keeps notes in memory.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::notes::server::events::GetEventsError;
use crate::notes::server::notes::{
    CreateNoteError, DeleteNoteError, GetNoteError, ListNotesError, ListNotesParams,
    PurgeNotesError,
};
use crate::notes::server::{Call, EventsApi, NotesApi};
use crate::notes::types::{Failure, NewNote, Note};

/// Keeps notes in memory. The session is the name of the caller.
#[derive(Debug, Default)]
pub struct Keeper {
    notes: Mutex<BTreeMap<i64, Note>>,
}

impl Keeper {
    fn notes(&self) -> MutexGuard<'_, BTreeMap<i64, Note>> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl EventsApi for Keeper {
    type Session = String;

    async fn get_events(
        &self,
        call: Call<String>,
        v: String,
    ) -> Result<Vec<String>, GetEventsError> {
        Ok(vec![format!("{} asked for {v}", call.session())])
    }
}

impl NotesApi for Keeper {
    type Session = String;

    async fn list_notes(
        &self,
        _: Call<String>,
        params: ListNotesParams,
    ) -> Result<Vec<Note>, ListNotesError> {
        let notes = self.notes();
        let newest = notes.values().rev();
        let wanted = newest.filter(|note| params.label.is_none() || note.label == params.label);
        let limit = usize::try_from(params.limit).unwrap_or(0);
        Ok(wanted.take(limit).cloned().collect())
    }

    async fn create_note(&self, _: Call<String>, body: NewNote) -> Result<Note, CreateNoteError> {
        let mut notes = self.notes();
        if notes.values().any(|note| note.text == body.text) {
            return Err(CreateNoteError::Conflict(Failure::new(
                "there is such a note",
            )));
        }
        let id = notes.last_key_value().map_or(1, |(last, _)| last + 1);
        let note = Note {
            label: body.label,
            due: body.due,
            ..Note::new(id, body.text)
        };
        notes.insert(id, note.clone());
        Ok(note)
    }

    async fn get_note(&self, _: Call, note_id: i64) -> Result<Note, GetNoteError> {
        let note = self.notes().get(&note_id).cloned();
        note.ok_or_else(|| GetNoteError::NotFound(Failure::new("no such note")))
    }

    async fn delete_note(&self, _: Call<String>, note_id: i64) -> Result<(), DeleteNoteError> {
        self.notes().remove(&note_id);
        Ok(())
    }

    async fn purge_notes(&self, _: Call<String>) -> Result<(), PurgeNotesError> {
        self.notes().clear();
        Ok(())
    }
}

//! An API in XML, and in XML or JSON.

use zoo::server::zoo::{AddAnimalError, CountError};
use zoo::server::{Call, ZooApi};
use zoo::types::{Animal, Census, Fault};

/// The API: `types`, `client`, `server`.
pub mod zoo {
    include!(concat!(env!("OUT_DIR"), "/zoo/mod.rs"));
}

/// Returns what it is given.
#[derive(Debug, Default)]
pub struct Keeper;

impl ZooApi for Keeper {
    async fn add_animal(&self, _: Call, body: Animal) -> Result<Animal, AddAnimalError> {
        match body.name.as_str() {
            "Rex" => Err(AddAnimalError::Conflict(Fault::new("there is a Rex"))),
            _ => Ok(body),
        }
    }

    async fn count(&self, _: Call, body: Census) -> Result<Census, CountError> {
        match body.counts.first() {
            Some(0) => Err(CountError::UnprocessableContent(Fault::new("none"))),
            _ => Ok(body),
        }
    }
}

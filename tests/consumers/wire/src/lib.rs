//! An API that says back what it reads.

use odd::server::api::{
    ReadEncodedError, ReadNamesError, ReadNamesParams, ReadPlainError, ReadTwiceError,
    SendPartsError, SendPartsForm,
};
use odd::server::{Api, Call, Multipart};

/// The API: `types`, `client`, `server`.
pub mod odd {
    include!(concat!(env!("OUT_DIR"), "/odd/mod.rs"));
}

/// Says back what it reads.
#[derive(Debug)]
pub struct Echo;

impl Api for Echo {
    async fn read_twice(
        &self,
        _: Call,
        a: String,
        b: String,
    ) -> Result<Vec<String>, ReadTwiceError> {
        Ok(vec![a, b])
    }

    async fn read_encoded(&self, _: Call, a: String) -> Result<Vec<String>, ReadEncodedError> {
        Ok(vec![a])
    }

    async fn read_plain(&self, _: Call, a: String) -> Result<Vec<String>, ReadPlainError> {
        Ok(vec![a])
    }

    async fn read_names(
        &self,
        _: Call,
        id: String,
        params: ReadNamesParams,
    ) -> Result<Vec<String>, ReadNamesError> {
        let optional = [params.id, params.session];
        Ok([id, params.body]
            .into_iter()
            .chain(optional.into_iter().flatten())
            .collect())
    }

    async fn send_parts(
        &self,
        _: Call,
        body: Multipart<SendPartsForm>,
    ) -> Result<Vec<String>, SendPartsError> {
        let form = body.read().await?;
        Ok([form.name].into_iter().chain(form.tags).collect())
    }
}

//! An API that returns what it reads.

use odd::server::api::{
    AddNameError, CopyAnythingError, CopyMaybeError, CopyPictureError, CopyPictureResponse,
    CopyTextError, FindPetError, FindPetResponse, PatchPetError, PatchPetPayload, ReadDeepError,
    ReadEncodedError, ReadHeadersError, ReadHeadersParams, ReadLinesError, ReadListsError,
    ReadListsParams, ReadNamesError, ReadNamesParams, ReadPagesError, ReadPagesParams,
    ReadPlainError, ReadQueryError, ReadQueryParams, ReadTwiceError, ReportError, SendPartsError,
    SendPartsForm, SendSecretError, SendSecretForm, SendUntypedError, SendUntypedForm,
};
use odd::server::{Api, Body, Call, Lines, Multipart};
use odd::types::{ReportBody, Value};

mod own_types;
mod path_keys;

pub use self::own_types::{Accountant, Label, Secret, secret};
pub use self::path_keys::Named;

/// The API: `types`, `client`, `server`.
pub mod odd {
    include!(concat!(env!("OUT_DIR"), "/odd/mod.rs"));
}

/// An API whose paths have queries and fragments.
pub mod keys {
    include!(concat!(env!("OUT_DIR"), "/keys/mod.rs"));
}

/// An API whose types are those of other crates, and of this one.
pub mod own {
    include!(concat!(env!("OUT_DIR"), "/own/mod.rs"));
}

/// Returns what it reads.
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

    async fn send_secret(
        &self,
        _: Call,
        body: Multipart<SendSecretForm>,
    ) -> Result<Vec<String>, SendSecretError> {
        let form = body.read().await?;
        Ok(vec![form.word])
    }

    async fn read_headers(
        &self,
        _: Call,
        params: ReadHeadersParams,
    ) -> Result<Vec<String>, ReadHeadersError> {
        let numbers = params.x_numbers.map(|numbers| format!("{numbers:?}"));
        let words = params.x_words.map(|words| format!("{words:?}"));
        let read = [params.x_text, numbers, words].into_iter().flatten();
        Ok(read.chain(params.words.into_iter().flatten()).collect())
    }

    async fn read_pages(
        &self,
        _: Call,
        params: ReadPagesParams,
    ) -> Result<Vec<String>, ReadPagesError> {
        let numbers = [params.page, params.size].map(|number| number.to_string());
        let order = params.x_order.as_str().to_owned();
        Ok(numbers.into_iter().chain([order]).collect())
    }

    async fn read_query(
        &self,
        _: Call,
        params: ReadQueryParams,
    ) -> Result<Vec<String>, ReadQueryError> {
        let query = params.query;
        let n = query.deep.and_then(|deep| deep.n).map(|n| n.to_string());
        let tags = query.tags.into_iter().flatten();
        Ok([query.text].into_iter().chain(tags).chain(n).collect())
    }

    async fn copy_picture(
        &self,
        call: Call,
        body: Body,
    ) -> Result<CopyPictureResponse, CopyPictureError> {
        Ok(match content_type(&call) {
            "image/x-table" => CopyPictureResponse::OkText(body),
            picture => CopyPictureResponse::Ok(body.content_type(picture)),
        })
    }

    async fn copy_maybe(
        &self,
        _: Call,
        body: Option<Option<String>>,
    ) -> Result<Option<Vec<String>>, CopyMaybeError> {
        // Absent, null and a value are distinguished.
        Ok(body.map(|body| body.into_iter().collect()))
    }

    async fn send_untyped(
        &self,
        _: Call,
        body: Multipart<SendUntypedForm>,
    ) -> Result<Body, SendUntypedError> {
        let SendUntypedForm { file, picture } = body.read().await?;
        let picture = picture.and_then(|picture| picture.content_type);
        Ok(Body::from(file.content).content_type(picture.unwrap_or_default()))
    }

    async fn copy_anything(&self, call: Call, body: Body) -> Result<Body, CopyAnythingError> {
        Ok(body.content_type(content_type(&call)))
    }

    async fn find_pet(&self, _: Call, a: String) -> Result<FindPetResponse, FindPetError> {
        Ok(match a.as_str() {
            "here" => FindPetResponse::Ok(odd::types::Pet::new().name("Rex")),
            _ => FindPetResponse::Found,
        })
    }

    async fn patch_pet(
        &self,
        _: Call,
        _: String,
        body: PatchPetPayload,
    ) -> Result<Vec<String>, PatchPetError> {
        Ok(match body {
            PatchPetPayload::Json(pet) => vec![format!("{:?}", pet.name)],
            PatchPetPayload::MergePatch(patch) => {
                let street = patch.home.map(|home| home.map(|home| home.street));
                vec![
                    format!("{:?} {:?}", patch.name, patch.age),
                    format!("{street:?} {:?} {:?}", patch.labels, patch.tags),
                ]
            }
        })
    }

    async fn read_lines(&self, _: Call) -> Result<Lines<Value>, ReadLinesError> {
        let lines = Body::from("{\"a\":1}\n\"b\"\n3\n");
        Ok(Lines::from_body(lines))
    }

    async fn add_name(&self, _: Call) -> Result<Vec<String>, AddNameError> {
        Ok(Vec::new())
    }

    async fn read_lists(
        &self,
        _: Call,
        numbers: Vec<i64>,
        params: ReadListsParams,
    ) -> Result<Vec<String>, ReadListsError> {
        let read = [
            format!("{numbers:?}"),
            format!("{:?}", params.days.unwrap_or_default()),
            format!("{:?}", params.sizes),
            format!("{:?}", params.words.unwrap_or_default()),
        ];
        Ok(read.into())
    }

    async fn report(&self, _: Call, body: ReportBody) -> Result<Vec<String>, ReportError> {
        assert_ne!(body.note.as_deref(), Some("panic"));
        Ok(body.lists.unwrap_or_default().into_keys().collect())
    }

    async fn read_deep(&self, _: Call, a: String) -> Result<Vec<String>, ReadDeepError> {
        Ok(vec![a])
    }

    async fn copy_text(&self, _: Call, body: String) -> Result<Vec<String>, CopyTextError> {
        Ok(vec![body])
    }
}

/// The media type of the request's body.
fn content_type(call: &Call) -> &str {
    let header = call.headers().get("content-type");
    header
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

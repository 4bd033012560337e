//! Files and what happens to them

use crate::support::{
    Body, Call, Events, Form, Lines, Multipart, Parts, Problem, UploadedFile, not_implemented,
};
use crate::types::OAuthApp;

/// Files and what happens to them
///
/// An operation that isn't written answers with 501.
pub trait FilesApi: Send + Sync + 'static {
    /// `POST /files`
    fn upload_file(
        &self,
        call: Call,
        body: Multipart<UploadFileForm>,
    ) -> impl Future<Output = Result<String, Problem>> + Send {
        let _ = (call, body);
        not_implemented("UploadFile")
    }

    /// `POST /files/related`
    fn upload_related(
        &self,
        call: Call,
        body: Multipart<UploadFileForm>,
    ) -> impl Future<Output = Result<String, Problem>> + Send {
        let _ = (call, body);
        not_implemented("UploadRelated")
    }

    /// `GET /files/{name}`
    fn get_file(
        &self,
        call: Call,
        name: String,
    ) -> impl Future<Output = Result<Body, Problem>> + Send {
        let _ = (call, name);
        not_implemented("GetFile")
    }

    /// `PUT /files/{name}`
    fn set_file(
        &self,
        call: Call,
        name: String,
        body: Body,
    ) -> impl Future<Output = Result<String, Problem>> + Send {
        let _ = (call, name, body);
        not_implemented("SetFile")
    }

    /// `GET /files/events`
    fn get_events(
        &self,
        call: Call,
    ) -> impl Future<Output = Result<Events<OAuthApp>, Problem>> + Send {
        let _ = call;
        not_implemented("GetEvents")
    }

    /// `GET /files/talk`
    fn get_talk(&self, call: Call) -> impl Future<Output = Result<Events<String>, Problem>> + Send {
        let _ = call;
        not_implemented("GetTalk")
    }

    /// `GET /files/lines`
    fn get_lines(
        &self,
        call: Call,
    ) -> impl Future<Output = Result<Lines<OAuthApp>, Problem>> + Send {
        let _ = call;
        not_implemented("GetLines")
    }

    /// `GET /files/sequence`
    fn get_sequence(
        &self,
        call: Call,
    ) -> impl Future<Output = Result<Lines<OAuthApp>, Problem>> + Send {
        let _ = call;
        not_implemented("GetSequence")
    }
}

/// The body of [`FilesApi::upload_file`].
#[derive(Debug, Clone, PartialEq)]
pub struct UploadFileForm {
    /// The part `file`.
    pub file: UploadedFile,
    /// The part `note`.
    pub note: Option<String>,
    /// The part `sizes`.
    pub sizes: Vec<i64>,
    /// The part `app`.
    pub app: Option<OAuthApp>,
    /// The part `more`.
    pub more: Vec<UploadedFile>,
}

impl Form for UploadFileForm {
    fn read(parts: &mut Parts) -> Result<Self, Problem> {
        Ok(Self {
            file: parts.file("file")?,
            note: parts.optional_value("note")?,
            sizes: parts.values("sizes")?,
            app: parts.optional_json("app")?,
            more: parts.files("more")?,
        })
    }
}

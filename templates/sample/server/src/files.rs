// Written by specwright; changes are overwritten.

//! Files and what happens to them
//!
//! The trait to implement is [`FilesApi`].

pub use super::service::files::*;

use super::support::{
    self, Body, Call, Events, Form, HttpResponse, Lines, Multipart, Parts, Problem,
    Reply, UploadedFile,
};
use super::types;

/// Files and what happens to them
///
/// Methods that aren't implemented respond with 501.
pub trait FilesApi: Send + Sync + 'static {
    /// Upload a file
    ///
    /// `POST /files`
    fn upload_file(
        &self,
        call: Call,
        body: Multipart<UploadFileForm>,
    ) -> impl Future<Output = Result<String, UploadFileError>> + Send {
        let _ = (call, body);
        support::not_implemented("UploadFile")
    }

    /// Upload the parts of an object
    ///
    /// `POST /files/related`
    fn upload_related(
        &self,
        call: Call,
        body: Multipart<UploadRelatedForm>,
    ) -> impl Future<Output = Result<String, UploadRelatedError>> + Send {
        let _ = (call, body);
        support::not_implemented("UploadRelated")
    }

    /// Follow what happens
    ///
    /// `GET /files/events`
    fn get_events(
        &self,
        call: Call,
    ) -> impl Future<Output = Result<GetEventsResponse, GetEventsError>> + Send {
        let _ = call;
        support::not_implemented("GetEvents")
    }

    /// Follow what is said
    ///
    /// `GET /files/talk`
    fn get_talk(
        &self,
        call: Call,
    ) -> impl Future<Output = Result<Events<String>, GetTalkError>> + Send {
        let _ = call;
        support::not_implemented("GetTalk")
    }

    /// Say something, and follow what is said to it
    ///
    /// `POST /files/talk`
    fn ask_talk(
        &self,
        call: Call,
    ) -> impl Future<Output = Result<Events<String>, AskTalkError>> + Send {
        let _ = call;
        support::not_implemented("AskTalk")
    }

    /// Get all apps
    ///
    /// `GET /files/lines`
    fn get_lines(
        &self,
        call: Call,
    ) -> impl Future<Output = Result<Lines<types::OAuthApp>, GetLinesError>> + Send {
        let _ = call;
        support::not_implemented("GetLines")
    }

    /// Get all apps
    ///
    /// `GET /files/sequence`
    fn get_sequence(
        &self,
        call: Call,
    ) -> impl Future<Output = Result<Lines<types::OAuthApp>, GetSequenceError>> + Send {
        let _ = call;
        support::not_implemented("GetSequence")
    }

    /// Get a file
    ///
    /// `GET /files/{name}`
    fn get_file(
        &self,
        call: Call,
        name: String,
    ) -> impl Future<Output = Result<Body, GetFileError>> + Send {
        let _ = (call, name);
        support::not_implemented("GetFile")
    }

    /// Set a file
    ///
    /// `PUT /files/{name}`
    fn set_file(
        &self,
        call: Call,
        name: String,
        body: Body,
    ) -> impl Future<Output = Result<String, SetFileError>> + Send {
        let _ = (call, name, body);
        support::not_implemented("SetFile")
    }

    /// Find a file
    ///
    /// `GET /files/{name}/place`
    fn find_file(
        &self,
        call: Call,
        name: String,
    ) -> impl Future<Output = Result<(), FindFileError>> + Send {
        let _ = (call, name);
        support::not_implemented("FindFile")
    }

    /// `GET /lists/tokens`
    fn list_tokens(
        &self,
        call: Call,
        params: ListTokensParams,
    ) -> impl Future<Output = Result<types::ListTokensResponse, ListTokensError>> + Send {
        let _ = (call, params);
        support::not_implemented("ListTokens")
    }

    /// `POST /lists/search`
    fn search_words(
        &self,
        call: Call,
        body: Option<types::SearchWordsBody>,
    ) -> impl Future<Output = Result<types::SearchWordsResponse, SearchWordsError>> + Send {
        let _ = (call, body);
        support::not_implemented("SearchWords")
    }

    /// `POST /lists/numbers`
    fn search_numbers(
        &self,
        call: Call,
        body: types::SearchNumbersBody,
    ) -> impl Future<Output = Result<Vec<i64>, SearchNumbersError>> + Send {
        let _ = (call, body);
        support::not_implemented("SearchNumbers")
    }

    /// `GET /lists/counted`
    fn list_counted(
        &self,
        call: Call,
        params: ListCountedParams,
    ) -> impl Future<Output = Result<types::ListCountedResponse, ListCountedError>> + Send {
        let _ = (call, params);
        support::not_implemented("ListCounted")
    }

    /// `GET /lists/offsets`
    fn list_offsets(
        &self,
        call: Call,
        params: ListOffsetsParams,
    ) -> impl Future<Output = Result<types::ListOffsetsResponse, ListOffsetsError>> + Send {
        let _ = (call, params);
        support::not_implemented("ListOffsets")
    }

    /// `GET /lists/last`
    fn list_charges(
        &self,
        call: Call,
        params: ListChargesParams,
    ) -> impl Future<Output = Result<types::ListChargesResponse, ListChargesError>> + Send {
        let _ = (call, params);
        support::not_implemented("ListCharges")
    }

    /// `GET /lists/urls`
    fn list_urls(
        &self,
        call: Call,
    ) -> impl Future<Output = Result<types::ListUrlsResponse, ListUrlsError>> + Send {
        let _ = call;
        support::not_implemented("ListUrls")
    }

    /// `GET /lists/links`
    fn list_links(
        &self,
        call: Call,
    ) -> impl Future<Output = Result<Vec<String>, ListLinksError>> + Send {
        let _ = call;
        support::not_implemented("ListLinks")
    }
}

/// The error responses of [`FilesApi::upload_file`].
pub type UploadFileError = super::errors::Undocumented;

/// The multipart form of [`FilesApi::upload_file`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct UploadFileForm {
    /// The part `file`.
    pub file: UploadedFile,
    /// The part `note`.
    pub note: Option<String>,
    /// The part `sizes`.
    pub sizes: Vec<i64>,
    /// The part `app`.
    pub app: Option<types::OAuthApp>,
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

/// The error responses of [`FilesApi::upload_related`].
pub type UploadRelatedError = super::errors::Undocumented;

/// The multipart form of [`FilesApi::upload_related`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct UploadRelatedForm {
    /// The part `file`.
    pub file: UploadedFile,
    /// The part `note`.
    pub note: Option<String>,
    /// The part `sizes`.
    pub sizes: Vec<i64>,
    /// The part `app`.
    pub app: Option<types::OAuthApp>,
    /// The part `more`.
    pub more: Vec<UploadedFile>,
}

impl Form for UploadRelatedForm {
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

/// The successful responses of [`FilesApi::get_events`].
#[derive(Debug)]
#[non_exhaustive]
pub enum GetEventsResponse {
    /// 200: what happens, or what has happened
    Ok(Vec<types::OAuthApp>),
    /// 200: what happens, or what has happened
    OkEventStream(Events<types::OAuthApp>),
}

impl Reply for GetEventsResponse {
    fn reply(self) -> Result<HttpResponse, Problem> {
        match self {
            Self::Ok(body) => support::json(200, &body),
            Self::OkEventStream(body) => support::events(200, body),
        }
    }
}

/// The error responses of [`FilesApi::get_events`].
pub type GetEventsError = super::errors::Undocumented;

/// The error responses of [`FilesApi::get_talk`].
pub type GetTalkError = super::errors::Undocumented;

/// The error responses of [`FilesApi::ask_talk`].
pub type AskTalkError = super::errors::Undocumented;

/// The error responses of [`FilesApi::get_lines`].
pub type GetLinesError = super::errors::Undocumented;

/// The error responses of [`FilesApi::get_sequence`].
pub type GetSequenceError = super::errors::Undocumented;

/// The error responses of [`FilesApi::get_file`].
pub type GetFileError = super::errors::AppError404;

/// The error responses of [`FilesApi::set_file`].
pub type SetFileError = super::errors::Undocumented;

/// The error responses of [`FilesApi::find_file`].
pub type FindFileError = super::errors::Undocumented;

/// The parameters of [`FilesApi::list_tokens`] other than those of the path.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct ListTokensParams {
    /// The query parameter `cursor`.
    pub cursor: Option<String>,
    /// The query parameter `limit`.
    pub limit: Option<i64>,
}

/// The error responses of [`FilesApi::list_tokens`].
pub type ListTokensError = super::errors::Undocumented;

/// The error responses of [`FilesApi::search_words`].
pub type SearchWordsError = super::errors::Undocumented;

/// The error responses of [`FilesApi::search_numbers`].
pub type SearchNumbersError = super::errors::Undocumented;

/// The parameters of [`FilesApi::list_counted`] other than those of the path.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct ListCountedParams {
    /// The query parameter `page`.
    pub page: Option<i64>,
}

/// The error responses of [`FilesApi::list_counted`].
pub type ListCountedError = super::errors::Undocumented;

/// The parameters of [`FilesApi::list_offsets`] other than those of the path.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct ListOffsetsParams {
    /// The query parameter `offset`.
    pub offset: Option<i64>,
}

/// The error responses of [`FilesApi::list_offsets`].
pub type ListOffsetsError = super::errors::Undocumented;

/// The parameters of [`FilesApi::list_charges`] other than those of the path.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct ListChargesParams {
    /// The query parameter `starting_after`.
    pub starting_after: Option<String>,
}

/// The error responses of [`FilesApi::list_charges`].
pub type ListChargesError = super::errors::Undocumented;

/// The error responses of [`FilesApi::list_urls`].
pub type ListUrlsError = super::errors::Undocumented;

/// The error responses of [`FilesApi::list_links`].
pub type ListLinksError = super::errors::Undocumented;

/// The response headers of [`FilesApi::list_links`].
pub type ListLinksHeaders = super::headers::LinkHeaders;

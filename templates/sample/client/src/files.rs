//! Files and what happens to them

use crate::BEARER_AUTH;
use crate::support::{
    Body, Core, Error, Events, File, Lines, MultipartBody, NoError, OperationInfo, RawResponse,
    Request, Response, sendable,
};
use crate::types::{AppError, OAuthApp};

/// Files and what happens to them
#[derive(Debug, Clone)]
pub struct FilesApi {
    core: Core,
}

impl FilesApi {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Upload a file
    ///
    /// `POST /files`
    pub fn upload_file(&self, body: UploadFileForm) -> UploadFile {
        let mut request = self.core.request(&UPLOAD_FILE);
        request.multipart("multipart/form-data", body.parts);
        UploadFile { request }
    }

    /// Upload the parts of an object
    ///
    /// `POST /files/related`
    pub fn upload_related(&self, body: UploadFileForm) -> UploadRelated {
        let mut request = self.core.request(&UPLOAD_RELATED);
        request.multipart("multipart/related", body.parts);
        UploadRelated { request }
    }

    /// Get a file
    ///
    /// `GET /files/{name}`
    pub fn get_file(&self, name: impl AsRef<str>) -> GetFile {
        let mut request = self.core.request(&GET_FILE);
        request.path("name", name.as_ref());
        GetFile { request }
    }

    /// Find a file
    ///
    /// `GET /files/{name}/place`
    pub fn find_file(&self, name: impl AsRef<str>) -> FindFile {
        let mut request = self.core.request(&FIND_FILE);
        request.path("name", name.as_ref());
        FindFile { request }
    }

    /// Set a file
    ///
    /// `PUT /files/{name}`
    pub fn set_file(&self, name: impl AsRef<str>, body: impl Into<Body>) -> SetFile {
        let mut request = self.core.request(&SET_FILE);
        request.path("name", name.as_ref());
        request.body("application/octet-stream", body);
        SetFile { request }
    }

    /// Follow what happens
    ///
    /// `GET /files/events`
    pub fn get_events(&self) -> GetEvents {
        let request = self.core.request(&GET_EVENTS);
        GetEvents { request }
    }

    /// Follow what is said
    ///
    /// `GET /files/talk`
    pub fn get_talk(&self) -> GetTalk {
        let request = self.core.request(&GET_TALK);
        GetTalk { request }
    }

    /// Get all apps
    ///
    /// `GET /files/lines`
    pub fn get_lines(&self) -> GetLines {
        let request = self.core.request(&GET_LINES);
        GetLines { request }
    }

    /// Get all apps
    ///
    /// `GET /files/sequence`
    pub fn get_sequence(&self) -> GetSequence {
        let request = self.core.request(&GET_SEQUENCE);
        GetSequence { request }
    }
}

static UPLOAD_FILE: OperationInfo = OperationInfo {
    id: "UploadFile",
    method: "POST",
    path: "/files",
    accept: Some("text/plain"),
    ..OperationInfo::PLAIN
};

static UPLOAD_RELATED: OperationInfo = OperationInfo {
    id: "UploadRelated",
    method: "POST",
    path: "/files/related",
    accept: Some("text/plain"),
    ..OperationInfo::PLAIN
};

static GET_FILE: OperationInfo = OperationInfo {
    id: "GetFile",
    method: "GET",
    path: "/files/{name}",
    accept: Some("application/octet-stream"),
    streams: true,
    ..OperationInfo::PLAIN
};

static FIND_FILE: OperationInfo = OperationInfo {
    id: "FindFile",
    method: "GET",
    path: "/files/{name}/place",
    redirects: &[302],
    security: &[&[&BEARER_AUTH]],
    ..OperationInfo::PLAIN
};

static SET_FILE: OperationInfo = OperationInfo {
    id: "SetFile",
    method: "PUT",
    path: "/files/{name}",
    accept: Some("text/plain"),
    ..OperationInfo::PLAIN
};

static GET_EVENTS: OperationInfo = OperationInfo {
    id: "GetEvents",
    method: "GET",
    path: "/files/events",
    accept: Some("text/event-stream, application/json"),
    streams: true,
    ..OperationInfo::PLAIN
};

static GET_TALK: OperationInfo = OperationInfo {
    id: "GetTalk",
    method: "GET",
    path: "/files/talk",
    accept: Some("text/event-stream"),
    streams: true,
    ..OperationInfo::PLAIN
};

static GET_LINES: OperationInfo = OperationInfo {
    id: "GetLines",
    method: "GET",
    path: "/files/lines",
    accept: Some("application/x-ndjson"),
    streams: true,
    ..OperationInfo::PLAIN
};

static GET_SEQUENCE: OperationInfo = OperationInfo {
    id: "GetSequence",
    method: "GET",
    path: "/files/sequence",
    accept: Some("application/json-seq"),
    streams: true,
    ..OperationInfo::PLAIN
};

/// The body of [`FilesApi::upload_file`].
#[derive(Debug)]
#[must_use = "a form does nothing until it is sent"]
pub struct UploadFileForm {
    parts: MultipartBody,
}

impl UploadFileForm {
    /// A form of the parts that have to be there.
    pub fn new(file: impl Into<File>) -> Self {
        let mut parts = MultipartBody::new();
        parts.file("file", file, Some("image/png, image/jpeg"));
        Self { parts }
    }

    /// The part `note`.
    pub fn note(mut self, note: impl AsRef<str>) -> Self {
        self.parts.value("note", note.as_ref());
        self
    }

    /// The part `sizes`.
    pub fn sizes(mut self, sizes: impl IntoIterator<Item = i64>) -> Self {
        self.parts.values("sizes", sizes);
        self
    }

    /// The part `app`.
    pub fn app(mut self, app: OAuthApp) -> Self {
        self.parts.json("app", &app);
        self
    }

    /// The part `more`.
    pub fn more(mut self, more: impl IntoIterator<Item = impl Into<File>>) -> Self {
        self.parts.files("more", more, None);
        self
    }
}

/// Request of [`FilesApi::upload_file`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct UploadFile {
    request: Request,
}

impl UploadFile {
    fn decode(response: RawResponse) -> Result<Response<String>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_text(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { UploadFile => String, NoError }

/// Request of [`FilesApi::upload_related`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct UploadRelated {
    request: Request,
}

impl UploadRelated {
    fn decode(response: RawResponse) -> Result<Response<String>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_text(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { UploadRelated => String, NoError }

/// Request of [`FilesApi::get_file`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetFile {
    request: Request,
}

impl GetFile {
    fn decode(response: RawResponse) -> Result<Response<Body>, Error<AppError>> {
        match response.status().as_u16() {
            200 => response.into_body(),
            404 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetFile => Body, AppError }

/// Request of [`FilesApi::find_file`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct FindFile {
    request: Request,
}

impl FindFile {
    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            302 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { FindFile => (), NoError }

/// Request of [`FilesApi::set_file`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct SetFile {
    request: Request,
}

impl SetFile {
    fn decode(response: RawResponse) -> Result<Response<String>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_text(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { SetFile => String, NoError }

/// What [`FilesApi::get_events`] gives.
#[derive(Debug)]
pub enum GetEventsResponse {
    /// 200: what happens
    Events(Events<OAuthApp>),
    /// 200: what has happened
    Json(Vec<OAuthApp>),
}

/// Request of [`FilesApi::get_events`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetEvents {
    request: Request,
}

impl GetEvents {
    fn decode(response: RawResponse) -> Result<Response<GetEventsResponse>, Error<NoError>> {
        match response.status().as_u16() {
            200 if response.is_one_of(&["text/event-stream"]) => {
                response.into_events_as(GetEventsResponse::Events)
            }
            200 => response.into_json_as(GetEventsResponse::Json),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetEvents => GetEventsResponse, NoError }

/// Request of [`FilesApi::get_talk`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetTalk {
    request: Request,
}

impl GetTalk {
    fn decode(response: RawResponse) -> Result<Response<Events<String>>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_text_events(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetTalk => Events<String>, NoError }

/// Request of [`FilesApi::get_lines`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetLines {
    request: Request,
}

impl GetLines {
    fn decode(response: RawResponse) -> Result<Response<Lines<OAuthApp>>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_lines(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetLines => Lines<OAuthApp>, NoError }

/// Request of [`FilesApi::get_sequence`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetSequence {
    request: Request,
}

impl GetSequence {
    fn decode(response: RawResponse) -> Result<Response<Lines<OAuthApp>>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_lines(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetSequence => Lines<OAuthApp>, NoError }

// Written by specwright; changes are overwritten.

//! Files and what happens to them
//!
//! The operations are the methods of [`FilesApi`]; each returns a request of its own type.

use super::support::{
    Body, Core, Error, Events, File, Lines, MultipartBody, NoError, OperationInfo, Paged,
    Pages, Paging, RawResponse, Request, Response, sendable,
};
use super::types;

/// Files and what happens to them
///
/// Returned by [`Client::files`](super::Client::files).
#[derive(Debug, Clone)]
pub struct FilesApi {
    core: Core,
}

impl FilesApi {
    pub(super) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Upload a file
    ///
    /// `POST /files`
    ///
    /// # Response
    ///
    /// `String`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::{Client, files};
    /// # async fn run(client: Client, body: files::UploadFileForm) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().upload_file(body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn upload_file(&self, body: UploadFileForm) -> UploadFile {
        let mut request = self.core.request(&UPLOAD_FILE);
        request.multipart("multipart/form-data", body.parts);
        UploadFile { request }
    }

    /// Upload the parts of an object
    ///
    /// `POST /files/related`
    ///
    /// # Response
    ///
    /// `String`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::{Client, files};
    /// # async fn run(client: Client, body: files::UploadRelatedForm) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().upload_related(body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn upload_related(&self, body: UploadRelatedForm) -> UploadRelated {
        let mut request = self.core.request(&UPLOAD_RELATED);
        request.multipart("multipart/related", body.parts);
        UploadRelated { request }
    }

    /// Follow what happens
    ///
    /// `GET /files/events`
    ///
    /// # Response
    ///
    /// [`GetEventsResponse`].
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().get_events().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_events(&self) -> GetEvents {
        let request = self.core.request(&GET_EVENTS);
        GetEvents { request }
    }

    /// Follow what is said
    ///
    /// `GET /files/talk`
    ///
    /// # Response
    ///
    /// `Events<String>`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().get_talk().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_talk(&self) -> GetTalk {
        let request = self.core.request(&GET_TALK);
        GetTalk { request }
    }

    /// Say something, and follow what is said to it
    ///
    /// `POST /files/talk`
    ///
    /// # Response
    ///
    /// `Events<String>`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().ask_talk().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn ask_talk(&self) -> AskTalk {
        let request = self.core.request(&ASK_TALK);
        AskTalk { request }
    }

    /// Get all apps
    ///
    /// `GET /files/lines`
    ///
    /// # Response
    ///
    /// [`Lines<OAuthApp>`](types::OAuthApp).
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().get_lines().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_lines(&self) -> GetLines {
        let request = self.core.request(&GET_LINES);
        GetLines { request }
    }

    /// Get all apps
    ///
    /// `GET /files/sequence`
    ///
    /// # Response
    ///
    /// [`Lines<OAuthApp>`](types::OAuthApp).
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().get_sequence().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_sequence(&self) -> GetSequence {
        let request = self.core.request(&GET_SEQUENCE);
        GetSequence { request }
    }

    /// Get a file
    ///
    /// `GET /files/{name}`
    ///
    /// # Response
    ///
    /// `Body`. Errors with [`AppError`](types::AppError): 404.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client, name: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().get_file(name).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_file(&self, name: impl AsRef<str>) -> GetFile {
        let mut request = self.core.request(&GET_FILE);
        request.path("name", name.as_ref());
        GetFile { request }
    }

    /// Set a file
    ///
    /// `PUT /files/{name}`
    ///
    /// # Response
    ///
    /// `String`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client, name: &str, body: String) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().set_file(name, body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_file(&self, name: impl AsRef<str>, body: impl Into<Body>) -> SetFile {
        let mut request = self.core.request(&SET_FILE);
        request.path("name", name.as_ref());
        request.body("application/octet-stream", body);
        SetFile { request }
    }

    /// Find a file
    ///
    /// `GET /files/{name}/place`
    ///
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client, name: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// client.files().find_file(name).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn find_file(&self, name: impl AsRef<str>) -> FindFile {
        let mut request = self.core.request(&FIND_FILE);
        request.path("name", name.as_ref());
        FindFile { request }
    }

    /// `GET /lists/tokens`
    ///
    /// # Optional parameters
    ///
    /// [`cursor`](ListTokens::cursor), [`limit`](ListTokens::limit).
    ///
    /// # Response
    ///
    /// [`ListTokensResponse`](types::ListTokensResponse). One page of a list, of which
    /// [`paginate`](ListTokens::paginate) gives all.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().list_tokens().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_tokens(&self) -> ListTokens {
        let request = self.core.request(&LIST_TOKENS);
        ListTokens { request }
    }

    /// `POST /lists/search`
    ///
    /// # Response
    ///
    /// [`SearchWordsResponse`](types::SearchWordsResponse). One page of a list, of which
    /// [`paginate`](SearchWords::paginate) gives all.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().search_words().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn search_words(&self) -> SearchWords {
        let request = self.core.request(&SEARCH_WORDS);
        SearchWords { request }
    }

    /// `POST /lists/numbers`
    ///
    /// # Response
    ///
    /// `Vec<i64>`. One page of a list, of which [`paginate`](SearchNumbers::paginate) gives all.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::{Client, types};
    /// # async fn run(client: Client, body: types::SearchNumbersBody) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().search_numbers(body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn search_numbers(&self, body: types::SearchNumbersBody) -> SearchNumbers {
        let mut request = self.core.request(&SEARCH_NUMBERS);
        request.json(&body);
        SearchNumbers { request }
    }

    /// `GET /lists/counted`
    ///
    /// # Optional parameters
    ///
    /// [`page`](ListCounted::page).
    ///
    /// # Response
    ///
    /// [`ListCountedResponse`](types::ListCountedResponse). One page of a list, of which
    /// [`paginate`](ListCounted::paginate) gives all.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().list_counted().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_counted(&self) -> ListCounted {
        let request = self.core.request(&LIST_COUNTED);
        ListCounted { request }
    }

    /// `GET /lists/offsets`
    ///
    /// # Optional parameters
    ///
    /// [`offset`](ListOffsets::offset).
    ///
    /// # Response
    ///
    /// [`ListOffsetsResponse`](types::ListOffsetsResponse). One page of a list, of which
    /// [`paginate`](ListOffsets::paginate) gives all.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().list_offsets().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_offsets(&self) -> ListOffsets {
        let request = self.core.request(&LIST_OFFSETS);
        ListOffsets { request }
    }

    /// `GET /lists/last`
    ///
    /// # Optional parameters
    ///
    /// [`starting_after`](ListCharges::starting_after).
    ///
    /// # Response
    ///
    /// [`ListChargesResponse`](types::ListChargesResponse). One page of a list, of which
    /// [`paginate`](ListCharges::paginate) gives all.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().list_charges().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_charges(&self) -> ListCharges {
        let request = self.core.request(&LIST_CHARGES);
        ListCharges { request }
    }

    /// `GET /lists/urls`
    ///
    /// # Response
    ///
    /// [`ListUrlsResponse`](types::ListUrlsResponse). One page of a list, of which
    /// [`paginate`](ListUrls::paginate) gives all.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().list_urls().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_urls(&self) -> ListUrls {
        let request = self.core.request(&LIST_URLS);
        ListUrls { request }
    }

    /// `GET /lists/links`
    ///
    /// # Response
    ///
    /// `Vec<String>`. One page of a list, of which [`paginate`](ListLinks::paginate) gives all.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.files().list_links().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_links(&self) -> ListLinks {
        let request = self.core.request(&LIST_LINKS);
        ListLinks { request }
    }
}

static UPLOAD_FILE: OperationInfo = OperationInfo {
    id: "UploadFile",
    method: "POST",
    path: "/files",
    tags: &["Files"],
    accept: Some("text/plain"),
    ..OperationInfo::PLAIN
};

/// Upload a file
///
/// A request of [`FilesApi::upload_file`], `POST /files`; `.await` sends it.
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

sendable! { UploadFile: UPLOAD_FILE => String, NoError }

/// The multipart form of [`FilesApi::upload_file`].
#[derive(Debug)]
#[must_use = "a form does nothing until it is sent"]
pub struct UploadFileForm {
    parts: MultipartBody,
}

impl UploadFileForm {
    /// Creates a form from the required parts.
    pub fn new(file: impl Into<File>) -> Self {
        let mut parts = MultipartBody::new();
        parts.file("file", file, Some("image/png"));
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
    pub fn app(mut self, app: types::OAuthApp) -> Self {
        self.parts.json("app", &app);
        self
    }

    /// The part `more`.
    pub fn more(mut self, more: impl IntoIterator<Item = impl Into<File>>) -> Self {
        self.parts.files("more", more, None);
        self
    }
}

static UPLOAD_RELATED: OperationInfo = OperationInfo {
    id: "UploadRelated",
    method: "POST",
    path: "/files/related",
    tags: &["Files"],
    accept: Some("text/plain"),
    ..OperationInfo::PLAIN
};

/// Upload the parts of an object
///
/// A request of [`FilesApi::upload_related`], `POST /files/related`; `.await` sends it.
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

sendable! { UploadRelated: UPLOAD_RELATED => String, NoError }

/// The multipart form of [`FilesApi::upload_related`].
#[derive(Debug)]
#[must_use = "a form does nothing until it is sent"]
pub struct UploadRelatedForm {
    parts: MultipartBody,
}

impl UploadRelatedForm {
    /// Creates a form from the required parts.
    pub fn new(file: impl Into<File>) -> Self {
        let mut parts = MultipartBody::new();
        parts.file("file", file, Some("image/png"));
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
    pub fn app(mut self, app: types::OAuthApp) -> Self {
        self.parts.json("app", &app);
        self
    }

    /// The part `more`.
    pub fn more(mut self, more: impl IntoIterator<Item = impl Into<File>>) -> Self {
        self.parts.files("more", more, None);
        self
    }
}

static GET_EVENTS: OperationInfo = OperationInfo {
    id: "GetEvents",
    method: "GET",
    path: "/files/events",
    tags: &["Files"],
    accept: Some("application/json, text/event-stream"),
    streams: true,
    ..OperationInfo::PLAIN
};

/// Follow what happens
///
/// A request of [`FilesApi::get_events`], `GET /files/events`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetEvents {
    request: Request,
}

impl GetEvents {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<GetEventsResponse>, Error<NoError>> {
        match response.status().as_u16() {
            200 if response.is_one_of(&["text/event-stream"]) => {
                response.into_events_as(GetEventsResponse::OkEventStream)
            }
            200 => response.into_json_as(GetEventsResponse::Ok),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetEvents: GET_EVENTS => GetEventsResponse, NoError }

/// The successful responses of [`FilesApi::get_events`], by status.
#[derive(Debug)]
#[non_exhaustive]
pub enum GetEventsResponse {
    /// 200: what happens, or what has happened
    Ok(Vec<types::OAuthApp>),
    /// 200: what happens, or what has happened
    OkEventStream(Events<types::OAuthApp>),
}

static GET_TALK: OperationInfo = OperationInfo {
    id: "GetTalk",
    method: "GET",
    path: "/files/talk",
    tags: &["Files"],
    accept: Some("text/event-stream"),
    streams: true,
    ..OperationInfo::PLAIN
};

/// Follow what is said
///
/// A request of [`FilesApi::get_talk`], `GET /files/talk`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetTalk {
    request: Request,
}

impl GetTalk {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<Events<String>>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_text_events(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetTalk: GET_TALK => Events<String>, NoError }

static ASK_TALK: OperationInfo = OperationInfo {
    id: "AskTalk",
    method: "POST",
    path: "/files/talk",
    tags: &["Files"],
    accept: Some("text/event-stream"),
    streams: true,
    ..OperationInfo::PLAIN
};

/// Say something, and follow what is said to it
///
/// A request of [`FilesApi::ask_talk`], `POST /files/talk`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct AskTalk {
    request: Request,
}

impl AskTalk {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<Events<String>>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_text_events(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { AskTalk: ASK_TALK => Events<String>, NoError }

static GET_LINES: OperationInfo = OperationInfo {
    id: "GetLines",
    method: "GET",
    path: "/files/lines",
    tags: &["Files"],
    accept: Some("application/x-ndjson"),
    streams: true,
    ..OperationInfo::PLAIN
};

/// Get all apps
///
/// A request of [`FilesApi::get_lines`], `GET /files/lines`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetLines {
    request: Request,
}

impl GetLines {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<Lines<types::OAuthApp>>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_lines(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetLines: GET_LINES => Lines<types::OAuthApp>, NoError }

static GET_SEQUENCE: OperationInfo = OperationInfo {
    id: "GetSequence",
    method: "GET",
    path: "/files/sequence",
    tags: &["Files"],
    accept: Some("application/json-seq"),
    streams: true,
    ..OperationInfo::PLAIN
};

/// Get all apps
///
/// A request of [`FilesApi::get_sequence`], `GET /files/sequence`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetSequence {
    request: Request,
}

impl GetSequence {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<Lines<types::OAuthApp>>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_lines(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetSequence: GET_SEQUENCE => Lines<types::OAuthApp>, NoError }

static GET_FILE: OperationInfo = OperationInfo {
    id: "GetFile",
    method: "GET",
    path: "/files/{name}",
    tags: &["Files"],
    accept: Some("application/octet-stream, application/json"),
    streams: true,
    ..OperationInfo::PLAIN
};

/// Get a file
///
/// A request of [`FilesApi::get_file`], `GET /files/{name}`; `.await` sends it.
///
/// Documented errors: 404.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetFile {
    request: Request,
}

impl GetFile {
    fn decode(response: RawResponse) -> Result<Response<Body>, Error<types::AppError>> {
        match response.status().as_u16() {
            200 => response.into_body(),
            404 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetFile: GET_FILE => Body, types::AppError }

static SET_FILE: OperationInfo = OperationInfo {
    id: "SetFile",
    method: "PUT",
    path: "/files/{name}",
    tags: &["Files"],
    accept: Some("text/plain"),
    ..OperationInfo::PLAIN
};

/// Set a file
///
/// A request of [`FilesApi::set_file`], `PUT /files/{name}`; `.await` sends it.
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

sendable! { SetFile: SET_FILE => String, NoError }

static FIND_FILE: OperationInfo = OperationInfo {
    id: "FindFile",
    method: "GET",
    path: "/files/{name}/place",
    tags: &["Files"],
    redirects: &[302],
    ..OperationInfo::PLAIN
};

/// Find a file
///
/// A request of [`FilesApi::find_file`], `GET /files/{name}/place`; `.await` sends it.
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

sendable! { FindFile: FIND_FILE => (), NoError }

static LIST_TOKENS: OperationInfo = OperationInfo {
    id: "ListTokens",
    method: "GET",
    path: "/lists/tokens",
    tags: &["Files"],
    accept: Some("application/json"),
    ..OperationInfo::PLAIN
};

/// A request of [`FilesApi::list_tokens`], `GET /lists/tokens`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListTokens {
    request: Request,
}

impl ListTokens {
    /// The query parameter `cursor`.
    pub fn cursor(mut self, cursor: impl AsRef<str>) -> Self {
        self.request.query("cursor", cursor.as_ref());
        self
    }

    /// The query parameter `limit`.
    pub fn limit(mut self, limit: i64) -> Self {
        self.request.query("limit", limit);
        self
    }

    /// Returns the pages of the list, from this one on; nothing is requested yet.
    pub fn paginate(self) -> Pages<Self> {
        Pages::new(self.request, Self::decode)
    }

    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::ListTokensResponse>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { ListTokens: LIST_TOKENS => types::ListTokensResponse, NoError }

impl Paged for ListTokens {
    type Page = types::ListTokensResponse;
    type Item = String;
    type Error = NoError;

    const PAGING: Paging = Paging::token("cursor").size("limit");

    fn items(page: Self::Page) -> Option<Vec<Self::Item>> {
        Some(page.words)
    }

    fn next(page: &Self::Page) -> Option<String> {
        Some(page.next_cursor.as_ref()?.as_ref()?.to_string())
    }
}

static SEARCH_WORDS: OperationInfo = OperationInfo {
    id: "SearchWords",
    method: "POST",
    path: "/lists/search",
    tags: &["Files"],
    accept: Some("application/json"),
    ..OperationInfo::PLAIN
};

/// A request of [`FilesApi::search_words`], `POST /lists/search`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct SearchWords {
    request: Request,
}

impl SearchWords {
    /// Sets the body.
    pub fn body(mut self, body: types::SearchWordsBody) -> Self {
        self.request.json(&body);
        self
    }

    /// Returns the pages of the list, from this one on; nothing is requested yet.
    pub fn paginate(self) -> Pages<Self> {
        Pages::new(self.request, Self::decode)
    }

    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::SearchWordsResponse>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { SearchWords: SEARCH_WORDS => types::SearchWordsResponse, NoError }

impl Paged for SearchWords {
    type Page = types::SearchWordsResponse;
    type Item = String;
    type Error = NoError;

    const PAGING: Paging = Paging::token("/page/after").size("/page/size").in_body();

    fn items(page: Self::Page) -> Option<Vec<Self::Item>> {
        Some(page.words)
    }

    fn next(page: &Self::Page) -> Option<String> {
        Some(page.next.as_ref()?.as_ref()?.to_string())
    }
}

static SEARCH_NUMBERS: OperationInfo = OperationInfo {
    id: "SearchNumbers",
    method: "POST",
    path: "/lists/numbers",
    tags: &["Files"],
    accept: Some("application/json"),
    ..OperationInfo::PLAIN
};

/// A request of [`FilesApi::search_numbers`], `POST /lists/numbers`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct SearchNumbers {
    request: Request,
}

impl SearchNumbers {
    /// Returns the pages of the list, from this one on; nothing is requested yet.
    pub fn paginate(self) -> Pages<Self> {
        Pages::new(self.request, Self::decode)
    }

    fn decode(response: RawResponse) -> Result<Response<Vec<i64>>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { SearchNumbers: SEARCH_NUMBERS => Vec<i64>, NoError }

impl Paged for SearchNumbers {
    type Page = Vec<i64>;
    type Item = i64;
    type Error = NoError;

    const PAGING: Paging = Paging::offset("/offset", 0).size("/limit").in_body();

    fn list(page: &Self::Page) -> Option<&Vec<Self::Item>> {
        Some(page)
    }

    fn items(page: Self::Page) -> Option<Vec<Self::Item>> {
        Some(page)
    }
}

static LIST_COUNTED: OperationInfo = OperationInfo {
    id: "ListCounted",
    method: "GET",
    path: "/lists/counted",
    tags: &["Files"],
    accept: Some("application/json"),
    ..OperationInfo::PLAIN
};

/// A request of [`FilesApi::list_counted`], `GET /lists/counted`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListCounted {
    request: Request,
}

impl ListCounted {
    /// The query parameter `page`.
    pub fn page(mut self, page: i64) -> Self {
        self.request.query("page", page);
        self
    }

    /// Returns the pages of the list, from this one on; nothing is requested yet.
    pub fn paginate(self) -> Pages<Self> {
        Pages::new(self.request, Self::decode)
    }

    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::ListCountedResponse>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { ListCounted: LIST_COUNTED => types::ListCountedResponse, NoError }

impl Paged for ListCounted {
    type Page = types::ListCountedResponse;
    type Item = String;
    type Error = NoError;

    const PAGING: Paging = Paging::page("page", 1);

    fn list(page: &Self::Page) -> Option<&Vec<Self::Item>> {
        Some(&page.words)
    }

    fn items(page: Self::Page) -> Option<Vec<Self::Item>> {
        Some(page.words)
    }

    fn pages(page: &Self::Page) -> Option<i128> {
        page.meta.as_ref()?.total_pages.flatten().map(Into::into)
    }
}

static LIST_OFFSETS: OperationInfo = OperationInfo {
    id: "ListOffsets",
    method: "GET",
    path: "/lists/offsets",
    tags: &["Files"],
    accept: Some("application/json"),
    ..OperationInfo::PLAIN
};

/// A request of [`FilesApi::list_offsets`], `GET /lists/offsets`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListOffsets {
    request: Request,
}

impl ListOffsets {
    /// The query parameter `offset`.
    pub fn offset(mut self, offset: i64) -> Self {
        self.request.query("offset", offset);
        self
    }

    /// Returns the pages of the list, from this one on; nothing is requested yet.
    pub fn paginate(self) -> Pages<Self> {
        Pages::new(self.request, Self::decode)
    }

    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::ListOffsetsResponse>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { ListOffsets: LIST_OFFSETS => types::ListOffsetsResponse, NoError }

impl Paged for ListOffsets {
    type Page = types::ListOffsetsResponse;
    type Item = String;
    type Error = NoError;

    const PAGING: Paging = Paging::offset("offset", 0);

    fn list(page: &Self::Page) -> Option<&Vec<Self::Item>> {
        Some(&page.words)
    }

    fn items(page: Self::Page) -> Option<Vec<Self::Item>> {
        Some(page.words)
    }
}

static LIST_CHARGES: OperationInfo = OperationInfo {
    id: "ListCharges",
    method: "GET",
    path: "/lists/last",
    tags: &["Files"],
    accept: Some("application/json"),
    ..OperationInfo::PLAIN
};

/// A request of [`FilesApi::list_charges`], `GET /lists/last`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListCharges {
    request: Request,
}

impl ListCharges {
    /// The query parameter `starting_after`.
    pub fn starting_after(mut self, starting_after: impl AsRef<str>) -> Self {
        self.request.query("starting_after", starting_after.as_ref());
        self
    }

    /// Returns the pages of the list, from this one on; nothing is requested yet.
    pub fn paginate(self) -> Pages<Self> {
        Pages::new(self.request, Self::decode)
    }

    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::ListChargesResponse>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { ListCharges: LIST_CHARGES => types::ListChargesResponse, NoError }

impl Paged for ListCharges {
    type Page = types::ListChargesResponse;
    type Item = types::ListChargesResponseDataItem;
    type Error = NoError;

    const PAGING: Paging = Paging::last_item("starting_after");

    fn items(page: Self::Page) -> Option<Vec<Self::Item>> {
        Some(page.data)
    }

    fn next(page: &Self::Page) -> Option<String> {
        Some(page.data.last()?.id.to_string())
    }

    fn has_more(page: &Self::Page) -> Option<bool> {
        Some(page.has_more)
    }
}

static LIST_URLS: OperationInfo = OperationInfo {
    id: "ListUrls",
    method: "GET",
    path: "/lists/urls",
    tags: &["Files"],
    accept: Some("application/json"),
    ..OperationInfo::PLAIN
};

/// A request of [`FilesApi::list_urls`], `GET /lists/urls`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListUrls {
    request: Request,
}

impl ListUrls {
    /// Returns the pages of the list, from this one on; nothing is requested yet.
    pub fn paginate(self) -> Pages<Self> {
        Pages::new(self.request, Self::decode)
    }

    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::ListUrlsResponse>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { ListUrls: LIST_URLS => types::ListUrlsResponse, NoError }

impl Paged for ListUrls {
    type Page = types::ListUrlsResponse;
    type Item = String;
    type Error = NoError;

    const PAGING: Paging = Paging::url();

    fn items(page: Self::Page) -> Option<Vec<Self::Item>> {
        Some(page.words)
    }

    fn next(page: &Self::Page) -> Option<String> {
        Some(page.next.as_ref()?.to_string())
    }
}

static LIST_LINKS: OperationInfo = OperationInfo {
    id: "ListLinks",
    method: "GET",
    path: "/lists/links",
    tags: &["Files"],
    accept: Some("application/json"),
    ..OperationInfo::PLAIN
};

/// A request of [`FilesApi::list_links`], `GET /lists/links`; `.await` sends it.
///
/// Response headers: [`ListLinksHeaders`].
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListLinks {
    request: Request,
}

impl ListLinks {
    /// Returns the pages of the list, from this one on; nothing is requested yet.
    pub fn paginate(self) -> Pages<Self> {
        Pages::new(self.request, Self::decode)
    }

    fn decode(response: RawResponse) -> Result<Response<Vec<String>>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { ListLinks: LIST_LINKS => Vec<String>, NoError }

impl Paged for ListLinks {
    type Page = Vec<String>;
    type Item = String;
    type Error = NoError;

    const PAGING: Paging = Paging::link();

    fn items(page: Self::Page) -> Option<Vec<Self::Item>> {
        Some(page)
    }
}

/// The response headers of [`FilesApi::list_links`].
pub type ListLinksHeaders = super::headers::LinkHeaders;

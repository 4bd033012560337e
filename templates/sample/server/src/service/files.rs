// Written by specwright; changes are overwritten.

//! Turns requests into calls of [`FilesApi`](super::super::files::FilesApi), and their results
//! into responses.

use std::sync::Arc;

use super::super::files::{
    FilesApi, ListChargesParams, ListCountedParams, ListOffsetsParams, ListTokensParams,
};
use super::super::support::{
    self, Exchange, Handlers, HttpResponse, Limits, Operation, Problem, Reply, Validator,
};

/// The operation of `upload_file`.
pub static UPLOAD_FILE: Operation = Operation {
    id: "UploadFile",
    method: "POST",
    path: "/files",
    tags: &["Files"],
    consumes: &["multipart/form-data"],
    produces: &["text/plain"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `upload_related`.
pub static UPLOAD_RELATED: Operation = Operation {
    id: "UploadRelated",
    method: "POST",
    path: "/files/related",
    tags: &["Files"],
    consumes: &["multipart/related"],
    produces: &["text/plain"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `get_events`.
pub static GET_EVENTS: Operation = Operation {
    id: "GetEvents",
    method: "GET",
    path: "/files/events",
    tags: &["Files"],
    consumes: &[],
    produces: &["application/json", "text/event-stream"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `get_talk`.
pub static GET_TALK: Operation = Operation {
    id: "GetTalk",
    method: "GET",
    path: "/files/talk",
    tags: &["Files"],
    consumes: &[],
    produces: &["text/event-stream"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `ask_talk`.
pub static ASK_TALK: Operation = Operation {
    id: "AskTalk",
    method: "POST",
    path: "/files/talk",
    tags: &["Files"],
    consumes: &[],
    produces: &["text/event-stream"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `get_lines`.
pub static GET_LINES: Operation = Operation {
    id: "GetLines",
    method: "GET",
    path: "/files/lines",
    tags: &["Files"],
    consumes: &[],
    produces: &["application/x-ndjson"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `get_sequence`.
pub static GET_SEQUENCE: Operation = Operation {
    id: "GetSequence",
    method: "GET",
    path: "/files/sequence",
    tags: &["Files"],
    consumes: &[],
    produces: &["application/json-seq"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `get_file`.
pub static GET_FILE: Operation = Operation {
    id: "GetFile",
    method: "GET",
    path: "/files/{name}",
    tags: &["Files"],
    consumes: &[],
    produces: &["application/octet-stream"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `set_file`.
pub static SET_FILE: Operation = Operation {
    id: "SetFile",
    method: "PUT",
    path: "/files/{name}",
    tags: &["Files"],
    consumes: &["application/octet-stream"],
    produces: &["text/plain"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `find_file`.
pub static FIND_FILE: Operation = Operation {
    id: "FindFile",
    method: "GET",
    path: "/files/{name}/place",
    tags: &["Files"],
    consumes: &[],
    produces: &[],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `list_tokens`.
pub static LIST_TOKENS: Operation = Operation {
    id: "ListTokens",
    method: "GET",
    path: "/lists/tokens",
    tags: &["Files"],
    consumes: &[],
    produces: &["application/json"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `search_words`.
pub static SEARCH_WORDS: Operation = Operation {
    id: "SearchWords",
    method: "POST",
    path: "/lists/search",
    tags: &["Files"],
    consumes: &["application/json"],
    produces: &["application/json"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `search_numbers`.
pub static SEARCH_NUMBERS: Operation = Operation {
    id: "SearchNumbers",
    method: "POST",
    path: "/lists/numbers",
    tags: &["Files"],
    consumes: &["application/json"],
    produces: &["application/json"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `list_counted`.
pub static LIST_COUNTED: Operation = Operation {
    id: "ListCounted",
    method: "GET",
    path: "/lists/counted",
    tags: &["Files"],
    consumes: &[],
    produces: &["application/json"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `list_offsets`.
pub static LIST_OFFSETS: Operation = Operation {
    id: "ListOffsets",
    method: "GET",
    path: "/lists/offsets",
    tags: &["Files"],
    consumes: &[],
    produces: &["application/json"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `list_charges`.
pub static LIST_CHARGES: Operation = Operation {
    id: "ListCharges",
    method: "GET",
    path: "/lists/last",
    tags: &["Files"],
    consumes: &[],
    produces: &["application/json"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `list_urls`.
pub static LIST_URLS: Operation = Operation {
    id: "ListUrls",
    method: "GET",
    path: "/lists/urls",
    tags: &["Files"],
    consumes: &[],
    produces: &["application/json"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `list_links`.
pub static LIST_LINKS: Operation = Operation {
    id: "ListLinks",
    method: "GET",
    path: "/lists/links",
    tags: &["Files"],
    consumes: &[],
    produces: &["application/json"],
    security: &[],
    limits: Limits::NONE,
};

/// The operations of the group.
pub const OPERATIONS: &[&Operation] = &[
    &UPLOAD_FILE,
    &UPLOAD_RELATED,
    &GET_EVENTS,
    &GET_TALK,
    &ASK_TALK,
    &GET_LINES,
    &GET_SEQUENCE,
    &GET_FILE,
    &SET_FILE,
    &FIND_FILE,
    &LIST_TOKENS,
    &SEARCH_WORDS,
    &SEARCH_NUMBERS,
    &LIST_COUNTED,
    &LIST_OFFSETS,
    &LIST_CHARGES,
    &LIST_URLS,
    &LIST_LINKS,
];

impl ListTokensParams {
    fn read(exchange: &Exchange) -> Result<Self, Problem> {
        Ok(Self {
            cursor: exchange.query("cursor")?,
            limit: exchange.query("limit")?,
        })
    }
}

impl ListCountedParams {
    fn read(exchange: &Exchange) -> Result<Self, Problem> {
        let params = Self {
            page: exchange.query("page")?,
        };
        let v = &mut Validator::of_request();
        if let Some(value) = &params.page {
            v.enter("page");
            v.minimum(*value, 1);
            v.leave();
        }
        exchange.checked(v)?;
        Ok(params)
    }
}

impl ListOffsetsParams {
    fn read(exchange: &Exchange) -> Result<Self, Problem> {
        Ok(Self {
            offset: exchange.query("offset")?,
        })
    }
}

impl ListChargesParams {
    fn read(exchange: &Exchange) -> Result<Self, Problem> {
        Ok(Self {
            starting_after: exchange.query("starting_after")?,
        })
    }
}

/// The handlers of the group's operations.
pub(super) struct Operations<P, A>(std::marker::PhantomData<(P, A)>);

impl<P, A> Operations<P, A>
where
    P: FilesApi,
{
    pub(super) async fn upload_file(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        exchange.require_body()?;
        let body = exchange.multipart()?;
        let call = exchange.call(());
        let result = server.api.upload_file(call, body).await;
        support::reply(result, |body| support::text(200, body))
    }

    pub(super) async fn upload_related(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        exchange.require_body()?;
        let body = exchange.multipart()?;
        let call = exchange.call(());
        let result = server.api.upload_related(call, body).await;
        support::reply(result, |body| support::text(200, body))
    }

    pub(super) async fn get_events(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let call = exchange.call(());
        let result = server.api.get_events(call).await;
        support::reply(result, Reply::reply)
    }

    pub(super) async fn get_talk(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let call = exchange.call(());
        let result = server.api.get_talk(call).await;
        support::reply(result, |body| support::events(200, body))
    }

    pub(super) async fn ask_talk(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let call = exchange.call(());
        let result = server.api.ask_talk(call).await;
        support::reply(result, |body| support::events(200, body))
    }

    pub(super) async fn get_lines(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let call = exchange.call(());
        let result = server.api.get_lines(call).await;
        support::reply(result, |body| support::lines(200, "application/x-ndjson", body))
    }

    pub(super) async fn get_sequence(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let call = exchange.call(());
        let result = server.api.get_sequence(call).await;
        support::reply(result, |body| support::lines(200, "application/json-seq", body))
    }

    pub(super) async fn get_file(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let name: String = exchange.path(0, "name")?;
        let call = exchange.call(());
        let result = server.api.get_file(call, name).await;
        support::reply(
            result,
            |body| support::respond(200, "application/octet-stream", body),
        )
    }

    pub(super) async fn set_file(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let name: String = exchange.path(0, "name")?;
        exchange.require_body()?;
        let body = exchange.body()?;
        let call = exchange.call(());
        let result = server.api.set_file(call, name, body).await;
        support::reply(result, |body| support::text(200, body))
    }

    pub(super) async fn find_file(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let name: String = exchange.path(0, "name")?;
        let call = exchange.call(());
        let result = server.api.find_file(call, name).await;
        support::reply(result, |()| support::empty(302))
    }

    pub(super) async fn list_tokens(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let params = ListTokensParams::read(&exchange)?;
        let call = exchange.call(());
        let result = server.api.list_tokens(call, params).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn search_words(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let body = exchange.json_optional().await?;
        let call = exchange.call(());
        let result = server.api.search_words(call, body).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn search_numbers(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let body = exchange.json().await?;
        let call = exchange.call(());
        let result = server.api.search_numbers(call, body).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn list_counted(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let params = ListCountedParams::read(&exchange)?;
        let call = exchange.call(());
        let result = server.api.list_counted(call, params).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn list_offsets(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let params = ListOffsetsParams::read(&exchange)?;
        let call = exchange.call(());
        let result = server.api.list_offsets(call, params).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn list_charges(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let params = ListChargesParams::read(&exchange)?;
        let call = exchange.call(());
        let result = server.api.list_charges(call, params).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn list_urls(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let call = exchange.call(());
        let result = server.api.list_urls(call).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn list_links(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let call = exchange.call(());
        let result = server.api.list_links(call).await;
        support::reply(result, |body| support::json(200, &body))
    }
}

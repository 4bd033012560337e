// Written by specwright; changes are overwritten.

//! Turns requests into calls of [`FilesApi`](super::super::files::FilesApi), and their results
//! into responses.

use std::sync::Arc;

use super::super::files::FilesApi;
use super::super::support::{
    self, Exchange, Handlers, HttpResponse, Operation, Problem, Reply,
};

pub(super) static UPLOAD_FILE: Operation = Operation {
    id: "UploadFile",
    method: "POST",
    path: "/files",
    consumes: &["multipart/form-data"],
    produces: &["text/plain"],
    security: &[],
};

pub(super) static UPLOAD_RELATED: Operation = Operation {
    id: "UploadRelated",
    method: "POST",
    path: "/files/related",
    consumes: &["multipart/related"],
    produces: &["text/plain"],
    security: &[],
};

pub(super) static GET_EVENTS: Operation = Operation {
    id: "GetEvents",
    method: "GET",
    path: "/files/events",
    consumes: &[],
    produces: &["application/json", "text/event-stream"],
    security: &[],
};

pub(super) static GET_TALK: Operation = Operation {
    id: "GetTalk",
    method: "GET",
    path: "/files/talk",
    consumes: &[],
    produces: &["text/event-stream"],
    security: &[],
};

pub(super) static GET_LINES: Operation = Operation {
    id: "GetLines",
    method: "GET",
    path: "/files/lines",
    consumes: &[],
    produces: &["application/x-ndjson"],
    security: &[],
};

pub(super) static GET_SEQUENCE: Operation = Operation {
    id: "GetSequence",
    method: "GET",
    path: "/files/sequence",
    consumes: &[],
    produces: &["application/json-seq"],
    security: &[],
};

pub(super) static GET_FILE: Operation = Operation {
    id: "GetFile",
    method: "GET",
    path: "/files/{name}",
    consumes: &[],
    produces: &["application/octet-stream"],
    security: &[],
};

pub(super) static SET_FILE: Operation = Operation {
    id: "SetFile",
    method: "PUT",
    path: "/files/{name}",
    consumes: &["application/octet-stream"],
    produces: &["text/plain"],
    security: &[],
};

pub(super) static FIND_FILE: Operation = Operation {
    id: "FindFile",
    method: "GET",
    path: "/files/{name}/place",
    consumes: &[],
    produces: &[],
    security: &[],
};

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
}

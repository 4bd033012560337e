//! A server of a small piece of Mattermost's API.
//!
//! Written by hand, in the shape that the generator writes.
#![forbid(unsafe_code)]

pub mod files;
pub mod oauth;
mod service;
pub mod styles;
#[path = "../../../src/support/server/mod.rs"] // in a generated crate the folder is `src/support`
mod support;
pub mod webhooks;

pub use files::FilesApi;
pub use oauth::OauthApi;
pub use sample_types as types;
pub use support::{
    AuthError, Authenticate, Body, BodySender, BoxError, Bytes, Call, Closed, Credentials,
    Dispatch, Event, EventSender, Events, Form, Handlers, HeaderMap, HeaderName, HeaderValue,
    HttpResponse, Kind, LineSender, Lines, Method, Multipart, Operation, Part, Parts, Paths, Place,
    Placement, Problem, ProblemError, ProblemKind, Reply, RequestParts, Requirement, Scheme,
    SendError, Server, ServerBuilder, StatusCode, StreamError, Style, Unauthenticated,
    UploadedFile,
};
pub use webhooks::Webhooks;

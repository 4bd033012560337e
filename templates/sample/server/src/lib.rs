//! A server of a small piece of Mattermost's API.
//!
//! Written by hand, in the shape that the generator writes.
#![forbid(unsafe_code)]

pub mod oauth;
mod service;
#[path = "../../../src/support/server/mod.rs"] // in a generated crate the folder is `src/support`
mod support;

pub use oauth::OauthApi;
pub use sample_types as types;
pub use support::{
    AuthError, Authenticate, Body, BoxError, Bytes, Call, Credentials, Dispatch, Handlers,
    HeaderMap, HeaderName, HeaderValue, Method, Operation, Place, Placement, Problem, ProblemError,
    ProblemKind, Reply, Requirement, Response, Scheme, Server, ServerBuilder, StatusCode,
    Unauthenticated,
};

//! A way for tests to write a value in any style. Generated clients have no such file: there the functions of operations do this.

use serde::Serialize;

use crate::support::{Bytes, Error, HeaderMap, OperationInfo, Request, Style};
use crate::{Client, Recorder};

static PATH: OperationInfo = operation("/{color}");
static PLAIN: OperationInfo = operation("/");

const fn operation(path: &'static str) -> OperationInfo {
    OperationInfo {
        id: "Styles",
        method: "GET",
        server: None,
        path,
        accept: None,
        redirects: &[],
        streams: false,
        security: &[],
    }
}

/// Where a value stands in a request. The name of it is `color`.
#[derive(Debug, Clone, Copy)]
pub enum Spot {
    /// In the path, as a whole segment.
    Path,
    /// In the query.
    Query,
    /// In the query, with reserved characters.
    Reserved,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// The request that has a value somewhere.
///
/// # Errors
/// The value can't stand there.
pub fn written(
    spot: Spot,
    style: Style,
    value: &impl Serialize,
) -> Result<http::Request<Bytes>, Error> {
    let operation = match spot {
        Spot::Path => &PATH,
        _ => &PLAIN,
    };
    request(operation, |request| match spot {
        Spot::Path => request.path_styled("color", value, style),
        Spot::Query => request.query_styled("color", value, style),
        Spot::Reserved => request.query_styled_reserved("color", value, style),
        Spot::Header => request.header_styled("color", value, style),
        Spot::Cookie => request.cookie_styled("color", value, style),
    })
}

/// The request that has a text in the query, with reserved characters.
///
/// # Errors
/// The text can't stand there.
pub fn reserved(value: &str) -> Result<http::Request<Bytes>, Error> {
    request(&PLAIN, |request| request.query_reserved("color", value))
}

/// The request whose body is a form.
///
/// # Errors
/// The value can't be a form.
pub fn form(
    value: &impl Serialize,
    encodings: &[(&str, Style)],
) -> Result<http::Request<Bytes>, Error> {
    request(&PLAIN, |request| request.form(value, encodings))
}

fn request(
    operation: &'static OperationInfo,
    fill: impl FnOnce(&mut Request),
) -> Result<http::Request<Bytes>, Error> {
    let client = Client::builder("http://chat.test").transport(Recorder::new());
    let Ok(client) = client.build() else {
        return Ok(http::Request::default());
    };
    let mut request = client.core.request(operation);
    fill(&mut request);
    let mut request = request.assemble("http://chat.test", &HeaderMap::new())?;
    let request = request.request();
    Ok(request.map(|body| body.into_bytes().unwrap_or_default()))
}

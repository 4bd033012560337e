// Written by specwright; changes are overwritten.

//! Values of every kind
//!
//! The operations are the methods of [`ValuesApi`]; each returns a request of its own type.

use super::support::{
    Core, Error, NoError, OperationInfo, RawResponse, Request, Response, Style, sendable,
};
use super::types;

/// Values of every kind
///
/// Returned by [`Client::values`](super::Client::values).
#[derive(Debug, Clone)]
pub struct ValuesApi {
    core: Core,
}

impl ValuesApi {
    pub(super) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Set values
    ///
    /// `POST /values/{color}`
    ///
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::{Client, types};
    /// # async fn run(client: Client, color: types::Color, body: types::Values) -> Result<(), Box<dyn std::error::Error>> {
    /// client.values().set_values(color, body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_values(&self, color: types::Color, body: types::Values) -> SetValues {
        let mut request = self.core.request(&SET_VALUES);
        request.path_styled("color", &color, Style::Matrix);
        request.json(&body);
        SetValues { request }
    }
}

static SET_VALUES: OperationInfo = OperationInfo {
    id: "SetValues",
    method: "POST",
    path: "/values/{color}",
    tags: &["Values"],
    ..OperationInfo::PLAIN
};

/// Set values
///
/// A request of [`ValuesApi::set_values`], `POST /values/{color}`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct SetValues {
    request: Request,
}

impl SetValues {
    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            204 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { SetValues: SET_VALUES => (), NoError }

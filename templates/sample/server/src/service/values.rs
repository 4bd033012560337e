// Written by specwright; changes are overwritten.

//! Turns requests into calls of [`ValuesApi`](super::super::values::ValuesApi), and their
//! results into responses.

use std::sync::Arc;

use super::super::support::{
    self, Exchange, Handlers, HttpResponse, Kind, Limits, Operation, Problem, Style,
};
use super::super::types;
use super::super::values::ValuesApi;

/// The operation of `set_values`.
pub static SET_VALUES: Operation = Operation {
    id: "SetValues",
    method: "POST",
    path: "/values/{color}",
    tags: &["Values"],
    consumes: &["application/json"],
    produces: &[],
    security: &[],
    limits: Limits::NONE,
};

/// The operations of the group.
pub const OPERATIONS: &[&Operation] = &[&SET_VALUES];

/// The handlers of the group's operations.
pub(super) struct Operations<P, A>(std::marker::PhantomData<(P, A)>);

impl<P, A> Operations<P, A>
where
    P: ValuesApi,
{
    pub(super) async fn set_values(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let color: types::Color = exchange
            .path_styled(0, "color", Style::Matrix, Kind::Object)?;
        let body = exchange.json().await?;
        let call = exchange.call(());
        let result = server.api.set_values(call, color, body).await;
        support::reply(result, |()| support::empty(204))
    }
}

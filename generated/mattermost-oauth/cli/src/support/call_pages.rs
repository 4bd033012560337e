//! Calls of lists that are given page by page. Needs `call.rs`.

use std::task::ready;

use serde::Serialize;

use super::super::client::{Paged, Pages};
use super::{Call, Failure, Reply, json_text};

impl Call {
    /// A call that requests one page after the other, and gives the items of all.
    pub(crate) fn pages<R>(pages: Pages<R>) -> Self
    where
        R: Paged + Send + 'static,
        R::Item: Serialize + Send,
        R::Page: Send + 'static,
        R::Error: Send + 'static,
    {
        let mut items = pages.items();
        Self::new(async move {
            Ok(Reply::Values(Box::new(move |cx| {
                let item = ready!(items.poll_next(cx));
                let json = item.map(|item| json_text(&item.map_err(Failure::of)?));
                std::task::Poll::Ready(json)
            })))
        })
    }
}

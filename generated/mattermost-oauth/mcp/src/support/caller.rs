//! The token of a caller over HTTP, for a client that acts in the caller's name. Needs no other file.

use std::sync::Arc;

use super::Secret;

tokio::task_local! {
    static TOKEN: Option<Arc<str>>;
}

/// A credential that is the token of the caller for whom a request is sent. Requests for nobody have none, and fail.
pub fn callers_token() -> Secret {
    Secret::provider(|| {
        let token = TOKEN.try_with(Clone::clone).ok().flatten();
        async {
            token
                .map(|token| token.to_string())
                .ok_or("the caller has sent no token")
        }
    })
}

/// Waits for a call that is made for a caller.
pub(crate) async fn for_caller<T>(token: Option<Arc<str>>, call: impl Future<Output = T>) -> T {
    TOKEN.scope(token, call).await
}

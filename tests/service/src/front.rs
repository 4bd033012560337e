//! What stands in front of the API: no response is stored, as most have secrets in them, and none that leaves a body unread lets its
//! connection be used again.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body::Body;
use tower_service::Service;

/// The statuses with which a request may be refused before its body is read. What is left of the body would have to be read before the next
/// request, so the connection is closed then (RFC 9112, section 9.3), and a client has to know before it sends another on it.
const LEAVES_BODY: [StatusCode; 6] = [
    StatusCode::UNAUTHORIZED,
    StatusCode::NOT_FOUND,
    StatusCode::METHOD_NOT_ALLOWED,
    StatusCode::NOT_ACCEPTABLE,
    StatusCode::PAYLOAD_TOO_LARGE,
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
];

/// A service with the middleware around it.
#[derive(Debug, Clone)]
pub struct Front<S>(pub S);

impl<S, B, R> Service<Request<B>> for Front<S>
where
    B: Body,
    S: Service<Request<B>, Response = Response<R>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response<R>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let has_body = !request.body().is_end_stream();
        let response = self.0.call(request);
        Box::pin(async move {
            let mut response = response.await?;
            let may_be_unread = has_body && LEAVES_BODY.contains(&response.status());
            let headers = response.headers_mut();
            if may_be_unread {
                headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            headers.insert(
                header::X_CONTENT_TYPE_OPTIONS,
                HeaderValue::from_static("nosniff"),
            );
            Ok(response)
        })
    }
}

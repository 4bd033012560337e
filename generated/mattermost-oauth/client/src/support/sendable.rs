//! `sendable!`: methods of operation requests. Needs `body.rs`, `call_options.rs`, `error.rs`, `request.rs`,
//! `response.rs`.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::BoxFuture;
pub(crate) use super::{CallOptions, Error, RawResponse, Request, Response, ToParam};
#[cfg(feature = "mock")]
pub(crate) use super::{Mockable, OperationInfo};

/// Implements `send`, `send_raw`, `header`, `timeout`, `options` and `.await` for a request type, and with the feature `blocking` `send_blocking` and
/// `send_raw_blocking`.
///
/// `sendable! { GetApps: GET_APPS => Vec<App>, AppError }`: the type, its operation, its output, and the body of its errors. The type has a
/// field `request: Request` and a function `decode`, which reads a response as documented; a last word is its name where a setter is called
/// so.
/// `use crate::support::sendable` imports both the macro and this module. Paths are written in full because operations and schemas may have
/// any name.
macro_rules! sendable {
    ($name:ident: $operation:ident => $output:ty, $error:ty) => {
        sendable! { $name: $operation => $output, $error, decode }
    };
    ($name:ident: $operation:ident => $output:ty, $error:ty, $decode:ident) => {
        impl $name {
            /// Sets a header, instead of the client's default of this name.
            pub fn header(mut self, name: &str, value: impl sendable::ToParam) -> Self {
                self.request.header(name, value);
                self
            }

            /// Sets how long this call may take, instead of the client's limit.
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.request.timeout(timeout);
                self
            }

            /// Sets choices for this call only: limits, retries, further headers and query parameters.
            pub fn options(mut self, options: sendable::CallOptions) -> Self {
                self.request.options(options);
                self
            }

            /// Sends the request and returns the response with its status, headers and decoded body.
            pub fn send(self) -> sendable::Sending<sendable::Response<$output>, $error> {
                sendable::Sending::new(self.request, Self::$decode)
            }

            /// Sends the request and returns the response without decoding it, whatever its status.
            pub fn send_raw(self) -> sendable::Sending<sendable::RawResponse, $error> {
                sendable::Sending::raw(self.request)
            }

            /// Like [`send`](Self::send), outside of async code.
            #[cfg(feature = "blocking")]
            pub fn send_blocking(
                self,
            ) -> ::core::result::Result<sendable::Response<$output>, sendable::Error<$error>> {
                self.send().wait()
            }

            /// Like [`send_raw`](Self::send_raw), outside of async code.
            #[cfg(feature = "blocking")]
            pub fn send_raw_blocking(
                self,
            ) -> ::core::result::Result<sendable::RawResponse, sendable::Error<$error>> {
                self.send_raw().wait()
            }
        }

        impl ::core::future::IntoFuture for $name {
            type Output = ::core::result::Result<$output, sendable::Error<$error>>;
            type IntoFuture = sendable::SendingBody<$output, $error>;

            fn into_future(self) -> Self::IntoFuture {
                sendable::SendingBody(self.send())
            }
        }

        #[cfg(feature = "mock")]
        impl sendable::Mockable for $name {
            type Output = $output;
            type Error = $error;

            const OPERATION: &'static sendable::OperationInfo = &$operation;

            fn into_request(self) -> sendable::Request {
                self.request
            }
        }
    };
}
pub(crate) use sendable;

/// A request that is being sent: a future of `Result<T, Error<E>>`.
#[must_use = "a call does nothing until it is awaited"]
pub struct Sending<T, E> {
    #[cfg(feature = "blocking")]
    core: super::Core,
    response: BoxFuture<'static, Result<RawResponse, Error>>,
    #[cfg(feature = "blocking")]
    operation: &'static super::OperationInfo,
    decode: fn(RawResponse) -> Result<T, Error<E>>,
}

impl<T: 'static, E: 'static> Sending<T, E> {
    pub(crate) fn new(request: Request, decode: fn(RawResponse) -> Result<T, Error<E>>) -> Self {
        Self {
            #[cfg(feature = "blocking")]
            core: request.core().clone(),
            #[cfg(feature = "blocking")]
            operation: request.operation(),
            response: request.send(),
            decode,
        }
    }

    /// Waits for the response, outside of async code.
    #[cfg(feature = "blocking")]
    pub(crate) fn wait(self) -> Result<T, Error<E>> {
        let response = self
            .core
            .shared()
            .runtime
            .wait(self.operation, self.response);
        response
            .map_err(Error::of)
            .and_then(|response| decoded(response, self.decode))
    }
}

impl<E> Sending<RawResponse, E> {
    /// A call that collects the response, even if the operation streams.
    pub(crate) fn raw(request: Request) -> Self {
        Self {
            #[cfg(feature = "blocking")]
            core: request.core().clone(),
            #[cfg(feature = "blocking")]
            operation: request.operation(),
            response: request.core().clone().send_raw(request),
            decode: Ok,
        }
    }
}

impl<T: 'static, E: 'static> Future for Sending<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.response.as_mut().poll(cx));
        let response = response.map_err(Error::of);
        Poll::Ready(response.and_then(|response| decoded(response, self.decode)))
    }
}

/// Decodes a response, unless that of a mock is decoded already.
fn decoded<T: 'static, E: 'static>(
    response: RawResponse,
    decode: fn(RawResponse) -> Result<T, Error<E>>,
) -> Result<T, Error<E>> {
    #[cfg(feature = "mock")]
    if let Some(mocked) = &response.mocked
        && let Some(decode) = mocked.take::<super::MockDecode<T, E>>()
    {
        return decode(response);
    }
    decode(response)
}

impl<T, E> fmt::Debug for Sending<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sending(…)")
    }
}

/// The same for the body of the response: a future of `Result<T, Error<E>>`.
#[must_use = "a call does nothing until it is awaited"]
pub struct SendingBody<T, E>(pub(crate) Sending<Response<T>, E>);

impl<T: 'static, E: 'static> Future for SendingBody<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx).map_ok(Response::into_body)
    }
}

impl<T, E> fmt::Debug for SendingBody<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

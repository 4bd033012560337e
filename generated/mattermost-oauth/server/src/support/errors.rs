//! `errors!`: the error types of operations. Needs `problem.rs`, `reply.rs`.

pub(crate) use super::{HttpResponse, Problem, Reply, empty, json, json_as};

/// Declares an error type: a variant for each documented response, with a JSON body or without any, and its status; `Other` for all other
/// errors. A media type other than `application/json` follows the status: `= 404 as "application/problem+json"`.
///
/// ```text
/// errors! {
///     /// The error responses of `get_pet`.
///     GetPetError {
///         /// 404: There is no such pet
///         NotFound(types::Error) = 404,
///         /// 429: Later
///         TooManyRequests = 429,
///     }
/// }
/// ```
///
/// Anything that converts to a [`Problem`] converts to each of these types: to the variant of its status if that has a body of the type
/// given to [`Problem::with_body`], else to `Other`.
// `use crate::support::errors` imports both the macro and this module.
macro_rules! errors {
    ($(#[$about:meta])* $name:ident { $($(#[$said:meta])* $variant:ident $(($held:ty))? = $status:literal $(as $media_type:literal)?),* $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$said])* $variant $(($held))?,)*
            /// Any other error.
            Other(errors::Problem),
        }

        impl<E: ::core::convert::Into<errors::Problem>> ::core::convert::From<E> for $name {
            fn from(error: E) -> Self {
                let problem: errors::Problem = ::core::convert::Into::into(error);
                match problem.status().as_u16() {
                    $($status => errors! { @from problem $variant $(($held))? },)*
                    _ => Self::Other(problem),
                }
            }
        }

        impl errors::Reply for $name {
            fn reply(self) -> ::core::result::Result<errors::HttpResponse, errors::Problem> {
                match self {
                    $(errors! { @held body $variant $(($held))? } => errors! { @reply body $status $(($held))? $(as $media_type)? },)*
                    Self::Other(problem) => ::core::result::Result::Err(problem),
                }
            }
        }
    };
    (@from $problem:ident $variant:ident ($held:ty)) => {
        $problem.into_body().map_or_else(Self::Other, Self::$variant)
    };
    (@from $problem:ident $variant:ident) => {
        $problem.into_body().map_or_else(Self::Other, |()| Self::$variant)
    };
    (@held $body:ident $variant:ident ($held:ty)) => { Self::$variant($body) };
    (@held $body:ident $variant:ident) => { Self::$variant };
    (@reply $body:ident $status:literal ($held:ty)) => { errors::json($status, &$body) };
    (@reply $body:ident $status:literal ($held:ty) as $media_type:literal) => { errors::json_as($status, $media_type, &$body) };
    (@reply $body:ident $status:literal) => { errors::empty($status) };
}
pub(crate) use errors;

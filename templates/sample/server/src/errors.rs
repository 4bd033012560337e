// Written by specwright; changes are overwritten.

//! Error responses that several operations document alike. Each operation has a name of its own
//! for its type.

use super::support::{self, HttpResponse, Problem, Reply, StatusCode, errors};
use super::types;

errors! {
    /// Error responses of 2 operations, such as `GET /api/v4/oauth/apps/{app_id}`.
    AppError404 {
        /// 404: it can't be done
        NotFound(types::AppError) = 404,
    }
}

/// Error responses of 2 operations, such as `PUT /api/v4/oauth/apps/{app_id}`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AppError4xx {
    /// 4XX: it can't be done
    ClientError(StatusCode, types::AppError),
    /// Any other error.
    Other(Problem),
}

impl<E: Into<Problem>> From<E> for AppError4xx {
    fn from(error: E) -> Self {
        let problem: Problem = error.into();
        match problem.status().as_u16() {
            400..=499 => {
                let status = problem.status();
                problem
                    .into_body()
                    .map_or_else(Self::Other, |body| Self::ClientError(status, body))
            }
            _ => Self::Other(problem),
        }
    }
}

impl Reply for AppError4xx {
    fn reply(self) -> Result<HttpResponse, Problem> {
        match self {
            Self::ClientError(status, body) => support::json(status, &body),
            Self::Other(problem) => Err(problem),
        }
    }
}

errors! {
    /// Error responses of 32 operations, such as `DELETE /api/v4/oauth/apps/{app_id}`.
    Undocumented {}
}

//! Prints what is sent and received. Needs `preview.rs`, `terminal.rs`.

use super::preview::{headers, url};
use super::{Attempt, Body, BoxError, Error, Hook, RawResponse, printable};

/// Prints requests and responses to standard error.
#[derive(Debug)]
pub(crate) struct Verbose {
    shows_secrets: bool,
    keys: Vec<&'static str>,
}

impl Verbose {
    pub(crate) fn new(shows_secrets: bool, keys: Vec<&'static str>) -> Self {
        Self {
            shows_secrets,
            keys,
        }
    }
}

impl Hook for Verbose {
    fn before(&self, _: Attempt, request: &mut http::Request<Body>) -> Result<(), BoxError> {
        let url = url(request.uri(), self.shows_secrets, &self.keys);
        eprintln!("> {} {}", request.method(), printable(&url));
        for (name, value) in headers(request.headers(), self.shows_secrets) {
            eprintln!("> {name}: {}", printable(&value));
        }
        Ok(())
    }

    fn after(&self, attempt: Attempt, result: Result<&RawResponse, &Error>) {
        match result {
            Ok(response) => {
                eprintln!("< {} (attempt {})", response.status(), attempt.number);
                for (name, value) in headers(response.headers(), self.shows_secrets) {
                    eprintln!("< {name}: {}", printable(&value));
                }
            }
            Err(error) => eprintln!("< {error} (attempt {})", attempt.number),
        }
    }
}

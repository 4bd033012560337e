//! Mocks: servers that respond by a description alone.
//!
//! In: a document and its IR. Out: a server on this machine whose responses are examples of the description, or values of its schemas; it
//! checks requests with the support code of generated servers (`support/`). The IR has the facts of the wire, the document what values
//! may be. Doesn't know Rust names.
//!
//! A test starts one for itself, calls it with whatever is tested, and looks at the calls:
//!
//! ```
//! use specwright::mock::Mock;
//! use std::io::{Read, Write};
//! use std::net::TcpStream;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let spec = std::env::temp_dir().join(format!("pets-{}.yaml", std::process::id()));
//! # std::fs::write(&spec, r#"
//! # openapi: 3.1.0
//! # info: {title: Pets, version: "1"}
//! # paths:
//! #   /pets/{id}:
//! #     get:
//! #       parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
//! #       responses: {"200": {description: A pet, content: {application/json: {example: {"name": "Rex"}}}}}
//! # "#)?;
//! let mock = Mock::new(&spec)?; // `spec` is the path of an OpenAPI document
//!
//! let host = mock.url().replace("http://", "");
//! let mut server = TcpStream::connect(&host)?;
//! write!(server, "GET /pets/1 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
//! let mut response = String::new();
//! server.read_to_string(&mut response)?;
//! assert!(response.ends_with(r#"{"name":"Rex"}"#));
//!
//! let calls = mock.calls();
//! assert_eq!(calls[0].operation.as_deref(), Some("GET /pets/{id}"));
//! assert_eq!(calls[0].status, 200);
//! # std::fs::remove_file(&spec)?;
//! # Ok(())
//! # }
//! ```

mod fuzz;
mod input;
mod message;
mod multipart;
mod operations;
mod random;
mod reply;
mod server;
mod service;
mod state;
mod support;
mod table;
#[cfg(test)]
mod tests;
mod typed;
mod value;
mod xml;

pub use fuzz::{Finding, Fuzz, Report};
pub use message::Request;

use crate::config::{Options, PackageName};
use crate::diag::render::{Format, render};
use crate::diag::{Code, Diagnostics, Place};
use crate::document::Document;
use crate::ir::Api;
use crate::source::Sources;
use crate::{index, pipeline};
use server::{Running, Shared};
use service::{Choices, Service};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A description, read for a mock.
#[doc(hidden)]
#[derive(Debug)]
pub struct Described {
    pub(crate) document: Document,
    pub(crate) api: Api,
}

/// Called for each call that got a response, with what couldn't be made as described.
#[doc(hidden)]
pub type Watch = Arc<dyn Fn(&Call, &[Code]) + Send + Sync>;

/// A request to the mock, and what became of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Call {
    /// The request.
    pub request: Request,
    /// The operation by method and path, `GET /pets/{id}`; `None` if the description has no such operation.
    pub operation: Option<String>,
    /// The status of the response.
    pub status: u16,
}

/// A running mock. It stops when it is dropped.
///
/// What a client asks for by `Prefer` is as in Prism: `code=404`, `example=name`, `dynamic=true`.
pub struct Mock {
    address: SocketAddr,
    shared: Arc<Shared>,
    running: Running,
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Mock {
    /// Starts a mock of the description at this path, on a free port of the loopback interface.
    ///
    /// # Errors
    /// The description has errors, or the mock can't listen.
    pub fn new(spec: impl Into<PathBuf>) -> Result<Self, Error> {
        Self::builder(spec).start()
    }

    /// A mock with other choices than the defaults.
    pub fn builder(spec: impl Into<PathBuf>) -> Builder {
        Builder {
            spec: spec.into(),
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            choices: Choices::default(),
            watch: None,
        }
    }

    /// The URL without a slash at its end: `http://127.0.0.1:40123`. The paths of servers may follow it, but needn't.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The calls so far, the latest thousand.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.shared.calls()
    }

    /// Forgets the calls so far.
    pub fn forget_calls(&self) {
        self.shared.forget();
    }

    /// Serves until the process ends.
    #[doc(hidden)]
    pub fn wait(self) {
        self.running.wait();
    }
}

/// Choices for a mock.
#[must_use = "nothing happens until `start`"]
pub struct Builder {
    spec: PathBuf,
    address: SocketAddr,
    choices: Choices,
    watch: Option<Watch>,
}

impl Builder {
    /// Sets the port; 0, the default, is any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.address.set_port(port);
        self
    }

    /// Sets the address of the interface; the default is 127.0.0.1.
    pub fn host(mut self, host: IpAddr) -> Self {
        self.address.set_ip(host);
        self
    }

    /// Sets the seed of values. The same seed gives the same response to the same requests.
    pub fn seed(mut self, seed: u64) -> Self {
        self.choices.seed = seed;
        self
    }

    /// Responds with random values of the schemas instead of examples, as with `Prefer: dynamic=true`.
    pub fn dynamic(mut self, dynamic: bool) -> Self {
        self.choices.dynamic = dynamic;
        self
    }

    /// Keeps what is created: after `POST /pets`, `GET /pets` lists it, and `GET`, `PUT`, `PATCH` and `DELETE` of `/pets/{id}` are about it.
    pub fn stateful(mut self, stateful: bool) -> Self {
        self.choices.stateful = stateful;
        self
    }

    /// Responds to requests that aren't as described like any other, without credentials, too.
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.choices.lenient = lenient;
        self
    }

    /// Sets a function that is told of each call.
    #[doc(hidden)]
    pub fn watch(mut self, watch: Watch) -> Self {
        self.watch = Some(watch);
        self
    }

    /// Starts the mock.
    ///
    /// # Errors
    /// The description has errors, or the mock can't listen.
    pub fn start(self) -> Result<Mock, Error> {
        let (described, sources) = described(&self.spec)?;
        self.serve(described).map_err(|code| {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(code, Place::Nowhere);
            Error::of(&diagnostics, &sources)
        })
    }

    /// Starts the mock of a description that was read.
    ///
    /// # Errors
    /// Why it can't listen.
    #[doc(hidden)]
    pub fn serve(self, described: Described) -> Result<Mock, Code> {
        let address = self.address;
        let failed = |error: std::io::Error| Code::CannotListen {
            address: address.to_string(),
            reason: error.to_string(),
        };
        let listener = TcpListener::bind(address).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let service = Service::new(described.document, described.api, self.choices);
        let shared = Arc::new(Shared::new(service, self.watch));
        let running = server::start(listener, Arc::clone(&shared)).map_err(failed)?;
        Ok(Mock {
            address,
            shared,
            running,
        })
    }

    /// Makes each response once, without listening; what can't be made as described.
    #[doc(hidden)]
    pub fn check(self, described: Described) -> Vec<Code> {
        Service::new(described.document, described.api, self.choices).check()
    }
}

/// Reads a description.
fn described(spec: &Path) -> Result<(Described, Sources), Error> {
    let options = Options::new(PackageName::of_path(spec));
    let mut diagnostics = options.diagnostics();
    let (sources, entry) = index::load(spec, &options.access, &mut diagnostics);
    let described =
        entry.and_then(|entry| pipeline::described(&sources, entry, &options, &mut diagnostics));
    match described {
        Some(described) => Ok((described, sources)),
        None => Err(Error::of(&diagnostics, &sources)),
    }
}

/// Why there is no mock. It displays as the messages with their excerpts.
pub struct Error {
    messages: String,
}

impl Error {
    fn of(diagnostics: &Diagnostics, sources: &Sources) -> Self {
        Self {
            messages: render(diagnostics, sources, Format::Human, false),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.messages)
    }
}

/// The same as `Display`, so that `unwrap` shows the messages.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.messages)
    }
}

impl std::error::Error for Error {}

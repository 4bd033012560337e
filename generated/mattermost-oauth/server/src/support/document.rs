//! The description of the API, to be served next to it. Needs `explorer.rs`, `reply.rs`, `served_file.rs`.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Method, Request};

use super::HttpResponse;
#[cfg(feature = "explorer")]
use super::explorer;
use super::served_file::File;

/// The description of the API, to be served next to it as JSON and as YAML.
///
/// It is the author's, in one file, without operations that this server doesn't have. Requests with `GET` and `HEAD` for its paths are
/// responded to, with an `ETag`; all others are passed on. It isn't compressed: that is for a layer around everything.
#[derive(Debug, Clone)]
pub struct Document {
    json: File,
    yaml: File,
    #[cfg(feature = "explorer")]
    explorer: Option<String>,
    #[cfg(feature = "explorer")]
    base_path: String,
}

impl Document {
    /// The description in both syntaxes, at `/openapi.json` and `/openapi.yaml`, of an API below a base path.
    #[allow(unused_variables)] // without the explorer
    pub(crate) fn new(json: &'static [u8], yaml: &'static [u8], base_path: &str) -> Self {
        Self {
            json: File::text("/openapi.json", "application/json", json),
            // RFC 9512
            yaml: File::text("/openapi.yaml", "application/yaml", yaml),
            #[cfg(feature = "explorer")]
            explorer: None,
            #[cfg(feature = "explorer")]
            base_path: base_path.to_owned(),
        }
    }

    /// Sets the path of the document as JSON. Default: `/openapi.json`.
    #[must_use]
    pub fn json_at(mut self, path: impl Into<String>) -> Self {
        self.json.path = path.into();
        self
    }

    /// Sets the path of the document as YAML. Default: `/openapi.yaml`.
    #[must_use]
    pub fn yaml_at(mut self, path: impl Into<String>) -> Self {
        self.yaml.path = path.into();
        self
    }

    /// Also serves a page at a path such as `/explorer`, which shows the API and sends requests to this server. Default: none.
    ///
    /// The page is [Swagger UI](https://swagger.io/tools/swagger-ui/), all of it from this program: by its `Content-Security-Policy` a
    /// browser neither loads anything from elsewhere for it, nor sends requests elsewhere. Tokens of OAuth 2 and OpenID Connect, which
    /// other servers issue, are pasted into it. Its assets are always sent as gzip, which all browsers understand.
    #[cfg(feature = "explorer")]
    #[must_use]
    pub fn explorer_at(mut self, path: impl Into<String>) -> Self {
        self.explorer = Some(path.into());
        self
    }

    /// Sets the base path that the explorer sends requests to, if the [`base_path`](super::ServerBuilder::base_path) of the server isn't
    /// that of the description.
    #[cfg(feature = "explorer")]
    #[must_use]
    pub fn base_path(mut self, path: impl Into<String>) -> Self {
        self.base_path = path.into();
        self
    }

    /// Returns a service that serves the document, and passes all other requests to `service`, a [`Server`](super::Server) as a rule.
    pub fn serve<S>(self, service: S) -> Documented<S> {
        #[cfg(feature = "explorer")]
        let explorer = self
            .explorer
            .map(|path| explorer::files(&path, &self.json.path, &self.base_path));
        #[cfg(not(feature = "explorer"))]
        let explorer = None::<Vec<File>>;
        let files = [self.json, self.yaml].into_iter();
        Documented {
            files: files.chain(explorer.into_iter().flatten()).collect(),
            service,
        }
    }

    /// Returns the document as JSON.
    #[must_use]
    pub fn json(&self) -> &[u8] {
        &self.json.bytes
    }

    /// Returns the document as YAML.
    #[must_use]
    pub fn yaml(&self) -> &[u8] {
        &self.yaml.bytes
    }
}

/// A service with the description of its API next to it, by [`Document::serve`].
#[derive(Debug, Clone)]
pub struct Documented<S> {
    files: Arc<[File]>,
    service: S,
}

impl<S, B> tower_service::Service<Request<B>> for Documented<S>
where
    S: tower_service::Service<Request<B>, Response = HttpResponse>,
    S::Future: Unpin,
{
    type Response = HttpResponse;
    type Error = S::Error;
    type Future = DocumentedFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.service.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (method, path) = (request.method(), request.uri().path());
        let is_read = method == Method::GET || method == Method::HEAD;
        let mut files = self.files.iter().filter(|_| is_read);
        DocumentedFuture(match files.find(|file| file.path == path) {
            Some(file) => Source::File(file.respond(method, request.headers())),
            None => Source::Service(self.service.call(request)),
        })
    }
}

/// The future of a response, of the document or of the service.
#[must_use = "a request isn't handled until this is awaited"]
pub struct DocumentedFuture<F>(Source<F>);

enum Source<F> {
    File(HttpResponse),
    Service(F),
}

impl<F, E> Future for DocumentedFuture<F>
where
    F: Future<Output = Result<HttpResponse, E>> + Unpin,
{
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            Source::File(response) => Poll::Ready(Ok(std::mem::take(response))),
            Source::Service(service) => Pin::new(service).poll(cx),
        }
    }
}

impl<F> fmt::Debug for DocumentedFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentedFuture(…)")
    }
}

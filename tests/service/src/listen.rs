//! Connections: how many, how slow, and how they end.

use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{Instant, Sleep, sleep, sleep_until, timeout};
use tower_service::Service;

/// The most bytes of the head of a request.
const MAX_HEAD: usize = 64 << 10;

/// The most headers of a request.
const MAX_HEADERS: usize = 64;

/// How long to wait when the operating system has no more files to open.
const OUT_OF_FILES: Duration = Duration::from_millis(100);

/// What a peer may cost.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How many connections are open at a time; others wait to be accepted.
    pub connections: usize,
    /// How long the head of a request may take, counted from the end of the response before it: also how long a connection may be idle.
    pub head: Duration,
    /// How long a peer may take no byte of a response.
    pub write: Duration,
    /// How long requests may go on after the end was asked for.
    pub grace: Duration,
}

/// Serves connections until `end`, then waits for the requests that are being handled. Returns whether all of them were finished in time.
pub async fn serve<S, B>(
    listener: TcpListener,
    service: S,
    limits: &Limits,
    end: impl Future<Output = ()>,
) -> bool
where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible>
        + Clone
        + Send
        + 'static,
    S::Future: Send,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS);
    let connections = GracefulShutdown::new();
    let free = Arc::new(Semaphore::new(limits.connections));
    let mut end = pin!(end);
    loop {
        let accepted = async {
            let place = Arc::clone(&free).acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut end => break,
        };
        let Ok((stream, _)) = accepted else {
            sleep(OUT_OF_FILES).await;
            continue;
        };
        // A response is written in one piece, and nothing comes after it that it could wait for.
        stream.set_nodelay(true).ok();
        let stream = TokioIo::new(Patient::new(stream, limits.write));
        let service = TowerToHyperService::new(service.clone());
        let connection = connections.watch(http.serve_connection(stream, service));
        tokio::spawn(async move {
            // It ends with an error when a peer is too slow, hangs up or doesn't speak HTTP, which is no news.
            connection.await.ok();
            drop(place);
        });
    }
    drop(listener);
    timeout(limits.grace, connections.shutdown()).await.is_ok()
}

/// A stream that fails if its peer takes nothing of what is written for some time.
struct Patient<S> {
    stream: S,
    patience: Duration,
    /// Runs while the peer has to be waited for.
    timer: Option<Pin<Box<Sleep>>>,
}

impl<S> Patient<S> {
    fn new(stream: S, patience: Duration) -> Self {
        Self {
            stream,
            patience,
            timer: None,
        }
    }

    /// Waits for the peer no longer than allowed.
    fn limit<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.timer = None;
            return written;
        }
        let end = Instant::now() + self.patience;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(end)));
        ready!(timer.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.limit(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.limit(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

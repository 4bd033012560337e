//! Serves a mock over HTTP/1.1.
//!
//! In: a listener and a service. A thread of its own accepts connections until it is told to stop. Bodies, the time to read them and the
//! number of connections are limited.

use super::message::{Problem, Request};
use super::service::{Reply, Service};
use super::{Call, Watch};
use bytes::Bytes;
use http::{HeaderMap, Response};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};

/// Longer bodies get 413.
const LONGEST_BODY: usize = 16 << 20;

/// The time for the head of a request, and for its body.
const PATIENCE: Duration = Duration::from_secs(30);

/// Connections at the same time.
const CONNECTIONS: usize = 512;

/// Calls that are remembered, and the bytes of their bodies.
const CALLS: usize = 1_000;
const REMEMBERED: usize = 64 << 20;

/// The stack of the thread, for values that are nested deep.
const STACK: usize = 32 << 20;

/// What the thread and its owner share.
pub(super) struct Shared {
    service: Mutex<Service>,
    calls: Mutex<Calls>,
    watch: Option<Watch>,
}

#[derive(Default)]
struct Calls {
    list: VecDeque<Call>,
    bytes: usize,
}

impl Calls {
    fn push(&mut self, call: Call) {
        self.bytes += call.request.body.len();
        self.list.push_back(call);
        while self.list.len() > CALLS || self.bytes > REMEMBERED {
            let Some(oldest) = self.list.pop_front() else {
                break;
            };
            self.bytes -= oldest.request.body.len();
        }
    }
}

impl Shared {
    pub(super) fn new(service: Service, watch: Option<Watch>) -> Self {
        Self {
            service: Mutex::new(service),
            calls: Mutex::default(),
            watch,
        }
    }

    pub(super) fn calls(&self) -> Vec<Call> {
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.list.iter().cloned().collect()
    }

    pub(super) fn forget(&self) {
        *self.calls.lock().unwrap_or_else(PoisonError::into_inner) = Calls::default();
    }

    fn reply(&self, request: Request) -> Response<Full<Bytes>> {
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner);
        let Reply {
            response: made,
            operation,
            notes,
        } = service.reply(&request);
        drop(service);
        let is_head = request.method == "HEAD";
        let call = Call {
            request,
            operation,
            status: made.status,
        };
        if let Some(watch) = &self.watch {
            watch(&call, &notes);
        }
        self.calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(call);
        response(
            made.status,
            made.headers,
            if is_head { Vec::new() } else { made.body },
        )
    }
}

fn response(status: u16, headers: HeaderMap, body: Vec<u8>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    *response.headers_mut() = headers;
    response
}

fn problem(status: u16, detail: &str) -> Response<Full<Bytes>> {
    let made = Problem::new(status, detail).response();
    response(made.status, made.headers, made.body)
}

/// A running server, which stops when it is dropped.
pub(super) struct Running {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(()); // it may have ended by itself
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Running {
    /// Waits until the server ends.
    pub(super) fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Starts to serve.
///
/// # Errors
/// The system gives no thread, or can't watch the listener.
pub(super) fn start(listener: TcpListener, shared: Arc<Shared>) -> std::io::Result<Running> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()?;
    let (stop, stopped) = oneshot::channel();
    let thread = std::thread::Builder::new()
        .name("mock".to_owned())
        .stack_size(STACK);
    let thread = thread.spawn(move || {
        runtime.block_on(async move {
            if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                tokio::spawn(accept(listener, shared));
                // Tasks end with the runtime.
                let _ = stopped.await;
            }
        });
    })?;
    Ok(Running {
        stop: Some(stop),
        thread: Some(thread),
    })
}

async fn accept(listener: tokio::net::TcpListener, shared: Arc<Shared>) {
    let limit = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(permit) = Arc::clone(&limit).acquire_owned().await else {
            return;
        };
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors, most likely; some connection may end meanwhile.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let service = service_fn(move |request| respond(Arc::clone(&shared), request));
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
            // A client that breaks off is no concern of the mock.
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
            drop(permit);
        });
    }
}

async fn respond(
    shared: Arc<Shared>,
    request: hyper::Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    if body.size_hint().lower() > LONGEST_BODY as u64 {
        return Ok(problem(413, "the body is too long"));
    }
    let body = Limited::new(body, LONGEST_BODY).collect();
    let body = match tokio::time::timeout(PATIENCE, body).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(_)) => return Ok(problem(413, "the body is too long, or ended too early")),
        Err(_) => return Ok(problem(408, "the body took too long")),
    };
    Ok(shared.reply(Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body,
    }))
}

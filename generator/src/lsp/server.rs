//! The main loop.
//!
//! Events come from the client and from the worker, and one after the other is handled. What is typed makes a description due some
//! moments later; once it is, and the worker is free, it gets the job.

use super::documents::Documents;
use super::positions::Encoding;
use super::projects::Projects;
use super::publish::Shown;
use super::requests::{self, Failure, Known};
use super::transport;
use super::worker::{News, Worker};
use gen_lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, TextDocumentContentChangeEvent,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{self, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Instant;

/// Codes of JSON-RPC and of the protocol.
const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;
const METHOD_NOT_FOUND: i32 = -32601;
const INVALID_PARAMS: i32 = -32602;
const INTERNAL_ERROR: i32 = -32603;
const NOT_INITIALIZED: i32 = -32002;

/// Something to handle.
enum Event {
    Message(Value),
    /// A message that isn't JSON.
    Unread(String),
    /// The end of the stream, or why nothing more can be read of it.
    Closed(io::Result<()>),
    /// News of the job for a description.
    News(PathBuf, u64, News),
}

/// How far the session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    /// The client has asked for the end.
    Ending,
}

struct Server<W> {
    output: W,
    worker: Worker,
    is_busy: bool,
    phase: Phase,
    /// Whether the client tells of files if it is asked to.
    can_watch: bool,
    documents: Documents,
    projects: Projects,
    shown: Shown,
}

/// Whether the session goes on.
enum Next {
    Goes,
    Ends,
}

/// Serves a client until it says `exit` or closes its stream; returns whether it has asked for the end before.
///
/// # Errors
///
/// Fails if nothing can be written any more, or what is read isn't this protocol.
pub fn serve(input: impl Read + Send + 'static, output: impl Write) -> io::Result<bool> {
    let (tell, events) = channel();
    let news = tell.clone();
    let worker = Worker::start(move |path: &Path, ticket, one| {
        // Nobody listens after the end.
        drop(news.send(Event::News(path.to_path_buf(), ticket, one)));
    })?;
    let reader = thread::Builder::new().name("input".to_owned());
    reader.spawn(move || listen(BufReader::new(input), &tell))?;
    let mut server = Server {
        output,
        worker,
        is_busy: false,
        phase: Phase::New,
        can_watch: false,
        documents: Documents::default(),
        projects: Projects::default(),
        shown: Shown::default(),
    };
    loop {
        match server.wait(&events) {
            Some(Event::Closed(end)) => return end.map(|()| server.phase == Phase::Ending),
            Some(event) => {
                if let Next::Ends = server.handle(event)? {
                    return Ok(server.phase == Phase::Ending);
                }
            }
            None => {}
        }
        server.work();
    }
}

/// Reads messages until there are no more.
fn listen(mut input: BufReader<impl Read>, tell: &Sender<Event>) {
    loop {
        let event = match transport::read(&mut input) {
            Ok(Some(content)) => match serde_json::from_slice(&content) {
                Ok(message) => Event::Message(message),
                Err(error) => Event::Unread(error.to_string()),
            },
            Ok(None) => Event::Closed(Ok(())),
            Err(error) => Event::Closed(Err(error)),
        };
        let is_last = matches!(event, Event::Closed(_));
        if tell.send(event).is_err() || is_last {
            return;
        }
    }
}

impl<W: Write> Server<W> {
    /// The next event; `None` once a description is due for which the worker is free.
    fn wait(&self, events: &Receiver<Event>) -> Option<Event> {
        let closed = || Event::Closed(Ok(()));
        let due = self.projects.due().filter(|_| !self.is_busy);
        let Some(due) = due else {
            return Some(events.recv().unwrap_or_else(|_| closed()));
        };
        match events.recv_timeout(due.saturating_duration_since(Instant::now())) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(closed()),
        }
    }

    /// Gives the worker a job, if it is free and there is one.
    fn work(&mut self) {
        if !self.is_busy
            && let Some(job) = self.projects.job(&self.documents)
        {
            self.is_busy = true;
            self.worker.send(job);
        }
    }

    fn handle(&mut self, event: Event) -> io::Result<Next> {
        match event {
            Event::Message(message) => return self.message(message),
            Event::Unread(why) => self.fail(&Value::Null, PARSE_ERROR, &why)?,
            Event::News(path, ticket, news) => self.news(&path, ticket, news)?,
            Event::Closed(_) => return Ok(Next::Ends),
        }
        Ok(Next::Goes)
    }

    fn message(&mut self, mut message: Value) -> io::Result<Next> {
        let id = message.get("id").cloned();
        let method = message
            .get("method")
            .and_then(Value::as_str)
            .map(str::to_owned);
        let params = message
            .get_mut("params")
            .map(Value::take)
            .unwrap_or_default();
        match (id, method) {
            (Some(id), Some(method)) => self.request(&id, &method, params)?,
            (None, Some(method)) if method == "exit" => return Ok(Next::Ends),
            (None, Some(method)) if self.phase == Phase::Running => {
                self.notification(&method, params)?;
            }
            // Before or after the session.
            (None, Some(_)) => {}
            // The response to a request of the server.
            (Some(_), None)
                if message.get("result").is_some() || message.get("error").is_some() => {}
            (id, None) => {
                let words = "neither a request nor a notification";
                self.fail(&id.unwrap_or_default(), INVALID_REQUEST, words)?;
            }
        }
        Ok(Next::Goes)
    }

    fn request(&mut self, id: &Value, method: &str, params: Value) -> io::Result<()> {
        match (method, self.phase) {
            ("initialize", Phase::New) => {
                let result = self.initialize(&params);
                self.phase = Phase::Running;
                self.respond(id, &result)
            }
            (_, Phase::New) => self.fail(id, NOT_INITIALIZED, "not initialized yet"),
            (_, Phase::Ending) => self.fail(id, INVALID_REQUEST, "shut down already"),
            ("initialize", Phase::Running) => self.fail(id, INVALID_REQUEST, "initialized already"),
            ("shutdown", Phase::Running) => {
                self.phase = Phase::Ending;
                self.respond(id, &Value::Null)
            }
            (_, Phase::Running) => {
                let known = Known {
                    documents: &self.documents,
                    projects: &self.projects,
                };
                // Nothing should panic. If something does, the editor still has everything else.
                let result = catch_unwind(AssertUnwindSafe(|| known.answer(method, params)));
                match result {
                    Ok(Ok(result)) => self.respond(id, &result),
                    Ok(Err(Failure::Invalid(why))) => self.fail(id, INVALID_PARAMS, &why),
                    Ok(Err(Failure::Unknown)) => {
                        let words = format!("`{method}` isn't supported");
                        self.fail(id, METHOD_NOT_FOUND, &words)
                    }
                    Err(_) => self.fail(id, INTERNAL_ERROR, "this is a bug of specwright"),
                }
            }
        }
    }

    /// Takes what the client can do, and says what the server can.
    fn initialize(&mut self, params: &Value) -> Value {
        let capability = |pointer: &str| params.pointer(&format!("/capabilities/{pointer}"));
        let encodings = capability("general/positionEncodings").and_then(Value::as_array);
        let mut encodings = encodings.into_iter().flatten();
        let (encoding, name) = if encodings.any(|encoding| encoding == "utf-8") {
            (Encoding::Utf8, "utf-8")
        } else {
            (Encoding::Utf16, "utf-16")
        };
        self.documents.encoding = encoding;
        let can_watch = capability("workspace/didChangeWatchedFiles/dynamicRegistration");
        self.can_watch = can_watch == Some(&Value::Bool(true));
        json!({
            "capabilities": {
                "positionEncoding": name,
                "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
                "hoverProvider": true,
                "definitionProvider": true,
                "referencesProvider": true,
                "documentSymbolProvider": true,
                "completionProvider": {"triggerCharacters": ["\"", "'", "/", "#", "$", " "]},
            },
            "serverInfo": {"name": "specwright", "version": env!("CARGO_PKG_VERSION")},
        })
    }

    fn notification(&mut self, method: &str, params: Value) -> io::Result<()> {
        let done = match method {
            "initialized" => return self.watch(),
            "textDocument/didOpen" => requests::read(params).map(|params| self.open(params)),
            "textDocument/didChange" => requests::read(params).map(|params| self.change(&params)),
            "textDocument/didSave" => requests::read(params).map(|params| self.save(&params)),
            "textDocument/didClose" => requests::read(params).map(|params| self.close(&params)),
            "workspace/didChangeWatchedFiles" => {
                self.projects.touch_all();
                Ok(())
            }
            // What isn't known may be ignored.
            _ => Ok(()),
        };
        if let Err(Failure::Invalid(why)) = done {
            return self.log(&format!("{method}: {why}"));
        }
        let gone = self.projects.sweep(&self.documents);
        self.publish(&gone)
    }

    /// Asks the client to tell when files change that aren't open.
    fn watch(&mut self) -> io::Result<()> {
        if !self.can_watch {
            return Ok(());
        }
        let globs = ["**/*.{yaml,yml,json}", "**/specwright.toml"];
        let watchers = globs.map(|glob| json!({"globPattern": glob}));
        let method = "workspace/didChangeWatchedFiles";
        let registration =
            json!({"id": "files", "method": method, "registerOptions": {"watchers": watchers}});
        let params = json!({"registrations": [registration]});
        self.write(&json!({
            "jsonrpc": "2.0", "id": "watch", "method": "client/registerCapability", "params": params,
        }))
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let opened = params.text_document;
        let uri = opened.uri.as_ref();
        let path = self.documents.open(uri, opened.version, opened.text);
        let document = path.and_then(|_| self.documents.get(uri));
        match document {
            Some(document) if is_configuration(&document.path) => self.projects.touch_all(),
            Some(document) => self.projects.open(document),
            None => {}
        }
    }

    fn change(&mut self, params: &DidChangeTextDocumentParams) {
        let changed = &params.text_document;
        let uri = changed.text_document_identifier.uri.as_ref();
        let edits = params.content_changes.iter().map(|change| match change {
            TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                (Some(part.range), part.text.as_str())
            }
            TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                (None, whole.text.as_str())
            }
        });
        let path = self.documents.change(uri, changed.version, edits);
        match path.and_then(|_| self.documents.get(uri)) {
            Some(document) if is_configuration(&document.path) => self.projects.touch_all(),
            Some(document) => self.projects.edit(document),
            None => {}
        }
    }

    fn save(&mut self, params: &DidSaveTextDocumentParams) {
        if let Some(document) = self.documents.get(params.text_document.uri.as_ref()) {
            if is_configuration(&document.path) {
                self.projects.touch_all();
            } else {
                self.projects.touch(&document.path);
            }
        }
    }

    fn close(&mut self, params: &DidCloseTextDocumentParams) {
        if let Some(path) = self.documents.close(params.text_document.uri.as_ref()) {
            self.projects.touch(&path);
        }
    }

    fn news(&mut self, path: &Path, ticket: u64, news: News) -> io::Result<()> {
        match news {
            News::Diagnosed(found, reads) => {
                let mut changed = self.projects.diagnosed((path, ticket), found, reads);
                changed.extend(self.projects.sweep(&self.documents));
                self.publish(&changed)
            }
            News::Analysed(analysis) => {
                self.projects.analysed(path, analysis);
                Ok(())
            }
            News::Done(result) => {
                self.is_busy = false;
                self.projects.done(path);
                match result {
                    Ok(()) => Ok(()),
                    Err(panic) => {
                        let path = path.display();
                        self.log(&format!("`{path}` can't be analysed: {panic}"))
                    }
                }
            }
        }
    }

    fn publish(&mut self, files: &BTreeSet<PathBuf>) -> io::Result<()> {
        let told = self.shown.update(files, &self.projects, &self.documents);
        for params in told {
            // The protocol's types are JSON.
            let params = serde_json::to_value(params).unwrap_or_default();
            self.notify("textDocument/publishDiagnostics", &params)?;
        }
        Ok(())
    }

    /// Tells the user that something went wrong.
    fn log(&mut self, message: &str) -> io::Result<()> {
        self.notify("window/logMessage", &json!({"type": 1, "message": message}))
    }

    fn respond(&mut self, id: &Value, result: &Value) -> io::Result<()> {
        self.write(&json!({"jsonrpc": "2.0", "id": id, "result": result}))
    }

    fn fail(&mut self, id: &Value, code: i32, message: &str) -> io::Result<()> {
        let error = json!({"code": code, "message": message});
        self.write(&json!({"jsonrpc": "2.0", "id": id, "error": error}))
    }

    fn notify(&mut self, method: &str, params: &Value) -> io::Result<()> {
        self.write(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    fn write(&mut self, message: &Value) -> io::Result<()> {
        transport::write(&mut self.output, message)
    }
}

/// Whether a file is a configuration, which any description may depend on.
fn is_configuration(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "toml")
}

//! Prints responses. Needs `call.rs`, `json.rs`, `problem.rs`, `table.rs`, `terminal.rs`, `transfer.rs`,
//! `yaml.rs`.

use std::fs::File;
use std::future::poll_fn;
use std::io::{self, ErrorKind, IsTerminal, Write};

use clap::ArgMatches;
use serde_json_path::JsonPath;

use super::{
    Body, Json, Problem, RawResponse, Reply, Values, is_seen, printable, table, watched, yaml,
};

/// How values are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Yaml,
    Table,
    Raw,
}

/// Where responses go, and how.
pub(crate) struct Output {
    format: Format,
    query: Option<JsonPath>,
    to: Target,
    is_terminal: bool,
    is_coloured: bool,
}

/// Where a response goes.
enum Target {
    Stdout,
    /// A file that is made when there is something to write: a failed call leaves what was there.
    Path(String),
    File(File),
}

impl Target {
    fn writer(&mut self) -> io::Result<Box<dyn Write + '_>> {
        if let Self::Path(path) = self {
            *self = Self::File(File::create(path)?);
        }
        Ok(match self {
            Self::File(file) => Box::new(file),
            Self::Stdout | Self::Path(_) => Box::new(io::stdout()),
        })
    }
}

impl Output {
    /// The output that flags say, with colours if it isn't a file.
    pub(crate) fn new(matches: &ArgMatches, is_coloured: bool) -> Result<Self, Problem> {
        let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
        let format = match text("output") {
            Some("yaml") => Format::Yaml,
            Some("table") => Format::Table,
            Some("raw") => Format::Raw,
            _ => Format::Json,
        };
        let query = text("query").map(|query| {
            let wrong = |error| Problem::usage(format!("`--query`: {error}"));
            JsonPath::parse(query).map_err(wrong)
        });
        let to = text("output-file").map_or(Target::Stdout, |path| Target::Path(path.to_owned()));
        let is_stdout = matches!(to, Target::Stdout);
        Ok(Self {
            format,
            query: query.transpose()?,
            is_terminal: is_stdout && io::stdout().is_terminal(),
            is_coloured: is_stdout && is_coloured,
            to,
        })
    }

    /// Prints the reply of a call.
    pub(crate) async fn reply(&mut self, reply: Reply) -> Result<(), Problem> {
        match reply {
            Reply::Response(response) => self.response(&response),
            Reply::Bytes(body) => self.bytes(body).await,
            Reply::Values(values) => self.values(values).await,
        }
    }

    /// Prints a text that isn't a response.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Problem> {
        let text = self.shown(text);
        self.write(format!("{text}\n").as_bytes())
    }

    fn response(&mut self, response: &RawResponse) -> Result<(), Problem> {
        let status = response.status();
        if status.is_client_error() || status.is_server_error() {
            return Err(failed(response));
        }
        let text = match self.format {
            Format::Raw if self.query.is_none() => None,
            Format::Json | Format::Yaml | Format::Table | Format::Raw => {
                str::from_utf8(response.bytes()).ok()
            }
        };
        match text.and_then(|text| self.read(text)) {
            Some(json) => self.value(&json, !self.is_terminal),
            None => self.plain(response.bytes()),
        }
    }

    async fn values(&mut self, mut values: Values) -> Result<(), Problem> {
        let mut rows = Vec::new();
        while let Some(value) = poll_fn(|cx| values(cx)).await {
            let text = value?;
            match self.format {
                Format::Table => rows.push(text),
                Format::Yaml => self.item(&format!("[{text}]"))?,
                Format::Json | Format::Raw => self.item(&text)?,
            }
        }
        match self.format {
            Format::Table => self.item(&format!("[{}]", rows.join(","))),
            Format::Json | Format::Yaml | Format::Raw => Ok(()),
        }
    }

    /// Prints a value with this text on one line.
    fn item(&mut self, text: &str) -> Result<(), Problem> {
        match self.read(text) {
            Some(json) => self.value(&json, true),
            None => self.text(text),
        }
    }

    /// What is wanted of the JSON in a text, if it is JSON.
    fn read<'t>(&self, text: &'t str) -> Option<Json<'t>> {
        match &self.query {
            Some(query) => Json::find(text, query),
            None => Json::read(text),
        }
    }

    async fn bytes(&mut self, mut body: Body) -> Result<(), Problem> {
        if self.is_terminal {
            let bytes = body.bytes().await;
            let bytes = bytes.map_err(|error| Problem::other(error.to_string()))?;
            return self.plain(&bytes);
        }
        if is_seen() {
            body = watched(body, "received");
        }
        while let Some(chunk) = body.chunk().await {
            let chunk = chunk.map_err(|error| Problem::other(error.to_string()))?;
            self.write(&chunk)?;
        }
        self.flush()
    }

    /// Prints what isn't JSON. Bytes that aren't text don't go to a terminal.
    fn plain(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        if !self.is_terminal {
            self.write(bytes)?;
            return self.flush();
        }
        match std::str::from_utf8(bytes) {
            Ok("") => Ok(()),
            Ok(text) => self.text(text.trim_end_matches('\n')),
            Err(_) => Err(Problem::other(format!(
                "the response is {} bytes that aren't text: give `--output-file`, or redirect the output",
                bytes.len()
            ))),
        }
    }

    fn value(&mut self, json: &Json<'_>, is_compact: bool) -> Result<(), Problem> {
        if self.is_coloured && self.format == Format::Json {
            return self.write(format!("{}\n", json.coloured(is_compact)).as_bytes());
        }
        let text = match (self.format, json.as_str()) {
            (Format::Raw, Some(text)) => text.into_owned(),
            (Format::Yaml, _) => yaml(json),
            (Format::Table, _) => table(json),
            (Format::Json | Format::Raw, _) if is_compact => json.line(),
            (Format::Json | Format::Raw, _) => json.lines(),
        };
        self.text(&text)
    }

    /// A text as it is printed: a terminal isn't steered by it.
    fn shown(&self, text: &str) -> String {
        match self.is_terminal {
            true => printable(text),
            false => text.to_owned(),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        written((self.to.writer()).and_then(|mut to| to.write_all(bytes)))
    }

    fn flush(&mut self) -> Result<(), Problem> {
        written((self.to.writer()).and_then(|mut to| to.flush()))
    }
}

/// Who reads may have enough, which is no problem.
fn written(result: io::Result<()>) -> Result<(), Problem> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => Err(Problem::other(format!(
            "the output can't be written: {error}"
        ))),
        Ok(()) => Ok(()),
    }
}

/// The problem of a response that is an error, with what the server says of it.
fn failed(response: &RawResponse) -> Problem {
    let status = response.status();
    let body = response.text();
    let body = Json::read(&body).map_or_else(|| body.clone(), |json| json.lines());
    let id = response.request_id();
    let id = id.map(|id| format!(" (request {id})")).unwrap_or_default();
    let body = body.trim();
    let separator = if body.is_empty() { "" } else { "\n" };
    Problem::status(status, format!("{status}{id}{separator}{body}"))
}

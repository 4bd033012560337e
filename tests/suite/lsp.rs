//! `specwright lsp` as a process, spoken to as an editor speaks to it.

#![allow(clippy::needless_pass_by_value)] // parameters are made where they are sent

use crate::check::scratch;
use crate::command::program;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long anything may take, on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_secs(60);

const SPEC: &str = "\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
      responses:
        '200':
          description: Done
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pet'}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        tag:
          $ref: '#/components/schemas/Tag'
    Tag: {type: string, enum: [a, b]}
";

/// The description with a part in another file.
fn with_part() -> String {
    let entry = SPEC.replace("#/components/schemas/Tag", "schemas/tag.yaml");
    entry.replace("    Tag: {type: string, enum: [a, b]}\n", "")
}

/// An editor.
struct Editor {
    child: Child,
    to: Option<ChildStdin>,
    from: Receiver<Value>,
    folder: PathBuf,
    /// Notifications that nobody has asked for yet.
    told: Vec<Value>,
    last: i64,
    version: i64,
}

impl Editor {
    /// Starts the server in a directory with files.
    fn start(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = scratch(name).canonicalize().unwrap();
        for (file, text) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut command = Command::new(program());
        command.arg("lsp").current_dir(&folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        let to = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (tell, from) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                drop(tell.send(message));
            }
        });
        Self {
            child,
            to,
            from,
            folder,
            told: Vec::new(),
            last: 0,
            version: 1,
        }
    }

    /// The same, after the beginning of a session.
    fn begin(name: &str, files: &[(&str, &str)]) -> Self {
        let mut editor = Self::start(name, files);
        let result = editor.request(
            "initialize",
            json!({"processId": null, "rootUri": null, "capabilities": {}}),
        );
        assert_eq!(result["capabilities"]["positionEncoding"], "utf-16");
        editor.notify("initialized", json!({}));
        editor
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(&format!("Content-Length: {}\r\n\r\n{text}", text.len()));
    }

    fn raw(&mut self, text: &str) {
        let to = self.to.as_mut().unwrap();
        to.write_all(text.as_bytes()).unwrap();
        to.flush().unwrap();
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    #[track_caller]
    fn next(&mut self) -> Value {
        match self.from.recv_timeout(PATIENCE) {
            Ok(message) => message,
            Err(error) => panic!("{error}; told so far: {:#?}", self.told),
        }
    }

    /// The whole response to a request.
    #[track_caller]
    fn response(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let id = self.last;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.next();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
            self.told.push(message);
        }
    }

    #[track_caller]
    fn request(&mut self, method: &str, params: Value) -> Value {
        let mut response = self.response(method, params);
        assert!(response.get("error").is_none(), "{response}");
        response["result"].take()
    }

    fn uri(&self, file: &str) -> String {
        format!("file://{}", self.folder.join(file).display())
    }

    fn open(&mut self, file: &str, text: &str) {
        let document = json!({"uri": self.uri(file), "languageId": "yaml", "version": self.version, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Replaces the whole text.
    fn replace(&mut self, file: &str, text: &str) {
        self.change(file, json!({"text": text}));
    }

    fn change(&mut self, file: &str, change: Value) {
        self.version += 1;
        let document = json!({"uri": self.uri(file), "version": self.version});
        self.notify(
            "textDocument/didChange",
            json!({"textDocument": document, "contentChanges": [change]}),
        );
    }

    fn close(&mut self, file: &str) {
        let document = json!({"uri": self.uri(file)});
        self.notify("textDocument/didClose", json!({"textDocument": document}));
    }

    /// The next diagnostics of a file.
    #[track_caller]
    fn diagnostics(&mut self, file: &str) -> Vec<Value> {
        let uri = self.uri(file);
        let is_meant = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == *uri
        };
        loop {
            if let Some(at) = self.told.iter().position(is_meant) {
                let message = self.told.remove(at);
                return message["params"]["diagnostics"].as_array().unwrap().clone();
            }
            let message = self.next();
            self.told.push(message);
        }
    }

    /// The codes of the next diagnostics of a file.
    #[track_caller]
    fn codes(&mut self, file: &str) -> Vec<String> {
        let found = self.diagnostics(file);
        found
            .iter()
            .map(|one| one["code"].as_str().unwrap().to_owned())
            .collect()
    }

    /// A request about the place of the first `words` in a text, `into` characters after their beginning.
    #[track_caller]
    fn at(&mut self, method: &str, file: &str, text: &str, words: &str, into: usize) -> Value {
        let mut params =
            json!({"textDocument": {"uri": self.uri(file)}, "position": place(text, words, into)});
        if method == "references" {
            params["context"] = json!({"includeDeclaration": true});
        }
        self.request(&format!("textDocument/{method}"), params)
    }

    /// The labels that are offered at the end of what is written before `|`.
    #[track_caller]
    fn offered(&mut self, file: &str, marked: &str) -> Vec<String> {
        let text = marked.replacen('|', "", 1);
        self.replace(file, &text);
        let list = self.at("completion", file, marked, "|", 0);
        let items = list["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item["label"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The text after the item with a label was taken.
    #[track_caller]
    fn completed(&mut self, file: &str, marked: &str, label: &str) -> String {
        let text = marked.replacen('|', "", 1);
        self.replace(file, &text);
        let list = self.at("completion", file, marked, "|", 0);
        let items = list["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["label"] == label);
        let Some(item) = item else {
            panic!("{label}: {list}")
        };
        let edit = &item["textEdit"];
        let [start, end] = ["start", "end"].map(|end| offset(&text, &edit["range"][end]));
        format!(
            "{}{}{}",
            &text[..start],
            edit["newText"].as_str().unwrap(),
            &text[end..]
        )
    }

    /// Ends the session as editors do.
    fn end(mut self) {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        assert_eq!(self.wait().code(), Some(0));
    }

    #[track_caller]
    fn wait(&mut self) -> ExitStatus {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it doesn't end");
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Reads a message of the server, which is always a correct one.
fn read(output: &mut BufReader<impl Read>) -> Option<Value> {
    let mut header = String::new();
    output
        .read_line(&mut header)
        .ok()
        .filter(|length| *length > 0)?;
    let length = header.strip_prefix("Content-Length: ").unwrap().trim();
    let mut empty = String::new();
    output.read_line(&mut empty).unwrap();
    assert_eq!(empty, "\r\n");
    let mut content = vec![0; length.parse().unwrap()];
    output.read_exact(&mut content).unwrap();
    Some(serde_json::from_slice(&content).unwrap())
}

/// A position in UTF-16 code units.
#[track_caller]
fn place(text: &str, words: &str, into: usize) -> Value {
    let Some(at) = text.find(words) else {
        panic!("no {words}")
    };
    let before = &text[..at + into];
    let line = before.rsplit('\n').next().unwrap();
    json!({"line": before.matches('\n').count(), "character": line.encode_utf16().count()})
}

fn offset(text: &str, position: &Value) -> usize {
    let line = usize::try_from(position["line"].as_u64().unwrap()).unwrap();
    let character = usize::try_from(position["character"].as_u64().unwrap()).unwrap();
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut units = 0;
    let line = text[start..].chars();
    let before = line.take_while(|c| {
        units += c.len_utf16();
        units <= character
    });
    start + before.map(char::len_utf8).sum::<usize>()
}

#[test]
fn diagnostics_follow_what_is_typed() {
    let mut editor = Editor::begin("lsp-typed", &[("openapi.yaml", SPEC)]);
    editor.open("openapi.yaml", SPEC);
    // A file without messages is not mentioned, so the first ones are those of the mistake.
    let broken = SPEC.replace("schemas/Tag'", "schemas/Tug'");
    editor.replace("openapi.yaml", &broken);
    let found = editor.diagnostics("openapi.yaml");
    assert_eq!(found.len(), 1, "{found:#?}");
    let one = &found[0];
    assert_eq!(one["code"], "SW0208");
    assert_eq!(one["severity"], 2);
    assert_eq!(one["source"], "specwright");
    assert_eq!(
        one["range"]["start"],
        place(&broken, "'#/components/schemas/Tug'", 0)
    );
    let related = &one["relatedInformation"][0];
    assert!(
        related["message"]
            .as_str()
            .unwrap()
            .contains("#/components/schemas/Tag"),
        "{related}"
    );
    assert_eq!(
        related["location"]["range"]["start"],
        place(&broken, "Tag: {", 0)
    );
    // One character mends it: an edit of a range.
    let start = place(&broken, "Tug'", 1);
    let end = place(&broken, "Tug'", 2);
    editor.change(
        "openapi.yaml",
        json!({"range": {"start": start, "end": end}, "text": "a"}),
    );
    assert_eq!(editor.diagnostics("openapi.yaml"), Vec::<Value>::new());
    // Half-written.
    editor.replace("openapi.yaml", &SPEC.replace("paths:", "paths: {"));
    assert_eq!(editor.codes("openapi.yaml"), ["SW0002"]);
    editor.replace("openapi.yaml", SPEC);
    assert_eq!(editor.codes("openapi.yaml"), [""; 0]);
    editor.end();
}

#[test]
fn a_burst_of_keys_is_read_once() {
    let mut editor = Editor::begin("lsp-burst", &[("openapi.yaml", SPEC)]);
    editor.open("openapi.yaml", SPEC);
    for number in 0..40 {
        let reference = format!("schemas/T{number}'");
        editor.replace("openapi.yaml", &SPEC.replace("schemas/Tag'", &reference));
    }
    let found = editor.diagnostics("openapi.yaml");
    assert!(
        found[0]["message"].as_str().unwrap().contains("T39"),
        "{found:#?}"
    );
    assert!(
        editor
            .told
            .iter()
            .all(|one| one["method"] != "textDocument/publishDiagnostics")
    );
    editor.end();
}

#[test]
fn columns_count_utf_16_unless_the_client_knows_bytes() {
    let text =
        "openapi: 3.1.0\ninfo: {title: '🐕', version: '1', x: {}, descriptionn: ñ}\npaths: {}\n";
    let wanted = |mut editor: Editor, column: u32| {
        editor.open("openapi.yaml", text);
        let found = editor.diagnostics("openapi.yaml");
        let one = found
            .iter()
            .find(|one| one["message"].as_str().unwrap().contains("descriptionn"));
        assert_eq!(
            one.unwrap()["range"]["start"],
            json!({"line": 1, "character": column})
        );
        editor.end();
    };
    let line = text.lines().nth(1).unwrap();
    let at = line.find("descriptionn").unwrap();
    let units = u32::try_from(line[..at].encode_utf16().count()).unwrap();
    wanted(Editor::begin("lsp-utf16", &[]), units);
    let mut editor = Editor::start("lsp-utf8", &[]);
    let general = json!({"positionEncodings": ["utf-32", "utf-8", "utf-16"]});
    let result = editor.request("initialize", json!({"capabilities": {"general": general}}));
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-8");
    wanted(editor, u32::try_from(at).unwrap());
}

#[test]
fn levels_come_from_the_nearest_configuration() {
    let config = "[lints]\nSW0121 = \"deny\"\nSW0124 = \"allow\"\n[apis.pets]\nspec = \"api/openapi.yaml\"\n";
    let text = SPEC.replace(", schema: {type: integer}", "");
    let files = [("specwright.toml", config), ("api/openapi.yaml", &text)];
    let mut editor = Editor::begin("lsp-levels", &files);
    editor.open("api/openapi.yaml", &text);
    let found = editor.diagnostics("api/openapi.yaml");
    assert_eq!(found[0]["code"], "SW0121", "{found:#?}");
    assert_eq!(found[0]["severity"], 1);
    // The configuration is edited, too, and what is wrong with it is told where it is.
    editor.open("specwright.toml", &config.replace("deny", "warn"));
    assert_eq!(editor.diagnostics("api/openapi.yaml")[0]["severity"], 2);
    editor.replace("specwright.toml", &config.replace("SW0121", "SW9999"));
    assert!(!editor.diagnostics("specwright.toml").is_empty());
    editor.end();
}

#[test]
fn diagnostics_of_other_files_are_told_and_cleared() {
    let entry = with_part();
    let tag = "type: strin\n";
    let files = [("openapi.yaml", &*entry), ("schemas/tag.yaml", tag)];
    let mut editor = Editor::begin("lsp-files", &files);
    editor.open("openapi.yaml", &entry);
    let found = editor.codes("schemas/tag.yaml");
    assert!(found.contains(&"SW0128".to_owned()), "{found:?}");
    // The part is mended in the editor, and not saved.
    editor.open("schemas/tag.yaml", tag);
    editor.replace("schemas/tag.yaml", "type: string\n");
    assert_eq!(editor.codes("schemas/tag.yaml"), [""; 0]);
    // It is broken, which is told in it and where it is referred to.
    editor.replace("schemas/tag.yaml", "type: [string\n");
    assert_eq!(editor.codes("schemas/tag.yaml"), ["SW0002"]);
    assert!(!editor.codes("openapi.yaml").is_empty());
    // Nobody needs the text in the editor any more: that of the disk counts.
    editor.close("schemas/tag.yaml");
    assert!(
        editor
            .codes("schemas/tag.yaml")
            .contains(&"SW0128".to_owned())
    );
    editor.close("openapi.yaml");
    assert_eq!(editor.codes("schemas/tag.yaml"), [""; 0]);
    editor.end();
}

#[test]
fn a_part_finds_its_description() {
    let entry = with_part();
    let tag = "type: strin\n";
    let files = [
        ("openapi.yaml", &*entry),
        ("schemas/tag.yaml", tag),
        ("schemas/other.yaml", "a: b\n"),
    ];
    let mut editor = Editor::begin("lsp-part", &files);
    editor.open("schemas/other.yaml", "a: b\n");
    editor.open("schemas/tag.yaml", tag);
    assert!(
        editor
            .codes("schemas/tag.yaml")
            .contains(&"SW0128".to_owned())
    );
    // What it is a part of is known a little later than the messages.
    let begin = Instant::now();
    while editor.at("hover", "schemas/tag.yaml", tag, "type", 1) == Value::Null {
        assert!(begin.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(20));
    }
    let offered = editor.offered("schemas/tag.yaml", "type: string\nformat: da|\n");
    assert!(offered.contains(&"date-time".to_owned()), "{offered:?}");
    let offered = editor.offered("schemas/tag.yaml", "items:\n  $ref: |\n");
    assert!(
        offered.contains(&"../openapi.yaml#/components/schemas/Pet".to_owned()),
        "{offered:?}"
    );
    editor.end();
}

/// Waits until the server knows the description, and says what it shows.
#[track_caller]
fn hovered(editor: &mut Editor, text: &str, words: &str, into: usize) -> String {
    let begin = Instant::now();
    loop {
        let hover = editor.at("hover", "openapi.yaml", text, words, into);
        if let Some(shown) = hover["contents"]["value"].as_str() {
            return shown.to_owned();
        }
        assert!(begin.elapsed() < PATIENCE, "nothing at {words}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn schemas_show_their_types_and_operations_their_methods() {
    let mut editor = Editor::begin("lsp-hover", &[("openapi.yaml", SPEC)]);
    editor.open("openapi.yaml", SPEC);
    let pet = "```rust\npub struct Pet {\n    pub name: String,\n    pub tag: Option<Tag>,\n}\n```";
    assert_eq!(hovered(&mut editor, SPEC, "Pet:", 1), pet);
    assert_eq!(
        hovered(&mut editor, SPEC, "'#/components/schemas/Pet'", 5),
        pet
    );
    let tag = hovered(&mut editor, SPEC, "$ref: '#/components/schemas/Tag'", 2);
    assert!(
        tag.contains("pub enum Tag {\n    A = \"a\",\n    B = \"b\",\n"),
        "{tag}"
    );
    assert_eq!(
        hovered(&mut editor, SPEC, "name: {type: string}", 1),
        "```rust\nString\n```"
    );
    let method = hovered(&mut editor, SPEC, "get:", 1);
    assert!(
        method.contains("pub fn list_pets(&self) -> ListPets"),
        "{method}"
    );
    assert!(
        method.contains("let result = client.pets().list_pets().await?;"),
        "{method}"
    );
    assert_eq!(hovered(&mut editor, SPEC, "listPets", 1), method);
    assert_eq!(
        editor.at("hover", "openapi.yaml", SPEC, "Pets, v", 1),
        Value::Null
    );
    // The last types that could be made are there while something is broken.
    let broken = SPEC.replace("paths:", "paths: {");
    editor.replace("openapi.yaml", &broken);
    assert_eq!(editor.codes("openapi.yaml"), ["SW0002"]);
    assert_eq!(hovered(&mut editor, &broken, "Tag: {", 1), tag);
    // What a message means is shown where it is.
    let text = SPEC.replace(", schema: {type: integer}", "");
    editor.replace("openapi.yaml", &text);
    editor.codes("openapi.yaml");
    let shown = hovered(&mut editor, &text, "limit", 1);
    assert!(shown.contains("specwright explain SW0121"), "{shown}");
    editor.end();
}

#[test]
fn references_lead_to_definitions_and_back() {
    let entry = SPEC.replace("'#/components/schemas/Tag'", "shared.yaml#/Tag");
    let shared = "# shared\nTag:\n  $ref: '#/Word'\nWord: {type: string}\n";
    let files = [("openapi.yaml", &*entry), ("shared.yaml", shared)];
    let mut editor = Editor::begin("lsp-definition", &files);
    editor.open("openapi.yaml", &entry);
    // Within the document nothing has to be known.
    let pet = editor.at(
        "definition",
        "openapi.yaml",
        &entry,
        "'#/components/schemas/Pet'",
        3,
    );
    assert_eq!(pet["uri"], editor.uri("openapi.yaml"));
    assert_eq!(pet["range"]["start"], place(&entry, "Pet:", 0));
    hovered(&mut editor, &entry, "Pet:", 1);
    let tag = editor.at("definition", "openapi.yaml", &entry, "shared.yaml#/Tag", 3);
    assert_eq!(tag["uri"], editor.uri("shared.yaml"));
    assert_eq!(tag["range"]["start"], json!({"line": 1, "character": 0}));
    // Where it is now, in a text that isn't saved.
    let moved = format!("\n\n{shared}");
    editor.open("shared.yaml", &moved);
    let tag = editor.at("definition", "openapi.yaml", &entry, "shared.yaml#/Tag", 3);
    assert_eq!(tag["range"]["start"], json!({"line": 3, "character": 0}));
    let users = editor.at("references", "openapi.yaml", &entry, "Pet:", 1);
    assert_eq!(users.as_array().unwrap().len(), 2, "{users}");
    assert_eq!(users[0]["range"]["start"], place(&entry, "Pet:", 0));
    assert_eq!(
        users[1]["range"]["start"],
        place(&entry, "$ref: '#/components/schemas/Pet'", 0)
    );
    let nothing = editor.at("definition", "openapi.yaml", &entry, "Pets, v", 1);
    assert_eq!(nothing, Value::Null);
    editor.end();
}

#[test]
fn what_may_be_written_is_offered() {
    let mut editor = Editor::begin("lsp-completion", &[]);
    editor.open("openapi.yaml", SPEC);
    let file = "openapi.yaml";
    let has = |offered: &[String], label: &str| offered.iter().any(|one| one == label);
    let with = |after: &str, new: &str| SPEC.replacen(after, &format!("{after}{new}"), 1);
    // References, in quotes since `#` begins a comment.
    let marked = with("          $ref: ", "|#").replacen("|#'#/components/schemas/Tag'", "|", 1);
    assert_eq!(
        editor.offered(file, &marked),
        ["#/components/schemas/Pet", "#/components/schemas/Tag"]
    );
    let completed = editor.completed(file, &marked, "#/components/schemas/Tag");
    assert_eq!(completed, SPEC);
    let marked = SPEC.replacen("schemas/Tag'", "sch|'", 1);
    assert_eq!(
        editor.completed(file, &marked, "#/components/schemas/Tag"),
        SPEC
    );
    // Fields of the object, but for those that are there.
    let marked = with("      operationId: listPets\n", "      req|\n");
    let offered = editor.offered(file, &marked);
    assert!(
        has(&offered, "requestBody") && !has(&offered, "tags") && !has(&offered, "schemes"),
        "{offered:?}"
    );
    let completed = editor.completed(file, &marked, "requestBody");
    assert!(completed.contains("      requestBody:\n"), "{completed}");
    let marked = with("    Tag: {type: string", ", min|");
    assert!(has(&editor.offered(file, &marked), "minLength"));
    // Words.
    let words = editor.offered(file, &SPEC.replacen("in: query", "in: |", 1));
    assert_eq!(words, ["query", "path", "header", "cookie"]);
    let words = editor.offered(
        file,
        &SPEC.replacen("Tag: {type: string", "Tag: {type: s|", 1),
    );
    assert!(has(&words, "string") && has(&words, "null"), "{words:?}");
    let words = editor.offered(
        file,
        &SPEC.replacen("required: [name]", "required: [name, |]", 1),
    );
    assert_eq!(words, ["name", "tag"]);
    let words = editor.offered(file, &with("schema: {type: integer", ", format: |"));
    assert!(has(&words, "int64") && !has(&words, "date"), "{words:?}");
    // Another version has other fields.
    let v2 = "swagger: '2.0'\n|";
    let fields = editor.offered(file, v2);
    assert!(
        has(&fields, "definitions") && !has(&fields, "components"),
        "{fields:?}"
    );
    // JSON.
    let json = "{\"openapi\": \"3.0.3\", \"components\": {\"schemas\": {\"A\": {\"$ref\": \"|\"}, \"B\": {}}}}";
    let completed = editor.completed(file, json, "#/components/schemas/B");
    assert!(
        completed.contains("{\"$ref\": \"#/components/schemas/B\"}"),
        "{completed}"
    );
    let completed = editor.completed(file, "{\"openapi\": \"3.0.3\", \"in|\"}", "info");
    assert_eq!(completed, "{\"openapi\": \"3.0.3\", \"info\": }");
    // Nothing in prose and comments.
    assert!(
        editor
            .offered(file, &with("info: {title: Pets, version: 1.0.0}", " # ty|"))
            .is_empty()
    );
    assert!(
        editor
            .offered(file, &with("description: ", "Do| "))
            .is_empty()
    );
    editor.end();
}

#[test]
fn the_outline_has_operations_and_definitions() {
    let mut editor = Editor::begin("lsp-symbols", &[]);
    editor.open("openapi.yaml", SPEC);
    let uri = editor.uri("openapi.yaml");
    let symbols = editor.request(
        "textDocument/documentSymbol",
        json!({"textDocument": {"uri": uri}}),
    );
    let names = |list: &Value| -> Vec<String> {
        let list = list.as_array().unwrap().iter();
        list.map(|one| one["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&symbols), ["info", "paths", "components"]);
    let get = &symbols[1]["children"][0]["children"][0];
    assert_eq!(
        (&get["name"], &get["detail"]),
        (&json!("GET"), &json!("listPets"))
    );
    assert_eq!(get["selectionRange"]["start"], place(SPEC, "get:", 0));
    assert_eq!(
        names(&symbols[2]["children"][0]["children"]),
        ["Pet", "Tag"]
    );
    editor.end();
}

#[test]
fn nonsense_is_rejected_and_changes_nothing() {
    let mut editor = Editor::start("lsp-nonsense", &[]);
    assert_eq!(
        editor.response("textDocument/hover", json!({}))["error"]["code"],
        -32002
    );
    editor.request("initialize", json!({"capabilities": {"general": 7}}));
    assert_eq!(
        editor.response("initialize", json!({}))["error"]["code"],
        -32600
    );
    editor.notify("initialized", json!({}));
    // Not JSON, and not a message.
    editor.raw("Content-Length: 5\r\n\r\n{nope");
    assert_eq!(editor.next()["error"]["code"], -32700);
    for odd in ["[]", "7", "{}", "{\"id\":1}", "null"] {
        editor.raw(&format!("Content-Length: {}\r\n\r\n{odd}", odd.len()));
        assert_eq!(editor.next()["error"]["code"], -32600, "{odd}");
    }
    // Noise between messages, and headers of another kind.
    editor.raw("hello\r\n\r\nContent-Type: x\r\n");
    assert_eq!(
        editor.response("no/such", json!({}))["error"]["code"],
        -32601
    );
    assert_eq!(
        editor.response("textDocument/hover", json!({"textDocument": 7}))["error"]["code"],
        -32602
    );
    editor.notify("no/such", json!({}));
    editor.notify("textDocument/didOpen", json!({"textDocument": 7}));
    assert_eq!(editor.next()["method"], "window/logMessage");
    // Documents that aren't open, or aren't files.
    let position = json!({"line": 0, "character": 0});
    let unknown = json!({"textDocument": {"uri": "file:///nowhere.yaml"}, "position": position});
    assert_eq!(
        editor.request("textDocument/hover", unknown.clone()),
        Value::Null
    );
    assert_eq!(
        editor.request("textDocument/completion", unknown),
        Value::Null
    );
    editor.change("nowhere.yaml", json!({"text": "x"}));
    editor.close("nowhere.yaml");
    let untitled = json!({"uri": "untitled:1", "languageId": "yaml", "version": 1, "text": SPEC});
    editor.notify("textDocument/didOpen", json!({"textDocument": untitled}));
    // Positions that don't exist, in edits as well.
    editor.open("openapi.yaml", SPEC);
    let far = json!({"line": 4_000_000, "character": 4_000_000_000_u32});
    let uri = editor.uri("openapi.yaml");
    for method in ["hover", "definition", "references", "completion"] {
        let mut params = json!({"textDocument": {"uri": uri}, "position": far});
        if method == "references" {
            params["context"] = json!({"includeDeclaration": false});
        }
        editor.request(&format!("textDocument/{method}"), params);
    }
    editor.change(
        "openapi.yaml",
        json!({"range": {"start": far, "end": position}, "text": "x: 1\n"}),
    );
    editor.replace(
        "openapi.yaml",
        &SPEC.replace("schemas/Tag'", "schemas/Tug'"),
    );
    assert_eq!(editor.codes("openapi.yaml"), ["SW0208"]);
    editor.end();
}

#[test]
fn the_end_of_the_stream_is_the_end() {
    let mut editor = Editor::begin("lsp-closed", &[("openapi.yaml", SPEC)]);
    editor.open("openapi.yaml", SPEC);
    drop(editor.to.take());
    assert_eq!(editor.wait().code(), Some(1));
    let mut editor = Editor::begin("lsp-exit", &[]);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.wait().code(), Some(1));
    // What can't be a message ends it, before anything is reserved for it.
    let mut editor = Editor::begin("lsp-huge", &[]);
    editor.raw("Content-Length: 99999999999999\r\n\r\n{}");
    assert_eq!(editor.wait().code(), Some(1));
    let mut editor = Editor::begin("lsp-after", &[]);
    editor.request("shutdown", Value::Null);
    assert_eq!(
        editor.response("textDocument/hover", json!({}))["error"]["code"],
        -32600
    );
    drop(editor.to.take());
    assert_eq!(editor.wait().code(), Some(0));
}

/// A big description is answered about while it is read.
#[test]
fn big_documents_stay_responsive() {
    let property =
        |at| format!("\"property{at}\": {{\"type\": \"string\", \"title\": \"Number {at}\"}}");
    let properties: Vec<String> = (0..12).map(property).collect();
    let properties = properties.join(", ");
    let schema = |number| format!("\"Schema{number}\": {{\"properties\": {{{properties}}}}}");
    let schemas: Vec<String> = (0..2_000).map(schema).collect();
    let text = format!(
        "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"Big\", \"version\": \"1\"}}, \"paths\": {{}}, \"components\": {{\"schemas\": {{{}}}}}}}",
        schemas.join(", ")
    );
    let mut editor = Editor::begin("lsp-big", &[]);
    editor.open("openapi.json", &text);
    // It is being read now; edits supersede that, and the last one counts.
    for _ in 0..5 {
        let start = json!({"line": 0, "character": 1});
        editor.change(
            "openapi.json",
            json!({"range": {"start": start, "end": start}, "text": " "}),
        );
    }
    let begin = Instant::now();
    let offered = editor.at("completion", "openapi.json", &text, "\"openapi\"", 3);
    assert!(offered["items"].is_array());
    assert!(
        begin.elapsed() < Duration::from_secs(10),
        "{:?}",
        begin.elapsed()
    );
    let end = json!({"line": 0, "character": text.len() + 4});
    editor.change(
        "openapi.json",
        json!({"range": {"start": end, "end": end}, "text": ", \"pathz\": 1"}),
    );
    assert!(!editor.codes("openapi.json").is_empty());
    editor.end();
}

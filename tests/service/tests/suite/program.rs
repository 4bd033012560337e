//! The program: its start, its end, what it says. And the program for other tests.

use std::io::{BufRead, BufReader, ErrorKind, Read, Result};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::database::{Database, on_both};
use crate::world::APPS;

on_both!(
    the_first_start_prints_a_token_that_works,
    what_is_being_handled_is_finished_before_the_end,
    tokens_are_made_by_command,
);

/// The key of tests, as the environment has it.
const KEYS: &str = "0707070707070707070707070707070707070707070707070707070707070707";

/// The program over a database.
pub(crate) fn command(database: &Database, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mattermost-oauth-service"));
    command
        .env("DATABASE_URL", &database.url)
        .env("SERVICE_KEYS", KEYS)
        .env("SERVICE_LISTEN", "127.0.0.1:0")
        .envs(variables.iter().copied());
    command
}

/// The program while it runs. It is killed at the latest when this is dropped.
pub(crate) struct Running {
    process: Child,
    output: BufReader<ChildStdout>,
    pub(crate) address: String,
    /// What it said about the first token.
    first: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Running {
    pub(crate) fn start(database: &Database, variables: &[(&str, &str)]) -> Self {
        let mut process = command(database, variables)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut lines = [String::new(), String::new(), String::new()];
        for line in &mut lines {
            output.read_line(line).unwrap();
        }
        let [listening, first, explorer] = lines;
        assert!(explorer.contains("/explorer/"), "{explorer}");
        let address = listening
            .split("http://")
            .nth(1)
            .unwrap_or_else(|| panic!("{listening}"));
        let address = address.split(',').next().unwrap().to_owned();
        Self {
            process,
            output,
            address,
            first,
        }
    }

    pub(crate) fn first_token(&self) -> &str {
        self.first.rsplit(' ').next().unwrap().trim()
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Sends SIGTERM.
    fn terminate(&self) {
        let done = Command::new("kill")
            .arg(self.process.id().to_string())
            .status();
        assert!(done.unwrap().success());
    }

    fn last_words(&mut self) -> (String, Option<i32>) {
        let mut text = String::new();
        self.output.read_to_string(&mut text).unwrap();
        (text, self.process.wait().unwrap().code())
    }

    /// Sends a request on a connection of its own.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: &str,
    ) -> Result<(u16, Value)> {
        send(&self.address, method, path, token, body).await
    }
}

/// Sends a request on a connection of its own.
pub(crate) async fn send(
    address: &str,
    method: &str,
    path: &str,
    token: &str,
    body: &str,
) -> Result<(u16, Value)> {
    let mut stream = TcpStream::connect(address).await?;
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    answer(&text).ok_or_else(|| ErrorKind::UnexpectedEof.into())
}

/// Status and body of a whole response; `None` if it isn't whole.
pub(crate) fn answer(text: &str) -> Option<(u16, Value)> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(body).ok()?))
}

pub(crate) fn new_app(name: &str) -> String {
    json!({ "name": name, "description": "", "callback_urls": ["https://a"], "homepage": "https://a" }).to_string()
}

async fn the_first_start_prints_a_token_that_works(database: Database) {
    let mut running = Running::start(&database, &[]);
    let token = running.first_token().to_owned();
    assert_eq!(token.len(), 26, "{}", running.first);
    let (status, app) = running
        .send("POST", APPS, &token, &new_app("first"))
        .await
        .unwrap();
    assert_eq!((status, &app["name"]), (201, &json!("first")));
    let (_, metadata) = running
        .send("GET", "/.well-known/oauth-authorization-server", "", "")
        .await
        .unwrap();
    assert_eq!(metadata["issuer"], format!("http://{}", running.address));
    running.terminate();
    assert_eq!(running.last_words(), ("Stopped.\n".to_owned(), Some(0)));

    let again = Running::start(&database, &[]);
    assert!(
        again.first.starts_with("The first token was printed"),
        "{}",
        again.first
    );
    let (status, apps) = again.send("GET", APPS, &token, "").await.unwrap();
    assert_eq!((status, apps.as_array().unwrap().len()), (200, 1));
}

async fn what_is_being_handled_is_finished_before_the_end(database: Database) {
    let mut running = Running::start(&database, &[]);
    let body = new_app("late");
    let mut stream = TcpStream::connect(&running.address).await.unwrap();
    let head = format!(
        "POST {APPS} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\r\n",
        running.first_token(),
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let idle = TcpStream::connect(&running.address).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    running.terminate();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(
        TcpStream::connect(&running.address).await.is_err(),
        "no new connections"
    );
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    assert_eq!(answer(&text).unwrap().0, 201);
    assert_eq!(running.last_words(), ("Stopped.\n".to_owned(), Some(0)));
    drop(idle);
}

fn run(command: &mut Command) -> Output {
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

async fn tokens_are_made_by_command(database: Database) {
    let running = Running::start(&database, &[]);
    let made = run(command(&database, &[]).args(["token", "ann", "manage_oauth"]));
    let (id, token) = text(&made.stdout).trim().split_once(' ').unwrap();
    let (status, app) = running
        .send("POST", APPS, token, &new_app("ann's"))
        .await
        .unwrap();
    assert_eq!((status, app["creator_id"].as_str()), (201, Some(id)));
    let app_id = app["id"].as_str().unwrap();
    assert!(
        run(command(&database, &[]).args(["authorize", id, app_id]))
            .status
            .success()
    );
    let (_, apps) = running
        .send("GET", "/api/v4/users/me/oauth/apps/authorized", token, "")
        .await
        .unwrap();
    assert_eq!(apps[0]["id"], app_id);
    let expired =
        run(command(&database, &[]).args(["token", "ann", "--seconds", "0", "manage_oauth"]));
    let expired = text(&expired.stdout)
        .trim()
        .split_once(' ')
        .unwrap()
        .1
        .to_owned();
    assert_eq!(
        running.send("GET", APPS, &expired, "").await.unwrap().0,
        401
    );
    let wrong = run(command(&database, &[]).args(["token", "ann", "manage_everything"]));
    assert_eq!(
        text(&wrong.stderr),
        "error: there is no permission `manage_everything`\n"
    );
}

#[test]
fn what_is_wrong_at_the_start_is_told() {
    let database = Database::sqlite();
    let wrong = |command: &mut Command| {
        let output = run(command);
        assert_eq!(output.status.code(), Some(1));
        text(&output.stderr).to_owned()
    };
    let listen = ("SERVICE_LISTEN", "nowhere");
    assert_eq!(
        wrong(&mut command(
            &database,
            &[listen, ("SERVICE_PROVIDER", "maybe")]
        )),
        "error: the configuration is not valid\n  SERVICE_LISTEN: `nowhere` is not an address and port, such as 127.0.0.1:8065\n  \
         SERVICE_PROVIDER: `maybe` is neither `on` nor `off`\n"
    );
    assert_eq!(
        wrong(&mut command(&database, &[("DATABASE_URL", "mysql://a/b")])),
        "error: the database can't be opened: a database URL begins with sqlite: or postgres://\n"
    );
    let no_keys = wrong(
        command(&database, &[("DATABASE_URL", "postgres://a@127.0.0.1:1/b")])
            .env_remove("SERVICE_KEYS"),
    );
    assert!(no_keys.contains("SERVICE_KEYS is not set"), "{no_keys}");
    let away = wrong(&mut command(
        &database,
        &[("DATABASE_URL", "postgres://a@127.0.0.1:1/b")],
    ));
    assert!(away.contains("the database can't be opened: "), "{away}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let taken = wrong(&mut command(&database, &[("SERVICE_LISTEN", &address)]));
    assert!(
        taken.contains(&format!("{address} can't be listened on: ")),
        "{taken}"
    );
    assert_eq!(
        run(command(&database, &[]).arg("--unknown")).status.code(),
        Some(2)
    );
    let help = run(command(&database, &[]).arg("--help"));
    assert!(help.status.success() && text(&help.stdout).contains("SERVICE_GRACE_SECONDS"));
}

/// Without keys in the environment a file of SQLite has one next to it, which only its owner reads.
#[test]
fn a_file_has_its_key_next_to_it() {
    use std::os::unix::fs::PermissionsExt;
    let database = Database::sqlite();
    let keyless = |arguments: &[&str]| {
        run(command(&database, &[])
            .env_remove("SERVICE_KEYS")
            .args(arguments))
    };
    assert!(keyless(&["token", "ann"]).status.success());
    let key = format!("{}.key", database.url.strip_prefix("sqlite:").unwrap());
    assert_eq!(
        std::fs::metadata(&key).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert!(keyless(&["token", "ann"]).status.success());
    // With the key gone the database isn't written with another.
    std::fs::remove_file(&key).unwrap();
    let output = keyless(&["token", "ann"]);
    assert!(
        text(&output.stderr).contains(".key is missing"),
        "{}",
        text(&output.stderr)
    );
    // Neither is it opened with one that isn't its own.
    let output = run(command(&database, &[]).args(["token", "ann"]));
    assert!(
        text(&output.stderr).contains("can't be decrypted"),
        "{}",
        text(&output.stderr)
    );
}

//! The command lines of Mattermost's API and of small ones, generated and built once, then run as its users do against a small server: what it prints, what
//! it sends, how it ends.
//!
//! It is compiled where the consumers are, without TLS, which takes longer to compile than everything else together.

use crate::check::{Job, scratch};
use crate::command::{Ran, on_terminal, run, target_dir};
use crate::workspace::{UNIFIED, Workspace};
use serde_json::{Value, json};
use specwright::CrateKind;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

const APPS: &str = "/api/v4/oauth/apps";

/// What no output may have unless it is asked for.
const TOKEN: &str = "t0p-s3cret";

/// An app as the server sends it: its properties in no alphabetical order, with one that the description doesn't have.
const APP: &str = r#"{"id":"one","name":"Bot","is_trusted":true,"create_at":1700000000000,"callback_urls":["https://a"],"z":{"b":1,"a":12345678901234567890123}}"#;

const MATTERMOST: &str = "mattermost-oauth";

/// An API whose users log in.
const MAIL: &str = "logging-in";

/// An API with responses and requests of bytes.
const PETS: &str = "command-line";

/// The program of an API. All of them are built once.
fn program(api: &str) -> PathBuf {
    static BUILT: OnceLock<()> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = target_dir().join("invocations");
        let mut mattermost = Job::repository().remove(MATTERMOST).unwrap();
        mattermost.options.emit = CrateKind::with_needed([CrateKind::Cli]);
        let cases = [MAIL, PETS].map(|case| (case, Job::case(case)));
        for (api, job) in [(MATTERMOST, mattermost)].into_iter().chain(cases) {
            job.check().write_to(&folder.join(api));
        }
        let members = [MATTERMOST, MAIL, PETS].map(|api| format!("{api}/*"));
        let mut build = Workspace::write(&folder, &members).cargo("build");
        build
            .args(["--bins", "--package", UNIFIED])
            .args([MATTERMOST, MAIL, PETS].map(|api| format!("--package={api}-cli")));
        run(&mut build).success();
    });
    let program = target_dir().join("debug").join(format!("{api}-cli"));
    program.with_extension(std::env::consts::EXE_EXTENSION)
}

/// A server, and a home without settings.
struct World {
    api: &'static str,
    url: String,
    home: PathBuf,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// A request that the server got.
#[derive(Debug, Clone, Default)]
struct Request {
    /// Method and target.
    line: String,
    /// In lower case.
    headers: Vec<String>,
    body: String,
}

impl World {
    fn new(name: &str) -> Self {
        Self::of(MATTERMOST, name)
    }

    fn of(api: &'static str, name: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let world = Self {
            api,
            url: format!("http://{}", listener.local_addr().unwrap()),
            home: scratch(&format!("invocations-{name}")),
            requests: requests.clone(),
        };
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                serve(&connection.unwrap(), &requests);
            }
        });
        world
    }

    /// Runs the program with arguments that are separated by spaces.
    fn run(&self, arguments: &str) -> Ran {
        self.run_with(&arguments.split(' ').collect::<Vec<_>>(), "", &[])
    }

    /// Runs the program with standard input, and environment variables in addition to those of the server and the token.
    fn run_with(&self, arguments: &[&str], input: &str, variables: &[(&str, &str)]) -> Ran {
        let stdin = self.home.join("stdin");
        fs::write(&stdin, input).unwrap();
        let mut command = self.command(arguments);
        command.stdin(Stdio::from(fs::File::open(stdin).unwrap()));
        run(command.envs(variables.iter().copied()))
    }

    /// Runs the program on a terminal, which shows both of its outputs; `None` where there is no program that makes one.
    fn run_on_terminal(&self, arguments: &str, variables: &[(&str, &str)]) -> Option<String> {
        let line = format!("{} {arguments}", program(self.api).display());
        let mut command = self.environment(on_terminal(&line)?);
        command.env("TERM", "xterm").envs(variables.iter().copied());
        Some(run(&mut command).out)
    }

    /// The program with its environment.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.environment(Command::new(program(self.api)));
        command.args(arguments);
        command
    }

    fn environment(&self, mut command: Command) -> Command {
        let variable = self.api.to_uppercase().replace('-', "_");
        command
            .current_dir(&self.home)
            .stdin(Stdio::null())
            .env_clear()
            .env("HOME", &self.home)
            .env("APPDATA", &self.home)
            .env(format!("{variable}_BASE_URL"), &self.url);
        if self.api == MATTERMOST {
            command.env("MATTERMOST_OAUTH_TOKEN", TOKEN);
        }
        command
    }

    /// The requests since the last call.
    fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut *self.requests.lock().unwrap())
    }

    /// The only request since the last call.
    #[track_caller]
    fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.remove(0)
    }
}

/// Reads a request and responds to it.
fn serve(connection: &TcpStream, requests: &Mutex<Vec<Request>>) {
    let mut lines = BufReader::new(connection);
    let mut request = Request::default();
    let mut length = 0;
    let mut first = String::new();
    lines.read_line(&mut first).unwrap();
    request
        .line
        .push_str(first.trim_end_matches(" HTTP/1.1\r\n"));
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        // Names of headers are in lower case, as hyper writes them.
        if let Some(text) = line.strip_prefix("content-length: ") {
            length = text.parse().unwrap();
        }
        request.headers.push(line.to_owned());
    }
    if length > LARGE {
        std::thread::sleep(LONG);
    }
    let mut body = vec![0; length];
    lines.read_exact(&mut body).unwrap();
    request.body = String::from_utf8(body).unwrap();
    let (status, body) = response(&request);
    let media_type = if request.line.ends_with("/photo") {
        "image/png"
    } else {
        "application/json"
    };
    requests.lock().unwrap().push(request);
    let mut connection = connection;
    // Who called may not wait for it.
    let _ = write!(
        connection,
        "HTTP/1.1 {status}\r\ncontent-type: {media_type}\r\nset-cookie: session={TOKEN}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let (first, rest) = body.split_at(body.len() / 2);
    let _ = write!(connection, "{first}");
    if body.len() > LARGE {
        std::thread::sleep(LONG);
    }
    let _ = write!(connection, "{rest}");
}

/// A body that is larger is sent and read slowly. It has to be larger than what operating systems keep of a connection.
const LARGE: usize = 12 << 20;

/// How slowly: so that who waits wants to know how far it is.
const LONG: Duration = Duration::from_millis(1500);

/// A body that is that large.
fn large() -> String {
    "x".repeat(16_000_000)
}

fn response(request: &Request) -> (&'static str, String) {
    let (method, target) = request.line.split_once(' ').unwrap();
    let target = target.strip_prefix(APPS).unwrap_or(target);
    let error = |id: &str| {
        json!({"id": id, "message": "An error.\u{1b}[31m", "status_code": 404}).to_string()
    };
    match (method, target) {
        ("POST", "") => ("201 Created", request.body.clone()),
        ("GET", "/one") => ("200 OK", APP.to_owned()),
        ("GET", "/missing") => ("404 Not Found", error("missing")),
        ("GET", "/broken") => ("503 Service Unavailable", error("broken")),
        ("GET", "/text") => ("200 OK", "no JSON".to_owned()),
        ("GET", "/slow") => {
            std::thread::sleep(Duration::from_secs(2));
            ("200 OK", APP.to_owned())
        }
        ("GET", "?per_page=2") => ("200 OK", format!("[{APP},{}]", other("two"))),
        ("GET", "?page=1&per_page=2" | "?per_page=2&page=1") => {
            ("200 OK", format!("[{}]", other("three")))
        }
        ("GET", "?page=2&per_page=2" | "?per_page=2&page=2") => ("200 OK", "[]".to_owned()),
        ("GET", "") => ("200 OK", format!("[{APP}]")),
        ("GET", "/pets/7/photo") => ("200 OK", large()),
        ("GET", "/pets/8/photo") => ("200 OK", "x".to_owned()),
        ("PUT", "/pets/7/photo") => ("204 No Content", String::new()),
        ("DELETE", "/one") => ("200 OK", r#"{"status":"OK"}"#.to_owned()),
        ("GET", "/.well-known/oauth-authorization-server") => ("200 OK", "{}".to_owned()),
        _ => of_mail(request, method, target),
    }
}

/// Responses of the API whose users log in, and of its authorization server.
fn of_mail(request: &Request, method: &str, target: &str) -> (&'static str, String) {
    let has = |header: &str| request.headers.iter().any(|line| line == header);
    let grant = request
        .body
        .split('&')
        .find(|one| one.starts_with("grant_type="));
    let issued = match grant.unwrap_or_default() {
        "grant_type=authorization_code" => ["by-browser", "browse-again", "3600"],
        "grant_type=refresh_token" => ["renewed", "renew-again", "3600"],
        // It is over at once.
        _ => ["by-device", "for-next", "0"],
    };
    let bearer = |token: &str| has(&format!("authorization: Bearer {token}"));
    match (method, target) {
        ("GET", "/mail" | "/audit") if bearer("by-browser") || bearer("renewed") => {
            ("200 OK", r#"{"is":"yours"}"#.to_owned())
        }
        ("GET", "/mail" | "/audit") => ("401 Unauthorized", "{}".to_owned()),
        ("POST", "/oauth/device") => {
            let codes = r#"{"device_code":"d","user_code":"AB-CD","verification_uri":"https://mail.example.com/device","interval":1}"#;
            ("200 OK", codes.to_owned())
        }
        ("POST", "/oauth/revoke") if request.body.contains("client_id=refused") => {
            let error = r#"{"error":"temporarily_unavailable"}"#;
            ("503 Service Unavailable", error.to_owned())
        }
        ("POST", "/oauth/revoke") => ("200 OK", String::new()),
        ("POST", "/oauth/token") if request.body.contains("=rejected") => {
            ("400 Bad Request", r#"{"error":"invalid_grant"}"#.to_owned())
        }
        ("POST", "/oauth/token") => {
            let [access, refresh, time] = issued;
            let tokens = format!(
                r#"{{"access_token":"{access}","refresh_token":"{refresh}","expires_in":{time}}}"#
            );
            ("200 OK", tokens)
        }
        ("GET", "/.well-known/openid-configuration") => {
            let mut headers = request.headers.iter();
            let host = headers
                .find_map(|line| line.strip_prefix("host: "))
                .unwrap();
            let metadata = json!({
                "issuer": format!("http://{host}"),
                "token_endpoint": format!("http://{host}/oauth/token"),
                "device_authorization_endpoint": format!("http://{host}/oauth/device"),
                "revocation_endpoint": format!("http://{host}/oauth/revoke"),
            });
            ("200 OK", metadata.to_string())
        }
        _ => ("400 Bad Request", format!("{:?}", request.line)),
    }
}

fn other(id: &str) -> String {
    format!(r#"{{"name":"Other","id":"{id}"}}"#)
}

const GET: &str = "oauth get-oauth-app one";
const LIST: &str = "oauth get-oauth-apps";

#[test]
fn each_level_has_help() {
    let world = World::new("help");
    let program = world.run("--help").success().out;
    assert!(program.contains("Mattermost API Reference"), "{program}");
    assert!(program.contains("oauth        "), "{program}");
    assert!(program.contains("MATTERMOST_OAUTH_BASE_URL"), "{program}");
    assert!(program.contains("MATTERMOST_OAUTH_TOKEN"), "{program}");
    assert!(
        program.contains("  5  there is no complete response"),
        "{program}"
    );
    let group = world.run("oauth --help").success().out;
    assert!(group.contains("get-oauth-apps"), "{group}");
    assert!(group.contains("Register OAuth app"), "{group}");
    let operation = world.run("oauth create-oauth-app --help").success().out;
    for said in [
        "Usage: mattermost-oauth-cli oauth create-oauth-app",
        "Must have manage_oauth permission",
        "--callback-urls <callback-urls>",
        "[required, repeatable]",
        "--is-trusted",
        "--set <PATH=VALUE>",
        "--dry-run",
    ] {
        assert!(operation.contains(said), "{said}: {operation}");
    }
    assert!(!operation.contains("--all-pages"), "{operation}");
    assert!(
        world
            .run(&format!("{LIST} --help"))
            .out
            .contains("--all-pages")
    );
    let short = world.run("oauth get-oauth-app -h").success().out;
    assert!(short.contains("Application client id"), "{short}");
    assert!(
        world
            .run("--version")
            .success()
            .out
            .starts_with("mattermost-oauth-cli 0.")
    );
    // Nothing is a mistake that help answers.
    assert!(world.run_with(&[], "", &[]).exit(2).err.contains("Usage:"));
    assert!(world.requests().is_empty());
}

#[test]
fn responses_are_printed_as_json_yaml_table_and_as_they_were_sent() {
    let world = World::new("output");
    let printed = |arguments: &str| world.run(arguments).success().out;
    assert_eq!(printed(GET), format!("{APP}\n"));
    assert_eq!(printed(&format!("{GET} --output raw")), APP);
    let yaml = "id: one\nname: Bot\nis_trusted: true\ncreate_at: 1700000000000\ncallback_urls:\n- \"https://a\"\nz:\n  b: 1\n  a: 12345678901234567890123\n";
    assert_eq!(printed(&format!("{GET} -o yaml")), yaml);
    let table = printed(&format!("{LIST} -o table"));
    let expected = "ID   NAME  IS_TRUSTED  CREATE_AT      CALLBACK_URLS";
    assert!(table.starts_with(expected), "{table}");
    assert_eq!(table.lines().count(), 2, "{table}");
    assert_eq!(printed(&format!("{LIST} --query $[0].name")), "\"Bot\"\n");
    assert_eq!(
        printed(&format!("{LIST} --query $[0].name -o raw")),
        "Bot\n"
    );
    assert_eq!(
        printed(&format!("{GET} --query $.z")),
        "{\"b\":1,\"a\":12345678901234567890123}\n"
    );
    assert_eq!(printed(&format!("{LIST} --query $.none")), "[]\n");
    assert_eq!(printed("oauth get-oauth-app text"), "no JSON");
    world.requests();
    let wrong = world.run(&format!("{LIST} --query name")).exit(2).err;
    assert!(wrong.starts_with("error: `--query`: "), "{wrong}");
    assert!(world.requests().is_empty(), "it was sent nevertheless");
}

#[test]
fn lists_are_given_page_by_page_or_as_a_whole() {
    let world = World::new("pages");
    let page = world.run(&format!("{LIST} --per-page 2")).success().out;
    assert_eq!(page, format!("[{APP},{}]\n", other("two")));
    assert_eq!(world.request().line, format!("GET {APPS}?per_page=2"));
    let all = world
        .run(&format!("{LIST} --per-page 2 --all-pages"))
        .success()
        .out;
    let ids = all
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone());
    assert_eq!(ids.collect::<Vec<_>>(), ["one", "two", "three"]);
    assert_eq!(world.requests().len(), 3, "the last page is empty");
    let table = world
        .run(&format!("{LIST} --per-page 2 --all-pages -o table"))
        .success()
        .out;
    assert_eq!(table.lines().count(), 4, "{table}");
    let names = world.run(&format!(
        "{LIST} --per-page 2 --all-pages --query $.id -o raw"
    ));
    assert_eq!(names.success().out, "one\ntwo\nthree\n");
}

#[test]
fn bodies_are_flags_files_standard_input_and_places() {
    let world = World::new("bodies");
    let sent = |arguments: &str, input: &str| -> Value {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let all = [&["oauth", "create-oauth-app"], &arguments[..]].concat();
        let printed = world.run_with(&all, input, &[]).success().out;
        let request = world.request();
        assert_eq!(request.line, format!("POST {APPS}"));
        assert!(
            request
                .headers
                .contains(&"content-type: application/json".to_owned())
        );
        assert_eq!(printed, format!("{}\n", request.body));
        serde_json::from_str(&request.body).unwrap()
    };
    let expected = json!({"name": "n", "description": "d", "callback_urls": ["a", "b"], "homepage": "h", "is_trusted": true});
    let flags =
        "--name n --description d --callback-urls a --callback-urls b --homepage h --is-trusted";
    assert_eq!(sent(flags, ""), expected);
    let text = expected.to_string();
    assert_eq!(sent("--body @-", &text), expected);
    fs::write(world.home.join("body.json"), &text).unwrap();
    assert_eq!(sent("--body @body.json", ""), expected);
    let changed = sent(
        "--body @body.json --name=new --is-trusted=false --set callback_urls.1=c --set icon_url=i",
        "",
    );
    assert_eq!(
        changed,
        json!({"name": "new", "description": "d", "icon_url": "i", "callback_urls": ["a", "c"], "homepage": "h", "is_trusted": false})
    );
}

#[test]
fn wrong_usage_is_told_before_anything_is_sent() {
    let world = World::new("usage");
    for (arguments, said) in [
        ("oauth get-oauth-app", "<app-id>"),
        ("oauth create-oauth-app --name n", "--callback-urls"),
        ("oauth create-oauth-app --body {}", "body: "),
        (
            "oauth create-oauth-app --body @none.json",
            "none.json can't be read",
        ),
        ("oauth create-oauth-app --body [", "`--body` isn't JSON"),
        ("oauth get-oauth-ap one", "'get-oauth-app'"),
        (
            "oath get-oauth-app one",
            "a similar subcommand exists: 'oauth'",
        ),
        (
            "oauth get-oauth-app one --output yml",
            "a similar value exists: 'yaml'",
        ),
        (
            "oauth get-oauth-app one --ouput yaml",
            "a similar argument exists: '--output'",
        ),
        ("oauth get-oauth-apps --page x", "not an integer"),
        (
            "oauth get-oauth-app one --timeout soon",
            "`--timeout soon` isn't a time",
        ),
        (
            "oauth get-oauth-app one --header x",
            "`--header x` has no `:`",
        ),
        ("oauth get-oauth-app one --server ::", "error: "),
        ("oauth get-oauth-app one --profile none", "config.toml"),
        ("completions tcsh", "[possible values: bash"),
    ] {
        let ran = world.run(arguments);
        // A file that can't be read is no matter of usage.
        let code = if arguments.contains('@') { 1 } else { 2 };
        assert_eq!(ran.code, Some(code), "{arguments}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(said), "{arguments}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments}");
    }
    assert!(world.requests().is_empty());
}

#[test]
fn exit_codes_tell_who_failed() {
    let world = World::new("codes");
    let missing = world.run("oauth get-oauth-app missing").exit(3);
    assert!(
        missing.err.starts_with("error: 404 Not Found\n{\n"),
        "{}",
        missing.err
    );
    // The terminal of who reads the message isn't steered by it.
    assert!(
        missing.err.contains("An error.\\u001b[31m"),
        "{}",
        missing.err
    );
    assert_eq!(missing.out, "");
    world.requests();
    let broken = world.run("oauth get-oauth-app broken --retries 1").exit(4);
    assert!(
        broken.err.starts_with("error: 503 Service Unavailable"),
        "{}",
        broken.err
    );
    assert_eq!(world.requests().len(), 2, "it is sent once more");
    let slow = world
        .run("oauth get-oauth-app slow --timeout 100ms --retries 0")
        .exit(5);
    assert!(slow.err.starts_with("error: "), "{}", slow.err);
    // A port that nobody listens at any more.
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let refused = world
        .run(&format!("{GET} --server http://{closed} --retries 0"))
        .exit(5);
    assert!(refused.err.starts_with("error: "), "{}", refused.err);
    let directory = format!("{GET} --output-file .");
    assert!(
        world
            .run(&directory)
            .exit(1)
            .err
            .contains("can't be written")
    );
}

#[test]
fn colours_are_for_terminals_and_for_who_wants_them() {
    let world = World::new("colours");
    let missing = "oauth get-oauth-app missing";
    for arguments in [GET, missing, "--help", "oauth get-oauth-ap", "oauth --help"] {
        let ran = world.run(arguments);
        let said = format!("{}{}", ran.out, ran.err);
        assert!(!said.contains('\u{1b}'), "{arguments}: {said}");
    }
    let wanted = |arguments: &str| world.run(&format!("{arguments} --color always"));
    let name = "{\u{1b}[1;34m\"id\"\u{1b}[0m:\u{1b}[32m\"one\"\u{1b}[0m,";
    let printed = wanted(GET).success().out;
    assert!(printed.starts_with(name), "{printed}");
    assert_eq!(uncoloured(&printed), format!("{APP}\n"));
    let forced = |variables: &[(&str, &str)]| {
        let arguments: Vec<&str> = GET.split(' ').collect();
        world.run_with(&arguments, "", variables).success().out
    };
    let force = ("CLICOLOR_FORCE", "1");
    assert_eq!(forced(&[force]), printed);
    assert_eq!(forced(&[force, ("NO_COLOR", "1")]), format!("{APP}\n"));
    let error = wanted(missing).exit(3).err;
    let begin = "\u{1b}[1;31merror:\u{1b}[0m 404 Not Found\n{\n";
    assert!(error.starts_with(begin), "{error}");
    assert!(error.contains("An error.\\u001b[31m"), "{error}");
    for arguments in ["--color always --help", "--color=always oauth --help"] {
        let help = world.run(arguments).success().out;
        assert!(help.contains("\u{1b}["), "{arguments}: {help}");
        assert!(help.contains("--color"), "{help}");
    }
    let wrong = world.run(&format!("{GET} --color sometimes")).exit(2).err;
    assert!(wrong.starts_with("error: invalid value"), "{wrong}");
    // What other programs read has none.
    wanted(&format!("{GET} --output-file app.json")).success();
    let file = fs::read_to_string(world.home.join("app.json")).unwrap();
    assert_eq!(file, format!("{APP}\n"));
    for format in ["raw", "yaml", "table"] {
        let printed = wanted(&format!("{GET} -o {format}")).success().out;
        assert!(!printed.contains('\u{1b}'), "{printed}");
    }
}

#[test]
fn a_terminal_has_colours_and_a_line_for_each_property() {
    let world = World::new("terminal");
    let Some(printed) = world.run_on_terminal(GET, &[]) else {
        return;
    };
    let name = "{\r\n  \u{1b}[1;34m\"id\"\u{1b}[0m: \u{1b}[32m\"one\"\u{1b}[0m,\r\n";
    assert!(printed.starts_with(name), "{printed}");
    let never = format!("{GET} --color never");
    let plain = [
        world.run_on_terminal(&never, &[]).unwrap(),
        world.run_on_terminal(GET, &[("NO_COLOR", "1")]).unwrap(),
        world.run_on_terminal(GET, &[("TERM", "dumb")]).unwrap(),
    ];
    assert_eq!(
        plain,
        [uncoloured(&printed), plain[0].clone(), plain[0].clone()]
    );
    let missing = "oauth get-oauth-app missing";
    let error = world.run_on_terminal(missing, &[]).unwrap();
    let begin = "\u{1b}[1;31merror:\u{1b}[0m 404 Not Found\r\n";
    assert!(error.starts_with(begin), "{error}");
    assert!(error.contains("An error.\\u001b[31m"), "{error}");
}

/// A text without the escape sequences of colours.
fn uncoloured(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').unwrap().1)
}

#[test]
fn a_terminal_shows_how_far_a_long_transfer_is() {
    let world = World::of(PETS, "progress");
    fs::write(world.home.join("photo.png"), large()).unwrap();
    fs::write(world.home.join("small.png"), "x").unwrap();
    let upload = "pets put-photo 7 --content-type image/png --body";
    let download = "pets get-photo 7 --output-file new.png";
    for arguments in [&format!("{upload} @photo.png"), download] {
        assert_eq!(world.run(arguments).success().err, "");
    }
    assert_eq!(world.requests()[0].body.len(), large().len());
    let Some(sent) = world.run_on_terminal(&format!("{upload} @photo.png"), &[]) else {
        return;
    };
    let has_line = |text: &str, what: &str| {
        let mut lines = text.split('\r');
        lines.any(|line| line.starts_with(what) && line.contains(" MB of 16.0 MB ("))
    };
    assert!(has_line(&sent, "sent "), "{sent:?}");
    // Nothing of it is left.
    assert!(sent.ends_with(&format!("\r{:60}\r", "")), "{sent:?}");
    fs::remove_file(world.home.join("new.png")).unwrap();
    let received = world.run_on_terminal(download, &[]).unwrap();
    assert!(has_line(&received, "received "), "{received:?}");
    let file = fs::metadata(world.home.join("new.png")).unwrap();
    assert_eq!(file.len(), large().len() as u64);
    let short = "pets get-photo 8 --output-file new.png";
    for arguments in [&format!("{upload} @small.png"), short] {
        assert_eq!(world.run_on_terminal(arguments, &[]).unwrap(), "");
    }
}

#[test]
fn a_response_goes_to_a_file_only_if_there_is_one() {
    let world = World::new("files");
    let file = world.home.join("app.json");
    assert_eq!(
        world
            .run(&format!("{GET} --output-file app.json"))
            .success()
            .out,
        ""
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("{APP}\n"));
    world
        .run("oauth get-oauth-app missing --output-file app.json")
        .exit(3);
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("{APP}\n"));
}

#[test]
fn requests_are_shown_without_secrets_and_not_sent() {
    let world = World::new("shown");
    let body = "oauth create-oauth-app --name it's --description d --callback-urls a --homepage h";
    let url = &world.url;
    let json = r#"{"callback_urls":["a"],"description":"d","homepage":"h","name":"it's"}"#;
    let dry = world.run(&format!("{body} --dry-run")).success().out;
    assert!(dry.starts_with(&format!("POST {url}{APPS}\n")), "{dry}");
    assert!(dry.contains("\nauthorization: ***\n"), "{dry}");
    assert_eq!(
        sorted(dry.split("\n\n").nth(1).unwrap()),
        sorted(json),
        "{dry}"
    );
    let curl = world.run(&format!("{body} --curl")).success().out;
    let begin = format!("curl --request POST '{url}{APPS}' \\\n  --header '");
    assert!(curl.starts_with(&begin), "{curl}");
    assert!(curl.contains("--header 'authorization: ***'"), "{curl}");
    assert!(curl.contains(r#""name":"it'\''s""#), "{curl}");
    let shown = world
        .run(&format!("{body} --curl --show-secrets"))
        .success()
        .out;
    assert!(
        shown.contains(&format!("--header 'authorization: Bearer {TOKEN}'")),
        "{shown}"
    );
    assert!(!format!("{dry}{curl}").contains(TOKEN));
    assert!(world.requests().is_empty());

    let verbose = world.run(&format!("{GET} -v -H X-Trace:7")).success();
    assert_eq!(verbose.out, format!("{APP}\n"));
    for said in [
        &format!("> GET {url}{APPS}/one\n"),
        "> authorization: ***\n",
        "> x-trace: 7\n",
        "< 200 OK (attempt 1)\n",
        "< set-cookie: ***\n",
    ] {
        assert!(verbose.err.contains(said), "{said}: {}", verbose.err);
    }
    assert!(!verbose.err.contains(TOKEN), "{}", verbose.err);
    let sent = world.request();
    assert!(
        sent.headers
            .contains(&format!("authorization: Bearer {TOKEN}")),
        "{sent:?}"
    );
    assert!(
        sent.headers
            .iter()
            .any(|line| line.starts_with("user-agent: mattermost-oauth-cli/"))
    );
    // What needs no credentials gets none.
    world
        .run("oauth get-authorization-server-metadata")
        .success();
    assert!(
        !world
            .request()
            .headers
            .iter()
            .any(|line| line.starts_with("authorization"))
    );
}

fn sorted(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn profiles_have_server_and_credentials_and_are_private() {
    let world = World::new("profiles");
    let folder = world
        .home
        .join(if cfg!(windows) { "" } else { ".config" })
        .join("mattermost-oauth");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.toml");
    let text = format!(
        "[default]\nserver = \"{url}\"\n[work]\nserver = \"{url}\"\ntimeout = \"5s\"\n[work.credentials]\nbearer = \"of-work\"\n[bad]\nurl = 1\n",
        url = world.url
    );
    fs::write(&file, text).unwrap();
    let none = [
        ("MATTERMOST_OAUTH_BASE_URL", ""),
        ("MATTERMOST_OAUTH_TOKEN", ""),
    ];
    let arguments: Vec<&str> = GET.split(' ').collect();
    let with = |more: &[&str], variables: &[(&str, &str)]| {
        world.run_with(
            &[&arguments, more].concat(),
            "",
            &[&none, variables].concat(),
        )
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for mode in [0o640, 0o604] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            let refused = with(&[], &[]).exit(2).err;
            assert!(refused.contains("others may read the file"), "{refused}");
            assert!(refused.contains("chmod 600"), "{refused}");
        }
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    }
    let authorization = || {
        let request = world.request();
        let mut headers = request.headers.into_iter();
        headers.find_map(|line| Some(line.strip_prefix("authorization: ")?.to_owned()))
    };
    with(&[], &[]).success();
    assert_eq!(authorization(), None);
    with(&["--profile", "work"], &[]).success();
    assert_eq!(authorization().as_deref(), Some("Bearer of-work"));
    with(&[], &[("MATTERMOST_OAUTH_PROFILE", "work")]).success();
    assert_eq!(authorization().as_deref(), Some("Bearer of-work"));
    // The environment goes before the profile.
    with(&["--profile", "work"], &[("MATTERMOST_OAUTH_TOKEN", TOKEN)]).success();
    assert_eq!(authorization(), Some(format!("Bearer {TOKEN}")));
    let unknown = with(&["--profile", "other"], &[]).exit(2).err;
    assert!(unknown.contains("there is no profile `other`"), "{unknown}");
    let bad = with(&["--profile", "bad"], &[]).exit(2).err;
    assert!(bad.contains("`bad.url` is none of"), "{bad}");
    assert!(world.requests().is_empty());
}

#[test]
fn shells_complete_commands_and_flags() {
    let world = World::new("shells");
    let bash = world.run("completions bash").success().out;
    for said in [
        "complete -F ",
        "get-oauth-apps",
        "--all-pages",
        "json yaml table raw",
    ] {
        assert!(bash.contains(said), "{said}");
    }
    let script = world.home.join("completions.bash");
    fs::write(&script, &bash).unwrap();
    // Where there is a bash, it can read them.
    if let Ok(status) = Command::new("bash").arg("-n").arg(&script).status() {
        assert!(status.success());
    }
    for shell in ["elvish", "fish", "powershell", "zsh"] {
        let text = world.run(&format!("completions {shell}")).success().out;
        assert!(text.contains("get-oauth-apps"), "{shell}");
    }
    let manual = world.run("man").success().out;
    assert!(manual.contains(".TH mattermost-oauth-cli 1"), "{manual}");
    assert!(world.requests().is_empty());
}

const MAIL_READ: &str = "mail read-mail";

/// What no output may have.
const TOKENS: [&str; 6] = [
    "by-browser",
    "browse-again",
    "renewed",
    "renew-again",
    "by-device",
    "for-next",
];

impl World {
    /// Runs the program, which shows no token.
    fn run_unseen(&self, arguments: &str) -> Ran {
        let ran = self.run(arguments);
        let said = format!("{}{}", ran.out, ran.err);
        let shown = TOKENS.iter().find(|token| said.contains(*token));
        assert_eq!(shown, None, "{said}");
        ran
    }

    fn lines(&self) -> Vec<String> {
        let requests = self.requests().into_iter();
        requests.map(|request| request.line).collect()
    }
}

/// Logs in as a user does whose browser goes to the URL that is printed.
fn log_in_by_a_browser(world: &World) {
    let arguments = [
        "login",
        "--no-browser",
        "--client-id",
        "app",
        "--scope",
        "read",
    ];
    let mut command = world.command(&arguments);
    let mut login = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(login.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    let begin = format!("Open this URL in a browser: {}/oauth/authorize?", world.url);
    let query = line
        .trim_end()
        .strip_prefix(&begin)
        .unwrap_or_else(|| panic!("{line}"));
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(known, _)| *known == name).unwrap().1
    };
    assert_eq!((value("client_id"), value("scope")), ("app", "read"));
    let redirect = value("redirect_uri")
        .replace("%3A", ":")
        .replace("%2F", "/");
    let address = redirect
        .strip_prefix("http://")
        .unwrap()
        .strip_suffix("/callback")
        .unwrap();
    let mut browser = TcpStream::connect(address).unwrap();
    let state = value("state");
    write!(
        browser,
        "GET /callback?code=c&state={state} HTTP/1.1\r\nhost: {address}\r\n\r\n"
    )
    .unwrap();
    let mut page = String::new();
    browser.read_to_string(&mut page).unwrap();
    assert!(page.contains("You are logged in"), "{page}");
    assert!(login.wait().unwrap().success());
}

#[test]
fn users_log_in_by_a_browser() {
    let world = World::of(MAIL, "browser");
    let help = world.run("login --help").success().out;
    for said in [
        "LOGGING_IN_USERS_CLIENT_ID",
        "send  Sends mail.",
        "[possible values: users, staff]",
    ] {
        assert!(help.contains(said), "{said}: {help}");
    }
    world.run_unseen(MAIL_READ).exit(3);
    assert!(
        world
            .run_unseen("login --status")
            .exit(1)
            .err
            .contains("nobody is logged in")
    );
    assert!(
        world
            .run_unseen("login --no-browser")
            .exit(2)
            .err
            .contains("--client-id")
    );
    world.requests();

    log_in_by_a_browser(&world);
    assert!(world.request().body.contains("&code_verifier="));

    let read = world.run_unseen(&format!("{MAIL_READ} -v")).success();
    assert_eq!(read.out, "{\"is\":\"yours\"}\n");
    assert_eq!(world.lines(), ["GET /mail"]);
    let status = world.run_unseen("login --status").success().out;
    assert_eq!(status, format!("users: {}\n", world.url));
    // Nobody but the server of the login gets its token.
    let other = World::of(MAIL, "other-server");
    world
        .run_unseen(&format!("{MAIL_READ} --server {}", other.url))
        .exit(3);
    let sent = other.request();
    assert!(
        !sent
            .headers
            .iter()
            .any(|line| line.starts_with("authorization")),
        "{sent:?}"
    );
    assert!(
        world
            .run_unseen("logout")
            .success()
            .err
            .starts_with("logged out")
    );
    world.run_unseen(MAIL_READ).exit(3);
    assert!(
        world
            .run_unseen("logout")
            .success()
            .err
            .starts_with("nobody was logged in")
    );
}

#[test]
fn users_log_in_on_another_device() {
    let world = World::of(MAIL, "device");
    let login = world.run_unseen("login --device --client-id app").success();
    assert!(
        login
            .err
            .contains("Open https://mail.example.com/device and type AB-CD\n"),
        "{}",
        login.err
    );
    assert_eq!(world.lines(), ["POST /oauth/device", "POST /oauth/token"]);
    // What is only shown renews nothing.
    world
        .run_unseen(&format!("{MAIL_READ} --dry-run"))
        .success();
    assert_eq!(world.lines(), [""; 0]);
    world.run_unseen(MAIL_READ).success();
    assert_eq!(world.lines(), ["POST /oauth/token", "GET /mail"]);
    world.run_unseen(MAIL_READ).success();
    assert_eq!(world.lines(), ["GET /mail"]);
    // The other credential, by what the server says of itself.
    world.run_unseen("audit read-audit").exit(3);
    world.requests();
    world
        .run_unseen("login --credential staff --device --client-id app")
        .success();
    let metadata = "GET /.well-known/openid-configuration";
    assert_eq!(
        world.lines(),
        [metadata, "POST /oauth/device", "POST /oauth/token"]
    );
    world.run_unseen("audit read-audit").success();
    assert_eq!(world.lines(), [metadata, "POST /oauth/token", "GET /audit"]);
    assert_eq!(
        world
            .run_unseen("login --status")
            .success()
            .out
            .lines()
            .count(),
        2
    );
    // Only the server of the second says where tokens are revoked.
    world.requests();
    let out = world.run_unseen("logout").success().err;
    assert_eq!(out, "logged out, in the profile default\n");
    let requests = world.requests();
    let sent: Vec<(&str, &str)> = requests
        .iter()
        .map(|request| (&*request.line, &*request.body))
        .collect();
    let revoke = "POST /oauth/revoke";
    let expected = [
        (metadata, ""),
        (revoke, "token=renew-again&client_id=app"),
        (revoke, "token=renewed&client_id=app"),
    ];
    assert_eq!(sent, expected);
    world.run_unseen("login --status").exit(1);
}

#[test]
fn tokens_that_arent_revoked_are_forgotten_nevertheless() {
    let world = World::of(MAIL, "unrevoked");
    let login = "login --credential staff --device --client-id refused";
    world.run_unseen(login).success();
    let out = world.run_unseen("logout").success().err;
    let warning = "warning: the tokens weren't revoked, so they may still be valid: ";
    assert!(out.starts_with(warning), "{out}");
    assert!(out.contains("temporarily_unavailable"), "{out}");
    assert!(
        out.ends_with("\nlogged out, in the profile default\n"),
        "{out}"
    );
    world.run_unseen("login --status").exit(1);
}

#[test]
fn programs_at_once_renew_a_login_one_time() {
    let world = World::of(MAIL, "at-once");
    world.run_unseen("login --device --client-id app").success();
    world.requests();
    let words: Vec<&str> = MAIL_READ.split(' ').collect();
    let start = || world.command(&words).stdout(Stdio::null()).spawn().unwrap();
    let programs: Vec<_> = (0..4).map(|_| start()).collect();
    for mut program in programs {
        assert!(program.wait().unwrap().success());
    }
    let mut lines = world.lines();
    lines.sort_unstable();
    let calls = ["GET /mail"; 4];
    assert_eq!(lines, [&calls[..], &["POST /oauth/token"]].concat());
}

#[test]
fn a_login_that_is_over_is_told() {
    let world = World::of(MAIL, "over");
    world.run_unseen("login --device --client-id app").success();
    let mut folder = world.home.clone();
    if !cfg!(windows) {
        folder.push(".config");
    }
    let file = folder.join(MAIL).join("tokens.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("for-next", "rejected")).unwrap();
    let over = world.run_unseen(MAIL_READ);
    assert!(over.err.contains("invalid_grant"), "{}", over.err);
    assert!(over.err.contains("`logging-in-cli login`"), "{}", over.err);
    assert_eq!(over.code, Some(2), "{}", over.err);
}

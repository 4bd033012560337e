//! Tests of the command line's support code, which has no public parts but `run`.

use std::ffi::OsString;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use clap::ColorChoice;
use serde_json::{Value, json};
use serde_json_path::JsonPath;

use crate::cli::{
    Api, Argument, Call, Content, Datum, Form, Given, GivenBody, Group, Invalid, Json, Kind, Login,
    Logins, OAuthLogin, Operation, Place, Problem, Profile, Renewal, Session, StoredTokens,
    TokenFile, command, in_browser, is_coloured, matched, printable, table, transferred, yaml,
};
use crate::client::{OAuthFlow, OAuthGrant, OAuthScheme, TokenSource};
use crate::endpoint::endpoint;

fn unused(_: &(), _: &mut Given) -> Result<Call, Invalid> {
    Err(Invalid::new("body", "nothing is called"))
}

static API: Api<()> = Api {
    program: "pets-cli",
    name: "pets",
    version: "1.2.3",
    title: "Pets",
    about: "",
    servers: &[],
    server_variable: "PETS_BASE_URL",
    profile_variable: "PETS_PROFILE",
    credentials: &[],
    groups: &[Group {
        name: "pets",
        about: "",
        operations: &[Operation {
            name: "create",
            arguments: &[
                Argument::new("id", Place::Path, Kind::Text),
                Argument {
                    values: &["asc", "desc"],
                    ..Argument::new("sort", Place::Parameter, Kind::Text)
                },
                Argument {
                    many: true,
                    ..Argument::new("age", Place::Parameter, Kind::Integer)
                },
                Argument {
                    wire: "petName",
                    required: true,
                    ..Argument::new("pet-name", Place::Property, Kind::Text)
                },
                Argument::new("tame", Place::Property, Kind::Boolean),
                Argument::new("any", Place::Property, Kind::Json),
            ],
            contents: &[Content {
                media_type: "application/json",
                form: Form::Value,
                constants: &[("kind", "\"cat\"")],
            }],
            needs_body: true,
            is_paged: true,
            ..Operation::new(unused)
        }],
    }],
    connect: |_| Ok(()),
    login: None,
};

/// What is given by the words after the operation, or the message why not.
fn parsed(words: &[&str]) -> Result<Given, String> {
    let words = [&["pets-cli", "pets", "create"], words].concat();
    let named: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let matches = command(&API, Some(&named)).try_get_matches_from(words);
    let matches = matches.map_err(|error| error.to_string())?;
    let (_, matches) = matches.subcommand().unwrap();
    let (_, matches) = matches.subcommand().unwrap();
    matched(&API.groups[0].operations[0], matches).map_err(|Problem { code, message }| {
        assert_eq!(code, 2, "{message}");
        message
    })
}

fn body(words: &[&str]) -> Value {
    match parsed(words).unwrap().body {
        Some(GivenBody::Value(value)) => value,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_whole_command_is_valid() {
    command(&API, None).debug_assert();
}

#[test]
fn arguments_have_the_types_of_the_description() {
    let words = [
        "7",
        "--sort",
        "asc",
        "--age",
        "1",
        "--age=-2",
        "--all-pages",
        "--pet-name=x",
    ];
    let mut given = parsed(&words).unwrap();
    assert!(given.all_pages);
    assert_eq!(given.values["age"], Datum::Plain(json!([1, -2])));
    assert_eq!(given.required::<String>("id").unwrap(), "7");
    assert_eq!(
        given.optional::<Vec<i64>>("age").unwrap(),
        Some(vec![1, -2])
    );
    assert!(
        given
            .required::<i64>("sort")
            .unwrap_err()
            .to_string()
            .starts_with("sort: ")
    );
    assert!(given.required::<String>("sort").is_err(), "it was read");
}

#[test]
fn what_isnt_valid_is_rejected() {
    let error = |words: &[&str]| parsed(words).unwrap_err();
    assert!(error(&["7", "--pet-name", "x", "--sort", "up"]).contains("asc"));
    assert!(error(&["7", "--pet-name", "x", "--age", "1.5"]).contains("not an integer"));
    assert!(error(&["7"]).contains("--pet-name"));
    assert!(error(&["--pet-name", "x"]).contains("<id>"));
    assert!(error(&["7", "--body", "{"]).contains("isn't JSON"));
    assert!(error(&["7", "--body", "[]", "--tame"]).contains("an object"));
    assert!(error(&["7", "--set", "a"]).contains("no `=`"));
    assert!(error(&["7", "--set", "a=1", "--set", "a.b=1"]).contains("no such place"));
    assert!(error(&["7", "--pet-name=x", "--curl", "--dry-run"]).contains("--curl"));
}

#[test]
fn a_body_is_what_is_given_as_a_whole_then_properties_then_places() {
    let words = [
        "7",
        "--pet-name",
        "x",
        "--tame",
        "--any",
        "[1]",
        "--set",
        "a.b=2",
        "--set",
        "a.c=d",
    ];
    let expected =
        json!({"petName": "x", "tame": true, "any": [1], "a": {"b": 2, "c": "d"}, "kind": "cat"});
    assert_eq!(body(&words), expected);
    let whole = r#"{"petName": "x", "kind": "dog", "list": [{"n": 1}]}"#;
    let words = [
        "7",
        "--body",
        whole,
        "--tame=false",
        "--set",
        "list.0.n=2",
        "--set",
        "list.1=3",
    ];
    let expected = json!({"petName": "x", "kind": "dog", "tame": false, "list": [{"n": 2}, 3]});
    assert_eq!(body(&words), expected);
}

#[test]
fn a_profile_has_server_and_credentials() {
    let text = "[default]\nserver = \"https://a\"\n[work]\ntimeout = \"5s\"\n[work.credentials]\nbearer = \"t\"\n";
    let read = |chosen| Profile::of(text, chosen, &["bearer"]);
    assert_eq!(read(None).unwrap().server.as_deref(), Some("https://a"));
    let work = read(Some("work")).unwrap();
    assert_eq!(work.timeout.as_deref(), Some("5s"));
    assert_eq!(work.credentials["bearer"], "t");
    assert!(read(Some("none")).unwrap_err().contains("`none`"));
    let error = |text| Profile::of(text, None, &["bearer"]).unwrap_err();
    assert!(error("[default]\nurl = \"x\"").contains("`default.url`"));
    assert!(error("[default.credentials]\nkey = \"x\"").contains("bearer"));
    assert!(error("default = 1").contains("table"));
    assert!(!error("[").is_empty());
}

#[test]
fn values_are_written_as_yaml_and_as_tables() {
    let read = |text: &'static str| Json::read(text).unwrap();
    let value = read(r#"{"e": [{"b": 1, "c": [[2], []]}, "x y"], "d": {}, "a": {"f": "no"}}"#);
    let expected = "e:\n- b: 1\n  c:\n  - - 2\n  - []\n- \"x y\"\nd: {}\na:\n  f: \"no\"";
    assert_eq!(yaml(&value), expected);
    assert_eq!(yaml(&read(r#""x: y""#)), "\"x: y\"");
    let list = read(r#"[{"name": "Rex", "id": 1}, {"id": 20, "tags": ["a"]}]"#);
    let expected = "NAME  ID  TAGS\nRex   1\n      20  [\"a\"]";
    assert_eq!(table(&list), expected);
    let object = read(r#"{"long": "x\ny", "a": null}"#);
    assert_eq!(table(&object), "long  x y\na");
    assert_eq!(table(&read("[1, {}]")), "[1,{}]");
}

#[test]
fn json_is_written_as_it_was_sent() {
    let text = r#" { "b" : [ 12345678901234567890123 , 1.50 , { } , [ ] , true ] , "a\u0062" : "\u00e9 \"]\\" , "b" : null } "#;
    let json = Json::read(text).unwrap();
    let expected = r#"{"b":[12345678901234567890123,1.50,{},[],true],"ab":"é \"]\\","b":null}"#;
    assert_eq!(json.line(), expected);
    assert_eq!(Json::read(expected).unwrap().line(), expected);
    let json = Json::read(r#"{"b":[1,{}],"a":"x"}"#).unwrap();
    let expected = "{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\": \"x\"\n}";
    assert_eq!(json.lines(), expected);
    for wrong in ["", "{", "[1,]", "{\"a\"}", "nul", "[] []", "\"\\ud800\""] {
        assert_eq!(Json::read(wrong), None, "{wrong}");
    }
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(Json::read(&deep(127)).unwrap().line(), deep(127));
    assert_eq!(Json::read(&deep(100_000)), None);
}

#[test]
fn queries_find_what_was_sent() {
    let text = r#"[{"n\u0061me": "Rex", "id": 1.0}, {"id": 2, "id": 3}]"#;
    let find = |query: &str| Json::find(text, &JsonPath::parse(query).unwrap()).unwrap();
    assert_eq!(find("$[0]").line(), r#"{"name":"Rex","id":1.0}"#);
    assert_eq!(find("$[0].name").as_str().as_deref(), Some("Rex"));
    assert_eq!(find("$[*].id").line(), "[1.0,3]");
    assert_eq!(find("$[?@.id > 2].id").line(), "3");
    assert_eq!(find("$.none").line(), "[]");
    assert_eq!(Json::find("x", &JsonPath::parse("$").unwrap()), None);
}

#[test]
fn a_terminal_isnt_steered() {
    assert_eq!(
        printable("a\u{1b}[31m\u{202e}\n"),
        "a\\u{1b}[31m\\u{202e}\n"
    );
}

#[test]
fn colours_are_chosen_or_those_of_a_terminal() {
    let by = |choice, is_terminal, set: &[(&str, &str)]| {
        let value = |name: &str| {
            let found = set.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        is_coloured(choice, is_terminal, &value)
    };
    let terminal = ("TERM", "xterm");
    let auto = |is_terminal, set: &[(&str, &str)]| by(ColorChoice::Auto, is_terminal, set);
    assert!(auto(true, &[terminal]));
    assert!(!auto(false, &[terminal]));
    assert!(!auto(true, &[("TERM", "dumb")]));
    assert!(!auto(true, &[]), "nothing says that it has colours");
    assert!(auto(true, &[("WT_SESSION", "1")]));
    assert!(!auto(true, &[terminal, ("NO_COLOR", "1")]));
    assert!(auto(true, &[terminal, ("NO_COLOR", "")]), "as if not set");
    assert!(!auto(true, &[terminal, ("CLICOLOR", "0")]));
    let forced = ("CLICOLOR_FORCE", "1");
    assert!(auto(false, &[forced]));
    assert!(!auto(false, &[("CLICOLOR_FORCE", "0")]));
    assert!(!auto(false, &[forced, ("NO_COLOR", "1")]));
    assert!(by(ColorChoice::Always, false, &[("NO_COLOR", "1")]));
    assert!(!by(ColorChoice::Never, true, &[terminal, forced]));
}

#[test]
fn json_in_colours_steers_no_terminal() {
    let json = Json::read("{\"a\\u009b\":[\"\u{9b}31m\\u001b\",1.50,true,null],\"b\":{}}").unwrap();
    let expected = concat!(
        "{\u{1b}[1;34m\"a\\u{9b}\"\u{1b}[0m:[",
        "\u{1b}[32m\"\\u{9b}31m\\u001b\"\u{1b}[0m,",
        "\u{1b}[36m1.50\u{1b}[0m,\u{1b}[33mtrue\u{1b}[0m,\u{1b}[33mnull\u{1b}[0m],",
        "\u{1b}[1;34m\"b\"\u{1b}[0m:{}}"
    );
    assert_eq!(json.coloured(true), expected);
    let lines = Json::read("[-1]").unwrap().coloured(false);
    assert_eq!(lines, "[\n  \u{1b}[36m-1\u{1b}[0m\n]");
}

#[test]
fn a_transfer_is_told_in_few_words() {
    let told =
        |bytes, total, seconds| transferred("sent", bytes, total, Duration::from_secs(seconds));
    let expected = "sent 12.5 MB of 100.0 MB (12 %), 3.1 MB/s";
    assert_eq!(told(12_500_000, Some(100_000_000), 4), expected);
    assert_eq!(told(999, None, 1), "sent 999 B, 999 B/s");
    assert_eq!(told(0, Some(0), 0), "sent 0 B of 0 B (0 %), 0 B/s");
    let most = told(u64::MAX, Some(u64::MAX), 1);
    assert!(most.len() < 100, "{most}");
    let large = told(1_999_999_999, Some(4_000_000_000), 100);
    assert_eq!(large, "sent 1.9 GB of 4.0 GB (49 %), 19.9 MB/s");
}

static SCHEME: OAuthScheme = OAuthScheme {
    name: "users",
    flows: &[OAuthFlow {
        grant: OAuthGrant::AuthorizationCode,
        authorization_url: Some("/authorize"),
        token_url: Some("/token"),
        refresh_url: None,
        scopes: &[("read", "Reads.\u{1b}[31m")],
    }],
    metadata_url: None,
    servers: &[],
};

const LOGIN_OF_USERS: OAuthLogin = OAuthLogin {
    name: "users",
    scheme: &SCHEME,
    client_id: "SPECWRIGHT_TEST_NO_CLIENT_ID",
    client_secret: "SPECWRIGHT_TEST_NO_CLIENT_SECRET",
};

static LOGIN: OAuthLogin = LOGIN_OF_USERS;

/// An empty directory that doesn't exist yet.
fn directory(name: &str) -> PathBuf {
    let path = format!("specwright-cli-{}-{name}", std::process::id());
    let path = std::env::temp_dir().join(path);
    let _ = fs::remove_dir_all(&path);
    path
}

fn stored(server: &str, expires_at: Option<u64>) -> StoredTokens {
    StoredTokens {
        server: server.to_owned(),
        client_id: "app".to_owned(),
        access_token: "first".to_owned(),
        refresh_token: Some("again".to_owned()),
        expires_at,
    }
}

#[tokio::test]
async fn tokens_are_kept_for_their_owner_only() {
    let directory = directory("kept");
    let file = TokenFile::of(&directory);
    assert_eq!(file.read("default", "users"), Ok(None));
    assert!(!file.exists());
    let lock = file.lock().await.unwrap();
    assert_eq!(file.take(&lock, "default"), Ok(None));
    let tokens = stored("https://a", Some(7));
    file.write(&lock, "default", "users", &tokens).unwrap();
    let other = stored("https://b", None);
    file.write(&lock, "work", "users", &other).unwrap();
    drop(lock);
    assert_eq!(file.read("default", "users"), Ok(Some(tokens.clone())));
    assert_eq!(file.read("work", "users"), Ok(Some(other)));
    assert_eq!(file.read("work", "staff"), Ok(None));
    assert!(!format!("{tokens:?}").contains("first"));
    let names = fs::read_dir(&directory).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["tokens.json"], "nothing else is left");
    let path = directory.join("tokens.json");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&directory), mode(&path)), (0o700, 0o600));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let refused = file.read("default", "users").unwrap_err();
        assert!(refused.contains("chmod 600"), "{refused}");
        let lock = file.lock().await.unwrap();
        assert!(file.write(&lock, "default", "users", &tokens).is_err());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    let lock = file.lock().await.unwrap();
    let taken = vec![("users".to_owned(), tokens)];
    assert_eq!(file.take(&lock, "default"), Ok(Some(taken)));
    assert_eq!(file.read("default", "users"), Ok(None));
    assert!(file.read("work", "users").unwrap().is_some());
    fs::write(&path, "{").unwrap();
    assert!(
        file.read("work", "users")
            .unwrap_err()
            .contains("tokens.json")
    );
    fs::remove_dir_all(directory).unwrap();
}

#[tokio::test]
async fn tokens_are_renewed_when_they_are_over_or_rejected() {
    let (server, bodies) = endpoint(&[
        (
            "200 OK",
            r#"{"access_token": "second", "refresh_token": "more", "expires_in": 60}"#,
        ),
        ("400 Bad Request", r#"{"error": "invalid_grant"}"#),
    ]);
    let directory = directory("renewed");
    let file = TokenFile::of(&directory);
    let session = Session {
        program: "pets-cli",
        profile: "default".to_owned(),
        server: Some(server.clone()),
        directory: Some(directory.clone()),
    };
    let renewal = async |tokens: StoredTokens, may_renew: bool| {
        let lock = file.lock().await.unwrap();
        file.write(&lock, "default", "users", &tokens).unwrap();
        Renewal::new(&LOGIN, &session, file.clone(), tokens, may_renew)
    };
    let shown = |renewal: &Renewal| format!("{:?}", renewal.can_fetch());
    // What is shown only isn't renewed.
    let preview = renewal(stored(&server, Some(1)), false).await;
    preview.fetch().await.unwrap();
    assert_eq!(shown(&preview), "false");
    // What is valid is used, until it is rejected.
    let valid = renewal(stored(&server, None), true).await;
    valid.fetch().await.unwrap();
    assert!(bodies.lock().unwrap().is_empty());
    assert_eq!(shown(&valid), "true");
    valid.fetch().await.unwrap();
    let sent = bodies.lock().unwrap()[0].clone();
    assert_eq!(
        sent,
        "grant_type=refresh_token&refresh_token=again&client_id=app"
    );
    let kept = file.read("default", "users").unwrap().unwrap();
    assert_eq!(kept.access_token, "second");
    assert_eq!(kept.refresh_token.as_deref(), Some("more"));
    assert!(kept.lifetime().unwrap().as_secs() > 50);
    // Another process has renewed them meanwhile.
    let old = Renewal::new(
        &LOGIN,
        &session,
        file.clone(),
        stored(&server, Some(1)),
        true,
    );
    old.fetch().await.unwrap();
    assert_eq!(bodies.lock().unwrap().len(), 1);
    // The authorization server rejects the refresh token.
    let over = renewal(stored(&server, Some(1)), true).await;
    let error = over.fetch().await.unwrap_err();
    assert!(error.to_string().contains("invalid_grant"), "{error}");
    assert!(
        error
            .to_string()
            .ends_with("log in again by `pets-cli login`"),
        "{error}"
    );
    let none = StoredTokens {
        refresh_token: None,
        ..stored(&server, Some(1))
    };
    let none = renewal(none, true).await;
    assert!(!none.can_fetch());
    let error = none.fetch().await.unwrap_err();
    assert!(error.to_string().contains("the login is over"), "{error}");
    // Another process has logged out: it stays so.
    let out = renewal(stored(&server, Some(1)), true).await;
    let lock = file.lock().await.unwrap();
    file.take(&lock, "default").unwrap();
    drop(lock);
    let error = out.fetch().await.unwrap_err();
    assert!(error.to_string().contains("has logged out"), "{error}");
    assert_eq!(file.read("default", "users"), Ok(None));
    fs::remove_dir_all(directory).unwrap();
}

#[tokio::test]
async fn programs_that_renew_tokens_at_once_do_so_one_time() {
    // The refresh token is good for one time, so a second request would have no response.
    let (server, bodies) = endpoint(&[(
        "200 OK",
        r#"{"access_token": "second", "refresh_token": "more", "expires_in": 60}"#,
    )]);
    let directory = directory("at-once");
    let file = TokenFile::of(&directory);
    let session = Session {
        program: "pets-cli",
        profile: "default".to_owned(),
        server: Some(server.clone()),
        directory: Some(directory.clone()),
    };
    let over = stored(&server, Some(1));
    let lock = file.lock().await.unwrap();
    file.write(&lock, "default", "users", &over).unwrap();
    let program = || Renewal::new(&LOGIN, &session, file.clone(), over.clone(), true);
    let (first, second, third) = (program(), program(), program());
    let all = async { tokio::join!(first.fetch(), second.fetch(), third.fetch()) };
    let waiting = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert!(bodies.lock().unwrap().is_empty(), "nobody waits");
        drop(lock);
    };
    let ((first, second, third), ()) = tokio::join!(all, waiting);
    for token in [first, second, third] {
        token.unwrap();
    }
    assert_eq!(bodies.lock().unwrap().len(), 1);
    let kept = file.read("default", "users").unwrap().unwrap();
    assert_eq!(kept.refresh_token.as_deref(), Some("more"));
    fs::remove_dir_all(directory).unwrap();
}

#[tokio::test]
async fn a_lock_that_a_killed_program_has_left_is_taken() {
    let directory = directory("killed");
    let file = TokenFile::of(&directory);
    fs::create_dir_all(&directory).unwrap();
    let path = directory.join("tokens.lock");
    fs::write(&path, "1 1s").unwrap();
    let in_short = Duration::from_millis(300);
    let other = tokio::time::timeout(in_short, file.lock()).await;
    assert!(other.is_err(), "somebody else has it");
    assert_eq!(fs::read_to_string(&path).unwrap(), "1 1s");
    let old = SystemTime::now() - Duration::from_secs(60);
    let left = fs::File::options().write(true).open(&path).unwrap();
    left.set_modified(old).unwrap();
    let lock = tokio::time::timeout(in_short, file.lock()).await;
    let lock = lock.unwrap().unwrap();
    assert_ne!(fs::read_to_string(&path).unwrap(), "1 1s");
    // Who thinks the same of this one has its own.
    fs::write(&path, "2 2s").unwrap();
    drop(lock);
    assert_eq!(fs::read_to_string(&path).unwrap(), "2 2s");
    fs::remove_dir_all(directory).unwrap();
}

#[tokio::test]
async fn tokens_are_revoked_where_the_server_does_that() {
    const METADATA: (&str, &str) = (
        "200 OK",
        r#"{"token_endpoint": "SERVER/token", "revocation_endpoint": "SERVER/revoke"}"#,
    );
    static SCHEME: OAuthScheme = OAuthScheme {
        name: "staff",
        flows: &[],
        metadata_url: Some("/metadata"),
        servers: &[],
    };
    let staff = OAuthLogin {
        name: "staff",
        scheme: &SCHEME,
        ..LOGIN_OF_USERS
    };
    let (server, bodies) = endpoint(&[
        METADATA,
        ("200 OK", ""),
        ("400 Bad Request", r#"{"error": "unsupported_token_type"}"#),
        METADATA,
        ("503 Service Unavailable", ""),
        ("200 OK", ""),
        ("200 OK", r#"{"token_endpoint": "SERVER/token"}"#),
    ]);
    let tokens = stored(&server, None);
    staff.revoke(&tokens).await.unwrap();
    let revoked = ["", "token=again&client_id=app", "token=first&client_id=app"];
    assert_eq!(std::mem::take(&mut *bodies.lock().unwrap()), revoked);
    let error = staff.revoke(&tokens).await.unwrap_err();
    assert!(error.to_string().contains("503"), "{error}");
    // The other one is revoked nevertheless.
    assert_eq!(std::mem::take(&mut *bodies.lock().unwrap()), revoked);
    staff.revoke(&tokens).await.unwrap();
    assert_eq!(std::mem::take(&mut *bodies.lock().unwrap()), [""]);
    // Nobody is asked where the description has no metadata.
    LOGIN.revoke(&tokens).await.unwrap();
    let client = LOGIN.client(&server, "app").await.unwrap();
    let error = client.revoke("first").await.unwrap_err();
    assert!(
        error.to_string().contains("no revocation endpoint"),
        "{error}"
    );
}

/// Requests a target, and returns the response.
fn browse(url: &str, target: &str) -> String {
    let mut connection = TcpStream::connect(url).unwrap();
    write!(connection, "GET {target} HTTP/1.1\r\nhost: {url}\r\n\r\n").unwrap();
    let mut response = String::new();
    connection.read_to_string(&mut response).unwrap();
    response
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_brings_the_code() {
    let (server, bodies) =
        endpoint(&[("200 OK", r#"{"access_token": "t", "token_type": "bearer"}"#)]);
    let client = LOGIN.client(&server, "app").await.unwrap().scopes(["read"]);
    let begin = format!("{server}/authorize?response_type=code&client_id=app&redirect_uri=");
    let show = move |url: &str| {
        let redirect = url.strip_prefix(&begin).unwrap().split('&').next().unwrap();
        let address = redirect.strip_prefix("http%3A%2F%2F").unwrap();
        let address = address
            .strip_suffix("%2Fcallback")
            .unwrap()
            .replace("%3A", ":");
        let state = url
            .split("&state=")
            .nth(1)
            .unwrap()
            .split('&')
            .next()
            .unwrap();
        assert!(
            url.contains("&code_challenge_method=S256&scope=read"),
            "{url}"
        );
        let state = state.to_owned();
        std::thread::spawn(move || {
            assert!(browse(&address, "/favicon.ico").starts_with("HTTP/1.1 404 "));
            assert!(browse(&address, "/callback?code=x&state=y").starts_with("HTTP/1.1 400 "));
            let target = format!("/callback?code=c&state={state}");
            assert!(browse(&address, &target).contains("You are logged in"));
        });
    };
    let tokens = in_browser(&client, 0, &show).await.unwrap();
    assert_eq!(tokens.issued().access_token(), "t");
    let sent = bodies.lock().unwrap()[0].clone();
    assert!(
        sent.starts_with("grant_type=authorization_code&code=c&redirect_uri=http"),
        "{sent}"
    );
    assert!(sent.contains("&code_verifier="), "{sent}");
}

#[test]
fn a_login_has_commands_without_what_steers_a_terminal() {
    static LOGINS: Logins = Logins(&[LOGIN_AGAIN]);
    const LOGIN_AGAIN: OAuthLogin = OAuthLogin {
        name: "users",
        scheme: &SCHEME,
        client_id: "PETS_CLIENT_ID",
        client_secret: "PETS_CLIENT_SECRET",
    };
    let mut commands = LOGINS.commands();
    let names: Vec<_> = commands
        .iter()
        .map(|one| one.get_name().to_owned())
        .collect();
    assert_eq!(names, ["login", "logout"]);
    let help = commands[0].render_long_help().to_string();
    assert!(help.contains("PETS_CLIENT_SECRET"), "{help}");
    assert!(help.contains("read  Reads.\\u{1b}[31m"), "{help}");
    commands.into_iter().for_each(clap::Command::debug_assert);
}

//! Tests of the command line's support code, which has no public parts but `run`.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use serde_json_path::JsonPath;

use crate::cli::{
    Api, Argument, Call, Content, Datum, Form, Given, GivenBody, Group, Invalid, Json, Kind, Login,
    Logins, OAuthLogin, Operation, Place, Problem, Profile, Renewal, Session, StoredTokens,
    TokenFile, command, in_browser, matched, printable, table, yaml,
};
use crate::client::{OAuthFlow, OAuthGrant, OAuthScheme, TokenSource};

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

static LOGIN: OAuthLogin = OAuthLogin {
    name: "users",
    scheme: &SCHEME,
    client_id: "SPECWRIGHT_TEST_NO_CLIENT_ID",
    client_secret: "SPECWRIGHT_TEST_NO_CLIENT_SECRET",
};

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

/// A token endpoint with these responses, and the bodies of its requests.
fn endpoint(responses: &'static [(&str, &str)]) -> (String, Arc<Mutex<Vec<String>>>) {
    // Dependencies of other tests have TLS without what it is made by.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let bodies: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = bodies.clone();
    std::thread::spawn(move || {
        for (status, response) in responses {
            let (mut connection, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(&connection);
            let mut length = 0;
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if let Some(text) = line.strip_prefix("content-length: ") {
                    length = text.trim().parse().unwrap();
                }
                if line.trim().is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            kept.lock().unwrap().push(String::from_utf8(body).unwrap());
            let length = response.len();
            write!(
                connection,
                "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{response}"
            )
            .unwrap();
        }
    });
    (url, bodies)
}

#[test]
fn tokens_are_kept_for_their_owner_only() {
    let directory = directory("kept");
    let file = TokenFile::of(&directory);
    assert_eq!(file.read("default", "users"), Ok(None));
    assert_eq!(file.remove("default"), Ok(false));
    let tokens = stored("https://a", Some(7));
    file.write("default", "users", &tokens).unwrap();
    let other = stored("https://b", None);
    file.write("work", "users", &other).unwrap();
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
        assert!(file.write("default", "users", &tokens).is_err());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    assert_eq!(file.remove("default"), Ok(true));
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
    let renewal = |tokens: StoredTokens, may_renew: bool| {
        file.write("default", "users", &tokens).unwrap();
        Renewal::new(&LOGIN, &session, file.clone(), tokens, may_renew)
    };
    let shown = |renewal: &Renewal| format!("{:?}", renewal.can_fetch());
    // What is shown only isn't renewed.
    let preview = renewal(stored(&server, Some(1)), false);
    preview.fetch().await.unwrap();
    assert_eq!(shown(&preview), "false");
    // What is valid is used, until it is rejected.
    let valid = renewal(stored(&server, None), true);
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
    let over = renewal(stored(&server, Some(1)), true);
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
    let none = renewal(none, true);
    assert!(!none.can_fetch());
    let error = none.fetch().await.unwrap_err();
    assert!(error.to_string().contains("the login is over"), "{error}");
    fs::remove_dir_all(directory).unwrap();
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

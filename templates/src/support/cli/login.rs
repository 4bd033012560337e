//! Logging in by OAuth 2, in a browser or on another device. Needs `api.rs`, `chosen.rs`, `problem.rs`, `renewal.rs`, `terminal.rs`,
//! `token_file.rs`.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Stdio;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::super::client::{OAuthClient, OAuthError, OAuthGrant, OAuthTokens};
use super::{
    BoxFuture, Login, OAuthLogin, Problem, Renewal, Secret, Session, StatusCode, StoredTokens,
    TokenFile, printable, variable,
};

/// Where the browser is redirected to (RFC 8252, section 7.3).
const CALLBACK: &str = "/callback";

/// The longest request of a browser that is read, and how long that may take.
const MAX_BYTES: u64 = 16 << 10;
const PATIENCE: Duration = Duration::from_secs(5);

/// The schemes by which users log in, the first one unless they choose.
#[derive(Debug)]
pub struct Logins(pub &'static [OAuthLogin]);

impl Login for Logins {
    fn commands(&self) -> Vec<Command> {
        let out = Command::new("logout");
        let out = out.about("Revoke the tokens of a login where that is possible, and forget them");
        vec![self.login(), out.args(common())]
    }

    fn run<'r>(
        &'r self,
        command: &str,
        matches: &'r ArgMatches,
        session: &'r Session,
    ) -> BoxFuture<'r, Result<(), Problem>> {
        match command {
            "login" if matches.get_flag("status") => Box::pin(async { self.status(session) }),
            "login" => Box::pin(self.log_in(matches, session)),
            _ => Box::pin(self.log_out(session)),
        }
    }

    fn credentials(
        &self,
        session: &Session,
        may_renew: bool,
    ) -> Result<BTreeMap<&'static str, Secret>, Problem> {
        let mut found = BTreeMap::new();
        let Some(directory) = &session.directory else {
            return Ok(found);
        };
        let server = session.server()?;
        for login in self.0 {
            let file = TokenFile::of(directory);
            let tokens = file.read(&session.profile, login.name);
            // Nobody else gets them.
            let is_for_it = |tokens: &StoredTokens| {
                tokens.server.trim_end_matches('/') == server.trim_end_matches('/')
            };
            if let Some(tokens) = tokens.map_err(Problem::usage)?.filter(is_for_it) {
                let renewal = Renewal::new(login, session, file, tokens, may_renew);
                found.insert(login.name, Secret::tokens(renewal));
            }
        }
        Ok(found)
    }
}

impl Logins {
    fn login(&self) -> Command {
        let flag = |name: &'static str, help: &'static str| {
            Arg::new(name)
                .long(name)
                .help(help)
                .action(ArgAction::SetTrue)
        };
        let option = |name: &'static str, value: &'static str, help: &'static str| {
            Arg::new(name).long(name).value_name(value).help(help)
        };
        let id = "The id of the client that is registered with the authorization server";
        let port = "The port of this computer that the browser is redirected to, if the authorization server knows only one";
        let names = self.0.iter().map(|login| login.name);
        let name = option("credential", "NAME", "Which credential the login is for");
        Command::new("login")
            .about("Log in, for tokens that calls are made with")
            .after_long_help(self.details())
            .args(common())
            .arg(name.value_parser(PossibleValuesParser::new(names)))
            .arg(option("client-id", "ID", id))
            .arg(
                option("scope", "SCOPE", "A scope to ask for [repeatable]")
                    .action(ArgAction::Append),
            )
            .arg(flag(
                "device",
                "Authorizes in a browser of another device, by a code",
            ))
            .arg(option("port", "PORT", port).value_parser(clap::value_parser!(u16)))
            .arg(flag("no-browser", "Prints the URL only"))
            .arg(flag("status", "Prints who is logged in, and until when"))
    }

    /// What is in the environment, and the scopes of the description.
    fn details(&self) -> String {
        let mut lines = vec!["Environment:".to_owned()];
        for login in self.0 {
            lines.push(format!("  {}  the id of the client", login.client_id));
            let secret = "its secret, if it has one";
            lines.push(format!("  {}  {secret}", login.client_secret));
        }
        let flows = self.0.iter().flat_map(|login| login.scheme.flows);
        let scopes: BTreeMap<_, _> = flows.flat_map(|flow| flow.scopes).copied().collect();
        if !scopes.is_empty() {
            lines.extend([String::new(), "Scopes:".to_owned()]);
        }
        let scopes = scopes.into_iter();
        lines.extend(scopes.map(|(scope, about)| printable(&format!("  {scope}  {about}"))));
        lines.join("\n")
    }

    async fn log_in(&self, matches: &ArgMatches, session: &Session) -> Result<(), Problem> {
        let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
        let mut all = self.0.iter();
        let login = match text("credential") {
            Some(name) => all.find(|login| login.name == name),
            None => all.next(),
        };
        let login = login.ok_or_else(|| Problem::usage("there is no such credential"))?;
        let id = text("client-id").map(str::to_owned);
        let id = id.or_else(|| variable(login.client_id));
        let id = id.ok_or_else(|| {
            let variable = login.client_id;
            Problem::usage(format!(
                "give the client's id by `--client-id` or {variable}"
            ))
        })?;
        let directory = session.directory.as_ref().ok_or_else(|| {
            Problem::other("there is no directory for the tokens: neither XDG_CONFIG_HOME nor HOME")
        })?;
        let server = session.server()?;
        let scopes = matches.get_many::<String>("scope").into_iter().flatten();
        let client = login.client(server, &id).await?;
        let client = client.scopes(scopes.cloned());
        let has_browser = login.has(OAuthGrant::AuthorizationCode);
        let is_for_devices = !has_browser && login.has(OAuthGrant::DeviceAuthorization);
        let tokens = if matches.get_flag("device") || is_for_devices {
            on_device(&client).await?
        } else {
            let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
            let opens = !matches.get_flag("no-browser");
            in_browser(&client, port, &|url| show(url, opens)).await?
        };
        let tokens = StoredTokens::issued(server, &id, &tokens.issued());
        let file = TokenFile::of(directory);
        let lock = file.lock().await.map_err(Problem::other)?;
        let written = file.write(&lock, &session.profile, login.name, &tokens);
        written.map_err(Problem::other)?;
        let profile = &session.profile;
        eprintln!(
            "logged in to {}, in the profile {}",
            printable(server),
            printable(profile)
        );
        Ok(())
    }

    /// Prints which credentials there are; an error if there is none.
    fn status(&self, session: &Session) -> Result<(), Problem> {
        let mut is_any = false;
        for login in self.0 {
            let file = session.directory.as_deref().map(TokenFile::of);
            let tokens = file.map(|file| file.read(&session.profile, login.name));
            let Some(tokens) = tokens.transpose().map_err(Problem::usage)?.flatten() else {
                continue;
            };
            is_any = true;
            let until = match (tokens.lifetime(), &tokens.refresh_token) {
                (_, Some(_)) => String::new(),
                (None, None) => ", until the server rejects it".to_owned(),
                (Some(Duration::ZERO), None) => ", which is over".to_owned(),
                (Some(time), None) => format!(", for another {} s", time.as_secs()),
            };
            println!("{}: {}{until}", login.name, printable(&tokens.server));
        }
        match is_any {
            true => Ok(()),
            false => Err(Problem::other(format!(
                "nobody is logged in, in the profile {}: `{} login`",
                session.profile, session.program
            ))),
        }
    }

    /// Forgets the tokens of a profile, then tells the authorization servers. Tokens that these don't revoke are forgotten nevertheless.
    async fn log_out(&self, session: &Session) -> Result<(), Problem> {
        let profile = printable(&session.profile);
        let Some(taken) = taken(session).await.map_err(Problem::other)? else {
            eprintln!("nobody was logged in, in the profile {profile}");
            return Ok(());
        };
        for (name, tokens) in taken {
            let login = self.0.iter().find(|login| login.name == name);
            if let Some(login) = login
                && let Err(error) = login.revoke(&tokens).await
            {
                let error = printable(&error.to_string());
                eprintln!(
                    "warning: the tokens weren't revoked, so they may still be valid: {error}"
                );
            }
        }
        eprintln!("logged out, in the profile {profile}");
        Ok(())
    }
}

/// Takes the tokens of a profile out of their file; `None` if there are none.
async fn taken(session: &Session) -> Result<Option<Vec<(String, StoredTokens)>>, String> {
    let file = session.directory.as_deref().map(TokenFile::of);
    match file.filter(TokenFile::exists) {
        Some(file) => {
            let lock = file.lock().await?;
            file.take(&lock, &session.profile)
        }
        None => Ok(None),
    }
}

/// The flags that say what a login is for.
fn common() -> [Arg; 2] {
    [
        Arg::new("server")
            .long("server")
            .value_name("URL")
            .help("The URL of the server"),
        Arg::new("profile")
            .long("profile")
            .value_name("NAME")
            .help("The profile that the login belongs to"),
    ]
}

/// Waits for a user who authorizes on another device (RFC 8628).
pub(crate) async fn on_device(client: &OAuthClient) -> Result<OAuthTokens, OAuthError> {
    let device = client.authorize_device().await?;
    let (url, code) = (device.verification_uri(), device.user_code());
    eprintln!("Open {} and type {}", printable(url), printable(code));
    device.tokens().await
}

/// Waits for a user who authorizes in a browser of this computer (RFC 6749, section 4.1, with PKCE); `show` is given the URL to open.
pub(crate) async fn in_browser(
    client: &OAuthClient,
    port: u16,
    show: &(dyn Fn(&str) + Sync),
) -> Result<OAuthTokens, Problem> {
    let unheard = |error: std::io::Error| {
        Problem::other(format!("the port for the browser can't be used: {error}"))
    };
    // Only this computer reaches it.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(unheard)?;
    let port = listener.local_addr().map_err(unheard)?.port();
    let redirect = format!("http://127.0.0.1:{port}{CALLBACK}");
    let authorization = client.authorize(redirect)?;
    show(authorization.url());
    loop {
        let (connection, _) = listener.accept().map_err(unheard)?;
        let Some(target) = target(&connection) else {
            respond(&connection, "404 Not Found", "There is nothing here.");
            continue;
        };
        match authorization.clone().redeem(&target).await {
            Ok(tokens) => {
                let text = "You are logged in, and can close this window.";
                respond(&connection, "200 OK", text);
                return Ok(tokens);
            }
            // Whoever sent it: the user's browser may still come.
            Err(OAuthError::Redirect(_)) => {
                let text = "This isn't the response that is waited for.";
                respond(&connection, "400 Bad Request", text);
            }
            Err(error) => {
                let text = "You are not logged in. The terminal says why.";
                respond(&connection, "200 OK", text);
                return Err(error.into());
            }
        }
    }
}

/// The target of a request to the callback.
fn target(connection: &TcpStream) -> Option<String> {
    connection.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut lines = BufReader::new(connection.take(MAX_BYTES)).lines();
    let first = lines.next()?.ok()?;
    // A connection that is closed before all is read loses the response.
    while !lines.next()?.ok()?.is_empty() {}
    let target = first.strip_prefix("GET ")?.split(' ').next()?;
    let query = target.strip_prefix(CALLBACK)?;
    query.starts_with('?').then(|| query.to_owned())
}

fn respond(mut connection: &TcpStream, status: &str, text: &str) {
    let length = text.len();
    // A browser that has gone needs no response.
    let _ = write!(
        connection,
        "HTTP/1.1 {status}\r\ncontent-type: text/plain\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{text}"
    );
}

/// Prints a URL for a browser, and opens it if that is wanted.
fn show(url: &str, opens: bool) {
    eprintln!("Open this URL in a browser: {}", printable(url));
    if opens {
        let (program, first) = if cfg!(windows) {
            ("rundll32", Some("url.dll,FileProtocolHandler"))
        } else if cfg!(target_os = "macos") {
            ("open", None)
        } else {
            ("xdg-open", None)
        };
        let mut command = std::process::Command::new(program);
        let command = command.args(first).arg(url).stdin(Stdio::null());
        // Where there is no such program, the user opens it.
        let _ = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    }
}

impl From<OAuthError> for Problem {
    fn from(error: OAuthError) -> Self {
        let message = error.to_string();
        match error {
            OAuthError::Transport(_) => Self::network(message),
            OAuthError::Response { status, .. } => of_status(Some(status), message),
            OAuthError::Refused { status, .. } => of_status(status, message),
            _ => Self::usage(message),
        }
    }
}

/// Who refuses with a redirection has no status.
fn of_status(status: Option<u16>, message: String) -> Problem {
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    Problem::status(status.unwrap_or(StatusCode::FORBIDDEN), message)
}

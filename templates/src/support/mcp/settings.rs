//! The settings of a program, from its arguments and the environment. Needs `api.rs`.

use std::ffi::OsString;
use std::fmt::Write;

use super::Api;

/// What a program does.
#[derive(Debug)]
pub(crate) enum Asked {
    /// Prints this text.
    Text(String),
    /// Serves tools.
    Serve(Settings),
}

/// The settings of a program.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The URL of the server.
    pub(crate) server: String,
    /// Whether tools that may change anything are left out.
    pub(crate) read_only: bool,
    /// The groups and tools to have; all if it is empty.
    pub(crate) include: Vec<String>,
    /// The groups and tools to leave out.
    pub(crate) exclude: Vec<String>,
    pub(crate) shape: Shape,
    /// Whether tools have a schema of their results.
    pub(crate) has_output_schemas: bool,
    /// The greatest number of characters of a result.
    pub(crate) max_result: usize,
    /// The greatest number of values that are read of a stream.
    pub(crate) max_values: usize,
    /// How long a stream is read, in seconds.
    pub(crate) max_seconds: u64,
    /// The address to listen at for HTTP; standard input and output without one.
    pub(crate) listen: Option<String>,
    /// The hosts that requests over HTTP may be for, in addition to this computer.
    pub(crate) hosts: Vec<String>,
    /// The authorization server whose tokens callers over HTTP need.
    pub(crate) issuer: Option<String>,
    /// The URL of this server for its callers; by default where it listens.
    pub(crate) resource: Option<String>,
    /// The scopes that tokens of callers need.
    pub(crate) scopes: Vec<String>,
    /// Whether tokens of callers are the credentials of requests.
    pub(crate) forwards: bool,
}

/// Which tools there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A tool for each operation, or the three if there are many.
    Auto,
    /// A tool for each operation.
    All,
    /// One tool each to search, describe and call operations.
    Three,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            server: String::new(),
            read_only: false,
            include: Vec::new(),
            exclude: Vec::new(),
            shape: Shape::Auto,
            has_output_schemas: true,
            max_result: 50_000,
            max_values: 100,
            max_seconds: 30,
            listen: None,
            hosts: Vec::new(),
            issuer: None,
            resource: None,
            scopes: Vec::new(),
            forwards: false,
        }
    }
}

const FLAGS: &str = "      --server URL         the server; by default that of the environment, else the first of the description
      --read-only          leave out tools that may change anything
      --include NAMES      have only these groups and tools, with commas between them; may be repeated
      --exclude NAMES      leave out these groups and tools
      --tools SHAPE        all: a tool for each operation; three: tools to search, describe and call them;
                           auto, the default: three if there are more than 60
      --no-output-schemas  don't say what results consist of, which makes lists of tools shorter
      --max-result N       cut results after N characters; by default 50000
      --max-values N       read N values of a stream; by default 100
      --max-seconds N      read a stream for N seconds; by default 30
";

const HTTP_FLAGS: &str =
    "      --listen ADDRESS     serve streamable HTTP at this address, such as 127.0.0.1:8000
      --allow-host NAME    accept requests for this host, in addition to localhost and that of `--resource`;
                           may be repeated
      --authorization-server URL
                           have callers send a token of this OAuth 2 server, by its issuer identifier
      --resource URL       the URL of this program for callers, for which tokens have to be issued;
                           by default http://ADDRESS
      --scope NAMES        the scopes that tokens need, with commas between them; may be repeated
      --forward-token      call the API with the tokens of callers, not with the credentials of the environment
";

const LAST_FLAGS: &str = "  -h, --help               print this help
  -V, --version            print the version
";

/// What the arguments ask for, of which the first is the name of the program, or why they are wrong.
pub(crate) fn asked<C>(
    api: &Api<C>,
    arguments: impl IntoIterator<Item = OsString>,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Asked, String> {
    let mut settings = Settings::default();
    let mut server = None;
    let mut words = arguments.into_iter().skip(1).map(|word| {
        let text = word.into_string();
        text.map_err(|word| format!("{} isn't UTF-8", word.display()))
    });
    while let Some(word) = words.next() {
        let word = word?;
        let (flag, joined) = match word.split_once('=') {
            Some((flag, value)) => (flag, Some(value.to_owned())),
            None => (word.as_str(), None),
        };
        let is_switch = matches!(
            flag,
            "-h" | "--help"
                | "-V"
                | "--version"
                | "--read-only"
                | "--no-output-schemas"
                | "--forward-token"
        );
        if is_switch && joined.is_some() {
            return Err(format!("`{flag}` takes no value"));
        }
        match flag {
            "-h" | "--help" => return Ok(Asked::Text(help(api))),
            "-V" | "--version" => {
                return Ok(Asked::Text(format!("{} {}\n", api.program, api.version)));
            }
            "--read-only" => settings.read_only = true,
            "--no-output-schemas" => settings.has_output_schemas = false,
            "--forward-token" if cfg!(feature = "streamable-http") => settings.forwards = true,
            _ => {
                let known = known_with_value(flag)?;
                let next = match joined {
                    Some(value) => value,
                    None => words
                        .next()
                        .ok_or_else(|| format!("`{known}` needs a value"))??,
                };
                if known == "--server" {
                    server = Some(next);
                } else {
                    settings.set(known, next)?;
                }
            }
        }
    }
    let server = server.or_else(|| variable(api.server_variable));
    let server = server.or_else(|| api.servers.first().map(|url| (*url).to_owned()));
    settings.server = server.ok_or("the description has no server: give its URL by `--server`")?;
    match settings.conflict(api) {
        Some(message) => Err(message.to_owned()),
        None => Ok(Asked::Serve(settings)),
    }
}

fn known_with_value(flag: &str) -> Result<&'static str, String> {
    const KNOWN: &[&str] = &[
        "--server",
        "--include",
        "--exclude",
        "--tools",
        "--max-result",
        "--max-values",
        "--max-seconds",
        "--listen",
        "--allow-host",
        "--authorization-server",
        "--resource",
        "--scope",
        "--forward-token",
    ];
    let is_http = |name: &str| HTTP_FLAGS.contains(&format!(" {name} "));
    let known = KNOWN.iter().copied().find(|name| *name == flag);
    match known {
        Some(name) if is_http(name) && cfg!(not(feature = "streamable-http")) => Err(format!(
            "`{name}` needs the feature `streamable-http`, which this program was compiled without"
        )),
        Some(name) => Ok(name),
        None => Err(format!("`{flag}` is unknown: see `--help`")),
    }
}

impl Settings {
    /// Why these don't go together, if they don't.
    fn conflict<C>(&self, api: &Api<C>) -> Option<&'static str> {
        let is_guarded = self.issuer.is_some();
        let needs_issuer = self.resource.is_some() || !self.scopes.is_empty() || self.forwards;
        if is_guarded && self.listen.is_none() {
            Some("`--authorization-server` is for callers over HTTP: give `--listen`, too")
        } else if needs_issuer && !is_guarded {
            Some("`--resource`, `--scope` and `--forward-token` need `--authorization-server`")
        } else if self.forwards && !api.can_forward {
            Some(
                "`--forward-token` needs an API that takes bearer tokens, and the description has none",
            )
        } else {
            None
        }
    }

    fn set(&mut self, flag: &str, value: String) -> Result<(), String> {
        let number = |value: &str| {
            let number = value.parse::<usize>().ok().filter(|number| *number > 0);
            number.ok_or_else(|| format!("`{flag} {value}` isn't a number above 0"))
        };
        match flag {
            "--include" => self.include.extend(names(&value)),
            "--exclude" => self.exclude.extend(names(&value)),
            "--tools" => {
                self.shape = match value.as_str() {
                    "all" => Shape::All,
                    "three" => Shape::Three,
                    "auto" => Shape::Auto,
                    _ => return Err(format!("`--tools {value}` is none of all, three, auto")),
                }
            }
            "--max-result" => self.max_result = number(&value)?,
            "--max-values" => self.max_values = number(&value)?,
            "--max-seconds" => {
                self.max_seconds = u64::try_from(number(&value)?).unwrap_or(u64::MAX);
            }
            "--listen" => self.listen = Some(value),
            "--authorization-server" => self.issuer = Some(value),
            "--resource" => {
                // Requests of its callers are for the host of this URL.
                self.hosts.extend(authority(&value));
                self.resource = Some(value);
            }
            "--scope" => self.scopes.extend(names(&value)),
            _ => self.hosts.push(value),
        }
        Ok(())
    }
}

fn names(list: &str) -> impl Iterator<Item = String> {
    let names = list.split(',').map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned)
}

/// The host of a URL, with the port if it has one.
fn authority(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next();
    authority.map(str::to_owned)
}

fn help<C>(api: &Api<C>) -> String {
    let Api { program, title, .. } = api;
    let mut out = format!(
        "Tools for language models, by the Model Context Protocol: the operations of {title}\n\nUsage: {program} [flags]\n\nFlags:\n{FLAGS}"
    );
    if cfg!(feature = "streamable-http") {
        out.push_str(HTTP_FLAGS);
    }
    out.push_str(LAST_FLAGS);
    // Writing to a String can't fail.
    let _ = write!(
        out,
        "\nEnvironment:\n  {}  the server\n",
        api.server_variable
    );
    if cfg!(feature = "streamable-http") {
        let _ = writeln!(
            out,
            "  {}  the token that requests over HTTP need, if it is set",
            api.token_variable
        );
        let _ = writeln!(
            out,
            "  {}  by which `--authorization-server` is asked about tokens",
            api.client_variables.join(", ")
        );
    }
    for credential in api.credentials {
        let variables = credential.variables.join(", ");
        if !variables.is_empty() {
            let _ = writeln!(out, "  {variables}  {}", credential.about);
        }
    }
    out.push_str("\nGroups:\n");
    for group in api.groups {
        let _ = writeln!(out, "  {}  {} tools", group.name, group.operations.len());
    }
    out
}

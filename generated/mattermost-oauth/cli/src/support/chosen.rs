//! Reads settings of flags, environment and profile. Needs `api.rs`, `preview.rs`, `problem.rs`, `profile.rs`, `settings.rs`,
//! `transfer.rs`, `verbose.rs`.

use std::collections::BTreeMap;
use std::time::Duration;

use clap::ArgMatches;

use super::{
    Api, DEFAULT_PROFILE, Preview, Problem, Profile, Session, Settings, Uploads, Verbose,
    directory, is_seen,
};

/// Reads which server is meant, and the profile: flags go before the environment, which goes before the profile.
pub(crate) fn session<C>(
    api: &'static Api<C>,
    matches: &ArgMatches,
) -> Result<(Session, Profile), Problem> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let chosen = text("profile").or_else(|| variable(api.profile_variable));
    let profile = Profile::read(api, chosen.as_deref())?;
    let server = text("server").or_else(|| variable(api.server_variable));
    let server = server.or_else(|| profile.server.clone());
    let server = server.or_else(|| api.servers.first().map(|url| (*url).to_owned()));
    let session = Session {
        program: api.program,
        profile: chosen.unwrap_or_else(|| DEFAULT_PROFILE.to_owned()),
        server,
        directory: directory(api.name),
    };
    Ok((session, profile))
}

/// Reads the settings of a call.
pub(crate) fn settings<C>(api: &'static Api<C>, matches: &ArgMatches) -> Result<Settings, Problem> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let (session, profile) = session(api, matches)?;
    let headers = matches.get_many::<String>("header").into_iter().flatten();
    let headers = headers.map(|text| header(text)).collect::<Result<_, _>>()?;
    let timeout = text("timeout").or(profile.timeout.as_deref());
    let is_shown = matches.get_flag("show-secrets");
    let keys = api.credentials.iter();
    let keys: Vec<&str> = keys.filter_map(|one| one.query).collect();
    let is_previewed = matches.get_flag("dry-run") || matches.get_flag("curl");
    let secrets = match api.login {
        Some(login) => login.credentials(&session, !is_previewed)?,
        None => BTreeMap::new(),
    };
    Ok(Settings {
        server: session.server()?.to_owned(),
        secrets,
        credentials: profile.credentials,
        headers,
        timeout: timeout.map(duration).transpose()?,
        retries: matches.get_one::<u32>("retries").copied(),
        verbose: matches
            .get_flag("verbose")
            .then(|| Verbose::new(is_shown, keys.clone())),
        uploads: (!is_previewed && is_seen()).then_some(Uploads),
        preview: is_previewed.then(|| Preview::new(matches.get_flag("curl"), is_shown, keys)),
    })
}

/// An environment variable that is set, and not empty.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}

/// `Name: value`.
fn header(text: &str) -> Result<(String, String), Problem> {
    let parts = text.split_once(':');
    let (name, value) =
        parts.ok_or_else(|| Problem::usage(format!("`--header {text}` has no `:`")))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// A time with its unit; seconds without one.
fn duration(text: &str) -> Result<Duration, Problem> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "ms" => Some(0.001),
        "" | "s" => Some(1.0),
        "m" => Some(60.0),
        "h" => Some(3600.0),
        _ => None,
    };
    let seconds = digits.parse::<f64>().ok().zip(unit);
    let time = seconds.and_then(|(number, unit)| Duration::try_from_secs_f64(number * unit).ok());
    time.ok_or_else(|| {
        Problem::usage(format!(
            "`--timeout {text}` isn't a time such as 500ms, 30s, 5m"
        ))
    })
}

//! The program: `--help` tells what it does.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use mattermost_oauth_service::config::{Config, VARIABLES};
use mattermost_oauth_service::session::{Permission, Permissions};
use mattermost_oauth_service::{EXPLORER, listen, service, start};
use tokio::net::TcpListener;

const HELP: &str = "\
Mattermost's OAuth API over SQLite or PostgreSQL.

  mattermost-oauth-service                        serves until Ctrl-C or SIGTERM
  mattermost-oauth-service token USER [NAME…]     makes a user with these permissions, and prints the id and a new token
  mattermost-oauth-service token USER --seconds N [NAME…]   the same; the token expires
  mattermost-oauth-service authorize USER_ID APP_ID         lets an app act for a user

The permissions: manage_oauth, manage_system_wide_oauth, edit_other_users, manage_system.
The first start makes the user `admin`, who has all of them, and prints a token.

Environment:
";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        [] => run().await,
        ["token", user, "--seconds", seconds, permissions @ ..] => match seconds.parse() {
            Ok(seconds) => token(user, permissions, Some(Duration::from_secs(seconds))).await,
            Err(_) => Err(format!("`{seconds}` is not a number of seconds").into()),
        },
        ["token", user, permissions @ ..] => token(user, permissions, None).await,
        ["authorize", user_id, app_id] => authorize(user_id, app_id).await,
        ["--help" | "-h"] => {
            print!("{HELP}");
            for (name, default, meaning) in VARIABLES {
                println!("  {name}\n      {meaning} [{default}]");
            }
            Ok(())
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let mut config = Config::read(std::env::vars())?;
    let store = start::open(&config).await?;
    let listener = TcpListener::bind(config.listen).await;
    let listener =
        listener.map_err(|error| format!("{} can't be listened on: {error}", config.listen))?;
    let address = format!("http://{}", listener.local_addr()?);
    say(&format!("Listening on {address}, with {store:?}"));
    let explorer = format!("The explorer: {address}{EXPLORER}");
    if config.settings.site_url.is_empty() {
        config.settings.site_url = address;
    }
    say(&match start::first_token(&store).await? {
        Some(token) => {
            format!("The first token, of the user `admin`; it isn't shown again: {token}")
        }
        None => "The first token was printed at the first start; `token` makes others.".to_owned(),
    });
    say(&explorer);
    let is_done = listen::serve(listener, service(&store, &config), &config.limits, end()).await;
    store.close().await;
    say(match is_done {
        true => "Stopped.",
        false => "Stopped; some requests weren't finished in time.",
    });
    Ok(())
}

/// Prints a line. That nobody reads it is no reason to stop.
fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").ok();
}

/// Ctrl-C, and what service managers send.
async fn end() {
    let ctrl_c = async { tokio::signal::ctrl_c().await.ok() };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<Option<()>>();
    tokio::select! {
        _ = ctrl_c => {}
        _ = terminated => {}
    }
}

async fn token(
    user: &str,
    names: &[&str],
    lifetime: Option<Duration>,
) -> Result<(), Box<dyn Error>> {
    let permission = |name: &&str| {
        Permission::named(name).ok_or_else(|| format!("there is no permission `{name}`"))
    };
    let permissions = names
        .iter()
        .map(permission)
        .collect::<Result<Permissions, _>>()?;
    let store = start::open(&Config::read(std::env::vars())?).await?;
    let id = store.put_user(user, permissions).await?;
    println!("{id} {}", store.add_token(&id, lifetime).await?);
    store.close().await;
    Ok(())
}

async fn authorize(user_id: &str, app_id: &str) -> Result<(), Box<dyn Error>> {
    let store = start::open(&Config::read(std::env::vars())?).await?;
    store.authorize(user_id, app_id).await?;
    store.close().await;
    Ok(())
}

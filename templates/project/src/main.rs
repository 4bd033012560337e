//! The program. `--health` asks a running one whether it is well, for a container's health check.

#![api_attributes]

use std::error::Error;
use std::process::ExitCode;

use tokio::net::TcpListener;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use api_server::runtime::Shutdown;

use api_service::config::{Config, LogFormat};
use api_service::{health, serve, service};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let config = Config::from_env()?;
    match std::env::args().nth(1).as_deref() {
        None => {}
        Some("--health") => return Ok(health::ask(config.listen).await?),
        Some(other) => return Err(format!("unknown argument `{other}`").into()),
    }
    log(&config);
    let listener = TcpListener::bind(config.listen).await;
    let listener =
        listener.map_err(|error| format!("{} can't be listened on: {error}", config.listen))?;
    tracing::info!("listening on http://{}", listener.local_addr()?);

    let shutdown = Shutdown::new();
    let router = service::router(&config, &shutdown);
    let is_done = serve::serve(listener, router, config.grace, &shutdown, serve::signal()).await;
    if is_done {
        tracing::info!("stopped");
    } else {
        tracing::warn!("stopped; some requests weren't finished in time");
    }
    Ok(())
}

/// Logs to standard error: a line for each request when it has been handled, and what goes wrong.
fn log(config: &Config) {
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_span_events(FmtSpan::CLOSE);
    let log = tracing_subscriber::registry().with(config.log.clone());
    match config.log_format {
        LogFormat::Text => log.with(lines).init(),
        LogFormat::Json => log.with(lines.json()).init(),
    }
}

//! Runs a program. Needs `api.rs`, `catalog.rs`, `handler.rs`, `settings.rs`, `streamable.rs`.

use std::ffi::OsString;
use std::process::ExitCode;

use rmcp::ServiceExt;
use rmcp::transport::stdio_pipes;

use super::{Api, Asked, Catalog, Handler, Settings, asked};

/// Runs a program with arguments, of which the first is its name, until its input ends. Returns the exit code: 2 for wrong arguments, 1 for
/// any other error.
pub fn run<C: Send + Sync + 'static>(
    api: &'static Api<C>,
    arguments: impl IntoIterator<Item = OsString>,
) -> ExitCode {
    let variable = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    let settings = match asked(api, arguments, variable) {
        Ok(Asked::Serve(settings)) => settings,
        Ok(Asked::Text(text)) => {
            print!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(message) => return failed(2, &message),
    };
    let handler = match handler(api, &settings) {
        Ok(handler) => handler,
        Err(message) => return failed(2, &message),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return failed(1, &error.to_string()),
    };
    let served = runtime.block_on(serve(api, handler, &settings));
    // A thread that reads standard input may never end.
    runtime.shutdown_background();
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => failed(1, &message),
    }
}

fn handler<C: Send + Sync + 'static>(
    api: &'static Api<C>,
    settings: &Settings,
) -> Result<Handler<C>, String> {
    let catalog = Catalog::new(api, settings)?;
    let client =
        (api.connect)(&settings.server, settings.forwards).map_err(|error| error.to_string())?;
    Ok(Handler::new(catalog, client, settings.clone()))
}

/// Serves until the input ends.
async fn serve<C: Send + Sync + 'static>(
    api: &'static Api<C>,
    handler: Handler<C>,
    settings: &Settings,
) -> Result<(), String> {
    match &settings.listen {
        #[cfg(feature = "streamable-http")]
        Some(address) => super::serve_http(api, handler, address, settings).await,
        // Without the feature, the flag is rejected.
        #[cfg(not(feature = "streamable-http"))]
        Some(_) => Err(format!("{} has no HTTP", api.program)),
        None => {
            let service = handler.serve(stdio_pipes()).await;
            let service = service.map_err(|error| error.to_string())?;
            let ended = service.waiting().await;
            ended.map(|_| ()).map_err(|error| error.to_string())
        }
    }
}

fn failed(code: u8, message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::from(code)
}

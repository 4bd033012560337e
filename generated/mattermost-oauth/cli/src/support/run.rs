//! Runs a program. Needs `api.rs`, `call.rs`, `chosen.rs`, `command.rs`, `matched.rs`, `output.rs`, `problem.rs`, `shell.rs`,
//! `terminal.rs`.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::ArgMatches;
use tokio::runtime::Runtime;

use super::{
    Api, Colours, Output, Paint, Problem, command, matched, printable, session, settings, shell,
};

/// Runs a program with arguments, of which the first is its name. Prints what there is to print, and returns the exit code.
pub fn run<C>(api: &'static Api<C>, arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let words: Vec<String> = arguments
        .iter()
        .filter_map(|word| word.to_str().map(str::to_owned))
        .collect();
    let colours = Colours::of(&words);
    let command = command(api, Some(&words)).color(colours.choice);
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // There is nowhere to say that standard error is closed.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match dispatch(api, &matches, colours) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Problem { code, message }) => {
            let error = match colours.error {
                true => &Paint::Error.on("error:"),
                false => "error:",
            };
            eprintln!("{error} {}", printable(&message));
            ExitCode::from(code)
        }
    }
}

fn dispatch<C>(
    api: &'static Api<C>,
    matches: &ArgMatches,
    colours: Colours,
) -> Result<(), Problem> {
    let nothing = || Problem::usage("there is no such operation");
    let (name, matches) = matches.subcommand().ok_or_else(nothing)?;
    match name {
        "completions" => {
            let chosen = matches.get_one::<String>("shell").ok_or_else(nothing)?;
            return shell::completions(api, chosen, &mut std::io::stdout());
        }
        "man" => return shell::manual(api, &mut std::io::stdout()),
        _ => {}
    }
    if let ("login" | "logout", Some(login)) = (name, api.login) {
        let (session, _) = session(api, matches)?;
        return runtime()?.block_on(login.run(name, matches, &session));
    }
    let mut groups = api.groups.iter();
    let group = groups
        .find(|group| group.name == name)
        .ok_or_else(nothing)?;
    let (name, matches) = matches.subcommand().ok_or_else(nothing)?;
    let mut operations = group.operations.iter();
    let operation = operations
        .find(|one| one.name == name)
        .ok_or_else(nothing)?;
    let mut given = matched(operation, matches)?;
    let settings = settings(api, matches)?;
    let preview = settings.preview.clone();
    runtime()?.block_on(async {
        let client = (api.connect)(settings)?;
        let call = (operation.call)(&client, &mut given)?;
        let mut output = Output::new(matches, colours.output)?;
        let reply = call.reply().await;
        if let Some(text) = preview.and_then(|preview| preview.take()) {
            return output.text(&text);
        }
        output.reply(reply?).await
    })
}

fn runtime() -> Result<Runtime, Problem> {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().build();
    runtime.map_err(|error| Problem::other(error.to_string()))
}

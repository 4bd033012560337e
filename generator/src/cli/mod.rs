//! The command line.
//!
//! In: flags. Out: messages, results, an exit code: 0 done, 1 errors or stale output, 2 wrong usage. Knows the library's
//! entry points; knows no OpenAPI fact.
//!
//! Standard output holds what was asked for: the summary of `generate`, the diff of `check`, the text of `compare`,
//! `index`, `report` and `dump`. Messages for people go to standard error. Messages for programs (`json`, `github`) are
//! themselves what was asked for and go to standard output, as cargo's do; beside a text result they go to standard
//! error.

mod generate;
mod output;
mod report;
mod settings;
mod show;

use clap::{Args, Parser, Subcommand, ValueEnum};
use output::Terminal;
use specwright::config::Emit;
use specwright::diag::render::Format;
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads Swagger 2.0 and OpenAPI 3.x descriptions and writes Rust crates: types, an HTTP client, a server stub.
///
/// Without a command, everything that `specwright.toml` lists is generated; it is looked for in the working directory,
/// then in `specs/`. `compare`, `index`, `report` and `dump` read a description as the configuration says, where there is one: with
/// its `[urls]`, and with everything that it says of the API whose `spec` this is.
#[derive(Debug, Parser)]
#[command(name = "specwright", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct Common {
    /// The configuration, instead of `specwright.toml` or `specs/specwright.toml`
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Take warnings for errors
    #[arg(long, global = true)]
    strict: bool,
    /// How messages are written
    #[arg(long, value_name = "FORMAT", global = true, default_value = "human")]
    message_format: MessageFormat,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the crates of one description, or of every API of the configuration
    Generate(Generate),
    /// Exit with 1 and show a diff if `generate` would change anything
    Check(Target),
    /// Tell what two descriptions of one API have in common and where they differ
    Compare {
        /// A description
        a: PathBuf,
        /// Another one
        b: PathBuf,
    },
    /// List the APIs of an APIs.json index and match them to the descriptions beside it
    Index {
        /// The index
        file: PathBuf,
    },
    /// Tell what the output for a description is worth: what it holds, what was lost, repaired or passed over
    ///
    /// Counts paths, operations, parameters and types, and lists every place that is read as any JSON value although the
    /// description says more, every constraint that isn't checked, every repair and every part that is passed over. Exits
    /// with 1 if `generate` would write nothing.
    Report {
        /// The description
        spec: PathBuf,
        /// List every place, not the first ones of each code
        #[arg(long)]
        all: bool,
    },
    /// Print what is known of a description after a stage
    Dump {
        /// The stage
        stage: Stage,
        /// The description
        spec: PathBuf,
    },
}

#[derive(Debug, Default, Args)]
struct Generate {
    #[command(flatten)]
    target: Target,
    /// Write over files that were edited or that specwright didn't write
    #[arg(long)]
    force: bool,
}

/// What to generate or check.
#[derive(Debug, Default, Args)]
struct Target {
    /// A description; without it, every API of the configuration
    #[arg(conflicts_with = "config")]
    spec: Option<PathBuf>,
    /// The packages are NAME-types, NAME-client, NAME-server [default: from the path of SPEC]
    #[arg(long, requires = "spec")]
    name: Option<String>,
    /// The folder for the crates [default: generated/NAME]
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// Which crates, separated by commas: types, client, server [default: all]
    #[arg(long, value_delimiter = ',', requires = "spec")]
    emit: Vec<Emit>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// For people, with an excerpt of the source
    Human,
    /// One JSON object a line
    Json,
    /// Annotations of GitHub's checks
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// The description in the one form that all versions are read into
    Document,
    /// What it means on the wire
    Ir,
    /// Every decision about the Rust to write
    Plan,
    /// The Rust type of every schema, for programs: a JSON object a line with `file`, `pointer`, `type`, `kind`
    Types,
}

/// Runs the command.
pub(crate) fn main() -> ExitCode {
    let Cli { command, common } = Cli::parse();
    let format = match common.message_format {
        MessageFormat::Human => Format::Human,
        MessageFormat::Json => Format::Json,
        MessageFormat::Github => Format::Github,
    };
    share_work();
    let mut terminal = Terminal::new(format);
    let done = match command.unwrap_or_else(|| Command::Generate(Generate::default())) {
        Command::Generate(Generate { target, force }) => {
            generate::generate(target, &common, force, &mut terminal)
        }
        Command::Check(target) => generate::check(target, &common, &mut terminal),
        Command::Compare { a, b } => show::compare([&a, &b], &common, &mut terminal),
        Command::Index { file } => show::index(&file, &common, &mut terminal),
        Command::Report { spec, all } => report::report(&spec, all, &common, &mut terminal),
        Command::Dump { stage, spec } => show::dump(stage, &spec, &common, &mut terminal),
    };
    if done && terminal.works() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Makes this thread one of those that lay files out: the room that reading has taken and left is used again by the thread that had it,
/// and by no other.
fn share_work() {
    // Without it everything works, in more room.
    let _ = rayon::ThreadPoolBuilder::new()
        .use_current_thread()
        .build_global();
}

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

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use output::Terminal;
use specwright::CrateKind;
use specwright::diag::render::Format;
use specwright::diag::{Level, Levels};
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
    /// Don't show the messages with a code, as in `SW0401`; over what the configuration says, and repeatable like the next two
    #[arg(long, value_name = "CODE", global = true, value_delimiter = ',', value_parser = |code: &str| lint(code, Level::Allow))]
    allow: Vec<String>,
    /// Take the messages with a code for warnings
    #[arg(long, value_name = "CODE", global = true, value_delimiter = ',', value_parser = |code: &str| lint(code, Level::Warn))]
    warn: Vec<String>,
    /// Take the messages with a code for errors
    #[arg(long, value_name = "CODE", global = true, value_delimiter = ',', value_parser = |code: &str| lint(code, Level::Deny))]
    deny: Vec<String>,
    /// Show every message, not the first ones of each code
    #[arg(long, global = true)]
    all: bool,
    /// How messages are written
    #[arg(long, value_name = "FORMAT", global = true, default_value = "human")]
    message_format: MessageFormat,
    /// What the flags for codes come to.
    #[arg(skip)]
    levels: Levels,
}

impl Common {
    /// The levels that the command line names, or the code for which it names two.
    fn named_levels(&self) -> Result<Levels, &str> {
        let mut levels = Levels::default();
        let lists = [
            (Level::Allow, &self.allow),
            (Level::Warn, &self.warn),
            (Level::Deny, &self.deny),
        ];
        for (level, list) in lists {
            for code in list {
                if levels.get(code).is_some_and(|lint| lint.level != level) {
                    return Err(code);
                }
                // Each is one that there is, which its parser has seen to.
                let _ = levels.set(code, level, None);
            }
        }
        Ok(levels)
    }
}

/// A code as messages show it, if it can have this level.
fn lint(code: &str, level: Level) -> Result<String, String> {
    match Levels::default().set(code, level, None) {
        Ok(id) => Ok(id.to_owned()),
        Err(complaint) => Err(format!("{}; {}", complaint.title(), complaint.help())),
    }
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
    emit: Vec<CrateKind>,
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
    let Cli {
        command,
        mut common,
    } = Cli::parse();
    let format = match common.message_format {
        MessageFormat::Human => Format::Human,
        MessageFormat::Json => Format::Json,
        MessageFormat::Github => Format::Github,
    };
    share_work();
    common.levels = common.named_levels().unwrap_or_else(|code| {
        let words = format!("{code} is given two levels; keep one of them");
        Cli::command()
            .error(ErrorKind::ArgumentConflict, words)
            .exit()
    });
    let mut terminal = Terminal::new(format, common.all);
    let done = match command.unwrap_or_else(|| Command::Generate(Generate::default())) {
        Command::Generate(Generate { target, force }) => {
            generate::generate(target, &common, force, &mut terminal)
        }
        Command::Check(target) => generate::check(target, &common, &mut terminal),
        Command::Compare { a, b } => show::compare([&a, &b], &common, &mut terminal),
        Command::Index { file } => show::index(&file, &common, &mut terminal),
        Command::Report { spec } => report::report(&spec, &common, &mut terminal),
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

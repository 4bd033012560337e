//! The command line.
//!
//! In: flags. Out: messages, results, an exit code: 0 success, 1 errors, stale output or differences to fail on, 2 wrong usage. Knows the
//! library's entry points, but nothing of OpenAPI.
//!
//! Results go to standard output: the summary of `generate`, the diff of `check`, the text of `compare`, `diff`, `explain`, `index`, `report`
//! and `dump`, the document of `upgrade`.
//! Messages for people go to standard error. Messages for programs (`json`, `github`) go to standard output, like cargo's; if the command
//! has a text result, they go to standard error instead.

mod cache;
mod changes;
mod dependencies;
mod diff;
mod explain;
mod generate;
mod git;
mod init;
mod keys;
#[cfg(feature = "lsp")]
mod lsp;
#[cfg(feature = "mock")]
mod mock;
mod new;
mod output;
mod progress;
mod report;
mod settings;
mod shell;
mod show;
mod watch;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use output::Terminal;
use specwright::CrateKind;
use specwright::diag::render::Format;
use specwright::diag::{Level, Levels};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `--help` ends with.
const EXIT_CODES: &str = "Exit codes: 0 if all went well, 1 for errors, stale crates or differences to fail on, 2 for wrong usage.\n\
Runs that changed nothing are kept in the directory SPECWRIGHT_CACHE (none if it is empty), and told again while no file changes.";

/// Reads Swagger 2.0 and OpenAPI 3.x descriptions and writes Rust crates: types, an HTTP client, a server stub.
///
/// Without a command, everything that `specwright.toml` lists is generated. The file is searched for in the working directory, then in
/// `specs/`; `init` writes one. `compare`, `diff`, `index`, `report`, `upgrade` and `dump` use the configuration too, if there is one: its `[urls]`, and the
/// options of the API whose `spec` is the given description.
#[derive(Debug, Parser)]
// Not broken at the width of a terminal, where a crate in the same build has clap do that.
#[command(name = "specwright", version, term_width = 0, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Clone, Args)]
#[allow(clippy::struct_excessive_bools)] // flags
struct Common {
    /// Directory to work in; other paths are relative to it
    #[arg(long, value_name = "DIR", global = true)]
    root: Option<PathBuf>,
    /// Configuration file, instead of `specwright.toml` or `specs/specwright.toml`
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Treat warnings as errors
    #[arg(long, global = true)]
    strict: bool,
    /// Hide messages with this code, such as `SW0401`; overrides the configuration; like the next two, can be repeated
    #[arg(long, value_name = "CODE", global = true, value_delimiter = ',', value_parser = |code: &str| lint(code, Level::Allow))]
    allow: Vec<String>,
    /// Treat messages with this code as warnings
    #[arg(long, value_name = "CODE", global = true, value_delimiter = ',', value_parser = |code: &str| lint(code, Level::Warn))]
    warn: Vec<String>,
    /// Treat messages with this code as errors
    #[arg(long, value_name = "CODE", global = true, value_delimiter = ',', value_parser = |code: &str| lint(code, Level::Deny))]
    deny: Vec<String>,
    /// Show every message instead of the first few of each code
    #[arg(long, global = true)]
    all: bool,
    /// Print errors and warnings only, neither notes nor summaries nor requests of a mock
    #[arg(short, long, global = true, conflicts_with_all = ["all", "verbose"])]
    quiet: bool,
    /// Show every message, and each file that is written or removed
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Run in full, even if nothing has changed since a run that changed nothing
    #[arg(long, global = true)]
    no_cache: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    color: Colour,
    /// Format of messages
    #[arg(long, value_name = "FORMAT", global = true, default_value = "human")]
    message_format: MessageFormat,
    /// The levels given by the flags for codes.
    #[arg(skip)]
    levels: Levels,
}

impl Common {
    /// The levels given on the command line, or a code that has two.
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
                // The argument parser has checked that the code exists and can have this level.
                let _ = levels.set(code, level, None);
            }
        }
        Ok(levels)
    }
}

/// Normalises a code; an error if it doesn't exist or can't have this level.
fn lint(code: &str, level: Level) -> Result<String, String> {
    match Levels::default().set(code, level, None) {
        Ok(id) => Ok(id.to_owned()),
        Err(complaint) => Err(format!("{}; {}", complaint.title(), complaint.help())),
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a configuration to begin with, for the descriptions below this directory
    Init(init::Init),
    /// Write the crates of one description, or of every API of the configuration
    Generate(Generate),
    /// Write a project around the server of a description: a program that runs at once, and is yours from then on
    ///
    /// It has a file with the operations of each group, configuration from the environment, a health check, tracing, graceful shutdown, a
    /// Dockerfile and a test. In a directory that is such a project, only the crates are written again, and files for new groups; nothing
    /// else is changed, and what has to be added to your files is printed.
    New(new::New),
    /// Print the dependencies that a package needs whose build script writes modules, or add them to its `Cargo.toml`
    Dependencies(dependencies::Dependencies),
    /// Exit with 1 and show a diff if `generate` would change anything
    Check(Target),
    /// Compare two descriptions of one API, operation by operation
    ///
    /// With `--message-format json` there is an object for each operation, and one with the totals at the end. Exits with 0 if both could
    /// be read, whatever differs, unless there is `--fail-on-difference`; `diff` says what a difference breaks, and fails on that.
    Compare {
        /// Exit with 1 if an operation differs, or only one of them has it
        #[arg(long)]
        fail_on_difference: bool,
        /// A description
        a: PathBuf,
        /// Another description
        b: PathBuf,
    },
    /// List every difference between two versions of a description, and what it breaks
    ///
    /// Each difference has a rule, its place in both files, and two verdicts: on the wire `breaking`, `warning` or `info`, for users of
    /// the generated crates `major`, `minor` or `patch`. Exits with 1 if one of them has a verdict of `--fail-on`.
    Diff(diff::Diff),
    /// List the APIs of an APIs.json index and match them with the descriptions next to it
    Index {
        /// The index
        file: PathBuf,
    },
    /// Report what the output for a description covers, and what is lost, repaired or ignored
    ///
    /// Counts paths, operations, parameters and types, and lists every schema that is read as any JSON value although it has keywords,
    /// every constraint that isn't checked, every repair and every part that is ignored. Exits with 1 if `generate` would write nothing.
    Report(report::Report),
    /// Write a description as one document of OpenAPI 3.1, 3.0 or 3.2, whatever version and how many files it is in
    ///
    /// What is read as something else, and what is left out as the configuration says, is so in the document, too. Messages tell what
    /// the version can't express and which fields and extensions aren't kept. Crates generated from the document are the same.
    Upgrade(Upgrade),
    /// Serve a description: responses are its examples, or values of its schemas, and requests are checked
    ///
    /// Clients choose a response as with Prism: `Prefer: code=404`, `Prefer: example=NAME`, `Prefer: dynamic=true`. Requests that aren't as
    /// described get the response that the description has for them (422, 400 or default), or else `application/problem+json`.
    #[cfg(feature = "mock")]
    Mock(MockFlags),
    /// Serve an editor: diagnostics while you type, types and methods, definitions, completion
    ///
    /// Speaks the Language Server Protocol on standard input and output; editors start it. The nearest `specwright.toml` above a description
    /// counts, so other flags don't.
    #[cfg(feature = "lsp")]
    Lsp(lsp::Lsp),
    /// Write the files of a description as one document of the same version
    ///
    /// What other files define becomes a component, called as it is called there; where names collide, after its file as well. What
    /// can't be a component takes the place of the reference. Everything else stays as it is written, but for the layout and comments of
    /// YAML.
    Bundle(Bundle),
    /// Print a description in the form that a stage gives it
    Dump {
        /// The stage
        stage: Stage,
        /// The description
        spec: PathBuf,
    },
    /// Explain the codes of messages: what they mean, an example, how to mend it
    Explain(explain::Explain),
    /// Print the JSON schema of `specwright.toml`, for editors
    Schema,
    /// Print what a shell completes commands and flags by
    Completions(shell::Completions),
    /// Print the manual page, or write those of all commands
    Man(shell::Man),
}

#[cfg(feature = "mock")]
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools)] // flags
struct MockFlags {
    /// The description
    spec: PathBuf,
    /// The port; 0 for any that is free
    #[arg(short, long, default_value_t = 4010)]
    port: u16,
    /// The address of the interface
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: std::net::IpAddr,
    /// The seed of values: the same seed gives the same responses to the same requests
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Respond with random values instead of examples
    #[arg(long)]
    dynamic: bool,
    /// Keep what is created: `POST /pets`, then `GET /pets` and `GET`, `PUT`, `PATCH`, `DELETE /pets/{id}`
    #[arg(long)]
    stateful: bool,
    /// Respond to requests that aren't as described, too, without credentials as well
    #[arg(long)]
    lenient: bool,
    /// Make each response once, print what can't be made as described, and exit with 1 if there is any such response
    #[arg(long)]
    check: bool,
}

#[derive(Debug, Args)]
struct Upgrade {
    /// The description
    spec: PathBuf,
    /// The file to write, JSON if it ends in `.json`; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The version of OpenAPI
    #[arg(long, value_name = "VERSION", default_value = "3.1")]
    to: Version,
    /// Overlay to apply to the description, after those of the configuration; like the next two, can be repeated
    #[arg(long, value_name = "FILE")]
    overlays: Vec<PathBuf>,
    /// Operations to keep, as in the configuration
    #[arg(long, value_name = "OPERATIONS")]
    include: Vec<String>,
    /// Operations to leave out, as in the configuration
    #[arg(long, value_name = "OPERATIONS")]
    exclude: Vec<String>,
    /// Write JSON, not YAML
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Bundle {
    /// The description
    spec: PathBuf,
    /// The file to write, JSON if it ends in `.json`; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write JSON; without it and without a file, the document is in the syntax of the description
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Version {
    /// OpenAPI 3.0
    #[value(name = "3.0")]
    V30,
    /// OpenAPI 3.1
    #[value(name = "3.1")]
    V31,
    /// OpenAPI 3.2
    #[value(name = "3.2")]
    V32,
}

#[derive(Debug, Clone, Default, Args)]
struct Generate {
    #[command(flatten)]
    target: Target,
    /// Overwrite files that were edited or that specwright didn't write
    #[arg(long)]
    force: bool,
    /// Add the package to begin with to the dependencies of this `Cargo.toml`
    #[arg(long, value_name = "MANIFEST")]
    add_to: Option<PathBuf>,
    /// Generate again whenever a file changes that was read, until Ctrl-C
    #[arg(short, long)]
    watch: bool,
}

/// The description or APIs to process.
#[derive(Debug, Clone, Default, Args)]
struct Target {
    /// A description; without it, every API of the configuration
    #[arg(conflicts_with = "config")]
    spec: Option<PathBuf>,
    /// Prefix of the packages NAME-types, NAME-client, NAME-server [default: from the path of SPEC]
    #[arg(long, requires = "spec")]
    name: Option<String>,
    /// Directory for the crates [default: generated/NAME]
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// Crates to write, separated by commas: types, client, server [default: all]
    #[arg(long, value_delimiter = ',', requires = "spec")]
    emit: Vec<CrateKind>,
    #[command(flatten)]
    keys: keys::Keys,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// For people, with an excerpt of the source
    Human,
    /// One JSON object per line
    Json,
    /// Annotations for GitHub checks
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people, what breaks last
    Human,
    /// One JSON object per line, the verdicts last
    Json,
    /// Annotations for GitHub checks
    Github,
    /// A changelog
    Markdown,
    /// Test cases in the XML of `JUnit`
    Junit,
    /// SARIF 2.1.0
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// The document, in the form that all versions are read into
    Document,
    /// The wire facts
    Ir,
    /// The decisions about the Rust code
    Plan,
    /// The Rust type of every schema, for programs: one JSON object per line with `file`, `pointer`, `type`, `kind`
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
    if let Some(root) = &common.root
        && let Err(error) = std::env::set_current_dir(root)
    {
        let words = format!("`{}` can't be worked in: {error}", root.display());
        Cli::command()
            .error(ErrorKind::ValueValidation, words)
            .exit()
    }
    let all = common.all || common.verbose;
    let mut terminal = Terminal::new(format, all, colours(common.color)).quiet(common.quiet);
    let done = match command.unwrap_or_else(|| Command::Generate(Generate::default())) {
        Command::Init(flags) => init::init(&flags, &common, &mut terminal),
        Command::Generate(flags) => generate::generate(&flags, &common, &mut terminal),
        Command::New(flags) => new::new(&flags, &common, &mut terminal),
        Command::Dependencies(flags) => dependencies::dependencies(&flags, &common, &mut terminal),
        Command::Check(target) => generate::check(&target, &common, &mut terminal),
        Command::Compare {
            a,
            b,
            fail_on_difference,
        } => show::compare([&a, &b], fail_on_difference, &common, &mut terminal),
        Command::Diff(diff) => diff::diff(&diff, &common, &mut terminal),
        Command::Index { file } => show::index(&file, &common, &mut terminal),
        Command::Report(flags) => report::report(&flags, &common, &mut terminal),
        Command::Upgrade(upgrade) => show::upgrade(&upgrade, &common, &mut terminal),
        #[cfg(feature = "mock")]
        Command::Mock(flags) => mock::mock(&flags, &common, &mut terminal),
        #[cfg(feature = "lsp")]
        Command::Lsp(flags) => lsp::lsp(&flags),
        Command::Bundle(bundle) => show::bundle(&bundle, &common, &mut terminal),
        Command::Dump { stage, spec } => show::dump(stage, &spec, &common, &mut terminal),
        Command::Explain(explain) => explain::explain(&explain, &mut terminal),
        Command::Schema => init::print_schema(&mut terminal),
        Command::Completions(flags) => shell::completions::<Cli>(&flags, &mut terminal),
        Command::Man(flags) => shell::man::<Cli>(&flags, &mut terminal),
    };
    terminal.tell_more();
    if done && terminal.works() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Whether messages are coloured.
fn colours(when: Colour) -> bool {
    match when {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            wanted && std::io::stderr().is_terminal()
        }
    }
}

/// Makes this thread a worker of the pool that prints files: memory that the reading thread has freed is only reused by that thread.
fn share_work() {
    // Fails if the pool exists already; everything still works, with more memory.
    let _ = rayon::ThreadPoolBuilder::new()
        .use_current_thread()
        .build_global();
}

//! What the READMEs of the programs say: of a command line its commands, credentials and exit codes, of tools for language models how a host
//! starts them.

use crate::plan::{CommandCredential, Plan};
use std::fmt::Write;

/// The sections of a command line.
pub(super) fn about_commands(plan: &Plan) -> String {
    let line = &plan.command_line;
    let mut out = COMMANDS.replace("PROGRAM", &line.program);
    if let Some((group, command)) = line.first() {
        out = out.replace(
            "GROUP OPERATION",
            &format!("{} {}", group.name, command.name),
        );
    }
    out.push_str("\n## Server and credentials\n\n");
    variables(&mut out, plan, &line.credentials);
    out.push_str(&PROFILES.replace("NAME", &plan.name));
    if let Some(credential) = line.credentials.iter().find(|one| !one.has_user) {
        let _ = write!(
            out,
            "\n[work.credentials]\n{} = \"…\"\n",
            credential.setter.plain()
        );
    }
    out.push_str("```\n");
    if !line.logins.is_empty() {
        out.push_str(&LOGIN.replace("PROGRAM", &line.program));
    }
    out.push_str(EXIT_CODES);
    out
}

/// The sections of tools.
pub(super) fn about_tools(plan: &Plan) -> String {
    let tools = &plan.tools;
    let mut out = TOOLS
        .replace("PROGRAM", &tools.program)
        .replace("NAME", &plan.name);
    variables(&mut out, plan, &tools.credentials);
    let as_caller = if tools.setters_of_callers.is_empty() {
        ""
    } else {
        AS_CALLER
    };
    let [id, secret] = &tools.client_variables;
    let values = [
        ("{as_caller}", as_caller),
        ("{program}", tools.program.as_str()),
        ("{token}", tools.token_variable.as_str()),
        ("{id}", id.as_str()),
        ("{secret}", secret.as_str()),
    ];
    let with = |text: String, (name, value): (&str, &str)| text.replace(name, value);
    out.push_str(&values.into_iter().fold(RESULTS.to_owned(), with));
    out
}

/// The environment variables with the server and the credentials.
fn variables(out: &mut String, plan: &Plan, credentials: &[CommandCredential]) {
    out.push_str("| environment variable | what it has |\n| --- | --- |\n");
    let _ = writeln!(
        out,
        "| `{}` | the URL of the server |",
        plan.base_url_variable
    );
    for credential in credentials {
        let about = credential.about.replace('|', "\\|");
        let words: &[&str] = match credential.variables.len() {
            2 => &[", its user", ", its password"],
            _ => &[""],
        };
        for (variable, word) in credential.variables.iter().zip(words) {
            let _ = writeln!(out, "| `{variable}` | {about}{word} |");
        }
    }
}

const COMMANDS: &str = "
## Commands

`cargo install --path .` gives `PROGRAM`. Each operation is a command of its group:

```sh
PROGRAM --help
PROGRAM GROUP OPERATION --help
PROGRAM GROUP OPERATION --output table
```

Parameters of the path are arguments, all others are flags. What isn't of the type of the description is rejected before anything is sent.

- A body is made of the flags of its properties, of `--set a.b=value`, of `--body '{…}'`, `--body @file` or `--body @-`.
- `--output json|yaml|table|raw` says how the response is printed, `--query` picks from it by a JSONPath (`raw`: texts without quotes),
  `--output-file` writes it to a file.
- `--all-pages` requests all pages of a list, and prints an item a line.
- `--dry-run` and `--curl` print the request instead of sending it, without credentials unless `--show-secrets` is given; `-v` prints what is
  sent and received.
- JSON, errors and help have colours on a terminal; `--color always|never`, `NO_COLOR` and `CLICOLOR_FORCE` change that. Transfers that take
  longer than a second show how far they are, there only.
- `completions SHELL` and `man` print what a shell and `man` need.
";

const PROFILES: &str = "
Or they come from a profile, which `--profile work` chooses, in `~/.config/NAME/config.toml`, which nobody else may read. Flags go before the
environment, which goes before the profile.

```toml
[default]
server = \"https://example.com\"

[work]
server = \"https://work.example.com\"
";

const LOGIN: &str = "
`PROGRAM login` opens a browser to log in by OAuth 2, `login --device` shows a code for another device, and `logout` forgets the tokens, which are
in a file next to the profiles, and revokes them where the server's metadata say how.
";

const EXIT_CODES: &str = "
## Exit codes

| code | meaning |
| --- | --- |
| 0 | success |
| 1 | any other error |
| 2 | wrong usage: nothing was sent |
| 3 | a client error (4xx) |
| 4 | a server error (5xx) |
| 5 | no complete response |
";

const TOOLS: &str = "
## Use

`cargo install --path .` gives `PROGRAM`, which responds on standard input and output, as hosts start it:

```json
{ \"mcpServers\": { \"NAME\": { \"command\": \"PROGRAM\", \"args\": [\"--read-only\"] } } }
```

The server and its credentials come from the environment. No tool takes or returns credentials.

";

const RESULTS: &str = "
- `--read-only` leaves out what may change anything; `--include` and `--exclude` choose groups and tools.
- `--tools three` has a tool each to search, describe and call operations, as the program does by itself where there are more than 60.
- A result of more than `--max-result` characters is cut; the tool `read_more` gives what follows. No call is made again for that.

A result is an object: `status`, and `body`, `text`, `base64`, `values` or `error`. Arguments that aren't of the types of the description are
rejected before anything is sent. Texts of the description are shown to models as data, without hidden characters.

## Over HTTP

With the feature `streamable-http`, `{program} --listen 127.0.0.1:8000` serves the same by streamable HTTP: to anyone on this computer, to callers
who send the token of `{token}` if that is set, or to those with a token of an OAuth 2 server:

```sh
{program} --listen 127.0.0.1:8000 --allow-host tools.example.com \\
  --resource https://tools.example.com/mcp --authorization-server https://id.example.com --scope tools
```

Hosts find the authorization server by the metadata of the resource (RFC 9728). It is asked about each token (RFC 7662) with the id and the secret
in `{id}` and `{secret}`; a token has to be for the resource, by its audience.
{as_caller}";

const AS_CALLER: &str = "
With `--forward-token`, calls are made with the token of the caller instead of the credentials of the environment, for an API and tools that the
same server protects. Then the API says whether a token is valid; the authorization server is asked only if `{id}` is set.
";

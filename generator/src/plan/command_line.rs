//! Plans what a command line has in addition to its commands: its name, its environment variables, the credentials that it takes.
//!
//! In: the choices of the user and the planned schemes. Out: texts that a terminal may show.

use super::commands::{Command, GroupCommands, commands};
use super::credentials::variable;
use super::operations::{CredentialLocation, Group, OAuth, Scheme, Variables};
use super::rust::Ident;
use super::types::TypeItem;
use crate::config::{Layout, Options};
use crate::crates::CrateKind;
use crate::hidden::printable;

/// The command line of an API; empty if none is written.
#[derive(Debug, Clone, Default)]
pub struct CommandLine {
    /// The program: `pets-cli`.
    pub program: String,
    pub version: String,
    /// The name of the API, as one line.
    pub title: String,
    /// The environment variable with the name of the profile: `PETS_PROFILE`.
    pub profile_variable: String,
    /// The credentials that can be given as text.
    pub credentials: Vec<CommandCredential>,
    /// Those of users who log in.
    pub logins: Vec<CommandLogin>,
    /// The commands of each group that is called, in its order.
    pub groups: Vec<GroupCommands>,
}

impl CommandLine {
    /// The command that a new user may try first: one that needs no arguments, best one that only reads; else the first of all.
    #[must_use]
    pub fn first(&self) -> Option<(&GroupCommands, &Command)> {
        let groups = self.groups.iter();
        let all = || {
            let groups = groups.clone();
            groups.flat_map(|group| group.commands.iter().map(move |command| (group, command)))
        };
        let is_plain = |command: &Command| command.arguments.iter().all(|one| !one.required);
        let mut plain = all().filter(|(_, command)| is_plain(command));
        let reading = plain
            .clone()
            .find(|(_, command)| command.request.starts_with("GET "));
        reading.or_else(|| plain.next()).or_else(|| all().next())
    }
}

/// A credential that a command line takes.
#[derive(Debug, Clone)]
pub struct CommandCredential {
    /// The method of the client's builder that sets it, whose name it has in profiles.
    pub setter: Ident,
    /// How it is sent, as one line.
    pub about: String,
    /// The environment variables that it may be in.
    pub variables: Vec<String>,
    /// The query parameter that it is sent in, if it is.
    pub query: Option<String>,
    /// Whether it consists of a user and a password.
    pub has_user: bool,
}

/// A credential of users who log in, by OAuth 2.
#[derive(Debug, Clone)]
pub struct CommandLogin {
    /// The method of the client's builder that sets it.
    pub setter: Ident,
    /// The constant of the client with what the description says of the scheme.
    pub constant: Ident,
    /// The environment variables with the id and the secret of the client that is registered with the authorization server.
    pub client_id: String,
    pub client_secret: String,
}

/// The schemes by which users of a program log in. Modules for a build script have none, as features are its own package's.
pub(super) fn logins<'s>(
    options: &Options,
    schemes: &'s [Scheme],
) -> impl Iterator<Item = (&'s Scheme, &'s OAuth)> {
    let is_wanted = options.layout == Layout::Crates;
    let schemes = schemes.iter().filter(move |_| is_wanted);
    schemes.filter_map(|scheme| {
        let oauth = scheme.oauth.as_ref()?;
        let is_bearer = scheme.location == CredentialLocation::Bearer;
        let mut flows = oauth.flows.iter();
        let has_users = flows.any(|flow| {
            let of_users = ["AuthorizationCode", "DeviceAuthorization"];
            of_users.contains(&flow.grant)
        });
        // What isn't in the description may be in the server's metadata.
        let is_discovered = oauth.flows.is_empty() && oauth.metadata_url.is_some();
        (is_bearer && (has_users || is_discovered)).then_some((scheme, oauth))
    })
}

/// The command line of these operations, if it is written.
pub(super) fn command_line(
    title: &str,
    options: &Options,
    schemes: &[Scheme],
    (groups, types): (&[Group], &[TypeItem]),
) -> CommandLine {
    if !options.emits(CrateKind::Cli) {
        return CommandLine::default();
    }
    CommandLine {
        program: CrateKind::Cli.package(options.name.as_str()),
        version: options.package_version.clone(),
        title: line(title_of(title, options)),
        profile_variable: variable(options.variables(), &["profile"]),
        credentials: credentials(schemes),
        logins: logins(options, schemes)
            .map(|(scheme, oauth)| login(options, schemes, scheme, oauth))
            .collect(),
        groups: commands(groups, types),
    }
}

/// The title that a program shows: the name of the API where it has none.
pub(super) fn title_of<'t>(title: &'t str, options: &'t Options) -> &'t str {
    match title.trim() {
        "" => options.name.as_str(),
        title => title,
    }
}

/// The credentials that can be given as text.
pub(super) fn credentials(schemes: &[Scheme]) -> Vec<CommandCredential> {
    let given = schemes.iter().filter(|scheme| scheme.location.is_written());
    given.map(credential).collect()
}

fn credential(scheme: &Scheme) -> CommandCredential {
    let sent = scheme.location.in_words();
    let about = format!("the credential {}: {}", scheme.wire, sent.as_str());
    CommandCredential {
        setter: scheme.setter.clone(),
        about: line(&about.replace('`', "")),
        variables: match &scheme.variables {
            Variables::None => Vec::new(),
            Variables::One(name) => vec![name.clone()],
            Variables::UserAndPassword(user, password) => vec![user.clone(), password.clone()],
        },
        query: match &scheme.location {
            CredentialLocation::Query(name) => Some(name.clone()),
            CredentialLocation::Bearer
            | CredentialLocation::Basic
            | CredentialLocation::Http(_)
            | CredentialLocation::Header(_)
            | CredentialLocation::Cookie(_)
            | CredentialLocation::Certificate
            | CredentialLocation::External => None,
        },
        has_user: scheme.location == CredentialLocation::Basic,
    }
}

/// A login has the environment variables of a client that gets tokens for itself, where there are some.
fn login(options: &Options, schemes: &[Scheme], scheme: &Scheme, oauth: &OAuth) -> CommandLogin {
    let count = schemes.iter().filter(|one| one.oauth.is_some()).count();
    let own = if count > 1 { scheme.setter.plain() } else { "" };
    let name = |word: &str| variable(options.variables(), &[own, word]);
    let (client_id, client_secret) = match &oauth.variables {
        Some(names) => names.clone(),
        None => (name("client_id"), name("client_secret")),
    };
    CommandLogin {
        setter: scheme.setter.clone(),
        constant: scheme.constant.clone(),
        client_id,
        client_secret,
    }
}

/// Text of the description as one line that a terminal may show.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    printable(&words.join(" "))
}

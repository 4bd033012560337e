//! `impl Dispatch for Handlers { … routes! { … } }`: a row for each operation, as lines, since it is the input of a macro.

use super::authenticator;
use crate::emit::tokens::{cfg_line, literal};
use crate::emit::{Chunk, Used};
use crate::plan::{Condition, Group, Operation, Route};

/// The dispatch of one kind of requests.
pub(super) struct Dispatch<'p> {
    /// The marker type of the requests, unless it is that of the support code.
    pub(super) marker: Option<&'p str>,
    /// Whether these are webhooks or callbacks, whose routes are in the module of their group.
    pub(super) is_received: bool,
    /// The traits that the provider implements.
    pub(super) provider: Vec<String>,
    /// Whether the authentication hook is called.
    pub(super) secured: bool,
    /// The base path.
    pub(super) base_path: &'p str,
    pub(super) routes: &'p [Route],
    /// The operations with their groups, by the indexes in the rows.
    pub(super) operations: Vec<(&'p Group, &'p Operation)>,
}

impl Dispatch<'_> {
    /// The `impl` block.
    pub(super) fn chunk(&self) -> Chunk {
        let requests = self.marker.map(|marker| format!("<{marker}>"));
        let requests = requests.unwrap_or_default();
        let mut lines = vec![
            format!("impl<P, A> Dispatch{requests} for Handlers<P, A>"),
            "where".to_owned(),
        ];
        lines.extend(self.provider_lines());
        lines.extend([
            format!("    A: {},", authenticator(self.secured)),
            "{".to_owned(),
            format!(
                "    const BASE_PATH: &'static str = {};",
                literal(self.base_path)
            ),
            String::new(),
            "    routes! {".to_owned(),
        ]);
        lines.extend(self.routes.iter().filter_map(|route| self.row(route)));
        lines.push("    }".to_owned());
        let chooses = self.routes.iter().any(|route| !route.when.is_empty());
        if chooses {
            lines.push(String::new());
            lines.extend(choose(&requests));
        }
        lines.push("}".to_owned());
        let names = ["Dispatch", "Endpoint", "Handlers", "routes", "Authenticate"];
        let used = Used::names(&names[..if self.secured { 5 } else { 4 }]);
        let used = if chooses {
            used.and(Used::names(&["Condition", "HeaderMap", "support"]))
        } else {
            used
        };
        let apis = self.operations.iter().map(|(group, _)| group.api.as_str());
        let own: Vec<&str> = self.marker.into_iter().chain(apis).collect();
        Chunk::Call(lines, used.and(Used::names(&own)))
    }

    /// `P: OauthApi<Session = A::Session>,`, or a line for each of several traits.
    fn provider_lines(&self) -> Vec<String> {
        let last = self.provider.len().saturating_sub(1);
        let lines = self.provider.iter().enumerate().map(|(index, bound)| {
            let before = if index == 0 { "    P: " } else { "        + " };
            let behind = if index == last { "," } else { "" };
            format!("{before}{bound}{behind}")
        });
        lines.collect()
    }

    /// `("GET", "/api/v4/oauth/apps", oauth::GET_OAUTH_APPS, oauth::Operations::get_oauth_apps),`.
    fn row(&self, route: &Route) -> Option<String> {
        let (group, operation) = self.operations.get(route.operation)?;
        let module = if self.is_received {
            "super".to_owned()
        } else {
            group.module.to_string()
        };
        let (method, path) = (literal(&route.method), literal(&route.path));
        let (constant, name) = (&operation.constant, &operation.name);
        let when = route
            .when
            .iter()
            .map(|when| format!(", {}", condition(when)));
        let when: String = when.collect();
        let cfg = cfg_line(group.feature.as_slice()).filter(|_| !self.is_received);
        let cfg = cfg.map(|cfg| format!("{cfg} ")).unwrap_or_default();
        Some(format!(
            "        {cfg}({method}, {path}, {module}::{constant}, {module}::Operations::{name}{when}),"
        ))
    }
}

/// The method that chooses among operations with the same method and path.
fn choose(requests: &str) -> [String; 3] {
    [
        "    fn choose(operations: &[usize], query: &str, headers: &HeaderMap) -> Option<usize> {"
            .to_owned(),
        format!(
            "        support::choice(<Self as Dispatch{requests}>::ROUTES, operations, query, headers)"
        ),
        "    }".to_owned(),
    ]
}

/// `Condition::Query("comp", Some("acl"))`.
fn condition(condition: &Condition) -> String {
    let (kind, name, value) = match condition {
        Condition::Query(name, value) => ("Query", name, value),
        Condition::Header(name, value) => ("Header", name, value),
    };
    let name = literal(name);
    match value {
        Some(value) => format!("Condition::{kind}({name}, Some({}))", literal(value)),
        None => format!("Condition::{kind}({name}, None)"),
    }
}

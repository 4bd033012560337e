//! The documentation of the crate for new users.

use crate::emit::overview::{about, section};
use crate::plan::{CrateKind, Doc, Plan};

/// The greatest number of tools that are listed.
const LISTED: usize = 100;

/// Documentation of the crate.
pub(super) fn doc(plan: &Plan) -> Doc {
    let program = &plan.tools.program;
    let what = format!(
        "Tools for language models, by the Model Context Protocol: the operations of {}. The program is `{program}`.",
        Doc::escaped(&plan.title)
    );
    about(plan, CrateKind::Mcp, &what, vec![start(plan), table(plan)])
}

/// What a host's configuration has.
fn start(plan: &Plan) -> Doc {
    let program = &plan.tools.program;
    let name = &plan.name;
    let lines = [
        "{".to_owned(),
        "  \"mcpServers\": {".to_owned(),
        format!("    \"{name}\": {{ \"command\": \"{program}\", \"args\": [\"--read-only\"] }}"),
        "  }".to_owned(),
        "}".to_owned(),
    ];
    section("Quick start", Doc::block("json", &lines))
}

/// The tools, or the groups where there are many.
fn table(plan: &Plan) -> Doc {
    let groups = &plan.tools.groups;
    let count: usize = groups.iter().map(|group| group.commands.len()).sum();
    if count > LISTED {
        let rows = groups.iter().map(|group| {
            let count = group.commands.len().to_string();
            vec![
                Doc::code(&group.name),
                Doc::text(&count),
                Doc::text(&Doc::escaped(&group.about)),
            ]
        });
        return section("Groups", Doc::table(&["group", "tools", "about"], rows));
    }
    let all = groups.iter().flat_map(|group| &group.commands);
    let rows = all.map(|tool| {
        vec![
            Doc::code(&tool.name),
            Doc::code(&tool.request),
            Doc::text(&Doc::escaped(&tool.about)),
        ]
    });
    section("Tools", Doc::table(&["tool", "operation", "about"], rows))
}

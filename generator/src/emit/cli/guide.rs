//! The documentation of the crate for new users.

use crate::emit::overview::{about, section};
use crate::plan::{CrateKind, Doc, Plan};

/// Documentation of the crate.
pub(super) fn doc(plan: &Plan) -> Doc {
    let what = format!(
        "The command line of {}: `{}`.",
        Doc::escaped(&plan.title),
        plan.command_line.program
    );
    about(plan, CrateKind::Cli, &what, vec![start(plan), table(plan)])
}

/// The commands that a new user may try first.
fn start(plan: &Plan) -> Doc {
    let Some((group, command)) = plan.command_line.first() else {
        return Doc::none();
    };
    let program = &plan.command_line.program;
    let lines = [
        format!("{program} --help"),
        format!("{program} {} --help", group.name),
        format!("{program} {} {}", group.name, command.name),
    ];
    section("Quick start", Doc::block("text", &lines))
}

/// The groups.
fn table(plan: &Plan) -> Doc {
    let rows = plan.command_line.groups.iter().map(|group| {
        let count = group.commands.len().to_string();
        vec![
            Doc::code(&group.name),
            Doc::text(&count),
            Doc::text(&Doc::escaped(&group.about)),
        ]
    });
    section(
        "Groups",
        Doc::table(&["group", "operations", "about"], rows),
    )
}

//! What is shown at the cursor: the Rust type of a schema, the method of an operation, and what the messages there mean.

use super::diagnostics::Found;
use super::place::At;
use super::tree::{NodeId, Span};
use crate::diag::page;
use crate::pipeline::Becomes;
use crate::source::Origin;
use gen_lsp_types::Position;

/// Fields whose values are prose or data.
const PROSE: [&str; 6] = [
    "description",
    "summary",
    "title",
    "example",
    "examples",
    "default",
];

/// What to show, as Markdown, and the range that it is about.
pub(super) fn hover(at: &At<'_>, position: Position, found: &[&Found]) -> Option<(Span, String)> {
    let beneath = at.beneath()?;
    let (analysis, _) = at.known.unzip();
    let rust = analysis.and_then(|analysis| rust(at, beneath.node, &analysis.becomes));
    let touches = |found: &&&Found| (found.range.start..=found.range.end).contains(&position);
    let explained = found
        .iter()
        .find(touches)
        .and_then(|found| explained(found.code));
    let parts: Vec<String> = rust.into_iter().chain(explained).collect();
    (!parts.is_empty()).then(|| (at.span(beneath), parts.join("\n\n---\n\n")))
}

/// What becomes of what is beneath the cursor.
fn rust(at: &At<'_>, node: NodeId, becomes: &Becomes) -> Option<String> {
    if let Some((reference, _)) = at.reference() {
        let origin = at.known_origin(&at.target(&reference)?)?;
        return schema(&origin, becomes);
    }
    let (tree, text) = (at.tree(), at.text());
    let shown = |node: NodeId| {
        let origin = at.origin(node)?;
        let method = becomes.operations.get(&origin).cloned();
        method.or_else(|| schema(&origin, becomes))
    };
    if let Some(own) = shown(node) {
        return Some(own);
    }
    // A field of it. The `$ref` at a key has been asked for above.
    let is_prose = PROSE.contains(&&*tree.name(node, text));
    let around = tree.parent(node).filter(|_| !is_prose)?;
    shown(around)
}

/// The type of a schema.
fn schema(origin: &Origin, becomes: &Becomes) -> Option<String> {
    let ty = becomes.schemas.get(origin)?;
    let name = ty.generated.as_ref();
    let declaration = name.and_then(|name| becomes.declarations.get(name));
    let is_itself = name == Some(&ty.written);
    let lines = match declaration {
        Some(declaration) if is_itself => declaration.clone(),
        Some(declaration) => format!("{}\n\n{declaration}", ty.written),
        None => ty.written.clone(),
    };
    Some(format!("```rust\n{lines}\n```"))
}

/// The beginning of the page of a code.
fn explained(code: &str) -> Option<String> {
    let page = page(code).ok()?;
    let text = page.markdown.lines().skip(1);
    let text: Vec<&str> = text.take_while(|line| !line.starts_with("```")).collect();
    let text = text.join("\n");
    let text = text.trim();
    Some(format!(
        "**{code}** {text}\n\n`specwright explain {code}` says more."
    ))
}

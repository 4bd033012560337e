//! `const ROOT: Node = Node { … };`: the trie of paths, a constant for each node, children first.

use crate::emit::tokens::{ARRAY, list, literal};
use crate::plan::Node;

/// The constants of a trie, the root last.
pub(super) fn nodes(root: &Node) -> Vec<Vec<String>> {
    let mut constants = Vec::new();
    let fields = fields(root, "", &mut constants);
    constants.push(constant("ROOT", "/", fields));
    constants
}

/// The fields of a node, after the constants of what follows it have been added.
fn fields(node: &Node, path: &str, constants: &mut Vec<Vec<String>>) -> Vec<String> {
    let mut lines = Vec::new();
    if !node.literals.is_empty() {
        let children: Vec<String> = node
            .literals
            .iter()
            .map(|(segment, child)| {
                format!(
                    "({}, {})",
                    literal(segment),
                    add(child, &format!("{path}/{segment}"), constants)
                )
            })
            .collect();
        lines.extend(list("    literals: &[", &children, "],", ARRAY));
    }
    if !node.patterns.is_empty() {
        let patterns: Vec<String> = node
            .patterns
            .iter()
            .map(|((_, texts), child)| {
                let literals: Vec<String> = texts.iter().map(|text| literal(text)).collect();
                format!(
                    "(&[{}], {})",
                    literals.join(", "),
                    add(child, &format!("{path}/{}", texts.join("{}")), constants)
                )
            })
            .collect();
        lines.extend(list("    patterns: &[", &patterns, "],", ARRAY));
    }
    if let Some(child) = &node.parameter {
        lines.push(format!(
            "    parameter: Some(&{}),",
            add(child, &format!("{path}/{{}}"), constants)
        ));
    }
    if !node.methods.is_empty() {
        let methods: Vec<String> = node
            .methods
            .iter()
            .map(|(method, number)| format!("({}, {number})", literal(method)))
            .collect();
        lines.extend(list("    methods: &[", &methods, "],", ARRAY));
    }
    lines.push("    ..Node::EMPTY".to_owned());
    lines
}

/// Adds the constant of a node and returns its name.
fn add(node: &Node, path: &str, constants: &mut Vec<Vec<String>>) -> String {
    let fields = fields(node, path, constants);
    let name = format!("NODE_{}", constants.len());
    constants.push(constant(&name, path, fields));
    name
}

fn constant(name: &str, path: &str, fields: Vec<String>) -> Vec<String> {
    let shown: String = path
        .chars()
        .map(|c| if c.is_ascii_graphic() { c } else { '?' })
        .collect();
    let mut lines = vec![
        format!("// {shown}"),
        format!("const {name}: Node = Node {{"),
    ];
    lines.extend(fields);
    lines.push("};".to_owned());
    lines
}

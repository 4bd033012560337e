//! A small graph as a whole: one column for groups, one for operations, then types by their distance from these.

use super::text::escape;
use crate::report::graph::{Graph, Kind, Node};
use std::fmt::Write;

/// The greatest number of nodes that are shown at once; of more, a script shows one and what is around it.
const MOST: usize = 60;

const WIDTH: usize = 230;
const HEIGHT: usize = 24;
const GAP: usize = 8;
/// The space between columns, for lines.
const WAY: usize = 90;
/// The longest name that fits into a box, in characters.
const LONGEST: usize = 29;

/// Whether a graph is small enough.
pub(super) fn fits(graph: &Graph) -> bool {
    graph.nodes.len() <= MOST
}

/// The graph as SVG.
pub(super) fn svg(graph: &Graph) -> String {
    let columns = columns(graph);
    let rows = columns.iter().map(Vec::len).max().unwrap_or_default();
    let width = columns.len() * (WIDTH + WAY);
    let height = rows * (HEIGHT + GAP) + GAP;
    let mut places = vec![(0, 0); graph.nodes.len()];
    for (number, column) in columns.iter().enumerate() {
        let top = (height - column.len() * (HEIGHT + GAP)) / 2;
        for (row, node) in column.iter().enumerate() {
            places[*node] = (
                2 + number * (WIDTH + WAY),
                top + row * (HEIGHT + GAP) + GAP / 2,
            );
        }
    }
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n"
    );
    for (from, to) in &graph.edges {
        if from != to {
            line(&mut out, places[*from], places[*to]);
        }
    }
    for (at, node) in graph.nodes.iter().enumerate() {
        draw(&mut out, at, node, places[at]);
    }
    out + "</svg>\n"
}

/// Writing to a String can't fail.
fn line(out: &mut String, (x, y): (usize, usize), (to, other): (usize, usize)) {
    let (y, other) = (y + HEIGHT / 2, other + HEIGHT / 2);
    let _ = if x < to {
        let (x, half) = (x + WIDTH, WAY / 2);
        writeln!(
            out,
            "<path d=\"M{x} {y}C{} {y} {} {other} {to} {other}\"/>",
            x + half,
            to - half
        )
    } else {
        // Back, or within a column: around the right side.
        let (x, to) = (x + WIDTH, to + WIDTH);
        let way = x.max(to) + WAY / 2;
        writeln!(
            out,
            "<path d=\"M{x} {y}C{way} {y} {way} {other} {to} {other}\"/>"
        )
    };
}

fn draw(out: &mut String, at: usize, node: &Node, (x, y): (usize, usize)) {
    let (name, about) = (escape(&node.name), escape(&node.about));
    let short: String = if node.name.chars().count() > LONGEST {
        node.name.chars().take(LONGEST - 1).chain(['…']).collect()
    } else {
        node.name.clone()
    };
    let _ = writeln!(
        out,
        "<g class=\"node\" tabindex=\"0\" data-node=\"{at}\"><rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" class=\"{}\"/>\
         <text x=\"{}\" y=\"{}\">{}</text><title>{name}: {about}</title></g>",
        node.kind.word(),
        x + 8,
        y + 16,
        escape(&short),
    );
}

/// The nodes by column, each near those that refer to it.
fn columns(graph: &Graph) -> Vec<Vec<usize>> {
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); 2];
    let mut known = vec![false; graph.nodes.len()];
    for (at, node) in graph.nodes.iter().enumerate() {
        let column = match node.kind {
            Kind::Group => 0,
            Kind::Operation => 1,
            Kind::Struct | Kind::Enum | Kind::Union | Kind::Alias => continue,
        };
        columns[column].push(at);
        known[at] = true;
    }
    loop {
        let mut next = Vec::new();
        for from in columns.last().into_iter().flatten() {
            for (_, to) in graph.edges.iter().filter(|(one, _)| one == from) {
                if !std::mem::replace(&mut known[*to], true) {
                    next.push(*to);
                }
            }
        }
        if next.is_empty() {
            break;
        }
        columns.push(next);
    }
    // What no operation leads to.
    columns.push((0..known.len()).filter(|at| !known[*at]).collect());
    columns.retain(|column| !column.is_empty());
    columns
}

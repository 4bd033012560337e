//! The texts from which the OpenAPI document was restored: `fixtures/oauth-paths-flattened-1.txt` begins in the middle of a sentence and
//! has lost its indentation, `…-2.txt` has also lost its line breaks. Neither can be parsed; all their content is in the document.

use crate::check::{root, scratch};
use crate::command::specwright;
use crate::snapshot::Snapshots;
use std::fs;

const FLATTENED: [&str; 2] = [
    include_str!("../fixtures/oauth-paths-flattened-1.txt"),
    include_str!("../fixtures/oauth-paths-flattened-2.txt"),
];

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The `paths` of the document in the form of the seeds.
fn paths() -> String {
    let document = fs::read_to_string(root().join("specs/mattermost-oauth/openapi.yaml")).unwrap();
    let (_, rest) = document.split_once("\npaths:\n").unwrap();
    let paths: Vec<&str> = rest
        .lines()
        .take_while(|line| line.is_empty() || line.starts_with([' ', '#']))
        .collect();
    // The two public operations only mention that in their descriptions; the document declares it.
    let ours = paths
        .iter()
        .filter(|line| line.trim() == "security: []")
        .count();
    assert_eq!(ours, 2);
    let paths: Vec<&str> = paths
        .into_iter()
        .filter(|line| line.trim() != "security: []")
        .collect();
    squeezed(&paths.join("\n"))
}

#[test]
fn the_second_seed_stands_in_the_document() {
    assert!(
        paths().contains(&squeezed(FLATTENED[1])),
        "{}",
        difference(&paths(), &squeezed(FLATTENED[1]))
    );
}

#[test]
fn the_first_seed_stands_in_the_second() {
    let (whole, part) = (squeezed(FLATTENED[1]), squeezed(FLATTENED[0]));
    assert!(whole.contains(&part), "{}", difference(&whole, &part));
}

/// The end of the longest prefix of `part` that occurs in `whole`.
fn difference(whole: &str, part: &str) -> String {
    let mut low = 0;
    let ends: Vec<usize> = part
        .char_indices()
        .map(|(at, _)| at)
        .chain([part.len()])
        .collect();
    while low + 1 < ends.len() && whole.contains(&part[..ends[low + 1]]) {
        low += 1;
    }
    let rest: String = part[ends[low]..].chars().take(80).collect();
    let before: String = part[..ends[low]]
        .chars()
        .rev()
        .take(40)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    format!("after `{before}` comes `{rest}`")
}

#[test]
fn the_seeds_as_they_are_get_a_clear_error() {
    let folder = scratch("seeds");
    let mut snapshots = Snapshots::new("snapshots/seeds");
    for (index, text) in FLATTENED.iter().enumerate() {
        let name = format!("oauth-paths-flattened-{}.txt", index + 1);
        fs::write(folder.join(&name), text).unwrap();
        let ran = specwright(&folder, &["generate", &name, "--out", "out"]).exit(1);
        assert!(ran.out.is_empty() && !folder.join("out").exists());
        assert!(ran.err.contains(&format!("--> {name}:1:")), "{}", ran.err);
        snapshots.check(&name.replace(".txt", ""), &ran.err);
    }
    snapshots.finish();
}

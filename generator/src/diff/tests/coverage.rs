//! Every rule of oasdiff, the best known tool of this kind, is told by a rule of ours, or it is said why not.

use crate::diff::ALL;
use std::collections::BTreeMap;

pub(super) fn table() -> BTreeMap<&'static str, (&'static str, &'static str)> {
    let lines = include_str!("oasdiff.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).map(|line| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        (cell(), (cell(), cell()))
    });
    rows.collect()
}

#[test]
fn what_covers_a_rule_exists_and_what_does_not_has_a_reason() {
    for (id, (ours, reason)) in table() {
        if ours == "-" {
            assert!(!reason.is_empty(), "{id}");
            continue;
        }
        for ours in ours.split(',') {
            assert!(ALL.iter().any(|rule| rule.id == ours), "{id}: {ours}");
        }
    }
}

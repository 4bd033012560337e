//! `TOTALS.md`: the counts for every document, and their totals.

use crate::documents::Document;
use crate::outcome::{Outcome, Totals};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "# What the corpus gives

One line for each document of `../shared/corpus`, as `cargo test -p specwright-tests --test corpus` finds it; `UPDATE_TOTALS=1` writes it anew.
The columns are those of `specwright report`: fallbacks are places read as any JSON although the description says more, free-form ones say
nothing. A document with errors isn't written.

| document | operations | types | fallbacks | lost constraints | passed over | repairs | free-form | errors |
| --- | --: | --: | --: | --: | --: | --: | --: | --: |
";

/// Compares the table with the actual counts, or writes it.
pub(crate) fn check(corpus: &[(Document, Outcome)]) {
    let found = table(corpus);
    let path = path();
    if wants_update() {
        fs::write(&path, &found).unwrap();
        return;
    }
    let known = fs::read_to_string(&path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    let differs = |one: &str, other: &str, mark: char| -> String {
        let lines = one
            .lines()
            .filter(|line| !other.lines().any(|same| same == *line));
        lines.fold(String::new(), |out, line| format!("{out}{mark} {line}\n"))
    };
    assert!(
        known == found,
        "TOTALS.md differs; if that is meant, run again with UPDATE_TOTALS=1\n{}{}",
        differs(&known, &found, '-'),
        differs(&found, &known, '+')
    );
}

/// Whether to update the committed files.
pub(crate) fn wants_update() -> bool {
    std::env::var_os("UPDATE_TOTALS").is_some_and(|value| !value.is_empty() && value != "0")
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/TOTALS.md")
}

fn table(corpus: &[(Document, Outcome)]) -> String {
    let mut out = HEAD.to_owned();
    let (mut sum, mut errors) = (Totals::default(), 0);
    for (document, outcome) in corpus {
        let totals = outcome.totals.unwrap_or_default();
        row(&mut out, &document.name, totals, outcome.errors.len());
        sum = add(sum, totals);
        errors += outcome.errors.len();
    }
    let written = corpus.iter().filter(|(_, outcome)| outcome.written).count();
    let name = format!("**{written} of {} written**", corpus.len());
    row(&mut out, &name, sum, errors);
    out
}

fn row(out: &mut String, name: &str, totals: Totals, errors: usize) {
    let Totals {
        operations,
        types,
        fallbacks,
        lost,
        passed_over,
        repairs,
        free_form,
    } = totals;
    writeln!(
        out,
        "| {name} | {operations} | {types} | {fallbacks} | {lost} | {passed_over} | {repairs} | {free_form} | {errors} |"
    )
    .unwrap();
}

fn add(left: Totals, right: Totals) -> Totals {
    Totals {
        operations: left.operations + right.operations,
        types: left.types + right.types,
        fallbacks: left.fallbacks + right.fallbacks,
        lost: left.lost + right.lost,
        passed_over: left.passed_over + right.passed_over,
        repairs: left.repairs + right.repairs,
        free_form: left.free_form + right.free_form,
    }
}

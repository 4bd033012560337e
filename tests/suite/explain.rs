//! The pages of the codes: there is one for each, it can be read in a terminal, and its example is true.

use crate::check::{codes_of, root};
use specwright::diag::{ALL, Page, pages};
use std::collections::BTreeSet;
use std::fs;

/// Codes whose cause isn't in the text of a description, but in the command line, the configuration, the disk, or in bytes or sizes that a
/// page can't have; and those that only another command gives. Their pages say how they come about.
const WITHOUT_EXAMPLE: &[&str] = &[
    "SW0001", "SW0006", "SW0007", "SW0008", "SW0010", "SW0011", "SW0012", "SW0326", "SW0329",
    "SW0501", "SW0502", "SW0503", "SW0504", "SW0505", "SW0506", "SW0507", "SW0508", "SW0509",
    "SW0510", "SW0601", "SW0701", "SW0702", "SW0703", "SW0704", "SW0705", "SW0706", "SW0707",
    "SW0708", "SW0710", "SW0711", "SW0712", "SW0716", "SW0717", "SW0718", "SW0719", "SW0722",
    "SW0806", "SW0807", "SW0811", "SW0812", "SW0813", "SW0814", "SW0815", "SW0816", "SW0821",
    "SW0822", "SW0823", "SW0841", "SW0842", "SW0843", "SW0844", "SW0860", "SW0861", "SW0862",
    "SW0863", "SW0864", "SW0870", "SW0871",
];

/// The longest line, as it is written and as it is printed.
const WIDTH: usize = 80;

/// The language of a block of code, and its text.
type Block = (String, String);

fn blocks(page: &Page) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.markdown.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(_), Some(block)) => found.push(block),
            (Some(language), None) => open = Some((language.to_owned(), String::new())),
            (None, Some((language, text))) => open = Some((language, text + line + "\n")),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{}: a block isn't closed", page.code);
    found
}

/// The example of a page, the same after the changes that the page shows, and the files that both refer to.
struct Example {
    text: String,
    mended: String,
    files: Vec<(String, String)>,
}

fn example(page: &Page) -> Option<Example> {
    let (mut example, mut mended, mut files) = (None, None, Vec::new());
    for (language, text) in blocks(page) {
        match language.as_str() {
            "yaml" => {
                assert!(example.is_none(), "{} has two examples", page.code);
                example = Some(text);
            }
            "diff" => {
                let before = mended.as_ref().or(example.as_ref());
                let before = before.unwrap_or_else(|| panic!("{} mends nothing", page.code));
                mended = Some(patched(page.code, before, &text));
            }
            other => files.extend(
                other
                    .strip_prefix("yaml ")
                    .map(|name| (name.to_owned(), text)),
            ),
        }
    }
    let text = example?;
    let mended = mended.unwrap_or_else(|| panic!("{} mends nothing", page.code));
    Some(Example {
        text,
        mended,
        files,
    })
}

/// Applies a diff whose parts are separated by empty lines. The lines of each part occur once.
fn patched(code: &str, text: &str, diff: &str) -> String {
    let mut text = text.to_owned();
    for part in diff.split("\n\n").filter(|part| !part.trim().is_empty()) {
        let side = |other: char| -> String {
            let lines = part.lines().filter(|line| !line.starts_with(other));
            lines.map(|line| line[1..].to_owned() + "\n").collect()
        };
        let (before, after) = (side('+'), side('-'));
        let times = text.matches(&before).count();
        assert_eq!(times, 1, "{code}: the example has {times} times\n{before}");
        text = text.replace(&before, &after);
    }
    text
}

#[test]
fn every_code_has_a_page() {
    let codes: BTreeSet<&str> = ALL.iter().map(|(code, ..)| *code).collect();
    let in_table: Vec<&str> = pages().map(|page| page.code).collect();
    assert_eq!(
        in_table,
        codes.iter().copied().collect::<Vec<_>>(),
        "add `generator/explain/CODE.md`, and its row in `generator/src/diag/pages.rs`"
    );
    let files = fs::read_dir(root().join("generator/explain")).unwrap();
    let files: BTreeSet<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    let wanted: BTreeSet<String> = codes.iter().map(|code| format!("{code}.md")).collect();
    assert_eq!(files, wanted);
}

#[test]
fn pages_can_be_read_in_a_terminal() {
    let mut wrong = Vec::new();
    for page in pages() {
        let code = page.code;
        let heading = format!("# {code}: ");
        if !page.markdown.starts_with(&heading) || page.title().ends_with('.') {
            wrong.push(format!("{code} begins with `{heading}` and a title"));
        }
        for line in page.markdown.lines().chain(page.text().lines()) {
            if line.chars().count() > WIDTH || line != line.trim_end() {
                wrong.push(format!("{code}: {line}"));
            }
        }
        if page.text().contains("](") || page.markdown.lines().count() > 48 {
            wrong.push(format!(
                "{code} has a link that isn't to a code, or is too long"
            ));
        }
        let links = page.markdown.split("](").skip(1);
        for link in links.filter_map(|rest| rest.split(')').next()) {
            if !pages().any(|other| link == format!("{}.md", other.code)) {
                wrong.push(format!("{code} links to {link}, which is no page"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_example_causes_its_message_until_it_is_mended() {
    let mut wrong = Vec::new();
    for page in pages() {
        let code = page.code;
        let Some(example) = example(&page) else {
            if !WITHOUT_EXAMPLE.contains(&code) {
                wrong.push(format!("{code} has no example"));
            }
            continue;
        };
        let command = match code {
            "SW0355" => "report",
            "SW0804" | "SW0805" => "bundle",
            _ if code.starts_with("SW080") => "upgrade",
            _ => "generate",
        };
        let [before, after] = [&example.text, &example.mended].map(|text| {
            let files = example.files.iter().map(|(name, text)| (&**name, &**text));
            codes_of(text, files, command)
        });
        if WITHOUT_EXAMPLE.contains(&code) {
            wrong.push(format!("{code} has an example, so it is no exception"));
        }
        if !before.contains(code) || after.contains(code) {
            wrong.push(format!("{code}: {before:?}, mended {after:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! Links within the repository lead to files and headings that are there, and the guide lists all of its pages.

use super::pages::{self, PAGES, Page};
use crate::check::root;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// Pages outside of the guide whose links are looked at, too.
const OTHERS: &[&str] = &[
    "generator/ARCHITECTURE.md",
    "generator/CHANGELOG.md",
    "generator/CONTRIBUTING.md",
    "templates/README.md",
    "tests/README.md",
    "tests/bench/README.md",
    "tests/service/README.md",
];

#[test]
fn links_lead_to_what_is_there() {
    let others = OTHERS.iter().map(|path| pages::page(&root().join(path)));
    let pages: Vec<Page> = pages::all().into_iter().chain(others).collect();
    let anchors: BTreeMap<&Path, Vec<String>> = pages
        .iter()
        .map(|page| (page.path.as_path(), page.anchors()))
        .collect();
    let (mut wrong, mut followed) = (Vec::new(), 0);
    for page in &pages {
        for (place, link) in page.links() {
            let is_elsewhere = ["https://", "http://"]
                .iter()
                .any(|scheme| link.starts_with(scheme));
            if !is_elsewhere {
                followed += 1;
                wrong.extend(
                    problem(page, &link, &anchors)
                        .map(|problem| format!("{place}: {link}: {problem}")),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(followed > 150, "{followed}");
}

fn problem(
    page: &Page,
    link: &str,
    anchors: &BTreeMap<&Path, Vec<String>>,
) -> Option<&'static str> {
    let (file, anchor) = link
        .split_once('#')
        .map_or((link, None), |(file, anchor)| (file, Some(anchor)));
    let path = if file.is_empty() {
        page.path.clone()
    } else {
        normal(&page.path.parent().unwrap().join(file))
    };
    if !root().join(&path).exists() {
        return Some("there is no such file");
    }
    // mdBook would make a link to a page of it.
    if page.path.starts_with(PAGES) && !path.starts_with(PAGES) {
        return Some("it leads out of the guide");
    }
    let anchor = anchor?;
    match anchors.get(path.as_path()) {
        Some(known) => {
            (!known.iter().any(|known| known == anchor)).then_some("there is no such heading")
        }
        None => Some("headings of this file aren't looked at"),
    }
}

/// A path without `..`; of one that leaves the repository there is no file.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir if !out.pop() => return "outside of the repository".into(),
            Component::ParentDir => {}
            other => out.push(other),
        }
    }
    out
}

#[test]
fn the_summary_lists_each_page_once() {
    let folder = Path::new(PAGES);
    let summary = pages::page(&root().join(PAGES).join("SUMMARY.md"));
    let listed: Vec<PathBuf> = summary
        .links()
        .into_iter()
        .map(|(_, link)| folder.join(link))
        .collect();
    let unique: BTreeSet<&PathBuf> = listed.iter().collect();
    assert_eq!(unique.len(), listed.len(), "{listed:?}");
    let pages = pages::all();
    let pages = pages.iter().map(|page| &page.path);
    let pages: BTreeSet<&PathBuf> = pages
        .filter(|path| path.starts_with(folder) && !path.ends_with("SUMMARY.md"))
        .collect();
    assert_eq!(unique, pages);
}

/// What leads nowhere is noticed.
#[test]
fn broken_links_are_found() {
    let page = Page {
        path: "generator/book/src/SUMMARY.md".into(),
        text: "# A `b-c`, d\n## A\n## A\n[1](y.md) [2](#a-b-c-d) [3](#none) [4](../../../../x) [5](pets.yaml) [6](#a-1) [7](../../ARCHITECTURE.md)\n".to_owned(),
    };
    let anchors = BTreeMap::from([(page.path.as_path(), page.anchors())]);
    assert_eq!(page.anchors(), ["a-b-c-d", "a", "a-1"]);
    let links = page.links();
    let broken = links
        .iter()
        .filter(|(_, link)| problem(&page, link, &anchors).is_some());
    let broken: Vec<&str> = broken.map(|(_, link)| link.as_str()).collect();
    assert_eq!(
        broken,
        ["y.md", "#none", "../../../../x", "../../ARCHITECTURE.md"]
    );
}

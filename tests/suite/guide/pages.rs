//! The pages as Markdown: code blocks, links, headings.

use crate::check::root;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The pages of the guide, relative to the root.
pub(super) const PAGES: &str = "generator/book/src";

/// A page.
pub(super) struct Page {
    /// Relative to the root.
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// A code block.
pub(super) struct Block {
    /// `page:line`.
    pub(super) place: String,
    pub(super) language: String,
    pub(super) text: String,
    /// What a comment before it says: `<!-- test: … -->`.
    pub(super) test: Option<String>,
}

impl Block {
    /// Whether something else reads or compiles it.
    pub(super) fn is_of_others(&self) -> bool {
        let test = self.test.as_deref();
        test.is_some_and(|test| test.starts_with("none; "))
    }
}

/// The README and all pages of the guide.
pub(super) fn all() -> Vec<Page> {
    let mut paths = Vec::new();
    find(&root().join(PAGES), &mut paths);
    paths.sort();
    assert!(paths.len() > 30, "{paths:?}");
    let readme = root().join("README.md");
    [readme]
        .into_iter()
        .chain(paths)
        .map(|path| page(&path))
        .collect()
}

/// A page by its absolute path.
pub(super) fn page(path: &Path) -> Page {
    let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let path = path.strip_prefix(root()).unwrap().to_path_buf();
    Page { path, text }
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

impl Page {
    fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        Parser::new_ext(&self.text, Options::ENABLE_TABLES).into_offset_iter()
    }

    fn place(&self, at: usize) -> String {
        let line = self.text[..at].lines().count() + 1;
        format!("{}:{line}", self.path.display())
    }

    pub(super) fn blocks(&self) -> Vec<Block> {
        let (mut blocks, mut test) = (Vec::new(), None);
        let mut open: Option<Block> = None;
        for (event, range) in self.events() {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    open = Some(Block {
                        place: self.place(range.start),
                        language: language.into_string(),
                        text: String::new(),
                        test: test.take(),
                    });
                }
                Event::Text(code) => {
                    if let Some(block) = &mut open {
                        block.text.push_str(&code);
                    }
                    test = None;
                }
                Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
                Event::Html(html) => {
                    let words = html.trim().strip_prefix("<!-- test: ");
                    test = words.and_then(|words| Some(words.strip_suffix(" -->")?.to_owned()));
                }
                _ => {}
            }
        }
        blocks
    }

    /// The spans of code in its text.
    pub(super) fn spans(&self) -> Vec<(String, String)> {
        let spans = self.events().filter_map(|(event, range)| match event {
            Event::Code(code) => Some((self.place(range.start), code.into_string())),
            _ => None,
        });
        spans.collect()
    }

    /// Where its links lead, each with its place.
    pub(super) fn links(&self) -> Vec<(String, String)> {
        let links = self.events().filter_map(|(event, range)| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some((self.place(range.start), dest_url.into_string()))
            }
            _ => None,
        });
        links.collect()
    }

    /// The anchors of its headings, as GitHub and mdBook make them.
    pub(super) fn anchors(&self) -> Vec<String> {
        let (mut anchors, mut counts) = (Vec::new(), BTreeMap::new());
        let mut heading = None;
        for (event, _) in self.events() {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    let anchor = anchor(&heading.take().unwrap_or_default());
                    let earlier = anchors_like(&mut counts, &anchor);
                    anchors.push(match earlier {
                        0 => anchor,
                        earlier => format!("{anchor}-{earlier}"),
                    });
                }
                _ => {}
            }
        }
        anchors
    }
}

/// How many headings before had this anchor.
fn anchors_like(counts: &mut BTreeMap<String, usize>, anchor: &str) -> usize {
    let count = counts.entry(anchor.to_owned()).or_default();
    *count += 1;
    *count - 1
}

fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter_map(|letter| match letter {
        ' ' => Some('-'),
        '-' | '_' => Some(letter),
        letter => letter.is_alphanumeric().then_some(letter),
    });
    kept.collect()
}

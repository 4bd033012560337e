//! The pages of the codes, for `specwright explain`: what a message means, an example that causes it, how to mend it.
//!
//! A page is a Markdown file in `explain/`, next to `src/`: `# CODE: title`, then text. Its block of the language `yaml` is a description
//! that causes the message, blocks of the language `yaml NAME` are files next to it, and blocks of the language `diff` mend it.

use super::{ALL, Category, Code, Severity};
use crate::spelling::{did_you_mean, nearest_within};

/// The page of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The code.
    pub code: &'static str,
    /// The severity without `--strict` or configured levels.
    pub severity: Severity,
    /// What the message means for the output.
    pub category: Category,
    /// The page as Markdown, with its heading.
    pub markdown: &'static str,
}

macro_rules! pages {
    ($($code:literal)*) => {
        /// The pages by code.
        const PAGES: &[(&str, &str)] =
            &[$(($code, include_str!(concat!("../../explain/", $code, ".md")))),*];
    };
}

// A row for each file of `explain/`.
pages! {
    "SW0001"
    "SW0002"
    "SW0003"
    "SW0004"
    "SW0005"
    "SW0006"
    "SW0007"
    "SW0008"
    "SW0009"
    "SW0010"
    "SW0011"
    "SW0012"
    "SW0101"
    "SW0102"
    "SW0103"
    "SW0104"
    "SW0105"
    "SW0106"
    "SW0107"
    "SW0108"
    "SW0109"
    "SW0110"
    "SW0111"
    "SW0112"
    "SW0120"
    "SW0121"
    "SW0122"
    "SW0123"
    "SW0124"
    "SW0125"
    "SW0126"
    "SW0127"
    "SW0128"
    "SW0129"
    "SW0130"
    "SW0131"
    "SW0132"
    "SW0133"
    "SW0134"
    "SW0135"
    "SW0136"
    "SW0138"
    "SW0139"
    "SW0201"
    "SW0202"
    "SW0203"
    "SW0204"
    "SW0205"
    "SW0206"
    "SW0207"
    "SW0208"
    "SW0209"
    "SW0215"
    "SW0216"
    "SW0217"
    "SW0218"
    "SW0219"
    "SW0301"
    "SW0302"
    "SW0303"
    "SW0304"
    "SW0305"
    "SW0306"
    "SW0307"
    "SW0308"
    "SW0309"
    "SW0310"
    "SW0312"
    "SW0313"
    "SW0314"
    "SW0315"
    "SW0316"
    "SW0317"
    "SW0318"
    "SW0319"
    "SW0320"
    "SW0321"
    "SW0322"
    "SW0324"
    "SW0325"
    "SW0326"
    "SW0327"
    "SW0328"
    "SW0329"
    "SW0330"
    "SW0335"
    "SW0336"
    "SW0337"
    "SW0338"
    "SW0355"
    "SW0401"
    "SW0402"
    "SW0501"
    "SW0502"
    "SW0503"
    "SW0504"
    "SW0505"
    "SW0506"
    "SW0507"
    "SW0508"
    "SW0509"
    "SW0510"
    "SW0601"
    "SW0602"
    "SW0603"
    "SW0604"
    "SW0605"
    "SW0606"
    "SW0701"
    "SW0702"
    "SW0703"
    "SW0704"
    "SW0705"
    "SW0706"
    "SW0707"
    "SW0708"
    "SW0710"
    "SW0711"
    "SW0712"
    "SW0716"
    "SW0717"
    "SW0718"
    "SW0719"
    "SW0720"
    "SW0722"
    "SW0801"
    "SW0802"
    "SW0803"
    "SW0804"
    "SW0805"
    "SW0806"
    "SW0807"
    "SW0811"
    "SW0812"
    "SW0813"
    "SW0814"
    "SW0815"
    "SW0816"
    "SW0821"
    "SW0822"
    "SW0823"
    "SW0841"
    "SW0842"
    "SW0843"
    "SW0844"
    "SW0850"
    "SW0852"
    "SW0860"
    "SW0861"
    "SW0862"
    "SW0863"
    "SW0864"
    "SW0870"
    "SW0871"
}

/// The page of a code, which may be in lower case.
///
/// # Errors
///
/// Fails for an unknown code, and suggests the one that was meant.
pub fn page(code: &str) -> Result<Page, Code> {
    let known = pages().find(|page| page.code.eq_ignore_ascii_case(code));
    known.ok_or_else(|| {
        let meant = nearest_within(1, code, ALL.iter().map(|(id, ..)| *id));
        Code::UnknownLint {
            code: code.to_owned(),
            meant: did_you_mean(meant),
        }
    })
}

/// Every page, in the order of the codes.
pub fn pages() -> impl Iterator<Item = Page> {
    PAGES.iter().filter_map(|(code, markdown)| {
        let (_, severity, category, _) = ALL.iter().find(|(id, ..)| id == code)?;
        Some(Page {
            code,
            severity: *severity,
            category: *category,
            markdown,
        })
    })
}

impl Page {
    /// What the code is about, in a few words.
    #[must_use]
    pub fn title(&self) -> &'static str {
        let heading = self.markdown.lines().next().unwrap_or_default();
        heading.split_once(": ").map_or(heading, |(_, title)| title)
    }

    /// The level of the message, in a sentence.
    #[must_use]
    pub fn level(&self) -> &'static str {
        match (self.severity, self.category) {
            (Severity::Error, _) => "An error: nothing is written. Its level can't be lowered.",
            (Severity::Note | Severity::Allowed, _) => "A note: nothing is lost.",
            (Severity::Warning, Category::Fallback) => {
                "A warning: something is read as any JSON value, or with less detail."
            }
            (Severity::Warning, Category::LostConstraint) => {
                "A warning: values that violate a constraint are accepted."
            }
            (Severity::Warning, Category::PassedOver) => {
                "A warning: a part of the description is ignored."
            }
            (Severity::Warning, Category::Repair) => {
                "A warning: something isn't valid; it is read as what was meant, or ignored."
            }
            (Severity::Warning, Category::Note | Category::Refused) => {
                "A warning: nothing is lost, but something may surprise."
            }
        }
    }

    /// The page as plain text: code is indented, links are the codes that they lead to.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{}: {}\n\n{}\n", self.code, self.title(), self.level());
        let mut is_code = false;
        for line in self.markdown.lines().skip(1) {
            if let Some(language) = line.strip_prefix("```") {
                is_code = !is_code;
                if let Some((_, file)) = language.split_once(' ') {
                    out.push_str("  # ");
                    out.push_str(file);
                    out.push('\n');
                }
                continue;
            }
            if is_code && !line.is_empty() {
                out.push_str("  ");
                out.push_str(line);
            } else {
                out.push_str(&without_links(line));
            }
            out.push('\n');
        }
        out
    }
}

/// `[SW0201](SW0201.md)` as `SW0201`.
fn without_links(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("](SW") {
        let (Some((text, word)), Some((_, next))) =
            (before.rsplit_once('['), after.split_once(')'))
        else {
            break;
        };
        out.push_str(text);
        out.push_str(word);
        rest = next;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{page, without_links};

    #[test]
    fn links_are_the_codes_that_they_lead_to() {
        let line = "see [SW0201](SW0201.md) and [SW0208](SW0208.md), `[a](b)`";
        assert_eq!(without_links(line), "see SW0201 and SW0208, `[a](b)`");
    }

    #[test]
    fn a_misspelled_code_is_corrected() {
        let help = page("SW012l").unwrap_err().help();
        assert!(help.starts_with("did you mean `SW012"), "{help}");
        assert_eq!(page("sw0121").unwrap().code, "SW0121");
    }
}

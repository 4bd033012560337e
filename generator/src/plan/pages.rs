//! What is planned of an operation that lists page by page; `paging` finds it.

use super::rust::{Ident, Ty};
use super::types::Presence;

/// How the pages of an operation follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// Where a page has its items; empty if it is the list itself.
    pub items: Vec<Step>,
    /// The type of an item.
    pub item: Ty,
    pub next: Next,
    /// The parameter for the number of items of a page.
    pub size: Option<String>,
    /// The flag that says whether there are further pages.
    pub more: Option<More>,
    /// Where a page says how many there are, if they are asked for by their numbers.
    pub pages: Option<Vec<Step>>,
    /// Whether parameters are JSON pointers into the body of requests, and not the names of query parameters.
    pub in_body: bool,
}

/// How the next page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// By its number, in a parameter; the first page has the number `first`.
    Page { parameter: String, first: i64 },
    /// By the number of items before it, in a parameter; the first item has the number `first`.
    Offset { parameter: String, first: i64 },
    /// By a token that the page before has, in a parameter.
    Token { parameter: String, at: Vec<Step> },
    /// By a property of the last item of the page before, in a parameter.
    LastItem { parameter: String, id: Step },
    /// At a URL that the page before has.
    Url { at: Vec<Step> },
    /// At the URL of the header `Link` with the relation `next` (RFC 8288).
    Link,
}

impl Next {
    /// Whether pages are asked for by their numbers.
    #[must_use]
    pub fn is_numbered(&self) -> bool {
        matches!(self, Self::Page { .. })
    }

    /// The evidence in a word, for reports.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Page { .. } => "page",
            Self::Offset { .. } => "offset",
            Self::Token { .. } => "token",
            Self::LastItem { .. } => "last item",
            Self::Url { .. } => "URL",
            Self::Link => "Link header",
        }
    }
}

/// A field on the way into a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub field: Ident,
    pub presence: Presence,
}

/// A flag in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct More {
    pub at: Vec<Step>,
    /// Whether it is true on the last page, and not on all others.
    pub is_last: bool,
}

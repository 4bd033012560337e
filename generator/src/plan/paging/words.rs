//! What APIs call the parameters and properties of pages. Names are compared without capitals and marks: `nextPageToken` is
//! `next_page_token`, `page[size]` is `pagesize`.

/// What a name can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A parameter: the number of a page.
    Page,
    /// A parameter: how many items stand before the page.
    Offset,
    /// A parameter: how many items a page has.
    Size,
    /// A parameter: a token of the page before.
    Token,
    /// A parameter: the identifier of the last item of the page before.
    StartAfter,
    /// A property: the items.
    Items,
    /// A property that holds all others.
    Wrapper,
    /// A property that says something about the page.
    About,
    /// A property: the URL of the next page.
    NextUrl,
    /// A property: whether there are further pages.
    More,
    /// A property: whether there are none.
    Last,
    /// A property: how many pages there are.
    Pages,
}

impl Word {
    pub(super) fn is_of(self, name: &str) -> bool {
        self.names().contains(&normal(name).as_str())
    }

    #[rustfmt::skip]
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Page => &["page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage"],
            Self::Offset => &["offset", "skip", "start", "startat", "startindex", "pageoffset"],
            Self::Size => &[
                "perpage", "pagesize", "limit", "pagelimit", "size", "maxresults", "count", "top", "first", "maxitems",
                "numperpage", "itemsperpage", "resultsperpage",
            ],
            Self::Token => &[
                "cursor", "pagetoken", "nexttoken", "nextcursor", "nextpagetoken", "continuationtoken", "continuation",
                "continue", "paginationtoken", "marker", "after", "startcursor", "pagecursor", "bookmark", "scrollid",
                "nextmarker", "pageafter", "aftercursor", "startkey", "exclusivestartkey", "next", "start", "token", "page",
            ],
            Self::StartAfter => &["startingafter", "startafter", "after", "afterid"],
            Self::Items => &[
                "items", "data", "results", "result", "values", "records", "entries", "list", "content", "contents",
                "objects", "elements", "resources", "rows", "hits", "nodes", "documents",
            ],
            Self::Wrapper => &["data", "result", "results", "response", "payload", "content", "body", "embedded"],
            Self::About => &[
                "meta", "metadata", "paging", "pagination", "pageinfo", "page", "pages", "cursors", "cursor", "links",
                "responsemetadata", "resultinfo", "listmeta",
            ],
            Self::NextUrl => &["next", "nextlink", "nextpage", "nexturl", "nexturi", "nextpageurl", "nextpageuri", "odatanextlink"],
            Self::More => &["hasmore", "hasnext", "hasnextpage", "more", "hasmoreitems", "moreresults", "istruncated", "truncated"],
            Self::Last => &["islast", "islastpage", "last"],
            Self::Pages => &["totalpages", "totalpagecount", "numpages", "numberofpages", "pagecount", "pagestotal"],
        }
    }
}

/// The letters and digits of a name, in lower case.
pub(super) fn normal(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// Names that a property has only for the token of the next page.
const NEXT: &[&str] = &[
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpagecursor",
    "nextcontinuationtoken",
    "nextmarker",
    "nextbookmark",
    "nextscrollid",
    "nextstart",
    "nextkey",
    "endcursor",
    "next",
    "nextpage",
];

/// Names of tokens that mean the next page in responses, too.
const SAME: &[&str] = &[
    "continue",
    "continuation",
    "continuationtoken",
    "cursor",
    "after",
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "paginationtoken",
    "scrollid",
    "bookmark",
];

/// How well a property fits as the token for a parameter, the best first; `None` if it doesn't.
pub(super) fn token_rank(parameter: &str, property: &str) -> Option<usize> {
    let name = normal(property);
    if name == format!("next{parameter}") {
        return Some(0);
    }
    if name == parameter && SAME.contains(&parameter) {
        return Some(1);
    }
    NEXT.iter().position(|next| *next == name).map(|at| at + 2)
}

/// Whether a text says that pages count from 0 or from 1.
pub(super) fn first(text: &str) -> Option<i64> {
    const ZERO: &[&str] = &[
        "zero-based",
        "zero based",
        "zero-indexed",
        "0-based",
        "0 based",
        "0-indexed",
        "0 indexed",
        "starts at 0",
        "starting at 0",
        "starts from 0",
        "starting from 0",
        "starts with 0",
        "starting with 0",
        "starts at zero",
    ];
    const ONE: &[&str] = &[
        "one-based",
        "one based",
        "one-indexed",
        "1-based",
        "1 based",
        "1-indexed",
        "1 indexed",
        "starts at 1",
        "starting at 1",
        "starts from 1",
        "starting from 1",
        "starts with 1",
        "starting with 1",
        "default is 1",
        "defaults to 1",
        "default: 1",
        "default 1",
    ];
    let text = text.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match (says(ZERO), says(ONE)) {
        (true, false) => Some(0),
        (false, true) => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_whatever_their_case() {
        assert!(
            Word::Size.is_of("page[size]")
                && Word::Size.is_of("$top")
                && Word::Size.is_of("perPage")
        );
        assert_eq!(token_rank("pagetoken", "nextPageToken"), Some(0));
        assert_eq!(token_rank("cursor", "cursor"), Some(1));
        assert_eq!(token_rank("marker", "marker"), None);
    }

    #[test]
    fn a_text_may_say_where_pages_begin() {
        assert_eq!(first("Zero-based page index"), Some(0));
        assert_eq!(first("The page, starting at 1"), Some(1));
        assert_eq!(first("The page"), None);
        assert_eq!(first("0-based; the default is 1"), None);
    }
}

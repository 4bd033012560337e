//! How an operation lists page by page, as an extension of the description has it.

use crate::source::Origin;

/// What an extension says. Ways are names of properties, from the outermost on.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The name of the extension.
    pub extension: &'static str,
    pub follow: Follow,
    /// The way to the items in a response; `None` if it isn't said.
    pub items: Option<Vec<String>>,
    /// The way to the flag that says whether there are further pages, if that is said.
    pub more: Option<Vec<String>>,
    /// The way to the number of pages, if that is said.
    pub pages: Option<Vec<String>>,
    /// What a request says of the number of items of a page, if that is said.
    pub size: Option<Input>,
    pub origin: Origin,
}

/// How the next page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Follow {
    /// There is none.
    Never,
    /// By its number.
    Page(Input),
    /// By the number of items before it.
    Offset(Input),
    /// By a token that is there in a response.
    Token(Input, Vec<String>),
    /// By a property of the last item.
    LastItem(Input, Vec<String>),
    /// At a URL that is there in a response.
    Url(Vec<String>),
}

/// A parameter of a request, or a property of its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// `None` if it is whichever there is.
    pub place: Option<InputPlace>,
    pub way: Vec<String>,
}

/// Where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputPlace {
    Parameters,
    Body,
}

impl Listing {
    /// `token page.next in parameter cursor, items in data`, for dumps.
    #[must_use]
    pub fn words(&self) -> String {
        let input = |input: &Input| {
            let place = match input.place {
                Some(InputPlace::Parameters) => "parameter ",
                Some(InputPlace::Body) => "body ",
                None => "",
            };
            format!("{place}{}", input.way.join("."))
        };
        let follow = match &self.follow {
            Follow::Never => "nothing".to_owned(),
            Follow::Page(to) => format!("number in {}", input(to)),
            Follow::Offset(to) => format!("offset in {}", input(to)),
            Follow::Token(to, from) => format!("token {} in {}", from.join("."), input(to)),
            Follow::LastItem(to, of) => {
                format!("{} of the last item in {}", of.join("."), input(to))
            }
            Follow::Url(at) => format!("URL {}", at.join(".")),
        };
        let items = self
            .items
            .iter()
            .map(|way| format!(", items in {}", way.join(".")));
        let more = self
            .more
            .iter()
            .map(|way| format!(", more if {}", way.join(".")));
        let pages = self
            .pages
            .iter()
            .map(|way| format!(", of {}", way.join(".")));
        let size = self
            .size
            .iter()
            .map(|size| format!(", size in {}", input(size)));
        let rest: String = items.chain(more).chain(pages).chain(size).collect();
        follow + &rest
    }
}

//! What is known of operations: a table, from which commands are made. Needs `call.rs`, `given.rs`.

use super::{Call, Given, Invalid};

/// A group of operations. `C` is the client.
#[derive(Debug)]
pub struct Group<C: 'static> {
    /// Its name in kebab case.
    pub name: &'static str,
    /// One line about it; may be empty.
    pub about: &'static str,
    /// Its operations.
    pub operations: &'static [Operation<C>],
}

/// An operation.
#[derive(Debug)]
pub struct Operation<C: 'static> {
    /// Its name in kebab case, which no other operation of the group has.
    pub name: &'static str,
    /// One line about it; may be empty.
    pub about: &'static str,
    /// Everything that the description says of it; may be empty.
    pub details: &'static str,
    /// Method and path.
    pub request: &'static str,
    /// Its arguments: path parameters, other parameters, properties and parts of the body.
    pub arguments: &'static [Argument],
    /// The alternative contents of its body, the preferred one first; empty if it has no body.
    pub contents: &'static [Content],
    /// Whether it can't be called without a body.
    pub needs_body: bool,
    /// Whether it lists page by page.
    pub is_paged: bool,
    /// How the arguments for the next page follow from a page, where the table says that and the header `Link` doesn't.
    pub next: Option<NextPage>,
    /// Whether the description says that it shouldn't be called any more.
    pub is_deprecated: bool,
    /// Makes the call from arguments.
    pub call: fn(&C, &mut Given) -> Result<Call, Invalid>,
}

impl<C> Operation<C> {
    /// An operation without arguments, by the function that calls it.
    pub const fn new(call: fn(&C, &mut Given) -> Result<Call, Invalid>) -> Self {
        Self {
            name: "",
            about: "",
            details: "",
            request: "",
            arguments: &[],
            contents: &[],
            needs_body: false,
            is_paged: false,
            next: None,
            is_deprecated: false,
            call,
        }
    }
}

/// An argument of an operation.
#[derive(Debug)]
pub struct Argument {
    /// Its name in kebab case, which no other argument of the operation has.
    pub name: &'static str,
    /// Where it belongs.
    pub place: Place,
    /// How its value is written.
    pub kind: Kind,
    /// The name on the wire.
    pub wire: &'static str,
    /// One line about it; may be empty.
    pub about: &'static str,
    /// The only possible values; empty if there are others.
    pub values: &'static [&'static str],
    /// Whether it may have several values.
    pub many: bool,
    /// Whether the operation, or its body, can't be without it.
    pub required: bool,
}

impl Argument {
    /// An argument of an operation.
    pub const fn new(name: &'static str, place: Place, kind: Kind) -> Self {
        Self {
            name,
            place,
            kind,
            wire: name,
            about: "",
            values: &[],
            many: false,
            required: false,
        }
    }
}

/// Where an argument belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query, a header or a cookie.
    Parameter,
    /// A property of the body.
    Property,
    /// A part of a form.
    Part,
}

/// How the value of an argument is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// JSON, or text that isn't JSON.
    Json,
    /// The path of a file.
    File,
}

/// A content of a body.
#[derive(Debug)]
pub struct Content {
    /// Its media type, which may be a range such as `image/*`.
    pub media_type: &'static str,
    /// What it consists of.
    pub form: Form,
    /// Properties with one possible value, as JSON, which needn't be given.
    pub constants: &'static [(&'static str, &'static str)],
}

/// What a body consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A value, written as JSON, XML or a URL-encoded form.
    Value,
    /// The parts of a multipart form.
    Parts,
    /// Text or bytes, which are sent as they are.
    Bytes,
}

/// A way through the properties of values, by their names.
pub type Way = &'static [&'static str];

/// How the arguments for the next page of a list follow from a page.
#[derive(Debug)]
pub struct NextPage {
    /// The way to the items of a page; empty if it is the list itself.
    pub items: Way,
    /// The way to a flag that says whether there are further pages.
    pub has_more: Option<Way>,
    /// The way to a flag that says whether the page is the last one.
    pub is_last: Option<Way>,
    /// The way to the number of pages.
    pub pages: Option<Way>,
    /// How the next page is asked for.
    pub by: NextBy,
}

impl NextPage {
    /// Pages that are lists and have no flags.
    pub const fn new(by: NextBy) -> Self {
        Self {
            items: &[],
            has_more: None,
            is_last: None,
            pages: None,
            by,
        }
    }
}

/// How the next page of a list is asked for: by another value of an argument, or of a property within it.
#[derive(Debug)]
pub enum NextBy {
    /// By its number.
    Page {
        /// The way to the value.
        argument: Way,
        /// The number of the first page.
        first: i64,
    },
    /// By the number of its first item.
    Offset {
        /// The way to the value.
        argument: Way,
        /// The number of the first item of all.
        first: i64,
    },
    /// By what the page before has somewhere.
    Token {
        /// The way to the value.
        argument: Way,
        /// The way to what it becomes.
        at: Way,
    },
    /// By a property of the last item of the page before.
    LastItem {
        /// The way to the value.
        argument: Way,
        /// The property.
        id: &'static str,
    },
    /// By the query of a URL that the page before has.
    Url {
        /// The way to the URL.
        at: Way,
    },
}

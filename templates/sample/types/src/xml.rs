//! How the types stand in XML: a table for each, with the functions that read and write XML by them.
//!
//! Not Mattermost's, which has no XML: an object with a property of each kind.

pub use super::support::{Xml, XmlMember, XmlName, XmlNode, XmlShape, from_xml, to_xml};

use super::support::{ANY, TEXT, TOKEN};

/// `Book` in XML.
#[rustfmt::skip]
pub static BOOK: Xml = Xml {
    name: XmlName::within("book", "b", "https://example.com/books"),
    shape: XmlShape::Object {
        members: &[
            XmlMember::attribute("id", &TOKEN),
            XmlMember::attribute("langs", &LANGS)
                .named(XmlName::within("lang", "b", "https://example.com/books")),
            XmlMember::element("title", &TEXT),
            XmlMember::element("pages", &TOKEN).named(XmlName::new("count")),
            XmlMember::inline("authors", &AUTHORS).required(),
            XmlMember::element("chapters", &CHAPTERS),
            XmlMember::element("grid", &GRID),
            XmlMember::inline("place", &PLACE),
            XmlMember::element("note", &NOTE),
            XmlMember::element("page", &PAGE),
            XmlMember::element("parts", &PARTS),
            XmlMember::element("free", &ANY),
            XmlMember::element("@ref", &TEXT),
        ],
        others: &TEXT,
    },
};

/// `Book.langs` in XML.
#[rustfmt::skip]
pub static LANGS: Xml = Xml {
    name: XmlName::new("langs"),
    shape: XmlShape::List { item: XmlName::NONE, items: &TEXT },
};

/// `Book.authors` in XML.
#[rustfmt::skip]
pub static AUTHORS: Xml = Xml {
    name: XmlName::new("authors"),
    shape: XmlShape::List { item: XmlName::new("author"), items: &TEXT },
};

/// `Book.chapters` in XML.
#[rustfmt::skip]
pub static CHAPTERS: Xml = Xml {
    name: XmlName::new("chapters"),
    shape: XmlShape::List { item: XmlName::NONE, items: &TEXT },
};

/// `Book.grid` in XML.
#[rustfmt::skip]
pub static GRID: Xml = Xml {
    name: XmlName::new("grid"),
    shape: XmlShape::List { item: XmlName::new("row"), items: &CHAPTERS },
};

/// `Book.place` in XML.
#[rustfmt::skip]
pub static PLACE: Xml = Xml {
    name: XmlName::new("place"),
    shape: XmlShape::Object {
        members: &[XmlMember::element("shelf", &TOKEN), XmlMember::attribute("room", &TOKEN)],
        others: &ANY,
    },
};

/// `Book.note` in XML.
#[rustfmt::skip]
pub static NOTE: Xml = Xml {
    name: XmlName::new("note"),
    shape: XmlShape::Object {
        members: &[XmlMember::attribute("by", &TEXT), XmlMember::text("text", &TEXT).required()],
        others: &ANY,
    },
};

/// `Book.page` in XML.
#[rustfmt::skip]
pub static PAGE: Xml = Xml {
    name: XmlName::new("page"),
    shape: XmlShape::Object {
        members: &[XmlMember::cdata("html", &TEXT)],
        others: &ANY,
    },
};

/// `Book.parts` in XML.
#[rustfmt::skip]
pub static PARTS: Xml = Xml {
    name: XmlName::new("parts"),
    shape: XmlShape::List { item: XmlName::NONE, items: &BOOK },
};

/// A list of books in XML.
#[rustfmt::skip]
pub static BOOKS: Xml = Xml {
    name: XmlName::new("books"),
    shape: XmlShape::List { item: XmlName::NONE, items: &BOOK },
};

/// A map of lists of numbers in XML.
#[rustfmt::skip]
pub static COUNTS: Xml = Xml {
    name: XmlName::new("counts"),
    shape: XmlShape::Object { members: &[], others: &NUMBERS },
};

/// A list of numbers in XML.
#[rustfmt::skip]
pub static NUMBERS: Xml = Xml {
    name: XmlName::new("numbers"),
    shape: XmlShape::List { item: XmlName::NONE, items: &TOKEN },
};

// Written by specwright; changes are overwritten.

//! The XML representation of the types: a table for each, and the functions that read and write
//! XML with it.

pub use super::support::{Xml, XmlMember, XmlName, XmlNode, XmlShape, from_xml, to_xml};

use super::support::{ANY, TEXT, TOKEN};

/// `Book` in XML.
pub static BOOK: Xml = Xml {
    name: XmlName::within("book", "b", "https://example.com/books"),
    shape: XmlShape::Object {
        members: &[
            XmlMember::attribute("id", &TOKEN),
            XmlMember::attribute("langs", &BOOK_LANGS)
                .named(XmlName::within("lang", "b", "https://example.com/books")),
            XmlMember::element("title", &TEXT),
            XmlMember::element("pages", &TOKEN).named(XmlName::new("count")),
            XmlMember::inline("authors", &BOOK_AUTHORS).required(),
            XmlMember::element("chapters", &BOOK_CHAPTERS),
            XmlMember::element("grid", &BOOK_GRID),
            XmlMember::inline("place", &BOOK_PLACE),
            XmlMember::element("note", &BOOK_NOTE),
            XmlMember::element("page", &BOOK_PAGE),
            XmlMember::element("parts", &BOOK_PARTS),
            XmlMember::element("free", &ANY),
            XmlMember::element("@ref", &TEXT),
        ],
        others: &TEXT,
    },
};

/// `Books` in XML.
pub static BOOKS: Xml = Xml {
    name: XmlName::new("books"),
    shape: XmlShape::List {
        item: XmlName::within("book", "b", "https://example.com/books"),
        items: &BOOK,
    },
};

/// `Book.authors` in XML.
pub static BOOK_AUTHORS: Xml = Xml {
    name: XmlName::new("authors"),
    shape: XmlShape::List {
        item: XmlName::new("author"),
        items: &TEXT,
    },
};

/// `Book.chapters` in XML.
pub static BOOK_CHAPTERS: Xml = Xml {
    name: XmlName::new("chapters"),
    shape: XmlShape::List {
        item: XmlName::NONE,
        items: &TEXT,
    },
};

/// `Book.grid` in XML.
pub static BOOK_GRID: Xml = Xml {
    name: XmlName::new("grid"),
    shape: XmlShape::List {
        item: XmlName::new("row"),
        items: &BOOK_GRID_ITEM,
    },
};

/// `Book.grid[]` in XML.
pub static BOOK_GRID_ITEM: Xml = Xml {
    name: XmlName::new("row"),
    shape: XmlShape::List {
        item: XmlName::NONE,
        items: &TEXT,
    },
};

/// `Book.langs` in XML.
pub static BOOK_LANGS: Xml = Xml {
    name: XmlName::within("lang", "b", "https://example.com/books"),
    shape: XmlShape::List {
        item: XmlName::NONE,
        items: &TEXT,
    },
};

/// `Book.note` in XML.
pub static BOOK_NOTE: Xml = Xml {
    name: XmlName::new("note"),
    shape: XmlShape::Object {
        members: &[
            XmlMember::attribute("by", &TEXT),
            XmlMember::text("text", &TEXT).required(),
        ],
        others: &ANY,
    },
};

/// `Book.page` in XML.
pub static BOOK_PAGE: Xml = Xml {
    name: XmlName::new("page"),
    shape: XmlShape::Object {
        members: &[XmlMember::cdata("html", &TEXT)],
        others: &ANY,
    },
};

/// `Book.parts` in XML.
pub static BOOK_PARTS: Xml = Xml {
    name: XmlName::new("parts"),
    shape: XmlShape::List {
        item: XmlName::within("book", "b", "https://example.com/books"),
        items: &BOOK,
    },
};

/// `Book.place` in XML.
pub static BOOK_PLACE: Xml = Xml {
    name: XmlName::new("place"),
    shape: XmlShape::Object {
        members: &[
            XmlMember::element("shelf", &TOKEN),
            XmlMember::attribute("room", &TOKEN),
        ],
        others: &ANY,
    },
};

/// `Counts` in XML.
pub static COUNTS: Xml = Xml {
    name: XmlName::new("counts"),
    shape: XmlShape::Object {
        members: &[],
        others: &NUMBERS,
    },
};

/// `Numbers` in XML.
pub static NUMBERS: Xml = Xml {
    name: XmlName::new("numbers"),
    shape: XmlShape::List {
        item: XmlName::NONE,
        items: &TOKEN,
    },
};

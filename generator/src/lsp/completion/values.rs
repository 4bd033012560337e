//! The words that fields with a fixed or usual set of values have.

use crate::document::{Object, Version};
use std::borrow::Cow;

/// The usual statuses of responses.
pub(super) const STATUSES: &[&str] = &[
    "200", "201", "202", "204", "301", "302", "304", "400", "401", "403", "404", "409", "412",
    "422", "429", "500", "503", "default", "2XX", "4XX", "5XX",
];

/// The usual media types.
pub(super) const MEDIA_TYPES: &[&str] = &[
    "application/json",
    "application/problem+json",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/merge-patch+json",
    "application/octet-stream",
    "application/x-ndjson",
    "text/event-stream",
    "text/plain",
    "text/html",
    "text/csv",
    "application/pdf",
    "image/png",
    "image/jpeg",
    "*/*",
];

const FLAGS: &[&str] = &["true", "false"];

const STRING_FORMATS: &[&str] = &[
    "date-time",
    "date",
    "time",
    "duration",
    "uuid",
    "uri",
    "uri-reference",
    "uri-template",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "byte",
    "binary",
    "password",
    "decimal",
    "regex",
    "json-pointer",
    "idn-email",
    "idn-hostname",
    "iri",
];

const INTEGER_FORMATS: &[&str] = &[
    "int32", "int64", "int8", "int16", "uint8", "uint16", "uint32", "uint64",
];

const NUMBER_FORMATS: &[&str] = &["float", "double", "decimal"];

/// A field whose value is written.
pub(super) struct Field<'a> {
    pub(super) object: Object,
    pub(super) name: &'a str,
    pub(super) version: Version,
    /// The scalar that another field of the object has.
    pub(super) sibling: &'a dyn Fn(&str) -> Option<Cow<'a, str>>,
}

impl Field<'_> {
    /// The words of the field, each with whether it is text.
    pub(super) fn words(&self) -> Vec<(&'static str, bool)> {
        let words = self.texts();
        let texts = words.into_iter().map(|word| (word, true));
        let flags = self.flags().iter().map(|word| (*word, false));
        texts.chain(flags).collect()
    }

    fn texts(&self) -> Vec<&'static str> {
        let is_v2 = self.version == Version::V2;
        match (self.object, self.name) {
            (Object::Top, "openapi") => vec!["3.1.1", "3.0.4", "3.2.0"],
            (Object::Top, "swagger") => vec!["2.0"],
            (Object::Top | Object::Operation, "schemes") => vec!["https", "http", "wss", "ws"],
            (Object::Top | Object::Operation, "consumes" | "produces")
            | (Object::Schema, "contentMediaType") => MEDIA_TYPES.to_vec(),
            (Object::Schema | Object::Items | Object::Header, "type") => self.types(),
            (Object::Parameter, "type") => {
                let mut types = self.types();
                types.extend(is_v2.then_some("file"));
                types
            }
            (Object::Schema | Object::Items | Object::Header | Object::Parameter, "format") => {
                self.formats()
            }
            (Object::Items | Object::Header | Object::Parameter, "collectionFormat") => {
                vec!["csv", "ssv", "tsv", "pipes", "multi"]
            }
            (Object::Schema, "contentEncoding") => vec!["base64", "base64url", "quoted-printable"],
            (Object::Parameter, "in") => self.locations(),
            (Object::Parameter | Object::Header | Object::Encoding, "style") => self.styles(),
            (Object::SecurityScheme, name) => self.of_scheme(name),
            (Object::Xml, "nodeType") => vec!["element", "attribute", "text", "cdata", "none"],
            _ => Vec::new(),
        }
    }

    fn types(&self) -> Vec<&'static str> {
        let mut types = vec!["string", "integer", "number", "boolean", "array", "object"];
        types.extend((self.version >= Version::V31).then_some("null"));
        types
    }

    fn formats(&self) -> Vec<&'static str> {
        let formats = match (self.sibling)("type").as_deref() {
            Some("string") => STRING_FORMATS,
            Some("integer") => INTEGER_FORMATS,
            Some("number") => NUMBER_FORMATS,
            Some("boolean" | "array" | "object" | "null" | "file") => &[],
            _ => return [STRING_FORMATS, INTEGER_FORMATS, NUMBER_FORMATS].concat(),
        };
        formats.to_vec()
    }

    fn locations(&self) -> Vec<&'static str> {
        if self.version == Version::V2 {
            return vec!["query", "path", "header", "formData", "body"];
        }
        let mut locations = vec!["query", "path", "header", "cookie"];
        locations.extend((self.version >= Version::V32).then_some("querystring"));
        locations
    }

    fn styles(&self) -> Vec<&'static str> {
        let location = (self.sibling)("in");
        match (self.object, location.as_deref()) {
            (Object::Header, _) | (_, Some("header")) => vec!["simple"],
            (_, Some("path")) => vec!["simple", "label", "matrix"],
            (_, Some("cookie")) if self.version >= Version::V32 => vec!["form", "cookie"],
            (_, Some("cookie")) => vec!["form"],
            _ => vec!["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        }
    }

    fn of_scheme(&self, name: &str) -> Vec<&'static str> {
        match (name, self.version) {
            ("type", Version::V2) => vec!["apiKey", "basic", "oauth2"],
            ("type", Version::V30) => vec!["http", "apiKey", "oauth2", "openIdConnect"],
            ("type", Version::V31 | Version::V32) => {
                vec!["http", "apiKey", "oauth2", "openIdConnect", "mutualTLS"]
            }
            ("in", Version::V2) => vec!["header", "query"],
            ("in", _) => vec!["header", "query", "cookie"],
            ("scheme", _) => vec!["bearer", "basic", "digest", "hoba", "mutual", "negotiate"],
            ("flow", Version::V2) => vec!["accessCode", "application", "implicit", "password"],
            _ => Vec::new(),
        }
    }

    /// The values of a flag.
    fn flags(&self) -> &'static [&'static str] {
        match (self.object, self.name) {
            (
                Object::Schema | Object::Items,
                "readOnly"
                | "writeOnly"
                | "deprecated"
                | "nullable"
                | "uniqueItems"
                | "additionalProperties"
                | "unevaluatedProperties"
                | "unevaluatedItems",
            )
            | (
                Object::Parameter | Object::Header | Object::Encoding,
                "required" | "deprecated" | "allowEmptyValue" | "explode" | "allowReserved"
                | "uniqueItems",
            )
            | (Object::RequestBody, "required")
            | (Object::Operation | Object::SecurityScheme, "deprecated")
            | (Object::Xml, "attribute" | "wrapped") => FLAGS,
            (
                Object::Schema | Object::Items | Object::Parameter | Object::Header,
                "exclusiveMaximum" | "exclusiveMinimum",
            ) if self.version <= Version::V30 => FLAGS,
            _ => &[],
        }
    }
}

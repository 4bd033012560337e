//! Reports fields that no version has, or only another one: their values would be lost silently.
//!
//! In: every member of a description. Out: a message for each that is ignored, with what was most likely meant. JSON Schema allows any
//! keyword, so in schemas only misspelled keywords are reported.

use super::super::read::{Reader, Version};
use super::walk::{Member, walk};
use super::{Field, Object};
use crate::diag::{Code, Place};
use crate::spelling::{did_you_mean, nearest};

impl Reader<'_> {
    /// Reports every unknown field.
    pub(in super::super) fn check_fields(&mut self) {
        let version = self.version;
        let mut found = Vec::new();
        walk(self, |member| {
            if let Some(field) = member.field {
                if !field.is_of(version) {
                    let code = other_version(version, member.object, field);
                    found.push((code, Place::Key(member.origin())));
                }
                return Some(field);
            }
            if !counts_for_nothing(member) {
                return None;
            }
            let meant = meant(version, member);
            let code = unknown(member, meant.map(|field| field.name))?;
            found.push((code, Place::Key(member.origin())));
            // Goes on inside of a misspelled field, which may contain others.
            meant
        });
        for (code, place) in found {
            self.report(code, place);
        }
    }
}

fn other_version(version: Version, object: Object, field: &Field) -> Code {
    Code::FieldOfVersion {
        field: field.name.to_owned(),
        object: object.words().to_owned(),
        of: field.nearest(version).words().to_owned(),
        is: version.words().to_owned(),
    }
}

/// The field of this version with a similar name.
fn meant(version: Version, member: &Member<'_>) -> Option<&'static Field> {
    let known = member.object.fields().iter();
    let known: Vec<_> = known.filter(|field| field.is_of(version)).collect();
    let name = nearest(member.name, known.iter().map(|field| field.name))?;
    known.into_iter().find(|field| field.name == name)
}

fn unknown(member: &Member<'_>, meant: Option<&str>) -> Option<Code> {
    let found = member.name.to_owned();
    if member.object == Object::Schema {
        let meant = meant?.to_owned();
        return Some(Code::UnknownKeyword { found, meant });
    }
    Some(Code::UnknownField {
        field: found,
        object: member.object.words().to_owned(),
        meant: did_you_mean(meant),
    })
}

/// Whether a member is ignored: neither an extension nor read in spite of its spelling, as methods are in any case.
fn counts_for_nothing(member: &Member<'_>) -> bool {
    let Member {
        object,
        name,
        value,
        ..
    } = member;
    let read = match object {
        Object::PathItem => meant_method(name),
        Object::Top => *name == "swaggerVersion",
        _ => false,
    };
    // A `$ref` that isn't a string is reported where it is resolved.
    !(read || *name == "$ref" || name.starts_with("x-") || value.is_null())
}

fn meant_method(name: &str) -> bool {
    let mut fields = Object::PathItem.fields().iter();
    fields.any(|field| field.name.eq_ignore_ascii_case(name))
}

impl Version {
    /// The version in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::V2 => "Swagger 2.0",
            Self::V30 => "OpenAPI 3.0",
            Self::V31 => "OpenAPI 3.1",
            Self::V32 => "OpenAPI 3.2",
        }
    }
}

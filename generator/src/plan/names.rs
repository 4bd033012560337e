//! Words of a description → Rust identifiers. The only place that makes an [`Ident`].
//!
//! A scope is complete before its names are chosen, so collisions are seen; and a name depends on nothing but the wire name and
//! the names it collides with, never on the order of the document.

use super::reserved::{KEYWORDS, NEVER_RAW};
use super::rust::Ident;
use super::words::{Speller, capitalise};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use unicode_ident::is_xid_start;
use unicode_normalization::UnicodeNormalization;

/// What an identifier is for: which case it has, and what stands in for a name with no letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Types and traits.
    Type,
    /// Variants of enums.
    Variant,
    /// Fields, methods, arguments, modules.
    Value,
    /// Statics.
    Constant,
}

impl Case {
    /// What a name that can't begin an identifier gets in front, and one without any letters becomes.
    fn stand_in(self) -> &'static str {
        match self {
            Self::Type => "Type",
            Self::Variant => "Value",
            Self::Value => "value",
            Self::Constant => "VALUE",
        }
    }

    /// `text` in this case, as an identifier that is no keyword.
    fn spell(self, speller: &Speller, text: &str) -> String {
        // Rust compares identifiers in this form and warns of any other (RFC 2457): `ﬀ` is `ff`.
        let text = &if text.is_ascii() {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.nfkc().collect::<String>())
        };
        let mut name = match self {
            Self::Type | Self::Variant => speller.pascal(text),
            Self::Value => speller.snake(text),
            Self::Constant => speller.snake(text).to_uppercase(),
        };
        // Marks that combine with letters may stand in a name, but rustdoc finds no link to it then.
        name.retain(|c| c.is_alphanumeric() || c == '_');
        speller.note(&name);
        let name = if name.len() > LONGEST {
            cut(&name, text, self)
        } else {
            name
        };
        let separator = match self {
            Self::Type | Self::Variant => "",
            Self::Value | Self::Constant => "_",
        };
        match name.chars().next() {
            None => self.stand_in().to_owned(),
            Some(first) if !is_xid_start(first) => format!("{}{separator}{name}", self.stand_in()),
            // Scripts without capitals: a constant would be called like the function beside it.
            Some(_) if self == Self::Constant && name == speller.snake(text) => {
                format!("{}_{name}", self.stand_in())
            }
            Some(_) if NEVER_RAW.contains(&name.as_str()) => name + "_",
            Some(_) => name,
        }
    }
}

/// Bytes of a name beyond which it is cut: rustdoc writes files that are called like items, and systems stop at 255 bytes.
const LONGEST: usize = 120;

/// The beginning of a name, and a mark of the whole.
fn cut(name: &str, text: &str, case: Case) -> String {
    let end = (0..=LONGEST - 8)
        .rev()
        .find(|end| name.is_char_boundary(*end));
    let beginning = name[..end.unwrap_or_default()].trim_end_matches('_');
    let separator = match case {
        Case::Type | Case::Variant => "",
        Case::Value | Case::Constant => "_",
    };
    format!("{beginning}{separator}{}", mark(text, case))
}

/// The identifier for `text`, in a scope where nothing can collide.
#[must_use]
pub(super) fn ident(speller: &Speller, case: Case, text: &str) -> Ident {
    finish(case.spell(speller, text))
}

/// What generated code calls a thing of its own beside names of the description.
#[must_use]
pub(super) fn local(word: &str, beside: &[&str]) -> Ident {
    let mut name = word.to_owned();
    while beside.contains(&name.as_str()) {
        name.push('_');
    }
    Ident::new(name)
}

/// The names of the groups' APIs, after their modules. Of several that want one name the plainest module gets it.
#[must_use]
pub(super) fn group_apis(modules: &[Ident]) -> Vec<Ident> {
    let mut order: Vec<usize> = (0..modules.len()).collect();
    order.sort_by_key(|index| {
        let module = modules[*index].plain();
        (module.ends_with('_'), module.ends_with("api"), module)
    });
    let mut used = HashSet::new();
    let mut names = vec![String::new(); modules.len()];
    for index in order {
        let module = modules[index].plain();
        let stem: String = module.split('_').map(capitalise).collect();
        let stem = stem.strip_suffix("Api").unwrap_or(&stem);
        let marked = (0..).map(|round| mark(&format!("{round}{module}"), Case::Type));
        let marked = marked.map(|mark| format!("{stem}{mark}Api"));
        let mut wanted = std::iter::once(format!("{stem}Api")).chain(marked);
        let name = wanted.find(|name| used.insert(name.clone()));
        names[index] = name.unwrap_or_default();
    }
    names.into_iter().map(finish).collect()
}

/// The names of the error types that operations share, each after what it holds, and beside that all that tells it from others. What is
/// called alike is told apart by a mark.
#[must_use]
pub(super) fn error_types(wanted: &[(String, String)]) -> Vec<Ident> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].cmp(&wanted[*b]));
    let mut used = HashSet::new();
    let mut names = vec![String::new(); wanted.len()];
    for index in order {
        let (words, key) = &wanted[index];
        let plain = if words.len() > LONGEST {
            cut(words, key, Case::Type)
        } else {
            words.clone()
        };
        let marked = (0..).map(|round| mark(&format!("{round}{key}"), Case::Type));
        // Rust's types have an underscore between digits only.
        let marked = marked.map(|mark| format!("{plain}{mark}"));
        let mut names_of = std::iter::once(plain.clone()).chain(marked);
        let name = names_of.find(|name| used.insert(name.clone()));
        names[index] = name.unwrap_or_default();
    }
    names.into_iter().map(finish).collect()
}

/// An identifier that is a keyword gets `r#`.
fn finish(name: String) -> Ident {
    if KEYWORDS.contains(&name.as_str()) {
        Ident::new(format!("r#{name}"))
    } else {
        Ident::new(name)
    }
}

/// A name wanted in a scope.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// The words it is made from.
    pub text: String,
    /// What it is on the wire: what tells it from others with the same words.
    pub wire: String,
    /// Whether the author of the description chose it for this very thing: such a name is kept where others yield.
    pub explicit: bool,
    /// Other words for the same thing, where something else has its own.
    pub otherwise: Option<String>,
}

impl Wanted {
    /// To be called as on the wire.
    pub(super) fn as_on_wire(wire: &str) -> Self {
        Self {
            text: wire.to_owned(),
            wire: wire.to_owned(),
            explicit: false,
            otherwise: None,
        }
    }
}

/// The identifiers of one scope.
#[derive(Debug)]
pub(super) struct Named {
    /// An identifier for each wanted name, in the order they were given.
    pub idents: Vec<Ident>,
    /// The positions of those that didn't get the name they wanted.
    pub clashes: Vec<usize>,
}

/// Chooses all identifiers of a scope at once. `taken` names are never given.
///
/// Of those that want the same identifier, one that was chosen explicitly keeps it, else the one that is spelled most like it on
/// the wire; the others are called by their other words, spell out what tells them apart (`x-y` beside `x_y` is `x_dash_y`), or get a
/// mark made from the wire name.
#[must_use]
pub(super) fn scope(speller: &Speller, case: Case, taken: &[&str], wanted: &[Wanted]) -> Named {
    let plain: Vec<String> = wanted
        .iter()
        .map(|want| case.spell(speller, &want.text))
        .collect();
    let mut rivals: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, name) in plain.iter().enumerate() {
        rivals.entry(name).or_default().push(index);
    }
    let mut used: HashSet<Cow<'_, str>> = taken.iter().map(|name| Cow::Borrowed(*name)).collect();
    let mut chosen: Vec<Option<String>> = vec![None; wanted.len()];
    for (name, indices) in &rivals {
        let winner = winner(speller, case, name, indices, wanted);
        if let Some(winner) = winner.filter(|_| !used.contains(*name)) {
            used.insert(Cow::Borrowed(name));
            chosen[winner] = Some((*name).to_owned());
        }
    }
    let mut losers: Vec<usize> = (0..wanted.len())
        .filter(|index| chosen[*index].is_none())
        .collect();
    losers.sort_by(|a, b| wanted[*a].wire.cmp(&wanted[*b].wire));
    for index in &losers {
        let others = if rivals[plain[*index].as_str()].len() > 1 {
            wanted[*index].otherwise.as_deref()
        } else {
            None
        };
        let name = longer_names(speller, case, &plain[*index], &wanted[*index], others)
            .find(|name| !used.contains(name.as_str()))
            .unwrap_or_default();
        used.insert(Cow::Owned(name.clone()));
        chosen[*index] = Some(name);
    }
    losers.sort_unstable();
    Named {
        idents: chosen
            .into_iter()
            .map(|name| finish(name.unwrap_or_default()))
            .collect(),
        clashes: losers,
    }
}

/// Who keeps a name that several want: what was called so explicitly, else what is spelled most like it on the wire, of equals the
/// first by wire name. Nobody, where none is spelled like it and all can say what tells them apart: `+name` and `-name`.
fn winner(
    speller: &Speller,
    case: Case,
    name: &str,
    indices: &[usize],
    wanted: &[Wanted],
) -> Option<usize> {
    if let [only] = indices {
        return Some(*only);
    }
    let claim = |index: &&usize| {
        let want = &wanted[**index];
        (!want.explicit, likeness(name, &want.wire), &want.wire)
    };
    let best = indices.iter().min_by_key(claim)?;
    let others = || indices.iter().filter(|index| wanted[**index].explicit);
    let is_explicit = wanted[*best].explicit && others().count() == 1;
    let is_like = likeness(name, &wanted[*best].wire) < Likeness::Same;
    let apart = || {
        let told = indices
            .iter()
            .map(|index| case.spell(speller, &spelled_out(&wanted[*index].wire)));
        let told: HashSet<String> = told.collect();
        told.len() == indices.len() && !told.contains(name)
    };
    (is_explicit || is_like || !apart()).then_some(*best)
}

/// How much a wire name is spelled like the identifier that is made of it, most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Equal,
    /// But for capitals.
    Letters,
    /// But for capitals, and what stands between words.
    Same,
    Other,
}

fn likeness(name: &str, wire: &str) -> Likeness {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    if name == wire {
        Likeness::Equal
    } else if name.eq_ignore_ascii_case(wire) {
        Likeness::Letters
    } else if letters(name) == letters(wire) {
        Likeness::Same
    } else {
        Likeness::Other
    }
}

/// Names for what didn't get its own, best first; never ends.
fn longer_names(
    speller: &Speller,
    case: Case,
    plain: &str,
    want: &Wanted,
    otherwise: Option<&str>,
) -> impl Iterator<Item = String> {
    let separator = if matches!(case, Case::Type | Case::Variant) {
        ""
    } else {
        "_"
    };
    let marked = move |round: u32| {
        format!(
            "{}{separator}{}",
            plain.trim_end_matches('_'),
            mark(&format!("{round}{}", want.wire), case)
        )
    };
    // So many names may be alike that there are too few marks.
    let numbered = move |round: u32| {
        let stem = plain.trim_end_matches('_');
        let mark = mark(&want.wire, case);
        format!("{stem}{separator}{mark}{separator}{round}")
    };
    // What hides a name that is taken.
    let suffix = match case {
        Case::Type => Some(format!("{}Model", plain.trim_end_matches('_'))),
        Case::Variant => Some(format!("{}Value", plain.trim_end_matches('_'))),
        Case::Value | Case::Constant => (!plain.ends_with('_')).then(|| format!("{plain}_")),
    };
    otherwise
        .into_iter()
        .map(move |words| case.spell(speller, words))
        .chain([case.spell(speller, &spelled_out(&want.wire))])
        .filter(move |spelled| spelled != plain)
        .chain(suffix)
        .chain((0..MARKS).map(marked))
        .chain((0..).map(numbered))
}

/// How many marks are tried on a name.
const MARKS: u32 = 64;

/// Characters that vanish from identifiers, as words.
fn spelled_out(wire: &str) -> String {
    let word = |c: char| match c {
        '-' => " dash ",
        '.' => " dot ",
        '/' => " slash ",
        ':' => " colon ",
        '$' => " dollar ",
        '@' => " at ",
        '#' => " hash ",
        '+' => " plus ",
        '*' => " star ",
        '&' => " and ",
        '|' => " or ",
        '<' => " less ",
        '>' => " greater ",
        '=' => " equals ",
        '!' => " not ",
        '%' => " percent ",
        '~' => " tilde ",
        ',' => " comma ",
        _ => "",
    };
    wire.chars().fold(String::new(), |mut out, c| {
        match word(c) {
            "" => out.push(c),
            word => out.push_str(word),
        }
        out
    })
}

/// Four letters and digits made from `wire` (FNV-1a): the same for the same name, whatever else is in the document.
fn mark(wire: &str, case: Case) -> String {
    let hash = wire.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let mark = format!("x{:04x}", (hash >> 16) ^ (hash & 0xffff));
    if case == Case::Value {
        mark
    } else {
        mark.to_uppercase()
    }
}

/// Whether an operationId can be a name. Some tools write the whole description into it: a slug of many words, cut at 100
/// characters.
#[must_use]
pub(super) fn is_name(id: &str) -> bool {
    let slug_words = id
        .split(['-', '_', ' ', '.', '/'])
        .filter(|word| !word.is_empty())
        .count();
    id.len() <= 120 && slug_words <= 10 && id.chars().any(char::is_alphanumeric)
}

/// A name for an operation from its summary, without articles: `Get an OAuth app` is `Get OAuth app`. `None` when it is no
/// short phrase.
#[must_use]
pub(super) fn from_summary(summary: &str) -> Option<String> {
    let words: Vec<&str> = summary
        .split_whitespace()
        .filter(|word| !matches!(word.to_lowercase().as_str(), "a" | "an" | "the"))
        .collect();
    (1..=8)
        .contains(&words.len())
        .then(|| words.join(" "))
        .filter(|name| is_name(name))
}

/// A name for an operation from its method and path: `GET /pets/{id}` is `get pets by id`.
#[must_use]
pub(super) fn from_path(method: &str, template: &str) -> String {
    let segments = template.split('/').filter(|segment| !segment.is_empty());
    let words = segments.map(|segment| {
        match segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            Some(parameter) => format!("by {parameter}"),
            None => segment.replace(['{', '}'], " "),
        }
    });
    std::iter::once(method.to_lowercase())
        .chain(words)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::reserved::TAKEN_TYPES;
    use super::*;

    fn speller() -> Speller {
        Speller::new(&["iTunes".to_owned()])
    }

    fn want(text: &str) -> Wanted {
        Wanted {
            text: text.to_owned(),
            wire: text.to_owned(),
            explicit: false,
            otherwise: None,
        }
    }

    fn names(case: Case, taken: &[&str], texts: &[&str]) -> Vec<String> {
        let wanted: Vec<Wanted> = texts.iter().map(|text| want(text)).collect();
        scope(&speller(), case, taken, &wanted)
            .idents
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    /// rustc warns of types with an underscore before a letter.
    #[test]
    fn error_types_of_one_name_are_told_apart_as_types_are_spelt() {
        let wanted = ["a", "b"].map(|key| ("AppError400_404".to_owned(), key.to_owned()));
        let names = error_types(&wanted);
        assert_eq!(names[0].as_str(), "AppError400_404");
        let mark = names[1].as_str().strip_prefix("AppError400_404");
        assert!(mark.is_some_and(|mark| mark.starts_with('X')), "{names:?}");
    }

    #[test]
    fn whatever_the_text_an_identifier_comes_out() {
        for (text, value, ty) in [
            ("type", "r#type", "Type"),
            ("self", "self_", "Self_"),
            ("", "value", "Type"),
            ("$", "value", "Type"),
            ("1st", "value_1st", "Type1st"),
            ("@id", "id", "Id"),
            ("a\"; fn main() {}", "a_fn_main", "AFnMain"),
        ] {
            assert_eq!(
                ident(&speller(), Case::Value, text).to_string(),
                value,
                "{text:?}"
            );
            assert_eq!(
                ident(&speller(), Case::Type, text).to_string(),
                ty,
                "{text:?}"
            );
        }
    }

    #[test]
    fn clashes_are_resolved_whatever_the_order() {
        assert_eq!(
            names(Case::Value, &[], &["x-y", "x_y"]),
            ["x_dash_y", "x_y"]
        );
        assert_eq!(
            names(Case::Value, &[], &["x_y", "x-y"]),
            ["x_y", "x_dash_y"]
        );
        let forward = names(Case::Type, &[], &["foo", "FOO", "Foo"]);
        let mut backward = names(Case::Type, &[], &["Foo", "FOO", "foo"]);
        backward.reverse();
        assert_eq!(forward, backward);
        assert_eq!(forward[2], "Foo");
        assert_eq!(forward.iter().collect::<HashSet<_>>().len(), 3);
    }

    #[test]
    fn taken_names_are_not_given() {
        assert_eq!(
            names(Case::Type, TAKEN_TYPES, &["Option", "Pet"]),
            ["OptionModel", "Pet"]
        );
    }

    #[test]
    fn slugs_are_no_names() {
        assert!(is_name("apps/list-installations-for-authenticated-user"));
        assert!(is_name(
            "replaceAdmissionregistrationV1beta1MutatingAdmissionPolicyBinding"
        ));
        assert!(!is_name(
            "get-an-oauth-20-client-application-registered-with-mattermost-permissionsif-app-creator-must-have-ma"
        ));
        assert_eq!(
            from_summary("Get an OAuth app").as_deref(),
            Some("Get OAuth app")
        );
        assert_eq!(from_path("GET", "/pets/{id}/toys"), "get pets by id toys");
    }
}

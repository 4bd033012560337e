//! Turns words of a description into Rust identifiers. Nothing else creates an [`Ident`].
//!
//! All names of a scope are chosen at once, so that collisions are known. A name depends only on its wire name and on the names that it
//! collides with, never on the order of the document.

mod of_operations;
mod short;

pub(super) use of_operations::{from_path, from_summary, is_name};

use self::short::{LONGEST, cut, mark};
use super::reserved::{KEYWORDS, NEVER_RAW};
use super::rust::Ident;
use super::words::{Speller, capitalise};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use unicode_ident::is_xid_start;
use unicode_normalization::UnicodeNormalization;

/// What an identifier is for, which determines its case and the replacement for a name without letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Type,
    Variant,
    /// Fields, methods, arguments, modules.
    Value,
    Constant,
}

impl Case {
    /// Prefix of a name that can't begin an identifier, and replacement for a name without letters.
    fn stand_in(self) -> &'static str {
        match self {
            Self::Type => "Type",
            Self::Variant => "Value",
            Self::Value => "value",
            Self::Constant => "VALUE",
        }
    }

    /// Converts `text` to this case, as a valid identifier that may be a keyword.
    fn spell(self, speller: &Speller, text: &str) -> String {
        // Rust normalises identifiers to this form and warns about others (RFC 2457): `ﬀ` is `ff`.
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
        // Combining marks are valid in identifiers, but rustdoc can't resolve links to such names.
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
            // In scripts without capitals a constant would have the same name as its function.
            Some(_) if self == Self::Constant && name == speller.snake(text) => {
                format!("{}_{name}", self.stand_in())
            }
            Some(_) if NEVER_RAW.contains(&name.as_str()) => name + "_",
            Some(_) => name,
        }
    }
}

/// The identifier for `text`, in a scope without possible collisions.
#[must_use]
pub(super) fn ident(speller: &Speller, case: Case, text: &str) -> Ident {
    finish(case.spell(speller, text))
}

/// The name of a local in generated code that yields to names of the description.
#[must_use]
pub(super) fn local(word: &str, beside: &[&str]) -> Ident {
    let mut name = word.to_owned();
    while beside.contains(&name.as_str()) {
        name.push('_');
    }
    Ident::new(name)
}

/// The first of several names for a local that isn't taken; if all are, the last with an underscore.
#[must_use]
pub(super) fn first_free(words: &[&str], beside: &[&str]) -> Ident {
    let free = words.iter().find(|word| !beside.contains(word));
    free.or(words.last())
        .map_or_else(|| local("value", beside), |word| local(word, beside))
}

/// Names the API types of groups after their modules. Of several that want the same name the plainest module gets it.
#[must_use]
pub(super) fn group_apis(modules: &[Ident]) -> Vec<Ident> {
    let mut order: Vec<usize> = (0..modules.len()).collect();
    order.sort_by_key(|index| {
        let module = modules[*index].plain();
        (module.ends_with("api"), module)
    });
    let mut used = HashSet::new();
    let mut names = vec![String::new(); modules.len()];
    for index in order {
        let module = modules[index].plain();
        let whole: String = module.split('_').map(capitalise).collect();
        let stem = whole.strip_suffix("Api").unwrap_or(&whole);
        let marked = (0..).map(|round| mark(&format!("{round}{module}"), Case::Type));
        let marked = marked.map(|mark| format!("{stem}{mark}Api"));
        let plain = [format!("{stem}Api"), format!("{whole}Api")];
        let mut wanted = plain.into_iter().chain(marked);
        let name = wanted.find(|name| used.insert(name.clone()));
        names[index] = name.unwrap_or_default();
    }
    names.into_iter().map(finish).collect()
}

/// Names the shared error types, each given with its wanted name and its key. Types that want the same name are distinguished by a hash of
/// the key.
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
        // rustc's lint allows an underscore in type names only between digits.
        let marked = marked.map(|mark| format!("{plain}{mark}"));
        let mut names_of = std::iter::once(plain.clone()).chain(marked);
        let name = names_of.find(|name| used.insert(name.clone()));
        names[index] = name.unwrap_or_default();
    }
    names.into_iter().map(finish).collect()
}

/// Prefixes keywords with `r#`.
fn finish(name: String) -> Ident {
    if KEYWORDS.contains(&name.as_str()) {
        Ident::new(format!("r#{name}"))
    } else {
        Ident::new(name)
    }
}

/// A name that is wanted in a scope.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// The words to make it from.
    pub text: String,
    /// The wire name, which distinguishes it from others with the same words.
    pub wire: String,
    /// Whether the description gives this name to exactly this thing. Such a name is kept when others yield.
    pub explicit: bool,
    /// Alternative words, if the first choice is taken.
    pub otherwise: Option<String>,
}

impl Wanted {
    /// Wants the wire name.
    pub(super) fn as_on_wire(wire: &str) -> Self {
        Self {
            text: wire.to_owned(),
            wire: wire.to_owned(),
            explicit: false,
            otherwise: None,
        }
    }
}

/// The identifiers of a scope.
#[derive(Debug)]
pub(super) struct Named {
    /// The identifier for each wanted name, in the same order.
    pub idents: Vec<Ident>,
    /// Indexes of names that didn't get their first choice.
    pub clashes: Vec<usize>,
}

/// Chooses all identifiers of a scope at once, avoiding `taken` ones.
///
/// Of several names that want the same identifier, an explicit one keeps it, else the one whose wire name is spelled most like it. The
/// others use their alternative words, spell out distinguishing characters (`x-y` next to `x_y` is `x_dash_y`), or get a hash of the wire
/// name.
#[must_use]
pub(super) fn scope(speller: &Speller, case: Case, taken: &[&str], wanted: &[Wanted]) -> Named {
    scope_of(speller, case, taken, wanted, |plain| {
        let stem = plain.trim_end_matches('_');
        match case {
            Case::Type => Some(format!("{stem}Model")),
            Case::Variant => Some(format!("{stem}Value")),
            Case::Value | Case::Constant => (!plain.ends_with('_')).then(|| format!("{plain}_")),
        }
    })
}

/// Chooses the names of setters in a scope. Where the name is that of another method, it is `with_timeout`.
#[must_use]
pub(super) fn setters(speller: &Speller, taken: &[&str], wanted: &[Wanted]) -> Named {
    let instead = |plain: &str| Some(format!("with_{}", plain.trim_end_matches('_')));
    scope_of(speller, Case::Value, taken, wanted, instead)
}

/// Names setters after their fields. Where the name is that of another method, it is `with_default`.
#[must_use]
pub(super) fn setters_of(fields: &[Ident], taken: &[&str]) -> Vec<Ident> {
    let beside: Vec<&str> = fields
        .iter()
        .map(Ident::plain)
        .chain(taken.iter().copied())
        .collect();
    let setters = fields.iter().map(|field| {
        if taken.contains(&field.plain()) {
            local(&format!("with_{}", field.plain()), &beside)
        } else {
            field.clone()
        }
    });
    setters.collect()
}

/// Like [`scope`]; `instead` gives the name to use where the wanted one is taken.
#[must_use]
pub(super) fn scope_of(
    speller: &Speller,
    case: Case,
    taken: &[&str],
    wanted: &[Wanted],
    instead: impl Fn(&str) -> Option<String>,
) -> Named {
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
        let instead = instead(&plain[*index]);
        let name = longer_names(
            speller,
            case,
            &plain[*index],
            &wanted[*index],
            others,
            instead,
        )
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

/// Which of several names keeps the identifier that all want: an explicit one, else the one spelled most like it, else the first by wire
/// name. `None` if no wire name is like it and all can be distinguished by characters: `+name` and `-name`.
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

/// How much a wire name is like its identifier, most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Equal,
    /// Equal except for capitals.
    Letters,
    /// Equal except for capitals and separators.
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

/// Alternative names for one that didn't get its first choice, best first; infinite.
fn longer_names(
    speller: &Speller,
    case: Case,
    plain: &str,
    want: &Wanted,
    otherwise: Option<&str>,
    instead: Option<String>,
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
    // With very many equal names the hashes may run out, so numbers follow.
    let numbered = move |round: u32| {
        let stem = plain.trim_end_matches('_');
        let mark = mark(&want.wire, case);
        format!("{stem}{separator}{mark}{separator}{round}")
    };
    otherwise
        .into_iter()
        .map(move |words| case.spell(speller, words))
        .chain([case.spell(speller, &spelled_out(&want.wire))])
        .filter(move |spelled| spelled != plain)
        .chain(instead)
        .chain((0..MARKS).map(marked))
        .chain((0..).map(numbered))
}

/// Number of hashes tried per name.
const MARKS: u32 = 64;

/// Words for characters that identifiers can't contain.
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

#[cfg(test)]
mod tests {
    use super::super::reserved::PRELUDE;
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

    /// rustc warns about type names with an underscore before a letter.
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
            names(Case::Type, PRELUDE, &["Option", "Pet"]),
            ["OptionModel", "Pet"]
        );
    }
}

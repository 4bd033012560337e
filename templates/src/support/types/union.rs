//! `union!`: enums of several types. Needs `alternatives.rs`, `object.rs`, `tagged.rs`, `undecided.rs`, `undecided_tree.rs`,
//! `validate.rs`.
//!
//! The input of the macro says how the variant of a value is chosen:
//!
//! | input | the variant is chosen by |
//! | --- | --- |
//! | `by tag "kind" { Cat: "cat" \| "kitten", … } other Other` | the string in a property; `Other` keeps a value with an unknown tag |
//! | `by tag "kind" { Cat: "cat" written_tag, … } other Other` | the same, but `Cat` doesn't declare the property, so the union writes it |
//! | `by kind { Text: string, Count: number, … }` | the JSON type of the value; `object` is read as a struct, `map` as any other type |
//! | `by field { Card: "number", Cash: _ }` | a property that only this variant has, then as with `in order`; `_` has none, and comes last |
//! | `in order { A, B }` | among the variants whose constraints hold the one that declares the most of the value's properties, else among those that can be read; of equally good ones the first |
//! | `in order { Id: string, User: object "name", Any }` | the same, but only variants of the value's JSON type, and whose required property it has, are tried |
//!
//! After the last three, `exclusive 2` says that exactly one of the first two variants may match, which [`one_of`] checks.
//!
//! Serializing writes the variant's value, so that what was read is written back.
//!
//! If the JSON type decides, the variant is read directly. Otherwise the value is buffered as a tree, which the candidates are read from.
//!
//! Trying variants costs, in the worst case, as many visits of each node as there are variants at each level of nested unions above it;
//! results for inner unions are cached. A value that takes more than 64 visits per node is rejected.

use std::any::TypeId;
use std::cell::RefCell;

use serde::Serialize;
use serde::de::{DeserializeOwned, Error};

pub(crate) use super::alternatives::{Alternatives, Sign, read};
pub(crate) use super::tagged::{ByTag, Whole, by_tag};
pub(crate) use super::undecided::{Kind, Undecided};
use super::{
    Grade, Mismatch, OfUnion, TOO_MANY_STEPS, Told, Validate, Validator, quietly, take_nulls,
};

/// Implements `Serialize` and `Deserialize` for an enum of types; see the module documentation.
// The name `union` is also this module, as in `object!`; paths are written in full for the same reason.
macro_rules! union {
    ($name:ident by tag $tag:literal { $($variant:ident: $($key:literal)|+ $($written:ident)?),* $(,)? } other $other:ident) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => union! { @tagged value to $tag [$($key),+] $($written)? },)*
                    Self::$other(value) => ::serde::Serialize::serialize(value, to),
                }
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                union::by_tag(from)
            }
        }

        impl union::ByTag for $name {
            const TAG: &'static str = $tag;

            fn read<'de, D: union::Whole<'de>>(tag: &str, from: D) -> ::core::result::Result<Self, D::Error> {
                match tag {
                    $($($key)|+ => ::serde::Deserialize::deserialize(union! { @untagged from $tag $($written)? }).map(Self::$variant),)*
                    _ => union::Whole::json(from).map(Self::$other),
                }
            }
        }
    };
    ($name:ident by kind { $($variant:ident: $kind:ident),* $(,)? }) => {
        union! { @impls $name { $($variant: [$kind _]),* } |value| union::of_kind(value) }
    };
    ($name:ident by field { $($variant:ident: $field:tt),* $(,)? } $(exclusive $count:literal)?) => {
        union! { @impls $name { $($variant: [with $field]),* } |value| union::choose(value, union! { @count $($count)? }) }
    };
    ($name:ident in order { $($variant:ident $(: $kind:tt $($field:literal)?)?),* $(,)? } $(exclusive $count:literal)?) => {
        union! {
            @impls $name { $($variant: [$($kind $($field)?)?]),* } |value| union::choose(value, union! { @count $($count)? })
        }
    };
    (@tagged $value:ident $to:ident $tag:literal [$($key:literal),+]) => {
        ::serde::Serialize::serialize($value, $to)
    };
    (@tagged $value:ident $to:ident $tag:literal [$key:literal] $written:ident) => {
        $written::write($value, $tag, $key, $to)
    };
    (@untagged $from:ident $tag:literal) => { $from };
    (@untagged $from:ident $tag:literal $written:ident) => { union::Whole::without($from, $tag) };
    (@count) => { 0 };
    (@count $count:literal) => { $count };
    (@impls $name:ident { $($variant:ident: [$($sign:tt)*]),* } |$value:ident| $told:expr) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => ::serde::Serialize::serialize(value, to),)*
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                union::read(from)
            }
        }

        impl union::Alternatives for $name {
            const SIGNS: &'static [union::Sign] = &[$(union! { @sign $($sign)* }),*];

            fn read<'de, D: ::serde::Deserializer<'de>>(index: usize, from: D) -> ::core::result::Result<Self, D::Error> {
                $(let ::core::option::Option::Some(index) = index.checked_sub(1) else {
                    return ::serde::Deserialize::deserialize(from).map(Self::$variant);
                };)*
                let _ = index;
                ::core::result::Result::Err(union::unknown())
            }

            fn told<E: ::serde::de::Error>($value: &union::Undecided) -> ::core::result::Result<Self, E> {
                $told
            }
        }
    };
    (@sign) => { union::Sign { kind: ::core::option::Option::None, needs: ::core::option::Option::None } };
    (@sign with _) => { union! { @sign } };
    (@sign with $field:literal) => { union! { @sign object $field } };
    (@sign $kind:tt) => { union::Sign { kind: union! { @kind $kind }, needs: ::core::option::Option::None } };
    (@sign $kind:tt _) => { union! { @sign $kind } };
    (@sign $kind:tt $field:literal) => {
        union::Sign { kind: union! { @kind $kind }, needs: ::core::option::Option::Some($field) }
    };
    (@kind _) => { ::core::option::Option::None };
    (@kind null) => { ::core::option::Option::Some(union::Kind::Null) };
    (@kind boolean) => { ::core::option::Option::Some(union::Kind::Boolean) };
    (@kind number) => { ::core::option::Option::Some(union::Kind::Number) };
    (@kind string) => { ::core::option::Option::Some(union::Kind::String) };
    (@kind array) => { ::core::option::Option::Some(union::Kind::Array) };
    (@kind object) => { ::core::option::Option::Some(union::Kind::Object) };
    (@kind map) => { ::core::option::Option::Some(union::Kind::Map) };
}
pub(crate) use union;

/// Reads the value as the variant of its kind.
pub(crate) fn of_kind<U, E>(value: &Undecided) -> Result<U, E>
where
    U: Alternatives,
    E: Error,
{
    let mut kinds = U::SIGNS.iter().map(|sign| sign.kind);
    match kinds.position(|kind| kind.is_some_and(|kind| kind.is_of(value))) {
        Some(index) => attempt(value, index).map_err(E::custom),
        None => Err(unknown()),
    }
}

/// Reads a value as a variant.
fn attempt<U: Alternatives>(value: &Undecided, index: usize) -> Result<U, Mismatch> {
    value.reading(|from| U::read(index, from))
}

/// Reads the value as the variant that it matches best. Of the first `exclusive` variants exactly one may match.
pub(crate) fn choose<U, E>(value: &Undecided, exclusive: usize) -> Result<U, E>
where
    U: Alternatives + Validate + 'static,
    E: Error,
{
    let place = (value.node, TypeId::of::<U>());
    match value.tree.told(place) {
        Some(Told::Variant { index, grade, .. }) => return again(value, index, grade),
        Some(Told::Trying | Told::Nothing) => return Err(unknown()),
        None => {}
    }
    match only_candidate(value, U::SIGNS) {
        Some(index) if !value.tree.is_grading() => attempt(value, index).map_err(E::custom),
        only => try_all(value, exclusive, only),
    }
}

/// The only candidate, if there is only one and its sign has a kind. A variant of any kind may be this union again, so that reading it has
/// to be noted first.
fn only_candidate(value: &Undecided, signs: &[Sign]) -> Option<usize> {
    let mut candidates = candidates(value, signs);
    let first = candidates.next()?;
    let is_only = candidates.next().is_none() && signs[first].kind.is_some();
    is_only.then_some(first)
}

/// The indices of the variants that the value may be.
fn candidates(value: &Undecided, signs: &[Sign]) -> impl Iterator<Item = usize> {
    let signs = signs.iter().enumerate();
    signs.filter_map(|(index, sign)| sign.may_be_of(value).then_some(index))
}

/// Reads the value as the variant chosen before.
fn again<U, E>(value: &Undecided, index: usize, grade: Grade) -> Result<U, E>
where
    U: Alternatives,
    E: Error,
{
    let before = grade_so_far(value);
    let read = attempt(value, index);
    take_nulls();
    value.tree.grade.set(before.and(grade));
    read.map_err(E::custom)
}

/// Tries all candidates; `only` is the only one, if that is known.
// A function of its own, so that recursion through cached values needs little stack.
#[inline(never)]
fn try_all<U, E>(value: &Undecided, exclusive: usize, only: Option<usize>) -> Result<U, E>
where
    U: Alternatives + Validate + 'static,
    E: Error,
{
    let (tree, place) = (&value.tree, (value.node, TypeId::of::<U>()));
    let before = grade_so_far(value);
    tree.tell(place, Told::Trying);
    let meant = only.or_else(|| meant(value, U::SIGNS));
    let mut choice = Choice::default();
    let mut reason = None;
    for index in candidates(value, U::SIGNS) {
        let is_meant = Some(index) == meant;
        match quietly(!is_meant, || graded(value, index)) {
            Ok((read, grade)) => choice.add(index, read, grade, index < exclusive),
            // A value with a property that only one variant requires is meant to be that variant.
            Err(error) if is_meant => reason = Some(error),
            Err(_) => {}
        }
        if choice.is_perfect() && !tree.counts_all {
            break;
        }
    }
    tree.grade.set(before);
    if tree.is_given_up() {
        return Err(E::custom(TOO_MANY_STEPS));
    }
    let Some((index, read, mut grade)) = choice.best else {
        tree.tell(place, Told::Nothing);
        return Err(reason.map_or_else(unknown, E::custom));
    };
    let holding = choice.holding;
    // An inner value that matches several variants makes the outer variant worse.
    grade.violations += usize::from(tree.counts_all && holding > 1);
    tree.tell(
        place,
        Told::Variant {
            index,
            grade,
            holding,
        },
    );
    tree.grade.set(before.and(grade));
    Ok(read)
}

/// The candidate whose required property the value has, if it is the only such candidate.
fn meant(value: &Undecided, signs: &[Sign]) -> Option<usize> {
    let has = |index: &usize| signs[*index].needs.is_some();
    let mut having = candidates(value, signs).filter(has);
    let first = having.next()?;
    having.next().is_none().then_some(first)
}

/// The best of the variants tried so far.
struct Choice<U> {
    best: Option<(usize, U, Grade)>,
    /// How many of the exclusive variants match.
    holding: usize,
}

impl<U> Default for Choice<U> {
    fn default() -> Self {
        Self {
            best: None,
            holding: 0,
        }
    }
}

impl<U> Choice<U> {
    fn add(&mut self, index: usize, read: U, grade: Grade, counts: bool) {
        self.holding += usize::from(counts && grade.violations == 0 && grade.changed == 0);
        let is_better = match &self.best {
            Some((best, _, known)) => (grade.rank(), index) < (known.rank(), *best),
            None => true,
        };
        if is_better {
            self.best = Some((index, read, grade));
        }
    }

    fn is_perfect(&self) -> bool {
        matches!(self.best, Some((_, _, grade)) if grade == Grade::default())
    }
}

/// Reads the value as a variant, and grades it.
fn graded<U>(value: &Undecided, index: usize) -> Result<(U, Grade), Mismatch>
where
    U: Alternatives + Validate,
{
    value.tree.grade.set(Grade::default());
    let read: Result<U, _> = value.tree.grading(|| attempt(value, index));
    let mut grade = grade_so_far(value);
    let read = read?;
    // Violations inside of nested unions were counted when their variants were chosen.
    let mut v = Validator::grading();
    read.validate_at(&mut v);
    grade.violations += v.count();
    Ok((read, grade))
}

/// The grade of what has been read so far.
fn grade_so_far(value: &Undecided) -> Grade {
    let mut grade = value.tree.grade.take();
    grade.changed += take_nulls();
    grade
}

thread_local! {
    /// The value that is being validated, from its outermost `oneOf` on.
    static CHECKED: RefCell<Option<Undecided>> = const { RefCell::new(None) };
}

/// Validates a value of which exactly one variant may match (JSON Schema Core, section 10.2.1.3), then runs `checks`.
pub(crate) fn one_of<U>(value: &U, v: &mut Validator, checks: impl FnOnce(&mut Validator))
where
    U: Serialize + DeserializeOwned + 'static,
{
    match v.of_union() {
        OfUnion::Told => {}
        OfUnion::Own => checks(v),
        OfUnion::Checked if Validator::accepts_overlaps() => checks(v),
        OfUnion::Checked => {
            let is_outermost = v.whole.is_none();
            let outside = is_outermost.then(|| start(value, v));
            check_one_of::<U>(v);
            checks(v);
            if let Some(outside) = outside {
                CHECKED.with(|checked| checked.replace(outside));
                v.whole = None;
            }
        }
    }
}

/// Makes a value the one that is being validated; returns the previous one.
fn start<U: Serialize>(value: &U, v: &mut Validator) -> Option<Undecided> {
    v.whole = Some(v.pointer().len());
    let whole = serde_json::to_value(value).ok();
    let whole = whole.as_ref().and_then(Undecided::counting_all);
    CHECKED.with(|checked| checked.replace(whole))
}

/// Adds a violation if several variants match the value at the validator's position.
fn check_one_of<U: DeserializeOwned + 'static>(v: &mut Validator) {
    let whole = CHECKED.with(|checked| checked.borrow().clone());
    let within = v.pointer().get(v.whole.unwrap_or_default()..);
    let Some(value) = whole
        .zip(within)
        .and_then(|(whole, within)| whole.at(within))
    else {
        return;
    };
    let told = || value.tree.told((value.node, TypeId::of::<U>()));
    // Nested unions usually have a result from reading the outer one.
    if told().is_none() {
        let _ = value.read::<U>();
        take_nulls();
    }
    if value.tree.is_given_up() {
        v.violation(TOO_MANY_STEPS);
        return;
    }
    let told = told();
    if let Some(Told::Variant { holding: 2.., .. }) = told {
        v.violation("must match exactly one of its possible types, but matches several");
    }
}

/// The error for a value that matches no variant.
pub(crate) fn unknown<E: Error>() -> E {
    E::custom("matches none of its possible types")
}

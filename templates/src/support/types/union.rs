//! `union!`: enums of several types. Needs `object.rs`, `tagged.rs`, `undecided.rs`, `undecided_tree.rs`, `validate.rs`.
//!
//! The input of the macro says how the variant of a value is chosen:
//!
//! | input | the variant is chosen by |
//! | --- | --- |
//! | `by tag "kind" { Cat: "cat" \| "kitten", … } other Other` | the string in a property; `Other` keeps a value with an unknown tag |
//! | `by tag "kind" { Cat: "cat" written_tag, … } other Other` | the same, but `Cat` doesn't declare the property, so the union writes it |
//! | `by kind { Text: string, Count: number, … }` | the JSON type of the value |
//! | `by field { Card: "number", Cash: _ }` | a property that only this variant has, then as with `in order`; `_` has none, and comes last |
//! | `in order { A, B }` | among the variants whose constraints hold the one that declares the most of the value's properties, else among those that can be read; of equally good ones the first |
//!
//! After the last two, `exclusive 2` says that exactly one of the first two variants may match, which [`one_of`] checks.
//!
//! Serializing writes the variant's value, so that what was read is written back.
//!
//! Trying variants costs, in the worst case, as many visits of each node as there are variants at each level of nested unions above it;
//! results for inner unions are cached. A value that takes more than 64 visits per node is rejected.

use std::any::TypeId;
use std::cell::RefCell;

use serde::Serialize;
use serde::de::{DeserializeOwned, Error};

pub(crate) use super::tagged::{ByTag, Whole, by_tag};
pub(crate) use super::undecided::{buffered, kind};
use super::{
    Grade, Mismatch, OfUnion, TOO_MANY_STEPS, Told, Undecided, Validate, Validator, quietly,
    take_nulls,
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

        impl<'de> union::ByTag<'de> for $name {
            const TAG: &'static str = $tag;

            fn read<D: union::Whole<'de>>(tag: &str, from: D) -> ::core::result::Result<Self, D::Error> {
                match tag {
                    $($($key)|+ => ::serde::Deserialize::deserialize(union! { @untagged from $tag $($written)? }).map(Self::$variant),)*
                    _ => union::Whole::json(from).map(Self::$other),
                }
            }
        }
    };
    ($name:ident by kind { $($variant:ident: $kind:ident),* $(,)? }) => {
        union! { @write $name { $($variant),* } }
        union! { @read $name |value| {
            $(if union::kind::$kind(&value) {
                return union::read(&value).map(Self::$variant);
            })*
            ::core::result::Result::Err(union::unknown())
        } }
    };
    ($name:ident by field { $($variant:ident: $field:tt),* $(,)? } $(exclusive $count:literal)?) => {
        union! { @write $name { $($variant),* } }
        union! { @read $name |value| {
            union::choose(
                &value,
                union! { @count $($count)? },
                &[$(union! { @own $field }),*],
                &[$(|value| value.read().map(Self::$variant)),*],
            )
        } }
    };
    ($name:ident in order { $($variant:ident),* $(,)? } $(exclusive $count:literal)?) => {
        union! { @write $name { $($variant),* } }
        union! { @read $name |value| {
            union::choose(
                &value,
                union! { @count $($count)? },
                &[],
                &[$(|value| value.read().map(Self::$variant)),*],
            )
        } }
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
    (@own _) => {
        ::core::option::Option::None
    };
    (@own $field:literal) => {
        ::core::option::Option::Some($field)
    };
    (@write $name:ident { $($variant:ident),* }) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => ::serde::Serialize::serialize(value, to),)*
                }
            }
        }
    };
    (@read $name:ident |$value:ident| $body:block) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            // Nothing follows the checks of a union of one kind; the macro is the same for all.
            #[allow(unreachable_code)]
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                let $value = union::buffered(from)?;
                $body
            }
        }
    };
}
pub(crate) use union;

/// Reads the value as the type of a variant.
pub(crate) fn read<T: DeserializeOwned, E: Error>(value: &Undecided) -> Result<T, E> {
    value.read().map_err(E::custom)
}

/// Reads a value as a variant.
pub(crate) type Try<U> = fn(&Undecided) -> Result<U, Mismatch>;

/// Reads the value as the variant that it matches best. Of the first `exclusive` variants exactly one may match; `own` are the names of
/// properties that only one variant has.
pub(crate) fn choose<U, E>(
    value: &Undecided,
    exclusive: usize,
    own: &[Option<&str>],
    tries: &[Try<U>],
) -> Result<U, E>
where
    U: Validate + 'static,
    E: Error,
{
    let place = (value.node, TypeId::of::<U>());
    match value.tree.told(place) {
        Some(Told::Variant { index, grade, .. }) => again(value, tries[index], grade),
        Some(Told::Trying | Told::Nothing) => Err(unknown()),
        None => try_all(value, exclusive, own, tries),
    }
}

/// Reads the value as the variant chosen before.
fn again<U, E: Error>(value: &Undecided, attempt: Try<U>, grade: Grade) -> Result<U, E> {
    let before = grade_so_far(value);
    let read = attempt(value);
    take_nulls();
    value.tree.grade.set(before.and(grade));
    read.map_err(E::custom)
}

// A function of its own, so that recursion through cached values needs little stack.
#[inline(never)]
fn try_all<U, E>(
    value: &Undecided,
    exclusive: usize,
    own: &[Option<&str>],
    tries: &[Try<U>],
) -> Result<U, E>
where
    U: Validate + 'static,
    E: Error,
{
    let (tree, place) = (&value.tree, (value.node, TypeId::of::<U>()));
    let before = grade_so_far(value);
    tree.tell(place, Told::Trying);
    let first = only_own(value, own);
    let mut choice = Choice::default();
    let mut reason = None;
    let others = (0..tries.len()).filter(|index| Some(*index) != first);
    for index in first.into_iter().chain(others) {
        let is_meant = Some(index) == first;
        match quietly(!is_meant, || graded(value, tries[index])) {
            Ok((read, grade)) => choice.add(index, read, grade, index < exclusive),
            // A value with a property that only one variant has is meant to be that variant.
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

/// The variant whose own property the value has, if it is the only such variant.
fn only_own(value: &Undecided, own: &[Option<&str>]) -> Option<usize> {
    let has = |name: &Option<&str>| name.is_some_and(|name| value.has(name));
    let mut having = own.iter().enumerate().filter(|(_, name)| has(name));
    let first = having.next()?.0;
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
fn graded<U: Validate>(value: &Undecided, attempt: Try<U>) -> Result<(U, Grade), Mismatch> {
    value.tree.grade.set(Grade::default());
    let read = attempt(value);
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

//! `pattern`. Needs `validate.rs`; crate `regex-lite`.

use std::sync::OnceLock;

use regex_lite::{Regex, RegexBuilder};

use super::Validator;

/// A regular expression of the description, in the syntax of ECMA-262 (JSON Schema Core, section 6.4), compiled on first use.
///
/// A search takes linear time, unless the expression has look-around or back-references: then it is a `Pattern<Backtracking>`, which gives
/// up on text that would take too long.
#[derive(Debug)]
pub struct Pattern<E = Linear> {
    source: &'static str,
    /// The pattern in the syntax of its engine.
    text: &'static str,
    compiled: OnceLock<Option<E>>,
}

/// A regular expression engine.
pub trait Engine: Sized {
    /// Compiles an expression; `None` if it isn't valid.
    fn compile(text: &str) -> Option<Self>;

    /// Whether the expression matches anywhere in the text. `None` if it would take more than `steps`; the steps taken are subtracted.
    fn search(&self, text: &str, steps: &mut u64) -> Option<bool>;
}

/// The engine for linear time.
#[derive(Debug)]
pub struct Linear(Regex);

impl Engine for Linear {
    fn compile(text: &str) -> Option<Self> {
        // The generator has checked the size.
        let mut builder = RegexBuilder::new(text);
        let builder = builder.size_limit(usize::MAX).nest_limit(1_000);
        builder.build().ok().map(Self)
    }

    fn search(&self, text: &str, _: &mut u64) -> Option<bool> {
        Some(self.0.is_match(text))
    }
}

impl<E: Engine> Pattern<E> {
    /// Creates a pattern; generated code keeps each in a `static`.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self::translated(source, source)
    }

    /// Creates a pattern with its translation for the engine.
    #[must_use]
    pub const fn translated(source: &'static str, text: &'static str) -> Self {
        Self {
            source,
            text,
            compiled: OnceLock::new(),
        }
    }

    /// Whether the expression matches anywhere in the text. One that can't be compiled always matches; one that gives up doesn't.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.search(text, &mut Validator::STEPS.clone()) == Some(true)
    }

    /// Whether the expression matches anywhere in the text. `None` if that takes longer than the text allows, and more than the remaining
    /// steps that all patterns share.
    pub(super) fn search_counting(&self, text: &str, taken: &mut u64) -> Option<bool> {
        let of_bytes = Validator::STEPS_OF_A_BYTE.saturating_mul(text.len() as u64);
        let worth = of_bytes.saturating_add(Validator::STEPS_OF_A_TEXT);
        let left = Validator::STEPS.saturating_sub(*taken);
        let mut steps = left.saturating_add(worth);
        let found = self.search(text, &mut steps);
        *taken += left.saturating_sub(steps);
        found
    }

    fn search(&self, text: &str, steps: &mut u64) -> Option<bool> {
        match self.compiled.get_or_init(|| E::compile(self.text)) {
            Some(engine) => engine.search(text, steps),
            None => Some(true),
        }
    }
}

impl Validator {
    /// Steps that all patterns together may take beyond the allowance of each text: about 20 milliseconds.
    const STEPS: u64 = 1_000_000;

    /// Allowance of a text, and of each of its bytes.
    const STEPS_OF_A_TEXT: u64 = 1_000;
    const STEPS_OF_A_BYTE: u64 = 100;

    /// `propertyNames`, and `patternProperties` without other properties: the name of each property has to match.
    pub fn keys<'n, E: Engine>(
        &mut self,
        names: impl IntoIterator<Item = &'n String>,
        pattern: &Pattern<E>,
    ) {
        for name in names {
            self.enter(name);
            self.check(name, pattern, "have a name like");
            self.leave();
        }
    }

    /// `pattern` (section 6.3.3).
    pub fn pattern<E: Engine>(&mut self, value: &str, pattern: &Pattern<E>) {
        self.check(value, pattern, "match the pattern");
    }

    /// Text that violates another constraint already, such as its length, isn't searched.
    fn check<E: Engine>(&mut self, value: &str, pattern: &Pattern<E>, must: &str) {
        if self.is_broken() {
            return;
        }
        match pattern.search_counting(value, &mut self.steps_taken) {
            Some(true) => {}
            Some(false) => self.violation(format!("must {must} {}", pattern.source)),
            None => self.violation(format!(
                "is too long to be checked against the pattern {}",
                pattern.source
            )),
        }
    }
}

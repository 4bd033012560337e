//! `pattern`. Needs `validate.rs`; crate `regex-lite`.

use std::sync::OnceLock;

use regex_lite::{Regex, RegexBuilder};

use super::Validator;

/// A regular expression of the description, in the syntax of ECMA-262 (JSON Schema, section 6.4 of the core), compiled
/// when it is first used.
///
/// A search takes time linear in the text, unless the expression looks around or refers back: then it is a `Pattern<Backtracking>`,
/// which gives up on a text that would take too long.
#[derive(Debug)]
pub struct Pattern<E = Linear> {
    source: &'static str,
    /// The same as its engine writes it.
    text: &'static str,
    compiled: OnceLock<Option<E>>,
}

/// What searches with a regular expression.
pub trait Engine: Sized {
    /// An expression, if there is nothing wrong with it.
    fn compile(text: &str) -> Option<Self>;

    /// Whether it is found anywhere in a text. `None` if it would take more than so many steps, which are taken off.
    fn search(&self, text: &str, steps: &mut u64) -> Option<bool>;
}

/// Searches in linear time.
#[derive(Debug)]
pub struct Linear(Regex);

impl Engine for Linear {
    fn compile(text: &str) -> Option<Self> {
        // The generator has seen how large it is.
        let mut builder = RegexBuilder::new(text);
        let builder = builder.size_limit(usize::MAX).nest_limit(1_000);
        builder.build().ok().map(Self)
    }

    fn search(&self, text: &str, _: &mut u64) -> Option<bool> {
        Some(self.0.is_match(text))
    }
}

impl<E: Engine> Pattern<E> {
    /// A pattern; generated code keeps each in a `static`.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self::translated(source, source)
    }

    /// A pattern, and the same as its engine writes it.
    #[must_use]
    pub const fn translated(source: &'static str, text: &'static str) -> Self {
        Self {
            source,
            text,
            compiled: OnceLock::new(),
        }
    }

    /// Whether the expression is found anywhere in the text. One that can't be compiled is found everywhere; one that gave up, nowhere.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.search(text, &mut Validator::STEPS.clone()) == Some(true)
    }

    /// Whether the expression is found anywhere in the text; `None` if that would take longer than the text is worth and what is left
    /// of the steps that all patterns together may take.
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
    /// How many steps all patterns together may take beyond what each text is worth: some 20 milliseconds.
    const STEPS: u64 = 1_000_000;

    /// How many steps a text is worth, and each of its bytes.
    const STEPS_OF_A_TEXT: u64 = 1_000;
    const STEPS_OF_A_BYTE: u64 = 100;

    /// `propertyNames`, and `patternProperties` where there may be no others: the name of each property matches.
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

    /// `pattern` (section 6.3.3)
    pub fn pattern<E: Engine>(&mut self, value: &str, pattern: &Pattern<E>) {
        self.check(value, pattern, "match the pattern");
    }

    /// A text that is too long already, or broken otherwise, isn't searched.
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

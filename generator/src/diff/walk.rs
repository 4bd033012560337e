//! What a comparison has seen and found so far.

use super::Finding;
use super::rules::{Rule, Wire};
use crate::ir::{Api, Direction, RuleId, TypeId};
use crate::source::Origin;
use std::collections::{HashSet, VecDeque};

/// Who sends a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Way {
    Request,
    Response,
    /// Nobody: a schema that no operation uses, or a property in the direction that leaves it out.
    Unsent,
}

impl Way {
    pub(super) fn direction(self) -> Option<Direction> {
        match self {
            Self::Request => Some(Direction::Request),
            Self::Response => Some(Direction::Response),
            Self::Unsent => None,
        }
    }

    /// The way of the answer.
    pub(super) fn back(self) -> Self {
        match self {
            Self::Request => Self::Response,
            Self::Response => Self::Request,
            Self::Unsent => Self::Unsent,
        }
    }
}

/// What a constraint does to the values of the type that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sense {
    /// What it forbids is forbidden.
    Straight,
    /// What it forbids is allowed: within `not`.
    Turned,
    /// It depends: within `oneOf`, `if`, and `contains` with a greatest count.
    Unclear,
}

impl Sense {
    pub(super) fn turned(self) -> Self {
        match self {
            Self::Straight => Self::Turned,
            Self::Turned => Self::Straight,
            Self::Unclear => Self::Unclear,
        }
    }
}

/// Where the walk is: a part of an operation, and the path from there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    site: usize,
    step: Option<usize>,
}

/// Two types to compare.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub(super) spot: Spot,
    pub(super) way: Way,
    pub(super) old: TypeId,
    pub(super) new: TypeId,
}

/// A rule with the values and places of a finding.
pub(super) struct Found {
    rule: &'static Rule,
    places: [Origin; 2],
    before: Option<String>,
    after: Option<String>,
}

impl Found {
    pub(super) fn new(rule: &'static Rule, old: &Origin, new: &Origin) -> Self {
        Self {
            rule,
            places: [old.clone(), new.clone()],
            before: None,
            after: None,
        }
    }

    #[allow(clippy::needless_pass_by_value)] // most are made for it
    pub(super) fn before(mut self, value: impl ToString) -> Self {
        self.before = Some(short(&value.to_string()));
        self
    }

    #[allow(clippy::needless_pass_by_value)] // most are made for it
    pub(super) fn after(mut self, value: impl ToString) -> Self {
        self.after = Some(short(&value.to_string()));
        self
    }
}

/// The longest value in a finding, in characters.
const LONGEST: usize = 120;

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A comparison.
pub(super) struct Walk<'a> {
    pub(super) old: &'a Api,
    pub(super) new: &'a Api,
    pub(super) findings: Vec<Finding>,
    /// Operation and part.
    sites: Vec<(String, String)>,
    /// For each step its name and the one before. Paths are only written for findings.
    steps: Vec<(Option<usize>, String)>,
    /// A queue instead of recursion, as types nest without limit.
    pub(super) waiting: VecDeque<Pair>,
    /// Pairs that nobody sends, which are compared when it is known that nobody does.
    pub(super) unsent: Vec<Pair>,
    pub(super) seen: HashSet<(TypeId, TypeId, Way)>,
    /// Pairs that were compared in any direction.
    pub(super) met: HashSet<(TypeId, TypeId)>,
    /// Pairs whose texts were compared.
    pub(super) read: HashSet<(TypeId, TypeId)>,
    /// What was told of things that have no direction: rule, places and value.
    told: HashSet<(&'static str, Origin, Origin, Option<String>)>,
    /// Pairs of constraints, with their direction and whether more is less.
    pub(super) rules: HashSet<(RuleId, RuleId, Way, Sense)>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(old: &'a Api, new: &'a Api) -> Self {
        Self {
            old,
            new,
            findings: Vec::new(),
            sites: Vec::new(),
            steps: Vec::new(),
            waiting: VecDeque::new(),
            unsent: Vec::new(),
            seen: HashSet::new(),
            met: HashSet::new(),
            read: HashSet::new(),
            told: HashSet::new(),
            rules: HashSet::new(),
        }
    }

    /// A part of an operation, from which paths begin.
    pub(super) fn site(&mut self, operation: &str, part: impl Into<String>) -> Spot {
        self.sites.push((operation.to_owned(), part.into()));
        Spot {
            site: self.sites.len() - 1,
            step: None,
        }
    }

    /// A place below another one.
    pub(super) fn below(&mut self, spot: Spot, step: String) -> Spot {
        self.steps.push((spot.step, step));
        Spot {
            step: Some(self.steps.len() - 1),
            ..spot
        }
    }

    fn path(&self, spot: Spot) -> String {
        let before = |at: &usize| self.steps.get(*at).and_then(|(before, _)| *before);
        let steps = std::iter::successors(spot.step, before);
        let mut steps: Vec<&str> = steps
            .filter_map(|at| Some(self.steps.get(at)?.1.as_str()))
            .collect();
        steps.reverse();
        steps.concat()
    }

    /// Adds a finding about something that is sent.
    pub(super) fn push(&mut self, spot: Spot, way: Way, found: Found) {
        let wire = match way {
            Way::Request => found.rule.request,
            Way::Response => found.rule.response,
            Way::Unsent => Wire::Info,
        };
        self.add(spot, way.direction(), wire, found);
    }

    /// Adds a finding without a direction.
    pub(super) fn note(&mut self, spot: Spot, found: Found) {
        self.add(spot, None, found.rule.request, found);
    }

    /// Like [`note`](Self::note), for what is met in both directions.
    pub(super) fn note_once(&mut self, spot: Spot, found: Found) {
        let [old, new] = found.places.clone();
        if self
            .told
            .insert((found.rule.id, old, new, found.after.clone()))
        {
            self.note(spot, found);
        }
    }

    fn add(&mut self, spot: Spot, direction: Option<Direction>, wire: Wire, found: Found) {
        let (operation, part) = self.sites[spot.site].clone();
        let [old, new] = found.places;
        self.findings.push(Finding {
            rule: found.rule,
            direction,
            operation,
            part,
            at: self.path(spot),
            before: found.before,
            after: found.after,
            old,
            new,
            wire,
        });
    }
}

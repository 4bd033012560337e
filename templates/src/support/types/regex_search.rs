//! Searching with a regular expression that has look-around or back-references (ECMA-262, section 22.2.2). Needs `regex_syntax.rs`.
//!
//! The engine backtracks, which may take time exponential in the text; so it counts its steps and gives up. The generator includes this
//! file too.

use std::ops::Range;
use std::sync::Arc;

use super::regex_syntax::{Look, Node, Repeat, Same, Set, parse};

/// Limit of backtracking states that are kept: 16 MiB.
const FRAMES: usize = 1 << 20;

/// A compiled regular expression.
#[derive(Debug)]
pub(crate) struct Program {
    ops: Vec<Op>,
    groups: usize,
    loops: usize,
}

#[derive(Debug)]
enum Op {
    /// A character of these, after or (`behind`) before the position.
    Set {
        ranges: Vec<(u32, u32)>,
        behind: bool,
    },
    Start,
    End,
    Boundary {
        negated: bool,
    },
    /// Try what follows, then the given operation.
    Else(usize),
    Jump(usize),
    /// Save the position as the start (even) or end (odd) of a group.
    Save(usize),
    Same {
        groups: Arc<[usize]>,
        behind: bool,
    },
    /// Look-around: the operations up to an `Accept` before `end` have to match here, or mustn't.
    Look {
        negated: bool,
        end: usize,
    },
    /// Enter a loop, with no iterations yet.
    Loop(usize),
    /// Start another iteration, which follows, or continue after the loop.
    Next {
        id: usize,
        min: u32,
        max: Option<u32>,
        lazy: bool,
        end: usize,
    },
    /// An iteration begins, in which these groups haven't captured anything.
    Round {
        id: usize,
        groups: Range<usize>,
    },
    Accept,
}

impl Program {
    /// Compiles an expression whose sets need no tables of Unicode.
    ///
    /// # Errors
    /// The problem of the expression.
    pub(crate) fn new(pattern: &str) -> Result<Self, &'static str> {
        Self::of(&parse(pattern)?)
    }

    /// Compiles a parsed expression.
    pub(crate) fn of(node: &Node) -> Result<Self, &'static str> {
        let mut program = Self {
            ops: Vec::new(),
            groups: 0,
            loops: 0,
        };
        program.node(node, false)?;
        program.ops.push(Op::Accept);
        Ok(program)
    }

    /// Whether the expression matches anywhere in the text. `None` if it would take more than `steps`; the steps taken are subtracted.
    pub(crate) fn find(&self, text: &str, steps: &mut u64) -> Option<bool> {
        let length = u32::try_from(text.len()).ok()?;
        let mut search = Search {
            ops: &self.ops,
            text,
            places: vec![None; self.groups * 2],
            rounds: vec![(0, 0); self.loops],
            frames: Vec::new(),
            steps,
        };
        for start in (0..=length).filter(|start| text.is_char_boundary(*start as usize)) {
            if search.matches(0, start)? {
                return Some(true);
            }
        }
        Some(false)
    }

    fn node(&mut self, node: &Node, behind: bool) -> Result<(), &'static str> {
        match node {
            Node::Set(set) => self.ops.push(Op::Set {
                ranges: ranges(set)?,
                behind,
            }),
            Node::All(nodes) if behind => {
                for node in nodes.iter().rev() {
                    self.node(node, behind)?;
                }
            }
            Node::All(nodes) => {
                for node in nodes {
                    self.node(node, behind)?;
                }
            }
            Node::Any(nodes) => self.any(nodes, behind)?,
            Node::Repeat(repeat) => self.repeat(repeat, behind)?,
            Node::Group(number, node) => {
                self.groups = self.groups.max(number + 1);
                self.ops.push(Op::Save(number * 2 + usize::from(behind)));
                self.node(node, behind)?;
                self.ops.push(Op::Save(number * 2 + usize::from(!behind)));
            }
            Node::Same(Same {
                ignore_case: true, ..
            }) => {
                return Err("a reference that ignores case isn't supported");
            }
            Node::Same(same) => {
                let greatest = same.groups.iter().max().map_or(0, |number| number + 1);
                self.groups = self.groups.max(greatest);
                self.ops.push(Op::Same {
                    groups: same.groups.clone(),
                    behind,
                });
            }
            Node::Look(look) => self.look(look)?,
            Node::Start => self.ops.push(Op::Start),
            Node::End => self.ops.push(Op::End),
            Node::Boundary { negated } => self.ops.push(Op::Boundary { negated: *negated }),
        }
        Ok(())
    }

    fn any(&mut self, nodes: &[Node], behind: bool) -> Result<(), &'static str> {
        let mut ends = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let start = self.ops.len();
            if index + 1 < nodes.len() {
                self.ops.push(Op::Else(0));
            }
            self.node(node, behind)?;
            if index + 1 < nodes.len() {
                ends.push(self.ops.len());
                self.ops.push(Op::Jump(0));
                self.ops[start] = Op::Else(self.ops.len());
            }
        }
        for end in ends {
            self.ops[end] = Op::Jump(self.ops.len());
        }
        Ok(())
    }

    fn repeat(&mut self, repeat: &Repeat, behind: bool) -> Result<(), &'static str> {
        let id = self.loops;
        self.loops += 1;
        self.ops.push(Op::Loop(id));
        let next = self.ops.len();
        self.ops.push(Op::Accept);
        self.ops.push(Op::Round {
            id,
            groups: repeat.groups.clone(),
        });
        self.groups = self.groups.max(repeat.groups.end);
        self.node(&repeat.node, behind)?;
        self.ops.push(Op::Jump(next));
        self.ops[next] = Op::Next {
            id,
            min: repeat.min,
            max: repeat.max,
            lazy: repeat.lazy,
            end: self.ops.len(),
        };
        Ok(())
    }

    fn look(&mut self, look: &Look) -> Result<(), &'static str> {
        let start = self.ops.len();
        self.ops.push(Op::Accept);
        self.node(&look.node, look.behind)?;
        self.ops.push(Op::Accept);
        self.ops[start] = Op::Look {
            negated: look.negated,
            end: self.ops.len(),
        };
        Ok(())
    }
}

fn ranges(set: &Set) -> Result<Vec<(u32, u32)>, &'static str> {
    set.ranges()
        .ok_or("properties of characters aren't supported")
}

/// What to do on backtracking, last first.
enum Frame {
    /// Try another path.
    Try { op: u32, place: u32 },
    /// Restore the capture of a group.
    Place { index: u32, old: Option<u32> },
    /// Restore the iterations of a loop.
    Rounds { id: u32, old: (u32, u32) },
}

struct Search<'s> {
    ops: &'s [Op],
    text: &'s str,
    places: Vec<Option<u32>>,
    /// Number of iterations of each loop, and the position of the last one.
    rounds: Vec<(u32, u32)>,
    frames: Vec<Frame>,
    steps: &'s mut u64,
}

/// The next step of a path.
enum Step {
    To { op: usize, place: u32 },
    DeadEnd,
    Accepted,
}

/// Continues at an operation if a condition holds, else fails.
fn on_if(holds: bool, op: usize, place: u32) -> Step {
    if holds {
        Step::To { op, place }
    } else {
        Step::DeadEnd
    }
}

impl Search<'_> {
    /// Whether the operations from this one on match at a position. Captures are kept after a match, and undone otherwise.
    fn matches(&mut self, op: usize, place: u32) -> Option<bool> {
        let base = self.frames.len();
        let mut next = Step::To { op, place };
        loop {
            match next {
                Step::To { op, place } => {
                    self.pay(1)?;
                    next = self.step(op, place)?;
                }
                Step::Accepted => {
                    // A match isn't retried, but its captures may have to be undone later.
                    let kept = self.frames.split_off(base);
                    let kept = kept
                        .into_iter()
                        .filter(|frame| !matches!(frame, Frame::Try { .. }));
                    self.frames.extend(kept);
                    return Some(true);
                }
                Step::DeadEnd => match self.back(base) {
                    Some(way) => next = way,
                    None => return Some(false),
                },
            }
        }
    }

    /// Subtracts steps, if enough are left.
    fn pay(&mut self, steps: usize) -> Option<()> {
        *self.steps = self.steps.checked_sub(steps as u64)?;
        (self.frames.len() < FRAMES).then_some(())
    }

    /// Undoes changes up to the last alternative path.
    fn back(&mut self, base: usize) -> Option<Step> {
        while self.frames.len() > base {
            match self.frames.pop()? {
                Frame::Try { op, place } => {
                    let op = op as usize;
                    return Some(Step::To { op, place });
                }
                Frame::Place { index, old } => self.places[index as usize] = old,
                Frame::Rounds { id, old } => self.rounds[id as usize] = old,
            }
        }
        None
    }

    fn step(&mut self, op: usize, place: u32) -> Option<Step> {
        let ops = self.ops;
        let holds = |holds| on_if(holds, op + 1, place);
        Some(match &ops[op] {
            Op::Accept => Step::Accepted,
            Op::Set { ranges, behind } => match self.neighbour(place, *behind) {
                Some(c) if is_in(c, ranges) => Step::To {
                    op: op + 1,
                    place: moved(place, c.len_utf8(), *behind),
                },
                _ => Step::DeadEnd,
            },
            Op::Start => holds(place == 0),
            Op::End => holds(place as usize == self.text.len()),
            Op::Boundary { negated } => {
                let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let [before, after] =
                    [true, false].map(|behind| self.neighbour(place, behind).is_some_and(is_word));
                holds((before != after) != *negated)
            }
            Op::Else(other) => {
                self.try_later(*other, place);
                holds(true)
            }
            Op::Jump(to) => Step::To { op: *to, place },
            Op::Save(index) => {
                self.set_place(*index, Some(place));
                holds(true)
            }
            Op::Same { groups, behind } => self.same(op, place, groups, *behind)?,
            Op::Look { negated, end } => self.look(op, place, *negated, *end)?,
            Op::Loop(id) => {
                self.set_rounds(*id, (0, place));
                holds(true)
            }
            Op::Next {
                id,
                min,
                max,
                lazy,
                end,
            } => {
                let (count, start) = self.rounds[*id];
                let (round, behind) = (op + 1, *end);
                if count > *min && start == place {
                    Step::DeadEnd // the last round got nowhere: so would any number of them
                } else if count < *min {
                    Step::To { op: round, place }
                } else if max.is_some_and(|max| count >= max) {
                    Step::To { op: behind, place }
                } else if *lazy {
                    self.try_later(round, place);
                    Step::To { op: behind, place }
                } else {
                    self.try_later(behind, place);
                    Step::To { op: round, place }
                }
            }
            Op::Round { id, groups } => {
                self.pay(groups.len())?;
                for index in groups.start * 2..groups.end * 2 {
                    self.set_place(index, None);
                }
                let (count, _) = self.rounds[*id];
                self.set_rounds(*id, (count.saturating_add(1), place));
                holds(true)
            }
        })
    }

    fn neighbour(&self, place: u32, behind: bool) -> Option<char> {
        let (before, after) = self.text.split_at(place as usize);
        if behind {
            before.chars().next_back()
        } else {
            after.chars().next()
        }
    }

    /// A back-reference. A group that hasn't captured anything matches the empty text.
    fn same(&mut self, op: usize, place: u32, groups: &[usize], behind: bool) -> Option<Step> {
        self.pay(groups.len())?;
        let mut captured = groups.iter().filter_map(|group| {
            Some(self.places[group * 2]? as usize..self.places[group * 2 + 1]? as usize)
        });
        let captured = captured.next().and_then(|range| self.text.get(range));
        let captured = captured.unwrap_or_default();
        let (before, after) = self.text.split_at(place as usize);
        let holds = if behind {
            before.ends_with(captured)
        } else {
            after.starts_with(captured)
        };
        let place = moved(place, captured.len(), behind);
        self.pay(captured.len())?;
        Some(on_if(holds, op + 1, place))
    }

    fn look(&mut self, op: usize, place: u32, negated: bool, end: usize) -> Option<Step> {
        let base = self.frames.len();
        let found = self.matches(op + 1, place)?;
        if negated && found {
            while self.back(base).is_some() {}
        }
        Some(on_if(found != negated, end, place))
    }

    fn try_later(&mut self, op: usize, place: u32) {
        #[allow(clippy::cast_possible_truncation)] // a pattern of 4 GiB isn't compiled
        let op = op as u32;
        self.frames.push(Frame::Try { op, place });
    }

    fn set_place(&mut self, index: usize, place: Option<u32>) {
        let old = std::mem::replace(&mut self.places[index], place);
        #[allow(clippy::cast_possible_truncation)]
        let index = index as u32;
        self.frames.push(Frame::Place { index, old });
    }

    fn set_rounds(&mut self, id: usize, rounds: (u32, u32)) {
        let old = std::mem::replace(&mut self.rounds[id], rounds);
        #[allow(clippy::cast_possible_truncation)]
        let id = id as u32;
        self.frames.push(Frame::Rounds { id, old });
    }
}

fn moved(place: u32, by: usize, behind: bool) -> u32 {
    let by = u32::try_from(by).unwrap_or_default();
    if behind { place - by } else { place + by }
}

fn is_in(c: char, ranges: &[(u32, u32)]) -> bool {
    let c = u32::from(c);
    let index = ranges.partition_point(|(_, last)| *last < c);
    ranges.get(index).is_some_and(|(first, _)| *first <= c)
}

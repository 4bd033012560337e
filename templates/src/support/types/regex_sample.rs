//! A text that a pattern matches. Needs `regex_syntax.rs`.
//!
//! Look-around and word boundaries aren't looked at: whoever asks checks the text, and asks again.

use super::regex_syntax::{Node, Repeat, Set};

/// Texts longer than this aren't made.
const LONGEST: u64 = 10_000;

/// The ranges that characters are taken from, if the pattern allows one of them: first letters and digits, then what else is visible.
const PLAIN: [(u32, u32); 3] = [(0x61, 0x7a), (0x41, 0x5a), (0x30, 0x39)];
const VISIBLE: [(u32, u32); 1] = [(0x20, 0x7e)];

/// A text that matches, except for look-around, with at least `least` characters if the pattern can be extended that far. Sets of the
/// pattern that need tables of Unicode have to be written out.
///
/// `random` gives a number below its argument. With `varied`, characters are drawn from all visible ones.
///
/// # Errors
/// Why there is none: the pattern needs too much text, or a set can't be drawn from.
pub(crate) fn sample(
    node: &Node,
    least: u64,
    varied: bool,
    random: &mut dyn FnMut(usize) -> usize,
) -> Result<String, String> {
    let shortest = shortest(node);
    if shortest.max(least) > LONGEST {
        return Err("its text would be too long".to_owned());
    }
    let mut sampler = Sampler {
        text: String::new(),
        extra: least.saturating_sub(shortest),
        varied,
        random,
        groups: Vec::new(),
    };
    sampler.node(node)?;
    let Sampler {
        mut text, extra, ..
    } = sampler;
    // What isn't anchored may stand within other text.
    if extra > 0 && !ends(node) {
        text.extend((0..extra).map(|_| 'a'));
    } else if extra > 0 && !begins(node) {
        text = (0..extra).map(|_| 'a').collect::<String>() + &text;
    }
    Ok(text)
}

/// The least number of characters that a node takes.
fn shortest(node: &Node) -> u64 {
    match node {
        Node::Set(_) => 1,
        Node::All(nodes) => nodes.iter().map(shortest).fold(0, u64::saturating_add),
        Node::Any(nodes) => nodes.iter().map(shortest).min().unwrap_or(0),
        Node::Repeat(repeat) => shortest(&repeat.node).saturating_mul(repeat.min.into()),
        Node::Group(_, node) => shortest(node),
        Node::Same(_) | Node::Look(_) | Node::Start | Node::End | Node::Boundary { .. } => 0,
    }
}

fn ends(node: &Node) -> bool {
    match node {
        Node::All(nodes) => nodes.last().is_some_and(ends),
        Node::Any(nodes) => nodes.iter().any(ends),
        Node::Group(_, node) => ends(node),
        other => *other == Node::End,
    }
}

fn begins(node: &Node) -> bool {
    match node {
        Node::All(nodes) => nodes.first().is_some_and(begins),
        Node::Any(nodes) => nodes.iter().any(begins),
        Node::Group(_, node) => begins(node),
        other => *other == Node::Start,
    }
}

struct Sampler<'r> {
    text: String,
    /// Characters that are wanted in addition to the shortest text.
    extra: u64,
    varied: bool,
    random: &'r mut dyn FnMut(usize) -> usize,
    /// The texts of capturing groups.
    groups: Vec<(usize, String)>,
}

impl Sampler<'_> {
    fn node(&mut self, node: &Node) -> Result<(), String> {
        match node {
            Node::Set(set) => {
                let character = self.character(set)?;
                self.text.push(character);
            }
            Node::All(nodes) => {
                for node in nodes {
                    self.node(node)?;
                }
            }
            Node::Any(nodes) => {
                let chosen = (self.random)(nodes.len());
                if let Some(node) = nodes.get(chosen) {
                    let above = shortest(node).saturating_sub(shortest_of(nodes));
                    self.extra = self.extra.saturating_sub(above);
                    self.node(node)?;
                }
            }
            Node::Repeat(repeat) => self.repeat(repeat)?,
            Node::Group(number, node) => {
                let start = self.text.len();
                self.node(node)?;
                let captured = self.text[start..].to_owned();
                self.groups.push((*number, captured));
            }
            Node::Same(same) => {
                let mut groups = self.groups.iter().rev();
                let captured = groups.find(|(number, _)| same.groups.contains(number));
                if let Some((_, captured)) = captured {
                    self.text.push_str(captured);
                }
            }
            Node::Look(_) | Node::Start | Node::End | Node::Boundary { .. } => {}
        }
        if self.text.len() as u64 > LONGEST * 4 {
            return Err("its text would be too long".to_owned());
        }
        Ok(())
    }

    fn repeat(&mut self, repeat: &Repeat) -> Result<(), String> {
        let unit = shortest(&repeat.node).max(1);
        let room = repeat
            .max
            .map(|max| u64::from(max.saturating_sub(repeat.min)));
        let wanted = self.extra.div_ceil(unit);
        // Where nothing is asked for, a few characters say more than none.
        let wanted = match (repeat.min, wanted) {
            (0 | 1, 0) => (self.random)(4) as u64,
            _ => wanted,
        };
        let more = room.map_or(wanted, |room| wanted.min(room));
        self.extra = self.extra.saturating_sub(more.saturating_mul(unit));
        for _ in 0..u64::from(repeat.min).saturating_add(more) {
            self.node(&repeat.node)?;
        }
        Ok(())
    }

    fn character(&mut self, set: &Set) -> Result<char, String> {
        let ranges = set.ranges().ok_or("it ignores case")?;
        let preferred: [&[(u32, u32)]; 2] = if self.varied {
            [&VISIBLE, &VISIBLE]
        } else {
            [&PLAIN, &VISIBLE]
        };
        for preferred in preferred {
            let both = preferred.iter().flat_map(|(first, last)| {
                let ranges = ranges
                    .iter()
                    .map(|range| (range.0.max(*first), range.1.min(*last)));
                ranges.filter(|(first, last)| first <= last)
            });
            let both: Vec<(u32, u32)> = both.collect();
            let count: usize = both
                .iter()
                .map(|(first, last)| (last - first + 1) as usize)
                .sum();
            if count > 0 {
                return Ok(self.pick(&both, count));
            }
        }
        let mut characters = ranges.iter().filter_map(|(first, last)| {
            char::from_u32(*first).or_else(|| (*first..=*last).find_map(char::from_u32))
        });
        characters
            .next()
            .ok_or_else(|| "a set of it has no character".to_owned())
    }

    fn pick(&mut self, ranges: &[(u32, u32)], count: usize) -> char {
        let mut index = u32::try_from((self.random)(count)).unwrap_or(0);
        for (first, last) in ranges {
            match index.checked_sub(last - first + 1) {
                Some(left) => index = left,
                None => return char::from_u32(first + index).unwrap_or('a'),
            }
        }
        'a'
    }
}

fn shortest_of(nodes: &[Node]) -> u64 {
    nodes.iter().map(shortest).min().unwrap_or(0)
}

//! The syntax of regular expressions: ECMA-262 with the flag `u` (section 22.2.1). Needs nothing.
//!
//! The generator includes this file too, so it doesn't depend on others.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// Nesting limit of groups.
const DEPTH: usize = 250;

/// The beginnings of zero-width assertions.
const ASSERTIONS: [&str; 8] = ["^", "$", r"\b", r"\B", "(?=", "(?!", "(?<=", "(?<!"];

/// The characters that end a line (section 12.3).
pub(crate) const LINE_ENDS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// A regular expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// One character.
    Set(Set),
    /// A sequence; an empty one matches the empty text.
    All(Vec<Node>),
    /// Alternatives, of which the first that matches is taken.
    Any(Vec<Node>),
    Repeat(Repeat),
    /// A capturing group with its number, from 0.
    Group(usize, Box<Node>),
    /// A back-reference to whichever of these groups has captured.
    Same(Same),
    Look(Look),
    /// The start of the text.
    Start,
    /// The end of the text.
    End,
    /// `\b`, or `\B`.
    Boundary {
        negated: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repeat {
    pub(crate) min: u32,
    /// `None` for no limit.
    pub(crate) max: Option<u32>,
    pub(crate) lazy: bool,
    pub(crate) node: Box<Node>,
    /// The groups inside, which are reset at each iteration.
    pub(crate) groups: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Same {
    pub(crate) groups: Arc<[usize]>,
    pub(crate) ignore_case: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) behind: bool,
    pub(crate) negated: bool,
    pub(crate) node: Box<Node>,
}

/// A set of characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Set {
    pub(crate) negated: bool,
    pub(crate) items: Vec<Item>,
    pub(crate) ignore_case: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    /// A range of code points, which may include surrogates.
    Range(u32, u32),
    /// `\d`, or `\D`.
    Digits { negated: bool },
    /// `\w`, or `\W`.
    Words { negated: bool },
    /// `\s`, or `\S`.
    Spaces { negated: bool },
    /// The text between the braces of `\p{…}`, or `\P{…}`.
    Property { text: String, negated: bool },
}

impl Set {
    /// The code points of the set, in order. `None` if that needs tables of Unicode.
    pub(crate) fn ranges(&self) -> Option<Vec<(u32, u32)>> {
        let mut ranges = Vec::new();
        for item in &self.items {
            match item {
                Item::Range(first, last) => ranges.push((*first, *last)),
                Item::Digits { negated } => ranges.extend(turned(DIGITS, *negated)),
                Item::Words { negated } => ranges.extend(turned(WORDS, *negated)),
                Item::Spaces { negated } => ranges.extend(turned(SPACES, *negated)),
                Item::Property { .. } => return None,
            }
        }
        (!self.ignore_case).then(|| turned(&joined(ranges), self.negated))
    }
}

const DIGITS: &[(u32, u32)] = &[(0x30, 0x39)];

const WORDS: &[(u32, u32)] = &[(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];

/// `WhiteSpace` and `LineTerminator` (sections 12.2 and 12.3).
const SPACES: &[(u32, u32)] = &[
    (0x09, 0x0d),
    (0x20, 0x20),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
    (0xfeff, 0xfeff),
];

/// Sorts ranges and merges overlapping ones.
fn joined(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (first, last) in ranges {
        match joined.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => joined.push((first, last)),
        }
    }
    joined
}

/// Ranges, or their complement.
fn turned(ranges: &[(u32, u32)], negated: bool) -> Vec<(u32, u32)> {
    if !negated {
        return ranges.to_vec();
    }
    let mut between = Vec::new();
    let mut next = 0;
    for (first, last) in ranges {
        if next < *first {
            between.push((next, first - 1));
        }
        next = last + 1;
    }
    if next <= 0x10_ffff {
        between.push((next, 0x10_ffff));
    }
    between
}

/// Parses an expression.
///
/// # Errors
/// The problem of the expression.
pub(crate) fn parse(pattern: &str) -> Result<Node, &'static str> {
    let mut parser = Parser::new(pattern);
    (parser.count, parser.named) = groups(pattern);
    let (node, _) = parser.alternatives()?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err("a `)` closes nothing"),
    }
}

/// Number of capturing groups, and the groups by name: references may precede the groups that they refer to.
fn groups(pattern: &str) -> (usize, HashMap<String, Arc<[usize]>>) {
    let (mut count, mut named) = (0, HashMap::<String, Vec<usize>>::new());
    let mut rest = Parser::new(pattern);
    let mut in_class = false;
    while let Some(c) = rest.next() {
        match c {
            '\\' => {
                rest.next();
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if in_class || rest.rest.starts_with("?<=") || rest.rest.starts_with("?<!") => {}
            '(' if rest.eat("?<") => {
                // An invalid name is rejected later.
                named
                    .entry(rest.name().unwrap_or_default())
                    .or_default()
                    .push(count);
                count += 1;
            }
            '(' if !rest.rest.starts_with('?') => count += 1,
            _ => {}
        }
    }
    let named = named.into_iter();
    (
        count,
        named.map(|(name, groups)| (name, groups.into())).collect(),
    )
}

/// The names of groups that take part in the same match.
type Names = BTreeSet<String>;

struct Parser<'p> {
    rest: &'p str,
    /// Number of groups in the whole expression.
    count: usize,
    named: HashMap<String, Arc<[usize]>>,
    /// Number of groups that have begun.
    groups: usize,
    depth: usize,
    ignore_case: bool,
    multiline: bool,
    dot_all: bool,
}

impl<'p> Parser<'p> {
    fn new(rest: &'p str) -> Self {
        Self {
            rest,
            count: 0,
            named: HashMap::new(),
            groups: 0,
            depth: 0,
            ignore_case: false,
            multiline: false,
            dot_all: false,
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn eat(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// `Disjunction`.
    fn alternatives(&mut self) -> Result<(Node, Names), &'static str> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err("its groups are nested too deep");
        }
        let (first, mut names) = self.alternative()?;
        let mut all = vec![first];
        while self.eat("|") {
            let (next, more) = self.alternative()?;
            all.push(next);
            names.extend(more);
        }
        self.depth -= 1;
        let node = if all.len() == 1 {
            all.swap_remove(0)
        } else {
            Node::Any(all)
        };
        Ok((node, names))
    }

    /// `Alternative`.
    fn alternative(&mut self) -> Result<(Node, Names), &'static str> {
        let mut all = Vec::new();
        let mut names = Names::new();
        while self.peek().is_some_and(|c| c != '|' && c != ')') {
            let before = self.groups;
            let is_assertion = ASSERTIONS.iter().any(|mark| self.rest.starts_with(mark));
            let (node, within) = self.term()?;
            // Extends the larger set by the smaller one.
            let (mut more, fewer) = if within.len() > names.len() {
                (within, names)
            } else {
                (names, within)
            };
            for name in fewer {
                if !more.insert(name) {
                    return Err("two groups have the same name");
                }
            }
            names = more;
            if is_assertion && self.rest.starts_with(['*', '+', '?', '{']) {
                return Err("what has no length can't be repeated");
            }
            all.push(self.repeated(node, before)?);
        }
        let node = if all.len() == 1 {
            all.swap_remove(0)
        } else {
            Node::All(all)
        };
        Ok((node, names))
    }

    /// `Term`, without its quantifier.
    fn term(&mut self) -> Result<(Node, Names), &'static str> {
        let node = match self.next() {
            Some('(') => return self.group(),
            Some('^') if self.multiline => at_line(true),
            Some('$') if self.multiline => at_line(false),
            Some('^') => Node::Start,
            Some('$') => Node::End,
            Some('.') if self.dot_all => self.set(true, Vec::new()),
            Some('.') => {
                let ends = LINE_ENDS.map(|c| Item::Range(c.into(), c.into()));
                self.set(true, ends.into())
            }
            Some('[') => self.class()?,
            Some('\\') => self.escaped()?,
            Some('*' | '+' | '?' | '{') => return Err("there is nothing to repeat"),
            Some(']') => return Err("a `]` closes nothing"),
            Some('}') => return Err("a `}` closes nothing"),
            Some(c) => self.character(c.into()),
            None => Node::All(Vec::new()),
        };
        Ok((node, Names::new()))
    }

    fn set(&self, negated: bool, items: Vec<Item>) -> Node {
        Node::Set(Set {
            negated,
            items,
            ignore_case: self.ignore_case,
        })
    }

    fn character(&self, c: u32) -> Node {
        self.set(false, vec![Item::Range(c, c)])
    }

    /// Parses what follows `(`.
    fn group(&mut self) -> Result<(Node, Names), &'static str> {
        let look = [
            ("?=", false, false),
            ("?!", false, true),
            ("?<=", true, false),
            ("?<!", true, true),
        ];
        for (mark, behind, negated) in look {
            if self.eat(mark) {
                let (node, names) = self.closed()?;
                let node = Box::new(node);
                let look = Look {
                    behind,
                    negated,
                    node,
                };
                return Ok((Node::Look(look), names));
            }
        }
        if self.eat("?<") {
            let name = self.name()?;
            let (node, mut names) = self.captured()?;
            if !names.insert(name) {
                return Err("two groups have the same name");
            }
            return Ok((node, names));
        }
        if self.eat("?") {
            return self.modified();
        }
        self.captured()
    }

    /// Parses the rest of a group, including its `)`.
    fn closed(&mut self) -> Result<(Node, Names), &'static str> {
        let group = self.alternatives()?;
        if self.eat(")") {
            Ok(group)
        } else {
            Err("a `(` isn't closed")
        }
    }

    fn captured(&mut self) -> Result<(Node, Names), &'static str> {
        let number = self.groups;
        self.groups += 1;
        let (node, names) = self.closed()?;
        Ok((Node::Group(number, Box::new(node)), names))
    }

    /// `(?:…)` and `(?i-s:…)`, after `(?`.
    fn modified(&mut self) -> Result<(Node, Names), &'static str> {
        let before = (self.ignore_case, self.multiline, self.dot_all);
        let mut seen = String::new();
        while let Some(c) = self.next() {
            let on = !seen.contains('-');
            match c {
                ':' if seen != "-" => {
                    let group = self.closed();
                    (self.ignore_case, self.multiline, self.dot_all) = before;
                    return group;
                }
                c if seen.contains(c) => break,
                'i' => self.ignore_case = on,
                'm' => self.multiline = on,
                's' => self.dot_all = on,
                '-' => {}
                _ => break,
            }
            seen.push(c);
        }
        Err("nothing known follows `(?`")
    }

    /// `GroupName`, including its `>`.
    fn name(&mut self) -> Result<String, &'static str> {
        let mut name = String::new();
        loop {
            let c = match self.next() {
                Some('>') if !name.is_empty() => return Ok(name),
                Some('\\') if self.eat("u") => char::from_u32(self.code_point()?),
                c => c,
            };
            let c = c.filter(|c| match c {
                '$' | '_' => true,
                '\u{200c}' | '\u{200d}' => !name.is_empty(),
                // Approximates `ID_Continue`: other characters allowed inside of names are marks, none of them ASCII.
                c => c.is_alphabetic() || !name.is_empty() && (c.is_numeric() || !c.is_ascii()),
            });
            name.push(c.ok_or("the name of a group is no name")?);
        }
    }

    /// Parses the quantifier of a node; `before` is the number of groups that had begun before the node.
    fn repeated(&mut self, node: Node, before: usize) -> Result<Node, &'static str> {
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(node, before),
            _ => return Ok(node),
        };
        self.next();
        Ok(self.repeat(node, before, min, max))
    }

    /// `{2}`, `{2,}`, `{2,3}`.
    fn counted(&mut self, node: Node, before: usize) -> Result<Node, &'static str> {
        self.next();
        let min = self
            .number()
            .ok_or("there is no number of repetitions behind a `{`")?;
        let max = if self.eat(",") {
            self.number()
        } else {
            Some(min)
        };
        if !self.eat("}") {
            return Err("a number of repetitions isn't closed by `}`");
        }
        if max.is_some_and(|max| max < min) {
            return Err("a greatest number of repetitions is less than the least");
        }
        Ok(self.repeat(node, before, min, max))
    }

    fn repeat(&mut self, node: Node, before: usize, min: u32, max: Option<u32>) -> Node {
        let lazy = self.eat("?");
        Node::Repeat(Repeat {
            min,
            max,
            lazy,
            node: Box::new(node),
            groups: before..self.groups,
        })
    }

    fn number(&mut self) -> Option<u32> {
        let mut number: Option<u32> = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            self.next();
            let ten_times = number.unwrap_or_default().saturating_mul(10);
            number = Some(ten_times.saturating_add(digit));
        }
        number
    }

    /// Parses what follows a backslash outside of a class.
    fn escaped(&mut self) -> Result<Node, &'static str> {
        match self.peek() {
            Some(c @ ('b' | 'B')) => {
                self.next();
                Ok(self.boundary(c == 'B'))
            }
            Some('k') => {
                self.next();
                if !self.eat("<") {
                    return Err("`\\k` needs the name of a group");
                }
                let name = self.name()?;
                let groups = self.named.get(&name).cloned();
                self.same(groups.unwrap_or_default())
            }
            Some('1'..='9') => {
                let number = self.number().unwrap_or_default() as usize;
                let is_there = number <= self.count;
                self.same(is_there.then(|| number - 1).into_iter().collect())
            }
            _ => {
                let item = self.class_escape(false)?;
                Ok(self.set(false, vec![item]))
            }
        }
    }

    fn same(&self, groups: Arc<[usize]>) -> Result<Node, &'static str> {
        if groups.is_empty() {
            return Err("a reference names a group that isn't there");
        }
        Ok(Node::Same(Same {
            groups,
            ignore_case: self.ignore_case,
        }))
    }

    /// `\b` tests whether one of its neighbours is in `\w`, which has two more characters if case is ignored.
    fn boundary(&self, negated: bool) -> Node {
        if !self.ignore_case {
            return Node::Boundary { negated };
        }
        let word = |behind, negated| {
            let node = Box::new(self.set(false, vec![Item::Words { negated: false }]));
            Node::Look(Look {
                behind,
                negated,
                node,
            })
        };
        let sides = [
            Node::All(vec![word(true, true), word(false, negated)]),
            Node::All(vec![word(true, false), word(false, !negated)]),
        ];
        Node::Any(sides.into())
    }

    /// `CharacterClass`, after its `[`.
    fn class(&mut self) -> Result<Node, &'static str> {
        let negated = self.eat("^");
        let mut items = Vec::new();
        while !self.eat("]") {
            let first = self.class_atom()?;
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            if !is_range {
                items.push(first);
                continue;
            }
            self.next();
            match (first, self.class_atom()?) {
                (Item::Range(first, _), Item::Range(_, last)) if first <= last => {
                    items.push(Item::Range(first, last));
                }
                (Item::Range(..), Item::Range(..)) => return Err("a range ends before it begins"),
                _ => return Err("a range begins or ends with a set of characters"),
            }
        }
        Ok(self.set(negated, items))
    }

    fn class_atom(&mut self) -> Result<Item, &'static str> {
        match self.next() {
            Some('\\') => self.class_escape(true),
            Some(c) => Ok(Item::Range(c.into(), c.into())),
            None => Err("a `[` isn't closed"),
        }
    }

    /// `CharacterClassEscape` or `CharacterEscape`, after the backslash.
    fn class_escape(&mut self, in_class: bool) -> Result<Item, &'static str> {
        let c = self.next().ok_or("nothing follows a `\\`")?;
        let negated = c.is_ascii_uppercase();
        let point = match c {
            'd' | 'D' => return Ok(Item::Digits { negated }),
            'w' | 'W' => return Ok(Item::Words { negated }),
            's' | 'S' => return Ok(Item::Spaces { negated }),
            'p' | 'P' => return self.property(negated),
            'b' if in_class => 0x08,
            'f' => 0x0c,
            'n' => 0x0a,
            'r' => 0x0d,
            't' => 0x09,
            'v' => 0x0b,
            '0' if !self.rest.starts_with(|c: char| c.is_ascii_digit()) => 0,
            'c' => match self.next() {
                Some(letter) if letter.is_ascii_alphabetic() => u32::from(letter) % 32,
                _ => return Err("`\\c` needs a letter"),
            },
            'x' => self.hex(2)?,
            'u' => self.code_point()?,
            c if r"^$\.*+?()[]{}|/".contains(c) || c == '-' && in_class => c.into(),
            _ => return Err("nothing known follows a `\\`"),
        };
        Ok(Item::Range(point, point))
    }

    /// `{Letter}`, `{Script=Greek}`.
    fn property(&mut self, negated: bool) -> Result<Item, &'static str> {
        const WRONG: &str = "`\\p` needs a property in braces";
        let (text, rest) = self
            .rest
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'))
            .ok_or(WRONG)?;
        let is_word = |word: &str| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        let (name, value) = text.split_once('=').unwrap_or((text, "x"));
        if !is_word(name) || !is_word(value) {
            return Err(WRONG);
        }
        let text = text.to_owned();
        self.rest = rest;
        Ok(Item::Property { text, negated })
    }

    /// The digits after `\u`: four digits, two escapes for a surrogate pair, or digits in braces.
    fn code_point(&mut self) -> Result<u32, &'static str> {
        if self.eat("{") {
            let end = self.rest.find('}').unwrap_or(0);
            let digits = &self.rest[..end];
            let digits = digits.trim_start_matches('0');
            let is_hex =
                end > 0 && digits.len() <= 6 && digits.chars().all(|c| c.is_ascii_hexdigit());
            let point = u32::from_str_radix(digits, 16).unwrap_or_default();
            if !is_hex || point > 0x10_ffff {
                return Err("`\\u{` needs the hexadecimal number of a character and a `}`");
            }
            self.rest = &self.rest[end + 1..];
            return Ok(point);
        }
        let first = self.hex(4)?;
        let before = self.rest;
        if (0xd800..0xdc00).contains(&first) && self.eat("\\u") {
            if let Ok(second @ 0xdc00..0xe000) = self.hex(4) {
                return Ok(0x1_0000 + (first - 0xd800) * 0x400 + (second - 0xdc00));
            }
            self.rest = before;
        }
        Ok(first)
    }

    fn hex(&mut self, digits: usize) -> Result<u32, &'static str> {
        let text = self.rest.get(..digits);
        let text = text.filter(|text| text.chars().all(|c| c.is_ascii_hexdigit()));
        let number = text.and_then(|text| u32::from_str_radix(text, 16).ok());
        let number = number.ok_or("`\\x` needs two hexadecimal digits, `\\u` four")?;
        self.rest = &self.rest[digits..];
        Ok(number)
    }
}

/// `^` and `$` in multiline mode: the neighbour is a line end, or the text ends there.
fn at_line(behind: bool) -> Node {
    let ends = LINE_ENDS.map(|c| Item::Range(c.into(), c.into()));
    let node = Box::new(Node::Set(Set {
        negated: true,
        items: ends.into(),
        ignore_case: false,
    }));
    Node::Look(Look {
        behind,
        negated: true,
        node,
    })
}

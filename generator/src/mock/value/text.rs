//! Strings: by pattern, by format, or words.

use super::whole::Whole;
use super::{Maker, Place, Reason};
use crate::ir::{Grammar, StringFormat};
use crate::lower::string_format;
use crate::mock::random::Random;
use crate::mock::support::types::base64_encoded;
use crate::mock::table::has_format;
use crate::regex;

/// Attempts to find a text that several constraints allow.
const ATTEMPTS: u32 = 60;

/// Longer texts aren't made.
const LONGEST: u64 = 100_000;

const WORDS: [&str; 12] = [
    "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "islet", "jetty",
    "knoll", "lagoon",
];

/// What a text has to satisfy.
struct Wanted<'s> {
    least: u64,
    most: u64,
    patterns: Vec<&'s str>,
    format: StringFormat,
    is_binary: bool,
    extreme: bool,
}

impl<'m> Maker<'m> {
    pub(super) fn text(&mut self, whole: &Whole<'m>, place: Place) -> Result<String, Reason> {
        let mut wanted = Wanted::of(whole)?;
        wanted.extreme = self.extreme;
        let varied = self.dynamic || place.varied;
        for attempt in 0..ATTEMPTS {
            let is_varied = varied || attempt > 0;
            let text = match wanted.patterns.first() {
                // What isn't anchored at both ends may follow one another.
                Some(_) if wanted.patterns.len() > 1 && attempt % 2 == 1 => {
                    let texts = wanted.patterns.iter();
                    let texts = texts.map(|pattern| self.by_pattern(pattern, &wanted, attempt));
                    texts.collect::<Result<_, _>>()?
                }
                Some(pattern) => self.by_pattern(pattern, &wanted, attempt)?,
                None => wanted.by_format(is_varied.then_some(&mut self.random)),
            };
            if wanted.allows(&text) {
                return Ok(text);
            }
        }
        Err(wanted.reason())
    }

    fn by_pattern(
        &mut self,
        pattern: &str,
        wanted: &Wanted<'_>,
        attempt: u32,
    ) -> Result<String, Reason> {
        // A format says more about the text than the pattern usually does.
        if attempt < 4 && wanted.format != StringFormat::Plain {
            return Ok(wanted.by_format(Some(&mut self.random)));
        }
        let random = &mut self.random;
        let mut draw = |limit| random.index(limit);
        let varied = attempt > ATTEMPTS / 2;
        let least = wanted
            .least
            .max(if varied { 12.min(wanted.most) } else { 0 });
        let made = regex::readable(pattern);
        let made = made.and_then(|pattern| regex::sample(&pattern, least, varied, &mut draw));
        made.map_err(|why| {
            Reason::new(format!(
                "no text was found for the pattern `{pattern}`: {why}"
            ))
        })
    }
}

impl<'s> Wanted<'s> {
    fn of(whole: &Whole<'s>) -> Result<Self, Reason> {
        let parts = &whole.parts;
        let least = parts.iter().filter_map(|part| part.min_length).max();
        let most = parts.iter().filter_map(|part| part.max_length).min();
        let (least, most) = (least.unwrap_or(0), most.unwrap_or(u64::MAX));
        if least > most {
            return Err(Reason::new("its lengths exclude each other"));
        }
        if least > LONGEST {
            return Err(Reason::new("its texts are too long"));
        }
        let formats = parts.iter().map(|part| string_format(part));
        let known =
            |format: &StringFormat| !matches!(format, StringFormat::Plain | StringFormat::Other(_));
        let format = formats.clone().find(known);
        let is_binary = parts
            .iter()
            .any(|part| part.format.as_deref() == Some("binary"));
        Ok(Self {
            least,
            most,
            patterns: parts
                .iter()
                .filter_map(|part| part.pattern.as_deref())
                .collect(),
            format: format.unwrap_or(StringFormat::Plain),
            is_binary,
            extreme: false,
        })
    }

    fn allows(&self, text: &str) -> bool {
        let length = text.chars().count() as u64;
        let matches = |pattern: &&str| {
            regex::readable(pattern).is_ok_and(|pattern| regex::may_match(&pattern, text))
        };
        (self.least..=self.most).contains(&length)
            && self.patterns.iter().all(matches)
            && has_format(&self.format, text)
    }

    fn reason(&self) -> Reason {
        let patterns: Vec<String> = self.patterns.iter().map(|one| format!("`{one}`")).collect();
        let limits = match (self.least, self.most) {
            (0, u64::MAX) => String::new(),
            (least, u64::MAX) => format!(" of at least {least} characters"),
            (least, most) => format!(" of {least} to {most} characters"),
        };
        let of = match patterns.as_slice() {
            [] => String::new(),
            patterns => format!(" for the pattern {}", patterns.join(" and ")),
        };
        let of = match &self.format {
            StringFormat::Plain | StringFormat::Other(_) => of,
            _ => format!("{of} and its format"),
        };
        Reason::new(format!("no text{limits} was found{of}"))
    }

    /// The end of a date and time, of the length that is wanted: the start has 19 characters.
    fn zone(&self) -> String {
        match (self.least, self.most) {
            (..=20, _) => "Z".to_owned(),
            (..=25, 25..) => "+00:00".to_owned(),
            (least, _) => {
                let digits = usize::try_from(least.saturating_sub(21)).unwrap_or(usize::MAX);
                format!(".{}Z", "0".repeat(digits.clamp(1, 9)))
            }
        }
    }

    /// A text of the format; with `random` numbers one of many.
    fn by_format(&self, random: Option<&mut Random>) -> String {
        let mut fixed = Random::new(0, &[]);
        let is_fixed = random.is_none();
        let random = random.unwrap_or(&mut fixed);
        let number = if is_fixed { 1 } else { random.below(28) + 1 };
        let word = if is_fixed {
            "example"
        } else {
            WORDS[random.index(WORDS.len())]
        };
        let text = match &self.format {
            StringFormat::Plain | StringFormat::Other(_) => {
                return self.fitting(&self.words(is_fixed, random));
            }
            StringFormat::Uri => self.padded(format!("https://example.com/{word}")),
            StringFormat::DateTime => format!("2024-01-{number:02}T12:30:00{}", self.zone()),
            StringFormat::Date => format!("2024-01-{number:02}"),
            StringFormat::Time => format!("{:02}:30:00Z", number % 24),
            StringFormat::Duration => format!("P{number}D"),
            StringFormat::Uuid => uuid(random),
            StringFormat::Base64 => self.base64(word),
            StringFormat::Decimal => format!("{number}.50"),
            StringFormat::Grammar(grammar) => self.by_grammar(*grammar, word, number),
        };
        if (text.len() as u64) > self.most {
            return self.short(number).unwrap_or(text);
        }
        text
    }

    fn by_grammar(&self, grammar: Grammar, word: &str, number: u64) -> String {
        match grammar {
            Grammar::Email | Grammar::IdnEmail => {
                let length = usize::try_from(self.least).unwrap_or(0);
                let missing = length.saturating_sub(word.len() + 12);
                format!("{word}{}@example.com", "a".repeat(missing))
            }
            Grammar::Hostname | Grammar::IdnHostname => format!("{word}.example.com"),
            Grammar::Ip | Grammar::Ipv4 => format!("192.0.2.{number}"),
            Grammar::Ipv6 => format!("2001:db8::{number:x}"),
            Grammar::Iri => self.padded(format!("https://example.com/{word}")),
            Grammar::UriReference | Grammar::IriReference | Grammar::JsonPointer => {
                self.padded(format!("/{word}"))
            }
            Grammar::UriTemplate => self.padded(format!("/{word}/{{id}}")),
            Grammar::RelativeJsonPointer => self.padded(format!("{number}/{word}")),
            Grammar::LocalDateTime => format!("2024-01-{number:02}T12:30:00"),
            Grammar::LocalTime => format!("{:02}:30:00", number % 24),
            Grammar::Regex => self.padded(format!("^{word}")),
        }
    }

    /// A shorter text of the format.
    fn short(&self, number: u64) -> Option<String> {
        let number = number % 10;
        Some(match &self.format {
            StringFormat::Uri | StringFormat::Grammar(Grammar::Iri) => match self.most {
                2..4 => "a:".to_owned(),
                4..8 => "urn:".to_owned(),
                _ => format!("urn:a:b{number}"),
            },
            StringFormat::Duration => "P1D".to_owned(),
            StringFormat::Decimal
            | StringFormat::Grammar(
                Grammar::UriTemplate | Grammar::Regex | Grammar::RelativeJsonPointer,
            ) => number.to_string(),
            StringFormat::Base64 => String::new(),
            StringFormat::Grammar(Grammar::Email | Grammar::IdnEmail) => format!("a{number}@b"),
            StringFormat::Grammar(Grammar::Hostname | Grammar::IdnHostname) => format!("h{number}"),
            StringFormat::Grammar(Grammar::Ip | Grammar::Ipv6) => "::".to_owned(),
            StringFormat::Grammar(Grammar::Ipv4) => "0.0.0.0".to_owned(),
            StringFormat::Grammar(
                Grammar::UriReference | Grammar::IriReference | Grammar::JsonPointer,
            ) => "/".to_owned(),
            StringFormat::Plain
            | StringFormat::DateTime
            | StringFormat::Date
            | StringFormat::Time
            | StringFormat::Uuid
            | StringFormat::Other(_)
            | StringFormat::Grammar(Grammar::LocalDateTime | Grammar::LocalTime) => return None,
        })
    }

    fn words(&self, is_fixed: bool, random: &mut Random) -> String {
        if self.is_binary {
            return "binary".to_owned();
        }
        if is_fixed {
            return "string".to_owned();
        }
        let first = WORDS[random.index(WORDS.len())];
        if self.extreme {
            match random.below(6) {
                0 => return String::new(),
                1 => return first.repeat(usize::try_from(self.most.min(400)).unwrap_or(0) / 4),
                2 if random.below(2) == 0 => return format!("{first}é漢🦀"),
                2 => return format!("é漢🦀 {first} \"\\'<&>%;,/"),
                3 => return first.chars().take(1).collect(),
                _ => {}
            }
        }
        format!("{first} {}", WORDS[random.index(WORDS.len())])
    }

    /// The text with the least length and not more than the greatest.
    fn fitting(&self, text: &str) -> String {
        let most = usize::try_from(self.most).unwrap_or(usize::MAX);
        let text: String = text.chars().take(most).collect();
        self.padded(text)
    }

    /// The text with letters after it, as far as it is too short.
    fn padded(&self, mut text: String) -> String {
        let missing = usize::try_from(self.least)
            .unwrap_or(0)
            .saturating_sub(text.chars().count());
        text.extend(std::iter::repeat_n('a', missing));
        text
    }

    fn base64(&self, word: &str) -> String {
        let mut bytes = word.as_bytes().to_vec();
        let least = usize::try_from(self.least).unwrap_or(0).div_ceil(4) * 3;
        bytes.resize(bytes.len().max(least), b'a');
        base64_encoded(&bytes)
    }
}

/// RFC 9562, version 4.
fn uuid(random: &mut Random) -> String {
    let (high, low) = (random.next(), random.next());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

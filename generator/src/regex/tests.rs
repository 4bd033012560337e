//! Compares with `regress`, an engine for the syntax of ECMA-262 that backtracks without limit.

use super::regex_search::Program;
use super::{explodes, may_match, readable, translate};
use regress::Regex;

/// Whether generated code would find a pattern.
fn is_found(pattern: &str, text: &str) -> Option<bool> {
    let translation = translate(pattern);
    let written = translation.text.as_deref().unwrap_or(pattern);
    if translation.backtracks {
        let program = Program::new(written).unwrap_or_else(|error| panic!("{written}: {error}"));
        return program.find(text, &mut 1_000_000);
    }
    let mut builder = regex_lite::RegexBuilder::new(written);
    let regex = builder.size_limit(usize::MAX).nest_limit(1_000).build();
    let regex = regex.unwrap_or_else(|error| panic!("{pattern} as {written}: {error}"));
    Some(regex.is_match(text))
}

#[test]
fn older_syntax_is_written_anew() {
    for (pattern, expected) in [
        (r"^[A-Z]{2}\-\d+$", r"^[A-Z]{2}-\d+$"),
        (r"^\d{1,3}(\,\d{3})*$", r"^\d{1,3}(,\d{3})*$"),
        (r"[\w-.]+\@[^\s-a-z]", r"[\w\-.]+@[^\s\-a-z]"),
        (r"[\p{L}\_ \-\'-]", r"[\p{L}_ \-'-]"),
        (r"^{a}]$", r"^\{a\}\]$"),
        (r"\:\u00e9\x41\cA[\b\]]", r":\u00e9\x41\cA[\b\]]"),
        (r"{a{2,3}b{2,}{2", r"\{a{2,3}b{2,}\{2"),
        (r"(?<y>\d)\k<y>\ü", r"(?<y>\d)\k<y>ü"),
    ] {
        assert_eq!(readable(pattern).as_deref(), Ok(expected), "{pattern}");
    }
}

#[test]
fn what_is_right_stays_and_what_is_wrong_is_refused() {
    for pattern in [r"^[\w\-.]+$", "", r"\p{Lu}.", "[^]", "[]"] {
        assert_eq!(readable(pattern).as_deref(), Ok(pattern));
    }
    for pattern in [
        "(unclosed",
        r"\Astart\z",
        "[b-a]",
        "a++",
        r"[\",
        "[\\w-",
        "\\",
        r"\p{Nonsense}",
    ] {
        assert!(readable(pattern).is_err(), "{pattern}");
    }
}

/// Similar to Test262: what section 22.2 says about each construct.
#[test]
fn every_construct_means_what_ecma_262_says() {
    for (pattern, found, not_found) in [
        ("^$", &[""][..], &["\n", "a"][..]),
        ("^a|b$", &["ax", "xb"], &["xa", "bx", "b\n"]),
        (
            r"^.$",
            &["a", "😀", "\u{b}", "\u{85}"],
            &["", "\n", "\r", "\u{2028}", "\u{2029}"],
        ),
        (
            r"^\s$",
            &[" ", "\u{feff}", "\u{a0}", "\u{3000}", "\u{2028}", "\u{b}"],
            &["\u{85}", "\u{180e}", "\u{200b}"],
        ),
        (
            r"^\S$",
            &["\u{85}", "\u{200b}", "a"],
            &["\u{feff}", "\u{1680}"],
        ),
        (r"^[\s]$", &["\u{feff}", "\n"], &["s", "\u{180e}"]),
        (r"^[^\S]$", &["\u{feff}", "\n"], &["s"]),
        (r"^\d$", &["7"], &["٣", "a"]),
        (r"^\D$", &["٣", "😀"], &["7"]),
        (r"^\w$", &["_", "Z"], &["ä", "\u{17f}", "-"]),
        (r"^[^\w]$", &["ä", "😀"], &["_"]),
        (r"\bé", &["aé"], &["é", " é"]),
        (r"\Bé", &["é", " é"], &["aé"]),
        (r"^\ud83d\ude00$", &["😀"], &["\u{fffd}"]),
        (r"^\u{1F600}\u{0061}$", &["😀a"], &["a"]),
        (r"^\ud83d$", &[], &["😀", ""]),
        (r"^[^\ud83d]$", &["😀", "a"], &[""]),
        (r"^[\ud83d\ude00-\u{1f64f}]$", &["😀", "🙏"], &["🙐"]),
        (r"^\cJ\cj\x41\0$", &["\n\nA\0"], &["JJA0"]),
        (r"^[\b]$", &["\u{8}"], &["b"]),
        (r"^[^]$", &["\n", "😀"], &["", "ab"]),
        (r"[]|x", &["x"], &["", "a"]),
        (r"^[\--\/]$", &["-", ".", "/"], &[",", "0"]),
        (
            r"^[a&&b~~+--|[]$",
            &["&", "~", "-", ",", "[", "|"],
            &["f", "]", "."],
        ),
        (r"^[.*+?^${}()|]+$", &[".*+?^${}()|"], &["a"]),
        (
            r"^\/\.\*\+\?\^\$\{\}\(\)\[\]\|\\$",
            &[r"/.*+?^${}()[]|\"],
            &["/"],
        ),
        (r"^(?<year>\d{4})-\k<year>$", &["2024-2024"], &["2024-2025"]),
        (r"^(?:(?<x>a)|(?<x>b))\k<x>$", &["aa", "bb"], &["ab", "a"]),
        (r"^(a)?\1b$", &["b", "aab"], &["ab"]),
        (r"^\1(a)$", &["a"], &["aa"]),
        (r"^(?:(a)|b)*\1$", &["ab", "aa", "b"], &["c"]),
        (r"^(a*)*$", &["", "aaa"], &["b"]),
        (r"^(?:a?){3,5}?b$", &["b", "aaab", "aaaaab"], &["aaaaaab"]),
        (
            r"^a{2}b{1,}c{0,1}d{0}$",
            &["aab", "aabbbc"],
            &["ab", "aabcc", "aabd"],
        ),
        (r"^(?=.*\d)(?=.*[a-z]).{4,}$", &["abc1"], &["abcd", "ab1"]),
        (r"^(?!admin$)\w+$", &["administrator", "bob"], &["admin"]),
        (r"(?<=\$)\d+(?!\.)$", &["$42"], &["42", "€42"]),
        (r"(?<!a(?=b))b$", &["b", "cb"], &["ab"]),
        (r"(?<=(\d+)(\d+))x\1$", &["123x1"], &["123x12"]),
        (
            r"^\p{Lu}\p{Script=Greek}\P{L}$",
            &["Äλ1"],
            &["äλ1", "Äl1", "Äλa"],
        ),
        (r"^[\p{L}\p{Nd}'-]+$", &["O'Neill-Ünal٣"], &["a b", "½"]),
        (
            r"^(?i:straße|k)$",
            &["STRAßE", "StraẞE", "\u{212a}"],
            &["STRASSE"],
        ),
        (r"^(?i:[^x])$", &["y"], &["X", "x"]),
        (r"^(?s:.)$", &["\n"], &[""]),
        (r"(?m:^b$)", &["a\nb\rc", "b"], &["ab"]),
        (r"^(?i:\w)$", &["\u{17f}", "\u{212a}"], &["ä"]),
        (r"(?i:\b)\u017f", &["\u{17f}"], &["a\u{17f}"]),
    ] {
        assert_eq!(readable(pattern).as_deref(), Ok(pattern));
        for (texts, expected) in [(found, true), (not_found, false)] {
            for text in texts {
                assert_eq!(
                    is_found(pattern, text),
                    Some(expected),
                    "{pattern} in {text:?}"
                );
            }
        }
    }
}

#[test]
fn what_the_flag_u_forbids_is_no_pattern() {
    for pattern in [
        ")",
        "(",
        "[",
        "]",
        "}",
        "{",
        "*",
        "a**",
        "^*",
        "(?=a)*",
        "(?<=a)?",
        "a{2,1}",
        "a{",
        "a{,3}",
        r"\c1",
        r"\x4",
        r"\u{110000}",
        r"\u{}",
        r"\u12",
        r"\1",
        r"(a)\2",
        r"\k<a>",
        r"(?<a>x)(?<a>y)",
        "(?<1>x)",
        "(?<a",
        r"[\B]",
        r"[\w-z]",
        r"\-",
        r"\_",
        r"\00",
        "(?i",
        "(?-:x)",
        "(?ii:x)",
        "(?)",
        "(?#x)",
        "(?P<a>x)",
        "(?>x)",
        r"\p{}",
        r"\pL",
        r"\p{L",
        "[[a]&&[b]]]",
    ] {
        let ours = super::resolved(pattern).is_err();
        assert!(
            ours && Regex::with_flags(pattern, "u").is_err(),
            "{pattern}: {ours}"
        );
    }
}

/// Pseudo-random numbers (xorshift), the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }

    /// A random expression; `looks` allows look-around and back-references.
    fn pattern(&mut self, depth: u32, looks: bool) -> String {
        const ATOMS: &[&str] = &[
            "a",
            "b",
            "ab",
            "-",
            "é",
            "😀",
            ".",
            r"\d",
            r"\D",
            r"\w",
            r"\W",
            r"\s",
            r"\S",
            r"\n",
            r"\.",
            r"\/",
            "[ab]",
            "[^a]",
            "[a-c-]",
            r"[\w\-]",
            r"[^\s\d]",
            "[^]",
            "[]",
            r"[\S\n]",
            r"\u00e9",
            r"\ud83d\ude00",
            r"[\u{1f600}-\u{1f64f}]",
            r"\p{L}",
            r"\P{Ll}",
            r"[\p{Lu}1&&]",
            "(?i:aB)",
            "(?s:.)",
            r"[^\p{L}]",
            "_",
        ];
        const AROUND: &[&str] = &["^", "$", r"\b", r"\B"];
        const TIMES: &[&str] = &[
            "*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?", "{2,}",
        ];
        let choices = if looks { 9 } else { 7 };
        match if depth == 0 { 0 } else { self.below(choices) } {
            0 | 1 => self.one(ATOMS).to_owned(),
            2 => self.one(AROUND).to_owned(),
            3 => format!(
                "{}{}",
                self.pattern(depth - 1, looks),
                self.pattern(depth - 1, looks)
            ),
            4 => format!(
                "({}|{})",
                self.pattern(depth - 1, looks),
                self.pattern(depth - 1, looks)
            ),
            5 | 6 => {
                let open = self.one(&["(", "(?:"]);
                let within = self.pattern(depth - 1, looks);
                // `regress` 0.12 doesn't find `(?:(?:(a){2,})+){2}` in `aaaa`.
                let is_repeated = within.contains(['*', '+', '?', '{']);
                let times = if is_repeated { &TIMES[..6] } else { TIMES };
                format!("{open}{within}){}", self.one(times))
            }
            7 => {
                let open = self.one(&["(?=", "(?!", "(?<=", "(?<!"]);
                format!("{open}{})", self.pattern(depth - 1, looks))
            }
            _ => format!(r"({})(?:\1)", self.pattern(depth - 1, false)),
        }
    }

    fn text(&mut self) -> String {
        let length = self.below(8);
        let one = |_| {
            self.one(&[
                "a", "b", "A", "1", "_", "-", " ", "é", "É", "😀", "🙏", "\n", "\u{feff}",
                "\u{2028}", "\u{17f}", "&", "/", ".", "\u{85}",
            ])
        };
        (0..length).map(one).collect()
    }
}

/// Random patterns and texts give the same results as `regress`.
#[test]
fn drawn_patterns_are_found_where_regress_finds_them() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let (mut found, mut linear) = (0, 0);
    for round in 0..2_000 {
        let pattern = numbers.pattern(4, round % 2 == 0);
        let regress = Regex::with_flags(&pattern, "u");
        assert_eq!(
            regress.is_ok(),
            super::resolved(&pattern).is_ok(),
            "{pattern}"
        );
        let Ok(regress) = regress else { continue };
        linear += usize::from(!translate(&pattern).backtracks);
        for _ in 0..6 {
            let text = numbers.text();
            let expected = regress.find(&text).is_some();
            found += usize::from(expected);
            assert_eq!(
                is_found(&pattern, &text),
                Some(expected),
                "{pattern} in {text:?}"
            );
        }
    }
    assert!(found > 2_000 && linear > 1_000, "{found} {linear}");
}

/// A random text is a valid pattern for both or for neither.
#[test]
fn drawn_texts_are_patterns_where_regress_reads_them() {
    const PIECES: &[&str] = &[
        "(", ")", "[", "]", "{", "}", "*", "?", "|", "^", "$", "\\", "-", ",", "1", "0", "a", "k",
        "<a>", "u", "p{L}", "=", "!", ":", "i", "(?", "(?<a>", "x41", "d", "😀",
    ];
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for _ in 0..20_000 {
        let pieces = 1 + numbers.below(7);
        let pattern: String = (0..pieces).map(|_| numbers.one(PIECES)).collect();
        let regress = Regex::with_flags(&pattern, "u");
        assert_eq!(
            regress.is_ok(),
            super::resolved(&pattern).is_ok(),
            "{pattern} {:?}",
            regress.err()
        );
    }
}

#[test]
fn a_search_that_takes_too_long_is_given_up() {
    let pattern = "^(?=a)(a+)+$";
    assert!(explodes(pattern) && !explodes("^(a+)+$") && !explodes("^(?=a)a+$"));
    let text = "a".repeat(40) + "!";
    assert_eq!(is_found(pattern, &text), None);
    assert_eq!(is_found("^(a+)+$", &text), Some(false));
    assert!(may_match(pattern, &text) && !may_match(pattern, "b"));
    // Too many backtracking states.
    let program = Program::new("^(?=a)a*$").unwrap();
    assert_eq!(
        program.find(&"a".repeat(10_000_000), &mut u64::MAX.clone()),
        None
    );
}

#[test]
fn counted_repetitions_within_others_arent_written_out() {
    let nested = translate("^((x{1,1000}){1,1000}){1,1000}$");
    assert!(nested.backtracks);
    assert!(!translate("^[a-z]{1,5000}$").backtracks);
    assert_eq!(
        is_found("^((x{1,100}){1,100}){1,100}$", &"x".repeat(500)),
        Some(true)
    );
}

#[test]
fn most_patterns_stay_as_they_are() {
    for pattern in [
        "^[A-Za-z0-9+/=]*$",
        r"^\d{3}-\w+(?:\.\d+)?$",
        r"^[\w\-\.]{1,64}$",
        "^ssh-(rsa|dss|ed25519) |^ecdsa-sha2-nistp(256|384|521) ",
        "^[à-ü]+$",
    ] {
        assert_eq!(translate(pattern).text, None, "{pattern}");
    }
    assert_eq!(
        translate(r"^.+\s$").text.as_deref(),
        Some(
            "^[^\\n\\r\\u{2028}\\u{2029}]+[\\t-\\r \\u{a0}\\u{1680}\\u{2000}-\\u{200a}\\u{2028}\\u{2029}\\u{202f}\\u{205f}\\u{3000}\\u{feff}]$"
        )
    );
}

/// The patterns of real documents, if `../shared` exists next to the repository.
fn real_patterns() -> Vec<String> {
    fn walk(folder: &std::path::Path, found: &mut std::collections::BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                found.extend(text.lines().filter_map(pattern_of_line));
            }
        }
    }
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let mut found = std::collections::BTreeSet::new();
    if corpus.is_dir() {
        walk(&corpus, &mut found);
    } else {
        eprintln!("skipped: {} isn't there", corpus.display());
    }
    found.into_iter().collect()
}

/// `"pattern": "^a$",` or `pattern: '^a$'`
fn pattern_of_line(line: &str) -> Option<String> {
    let line = line.trim().trim_end_matches(',');
    let value = line
        .strip_prefix("\"pattern\":")
        .or(line.strip_prefix("pattern:"))?
        .trim();
    match value
        .strip_prefix('\'')
        .and_then(|value| value.strip_suffix('\''))
    {
        Some(quoted) => Some(quoted.replace("''", "'")),
        None if value.starts_with('"') => serde_json::from_str(value).ok(),
        None => Some(value.to_owned()),
    }
}

/// Searches texts made of the characters in each pattern.
#[test]
fn real_patterns_are_found_where_regress_finds_them() {
    let mut numbers = Numbers(0xd1b5_4a32_d192_ed03);
    let (mut all, mut backtracking, mut found) = (0, 0, 0);
    for pattern in real_patterns() {
        let Ok(pattern) = readable(&pattern) else {
            continue;
        };
        all += 1;
        backtracking += usize::from(translate(&pattern).backtracks);
        let regress = Regex::with_flags(&pattern, "u").unwrap();
        let letters: Vec<char> = pattern.chars().chain("aZ09 -é".chars()).collect();
        for _ in 0..40 {
            let length = numbers.below(12);
            let one = |_| letters[usize::try_from(numbers.below(letters.len() as u64)).unwrap()];
            let text: String = (0..length).map(one).collect();
            let expected = regress.find(&text).is_some();
            found += usize::from(expected);
            assert_eq!(
                is_found(&pattern, &text),
                Some(expected),
                "{pattern} in {text:?}"
            );
        }
    }
    assert!(
        backtracking * 20 <= all,
        "{backtracking} of {all} backtrack"
    );
    assert!(found * 20 >= all, "{found} of {all} found");
}

#[cfg(feature = "mock")]
#[test]
fn samples_match_their_pattern() {
    let mut number = 7_usize;
    let mut random = |limit: usize| {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (number >> 33) % limit.max(1)
    };
    for (pattern, least) in [
        ("^[a-z0-9]{26}$", 0),
        ("^(a|bb)+$", 5),
        ("abc", 8),
        (r"^\d{3}-\d{4}$", 0),
        (r"^(\w)\1$", 0),
        ("^[^/]+$", 12),
        (r"^\p{Lu}\p{Ll}*$", 4),
        ("^$", 0),
        ("", 3),
    ] {
        let text = super::sample(pattern, least, false, &mut random).unwrap();
        assert!(may_match(pattern, &text), "{pattern}: {text:?}");
        assert!(text.chars().count() as u64 >= least, "{pattern}: {text:?}");
    }
}

#[cfg(feature = "mock")]
#[test]
fn what_would_be_too_long_is_an_error() {
    assert!(super::sample("a{4000000000}", 0, false, &mut |_| 0).is_err());
    assert!(super::sample("((a{999}){999}){999}", 0, false, &mut |_| 0).is_err());
    assert!(super::sample("a", u64::MAX, false, &mut |_| 0).is_err());
    assert!(super::sample("(", 0, false, &mut |_| 0).is_err());
}

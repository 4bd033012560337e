//! Random numbers and texts: words, and text with a format. Needs nothing.
#![cfg(feature = "proptest")]

/// Numbers that only look random (splitmix64).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit; 0 if there is none.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.next().checked_rem(limit as u64).unwrap_or(0) as usize
    }

    pub(crate) fn is_one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    /// A number of a range of at most 2^64 numbers.
    pub(crate) fn between(&mut self, first: i128, last: i128) -> i128 {
        let count = (last - first).max(0) + 1;
        first + i128::from(self.next()) % count
    }
}

/// Characters that code is prone to get wrong, beside letters.
const ODD: [&str; 12] = [
    "é", "ß", "漢", "🦀", "\u{301}", " ", "\"", "\\", "/", "%", "<&>", "'",
];

/// Text of a length in characters: mostly letters, sometimes others.
pub(crate) fn words(random: &mut Random, least: usize, most: usize) -> String {
    let usual = [0, 1, 3, 8, 20][random.below(5)];
    let length = usual.max(least).min(most);
    let is_odd = random.is_one_in(4);
    let mut text = String::new();
    let mut count = 0;
    while count < length {
        let odd = ODD[random.below(ODD.len())];
        if is_odd && random.is_one_in(3) && count + odd.chars().count() <= length {
            text.push_str(odd);
            count += odd.chars().count();
        } else {
            text.push(letter(random));
            count += 1;
        }
    }
    text
}

fn letter(random: &mut Random) -> char {
    let letters = b"abcdefghijklmnopqrstuvwxyzABCDXYZ0123456789";
    char::from(letters[random.below(letters.len())])
}

/// Text with a format by its name in JSON Schema; words if it isn't known.
pub(crate) fn formatted(random: &mut Random, format: &str, least: usize, most: usize) -> String {
    let word: String = (0..1 + random.below(8)).map(|_| letter(random)).collect();
    let word = word.to_lowercase();
    let (number, day) = (random.below(256), 1 + random.below(28));
    let (year, month) = (1970 + random.below(130), 1 + random.below(12));
    let (hour, minute) = (random.below(24), random.below(60));
    let zone = ["Z", "+02:00", "-11:30"][random.below(3)];
    let fraction = ["", ".5", ".123456"][random.below(3)];
    let date = format!("{year}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{:02}{fraction}", random.below(60));
    match format {
        "date-time" => format!("{date}T{time}{zone}"),
        "date" => date,
        "time" => format!("{time}{zone}"),
        "date-time-local" => format!("{date}T{time}"),
        "time-local" => time,
        "duration" => [
            format!("P{day}D"),
            format!("PT{hour}H{minute}M"),
            format!("P{month}W"),
        ][random.below(3)]
        .clone(),
        "uuid" => uuid(random),
        "uri" | "iri" => {
            let short = [format!("urn:a:{word}"), "a:".to_owned()];
            let long = format!("https://example.com/{word}?a={number}");
            fitting(long, &short, least, most)
        }
        "uri-reference" | "iri-reference" => fitting(
            format!("/{word}?a={number}#b"),
            &["/".to_owned()],
            least,
            most,
        ),
        "uri-template" => fitting(format!("/{word}/{{id}}"), &[word], least, most),
        "json-pointer" => fitting(format!("/{word}/{number}"), &["/".to_owned()], least, most),
        "relative-json-pointer" => {
            fitting(format!("{number}/{word}"), &["0".to_owned()], least, most)
        }
        "email" | "idn-email" => {
            let missing = least.saturating_sub(word.len() + 12);
            let long = format!("{word}{}@example.com", "a".repeat(missing));
            fitting(long, &["a@b".to_owned()], least, most)
        }
        "hostname" | "idn-hostname" => fitting(
            format!("{word}.example.com"),
            &["h".to_owned()],
            least,
            most,
        ),
        "ip" | "ipv4" => format!("192.0.2.{number}"),
        "ipv6" => format!("2001:db8::{number:x}"),
        "base64" => base64(random, least, most),
        "decimal" => fitting(
            format!("{number}.50"),
            &[(number % 10).to_string()],
            least,
            most,
        ),
        "regex" => fitting(format!("^{word}"), &["a".to_owned()], least, most),
        _ => words(random, least, most),
    }
}

/// The text, or a shorter one if it is too long, with letters after it if it is too short.
fn fitting(text: String, shorter: &[String], least: usize, most: usize) -> String {
    let fits = |text: &&String| text.chars().count() <= most;
    let mut texts = std::iter::once(&text).chain(shorter);
    let mut text = texts.find(fits).unwrap_or(&text).clone();
    let missing = least.saturating_sub(text.chars().count());
    text.extend(std::iter::repeat_n('a', missing));
    text
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

/// RFC 4648, section 4: groups of four letters need no padding.
fn base64(random: &mut Random, least: usize, most: usize) -> String {
    let usual = random.below(6).max(least.div_ceil(4));
    let groups = usual.min(most / 4);
    (0..groups * 4).map(|_| letter(random)).collect()
}

//! Finds the known word that a misspelled one most likely means.
//!
//! In: the word as written, and the known ones. Out: the nearest one, if it is near enough. Knows nothing about the words but their
//! letters.

/// Longer words aren't compared: nobody types them, and the cost is the product of the lengths.
const LONGEST: usize = 80;

/// The word of `known` that is nearest to `word`, if typing errors explain the difference: one error in words of three to five letters, two up
/// to eleven, three in longer ones. Ignores case. Of equally near words the first wins.
#[must_use]
pub fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let most = match word.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        6..=11 => 2,
        _ => 3,
    };
    nearest_within(most, word, known)
}

/// Like [`nearest`] with a limit of errors, for words that are similar to each other.
#[must_use]
pub fn nearest_within<'w>(
    most: usize,
    word: &str,
    known: impl IntoIterator<Item = &'w str>,
) -> Option<&'w str> {
    let wanted = lower(word);
    if wanted.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let letters = lower(candidate);
        if candidate == word || letters.len().abs_diff(wanted.len()) > most {
            continue;
        }
        let slips = slips(&wanted, &letters);
        if slips <= most && best.is_none_or(|(fewest, _)| slips < fewest) {
            best = Some((slips, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// A question for the help of a message, followed by a space; empty if `meant` is `None`.
#[must_use]
pub fn did_you_mean(meant: Option<&str>) -> String {
    meant.map_or_else(String::new, |word| format!("did you mean `{word}`? "))
}

fn lower(word: &str) -> Vec<char> {
    let letters = word.chars().flat_map(char::to_lowercase);
    letters.take(LONGEST + 1).collect()
}

/// Number of letters that are missing, superfluous, wrong, or swapped with their neighbour (optimal string alignment).
fn slips(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut fewest = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *y && *x == b[j - 1] {
                fewest = fewest.min(before[j - 1] + 1);
            }
            row.push(fewest);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_understood_and_other_words_are_left_alone() {
        let known = [
            "responses",
            "requestBody",
            "get",
            "put",
            "maxLength",
            "in",
            "pattern",
        ];
        for (word, meant) in [
            ("responces", Some("responses")),
            ("requestBdy", Some("requestBody")),
            ("gett", Some("get")),
            ("gte", Some("get")),
            ("maxlength", Some("maxLength")),
            ("maxLenght", Some("maxLength")),
            ("inn", Some("in")),
            ("on", None),
            ("operation", None),
            ("responses", None),
        ] {
            assert_eq!(nearest(word, known), meant, "{word}");
        }
        assert_eq!(
            nearest(&"a".repeat(1_000_000), [&*"a".repeat(1_000_001)]),
            None
        );
    }
}

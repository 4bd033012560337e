//! Splits names into words and joins words to names: `CreateOAuthApp` is `create`, `oauth`, `app`.

use heck::ToSnakeCase;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use unicode_ident::is_xid_continue;

/// Mixed-case words that count as one word.
const MIXED_CASE_WORDS: &[&str] = &[
    "APIs",
    "BigQuery",
    "CloudFormation",
    "DevOps",
    "DynamoDB",
    "GitHub",
    "GitLab",
    "GraphQL",
    "IDs",
    "IPs",
    "IPv4",
    "IPv6",
    "JavaScript",
    "LinkedIn",
    "MongoDB",
    "MySQL",
    "NoSQL",
    "OAuth",
    "OAuth2",
    "OpenAPI",
    "OpenID",
    "PayPal",
    "PostgreSQL",
    "SQLite",
    "TypeScript",
    "URIs",
    "URLs",
    "UUIDs",
    "VMs",
    "WebAuthn",
    "YouTube",
    "eBay",
    "gRPC",
    "iOS",
    "iPad",
    "iPhone",
    "macOS",
    "mTLS",
];

/// Splits and joins names.
#[derive(Debug, Clone)]
pub(super) struct Speller {
    /// Mixed-case words by their first character, longest first, so that `OAuth2` is found before `OAuth`.
    words: HashMap<char, Vec<String>>,
    /// Mixed-case words that begin with a capital, by their lower-case form.
    capitalised: HashMap<String, String>,
    /// Whether a name so far contains non-ASCII letters.
    foreign_letters: Cell<bool>,
    /// Words given by the user that no name so far contains: their indexes and lower-case forms.
    unmet: RefCell<Vec<(usize, String)>>,
}

impl Speller {
    /// Knows the built-in mixed-case words and `more`.
    #[must_use]
    pub(super) fn new(more: &[String]) -> Self {
        let unmet = more.iter().map(|word| word.to_lowercase()).enumerate();
        let mut words: Vec<String> = MIXED_CASE_WORDS
            .iter()
            .map(ToString::to_string)
            .chain(more.iter().cloned())
            .collect();
        words.retain(|word| !word.is_empty());
        words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        words.dedup();
        let mut speller = Self {
            words: HashMap::new(),
            capitalised: HashMap::new(),
            foreign_letters: Cell::new(false),
            unmet: RefCell::new(unmet.collect()),
        };
        for word in words {
            if word.starts_with(|first: char| first.is_ascii_uppercase()) {
                let known = speller.capitalised.entry(word.to_lowercase());
                known.or_insert_with(|| word.clone());
            }
            if let Some(first) = word.chars().next() {
                speller.words.entry(first).or_default().push(word);
            }
        }
        speller
    }

    /// Records the letters of a name.
    pub(super) fn note(&self, name: &str) {
        if !name.is_ascii() {
            self.foreign_letters.set(true);
        }
        let mut unmet = self.unmet.borrow_mut();
        if !unmet.is_empty() {
            let name = name.to_lowercase();
            unmet.retain(|(_, word)| !name.contains(word));
        }
    }

    /// Indexes of the user's words that no name contains.
    #[must_use]
    pub(super) fn unmet(&self) -> Vec<usize> {
        let unmet = self.unmet.borrow();
        unmet.iter().map(|(number, _)| *number).collect()
    }

    /// Whether a name contains non-ASCII letters: the compiler warns about confusable ones.
    #[must_use]
    pub(super) fn met_foreign_letters(&self) -> bool {
        self.foreign_letters.get()
    }

    /// The words of a name, in lower case: `CreateOAuthApp` is `create`, `oauth`, `app`.
    #[must_use]
    pub(super) fn words(&self, text: &str) -> Vec<String> {
        // Fast path: most names consist of plain lower-case words.
        if text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        {
            let words = text.split('_').filter(|word| !word.is_empty());
            return words.map(str::to_owned).collect();
        }
        let mut words = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        let mut previous = None;
        while let Some(next) = rest.chars().next() {
            if let Some(word) = self.mixed_word_at(previous, next, rest) {
                split_plain(&mut words, &mut plain);
                words.push(word.to_lowercase());
                previous = word.chars().last();
                rest = &rest[word.len()..];
            } else {
                plain.push(if is_xid_continue(next) { next } else { ' ' });
                previous = Some(next);
                rest = &rest[next.len_utf8()..];
            }
        }
        split_plain(&mut words, &mut plain);
        words
    }

    /// The mixed-case word that begins with `first`, if it has word boundaries at both ends.
    fn mixed_word_at(&self, previous: Option<char>, first: char, rest: &str) -> Option<&str> {
        let word = self
            .words
            .get(&first)?
            .iter()
            .find(|word| rest.starts_with(word.as_str()))?;
        let first_is_upper = word.starts_with(|first: char| first.is_uppercase());
        let begins = previous.is_none_or(|before| {
            !before.is_alphanumeric() || (first_is_upper && !before.is_uppercase())
        });
        let ends = rest[word.len()..]
            .chars()
            .next()
            .is_none_or(|after| !after.is_lowercase());
        (begins && ends).then_some(word)
    }

    /// `create_oauth_app`.
    pub(super) fn snake(&self, text: &str) -> String {
        self.words(text).join("_")
    }

    /// `CreateOAuthApp`. A name that has this form already is unchanged: `StatusOK`.
    pub(super) fn pascal(&self, text: &str) -> String {
        if is_upper_camel(text) {
            return text.to_owned();
        }
        self.words(text)
            .iter()
            .map(|word| self.capitalised(word))
            .collect()
    }

    /// A word in a type name: `OAuth`, `App`.
    fn capitalised(&self, word: &str) -> String {
        let known = self.capitalised.get(word);
        known.cloned().unwrap_or_else(|| capitalise(word))
    }
}

fn split_plain(words: &mut Vec<String>, plain: &mut String) {
    words.extend(
        plain
            .to_snake_case()
            .split('_')
            .filter(|word| !word.is_empty())
            .map(str::to_owned),
    );
    plain.clear();
}

pub(super) fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Whether a name is `CamelCase` with at least one lower-case letter. `URL` isn't, since Rust writes `Url`.
fn is_upper_camel(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
        && text.chars().any(|c| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixed_case_words_are_one_word() {
        let speller = Speller::new(&["iTunes".to_owned()]);
        let table = [
            ("CreateOAuthApp", "create_oauth_app", "CreateOAuthApp"),
            (
                "GetAuthorizedOAuthAppsForUser",
                "get_authorized_oauth_apps_for_user",
                "GetAuthorizedOAuthAppsForUser",
            ),
            (
                "Register OAuth app",
                "register_oauth_app",
                "RegisterOAuthApp",
            ),
            ("oauth_app_id", "oauth_app_id", "OAuthAppId"),
            (
                "listIPv4Addresses",
                "list_ipv4_addresses",
                "ListIPv4Addresses",
            ),
            ("userIDs", "user_ids", "UserIDs"),
            ("XMLHttpRequest", "xml_http_request", "XMLHttpRequest"),
            ("getiTunes", "geti_tunes", "GetiTunes"),
            ("get-iTunes", "get_itunes", "GetItunes"),
            (
                "repos/list-for-org",
                "repos_list_for_org",
                "ReposListForOrg",
            ),
            ("StatusOK", "status_ok", "StatusOK"),
            ("URL", "url", "Url"),
            ("größe", "größe", "Größe"),
        ];
        for (text, snake, pascal) in table {
            assert_eq!(speller.snake(text), snake, "{text}");
            assert_eq!(speller.pascal(text), pascal, "{text}");
        }
    }
}

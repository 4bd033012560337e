//! Mattermost's rules for the values of apps, and for pages.

use crate::refusal::Refusal;
use crate::store::Page;

/// The size of a page that asks for none that makes sense, and the greatest.
const PER_PAGE: i64 = 60;
const MAX_PER_PAGE: i64 = 200;

/// Limits: of the name and of all callback URLs together in bytes, of other texts in characters.
const MAX_NAME: usize = 64;
const MAX_DESCRIPTION: usize = 512;
const MAX_ICON_URL: usize = 512;
const MAX_HOMEPAGE: usize = 256;
const MAX_CALLBACK_URLS: usize = 1024;

/// A page: a negative number is what asks for the default, and a page isn't larger than 200.
pub fn page(page: i64, per_page: i64) -> Page {
    let size = match per_page < 0 {
        true => PER_PAGE,
        false => per_page.min(MAX_PER_PAGE),
    };
    Page {
        skipped: page.max(0).saturating_mul(size),
        size,
    }
}

/// Checks what an app is registered with, or changed to.
///
/// # Errors
/// 400 with the first value that breaks a rule.
pub fn check_app(
    name: &str,
    description: &str,
    icon_url: &str,
    callback_urls: &[String],
    homepage: &str,
) -> Result<(), Refusal> {
    // PostgreSQL has no text with U+0000 in it, and nobody has a use for it.
    if name.is_empty() || name.len() > MAX_NAME || name.contains('\0') {
        return Err(Refusal::Value("name"));
    }
    if description.chars().count() > MAX_DESCRIPTION || description.contains('\0') {
        return Err(Refusal::Value("description"));
    }
    let is_short = icon_url.chars().count() <= MAX_ICON_URL;
    if !(icon_url.is_empty() || is_short && is_web(icon_url)) {
        return Err(Refusal::Value("icon_url"));
    }
    if !are_callbacks(callback_urls) {
        return Err(Refusal::Value("callback_urls"));
    }
    match homepage.chars().count() <= MAX_HOMEPAGE && is_web(homepage) {
        true => Ok(()),
        false => Err(Refusal::Value("homepage")),
    }
}

/// Checks where a client that registers itself wants users to be sent back to (RFC 7591, section 5, and RFC 6749, section 3.1.2).
///
/// # Errors
/// 400 with `invalid_redirect_uri`.
pub fn check_redirect_uris(uris: &[String]) -> Result<(), Refusal> {
    match are_callbacks(uris) && !uris.iter().any(|uri| uri.contains('#')) {
        true => Ok(()),
        false => Err(Refusal::RedirectUri),
    }
}

fn are_callbacks(urls: &[String]) -> bool {
    let together: usize = urls.iter().map(String::len).sum();
    !urls.is_empty() && together <= MAX_CALLBACK_URLS && urls.iter().all(|url| is_web(url))
}

/// Whether a text is the URL of a web page: http or https, a host, and nothing that a URL may not have.
pub fn is_web(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
        && !host.is_empty()
        && !host.starts_with(':')
        && !url.contains(|c: char| c.is_control() || c.is_whitespace() || "<>\"\\^`{|}".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_of_60_and_not_larger_than_200() {
        let parts = |number, size| {
            let page = page(number, size);
            (page.skipped, page.size)
        };
        assert_eq!(parts(0, 60), (0, 60));
        assert_eq!(parts(3, 7), (21, 7));
        assert_eq!(parts(-1, -1), (0, 60));
        assert_eq!(parts(2, 1000), (400, 200));
        assert_eq!(parts(5, 0), (0, 0));
        assert_eq!(parts(i64::MAX, i64::MAX), (i64::MAX, 200));
        assert_eq!(parts(i64::MIN, i64::MIN), (0, 60));
    }

    #[test]
    fn web_pages_have_a_host() {
        for good in [
            "https://a",
            "http://a:80/b?c#d",
            "HTTPS://a",
            "https://user@a",
            "https://[::1]/",
        ] {
            assert!(is_web(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "/a",
            "ftp://a",
            "https://",
            "https:///a",
            "https://:80",
            "https://a b",
            "https://a\0",
            "https://u@/",
            "javascript://a",
        ] {
            assert!(!is_web(bad), "{bad}");
        }
    }

    #[test]
    fn limits_are_those_of_mattermost() {
        let urls = |length: usize| vec![format!("https://{}", "a".repeat(length - 8))];
        let check =
            |name: usize, description: usize, icon: usize, callbacks: usize, homepage: usize| {
                let icon = &urls(icon)[0];
                let homepage = &urls(homepage)[0];
                check_app(
                    &"n".repeat(name),
                    &"ü".repeat(description),
                    icon,
                    &urls(callbacks),
                    homepage,
                )
            };
        assert!(check(64, 512, 512, 1024, 256).is_ok());
        assert!(check_app("n", "", "", &urls(9), "https://a").is_ok());
        for (broken, name) in [
            (check(0, 1, 9, 9, 9), "name"),
            (check(65, 1, 9, 9, 9), "name"),
            (check(1, 513, 9, 9, 9), "description"),
            (check(1, 1, 513, 9, 9), "icon_url"),
            (check(1, 1, 9, 1025, 9), "callback_urls"),
            (check(1, 1, 9, 9, 257), "homepage"),
            (check_app("n", "", "x", &urls(9), "https://a"), "icon_url"),
            (check_app("n", "", "", &[], "https://a"), "callback_urls"),
            (check_app("a\0", "", "", &urls(9), "https://a"), "name"),
        ] {
            assert!(
                matches!(broken, Err(Refusal::Value(found)) if found == name),
                "{broken:?}"
            );
        }
        let fragment = ["https://a#b".to_owned()];
        assert!(matches!(
            check_redirect_uris(&fragment),
            Err(Refusal::RedirectUri)
        ));
        assert!(matches!(
            check_redirect_uris(&[]),
            Err(Refusal::RedirectUri)
        ));
    }
}

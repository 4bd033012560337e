//! What to call an operation: by its operationId, its summary, or its method and path.

/// Whether an operationId is usable as a name. Some tools write the summary into it: a slug of many words, truncated to 100 characters.
#[must_use]
pub(in crate::plan) fn is_name(id: &str) -> bool {
    let slug_words = id
        .split(['-', '_', ' ', '.', '/'])
        .filter(|word| !word.is_empty())
        .count();
    id.len() <= 120 && slug_words <= 10 && id.chars().any(char::is_alphanumeric)
}

/// A name for an operation from its summary, without articles: `Get an OAuth app` becomes `Get OAuth app`. `None` if it isn't a short
/// phrase.
#[must_use]
pub(in crate::plan) fn from_summary(summary: &str) -> Option<String> {
    let words: Vec<&str> = summary
        .split_whitespace()
        .filter(|word| !matches!(word.to_lowercase().as_str(), "a" | "an" | "the"))
        .collect();
    (1..=8)
        .contains(&words.len())
        .then(|| words.join(" "))
        .filter(|name| is_name(name))
}

/// A name for an operation from its method and path: `GET /pets/{id}` becomes `get pets by id`.
#[must_use]
pub(in crate::plan) fn from_path(method: &str, template: &str) -> String {
    let segments = template.split('/').filter(|segment| !segment.is_empty());
    let words = segments.map(|segment| {
        match segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            Some(parameter) => format!("by {parameter}"),
            None => segment.replace(['{', '}'], " "),
        }
    });
    std::iter::once(method.to_lowercase())
        .chain(words)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_no_names() {
        assert!(is_name("apps/list-installations-for-authenticated-user"));
        assert!(is_name(
            "replaceAdmissionregistrationV1beta1MutatingAdmissionPolicyBinding"
        ));
        assert!(!is_name(
            "get-an-oauth-20-client-application-registered-with-mattermost-permissionsif-app-creator-must-have-ma"
        ));
        assert_eq!(
            from_summary("Get an OAuth app").as_deref(),
            Some("Get OAuth app")
        );
        assert_eq!(from_path("GET", "/pets/{id}/toys"), "get pets by id toys");
    }
}

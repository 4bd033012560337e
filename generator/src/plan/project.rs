//! What a project around the server needs to know.

use super::Plan;

/// The paths that the health check may have, the preferred one first.
const PATHS: [&str; 4] = ["/healthz", "/livez", "/-/healthz", "/-/livez"];

impl Plan {
    /// A path for a health check that no operation has: if possible, one that matches no template either.
    #[must_use]
    pub fn free_path(&self) -> String {
        let base = self.base_path.trim_end_matches('/');
        let routes: Vec<String> = self
            .routes
            .iter()
            .map(|route| format!("{base}{}", route.path))
            .collect();
        let matched = |path: &&str| routes.iter().any(|route| matches(route, path));
        let literal = |path: &&str| routes.iter().any(|route| route == path);
        let mut paths = PATHS.into_iter();
        let free = paths.clone().find(|path| !matched(path));
        let free = free.or_else(|| paths.find(|path| !literal(path)));
        free.map_or_else(|| format!("{}/{}", PATHS[0], self.name), str::to_owned)
    }
}

/// Whether a path could be an operation's: segment by segment, where a template stands for anything.
fn matches(route: &str, path: &str) -> bool {
    let mut segments = route.split('/').zip(path.split('/'));
    route.split('/').count() == path.split('/').count()
        && segments.all(|(one, other)| one.contains('{') || one == other)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn templates_stand_for_any_segment() {
        assert!(matches("/{name}", "/healthz"));
        assert!(matches("/healthz", "/healthz"));
        assert!(!matches("/{a}/{b}", "/healthz"));
        assert!(!matches("/pets", "/healthz"));
    }
}

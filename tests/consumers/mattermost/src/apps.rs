//! The registered apps.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{SystemTime, UNIX_EPOCH};

use mattermost_oauth_server::types::OAuthApp;

/// The greatest page size.
const MAX_PER_PAGE: i64 = 200;

/// A registered app. They are kept in order of registration.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) id: String,
    pub(crate) creator_id: String,
    /// Empty for a public client.
    pub(crate) secret: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) icon_url: String,
    pub(crate) callback_urls: Vec<String>,
    pub(crate) homepage: String,
    pub(crate) is_trusted: bool,
    pub(crate) is_dynamically_registered: bool,
    pub(crate) create_at: i64,
    pub(crate) update_at: i64,
}

impl App {
    /// The app as the API returns it.
    pub(crate) fn shown(&self) -> OAuthApp {
        let mut shown = OAuthApp::new()
            .id(&self.id)
            .client_secret(&self.secret)
            .name(&self.name)
            .description(&self.description)
            .icon_url(&self.icon_url)
            .callback_urls(&self.callback_urls)
            .homepage(&self.homepage)
            .is_trusted(self.is_trusted)
            .create_at(self.create_at)
            .update_at(self.update_at)
            .creator_id(&self.creator_id)
            .mattermost_app_id("");
        shown.is_dynamically_registered = self.is_dynamically_registered.then_some(true);
        shown
    }
}

#[derive(Default)]
pub(crate) struct Apps {
    all: Vec<App>,
    /// The apps that each user has authorized.
    authorized: BTreeMap<String, BTreeSet<String>>,
    made: u64,
}

impl Apps {
    /// An id like Mattermost's: 26 letters or digits.
    pub(crate) fn new_id(&mut self) -> String {
        self.made += 1;
        format!("app{:023}", self.made)
    }

    /// A secret. A real provider would use a random number generator.
    pub(crate) fn new_secret(&mut self) -> String {
        self.made += 1;
        format!("secret{:020}", self.made)
    }

    pub(crate) fn add(&mut self, app: App) -> &App {
        self.all.push(app);
        &self.all[self.all.len() - 1]
    }

    pub(crate) fn find(&mut self, id: &str) -> Option<&mut App> {
        self.all.iter_mut().find(|app| app.id == id)
    }

    pub(crate) fn remove(&mut self, id: &str) {
        self.all.retain(|app| app.id != id);
        for apps in self.authorized.values_mut() {
            apps.remove(id);
        }
    }

    pub(crate) fn authorize(&mut self, user_id: &str, id: &str) {
        let apps = self.authorized.entry(user_id.to_owned()).or_default();
        apps.insert(id.to_owned());
    }

    /// A page of the apps for which `is_wanted` is true.
    pub(crate) fn page(
        &self,
        page: i64,
        per_page: i64,
        is_wanted: impl Fn(&App) -> bool,
    ) -> Vec<OAuthApp> {
        let per_page = per_page.min(MAX_PER_PAGE);
        let size = usize::try_from(per_page).unwrap_or(0);
        let skipped = usize::try_from(page.saturating_mul(per_page)).unwrap_or(usize::MAX);
        let apps = self.all.iter().filter(|app| is_wanted(app));
        apps.skip(skipped).take(size).map(App::shown).collect()
    }

    pub(crate) fn is_authorized(&self, user_id: &str, app: &App) -> bool {
        self.authorized
            .get(user_id)
            .is_some_and(|apps| apps.contains(&app.id))
    }
}

/// Milliseconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |time| {
        i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
    })
}

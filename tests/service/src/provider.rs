//! What the operations do, apart from HTTP.
//!
//! Mattermost checks a request in this order, and so does each method here: form of the id (400), permission (403), body (400), provider
//! switched off (501), unknown app (404), somebody else's app (403). The session comes before these (401), and with the generated server
//! also whether parameters and body are as described.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crate::refusal::Refusal;
use crate::rules;
use crate::secrets::is_id;
use crate::session::{Permission, Session};
use crate::store::{App, Changes, NewApp, Store};

/// The name of a client that registers itself without one.
const NAMELESS: &str = "Dynamically Registered Client";

/// What an administrator decides.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The URL of the site, which is the issuer of RFC 8414; without a trailing slash. Empty in a configuration: the address of the
    /// listener.
    pub site_url: String,
    /// Whether the provider is switched on.
    pub is_on: bool,
    /// Whether clients may register themselves.
    pub has_registration: bool,
    /// How many of them may do so in a second; zero is no limit.
    pub registrations_per_second: u32,
}

/// The provider. Clones share everything.
#[derive(Debug, Clone)]
pub struct Provider {
    store: Store,
    settings: Arc<Settings>,
    registrations: Arc<Mutex<Allowance>>,
}

/// What a client tells of itself (RFC 7591, section 2).
#[derive(Debug, Clone, Default)]
pub struct Registration {
    /// Where users may be sent back to.
    pub redirect_uris: Vec<String>,
    /// Its name.
    pub client_name: Option<String>,
    /// Its web site.
    pub client_uri: Option<String>,
    /// How it proves itself; `client_secret_post` if it doesn't say.
    pub token_endpoint_auth_method: Option<String>,
}

impl Provider {
    /// A provider of the apps in a database.
    pub fn new(store: Store, settings: Settings) -> Self {
        let allowance = Allowance::new(settings.registrations_per_second);
        Self {
            store,
            settings: Arc::new(settings),
            registrations: Arc::new(Mutex::new(allowance)),
        }
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Registers an app of the caller's. Only who manages the system makes trusted ones.
    ///
    /// # Errors
    /// 403, 400 or 501.
    pub async fn create(&self, session: &Session, new: NewApp) -> Result<App, Refusal> {
        session.must(Permission::ManageOAuth)?;
        rules::check_app(
            &new.name,
            &new.description,
            &new.icon_url,
            &new.callback_urls,
            &new.homepage,
        )?;
        self.is_on()?;
        let is_trusted = new.is_trusted && session.permissions.has(Permission::ManageSystem);
        let creator_id = session.user_id.clone();
        let app = NewApp {
            creator_id,
            is_trusted,
            is_dynamically_registered: false,
            ..new
        };
        Ok(self.store.create(app).await?)
    }

    /// A page of the caller's apps, or of all for who manages all.
    ///
    /// # Errors
    /// 403 or 501.
    pub async fn apps(
        &self,
        session: &Session,
        page: i64,
        per_page: i64,
    ) -> Result<Vec<App>, Refusal> {
        session.must(Permission::ManageOAuth)?;
        self.is_on()?;
        let sees_all = session.permissions.has(Permission::ManageSystemWideOAuth);
        let creator = (!sees_all).then_some(session.user_id.as_str());
        Ok(self
            .store
            .apps(creator, rules::page(page, per_page))
            .await?)
    }

    /// An app, with its secret.
    ///
    /// # Errors
    /// 400, 403, 501 or 404.
    pub async fn app(&self, session: &Session, app_id: &str) -> Result<App, Refusal> {
        Self::may_manage(session, app_id)?;
        self.managed(session, app_id).await
    }

    /// Changes an app. Only who manages the system changes whether it is trusted.
    ///
    /// # Errors
    /// 400, 403, 501 or 404.
    pub async fn update(
        &self,
        session: &Session,
        app_id: &str,
        body_id: &str,
        changes: Changes,
    ) -> Result<App, Refusal> {
        Self::may_manage(session, app_id)?;
        let Changes {
            name,
            description,
            icon_url,
            callback_urls,
            homepage,
            ..
        } = &changes;
        rules::check_app(name, description, icon_url, callback_urls, homepage)?;
        if body_id != app_id {
            return Err(Refusal::Value("id"));
        }
        self.managed(session, app_id).await?;
        let decides = session.permissions.has(Permission::ManageSystem);
        let is_trusted = decides.then_some(changes.is_trusted.unwrap_or(false));
        let updated = self.store.update(
            app_id,
            Changes {
                is_trusted,
                ..changes
            },
        );
        updated.await?.ok_or(Refusal::UnknownApp)
    }

    /// Deletes an app.
    ///
    /// # Errors
    /// 400, 403, 501 or 404.
    pub async fn delete(&self, session: &Session, app_id: &str) -> Result<(), Refusal> {
        Self::may_manage(session, app_id)?;
        self.managed(session, app_id).await?;
        match self.store.delete(app_id).await? {
            true => Ok(()),
            false => Err(Refusal::UnknownApp),
        }
    }

    /// Gives an app a new secret.
    ///
    /// # Errors
    /// 400 (also for a public client), 403, 501 or 404.
    pub async fn regenerate(&self, session: &Session, app_id: &str) -> Result<App, Refusal> {
        Self::may_manage(session, app_id)?;
        if self.managed(session, app_id).await?.secret.is_empty() {
            return Err(Refusal::PublicClient);
        }
        self.store
            .regenerate(app_id)
            .await?
            .ok_or(Refusal::UnknownApp)
    }

    /// An app without its secret, for anybody with a session.
    ///
    /// # Errors
    /// 400, 501 or 404.
    pub async fn info(&self, app_id: &str) -> Result<App, Refusal> {
        is_app_id(app_id)?;
        self.is_on()?;
        let app = self.store.app(app_id).await?;
        app.map(without_secret).ok_or(Refusal::UnknownApp)
    }

    /// A page of the apps that a user has authorized, without their secrets. `me` is the caller.
    ///
    /// # Errors
    /// 400, 403 or 501.
    pub async fn authorized(
        &self,
        session: &Session,
        user_id: &str,
        page: i64,
        per_page: i64,
    ) -> Result<Vec<App>, Refusal> {
        let user_id = match user_id {
            "me" => session.user_id.as_str(),
            other if is_id(other) => other,
            _ => return Err(Refusal::Parameter("user_id")),
        };
        if user_id != session.user_id {
            session.must(Permission::EditOtherUsers)?;
        }
        self.is_on()?;
        let apps = self
            .store
            .authorized(user_id, rules::page(page, per_page))
            .await?;
        Ok(apps.into_iter().map(without_secret).collect())
    }

    /// Registers a client that asks for it itself.
    ///
    /// # Errors
    /// 501, 400 or 429.
    pub async fn register(&self, registration: Registration) -> Result<App, Refusal> {
        self.is_on()?;
        if !self.settings.has_registration {
            return Err(Refusal::RegistrationOff);
        }
        rules::check_redirect_uris(&registration.redirect_uris)?;
        let is_public = match registration.token_endpoint_auth_method.as_deref() {
            None | Some("client_secret_post") => false,
            Some("none") => true,
            Some(_) => return Err(Refusal::ClientMetadata("token_endpoint_auth_method")),
        };
        let homepage = registration.client_uri.unwrap_or_default();
        if !homepage.is_empty() && !rules::is_web(&homepage) {
            return Err(Refusal::ClientMetadata("client_uri"));
        }
        let name = registration.client_name.filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| NAMELESS.to_owned());
        if name.contains('\0') {
            return Err(Refusal::ClientMetadata("client_name"));
        }
        if !self
            .registrations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
        {
            return Err(Refusal::TooManyRegistrations);
        }
        let app = NewApp {
            name,
            callback_urls: registration.redirect_uris,
            homepage,
            is_public,
            is_dynamically_registered: true,
            ..NewApp::default()
        };
        Ok(self.store.create(app).await?)
    }

    /// Checks that the provider is switched on.
    ///
    /// # Errors
    /// 501.
    pub fn is_on(&self) -> Result<(), Refusal> {
        match self.settings.is_on {
            true => Ok(()),
            false => Err(Refusal::SwitchedOff),
        }
    }

    fn may_manage(session: &Session, app_id: &str) -> Result<(), Refusal> {
        is_app_id(app_id)?;
        session.must(Permission::ManageOAuth)
    }

    /// An app that the caller may manage: that it is the caller's stays true, as nobody can give an app to another.
    async fn managed(&self, session: &Session, app_id: &str) -> Result<App, Refusal> {
        self.is_on()?;
        let app = self.store.app(app_id).await?;
        let app = app.ok_or(Refusal::UnknownApp)?;
        if app.creator_id != session.user_id {
            session.must(Permission::ManageSystemWideOAuth)?;
        }
        Ok(app)
    }
}

fn is_app_id(app_id: &str) -> Result<(), Refusal> {
    match is_id(app_id) {
        true => Ok(()),
        false => Err(Refusal::Parameter("app_id")),
    }
}

fn without_secret(mut app: App) -> App {
    app.secret.clear();
    app
}

/// How many registrations are allowed at the moment: each second brings some, and no more than those of one second are kept.
#[derive(Debug)]
struct Allowance {
    per_second: f64,
    left: f64,
    since: Instant,
}

impl Allowance {
    fn new(per_second: u32) -> Self {
        let per_second = f64::from(per_second);
        Self {
            per_second,
            left: per_second,
            since: Instant::now(),
        }
    }

    fn take(&mut self) -> bool {
        if self.per_second == 0.0 {
            return true;
        }
        let now = Instant::now();
        let gained = now.duration_since(self.since).as_secs_f64() * self.per_second;
        self.since = now;
        self.left = (self.left + gained).min(self.per_second);
        let is_allowed = self.left >= 1.0;
        if is_allowed {
            self.left -= 1.0;
        }
        is_allowed
    }
}

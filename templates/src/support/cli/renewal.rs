//! Tokens of a user who is logged in, which are renewed when they have to be. Needs `api.rs`, `chosen.rs`,
//! `token_file.rs`.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::super::client::{
    AuthorizationServer, IssuedTokens, OAuthClient, OAuthError, OAuthGrant, OAuthScheme, Token,
    TokenSource,
};
use super::{BoxError, BoxFuture, Session, StoredTokens, TokenFile, now, variable};

/// A scheme of OAuth 2 by which users log in.
#[derive(Debug)]
pub struct OAuthLogin {
    /// The name of its credential.
    pub name: &'static str,
    /// What the description says of it.
    pub scheme: &'static OAuthScheme,
    /// The environment variable with the id of the client.
    pub client_id: &'static str,
    /// The environment variable with the client's secret, for servers that want one.
    pub client_secret: &'static str,
}

impl OAuthLogin {
    /// Whether the description has a flow for a browser or a device; else the server says what it has.
    pub(crate) fn has(&self, grant: OAuthGrant) -> bool {
        self.scheme.flows.iter().any(|flow| flow.grant == grant)
    }

    /// A client of the authorization server that belongs to a server of the API.
    pub(crate) async fn client(&self, server: &str, id: &str) -> Result<OAuthClient, OAuthError> {
        let authorization = self.authorization(server);
        let is_described =
            self.has(OAuthGrant::AuthorizationCode) || self.has(OAuthGrant::DeviceAuthorization);
        let authorization = match is_described {
            true => authorization,
            false => authorization.discover().await?,
        };
        Ok(self.client_of(&authorization, id))
    }

    /// Revokes tokens, if the authorization server has an endpoint for that, which only its metadata say.
    pub(crate) async fn revoke(&self, tokens: &StoredTokens) -> Result<(), OAuthError> {
        if self.scheme.metadata_url.is_none() {
            return Ok(());
        }
        let authorization = self.authorization(&tokens.server).discover().await?;
        if !authorization.can_revoke() {
            return Ok(());
        }
        let client = self.client_of(&authorization, &tokens.client_id);
        let refresh = match &tokens.refresh_token {
            Some(token) => client.revoke(token).await,
            None => Ok(()),
        };
        let access = match client.revoke(&tokens.access_token).await {
            // Those that are valid by their signature alone end by themselves.
            Err(error) if error.code() == Some("unsupported_token_type") => Ok(()),
            result => result,
        };
        refresh.and(access)
    }

    fn authorization(&self, server: &str) -> AuthorizationServer {
        AuthorizationServer::new(self.scheme).base_url(server)
    }

    fn client_of(&self, authorization: &AuthorizationServer, id: &str) -> OAuthClient {
        let client = authorization.client(id);
        match variable(self.client_secret) {
            Some(secret) => client.secret(secret),
            None => client,
        }
    }
}

impl StoredTokens {
    /// What was issued to a client.
    pub(crate) fn issued(server: &str, client_id: &str, issued: &IssuedTokens) -> Self {
        let end = issued.expires_in();
        Self {
            server: server.to_owned(),
            client_id: client_id.to_owned(),
            access_token: issued.access_token().to_owned(),
            refresh_token: issued.refresh_token().map(str::to_owned),
            expires_at: end.map(|time| now().saturating_add(time.as_secs())),
        }
    }

    fn token(&self) -> Token {
        let token = Token::new(&self.access_token);
        match self.lifetime() {
            Some(time) => token.expires_in(time),
            None => token,
        }
    }
}

/// The tokens of a user who is logged in.
pub(crate) struct Renewal {
    login: &'static OAuthLogin,
    program: &'static str,
    profile: String,
    file: TokenFile,
    tokens: Mutex<StoredTokens>,
    /// Whether the tokens of the file haven't been used yet.
    is_new: AtomicBool,
    may_renew: bool,
}

impl Renewal {
    pub(crate) fn new(
        login: &'static OAuthLogin,
        session: &Session,
        file: TokenFile,
        tokens: StoredTokens,
        may_renew: bool,
    ) -> Self {
        Self {
            login,
            program: session.program,
            profile: session.profile.clone(),
            file,
            tokens: Mutex::new(tokens),
            is_new: AtomicBool::new(true),
            may_renew,
        }
    }

    fn tokens(&self) -> MutexGuard<'_, StoredTokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The error of a login that nothing renews.
    fn over(&self, why: String) -> BoxError {
        format!("{why}: log in again by `{} login`", self.program).into()
    }

    /// Other tokens than these: those that another process has got meanwhile, or new ones.
    async fn renewed(&self, old: StoredTokens) -> Result<StoredTokens, BoxError> {
        let name = self.login.name;
        // A refresh token may be good for one time: who waits for another program finds the tokens that it has got.
        let lock = self.file.lock().await;
        let stored = self.file.read(&self.profile, name)?;
        let latest = stored.filter(|stored| stored.server == old.server);
        let latest = latest.ok_or_else(|| self.over("somebody has logged out".to_owned()))?;
        if latest.access_token != old.access_token && !is_over(&latest) {
            return Ok(latest);
        }
        let StoredTokens {
            server, client_id, ..
        } = &latest;
        let refresh = latest.refresh_token.as_deref();
        let refresh = refresh.ok_or_else(|| self.over("the login is over".to_owned()))?;
        let client = self.login.client(server, client_id).await?;
        let granted = client.refresh_token(refresh)?;
        if let Err(error) = granted.access_token().await {
            let found = OAuthError::of(&*error).and_then(OAuthError::code);
            return Err(match found == Some("invalid_grant") {
                true => self.over(error.to_string()),
                false => error,
            });
        }
        let new = StoredTokens::issued(server, client_id, &granted.issued());
        let written = lock.and_then(|lock| self.file.write(&lock, &self.profile, name, &new));
        if let Err(what) = written {
            // The call can be made nevertheless.
            eprintln!("warning: the login ends with this call: {what}");
        }
        Ok(new)
    }
}

fn is_over(tokens: &StoredTokens) -> bool {
    tokens.lifetime().is_some_and(|time| time.is_zero())
}

impl TokenSource for Renewal {
    fn fetch(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async {
            let tokens = self.tokens().clone();
            let is_new = self.is_new.swap(false, Ordering::Relaxed);
            if is_new && (!self.may_renew || !is_over(&tokens)) {
                return Ok(tokens.token());
            }
            let new = self.renewed(tokens).await?;
            let token = new.token();
            *self.tokens() = new;
            Ok(token)
        })
    }

    fn can_fetch(&self) -> bool {
        self.may_renew && self.tokens().refresh_token.is_some()
    }
}

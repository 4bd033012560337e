//! Tokens that expire: kept for several requests, fetched once for all that wait. Needs `body.rs`, `secret.rs`, `timer.rs`, `transport.rs`;
//! crate `tokio` (rt) behind the features `blocking`, `hyper`, `reqwest` and `tower`.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::secret::Renewable;
use super::timer::Instant;
use super::{BoxError, BoxFuture, Secret, TransportError};

/// How long before its end a token is renewed at most: the clocks of others differ, and requests take time.
const AHEAD: Duration = Duration::from_secs(120);

/// How long a token that is still valid is used without another try, if it couldn't be renewed.
const PAUSE: Duration = Duration::from_secs(10);

/// A token, and how long it is valid. Its text never shows in `Debug` output.
#[derive(Clone)]
pub struct Token {
    text: String,
    lifetime: Option<Duration>,
}

impl Token {
    /// Creates a token that is used until a server rejects it.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            lifetime: None,
        }
    }

    /// Sets how long it is valid from now on.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

/// Fetches tokens, for [`Secret::tokens`]. It is implemented for async functions without arguments, too.
///
/// ```text
/// impl TokenSource for Vault {
///     fn fetch(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
///         Box::pin(async move {
///             let lease = self.read("api/token").await?;
///             Ok(Token::new(lease.token).expires_in(lease.duration))
///         })
///     }
/// }
/// ```
pub trait TokenSource: Send + Sync + 'static {
    /// Fetches a new token; called when there is none, when the last one is about to expire, and when a server has rejected it, never twice
    /// at once.
    ///
    /// # Errors
    /// There is no token: the calls that wait for it fail. They may be repeated if the error is a [`TransportError`].
    fn fetch(&self) -> BoxFuture<'_, Result<Token, BoxError>>;

    /// Whether it is worth fetching a token after one was rejected. Default: it is.
    fn can_fetch(&self) -> bool {
        true
    }
}

impl<F, R, E> TokenSource for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Token, E>> + Send + 'static,
    E: Into<BoxError>,
{
    fn fetch(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        let token = self();
        Box::pin(async move { token.await.map_err(Into::into) })
    }
}

impl Secret {
    /// Creates a secret that is a token from this source. A token is used by all requests until it is about to expire, or a server
    /// responds with 401 Unauthorized: then it is fetched anew, once for all requests that wait for it, and the request is sent again.
    ///
    /// ```text
    /// Client::builder(url).bearer(Secret::tokens(|| async {
    ///     let lease = lease().await?;
    ///     Ok::<_, BoxError>(Token::new(lease.token).expires_in(lease.duration))
    /// }))
    /// ```
    pub fn tokens(source: impl TokenSource) -> Self {
        Self::renewable(TokenCache::new(source, None))
    }
}

/// The present token of a source. Clones share it.
#[derive(Clone)]
pub(crate) struct TokenCache(Arc<Shared>);

struct Shared {
    source: Box<dyn TokenSource>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    is_fetching: bool,
    /// How many fetches have ended, and how the last one failed.
    ended: u64,
    failure: Option<Arc<BoxError>>,
    pause: Option<Instant>,
    waiting: Vec<Waker>,
}

/// A token with the times when it is to be renewed, and when it is over.
struct Held {
    text: String,
    renew: Option<Instant>,
    end: Option<Instant>,
}

impl Held {
    fn new(token: Token, since: Instant) -> Self {
        let after = |time: Duration| since.checked_add(time);
        let lifetime = token.lifetime;
        let renew = lifetime.map(|lifetime| lifetime.saturating_sub(AHEAD.min(lifetime / 4)));
        Self {
            text: token.text,
            renew: renew.and_then(after),
            end: lifetime.and_then(after),
        }
    }
}

/// What a request does next for its token.
enum Step {
    Use(String),
    Fail(Arc<BoxError>),
    Wait,
    Fetch,
}

impl TokenCache {
    /// A cache that holds this token to begin with.
    pub(crate) fn new(source: impl TokenSource, first: Option<Token>) -> Self {
        let held = first.map(|token| Held::new(token, Instant::now()));
        let state = State {
            held,
            ..State::default()
        };
        Self(Arc::new(Shared {
            source: Box::new(source),
            state: Mutex::new(state),
        }))
    }

    async fn token(self) -> Result<String, BoxError> {
        let since = self.0.state().ended;
        loop {
            let step = self.0.state().step(since);
            match step {
                Step::Use(text) => return Ok(text),
                Step::Fail(error) => return Err(handed_out(error)),
                Step::Wait => poll_fn(|cx| self.0.state().poll_over(cx)).await,
                Step::Fetch => {
                    let fetching = Fetching(self.0.clone());
                    if !to_the_end(Box::pin(fetching.run())).await {
                        return Err("no token was fetched".into());
                    }
                }
            }
        }
    }
}

impl Renewable for TokenCache {
    fn current(&self) -> BoxFuture<'static, Result<String, BoxError>> {
        Box::pin(self.clone().token())
    }

    fn reject(&self, text: &str) -> bool {
        let mut state = self.0.state();
        match &state.held {
            // Another request has renewed it already.
            Some(held) if held.text != text => true,
            _ if !self.0.source.can_fetch() => false,
            _ => {
                (state.held, state.pause) = (None, None);
                true
            }
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The next step of a request that began to ask when so many fetches had ended.
    fn step(&mut self, since: u64) -> Step {
        let now = Instant::now();
        let is_before = |time: Option<Instant>| time.is_none_or(|time| now < time);
        let has_ended = self.ended > since;
        if let Some(held) = &self.held {
            // A token that was fetched for this request is used, however short it is valid.
            let is_new = has_ended && self.failure.is_none();
            let is_paused = self.pause.is_some_and(|end| now < end);
            let is_kept = (self.is_fetching || is_paused) && is_before(held.end);
            if is_new || is_kept || is_before(held.renew) {
                return Step::Use(held.text.clone());
            }
        }
        if self.is_fetching {
            return Step::Wait;
        }
        // Who waited for a fetch that failed shares its error.
        if let Some(error) = self.failure.as_ref().filter(|_| has_ended) {
            return Step::Fail(error.clone());
        }
        self.is_fetching = true;
        Step::Fetch
    }

    fn poll_over(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if !self.is_fetching {
            return Poll::Ready(());
        }
        let mut waiting = self.waiting.iter();
        if !waiting.any(|waker| waker.will_wake(cx.waker())) {
            self.waiting.push(cx.waker().clone());
        }
        Poll::Pending
    }
}

/// The right to fetch. However it ends, those that wait are woken.
struct Fetching(Arc<Shared>);

impl Fetching {
    async fn run(self) {
        let begin = Instant::now();
        let result = self.0.source.fetch().await;
        let mut state = self.0.state();
        state.ended += 1;
        match result {
            Ok(token) => {
                state.held = Some(Held::new(token, begin));
                (state.failure, state.pause) = (None, None);
            }
            Err(error) => {
                state.failure = Some(Arc::new(error));
                state.pause = Instant::now().checked_add(PAUSE);
            }
        }
    }
}

impl Drop for Fetching {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.is_fetching = false;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// Runs a future to its end even if this one is dropped, which is possible in tokio: the server may have given out a token that can be
/// fetched only once. Returns whether it came to its end.
async fn to_the_end(future: BoxFuture<'static, ()>) -> bool {
    #[cfg(any(
        feature = "blocking",
        feature = "hyper",
        feature = "reqwest",
        feature = "tower"
    ))]
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        return runtime.spawn(future).await.is_ok();
    }
    future.await;
    true
}

/// The error of a fetch for one of those who waited for it.
fn handed_out(error: Arc<BoxError>) -> BoxError {
    let shared = SharedError(error.clone());
    match error.downcast_ref::<TransportError>() {
        Some(error) => error.like(shared).into(),
        None => shared.into(),
    }
}

/// An error with several owners.
struct SharedError(Arc<BoxError>);

impl fmt::Debug for SharedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for SharedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Error for SharedError {
    /// The error itself, so that it is found among the causes by its type.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(match self.0.downcast_ref::<TransportError>() {
            Some(error) => error.inner(),
            None => &**self.0,
        })
    }
}

//! Whether and when a call is repeated. Needs `error.rs`, `response.rs`, `retry_after.rs`.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::retry_after::retry_after;
use super::{Error, RawResponse, is_passing};

/// How often a call is repeated that failed for a reason which may pass, and how long it waits before.
///
/// Such reasons are: there is no connection or it broke off, no response came in time, or its status is one of 408, 429, 500, 502, 503, 504. A
/// call is only repeated if that is safe: the operation is idempotent or has an idempotency key, and the body isn't a stream.
///
/// The time limit of a call covers all attempts: a call that would have to wait longer than that isn't repeated.
///
/// Repetitions of all clones of a client draw on one budget of 500 tokens: each takes 5, or 10 after a timeout; what succeeds gives them
/// back, or one if it succeeds at once. So a server that is overloaded isn't asked three times as often for long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "a policy does nothing until a client or a call has it"]
pub struct Retries {
    attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
}

impl Retries {
    /// Three attempts. Waits up to half a second before the second one, twice as long before each of the following, at most 20 seconds.
    pub const fn new() -> Self {
        Self {
            attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(20),
            max_retry_after: Duration::from_secs(60),
        }
    }

    /// No repetitions.
    pub const fn none() -> Self {
        Self::new().attempts(1)
    }

    /// Sets how many attempts a call makes, with the first. Default: 3.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the longest wait before the second attempt; each wait is a random part of the longest. Default: half a second.
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the longest wait before any attempt. Default: 20 seconds.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the longest wait that a server can ask for, by `Retry-After` or `retry-after-ms`. Default: 60 seconds.
    pub const fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// Whether there is another attempt after so many.
    pub(crate) fn is_left(&self, made: u32) -> bool {
        made < self.attempts
    }

    /// How long to wait after so many attempts: what the server asks for, else a random part of a time that doubles ("full jitter").
    pub(crate) fn delay(&self, made: u32, result: &Result<RawResponse, Error>) -> Duration {
        let response = match result {
            Ok(response) => Some(response),
            Err(error) => error.response(),
        };
        if let Some(asked) = response.and_then(|response| retry_after(response.headers())) {
            return asked.min(self.max_retry_after);
        }
        let doubled = 1_u32.checked_shl(made.saturating_sub(1));
        let longest = self.base_delay.saturating_mul(doubled.unwrap_or(u32::MAX));
        longest.min(self.max_delay).mul_f64(random_part())
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self::new()
    }
}

/// A random number between 0 and 1.
#[allow(clippy::cast_precision_loss)] // 53 bits are what a float holds
pub(crate) fn random_part() -> f64 {
    (random() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A random number. Each state has keys from the operating system and a counter.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// A random UUID (RFC 9562, section 5.4), as an idempotency key.
pub(crate) fn random_uuid() -> String {
    let (high, low) = (random(), random());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | (low >> 48) & 0x3fff,
        low & 0xffff_ffff_ffff
    )
}

/// Whether the same request may have another result later.
pub(crate) fn may_pass(result: &Result<RawResponse, Error>) -> bool {
    match result {
        Ok(response) => is_passing(response.status().as_u16()),
        Err(error) => error.is_retryable(),
    }
}

/// What all calls of a client may spend on repetitions.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

const BUDGET: u32 = 500;

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(BUDGET))
    }
}

impl Budget {
    /// Takes what a repetition costs; `false` if there isn't enough.
    pub(crate) fn take(&self, cost: u32) -> bool {
        let left = |tokens: u32| tokens.checked_sub(cost);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, left)
            .is_ok()
    }

    /// Gives back what a call took, or one token if it took none.
    pub(crate) fn give(&self, taken: u32) {
        if self.0.load(Ordering::Relaxed) < BUDGET {
            let more = |tokens: u32| Some(tokens.saturating_add(taken.max(1)).min(BUDGET));
            let _ = self
                .0
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        }
    }

    /// What the repetition of a failed attempt costs.
    pub(crate) fn cost(result: &Result<RawResponse, Error>) -> u32 {
        match result {
            Err(error) if error.is_timeout() => 10,
            _ => 5,
        }
    }
}

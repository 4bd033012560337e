//! Checks of responses. Needs `problem.rs`.

use std::cell::{Cell, RefCell};

use super::{Problem, Validate};

/// What is done about responses that violate constraints of the description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResponseChecks {
    /// Nothing: they aren't checked.
    #[default]
    Off,
    /// They are sent, and reported like errors of the server, with all violations.
    Log,
    /// They are reported, and 500 is sent instead.
    Refuse,
}

thread_local! {
    static CHECKS: Cell<ResponseChecks> = const { Cell::new(ResponseChecks::Off) };
    /// What is to be reported.
    static FOUND: RefCell<Option<Problem>> = const { RefCell::new(None) };
}

/// Runs what makes responses, which are checked; also the problem to report, if there is one.
pub(crate) fn checking_responses<T>(
    checks: ResponseChecks,
    run: impl FnOnce() -> T,
) -> (T, Option<Problem>) {
    // Restores the setting even if `run` panics.
    struct Restore(ResponseChecks);
    impl Drop for Restore {
        fn drop(&mut self) {
            CHECKS.set(self.0);
        }
    }
    let _restore = Restore(CHECKS.replace(checks));
    let made = run();
    (made, FOUND.take())
}

/// Checks the body of a response, if responses are checked.
#[inline]
pub(crate) fn checked_response(body: &impl Validate) -> Result<(), Problem> {
    match CHECKS.get() {
        ResponseChecks::Off => Ok(()),
        checks => check(checks, || {
            body.validate_response().map_err(Problem::invalid_response)
        }),
    }
}

fn check(checks: ResponseChecks, run: impl FnOnce() -> Result<(), Problem>) -> Result<(), Problem> {
    match (run(), checks) {
        (Err(problem), ResponseChecks::Log) => {
            FOUND.set(Some(problem));
            Ok(())
        }
        (result, _) => result,
    }
}

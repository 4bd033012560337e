//! Checks of responses. Needs `problem.rs`.

use std::cell::{Cell, RefCell};
use std::sync::{Arc, OnceLock};

use super::{Place, Problem, Validate};

/// What is done about responses that violate constraints of the description.
///
/// Of a stream, each event or line is checked when it is sent; in its JSON pointers the number of the value comes first, from 0 on. The
/// [body of a problem](Problem::with_body) is checked where it has the type that the operation documents for the status; any other is sent as
/// it is, as nothing describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResponseChecks {
    /// Nothing: they aren't checked.
    #[default]
    Off,
    /// They are sent, and reported like errors of the server, with all violations.
    Log,
    /// They are reported, and 500 is sent instead. The status of a stream has been sent by then: it breaks off before the value that violates
    /// constraints, so that the client gets an incomplete response.
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
            let result = body.validate_response();
            result.map_err(|violations| Problem::invalid_response(violations, Place::Body))
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

/// How the responses that are being made are checked.
pub(crate) fn response_checks() -> ResponseChecks {
    CHECKS.get()
}

/// What checks of a stream need to know, which go on after the response has been made.
pub(crate) struct Reporting {
    pub(crate) accept_overlaps: bool,
    pub(crate) report: Box<dyn Fn(&Problem) + Send + Sync>,
}

/// Where a stream gets that from: one is among the extensions of the response until it is filled, the other is the stream's.
#[derive(Clone, Default)]
pub(crate) struct ReportingSlot(pub(crate) Arc<OnceLock<Reporting>>);

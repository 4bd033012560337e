//! Typed mocks of the API, for tests. Needs `attempt.rs`, `body.rs`, `mock_call.rs`, `mock_reply.rs`, `operation.rs`, `request.rs`,
//! `timer.rs`, `transport.rs`; behind the feature `mock`.

use std::fmt;
use std::fmt::Write;
use std::marker::PhantomData;
use std::ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::timer::sleep;
use super::{
    Attempt, Body, BoxFuture, ExpectedCall, MockAnswer, MockCall, MockReply, OperationInfo,
    Request, Transport, TransportError,
};

/// The API, for tests: each operation responds as a test has it, with the types of the description and without a server.
///
/// ```text
/// let mock = Mock::new();
/// let client = Client::mocked(&mock).build()?;
/// // This call, with these arguments: at least once.
/// mock.expect(client.pets().get_pet(7)).respond(Pet::new("Rex"));
/// // One response after the other; the last one for all further calls.
/// mock.expect(client.pets().delete_pet(7))
///     .respond(MockReply::status(503))
///     .respond(());
/// // Any call of an operation, as often as it comes.
/// mock.on::<ListPets>().respond_with(|call| match call.query("limit") {
///     Some(limit) => MockReply::ok(pets(limit)),
///     None => MockReply::json(400, &json!({ "message": "how many?" })),
/// });
/// ```
///
/// Of several expectations the first one that a call fits, and that it doesn't exceed, responds. A call that fits none panics, with a message
/// that says what was expected instead. When the mock is dropped it panics if an expectation wasn't met, or if a call that fitted none
/// panicked where nobody saw it; [`verify`](Self::verify) does so earlier.
///
/// A client of a mock makes each call once, unless [retries](super::Retries) are set.
#[derive(Default)]
pub struct Mock {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    expected: Vec<Expected>,
    calls: Vec<MockCall>,
    /// What was said of calls that fitted nothing.
    unexpected: Vec<String>,
}

struct Expected {
    operation: &'static OperationInfo,
    /// The call that it has to be; `None` for any call of the operation.
    call: Option<Arc<ExpectedCall>>,
    conditions: Vec<Condition>,
    replies: Vec<Responder>,
    times: Option<Times>,
    count: usize,
}

type Condition = Arc<dyn Fn(&MockCall) -> bool + Send + Sync>;
type Responder = Arc<dyn Fn(&MockCall) -> MockAnswer + Send + Sync>;

/// A request of an operation, which a [`Mock`] responds to.
pub trait Mockable {
    /// What the call returns.
    type Output: Send + 'static;
    /// The body of its documented errors.
    type Error: Send + 'static;

    #[doc(hidden)]
    const OPERATION: &'static OperationInfo;

    #[doc(hidden)]
    fn into_request(self) -> Request;
}

impl Mock {
    /// Creates a mock that expects nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the transport of its clients.
    #[must_use]
    pub fn transport(&self) -> MockTransport {
        MockTransport {
            state: Arc::clone(&self.state),
        }
    }

    /// Expects a call: this operation with these parameters and this body, at least as often as there are responses for it. Credentials, and
    /// headers that the call doesn't set itself, may be any.
    ///
    /// # Panics
    /// An argument isn't valid, or the body is a stream.
    pub fn expect<C: Mockable>(&self, call: C) -> Expectation<'_, C> {
        match ExpectedCall::new(call.into_request()) {
            Ok(call) => self.add(Some(Arc::new(call))),
            Err(problem) => panic!("{} can't be expected: {problem}", named(C::OPERATION)),
        }
    }

    /// Responds to calls of an operation, whatever their arguments are, and however many there are.
    pub fn on<C: Mockable>(&self) -> Expectation<'_, C> {
        self.add(None)
    }

    fn add<C: Mockable>(&self, call: Option<Arc<ExpectedCall>>) -> Expectation<'_, C> {
        let mut state = locked(&self.state);
        state.expected.push(Expected {
            operation: C::OPERATION,
            call,
            conditions: Vec::new(),
            replies: Vec::new(),
            times: None,
            count: 0,
        });
        Expectation {
            mock: self,
            index: state.expected.len() - 1,
            of: PhantomData,
        }
    }

    /// Returns the calls so far, attempts of one call each for itself.
    #[must_use]
    pub fn calls(&self) -> Vec<MockCall> {
        locked(&self.state).calls.clone()
    }

    /// Returns the calls of an operation so far.
    #[must_use]
    pub fn calls_of<C: Mockable>(&self) -> Vec<MockCall> {
        let mut calls = self.calls();
        calls.retain(|call| std::ptr::eq(call.operation, C::OPERATION));
        calls
    }

    /// Checks that all expectations were met, and that nothing else was called.
    ///
    /// # Panics
    /// That isn't so.
    pub fn verify(&self) {
        let state = locked(&self.state);
        let unmet = state.expected.iter().filter(|expected| {
            let (least, _) = expected.limits();
            expected.count < least
        });
        let mut message = String::new();
        for expected in unmet {
            let _ = write!(message, "\n  {expected}");
        }
        if !message.is_empty() {
            message.insert_str(0, "\nexpected calls that weren't made:");
        }
        for unexpected in &state.unexpected {
            let _ = write!(message, "\n{unexpected}");
        }
        drop(state); // so that the panic doesn't poison it
        assert!(message.is_empty(), "{}", message.trim_start());
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        // A test that fails already says why.
        if !std::thread::panicking() {
            self.verify();
        }
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = locked(&self.state);
        let expected: Vec<String> = state.expected.iter().map(Expected::to_string).collect();
        f.debug_struct("Mock").field("expected", &expected).finish()
    }
}

/// What a [`Mock`] expects, and responds with.
pub struct Expectation<'m, C> {
    mock: &'m Mock,
    index: usize,
    of: PhantomData<fn() -> C>,
}

impl<C: Mockable> Expectation<'_, C> {
    /// Restricts it to calls that meet a condition.
    pub fn when(self, condition: impl Fn(&MockCall) -> bool + Send + Sync + 'static) -> Self {
        self.change(|expected| expected.conditions.push(Arc::new(condition)));
        self
    }

    /// Sets how often it has to be called: `3`, `1..`, `..=2`. It responds to no more calls than that.
    pub fn times(self, times: impl Into<Times>) -> Self {
        self.change(|expected| expected.times = Some(times.into()));
        self
    }

    /// Adds a response, which is that of the next call; the last one is that of all further calls, too.
    pub fn respond(self, reply: impl Into<MockReply<C::Output, C::Error>>) -> Self
    where
        C::Output: Clone + Sync,
        C::Error: Clone + Sync,
    {
        let reply = reply.into();
        self.respond_with(move |_| reply.clone())
    }

    /// Adds a response that is made of the call.
    pub fn respond_with<F, R>(self, reply: F) -> Self
    where
        F: Fn(&MockCall) -> R + Send + Sync + 'static,
        R: Into<MockReply<C::Output, C::Error>>,
    {
        let reply = move |call: &MockCall| {
            let reply: MockReply<C::Output, C::Error> = reply(call).into();
            reply.into_answer()
        };
        self.change(|expected| expected.replies.push(Arc::new(reply)));
        self
    }

    fn change(&self, change: impl FnOnce(&mut Expected)) {
        if let Some(expected) = locked(&self.mock.state).expected.get_mut(self.index) {
            change(expected);
        }
    }
}

impl<C> fmt::Debug for Expectation<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = locked(&self.mock.state);
        let expected = state.expected.get(self.index).map(Expected::to_string);
        f.debug_tuple("Expectation").field(&expected).finish()
    }
}

/// How often something is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    least: usize,
    /// Inclusive.
    most: usize,
}

macro_rules! times {
    ($($range:ty, $given:ident => $least:expr, $most:expr;)*) => {$(
        impl From<$range> for Times {
            fn from($given: $range) -> Self {
                Self { least: $least, most: $most }
            }
        }
    )*};
}

times! {
    usize, exactly => exactly, exactly;
    Range<usize>, range => range.start, range.end.saturating_sub(1);
    RangeInclusive<usize>, range => *range.start(), *range.end();
    RangeFrom<usize>, range => range.start, usize::MAX;
    RangeTo<usize>, range => 0, range.end.saturating_sub(1);
    RangeToInclusive<usize>, range => 0, range.end;
    RangeFull, _any => 0, usize::MAX;
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (least, most) if least == most => write!(f, "{least}"),
            (0, usize::MAX) => f.write_str("any number"),
            (least, usize::MAX) => write!(f, "{least} or more"),
            (least, most) => write!(f, "{least} to {most}"),
        }
    }
}

impl Expected {
    /// How often it has to be called, and may be.
    fn limits(&self) -> (usize, usize) {
        let Times { least, most } = self.due();
        (least, most)
    }

    fn due(&self) -> Times {
        let usual = match self.call {
            Some(_) => Times::from(self.replies.len().max(1)..),
            None => Times::from(..),
        };
        self.times.unwrap_or(usual)
    }

    /// Why a call isn't one of these; empty if it is.
    fn objections(&self, call: &MockCall) -> Vec<String> {
        let expected = self.call.as_ref();
        let mut objections = expected.map_or_else(Vec::new, |expected| expected.differences(call));
        if objections.is_empty() && !self.conditions.iter().all(|meets| meets(call)) {
            objections.push("it doesn't meet the condition".to_owned());
        }
        objections
    }

    fn snapshot(&self) -> Self {
        Self {
            operation: self.operation,
            call: self.call.clone(),
            conditions: self.conditions.clone(),
            replies: Vec::new(),
            times: Some(self.due()),
            count: self.count,
        }
    }
}

/// `GET /pets/{id} (getPet), 1 of 2 calls`.
impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (operation, due) = (named(self.operation), self.due());
        write!(f, "{operation}, called {} times of {due}", self.count)
    }
}

fn named(operation: &OperationInfo) -> String {
    let OperationInfo {
        id, method, path, ..
    } = operation;
    format!("{method} {path} ({id})")
}

/// The transport of a client whose calls a [`Mock`] responds to.
#[derive(Clone)]
pub struct MockTransport {
    state: Arc<Mutex<State>>,
}

impl Transport for MockTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let Some(attempt) = request.extensions().get::<Attempt>().copied() else {
                let uri = request.uri();
                self.refuse(format!("unexpected request: {} {uri}", request.method()))
            };
            let call = MockCall::new(attempt, request).await;
            let call = call.map_err(TransportError::from_body)?;
            let (delay, result) = match self.claim(&call) {
                Ok(respond) => respond(&call),
                Err(message) => self.refuse(message),
            };
            if !delay.is_zero() {
                sleep(None, delay).await;
            }
            result
        })
    }

    fn is_for_tests(&self) -> bool {
        true
    }
}

impl MockTransport {
    /// Counts a call for the expectation that it fits, and returns what responds to it. An error says why there is none.
    fn claim(&self, call: &MockCall) -> Result<Responder, String> {
        let mut state = locked(&self.state);
        state.calls.push(call.clone());
        let expected: Vec<Expected> = state.expected.iter().map(Expected::snapshot).collect();
        drop(state); // conditions may look at the mock
        let objections: Vec<Option<Vec<String>>> = expected
            .iter()
            .map(|one| std::ptr::eq(one.operation, call.operation).then(|| one.objections(call)))
            .collect();
        let mut state = locked(&self.state);
        let fits = |at: usize| {
            let found = objections.get(at).and_then(Option::as_ref);
            found.is_some_and(Vec::is_empty)
        };
        let mut candidates = state.expected.iter_mut().enumerate();
        let found = candidates.find(|(at, one)| fits(*at) && one.count < one.limits().1);
        let Some((_, found)) = found else {
            return Err(unexpected(call, &expected, &objections));
        };
        found.count += 1;
        let reply = found.replies.get(found.count - 1).or(found.replies.last());
        let without = || format!("{} was called, and has no response", named(found.operation));
        reply.cloned().ok_or_else(without)
    }

    /// Ends the test, here if it can be.
    fn refuse(&self, message: String) -> ! {
        locked(&self.state).unexpected.push(message.clone());
        panic!("{message}")
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MockTransport(…)")
    }
}

/// Says what was called, and why it is none of what was expected.
fn unexpected(
    call: &MockCall,
    expected: &[Expected],
    objections: &[Option<Vec<String>>],
) -> String {
    let mut message = format!("unexpected call: {call}");
    for (expected, objections) in expected.iter().zip(objections) {
        let why = match objections {
            None => "another operation".to_owned(),
            Some(objections) if objections.is_empty() => "not once more".to_owned(),
            Some(objections) => objections.join("; "),
        };
        let _ = write!(message, "\n  expected was {expected}: {why}");
    }
    if expected.is_empty() {
        message.push_str("\n  nothing was expected");
    }
    message
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

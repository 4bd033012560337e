//! The attempts of a call. Needs `operation.rs`.

use std::fmt;

use super::OperationInfo;

/// An attempt of a call, an extension of its requests: transports and `tower` layers find it there.
///
/// ```text
/// let attempt = request.extensions().get::<Attempt>();
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Attempt {
    /// The operation that is called.
    pub operation: &'static OperationInfo,
    /// 1 for the first attempt of the call.
    pub number: u32,
}

impl Attempt {
    pub(crate) fn new(operation: &'static OperationInfo, number: u32) -> Self {
        Self { operation, number }
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("operation", &self.operation.id)
            .field("number", &self.number)
            .finish()
    }
}

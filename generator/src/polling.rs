//! What is known of an operation that goes on after its response, so that a client can ask until it is done. For `config`, `document` and what
//! follows.

/// An operation that goes on after its response.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LongRunning {
    /// The property of a response with the state, or a JSON pointer to it; `None` for the usual ones.
    pub state: Option<String>,
    /// The states in which it has succeeded; none for the usual words.
    pub done: Vec<String>,
    /// The states in which it has failed; none for the usual words.
    pub failed: Vec<String>,
    /// Where its result is; `None` if the method says it.
    pub result: Option<ResultPlace>,
}

/// Where the result of an operation is in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultPlace {
    /// At the URL in `Location`.
    Location,
    /// At the URL that the request was sent to.
    OwnUrl,
    /// In the response that says that it is done.
    Last,
}

impl ResultPlace {
    /// A word of `x-ms-long-running-operation-options`, `final-state-via`.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "location" => Some(Self::Location),
            "original-uri" => Some(Self::OwnUrl),
            "azure-async-operation" | "operation-location" | "custom-operation-reference" => {
                Some(Self::Last)
            }
            _ => None,
        }
    }

    /// A word that [`of`](Self::of) reads.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Location => "location",
            Self::OwnUrl => "original-uri",
            Self::Last => "operation-location",
        }
    }
}

impl LongRunning {
    /// The JSON pointer to the state.
    #[must_use]
    pub fn pointer(&self) -> Option<String> {
        let state = self.state.as_ref()?;
        Some(if state.is_empty() || state.starts_with('/') {
            state.clone()
        } else {
            format!("/{}", state.replace('~', "~0").replace('/', "~1"))
        })
    }
}

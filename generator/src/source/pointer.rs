//! JSON pointers (RFC 6901), cheap to extend: a pointer shares its parent.

use std::fmt;
use std::sync::Arc;

/// A place in a document: the keys and indexes that lead to it from the root.
///
/// A pointer shares its parent, so extending it allocates one link and readers can carry one along at each step.
#[derive(Clone, Default)]
pub struct Pointer(Option<Arc<Link>>);

struct Link {
    parent: Pointer,
    token: Arc<str>,
}

impl Pointer {
    /// The whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self(None)
    }

    /// The member `token` of an object, or the item at that index of an array.
    #[must_use]
    pub fn join(&self, token: impl Into<Arc<str>>) -> Self {
        Self(Some(Arc::new(Link {
            parent: self.clone(),
            token: token.into(),
        })))
    }

    /// The item `index` of an array.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.join(index.to_string())
    }

    /// The pointer without its last token; `None` for the root.
    #[must_use]
    pub fn parent(&self) -> Option<&Self> {
        self.0.as_deref().map(|link| &link.parent)
    }

    /// The last token, unescaped; `None` for the root.
    #[must_use]
    pub fn last(&self) -> Option<&str> {
        self.0.as_deref().map(|link| &*link.token)
    }

    /// The tokens from the root on, unescaped.
    #[must_use]
    pub fn tokens(&self) -> Vec<&str> {
        let mut tokens = Vec::new();
        let mut at = self;
        while let Some(link) = at.0.as_deref() {
            tokens.push(&*link.token);
            at = &link.parent;
        }
        tokens.reverse();
        tokens
    }

    /// Parses a pointer such as `/a/b~1c` (RFC 6901, section 3). `None` if it is neither empty nor begins with `/`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::root());
        }
        let tokens = text.strip_prefix('/')?.split('/');
        Some(tokens.fold(Self::root(), |at, token| {
            at.join(token.replace("~1", "/").replace("~0", "~"))
        }))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tokens()
            .iter()
            .try_for_each(|token| write!(f, "/{}", token.replace('~', "~0").replace('/', "~1")))
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

impl PartialEq for Pointer {
    fn eq(&self, other: &Self) -> bool {
        self.tokens() == other.tokens()
    }
}

impl Eq for Pointer {}

impl std::hash::Hash for Pointer {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.tokens().hash(state);
    }
}

impl Drop for Link {
    /// Unlinks iteratively, so that dropping a deep pointer can't overflow the stack.
    fn drop(&mut self) {
        let mut parent = self.parent.0.take();
        while let Some(link) = parent {
            parent = Arc::into_inner(link).and_then(|mut link| link.parent.0.take());
        }
    }
}

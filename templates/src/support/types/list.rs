//! Lists from whatever callers have. Needs no other file.

/// The items of an array, array slice, vector or iterator, each made from what it is given as.
pub(crate) fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

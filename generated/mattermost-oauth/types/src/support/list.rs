//! Converts lists of arguments. Needs no other file.

/// Converts the items of an array, slice, vector or iterator.
pub(crate) fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

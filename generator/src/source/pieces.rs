//! A list that grows without moving.

/// Values in pieces of one size. A list that doubles needs ever bigger blocks of memory, new ones from the system; pieces fit into what was
/// freed before.
#[derive(Debug, PartialEq)]
pub(super) struct Pieces<T>(Vec<Vec<T>>);

/// How many values a piece has.
const PIECE: usize = 256;

impl<T> Default for Pieces<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Pieces<T> {
    /// Adds a value.
    pub(super) fn push(&mut self, value: T) {
        if self.len().is_multiple_of(PIECE) {
            self.0.push(Vec::with_capacity(PIECE));
        }
        if let Some(last) = self.0.last_mut() {
            last.push(value);
        }
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        let last = self.0.last().map_or(0, Vec::len);
        self.0.len().saturating_sub(1) * PIECE + last
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value at a position, counted from 0.
    pub(super) fn get(&self, at: usize) -> Option<&T> {
        self.0.get(at / PIECE)?.get(at % PIECE)
    }

    /// The same, to change it.
    pub(super) fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        self.0.get_mut(at / PIECE)?.get_mut(at % PIECE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_those_of_a_list() {
        let mut pieces = Pieces::default();
        assert!(pieces.is_empty());
        for n in 0..=2 * PIECE {
            assert_eq!((pieces.len(), pieces.get(n)), (n, None));
            pieces.push(n);
        }
        *pieces.get_mut(PIECE).unwrap() += 1000;
        assert!(
            (0..pieces.len()).all(|n| pieces.get(n) == Some(&(n + 1000 * usize::from(n == PIECE))))
        );
    }
}

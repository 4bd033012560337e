//! A list that grows without moving its items.

/// Values in chunks of one size. A `Vec` that doubles asks the system for ever bigger blocks; chunks reuse memory that was freed before.
#[derive(Debug, PartialEq)]
pub(super) struct Pieces<T>(Vec<Vec<T>>);

/// Values per chunk.
const PIECE: usize = 256;

impl<T> Default for Pieces<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Pieces<T> {
    pub(super) fn push(&mut self, value: T) {
        if self.len().is_multiple_of(PIECE) {
            self.0.push(Vec::with_capacity(PIECE));
        }
        if let Some(last) = self.0.last_mut() {
            last.push(value);
        }
    }

    pub(super) fn len(&self) -> usize {
        let last = self.0.last().map_or(0, Vec::len);
        self.0.len().saturating_sub(1) * PIECE + last
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn get(&self, at: usize) -> Option<&T> {
        self.0.get(at / PIECE)?.get(at % PIECE)
    }

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

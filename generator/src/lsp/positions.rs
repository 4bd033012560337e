//! Positions of the protocol, whose columns count code units.

use gen_lsp_types::{Position, Range};

/// What columns count; the client says which it knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// What every client knows.
    #[default]
    Utf16,
}

impl Encoding {
    /// The number of units of a character.
    fn units(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }
}

/// Where the lines of a text begin.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    /// After each character whose units are fewer than its bytes: the offset, and by how much they are fewer so far. A line may be a whole
    /// document, so nothing is counted twice.
    wide: Vec<(usize, usize)>,
}

impl Lines {
    pub(super) fn of(text: &str, encoding: Encoding) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1));
        let mut excess = 0;
        let wide = text.char_indices().filter_map(|(at, c)| {
            let fewer = c.len_utf8() - encoding.units(c);
            excess += fewer;
            (fewer > 0).then_some((at + c.len_utf8(), excess))
        });
        Self {
            starts: starts.collect(),
            wide: wide.collect(),
        }
    }

    /// The offset of a position. One that is beyond the end of a line is that end; beyond the last line, the end of the text.
    pub(super) fn offset(&self, text: &str, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line).copied() else {
            return text.len();
        };
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let line = text.get(start..end).unwrap_or_default();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let wanted = position.character as usize;
        let (first, before) = self.wide_until(start);
        let wide = &self.wide[first..];
        let units = |(at, excess): (usize, usize)| (at - start) - (excess - before);
        let passed =
            wide.partition_point(|wide| wide.0 <= start + line.len() && units(*wide) <= wanted);
        let last = passed.checked_sub(1).and_then(|last| wide.get(last));
        let last = last.copied().unwrap_or((start, before));
        let mut offset = (last.0 + (wanted - units(last))).min(start + line.len());
        // The second half of a surrogate pair is at the character.
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// The number of wide characters before an offset, and by how much all units before it are fewer than bytes.
    fn wide_until(&self, offset: usize) -> (usize, usize) {
        let count = self.wide.partition_point(|(at, _)| *at <= offset);
        let last = count.checked_sub(1).and_then(|last| self.wide.get(last));
        (count, last.map_or(0, |(_, excess)| *excess))
    }

    /// The position of an offset.
    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset);
        let line = line.saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let offset = offset.clamp(start, text.len().max(start));
        let fewer = self.wide_until(offset).1 - self.wide_until(start).1;
        position(line, (offset - start) - fewer)
    }

    pub(super) fn range(&self, text: &str, start: usize, end: usize) -> Range {
        Range {
            start: self.position(text, start),
            end: self.position(text, end),
        }
    }
}

/// Columns of a text that are counted in characters, for many positions: a line may be a whole document.
pub(super) struct Columns {
    /// The characters of more than one unit: line, column, and by how much units exceed characters after it.
    wide: Vec<(usize, usize, usize)>,
}

impl Columns {
    pub(super) fn of(text: &str, encoding: Encoding) -> Self {
        let mut wide = Vec::new();
        for (line, content) in text.split('\n').enumerate() {
            if content.is_ascii() {
                continue;
            }
            let mut excess = 0;
            for (column, c) in content.chars().enumerate() {
                let units = encoding.units(c);
                if units > 1 {
                    excess += units - 1;
                    wide.push((line, column, excess));
                }
            }
        }
        Self { wide }
    }

    /// The position of a line and column that count from 0.
    pub(super) fn position(&self, line: usize, column: usize) -> Position {
        let before = self
            .wide
            .partition_point(|(at, wide, _)| (*at, *wide) < (line, column));
        let last = before.checked_sub(1).and_then(|at| self.wide.get(at));
        let excess = last
            .filter(|(at, ..)| *at == line)
            .map_or(0, |(.., excess)| *excess);
        position(line, column + excess)
    }
}

fn position(line: usize, column: usize) -> Position {
    Position {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        character: u32::try_from(column).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a: b\r\nñ: 🐕x\n\nlast";

    #[test]
    fn every_offset_has_a_position_that_leads_back() {
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let lines = Lines::of(TEXT, encoding);
            for (offset, c) in TEXT
                .char_indices()
                .filter(|(_, c)| !['\r', '\n'].contains(c))
            {
                let position = lines.position(TEXT, offset);
                assert_eq!(lines.offset(TEXT, position), offset, "{c} {encoding:?}");
            }
        }
        let lines = Lines::of(TEXT, Encoding::Utf16);
        let after_dog = TEXT.find('x').unwrap();
        assert_eq!(lines.position(TEXT, after_dog), position(1, 5));
        assert_eq!(lines.offset(TEXT, position(1, 4)), after_dog - 4);
        let lines = Lines::of(TEXT, Encoding::Utf8);
        assert_eq!(lines.position(TEXT, after_dog), position(1, 8));
    }

    #[test]
    fn positions_that_do_not_exist_are_the_nearest_end() {
        let lines = Lines::of(TEXT, Encoding::Utf16);
        assert_eq!(lines.offset(TEXT, position(0, 99)), 4);
        assert_eq!(
            lines.offset(TEXT, position(2, 1)),
            TEXT.find("\nlast").unwrap()
        );
        assert_eq!(lines.offset(TEXT, position(99, 0)), TEXT.len());
        assert_eq!(lines.offset("", position(0, 7)), 0);
        let all = position(usize::MAX, usize::MAX);
        assert_eq!(lines.offset(TEXT, all), TEXT.len());
    }

    #[test]
    fn columns_in_characters_are_those_in_units() {
        for (encoding, expected) in [(Encoding::Utf16, 5), (Encoding::Utf8, 8)] {
            let columns = Columns::of(TEXT, encoding);
            assert_eq!(columns.position(1, 4), position(1, expected));
            assert_eq!(columns.position(3, 2), position(3, 2));
        }
    }
}

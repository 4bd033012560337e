//! An index of line starts, which finds a position in a long text or a long line without scanning all of it.

use super::Position;

/// Marks along a text: one at the start of each line, and one every [`STEP`] characters in long lines.
#[derive(Debug)]
pub(super) struct Lines(Vec<Mark>);

#[derive(Debug, Clone, Copy)]
struct Mark {
    /// Line, counted from 1, and the number of its characters before the mark.
    at: (usize, usize),
    /// Byte offset in the text.
    offset: usize,
}

/// Characters between two marks of one line.
const STEP: usize = 2048;

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let mut marks = Vec::new();
        let mut offset = 0;
        for (line, content) in (1..).zip(text.split_inclusive('\n')) {
            let begin = Mark {
                at: (line, 0),
                offset,
            };
            marks.push(begin);
            if content.len() > STEP {
                let chars = content.char_indices().enumerate().skip(STEP).step_by(STEP);
                marks.extend(chars.map(|(column, (at, _))| Mark {
                    at: (line, column),
                    offset: offset + at,
                }));
            }
            offset += content.len();
        }
        Self(marks)
    }

    /// Returns a line without its line ending; empty if the text has fewer lines.
    pub(super) fn line<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let content = &text[self.begin(text, line)..self.begin(text, line + 1)];
        let ended = content.strip_suffix('\n');
        ended.map_or(content, |line| line.strip_suffix('\r').unwrap_or(line))
    }

    /// Byte offset of the start of a line; the end of the text if it has fewer lines.
    fn begin(&self, text: &str, line: usize) -> usize {
        let at = self.0.partition_point(|mark| mark.at < (line, 0));
        self.0.get(at).map_or(text.len(), |mark| mark.offset)
    }

    /// The part of the line before a position.
    pub(super) fn before<'t>(&self, text: &'t str, position: Position) -> &'t str {
        let passed = self.line(text, position.line).len() - self.from(text, position).len();
        &text[..self.begin(text, position.line) + passed]
    }

    /// The part of the line from a position on.
    pub(super) fn from<'t>(&self, text: &'t str, position: Position) -> &'t str {
        let line = self.line(text, position.line);
        let wanted = (position.line, position.column.saturating_sub(1));
        let behind = self.0.partition_point(|mark| mark.at <= wanted);
        let Some(mark) = behind.checked_sub(1).map(|before| self.0[before]) else {
            return line;
        };
        let begin = self.begin(text, position.line);
        let rest = line
            .get(mark.offset.saturating_sub(begin)..)
            .unwrap_or_default();
        let skipped = wanted.1.saturating_sub(mark.at.1);
        rest.char_indices()
            .nth(skipped)
            .map_or("", |(offset, _)| &rest[offset..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_that_counting_finds() {
        let long = "añ".repeat(3 * STEP);
        let text = format!("one\r\n\n{long}\nlast");
        let lines = Lines::of(&text);
        for (index, line) in text.lines().enumerate() {
            assert_eq!(lines.line(&text, index + 1), line);
            for column in [1, 2, 3, STEP, STEP + 1, STEP + 2, 6 * STEP, 6 * STEP + 1] {
                let position = Position {
                    line: index + 1,
                    column,
                };
                let rest: String = line.chars().skip(column - 1).collect();
                assert_eq!(lines.from(&text, position), rest, "{position:?}");
            }
        }
        assert_eq!(lines.line(&text, 5), "");
        assert_eq!(lines.line(&text, 0), "");
        assert_eq!(Lines::of("").line("", 1), "");
    }
}

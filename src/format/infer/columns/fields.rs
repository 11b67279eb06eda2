//! Which text is a field: a word before an anchor, a value after `key=`, what a bracket holds, or a word that is so alike in
//! all lines that it cannot be the message yet.

use super::super::anchors::is_word;
use super::super::emit::is_file;
use super::super::signs::{
    closer_of, closing, digits, dotted_name, is_number, is_worker, line_key, name_like, token,
};
use super::{Cursor, KEEP, Segment, Walk};

impl<'a> Walk<'_, 'a> {
    pub(super) fn take_field(&mut self) -> bool {
        if self.take_key() || self.take_line_key() || self.take_level_number() {
            return true;
        }
        if self.last_literal().ends_with(b".%") && self.take_constant(b"f") {
            return true;
        }
        if self.anchored() {
            return self.take_until(
                |text| text.iter().take_while(|b| is_word(b)).count(),
                |_| true,
            );
        }
        match self.last_literal() {
            [.., b'='] => {
                return self.take_until(
                    |text| {
                        text.iter()
                            .take_while(|b| !b.is_ascii_whitespace() && **b != b']' && **b != b')')
                            .count()
                    },
                    |_| true,
                );
            }
            [.., last] => {
                if let Some(closer) = closer_of(Some(*last)) {
                    return self.take_bracket(*last, closer);
                }
            }
            [] => {}
        }
        self.take_tail()
    }

    /// The path of a source file before an anchor or the number of its line, whose slashes would be taken for delimiters.
    pub(super) fn take_path(&mut self) -> bool {
        let anchored = self.anchored();
        if !anchored && closer_of(self.last_literal().last().copied()).is_some() {
            return false; // what a bracket holds is taken whole
        }
        let path = |text: &[u8]| {
            let ends = |b: &u8| b.is_ascii_whitespace() || b"[](){}:|,;\"'".contains(b);
            let len = text.iter().position(ends).unwrap_or(text.len());
            let numbered = text.get(len) == Some(&b':') && digits(text.get(len + 1..)?) > 0;
            let is_path = text.starts_with(b"/") && is_file(text.get(..len)?);
            (is_path && (numbered || anchored)).then_some(len)
        };
        let lens = self.cursors.iter().map(|c| path(c.rest()));
        if lens.flatten().count() < self.least {
            return false;
        }
        self.take_until(|text| path(text).unwrap_or(0), |_| true)
    }

    /// `key=`: the same word and an equals sign in all lines.
    fn take_key(&mut self) -> bool {
        let Some(first) = self.typical().map(Cursor::rest) else {
            return false;
        };
        let len = first
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'))
            .count();
        if len == 0 || first.get(len) != Some(&b'=') {
            return false;
        }
        let key = first.get(..=len).unwrap_or_default().to_vec();
        self.take_constant(&key)
    }

    /// `line:` before a number in all lines.
    fn take_line_key(&mut self) -> bool {
        let Some(first) = self.typical().map(Cursor::rest) else {
            return false;
        };
        let Some(len) = line_key(first) else {
            return false;
        };
        let key = first.get(..len).unwrap_or_default().to_vec();
        let numbered =
            |c: &Cursor<'_, 'a>| c.rest().strip_prefix(&*key).is_some_and(|v| digits(v) > 0);
        self.keep(numbered) && self.take_constant(&key)
    }

    fn take_level_number(&mut self) -> bool {
        let number = |c: &Cursor<'_, 'a>| digits(c.rest());
        let known = |c: &Cursor<'_, 'a>| {
            matches!(
                c.rest().get(..number(c)),
                Some(b"5" | b"10" | b"20" | b"25" | b"30" | b"40" | b"50" | b"22" | b"45")
            ) && c
                .rest()
                .get(number(c))
                .is_some_and(|b| matches!(b, b' ' | b']' | b'|' | b':'))
        };
        let levelled = self
            .segments
            .iter()
            .any(|s| matches!(s, Segment::Level(_) | Segment::LevelNumber));
        let mut distinct: Vec<_> = self
            .cursors
            .iter()
            .map(|c| c.rest().get(..number(c)))
            .collect();
        distinct.sort_unstable();
        distinct.dedup();
        if levelled
            || self.level_ahead
            || distinct.len() < 2
            || self.cursors.len() < 5
            || !self.keep(known)
        {
            return false;
        }
        for cursor in &mut self.cursors {
            cursor.at += digits(cursor.rest());
        }
        self.segments.push(Segment::LevelNumber);
        true
    }

    /// A field inside a bracket: up to a sign that all have in it, else up to its end.
    fn take_bracket(&mut self, opener: u8, closer: u8) -> bool {
        let inside = |text: &[u8]| closing(text, opener, closer);
        if !self.keep(|c| inside(c.rest()).is_some_and(|len| len > 0)) {
            return false;
        }
        let contents = |cursor: &Cursor<'_, 'a>| {
            cursor
                .rest()
                .get(..inside(cursor.rest()).unwrap_or(0))
                .unwrap_or_default()
        };
        for sign in [b':', b'|', b'/', b'@'] {
            let splits = |text: &[u8]| {
                text.iter().filter(|b| **b == sign).count() == 1 && text.last() != Some(&sign)
            };
            let count = self.cursors.iter().filter(|c| splits(contents(c))).count();
            if count >= self.least && count * 20 >= self.cursors.len() * 19 {
                return self.take_until(
                    |text| text.iter().position(|b| *b == sign).unwrap_or(0),
                    |_| true,
                );
            }
        }
        self.take_until(|text| closing(text, opener, closer).unwrap_or(0), |_| true)
    }

    /// A field behind the last anchor and outside brackets: only with good reason, since the message may have begun.
    fn take_tail(&mut self) -> bool {
        let Some(delimiter) = self.common_delimiter() else {
            return false;
        };
        let delimiter = delimiter.as_slice();
        let ends = |text: &[u8]| {
            let len = token(text);
            text.get(len..)
                .is_some_and(|rest| rest.starts_with(delimiter))
        };
        let share = |good: &dyn Fn(&[u8]) -> bool| {
            let count = self.cursors.iter().filter(|c| good(c.rest())).count();
            count as f64 / self.cursors.len().max(1) as f64
        };
        let value = |text: &'_ [u8]| -> usize { token(text) };
        let numbers = share(&|text| text.get(..value(text)).is_some_and(is_number));
        let named = share(&|text| text.get(..value(text)).is_some_and(name_like));
        let dotted = share(&|text| text.get(..value(text)).is_some_and(dotted_name));
        let numbered = share(&|text| {
            text.get(value(text) + delimiter.len()..)
                .is_some_and(|rest| digits(rest) > 0)
        });
        let strong = delimiter != b" ";
        let has_name = self.has_dotted_field();
        let follower = share(&|text| {
            let rest = text
                .get(value(text) + delimiter.len()..)
                .unwrap_or_default();
            let len = token(rest);
            rest.get(..len).is_some_and(name_like)
                && rest
                    .get(len..)
                    .is_some_and(|r| r.starts_with(b": ") || r.starts_with(b" - "))
        });
        let workers = share(&|text| text.get(..value(text)).is_some_and(is_worker));
        let slashed = share(&|text| digits(text) > 0 && text.get(digits(text)) == Some(&b'/'));
        if slashed > 0.97 {
            return self.take_until(digits, |_| true);
        }
        if self.in_row_of(delimiter) {
            let until = delimiter.first().copied().unwrap_or(b'|');
            return self.take_until(
                |text| text.iter().position(|b| *b == until).unwrap_or(0),
                |_| true,
            );
        }
        let accept = numbers > 0.97
            || workers > 0.6
            || (strong && dotted > 0.3 && named > KEEP)
            || (!strong && named > 0.8 && follower > 0.7 && !has_name)
            || (delimiter == b":" && named > 0.9 && numbered > 0.97)
            || (strong && named > 0.75 && !has_name)
            || (!strong && !has_name && named > 0.8 && dotted > 0.15);
        accept && self.keep(|c| ends(c.rest())) && self.take_until(token, |_| true)
    }

    /// The next cell of a table whose columns are told by bars or tabs, whatever it begins with.
    pub(super) fn take_cell(&mut self) -> bool {
        let delimiter = match self.last_literal() {
            [sign @ (b'|' | b'\t')] => *sign,
            _ => return false,
        };
        if self.anchored() || !self.in_row_of(&[delimiter]) {
            return false;
        }
        self.take_until(
            |text| text.iter().position(|b| *b == delimiter).unwrap_or(0),
            |_| true,
        )
    }

    /// Whether bars or tabs separate all fields so far, as in a table.
    fn in_row_of(&self, delimiter: &[u8]) -> bool {
        let bars = |text: &[u8]| text == b"|" || text == b"\t";
        let row = self
            .segments
            .iter()
            .filter(|s| matches!(s, Segment::Literal(text) if text == delimiter))
            .count();
        bars(delimiter) && row >= 3 && self.last_literal() == delimiter
    }

    /// Whether a field of dotted names was found already: then the next word begins the message.
    fn has_dotted_field(&self) -> bool {
        self.segments.iter().any(|segment| match segment {
            Segment::Field { values, .. } => {
                let dotted = values.iter().filter(|v| dotted_name(v)).count();
                let named = values
                    .iter()
                    .filter(|v| name_like(v) || v.contains(&b'/'))
                    .count();
                dotted * 8 >= values.len().max(1) && named * 10 >= values.len() * 8
            }
            _ => false,
        })
    }

    /// The signs that follow the next word in nearly all lines.
    fn common_delimiter(&self) -> Option<Vec<u8>> {
        let mut follows: Vec<Vec<u8>> = Vec::new();
        for cursor in &self.cursors {
            let rest = cursor
                .rest()
                .get(token(cursor.rest())..)
                .unwrap_or_default();
            let signs = rest
                .iter()
                .take(4)
                .take_while(|b| b.is_ascii_punctuation() || **b == b' ' || **b == b'\t');
            let mut text: Vec<u8> = signs.copied().collect();
            text.dedup_by(|a, b| *a == b' ' && *b == b' ');
            follows.push(text);
        }
        let longest = follows.iter().max_by_key(|f| {
            let same = follows.iter().filter(|g| g.first() == f.first()).count();
            (same, usize::MAX - f.len())
        })?;
        let enough = |prefix: &[u8]| {
            follows.iter().filter(|f| f.starts_with(prefix)).count()
                >= self.least.max(follows.len() * 8 / 10)
        };
        (1..=longest.len())
            .rev()
            .filter_map(|len| longest.get(..len))
            .find(|prefix| enough(prefix))
            .map(<[u8]>::to_vec)
    }
}

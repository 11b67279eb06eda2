//! A cursor over a template's characters, for the three parsers and their error columns.

/// Reads a template character by character and knows the column.
#[derive(Debug, Clone)]
pub struct Scanner<'a> {
    rest: &'a str,
    column: usize,
}

impl<'a> Scanner<'a> {
    /// At the beginning of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            rest: text,
            column: 0,
        }
    }

    /// Characters read so far.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    /// The next character, unread.
    #[must_use]
    pub fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Reads a character.
    pub fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        self.column += 1;
        Some(c)
    }

    /// Reads `c` if it is next.
    pub fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.next();
        }
        found
    }

    /// Reads as long as the characters satisfy `wanted`.
    pub fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.column += taken.chars().count();
        taken
    }

    /// Reads a decimal number; 0 if there is none. Absurdly large ones are cut to `limit`.
    pub fn number(&mut self, limit: usize) -> usize {
        self.take_while(|c| c.is_ascii_digit())
            .bytes()
            .fold(0, |sum: usize, digit| {
                (sum.saturating_mul(10) + usize::from(digit - b'0')).min(limit)
            })
    }
}

/// Widths and precisions above this are cut: no line of a log is padded further.
pub const WIDTH_LIMIT: usize = 4096;

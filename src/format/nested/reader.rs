//! The grammar of a value: forgiving enough for JSON and for what Python prints.

use std::ops::Range;

use super::{DEEPEST, Kind, Node};

/// A place in a text, and the values read so far.
pub(super) struct Reader<'a> {
    pub(super) text: &'a [u8],
    pub(super) at: usize,
    pub(super) nodes: Vec<Node>,
}

impl Reader<'_> {
    /// Reads the value at the present place.
    pub(super) fn value(&mut self, name: Option<Range<usize>>, depth: usize) -> Option<()> {
        match self.peek()? {
            open @ (b'{' | b'[' | b'(') if depth < DEEPEST => self.members(open, name, depth),
            _ => {
                let kind = self.leaf()?;
                self.nodes.push(Node { depth, name, kind });
                Some(())
            }
        }
    }

    fn members(&mut self, open: u8, name: Option<Range<usize>>, depth: usize) -> Option<()> {
        let close = match open {
            b'{' => b'}',
            b'[' => b']',
            _ => b')',
        };
        let (start, first) = (self.at, self.nodes.len());
        self.nodes.push(Node {
            depth,
            name,
            kind: Kind::Close(char::from(close)),
        });
        self.at += 1;
        let mut members = 0;
        while !self.eat(close) {
            if members > 0 && !self.eat(b',') {
                return None;
            }
            // What Python writes behind the last member of a tuple of one.
            if members > 0 && self.eat(close) {
                break;
            }
            let name = if open == b'{' { self.key() } else { None };
            self.value(name, depth + 1)?;
            members += 1;
        }
        let kind = Kind::Open {
            bracket: char::from(open),
            end: self.nodes.len(),
            members,
            text: start..self.at,
        };
        if let Some(node) = self.nodes.get_mut(first) {
            node.kind = kind;
        }
        self.nodes.push(Node {
            depth,
            name: None,
            kind: Kind::Close(char::from(close)),
        });
        Some(())
    }

    /// A name with its colon; nothing is read where none is.
    fn key(&mut self) -> Option<Range<usize>> {
        let back = self.at;
        let name = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.string(quote).map(|all| all.start + 1..all.end - 1)
            }
            Some(b'{' | b'[' | b'(') | None => None,
            Some(_) => self.word(b":"),
        };
        if name.is_some() && self.eat(b':') {
            return name;
        }
        self.at = back;
        None
    }

    fn leaf(&mut self) -> Option<Kind> {
        // Python's b'...' and the like.
        let start = self.at;
        let prefixed = self
            .text
            .get(start + 1)
            .is_some_and(|next| b"\"'".contains(next));
        let quote = match self.peek()? {
            quote @ (b'"' | b'\'') => Some(quote),
            b'b' | b'u' | b'r' if prefixed => {
                self.at += 1;
                self.peek()
            }
            _ => None,
        };
        if let Some(quote) = quote {
            let text = self.string(quote)?;
            return Some(Kind::Text(start.min(text.start)..text.end));
        }
        let word = self.word(b"")?;
        let digits = self.text.get(word.clone()).unwrap_or_default();
        let digits = digits.strip_prefix(b"-").unwrap_or(digits);
        let is_number = digits.first().is_some_and(u8::is_ascii_digit)
            && digits
                .iter()
                .all(|b| b.is_ascii_digit() || b"+-.eE_".contains(b));
        Some(match is_number {
            true => Kind::Number(word),
            false => Kind::Word(word),
        })
    }

    /// A string with its quotes.
    fn string(&mut self, quote: u8) -> Option<Range<usize>> {
        let start = self.at;
        let mut at = start + 1;
        loop {
            at += memchr::memchr2(quote, b'\\', self.text.get(at..)?)?;
            if self.text.get(at) == Some(&quote) {
                self.at = at + 1;
                return Some(start..at + 1);
            }
            at += 2;
        }
    }

    /// Everything up to what ends a member, brackets in pairs: `Decimal('1.5')`, `<Order 12>`.
    fn word(&mut self, also: &[u8]) -> Option<Range<usize>> {
        let start = self.at;
        let mut open = 0_usize;
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b'(' | b'<' | b'[' | b'{' => open += 1,
                b')' | b'>' | b']' | b'}' if open > 0 => open -= 1,
                b')' | b']' | b'}' | b',' | b'\n' if open == 0 => break,
                b'\'' | b'"' if open > 0 => {
                    self.string(*byte)?;
                    continue;
                }
                b'\'' | b'"' => return None,
                other if open == 0 && also.contains(other) => break,
                _ => {}
            }
            self.at += 1;
        }
        let mut end = self.at;
        while end > start && self.text.get(end - 1) == Some(&b' ') {
            end -= 1;
        }
        (open == 0 && end > start).then_some(start..end)
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    /// Moves past `byte` if it is next.
    fn eat(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }
}

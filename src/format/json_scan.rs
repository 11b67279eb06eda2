//! Walks the members of a JSON object as spans of the text: no tree, no allocation, and what comes before a defect counts.
//!
//! This is not a validator. A log line may be cut off, or written by a template that does not escape its message; then
//! [`Strictness::Forgiving`] takes a quote for the end of a string only where JSON would go on after it.

use memchr::memchr2;

use super::swar;

/// Nested objects are walked so deep; what lies deeper is one value.
pub(super) const MAX_DEPTH: usize = 6;
/// Strings longer than this are searched by the wider steps of `memchr`, in bytes.
const SHORT: usize = 32;
/// Longer paths are cut; no known field has such a name.
const MAX_PATH: usize = 192;

/// When a quote ends a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Whenever it is not escaped.
    Strict,
    /// When a comma with a key, a colon, or a closing bracket at the end follows.
    Forgiving,
}

/// A value as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raw<'a> {
    /// The text between the quotes, escapes untouched.
    Text(&'a [u8]),
    /// A number.
    Number(&'a [u8]),
    /// `true`, `false`, `null`.
    Word(&'a [u8]),
    /// An array, or an object too deep or empty, brackets included.
    Compound(&'a [u8]),
}

impl<'a> Raw<'a> {
    /// The text of the value, without quotes.
    pub fn bytes(self) -> &'a [u8] {
        match self {
            Raw::Text(b) | Raw::Number(b) | Raw::Word(b) | Raw::Compound(b) => b,
        }
    }
}

/// Calls `visit` with the dotted path and the value of every leaf of the object at the start of `text`.
/// Returns the length of the object, or `None` if it is broken or cut off.
pub fn walk<'a>(
    text: &'a [u8],
    strictness: Strictness,
    visit: &mut impl FnMut(&[u8], Raw<'a>),
) -> Option<usize> {
    let mut path = [0; MAX_PATH];
    let mut walker = Walker::new(text, strictness);
    walker.object(&mut path, 0, 0, visit)?;
    Some(walker.at)
}

/// A position in an object's text, and the grammar from there on.
pub(super) struct Walker<'a> {
    text: &'a [u8],
    at: usize,
    strictness: Strictness,
}

impl<'a> Walker<'a> {
    pub(super) fn new(text: &'a [u8], strictness: Strictness) -> Self {
        Self {
            text,
            at: 0,
            strictness,
        }
    }

    /// The next byte that is no white space.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        while matches!(self.text.get(self.at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    /// Moves past `byte` if it is next.
    #[inline]
    pub(super) fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn object(
        &mut self,
        path: &mut [u8; MAX_PATH],
        len: usize,
        depth: usize,
        visit: &mut impl FnMut(&[u8], Raw<'a>),
    ) -> Option<()> {
        self.eat(b'{')?;
        if self.eat(b'}').is_some() {
            return Some(());
        }
        loop {
            let key = self.key()?;
            let end = append(path, len, key);
            self.value(path, end, depth, visit)?;
            if self.is_last()? {
                return Some(());
            }
        }
    }

    /// A member's name with its colon.
    #[inline]
    pub(super) fn key(&mut self) -> Option<&'a [u8]> {
        if let Some(key) = self.short_key() {
            return Some(key);
        }
        self.eat(b'"')?;
        let key = self.string()?;
        self.eat(b':')?;
        Some(key)
    }

    /// As `key`, for a name of fewer than eight bytes with nothing between it and the colon, as most are.
    #[inline]
    fn short_key(&mut self) -> Option<&'a [u8]> {
        let [b'"', rest @ ..] = self.text.get(self.at..)? else {
            return None;
        };
        let bytes = u64::from_le_bytes(*rest.first_chunk::<8>()?);
        let len = swar::first_marked(quotes_and_escapes(bytes));
        let [b'"', b':', ..] = rest.get(len..)? else {
            return None;
        };
        self.at += len + 3;
        rest.get(..len)
    }

    /// Hands out every member of the object that is next; `each` moves past its value.
    pub(super) fn members(
        &mut self,
        each: &mut dyn FnMut(&mut Self, &'a [u8]) -> Option<()>,
    ) -> Option<()> {
        self.eat(b'{')?;
        if self.eat(b'}').is_some() {
            return Some(());
        }
        loop {
            let key = self.key()?;
            each(self, key)?;
            if self.is_last()? {
                return Some(());
            }
        }
    }

    /// Goes through the array that is next; `each` moves past an element.
    pub(super) fn elements(&mut self, each: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.eat(b'[')?;
        if self.eat(b']').is_some() {
            return Some(());
        }
        loop {
            each(self)?;
            if self.eat(b',').is_none() {
                return self.eat(b']');
            }
        }
    }

    /// How much of the text is read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Moves past what follows a member; whether that ends the object.
    #[inline]
    pub(super) fn is_last(&mut self) -> Option<bool> {
        let next = self.peek()?;
        self.at += 1;
        match next {
            b',' => Some(false),
            b'}' => Some(true),
            _ => None,
        }
    }

    fn value(
        &mut self,
        path: &mut [u8; MAX_PATH],
        len: usize,
        depth: usize,
        visit: &mut impl FnMut(&[u8], Raw<'a>),
    ) -> Option<()> {
        if self.nests(depth)? {
            return self.object(path, len, depth + 1, visit);
        }
        let raw = self.leaf()?;
        visit(path.get(..len)?, raw);
        Some(())
    }

    /// Whether an object follows that is walked, not taken as one value.
    #[inline]
    pub(super) fn nests(&mut self, depth: usize) -> Option<bool> {
        Some(self.peek()? == b'{' && depth + 1 < MAX_DEPTH && !self.is_empty_object())
    }

    fn is_empty_object(&self) -> bool {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        rest.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'}')
    }

    /// A value that is not walked.
    #[inline]
    pub(super) fn leaf(&mut self) -> Option<Raw<'a>> {
        let first = self.peek()?;
        let start = self.at;
        Some(match first {
            b'"' => {
                self.at += 1;
                Raw::Text(self.string()?)
            }
            b'{' | b'[' => {
                self.compound()?;
                Raw::Compound(self.text.get(start..self.at)?)
            }
            _ => self.bare(start)?,
        })
    }

    /// A number or a word; anything else (`NaN`, `Decimal('1')`) is taken up to the next delimiter.
    #[inline]
    fn bare(&mut self, start: usize) -> Option<Raw<'a>> {
        let rest = self.text.get(start..)?;
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits > 0 && matches!(rest.get(digits), Some(b',' | b'}')) {
            self.at = start + digits;
            return rest.get(..digits).map(Raw::Number);
        }
        let len = rest
            .iter()
            .position(|b| matches!(b, b',' | b'}' | b']' | b'\n' | b'\r'))?;
        self.at = start + len;
        let value = rest.get(..len)?.trim_ascii();
        let first = value.first()?;
        Some(if first.is_ascii_digit() || *first == b'-' {
            Raw::Number(value)
        } else {
            Raw::Word(value)
        })
    }

    /// The rest of a string whose opening quote is eaten; moves past the closing one.
    #[inline]
    fn string(&mut self) -> Option<&'a [u8]> {
        let start = self.at;
        let mut from = start;
        loop {
            let hit = self.quote_or_escape(from)?;
            if self.text.get(hit) == Some(&b'\\') {
                from = hit + 2;
                if self.strictness == Strictness::Forgiving && self.ends_here(hit + 2) {
                    from = hit + 1; // an unescaped `\` before the real end
                }
            } else if self.strictness == Strictness::Strict || self.ends_here(hit + 1) {
                self.at = hit + 1;
                return self.text.get(start..hit);
            } else {
                from = hit + 1;
            }
        }
    }

    /// The first quote or backslash from `from` on.
    #[inline]
    fn quote_or_escape(&self, from: usize) -> Option<usize> {
        let mut rest = self.text.get(from..)?;
        let mut at = from;
        while let Some((bytes, behind)) = rest.split_first_chunk::<8>()
            && at < from + SHORT
        {
            let bytes = u64::from_le_bytes(*bytes);
            let marked = quotes_and_escapes(bytes);
            if marked != 0 {
                return Some(at + swar::first_marked(marked));
            }
            at += 8;
            rest = behind;
        }
        memchr2(b'"', b'\\', rest).map(|offset| at + offset)
    }

    /// Whether JSON could go on at `after` if a string ended just before it.
    fn ends_here(&self, after: usize) -> bool {
        let rest = self
            .text
            .get(after..)
            .unwrap_or_default()
            .trim_ascii_start();
        match rest.first() {
            None | Some(b':') => true,
            Some(b',') => {
                rest.get(1..).unwrap_or_default().trim_ascii_start().first() == Some(&b'"')
            }
            Some(b'}' | b']') => rest
                .iter()
                .all(|b| b.is_ascii_whitespace() || matches!(b, b'}' | b']' | 0)),
            _ => false,
        }
    }

    /// Skips a balanced array or object.
    fn compound(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            self.at = bracket_or_quote(self.text, self.at);
            let byte = *self.text.get(self.at)?;
            self.at += 1;
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(());
                    }
                }
                b'"' => {
                    self.string()?;
                }
                _ => {}
            }
        }
    }
}

/// Marks quotes and backslashes.
#[inline]
fn quotes_and_escapes(bytes: u64) -> u64 {
    swar::equal(bytes, b'"') | swar::equal(bytes, b'\\')
}

/// Skips bytes that are neither brackets nor quotes, eight at a time.
fn bracket_or_quote(text: &[u8], mut at: usize) -> usize {
    // `[` and `{`, `]` and `}` differ in this bit alone.
    const LOWER: u64 = 0x20 * swar::ONES;
    while let Some(bytes) = text.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let bytes = u64::from_le_bytes(*bytes);
        let lower = bytes | LOWER;
        let brackets = swar::equal(lower, b'{') | swar::equal(lower, b'}');
        let marked = brackets | swar::equal(bytes, b'"');
        if marked != 0 {
            return at + swar::first_marked(marked);
        }
        at += 8;
    }
    at
}

/// Writes `.key` behind the first `len` bytes of the path and returns the new length.
fn append(path: &mut [u8; MAX_PATH], len: usize, key: &[u8]) -> usize {
    let dot: &[u8] = if len == 0 { b"" } else { b"." };
    let mut end = len;
    for byte in dot.iter().chain(key) {
        if let Some(slot) = path.get_mut(end) {
            *slot = *byte;
            end += 1;
        }
    }
    end
}

/// The text of a string with its escapes resolved; unknown escapes stay as they are.
pub fn unescape(text: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    let Some(first) = memchr::memchr(b'\\', text) else {
        return text.into();
    };
    let mut out = text.get(..first).unwrap_or_default().to_vec();
    let mut rest = text.get(first..).unwrap_or_default();
    while let Some(byte) = rest.first() {
        let used = if *byte == b'\\' {
            escape(rest, &mut out)
        } else {
            None
        };
        let used = used.unwrap_or_else(|| {
            out.push(*byte);
            1
        });
        rest = rest.get(used..).unwrap_or_default();
    }
    out.into()
}

/// Resolves the escape at the start of `text`; returns its length.
fn escape(text: &[u8], out: &mut Vec<u8>) -> Option<usize> {
    let plain = match text.get(1)? {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'b' => 8,
        b'f' => 12,
        byte @ (b'"' | b'\\' | b'/') => *byte,
        b'u' => return unicode(text, out),
        _ => return None,
    };
    out.push(plain);
    Some(2)
}

fn unicode(text: &[u8], out: &mut Vec<u8>) -> Option<usize> {
    let unit = |at: usize| -> Option<u32> {
        let digits = std::str::from_utf8(text.get(at + 2..at + 6)?).ok()?;
        (text.get(at..at + 2)? == b"\\u").then_some(())?;
        u32::from_str_radix(digits, 16).ok()
    };
    let high = unit(0)?;
    let (code, len) = match (high, unit(6)) {
        (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
            (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), 12)
        }
        _ => (high, 6),
    };
    let letter = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    Some(len)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    fn leaves(text: &str, strictness: Strictness) -> (Vec<String>, bool) {
        let mut out = Vec::new();
        let whole = walk(text.as_bytes(), strictness, &mut |path, raw| {
            out.push(format!(
                "{}={}",
                String::from_utf8_lossy(path),
                String::from_utf8_lossy(raw.bytes())
            ));
        });
        (out, whole.is_some())
    }

    #[test]
    fn visits_leaves_by_dotted_path() {
        let (found, whole) = leaves(
            r#"{"a": {"b":1, "c":{}}, "d":[1,{"e":"]"}], "f": "x\"y" } tail"#,
            Strictness::Strict,
        );
        assert_eq!(
            found,
            ["a.b=1", "a.c={}", r#"d=[1,{"e":"]"}]"#, r#"f=x\"y"#]
        );
        assert!(whole);
    }

    #[test]
    fn keeps_what_comes_before_a_defect() {
        let (found, whole) = leaves(r#"{"a":1,"b":"cut o"#, Strictness::Strict);
        assert_eq!(found, ["a=1"]);
        assert!(!whole);
    }

    #[test]
    fn forgives_quotes_that_were_not_escaped() {
        let (found, whole) = leaves(
            r#"{"level": "INFO", "message": "say "hi", C:\x\"}"#,
            Strictness::Forgiving,
        );
        assert_eq!(found, ["level=INFO", r#"message=say "hi", C:\x\"#]);
        assert!(whole);
    }

    #[test]
    fn resolves_escapes() {
        let table = [
            (r"a\nb", "a\nb"),
            (r"\ud83d\ude80", "🚀"),
            (r"\uc8fc", "주"),
            (r"C:\Users", r"C:\Users"),
            (r"x\", r"x\"),
            (r"\ud83d", "\u{fffd}"),
        ];
        for (text, want) in table {
            assert_eq!(
                unescape(text.as_bytes()).as_ref(),
                want.as_bytes(),
                "{text}"
            );
        }
    }
}

//! Objects and lists inside a text, as JSON writes them and as Python's `repr` does: `{"a": [1, 2]}`, `{'a': (1, None)}`.
//!
//! Values are spans of the text, never numbers or strings that were read: what is shown is what the log says. A value that
//! neither of the two would write (`datetime.datetime(2026, 1, 1)`, `<Order 12>`) is one word.

use std::ops::Range;

/// What is nested deeper is one word.
const DEEPEST: usize = 64;

/// What begins like a value and is none may cost as much as reading the text so many times.
const WASTED: usize = 4;

/// Values in a text, in order: `request={...} response={...}` are two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nested {
    /// Every value and every end of an object or list.
    pub nodes: Vec<Node>,
}

/// A value, or the end of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// How many objects and lists it is in.
    pub depth: usize,
    /// Where its name is in the text, without quotes; members of lists have none.
    pub name: Option<Range<usize>>,
    /// What it is.
    pub kind: Kind,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// An object or a list begins; its members follow as nodes.
    Open {
        /// The bracket at its beginning.
        bracket: char,
        /// Where its end is among the nodes.
        end: usize,
        /// How many members it has.
        members: usize,
        /// All of it in the text.
        text: Range<usize>,
    },
    /// The innermost object or list ends with this bracket.
    Close(char),
    /// A text, with its quotes.
    Text(Range<usize>),
    /// A number.
    Number(Range<usize>),
    /// Anything else: `true`, `None`, `<Order 12>`.
    Word(Range<usize>),
}

impl Nested {
    /// Finds the values of a text that have an object with members somewhere in them; `None` if there is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut found = Self::default();
        let (mut at, mut wasted) = (0, 0);
        while let Some(start) = text.get(at..)?.find(['{', '[']).map(|next| at + next) {
            let mut reader = Reader {
                text: text.as_bytes(),
                at: start,
                nodes: std::mem::take(&mut found.nodes),
            };
            let before = reader.nodes.len();
            let name = label(text.get(..start).unwrap_or_default());
            let whole = reader.value(name, 0).is_some();
            let end = reader.at;
            found.nodes = reader.nodes;
            let named = |node: &Node| node.depth > 0 && node.name.is_some();
            let has_object =
                { found.nodes.get(before..) }.is_some_and(|nodes| nodes.iter().any(named));
            if whole && has_object {
                at = end;
                continue;
            }
            found.nodes.truncate(before);
            at = start + 1;
            wasted += end - start;
            if wasted > WASTED * text.len() {
                break;
            }
        }
        (!found.nodes.is_empty()).then_some(found)
    }
}

/// The objects of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objects {
    /// The text that they are in.
    pub text: String,
    /// Where in it.
    pub nested: Nested,
    /// They are all of the record, so that names in them are those of its fields; otherwise they are in its message.
    pub is_record: bool,
}

impl Objects {
    /// Finds them in a record, given as it stands in the log and as its message; `None` if there are none.
    #[must_use]
    pub fn of(raw: &str, message: &str) -> Option<Self> {
        let is_record = raw.starts_with('{');
        let text = if is_record { raw } else { message };
        Some(Self {
            text: text.to_owned(),
            nested: Nested::read(text)?,
            is_record,
        })
    }

    /// A value as it stands in the text.
    #[must_use]
    pub fn text_of(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The name of a node; empty without one.
    #[must_use]
    pub fn name_of(&self, node: &Node) -> &str {
        node.name.as_ref().map_or("", |name| self.text_of(name))
    }

    /// The names of the objects around a node and its own, with dots between them; `None` where a list is among them or it
    /// has no name.
    #[must_use]
    pub fn path_of(&self, at: usize) -> Option<String> {
        let nodes = &self.nested.nodes;
        let node = nodes.get(at)?;
        let mut names = vec![self.text_of(node.name.as_ref()?)];
        let mut depth = node.depth;
        for above in nodes.get(..at)?.iter().rev() {
            if above.depth >= depth || matches!(above.kind, Kind::Close(_)) {
                continue;
            }
            depth = above.depth;
            if depth == 0 {
                break;
            }
            names.push(self.text_of(above.name.as_ref()?));
        }
        names.reverse();
        Some(names.join("."))
    }

    /// Every value on a line of its own, indented.
    #[must_use]
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        let nodes = &self.nested.nodes;
        for (at, node) in nodes.iter().enumerate() {
            let closes = |node: &Node| matches!(node.kind, Kind::Close(_));
            let follows_open = { at.checked_sub(1).and_then(|before| nodes.get(before)) }
                .is_some_and(|before| matches!(before.kind, Kind::Open { .. }));
            if !(out.is_empty() || closes(node) && follows_open) {
                out.push('\n');
                out.extend(std::iter::repeat_n("  ", node.depth));
            }
            if let Some(name) = &node.name {
                let quoted = name.start.saturating_sub(1)..name.end + 1;
                let is_quoted = self.text_of(&quoted).starts_with(['"', '\'']);
                out.push_str(self.text_of(if is_quoted { &quoted } else { name }));
                out.push_str(": ");
            }
            match &node.kind {
                Kind::Open { bracket, .. } | Kind::Close(bracket) => out.push(*bracket),
                Kind::Text(value) | Kind::Number(value) | Kind::Word(value) => {
                    out.push_str(self.text_of(value));
                }
            }
            let is_begin = matches!(node.kind, Kind::Open { .. });
            let is_last = nodes.get(at + 1).is_none_or(closes);
            if !is_begin && !is_last && node.depth > 0 {
                out.push(',');
            }
        }
        out
    }
}

/// The word in front of a value that names it: `payload=`, `response: `.
fn label(before: &str) -> Option<Range<usize>> {
    let trimmed = before.trim_end_matches(' ');
    let name = trimmed.strip_suffix(['=', ':'])?;
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let start = name.trim_end_matches(is_of_name).len();
    (start < name.len()).then_some(start..name.len())
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    nodes: Vec<Node>,
}

impl Reader<'_> {
    /// Reads the value at the present place.
    fn value(&mut self, name: Option<Range<usize>>, depth: usize) -> Option<()> {
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

/// The text of a string as it was before it was written, without quotes; escapes that JSON does not know stay.
#[must_use]
pub fn unquoted(text: &str) -> String {
    let body = text.trim_start_matches(['b', 'u', 'r']);
    if let Ok(read) = serde_json::from_str(body) {
        return read;
    }
    let quotes = ['"', '\''];
    let body = body.strip_prefix(quotes).unwrap_or(body);
    let body = body.strip_suffix(quotes).unwrap_or(body);
    let mut out = String::with_capacity(body.len());
    let mut chars = body.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some(other @ ('\'' | '"' | '\\')) => out.push(other),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    /// The values as lines of `depth name value`.
    fn outline(text: &str) -> Vec<String> {
        let nested = Nested::read(text).unwrap_or_default();
        let line = |node: &Node| {
            let name = node
                .name
                .clone()
                .map(|name| &text[name])
                .unwrap_or_default();
            let value = match &node.kind {
                Kind::Open {
                    bracket, members, ..
                } => format!("{bracket}{members}"),
                Kind::Close(bracket) => bracket.to_string(),
                Kind::Text(text_) => format!("text {}", &text[text_.clone()]),
                Kind::Number(number) => format!("number {}", &text[number.clone()]),
                Kind::Word(word) => format!("word {}", &text[word.clone()]),
            };
            format!("{} {name} {value}", node.depth)
        };
        nested.nodes.iter().map(line).collect()
    }

    #[test]
    fn values_are_found_as_they_are_written() {
        for (text, expected) in [
            (
                r#"{"a": "x, {y}", "b": [1, -2.5e3, null]}"#,
                vec![
                    "0  {2",
                    r#"1 a text "x, {y}""#,
                    "1 b [3",
                    "2  number 1",
                    "2  number -2.5e3",
                    "2  word null",
                    "1  ]",
                    "0  }",
                ],
            ),
            (
                r"saved payload={'id': 7, 'at': datetime.datetime(2026, 1, 2), 'who': <User 'a}'>, 't': (1,)} in 3 ms",
                vec![
                    "0 payload {4",
                    "1 id number 7",
                    "1 at word datetime.datetime(2026, 1, 2)",
                    "1 who word <User 'a}'>",
                    "1 t (1",
                    "2  number 1",
                    "1  )",
                    "0  }",
                ],
            ),
            (
                r#"a={"x":1} b={"y":"한글"}"#,
                vec![
                    "0 a {1",
                    "1 x number 1",
                    "0  }",
                    "0 b {1",
                    r#"1 y text "한글""#,
                    "0  }",
                ],
            ),
            (
                r"[{'a': b'\'q'}, {}]",
                vec![
                    "0  [2",
                    "1  {1",
                    r"2 a text b'\'q'",
                    "1  }",
                    "1  {0",
                    "1  }",
                    "0  ]",
                ],
            ),
            (
                r#"[INFO] got {"ok": true}"#,
                vec!["0  {1", "1 ok word true", "0  }"],
            ),
            ("[INFO] [main] nothing {} here", vec![]),
            ("[1, 2, 3]", vec![]),
            (r#"{"cut": "off"#, vec![]),
            ("{a: 1}", vec!["0  {1", "1 a number 1", "0  }"]),
            ("fn main() { return; }", vec![]),
        ] {
            assert_eq!(outline(text), expected, "{text}");
        }
    }

    #[test]
    fn every_object_knows_its_end() {
        let nested = Nested::read(r#"{"a": {"b": [{"c": 1}]}, "d": 2}"#).unwrap_or_default();
        let mut opens = 0;
        for node in &nested.nodes {
            if let Kind::Open { end, bracket, .. } = &node.kind {
                opens += 1;
                let close = nested.nodes.get(*end);
                let expected = if *bracket == '{' { '}' } else { ']' };
                assert_eq!(
                    close.map(|it| (it.depth, &it.kind)),
                    Some((node.depth, &Kind::Close(expected)))
                );
            }
        }
        assert_eq!(opens, 4);
    }

    #[test]
    fn members_have_paths() {
        let raw = r#"{"http": {"status": 500, "tags": [{"k": 1}]}, "ok": true}"#;
        let objects = Objects::of(raw, "").unwrap();
        assert!(objects.is_record);
        let paths: Vec<_> = (0..objects.nested.nodes.len())
            .filter_map(|at| objects.path_of(at))
            .collect();
        assert_eq!(paths, ["http", "http.status", "http.tags", "ok"]);
    }

    #[test]
    fn what_is_copied_is_the_same_value() {
        let raw = r#"{"a":{"b":[1,{"c":"x, y"}],"d":[]},"e":null}"#;
        let pretty = Objects::of(raw, "").unwrap().pretty();
        let lines: Vec<_> = pretty.lines().collect();
        assert_eq!(lines[..3], ["{", r#"  "a": {"#, r#"    "b": ["#]);
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(read(&pretty), read(raw));
        let two = Objects::of("", "a={'x': 1} b={'y': (2,)}")
            .unwrap()
            .pretty();
        assert_eq!(two, "a: {\n  'x': 1\n}\nb: {\n  'y': (\n    2\n  )\n}");
    }

    #[test]
    fn no_text_takes_long() {
        for text in ["[", "{", "{\"a\":", "{'", "(<[", "[{\"a\":1},"] {
            let long = text.repeat(200_000);
            assert_eq!(Nested::read(&long).is_some(), text.contains("},"), "{text}");
        }
    }

    #[test]
    fn strings_are_read_as_they_were() {
        for (text, expected) in [
            (r#""a\"b\nc\u00e9""#, "a\"b\ncé"),
            (r"'it\'s\tx'", "it's\tx"),
            (r"b'\xff'", r"\xff"),
            (r#"'say "x"'"#, r#"say "x""#),
            ("'", ""),
        ] {
            assert_eq!(unquoted(text), expected, "{text}");
        }
    }
}

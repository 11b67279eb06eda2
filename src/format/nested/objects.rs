//! The objects of a record, for a reader.

use std::ops::Range;

use super::{Kind, Nested, Node};

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

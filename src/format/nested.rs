//! Objects and lists inside a text, as JSON writes them and as Python's `repr` does: `{"a": [1, 2]}`, `{'a': (1, None)}`.
//!
//! Values are spans of the text, never numbers or strings that were read: what is shown is what the log says. A value that
//! neither of the two would write (`datetime.datetime(2026, 1, 1)`, `<Order 12>`) is one word.

mod objects;
mod reader;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use objects::{Objects, unquoted};
use reader::Reader;

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

/// The word in front of a value that names it: `payload=`, `response: `.
fn label(before: &str) -> Option<Range<usize>> {
    let trimmed = before.trim_end_matches(' ');
    let name = trimmed.strip_suffix(['=', ':'])?;
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let start = name.trim_end_matches(is_of_name).len();
    (start < name.len()).then_some(start..name.len())
}

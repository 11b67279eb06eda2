//! Which texts a field takes for its value.

use super::super::value::{LevelShape, char_count, level_shape, plain_name};
use super::super::{FieldStep, Pad, Reader, Step, Strength, TextUse};
use super::Matcher;
use crate::format::appended::exception_name;
use crate::format::layout::Conversion;

impl Matcher<'_, '_> {
    /// Whether the template would have cut the value.
    pub(super) fn too_long(&mut self, pad: Pad, value: &[u8]) -> bool {
        let Some(precision) = pad.precision else {
            return false;
        };
        let long = value.len() > precision && char_count(value) > precision;
        let excused = self.rules.loose_widths || value.contains(&0x1b);
        self.blocked |= long && !excused;
        long && !excused
    }

    pub(super) fn acceptable(&mut self, index: usize, field: &FieldStep, value: &[u8]) -> bool {
        let Reader::Text(used) = &field.reader else {
            return true;
        };
        let value = if field.conversion == Conversion::Quoted {
            unquoted(value)
        } else {
            value
        };
        match used {
            TextUse::Plain => self.acceptable_text(index, value),
            TextUse::Thread => thread_name(value) || self.acceptable_text(index, value),
            TextUse::Logger => self.acceptable_name(index, value),
            TextUse::Level => self.acceptable_level(value, field.pad.precision),
            TextUse::LevelPrefix => {
                let Some(word) = value.strip_suffix(b":") else {
                    return false;
                };
                self.acceptable_level(word, None)
            }
        }
    }

    /// Values with spaces before a delimiter that begins with one, and values that open a bracket which the delimiter
    /// closes, are taken only if nothing else will do.
    fn acceptable_text(&mut self, index: usize, value: &[u8]) -> bool {
        let delimiter = match self.steps.get(index + 1) {
            Some(Step::Literal(literal)) => literal.first(),
            _ => None,
        };
        let doubtful = match delimiter {
            Some(b' ' | b'\t') => value.iter().any(u8::is_ascii_whitespace),
            Some(b']') => unbalanced(value, b'[', b']'),
            Some(b')') => unbalanced(value, b'(', b')'),
            Some(b'}') => unbalanced(value, b'{', b'}'),
            Some(b'>') => unbalanced(value, b'<', b'>'),
            _ => false,
        };
        self.blocked |= doubtful;
        !doubtful || self.rules.any_name
    }

    fn acceptable_name(&mut self, index: usize, name: &[u8]) -> bool {
        // `logging` has no logger without a name, and none begins with blanks: uvicorn writes `INFO:     10.0.0.1:80 - …`.
        // At the start of a line a marked one is quoted text.
        let indented = name.starts_with(b"  ") || index == 0 && name.starts_with(b"\t");
        let marked = matches!(name.first(), Some(b'>' | b'|'));
        if name.is_empty() || indented || index == 0 && marked {
            return false;
        }
        // With nothing behind it to check, a dotted name that goes on after a space is a name and some text.
        let last_on_line = matches!(self.steps.get(index + 1), None | Some(Step::Newline));
        if last_on_line && name.contains(&b'.') && name.contains(&b' ') {
            return false;
        }
        if !self.acceptable_text(index, name) {
            return false;
        }
        if plain_name(name) {
            let level_seen = self.rules.level_is_marked || self.rules.strength > Strength::Words;
            return level_seen || !exception_name(name);
        }
        self.blocked = true;
        self.rules.any_name
    }

    fn acceptable_level(&mut self, word: &[u8], precision: Option<usize>) -> bool {
        let rules = self.rules;
        let strong = rules.strength > Strength::Words;
        let shape = level_shape(word, precision);
        self.found.level = match shape {
            LevelShape::Known(id) | LevelShape::Lowercase(id) => Some(id),
            _ => None,
        };
        let passes = match shape {
            LevelShape::Known(_) => {
                // `C:\Users: x` is no critical message of a logger called `\Users`.
                let letter_is_marked =
                    rules.level_is_bracketed || rules.level_is_marked && !rules.any_name;
                word.len() > 1 || strong || letter_is_marked || precision == Some(1)
            }
            LevelShape::Numbered => true,
            LevelShape::Lowercase(_) => {
                strong || rules.custom_levels && (rules.level_is_marked || everyday(word))
            }
            LevelShape::Word => rules.custom_levels && (strong || rules.level_is_marked),
            LevelShape::Token => {
                rules.any_level
                    && (rules.level_is_bracketed
                        || word.first().is_some_and(u8::is_ascii_uppercase))
                    || strong && rules.custom_levels && is_of_npm(word)
            }
            LevelShape::No => false,
        };
        self.blocked |= !passes && shape != LevelShape::No;
        passes
    }
}

/// Level names in small letters as loggers write them: Python's own, and those of winston, npm, logrus and zap.
fn everyday(word: &[u8]) -> bool {
    const PYTHON: [&[u8]; 5] = [b"debug", b"info", b"warning", b"error", b"critical"];
    const OTHERS: [&[u8]; 5] = [b"warn", b"fatal", b"trace", b"notice", b"verbose"];
    PYTHON.contains(&word) || OTHERS.contains(&word)
}

/// What npm and winston write between their `info` and `debug` and below; everyday words without anything before them.
fn is_of_npm(word: &[u8]) -> bool {
    [&b"http"[..], b"silly"].contains(&word)
}

/// A value without the quotes of its `repr`.
fn unquoted(value: &[u8]) -> &[u8] {
    let inner = |quote: &[u8]| value.strip_prefix(quote)?.strip_suffix(quote);
    inner(b"'").or_else(|| inner(b"\"")).unwrap_or(value)
}

/// Whether a value opens more brackets than it closes.
fn unbalanced(value: &[u8], open: u8, close: u8) -> bool {
    let count = |wanted: u8| value.iter().filter(|byte| **byte == wanted).count();
    count(open) > count(close)
}

/// `Thread-1 (worker)`, as Python names threads.
fn thread_name(value: &[u8]) -> bool {
    value.starts_with(b"Thread-") && value.ends_with(b")")
}

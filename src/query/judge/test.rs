//! What is asked of a field, of one value of it.

use std::cmp::Ordering;

use super::super::lang::{Field, Op, Value, keyword, pattern_of};
use super::super::matcher::{Matcher, PatternError};
use super::super::number::number;
use super::super::spec::Pattern;
use crate::format::field::{Role, role_of_key};

/// What is asked of a field.
#[derive(Debug, Clone)]
pub(in crate::query) struct FieldTest {
    /// The field's name as typed.
    pub(super) name: String,
    /// The message is meant, whatever the format calls it.
    pub(super) is_message: bool,
    /// What the name is used for where a record has a key of this name.
    pub(super) role: Option<Role>,
    op: Op,
    /// The value, where texts and numbers are compared.
    value: String,
    number: Option<f64>,
    /// Matches the whole of a value; `None` where it is compared.
    whole: Option<Matcher>,
    /// Matches within a message: nobody means all of it.
    within: Matcher,
    /// Whether being there is enough.
    exists: bool,
    /// Finds a part of every value that passes, if there is one worth looking for.
    pub(super) value_part: Option<Matcher>,
    /// Finds the name with what makes it one of a message.
    pub(super) name_part: Matcher,
}

/// Shortest part of a value, in characters, that is looked for before records are taken apart.
const LEAST_PART: usize = 3;

impl FieldTest {
    /// # Errors
    /// A regular expression is not valid.
    pub(super) fn new(field: &Field) -> Result<Self, PatternError> {
        let value = match &field.value {
            Value::Text(text) => text.clone(),
            Value::Wild(_) | Value::Regex(_) => String::new(),
        };
        let compares = field.op != Op::Is && matches!(field.value, Value::Text(_));
        let within = match compares {
            true => Pattern {
                text: value.clone(),
                case_sensitive: true,
                ..Pattern::default()
            },
            false => pattern_of(&field.value),
        };
        Ok(Self {
            name: field.name.clone(),
            is_message: keyword(&field.name) == Some("message")
                || field.name.eq_ignore_ascii_case("msg"),
            role: role_of_key(&field.name),
            op: field.op,
            number: number(value.as_bytes()).filter(|_| matches!(field.value, Value::Text(_))),
            value,
            whole: (!compares).then(|| whole(&field.value)).transpose()?,
            within: Matcher::new(&within)?,
            exists: field.value == Value::Wild("*".to_owned()),
            value_part: part_of(field).map(|part| Matcher::new(&part)).transpose()?,
            name_part: Matcher::new(&Pattern {
                text: format!("{}[\"']?[=:]", regex_syntax::escape(&field.name)),
                case_sensitive: true,
                regex: true,
                ..Pattern::default()
            })?,
        })
    }

    /// Whether a value passes.
    pub(super) fn holds(&self, value: &[u8]) -> bool {
        if self.exists {
            return !value.is_empty();
        }
        if let Some(whole) = &self.whole {
            return whole.is_match(value) || self.is_same_number(value);
        }
        if !self.op.orders() {
            return value == self.value.as_bytes() || self.is_same_number(value);
        }
        let order = match self.number {
            // What is no number is neither more nor less than one.
            Some(wanted) => number(value).and_then(|value| value.partial_cmp(&wanted)),
            None => Some(value.cmp(self.value.as_bytes())),
        };
        order.is_some_and(|order| self.op.admits(order))
    }

    fn is_same_number(&self, value: &[u8]) -> bool {
        let pair = self.number.zip(number(value));
        pair.is_some_and(|(wanted, value)| value.partial_cmp(&wanted) == Some(Ordering::Equal))
    }

    /// Whether a message passes.
    pub(super) fn holds_within(&self, message: &[u8]) -> bool {
        !message.is_empty() && (self.exists || self.within.is_match(message))
    }
}

/// A text that is in every value that passes. A number may be written in other ways.
fn part_of(field: &Field) -> Option<Pattern> {
    let text = match &field.value {
        Value::Text(text) if field.op.orders() || number(text.as_bytes()).is_some() => return None,
        Value::Text(text) => text.as_str(),
        Value::Wild(text) => text.split('*').max_by_key(|part| part.len())?,
        Value::Regex(_) => return None,
    };
    (text.chars().count() >= LEAST_PART).then(|| Pattern {
        text: text.to_owned(),
        ..Pattern::default()
    })
}

/// A matcher for the whole of a value: a text and one with `*` in any case, an expression anywhere in it.
pub(super) fn whole(value: &Value) -> Result<Matcher, PatternError> {
    let parts: Vec<String> = match value {
        Value::Regex(pattern) => return Matcher::new(pattern),
        Value::Text(text) => vec![regex_syntax::escape(text)],
        Value::Wild(text) => text.split('*').map(regex_syntax::escape).collect(),
    };
    Matcher::new(&Pattern {
        text: format!(r"\A(?s:{})\z", parts.join(".*")),
        regex: true,
        ..Pattern::default()
    })
}

//! Fields of the records of a block: read in windows, taken apart one by one, and only those that are still wanted.

use std::sync::Arc;

use super::super::bitmap::Mask;
use super::super::matcher::Matcher;
use super::super::pairs::any_value;
use super::super::records::Walk;
use super::super::text::matching;
use super::Reading;
use super::test::FieldTest;
use crate::bytes::ReadError;
use crate::format::extractor::{Extractor, Parsed, without_line_end};
use crate::format::field::{Column, Role};

/// Which of the `wanted` records pass; `None` when the token was cancelled.
pub(super) fn holding(
    test: &FieldTest,
    wanted: &Mask,
    reading: &mut Reading<'_>,
) -> Result<Option<Mask>, ReadError> {
    let place = Place::of(test, reading.extractor);
    let part = place.part(test, reading.extractor);
    let Some(wanted) = with_part(part, wanted.clone(), reading)? else {
        return Ok(None);
    };
    passing(&wanted, reading, |record, extractor| {
        place.holds(test, record, extractor)
    })
}

/// Those of the `wanted` records that contain something; `None` when the token was cancelled.
pub(super) fn with_part(
    part: Option<&Matcher>,
    wanted: Mask,
    reading: &mut Reading<'_>,
) -> Result<Option<Mask>, ReadError> {
    let Reading {
        block,
        source,
        cancel,
        ..
    } = *reading;
    match part {
        Some(part) => matching(part, block, &wanted, source, reading.buffer, cancel),
        None => Ok(Some(wanted)),
    }
}

/// Those of the `wanted` records for whose bytes something holds; `None` when the token was cancelled.
pub(super) fn passing(
    wanted: &Mask,
    reading: &mut Reading<'_>,
    mut holds: impl FnMut(&[u8], Option<&Extractor>) -> bool,
) -> Result<Option<Mask>, ReadError> {
    let mut hits = Mask::none(wanted.records());
    if reading.cancel.is_cancelled() {
        return Ok(None);
    }
    let walk = Walk {
        block: reading.block,
        wanted,
        source: reading.source,
    };
    let (extractor, cancel) = (reading.extractor, reading.cancel);
    let left = walk.go(
        0,
        reading.buffer,
        |slot, record| {
            if holds(record, extractor) {
                hits.insert(slot);
            }
        },
        || cancel.is_cancelled(),
    )?;
    Ok(left.is_none().then_some(hits))
}

/// Whether values are as they stand in the record, and records have no fields but the format's columns.
pub(super) fn as_written(extractor: &Extractor) -> bool {
    matches!(
        extractor,
        Extractor::Template(_) | Extractor::Regex(_) | Extractor::Plain(_)
    )
}

/// Where a record has a field of this name.
enum Place {
    Time,
    Level,
    Logger,
    Message,
    /// Among the others: a column of this name.
    Column(Arc<str>),
    /// Among whatever the record says of itself, and otherwise in the message.
    Record,
    /// Nowhere but in the message.
    Pairs,
}

/// The column that a field's name means: that of the name in any case, or that which a short name stands for.
pub(in crate::query) fn column_of<'a>(name: &str, columns: &'a [Column]) -> Option<&'a Column> {
    let find = |name: &str| {
        let mut columns = columns.iter();
        columns.find(|column| column.name.eq_ignore_ascii_case(name))
    };
    let short = || {
        SHORT
            .iter()
            .find(|(short, _)| short.eq_ignore_ascii_case(name))
    };
    find(name).or_else(|| short().and_then(|(_, name)| find(name)))
}

/// Short names for fields of Python's, where a format has no field of the short name.
const SHORT: [(&str, &str); 8] = [
    ("thread", "threadName"),
    ("process", "processName"),
    ("pid", "process"),
    ("task", "taskName"),
    ("line", "lineno"),
    ("function", "funcName"),
    ("func", "funcName"),
    ("file", "filename"),
];

impl Place {
    fn of(test: &FieldTest, extractor: Option<&Extractor>) -> Self {
        if test.is_message {
            return Self::Message;
        }
        let columns = extractor.map(Extractor::columns).unwrap_or_default();
        let Some(column) = column_of(&test.name, columns) else {
            return match extractor.is_none_or(as_written) {
                true => Self::Pairs,
                false => Self::Record,
            };
        };
        match column.role {
            Role::Time => Self::Time,
            Role::Level => Self::Level,
            Role::Logger => Self::Logger,
            Role::Message => Self::Message,
            Role::Other => Self::Column(column.name.clone()),
        }
    }

    /// What is in the bytes of every record that passes, where a format shows values as they stand there.
    fn part<'t>(&self, test: &'t FieldTest, extractor: Option<&Extractor>) -> Option<&'t Matcher> {
        match self {
            _ if !as_written(extractor?) => None,
            // No column has the name, so it can only be in the message, as it is typed.
            Self::Pairs => test.value_part.as_ref().or(Some(&test.name_part)),
            Self::Column(_) => test.value_part.as_ref(),
            Self::Time | Self::Level | Self::Logger | Self::Message | Self::Record => None,
        }
    }

    fn holds(&self, test: &FieldTest, record: &[u8], extractor: Option<&Extractor>) -> bool {
        let Some(extractor) = extractor else {
            return self.holds_of(test, &Parsed::unmatched(record));
        };
        self.holds_of(test, &extractor.parse(record))
    }

    fn holds_of(&self, test: &FieldTest, parsed: &Parsed<'_>) -> bool {
        let slot = match self {
            Self::Time => &parsed.time,
            Self::Level => &parsed.level,
            Self::Logger => &parsed.logger,
            Self::Message => return test.holds_within(without_line_end(&parsed.message)),
            Self::Column(name) => {
                return any_field(test, parsed, name).unwrap_or_else(|| in_message(test, parsed));
            }
            Self::Pairs => return in_message(test, parsed),
            Self::Record => {
                return any_field(test, parsed, &test.name)
                    .or_else(|| by_key(test, parsed))
                    .unwrap_or_else(|| in_message(test, parsed));
            }
        };
        slot.as_ref().is_some_and(|value| test.holds(value))
    }
}

/// Whether a record that was taken apart already passes.
pub(super) fn holds_one(test: &FieldTest, parsed: &Parsed<'_>, extractor: &Extractor) -> bool {
    Place::of(test, Some(extractor)).holds_of(test, parsed)
}

/// Whether a field of this name passes; `None` where the record has none.
pub(super) fn any_field(test: &FieldTest, parsed: &Parsed<'_>, name: &str) -> Option<bool> {
    let mut named = { parsed.fields.iter() }
        .filter(|field| field.name.eq_ignore_ascii_case(name))
        .peekable();
    named.peek()?;
    Some(named.any(|field| test.holds(&field.value)))
}

/// Whether the key of this name passes that is the record's time, level, logger or message.
fn by_key(test: &FieldTest, parsed: &Parsed<'_>) -> Option<bool> {
    let slot = match test.role? {
        Role::Time => &parsed.time,
        Role::Level => &parsed.level,
        Role::Logger => &parsed.logger,
        Role::Message => return Some(test.holds_within(without_line_end(&parsed.message))),
        Role::Other => return None,
    };
    slot.as_ref().map(|value| test.holds(value))
}

/// Whether a value that the message gives this name passes.
fn in_message(test: &FieldTest, parsed: &Parsed<'_>) -> bool {
    any_value(&parsed.message, &test.name, |value| test.holds(value))
}

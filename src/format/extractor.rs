//! The one contract of all formats: from a line to "a record starts here, at this time, this severe, by this logger".
//!
//! A closed enum instead of trait objects: extractors are compared and cloned, and the scan's inner loop is monomorphic
//! per variant.

use std::borrow::Cow;
use std::sync::Arc;

use super::field::Column;
use crate::base::level::LevelId;
use crate::base::time::ZoneClock;

/// How much of a point in time the format shows; what is missing is added when blocks are assembled in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Clock {
    /// No time at all.
    None,
    /// Date and time: headers carry nanoseconds since the epoch, UTC.
    Full,
    /// No year: headers carry civil nanoseconds as if in 1972 (a leap year), in the log's zone.
    NoYear,
    /// Time of day only: headers carry nanoseconds since midnight, in the log's zone.
    TimeOfDay,
}

/// A level as the scan sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LevelWord<'a> {
    /// The record shows none.
    None,
    /// A standard level or an alias of one.
    Standard(LevelId),
    /// A word of the log's own; interned when blocks are assembled.
    Custom(&'a [u8]),
}

/// What the scan takes from the first line of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<'a> {
    /// Nanoseconds in the sense of the extractor's [`Clock`].
    pub time: Option<i64>,
    /// How severe.
    pub level: LevelWord<'a>,
    /// Which logger, without padding.
    pub logger: Option<Cow<'a, [u8]>>,
}

/// One field of a record, as shown in the log without padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldValue<'a> {
    /// The field's name; a column of the extractor, or a further key of a self-describing record (JSON, logfmt).
    pub name: Cow<'a, str>,
    /// Its value in the log's own encoding (UTF-8 unless the source says otherwise).
    pub value: Cow<'a, [u8]>,
}

/// A whole record taken apart; made for the rows on screen and for export, not by the scan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed<'a> {
    /// Whether the first line matched the format. If not, everything is in `message`.
    pub matched: bool,
    /// The time as the log writes it.
    pub time: Option<Cow<'a, [u8]>>,
    /// The level as the log writes it.
    pub level: Option<Cow<'a, [u8]>>,
    /// The logger as the log writes it.
    pub logger: Option<Cow<'a, [u8]>>,
    /// The message with its continuation lines, without the final line end.
    pub message: Cow<'a, [u8]>,
    /// All other fields, in the order of the format.
    pub fields: Vec<FieldValue<'a>>,
}

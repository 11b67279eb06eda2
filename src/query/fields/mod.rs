//! Which fields the records of a view have, and what is in them: those that the format shows, further ones of records that
//! describe themselves (JSON, logfmt), and what messages give names to (`duration=12ms`, JSON inside a message).
//!
//! Every record is looked at once, on several threads ([`crate::query::survey`]); the memory is bounded by the numbers of
//! fields and values that are kept. Numbers of records are exact; see [`summary::FieldSummary`] for the rest.

mod columns;
mod distinct;
mod found;
mod numbers;
pub mod summary;
mod values;

pub use found::{Found, MOST_FIELDS};
pub(in crate::query) use numbers::{middle_of, quantile, range_of};
pub use values::EXACT;

use super::pairs::{each_pair, first_value};
use super::survey::{Seen, Survey};
use crate::format::extractor::{Extractor, Parsed};

/// How much of a message is looked through for pairs, in bytes.
const MESSAGE: usize = 16 << 10;

/// Where a field comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The index knows it: level and logger.
    Index,
    /// Records have it, as the format or they themselves say.
    Record,
    /// Messages give it a value.
    Message,
}

/// What a record has in a field: of its own, or else what its message gives that name. As filters have it.
#[must_use]
pub fn field_value<'a>(record: &'a Parsed<'_>, name: &str) -> Option<&'a [u8]> {
    let own = record.fields.iter().find(|field| field.name == name);
    let own = own.map(|field| &*field.value);
    own.or_else(|| first_value(&record.message, name))
}

/// The names that a message gives values, in order, each with its value.
#[must_use]
pub fn pairs(message: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut pairs = Vec::new();
    each_pair(message, |name, value| pairs.push((name, value)));
    pairs
}

/// Learns the fields of records.
#[derive(Debug)]
pub struct FieldsSurvey {
    extractor: Extractor,
}

impl FieldsSurvey {
    /// Of records of this format.
    #[must_use]
    pub fn new(extractor: Extractor) -> Self {
        Self { extractor }
    }
}

impl Survey for FieldsSurvey {
    type Found = Found;

    fn nothing(&self) -> Found {
        Found::default()
    }

    fn nothing_more(&self, known: &Found) -> Found {
        known.seed()
    }

    fn look(&self, seen: &Seen<'_>, found: &mut Found) {
        let mut record = found.record();
        let message = self.extractor.each_field(seen.bytes, &mut |name, value| {
            record.add(Origin::Record, name.as_bytes(), value);
        });
        let message = message.get(..MESSAGE).unwrap_or(&message);
        each_pair(message, |name, value| {
            record.add(Origin::Message, name, value);
        });
    }

    fn merge(&self, into: &mut Found, other: Found) {
        into.merge(other);
    }
}

#[cfg(test)]
mod tests;

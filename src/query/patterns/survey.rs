//! Going over records to learn their templates, and what was raised.

use std::sync::{Arc, Mutex, PoisonError};

use crate::base::id::RecordNo;
use crate::base::level::{Gravity, LevelId};
use crate::format::extractor::{Extractor, Parsed};
use crate::index::snapshot::SourceSnapshot;
use crate::query::bitmap::Mask;
use crate::query::survey::{Seen, Survey};

use super::fault::Fault;
use super::seen::{Record, Scale};
use super::table::Table;
use super::template::Templater;
use crate::index::block::Block;

/// What of it is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The templates of all messages.
    Patterns,
    /// What was raised, and errors without a trace.
    Exceptions,
}

/// Learns the groups of records.
#[derive(Debug)]
pub struct GroupSurvey {
    wanted: Wanted,
    extractor: Arc<Extractor>,
    /// Of what is counted from now on; it reaches further while the log grows.
    scale: Mutex<Scale>,
    /// Which levels are errors or graver.
    grave: Box<[bool; 256]>,
}

/// What was learnt.
#[derive(Debug, Clone)]
pub struct Found {
    /// Records by the template of their message.
    pub patterns: Table,
    /// Records with a trace, by what was raised where.
    pub raised: Table,
    /// Errors without a trace, by the template of their message.
    pub errors: Table,
    templater: Templater,
}

impl GroupSurvey {
    /// Of records of this index.
    #[must_use]
    pub fn new(wanted: Wanted, extractor: Arc<Extractor>, snapshot: &SourceSnapshot) -> Self {
        Self {
            wanted,
            extractor,
            scale: Mutex::new(scale_of(snapshot).unwrap_or_default()),
            grave: grave(snapshot),
        }
    }

    /// Whether it learns that, also of this index, which may be a newer one.
    #[must_use]
    pub fn suits(
        &self,
        wanted: Wanted,
        extractor: &Arc<Extractor>,
        snapshot: &SourceSnapshot,
    ) -> bool {
        let same = self.wanted == wanted && Arc::ptr_eq(&self.extractor, extractor);
        if same && let Some(scale) = scale_of(snapshot) {
            let mut own = self.scale.lock().unwrap_or_else(PoisonError::into_inner);
            *own = own.and(&scale);
        }
        same && self.grave == grave(snapshot)
    }

    /// What is learnt.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        self.wanted
    }

    fn is_grave(&self, level: LevelId) -> bool {
        { self.grave.get(usize::from(level.0)) }
            .copied()
            .unwrap_or(false)
    }

    fn exception(&self, parsed: &Parsed<'_>, record: Record, found: &mut Found) {
        if let Some(fault) = fault(parsed) {
            let latest = || Some(fault.message.clone());
            found
                .raised
                .add(fault.fingerprint.as_bytes(), record, latest);
        } else if self.is_grave(record.level) {
            let template = found.templater.read(&parsed.message);
            found.errors.add(template, record, || None);
        }
    }
}

impl Survey for GroupSurvey {
    type Found = Found;

    fn nothing(&self) -> Found {
        let scale = *self.scale.lock().unwrap_or_else(PoisonError::into_inner);
        Found {
            patterns: Table::new(scale, true),
            raised: Table::new(scale, false),
            errors: Table::new(scale, true),
            templater: Templater::default(),
        }
    }

    fn narrow(&self, block: &Block, wanted: &mut Mask) {
        if self.wanted == Wanted::Exceptions && is_as_written(&self.extractor) {
            let mut seen = Mask::none(wanted.records());
            block.mark_levels(|level| self.is_grave(level), seen.words_mut());
            block.tall().for_each(|slot| seen.insert(slot));
            wanted.keep(&seen);
        }
    }

    fn look(&self, seen: &Seen<'_>, found: &mut Found) {
        let Seen { block, slot, bytes } = *seen;
        let record = Record {
            record: RecordNo(block.first_record().0 + u64::from(slot.0)),
            time: block.time(slot),
            level: block.level(slot),
            logger: block.logger(slot),
        };
        match self.wanted {
            Wanted::Patterns => {
                let parsed = self.extractor.parse(bytes);
                let template = found.templater.read(&parsed.message);
                found.patterns.add(template, record, || None);
            }
            Wanted::Exceptions => {
                if self.is_grave(record.level) || may_hold_trace(bytes) {
                    self.exception(&self.extractor.parse(bytes), record, found);
                }
            }
        }
    }

    fn merge(&self, into: &mut Found, other: Found) {
        into.patterns.join(other.patterns);
        into.raised.join(other.raised);
        into.errors.join(other.errors);
    }
}

/// The steps of time over all of an index; `None` where it has no times.
fn scale_of(snapshot: &SourceSnapshot) -> Option<Scale> {
    let ends = snapshot.stats.earliest.zip(snapshot.stats.latest)?;
    Some(Scale::of(ends.0, ends.1))
}

fn grave(snapshot: &SourceSnapshot) -> Box<[bool; 256]> {
    Box::new(std::array::from_fn(|id| {
        snapshot.levels.gravity(LevelId(id as u8)) >= Gravity::Error
    }))
}

/// Whether values are as they stand in the record: a line end in a value is one in the record.
fn is_as_written(extractor: &Extractor) -> bool {
    matches!(
        extractor,
        Extractor::Template(_) | Extractor::Regex(_) | Extractor::Plain(_)
    )
}

/// Whether a record has several lines, or a value that does.
pub(in crate::query) fn may_hold_trace(record: &[u8]) -> bool {
    let inner = record
        .get(..record.len().saturating_sub(1))
        .unwrap_or_default();
    memchr::memchr(b'\n', inner).is_some() || memchr::memmem::find(inner, b"\\n").is_some()
}

/// What was raised, as the message or a field tells.
pub(in crate::query) fn fault(parsed: &Parsed<'_>) -> Option<Fault> {
    let of_fields = parsed.fields.iter().map(|field| &field.value);
    std::iter::once(&parsed.message)
        .chain(of_fields)
        .filter(|value| memchr::memchr(b'\n', value).is_some())
        .find_map(|value| Fault::read(&String::from_utf8_lossy(value)))
}

//! Going over records to learn their templates, and what was raised.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::base::cancel::Patience;
use crate::base::id::RecordNo;
use crate::base::level::{Gravity, LevelId};
use crate::base::time::{Zone, ZoneClock};
use crate::format::extractor::{Extractor, Parsed};
use crate::index::snapshot::SourceSnapshot;
use crate::query::bitmap::Mask;
use crate::query::survey::{Seen, Survey};

use super::fault::Fault;
use super::seen::{Record, Scale};
use super::table::{Of, Table};
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
    patience: Patience,
    /// Of what is counted from now on.
    begin: Mutex<Begin>,
    /// Which levels are errors or graver.
    grave: Box<[bool; 256]>,
}

/// With what tables begin.
#[derive(Debug)]
struct Begin {
    /// It reaches further while the log grows.
    scale: Scale,
    /// What had to make room most often; no group of it is kept.
    patterns: Table,
    errors: Table,
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
    /// For headers that are read on the way to messages.
    clock: ZoneClock,
}

impl GroupSurvey {
    /// Of records of this index.
    #[must_use]
    pub fn new(wanted: Wanted, extractor: Arc<Extractor>, snapshot: &SourceSnapshot) -> Self {
        let scale = scale_of(snapshot).unwrap_or_default();
        Self {
            wanted,
            extractor,
            patience: Patience::default(),
            begin: Mutex::new(Begin::new(scale, &Patience::default())),
            grave: grave(snapshot),
        }
    }

    /// While nobody waits, it puts off what takes long.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        let scale = self.begin().scale;
        Self {
            begin: Mutex::new(Begin::new(scale, &patience)),
            patience,
            ..self
        }
    }

    /// Whether nobody waits for what is learnt at present.
    #[must_use]
    pub fn is_left(&self) -> bool {
        self.patience.is_over()
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
            let mut begin = self.begin();
            begin.scale = begin.scale.and(&scale);
        }
        same && self.grave == grave(snapshot)
    }

    fn begin(&self) -> MutexGuard<'_, Begin> {
        self.begin.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn exception(&self, bytes: &[u8], record: Record, found: &mut Found) {
        let mut in_field = None;
        let message = self.extractor.each_field(bytes, &mut |_, value| {
            if in_field.is_none() {
                in_field = fault_in(value);
            }
        });
        if let Some(fault) = fault_in(&message).or(in_field) {
            let latest = || Some(fault.message.clone());
            found
                .raised
                .add(fault.fingerprint.as_bytes(), record, latest);
        } else if self.is_grave(record.level) {
            found
                .errors
                .add_message(&message, record, &mut found.templater);
        }
    }
}

impl Begin {
    fn new(scale: Scale, patience: &Patience) -> Self {
        let templates = || Table::new(scale, Of::Templates).with_patience(patience.clone());
        Self {
            scale,
            patterns: templates(),
            errors: templates(),
        }
    }
}

impl Survey for GroupSurvey {
    type Found = Found;

    fn nothing(&self) -> Found {
        let begin = self.begin();
        let scale = begin.scale;
        Found {
            patterns: begin.patterns.after(scale),
            raised: Table::new(scale, Of::Fingerprints),
            errors: begin.errors.after(scale),
            templater: Templater::default(),
            clock: ZoneClock::new(&Zone::Utc),
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
                let message = self.extractor.message(bytes, &mut found.clock);
                found
                    .patterns
                    .add_message(&message, record, &mut found.templater);
            }
            Wanted::Exceptions => {
                if self.is_grave(record.level) || may_hold_trace(bytes) {
                    self.exception(bytes, record, found);
                }
            }
        }
    }

    fn settle(&self, found: &mut Found) {
        found.patterns.settle();
        found.errors.settle();
    }

    fn merge(&self, into: &mut Found, other: Found) {
        into.patterns.join(other.patterns);
        into.raised.join(other.raised);
        into.errors.join(other.errors);
        let mut begin = self.begin();
        if into.patterns.merged() > begin.patterns.merged() {
            begin.patterns = into.patterns.after(begin.scale);
        }
        if into.errors.merged() > begin.errors.merged() {
            begin.errors = into.errors.after(begin.scale);
        }
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
        .find_map(|value| fault_in(value))
}

fn fault_in(value: &[u8]) -> Option<Fault> {
    memchr::memchr(b'\n', value)?;
    Fault::read(&String::from_utf8_lossy(value))
}

//! A number that records have, over time: the points while they are few, and per step of time the least, the median, p95
//! and the most; in one series or split by level, logger or another field.
//!
//! Every record is looked at once, on several threads ([`crate::query::survey`]); the memory is bounded by the number of
//! steps and of series.

mod bucket;
pub mod summary;
#[cfg(test)]
mod tests;

use memchr::memmem::Finder;

use super::number::{Units, measured};
use super::pairs::first_value;
use super::survey::{Seen, Survey};
use super::timeline::Scale;
use crate::base::id::{LoggerId, RecordNo};
use crate::base::level::LevelId;
use crate::base::time::{Timestamp, Zone, ZoneClock};
use crate::format::extractor::Extractor;
use crate::format::field::Role;
use crate::index::block::Block;
use crate::index::snapshot::SourceSnapshot;
use bucket::Bucket;

/// So many points are kept, and shown as such; of more, the steps tell.
pub const MOST_POINTS: usize = 4_000;

/// So many series are told apart; the records of all others are one more.
pub const MOST_SERIES: usize = 6;

/// A log that grows gets more steps behind its last one, until it has this many times as many as were asked for.
const MOST_GROWTH: usize = 2;

/// Which number, and how it is split.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlotSpec {
    /// The field.
    pub field: String,
    /// What tells the series apart.
    pub split: Split,
}

/// What tells series apart. Each has a name; what has none of these is a series of the others. Of more names than
/// [`MOST_SERIES`], the first count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Split {
    /// There is one series.
    #[default]
    None,
    /// The level.
    Level(Vec<String>),
    /// The logger, without its children.
    Logger(Vec<String>),
    /// Another field's value.
    Field(String, Vec<String>),
}

impl Split {
    /// The names of the series.
    #[must_use]
    pub fn names(&self) -> &[String] {
        let names = match self {
            Self::None => &[],
            Self::Level(names) | Self::Logger(names) | Self::Field(_, names) => names.as_slice(),
        };
        names.get(..MOST_SERIES).unwrap_or(names)
    }
}

/// The time that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// From which moment to which, both included; `None` for all that the log has.
    pub range: Option<(Timestamp, Timestamp)>,
    /// Into at most about so many steps.
    pub most: u16,
    /// Whose clocks the steps are to suit.
    pub zone: Zone,
}

/// Learns the numbers of a field.
#[derive(Debug)]
pub struct PlotSurvey {
    spec: PlotSpec,
    sheet: Sheet,
    extractor: Extractor,
    /// Finds the field's name, where a record without it cannot have the field.
    name: Option<Finder<'static>>,
    series: Series,
    scale: Scale,
}

/// How a record's series is found.
#[derive(Debug)]
enum Series {
    One,
    Level(Vec<Option<LevelId>>),
    Logger(Vec<Option<LoggerId>>),
    Field(String, Vec<String>),
}

impl PlotSurvey {
    /// Of the records of a source.
    #[must_use]
    pub fn new(
        spec: PlotSpec,
        sheet: Sheet,
        extractor: Extractor,
        snapshot: &SourceSnapshot,
    ) -> Self {
        let (first, last) = range_of(&sheet, snapshot);
        let civil = ZoneClock::new(&sheet.zone).to_civil(first);
        let offset = civil.saturating_sub(first.0);
        let names = spec.split.names();
        let series = match &spec.split {
            Split::None => Series::One,
            Split::Level(_) => {
                let id = |name: &String| snapshot.levels.find(name);
                Series::Level(names.iter().map(id).collect())
            }
            Split::Logger(_) => {
                let id = |name: &String| snapshot.loggers.find(name);
                Series::Logger(names.iter().map(id).collect())
            }
            Split::Field(field, _) => Series::Field(field.clone(), names.to_vec()),
        };
        Self {
            name: only_in_messages(&extractor, &spec.field)
                .then(|| Finder::new(&spec.field).into_owned()),
            scale: Scale::of(first, last, usize::from(sheet.most), offset),
            spec,
            sheet,
            extractor,
            series,
        }
    }

    /// Whether it learns what is asked for, of a source that may have grown.
    #[must_use]
    pub fn suits(&self, spec: &PlotSpec, sheet: &Sheet, snapshot: &SourceSnapshot) -> bool {
        let (first, last) = range_of(&self.sheet, snapshot);
        self.spec == *spec
            && self.sheet == *sheet
            && self.scale.suits(first, last)
            && self.scale.start() <= first
            && self.scale.up_to(last).len() <= self.most_steps()
    }

    fn most_steps(&self) -> usize {
        usize::from(self.sheet.most).saturating_mul(MOST_GROWTH) + 2
    }

    /// The step of a moment, which may lie behind the last one so far.
    fn step_of(&self, time: Timestamp) -> Option<usize> {
        if self.sheet.range.is_some() {
            return self.scale.step_of(time);
        }
        let nanos = time.0.checked_sub(self.scale.start().0)?;
        let step = usize::try_from(nanos / self.scale.step().nanos).ok()?;
        (nanos >= 0 && step < self.most_steps()).then_some(step)
    }

    /// The series of a record whose fields are these.
    fn series_of(&self, seen: &Seen<'_>, split: Option<&[u8]>) -> usize {
        let names = self.spec.split.names();
        let found = match &self.series {
            Series::One => return 0,
            Series::Level(ids) => {
                let level = seen.block.level(seen.slot);
                ids.iter().position(|id| *id == Some(level))
            }
            Series::Logger(ids) => {
                let logger = seen.block.logger(seen.slot);
                ids.iter().position(|id| *id == Some(logger))
            }
            Series::Field(_, values) => split.and_then(|split| {
                let mut values = values.iter();
                values.position(|value| value.as_bytes() == split)
            }),
        };
        found.unwrap_or(names.len())
    }
}

/// What the range is of: all that the log has, or what is asked for.
fn range_of(sheet: &Sheet, snapshot: &SourceSnapshot) -> (Timestamp, Timestamp) {
    let whole = snapshot.stats.earliest.zip(snapshot.stats.latest);
    sheet.range.or(whole).unwrap_or_default()
}

/// Whether a format shows no field of this name but what messages have as it is typed.
fn only_in_messages(extractor: &Extractor, field: &str) -> bool {
    let is_column = |name: &str| name.eq_ignore_ascii_case(field);
    let has = { extractor.columns().iter() }
        .any(|column| column.role == Role::Other && is_column(&column.name));
    matches!(extractor, Extractor::Template(_) | Extractor::Plain(_)) && !has
}

/// What is known of the numbers.
#[derive(Debug, Clone, Default)]
pub struct PlotFound {
    /// Per series, the steps that have any number.
    series: Vec<Vec<Bucket>>,
    /// Every number, while they are few.
    points: Vec<Point>,
    /// They are not any more.
    many: bool,
    units: Units,
}

/// A number of a record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// When.
    pub time: Timestamp,
    /// The number.
    pub number: f64,
    /// In which series.
    pub series: u8,
    /// Of which record.
    pub record: RecordNo,
}

impl Survey for PlotSurvey {
    type Found = PlotFound;

    fn nothing(&self) -> PlotFound {
        PlotFound::default()
    }

    fn nothing_more(&self, known: &PlotFound) -> PlotFound {
        PlotFound {
            many: known.many,
            ..PlotFound::default()
        }
    }

    fn wants(&self, block: &Block) -> bool {
        let stats = block.stats();
        let (start, end) = (self.scale.start(), self.scale.end());
        let ends = stats.earliest.zip(stats.latest);
        let open = self.sheet.range.is_none();
        ends.is_some_and(|(first, last)| last >= start && (open || first < end))
    }

    fn look(&self, seen: &Seen<'_>, found: &mut PlotFound) {
        let Some(time) = seen.block.time(seen.slot) else {
            return;
        };
        let Some(step) = self.step_of(time) else {
            return;
        };
        let has_name = { self.name.as_ref() }.is_none_or(|name| name.find(seen.bytes).is_some());
        if !has_name {
            return;
        }
        let split = match &self.series {
            Series::Field(name, _) => Some(name.as_str()),
            _ => None,
        };
        let mut number = None;
        let mut apart: Option<Vec<u8>> = None;
        let message = self.extractor.each_field(seen.bytes, &mut |name, value| {
            if name == self.spec.field {
                number = number.or_else(|| measured(value));
            }
            if split == Some(name) {
                apart = Some(value.to_vec());
            }
        });
        let in_message = || first_value(&message, &self.spec.field).and_then(measured);
        let Some((number, unit)) = number.or_else(in_message) else {
            return;
        };
        let apart = { apart.as_deref() }.or_else(|| first_value(&message, split?));
        let series = self.series_of(seen, apart);
        let record = RecordNo(seen.block.first_record().0 + u64::from(seen.slot.0));
        found.units.add(unit);
        found.add(
            Point {
                time,
                number,
                series: series as u8,
                record,
            },
            step,
        );
    }

    fn merge(&self, into: &mut PlotFound, other: PlotFound) {
        into.merge(other);
    }
}

impl PlotFound {
    fn add(&mut self, point: Point, step: usize) {
        let series = usize::from(point.series);
        if self.series.len() <= series {
            self.series.resize_with(series + 1, Vec::new);
        }
        let Some(steps) = self.series.get_mut(series) else {
            return;
        };
        if steps.len() <= step {
            steps.resize_with(step + 1, Bucket::default);
        }
        if let Some(bucket) = steps.get_mut(step) {
            bucket.add(point.number, point.record);
        }
        if !self.many {
            self.points.push(point);
            self.forget_many();
        }
    }

    fn forget_many(&mut self) {
        self.many |= self.points.len() > MOST_POINTS;
        if self.many {
            self.points = Vec::new();
        }
    }

    fn merge(&mut self, other: Self) {
        if self.series.len() < other.series.len() {
            self.series.resize_with(other.series.len(), Vec::new);
        }
        for (steps, more) in self.series.iter_mut().zip(other.series) {
            if steps.len() < more.len() {
                steps.resize_with(more.len(), Bucket::default);
            }
            for (bucket, more) in steps.iter_mut().zip(more) {
                bucket.merge(more);
            }
        }
        self.units.merge(other.units);
        self.many |= other.many;
        self.points.extend(other.points);
        self.forget_many();
    }
}

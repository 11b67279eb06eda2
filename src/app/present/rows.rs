//! The table's rows: the filtered view by row number, texts from the cache.

use crate::base::lang::tr;
use std::borrow::Cow;
use std::collections::BTreeSet;

use super::seams;
use super::times::TimeStyle;
use crate::app::bookmarks::Bookmarks;
use crate::app::highlight::Highlighter;
use crate::app::row_cache::RowCache;
use crate::base::id::{RecordNo, RowNo};
use crate::base::text::{Toned, name};
use crate::base::time::{TimeRange, Zone, ZoneClock, format_time};
use crate::engine::{PART_COLUMN, Phase, RowText, SourceState, ViewSnapshot, shown_columns};
use crate::format::field::{Column, Role};
use crate::query::columns::is_filtered;
use crate::query::spec::FilterSpec;
use crate::ui::table::model::{
    ColumnKind, ColumnSpec, Highlight, Known, Message, RowView, RunMark, ScrollMark, SeamMark,
    Side, TableModel, TableRow,
};
use crate::ui::table::selection::Selection;

/// What the table is given of a tab.
pub struct Rows<'a> {
    /// The newest view.
    pub view: Option<&'a ViewSnapshot>,
    /// The newest state of the source.
    pub source: Option<&'a SourceState>,
    /// Parsed rows.
    pub cache: &'a RowCache,
    /// Chosen records.
    pub selection: &'a Selection,
    /// The format's columns.
    pub columns: &'a [ColumnSpec],
    /// Texts to mark.
    pub highlighter: &'a Highlighter,
    /// Whether the view sticks to its end.
    pub follow: bool,
    /// The filter.
    pub filter: FilterSpec,
    /// As what times are shown.
    pub times: TimeStyle,
    /// The zone of times that are shown as they are written.
    pub zone: Zone,
    /// Whether the log's own colours are shown.
    pub colours: bool,
    /// Whether parts of messages have quiet colours.
    pub soft: bool,
    /// Whether keys go to this table.
    pub has_keys: bool,
    /// Marked records.
    pub bookmarks: &'a Bookmarks,
    /// Where in the view the grave records are.
    pub marks: &'a [ScrollMark],
    /// Where in the view Find's text is.
    pub found: &'a [RowNo],
    /// The record at the time of another log.
    pub twin: Option<RecordNo>,
    /// The first records of runs of repeats that are shown.
    pub open_runs: &'a BTreeSet<RecordNo>,
}

impl Rows<'_> {
    fn ready<'b>(&'b self, row: RowNo, text: &'b RowText, source: &'b SourceState) -> TableRow<'b> {
        let snapshot = &source.snapshot;
        let meta = &text.meta;
        let delta = self.delta(row, text);
        TableRow {
            record: meta.record,
            line: meta.line,
            time: meta.time,
            delta,
            gravity: snapshot.levels.gravity(meta.level),
            level: Cow::Borrowed(snapshot.levels.name(meta.level)),
            logger: Cow::Borrowed(snapshot.loggers.name(meta.logger)),
            cells: self.cells(text, delta, source),
            pens: if self.colours { &text.pens } else { &[] },
            tones: self.tones(text),
            marks: &text.marks,
            more_lines: text.more_lines,
            partial: meta.partial,
            seam: self.seam(row, meta.record, source),
            run: self.run(meta.record, source),
            beside: self.is_beside(meta.record),
            left_out: self.is_left_out(row, meta.record),
        }
    }

    /// The records that a row stands for besides its own.
    fn run(&self, record: RecordNo, source: &SourceState) -> Option<RunMark> {
        let view = self.view.filter(|view| view.collapse)?;
        if self.open_runs.contains(&record) {
            return Some(RunMark {
                more: 0,
                until: None,
            });
        }
        let run = view.run_of(record).filter(|run| !run.is_empty())?;
        let last = view.all.set().nth(RowNo(run.end - 1))?;
        let start = source.snapshot.stats.earliest;
        let time = source.snapshot.record(last).and_then(|last| last.time);
        Some(RunMark {
            more: run.end - run.start,
            until: time.map(|time| {
                let own = || format_time(time, &mut ZoneClock::new(&self.zone));
                self.times.text(time, start, None).unwrap_or_else(own)
            }),
        })
    }

    /// Whether a record is only shown because it is near one that passes the filter.
    fn is_beside(&self, record: RecordNo) -> bool {
        let view = self.view.filter(|view| view.around > 0);
        view.is_some_and(|view| !view.rows.contains(record))
    }

    /// Whether records between a row and the one above are not shown, where those around others are.
    fn is_left_out(&self, row: RowNo, record: RecordNo) -> bool {
        let around = self.view.is_some_and(|view| view.around > 0);
        let above = row.0.checked_sub(1).filter(|_| around);
        let above = above.and_then(|row| self.record(RowNo(row)));
        above.is_some_and(|above| above.0 + 1 != record.0)
    }

    /// The parts that have quiet colours; where the log has colours of its own, those are enough.
    fn tones<'b>(&self, text: &'b RowText) -> &'b [Toned] {
        match self.is_toned(text) {
            true => &text.tones,
            false => &[],
        }
    }

    fn is_toned(&self, text: &RowText) -> bool {
        let own = self.colours && !text.pens.is_empty();
        self.soft && !own
    }

    /// What happened to the file since the row above.
    fn seam(&self, row: RowNo, record: RecordNo, source: &SourceState) -> Option<SeamMark> {
        let above = match self.view.is_some_and(|view| !view.shown.is_as_in_file()) {
            // The row above is not what the file has before it.
            true => record.0.checked_sub(1).map(RecordNo),
            false => row.0.checked_sub(1).and_then(|row| self.record(RowNo(row))),
        };
        let first = source
            .seams
            .partition_point(|seam| above.is_some_and(|above| seam.record <= above));
        let behind = source.seams.iter().skip(first);
        let seams: Vec<_> = behind.take_while(|seam| seam.record <= record).collect();
        seams::mark(&seams)
    }

    /// The cells, with the time as the user wants it.
    fn cells<'b>(
        &self,
        text: &'b RowText,
        delta: Option<i64>,
        source: &SourceState,
    ) -> Cow<'b, [Box<str>]> {
        let start = source.snapshot.stats.earliest;
        let shown = text
            .meta
            .time
            .and_then(|time| self.times.text(time, start, delta));
        let mut columns = self.columns.iter();
        let place = columns.position(|column| column.kind == ColumnKind::Time);
        match (shown, place) {
            (Some(shown), Some(place)) => {
                let mut cells = text.cells.to_vec();
                if let Some(cell) = cells.get_mut(place) {
                    *cell = shown.into();
                }
                Cow::Owned(cells)
            }
            _ => Cow::Borrowed(&text.cells),
        }
    }

    /// Nanoseconds since the row above.
    fn delta(&self, row: RowNo, text: &RowText) -> Option<i64> {
        let above = self.record(RowNo(row.0.checked_sub(1)?))?;
        let before = self.source?.snapshot.record(above)?.time?;
        text.meta.time?.0.checked_sub(before.0)
    }
}

impl TableModel for Rows<'_> {
    fn len(&self) -> u64 {
        self.view.map_or(0, |view| view.shown.len())
    }

    fn row(&self, row: RowNo) -> RowView<'_> {
        let Some(record) = self.record(row) else {
            return RowView::Loading;
        };
        match (self.cache.get(record), self.source) {
            (Some(text), Some(source)) => RowView::Ready(self.ready(row, text, source)),
            _ if self.cache.is_unavailable(record) => RowView::Failed,
            _ => RowView::Loading,
        }
    }

    fn message(&self, row: RowNo) -> Option<Message<'_>> {
        let text = self.cache.get(self.record(row)?)?;
        let mut columns = self.columns.iter();
        let place = columns.position(|column| column.kind == ColumnKind::Message)?;
        Some(Message {
            first: text.cells.get(place)?,
            pens: if self.colours { &text.pens } else { &[] },
            tones: self.tones(text),
            rest: &text.rest,
            coloured: self.colours,
            toned: self.is_toned(text),
            more_lines: text.more_lines,
        })
    }

    fn record(&self, row: RowNo) -> Option<RecordNo> {
        self.view?.shown.nth(row)
    }

    fn row_of(&self, record: RecordNo) -> RowNo {
        self.view.map_or(RowNo(0), |view| view.row_of(record))
    }

    fn rows_from(&self, record: RecordNo) -> u64 {
        self.view.map_or(0, |view| view.shown.from_record(record))
    }

    fn by_time(&self) -> Option<bool> {
        let source = self.source?;
        source.snapshot.stats.earliest?;
        Some(self.view.is_some_and(|view| view.shown.is_by_time()))
    }

    fn columns(&self) -> &[ColumnSpec] {
        self.columns
    }

    fn is_selected(&self, record: RecordNo) -> bool {
        let Some(view) = self.view else { return false };
        // A row stands for all that repeat it.
        self.selection.contains(record, &view.shown)
            || (view.collapse && self.focused() == Some(record))
    }

    fn focused(&self) -> Option<RecordNo> {
        let focus = self.selection.focus()?;
        match self.view.filter(|view| view.is_repeat(focus)) {
            Some(view) => self.record(view.row_of(focus)),
            None => Some(focus),
        }
    }

    fn has_keys(&self) -> bool {
        self.has_keys
    }

    fn twin(&self) -> Option<RecordNo> {
        self.twin
    }

    fn highlights(&self, record: RecordNo, text: &str, out: &mut Vec<Highlight>) {
        let stands_here = self.selection.focus() == Some(record);
        self.highlighter.mark(text, stands_here, out);
    }

    fn known(&self) -> Known {
        let judged = self.view.map_or(0, |view| view.rows.records());
        let source = self.source.filter(|source| {
            let generation = source.snapshot.generation;
            self.view.is_some_and(|view| view.generation == generation)
        });
        Known {
            judged,
            indexed: source.map_or(0, |source| source.snapshot.len()),
            read: source.is_some_and(is_read),
        }
    }

    fn is_bookmarked(&self, record: RecordNo) -> bool {
        self.bookmarks.get(record).is_some()
    }

    fn bookmarked_rows(&self) -> Vec<RowNo> {
        let shown = |record: &RecordNo| self.view.is_some_and(|view| view.all.contains(*record));
        let records = self
            .bookmarks
            .iter()
            .map(|(record, _)| record)
            .filter(shown);
        records.map(|record| self.row_of(record)).collect()
    }

    fn marks(&self) -> &[ScrollMark] {
        self.marks
    }

    fn found_rows(&self) -> &[RowNo] {
        self.found
    }

    fn time_range(&self) -> TimeRange {
        self.filter.time
    }

    fn long_gap(&self) -> i64 {
        let time = |row: u64| {
            let record = self.record(RowNo(row))?;
            self.source?.snapshot.record(record)?.time
        };
        let gap = |row: u64| Some(time(row + 1)?.0.saturating_sub(time(row)?.0));
        let pairs = self.len().saturating_sub(1);
        let samples = pairs.min(GAPS);
        let row_of = |sample: u64| {
            (u128::from(sample) * u128::from(pairs) / u128::from(GAPS.min(pairs))) as u64
        };
        long_gap(
            (0..samples)
                .filter_map(|sample| gap(row_of(sample)))
                .collect(),
        )
    }

    fn is_filtered(&self, key: &str) -> bool {
        if self.filter.is_everything() {
            return false;
        }
        let columns = self.source.map(|source| shown_columns(&source.format));
        let columns = columns.unwrap_or_default();
        let column = columns.iter().find(|column| &*column.name == key);
        column.is_some_and(|column| is_filtered(&self.filter, column, &columns))
    }

    fn values(&self, key: &str, typed: &str) -> Vec<String> {
        let place = self.columns.iter().position(|column| column.key == key);
        place.map_or_else(Vec::new, |place| self.cache.values(place, typed))
    }

    fn follow(&self) -> bool {
        self.follow
    }
}

/// A gap is long if it is this many times the usual one.
const LONG: i64 = 20;

/// And no shorter than this, in nanoseconds.
const SHORTEST: i64 = 500_000_000;

/// How many gaps stand for all of a view.
const GAPS: u64 = 64;

/// From which gap on rows are unusually far apart, by some of the gaps between them; in nanoseconds.
fn long_gap(mut gaps: Vec<i64>) -> i64 {
    gaps.sort_unstable();
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0);
    usual.max(0).saturating_mul(LONG).max(SHORTEST)
}

/// Whether a file is read to its end.
fn is_read(source: &SourceState) -> bool {
    matches!(source.phase, Phase::Following | Phase::Lost(_))
}

/// The table's columns for a format's.
#[must_use]
pub fn column_specs(columns: &[Column]) -> Vec<ColumnSpec> {
    columns.iter().map(column_spec).collect()
}

/// The column of a field that is none of the format's.
#[must_use]
pub fn field_spec(name: &str) -> ColumnSpec {
    ColumnSpec::new(name, crate::base::text::name(name), ColumnKind::Other)
}

/// Digits that line numbers and process numbers usually have.
const NUMBER_CHARS: u16 = 6;

fn column_spec(column: &Column) -> ColumnSpec {
    let kind = match column.role {
        Role::Time => ColumnKind::Time,
        Role::Level => ColumnKind::Level,
        Role::Logger => ColumnKind::Logger,
        Role::Message => ColumnKind::Message,
        Role::Other => ColumnKind::Other,
    };
    let mut spec = ColumnSpec::new(&*column.name, title(column), kind);
    spec.hidden = &*column.name == PART_COLUMN;
    if matches!(
        &*column.name,
        "lineno" | "process" | "thread" | "levelno" | "msecs" | "relativeCreated"
    ) {
        spec.align = Side::Right;
        spec.usual_chars = Some(NUMBER_CHARS);
    }
    spec
}

/// What the header says: the field in words.
fn title(column: &Column) -> String {
    let known = match (column.role, &*column.name) {
        (Role::Time, _) => tr("Time"),
        (Role::Level, _) => tr("Level"),
        (Role::Logger, _) => tr("Logger"),
        (Role::Message, _) => tr("Message"),
        (Role::Other, "lineno") => tr("Line"),
        (Role::Other, "funcName") => tr("Function"),
        (Role::Other, "filename") => tr("File"),
        (Role::Other, "pathname") => tr("Path"),
        (Role::Other, "module") => tr("Module"),
        (Role::Other, "process") => "PID",
        (Role::Other, "processName") => tr("Process"),
        (Role::Other, "thread") => "TID",
        (Role::Other, "threadName") => tr("Thread"),
        (Role::Other, "taskName") => tr("Task"),
        (Role::Other, "levelno") => tr("Level no."),
        (Role::Other, PART_COLUMN) => tr("Format"),
        // A key of the log.
        (Role::Other, other) => return name(other).into_owned(),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_long_by_what_is_usual() {
        const SECOND: i64 = 1_000_000_000;
        for (gaps, expected) in [
            (vec![], SHORTEST),
            (vec![0, 0, 5_000 * SECOND], SHORTEST),
            (vec![SECOND, 90_000 * SECOND, SECOND], 20 * SECOND),
            (vec![-SECOND, -SECOND], SHORTEST),
            (vec![i64::MAX], i64::MAX),
        ] {
            assert_eq!(long_gap(gaps.clone()), expected, "{gaps:?}");
        }
    }
}

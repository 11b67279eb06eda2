//! The table's rows: the filtered view by row number, texts from the cache.

use crate::base::lang::tr;
use std::borrow::Cow;

use super::seams;
use super::times::TimeStyle;
use crate::app::bookmarks::Bookmarks;
use crate::app::highlight::Highlighter;
use crate::app::row_cache::RowCache;
use crate::base::id::{RecordNo, RowNo};
use crate::base::text::name;
use crate::base::time::TimeRange;
use crate::engine::{PART_COLUMN, Phase, RowText, SourceState, ViewSnapshot};
use crate::format::field::{Column, Role};
use crate::ui::table::model::{
    ColumnKind, ColumnSpec, Highlight, Known, RowView, ScrollMark, SeamMark, Side, TableModel,
    TableRow,
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
    /// The time range of the filter.
    pub range: TimeRange,
    /// As what times are shown.
    pub times: TimeStyle,
    /// Whether the log's own colours are shown.
    pub colours: bool,
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
            more_lines: text.more_lines,
            partial: meta.partial,
            seam: self.seam(row, meta.record, source),
        }
    }

    /// What happened to the file since the row above.
    fn seam(&self, row: RowNo, record: RecordNo, source: &SourceState) -> Option<SeamMark> {
        let above = row.0.checked_sub(1).and_then(|row| self.record(RowNo(row)));
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
        self.view.map_or(0, |view| view.rows.len())
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

    fn record(&self, row: RowNo) -> Option<RecordNo> {
        self.view?.rows.nth(row)
    }

    fn row_of(&self, record: RecordNo) -> RowNo {
        self.view.map_or(RowNo(0), |view| view.rows.rank(record))
    }

    fn columns(&self) -> &[ColumnSpec] {
        self.columns
    }

    fn is_selected(&self, record: RecordNo) -> bool {
        self.selection.contains(record)
    }

    fn focused(&self) -> Option<RecordNo> {
        self.selection.focus()
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
        let shown = |record: &RecordNo| self.view.is_some_and(|view| view.rows.contains(*record));
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
        self.range
    }

    fn follow(&self) -> bool {
        self.follow
    }
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

//! One open log in the window: the newest pictures the engine gave, and what the user did with them.

mod chosen;
mod manner;
mod place;
mod wanted;
mod written;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bookmarks::Bookmarks;
use super::fields::TabFields;
use super::filter_state::FilterState;
use super::find_state::Finding;
use super::groups::TabGroups;
use super::highlight::Highlighter;
use super::own_window::OwnWindow;
use super::plot::TabPlot;
use super::present::{OffersCache, Rows, TimeStyle, TreeCache, column_specs, field_spec};
use super::row_cache::RowCache;
use super::sync::TimeSync;
use super::timeline::TabTimeline;
use crate::base::id::{Generation, RecordNo, RowNo, Ticket};
use crate::base::origin::{Origin, Part};
use crate::base::rule::MarkRule;
use crate::base::text;
use crate::base::time::Timestamp;
use crate::engine::{
    CheckResult, Choice, ExportState, Phase, PreviewResult, RowManner, SourceHandle, SourceState,
    ViewSnapshot, Wanted, shown_columns,
};
use crate::format::spec::Format;
use crate::query::marking::Marking;
use crate::settings::filters::Filters;
use crate::settings::model::ColumnSetting;
use crate::tr;
use crate::ui::action::SelectHow;
use crate::ui::action::TabId;
use crate::ui::panels::details::{DetailsState, RecordDetails};
use crate::ui::panels::filters::FiltersState;
use crate::ui::panels::find_bar::FindState;
use crate::ui::panels::loggers::LoggersState;
use crate::ui::table::Selection;
use crate::ui::table::columns::{Arrangement, ColumnState};
use crate::ui::table::model::{ColumnSpec, TableModel as _};
use crate::ui::table::{Reveal, TableState};

pub(super) use place::Place;

/// What a jump looks for, for when there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// Something else: the words to be told.
    Told(&'static str),
    /// The first record at this moment or behind it; without one, the last record is the nearest.
    Time(Timestamp),
}

/// Whether the view sticks to the newest record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Follow {
    /// It stays where the user put it.
    #[default]
    Free,
    /// It sticks to the newest record.
    Tail,
}

/// One open log.
pub struct Tab {
    /// Its identity.
    pub id: TabId,
    /// Its file; for what is no file, its name for people.
    pub path: PathBuf,
    /// Where its bytes come from.
    pub origin: Origin,
    /// The logs that its path turned out to stand for, until they are offered.
    pub choice: Option<Arc<Choice>>,
    /// The engine's end.
    pub handle: SourceHandle,
    /// The newest state of the source.
    pub source: Option<Arc<SourceState>>,
    /// The newest view: rows that the filter leaves.
    pub view: Option<Arc<ViewSnapshot>>,
    /// Parsed rows near the window.
    pub rows: RowCache,
    /// Chosen records.
    pub selection: Selection,
    /// Scroll position, columns and gestures of the table.
    pub table: TableState,
    /// The format's columns.
    pub columns: Vec<ColumnSpec>,
    /// What is marked in the rows.
    pub highlighter: Highlighter,
    /// What could be typed at the cursor of the filter box, as last found.
    pub completions: OffersCache,
    /// The queries that the user keeps, for the filter box.
    pub queries: Filters,
    /// Whether the view sticks to the end.
    pub follow: Follow,
    /// What is shown.
    pub filter: FilterState,
    /// The filter rows' own state.
    pub filters: FiltersState,
    /// How the search stands.
    pub finding: Finding,
    /// The find bar: whether it is open, and what is looked for.
    pub find: FindState,
    /// The focused record, whole.
    pub record: Option<Arc<RecordDetails>>,
    /// Of two chosen records the other one, whole.
    pub beside: Option<Arc<RecordDetails>>,
    /// The logger tree as last built, and what it was built from.
    pub tree: TreeCache,
    /// Open nodes and the find box of the tree.
    pub loggers: LoggersState,
    /// The details pane's own state.
    pub details: DetailsState,
    /// The newest request that leads to a jump.
    pub seek: Ticket,
    /// What the jump looks for, in words, to be told when there is none; `None` where the find bar tells.
    pub sought: Option<Sought>,
    /// The newest copy.
    pub copy: Ticket,
    /// The newest export.
    pub export_ticket: Ticket,
    /// How it stands, while it goes on.
    pub export: Option<Arc<ExportState>>,
    /// The newest preview.
    pub preview_ticket: Ticket,
    /// How the file reads in the format being tried.
    pub preview: Option<Arc<PreviewResult>>,
    /// The newest check of the whole file.
    pub check_ticket: Ticket,
    /// How the whole file reads in the format being tried.
    pub check: Option<Arc<CheckResult>>,
    /// Marked records.
    pub bookmarks: Bookmarks,
    /// Records over time.
    pub timeline: TabTimeline,
    /// What is shown around records that pass the filter, and whether repeats are.
    pub manner: RowManner,
    /// Which fields the shown records have.
    pub fields: TabFields,
    /// A number over time.
    pub plot: TabPlot,
    /// What records have in common.
    pub groups: TabGroups,
    /// As what times are shown.
    pub times: TimeStyle,
    /// Whether the log's own colours are shown.
    pub colours: bool,
    /// Whether parts of messages have quiet colours.
    pub soft: bool,
    /// Texts that have a colour wherever they stand.
    pub labels: Vec<MarkRule>,
    /// What is marked in rows.
    pub marking: Arc<Marking>,
    /// Whether keys go to it, and not to a log beside it.
    pub has_keys: bool,
    /// How it stands to the time of other logs.
    pub sync: TimeSync,
    /// Errors that arrived while another tab was shown.
    pub unseen_errors: u64,
    /// How the log writes times.
    written: written::Written,
    /// Where to return to once the records were cut anew (format change, reload).
    pub(super) return_to: Place,
    /// The filter that it had before, a query, until the log's zone is known.
    pub(super) kept_filter: Option<String>,
    /// The window of its own, where it has one.
    pub window: Option<Box<OwnWindow>>,
    /// The record that was last asked for whole.
    record_asked: Option<(Generation, RecordNo)>,
    /// The same of the other one of two.
    beside_asked: Option<(Generation, RecordNo)>,
    /// The format that `columns` were made for.
    format: Option<Arc<Format>>,
    /// The rows that were last asked for.
    wanted: Option<Wanted>,
}

impl Tab {
    /// A tab whose file is being opened.
    #[must_use]
    pub fn new(
        id: TabId,
        (path, origin): (PathBuf, Origin),
        handle: SourceHandle,
        follow: Follow,
    ) -> Self {
        Self {
            id,
            path,
            origin,
            choice: None,
            handle,
            source: None,
            view: None,
            rows: RowCache::default(),
            selection: Selection::default(),
            table: TableState::default(),
            columns: Vec::new(),
            highlighter: Highlighter::default(),
            completions: OffersCache::default(),
            queries: Filters::default(),
            follow,
            filter: FilterState::default(),
            filters: FiltersState::default(),
            finding: Finding::default(),
            find: FindState::default(),
            record: None,
            beside: None,
            tree: TreeCache::default(),
            loggers: LoggersState::default(),
            details: DetailsState::default(),
            seek: Ticket::default(),
            sought: None,
            copy: Ticket::default(),
            export_ticket: Ticket::default(),
            export: None,
            preview_ticket: Ticket::default(),
            preview: None,
            check_ticket: Ticket::default(),
            check: None,
            bookmarks: Bookmarks::default(),
            timeline: TabTimeline::default(),
            manner: RowManner::default(),
            fields: TabFields::default(),
            plot: TabPlot::default(),
            groups: TabGroups::default(),
            times: TimeStyle::default(),
            colours: true,
            soft: true,
            labels: Vec::new(),
            marking: Arc::default(),
            has_keys: true,
            sync: TimeSync::default(),
            unseen_errors: 0,
            written: Default::default(),
            return_to: Place::default(),
            kept_filter: None,
            window: None,
            record_asked: None,
            beside_asked: None,
            format: None,
            wanted: None,
        }
    }

    /// What the log is called.
    #[must_use]
    pub fn name(&self) -> String {
        let name = match &self.origin {
            Origin::Command(line) => return text::name(&line.to_string()).into_owned(),
            Origin::Part(Part::One(name)) => Path::new(name).file_name(),
            Origin::Path
            | Origin::Rotated
            | Origin::Part(Part::All)
            | Origin::Stdin
            | Origin::Text(_) => self.path.file_name(),
        };
        let name = name.unwrap_or(self.path.as_os_str());
        text::path(Path::new(name))
    }

    /// Where the log is, whole.
    #[must_use]
    pub fn place(&self) -> String {
        let path = text::path(&self.path);
        match &self.origin {
            Origin::Part(Part::One(name)) => format!("{path}: {}", text::name(name)),
            Origin::Rotated => tr!("{path} with its rotated files", path),
            _ => path,
        }
    }

    /// The table's state and its rows, to be used together.
    pub fn parts(&mut self) -> (&mut TableState, Rows<'_>) {
        let rows = Rows {
            view: self.view.as_deref(),
            source: self.source.as_deref(),
            cache: &self.rows,
            selection: &self.selection,
            columns: &self.columns,
            highlighter: &self.highlighter,
            follow: self.follow == Follow::Tail,
            filter: self.filter.in_force().clone(),
            times: self.times,
            zone: self.zone(),
            colours: self.colours,
            soft: self.soft,
            marks: &self.timeline.marks,
            found: match &self.view {
                Some(view) => self.finding.marks(view.generation),
                None => &[],
            },
            bookmarks: &self.bookmarks,
            has_keys: self.has_keys,
            twin: self.sync.twin,
            open_runs: &self.manner.open,
        };
        (&mut self.table, rows)
    }

    /// Rows of the present view, records around those that pass included.
    #[must_use]
    pub fn row_count(&self) -> u64 {
        self.view.as_ref().map_or(0, |view| view.shown.len())
    }

    /// Whether a list that is gone through by arrows has the keyboard: the logger tree, groups of records.
    #[must_use]
    pub fn list_has_keyboard(&self) -> bool {
        let groups = self.groups.panel();
        self.loggers.has_keyboard
            || self.fields.panel.has_keyboard
            || groups.is_some_and(|panel| panel.has_keyboard)
    }

    /// Whether any part of a filter is active.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.filter.effective().is_everything()
    }

    /// Records that pass the filter; without one all of them, also those that the view has not caught up with.
    #[must_use]
    pub fn shown_count(&self) -> u64 {
        match &self.source {
            Some(source) if !self.is_filtered() => source.snapshot.len(),
            _ => self.view.as_ref().map_or(0, |view| view.rows.len()),
        }
    }

    /// The generation that the view's records count in.
    #[must_use]
    pub fn generation(&self) -> Generation {
        self.view
            .as_ref()
            .map_or_else(Generation::default, |view| view.generation)
    }

    /// Whether there is no file, or none that can be read, and never was one.
    #[must_use]
    pub fn has_no_file(&self) -> bool {
        let source = self.source.as_deref();
        source.is_some_and(|it| matches!(it.phase, Phase::Lost(_)) && it.snapshot.is_empty())
    }

    /// The record shown in a row.
    #[must_use]
    pub fn record_at(&self, row: RowNo) -> Option<RecordNo> {
        self.view.as_ref()?.shown.nth(row)
    }

    /// The row of a record, or of the next shown one after it.
    #[must_use]
    pub fn row_of(&self, record: RecordNo) -> RowNo {
        self.view
            .as_ref()
            .map_or(RowNo(0), |view| view.row_of(record))
    }

    /// Whether the view sticks to the newest record.
    #[must_use]
    pub fn follows(&self) -> bool {
        self.follow == Follow::Tail
    }

    /// Selects a record and brings it into sight.
    pub fn go_to(&mut self, record: RecordNo) {
        self.select(record, SelectHow::Replace);
        self.follow = Follow::Free;
        self.focus_changed();
        let (table, rows) = self.parts();
        table.reveal(rows.row_of(record), Reveal::Centre, &rows);
    }

    /// The focus moved: the details pane needs another record.
    pub fn focus_changed(&mut self) {
        let Some(focus) = self.selection.focus() else {
            return;
        };
        let wanted = (self.generation(), focus);
        if self.record_asked != Some(wanted) {
            self.record_asked = Some(wanted);
            self.handle.want_record(focus);
        }
        let wanted = self.other_of_two().map(|other| (self.generation(), other));
        if self.beside_asked != wanted {
            self.beside_asked = wanted;
            self.beside = None;
            if let Some((_, other)) = wanted {
                self.handle.want_beside(other);
            }
        }
    }

    /// Empties the filter box.
    pub fn clear_draft(&mut self) {
        self.filter.clear_draft();
        self.filters.bar.clear();
    }

    /// Swaps the view in; the record that the user looks at stays where it is on screen.
    pub fn take_view(&mut self, view: Arc<ViewSnapshot>) {
        let same_records = view.generation == self.generation();
        let (table, rows) = self.parts();
        let anchor = table.anchor(&rows).filter(|_| same_records);
        if !same_records {
            self.rows.enter(view.generation);
            self.table.forget_news();
            self.table.forget_open();
            self.forget_runs();
            self.selection.clear();
            self.record = None;
            self.record_asked = None;
            self.beside = None;
            self.beside_asked = None;
            self.wanted = None;
            self.sync.twin = None;
        }
        let by_time = |view: &Arc<ViewSnapshot>| view.shown.is_by_time();
        if self.view.as_ref().is_some_and(by_time) != by_time(&view) {
            self.selection.keep_focus();
        }
        self.view = Some(view);
        if let Some(anchor) = anchor {
            let (table, rows) = self.parts();
            table.restore(&anchor, &rows);
        }
        self.return_to_place();
        self.refresh_grown_record();
        if self.table.visible().is_empty() {
            self.want_rows();
        }
    }

    /// Takes over the columns when the format is another one; `kept` is how the user arranged them before.
    pub fn take_format(&mut self, kept: &BTreeMap<String, Vec<ColumnSetting>>) {
        self.note_levels();
        let Some(source) = &self.source else { return };
        let same = self
            .format
            .as_ref()
            .is_some_and(|format| Arc::ptr_eq(format, &source.format));
        if same {
            return;
        }
        self.format = Some(Arc::clone(&source.format));
        let kept = self
            .format_key()
            .and_then(|key| kept.get(&key))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let more = kept.iter().filter(|column| column.field);
        self.set_more_columns(more.map(|column| column.key.as_str().into()).collect());
        self.table
            .set_columns(kept.iter().map(column_state).collect());
    }

    /// Titles the columns anew, in another language.
    pub fn name_columns(&mut self) {
        if let Some(format) = &self.format {
            self.columns = column_specs(&shown_columns(format));
            self.columns
                .extend(self.rows.more().iter().map(|name| field_spec(name)));
            self.widen_time();
            self.note_levels();
        }
    }

    /// The fields that are columns beyond the format's.
    #[must_use]
    pub fn more_columns(&self) -> &[Arc<str>] {
        self.rows.more()
    }

    /// Makes these fields columns beyond the format's. Rows are read anew.
    pub fn set_more_columns(&mut self, more: Arc<[Arc<str>]>) {
        if *self.rows.more() != *more {
            self.handle.show_more_columns(more.clone());
            self.rows.set_more(more);
            self.wanted = None;
        }
        self.name_columns();
    }

    /// The columns as the user arranged them, over the format's.
    #[must_use]
    pub fn arrangement(&self) -> Arrangement {
        Arrangement::new(&self.columns, self.table.columns())
    }

    /// The columns as the format has them.
    #[must_use]
    pub fn default_columns(&self) -> Vec<ColumnState> {
        Arrangement::new(&self.columns, &[]).states
    }

    /// Under which name the columns of this format are kept.
    #[must_use]
    pub fn format_key(&self) -> Option<String> {
        self.format.as_ref().map(|format| format.name.clone())
    }

    /// Asks again for the focused record when it has grown since (the last one of a followed file).
    pub fn refresh_grown_record(&mut self) {
        let Some(record) = &self.record else { return };
        let now = self
            .source
            .as_ref()
            .and_then(|source| source.snapshot.record(record.record));
        if now.is_some_and(|now| now.length != record.indexed) {
            self.record_asked = None;
            self.focus_changed();
        }
    }

    /// Whether there is more in the file than is known of it.
    #[must_use]
    pub fn is_indexing(&self) -> bool {
        let phase = self.source.as_ref().map(|source| &source.phase);
        matches!(phase, Some(Phase::Opening | Phase::Indexing(_)))
    }
}

fn column_state(kept: &ColumnSetting) -> ColumnState {
    ColumnState {
        key: kept.key.clone(),
        width: kept.width,
        hidden: kept.hidden,
    }
}

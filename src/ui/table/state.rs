//! What only the table cares about: where it stands, its columns, and gestures under way.

use std::ops::Range;
use std::sync::Arc;

use egui::Pos2;

use super::column_filter::Draft;
use super::columns::{Arrangement, ColumnState};
use super::measure::{Manner, Measured, Sizes};
use super::model::TableModel;
use super::scroll::{Extent, ScrollPos};
use super::wrap::Widths;
use crate::base::id::{RecordNo, RowNo};
use crate::ui::action::{Action, SelectHow, Step};

/// The table's own state; one per tab.
#[derive(Debug, Clone, Default)]
pub struct TableState {
    pub(super) pos: ScrollPos,
    /// Sideways scrolling in points.
    pub(super) x: f32,
    /// Columns as the user arranged them, overlaid on the format's at every frame.
    columns: Vec<ColumnState>,
    /// How large things were in the last frame.
    sizes: Option<Sizes>,
    /// Rows that there were then.
    len: u64,
    /// Which rows may have several lines.
    pub(super) manner: Manner,
    /// What the last frame showed.
    pub(super) kept: Option<Kept>,
    /// A record that was brought into view and stays there until the rows around it are read, and so are measured.
    pub(super) goal: Option<RecordNo>,
    /// What of the file is no news.
    seen: Option<Seen>,
    pub(super) gesture: Gesture,
    /// What is typed in the menu of a header.
    pub(super) column_filter: Draft,
    /// What the open context menu of a row is about.
    pub(super) menu: Option<MenuTarget>,
    /// The word under the pointer in the last frame.
    pub word: Option<String>,
    /// Nothing else had the keyboard in the last frame.
    pub has_keyboard: bool,
    /// How often the user went elsewhere.
    moves: u64,
    /// Where the rows begin in the window, in points from its top.
    pub(super) origin: f32,
}

/// Records are counted and not rows, so that another filter makes no news of old records.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Seen {
    /// Records there were when the view last stood at its end or the file was still being read.
    records: u64,
    /// Whether the file was read to its end then.
    read: bool,
}

/// What the pointer is doing, from press to release.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Gesture {
    #[default]
    None,
    /// Choosing rows.
    Select,
    /// Dragging the thumb, taken hold of so many points below its top.
    Thumb(f64),
    /// Holding the trough: so many rows further, next at this time.
    Page(i64, f64),
    /// Dragging the sideways thumb.
    SideThumb(f32),
    /// Dragging the border right of a shown column.
    Border(usize),
    /// Dragging a header, by its index into the arranged columns.
    Header(usize),
}

/// The row and cell that a context menu is about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MenuTarget {
    pub record: RecordNo,
    /// Index into the arranged columns.
    pub column: Option<usize>,
    pub at: Pos2,
    /// The word that it was opened at.
    pub word: Option<String>,
}

/// A record and where it stood, to be found again after the rows have changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anchor {
    /// The focused record if it is visible, else the first visible one.
    pub record: RecordNo,
    /// Points from the view's top edge to the record's top edge.
    pub top: f64,
}

/// What a frame showed, so that the next one does not move it when rows above turn out to be higher.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Kept {
    /// Where the view stood.
    pub pos: ScrollPos,
    /// What was looked at.
    pub anchor: Anchor,
    /// Rows in view, partly visible ones included.
    pub rows: u64,
}

/// How a row is brought into view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reveal {
    /// By the least move.
    Nearest,
    /// Into the middle, unless it is visible.
    Centre,
}

/// What is taken for the sizes before the first frame tells them.
const FIRST: Sizes = Sizes {
    row: crate::ui::theme::space::ROW,
    line: crate::ui::theme::space::ROW,
    view: 600.0,
    message: 600.0,
    widths: Widths {
        cell: 8.0,
        wide: 13.0,
        picture: 16.0,
    },
};

impl TableState {
    /// A state with the columns as they were saved.
    #[must_use]
    pub fn with_columns(columns: Vec<ColumnState>) -> Self {
        Self {
            columns,
            ..Self::default()
        }
    }

    /// The columns as the user arranged them.
    #[must_use]
    pub fn columns(&self) -> &[ColumnState] {
        &self.columns
    }

    /// Arranges the columns, as after a change of the format.
    pub fn set_columns(&mut self, columns: Vec<ColumnState>) {
        self.columns = columns;
    }

    /// Where the view stands.
    #[must_use]
    pub fn position(&self) -> ScrollPos {
        self.pos
    }

    /// A number that changes whenever the user goes elsewhere, by the wheel, a key, a jump or a choice; not when rows
    /// come, are filtered, or are followed.
    #[must_use]
    pub fn moves(&self) -> u64 {
        self.moves
    }

    /// The user went elsewhere.
    pub fn moved(&mut self) {
        self.moves += 1;
        self.goal = None;
    }

    /// Rows that the last frame showed, partly visible ones included; empty before the first frame. Where rows have
    /// several lines and the view has moved since, these are the most that may be seen.
    #[must_use]
    pub fn visible(&self) -> Range<RowNo> {
        let Some(sizes) = self.sizes else {
            return RowNo(0)..RowNo(0);
        };
        let rows = match self.kept.filter(|kept| kept.pos == self.pos) {
            Some(kept) => kept.rows,
            None => {
                let offset = self.pos.offset_px.min(sizes.row);
                ((offset + sizes.view) / sizes.row).ceil().max(0.0) as u64
            }
        };
        let end = self.pos.row.saturating_add(rows).min(self.len);
        RowNo(self.pos.row.min(end))..RowNo(end)
    }

    /// The first record that is news: the file gained it after it was read and the view last stood at its end.
    #[must_use]
    pub fn news(&self) -> RecordNo {
        let seen = self.seen.filter(|seen| seen.read);
        RecordNo(seen.map_or(u64::MAX, |seen| seen.records))
    }

    /// Record numbers count anew: nothing of what comes is news.
    pub fn forget_news(&mut self) {
        self.seen = None;
    }

    /// Rows that are news.
    pub(super) fn unseen(&self, model: &dyn TableModel) -> u64 {
        model.rows_from(self.news())
    }

    /// Where the focused (if visible) or else the first visible record stands, to keep it there when the rows change.
    #[must_use]
    pub fn anchor(&self, model: &dyn TableModel) -> Option<Anchor> {
        // Rows may have been read since, which the user has not seen yet.
        if let Some(kept) = self.kept.filter(|kept| kept.pos == self.pos) {
            return Some(kept.anchor);
        }
        let measured = self.measured(model);
        let visible = self.visible();
        let focused = model
            .focused()
            .filter(|record| visible.contains(&model.row_of(*record)));
        let record = focused.or_else(|| model.record(RowNo(self.pos.row)))?;
        let row = model.row_of(record).0;
        Some(Anchor {
            record,
            top: self.pos.top_of(row, &measured.extent()),
        })
    }

    /// Where the user looks: at the focused record if it is visible, else at the first row that is wholly in view.
    #[must_use]
    pub fn looked_at(&self, model: &dyn TableModel) -> Option<Anchor> {
        let anchor = self.anchor(model)?;
        let measured = self.measured(model);
        let row = model.row_of(anchor.record).0;
        let below = model.record(RowNo(row + 1));
        match below.filter(|_| anchor.top < 0.0 && model.focused() != Some(anchor.record)) {
            Some(record) => Some(Anchor {
                record,
                top: self.pos.top_of(row + 1, &measured.extent()),
            }),
            None => Some(anchor),
        }
    }

    /// Puts an anchored record (or the row that follows it, when it is no longer shown) where it stood.
    pub fn restore(&mut self, anchor: &Anchor, model: &dyn TableModel) {
        let measured = self.measured(model);
        let row = model.row_of(anchor.record).0;
        self.pos = ScrollPos::at(row).moved(-anchor.top, &measured.extent());
    }

    /// Where the rows begin in the window, in points from its top.
    #[must_use]
    pub fn origin(&self) -> f32 {
        self.origin
    }

    /// Puts an anchored record (or the row that follows it) where another table has it, or as near as the view reaches.
    /// The user did not go there.
    pub fn align(&mut self, anchor: &Anchor, model: &dyn TableModel) {
        self.restore(anchor, model);
        let measured = self.measured(model);
        let row = model.row_of(anchor.record).0;
        self.pos = self.pos.revealing(row, &measured.extent());
        self.goal = measured.is_mixed().then_some(anchor.record);
    }

    /// Brings a row into view.
    pub fn reveal(&mut self, row: RowNo, how: Reveal, model: &dyn TableModel) {
        self.moved();
        let measured = self.measured(model);
        let extent = measured.extent();
        self.pos = match how {
            Reveal::Nearest => self.pos.revealing(row.0, &extent),
            Reveal::Centre => self.pos.centring(row.0, &extent),
        };
        self.goal = model.record(row).filter(|_| measured.is_mixed());
    }

    /// Carries out `Action::MoveSelection`: brings the target row into view and says what is to be chosen. A record that
    /// is higher than the view is gone through before the next is chosen.
    pub fn move_selection(
        &mut self,
        by: Step,
        extend: bool,
        model: &dyn TableModel,
    ) -> Option<Action> {
        let last = model.len().checked_sub(1)?;
        let measured = self.measured(model);
        let extent = measured.extent();
        let focus = model.focused().map(|record| model.row_of(record).0);
        let from = focus.unwrap_or(self.pos.row).min(last);
        if let (Some(focus), Step::Rows(rows @ (-1 | 1)), false) = (focus, by, extend)
            && let Some(pos) = self.pos.through(focus, rows > 0, &extent)
        {
            self.pos = pos;
            self.moved();
            return None;
        }
        let row = match by {
            // With nothing chosen yet, the first step chooses the first visible row.
            Step::Rows(_) if focus.is_none() => from,
            Step::Rows(rows) => from.saturating_add_signed(rows),
            Step::Pages(pages) => {
                let before = self.pos;
                let (pos, row) = before.paged(from, pages, &extent);
                self.pos = pos;
                row
            }
            Step::Start => 0,
            Step::End => last,
        };
        let row = row.min(last);
        self.pos = self.pos.revealing(row, &extent);
        self.moved();
        let record = model.record(RowNo(row))?;
        self.goal = measured.is_mixed().then_some(record);
        Some(Action::SelectRecord {
            record,
            how: if extend {
                SelectHow::Extend
            } else {
                SelectHow::Replace
            },
        })
    }

    /// Whether messages are wrapped.
    #[must_use]
    pub fn wraps(&self) -> bool {
        self.manner.wrap
    }

    /// Wraps messages, or shows each on one line; what is looked at stays where it is.
    pub fn set_wrap(&mut self, wrap: bool, model: &dyn TableModel) {
        if self.manner.wrap != wrap {
            self.change(model, |manner| manner.wrap = wrap);
        }
    }

    /// Wraps messages from the first frame on.
    pub fn start_wrapped(&mut self, wrap: bool) {
        self.manner.wrap = wrap;
    }

    /// Whether a record shows all its lines.
    #[must_use]
    pub fn is_open(&self, record: RecordNo) -> bool {
        self.manner.open.contains(&record)
    }

    /// Whether any record shows all its lines.
    #[must_use]
    pub fn has_open(&self) -> bool {
        !self.manner.open.is_empty()
    }

    /// Shows all lines of a record in the table, or its first one; its top stays where it is, if that is in view. Whether
    /// that changes anything.
    pub fn set_open(&mut self, record: RecordNo, open: bool, model: &dyn TableModel) -> bool {
        let row = model.row_of(record);
        let measured = self.measured(model);
        if self.is_open(record) == open || (open && !measured.has_more(row)) {
            return false;
        }
        let top = self.pos.top_of(row.0, &measured.extent());
        let opened = Arc::make_mut(&mut self.manner.open);
        if open {
            opened.insert(record);
        } else {
            opened.remove(&record);
        }
        self.kept = None;
        let top = if open { top } else { top.max(0.0) };
        self.restore(&Anchor { record, top }, model);
        self.moved();
        true
    }

    /// Shows no record with all its lines any more.
    pub fn close_all(&mut self, model: &dyn TableModel) {
        if self.has_open() {
            self.change(model, |manner| manner.open = Arc::default());
        }
    }

    /// Record numbers count anew: nothing is open.
    pub fn forget_open(&mut self) {
        self.manner.open = Arc::default();
        self.kept = None;
        self.goal = None;
    }

    fn change(&mut self, model: &dyn TableModel, change: impl FnOnce(&mut Manner)) {
        let anchor = self.anchor(model);
        change(&mut self.manner);
        self.kept = None;
        if let Some(anchor) = anchor {
            self.restore(&anchor, model);
        }
    }

    /// Counts what is seen: all of a file that is still being read, and what the view has judged while it sticks to or
    /// stands at its end.
    pub(super) fn count_seen(&mut self, model: &dyn TableModel, extent: &Extent<'_>) {
        let known = model.known();
        let at_end = self.pos == ScrollPos::end(extent);
        let before = self.seen.filter(|seen| seen.read && known.read);
        let records = match before {
            // The view may lag behind the file: it has not judged the last of what was there at first.
            None => known.indexed.max(known.judged),
            Some(seen) if at_end || model.follow() => known.judged.max(seen.records),
            Some(seen) => seen.records,
        };
        self.seen = Some(Seen {
            records,
            read: known.read,
        });
    }

    /// Measures the rows of a model as the last frame did.
    pub(super) fn measured<'a>(&self, model: &'a dyn TableModel) -> Measured<'a> {
        Measured::new(model, self.sizes.unwrap_or(FIRST), self.manner.clone())
    }

    /// Remembers how large things are in this frame.
    pub(super) fn measure(&mut self, sizes: Sizes, len: u64) {
        self.sizes = Some(sizes);
        self.len = len;
    }

    /// Keeps the position inside what there is, and what is looked at where it was, whatever rows above it turned out to
    /// be like.
    pub(super) fn settle(&mut self, model: &dyn TableModel, measured: &Measured<'_>) {
        let extent = measured.extent();
        self.pos = self.pos.clamped(&extent);
        if !measured.is_mixed() {
            self.kept = None;
            self.goal = None;
        } else if let Some(goal) = self.goal {
            self.pos = self.pos.revealing(model.row_of(goal).0, &extent);
        } else if let Some(kept) = self.kept.filter(|kept| kept.pos == self.pos) {
            let row = model.row_of(kept.anchor.record).0;
            // Less than a pixel is rounding.
            if (self.pos.top_of(row, &extent) - kept.anchor.top).abs() > 0.4 {
                self.pos = ScrollPos::at(row).moved(-kept.anchor.top, &extent);
            }
        }
    }

    /// The user's arrangement over the model's columns.
    pub(super) fn arrangement(&self, model: &dyn TableModel) -> Arrangement {
        Arrangement::new(model.columns(), &self.columns)
    }

    /// Takes over a changed arrangement.
    pub(super) fn arrange(&mut self, arrangement: Arrangement) {
        self.columns = arrangement.states;
    }
}

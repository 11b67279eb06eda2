//! What only the table cares about: where it stands, its columns, and gestures under way.

use std::ops::Range;

use egui::Pos2;

use super::columns::{Arrangement, ColumnState};
use super::model::TableModel;
use super::scroll::{Extent, ScrollPos};
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
    /// Extent of the last frame.
    extent: Option<Extent>,
    /// What of the file is no news.
    seen: Option<Seen>,
    pub(super) gesture: Gesture,
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

/// How a row is brought into view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reveal {
    /// By the least move.
    Nearest,
    /// Into the middle, unless it is visible.
    Centre,
}

/// Height of the view before the first frame, in points; corrected by the first frame.
const FIRST_VIEW: f32 = 600.0;

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
    }

    /// Rows that the last frame showed, partly visible ones included; empty before the first frame.
    #[must_use]
    pub fn visible(&self) -> Range<RowNo> {
        let Some(extent) = self.extent else {
            return RowNo(0)..RowNo(0);
        };
        let shown = self.pos.offset_px + extent.view;
        let rows = (shown / extent.row_height).ceil().max(0.0) as u64;
        let end = self.pos.row.saturating_add(rows).min(extent.len);
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
        model.len().saturating_sub(model.row_of(self.news()).0)
    }

    /// Where the focused (if visible) or else the first visible record stands, to keep it there when the rows change.
    #[must_use]
    pub fn anchor(&self, model: &dyn TableModel) -> Option<Anchor> {
        let extent = self.extent(model);
        let visible = self.visible();
        let focused = model
            .focused()
            .filter(|record| visible.contains(&model.row_of(*record)));
        let record = focused.or_else(|| model.record(RowNo(self.pos.row)))?;
        let row = model.row_of(record).0;
        Some(Anchor {
            record,
            top: self.pos.top_of(row, &extent),
        })
    }

    /// Where the user looks: at the focused record if it is visible, else at the first row that is wholly in view.
    #[must_use]
    pub fn looked_at(&self, model: &dyn TableModel) -> Option<Anchor> {
        let anchor = self.anchor(model)?;
        let extent = self.extent(model);
        let row = model.row_of(anchor.record).0;
        let below = model.record(RowNo(row + 1));
        match below.filter(|_| anchor.top < 0.0 && model.focused() != Some(anchor.record)) {
            Some(record) => Some(Anchor {
                record,
                top: self.pos.top_of(row + 1, &extent),
            }),
            None => Some(anchor),
        }
    }

    /// Puts an anchored record (or the row that follows it, when it is no longer shown) where it stood.
    pub fn restore(&mut self, anchor: &Anchor, model: &dyn TableModel) {
        let extent = self.extent(model);
        let row = model.row_of(anchor.record).0;
        self.pos = ScrollPos::at(row).moved(-anchor.top, &extent);
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
        let extent = self.extent(model);
        let row = model.row_of(anchor.record).0;
        self.pos = self.pos.revealing(row, &extent);
    }

    /// Brings a row into view.
    pub fn reveal(&mut self, row: RowNo, how: Reveal, model: &dyn TableModel) {
        self.moved();
        let extent = self.extent(model);
        self.pos = match how {
            Reveal::Nearest => self.pos.revealing(row.0, &extent),
            Reveal::Centre => self.pos.centring(row.0, &extent),
        };
    }

    /// Carries out `Action::MoveSelection`: brings the target row into view and says what is to be chosen.
    pub fn move_selection(
        &mut self,
        by: Step,
        extend: bool,
        model: &dyn TableModel,
    ) -> Option<Action> {
        let last = model.len().checked_sub(1)?;
        let extent = self.extent(model);
        let focus = model.focused().map(|record| model.row_of(record).0);
        let from = focus.unwrap_or(self.pos.row).min(last);
        let rows = match by {
            // With nothing chosen yet, the first step chooses the first visible row.
            Step::Rows(_) if focus.is_none() => 0,
            Step::Rows(rows) => rows,
            Step::Pages(pages) => {
                let page = i64::try_from(extent.page()).unwrap_or(i64::MAX);
                let rows = pages.saturating_mul(page);
                self.pos = self.pos.moved_rows(rows, &extent);
                rows
            }
            Step::Start => i64::MIN,
            Step::End => i64::MAX,
        };
        let row = from.saturating_add_signed(rows).min(last);
        self.pos = self.pos.revealing(row, &extent);
        self.moved();
        Some(Action::SelectRecord {
            record: model.record(RowNo(row))?,
            how: if extend {
                SelectHow::Extend
            } else {
                SelectHow::Replace
            },
        })
    }

    /// Counts what is seen: all of a file that is still being read, and what the view has judged while it sticks to or
    /// stands at its end.
    pub(super) fn count_seen(&mut self, model: &dyn TableModel, extent: &Extent) {
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

    /// The extent of the last frame with today's number of rows.
    pub(super) fn extent(&self, model: &dyn TableModel) -> Extent {
        let last = self.extent.unwrap_or(Extent {
            len: 0,
            row_height: crate::ui::theme::space::ROW,
            view: FIRST_VIEW,
        });
        Extent {
            len: model.len(),
            ..last
        }
    }

    /// Remembers this frame's extent and keeps the position inside it.
    pub(super) fn measure(&mut self, extent: Extent) {
        self.extent = Some(extent);
        self.pos = self.pos.clamped(&extent);
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

//! Where the user is in a log, kept while its records are cut anew.

use super::Tab;
use crate::base::id::RecordNo;
use crate::engine::ViewSnapshot;
use crate::index::snapshot::SourceSnapshot;
use crate::settings::session::KeptPlace;
use crate::ui::action::SelectHow;
use crate::ui::table::Anchor;

/// What outlasts that the records are cut anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spot {
    /// A byte of the text.
    Byte(u64),
    /// The record of this number.
    Record(RecordNo),
}

impl Spot {
    /// The record there, as soon as it is indexed and has been seen by the filter.
    fn find(self, snapshot: &SourceSnapshot, view: &ViewSnapshot) -> Option<RecordNo> {
        let record = match self {
            Self::Byte(offset) => snapshot
                .record_at_offset(offset)
                .filter(|_| snapshot.indexed_bytes > offset),
            Self::Record(record) => snapshot.record(record).map(|_| record),
        };
        record.filter(|record| record.0 < view.rows.records())
    }
}

/// What is found again when it is indexed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::app) struct Place {
    /// What stood where in sight: points from the top of the table. `None` where the newest records are to be in sight.
    seen: Option<(Spot, f64)>,
    /// The record with the focus.
    chosen: Option<Spot>,
    /// Bytes that the log has at least, if it is the one that is meant.
    of: u64,
}

impl Place {
    /// Where a view is whose records keep their numbers.
    pub(in crate::app) fn of(tab: &mut Tab) -> Self {
        Self::by(tab, |record| Some(Spot::Record(record)))
    }

    fn by(tab: &mut Tab, spot: impl Fn(RecordNo) -> Option<Spot>) -> Self {
        let seen = if tab.follows() { None } else { tab.anchor() };
        Self {
            seen: seen.and_then(|anchor| Some((spot(anchor.record)?, anchor.top))),
            chosen: tab.selection.focus().and_then(spot),
            of: 0,
        }
    }

    /// As the session has it.
    fn from_kept(kept: &KeptPlace) -> Self {
        Self {
            seen: kept.seen.map(|byte| (Spot::Byte(byte), kept.top)),
            chosen: kept.chosen.map(Spot::Byte),
            of: kept.of,
        }
    }

    /// As the session keeps it; `None` at the start of a log, or at its end.
    fn kept(self, of: u64) -> Option<KeptPlace> {
        let byte = |spot| match spot {
            Spot::Byte(byte) => Some(byte),
            Spot::Record(_) => None,
        };
        let seen = self.seen.and_then(|(spot, top)| Some((byte(spot)?, top)));
        let kept = KeptPlace {
            of,
            chosen: self.chosen.and_then(byte),
            seen: seen.map(|(byte, _)| byte),
            top: seen.map_or(0.0, |(_, top)| top),
        };
        (kept.chosen.is_some() || kept.seen.is_some_and(|byte| byte > 0)).then_some(kept)
    }
}

impl Tab {
    fn anchor(&mut self) -> Option<Anchor> {
        let (table, rows) = self.parts();
        table.anchor(&rows)
    }

    /// The record that the user looks at: the focused one if it is in sight, else the topmost.
    pub fn anchor_record(&mut self) -> Option<RecordNo> {
        self.anchor().map(|anchor| anchor.record)
    }

    /// The place by its byte offset.
    fn byte_place(&mut self) -> Place {
        let source = self.source.clone();
        let byte = |record| Some(source.as_ref()?.snapshot.record(record)?.offset);
        Place::by(self, |record| byte(record).map(Spot::Byte))
    }

    /// Remembers the place by its byte offset, because record numbers will count anew.
    pub fn remember_place(&mut self) {
        self.return_to = self.byte_place();
    }

    /// The place as the session keeps it.
    pub fn kept_place(&mut self) -> Option<KeptPlace> {
        if self.return_to != Place::default() {
            // It is not there yet.
            return self.return_to.kept(self.return_to.of);
        }
        let of = self.source.as_ref()?.snapshot.indexed_bytes;
        self.byte_place().kept(of)
    }

    /// Goes to a place that the session kept, once it is read; not in a log that is shorter than that was.
    pub fn return_to_kept(&mut self, kept: &KeptPlace) {
        self.return_to = Place::from_kept(kept);
    }

    /// Remembers the place by its record, because bytes will count anew.
    pub fn remember_record(&mut self) {
        self.return_to = Place::of(self);
    }

    /// Goes back to what is remembered and is indexed by now: rows stand where they stood, what was chosen is again, and
    /// what followed the log still does.
    pub(super) fn return_to_place(&mut self) {
        let Some((source, view)) = self.source.clone().zip(self.view.clone()) else {
            return;
        };
        if source.file_len < self.return_to.of {
            self.return_to = Place::default();
        }
        let snapshot = &source.snapshot;
        if snapshot.generation != view.generation {
            return;
        }
        let find = |at: Spot| at.find(snapshot, &view);
        let in_sight = self.table.visible();
        let in_sight = in_sight.end.0.saturating_sub(in_sight.start.0);
        // A row can stand where it stood once there are rows below it, too.
        let below = |record| view.shown.len().saturating_sub(view.row_of(record).0);
        let seen = self.return_to.seen;
        let seen = seen.and_then(|(at, top)| Some((find(at)?, top)));
        if let Some((record, top)) =
            seen.filter(|(record, _)| view.complete || below(*record) > in_sight)
        {
            self.return_to.seen = None;
            let (table, rows) = self.parts();
            table.restore(&Anchor { record, top }, &rows);
        }
        let chosen = self.return_to.chosen;
        if let Some(record) = chosen.and_then(find) {
            self.return_to.chosen = None;
            // Unless the user chose another meanwhile.
            if self.selection.focus().is_none() {
                self.select(record, SelectHow::Replace);
                self.focus_changed();
            }
        }
    }
}

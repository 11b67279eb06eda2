//! Records over time in a tab: what was counted, what is asked for, and which part of the time is drawn.

use std::sync::Arc;

use crate::base::id::{RowNo, Ticket};
use crate::base::time::{Timestamp, Zone};
use crate::engine::{Phase, SourceHandle, SourceState, TimelineRequest, TimelineState};
use crate::ui::panels::timeline::TimelinePanel;
use crate::ui::table::model::ScrollMark;

/// A tab's timeline.
#[derive(Debug, Default)]
pub struct TabTimeline {
    /// The newest count.
    pub state: Option<Arc<TimelineState>>,
    /// The part of the log's time that is drawn; `None` is all of it.
    pub zoom: Option<(Timestamp, Timestamp)>,
    /// The panel's own state.
    pub panel: TimelinePanel,
    /// Where in the view the grave records are.
    pub marks: Vec<ScrollMark>,
    /// There is no room for it.
    pub is_low: bool,
    asked: Option<TimelineRequest>,
    /// There are no times to draw.
    is_empty: bool,
}

impl TabTimeline {
    /// Asks for counts that suit the panel; nothing if that was asked for already.
    pub fn want(&mut self, handle: &SourceHandle, zone: Zone) {
        self.ask(handle, self.panel.steps(), zone);
    }

    /// Asks for no counts: the panel is hidden.
    pub fn rest(&mut self, handle: &SourceHandle, zone: Zone) {
        self.ask(handle, 0, zone);
    }

    /// Whether no record shows a time.
    pub fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// Learns whether there are times. While nothing is known, as when a log is read again, it is as it was: what is below
    /// does not jump.
    pub fn learn(&mut self, source: &SourceState) {
        let has_times = source.snapshot.stats.earliest.is_some();
        let is_read = !matches!(source.phase, Phase::Opening | Phase::Indexing(_));
        if has_times || is_read || !source.snapshot.is_empty() {
            self.is_empty = !has_times;
        }
    }

    /// Takes over what was counted.
    pub fn take(&mut self, state: Arc<TimelineState>) {
        let parts = state.overview.len().max(1) as u64;
        let grave = (0..).zip(&state.overview);
        self.marks = grave
            .filter_map(|(part, gravest)| {
                let gravest = (*gravest)?;
                Some(ScrollMark {
                    row: RowNo(part * state.rows / parts),
                    gravity: gravest.gravity,
                    to: gravest.row,
                })
            })
            .collect();
        self.state = Some(state);
    }

    fn ask(&mut self, handle: &SourceHandle, most: u16, zone: Zone) {
        let before = self.asked.as_ref();
        let mut request = TimelineRequest {
            ticket: before.map_or(Ticket::default(), |asked| asked.ticket),
            range: self.zoom,
            most,
            zone,
        };
        if before != Some(&request) {
            request.ticket = request.ticket.next();
            self.asked = Some(request.clone());
            handle.want_timeline(request);
        }
    }
}

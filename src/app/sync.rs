//! Logs in sight at the same time: where the user goes in one, the others are scrolled to the records nearest in time.
//!
//! What leads is the log in which the user went elsewhere ([`crate::ui::table::TableState::moves`]); what follows is
//! aligned without that number changing, so nothing comes back. An answer that comes after the user has moved the log
//! that it is for is dropped. The search is the engine's.

use super::state::State;
use super::tab::{Follow, Tab};
use crate::base::id::{RecordNo, RowNo, Ticket};
use crate::base::lang::tr;
use crate::base::time::Timestamp;
use crate::engine::{NearestRequest, NearestResult};
use crate::ui::action::TabId;
use crate::ui::table::Anchor;

/// Records without a time that are passed over on the way to one that has one.
const REACH: u64 = 64;

/// How a log stands to the time of the others.
#[derive(Debug, Clone, Default)]
pub struct TimeSync {
    /// The record that is nearest to the time of the log that leads.
    pub twin: Option<RecordNo>,
    /// The table's moves that were heeded.
    heeded: u64,
    ticket: Ticket,
    asked: Option<Asked>,
}

/// What the answer is for.
#[derive(Debug, Clone, Copy)]
struct Asked {
    /// Where the record is to stand, in points from the window's top.
    top: f64,
    /// The table's moves when it was asked.
    moves: u64,
}

/// Why times cannot be synchronised now.
#[must_use]
pub fn refusal(state: &State) -> Option<&'static str> {
    let logs: Vec<&Tab> = state.in_sight().filter_map(|id| state.tab_of(id)).collect();
    let timed = |tab: &&Tab| {
        let source = tab.source.as_ref();
        source.is_some_and(|source| source.snapshot.stats.earliest.is_some())
    };
    if state.sync_times {
        // It can always be switched off.
        None
    } else if logs.len() < 2 {
        Some(tr("Only one log is in sight"))
    } else if !logs.iter().all(timed) {
        Some(tr("A log in sight has no times"))
    } else {
        None
    }
}

/// Lets the log that the user moved lead the others. To be called after the user's actions were carried out.
pub fn lead(state: &mut State) {
    let ids: Vec<TabId> = state.in_sight().collect();
    let mut leader = None;
    for id in &ids {
        let Some(tab) = state.tab_of_mut(*id) else {
            continue;
        };
        let moved = std::mem::replace(&mut tab.sync.heeded, tab.table.moves()) != tab.table.moves();
        // The first is the one that has the keyboard.
        leader = leader.or(moved.then_some(*id));
    }
    if !state.sync_times {
        for tab in &mut state.tabs {
            tab.sync.twin = None;
        }
        return;
    }
    let Some(leader) = leader else { return };
    let Some(tab) = state.tab_of_mut(leader) else {
        return;
    };
    tab.sync.twin = None;
    let Some((mut anchor, time)) = place(tab) else {
        return;
    };
    // From here on as seen from the window: the heads above tables are not equally high.
    anchor.top += f64::from(tab.table.origin());
    for id in ids.into_iter().filter(|id| *id != leader) {
        let same = state.is_twin(id, leader);
        match state.tab_of_mut(id) {
            // In another view of the log it is the record itself, or the shown one behind it.
            Some(tab) if same => align(tab, anchor.record, anchor.top),
            Some(tab) => ask(tab, anchor, time),
            None => {}
        }
    }
}

/// Where the user is in a log, and when that was.
fn place(tab: &mut Tab) -> Option<(Anchor, Timestamp)> {
    let (table, rows) = tab.parts();
    let anchor = table.looked_at(&rows)?;
    let first = tab.row_of(anchor.record).0;
    let snapshot = &tab.source.as_ref()?.snapshot;
    let rows = first..tab.row_count().min(first + REACH);
    let times = rows.filter_map(|row| snapshot.record(tab.record_at(RowNo(row))?)?.time);
    let time = times.into_iter().next()?;
    Some((anchor, time))
}

fn ask(tab: &mut Tab, anchor: Anchor, time: Timestamp) {
    tab.sync.ticket = tab.sync.ticket.next();
    tab.sync.asked = Some(Asked {
        top: anchor.top,
        moves: tab.table.moves(),
    });
    tab.handle.nearest(NearestRequest {
        ticket: tab.sync.ticket,
        time,
    });
}

/// Scrolls a log to what was found, unless the user went elsewhere in it meanwhile.
pub fn take(tab: &mut Tab, result: NearestResult) {
    let newest = result.ticket == tab.sync.ticket && result.generation == tab.generation();
    let Some(asked) = tab.sync.asked.take_if(|_| newest) else {
        return;
    };
    let Some(record) = result.found.filter(|_| asked.moves == tab.table.moves()) else {
        return;
    };
    align(tab, record, asked.top);
}

fn align(tab: &mut Tab, record: RecordNo, top: f64) {
    let row = tab.row_of(record);
    if row.0 + 1 < tab.row_count() {
        tab.follow = Follow::Free;
    }
    tab.sync.twin = tab.record_at(row);
    let (table, rows) = tab.parts();
    let top = top - f64::from(table.origin());
    table.align(&Anchor { record, top }, &rows);
    tab.want_rows();
}

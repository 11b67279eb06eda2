//! Going somewhere: a record, a time, the next error, the next match, the end.

use crate::base::lang::tr;
use crate::tr;
use std::time::SystemTime;

use crate::app::state::State;
use crate::app::tab::{Follow, Sought, Tab};
use crate::base::id::{RecordNo, RowNo};
use crate::base::level::Gravity;
use crate::base::time::{Timestamp, parse_moment};
use crate::engine::{SeekRequest, SeekTarget};
use crate::query;
use crate::query::spec::Pattern;
use crate::ui::action::Direction;
use crate::ui::panels::find_bar::FindStatus;
use crate::ui::widgets::number;

pub fn to_record(state: &mut State, record: RecordNo) {
    if let Some(tab) = state.tab_mut() {
        tab.go_to(record);
    }
}

/// A record number (from 1, as shown) or a moment.
pub fn typed(state: &mut State, text: &str) {
    let text = text.trim();
    let number: Option<u64> = text
        .trim_start_matches('#')
        .replace([',', '_'], "")
        .parse()
        .ok();
    let Some(tab) = state.tab_mut() else { return };
    let records = tab
        .source
        .as_ref()
        .map_or(0, |source| source.snapshot.len());
    match number {
        // Longer numbers are moments in seconds or smaller units since 1970.
        Some(number) if number > records && text.len() < 9 => {
            let records = number::count(records);
            let reason = tr!("there are only {records} records", records);
            state.dialogs.goto_failed(text, reason);
        }
        Some(number) if number <= records => {
            tab.go_to(RecordNo(number.saturating_sub(1)));
            state.dialogs.finish();
        }
        _ => match parse_moment(text, &tab.zone(), day_meant(tab, text)) {
            Ok(time) => {
                seek_time(tab, time);
                tab.sought = Some(Sought::Time(time));
                state.dialogs.finish();
            }
            Err(error) => state.dialogs.goto_failed(text, error.to_string()),
        },
    }
}

/// To the first shown record at a moment or behind it.
pub fn to_time(state: &mut State, time: Timestamp) {
    if let Some(tab) = state.tab_mut() {
        seek_time(tab, time);
    }
}

fn seek_time(tab: &mut Tab, time: Timestamp) {
    let target = SeekTarget::Time(time);
    let start = Start::Inclusive;
    seek(tab, target, Direction::Forward, RecordNo(0), start);
}

pub fn zoom_timeline(state: &mut State, range: Option<(Timestamp, Timestamp)>) {
    if let Some(tab) = state.tab_mut() {
        tab.timeline.zoom = range;
    }
}

/// What a moment is relative to: now; for a time of day the last day of the log, since logs of other days are read too.
fn day_meant(tab: &Tab, text: &str) -> Timestamp {
    let of_day = text
        .split_once(':')
        .is_some_and(|(hour, _)| hour.len() <= 2 && hour.bytes().all(|b| b.is_ascii_digit()));
    let latest = tab
        .source
        .as_ref()
        .and_then(|source| source.snapshot.stats.latest);
    latest.filter(|_| of_day).unwrap_or_else(now)
}

pub(super) fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_nanos()).unwrap_or(i64::MAX))
}

pub fn follow(state: &mut State, on: bool) {
    let Some(tab) = state.tab_mut() else { return };
    tab.follow = if on { Follow::Tail } else { Follow::Free };
    state.session_changed();
}

pub fn gravity(state: &mut State, least: Gravity, direction: Direction) {
    let Some(tab) = state.tab_mut() else { return };
    let Some(from) = tab.start_record(direction) else {
        return;
    };
    seek(
        tab,
        SeekTarget::Gravity(least),
        direction,
        from,
        Start::Exclusive,
    );
    tab.sought = Some(Sought::Told(match least {
        Gravity::Warning => tr("No warning or error in the records that are shown"),
        _ => tr("No error in the records that are shown"),
    }));
}

/// The pattern of the find bar changed: look from where the find began, so that typing on does not run away.
pub fn find(state: &mut State, pattern: Pattern) {
    let Some(tab) = state.tab_mut() else { return };
    tab.find.pattern = pattern.clone();
    if pattern.text.is_empty() {
        tab.finding.status = FindStatus::Quiet;
        tab.handle.cancel_seek();
        return;
    }
    let Some(origin) = tab.finding.origin.or_else(|| tab.anchor_record()) else {
        return;
    };
    tab.finding.status = FindStatus::Searching;
    seek(
        tab,
        SeekTarget::Match(pattern),
        Direction::Forward,
        origin,
        Start::Inclusive,
    );
    tab.finding.ticket = tab.seek;
}

pub fn find_again(state: &mut State, direction: Direction) {
    let Some(tab) = state.tab_mut() else { return };
    if tab.find.pattern.text.is_empty() {
        return open_find(state);
    }
    let Some(from) = tab.start_record(direction) else {
        return;
    };
    tab.finding.status = FindStatus::Searching;
    let target = SeekTarget::Match(tab.find.pattern.clone());
    seek(tab, target, direction, from, Start::Exclusive);
    tab.finding.ticket = tab.seek;
    tab.finding.origin = Some(from);
}

pub fn open_find(state: &mut State) {
    let Some(tab) = state.tab_mut() else { return };
    tab.find.open();
    tab.finding.origin = tab.anchor_record();
}

pub fn close_find(state: &mut State) {
    let Some(tab) = state.tab_mut() else { return };
    tab.find.open = false;
    tab.finding.status = FindStatus::Quiet;
    tab.handle.cancel_seek();
}

/// To the next record that passes a filter.
pub(super) fn seek_passing(tab: &mut Tab, target: SeekTarget, direction: Direction) {
    if let Some(from) = tab.start_record(direction) {
        seek(tab, target, direction, from, Start::Exclusive);
    }
}

/// Whether the record where a search starts may be its answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Inclusive,
    Exclusive,
}

fn seek(tab: &mut Tab, target: SeekTarget, direction: Direction, from: RecordNo, start: Start) {
    tab.seek = tab.seek.next();
    tab.sought = None;
    tab.handle.seek(SeekRequest {
        ticket: tab.seek,
        from,
        inclusive: start == Start::Inclusive,
        direction: match direction {
            Direction::Forward => query::find::Direction::Forward,
            Direction::Backward => query::find::Direction::Backward,
        },
        target,
        wrap: true,
    });
}

impl Tab {
    /// Where a search starts: the focused record, or the edge of the window that it moves away from.
    fn start_record(&self, direction: Direction) -> Option<RecordNo> {
        let visible = self.table.visible();
        let edge = match direction {
            Direction::Forward => visible.start,
            Direction::Backward => RowNo(visible.end.0.saturating_sub(1)),
        };
        self.selection.focus().or_else(|| self.record_at(edge))
    }
}

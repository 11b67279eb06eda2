//! The worker that counts records over time and finds where the grave ones are, for the window to draw.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::bell::Door;
use super::desk::{Desk, Stage};
use super::request::TimelineRequest;
use super::state::{TimelineState, ViewSnapshot};
use crate::base::id::{Generation, Ticket};
use crate::base::time::{Timestamp, ZoneClock};
use crate::query::overview::overview;
use crate::query::timeline::{Counter, Scale};

/// While a log grows or is filtered, the picture is drawn anew this often.
const PACE: Duration = Duration::from_millis(100);

/// And so many times as long apart as it takes: of a large log it costs no more of a core than of a small one.
const SHARE: u32 = 9;

/// A log that grows gets more steps behind its last one, until it has this many times as many as were asked for.
const MOST_GROWTH: usize = 2;

/// Parts of the view whose gravest row is told; more than a scroll bar has pixels are not seen.
const PARTS: usize = 600;

/// What was counted last.
struct Counted {
    ticket: Ticket,
    generation: Generation,
    filter: Ticket,
    counter: Counter,
}

/// What was drawn last, and when the next picture of the same filter is due.
struct Drawn {
    next: Instant,
    view: Arc<ViewSnapshot>,
    stage: Arc<Stage>,
}

/// Serves the newest request until the source is closed.
pub(super) fn run(desk: &Desk, door: &Door) {
    let mut wanted: Option<TimelineRequest> = None;
    let mut counted: Option<Counted> = None;
    let mut drawn: Option<Drawn> = None;
    while !desk.closing.is_cancelled() {
        if let Some(request) = desk.timeline.take_blocking() {
            wanted = Some((*request).clone());
            drawn = None;
        }
        let Some((request, view, stage)) = wanted.as_ref().and_then(|request| {
            let (view, stage) = newest(desk)?;
            Some((request, view, stage))
        }) else {
            counted = None;
            door.wait();
            continue;
        };
        if let Some(drawn) = &drawn {
            if Arc::ptr_eq(&drawn.view, &view) && Arc::ptr_eq(&drawn.stage, &stage) {
                door.wait();
                continue;
            }
            let left = drawn.next.saturating_duration_since(Instant::now());
            if drawn.view.ticket == view.ticket && !left.is_zero() {
                door.wait_for(left);
                continue;
            }
        }
        let began = Instant::now();
        if draw(desk, request, &view, &stage, &mut counted) {
            // After nothing, something does not wait.
            let has_times = stage.snapshot.stats.earliest.is_some();
            let pause = match has_times {
                true => PACE.max(began.elapsed() * SHARE),
                false => Duration::ZERO,
            };
            drawn = Some(Drawn {
                next: began + pause,
                view,
                stage,
            });
        }
    }
}

/// The newest view, and a stage that has its records.
fn newest(desk: &Desk) -> Option<(Arc<ViewSnapshot>, Arc<Stage>)> {
    let (view, stage) = desk.view().zip(desk.stage())?;
    (view.generation == stage.snapshot.generation).then_some((view, stage))
}

/// Counts and publishes. Whether that was not overtaken by another request.
fn draw(
    desk: &Desk,
    request: &TimelineRequest,
    view: &ViewSnapshot,
    stage: &Stage,
    counted: &mut Option<Counted>,
) -> bool {
    let snapshot = &stage.snapshot;
    let whole = snapshot.stats.earliest.zip(snapshot.stats.latest);
    // Records without times are told as such; before the first record nothing is.
    let without = (!snapshot.is_empty()).then(Default::default);
    let range = request.range.or(whole).or(without);
    let stop = || desk.timeline.is_full() || desk.closing.is_cancelled();
    let mut timeline = None;
    if let Some(range) = range.filter(|_| request.most > 0) {
        let counter = counter(request, view, range, counted);
        timeline = counter.count(snapshot, &view.rows, stop);
        if timeline.is_none() {
            return false;
        }
    }
    let Some(overview) = overview(snapshot, &view.shown, PARTS, stop) else {
        return false;
    };
    let state = TimelineState {
        ticket: request.ticket,
        generation: view.generation,
        timeline,
        overview,
        rows: view.shown.len(),
    };
    desk.board.post(&desk.board.timeline, Arc::new(state));
    true
}

/// What was counted before, if it can be gone on with.
fn counter<'a>(
    request: &TimelineRequest,
    view: &ViewSnapshot,
    (first, last): (Timestamp, Timestamp),
    counted: &'a mut Option<Counted>,
) -> &'a mut Counter {
    let most = usize::from(request.most);
    let goes_on = |counted: &Counted| {
        let scale = counted.counter.scale();
        counted.ticket == request.ticket
            && counted.generation == view.generation
            && scale.suits(first, last)
            && scale.step_of(first).is_some()
            && scale.up_to(last).len() <= most.saturating_mul(MOST_GROWTH)
    };
    let mut going_on = counted.take().filter(goes_on).unwrap_or_else(|| {
        let offset = ZoneClock::new(&request.zone)
            .to_civil(first)
            .saturating_sub(first.0);
        Counted {
            ticket: request.ticket,
            generation: view.generation,
            filter: view.ticket,
            counter: Counter::new(Scale::of(first, last, most, offset)),
        }
    });
    if going_on.filter != view.ticket {
        going_on.filter = view.ticket;
        going_on.counter.forget_shown();
    }
    going_on.counter.reach(last);
    &mut counted.insert(going_on).counter
}

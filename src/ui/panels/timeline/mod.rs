//! Records over time above the table: how many there were of each gravity, the whole log faint behind what the filter
//! leaves. A click goes there, a drag filters, with Shift it zooms.

mod gesture;
mod paint;
pub mod plot;
mod ticks;

use egui::{Rect, Response, Role, Sense, Tooltip, Ui, WidgetInfo, vec2};

use crate::base::lang::tr;
use crate::base::level::Gravity;
use crate::base::time::{TimeRange, Timestamp, Zone, ZoneClock, format_time};
use crate::query::timeline::{Counts, Jump, Timeline};
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::{Command, tooltip};
use crate::ui::theme::{self, palette, space};
use crate::ui::widgets::context_menu;
use crate::ui::widgets::number;

/// Height of the bars in points.
const HEIGHT: f32 = 46.0;

/// Points that a step has at least.
const STEP_WIDTH: f32 = 3.0;

/// What is drawn.
#[derive(Debug)]
pub struct TimelineModel<'a> {
    /// The counts; `None` until there are some.
    pub timeline: Option<&'a Timeline>,
    /// The range that the filter leaves.
    pub range: TimeRange,
    /// When the records in sight were.
    pub sight: Option<(Timestamp, Timestamp)>,
    /// When the focused record was.
    pub focus: Option<Timestamp>,
    /// In which zone times are shown.
    pub zone: Zone,
    /// Whether only a part of the log's time is drawn.
    pub zoomed: bool,
}

/// What the panel keeps between frames.
#[derive(Debug, Default)]
pub struct TimelinePanel {
    /// Where a drag began.
    from: Option<Timestamp>,
    /// The step that the keyboard is at, and where its selection began.
    cursor: Option<Cursor>,
    /// Into how many steps time is best divided at the present width.
    steps: u16,
}

/// Where the keyboard is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cursor {
    at: usize,
    anchor: usize,
}

impl TimelinePanel {
    /// Into how many steps time is best divided.
    #[must_use]
    pub fn steps(&self) -> u16 {
        self.steps
    }
}

/// Shows the panel, which is always as high as it ever is.
pub fn show(ui: &mut Ui, model: &TimelineModel<'_>, state: &mut TimelinePanel, out: &mut Actions) {
    let labels = ui.fonts_mut(|fonts| fonts.row_height(&theme::small()));
    let size = vec2(ui.available_width(), HEIGHT + labels + space::XS);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let bars = Rect::from_min_max(rect.min, rect.max - vec2(0.0, labels));
    let bars = bars.shrink2(vec2(space::M, space::XS));
    // A width that changes by a few points does not need other steps.
    state.steps = ((bars.width() / STEP_WIDTH / 20.0).floor() * 20.0).max(20.0) as u16;
    let known = model.timeline.filter(|timeline| !timeline.scale.is_empty());
    let Some(timeline) = known.filter(|timeline| timeline.whole.is_some()) else {
        describe(&response, "");
        return;
    };
    let mut clock = ZoneClock::new(&model.zone);
    describe(&response, &whole_words(timeline, &mut clock));
    let picture = paint::Picture {
        bars,
        timeline,
        model,
    };
    paint::show(ui, &picture, response.has_focus());
    gesture::handle(ui, &response, &picture, state, out);
    if let Some(step) = hovered(ui, &response, &picture) {
        // Below the bar, so that its neighbours are seen.
        let column = picture.step(step).with_max_y(rect.bottom());
        let mut tooltip = Tooltip::for_enabled(&response);
        tooltip.popup = tooltip.popup.anchor(column);
        tooltip.show(|ui| tip(ui, &picture, step));
    }
    context_menu::show(&response, |ui| menu(ui, model, out));
}

fn describe(response: &Response, words: &str) {
    let label = match words.is_empty() {
        true => tr("Timeline").to_owned(),
        false => tr!("Timeline: {words}", words),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &label));
}

fn whole_words(timeline: &Timeline, clock: &mut ZoneClock) -> String {
    let sum = |counts: &[Counts]| counts.iter().map(Counts::total).sum::<u64>();
    tr!(
        "{records} from {from} to {to}",
        records = number::counted(sum(&timeline.shown), "record"),
        from = format_time(timeline.scale.start(), clock),
        to = format_time(timeline.scale.end(), clock)
    )
}

fn hovered(ui: &Ui, response: &Response, picture: &paint::Picture<'_>) -> Option<usize> {
    let pointer = response.hover_pos().filter(|_| !response.dragged())?;
    let touched = picture.bars.expand2(vec2(0.0, space::M)).contains(pointer);
    let scale = &picture.timeline.scale;
    let step = scale.step_of(picture.moment_at(pointer.x))?;
    (touched && ui.is_enabled()).then_some(step)
}

/// What there is in a step.
fn tip(ui: &mut Ui, picture: &paint::Picture<'_>, step: usize) {
    let timeline = picture.timeline;
    let mut clock = ZoneClock::new(&picture.model.zone);
    let (from, to) = (
        timeline.scale.start_of(step),
        timeline.scale.start_of(step + 1),
    );
    ui.label(ticks::span(from, to, &mut clock));
    let (all, shown) = (counts(&timeline.all, step), counts(&timeline.shown, step));
    let words = match all == shown {
        true => number::counted(all.total(), "record"),
        false => tr!(
            "{shown} of {records}",
            shown = number::count(shown.total()),
            records = number::counted(all.total(), "record")
        ),
    };
    ui.label(words);
    let count = |gravity| shown.of(gravity);
    for (gravity, words) in [
        (
            Gravity::Critical,
            number::counted(count(Gravity::Critical), "critical record"),
        ),
        (
            Gravity::Error,
            number::counted(count(Gravity::Error), "error"),
        ),
        (
            Gravity::Warning,
            number::counted(count(Gravity::Warning), "warning"),
        ),
    ] {
        if count(gravity) > 0 {
            let color = palette(ui).severity(gravity).ink;
            ui.colored_label(color, words);
        }
    }
    let here = |jump: &&Jump| timeline.scale.step_of(jump.to) == Some(step);
    for jump in timeline.jumps.iter().filter(here) {
        let (from, to) = (
            format_time(jump.from, &mut clock),
            format_time(jump.to, &mut clock),
        );
        ui.colored_label(
            palette(ui).weak,
            tr!("The clock goes back from {from} to {to}", from, to),
        );
    }
    if timeline.jumps.iter().any(|jump| here(&jump)) {
        ui.colored_label(palette(ui).weak, tooltip(Command::ByTime));
    }
    ui.colored_label(
        palette(ui).weak,
        tr("Click to go there, drag to filter, drag with Shift to zoom"),
    );
}

fn counts(of: &[Counts], step: usize) -> Counts {
    of.get(step).copied().unwrap_or_default()
}

fn menu(ui: &mut Ui, model: &TimelineModel<'_>, out: &mut Actions) {
    let range = model.range;
    let mut entry = |ui: &mut Ui, text: &str, enabled: bool, action: Action| {
        if ui.add_enabled(enabled, egui::Button::new(text)).clicked() {
            out.push(action);
            ui.close();
        }
    };
    let zoom = range.since.zip(range.until);
    entry(
        ui,
        tr("Zoom to the time filter"),
        zoom.is_some(),
        Action::ZoomTimeline(zoom),
    );
    entry(
        ui,
        tr("Show all times"),
        model.zoomed,
        Action::ZoomTimeline(None),
    );
    let everything = Action::SetTimeRange(TimeRange::default());
    let filtered = range != TimeRange::default();
    entry(ui, tr("Clear the time filter"), filtered, everything);
    ui.separator();
    entry(ui, tr("Plot a field..."), true, Action::PickPlot);
    entry(ui, tr("Hide the timeline"), true, Action::ToggleTimeline);
}

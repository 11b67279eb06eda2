//! A number of the records over time, below the bars of the timeline and on their scale: points while they are few, and
//! else the least, the median, p95 and the most of each step. A click goes to a record, a drag filters, with Shift it
//! zooms.

mod axis;
mod head;
mod hover;
mod paint;

use std::sync::Arc;

use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::paint::Picture;
use super::{TimelineModel, TimelinePanel, gesture};
use crate::base::lang::tr;
use crate::base::level::Gravity;
use crate::query::fields::summary::FieldsSummary;
use crate::query::plot::PlotSpec;
use crate::query::plot::summary::PlotSummary;
use crate::tr;
use crate::ui::action::Actions;
use crate::ui::theme::{palette, space};
use crate::ui::widgets::context_menu;
use crate::ui::widgets::measure::measure;
use crate::ui::widgets::number;
use axis::Axis;

/// Height of the drawing in points.
const HEIGHT: f32 = 92.0;

/// What is drawn.
#[derive(Debug)]
pub struct PlotModel<'a> {
    /// Which number, and how it is split.
    pub spec: &'a PlotSpec,
    /// The numbers; `None` until there are some.
    pub plot: Option<&'a PlotSummary>,
    /// Records that were looked at, and how many there are.
    pub looked_at: (u64, u64),
    /// Whether all of them were.
    pub complete: bool,
    /// How grave the levels of the series are, where they are split by level.
    pub gravities: Vec<Gravity>,
    /// The fields that could be drawn or split by, as far as they are known.
    pub fields: Option<Arc<FieldsSummary>>,
    /// Whether sizes are drawn by factors; `None` where the numbers decide.
    pub by_factors: Option<bool>,
    /// The bars above, whose scale it shares.
    pub timeline: TimelineModel<'a>,
}

/// What the drawing keeps between frames.
#[derive(Debug, Default)]
pub struct PlotPanel {
    /// A drag in it.
    drag: TimelinePanel,
}

/// Shows the drawing, which is always as high as it ever is.
pub fn show(ui: &mut Ui, model: &PlotModel<'_>, state: &mut PlotPanel, out: &mut Actions) {
    head::show(ui, model, out);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let area = rect.shrink2(vec2(space::M, space::XS));
    let scaled = { model.timeline.timeline }.filter(|timeline| !timeline.scale.is_empty());
    let drawn =
        { model.plot }.and_then(|plot| Some((plot, Axis::of(plot, model.by_factors, area)?)));
    let (Some(timeline), Some((plot, axis))) = (scaled, drawn) else {
        let words = match model.complete {
            true => tr("No record that is shown has this number"),
            false => tr("The records are being looked at"),
        };
        ui.painter().rect_filled(area, 3, palette(ui).page);
        super::paint::words(ui, area, words);
        describe(&response, model, words);
        return;
    };
    describe(&response, model, &in_words(plot));
    let picture = Picture {
        bars: area,
        timeline,
        model: &model.timeline,
    };
    let hovered = hover::find(ui, &response, &picture, plot, &axis);
    paint::show(ui, model, &picture, (plot, &axis), hovered.as_ref());
    gesture::drag(ui, &response, &picture, &mut state.drag, out);
    if let Some(pointer) = response.hover_pos() {
        gesture::wheel(ui, &picture, pointer.x, out);
    }
    if let Some(hovered) = &hovered {
        if response.clicked() {
            out.push(hovered.target(plot));
        }
        hover::tip(&response, model, &picture, plot, hovered);
    }
    focus(ui, &response, area);
    context_menu::show(&response, |ui| head::menu(ui, model, out));
}

/// Says that there is no room for the drawing.
pub fn show_low(ui: &mut Ui, spec: &PlotSpec, out: &mut Actions) {
    head::show_alone(ui, spec, out);
}

fn focus(ui: &Ui, response: &Response, area: Rect) {
    crate::ui::widgets::tool_button::focus_ring(ui, area, response);
}

fn describe(response: &Response, model: &PlotModel<'_>, words: &str) {
    let field = crate::base::text::name(&model.spec.field);
    let label = tr!("Plot of {field}: {words}", field, words);
    response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &label));
}

fn in_words(plot: &PlotSummary) -> String {
    let (least, most) = plot.ends.unwrap_or_default();
    let [least, most] = [least, most].map(|number| measure(number, plot.unit));
    let n = number::count(plot.count);
    tr!("{n} numbers from {least} to {most}", n, least, most)
}

//! Above the drawing: which number, how it is split, which colour is whose; and the menu of the drawing.

use egui::{Align, Label, Layout, Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::PlotModel;
use super::axis::Axis;
use super::hover::series_name;
use super::paint::color;
use crate::base::lang::tr;
use crate::base::text::name;
use crate::query::fields::Origin;
use crate::query::fields::summary::FieldSummary;
use crate::query::plot::{PlotSpec, Split};
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{palette, radius, small, space};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{elide, menu, number, progress, tick};

/// Height in points.
const HEIGHT: f32 = 20.0;

/// A field with more different values is not offered to split by.
const MOST_VALUES: u64 = 60;

/// So many fields are offered in a menu.
const OFFERED: usize = 20;

/// Shows the line above the drawing.
pub(super) fn show(ui: &mut Ui, model: &PlotModel<'_>, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.set_height(HEIGHT);
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.add_space(space::S);
        let field = elide::clip(&model.spec.field, 40);
        let words = tr!("Plotted field: {field}", field);
        let button = ToolButton::icon(Icon::ChevronDown, &words);
        let button = button.with_text(&field).height(HEIGHT);
        let response = ui
            .add(button)
            .on_hover_text(tr("The number that is drawn; click for another"));
        menu::of_button(&response, |ui| fields(ui, model, out));
        let words = split_words(&model.spec.split);
        let button = ToolButton::icon(Icon::ChevronDown, &words).with_text(&words);
        let button = button.height(HEIGHT).color(palette(ui).weak);
        let response = ui
            .add(button)
            .on_hover_text(tr("What tells the series apart"));
        menu::of_button(&response, |ui| splits(ui, model, out));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(space::S);
            close(ui, out);
            let is_log = is_log(model);
            let log = ToolButton::text(tr("Log"))
                .named(tr("Sizes by factors"))
                .selected(is_log)
                .height(HEIGHT);
            let tip = tr("Sizes by factors: from 1 to 10 is as far as from 10 to 100");
            if ui.add(log).on_hover_text(tip).clicked() {
                out.push(Action::PlotByFactors(!is_log));
            }
            if !model.complete {
                let (looked_at, all) = model.looked_at;
                let share = looked_at as f64 / all.max(1) as f64;
                let left = progress::left(ui, ui.scope_id().with("time left"), share as f32);
                let words = ui.weak(number::percent(looked_at.min(all), all));
                if !left.is_empty() {
                    words.on_hover_text(left);
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| legend(ui, model));
        });
    });
}

/// Stands alone where there is no room for the drawing.
pub(super) fn show_alone(ui: &mut Ui, spec: &PlotSpec, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.set_height(HEIGHT);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(space::S);
            close(ui, out);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add_space(space::S);
                let field = elide::clip(&spec.field, 40);
                let words = tr!("In a higher window: the plot of {field}", field);
                ui.add(Label::new(RichText::new(words).font(small()).weak()).truncate());
            });
        });
    });
}

fn close(ui: &mut Ui, out: &mut Actions) {
    let close = ToolButton::icon(Icon::Close, tr("Hide the plot"))
        .height(HEIGHT)
        .color(palette(ui).weak);
    if ui.add(close).on_hover_text(tr("Hide the plot")).clicked() {
        out.push(Action::Plot(None));
    }
}

/// Whether sizes are drawn by factors now.
fn is_log(model: &PlotModel<'_>) -> bool {
    let plot = model.plot;
    let axis = plot.and_then(|plot| Axis::of(plot, model.by_factors, Rect::ZERO));
    axis.is_some_and(|axis| axis.log)
}

/// The series with their colours.
fn legend(ui: &mut Ui, model: &PlotModel<'_>) {
    let Some(plot) = model.plot else { return };
    for series in &plot.series {
        let Some(words) = series_name(model, series.place) else {
            continue;
        };
        let p = palette(ui);
        let text = elide::clip(&words, 28);
        let galley = ui.painter().layout_no_wrap(text, small(), p.text);
        let size = vec2(galley.size().x + 18.0, HEIGHT);
        if size.x > ui.available_width() {
            return;
        }
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let sign = Rect::from_center_size(rect.left_center() + vec2(6.0, 0.0), vec2(8.0, 8.0));
        let color = color(model, p, series.place);
        ui.painter().rect_filled(sign, radius::SMALL, color);
        let at = rect.left_center() + vec2(13.0, -galley.size().y / 2.0);
        ui.painter().galley(at, galley, p.text);
        let n = number::count(series.count);
        let told = tr!("{series}: {n} numbers", series = words, n);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
        response.on_hover_text(told);
    }
}

fn split_words(split: &Split) -> String {
    match split {
        Split::None => tr("not split").to_owned(),
        Split::Level(_) => tr("by level").to_owned(),
        Split::Logger(_) => tr("by logger").to_owned(),
        Split::Field(field, _) => tr!("by {field}", field = name(field)),
    }
}

fn known<'a>(model: &'a PlotModel<'_>) -> impl Iterator<Item = &'a FieldSummary> {
    let fields = model.fields.iter().flat_map(|fields| &fields.fields);
    fields.map(|field| &**field)
}

/// Other numbers.
fn fields(ui: &mut Ui, model: &PlotModel<'_>, out: &mut Actions) {
    let numbers = known(model).filter(|field| field.numbers.is_some());
    for field in numbers.take(OFFERED) {
        let chosen = *field.name == *model.spec.field;
        if ui.selectable_label(chosen, name(&field.name)).clicked() {
            out.push(Action::Plot(Some(PlotSpec {
                field: field.name.to_string(),
                split: model.spec.split.clone(),
            })));
            ui.close();
        }
    }
    ui.separator();
    if ui.button(tr("Choose in the fields...")).clicked() {
        out.push(Action::PickPlot);
        ui.close();
    }
}

/// What the number can be split by.
fn splits(ui: &mut Ui, model: &PlotModel<'_>, out: &mut Actions) {
    let spec = model.spec;
    let mut entry = |ui: &mut Ui, text: &str, chosen: bool, split: Split| {
        if ui.selectable_label(chosen, text).clicked() {
            out.push(Action::Plot(Some(PlotSpec {
                field: spec.field.clone(),
                split,
            })));
            ui.close();
        }
    };
    entry(ui, tr("Not split"), spec.split == Split::None, Split::None);
    let by_level = matches!(spec.split, Split::Level(_));
    entry(ui, tr("By level"), by_level, Split::Level(Vec::new()));
    let by_logger = matches!(spec.split, Split::Logger(_));
    entry(ui, tr("By logger"), by_logger, Split::Logger(Vec::new()));
    let few = known(model).filter(|field| {
        let values = field.distinct.number();
        field.origin != Origin::Index
            && (2..=MOST_VALUES).contains(&values)
            && *field.name != *spec.field
    });
    for field in few.take(OFFERED) {
        let chosen = matches!(&spec.split, Split::Field(name, _) if **name == *field.name);
        let text = tr!("By {field}", field = name(&field.name));
        let split = Split::Field(field.name.to_string(), Vec::new());
        entry(ui, &text, chosen, split);
    }
}

/// The menu of the drawing.
pub(super) fn menu(ui: &mut Ui, model: &PlotModel<'_>, out: &mut Actions) {
    menu::titled(ui, tr("Split"), |ui| splits(ui, model, out));
    let mut log = is_log(model);
    if tick::check(ui, &mut log, tr("Sizes by factors")).clicked() {
        out.push(Action::PlotByFactors(log));
        ui.close();
    }
    if ui.button(tr("Show all times")).clicked() {
        out.push(Action::ZoomTimeline(None));
        ui.close();
    }
    ui.separator();
    if ui.button(tr("Hide the plot")).clicked() {
        out.push(Action::Plot(None));
        ui.close();
    }
}

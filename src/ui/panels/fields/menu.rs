//! The menus of a field and of a value.

use egui::Ui;

use super::model::FieldsModel;
use super::queries;
use crate::base::lang::tr;
use crate::query::fields::Origin;
use crate::query::fields::summary::{FieldSummary, TopValue};
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::widgets::measure::measure;

pub(super) fn field(ui: &mut Ui, model: &FieldsModel, field: &FieldSummary, out: &mut Actions) {
    let mut entry = |ui: &mut Ui, text: &str, action: Action| {
        if ui.button(text).clicked() {
            out.push(action);
            ui.close();
        }
    };
    if field.origin != Origin::Index {
        let text = match model.columns.contains(&*field.name) {
            true => tr("Hide the column"),
            false => tr("Show as a column"),
        };
        entry(ui, text, Action::ToggleFieldColumn(field.name.to_string()));
        if field.numbers.is_some() {
            let shown = model.plotted.as_deref() == Some(&*field.name);
            let text = match shown {
                true => tr("Hide the plot"),
                false => tr("Plot over time"),
            };
            entry(ui, text, queries::plot(field, shown));
        }
        ui.separator();
    }
    entry(
        ui,
        tr("Only records that have it"),
        queries::exists(field, false),
    );
    entry(
        ui,
        tr("Only records that lack it"),
        queries::exists(field, true),
    );
    if let Some(numbers) = &field.numbers {
        let number = measure(numbers.median, numbers.unit);
        let text = tr!("At least the median, {number}", number);
        entry(ui, &text, queries::at_least(field, numbers, numbers.median));
        let number = measure(numbers.p95, numbers.unit);
        let text = tr!("The largest 5 %, from {number}", number);
        entry(ui, &text, queries::at_least(field, numbers, numbers.p95));
    }
    ui.separator();
    entry(
        ui,
        tr("Copy name"),
        Action::CopyText(field.name.to_string()),
    );
}

pub(super) fn value(ui: &mut Ui, field: &FieldSummary, value: &TopValue, out: &mut Actions) {
    for (text, without) in [
        (tr("Only this value"), false),
        (tr("Exclude this value"), true),
    ] {
        if ui.button(text).clicked() {
            out.push(queries::value(field, value, without));
            ui.close();
        }
    }
    ui.separator();
    if ui.button(tr("Copy value")).clicked() {
        out.push(Action::CopyText(value.text.to_string()));
        ui.close();
    }
}

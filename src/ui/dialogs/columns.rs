//! Which columns of the table are shown, and in which order.

use crate::base::lang::tr;
use crate::tr;
use egui::{Context, ScrollArea, Ui};

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::ui::action::{Action, Actions};
use crate::ui::table::columns::ColumnState;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::reveal;
use crate::ui::widgets::tick;

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnsModel {
    /// The columns in the order of the table, hidden ones included.
    pub columns: Vec<ColumnState>,
    /// What each is called, in the same order.
    pub titles: Vec<String>,
    /// The columns as the format has them, for the way back.
    pub defaults: Vec<ColumnState>,
}

/// Shows the columns. Every change takes effect at once.
pub fn show(ctx: &Context, model: &ColumnsModel, out: &mut Actions) -> Stay {
    let sheet = Sheet {
        id: "columns",
        title: tr("Columns"),
        width: 320.0,
        anchor: Anchor::Middle,
    };
    sheet.show(ctx, |ui| {
        let room = (ui.available_height() - 60.0).max(120.0);
        let mut changed = None;
        ScrollArea::vertical()
            .max_height(room)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for index in 0..model.columns.len() {
                    changed = row(ui, model, index).or(changed.take());
                }
                reveal::focused(ui);
            });
        sheet::footer(ui, |ui| {
            let defaults = ui.button(tr("As the format has them"));
            let tip = tr("Every column in its first place, with its first width");
            if defaults.on_hover_text(tip).clicked() {
                changed = Some(model.defaults.clone());
            }
            let close = sheet::close(ui);
            sheet::focus_first(ui, &close);
            if let Some(columns) = changed {
                out.push(Action::SetColumns(columns));
            }
            if close.clicked() {
                Stay::Closed
            } else {
                Stay::Open
            }
        })
    })
}

/// One column; the new list if something was done to it.
fn row(ui: &mut Ui, model: &ColumnsModel, index: usize) -> Option<Vec<ColumnState>> {
    let column = model.columns.get(index)?;
    let title = model.titles.get(index).unwrap_or(&column.key);
    let shown = model.columns.iter().filter(|column| !column.hidden).count();
    let mut changed = None;
    ui.horizontal(|ui| {
        let mut visible = !column.hidden;
        // A table without columns would have no header to bring them back by.
        let last = visible && shown == 1;
        let check = ui.add_enabled_ui(!last, |ui| tick::check(ui, &mut visible, title));
        let tip = match visible {
            true => tr("Click to hide this column"),
            false => tr("Click to show this column"),
        };
        let last_tip = tr("The last column stays: its head is the way to the others");
        let check = check.inner.on_hover_text(tip);
        let check = check.on_disabled_hover_text(last_tip);
        if check.changed() {
            changed = Some(with_hidden(&model.columns, index, !visible));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let below = index + 1;
            ui.add_enabled_ui(below < model.columns.len(), |ui| {
                if sheet::icon_button(ui, Icon::Down, &tr!("Move {title} down", title)).clicked() {
                    changed = Some(swapped(&model.columns, index, below));
                }
            });
            ui.add_enabled_ui(index > 0, |ui| {
                if sheet::icon_button(ui, Icon::Up, &tr!("Move {title} up", title)).clicked() {
                    changed = Some(swapped(&model.columns, index, index.saturating_sub(1)));
                }
            });
        });
    });
    changed
}

fn with_hidden(columns: &[ColumnState], index: usize, hidden: bool) -> Vec<ColumnState> {
    let mut columns = columns.to_vec();
    if let Some(column) = columns.get_mut(index) {
        column.hidden = hidden;
    }
    columns
}

fn swapped(columns: &[ColumnState], one: usize, other: usize) -> Vec<ColumnState> {
    let mut columns = columns.to_vec();
    if one.max(other) < columns.len() {
        columns.swap(one, other);
    }
    columns
}

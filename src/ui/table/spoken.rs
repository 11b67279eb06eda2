//! What the painted rows say to screen readers, and to tests.

use crate::base::lang::tr;
use crate::tr;
use egui::{Sense, Ui, UiBuilder};

use super::lines;
use super::measure::Laid;
use super::model::{Message, RowView};
use super::rows::is_selected;
use super::view::Frame;
use crate::base::id::RowNo;
use crate::ui::widgets::number;

/// Tells what the painted rows say.
pub(super) fn describe(ui: &mut Ui, frame: &Frame<'_>) {
    use egui::accesskit::Role;
    let table = UiBuilder::new()
        .id_salt("rows as a table")
        .max_rect(frame.area)
        .accessibility_role(Role::Table)
        .accessibility_label(tr("Log records"));
    let ids: Vec<egui::Id> = frame.rows.iter().map(|(row, _)| row_id(ui, *row)).collect();
    ui.scope_builder(table, |ui| {
        let listening = ui
            .ctx()
            .accesskit_node_builder(ui.unique_id(), |node| {
                node.set_row_count(usize::try_from(frame.extent.len).unwrap_or(usize::MAX));
            })
            .is_some();
        for ((row, view), id) in frame.rows.iter().zip(ids) {
            if listening {
                describe_row(ui, frame, *row, view, id);
            }
        }
    });
}

fn describe_row(ui: &Ui, frame: &Frame<'_>, row: u64, view: &RowView<'_>, id: egui::Id) {
    use egui::accesskit::{Action, Role};
    let rect = frame.row_rect(row).intersect(frame.area);
    ui.interact(rect, id, Sense::hover());
    let laid = frame.measured.laid(row);
    let scale = f64::from(ui.pixels_per_point());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Row);
        node.set_label(label(view));
        node.set_row_index(usize::try_from(row).unwrap_or(usize::MAX));
        let (row_no, extent) = (number::count(row + 1), number::count(frame.extent.len));
        let beside = matches!(view, RowView::Ready(ready) if ready.beside);
        node.set_description(if beside {
            tr!("Row {row} of {extent}, near a match", row = row_no, extent)
        } else if at_twin(frame, view) {
            tr!(
                "Row {row} of {extent}, at the time of the other log",
                row = row_no,
                extent
            )
        } else {
            tr!("Row {row} of {extent}", row = row_no, extent)
        });
        node.set_selected(is_selected(frame, view));
        if let RowView::Ready(ready) = view {
            let open = frame.measured.is_open(ready.record);
            if open || lines::can_change(frame, ready, laid.as_deref()) {
                node.set_expanded(open);
                node.add_action(if open {
                    Action::Collapse
                } else {
                    Action::Expand
                });
            }
        }
        let several = laid.as_deref().zip(frame.model.message(RowNo(row)));
        if let Some((laid, message)) = several {
            node.set_value(spoken(laid, &message));
        }
        node.add_action(Action::Click);
        node.set_bounds(egui::accesskit::Rect {
            x0: f64::from(rect.left()) * scale,
            y0: f64::from(rect.top()) * scale,
            x1: f64::from(rect.right()) * scale,
            y1: f64::from(rect.bottom()) * scale,
        });
    });
}

/// The lines of a message that has several, as they are shown.
fn spoken(laid: &Laid, message: &Message<'_>) -> String {
    let line = |(number, range): &(usize, std::ops::Range<usize>)| {
        message
            .line(*number)
            .get(range.clone())
            .unwrap_or("")
            .to_owned()
    };
    laid.lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn at_twin(frame: &Frame<'_>, view: &RowView<'_>) -> bool {
    let twin = frame.model.twin();
    matches!(view, RowView::Ready(row) if twin == Some(row.record))
}

/// The identity of a visible row. Few identities are used again and again, because egui remembers each in debug builds.
pub(super) fn row_id(ui: &Ui, row: u64) -> egui::Id {
    ui.scope_id().with(("row", row % 1_024))
}

fn label(view: &RowView<'_>) -> String {
    match view {
        RowView::Loading => tr("Loading").to_owned(),
        RowView::Failed => tr("This record could not be read").to_owned(),
        RowView::Ready(row) => {
            let mut text = String::new();
            if let Some(seam) = &row.seam {
                text.push_str(seam.title);
                text.push(':');
            }
            for cell in row.cells.iter().filter(|cell| !cell.is_empty()) {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.extend(cell.chars().take(200));
            }
            if let Some(run) = row.run.as_ref().filter(|run| run.more > 0) {
                let times = number::count(run.more + 1);
                text.push_str(&match &run.until {
                    Some(until) => tr!(" {times} times, until {until}", times, until),
                    None => tr!(" {times} times", times),
                });
            }
            text
        }
    }
}

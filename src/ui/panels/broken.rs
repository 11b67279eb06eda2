//! The page that takes the window's place when the window itself broke: what happened, and what can be done.

use crate::base::lang::tr;
use crate::tr;
use egui::{CentralPanel, Label, Response, RichText, Ui};

use crate::ui::theme::{palette, space};
use crate::ui::widgets::primary;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BrokenModel {
    /// What the error said.
    pub what: String,
    /// The folder with the report; `None` when nothing is kept.
    pub report: Option<String>,
    /// It happened several times in a row: the open logs may be why.
    pub close_logs: bool,
}

/// What the user wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The window as it was.
    GoOn,
    /// The window without the open logs.
    CloseLogs,
    /// To leave; settings and session are kept.
    Quit,
}

/// Width of the page's column in points.
const WIDTH: f32 = 560.0;

/// Shows the page; what was pressed.
pub fn show(ui: &mut Ui, model: &BrokenModel) -> Option<Answer> {
    CentralPanel::default()
        .show(ui, |ui| {
            let space = ui.available_size();
            let width = WIDTH.min(space.x - 32.0);
            ui.add_space((space.y * 0.2).min(140.0));
            ui.horizontal(|ui| {
                ui.add_space((space.x - width) / 2.0);
                ui.vertical(|ui| {
                    ui.set_width(width);
                    words(ui, model);
                    ui.add_space(space::L);
                    ui.horizontal(|ui| buttons(ui, model)).inner
                })
                .inner
            })
            .inner
        })
        .inner
}

fn words(ui: &mut Ui, model: &BrokenModel) {
    let p = palette(ui);
    let title = RichText::new(tr("Timberline had an internal error"));
    ui.label(title.heading().color(p.strong));
    ui.add_space(space::S);
    let text = if model.close_logs {
        tr(
            "It happened several times in a row. Without the open logs it may go on; they can be opened again.",
        )
    } else {
        tr("This is a fault in Timberline, not in your logs, and nothing of them was changed.")
    };
    ui.add(Label::new(RichText::new(text).color(p.text)).wrap());
    ui.add_space(space::S);
    let what = RichText::new(&model.what).monospace().color(p.weak);
    ui.add(Label::new(what).wrap().selectable(true));
    if let Some(report) = &model.report {
        let text =
            RichText::new(tr!("A report is in {report}; nothing was sent", report)).color(p.weak);
        ui.add(Label::new(text.small()).wrap().selectable(true));
    }
}

fn buttons(ui: &mut Ui, model: &BrokenModel) -> Option<Answer> {
    let mut answer = None;
    if model.close_logs {
        let close = primary(ui, tr("Close the logs and go on"));
        let tip = tr("The window without a log; their files stay as they are");
        if close.on_hover_text(tip).clicked() {
            answer = Some(Answer::CloseLogs);
        }
    }
    let again = match model.close_logs {
        true => ui.button(tr("Go on")),
        false => primary(ui, tr("Go on")),
    };
    let tip = tr("The window as it was, with its logs");
    if again.on_hover_text(tip).clicked() {
        answer = Some(Answer::GoOn);
    }
    let quit = ui.button(tr("Quit"));
    let tip = tr("End Timberline; settings and the session are kept");
    if quit.on_hover_text(tip).clicked() {
        answer = Some(Answer::Quit);
    }
    answer
}

/// The button that is meant for most; it has the keyboard at first.
fn primary(ui: &mut Ui, text: &str) -> Response {
    let response = primary::primary(ui, text);
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    response
}

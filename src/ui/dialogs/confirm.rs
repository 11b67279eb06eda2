//! A question before something that cannot be taken back.

use egui::Context;

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::ui::action::{Action, Actions};

/// The question.
#[derive(Debug, Clone, PartialEq)]
pub struct ConfirmModel {
    /// What is about to happen, as a question.
    pub title: String,
    /// What it means.
    pub text: String,
    /// The button that does it, as a verb.
    pub confirm: String,
    /// What it does.
    pub action: Action,
}

/// Shows the question; the safe answer has the keyboard at first.
pub fn show(ctx: &Context, model: &ConfirmModel, focused: &mut bool, out: &mut Actions) -> Stay {
    let sheet = Sheet {
        id: "confirm",
        title: &model.title,
        width: 420.0,
        anchor: Anchor::Middle,
    };
    sheet.show(ctx, |ui| {
        ui.label(&model.text);
        sheet::footer(ui, |ui| {
            let cancel = sheet::cancel(ui);
            sheet::focus_once(&cancel, focused);
            let confirmed = sheet::primary(ui, &model.confirm, &model.text, true).clicked();
            if confirmed {
                out.push(model.action.clone());
            }
            if confirmed || cancel.clicked() {
                Stay::Closed
            } else {
                Stay::Open
            }
        })
    })
}

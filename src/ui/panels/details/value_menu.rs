//! What can be done with a value of a record: show the records that have it, or the others, or copy it.

use egui::{Button, Response, Ui};

use crate::base::lang::tr;
use crate::query::lang::{has_not_value, has_value};
use crate::ui::action::{Action, Actions};
use crate::ui::widgets::context_menu;

/// A value and the field that it is of.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldValue<'a> {
    /// The field's name in a query; empty if it has none.
    pub(super) field: &'a str,
    /// The value as it was before it was written.
    pub(super) value: &'a str,
}

/// Longer values are not looked for.
const LONGEST: usize = 200;

impl FieldValue<'_> {
    /// Whether records can be told apart by it.
    pub(super) fn can_filter(&self) -> bool {
        !self.field.is_empty() && !self.value.is_empty() && self.value.len() <= LONGEST
    }

    /// Shows the records that have it alone.
    pub(super) fn only(&self) -> Action {
        Action::Narrow(has_value(self.field, self.value))
    }

    /// Hides them.
    pub(super) fn exclude(&self) -> Action {
        Action::Narrow(has_not_value(self.field, self.value))
    }
}

/// Shows the menu of a value while it is open; `asked` opens it.
pub(super) fn show(response: &Response, asked: bool, of: FieldValue<'_>, out: &mut Actions) {
    context_menu::show_if(response, asked, |ui| {
        if of.can_filter() {
            entry(ui, tr("Only this value"), || of.only(), out);
            entry(ui, tr("Exclude this value"), || of.exclude(), out);
            ui.separator();
        }
        let copy = || Action::CopyText(of.value.to_owned());
        entry(ui, tr("Copy value"), copy, out);
        if !of.field.is_empty() {
            let copy = || Action::CopyText(of.field.to_owned());
            entry(ui, tr("Copy name"), copy, out);
        }
    });
}

fn entry(ui: &mut Ui, text: &str, action: impl FnOnce() -> Action, out: &mut Actions) {
    let button = Button::new(text).wrap_mode(egui::TextWrapMode::Extend);
    if ui.add(button).clicked() {
        out.push(action());
        ui.close();
    }
}

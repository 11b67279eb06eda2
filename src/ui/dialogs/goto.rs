//! One box for a record number or a time.

use crate::base::lang::{later, said, tr};
use crate::tr;
use egui::{Context, Grid, RichText, TextEdit, Ui};

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{self, palette, space};
use crate::ui::widgets::{number, tips};

/// What the box knows of the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GotoModel {
    /// How many records the log has, hidden ones included.
    pub records: u64,
    /// The first and the last time in the log, as shown in the table.
    pub span: Option<(String, String)>,
    /// The entry that led nowhere, and why.
    pub refused: Option<Refused>,
}

/// An entry that led nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refused {
    /// The entry as typed.
    pub entry: String,
    /// Why, in words.
    pub reason: String,
}

/// What only the box cares about.
#[derive(Debug, Clone, Default)]
pub struct GotoState {
    /// What is being typed.
    pub text: String,
    focused: bool,
}

/// What the box takes, for its list of examples.
const FORMS: [(&str, &str); 5] = [
    ("1042", later("record number, from 1")),
    ("10:32, 10:32:05", later("time of the last day in the log")),
    ("2026-11-22 10:32", later("date and time")),
    ("-15m, -2h", later("before now")),
    ("yesterday", later("start of the day before")),
];

/// Shows the box. It stays after Enter: the application closes it when the place was found, or says why not.
pub fn show(ctx: &Context, model: &GotoModel, state: &mut GotoState, out: &mut Actions) -> Stay {
    let sheet = Sheet {
        id: "goto",
        title: tr("Go to record or time"),
        width: 400.0,
        anchor: Anchor::Top,
    };
    sheet.show(ctx, |ui| {
        entry(ui, model, state, out);
        examples(ui);
        extent(ui, model);
        Stay::Open
    })
}

fn entry(ui: &mut Ui, model: &GotoModel, state: &mut GotoState, out: &mut Actions) {
    let edit = TextEdit::singleline(&mut state.text)
        .hint_text(tr("Record number or time"))
        .desired_width(f32::INFINITY);
    let response = ui.add(edit).accessible_name(tr("Record number or time"));
    let response = tips::of_box(response, tr("One of the forms below, then Enter"));
    sheet::focus_once(&response, &mut state.focused);
    if sheet::entered(ui, &response) {
        let text = state.text.trim();
        if !text.is_empty() {
            out.push(Action::Goto(text.to_owned()));
        }
        response.request_focus();
    }
    let refused = model.refused.as_ref();
    if let Some(refused) = refused.filter(|refused| refused.entry == state.text.trim()) {
        sheet::mistake(ui, &said(&refused.reason), "");
    }
}

fn examples(ui: &mut Ui) {
    ui.add_space(space::S);
    let colors = palette(ui);
    Grid::new("goto forms")
        .spacing([space::L, space::XS])
        .show(ui, |ui| {
            for (form, meaning) in FORMS {
                ui.label(
                    RichText::new(form)
                        .font(theme::mono_small())
                        .color(colors.text),
                );
                sheet::hint(ui, tr(meaning));
                ui.end_row();
            }
        });
}

fn extent(ui: &mut Ui, model: &GotoModel) {
    ui.add_space(space::S);
    let records = number::counted(model.records, "record");
    let text = match &model.span {
        Some((first, last)) => tr!("{records}, {first} to {last}", records, first, last),
        None => records,
    };
    sheet::hint(ui, text);
}

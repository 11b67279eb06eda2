//! The marked records of a log, with what the user wrote about them.

use egui::{Align, Context, Label, Layout, RichText, ScrollArea, TextEdit, Ui};

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::base::id::RecordNo;
use crate::base::lang::tr;
use crate::base::text::name;
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::{Command, shortcut_text};
use crate::ui::theme::{palette, small, space};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::number;
use crate::ui::widgets::reveal;
use crate::ui::widgets::tips;
use crate::ui::widgets::tool_button::ToolButton;

/// The marked records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BookmarksModel {
    /// In the order of the log.
    pub marks: Vec<MarkedRecord>,
    /// The chosen record, if it is marked and nothing is written about it yet: that is what one comes for.
    pub begins: Option<RecordNo>,
}

/// A marked record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedRecord {
    /// Which.
    pub record: RecordNo,
    /// When it was, as shown in the table.
    pub time: String,
    /// The beginning of its message.
    pub text: String,
    /// What the user wrote about it.
    pub note: String,
}

/// Shows the list. A click on a record goes there and closes it.
pub fn show(ctx: &Context, model: &BookmarksModel, out: &mut Actions) -> Stay {
    let sheet = Sheet {
        id: "bookmarks",
        title: tr("Bookmarks"),
        width: 640.0,
        anchor: Anchor::Middle,
    };
    sheet.show(ctx, |ui| {
        let mut stay = Stay::Open;
        if model.marks.is_empty() {
            let key = shortcut_text(Command::ToggleBookmark);
            sheet::hint(
                ui,
                tr!(
                    "No record is marked yet: {key} marks the one that is chosen",
                    key
                ),
            );
        }
        let room = (ui.available_height() - 2.0 * space::L - 30.0).max(80.0);
        ScrollArea::vertical().max_height(room).show(ui, |ui| {
            for mark in &model.marks {
                if entry(ui, mark, model.begins, out) {
                    stay = Stay::Closed;
                }
                ui.add_space(space::M);
            }
            reveal::focused(ui);
        });
        sheet::footer(ui, |ui| {
            if !model.marks.is_empty() {
                hand_on(ui, out);
            }
            let close = sheet::close(ui);
            sheet::focus_first(ui, &close);
            if close.clicked() {
                stay = Stay::Closed;
            }
        });
        stay
    })
}

/// All of them, for others.
fn hand_on(ui: &mut Ui, out: &mut Actions) {
    let save = ui.button(tr("Save as Markdown..."));
    let tip = tr("Every marked record with its note, into a file");
    if save.on_hover_text(tip).clicked() {
        out.push(Action::SaveBookmarks);
    }
    let copy = ui.button(tr("Copy all as Markdown"));
    let tip = tr("Every marked record with its note, to the clipboard");
    if copy.on_hover_text(tip).clicked() {
        out.push(Action::CopyBookmarks);
    }
}

/// One of them; whether the user goes there.
fn entry(ui: &mut Ui, mark: &MarkedRecord, begins: Option<RecordNo>, out: &mut Actions) -> bool {
    let colors = palette(ui);
    let number = format!("#{}", number::count(mark.record.0 + 1));
    let mut goes = false;
    ui.horizontal(|ui| {
        let words = match mark.time.is_empty() {
            true => number.clone(),
            false => format!("{}  {number}", mark.time),
        };
        let link = ui.add(ToolButton::text(&words).color(colors.accent));
        if begins.is_none() {
            sheet::focus_first(ui, &link);
        }
        if link.on_hover_text(tr("Go to this record")).clicked() {
            out.push(Action::JumpTo(mark.record));
            goes = true;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let remove = tr!("Remove the bookmark {number}", number);
            let button = ToolButton::icon(Icon::Close, &remove);
            if ui
                .add(button)
                .on_hover_text(tr("Remove the bookmark"))
                .clicked()
            {
                out.push(Action::ToggleBookmark(mark.record));
            }
        });
    });
    let text = RichText::new(name(&mark.text))
        .font(small())
        .color(colors.text);
    ui.add(Label::new(text).truncate());
    let mut note = mark.note.clone();
    let edit = TextEdit::multiline(&mut note)
        .hint_text(tr("Note"))
        .desired_rows(1)
        .desired_width(f32::INFINITY);
    let response = ui
        .add(edit)
        .accessible_name(tr!("Note to {number}", number));
    let tip = tr("What you want to remember about this record; it is kept with the log");
    let response = tips::of_box(response, tip);
    if begins == Some(mark.record) {
        sheet::focus_first(ui, &response);
    }
    if response.changed() {
        out.push(Action::NoteBookmark(mark.record, note));
    }
    goes
}

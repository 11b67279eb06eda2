//! With what files are opened that a log names, and where the files of other machines are here.

use egui::{ComboBox, RichText, TextEdit, Ui};

use crate::base::lang::tr;
use crate::settings::editor::{Editor, Mapping, PRESETS};
use crate::settings::model::Setting;
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::dialogs::sheet;
use crate::ui::theme::{mono, palette, space};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::menu;
use crate::ui::widgets::tips;
use crate::ui::widgets::tool_button::ToolButton;

/// Width of the box of a command in points.
const COMMAND: f32 = 340.0;
/// Width of the box of a folder in points.
const FOLDER: f32 = 200.0;

/// Shown where nothing is typed yet.
const EXAMPLE: &str = "code -g {file}:{line}";
const THERE: &str = "/srv/app";
const HERE: &str = "~/work/app";

/// Whether every word of a query in small letters is in what is here.
pub(super) fn is_found(query: &str) -> bool {
    let names = [
        tr("Open files with"),
        tr("Folders of other machines"),
        super::Section::Editor.title(),
        "editor.command editor.mappings vs code pycharm idea vim emacs",
    ];
    let all = names.join(" ").to_lowercase();
    query.split_whitespace().all(|word| all.contains(word))
}

/// Shows both.
pub(super) fn show(ui: &mut Ui, editor: &Editor, out: &mut Actions) {
    let mut now = editor.clone();
    command(ui, &mut now);
    ui.add_space(space::M);
    mappings(ui, &mut now);
    ui.add_space(space::M);
    if now != *editor {
        out.push(Action::ChangeSetting(Setting::Editor(now)));
    }
}

fn command(ui: &mut Ui, editor: &mut Editor) {
    let label = ui.label(tr("Open files with"));
    sheet::hint(
        ui,
        tr("A program and its arguments, which is run when a line of a file is clicked in a log"),
    );
    ui.horizontal_wrapped(|ui| {
        let edit = TextEdit::singleline(&mut editor.command)
            .font(mono())
            .hint_text(EXAMPLE)
            .desired_width(COMMAND);
        let response = ui.add(edit).labelled_by(label.id);
        tips::of_box(
            response,
            tr("Its program and arguments; {file}, {line} and {column} stand for the place"),
        );
        let known = PRESETS
            .iter()
            .find(|(_, command)| *command == editor.command);
        let shown = match known {
            Some((name, _)) => *name,
            None if editor.command.is_empty() => tr("No editor"),
            None => tr("Another editor"),
        };
        let combo = ComboBox::from_id_salt("editors")
            .selected_text(shown)
            .width(130.0);
        let combo = menu::choice(ui, combo, |ui| {
            for (name, command) in PRESETS {
                ui.selectable_value(&mut editor.command, command.to_owned(), name);
            }
            ui.selectable_value(&mut editor.command, String::new(), tr("No editor"));
        });
        let tip = tr("Puts the command of a known editor into the box");
        combo
            .accessible_name(tr("Known editors"))
            .on_hover_text(tip);
    });
    if editor.command.trim().is_empty() {
        let why = tr("No editor is chosen yet: lines of files in logs cannot be opened");
        ui.label(RichText::new(why).color(palette(ui).warn));
    }
    let wrong = (!editor.command.trim().is_empty()).then(|| editor.words("/x", 1, 1).err());
    if let Some(wrong) = wrong.flatten() {
        sheet::mistake(
            ui,
            tr(wrong),
            tr!("Write it as {example}", example = EXAMPLE).as_str(),
        );
    }
}

fn mappings(ui: &mut Ui, editor: &mut Editor) {
    ui.label(tr("Folders of other machines"));
    sheet::hint(
        ui,
        tr("How paths begin in logs, and the folder that is meant here, as ~/work/app"),
    );
    let mut removed = None;
    for (at, mapping) in editor.mappings.iter_mut().enumerate() {
        let no = at + 1;
        ui.horizontal(|ui| {
            let from = TextEdit::singleline(&mut mapping.from)
                .font(mono())
                .hint_text(THERE)
                .desired_width(FOLDER);
            let from = ui.add(from).accessible_name(tr!("Folder {no} in logs", no));
            tips::of_box(from, tr("How paths begin in logs of the other machine"));
            ui.label("→");
            let to = TextEdit::singleline(&mut mapping.to)
                .font(mono())
                .hint_text(HERE)
                .desired_width(FOLDER);
            let to = ui.add(to).accessible_name(tr!("Folder {no} here", no));
            tips::of_box(
                to,
                tr("The folder of this computer that has the same files"),
            );
            let words = tr!("Remove folder {no}", no);
            let button = ToolButton::icon(Icon::Close, &words).color(palette(ui).weak);
            if ui.add(button).on_hover_text(&words).clicked() {
                removed = Some(at);
            }
        });
    }
    if let Some(at) = removed {
        editor.mappings.remove(at);
    }
    let add = ui.button(tr("Add a folder"));
    let tip = tr("One more folder of a server or a container that is elsewhere here");
    if add.on_hover_text(tip).clicked() {
        editor.mappings.push(Mapping::default());
    }
}

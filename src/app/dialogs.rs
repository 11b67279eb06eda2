//! What is open over the window, and the models that the dialogs are given.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Id, Order, Ui};

use super::lookups::{self, expand_home};
use super::present;
use super::state::State;
use crate::base::dye::Dye;
use crate::base::id::Ticket;
use crate::base::problem::Problem;
use crate::engine::Choice;
use crate::format::spec::FormatSpec;
use crate::ui::action::{Actions, Dialog, TabId};
use crate::ui::dialogs::{
    PickerState, Stay, about, bookmarks, choice, columns, command_palette, confirm, export, format,
    goto, help, highlights, path_box, settings, times, words,
};

/// The dialog that is open, with what only it cares about.
#[derive(Debug, Default)]
pub enum Open {
    /// None.
    #[default]
    Nothing,
    /// The format of the file.
    Format(Box<format::FormatState>),
    /// How times are shown and read.
    Times(times::TimesState),
    /// Any command by its name.
    Palette(PickerState),
    /// Settings.
    Settings(Box<settings::SettingsState>),
    /// The list of keys.
    Help(help::HelpState),
    /// Go to a record or a time.
    Goto(goto::GotoState, Option<goto::Refused>),
    /// Open a path typed by hand, and why it was opened by itself.
    Path(path_box::PathBoxState, String),
    /// Records into a file.
    Export(Box<ExportDialog>),
    /// Marked records.
    Bookmarks,
    /// Rules by which rows are marked.
    Highlights(Box<highlights::HighlightsState>),
    /// Values and words of a record, and the colour that is asked for.
    Words(Option<Dye>, PickerState),
    /// Columns of the table.
    Columns,
    /// The logs that one path stands for.
    Choice(Box<Choice>, choice::ChoiceState),
    /// Version and licence.
    About,
    /// A question before something that cannot be taken back; whether it had the keyboard.
    Confirm(Box<confirm::ConfirmModel>, bool),
}

/// The export dialog with what it learned.
#[derive(Debug, Default)]
pub struct ExportDialog {
    draft: export::ExportDraft,
    /// What the desktop's dialog answered.
    picked: Option<PathBuf>,
    /// The path that was asked about last.
    pub target: PathBuf,
    /// What is there, if that is known by now.
    known: Option<lookups::Target>,
    notice: String,
    /// The export that is to begin a file, and the path as it was typed.
    asked: Option<((TabId, Ticket), PathBuf)>,
    /// The path where no file could be begun.
    refused: Option<export::Refused>,
}

/// Everything that can be open over the window; one at a time.
#[derive(Debug, Default)]
pub struct Dialogs {
    open: Open,
    /// What had the keyboard before, to get it back.
    before: Option<Id>,
    /// Something was open in the last frame.
    was_open: bool,
    /// The format that the preview was asked for.
    pub previewed: Option<FormatSpec>,
    /// The format that the whole file was read in.
    pub checked: Option<FormatSpec>,
}

impl Dialogs {
    /// Whether a dialog has the keyboard.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.open, Open::Nothing)
    }

    /// Whether the open dialog waits for a key to be pressed.
    #[must_use]
    pub fn captures_keys(&self) -> bool {
        matches!(&self.open, Open::Settings(own) if own.captures_keys())
    }

    /// Opens a dialog afresh.
    pub fn open(&mut self, dialog: &Dialog) {
        self.open = match dialog {
            Dialog::Format => Open::Format(Box::default()),
            Dialog::Times => Open::Times(times::TimesState::default()),
            Dialog::Palette => Open::Palette(PickerState::default()),
            Dialog::Settings => Open::Settings(Box::default()),
            Dialog::EditorSettings => {
                Open::Settings(Box::new(settings::SettingsState::at_editor()))
            }
            Dialog::EditKeys => Open::Settings(Box::new(settings::SettingsState::at_keys())),
            Dialog::Keys => Open::Help(help::HelpState::default()),
            Dialog::Goto => Open::Goto(goto::GotoState::default(), None),
            Dialog::OpenPath => Open::Path(path_box::PathBoxState::default(), String::new()),
            Dialog::Export => Open::Export(Box::default()),
            Dialog::Bookmarks => Open::Bookmarks,
            Dialog::Highlights => Open::Highlights(Box::default()),
            Dialog::Words(dye) => Open::Words(*dye, PickerState::default()),
            Dialog::Columns => Open::Columns,
            Dialog::About => Open::About,
        };
    }

    /// Opens the path box because the desktop's dialog cannot be had.
    pub fn open_path_box(&mut self, why: &str) {
        self.open = Open::Path(path_box::PathBoxState::default(), why.to_owned());
    }

    /// The export dialog, if it is open.
    pub fn export_mut(&mut self) -> Option<&mut ExportDialog> {
        match &mut self.open {
            Open::Export(dialog) => Some(dialog),
            _ => None,
        }
    }

    /// Whether the dialog of this export is open until its file is begun.
    #[must_use]
    pub fn waits_for(&self, export: (TabId, Ticket)) -> bool {
        let Open::Export(dialog) = &self.open else {
            return false;
        };
        dialog
            .asked
            .as_ref()
            .is_some_and(|(asked, _)| *asked == export)
    }

    /// No file could be begun where the dialog said.
    pub fn export_refused(&mut self, problem: Problem) {
        if let Open::Export(dialog) = &mut self.open {
            let asked = dialog.asked.take();
            dialog.refused = asked.map(|(_, path)| export::Refused { path, problem });
            dialog.draft.try_again();
        }
    }

    /// The dialog of highlighters, if it is open.
    pub fn highlights_mut(&mut self) -> Option<&mut highlights::HighlightsState> {
        match &mut self.open {
            Open::Highlights(own) => Some(own),
            _ => None,
        }
    }

    /// Asks before something that cannot be taken back.
    pub fn ask(&mut self, question: confirm::ConfirmModel) {
        self.open = Open::Confirm(Box::new(question), false);
    }

    /// Offers the logs that one path stands for.
    pub fn open_choice(&mut self, choice: Choice) {
        self.open = Open::Choice(Box::new(choice), choice::ChoiceState::default());
    }

    /// Closes what did its work: the keyboard goes on to the table.
    pub fn finish(&mut self) {
        self.close();
        self.before = None;
    }

    /// Gives the keyboard back to what had it before a dialog was open, unless something else asked for it.
    fn give_back(&mut self, ctx: &Context, table_has_it: bool) {
        let now = ctx.memory(egui::Memory::focused);
        if self.is_open() {
            self.was_open = true;
        } else if std::mem::take(&mut self.was_open) {
            let of_dialog = |id| {
                let response = ctx.read_response(id);
                response.is_none_or(|response| response.layer_id.order != Order::Background)
            };
            let free = table_has_it || now.is_none_or(of_dialog);
            let before = self.before.filter(|id| ctx.read_response(*id).is_some());
            if let Some(id) = before.filter(|_| free) {
                ctx.memory_mut(|memory| memory.request_focus(id));
            }
        } else {
            self.before = now;
        }
    }

    /// Closes whatever is open.
    pub fn close(&mut self) {
        self.open = Open::Nothing;
    }

    /// The entry of "go to" led nowhere.
    pub fn goto_failed(&mut self, entry: &str, reason: String) {
        if let Open::Goto(_, refused) = &mut self.open {
            *refused = Some(goto::Refused {
                entry: entry.to_owned(),
                reason,
            });
        }
    }
}

/// Shows the open dialog.
pub fn show(ui: &Ui, state: &mut State, out: &mut Actions) {
    let table_has_it = state.tab().is_some_and(|tab| tab.table.has_keyboard);
    state.dialogs.give_back(ui.ctx(), table_has_it);
    // Taken out for the frame, so that the models can be built from the rest.
    let mut open = std::mem::take(&mut state.dialogs.open);
    let ctx = ui.ctx();
    let stay = match &mut open {
        Open::Nothing => Stay::Open,
        Open::Format(own) => match present::format_dialog(state) {
            Some(model) => format::show(ctx, &model, own, out),
            None => Stay::Closed,
        },
        Open::Times(own) => match present::times_dialog(state) {
            Some(model) => times::show(ctx, &model, own, out),
            None => Stay::Closed,
        },
        Open::Palette(own) => {
            let model = present::palette(state);
            command_palette::show(ctx, &model, own, out)
        }
        Open::Settings(own) => settings::show(ctx, &settings_model(state), own, out),
        Open::Help(own) => help::show(ctx, own),
        Open::Goto(own, refused) => {
            let model = goto::GotoModel {
                refused: refused.clone(),
                ..present::goto_dialog(state)
            };
            goto::show(ctx, &model, own, out)
        }
        Open::Path(own, notice) => {
            let model = present::quick_open(state, notice);
            path_box::show(ctx, &model, own, out)
        }
        Open::Export(own) => match export_model(state, own) {
            Some(model) => {
                own.picked = None;
                export::show(ctx, &model, &mut own.draft, out)
            }
            None => Stay::Closed,
        },
        Open::Bookmarks => match present::bookmarks_dialog(state) {
            Some(model) => bookmarks::show(ctx, &model, out),
            None => Stay::Closed,
        },
        Open::Highlights(own) => highlights::show(ctx, &state.settings.highlights, own, out),
        Open::Words(dye, own) => match present::words_dialog(state, *dye) {
            Some(model) => words::show(ctx, &model, own, out),
            None => Stay::Closed,
        },
        Open::Columns => match present::columns_dialog(state) {
            Some(model) => columns::show(ctx, &model, out),
            None => Stay::Closed,
        },
        Open::Choice(of, own) => choice::show(ctx, &super::choice::model(state, of), own, out),
        Open::About => about::show(ctx, &about_model(state), out),
        Open::Confirm(question, focused) => confirm::show(ctx, question, focused, out),
    };
    if stay == Stay::Open {
        state.dialogs.open = open;
    }
    if !matches!(state.dialogs.open, Open::Highlights(_)) {
        // What was not saved is not shown any more.
        state.highlights_draft = None;
    }
    if !matches!(state.dialogs.open, Open::Format(_)) && state.dialogs.checked.take().is_some() {
        // Nobody looks at how the file reads any more.
        for tab in &state.tabs {
            tab.handle.cancel_check();
        }
    }
}

impl ExportDialog {
    /// An export was started: the dialog stays until its file is begun.
    pub fn wait_for(&mut self, export: (TabId, Ticket), path: &Path) {
        self.asked = Some((export, path.to_path_buf()));
        self.refused = None;
    }

    /// The desktop's dialog answered a file.
    pub fn pick(&mut self, path: PathBuf) {
        self.picked = Some(path);
    }

    /// The desktop has no dialog.
    pub fn no_dialog(&mut self) {
        "This desktop has no file dialog; type the path here".clone_into(&mut self.notice);
    }
}

fn export_model(state: &State, own: &mut ExportDialog) -> Option<export::ExportModel> {
    let asked = expand_home(&own.target);
    let known = state.lookups.target().filter(|known| known.path == asked);
    // A dialog of another window may ask next.
    own.known = known.cloned().or(own.known.take());
    let known = own.known.as_ref().filter(|known| known.path == asked);
    Some(export::ExportModel {
        picked: own.picked.clone(),
        there: known.map(|known| (own.target.clone(), known.there.clone())),
        notice: own.notice.clone(),
        refused: own.refused.clone(),
        ..present::export_dialog(state)?
    })
}

fn settings_model(state: &State) -> settings::SettingsModel {
    let file = state
        .keeper
        .folder()
        .map(|folder| folder.join("settings.toml").display().to_string());
    settings::SettingsModel {
        settings: state.settings.clone(),
        keymap: Arc::clone(&state.keymap),
        unknown_levels: present::unknown_levels(state),
        file,
    }
}

fn about_model(state: &State) -> about::AboutModel {
    about::AboutModel {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        system: format!(
            "{} {}, OpenGL (glow)",
            std::env::consts::OS,
            std::env::consts::ARCH
        ),
        settings_folder: state
            .keeper
            .folder()
            .map(|folder| folder.display().to_string()),
    }
}

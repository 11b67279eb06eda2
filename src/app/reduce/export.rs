//! Records into files.

use std::path::Path;

use crate::app::lookups::expand_home;
use crate::app::state::State;
use crate::base::lang::tr;
use crate::engine::{ExportRequest, ExportState, Form, Manner, RecordSelection};
use crate::ui::action::{ExportForm, ExportPick, ExportWhat, TabId};

/// Starts an export of the shown tab.
pub fn start(state: &mut State, pick: &ExportPick) {
    let to = super::super::state::absolute(&expand_home(&pick.to));
    let Some(tab) = state.tab_mut() else { return };
    let arranged = tab.arrangement();
    let columns = arranged.shown().map(|column| column.spec.key.clone());
    let columns = columns.collect();
    tab.export_ticket = tab.export_ticket.next();
    tab.handle.export(ExportRequest {
        ticket: tab.export_ticket,
        filter: tab.filter.ticket,
        records: match pick.what {
            ExportWhat::Shown => RecordSelection::AllShown,
            ExportWhat::Selected => RecordSelection::ShownBetween(tab.selection.ranges().to_vec()),
        },
        manner: Manner {
            form: match pick.form {
                ExportForm::Text => Form::Text,
                ExportForm::JsonLines => Form::Jsonl,
                ExportForm::Csv => Form::Csv,
            },
            keep_formulas: pick.keep_formulas,
            columns: Some(columns),
            fields: Vec::new(),
        },
        to: to.clone(),
    });
    tab.export = Some(
        ExportState {
            ticket: tab.export_ticket,
            path: to.clone(),
            done: 0,
            total: 0,
            outcome: None,
        }
        .into(),
    );
    state.export_folder = to.parent().map(Path::to_path_buf);
    state.dialogs.close();
}

pub fn cancel(state: &State, id: TabId) {
    if let Some(tab) = state.tabs.iter().find(|tab| tab.id == id) {
        tab.handle.cancel_export();
    }
}

/// Asks the desktop where to.
pub fn ask_target(state: &mut State, start: &Path) {
    let start = expand_home(start);
    let waker = state.waker();
    state.files.ask_target(tr("Export records"), start, waker);
}

/// Looks whether something is at a path.
pub fn check_target(state: &mut State, path: &Path) {
    if let Some(dialog) = state.dialogs.export_mut() {
        dialog.target = path.to_path_buf();
    }
    state.look_up_also(Some(expand_home(path)));
}

//! Records into files.

use std::path::Path;

use crate::app::lookups::expand_home;
use crate::app::state::State;
use crate::base::lang::tr;
use crate::base::problem::Problem;
use crate::engine::{
    ExportOutcome, ExportRequest, ExportState, Exported, Form, Manner, RecordSelection,
};
use crate::tr;
use crate::ui::action::{ExportForm, ExportPick, ExportWhat, TabId};
use crate::ui::widgets::number;

/// Starts an export of the shown tab. The dialog stays until the file is begun, so that another can be named.
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
            path: to,
            begun: false,
            done: 0,
            total: 0,
            elapsed: std::time::Duration::ZERO,
            outcome: None,
        }
        .into(),
    );
    let asked = (tab.id, tab.export_ticket);
    if let Some(dialog) = state.dialogs.export_mut() {
        dialog.wait_for(asked, &pick.to);
    }
}

/// Takes note of how the export of a tab stands: the dialog that asked for it is over, or has another try; what came of
/// it is told.
pub fn take(state: &mut State, id: TabId, export: &ExportState) {
    let asked = (id, export.ticket);
    if let Some(dialogs) = state.all_dialogs().find(|dialogs| dialogs.waits_for(asked)) {
        match &export.outcome {
            Some(ExportOutcome::Failed(problem)) if !export.begun => {
                return dialogs.export_refused(problem.clone());
            }
            None if !export.begun => return,
            _ => dialogs.close(),
        }
    }
    match &export.outcome {
        None => {}
        Some(ExportOutcome::Done(exported)) => {
            state.export_folder = exported.path.parent().map(Path::to_path_buf);
            state.tell(in_words(exported));
        }
        Some(ExportOutcome::Cancelled) => state.tell(Problem::info(
            "The export was cancelled; nothing is left of it",
        )),
        Some(ExportOutcome::Failed(problem)) => state.tell(problem.clone()),
    }
}

fn in_words(exported: &Exported) -> Problem {
    let records = number::counted(exported.records, "record");
    let headline = tr!(
        "{records} exported, {size}",
        records,
        size = number::bytes(exported.bytes)
    );
    let problem = match exported.left_out {
        0 => Problem::info(headline),
        gone => Problem::warning(headline).hint(tr!(
            "{records} left out: the text is gone, the file was truncated or deleted since",
            records = number::counted(gone, "record")
        )),
    };
    problem.path(&exported.path)
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
    state.lookups.ask_target(expand_home(path));
}

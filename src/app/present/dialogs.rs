//! What the dialogs over a log are given.

use crate::app::state::State;
use crate::app::tab::Tab;
use crate::base::time::{Timestamp, Zone, ZoneClock, format_time};
use crate::engine::{self, PreviewError, PreviewResult};
use crate::format::builtin::builtins;
use crate::ui::dialogs::columns::ColumnsModel;
use crate::ui::dialogs::format::{
    BuiltinRow, CandidateRow, FormatModel, Preview, PreviewFailure, PreviewField, PreviewLine,
    PreviewLines, Verdict,
};
use crate::ui::dialogs::goto::GotoModel;

/// The format dialog; `None` without a log.
#[must_use]
pub fn format_dialog(state: &State) -> Option<FormatModel> {
    let tab = state.tab()?;
    let source = tab.source.as_ref()?;
    let candidate = |candidate: &engine::CandidateInfo| CandidateRow {
        spec: candidate.spec.clone(),
        name: candidate.name.clone(),
        reason: candidate.reason.clone(),
        matched: candidate.matched,
        lines: candidate.lines,
    };
    let builtin = |builtin: &crate::format::builtin::Builtin| BuiltinRow {
        name: builtin.name.to_owned(),
        title: builtin.title.to_owned(),
        example: builtin.example.to_owned(),
    };
    Some(FormatModel {
        file: super::bars::file_name(&tab.path),
        current: source.format.spec.clone(),
        detected: source.format_was_detected,
        candidates: source.candidates.iter().map(candidate).collect(),
        builtins: builtins().iter().map(builtin).collect(),
        preview: tab
            .preview
            .as_deref()
            // A late answer is about another format than the one that was asked for last.
            .filter(|result| result.ticket == tab.preview_ticket)
            .and_then(|result| preview(state, result)),
    })
}

fn preview(state: &State, result: &PreviewResult) -> Option<Preview> {
    let spec = state.dialogs.previewed.clone()?;
    let outcome = match &result.outcome {
        Ok(preview) => Ok(PreviewLines {
            lines: preview.lines.iter().map(preview_line).collect(),
            sampled: preview.lines_sampled,
            matched: preview.lines_matched,
            times_unread: preview.times_unread,
        }),
        Err(PreviewError::Format(error)) => Err(PreviewFailure::Format(error.clone())),
        Err(PreviewError::Unreadable(problem)) => {
            Err(PreviewFailure::Unreadable(problem.to_string()))
        }
    };
    Some(Preview { spec, outcome })
}

fn preview_line(line: &engine::PreviewLine) -> PreviewLine {
    let field = |field: &engine::PreviewField| PreviewField {
        name: field.name.clone(),
        role: field.role,
        value: field.value.clone(),
    };
    let verdict = match &line.verdict {
        engine::LineVerdict::Start { fields, .. } => {
            Verdict::Start(fields.iter().map(field).collect())
        }
        engine::LineVerdict::Continues { .. } => Verdict::Continues,
        engine::LineVerdict::Unmatched => Verdict::Unmatched,
    };
    PreviewLine {
        text: line.text.clone(),
        verdict,
    }
}

/// The dialog that asks where to go, without what was refused.
#[must_use]
pub fn goto_dialog(state: &State) -> GotoModel {
    let source = state.tab().and_then(|tab| tab.source.as_ref());
    let stats = source.map(|source| &source.snapshot.stats);
    let mut clock = ZoneClock::new(&Zone::default());
    let mut show = |time: Timestamp| format_time(time, &mut clock);
    let span = stats.and_then(|stats| Some((show(stats.earliest?), show(stats.latest?))));
    GotoModel {
        records: stats.map_or(0, |stats| stats.records),
        span,
        refused: None,
    }
}

/// The columns dialog; `None` without a log.
#[must_use]
pub fn columns_dialog(state: &State) -> Option<ColumnsModel> {
    let tab: &Tab = state.tab()?;
    let arranged = tab.arrangement();
    Some(ColumnsModel {
        titles: arranged
            .columns
            .iter()
            .map(|column| column.spec.title.clone())
            .collect(),
        columns: arranged.states,
        defaults: tab.default_columns(),
    })
}

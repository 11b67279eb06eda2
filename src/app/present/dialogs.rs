//! What the dialogs over a log are given.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::app::state::State;
use crate::app::tab::Tab;
use crate::base::lang::said;
use crate::base::level::LevelTable;
use crate::base::time::{Timestamp, ZoneClock, format_time};
use crate::engine::{self, CheckResult, FailedLine, PreviewError, PreviewResult};
use crate::format::builtin::builtins;
use crate::settings::formats::patterns;
use crate::ui::dialogs::bookmarks::{BookmarksModel, MarkedRecord};
use crate::ui::dialogs::columns::ColumnsModel;
use crate::ui::dialogs::export::ExportModel;
use crate::ui::dialogs::format::{
    BuiltinRow, CandidateRow, Check, Failed, FormatModel, Preview, PreviewFailure, PreviewField,
    PreviewLine, PreviewLines, Verdict,
};
use crate::ui::dialogs::goto::GotoModel;
use crate::ui::dialogs::settings::UnknownLevel;
use crate::ui::dialogs::times::TimesModel;

/// The format dialog; `None` without a log.
#[must_use]
pub fn format_dialog(state: &State) -> Option<FormatModel> {
    let tab = state.tab()?;
    let source = tab.source.as_ref()?;
    let candidate = |candidate: &engine::CandidateInfo| CandidateRow {
        spec: candidate.spec.clone(),
        name: said(&candidate.name).into_owned(),
        reason: candidate.reason.clone(),
        matched: candidate.matched,
        lines: candidate.lines,
    };
    let builtin = |builtin: &crate::format::builtin::Builtin| BuiltinRow {
        name: builtin.name.to_owned(),
        title: said(builtin.title).into_owned(),
        example: builtin.example.to_owned(),
    };
    Some(FormatModel {
        file: tab.name(),
        current: source.format.spec.clone(),
        detected: source.format_was_detected,
        candidates: source.candidates.iter().map(candidate).collect(),
        builtins: builtins().iter().map(builtin).collect(),
        saved: state.formats.clone(),
        patterns: patterns(&tab.path),
        folder: state
            .keeper
            .formats_folder()
            .map(|folder| folder.display().to_string()),
        check: tab
            .check
            .as_deref()
            .filter(|result| result.ticket == tab.check_ticket)
            .and_then(|result| check(state, result)),
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
            Err(PreviewFailure::Unreadable(problem.translated().to_string()))
        }
    };
    Some(Preview { spec, outcome })
}

fn check(state: &State, result: &CheckResult) -> Option<Check> {
    let tally = &result.tally;
    let failed = |failed: &FailedLine| Failed {
        line: failed.line,
        text: failed.text.clone(),
        stop: failed.stop.clone(),
    };
    Some(Check {
        spec: state.dialogs.checked.clone()?,
        share: (result.bytes_done as f64 / result.bytes_total.max(1) as f64) as f32,
        done: result.done,
        lines: tally.lines,
        starts: tally.starts,
        failed: tally.failed,
        times_unread: tally.times_unread,
        parts: tally.parts.clone(),
        first_failed: tally.first_failed.iter().map(failed).collect(),
        suggestion: tally.suggestion.as_ref().map(|found| CandidateRow {
            spec: found.spec.clone(),
            name: found.name.clone(),
            reason: String::new(),
            matched: found.matched as usize,
            lines: found.lines as usize,
        }),
        problem: result.problem.as_ref().map(|problem| match problem {
            PreviewError::Format(error) => said(&error.to_string()).into_owned(),
            PreviewError::Unreadable(problem) => problem.translated().to_string(),
        }),
    })
}

fn preview_line(line: &engine::PreviewLine) -> PreviewLine {
    let field = |field: &engine::PreviewField| PreviewField {
        name: field.name.clone(),
        role: field.role,
        value: field.value.clone(),
        column: field.column,
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
    let zone = state.tab().map(Tab::zone).unwrap_or_default();
    let mut clock = ZoneClock::new(&zone);
    let mut show = |time: Timestamp| format_time(time, &mut clock);
    let span = stats.and_then(|stats| Some((show(stats.earliest?), show(stats.latest?))));
    GotoModel {
        records: stats.map_or(0, |stats| stats.records),
        span,
        refused: None,
    }
}

/// The dialog about times; `None` without a log.
#[must_use]
pub fn times_dialog(state: &State) -> Option<TimesModel> {
    let tab = state.tab()?;
    Some(TimesModel {
        times: state.settings.times.clone(),
        file: tab.name(),
        zone: tab.source.as_ref()?.zone,
    })
}

/// Level words of the open files that Timberline does not know, the most frequent first, and those with a place.
#[must_use]
pub fn unknown_levels(state: &State) -> Vec<UnknownLevel> {
    let placed = state.settings.levels.iter();
    let mut words: BTreeMap<&str, u64> = placed.map(|placed| (&*placed.word, 0)).collect();
    for source in state.tabs.iter().filter_map(|tab| tab.source.as_ref()) {
        let (levels, stats) = (&source.snapshot.levels, &source.snapshot.stats);
        for id in levels.custom_ids().filter(|id| stats.level(*id) > 0) {
            *words.entry(levels.name(id)).or_default() += stats.level(id);
        }
    }
    let unknown = |(word, records): (&str, u64)| {
        let mut guess = LevelTable::standard();
        let id = guess.intern(word.as_bytes());
        let mut placed = state.settings.levels.iter();
        UnknownLevel {
            word: word.to_owned(),
            records,
            level: placed
                .find(|placed| placed.word == word)
                .map(|placed| placed.level.clone()),
            guess: format!("{:?}", guess.gravity(id)).to_uppercase(),
        }
    };
    let mut unknown: Vec<UnknownLevel> = words.into_iter().map(unknown).collect();
    unknown.sort_by_key(|word| std::cmp::Reverse(word.records));
    unknown
}

/// The export dialog, but for what it learned; `None` without a log.
#[must_use]
pub fn export_dialog(state: &State) -> Option<ExportModel> {
    let tab = state.tab()?;
    let real = tab.origin.has_path();
    let stem = tab.path.file_stem().filter(|_| real);
    let mut file = stem.unwrap_or("output".as_ref()).to_os_string();
    file.push("-export");
    let beside = tab.path.parent().filter(|_| real);
    let folder = state.export_folder.as_deref().or(beside);
    Some(ExportModel {
        shown: tab.shown_count(),
        selected: super::bars::selected(tab),
        reading: tab.is_indexing(),
        suggestion: folder.map_or_else(|| PathBuf::from(&file), |folder| folder.join(&file)),
        ..ExportModel::default()
    })
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

/// The marked records of the shown log.
#[must_use]
pub fn bookmarks_dialog(state: &State) -> Option<BookmarksModel> {
    let tab = state.tab()?;
    let mut clock = ZoneClock::new(&tab.zone());
    let marks = tab.bookmarks.iter().map(|(record, bookmark)| MarkedRecord {
        record,
        time: bookmark
            .time
            .map(|time| format_time(Timestamp(time), &mut clock))
            .unwrap_or_default(),
        text: bookmark.text.clone(),
        note: bookmark.note.clone(),
    });
    let marks: Vec<_> = marks.collect();
    let chosen = tab.selection.focus();
    let begins = marks.iter().find(|mark| Some(mark.record) == chosen);
    let begins = begins.filter(|mark| mark.note.is_empty());
    let begins = begins.map(|mark| mark.record);
    Some(BookmarksModel { marks, begins })
}

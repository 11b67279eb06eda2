//! How the whole file fares: how much of it matches, and where the first lines that fail stop matching.

use crate::base::lang::{said, tr};
use crate::format::template::stop::Stop;
use crate::tr;
use egui::text::LayoutJob;
use egui::{Role, ScrollArea, Sense, TextFormat, Ui, WidgetInfo, vec2};

use super::draft::Draft;
use super::{CandidateRow, Check, Failed, FormatModel, FormatState};
use crate::format::spec::FormatSpec;
use crate::ui::action::{Action, Actions};
use crate::ui::dialogs::sheet;
use crate::ui::theme::{self, Palette, palette, space};
use crate::ui::widgets::reveal;
use crate::ui::widgets::tool_button::focus_ring;
use crate::ui::widgets::{number, progress};

/// The check of this format, if it is the one that is known.
pub(super) fn of<'a>(model: &'a FormatModel, spec: Option<&FormatSpec>) -> Option<&'a Check> {
    model
        .check
        .as_ref()
        .filter(|check| Some(&check.spec) == spec)
}

/// The match rate in one line, with its progress while it is taken.
pub(super) fn summary(ui: &mut Ui, check: &Check, state: &mut FormatState, out: &mut Actions) {
    let colors = palette(ui);
    ui.horizontal_wrapped(|ui| {
        if !check.done && check.problem.is_none() {
            running(ui, check, state, out);
        }
        ui.colored_label(tone(check, colors), rate(check));
    });
    if !check.parts.is_empty() {
        sheet::hint(ui, parts(check));
    }
    if check.times_unread > 0 {
        let records = number::counted(check.times_unread, "record");
        let text = tr!("The time of {records} could not be read", records);
        ui.colored_label(colors.warn, text);
    }
    if let Some(problem) = &check.problem {
        sheet::mistake(ui, problem, "");
    }
}

fn running(ui: &mut Ui, check: &Check, state: &mut FormatState, out: &mut Actions) {
    if state.stopped {
        ui.label(tr!(
            "Stopped at {share} %:",
            share = format_args!("{:.0}", check.share * 100.0)
        ));
        let again = ui.button(tr("Check again"));
        let tip = tr("Read the whole file in this format");
        if again.on_hover_text(tip).clicked() {
            state.stopped = false;
            out.push(Action::CheckFormat(check.spec.clone()));
        }
        return;
    }
    progress::bar(ui, 60.0, check.share, tr("Checking the whole file"));
    let stop = ui.button(tr("Stop checking"));
    if stop
        .on_hover_text(tr("What was found so far stays"))
        .clicked()
    {
        state.stopped = true;
        out.push(Action::CancelCheck);
    }
}

fn tone(check: &Check, colors: &Palette) -> egui::Color32 {
    match (check.starts, check.failed) {
        (0, _) => colors.bad,
        (_, 0) => colors.text,
        _ => colors.warn,
    }
}

fn rate(check: &Check) -> String {
    let share = match check.starts {
        0 => "0 %".to_owned(),
        starts => number::percent(starts, starts + check.failed),
    };
    let mut text = tr!(
        "{share} match: {starts} of {lines} start a record",
        share,
        starts = number::count(check.starts),
        lines = number::counted(check.lines, "line")
    );
    if check.failed > 0 {
        let failed = number::count(check.failed);
        text.push_str(&format!(
            ", {}",
            tr!("{failed} should and do not match", failed)
        ));
    }
    let others = check.lines.saturating_sub(check.starts + check.failed);
    if others > 0 {
        let others = number::count(others);
        text.push_str(&format!(
            ", {}",
            tr!("{others} belong to the record before", others)
        ));
    }
    text
}

/// How many records each format of a mixed file reads.
fn parts(check: &Check) -> String {
    let of = |(at, records): (usize, &u64)| {
        let records = number::counted(*records, "record");
        tr!("format {at}: {records}", at = at + 1, records)
    };
    let parts: Vec<String> = check.parts.iter().enumerate().map(of).collect();
    parts.join(", ")
}

/// The lines that fail, each with the place where it stops matching. Choosing one points at that place of the template.
pub(super) fn failed(ui: &mut Ui, check: &Check, draft: &mut Draft, state: &mut FormatState) {
    if let Some(found) = &check.suggestion {
        suggestion(ui, found, draft);
    }
    if check.first_failed.is_empty() {
        let text = if check.done {
            tr("Every line that looks like the start of a record matches")
        } else {
            tr("None so far")
        };
        return sheet::hint(ui, text);
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        for line in &check.first_failed {
            if row(ui, line, state.pointed) {
                let stop = line.stop.as_ref();
                if let Some(part) = stop.and_then(|stop| stop.part) {
                    draft.edit(part);
                }
                state.pointed = stop.and_then(|stop| stop.template_column);
            }
        }
        let kept = check.first_failed.len() as u64;
        if check.failed > kept {
            let all = number::count(check.failed);
            sheet::hint(ui, tr!("These are the first {kept} of {all}", kept, all));
        }
        reveal::focused(ui);
    });
}

/// A format that reads most of them, ready to be added.
fn suggestion(ui: &mut Ui, found: &CandidateRow, draft: &mut Draft) {
    ui.horizontal_wrapped(|ui| {
        let (matched, lines) = (found.matched as u64, found.lines as u64);
        ui.label(tr!(
            "{matched} of {lines} of these lines are {name}",
            matched = number::count(matched),
            lines = number::count(lines),
            name = found.name
        ));
        let add = ui.button(tr("Add this format"));
        let tip = tr("It reads the lines that the others leave over");
        if add.on_hover_text(tip).clicked() {
            draft.add();
            draft.pick(&found.spec);
        }
    });
}

/// Characters of a line before the place where it stops that are shown.
const BEFORE: usize = 60;
/// And behind it.
const BEHIND: usize = 200;

/// A line and the reason; whether it was chosen.
fn row(ui: &mut Ui, failed: &Failed, pointed: Option<usize>) -> bool {
    let colors = palette(ui);
    let reason = reason(failed);
    let galleys = [
        ui.painter().layout_job(text(failed, colors)),
        ui.painter().layout_no_wrap(
            tr!(
                "Line {line}: {reason}",
                line = number::count(failed.line),
                reason
            ),
            theme::small(),
            colors.weak,
        ),
    ];
    let height: f32 = galleys.iter().map(|galley| galley.size().y).sum();
    let size = vec2(ui.available_width(), height + space::S);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = tr!(
        "Line {line}: {reason}: {text}",
        line = failed.line,
        reason,
        text = failed.text
    );
    let place = failed.stop.as_ref().and_then(|stop| stop.template_column);
    let picked = place.is_some() && place == pointed;
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, picked, &name));
    if response.hovered() {
        ui.painter().rect_filled(rect, 3.0, colors.row_hover);
    }
    focus_ring(ui, rect, &response);
    let seen = rect.intersect(ui.clip_rect());
    let clip = ui.painter().with_clip_rect(seen);
    let mut at = rect.min + vec2(space::XS, space::XS);
    for galley in galleys {
        let height = galley.size().y;
        clip.galley(at, galley, colors.text);
        at.y += height;
    }
    response
        .on_hover_text(tr("Show the place in the template"))
        .clicked()
}

fn reason(failed: &Failed) -> String {
    let Some(stop) = &failed.stop else {
        return tr("does not match").to_owned();
    };
    let ends = failed.text.chars().nth(stop.line_column).is_none();
    let stop = stopped(stop);
    match ends {
        true => tr!("{stop}, but the line ends", stop),
        false => stop,
    }
}

/// Where a line stops matching, and what was expected there.
fn stopped(stop: &Stop) -> String {
    let column = stop.line_column + 1;
    // "a time (asctime)": the name in brackets is the template's.
    let expected = match stop.expected.split_once(" (") {
        Some((kind, name)) => format!("{} ({name}", said(kind)),
        None => said(&stop.expected).into_owned(),
    };
    let (part, place) = (
        stop.part.map(|part| part + 1),
        stop.template_column.map(|place| place + 1),
    );
    match (part, place) {
        (None, None) => tr!(
            "stopped at column {column} of the line: expected {expected}",
            column,
            expected
        ),
        (Some(part), None) => tr!(
            "stopped at column {column} of the line: expected {expected} of format {part}",
            column,
            expected,
            part
        ),
        (None, Some(place)) => tr!(
            "stopped at column {column} of the line: expected {expected} of the template, column {place}",
            column,
            expected,
            place
        ),
        (Some(part), Some(place)) => tr!(
            "stopped at column {column} of the line: expected {expected} of format {part}, column {place}",
            column,
            expected,
            part,
            place
        ),
    }
}

/// What matches in the colour of text, the rest in that of mistakes; of a long line the part around the place.
fn text(failed: &Failed, colors: &Palette) -> LayoutJob {
    let stop = failed.stop.as_ref().map_or(0, |stop| stop.line_column);
    let from = stop.saturating_sub(BEFORE);
    let before: String = failed.text.chars().skip(from).take(stop - from).collect();
    let behind: String = failed.text.chars().skip(stop).take(BEHIND).collect();
    let mut job = LayoutJob {
        break_on_newline: false,
        ..LayoutJob::default()
    };
    let format = |color| TextFormat::simple(theme::mono(), color);
    if from > 0 {
        job.append("…", 0.0, format(colors.weak));
    }
    job.append(&before, 0.0, format(colors.text));
    job.append("▸", 0.0, format(colors.bad));
    job.append(&behind, 0.0, format(colors.bad));
    job
}

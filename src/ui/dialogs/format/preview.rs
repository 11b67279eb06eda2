//! The first lines of the user's own file, each field in its colour, and how much of the file matches.

use crate::base::lang::tr;
use crate::tr;
use std::ops::Range;

use egui::text::LayoutJob;
use egui::{Color32, Frame, Margin, RichText, ScrollArea, Stroke, TextFormat, Ui, vec2};

use super::draft::Draft;
use super::{
    FormatModel, FormatState, PreviewFailure, PreviewField, PreviewLine, PreviewLines, Verdict,
    check, list, roles,
};
use crate::format::field::Role;
use crate::ui::action::Actions;
use crate::ui::dialogs::sheet;
use crate::ui::theme::{self, Palette, palette, radius, space};
use crate::ui::widgets::number;

/// Shows the preview. One of an older draft stays, so that the lines do not flicker while a template is typed.
pub(super) fn show(
    ui: &mut Ui,
    model: &FormatModel,
    draft: &mut Draft,
    state: &mut FormatState,
    out: &mut Actions,
) {
    let spec = draft.spec();
    let check = check::of(model, spec.as_ref());
    ui.horizontal(|ui| {
        sheet::section(ui, tr("This file"));
        let failed = check.map_or(0, |check| check.failed);
        ui.selectable_value(&mut state.failing, false, tr("First lines"))
            .on_hover_text(tr("How the beginning of the file reads in this format"));
        let fails = if failed == 0 {
            tr("Lines that fail").to_owned()
        } else {
            tr!("Lines that fail ({failed})", failed = number::count(failed))
        };
        ui.selectable_value(&mut state.failing, true, fails)
            .on_hover_text(tr(
                "Lines that look like the start of a record, and where each stops to match",
            ));
    });
    match model.preview.as_ref().filter(|_| spec.is_some()) {
        None => sheet::hint(
            ui,
            tr("Pick a format or type a template to see how the file reads in it"),
        ),
        Some(preview) => match &preview.outcome {
            Ok(lines) => {
                match check {
                    Some(check) => check::summary(ui, check, state, out),
                    None => summary(ui, lines, palette(ui)),
                }
                roles::show(ui, &known_fields(lines), palette(ui), draft);
                match check.filter(|_| state.failing) {
                    Some(check) => boxed(ui, |ui| check::failed(ui, check, draft, state)),
                    None => show_lines(ui, lines),
                }
            }
            Err(PreviewFailure::Unreadable(reason)) => sheet::mistake(ui, reason, ""),
            // Said below the template.
            Err(PreviewFailure::Format(_)) => {
                sheet::hint(ui, tr("No preview while the template has a mistake"));
            }
        },
    }
}

fn show_lines(ui: &mut Ui, lines: &PreviewLines) {
    let colors = palette(ui);
    let known = known_fields(lines);
    let fields: Vec<&str> = known.iter().map(|field| field.name.as_str()).collect();
    boxed(ui, |ui| {
        ScrollArea::both().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, 1.0);
            for line in &lines.lines {
                ui.add(egui::Label::new(coloured(line, &fields, colors)).extend())
                    .on_hover_ui(|ui| fields_of(ui, line));
            }
        });
    });
}

/// The frame around lines of the file.
fn boxed(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let colors = palette(ui);
    Frame::new()
        .fill(colors.page)
        .stroke(Stroke::new(1.0, colors.separator))
        .corner_radius(f32::from(radius::CONTROL))
        .inner_margin(Margin::same(6))
        .show(ui, content);
}

/// How much of the beginning of the file matches, until the whole of it is known.
fn summary(ui: &mut Ui, lines: &PreviewLines, colors: &Palette) {
    let share = list::percent(lines.matched, lines.sampled);
    let text = tr!(
        "{matched} of {sampled} lines start a record ({share}); the others belong to the record before them",
        matched = number::count(lines.matched),
        sampled = number::count(lines.sampled),
        share
    );
    let color = if lines.matched == 0 {
        colors.bad
    } else {
        colors.text
    };
    ui.label(RichText::new(text).color(color));
    if lines.times_unread > 0 {
        let text = tr!(
            "The time of {records} could not be read",
            records = number::counted(lines.times_unread, "record")
        );
        ui.label(RichText::new(text).color(colors.warn));
    }
}

/// The fields of all lines, in the order in which they occur first.
fn known_fields(lines: &PreviewLines) -> Vec<&PreviewField> {
    let mut known: Vec<&PreviewField> = Vec::new();
    for line in &lines.lines {
        let Verdict::Start(fields) = &line.verdict else {
            continue;
        };
        for field in fields {
            if known.iter().all(|other| other.name != field.name) {
                known.push(field);
            }
        }
    }
    known
}

/// The message in the colour of plain text, all other fields in turn.
pub(super) fn color_of(index: usize, role: Role, colors: &Palette) -> Color32 {
    if role == Role::Message {
        return colors.strong;
    }
    let count = colors.fields.len();
    colors
        .fields
        .get(index % count)
        .copied()
        .unwrap_or(colors.text)
}

/// A line with its fields coloured; what does not match is weak and marked at its start.
fn coloured(line: &PreviewLine, names: &[&str], colors: &Palette) -> LayoutJob {
    let mut job = LayoutJob {
        break_on_newline: false,
        ..LayoutJob::default()
    };
    let format = |color| TextFormat::simple(theme::mono(), color);
    let Verdict::Start(fields) = &line.verdict else {
        let (sign, color) = match line.verdict {
            Verdict::Continues => ("  ", colors.weak),
            _ => ("? ", colors.bad),
        };
        job.append(sign, 0.0, format(color));
        job.append(&line.text, 0.0, format(colors.weak));
        return job;
    };
    let mut end = 0;
    for (range, field) in places(&line.text, fields) {
        let index = names
            .iter()
            .position(|name| *name == field.name)
            .unwrap_or(0);
        let color = color_of(index, field.role, colors);
        job.append(
            line.text.get(end..range.start).unwrap_or_default(),
            0.0,
            format(colors.weak),
        );
        job.append(
            line.text.get(range.clone()).unwrap_or_default(),
            0.0,
            format(color),
        );
        end = range.end;
    }
    job.append(
        line.text.get(end..).unwrap_or_default(),
        0.0,
        format(colors.weak),
    );
    job
}

/// Where each field's value stands in the line, from left to right. Values stand in the order of the fields if they all can;
/// otherwise (keys of a JSON record) the longest are found first, each where no other one is. A value that cannot be found
/// (computed, or cut off) is left out.
fn places<'a>(text: &str, fields: &'a [PreviewField]) -> Vec<(Range<usize>, &'a PreviewField)> {
    let mut fields: Vec<&PreviewField> = fields.iter().collect();
    fields.retain(|field| !field.value.is_empty());
    let ordered = in_order(text, &fields);
    if ordered.len() == fields.len() {
        return ordered;
    }
    fields.sort_by_key(|field| std::cmp::Reverse(field.value.len()));
    let mut places: Vec<(Range<usize>, &PreviewField)> = Vec::new();
    for field in fields {
        let free = |range: &Range<usize>| {
            let apart = |other: &Range<usize>| other.end <= range.start || range.end <= other.start;
            places.iter().all(|(other, _)| apart(other))
        };
        let found = text.match_indices(&field.value);
        let mut ranges = found.map(|(at, value)| at..at + value.len());
        let range = ranges.find(free);
        places.extend(range.map(|range| (range, field)));
    }
    places.sort_by_key(|(range, _)| range.start);
    // A handful of places found out of order may be chance; more of them in order are not.
    if ordered.len() >= places.len() {
        ordered
    } else {
        places
    }
}

/// Each value behind the one before it.
fn in_order<'a>(text: &str, fields: &[&'a PreviewField]) -> Vec<(Range<usize>, &'a PreviewField)> {
    let mut from = 0;
    let mut places = Vec::new();
    for field in fields {
        let found = text.get(from..).and_then(|rest| rest.find(&field.value));
        if let Some(start) = found {
            let range = from + start..from + start + field.value.len();
            from = range.end;
            places.push((range, *field));
        }
    }
    places
}

/// The tooltip of a line: each field by name, or what the line is.
fn fields_of(ui: &mut Ui, line: &PreviewLine) {
    match &line.verdict {
        Verdict::Continues => {
            ui.label(tr("Does not match: belongs to the record before it"));
        }
        Verdict::Unmatched => {
            ui.label(tr("Does not match, and there is no record before it"));
        }
        Verdict::Start(fields) => {
            egui::Grid::new("fields").show(ui, |ui| {
                for field in fields {
                    sheet::hint(ui, &field.name);
                    ui.label(RichText::new(&field.value).font(theme::mono_small()));
                    ui.end_row();
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, value: &str) -> PreviewField {
        PreviewField {
            name: name.to_owned(),
            role: Role::Other,
            value: value.to_owned(),
            column: true,
        }
    }

    #[test]
    fn fields_in_another_order_are_found_too() {
        let text = r#"{"level": "info", "t": 1795341600, "msg": "ready info"}"#;
        let fields = [
            field("time", "1795341600"),
            field("level", "info"),
            field("message", "ready info"),
        ];
        let found: Vec<_> = places(text, &fields)
            .into_iter()
            .map(|(range, field)| (text.get(range).unwrap_or_default(), field.name.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("info", "level"),
                ("1795341600", "time"),
                ("ready info", "message")
            ]
        );
    }

    #[test]
    fn fields_are_found_in_order() {
        let text = "1 INFO 로그 1 INFO";
        let fields = [
            field("lineno", "1"),
            field("gone", "xyz"),
            field("m", "INFO"),
            field("e", ""),
        ];
        let found: Vec<_> = places(text, &fields)
            .into_iter()
            .map(|(range, _)| range)
            .collect();
        assert_eq!(found, [0..1, 2..6]);
    }

    #[test]
    fn field_colours_can_be_read() {
        for colors in [&theme::LIGHT, &theme::DARK] {
            for color in colors.fields {
                assert!(theme::contrast(color, colors.page) >= 4.5, "{color:?}");
                assert!(theme::contrast(color, colors.raised) >= 4.5, "{color:?}");
            }
        }
    }
}

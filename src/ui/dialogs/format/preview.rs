//! The first lines of the user's own file, each field in its colour, and how much of the file matches.

use std::ops::Range;

use egui::text::LayoutJob;
use egui::{Color32, Frame, Margin, RichText, ScrollArea, Stroke, TextFormat, Ui, vec2};

use super::{FormatModel, PreviewFailure, PreviewField, PreviewLine, PreviewLines, Verdict, list};
use crate::format::field::Role;
use crate::format::spec::FormatSpec;
use crate::ui::dialogs::sheet;
use crate::ui::theme::{self, Palette, palette, radius, space};

/// Shows the preview. One of an older draft stays, so that the lines do not flicker while a template is typed.
pub(super) fn show(ui: &mut Ui, model: &FormatModel, spec: Option<&FormatSpec>) {
    sheet::section(ui, "This file");
    match model.preview.as_ref().filter(|_| spec.is_some()) {
        None => sheet::hint(
            ui,
            "Pick a format or type a template to see how the file reads in it",
        ),
        Some(preview) => match &preview.outcome {
            Ok(lines) => show_lines(ui, lines),
            Err(PreviewFailure::Unreadable(reason)) => sheet::mistake(ui, reason, ""),
            // Said below the template.
            Err(PreviewFailure::Format(_)) => {
                sheet::hint(ui, "No preview while the template has a mistake");
            }
        },
    }
}

fn show_lines(ui: &mut Ui, lines: &PreviewLines) {
    let colors = palette(ui);
    summary(ui, lines, colors);
    let names = field_names(lines);
    legend(ui, &names, colors);
    let fields: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    Frame::new()
        .fill(colors.page)
        .stroke(Stroke::new(1.0, colors.separator))
        .corner_radius(f32::from(radius::CONTROL))
        .inner_margin(Margin::same(6))
        .show(ui, |ui| {
            ScrollArea::both().auto_shrink(false).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, 1.0);
                for line in &lines.lines {
                    ui.add(egui::Label::new(coloured(line, &fields, colors)).extend())
                        .on_hover_ui(|ui| fields_of(ui, line));
                }
            });
        });
}

/// How much of the file matches, in one line.
fn summary(ui: &mut Ui, lines: &PreviewLines, colors: &Palette) {
    let share = list::percent(lines.matched, lines.sampled);
    let text = format!(
        "{} of {} lines start a record ({share}); the others belong to the record before them",
        lines.matched, lines.sampled
    );
    let color = if lines.matched == 0 {
        colors.bad
    } else {
        colors.text
    };
    ui.label(RichText::new(text).color(color));
    if lines.times_unread > 0 {
        let text = format!(
            "The time of {} records could not be read",
            lines.times_unread
        );
        ui.label(RichText::new(text).color(colors.warn));
    }
}

/// What each colour means.
fn legend(ui: &mut Ui, names: &[(String, Role)], colors: &Palette) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::M, space::XS);
        for (index, (name, role)) in names.iter().enumerate() {
            let text = RichText::new(name).font(theme::mono_small());
            let color = color_of(index, *role, colors);
            ui.label(text.color(color)).on_hover_text(meaning(*role));
        }
    });
}

fn meaning(role: Role) -> &'static str {
    match role {
        Role::Time => "Time of the record",
        Role::Level => "Level of the record",
        Role::Logger => "Logger of the record",
        Role::Message => "Message, with the lines that follow",
        Role::Other => "A column of its own",
    }
}

/// The fields of all lines, in the order in which they occur first.
fn field_names(lines: &PreviewLines) -> Vec<(String, Role)> {
    let mut names: Vec<(String, Role)> = Vec::new();
    for line in &lines.lines {
        let Verdict::Start(fields) = &line.verdict else {
            continue;
        };
        for field in fields {
            if names.iter().all(|(name, _)| *name != field.name) {
                names.push((field.name.clone(), field.role));
            }
        }
    }
    names
}

/// The message in the colour of plain text, all other fields in turn.
fn color_of(index: usize, role: Role, colors: &Palette) -> Color32 {
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

/// Where each field's value stands in the line, from left to right. A field that cannot be found after the one before
/// it (computed, or cut off) is left out.
fn places<'a>(text: &str, fields: &'a [PreviewField]) -> Vec<(Range<usize>, &'a PreviewField)> {
    let mut from = 0;
    let mut places = Vec::new();
    for field in fields.iter().filter(|field| !field.value.is_empty()) {
        let found = text.get(from..).and_then(|rest| rest.find(&field.value));
        if let Some(start) = found {
            let range = from + start..from + start + field.value.len();
            from = range.end;
            places.push((range, field));
        }
    }
    places
}

/// The tooltip of a line: each field by name, or what the line is.
fn fields_of(ui: &mut Ui, line: &PreviewLine) {
    match &line.verdict {
        Verdict::Continues => {
            ui.label("Does not match: belongs to the record before it");
        }
        Verdict::Unmatched => {
            ui.label("Does not match, and there is no record before it");
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
        }
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

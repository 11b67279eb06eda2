//! The chosen record in full: its message with the traceback, its fields, its raw text.

mod compare;
mod fields;
mod folds;
mod links;
mod model;
mod objects;
mod text;
mod value_menu;

use crate::base::lang::tr;
use crate::tr;
use egui::{Align, Label, Layout, RichText, ScrollArea, TextWrapMode, Ui};

use std::ops::Range;

use compare::Comparison;
use folds::Block;
pub use model::{DetailsModel, DetailsState, DetailsTab, RecordDetails};

use crate::base::text::name;
use crate::ui::action::{Action, Actions, LoggerClick, Step};
use crate::ui::keys::{Command, tooltip, with_keys};
use crate::ui::theme::{body, mono, palette, size, small, space};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{elide, number};

/// Least height of the pane in points with level and time above the text; the table's row has both.
const WITH_HEADER: f32 = 96.0;
/// The same with the logger below them.
const WITH_LOGGER: f32 = 140.0;
/// Least height of the text with what a stack trace came to above it.
const WITH_OUTCOME: f32 = 84.0;

/// Shows the record in the space that `ui` has, at the side or below the table. In a low pane the text has what there is.
pub fn show(ui: &mut Ui, model: &DetailsModel, state: &mut DetailsState, out: &mut Actions) {
    let changed = state.update(model);
    let Some(record) = &model.record else {
        placeholder(ui, model);
        return;
    };
    let room = ui.available_height();
    if room >= WITH_HEADER {
        header(ui, record, out);
    }
    if room >= WITH_LOGGER {
        logger(ui, record, out);
    }
    tabs(ui, record, state, out);
    notes(ui, model, record, state.shown());
    ui.separator();
    if let Some(trace) = state
        .trace
        .as_ref()
        .filter(|_| state.shown() == DetailsTab::Message)
        .filter(|_| ui.available_height() >= WITH_OUTCOME)
    {
        folds::outcome(ui, trace, &record.message, out);
        ui.add_space(space::XS);
    }
    match (state.shown(), &record.objects) {
        (DetailsTab::Compare, _) => {
            if let Some(comparison) = &state.comparison {
                comparison.show(ui);
            }
        }
        (DetailsTab::Fields, _) => fields::show(ui, record, &state.field_places, out),
        (DetailsTab::Objects, Some(objects)) => state.objects.show(ui, objects, out),
        _ => lines(ui, state, changed, out),
    }
}

fn placeholder(ui: &mut Ui, model: &DetailsModel) {
    let text = if model.loading {
        tr("Reading the record...")
    } else {
        tr("Select a record to see all of it here.")
    };
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3).min(80.0));
        ui.label(RichText::new(text).color(palette(ui).weak));
    });
    // The pane keeps the height that the user gave it.
    ui.take_available_space();
}

/// Level, time and number; the way to the neighbours at the right.
fn header(ui: &mut Ui, record: &RecordDetails, out: &mut Actions) {
    let p = palette(ui);
    ui.horizontal(|ui| {
        if !record.level.is_empty() {
            let look = p.severity(record.gravity);
            let badge = RichText::new(format!(" {} ", name(&record.level)))
                .font(small())
                .color(look.badge_text)
                .background_color(look.badge);
            ui.label(badge);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            for (icon, name, command, rows) in [
                (Icon::Down, tr("Next record"), Command::RowDown, 1),
                (Icon::Up, tr("Previous record"), Command::RowUp, -1),
            ] {
                let button = ToolButton::icon(icon, name);
                if ui.add(button).on_hover_text(tooltip(command)).clicked() {
                    out.push(Action::MoveSelection {
                        by: Step::Rows(rows),
                        extend: false,
                    });
                }
            }
            ui.add_space(space::S);
            let number = format!("#{}", number::count(record.record.0 + 1));
            ui.label(RichText::new(number).font(small()).color(p.weak))
                .on_hover_text(place(record));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let time = RichText::new(name(&record.time)).font(mono()).color(p.text);
                ui.add(Label::new(time).truncate().selectable(true));
            });
        });
    });
}

fn place(record: &RecordDetails) -> String {
    tr!(
        "Record {record} of the file, from line {line}\n{size} at byte {offset}",
        record = number::count(record.record.0 + 1),
        line = number::count(record.line + 1),
        size = number::bytes(record.length),
        offset = number::count(record.offset)
    )
}

/// The logger's name; a click shows its subtree alone.
fn logger(ui: &mut Ui, record: &RecordDetails, out: &mut Actions) {
    let p = palette(ui);
    let name = if record.logger.is_empty() {
        "root".into()
    } else {
        name(&record.logger)
    };
    let width = ui.available_width();
    let (galley, _) = elide::dotted(ui.painter(), &name, &body(), p.accent, width);
    let response = ui.add(Label::new(galley).sense(egui::Sense::click()));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &*name));
    underline(ui, &response);
    let tip = tr!(
        "{name}\nClick: show this logger and what is below it alone",
        name
    );
    if response.on_hover_text(tip).clicked() {
        out.push(Action::LoggerClick {
            name: record.logger.clone(),
            how: LoggerClick::Solo,
        });
    }
}

/// A link under the pointer.
fn underline(ui: &Ui, response: &egui::Response) {
    let width = match (response.is_pointer_button_down_on(), response.hovered()) {
        (true, _) => 2.0,
        (false, true) => 1.0,
        (false, false) => return,
    };
    let rect = response.rect;
    let stroke = egui::Stroke::new(width, palette(ui).accent);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 1.0, stroke);
}

/// Width in points of the buttons at the right of the tabs, to copy the text and the record as JSON.
const TOOLS: f32 = 60.0;
/// Width that is to be left for a button with words before them, as that for all frames.
const WITH_WORDS: f32 = 100.0;

/// What a tab shows.
fn about(tab: DetailsTab) -> String {
    match tab {
        DetailsTab::Message => tr("The message with its traceback").to_owned(),
        DetailsTab::Fields => tr("Every field of the record with its value").to_owned(),
        DetailsTab::Objects => tr("What is JSON in the record, as a tree that folds").to_owned(),
        DetailsTab::Raw => tr("The record as it stands in the file").to_owned(),
        DetailsTab::Compare => {
            let words = tr("The two selected records, field by field");
            with_keys(words, Command::Compare)
        }
    }
}

fn tabs(ui: &mut Ui, record: &RecordDetails, state: &mut DetailsState, out: &mut Actions) {
    let fields = tr!("Fields {fields}", fields = record.fields.len());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let objects = record.objects.as_ref();
        for (tab, text) in [
            Some((DetailsTab::Message, tr("Message"))),
            Some((DetailsTab::Fields, fields.as_str())),
            objects.map(|_| (DetailsTab::Objects, "JSON")),
            Some((DetailsTab::Raw, tr("Raw"))),
            { state.comparison.as_ref() }.map(|_| (DetailsTab::Compare, tr("Compare"))),
        ]
        .into_iter()
        .flatten()
        {
            let button = ToolButton::text(text).selected(state.shown() == tab);
            if ui.add(button).on_hover_text(about(tab)).clicked() {
                state.tab = tab;
            }
        }
        // Beside tabs that fill a narrow pane there is no room for them; the menu of the row copies too.
        if ui.available_width() < TOOLS {
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let accent = palette(ui).accent;
            let json = ToolButton::icon(Icon::Braces, tr("Copy as JSON")).color(accent);
            if ui
                .add(json)
                .on_hover_text(tr("Copy the record as one line of JSON"))
                .clicked()
            {
                out.push(Action::CopyJson(record.record));
            }
            copy(ui, record, state, out);
            match state.shown() {
                _ if ui.available_width() < WITH_WORDS => {}
                DetailsTab::Message => state.folds.button(ui),
                DetailsTab::Objects => state.objects.button(ui, objects),
                DetailsTab::Compare => {
                    if let Some(comparison) = &mut state.comparison {
                        comparison.button(ui);
                    }
                }
                DetailsTab::Fields | DetailsTab::Raw => {}
            }
        });
    });
}

/// Copies what is shown.
fn copy(ui: &mut Ui, record: &RecordDetails, state: &DetailsState, out: &mut Actions) {
    let tab = state.shown();
    let name = match tab {
        DetailsTab::Message => tr("Copy message"),
        DetailsTab::Raw => tr("Copy raw text"),
        DetailsTab::Fields => tr("Copy fields"),
        DetailsTab::Objects => tr("Copy the JSON, indented"),
        DetailsTab::Compare => tr("Copy the differences"),
    };
    let button = ToolButton::icon(Icon::Copy, name).color(palette(ui).accent);
    let tip = match tab {
        DetailsTab::Message => with_keys(name, Command::CopyMessages),
        _ => name.to_owned(),
    };
    if ui.add(button).on_hover_text(tip).clicked() {
        let objects = record.objects.as_ref();
        let comparison = state.comparison.as_ref();
        out.push(Action::CopyText(match tab {
            DetailsTab::Message => record.message.clone(),
            DetailsTab::Raw => record.raw.clone(),
            DetailsTab::Fields => fields::as_text(record),
            DetailsTab::Objects => objects.map(|it| it.pretty()).unwrap_or_default(),
            DetailsTab::Compare => comparison.map(Comparison::as_text).unwrap_or_default(),
        }));
    }
}

/// What a reader must know before trusting what is shown.
fn notes(ui: &mut Ui, model: &DetailsModel, record: &RecordDetails, tab: DetailsTab) {
    let p = palette(ui);
    let chosen = tr!(
        "{chosen} records are selected; this is the last one.",
        chosen = number::count(model.chosen)
    );
    let notes = [
        (
            record.gone,
            tr(
                "The text is gone: the file was truncated or rewritten since. F5 reads the file anew.",
            ),
        ),
        (
            record.clipped,
            tr("Only the first part is shown: the record is too long."),
        ),
        (
            record.partial,
            tr("The last line has no end yet; it may still grow."),
        ),
        (
            record.unmatched,
            tr("This record does not match the format."),
        ),
        (
            model.chosen > 1 && tab != DetailsTab::Compare,
            chosen.as_str(),
        ),
    ];
    for (_, text) in notes.iter().filter(|(holds, _)| *holds) {
        ui.label(RichText::new(*text).size(size::SMALL).color(p.warn));
    }
}

/// A low pane shows a line of text, and is not made higher by it.
const LEAST: f32 = 18.0;

/// The text; wrapped, or line by line when it is long.
fn lines(ui: &mut Ui, state: &mut DetailsState, from_top: bool, out: &mut Actions) {
    let p = palette(ui);
    let lines = state.lines();
    let long = lines.len() > text::LONG;
    let id = ("details", state.shown(), long);
    let mut scroll = if long {
        ScrollArea::both().min_scrolled_height(LEAST)
    } else {
        ScrollArea::vertical().min_scrolled_height(LEAST)
    }
    .id_salt(id)
    .auto_shrink(false);
    let line_height = ui.text_style_height(&egui::TextStyle::Monospace);
    if from_top {
        // Wrapped lines above the match make this too little by their extra height; the match is near then.
        let match_top = lines
            .first_marked(&state.marks)
            .map_or(0.0, |line| line as f32 * line_height);
        let third = ui.available_height() / 3.0;
        let offset = if match_top > 2.0 * third {
            match_top - third
        } else {
            0.0
        };
        scroll = scroll.scroll_offset(egui::vec2(0.0, offset));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    if long {
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        scroll.show_rows(ui, line_height, lines.len(), |ui, range| {
            for at in range {
                let job = lines.job(at..at + 1, &state.marks, p);
                let places = lines.places(at..at + 1);
                let shown = links::show(ui, Label::new(job).extend(), &places, out);
                links::colours(&shown, out);
            }
        });
        return;
    }
    let mut chunks = |ui: &mut Ui, range: Range<usize>| {
        for start in range.clone().step_by(text::CHUNK) {
            let chunk = start..(start + text::CHUNK).min(range.end);
            let job = lines.job(chunk.clone(), &state.marks, p);
            let shown = links::show(ui, Label::new(job).wrap(), &lines.places(chunk), out);
            links::colours(&shown, out);
        }
    };
    let blocks = match state.shown() {
        DetailsTab::Message => state.folds.blocks(),
        _ => &[],
    };
    let mut clicked = None;
    scroll.show(ui, |ui| {
        if blocks.is_empty() {
            chunks(ui, 0..lines.len());
        }
        for (at, block) in blocks.iter().enumerate() {
            match block {
                Block::Lines(range) => chunks(ui, range.clone()),
                Block::Fold(fold) => {
                    if folds::show(ui, fold) {
                        clicked = Some(at);
                    }
                    if let Some(range) = fold.shown() {
                        chunks(ui, range);
                    }
                }
            }
        }
    });
    if let Some(at) = clicked {
        state.folds.toggle(at);
    }
}

//! The rules of a set, one a line.

use egui::{ComboBox, TextEdit, Ui};

use super::HighlightsState;
use crate::base::lang::{said, tr};
use crate::base::rule::{MarkKind, MarkOn, MarkRule};
use crate::base::time::{Timestamp, Zone};
use crate::query::lang::Moments;
use crate::query::marking::{RuleError, check};
use crate::tr;
use crate::ui::dialogs::sheet;
use crate::ui::theme::{ICON_BUTTON, mono, space};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::menu;
use crate::ui::widgets::swatch;
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{tick, tips};

/// Room for what stands behind the pattern of a rule, in points.
const BEHIND: f32 = 210.0;
/// Width in points that a rule needs for one line.
const ONE_LINE: f32 = 500.0;

/// Upper and lower case, as every editor shows them.
const CASE: &str = "Aa";

/// What is to be done with a rule's place.
enum Place {
    Up(usize),
    Down(usize),
    Gone(usize),
}

/// Shows the rules; the first that fits counts.
pub(super) fn show(ui: &mut Ui, rules: &mut Vec<MarkRule>, state: &mut HighlightsState) {
    if rules.is_empty() {
        sheet::hint(ui, tr("No rules yet: add one, or begin with the examples"));
    }
    let last = rules.len().saturating_sub(1);
    let mut place = None;
    for (at, rule) in rules.iter_mut().enumerate() {
        let wants_keys = state.focus == Some(at);
        ui.push_id(at, |ui| {
            let asked = match ui.available_width() < ONE_LINE {
                true => two_lines(ui, (at, last), rule, wants_keys),
                false => one_line(ui, (at, last), rule, wants_keys),
            };
            place = place.take().or(asked);
            if let Some(error) = wrong(at, rule, &mut state.checked) {
                mistake(ui, &error);
            }
        });
        if wants_keys {
            state.focus = None;
        }
    }
    match place {
        Some(Place::Up(at)) => rules.swap(at, at - 1),
        Some(Place::Down(at)) => rules.swap(at, at + 1),
        Some(Place::Gone(at)) => drop(rules.remove(at)),
        None => {}
    }
}

/// A rule from left to right.
fn one_line(
    ui: &mut Ui,
    (at, last): (usize, usize),
    rule: &mut MarkRule,
    wants_keys: bool,
) -> Option<Place> {
    let line = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let no = at + 1;
        sign(ui, no, rule);
        kind(ui, no, rule);
        let width = (ui.available_width() - BEHIND).max(120.0);
        pattern(ui, no, rule, width, wants_keys);
        manner(ui, no, rule);
        moves(ui, at, last)
    });
    line.inner
}

/// The same where there is no room for that: how it is read below what it looks for.
fn two_lines(
    ui: &mut Ui,
    (at, last): (usize, usize),
    rule: &mut MarkRule,
    wants_keys: bool,
) -> Option<Place> {
    let no = at + 1;
    let first = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let left = ui.cursor().left();
        sign(ui, no, rule);
        let indent = ui.cursor().left() - left;
        let width = ui.available_width() - 3.0 * (ICON_BUTTON.x + space::S);
        pattern(ui, no, rule, width, wants_keys);
        (moves(ui, at, last), indent)
    });
    let (place, indent) = first.inner;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add_space(indent - space::S);
        kind(ui, no, rule);
        manner(ui, no, rule);
    });
    ui.add_space(space::S);
    place
}

/// Whether it is on, and its colour.
fn sign(ui: &mut Ui, no: usize, rule: &mut MarkRule) {
    let mut on = rule.enabled;
    let response = tick::check(ui, &mut on, "");
    let response = response.accessible_name(tr!("Rule {no} is on", no));
    let tip = match on {
        true => tr("On: click to leave this rule out for a while"),
        false => tr("Off: click for this rule to count again"),
    };
    let response = response.on_hover_text(tip);
    if response.clicked() {
        rule.enabled = on;
    }
    colour(ui, no, rule);
}

fn kind(ui: &mut Ui, no: usize, rule: &mut MarkRule) {
    let kinds = [
        (MarkKind::Text, tr("Text")),
        (MarkKind::Regex, tr("Expression")),
        (MarkKind::Query, tr("Query")),
    ];
    let before = rule.kind;
    pick(
        ui,
        ("kind", KINDS),
        (
            &tr!("Kind of rule {no}", no),
            tr("How the text beside it is read"),
        ),
        &mut rule.kind,
        &kinds,
    );
    if rule.kind == MarkKind::Query && before != MarkKind::Query && rule.marks == MarkOn::Match {
        // It is about records first, and then about parts of their text.
        rule.marks = MarkOn::Row;
    }
}

fn pattern(ui: &mut Ui, no: usize, rule: &mut MarkRule, width: f32, wants_keys: bool) {
    let edit = TextEdit::singleline(&mut rule.pattern)
        .font(mono())
        .hint_text(match rule.kind {
            MarkKind::Text => tr("Text to look for"),
            MarkKind::Regex => tr("Regular expression"),
            MarkKind::Query => tr("A query, as in the filter"),
        })
        .desired_width(width);
    let response = ui
        .add(edit)
        .accessible_name(tr!("Pattern of rule {no}", no));
    let tip = match rule.kind {
        MarkKind::Text => tr("Found wherever it stands in a record").to_owned(),
        MarkKind::Regex => tr!("As in {example}", example = r"fail(ed|ure)|\b5\d\d\b"),
        MarkKind::Query => tr!("As in {example}", example = "level>=warning duration>1s"),
    };
    let response = tips::of_box(response, &tip);
    if wants_keys {
        response.request_focus();
        response.scroll_to_me(None);
    }
}

/// Whether case matters, and what is marked.
fn manner(ui: &mut Ui, no: usize, rule: &mut MarkRule) {
    let name = tr!("Case matters in rule {no}", no);
    let case = ToolButton::text(CASE)
        .named(&name)
        .selected(rule.case)
        .enabled(rule.kind != MarkKind::Query);
    if ui
        .add(case)
        .on_hover_text(tr("Upper and lower case differ"))
        .clicked()
    {
        rule.case = !rule.case;
    }
    let marks = [
        (MarkOn::Match, tr("Match")),
        (MarkOn::Row, tr("Row")),
        (MarkOn::Edge, tr("Edge")),
    ];
    pick(
        ui,
        ("marks", MARKS),
        (
            &tr!("What rule {no} marks", no),
            tr("What gets the colour: what was found, the whole row, or its left edge"),
        ),
        &mut rule.marks,
        &marks,
    );
}

/// Widths in points for their longest words, so that rules stand below each other.
const KINDS: f32 = 104.0;
const MARKS: f32 = 86.0;

fn pick<T: Copy + PartialEq>(
    ui: &mut Ui,
    (id, width): (&str, f32),
    (name, tip): (&str, &str),
    value: &mut T,
    choices: &[(T, &'static str)],
) {
    let shown = choices.iter().find(|(choice, _)| choice == value);
    let combo = ComboBox::from_id_salt(id)
        .selected_text(shown.map_or("", |(_, word)| *word))
        .width(width);
    let combo = menu::choice(ui, combo, |ui| {
        for (choice, word) in choices {
            ui.selectable_value(value, *choice, *word);
        }
    });
    combo.accessible_name(name).on_hover_text(tip);
}

fn colour(ui: &mut Ui, no: usize, rule: &mut MarkRule) {
    let name = tr!(
        "Colour of rule {no}: {colour}",
        no,
        colour = rule.colour.title()
    );
    let response = swatch::patch(ui, rule.colour, &name);
    menu::of_button(&response, |ui| {
        ui.horizontal(|ui| {
            if let Some(dye) = swatch::row(ui, |dye| dye.title().to_owned()) {
                rule.colour = dye;
                ui.close();
            }
        });
    });
    response.on_hover_text(name);
}

fn moves(ui: &mut Ui, at: usize, last: usize) -> Option<Place> {
    let no = at + 1;
    let up = tr!("Rule {no} counts before the one above", no);
    let down = tr!("Rule {no} counts behind the one below", no);
    let gone = tr!("Delete rule {no}", no);
    let button = |ui: &mut Ui, icon, name: &str, enabled| {
        let button = ToolButton::icon(icon, name).enabled(enabled);
        ui.add(button).on_hover_text(name).clicked()
    };
    let up = button(ui, Icon::Up, &up, at > 0);
    let down = button(ui, Icon::Down, &down, at < last);
    let gone = button(ui, Icon::Close, &gone, true);
    match (up, down, gone) {
        (true, ..) => Some(Place::Up(at)),
        (_, true, _) => Some(Place::Down(at)),
        (_, _, true) => Some(Place::Gone(at)),
        _ => None,
    }
}

/// What is wrong with a rule; checked anew only when it changed.
fn wrong(
    at: usize,
    rule: &MarkRule,
    checked: &mut Vec<(MarkRule, Option<RuleError>)>,
) -> Option<RuleError> {
    if checked.len() <= at {
        checked.resize_with(at + 1, Default::default);
    }
    let known = checked.get_mut(at)?;
    if known.0 != *rule {
        let moments = Moments {
            zone: &Zone::Utc,
            now: Timestamp(0),
            end: None,
        };
        let error = check(rule, &moments).err();
        *known = (rule.clone(), error);
    }
    known.1.clone()
}

fn mistake(ui: &mut Ui, error: &RuleError) {
    let reason = said(&error.message).into_owned();
    let message = match error.column {
        Some(column) => tr!(
            "At character {column}: {reason}",
            column = column + 1,
            reason
        ),
        None => reason,
    };
    sheet::mistake(ui, &message, &said(&error.hint));
}

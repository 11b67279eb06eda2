//! The values and words of a record, to be filtered by or given a colour without a mouse.

use egui::{Context, Id, Key, Modifiers, Ui};

use super::Stay;
use super::picker::{self, Entry, PickerState, Right, Row};
use super::sheet::{self, Anchor, Sheet};
use crate::base::dye::Dye;
use crate::base::lang::tr;
use crate::base::text;
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::fuzzy::Fuzzy;
use crate::ui::keys::{self, Command};
use crate::ui::theme::space;
use crate::ui::widgets::swatch;

/// What the record has.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WordsModel {
    /// Its values and words; `None` while it is being read.
    pub words: Option<Vec<Word>>,
    /// The colour that Enter gives; without one Enter filters.
    pub dye: Option<Dye>,
}

/// A value or a word.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// As it stands in the record.
    pub text: String,
    /// The field that it is of; empty for a word of the message.
    pub field: String,
    /// Shows the records that have it.
    pub only: Action,
    /// Hides them.
    pub exclude: Action,
}

/// Shows the list.
pub fn show(ctx: &Context, model: &WordsModel, state: &mut PickerState, out: &mut Actions) -> Stay {
    let sheet = Sheet {
        id: "words",
        title: tr("Values and words"),
        width: 520.0,
        anchor: Anchor::Top,
    };
    sheet.show(ctx, |ui| {
        let Some(words) = &model.words else {
            sheet::hint(ui, tr("This record is being read"));
            return Stay::Open;
        };
        body(ui, model, words, state, out)
    })
}

fn body(
    ui: &mut Ui,
    model: &WordsModel,
    words: &[Word],
    state: &mut PickerState,
    out: &mut Actions,
) -> Stay {
    let id = Id::unique("words text");
    let excludes = ui.input_mut(|input| input.consume_key(Modifiers::ALT, Key::Enter));
    let other_dye = keys::taken(ui.ctx(), |command| matches!(command, Command::Label(_)));
    let mut found = find(words, &state.text);
    let entry = Entry {
        id,
        hint: tr("Type some letters of a value or a word"),
        tip: tr("A few letters in their order do; those of a field find its value"),
        takes_tab: false,
    };
    let before = state.text.clone();
    let entered = picker::entry(ui, &entry, state, found.len());
    if state.text != before || state.selected.is_none() {
        found = find(words, &state.text);
        state.selected = (!found.is_empty()).then_some(0);
    }
    if found.is_empty() {
        sheet::hint(ui, tr("The record has no such value or word"));
        return Stay::Open;
    }
    let rows: Vec<Row> = found.iter().map(|(_, row)| row.clone()).collect();
    let clicked = picker::list(ui, id, state, &rows, |_, _| false);
    let at = |index: Option<usize>| index.and_then(|index| found.get(index)).map(|it| it.0);
    let chosen = at(state.selected);
    let mut coloured = Actions::default();
    if let Some(word) = chosen {
        ui.add_space(space::S);
        swatch::menu(ui, &word.text, &mut coloured);
    }
    ui.add_space(space::S);
    sheet::hint(ui, help(model.dye));
    let of_key = match other_dye {
        Some(Command::Label(key)) => Dye::of_key(key),
        _ => None,
    };
    let taken = at(clicked).or(chosen.filter(|_| entered));
    let action = match (chosen, of_key, taken) {
        (Some(word), Some(dye), _) => Action::ToggleLabel(word.text.clone(), dye),
        (Some(word), None, None) if excludes => word.exclude.clone(),
        (_, _, Some(word)) => match model.dye {
            Some(dye) => Action::ToggleLabel(word.text.clone(), dye),
            None => word.only.clone(),
        },
        _ if coloured.is_empty() => return Stay::Open,
        _ => {
            out.extend(coloured);
            return Stay::Closed;
        }
    };
    out.push(action);
    Stay::Closed
}

fn help(dye: Option<Dye>) -> String {
    let colours = format!(
        "{} - {}",
        keys::shortcut_text(Command::Label(1)),
        keys::shortcut_text(Command::Label(9))
    );
    match dye {
        Some(_) => tr!(
            "Enter colours it wherever it stands, {colours} with another colour. Alt+Enter hides records with it",
            colours
        ),
        None => tr!(
            "Enter shows only records with it, Alt+Enter hides them. {colours} colour it wherever it stands",
            colours
        ),
    }
}

/// What has these letters, best first; without any all of it, in its order.
fn find<'a>(words: &'a [Word], letters: &str) -> Vec<(&'a Word, Row)> {
    let mut fuzzy = Fuzzy::new(letters);
    let browsing = letters.trim().is_empty();
    let mut found: Vec<(u32, &Word, Row)> = Vec::new();
    for word in words {
        let title = text::name(&word.text).into_owned();
        // By its field too: "thr" finds the thread.
        let hit = fuzzy.find(&title).map(|hit| (hit.score + 1, hit.marks));
        let hit = hit.or_else(|| fuzzy.find(&word.field).map(|hit| (hit.score, Vec::new())));
        let Some((score, marks)) = hit else { continue };
        let row = Row {
            title,
            marks,
            right: match word.field.is_empty() {
                true => Right::Nothing,
                false => Right::Text(text::name(&word.field).into_owned()),
            },
            heading: match (browsing, word.field.is_empty()) {
                (false, _) => "",
                (true, false) => tr("Values"),
                (true, true) => tr("Words of the message"),
            },
            ..Row::default()
        };
        found.push((score, word, row));
    }
    if !browsing {
        found.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    }
    { found.into_iter() }
        .map(|(_, word, row)| (word, row))
        .collect()
}

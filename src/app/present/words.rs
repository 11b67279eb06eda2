//! The values and words of the record in focus, each with what is done by it.

use std::collections::HashSet;

use crate::app::state::State;
use crate::app::tab::Tab;
use crate::base::dye::Dye;
use crate::engine::{RowText, SourceState};
use crate::query::fields::pairs;
use crate::query::lang::{has_not_value, has_value};
use crate::query::spec::{Pattern, Sense, TextTerm};
use crate::ui::action::{Action, LoggerClick};
use crate::ui::dialogs::words::{Word, WordsModel};
use crate::ui::table::model::ColumnKind;
use crate::ui::table::words_of;

/// Most lines of a message whose words are listed, and most words.
const LINES: usize = 50;
const MOST: usize = 300;

/// A longer value is no value to filter by, in bytes.
const LONGEST: usize = 200;

/// The list for the record in focus.
#[must_use]
pub fn words_dialog(state: &State, dye: Option<Dye>) -> Option<WordsModel> {
    let tab = state.tab()?;
    let source = tab.source.as_deref()?;
    let row = tab.rows.get(tab.selection.focus()?);
    Some(WordsModel {
        words: row.map(|row| match dye {
            // What is to have a colour is mostly a word.
            Some(_) => { words(tab, row).into_iter() }
                .chain(values(tab, row, source, false))
                .collect(),
            None => { values(tab, row, source, true).into_iter() }
                .chain(words(tab, row))
                .collect(),
        }),
        dye,
    })
}

/// The fields of the record, and what its message gives names to. Nothing is marked in levels.
fn values(tab: &Tab, row: &RowText, source: &SourceState, levels: bool) -> Vec<Word> {
    let snapshot = &source.snapshot;
    let mut all = Vec::new();
    let level = snapshot.levels.name(row.meta.level);
    if levels && !level.is_empty() {
        all.push(Word {
            text: level.to_owned(),
            field: "level".to_owned(),
            only: Action::OnlyLevel(level.to_owned()),
            exclude: Action::SetLevelHidden {
                name: level.to_owned(),
                hidden: true,
            },
        });
    }
    let logger = snapshot.loggers.name(row.meta.logger).to_owned();
    if !logger.is_empty() {
        all.push(Word {
            text: logger.clone(),
            field: "logger".to_owned(),
            only: Action::LoggerClick {
                name: logger.clone(),
                how: LoggerClick::Solo,
            },
            exclude: Action::ExcludeLogger {
                name: logger,
                excluded: true,
            },
        });
    }
    let others = tab.columns.iter().zip(&row.cells);
    let others = others.filter(|(column, _)| column.kind == ColumnKind::Other);
    let mut named: Vec<(&str, String)> = others
        .map(|(column, value)| (column.key.as_str(), value.to_string()))
        .collect();
    let message = message(tab, row);
    for (name, value) in pairs(message.as_bytes()) {
        let (name, value) = (std::str::from_utf8(name), std::str::from_utf8(value));
        if let (Ok(name), Ok(value)) = (name, value)
            && named.iter().all(|(known, _)| *known != name)
        {
            named.push((name, value.to_owned()));
        }
    }
    let fits = |value: &str| !value.trim().is_empty() && value.len() <= LONGEST;
    let named = named.into_iter().filter(|(_, value)| fits(value));
    all.extend(named.map(|(name, value)| Word {
        field: name.to_owned(),
        only: Action::Narrow(has_value(name, &value)),
        exclude: Action::Narrow(has_not_value(name, &value)),
        text: value,
    }));
    all
}

fn message<'a>(tab: &Tab, row: &'a RowText) -> &'a str {
    let mut columns = tab.columns.iter().zip(&row.cells);
    let message = columns.find(|(column, _)| column.kind == ColumnKind::Message);
    message.map_or("", |(_, text)| text)
}

/// The words of the message, each once.
fn words(tab: &Tab, row: &RowText) -> Vec<Word> {
    let first = words_of(message(tab, row), &row.tones);
    let rest = row.rest.iter().take(LINES);
    let rest = rest.flat_map(|line| words_of(&line.text, &line.tones));
    let mut seen = HashSet::new();
    let own = first.into_iter().chain(rest);
    own.filter(|word| seen.insert(*word))
        .take(MOST)
        .map(|word| {
            let term = |sense| {
                Action::AddText(TextTerm {
                    pattern: Pattern {
                        text: word.to_owned(),
                        case_sensitive: true,
                        ..Pattern::default()
                    },
                    sense,
                })
            };
            Word {
                text: word.to_owned(),
                field: String::new(),
                only: term(Sense::Include),
                exclude: term(Sense::Exclude),
            }
        })
        .collect()
}

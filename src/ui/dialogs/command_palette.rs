//! Every command by its name: a few of its letters, Enter.

use crate::base::lang::tr;
use crate::tr;
use egui::{Context, Id};

use super::Stay;
use super::picker::{self, Entry, PickerState, Right, Row};
use super::sheet::{self, Anchor, Sheet};
use crate::base::text;
use crate::ui::action::{Action, Actions};
use crate::ui::fuzzy::Fuzzy;
use crate::ui::keys::{Command, group, shortcut_text, title};

/// What the palette knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaletteModel {
    /// Every command, in the order of the list of keys, and why it would do nothing now.
    pub commands: Vec<(Command, Option<&'static str>)>,
    /// Those that were run last, the last one first.
    pub recent: Vec<Command>,
    /// Queries with a name, as name and query; empty without a log.
    pub filters: Vec<(String, String)>,
}

/// What a line does.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Command(Command),
    /// Shows what passes a query.
    Query(String),
}

/// Shows the palette. A command that is chosen is asked for when the palette is closed.
pub fn show(
    ctx: &Context,
    model: &PaletteModel,
    state: &mut PickerState,
    out: &mut Actions,
) -> Stay {
    let sheet = Sheet {
        id: "palette",
        title: tr("Commands"),
        width: 600.0,
        anchor: Anchor::Top,
    };
    sheet.show(ctx, |ui| {
        let id = Id::unique("palette text");
        let mut found = found(model, &state.text);
        let entry = Entry {
            id,
            hint: tr("Type some letters of a command"),
            tip: tr("A few letters in their order do: nxer finds Next error"),
            takes_tab: false,
        };
        let before = state.text.clone();
        let entered = picker::entry(ui, &entry, state, found.len());
        if state.text != before || state.selected.is_none() {
            found = self::found(model, &state.text);
            state.selected = (!found.is_empty()).then_some(0);
        }
        let rows: Vec<Row> = found.iter().map(|(_, row)| row.clone()).collect();
        if rows.is_empty() {
            sheet::hint(
                ui,
                tr!("No command is called \"{text}\"", text = state.text.trim()),
            );
            return Stay::Open;
        }
        let clicked = picker::list(ui, id, state, &rows, |_, _| false);
        let chosen = clicked.or(state.selected.filter(|_| entered));
        match chosen.and_then(|index| found.get(index)) {
            Some((line, row)) if !row.dimmed => {
                out.push(match line {
                    Line::Command(command) => Action::Run(*command),
                    Line::Query(query) => Action::UseQuery(query.clone()),
                });
                Stay::Closed
            }
            _ => Stay::Open,
        }
    })
}

/// What a text finds: without one the commands run last come first, then all as they are listed, then saved filters.
fn found(model: &PaletteModel, query: &str) -> Vec<(Line, Row)> {
    let recent = |command: Command| model.recent.iter().position(|other| *other == command);
    let mut fuzzy = Fuzzy::new(query);
    let mut found: Vec<(u32, Line, Row)> = Vec::new();
    let browsing = query.trim().is_empty();
    for (command, reason) in &model.commands {
        // Who looks around wants to see what can be done; who searches wants to know why not.
        if browsing && reason.is_some() {
            continue;
        }
        let title = title(*command).trim_end_matches("...");
        let (score, marks) = match fuzzy.find(title) {
            Some(found) => (found.score + TITLE, found.marks),
            // By group and title together, as in "view theme".
            None => match fuzzy.find(&format!("{} {title}", group(*command).title())) {
                Some(found) => (found.score, Vec::new()),
                // By its name in settings files, which is English: "next error" finds it in every language.
                None => match fuzzy.find(&command.id().replace('-', " ")) {
                    Some(found) => (found.score, Vec::new()),
                    None => continue,
                },
            },
        };
        let row = Row {
            title: title.to_owned(),
            marks,
            note: group(*command).title().to_owned(),
            right: match reason {
                Some(reason) => Right::Text((*reason).to_owned()),
                None => Right::Key(shortcut_text(*command)),
            },
            dimmed: reason.is_some(),
            heading: match (browsing, recent(*command)) {
                (false, _) => "",
                (true, Some(_)) => tr("Used last"),
                (true, None) => tr("All commands"),
            },
        };
        found.push((score, Line::Command(*command), row));
    }
    for (name, filter) in &model.filters {
        let Some(hit) = fuzzy.find(name) else {
            continue;
        };
        let row = Row {
            title: text::name(name).into_owned(),
            note: text::name(filter).into_owned(),
            heading: if browsing { tr("Saved filters") } else { "" },
            ..Row::default()
        };
        found.push((hit.score + TITLE, Line::Query(filter.clone()), row));
    }
    let order = |(score, line, row): &(u32, Line, Row)| {
        let recent = match line {
            Line::Command(command) => recent(*command).unwrap_or(usize::MAX - 1),
            Line::Query(_) => usize::MAX,
        };
        match browsing {
            true => (0, recent),
            // What does nothing now stands behind what does, where they fit about as well.
            false => (u32::MAX - (score / SAME + u32::from(!row.dimmed)), recent),
        }
    };
    found.sort_by_key(order);
    found
        .into_iter()
        .map(|(_, line, row)| (line, row))
        .collect()
}

/// By how much a title that fits is better than one that fits with its group.
const TITLE: u32 = 200;

/// Scores that differ by less are about the same.
const SAME: u32 = 8;

#[cfg(test)]
mod unit {
    use super::*;

    fn model(recent: &[Command]) -> PaletteModel {
        let refused = |command: Command| (command == Command::Reload).then_some("No log is open");
        PaletteModel {
            commands: Command::all()
                .map(|command| (command, refused(command)))
                .collect(),
            recent: recent.to_vec(),
            filters: vec![("Slow requests".to_owned(), "took>1s".to_owned())],
        }
    }

    fn first(query: &str, recent: &[Command]) -> Option<Line> {
        let found = found(&model(recent), query);
        found.first().map(|(line, _)| line.clone())
    }

    #[test]
    fn saved_filters_are_found_by_name() {
        let slow = Line::Query("took>1s".to_owned());
        assert_eq!(first("slow req", &[]), Some(slow.clone()));
        let all = found(&model(&[]), "");
        assert_eq!(all.last().map(|(line, _)| line), Some(&slow));
    }

    #[test]
    fn the_best_command_is_first() {
        for (query, command) in [
            ("next err", Command::NextError),
            ("nxer", Command::NextError),
            ("dark", Command::ThemeDark),
            ("zoom out", Command::ZoomOut),
            ("quick", Command::OpenPathBox),
            ("settings", Command::Settings),
        ] {
            let command = Line::Command(command);
            assert_eq!(first(query, &[]), Some(command), "{query}");
        }
        assert_eq!(first("zzzz", &[]), None);
    }

    #[test]
    fn what_was_run_last_is_first_without_a_query() {
        let recent = [Command::ZoomIn, Command::Export];
        let found = found(&model(&recent), "");
        let lines: Vec<_> = found.iter().map(|(line, _)| line.clone()).collect();
        let expected = [Command::ZoomIn, Command::Export, Command::Palette];
        assert_eq!(lines[..3], expected.map(Line::Command));
        // All but the one that does nothing, and a saved filter.
        assert_eq!(found.len(), Command::all().count());
    }

    #[test]
    fn what_does_nothing_says_why() {
        let found = found(&model(&[]), "reload");
        let (_, row) = &found[0];
        assert!(row.dimmed);
        assert_eq!(row.right, Right::Text("No log is open".to_owned()));
    }
}

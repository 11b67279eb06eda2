//! The keys, from the table that handles them, and the first steps.

use egui::{Context, RichText, ScrollArea, TextEdit, Ui};

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::ui::keys::{self, Binding, Command, Group};
use crate::ui::theme::{palette, space};

/// What only the dialog cares about.
#[derive(Debug, Clone, Default)]
pub struct HelpState {
    /// What the list is searched for.
    pub query: String,
    focused: bool,
}

/// One line of the list: everything that does the same.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    title: &'static str,
    keys: Vec<String>,
}

const WIDTH: f32 = 860.0;
const COLUMNS: usize = 2;

/// Shows the list.
pub fn show(ctx: &Context, state: &mut HelpState) -> Stay {
    let sheet = Sheet {
        id: "help",
        title: "Keys and first steps",
        width: WIDTH,
        anchor: Anchor::Middle,
    };
    sheet.show(ctx, |ui| {
        let edit = TextEdit::singleline(&mut state.query)
            .hint_text("Search the keys")
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        sheet::focus_once(&response, &mut state.focused);
        ui.add_space(space::M);
        ScrollArea::vertical()
            .auto_shrink([false, true])
            .show(ui, |ui| {
                if state.query.trim().is_empty() {
                    first_steps(ui);
                }
                list(ui, &state.query);
            });
        Stay::Open
    })
}

fn first_steps(ui: &mut Ui) {
    let key = keys::shortcut_text;
    let steps = [
        format!(
            "Open a log with {} or drop it on the window, compressed or not; {} takes a folder or a pattern too. The format is recognised; {} shows it and takes another template.",
            key(Command::Open),
            key(Command::OpenPathBox),
            key(Command::FormatDialog)
        ),
        "Click a logger in the tree to see it alone with its children; Ctrl+click adds another; the check box hides one."
            .to_owned(),
        format!(
            "Click a level to hide it. {} filters by text, {} finds without hiding. Each filter is a chip that can be removed.",
            key(Command::FilterText),
            key(Command::Find)
        ),
        format!(
            "{} and {} go to the next and previous error, {} follows the end of the file, {} goes to a time.",
            key(Command::NextError),
            key(Command::PreviousError),
            key(Command::Follow),
            key(Command::Goto)
        ),
        format!(
            "{} copies plain text: escape sequences are left out, hidden characters are written as they are shown (^G, <U+202E>). {} writes what is shown or selected into a file.",
            key(Command::Copy),
            key(Command::Export)
        ),
    ];
    sheet::section(ui, "First steps");
    for (number, step) in (1..).zip(steps) {
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(format!("{number}.")).color(palette(ui).weak));
            ui.add(egui::Label::new(step).wrap());
        });
    }
    ui.add_space(space::L);
}

fn list(ui: &mut Ui, query: &str) {
    let groups: Vec<(Group, Vec<Entry>)> = Group::ALL
        .iter()
        .map(|group| (*group, entries(*group, query)))
        .filter(|(_, entries)| !entries.is_empty())
        .collect();
    if groups.is_empty() {
        sheet::hint(ui, format!("No key matches \"{}\"", query.trim()));
        return;
    }
    let sides = balanced(&groups);
    ui.columns(COLUMNS, |columns| {
        for (side, ui) in sides.iter().zip(columns) {
            for (group, entries) in side.iter().filter_map(|index| groups.get(*index)) {
                section(ui, *group, entries);
            }
        }
    });
}

fn section(ui: &mut Ui, group: Group, entries: &[Entry]) {
    sheet::section(ui, group.title());
    ui.spacing_mut().item_spacing.y = 1.0;
    for entry in entries {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            ui.label(entry.title);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                ui.add_space(space::L);
                for key in entry.keys.iter().rev() {
                    sheet::keycap(ui, key);
                }
            });
        });
    }
    ui.add_space(space::M);
}

/// The entries of a group that contain every word of the query in title or keys.
fn entries(group: Group, query: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let with_keys = |binding: &&Binding| binding.group == group && !binding.shortcuts.is_empty();
    for binding in keys::all().iter().filter(with_keys) {
        let keys = binding.shortcuts.iter().map(keys::Shortcut::text);
        match entries
            .iter_mut()
            .find(|entry| entry.title == binding.title)
        {
            Some(entry) => entry.keys.extend(keys),
            None => entries.push(Entry {
                title: binding.title.trim_end_matches("..."),
                keys: keys.collect(),
            }),
        }
    }
    let query = query.to_lowercase();
    entries.retain(|entry| {
        let text = format!("{} {}", entry.title, entry.keys.join(" ")).to_lowercase();
        query.split_whitespace().all(|word| text.contains(word))
    });
    entries
}

/// Spreads the groups over the columns in order, so that neither is much longer.
fn balanced(groups: &[(Group, Vec<Entry>)]) -> [Vec<usize>; COLUMNS] {
    // A heading takes the room of about two entries.
    let height = |index: &usize| {
        groups
            .get(*index)
            .map_or(0, |(_, entries)| entries.len() + 2)
    };
    let all: Vec<usize> = (0..groups.len()).collect();
    let total: usize = all.iter().map(height).sum();
    let split = (1..=all.len())
        .min_by_key(|&split| {
            let left: usize = all.iter().take(split).map(height).sum();
            (2 * left).abs_diff(total)
        })
        .unwrap_or(0);
    let (left, right) = all.split_at(split);
    [left.to_vec(), right.to_vec()]
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn what_does_the_same_is_one_entry() {
        let all = entries(Group::Search, "");
        let find = all.iter().find(|entry| entry.title == "Find");
        let keys = find.map(|entry| entry.keys.len());
        assert_eq!(keys, Some(2), "{all:?}");
    }

    #[test]
    fn the_search_reads_titles_and_keys() {
        assert_eq!(entries(Group::Jump, "next err").len(), 2);
        assert!(!entries(Group::View, "f1").is_empty());
        assert!(entries(Group::View, "zzz").is_empty());
    }

    #[test]
    fn both_columns_are_about_as_long_and_lose_nothing() {
        let groups: Vec<_> = Group::ALL.iter().map(|g| (*g, entries(*g, ""))).collect();
        let [left, right] = balanced(&groups);
        assert_eq!(left.len() + right.len(), groups.len());
        let rows = |side: &[usize]| -> usize { side.iter().map(|i| groups[*i].1.len() + 2).sum() };
        assert!(rows(&left).abs_diff(rows(&right)) <= 16);
    }
}

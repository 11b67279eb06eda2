//! The keys, from the table that handles them.

use crate::base::lang::tr;
use crate::tr;
use egui::{Align, Label, Layout, Ui};

use crate::ui::dialogs::sheet;
use crate::ui::keys::{self, Binding, Group};
use crate::ui::theme::space;

/// One line of the list: everything that does the same.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    title: &'static str,
    keys: Vec<String>,
}

const COLUMNS: usize = 2;
/// Points that both need beside each other.
const TWO: f32 = 640.0;

/// Shows the keys whose titles or keys have every word of the query.
pub(super) fn show(ui: &mut Ui, query: &str) {
    let groups: Vec<(Group, Vec<Entry>)> = Group::ALL
        .iter()
        .map(|group| (*group, entries(*group, query)))
        .filter(|(_, entries)| !entries.is_empty())
        .collect();
    if groups.is_empty() {
        sheet::hint(ui, tr!("No key matches \"{query}\"", query = query.trim()));
        return;
    }
    if ui.available_width() < TWO {
        for (group, entries) in &groups {
            section(ui, *group, entries);
        }
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
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                ui.add_space(space::L);
                for key in entry.keys.iter().rev() {
                    sheet::keycap(ui, key);
                }
                // The keys are what is looked for; a title that is cut says all of itself under the pointer.
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(entry.title).truncate());
                });
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
            .find(|entry| entry.title == tr(binding.title).trim_end_matches("..."))
        {
            Some(entry) => entry.keys.extend(keys),
            None => entries.push(Entry {
                title: tr(binding.title).trim_end_matches("..."),
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

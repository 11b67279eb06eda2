//! The text of a settings file: what changed is changed in it, and the rest stays as a hand wrote it, comments included. A
//! key that is new in the file comes with a comment that says what it is.

use toml::{Table, Value};
use toml_edit::{DocumentMut, Item};

/// What each key means, for those that a hand may want to change.
const ABOUT: &[(&str, &str)] = &[
    ("appearance", "How it looks."),
    ("appearance.theme", "system, light or dark."),
    ("appearance.zoom", "Size of everything, 0.5 to 3.0."),
    (
        "appearance.log_colours",
        "The colours that a program writes into its log are shown.",
    ),
    (
        "appearance.soft_colours",
        "Numbers, paths, quoted texts and the like have quiet colours in messages.",
    ),
    ("appearance.density", "Height of rows: normal or compact."),
    ("appearance.language", "system, english or korean."),
    ("reading", "How logs are opened."),
    (
        "reading.follow_on_open",
        "A log that is opened sticks to its newest record.",
    ),
    (
        "reading.reopen",
        "What is open at the start when no file is named: last-session or start-page.",
    ),
    (
        "reading.one_window",
        "A later start hands its files to the window that is open; counts from the next start.",
    ),
    (
        "reading.announce_errors",
        "The desktop tells of the first new error while another window is in front (Linux).",
    ),
    ("times", "How times are shown."),
    (
        "times.show",
        "as-written, local, utc, zone, since-start or since-previous.",
    ),
    (
        "times.zone",
        "The zone of show = \"zone\": Asia/Seoul, +09:00.",
    ),
    (
        "editor",
        "With what files are opened that a log names, as in a stack trace.",
    ),
    (
        "editor.command",
        "A program and its arguments: code -g {file}:{line}. No shell reads them; empty is none.",
    ),
    (
        "editor.mappings",
        "Where the files of other machines are here: from = \"/srv/app\", to = \"~/work/app\".",
    ),
    (
        "levels",
        "Level words that are not standard, and the standard level that each is as grave as.",
    ),
    (
        "formats",
        "Which formats are used for files whose paths fit a pattern; the first that fits counts.",
    ),
    (
        "keys",
        "Your own keys by the command's id, in place of its usual ones: next-error = [\"e\", \"Ctrl+F8\"].\nAn empty list is no key. The settings window lists the commands; a key that you use here is no other command's.",
    ),
    (
        "panels",
        "Which panels are shown, and how large, in points.",
    ),
    ("panels.loggers_visible", "The logger tree."),
    ("panels.loggers_width", "Its width."),
    (
        "panels.details_visible",
        "The details of the chosen record.",
    ),
    (
        "panels.timeline_visible",
        "Records over time, above the table.",
    ),
    ("panels.details_height", "Their height below the table."),
    ("panels.details_width", "Their width beside the table."),
    (
        "panels.split_share",
        "Share of the width that the left one of two logs side by side has, 0.2 to 0.8.",
    ),
    (
        "panels.details_place",
        "Where they are: below or beside the table.",
    ),
    (
        "columns",
        "The columns of each format, by the format's name or its template.",
    ),
    ("filters", "Queries of the filter."),
    ("filters.recent", "Those that were typed, the newest first."),
    ("filters.saved", "Those that have a name."),
    (
        "highlights",
        "Rules by which rows and parts of them are marked.",
    ),
    (
        "highlights.active",
        "The name of the set that counts; empty for none.",
    ),
    ("recent", "Files that were open before, the newest first."),
    ("marked", "Logs with bookmarks, known by their first bytes."),
];

/// The text of a file that holds `table`, made from the text that it has now (empty for none). `None` when that cannot be
/// done; the caller writes it afresh then.
pub(super) fn rewrite(old: &str, table: &Table, about: bool) -> Option<String> {
    let before: Table = old.parse().ok()?;
    let mut document: DocumentMut = old.parse().ok()?;
    let mut there = Edit {
        about,
        path: String::new(),
    };
    there.edit(document.as_table_mut(), &before, table)?;
    let text = document.to_string();
    // Whatever the text looks like: it says what is meant, or it is not used.
    (text.parse::<Table>().ok()? == *table).then_some(text)
}

/// A table that is being changed.
struct Edit {
    about: bool,
    path: String,
}

impl Edit {
    fn edit(&mut self, here: &mut toml_edit::Table, before: &Table, now: &Table) -> Option<()> {
        for key in before.keys().filter(|key| !now.contains_key(*key)) {
            here.remove(key);
        }
        for (key, value) in now {
            match (before.get(key), value, here.get_mut(key)) {
                (Some(before), value, Some(_)) if before == value => {}
                (Some(Value::Table(before)), Value::Table(now), Some(Item::Table(there))) => {
                    let outer = self.path.clone();
                    self.path = self.below(key);
                    self.edit(there, before, now)?;
                    self.path = outer;
                }
                (Some(_), value, Some(there)) => {
                    let mut item = item(key, value)?;
                    keep_comments(there, &mut item);
                    *there = item;
                }
                (_, value, _) => {
                    let mut item = item(key, value)?;
                    self.explain_below(key, &mut item);
                    here.insert(key, item);
                    self.explain(here, key);
                }
            }
        }
        Some(())
    }

    fn below(&self, key: &str) -> String {
        match self.path.as_str() {
            "" => key.to_owned(),
            path => format!("{path}.{key}"),
        }
    }

    fn comment(&self, key: &str) -> Option<String> {
        let path = self.below(key);
        let (_, about) = ABOUT
            .iter()
            .find(|(known, _)| *known == path && self.about)?;
        Some(about.lines().map(|line| format!("# {line}\n")).collect())
    }

    /// Puts the comment above a key or the head of a table that is new.
    fn explain(&self, here: &mut toml_edit::Table, key: &str) {
        let Some(comment) = self.comment(key) else {
            return;
        };
        let head = format!("\n{comment}");
        match here.get_mut(key) {
            Some(Item::Table(table)) => table.decor_mut().set_prefix(head),
            Some(Item::ArrayOfTables(tables)) => {
                if let Some(first) = tables.get_mut(0) {
                    first.decor_mut().set_prefix(head);
                }
            }
            Some(Item::Value(_)) => {
                if let Some(mut key) = here.key_mut(key) {
                    key.leaf_decor_mut().set_prefix(comment);
                }
            }
            _ => {}
        }
    }

    /// The same for what is in a table that is new.
    fn explain_below(&mut self, key: &str, item: &mut Item) {
        let Item::Table(table) = item else { return };
        let outer = self.path.clone();
        self.path = self.below(key);
        let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
        for key in keys {
            self.explain(table, &key);
        }
        self.path = outer;
    }
}

/// A value as it is written.
fn item(key: &str, value: &Value) -> Option<Item> {
    let mut alone = Table::new();
    alone.insert(key.to_owned(), value.clone());
    let text = toml::to_string_pretty(&alone).ok()?;
    let mut document: DocumentMut = text.parse().ok()?;
    let mut item = document.as_table_mut().remove(key)?;
    unplace(&mut item);
    Some(item)
}

/// Forgets where tables stood in the text that they were read from.
fn unplace(item: &mut Item) {
    match item {
        Item::Table(table) => {
            table.set_position(None);
            for (_, inner) in table.iter_mut() {
                unplace(inner);
            }
        }
        Item::ArrayOfTables(tables) => {
            for table in tables.iter_mut() {
                table.set_position(None);
                for (_, inner) in table.iter_mut() {
                    unplace(inner);
                }
            }
        }
        Item::Value(_) | Item::None => {}
    }
}

/// What stands around the old value stands around the new one.
fn keep_comments(old: &Item, new: &mut Item) {
    match (old, new) {
        (Item::Value(old), Item::Value(new)) => *new.decor_mut() = old.decor().clone(),
        (Item::Table(old), Item::Table(new)) => *new.decor_mut() = old.decor().clone(),
        (Item::ArrayOfTables(old), Item::ArrayOfTables(new)) => {
            if let (Some(old), Some(new)) = (old.get(0), new.get_mut(0)) {
                *new.decor_mut() = old.decor().clone();
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::settings::model::Settings;

    fn table(text: &str) -> Table {
        text.parse().unwrap()
    }

    fn rewritten(old: &str, new: &str) -> String {
        rewrite(old, &table(new), true).unwrap()
    }

    #[test]
    fn comments_and_order_stay_where_they_were() {
        let old = "# mine\nversion = 1\n\n# dark at night\n[appearance]\nzoom = 1.0 # as I like it\ntheme = \"dark\"\n\n[keys]\n# my keys\nfind = [\"F9\"]\n# the end\n";
        let new = "version = 1\nappearance = { zoom = 1.2, theme = \"dark\" }\nkeys = { find = [\"F9\"], open = [\"F2\"] }\n";
        let expected = old.replace("1.0 #", "1.2 #");
        let got = rewritten(old, new);
        for line in expected.lines() {
            assert!(got.contains(line), "{line}\n{got}");
        }
        assert!(got.contains("open = [\"F2\"]"), "{got}");
    }

    #[test]
    fn a_new_file_says_what_its_keys_are() {
        let settings = Table::try_from(Settings::default()).unwrap();
        let text = rewrite("", &settings, true).unwrap();
        for (path, about) in ABOUT {
            let known = settings.get(path.split('.').next().unwrap());
            let first = about.lines().next().unwrap();
            assert!(known.is_some(), "{path} is a key");
            assert!(text.contains(first), "{path}\n{text}");
        }
        // Written again, nothing changes, and a comment that was taken away does not come back.
        assert_eq!(rewrite(&text, &settings, true).unwrap(), text);
        let bare = text.replace("# system, light or dark.\n", "");
        assert_eq!(rewrite(&bare, &settings, true).unwrap(), bare);
    }

    #[test]
    fn lists_of_tables_come_go_and_change() {
        let one = "[[recent]]\npath = \"/a\"\n\n[recent.format]\ntemplate = \"x\"\n";
        let two = "[[recent]]\npath = \"/b\"\n\n[[recent]]\npath = \"/a\"\n\n[recent.format]\ntemplate = \"x\"\n";
        let none = "recent = []\n";
        for old in ["", one, two, none, "[panels]\nwidth = 1\n"] {
            for new in [one, two, none, "[panels]\nwidth = 2\n"] {
                assert_eq!(table(&rewritten(old, new)), table(new), "{old} | {new}");
            }
        }
    }
}

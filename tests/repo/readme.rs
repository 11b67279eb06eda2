//! The README's table of keys is that of the program.

use timberline::ui::keys::{self, Binding, Group};

/// The table as the README has to show it.
fn table() -> String {
    let mut text = String::from("| Key | What it does |\n|---|---|\n");
    for group in Group::ALL {
        text.push_str(&format!("| | **{}** |\n", group.title()));
        let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
        let listed = |binding: &&Binding| binding.group == group && !binding.shortcuts.is_empty();
        for binding in keys::all().iter().filter(listed) {
            let title = binding.title.trim_end_matches("...");
            let shortcuts = binding.shortcuts.iter();
            let texts = shortcuts.map(|shortcut| format!("`{}`", shortcut.text()));
            match rows.iter_mut().find(|(known, _)| *known == title) {
                Some((_, keys)) => keys.extend(texts),
                None => rows.push((title, texts.collect())),
            }
        }
        for (title, keys) in rows {
            text.push_str(&format!("| {} | {title} |\n", keys.join(" ")));
        }
    }
    text
}

#[cfg(not(target_os = "macos"))]
#[test]
fn the_readme_shows_the_keys_of_the_program() {
    let readme = include_str!("../../README.md");
    let table = table();
    assert!(
        readme.contains(&table),
        "README.md should contain this table:\n{table}"
    );
}

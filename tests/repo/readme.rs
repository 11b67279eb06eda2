//! What the README says of keys, options and formats is what the program has, and the files that it names exist.

#![allow(clippy::expect_used, reason = "tests fail by panicking")]

use std::path::Path;

use clap::CommandFactory as _;
use timberline::cli::args::Cli;
use timberline::format::builtin::builtins;
use timberline::ui::keys::{self, Binding, Group};

const README: &str = include_str!("../../README.md");

/// The table of keys as the README has to show it.
fn keys_table() -> String {
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
    must_contain(&keys_table());
}

fn must_contain(table: &str) {
    assert!(
        README.contains(table),
        "README.md should contain this table:\n{table}"
    );
}

/// A text inside a table: a bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The options of a subcommand as the README has to show them.
fn options_table(subcommand: &str) -> String {
    let mut cli = Cli::command();
    cli.build();
    let command = cli
        .find_subcommand(subcommand)
        .expect("a subcommand that exists");
    let mut text = String::from("| Option | What it does |\n|---|---|\n");
    for option in command.get_arguments() {
        let Some(name) = option.get_long().filter(|name| *name != "help") else {
            continue;
        };
        let value = match option.get_value_names() {
            Some([value, ..]) if option.get_action().takes_values() => format!(" {value}"),
            _ => String::new(),
        };
        let help = option
            .get_help()
            .expect("an option with a text")
            .to_string();
        text.push_str(&format!(
            "| `--{name}{}` | {} |\n",
            cell(&value),
            cell(&help)
        ));
    }
    text
}

#[test]
fn the_readme_shows_the_options_of_the_program() {
    must_contain(&options_table("print"));
    let mut cli = Cli::command();
    cli.build();
    for command in cli
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
    {
        let call = format!("timberline {}", command.get_name());
        assert!(README.contains(&call), "README.md should show {call}");
    }
}

#[test]
fn the_readme_shows_the_formats_of_the_program() {
    let mut table = String::from("| Name | What writes it |\n|---|---|\n");
    for builtin in builtins() {
        table.push_str(&format!(
            "| `{}` | {} |\n",
            builtin.name,
            cell(builtin.title)
        ));
    }
    must_contain(&table);
}

/// Links, and paths of the repository in code.
#[test]
fn files_that_the_readme_names_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let links = README
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let links = links.filter(|link| !link.contains("://"));
    let words = README.split(|c: char| c.is_whitespace() || c == '`');
    let paths = words.filter(|word| {
        ["assets/", "tests/", "src/", ".ci/"]
            .iter()
            .any(|top| word.starts_with(top))
    });
    for path in links.chain(paths) {
        let path = path.trim_end_matches([',', '.', ';', ':']);
        if let Some(anchor) = path.strip_prefix('#') {
            let mut headings = README.lines().filter(|line| line.starts_with('#'));
            let is_it = |line: &str| line.trim_start_matches(['#', ' ']).to_lowercase() == anchor;
            assert!(headings.any(is_it), "README.md has no heading {anchor}");
            continue;
        }
        assert!(root.join(path).exists(), "README.md names {path}");
    }
}

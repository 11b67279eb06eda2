//! The house rules that the compiler does not know: which layer may use which, where files, threads and colours may
//! occur, how long a file may get, and what lies at the top of the repository. The table is that of the crate docs.

#![allow(clippy::expect_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// What a layer may do besides computing.
struct Layer {
    name: &'static str,
    /// Layers that it may import.
    uses: &'static [&'static str],
    /// Words that may not occur in its code.
    never: &'static [&'static str],
}

const FILES: &str = "std::fs";
const NET: &str = "std::net";
const THREADS: &str = "std::thread";
const CHANNELS: &str = "crossbeam_channel";
const STD_CHANNELS: &str = "mpsc";
const EGUI: &str = "egui::";
const NOTIFY: &str = "notify::";
const DIALOGS: &str = "rfd::";

const PURE: &[&str] = &[
    FILES,
    NET,
    THREADS,
    CHANNELS,
    STD_CHANNELS,
    EGUI,
    NOTIFY,
    DIALOGS,
];

/// The layers from the bottom up. `main.rs` and `lib.rs` may use everything.
const LAYERS: &[Layer] = &[
    Layer {
        name: "base",
        uses: &[],
        never: PURE,
    },
    Layer {
        name: "bytes",
        uses: &["base"],
        never: &[NET, THREADS, CHANNELS, STD_CHANNELS, EGUI, NOTIFY, DIALOGS],
    },
    Layer {
        name: "format",
        uses: &["base"],
        never: PURE,
    },
    Layer {
        name: "index",
        uses: &["base", "bytes", "format"],
        never: PURE,
    },
    Layer {
        name: "query",
        uses: &["base", "bytes", "format", "index"],
        never: PURE,
    },
    Layer {
        name: "export",
        uses: &["base", "bytes", "format", "index", "query"],
        never: &[NET, THREADS, CHANNELS, STD_CHANNELS, EGUI, NOTIFY, DIALOGS],
    },
    Layer {
        name: "engine",
        uses: &["base", "bytes", "format", "index", "query", "export"],
        never: &[NET, EGUI, DIALOGS],
    },
    Layer {
        name: "settings",
        uses: &["base", "format"],
        never: PURE,
    },
    Layer {
        name: "ui",
        uses: &["base", "format", "query", "settings"],
        never: &[
            FILES,
            NET,
            THREADS,
            CHANNELS,
            STD_CHANNELS,
            NOTIFY,
            DIALOGS,
            "eframe::",
        ],
    },
    Layer {
        name: "cli",
        uses: &[
            "base", "bytes", "format", "index", "query", "export", "settings",
        ],
        never: &[NET, EGUI, NOTIFY, DIALOGS],
    },
    Layer {
        name: "app",
        uses: &[
            "base", "format", "index", "query", "engine", "settings", "ui",
        ],
        never: &[NET, NOTIFY, "thread::sleep"],
    },
];

/// Files that may do what their layer may not, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    // The one place of the settings layer that reads and writes.
    ("settings/store.rs", FILES),
    ("settings/store/atomic.rs", FILES),
    ("settings/store/filters.rs", FILES),
    ("settings/store/formats.rs", FILES),
    ("settings/store/highlights.rs", FILES),
    ("settings/store/state.rs", FILES),
    // Waits for a moment; starts none.
    ("bytes/control.rs", THREADS),
];

/// What would make a menu that neither scrolls in a low window nor gives the keyboard back.
const MENUS: &[&str] = &[
    "Popup::menu",
    "Popup::context_menu",
    ".menu_button(",
    ".context_menu(",
    "SubMenuButton",
    ".show_ui(",
];

/// A longer file does too many things.
const LONGEST_FILE: usize = 600;

const TOP_LEVEL: &[&str] = &[
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "assets",
    "src",
    "target",
    "tests",
];

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below a folder of the repository, as paths relative to it, with their text.
pub(super) fn rust_files(folder: &str) -> Vec<(String, String)> {
    let base = root().join(folder);
    let mut folders = vec![base.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a readable folder") {
            let path: PathBuf = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&base).expect("a path below its folder");
                let name = name.to_string_lossy().replace('\\', "/");
                files.push((name, fs::read_to_string(&path).expect("UTF-8 source")));
            }
        }
    }
    files.sort();
    files
}

/// The code of a file that ends up in the program: without comments and without what follows `#[cfg(test)]` at the
/// left margin. Files of tests have none.
fn shipped(name: &str, text: &str) -> String {
    let test_file = name.ends_with("tests.rs") || name.contains("/tests/");
    if test_file {
        return String::new();
    }
    let text = text.split("\n#[cfg(test)]\nmod").next().unwrap_or_default();
    let lines = text.lines().map(|line| match line.split_once("//") {
        // Not inside of an address in a string.
        Some((code, _)) if !code.ends_with(':') => code,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The layers that a text names after `crate::`, those in braces included.
fn imported(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(group) => names.extend(heads(group)),
            None => names.push(word(after)),
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The first words of the parts of a `{a::x, b::{y, z}}` group.
fn heads(group: &str) -> Vec<String> {
    let mut names = vec![word(group.trim_start())];
    let mut depth = 1;
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(word(group[at + 1..].trim_start())),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// What a file of `src` does against its layer's rules.
fn violations(name: &str, text: &str) -> Vec<String> {
    let code = shipped(name, text);
    let Some((layer_name, _)) = name.split_once('/') else {
        return Vec::new();
    };
    let Some(layer) = LAYERS.iter().find(|layer| layer.name == layer_name) else {
        return vec![format!("{name}: no layer is called {layer_name}")];
    };
    let mut found: Vec<String> = imported(&code)
        .into_iter()
        .filter(|used| LAYERS.iter().any(|layer| layer.name == used))
        .filter(|used| used != layer.name && !layer.uses.contains(&used.as_str()))
        .map(|used| format!("{name}: {layer_name} may not use {used}"))
        .collect();
    for never in layer.never {
        let excepted = EXCEPTIONS.contains(&(name, *never));
        if code.contains(never) && !excepted {
            found.push(format!("{name}: {layer_name} may not use {never}"));
        }
    }
    let starts = ["process::Command", "process::{Child, Command"];
    // The other one is the user's editor.
    let starters = ["bytes/command.rs", "app/editor.rs"];
    if !starters.contains(&name) && starts.iter().any(|words| code.contains(words)) {
        found.push(format!("{name}: programs are started in {starters:?}"));
    }
    for menu in MENUS {
        if code.contains(menu) && !name.starts_with("ui/widgets/") {
            found.push(format!("{name}: menus are made by ui/widgets/menu.rs"));
        }
    }
    let theme = name.starts_with("ui/theme");
    for literal in ["Color32::from", "Rgba::from", "hex_color!"] {
        if code.contains(literal) && !theme {
            found.push(format!("{name}: colours belong in ui/theme"));
        }
    }
    for constant in colour_constants(&code) {
        if !theme {
            found.push(format!("{name}: Color32::{constant} belongs in ui/theme"));
        }
    }
    found
}

/// Named colours, but for the absence of colour.
fn colour_constants(code: &str) -> Vec<String> {
    let names = code.split("Color32::").skip(1).map(word);
    names
        .filter(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
        .filter(|name| name != "TRANSPARENT" && name != "PLACEHOLDER" && !name.is_empty())
        .collect()
}

#[test]
fn every_layer_keeps_to_its_table() {
    let found: Vec<String> = rust_files("src")
        .iter()
        .flat_map(|(name, text)| violations(name, text))
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn the_table_has_no_circle() {
    for (index, layer) in LAYERS.iter().enumerate() {
        for used in layer.uses {
            let below = LAYERS.iter().take(index).any(|other| other.name == *used);
            assert!(below, "{} uses {used}, which is not below it", layer.name);
        }
    }
}

#[test]
fn no_file_is_too_long() {
    for folder in ["src", "tests"] {
        for (name, text) in rust_files(folder) {
            let lines = text.lines().count();
            assert!(
                lines <= LONGEST_FILE,
                "{folder}/{name} has {lines} lines; split it"
            );
        }
    }
}

#[test]
fn the_top_level_is_tidy() {
    for entry in fs::read_dir(root()).expect("a readable repository") {
        let name = entry.expect("a readable entry").file_name();
        let name = name.to_string_lossy();
        let known = name.starts_with('.') || TOP_LEVEL.contains(&name.as_ref());
        assert!(known, "{name} does not belong at the top level");
    }
}

#[test]
fn the_rules_catch_what_they_are_for() {
    let bad = [
        ("base/a.rs", "use crate::bytes::ByteSource;"),
        (
            "index/a.rs",
            "use crate::{base::id, engine::{Engine, Waker}};",
        ),
        ("ui/panels/a.rs", "fn f() { crate::engine::start(); }"),
        ("ui/a.rs", "use std::fs;"),
        ("ui/a.rs", "let c = Color32::from_rgb(1, 2, 3);"),
        ("ui/a.rs", "let c = Color32::WHITE;"),
        ("query/a.rs", "let t = std::thread::spawn(f);"),
        ("settings/model.rs", "use std::fs::File;"),
        ("engine/a.rs", "fn f(ctx: &egui::Context) {}"),
        ("ui/panels/a.rs", "Popup::menu(&button).show(entries);"),
        ("misc/a.rs", ""),
        ("engine/a.rs", "use std::process::{Child, Command};"),
        ("app/a.rs", "std::process::Command::new(program)"),
    ];
    for (name, text) in bad {
        assert_eq!(violations(name, text).len(), 1, "{name}: {text}");
    }
    let good = [
        (
            "index/a.rs",
            "use crate::{base::{id, time}, format::Extractor};",
        ),
        (
            "ui/a.rs",
            "// std::fs is for others\nlet c = Color32::TRANSPARENT;",
        ),
        (
            "ui/a.rs",
            "fn f() {}\n#[cfg(test)]\nmod tests { use std::fs; }",
        ),
        ("ui/theme/palette.rs", "Color32::from_rgb(1, 2, 3)"),
        ("settings/store.rs", "use std::fs;"),
        ("ui/tests.rs", "use std::thread;"),
    ];
    for (name, text) in good {
        assert_eq!(violations(name, text), [""; 0], "{name}: {text}");
    }
}

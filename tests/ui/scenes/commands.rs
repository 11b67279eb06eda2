//! The palette, quick open, tabs, the user's own keys, and the window without a mouse.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use timberline::base::lang::Lang;
use timberline::ui::action::TabId;

use crate::common::{Desk, Window, line, lines, usual};

fn open(desk: &Desk, names: &[&str]) -> Window {
    let text: String = (0..100)
        .map(|number| {
            let level = if number == 50 { "ERROR" } else { "INFO" };
            line(number, level, "app.web", "some hay")
        })
        .collect();
    let paths: Vec<_> = names.iter().map(|name| desk.write(name, &text)).collect();
    let paths: Vec<_> = paths.iter().map(std::path::PathBuf::as_path).collect();
    let mut window = desk.window(&paths);
    window.shows(100, 100);
    window
}

#[test]
fn the_palette_runs_a_command_by_some_of_its_letters() {
    let desk = Desk::new();
    let mut window = open(&desk, &["a.log"]);
    window.ctrl_shift(Key::P);
    window.wait_says("All commands");
    window.type_text("nxer");
    window.wait_gone("All commands");
    window.press(Key::Enter);
    window.wait_chosen("no 00050");
    window.wait_gone("Type some letters of a command");
    // What ran last is first.
    window.ctrl_shift(Key::P);
    window.wait_says("Used last");
    window.press(Key::Escape);
    window.wait_gone("Used last");
    // What does nothing says why, and Enter leaves it.
    window.ctrl_shift(Key::P);
    window.type_text("reopen closed");
    window.wait_says("No tab was closed");
    window.press(Key::Enter);
    window.wait_says("No tab was closed");
    window.press(Key::Escape);
    window.ctrl_shift(Key::P);
    window.type_text("settings");
    window.press(Key::Enter);
    window.wait_says("Size of everything");
}

#[test]
fn quick_open_finds_open_logs_and_files_beside() {
    let desk = Desk::new();
    desk.write("worker-errors.log", lines(0..10));
    let mut window = open(&desk, &["one.log", "two.log"]);
    window.ctrl(Key::P);
    window.wait_says("Beside this log");
    window.type_text("wrker");
    window.wait_says("worker-errors.log");
    window.press(Key::Enter);
    window.wait("the file", |window| window.tab_names().len() == 3);
    window.shows(10, 10);
    window.ctrl(Key::P);
    window.type_text("one");
    window.press(Key::Enter);
    window.wait("the tab", |window| window.tab().name() == "one.log");
    assert_eq!(window.tab_names().len(), 3);
}

#[test]
fn tabs_move_close_and_come_back_by_key() {
    let desk = Desk::new();
    let mut window = open(&desk, &["a.log", "b.log", "c.log"]);
    window.ctrl_shift(Key::PageUp);
    assert_eq!(window.tab_names(), ["a.log", "c.log", "b.log"]);
    window.ctrl(Key::Num1);
    window.wait("the first", |window| window.tab().name() == "a.log");
    window.ctrl_shift(Key::PageUp);
    assert_eq!(
        window.tab_names(),
        ["a.log", "c.log", "b.log"],
        "it is the first"
    );
    window.ctrl_shift(Key::PageDown);
    assert_eq!(window.tab_names(), ["c.log", "a.log", "b.log"]);
    window.ctrl(Key::Num9);
    window.wait("the last", |window| window.tab().name() == "b.log");
    window.ctrl(Key::Num2);
    window.ctrl(Key::W);
    assert_eq!(window.tab_names(), ["c.log", "b.log"]);
    window.ctrl_shift(Key::T);
    assert_eq!(
        window.tab_names(),
        ["c.log", "a.log", "b.log"],
        "at its old place"
    );
    assert_eq!(window.tab().name(), "a.log");
    window.ctrl_shift(Key::T);
    assert_eq!(window.tab_names().len(), 3);
}

#[test]
fn tabs_move_by_dragging() {
    let desk = Desk::new();
    let mut window = open(&desk, &["a.log", "b.log", "c.log"]);
    let place = |window: &mut Window, name| window.wait_role(Role::Tab, name).center();
    let (from, to) = (place(&mut window, "a.log"), place(&mut window, "c.log"));
    window.drag(from, to + egui::vec2(20.0, 0.0));
    window.frame();
    assert_eq!(window.tab_names(), ["b.log", "c.log", "a.log"]);
    assert_eq!(window.state().active, Some(TabId(2)), "the shown one stays");
}

/// What a screen reader is at.
#[allow(
    clippy::redundant_closure_for_method_calls,
    reason = "the method alone is not general enough"
)]
fn focus(window: &Window) -> (Role, String) {
    let nodes = window.harness.query_all_by(|node| node.is_focused());
    let node = nodes.last().map(|node| {
        let inner = node.accesskit_node();
        (inner.role(), inner.label().unwrap_or_default())
    });
    node.unwrap_or((Role::Unknown, String::new()))
}

#[test]
fn f6_steps_through_the_window_and_back() {
    let desk = Desk::new();
    let mut window = open(&desk, &["a.log", "b.log"]);
    window.press(Key::E);
    window.wait_chosen("no 00050");
    window.wait_says("Next record");
    window.settle();
    let mut seen = vec![focus(&window)];
    for _ in 0..8 {
        window.press(Key::F6);
        window.frame();
        seen.push(focus(&window));
    }
    assert_eq!(seen.first(), seen.last(), "all the way round: {seen:?}");
    let names: std::collections::BTreeSet<_> = seen.iter().map(|(_, name)| name.clone()).collect();
    assert_eq!(names.len(), 8, "{seen:?}");
    assert!(
        names.contains("File") && names.contains("root (all loggers)"),
        "{seen:?}"
    );
    window.press_with(Modifiers::SHIFT, Key::F6);
    window.frame();
    assert_eq!(Some(&focus(&window)), seen.iter().rev().nth(1), "{seen:?}");
}

/// A page in the place of rows has buttons, and they have the keyboard.
#[test]
fn f6_reaches_the_buttons_of_an_empty_table() {
    let desk = Desk::new();
    let mut window = open(&desk, &["a.log"]);
    window.ctrl_shift(Key::F);
    window.type_text("nothing says this");
    window.shows(0, 100);
    window.press(Key::Escape);
    let mut seen = Vec::new();
    for _ in 0..9 {
        window.press(Key::F6);
        window.frame();
        seen.push(focus(&window).1);
    }
    let page = "Showing nothing says this".to_owned();
    assert!(seen.contains(&page), "{seen:?}");
}

/// Tab goes through the window as one reads it, from left to right and from top to bottom.
#[test]
fn tab_goes_from_top_to_bottom() {
    let desk = Desk::new();
    let mut window = open(&desk, &["a.log"]);
    window.settle();
    let mut seen: Vec<String> = Vec::new();
    for _ in 0..90 {
        window.press(Key::Tab);
        window.frame();
        seen.push(focus(&window).1);
    }
    let top = seen.iter().position(|name| name == "File");
    let seen = &seen[top.unwrap()..];
    let order = [
        "File",
        // The right end of the bar too.
        "Format...",
        "Loggers",
        "Details",
        "a.log",
        "Filter",
        "Logger tree",
        "Records",
        "Column Message",
        "Patterns",
        "UTF-8",
    ];
    let places = order.map(|name| seen.iter().position(|other| other == name));
    assert!(places.iter().all(Option::is_some), "{seen:?}");
    assert!(places.is_sorted(), "{places:?} {seen:?}");
}

#[test]
fn menus_of_buttons_are_opened_by_name() {
    let desk = Desk::new();
    let mut window = open(&desk, &["a.log"]);
    for (words, entry) in [
        ("encoding", "Recognise automatically"),
        ("saved filters", "Take over saved filters from a file"),
    ] {
        window.ctrl_shift(Key::P);
        window.type_text(words);
        window.press(Key::Enter);
        window.wait_says(entry);
        window.press(Key::ArrowDown);
        window.frame();
        assert_eq!(focus(&window).0, Role::Button);
        window.press(Key::Escape);
        window.wait_gone(entry);
    }
}

#[test]
fn rows_say_where_they_are() {
    let desk = Desk::new();
    let mut window = open(&desk, &["a.log"]);
    window.press(Key::E);
    window.wait_chosen("no 00050");
    let rows = window.harness.query_all_by_role(Role::Row);
    let said: Vec<_> = rows
        .filter(|node| node.accesskit_node().is_selected() == Some(true))
        .filter_map(|node| {
            node.accesskit_node()
                .data()
                .description()
                .map(str::to_owned)
        })
        .collect();
    assert_eq!(said, ["Row 51 of 100"]);
}

#[test]
fn the_menu_key_opens_the_menu_of_the_row_and_arrows_go_through_it() {
    let desk = Desk::new();
    let mut window = open(&desk, &["a.log"]);
    window.press(Key::E);
    window.wait_chosen("no 00050");
    window.press_with(Modifiers::SHIFT, Key::F10);
    window.wait_says("Exclude logger");
    window.press(Key::ArrowDown);
    window.frame();
    window.wait_chosen("no 00050");
    let (role, name) = focus(&window);
    assert_eq!(role, Role::Button, "{name}");
    window.press(Key::Escape);
    window.wait_gone("Exclude logger");
    window.wait_chosen("no 00050");
}

#[test]
fn a_key_of_ones_own_works_at_once_and_is_kept() {
    let desk = Desk::new();
    let mut window = open(&desk, &["a.log"]);
    window.ctrl_shift(Key::P);
    window.type_text("change keys");
    window.press(Key::Enter);
    window.wait_says("Click a command, then press its new keys");
    window.click("Search the settings and keys");
    window.type_text("next error");
    window.click("Next error, e");
    window.wait_says("Press the new keys");
    // Taken, although it means something in a dialog too.
    window.ctrl(Key::Minus);
    window.wait_says("\"Zoom out\" has the key Ctrl+-");
    assert_eq!(focus(&window).1, "Use it here");
    window.click("Leave it");
    window.frame();
    assert_eq!(focus(&window).1, "Next error, e", "the button is gone");
    window.click("Press new keys");
    window.ctrl(Key::Minus);
    window.wait_says("\"Zoom out\" has the key Ctrl+-");
    // The question goes, and the settings stay.
    window.press(Key::Escape);
    window.wait_gone("has the key");
    window.frame();
    assert_eq!(focus(&window).1, "Next error, e");
    window.click("Press new keys");
    window.ctrl(Key::Minus);
    window.wait_says("\"Zoom out\" has the key Ctrl+-");
    window.click("Use it here");
    window.wait_says("Next error, Ctrl+-");
    assert_eq!(focus(&window).1, "Next error, Ctrl+-");
    window.click("Press new keys");
    window.press(Key::F9);
    window.wait_says("Next error, F9");
    assert_eq!(focus(&window).1, "Next error, F9");
    window.press(Key::Escape);
    window.wait_gone("Search the settings and keys");
    window.press(Key::E);
    window.frame();
    assert!(window.chosen().is_empty(), "the old key is free");
    window.press(Key::F9);
    window.wait_chosen("no 00050");
    window.quit();
    let text = std::fs::read_to_string(desk.settings("settings.toml")).unwrap();
    assert!(text.contains("next-error = [\"F9\"]"), "{text}");
    assert!(
        text.contains("# Your own keys by the command's id"),
        "{text}"
    );
    let window = open(&desk, &["a.log"]);
    assert!(
        window
            .state()
            .keymap
            .is_own(timberline::ui::keys::Command::NextError)
    );
}

#[test]
fn settings_are_searched_and_reset_one_by_one() {
    let desk = Desk::new();
    let comment = "# mine\n[appearance]\ntheme = \"dark\" # at night\n";
    std::fs::write(desk.settings("settings.toml"), comment).unwrap();
    let mut window = open(&desk, &["a.log"]);
    window.ctrl(Key::Comma);
    window.wait_says("Follow from the start");
    window.type_text("theme");
    window.wait_gone("Follow from the start");
    window.click("Reset Theme");
    window.wait_gone("Reset Theme");
    window.press(Key::Escape);
    window.quit();
    let text = std::fs::read_to_string(desk.settings("settings.toml")).unwrap();
    assert!(text.contains("theme = \"system\" # at night"), "{text}");
    assert!(text.contains("# mine"), "{text}");
}

#[test]
fn every_mistake_in_the_keys_is_told() {
    let desk = Desk::new();
    let own = "[keys]\nnext-error = [\"zz\"]\nwrap = [\"F9\"]\ncollapse-repeats = [\"F9\"]\n";
    std::fs::write(desk.settings("settings.toml"), own).unwrap();
    let mut window = desk.window(&[]);
    window.wait_says("Two commands have the same key in the settings");
    window.wait_says("Some keys in the settings were not understood");
}

/// The keys are where the palette leads to.
#[test]
fn change_keys_opens_the_settings_at_the_keys() {
    let desk = Desk::new();
    let mut window = open(&desk, &["a.log"]);
    window.ctrl_shift(Key::P);
    window.type_text("change keys");
    window.press(Key::Enter);
    window.wait_says("Click a command, then press its new keys");
    for _ in 0..20 {
        window.frame();
    }
    let hint = window.wait_place("Click a command, then press its new keys");
    let search = window.wait_place("Search the settings and keys");
    assert!(hint.top() > search.bottom(), "{hint}");
    assert!(hint.top() < search.bottom() + 120.0, "{hint}");
}

#[test]
fn the_list_of_notices_has_the_keyboard_while_it_is_open() {
    let desk = Desk::new();
    let mut window = open(&desk, &["a.log"]);
    window.ctrl_shift(Key::P);
    window.type_text("notices");
    window.press(Key::Enter);
    window.wait_says("Nothing happened so far.");
    window.frame();
    assert_eq!(focus(&window).1, "Close notices");
    // It is a part of the window like others, the last one.
    window.press(Key::F6);
    window.frame();
    assert_eq!(focus(&window).1, "File");
    window.press_with(Modifiers::SHIFT, Key::F6);
    window.frame();
    assert_eq!(focus(&window).1, "Close notices");
    window.press(Key::Space);
    window.wait_gone("Nothing happened so far.");
    window.frame();
    assert_eq!(focus(&window).1, "Records");
    window.ctrl_shift(Key::P);
    window.type_text("notices");
    window.press(Key::Enter);
    window.wait_says("Nothing happened so far.");
    window.press(Key::Escape);
    window.wait_gone("Nothing happened so far.");
}

/// What one press takes away can be had back, for there is no question before it.
#[test]
fn resetting_everything_can_be_undone() {
    let desk = Desk::new();
    let own = "[appearance]\ntheme = \"dark\"\n[reading]\nfollow_on_open = true\n[keys]\nnext-error = [\"F9\"]\n";
    std::fs::write(desk.settings("settings.toml"), own).unwrap();
    let mut window = open(&desk, &["a.log"]);
    let before = window.state().settings.clone();
    window.ctrl(Key::Comma);
    assert!(!window.says("Undo"));
    window.click("Defaults");
    window.frame();
    assert_ne!(window.state().settings.appearance, before.appearance);
    window.click("Undo Defaults");
    window.frame();
    assert_eq!(window.state().settings.appearance, before.appearance);
    assert_eq!(window.state().settings.reading, before.reading);
    assert!(!window.says("Undo"));
    window.click("Search the settings and keys");
    window.type_text("next error");
    window.wait_says("Next error, F9");
    window.click("Reset all keys");
    window.wait_says("Next error, e");
    window.click("Undo Reset all keys");
    window.wait_says("Next error, F9");
    assert_eq!(window.state().settings.keys, before.keys);
}

#[test]
fn the_language_is_that_of_the_desktop_until_one_is_chosen() {
    let desk = Desk::new();
    let mut window = desk.speaking(Lang::Korean, &[], usual().allow_missing_glyphs());
    window.wait_says("예제 로그 열기");
    window.quit();
}

/// Those that are found far from the window, with values in them.
#[test]
fn mistakes_are_told_in_the_language_of_the_window() {
    let desk = Desk::new();
    let korean = |files: &[&std::path::Path]| {
        desk.speaking(Lang::Korean, files, usual().allow_missing_glyphs())
    };
    let mut window = korean(&[]);
    window.click("출력이 로그인 명령");
    window.type_text("'oops");
    window.press(Key::Enter);
    window.wait_says("따옴표가 닫히지 않았습니다");
    let log = desk.write("a.log", line(1, "INFO", "app.web", "some hay"));
    let mut window = korean(&[&log]);
    window.wait_row("some hay");
    window.ctrl_shift(Key::F);
    for (typed, told) in [
        ("level>=", "level>= 뒤에 값이 없습니다"),
        ("pattern:", "예: pattern:"),
        ("exception:", "예: exception:"),
    ] {
        window.ctrl(Key::A);
        window.type_text(typed);
        window.wait_says(told);
    }
}

#[test]
fn a_missing_file_is_told_of_in_one_language() {
    let desk = Desk::new();
    let missing = desk.path("missing.log");
    let builder = usual().allow_missing_glyphs();
    let mut window = desk.speaking(Lang::Korean, &[&missing], builder);
    window.wait_says("파일이 없습니다");
    window.wait_place("일반 텍스트");
    window.quit();
}

#[test]
fn the_language_changes_at_once_and_is_kept() {
    let desk = Desk::new();
    desk.write("a.log", line(1, "INFO", "app.web", "some hay"));
    let log = desk.path("a.log");
    let mut window = desk.any_script(&[&log]);
    window.shows(1, 1);
    window.ctrl(Key::Comma);
    window.click("한국어");
    window.wait_says("설정");
    window.wait_says("밝은 화면 또는 어두운 화면");
    window.press(Key::Escape);
    window.wait_gone("밝은 화면 또는 어두운 화면");
    for text in [
        "파일",
        "보기",
        "따라가기",
        "전체 1개 표시",
        "시각",
        "메시지",
    ] {
        window.wait_says(text);
    }
    window.ctrl_shift(Key::F);
    window.type_text("needle");
    window.wait_says("필터가 모든 레코드를 숨기고 있습니다");
    window.wait_says("로그에 레코드 1개가 있습니다");
    // A problem that is told in English elsewhere; commands are found by their English names too.
    window.ctrl_shift(Key::P);
    window.type_text("open rotated");
    window.press(Key::Enter);
    window.wait_says("이 로그 옆에 로테이션된 파일이 없습니다");
    window.ctrl(Key::Comma);
    window.click("English");
    window.wait_says("Light or dark surroundings");
    window.press(Key::Escape);
    window.wait_says("Showing all 1");
    window.quit();
    let text = std::fs::read_to_string(desk.settings("settings.toml")).unwrap();
    assert!(text.contains("language = \"english\""), "{text}");
}

//! Whole walks: by keyboard alone, in a narrow window, over a log in Korean.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton};

use crate::common::{Desk, line, lines};

#[test]
fn the_three_scenes_by_keyboard_alone() {
    let desk = Desk::new();
    let mut text = lines(0..100);
    for number in 100..110 {
        text.push_str(&line(number, "ERROR", "app.db.pool", "no connection"));
    }
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[]);
    // Open.
    window.ctrl(Key::P);
    window.type_text(&log.display().to_string());
    window.press(Key::Enter);
    window.shows(110, 110);
    // Follow.
    window.press(Key::F);
    window.wait_row("no 00109");
    desk.append("app.log", &lines(110..111));
    window.wait_row("no 00110");
    // By logger: find it in the tree, go there, choose it.
    window.ctrl(Key::L);
    window.type_text("pool");
    window.wait_place("app.db.pool");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.shows(10, 111);
    // Back to the table, to its first record and its details.
    window.press(Key::Escape);
    window.press(Key::G);
    window.wait_chosen("no 00100");
    window.ctrl_shift(Key::Backspace);
    window.shows(111, 111);
    window.wait_chosen("no 00100");
    window.ctrl(Key::W);
    window.wait_place("Open a log file...");
}

#[test]
fn twenty_loggers_with_korean_messages() {
    let desk = Desk::new();
    let text: String = (0..240)
        .map(|number| {
            let logger = format!("moa.part{:02}.worker", number % 24);
            let words = "머신러닝 추론 로그 日本語 中文";
            line(number, "INFO", &logger, words)
        })
        .collect();
    let log = desk.write("로그.log", text);
    let mut window = desk.any_script(&[&log]);
    window.shows(240, 240);
    window.wait_role(Role::Tab, "로그.log");
    window.wait_row("머신러닝 추론 로그 日本語 中文 no 00000");
    window.wait("24 loggers in the tree", |window| {
        let tab = window.tab();
        tab.source
            .as_ref()
            .is_some_and(|source| source.snapshot.loggers.len() >= 24)
    });
    window.ctrl_shift(Key::F);
    window.type_text("추론 로그");
    window.shows(240, 240);
    window.press(Key::Escape);
    window.click_role(Role::TreeItem, "moa.part07");
    window.shows(10, 240);
    window.click_row("no 00007", PointerButton::Primary, Modifiers::NONE);
    let copied = window.wait_copied();
    assert!(copied.contains("머신러닝 추론 로그"), "{copied}");
}

#[test]
fn control_characters_and_colours_show_sensibly() {
    let desk = Desk::new();
    let text = [
        "2026-11-22 10:00:00,000 INFO [app] \u{1b}[31mred\u{1b}[0m and\ta tab\r\n",
        "2026-11-22 10:00:01,000 INFO [app] bell \u{7} end\r\n",
    ]
    .concat();
    let log = desk.write("app.log", text);
    let mut window = desk.any_script(&[&log]);
    window.shows(2, 2);
    window.wait_row("red and");
    for row in window.rows() {
        assert!(
            row.label.chars().all(|c| !c.is_control()),
            "{:?}",
            row.label
        );
    }
}

#[test]
fn an_empty_file_waits_for_its_first_record() {
    let desk = Desk::new();
    let log = desk.write("app.log", "");
    let mut window = desk.window(&[&log]);
    window.wait_says("No record yet");
    desk.append("app.log", &lines(0..2));
    window.shows(2, 2);
}

#[test]
fn a_narrow_window_still_shows_rows_and_opens_files() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..50));
    let mut window = desk.sized(&[&log], [480.0, 320.0]);
    window.wait_row("no 00000");
    window.press(Key::G);
    window.wait_chosen("no 00000");
    window.ctrl(Key::J);
    window.wait("more rows without details", |window| {
        window.rows().len() > 3
    });
}

#[test]
fn panels_are_hidden_and_shown_by_key_and_stay_so() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..5));
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    window.wait_role(Role::Tree, "Logger tree");
    window.ctrl(Key::B);
    window.wait_gone("Logger tree");
    window.quit();
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    assert!(!window.says("Logger tree"));
    window.ctrl(Key::L);
    window.wait_role(Role::Tree, "Logger tree");
}

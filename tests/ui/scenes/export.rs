//! Exporting from the whole window.

use std::fs;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, ViewportCommand, ViewportEvent, ViewportId};
use timberline::app::Picked;

use crate::common::{Desk, line, lines};

#[test]
fn what_is_shown_goes_into_a_file_and_the_notice_says_how_much() {
    let desk = Desk::new();
    let text = lines(0..20) + &line(20, "ERROR", "app.db", "query failed") + &lines(21..30);
    let log = desk.write("a.log", &text);
    let mut window = desk.window(&[&log]);
    window.shows(30, 30);
    window.ctrl(Key::S);
    window.wait_says("Export records");
    window.wait_says("All shown: 30");
    window.press(Key::Enter);
    window.wait_says("30 records exported");
    assert_eq!(fs::read_to_string(desk.path("a-export.log")).unwrap(), text);
    window.click("Copy path");
    assert_eq!(
        window.copied.last().unwrap(),
        &desk.path("a-export.log").display().to_string()
    );
}

#[test]
fn a_file_that_is_there_is_not_replaced_by_enter_in_its_path() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..5));
    let there = desk.write("a-export.csv", "precious");
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    window.menu(&["File", "Export..."]);
    window.click("CSV");
    window.wait_says("This file exists and will be replaced");
    window.click_role(Role::TextInput, "Save as");
    window.press(Key::Enter);
    window.frame();
    assert_eq!(fs::read(&there).unwrap(), b"precious");
    // It says how it would be, and the keyboard stays in the path: Browse, Cancel and Replace come next.
    window.wait_says("This file exists: Enter once more replaces it");
    for key in [Key::Tab, Key::Tab, Key::Tab, Key::Space] {
        window.press(key);
    }
    window.wait_says("5 records exported");
    let table = fs::read_to_string(&there).unwrap();
    assert!(
        table.starts_with("asctime,levelname,name,message\r\n"),
        "{table}"
    );
    assert_eq!(table.lines().count(), 6);
}

#[test]
fn a_second_enter_replaces_the_file_that_is_there() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..5));
    let there = desk.write("a-export.log", "precious");
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    window.ctrl(Key::S);
    // Before it can be known that a file is there.
    window.press(Key::Enter);
    window.wait_says("This file exists: Enter once more replaces it");
    let held = |pressed| Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    // Another name is another file.
    window.frame();
    window.type_text("mine");
    window.press(Key::Enter);
    window.wait_says("5 records exported");
    assert_eq!(fs::read(&there).unwrap(), b"precious");
    window.ctrl(Key::S);
    window.wait_says("This file exists and will be replaced");
    window.events([held(true)]);
    for _ in 0..3 {
        window.events([held(true)]);
        window.frame();
    }
    window.events([held(false)]);
    assert!(window.says("Enter once more"), "a key that is held");
    window.press(Key::Enter);
    window.wait_gone("Export records");
    window.wait("the file", |_| fs::read(&there).unwrap() != b"precious");
    assert_eq!(fs::read_to_string(&there).unwrap(), lines(0..5));
}

#[test]
fn a_table_has_the_columns_that_are_not_hidden() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..5));
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    let head = window.wait_role(Role::ColumnHeader, "Column Level");
    window.click_at(head.center(), PointerButton::Secondary, Modifiers::NONE);
    window.click("Hide Level");
    window.ctrl(Key::S);
    window.click("CSV");
    window.click("Export");
    window.wait_says("5 records exported");
    let table = fs::read_to_string(desk.path("a-export.csv")).unwrap();
    assert!(table.starts_with("asctime,name,message\r\n"), "{table}");
}

#[test]
fn the_selection_is_proposed_and_goes_out_as_json_lines() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..9));
    let mut window = desk.window(&[&log]);
    window.shows(9, 9);
    window.click_row("no 00002", PointerButton::Primary, Modifiers::NONE);
    window.click_row("no 00004", PointerButton::Primary, Modifiers::SHIFT);
    window.ctrl(Key::S);
    window.wait_says("Selected: 3");
    window.click("JSON lines");
    window.click("Export");
    window.wait_says("3 records exported");
    let text = fs::read_to_string(desk.path("a-export.jsonl")).unwrap();
    let messages: Vec<String> = text
        .lines()
        .map(|line| {
            let object: serde_json::Value = serde_json::from_str(line).unwrap();
            object["message"].as_str().unwrap().trim_end().to_owned()
        })
        .collect();
    assert_eq!(messages.len(), 3);
    assert!(messages[0].ends_with("no 00002"), "{messages:?}");
}

#[test]
fn the_desktop_says_where_or_the_path_is_typed() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..3));
    let mut window = desk.window(&[&log]);
    window.shows(3, 3);
    window.will_pick(Picked::Target(desk.path("elsewhere.txt")));
    window.ctrl(Key::S);
    window.click("Browse...");
    window.wait("the chosen path", |window| {
        let place = window.place("Export");
        place.is_some() && window.describe().contains("elsewhere.txt")
    });
    window.click("Browse...");
    window.will_pick(Picked::Unavailable);
    window.click("Browse...");
    window.wait_says("This desktop has no file dialog; type the path here");
    window.click("Export");
    window.wait_says("3 records exported");
    assert_eq!(
        fs::read_to_string(desk.path("elsewhere.txt")).unwrap(),
        lines(0..3)
    );
}

#[test]
fn the_log_itself_is_refused() {
    let desk = Desk::new();
    let text = lines(0..3);
    let log = desk.write("a.log", &text);
    let mut window = desk.window(&[&log]);
    window.shows(3, 3);
    window.will_pick(Picked::Target(log.clone()));
    window.ctrl(Key::S);
    window.click("Browse...");
    // Before anything is pressed; and nothing that is pressed does it.
    window.wait_says("This is a log that is being read");
    window.click("Export");
    window.click_role(Role::TextInput, "Save as");
    for _ in 0..3 {
        window.press(Key::Enter);
        window.frame();
    }
    assert!(window.says("Export records"));
    assert!(!window.says("This file exists"));
    assert_eq!(fs::read_to_string(&log).unwrap(), text);
}

#[test]
fn what_is_typed_is_the_name_of_the_file() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..3));
    let mut window = desk.window(&[&log]);
    window.shows(3, 3);
    window.ctrl(Key::S);
    window.wait_says("Export records");
    window.type_text("mine");
    window.press(Key::Enter);
    window.wait_says("3 records exported");
    assert_eq!(
        fs::read_to_string(desk.path("mine.log")).unwrap(),
        lines(0..3)
    );
}

/// The dialog has all that was chosen still, and such a path is not proposed the next time.
#[test]
fn a_path_that_cannot_be_written_is_told_in_the_dialog() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..3));
    let mut window = desk.window(&[&log]);
    window.shows(3, 3);
    window.will_pick(Picked::Target(desk.path("nowhere/mine.csv")));
    window.ctrl(Key::S);
    window.click("Browse...");
    window.frame();
    window.click_role(Role::TextInput, "Save as");
    window.press(Key::Enter);
    window.wait_says("There is no such folder");
    assert!(window.says("Export records"));
    assert!(window.state().notices.all().is_empty());
    fs::create_dir(desk.path("nowhere")).unwrap();
    window.frame();
    window.press(Key::Enter);
    window.wait_says("3 records exported");
    assert!(!window.says("Export records"));
    let table = fs::read_to_string(desk.path("nowhere/mine.csv")).unwrap();
    assert_eq!(table.lines().count(), 4);
    // The folder of the last file that was written.
    window.ctrl(Key::S);
    let refused = desk.path("gone/b.log");
    window.ctrl(Key::A);
    window.type_text(&refused.display().to_string());
    window.press(Key::Enter);
    window.wait_says("There is no such folder");
    window.press(Key::Escape);
    window.wait_gone("Export records");
    window.ctrl(Key::S);
    window.press(Key::Enter);
    window.wait("the file", |_| desk.path("nowhere/a-export.log").exists());
}

#[test]
fn other_tabs_with_an_export_are_not_closed_without_a_question() {
    let desk = Desk::new();
    let large = desk.write("a.log", lines(0..200_000));
    let small = desk.write("b.log", lines(0..10));
    let mut window = desk.window(&[&large, &small]);
    window.ctrl(Key::Num1);
    window.shows(200_000, 200_000);
    window.ctrl(Key::S);
    window.click("JSON lines");
    window.click("Export");
    window.wait_gone("Export records");
    window.ctrl(Key::Num2);
    window.ctrl_shift(Key::P);
    window.type_text("close other tabs");
    window.press(Key::Enter);
    window.wait_says("An export is not finished");
    window.press(Key::Escape);
    window.wait_gone("An export is not finished");
    assert_eq!(window.tab_names(), ["a.log", "b.log"]);
}

/// By every way out.
#[test]
fn an_export_that_goes_on_is_not_ended_without_a_question() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..200_000));
    let mut window = desk.window(&[&log]);
    window.shows(200_000, 200_000);
    window.ctrl(Key::S);
    window.click("JSON lines");
    window.click("Export");
    window.wait_gone("Export records");
    window.ctrl(Key::W);
    window.wait_says("An export is not finished");
    window.press(Key::Enter);
    window.wait_gone("An export is not finished");
    assert_eq!(
        window.tab_names(),
        ["a.log"],
        "the safe answer has the keyboard"
    );
    window.ctrl(Key::Q);
    window.wait_says("An export is not finished");
    window.press(Key::Escape);
    window.wait_gone("An export is not finished");
    assert!(!window.state().quit);
    let root = window
        .harness
        .input_mut()
        .viewports
        .get_mut(&ViewportId::ROOT);
    root.unwrap().events.push(ViewportEvent::Close);
    window.frame();
    let root = &window.harness.output().viewport_output[&ViewportId::ROOT];
    assert!(root.commands.contains(&ViewportCommand::CancelClose));
    window.wait_says("An export is not finished");
    window.click("Quit all the same");
    window.frame();
    assert!(window.state().quit);
}
